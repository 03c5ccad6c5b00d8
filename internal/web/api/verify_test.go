package api

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/provenance"
	"marquee/internal/web/problem"
)

// form writes a form with fields in order.
func form(t testing.TB, fields ...[2]string) ([]byte, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range fields {
		part, err := w.CreateFormFile(f[0], "name")
		if err == nil {
			_, err = part.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

func TestFormIsBounded(t *testing.T) {
	t.Parallel()
	limits := map[string]int64{"file": 10, "manifest": 5}
	many := make([][2]string, maxParts+4)
	for i := range many {
		many[i] = [2]string{fmt.Sprint("other", i), "x"}
	}
	for what, c := range map[string]struct {
		fields         [][2]string
		code           string
		file, manifest string
	}{
		"a file":                {[][2]string{{"file", "picture"}}, "", "picture", ""},
		"a file and a manifest": {[][2]string{{"manifest", "store"}, {"file", "picture"}}, "", "picture", "store"},
		"two files":             {[][2]string{{"file", "first"}, {"file", "second"}}, "", "first", ""},
		"a full file":           {[][2]string{{"file", "0123456789"}}, "", "0123456789", ""},
		"a file too large":      {[][2]string{{"file", "0123456789a"}}, "file_too_large", "", ""},
		"a manifest too large":  {[][2]string{{"file", "x"}, {"manifest", "012345"}}, "file_too_large", "", ""},
		"an empty file":         {[][2]string{{"file", ""}}, "file_missing", "", ""},
		"a manifest alone":      {[][2]string{{"manifest", "store"}}, "file_missing", "", ""},
		"more fields than read": {append(many, [2]string{"file", "x"}), "file_missing", "", ""},
	} {
		body, kind := form(t, c.fields...)
		r := httptest.NewRequest("POST", "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		got, err := formOf(r, limits)
		if c.code != "" {
			if !fault.HasCode(err, c.code) {
				t.Errorf("%s: %v, want %s", what, err, c.code)
			}
			continue
		}
		if err != nil || string(got["file"]) != c.file || string(got["manifest"]) != c.manifest {
			t.Errorf("%s: %q %v", what, got, err)
		}
	}
}

// FuzzForm takes whatever is sent as a form: fields within their limits, or a
// fault.
func FuzzForm(f *testing.F) {
	body, kind := form(f, [2]string{"file", "abc"}, [2]string{"manifest", "d"})
	f.Add(body, kind)
	f.Add([]byte("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc"), "multipart/form-data; boundary=x")
	f.Add([]byte("--\r\n"), "multipart/form-data; boundary=")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		r := httptest.NewRequest("POST", "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		got, err := formOf(r, map[string]int64{"file": 64, "manifest": 16})
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		if len(got["file"]) == 0 || len(got["file"]) > 64 || len(got["manifest"]) > 16 {
			t.Fatalf("%d %d", len(got["file"]), len(got["manifest"]))
		}
	})
}

// TestCheckHasWordsForEverything: whatever a check comes to is said in every
// language, with all its places filled.
func TestCheckHasWordsForEverything(t *testing.T) {
	t.Parallel()
	kinds := []provenance.StepKind{provenance.StepFile, provenance.StepCredential, provenance.StepWatermark, provenance.StepFingerprint}
	outcomes := map[provenance.StepKind][]provenance.Outcome{
		provenance.StepFile:        {provenance.Found, provenance.Nothing},
		provenance.StepCredential:  {provenance.Found, provenance.Altered, provenance.Foreign, provenance.Unsure, provenance.Nothing, provenance.Undone},
		provenance.StepWatermark:   {provenance.Found, provenance.Unsure, provenance.Nothing, provenance.Needless, provenance.Impossible, provenance.Undone},
		provenance.StepFingerprint: {provenance.Found, provenance.Unsure, provenance.Nothing, provenance.Needless, provenance.Impossible, provenance.Undone},
	}
	said := func(locale, what, s string) {
		if s == "" || bytes.ContainsAny([]byte(s), "{}_") {
			t.Errorf("%s, %s: %q", locale, what, s)
		}
	}
	for _, locale := range problem.Locales() {
		w := words{locale}
		for _, whose := range []provenance.Whose{provenance.Ours, provenance.Listed, provenance.Stranger} {
			for i := range 8 {
				r := &provenance.Result{Credential: &provenance.Credential{Whose: whose, Intact: i&1 == 0, Signer: "Somebody"}}
				if i&2 == 0 {
					r.Credential.Works = []provenance.Known{{}}
				}
				r.Altered.Unlike = i&4 == 0
				for _, k := range kinds {
					for _, o := range outcomes[k] {
						for _, step := range []provenance.Step{{OneIn: 123456, Chance: 0.9871, Distance: 7}, {OneIn: 3, Chance: 0.6, Distance: 80}} {
							step.Kind, step.Outcome = k, o
							if k == provenance.StepFingerprint {
								step.OneIn = 0
							} else {
								step.Chance = 0
							}
							r.Steps = append(r.Steps, step)
						}
					}
				}
				for _, s := range w.steps(r) {
					said(locale, s.Kind+" "+s.Outcome, s.Says)
					said(locale, s.Kind, s.Proves)
					said(locale, s.Kind, s.ProvesNot)
					if s.Sureness != nil {
						said(locale, s.Kind+" sureness", s.Sureness.Says)
					}
				}
				said(locale, "no work", w.message(r, nil))
			}
		}
		for _, match := range []provenance.Match{provenance.MatchExact, provenance.MatchCredential, provenance.MatchWatermark, provenance.MatchFingerprint} {
			for _, state := range []string{"published", "taken_down", "withdrawn", "hidden", "not_public", "erased"} {
				for _, kind := range []string{"creation", "candidate", "page"} {
					said(locale, string(match)+" "+state, w.message(&provenance.Result{Match: match}, &workView{CampaignName: "Winter", State: state, Kind: kind}))
				}
			}
			said(locale, "corrected", w.message(&provenance.Result{Match: match, Altered: provenance.Alteration{Unlike: true}}, &workView{CampaignName: "Winter", State: "withdrawn", NewerURL: "/x"}))
		}
		several := &provenance.Result{Match: provenance.MatchFingerprint, Works: make([]provenance.Known, 2)}
		said(locale, "several", w.message(several, &workView{CampaignName: "Winter"}))
		for _, r := range []*provenance.Result{{Match: provenance.MatchCredential}, {Match: provenance.MatchNone}, {Match: provenance.MatchNone, Steps: []provenance.Step{{Outcome: provenance.Undone}}}} {
			said(locale, "nothing", w.message(r, nil))
		}
	}
}
