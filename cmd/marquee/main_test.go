package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// screen is a terminal's output that another goroutine may read.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// do runs a command as a person would, and gives what it wrote.
func do(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e screen
	code = run(t.Context(), args, terminal{in: strings.NewReader(""), out: &o, err: &e, env: func(string) (string, bool) { return "", false }})
	return code, o.String(), e.String()
}

// TestHelpIsGolden keeps every word of help as it was looked at. After a change
// that is meant: go test ./cmd/marquee -update
func TestHelpIsGolden(t *testing.T) {
	t.Parallel()
	check := func(name string, args ...string) {
		code, out, errs := do(t, args...)
		if code != 0 || errs != "" {
			t.Errorf("%v: %d %s", args, code, errs)
		}
		path := filepath.Join("testdata", strings.ReplaceAll(name, " ", "-")+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if out != string(want) {
			t.Errorf("%v is not as in %s:\n%s", args, path, out)
		}
	}
	check("help", "help")
	for _, c := range commands {
		check(c.name, append([]string{"help"}, strings.Fields(c.name)...)...)
	}
	_, long, _ := do(t, "help")
	if _, short, _ := do(t); short != long {
		t.Error("no arguments do not give the help")
	}
	if _, flagged, _ := do(t, "serve", "--help"); !strings.Contains(flagged, "--listen") {
		t.Error("serve --help is not the help of serve")
	}
}

func TestWrongUse(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		`no command "dance"`:                  {"dance"},
		"it is used as":                       {"key", "revoke"},
		"flag provided but not":               {"serve", "--lissten", ":1"},
		"listen (from --listen)":              {"serve", "--listen", "x"},
		"draft, open or closed":               {"campaign", "add", "--state", "loud", "x.json"},
		"takes png, jpeg, webp, avif and pdf": {"export", "creation", "x", "--format", "gif"},
		"takes numbers from 64 to 4096":       {"export", "creation", "x", "--width", "1"},
		"or to 16384 with --tiles":            {"export", "creation", "x", "--width", "10000"},
		"takes a number from 64 to 2048":      {"export", "creation", "x", "--width", "10000", "--tiles", "5000"},
		"tiles are PNG":                       {"export", "creation", "x", "--format", "webp", "--tiles", "512"},
		"--canvas takes 1:1":                  {"export", "creation", "x", "--canvas", "4:5,5:4"},
		"is larger than one file":             {"export", "creation", "x", "--canvas", "10000x3500"},
		"has its own width":                   {"export", "creation", "x", "--canvas", "4:5", "--width", "100"},
		"--channel takes web, social":         {"export", "creation", "x", "--channel", "radio"},
		"the campaign's file":                 {"campaign", "check", filepath.Join(t.TempDir(), "none.json")},
		"reviewer, producer or admin":         {"key", "create", "--role", "king", "--data", t.TempDir()},
	} {
		code, out, errs := do(t, args...)
		if code == 0 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %q %q, want %s", args, code, out, errs, want)
		}
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	code, out, _ := do(t, "config", "--openai-api-key", "sk-hush", "--listen", ":9")
	if code != 0 || strings.Contains(out, "hush") || !regexp.MustCompile(`listen +:9 +flag +MARQUEE_LISTEN`).MatchString(out) {
		t.Errorf("%d\n%s", code, out)
	}
	_, out, _ = do(t, "config", "--json")
	var list []struct{ Name, Value, Source string }
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) < 20 || list[0].Source != "default" {
		t.Errorf("%v %s", err, out)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	if code, out, _ := do(t, "version"); code != 0 || !strings.HasPrefix(out, "marquee ") {
		t.Errorf("%d %s", code, out)
	}
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, out, _ := do(t, "doctor", "--data", data)
	for _, want := range []string{"ok    data", "ok    secret", "ok    database", "ok    objects", "ok    provider", "ok    fonts"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if err := os.Chmod(filepath.Join(data, "secret.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, errs := do(t, "doctor", "--data", data, "--database", "postgres://me:hush@127.0.0.1:1/none", "--openai-base-url", "http://127.0.0.1:1/v1")
	for _, want := range []string{"BAD   secret", "BAD   database", "BAD   provider", "ok    objects", "→ Start the database", "need care"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != 1 || strings.Contains(out+errs, "hush") {
		t.Errorf("%d, or a password is told:\n%s%s", code, out, errs)
	}
}

// TestServe starts the server as a newcomer does, uses other commands while it
// runs, and stops it as Ctrl+C does.
func TestServe(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	var spans atomic.Int64
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/traces" {
			spans.Add(1)
		}
	}))
	defer collector.Close()
	ctx, stop := context.WithCancel(t.Context())
	var out, errs screen
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--data", data, "--log-level", "warn", "--otlp-endpoint", collector.URL},
			terminal{out: &out, err: &errs, env: func(string) (string, bool) { return "", false }})
	}()
	await(t, &out, &errs, "Ctrl+C")
	base := regexp.MustCompile(`Studio +(http://localhost:\d+)/studio`).FindStringSubmatch(out.String())
	if base == nil || !strings.Contains(out.String(), base[1]+"/c/winter-lights") || !strings.Contains(out.String(), "/studio/sign-in#mi_") {
		t.Fatalf("it says:\n%s", out.String())
	}
	if base[1] == "http://localhost:0" {
		t.Error("the port it got is not told")
	}
	metrics := regexp.MustCompile(`Metrics +(http://\S+)`).FindStringSubmatch(out.String())
	if metrics == nil || get(t, metrics[1], "") != 200 {
		t.Errorf("metrics: %v", metrics)
	}

	// A second process works on the same data while the server runs.
	code, key, problem := do(t, "key", "create", "--role", "reviewer", "--data", data)
	if code != 0 {
		t.Fatalf("key create: %s", problem)
	}
	if status := get(t, base[1]+"/api/v1/review/items?state=waiting", strings.TrimSpace(key)); status != 200 {
		t.Errorf("with the new key: %d", status)
	}
	if code, list, problem := do(t, "key", "list", "--data", data); code != 0 || strings.Contains(list, strings.TrimSpace(key)) || !strings.Contains(list, "reviewer") {
		t.Errorf("key list: %s%s", list, problem)
	} else {
		id := strings.Fields(strings.Split(list, "\n")[1])[0]
		if code, _, problem := do(t, "key", "revoke", id, "--data", data); code != 0 {
			t.Errorf("key revoke: %s", problem)
		}
	}
	if status := get(t, base[1]+"/api/v1/review/items?state=waiting", strings.TrimSpace(key)); status != 401 {
		t.Errorf("with a revoked key: %d", status)
	}
	_, link, _ := do(t, "staff", "invite", "--role", "producer", "--data", data, "--public-url", "https://lights.example")
	if !strings.HasPrefix(link, "https://lights.example/studio/sign-in#mi_") {
		t.Errorf("staff invite: %s", link)
	}
	kit, campaigns := filepath.Join("..", "..", "brands", "kornblum"), ""
	if code, said, problem := do(t, "kit", "add", kit, "--data", data); code != 0 || !strings.Contains(said, "kornblum") {
		t.Errorf("kit add: %s%s", said, problem)
	}
	files, err := filepath.Glob(filepath.Join(kit, "campaigns", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no campaign file: ", err)
	}
	if code, said, problem := do(t, "campaign", "check", files[0], "--data", data); code != 0 {
		t.Errorf("campaign check: %s%s", said, problem)
	}
	if code, said, problem := do(t, "campaign", "add", files[0], "--data", data, "--state", "open"); code != 0 {
		t.Errorf("campaign add: %s%s", said, problem)
	}
	if _, campaigns, _ = do(t, "campaign", "list", "--data", data); strings.Count(campaigns, "\n") != 3 {
		t.Errorf("campaign list:\n%s", campaigns)
	}
	if code, said, problem := do(t, "export", "gallery", "winter-lights", "--data", data, "--out", filepath.Join(data, "out")); code != 0 || !strings.Contains(said, "nothing public") {
		t.Errorf("export: %s%s", said, problem)
	}

	stop()
	select {
	case code := <-ended:
		if code != 0 {
			t.Errorf("it ended with %d: %s", code, errs.String())
		}
	case <-time.After(40 * time.Second):
		t.Fatal("it does not stop")
	}
	if spans.Load() == 0 {
		t.Error("no traces were sent")
	}
	if again, second, problem := do(t, "serve", "--listen", "256.1.1.1:1", "--data", data); again == 0 || !strings.Contains(problem, "can't listen") || strings.Contains(second, "Loaded") {
		t.Errorf("a bad address: %s%s", second, problem)
	}
}

// await waits until a word is said.
func await(t *testing.T, out, errs *screen, word string) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); {
		if strings.Contains(out.String(), word) {
			return
		}
		timer := time.NewTimer(20 * time.Millisecond)
		<-timer.C
	}
	t.Fatalf("%q was not said:\n%s%s", word, out.String(), errs.String())
}

func get(t *testing.T, url, key string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode
}
