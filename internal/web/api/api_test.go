package api

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/altcha-org/altcha-lib-go"

	"marquee/internal/fault"
)

func TestAttachment(t *testing.T) {
	t.Parallel()
	for want, words := range map[string][]string{
		`attachment; filename="winter-lights-fox-at-dawn.png"`: {"winter-lights", "Fox, at dawn!"},
		`attachment; filename="winter-lights.png"`:             {"winter-lights", "冬\"\r\nX: y"[:3]},
		`attachment; filename="picture.png"`:                   {"…"},
		`attachment; filename="a-x-y.png"`:                     {"a", "\"\r\nX: y"},
	} {
		if got := attachment("png", words...); got != want {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
}

func TestUnchanged(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{`"a"`: true, `W/"a"`: true, `"b", "a"`: true, "*": true, `"b"`: false, "": false, "a": false} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("If-None-Match", header)
		if got := unchanged(r, `"a"`, revalidate) != nil; got != want {
			t.Errorf("%s: %v", header, got)
		}
	}
}

// solve does a browser's work on a challenge.
func solve(t testing.TB, c altcha.Challenge) string {
	t.Helper()
	s, err := altcha.SolveChallenge(c.Challenge, c.Salt, altcha.SHA256, int(c.MaxNumber), 0, nil)
	if err != nil || s == nil {
		t.Fatal("the challenge can't be solved: ", err)
	}
	data, err := json.Marshal(altcha.Payload{Algorithm: c.Algorithm, Challenge: c.Challenge, Number: int64(s.Number), Salt: c.Salt, Signature: c.Signature})
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(data)
}

func TestProof(t *testing.T) {
	t.Parallel()
	p := newProof([]byte("key"), time.Now)
	c, err := p.challenge()
	if err != nil {
		t.Fatal(err)
	}
	solution := solve(t, c)
	other, err := newProof([]byte("other"), time.Now).challenge()
	if err != nil {
		t.Fatal(err)
	}
	old, err := newProof([]byte("key"), func() time.Time { return time.Now().Add(-time.Hour) }).challenge()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, solution, code string }{
		{"none", "", "proof_missing"}, {"words", "words", "proof_wrong"}, {"huge", strings.Repeat("A", 5000), "proof_wrong"},
		{"another's", solve(t, other), "proof_wrong"}, {"an old one", solve(t, old), "proof_wrong"},
		{"a good one", solution, ""}, {"the same again", solution, "proof_wrong"},
	} {
		err := p.check(c.solution)
		if c.code == "" && err != nil || c.code != "" && !fault.HasCode(err, c.code) {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
	}
}

func FuzzProof(f *testing.F) {
	p := newProof([]byte("key"), time.Now)
	f.Add("")
	f.Add("e30=")
	f.Add(base64.StdEncoding.EncodeToString([]byte(`{"algorithm":"SHA-256","challenge":"a","number":1,"salt":"b?expires=9999999999","signature":"c"}`)))
	f.Fuzz(func(t *testing.T, solution string) {
		if p.check(solution) == nil {
			t.Errorf("%q was taken", solution)
		}
	})
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestKitFolder(t *testing.T) {
	t.Parallel()
	many := map[string]string{}
	for i := range maxKitFiles + 1 {
		many[strings.Repeat("a", i+1)[:1]+time.Duration(i).String()] = ""
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"at the top":       {zipped(t, map[string]string{"kit.json": "{}", "a.svg": ""}), ""},
		"in a folder":      {zipped(t, map[string]string{"soda/kit.json": "{}"}), ""},
		"without a kit":    {zipped(t, map[string]string{"x.json": "{}"}), "kit_zip_unreadable"},
		"no ZIP":           {[]byte("PK\x03\x04nothing"), "kit_zip_unreadable"},
		"too many files":   {zipped(t, many), "kit_too_large"},
		"too much to hold": {zipped(t, map[string]string{"kit.json": strings.Repeat("x", maxKit+1)}), "kit_too_large"},
		// A ZIP is read in memory and its names are made safe: there is nowhere
		// to climb to.
		"climbing out": {zipped(t, map[string]string{"../kit.json": "{}"}), ""},
	} {
		folder, err := kitFolder(c.data)
		if c.code != "" {
			if !fault.HasCode(err, c.code) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f, err := folder.Open("kit.json"); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func FuzzKitFolder(f *testing.F) {
	f.Add(zipped(f, map[string]string{"kit.json": "{}"}))
	f.Add(zipped(f, map[string]string{"a/kit.json": "{}", "../b": ""}))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder, err := kitFolder(data)
		if err == nil && folder == nil {
			t.Error("neither a folder nor an error")
		}
	})
}
