package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"marquee/c2pa"
	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

// unsigned are the public pictures that are no works, with why they carry no
// credential.
var unsigned = map[string]string{
	"/api/v1/kits/{kit}/{version}/marks/":    "a mark is the brand's own drawing, which nobody generated",
	"/api/v1/kits/{kit}/{version}/stickers/": "a sticker is a drawing of the brand's kit",
	"/favicon.ico":                           "the program's own icon",
	"/ui/":                                   "files of the front end",
	"/kits/":                                 "fonts and drawings of a brand's kit",
}

// isWork tells whether an answer is a picture, or a document of one.
func isWork(a webtest.Answer) bool {
	kind := a.Header.Get("Content-Type")
	return a.Status == 200 && (strings.HasPrefix(kind, "image/") || kind == "application/pdf" || kind == "application/zip")
}

// Nothing public leaves without a credential: every address that a visitor can
// ask is asked, and what is a picture has to be signed by this house for its own
// bytes.
func TestNothingPublicLeavesUnsigned(t *testing.T) {
	t.Parallel()
	s := webtest.New(t, nil, nil)
	maker := s.Participant("en")
	made := maker.Make("a polar fox beside a lantern", "wordmark")
	entry := maker.Enter(made.ID, "Fox at night", "Ada")
	picture := "/api/v1/creations/" + made.ID + "/image?format=webp&width=640"
	before := maker.Get(picture).Want(200)
	s.Staff(account.Reviewer).Decide(entry, "approve", "").Want(200)
	// Who has the draft's file gets the one that says that it was published.
	r := maker.Request("GET", picture, nil)
	r.Header.Set("If-None-Match", before.Header.Get("ETag"))
	if after := maker.Send(r).Want(200); after.Header.Get("ETag") == before.Header.Get("ETag") || bytes.Equal(after.Body, before.Body) {
		t.Error("the published file has the draft's tag")
	}
	visitor := s.Visitor()

	files := map[string][]byte{}
	pictures := map[string]int{}
	try := func(what, address string) {
		t.Helper()
		a := visitor.Get(address)
		if !isWork(a) {
			return
		}
		pictures[what]++
		for name := range unsigned {
			if regexp.MustCompile("^" + place.ReplaceAllString(name, "[^/]+")).MatchString(address) {
				return
			}
		}
		data, beside := a.Body, []byte(nil)
		switch a.Header.Get("Content-Type") {
		case "application/zip":
			data, beside = unpacked(t, a.Body)
		case "application/pdf":
			named := namedBeside.FindStringSubmatch(a.Header.Get("Link"))
			if named == nil {
				t.Errorf("%s names no credential: %q", address, a.Header.Get("Link"))
				return
			}
			beside = visitor.Get(named[1]).Want(200).Body
		default:
			files[fmt.Sprintf("%03d-%s", len(files), strings.TrimPrefix(a.Header.Get("Content-Type"), "image/"))] = data
		}
		ours, err := s.Keys.Trust()
		if err != nil {
			t.Fatal(err)
		}
		r, err := c2pa.Validate(t.Context(), bytes.NewReader(data), c2pa.Options{Trust: ours, Manifest: beside})
		if err != nil {
			t.Fatal(err)
		}
		if r.State != c2pa.Trusted {
			t.Errorf("%s is %s: %v", address, r.State, r.Codes(c2pa.Failure))
		}
	}

	rec, err := s.Campaign.Get(t.Context(), webtest.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string][]string{
		"campaign": {webtest.Campaign}, "id": {made.ID, entry, rec.File.Builder.Subject[0].ID, rec.File.Builder.Mood[0].ID}, "row": {"subject", "mood"},
		"kit": {rec.File.Kit}, "version": {rec.File.KitVersion}, "mark": {rec.File.Marks[0]},
	}
	for _, op := range operations(t, visitor) {
		formats, widths, more := []string{""}, []string{""}, []string{""}
		if op.asks["format"] {
			formats = []string{"webp", "png", "jpeg", "avif", "pdf"}
		}
		if op.asks["width"] {
			widths = append(widths, "320")
		}
		if op.asks["download"] {
			more = append(more, "&download=1&market=CN")
		}
		for _, path := range filled(op.path, values) {
			for _, f := range formats {
				for _, w := range widths {
					for _, m := range more {
						try(op.id, "/api/v1"+path+"?format="+f+"&width="+w+m)
					}
				}
			}
		}
	}
	for _, op := range []string{"get-hero", "get-tile", "get-creation-image", "get-mark"} {
		if pictures[op] == 0 {
			t.Errorf("no picture came of %s", op)
		}
	}
	links := crawl(t, visitor, "/", "/verify", "/c/"+webtest.Campaign, "/c/"+webtest.Campaign+"/gallery", "/c/"+webtest.Campaign+"/w/"+entry)
	if len(links) < 20 {
		t.Errorf("only %d links were found", len(links))
	}
	for _, l := range links {
		try("page", l)
	}
	if len(files) < 20 {
		t.Errorf("only %d pictures were looked at", len(files))
	}
	outside(t, s, files)
}

type getOperation struct {
	id, path string
	asks     map[string]bool
}

// operations lists what can be read by the API, as its own document says.
func operations(t *testing.T, c *webtest.Client) (out []getOperation) {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Parameters  []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(c.Get("/api/openapi.json").Want(200).Body, &doc); err != nil {
		t.Fatal(err)
	}
	for path, methods := range doc.Paths {
		op, ok := methods["get"]
		if !ok || strings.HasSuffix(path, "/events") {
			continue // a stream does not end
		}
		o := getOperation{op.OperationID, strings.TrimPrefix(path, "/api/v1"), map[string]bool{}}
		for _, p := range op.Parameters {
			o.asks[p.Name] = p.In == "query"
		}
		out = append(out, o)
	}
	if len(out) < 30 {
		t.Fatalf("only %d operations are in the document", len(out))
	}
	slices.SortFunc(out, func(a, b getOperation) int { return strings.Compare(a.path, b.path) })
	return out
}

// namedBeside finds the credential that an answer names.
var namedBeside = regexp.MustCompile(`^<(/[^>]+)>; rel="c2pa-manifest"$`)

var place = regexp.MustCompile(`\{([a-z_]+)\}`)

// filled puts every value into a path's places.
func filled(path string, values map[string][]string) []string {
	m := place.FindStringSubmatch(path)
	if m == nil {
		return []string{path}
	}
	var out []string
	for _, v := range append(values[m[1]], "1")[:max(1, len(values[m[1]]))] {
		out = append(out, filled(strings.Replace(path, m[0], url.PathEscape(v), 1), values)...)
	}
	return out
}

var link = regexp.MustCompile(`(?:src|href|content|srcset|action)="([^"]+)"|url\(["']?([^"')]+)`)

// crawl gives all addresses of this server that pages lead to, and those that
// these lead to.
func crawl(t *testing.T, c *webtest.Client, from ...string) []string {
	t.Helper()
	seen := map[string]bool{}
	for queue := from; len(queue) > 0 && len(seen) < 400; queue = queue[1:] {
		at := queue[0]
		if seen[at] {
			continue
		}
		seen[at] = true
		a := c.Get(at)
		kind := a.Header.Get("Content-Type")
		if !strings.HasPrefix(kind, "text/html") && !strings.HasPrefix(kind, "text/css") {
			continue
		}
		for _, m := range link.FindAllSubmatch(a.Body, -1) {
			for _, one := range strings.Split(string(m[1])+string(m[2]), ", ") {
				one, _, _ = strings.Cut(strings.ReplaceAll(strings.TrimSpace(one), "&amp;", "&"), " ")
				if u, err := url.Parse(one); err == nil && (u.Host == "" || strings.Contains(one, "127.0.0.1")) && strings.HasPrefix(u.Path, "/") {
					queue = append(queue, u.RequestURI())
				}
			}
		}
	}
	out := []string{}
	for at := range seen {
		out = append(out, at)
	}
	return out
}

// unpacked takes a document and the credential beside it out of a ZIP.
func unpacked(t *testing.T, data []byte) (file, beside []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != 2 || z.File[1].Name != z.File[0].Name+".c2pa" {
		t.Fatalf("the ZIP holds %d files", len(z.File))
	}
	var both [2][]byte
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if both[i], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return both[0], both[1]
}

// outside has the other implementation, c2pa-rs, judge files too.
func outside(t *testing.T, s *webtest.Site, files map[string][]byte) {
	t.Helper()
	modules, err := filepath.Abs("../../.tools/c2pa/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	_, missing := os.Stat(filepath.Join(modules, "@contentauth/c2pa-wasm"))
	if _, err := exec.LookPath("node"); err != nil || missing != nil {
		if os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" {
			t.Fatal("node and @contentauth/c2pa-wasm are not here: make test-needs")
		}
		t.Log("not judged by c2pa-rs, for it is not here: make test-needs")
		return
	}
	dir := t.TempDir()
	args := []string{"../../c2pa/testdata/outside/validate.mjs", modules, filepath.Join(s.Keys.Folder(), "anchor.pem")}
	endings := map[string]string{"png": ".png", "jpeg": ".jpg", "webp": ".webp", "avif": ".avif"}
	for name, data := range files {
		_, kind, _ := strings.Cut(name, "-")
		path := filepath.Join(dir, name+endings[kind])
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	out, err := exec.CommandContext(t.Context(), "node", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	verdicts := 0
	for i, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		var v struct {
			State                          string
			Failures, Deltas, Explanations []string
		}
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if verdicts++; v.State != "Trusted" {
			t.Errorf("c2pa-rs finds %s %s: %v %v %v", filepath.Base(args[3+i]), v.State, v.Failures, v.Deltas, v.Explanations)
		}
	}
	if verdicts != len(files) {
		t.Errorf("%d verdicts of %d files", verdicts, len(files))
	}
}
