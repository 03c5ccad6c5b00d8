package c2pa

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// tools gives the folder of the other implementation's packages. `make test`
// puts them there; where they are not the test is skipped, but never on CI.
func tools(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../.tools/c2pa/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	_, err = os.Stat(filepath.Join(dir, "@contentauth/c2pa-wasm"))
	if _, none := exec.LookPath("node"); err == nil && none == nil {
		return dir
	}
	if os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" {
		t.Fatal("node and @contentauth/c2pa-wasm are not here: make test-needs")
	}
	t.Skip("node and @contentauth/c2pa-wasm are not here: make test-needs")
	return ""
}

// verdict is what the other implementation says of a file.
type verdict struct {
	State                                      string
	Failures, Informational, Successes, Deltas []string
	Explanations                               []string
	Manifests                                  int
}

// outside validates files with the other implementation, all in one run.
func outside(t testing.TB, anchors []byte, files map[string][]byte) map[string]verdict {
	t.Helper()
	dir := t.TempDir()
	args := []string{"testdata/outside/validate.mjs", tools(t), "-"}
	if anchors != nil {
		args[2] = filepath.Join(dir, "anchors.pem")
		if err := os.WriteFile(args[2], anchors, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		names, args = append(names, name), append(args, path)
	}
	cmd := exec.CommandContext(t.Context(), "node", args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.Bytes())
	}
	got := map[string]verdict{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v verdict
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%v: %s", err, lines.Bytes())
		}
		got[names[len(got)]] = v
	}
	if len(got) != len(files) {
		t.Fatalf("%d verdicts of %d files\n%s", len(got), len(files), errs.Bytes())
	}
	return got
}

func TestOutsideTrustsWhatWeSign(t *testing.T) {
	t.Parallel()
	w := theWorld()
	clock := w.root.clock(t, time.Now)
	files := map[string][]byte{}
	for ext, data := range samples(t) {
		files["plain."+ext] = sign(t, data, made(), w.signer, SignOptions{})
		files["stamped."+ext] = sign(t, data, made(), w.signer, SignOptions{TimeStamper: clock})
		d := made()
		d.Actions = []Action{
			{Action: "c2pa.opened", Ingredients: []int{0}},
			{Action: "c2pa.placed", Ingredients: []int{1}},
		}
		d.Ingredients = []Ingredient{
			{Title: "before", Format: "image/png", Relationship: ParentOf, Asset: bytes.NewReader(files["plain."+ext]), Thumbnail: &Thumbnail{MediaType: "image/jpeg", Data: jpegOf(t, 8, 8)}},
			{Title: "mark", Format: "image/png", Relationship: ComponentOf},
		}
		d.Thumbnail = &Thumbnail{MediaType: "image/jpeg", Data: jpegOf(t, 16, 16)}
		d.SoftBindings = []SoftBinding{{Algorithm: "com.marquee.watermark.1", Value: []byte{1, 2, 3}}}
		d.Metadata = json.RawMessage(`{"@context":{"dc":"http://purl.org/dc/elements/1.1/"},"dc:title":"Spruce"}`)
		d.Statements = []Statement{{Label: "com.marquee.review", Value: map[string]any{"by": "a person"}}, {Label: "com.marquee.note", Value: map[string]any{"n": 1}, JSON: true, Gathered: true}}
		files["chained."+ext] = sign(t, data, d, w.signer, SignOptions{Validate: w.options})
		if ext == "png" || ext == "jpg" {
			d.Boxes = true
			files["boxes."+ext] = sign(t, data, d, w.signer, SignOptions{Validate: w.options})
		}
	}
	for alg, key := range keys(t) {
		files[string(alg)+".png"] = sign(t, samples(t)["png"], made(), w.root.signer(t, key, alg, nil), SignOptions{})
	}
	middle := w.root.below(t, "Middle")
	key := p256(t)
	s, err := NewSigner(key, []*x509.Certificate{middle.issue(t, "Signer", key.Public(), usagesOfClaim, nil), middle.cert}, "")
	if err != nil {
		t.Fatal(err)
	}
	files["middle.png"] = sign(t, samples(t)["png"], made(), s, SignOptions{})

	files["redacted.png"] = chained(t, func(d *Definition) {
		d.Redactions = []Redaction{{URI: "com.marquee.person", Reason: "c2pa.PII.present"}}
	})

	for name, data := range files {
		if r := validate(t, data, w.options); r.State != Trusted {
			t.Errorf("%s: we say %s: %v", name, r.State, r.Codes(Failure))
			t.Log(explain(r))
		}
	}
	for name, v := range outside(t, pemOf(w.root.cert), files) {
		if v.State != "Trusted" || len(v.Deltas) > 0 {
			t.Errorf("%s: %+v", name, v)
		}
		if stamped := slices.Contains(v.Successes, "timeStamp.trusted"); stamped != (name[:7] == "stamped") {
			t.Errorf("%s: stamped %v: %v %v", name, stamped, v.Successes, v.Informational)
		}
	}
	for name, v := range outside(t, nil, map[string][]byte{"unknown.png": files["plain.png"]}) {
		if v.State != "Valid" || !slices.Equal(v.Failures, []string{CodeCredentialUntrusted}) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}
