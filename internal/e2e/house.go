// Package e2e tests the whole house from outside: the real program as its own
// process, a real browser, real databases and object stores.
package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

var (
	built    sync.Once
	binary   string
	buildErr error
)

// program builds the program once and gives its path.
func program(t testing.TB) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "marquee-e2e")
		if err != nil {
			buildErr = err
			return
		}
		binary = filepath.Join(dir, "marquee")
		out, err := exec.Command("go", "build", "-tags", "nodynamic", "-o", binary, "marquee/cmd/marquee").CombinedOutput()
		if err != nil {
			buildErr = fmt.Errorf("%w\n%s", err, out)
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	return binary
}

// House is a running program with its storage.
type House struct {
	t       testing.TB
	args    []string
	Data    string
	URL     string
	SignIn  string // the one-time link for the first staff account
	Version string

	cmd  *exec.Cmd
	log  *logBuffer
	done chan error
}

// logBuffer keeps what the program wrote.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// onBoth runs a test on both storages: SQLite with a folder, and PostgreSQL
// with an S3-compatible server.
func onBoth(t *testing.T, f func(t *testing.T, h *House)) {
	for _, kind := range []store.Kind{store.SQLite, store.Postgres} {
		name := "sqlite+folder"
		if kind == store.Postgres {
			name = "postgres+s3"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, open(t, kind))
		})
	}
}

// open starts the program on a storage of its own.
func open(t testing.TB, kind store.Kind, extra ...string) *House {
	t.Helper()
	h := &House{t: t, Data: t.TempDir()}
	h.args = append([]string{"--data", h.Data, "--database", storetest.Database(t, kind), "--objects", storetest.Objects(t, kind)}, extra...)
	h.start()
	return h
}

var (
	publicLine = regexp.MustCompile(`(http://[^\s/]+)/c/`)
	signInLine = regexp.MustCompile(`http://\S+/studio/sign-in#\S+`)
)

// start runs `serve` on a free port and waits until it says where it is.
func (h *House) start() {
	h.t.Helper()
	h.cmd = exec.Command(program(h.t), append([]string{"serve", "--listen", "127.0.0.1:0"}, h.args...)...)
	h.cmd.Env = append(os.Environ(), "MARQUEE_LOG_LEVEL=warn")
	h.log = &logBuffer{}
	h.cmd.Stderr = h.log
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	cmd, done := h.cmd, make(chan error, 1)
	h.done = done
	ready := make(chan string, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		h.scan(out, ready)
	}()
	go func() {
		<-read // all output is read before Wait closes the pipe
		done <- cmd.Wait()
	}()
	h.t.Cleanup(func() { _ = cmd.Process.Kill() })
	select {
	case h.URL = <-ready:
	case err := <-done:
		h.t.Fatalf("the program ended: %v\n%s", err, h.log)
	case <-time.After(90 * time.Second):
		h.t.Fatalf("the program did not start\n%s", h.log)
	}
	h.waitReady()
}

func (h *House) scan(out io.Reader, ready chan<- string) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		_, _ = fmt.Fprintln(h.log, line)
		if m := signInLine.FindString(line); m != "" {
			h.SignIn = m
		}
		if m := publicLine.FindStringSubmatch(line); m != nil {
			select {
			case ready <- m[1]:
			default:
			}
		}
	}
}

func (h *House) waitReady() {
	h.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		resp, err := http.Get(h.URL + "/readyz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond) // another process: there is nothing to wait on but its answer
	}
	h.t.Fatalf("the program is not ready\n%s", h.log)
}

// kill ends the program as a crash does.
func (h *House) kill() {
	h.t.Helper()
	if err := h.cmd.Process.Kill(); err != nil {
		h.t.Fatal(err)
	}
	<-h.done
}

// run runs another command of the program on the same storage and gives what
// it printed.
func (h *House) run(args ...string) string {
	h.t.Helper()
	cmd := exec.Command(program(h.t), append(args, h.args...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("marquee %s: %v\n%s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

// Client speaks the API as one person.
type Client struct {
	t      testing.TB
	base   string
	Bearer string
	// Cookie is sent instead, as a browser does.
	Cookie string
	Lang   string
}

// client gives a client without a name.
func (h *House) client() *Client { return &Client{t: h.t, base: h.URL, Lang: "en"} }

// staff gives a client with an API key of a role.
func (h *House) staff(role string) *Client {
	h.t.Helper()
	c := h.client()
	c.Bearer = regexp.MustCompile(`mk_\S+`).FindString(h.run("key", "create", "--role", role))
	if c.Bearer == "" {
		h.t.Fatal("no key was printed")
	}
	return c
}

// participant arrives at a campaign as a grown-up.
func (h *House) participant(slug string) *Client {
	h.t.Helper()
	c := h.client()
	var got struct{ ID, Token string }
	c.must("POST", "/api/v1/campaigns/"+slug+"/participants", map[string]any{"birth_year": 1990, "locale": "en", "consents": []string{"terms"}}, 201, &got)
	c.Bearer = got.Token
	return c
}

// do sends a request and gives status and body.
func (c *Client) do(method, path string, body any) (int, []byte) {
	c.t.Helper()
	status, data, err := c.try(method, path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	return status, data
}

func (c *Client) try(method, path string, body any) (int, []byte, error) {
	var r io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		r = bytes.NewReader(data)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, r)
	if err != nil {
		return 0, nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept-Language", c.Lang)
	if c.Bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.Bearer)
	}
	if c.Cookie != "" {
		req.Header.Set("Cookie", c.Cookie)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return resp.StatusCode, data, err
}

// must sends a request, wants a status and reads the answer into out.
func (c *Client) must(method, path string, body any, status int, out any) {
	c.t.Helper()
	got, data := c.do(method, path, body)
	if got != status {
		c.t.Fatalf("%s %s: %d, want %d\n%s", method, path, got, status, data)
	}
	if out != nil {
		if err := json.Unmarshal(data, out); err != nil {
			c.t.Fatalf("%s %s: %v\n%s", method, path, err, data)
		}
	}
}

// Generation is a generation as the API gives it.
type Generation struct {
	ID, State, Code string
	Candidates      []struct {
		ID       string
		ImageURL string `json:"image_url"`
	}
}

// generate asks for candidates and gives the id.
func (c *Client) generate(slug string, body map[string]any) string {
	c.t.Helper()
	var got struct{ ID string }
	c.must("POST", "/api/v1/campaigns/"+slug+"/generations", body, 202, &got)
	return got.ID
}

// ended waits until a generation has ended, by its event stream.
func (c *Client) ended(id string) Generation {
	c.t.Helper()
	deadline := time.Now().Add(90 * time.Second)
	for time.Now().Before(deadline) {
		// The stream ends when the generation does; a broken one is asked again.
		_, _, _ = c.try("GET", "/api/v1/generations/"+id+"/events", nil)
		var g Generation
		status, data, err := c.try("GET", "/api/v1/generations/"+id, nil)
		if err == nil && status == 200 {
			if err := json.Unmarshal(data, &g); err != nil {
				c.t.Fatal(err)
			}
			switch g.State {
			case "succeeded", "failed", "refused", "cancelled":
				return g
			}
		}
		time.Sleep(100 * time.Millisecond) // the program may be away on purpose
	}
	c.t.Fatalf("generation %s did not end", id)
	return Generation{}
}

// creation makes a creation of the first candidate of a new generation.
func (c *Client) creation(slug, prompt string) (id string, composition map[string]any) {
	c.t.Helper()
	g := c.ended(c.generate(slug, map[string]any{"prompt": prompt, "aspect": "square", "seed": 7}))
	if g.State != "succeeded" || len(g.Candidates) != 4 {
		c.t.Fatalf("generation: %+v", g)
	}
	var got struct {
		ID          string
		Composition map[string]any
	}
	c.must("POST", "/api/v1/creations", map[string]any{"generation_id": g.ID, "candidate_id": g.Candidates[0].ID}, 201, &got)
	return got.ID, got.Composition
}

// published makes an entry public, all by the API, and gives creation and entry.
func (h *House) published(p, staff *Client, slug, title string) (creation, entry string) {
	h.t.Helper()
	creation, _ = p.creation(slug, "a polar fox beside a lantern")
	var e struct{ ID string }
	p.must("POST", "/api/v1/creations/"+creation+"/entry", map[string]any{"title": title, "display_name": "Ada"}, 201, &e)
	item := staff.waiting(e.ID)
	staff.must("POST", "/api/v1/review/items/"+item+"/decision", map[string]any{"decision": "approve"}, 200, nil)
	return creation, e.ID
}

// waiting finds the waiting item of a subject.
func (c *Client) waiting(subject string) string { return c.item("waiting", subject) }

func (c *Client) item(state, subject string) string {
	c.t.Helper()
	var list struct {
		Items []struct {
			ID        string
			SubjectID string `json:"subject_id"`
		}
	}
	c.must("GET", "/api/v1/review/items?state="+state+"&limit=100", nil, 200, &list)
	for _, i := range list.Items {
		if i.SubjectID == subject {
			return i.ID
		}
	}
	c.t.Fatalf("no %s item for %s in %+v", state, subject, list)
	return ""
}
