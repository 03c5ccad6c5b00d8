package web_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"marquee/c2pa"
	"marquee/internal/account"
	"marquee/internal/compose"
	"marquee/internal/provenance"
	"marquee/internal/watermark/attack"
	"marquee/internal/web/webtest"
)

// checked is an answer of the check as a program reads it.
type checked struct {
	Match, SHA256, Message string
	Work                   *struct {
		State    string
		Approved bool
		Campaign string
		Kind     string
		PageURL  string `json:"page_url"`
		ImageURL string `json:"image_url"`
		NewerURL string `json:"newer_url"`
	}
	Also  []json.RawMessage
	Steps []struct {
		Kind, Outcome, Says, Proves string
		Found                       bool
		ProvesNot                   string `json:"proves_not"`
		Sureness                    *struct{ Word, Says string }
	}
	Undone     []string
	Credential *struct {
		Whose  string
		Intact bool
		Signer string
	}
	History []struct {
		Kind     string
		At       string
		Changes  []string
		Scale    float64
		ImageURL string `json:"image_url"`
	}
}

func (c checked) outcomes() string {
	var all []string
	for _, s := range c.Steps {
		all = append(all, s.Outcome)
	}
	return strings.Join(all, " ")
}

func (c checked) history() string {
	var all []string
	for _, h := range c.History {
		all = append(all, h.Kind)
	}
	return strings.Join(all, " ")
}

// walk is one public work, and what became of its picture.
type walk struct {
	t                *testing.T
	site             *webtest.Site
	visitor, maker   *webtest.Client
	reviewer         *webtest.Client
	creation, entry  string
	download, master []byte
	picture          image.Image
}

func newWalk(t *testing.T) *walk {
	t.Helper()
	site := webtest.New(t, nil, nil)
	site.Checker.Within = time.Minute // however busy the machine is
	w := &walk{t: t, site: site, visitor: site.Visitor(), maker: site.Participant("en"), reviewer: site.Staff(account.Reviewer)}
	w.creation = w.maker.Make("a red cabin under the northern lights, poster", "wordmark").ID
	w.entry = w.maker.Enter(w.creation, "Home, late", "Mika")
	w.reviewer.Decide(w.entry, "approve", "").Want(200)
	w.download = w.visitor.Get("/api/v1/creations/" + w.creation + "/image?format=png&download=1").Want(200).Body
	img, err := compose.Decode(bytes.NewReader(w.download), len(w.download), 1<<26)
	if err != nil {
		t.Fatal(err)
	}
	w.picture = img
	return w
}

func (w *walk) check(data []byte) checked {
	w.t.Helper()
	var c checked
	w.visitor.Upload("/api/v1/verify", "file", data).Want(200).Into(&c)
	if len(c.Steps) != 4 || c.Message == "" || len(c.SHA256) != 64 {
		w.t.Fatalf("the answer is not whole: %+v", c)
	}
	for _, s := range c.Steps {
		if s.Says == "" || s.Proves == "" || s.ProvesNot == "" || strings.HasPrefix(s.Says, "check_") {
			w.t.Errorf("a step without its words: %+v", s)
		}
	}
	return c
}

func asPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t *testing.T, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCheckWalk makes a work, downloads it, and does to the file what the world
// does: each is found again, and each answer says no more than it may.
func TestCheckWalk(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	for _, c := range []struct {
		what     string
		data     []byte
		match    string
		outcomes string
		changes  []string
	}{
		{"the download", w.download, "exact", "found found needless needless", []string{"same"}},
		{"stripped", asPNG(t, w.picture), "watermark", "none none found found", []string{"resaved"}},
		{"saved anew", asJPEG(t, w.picture, 60), "watermark", "none none found found", []string{"resaved"}},
		{"cropped", asPNG(t, attack.Crop(w.picture, 0.1, 0.1, 0.1, 0.1)), "watermark", "", []string{"resaved", "cropped"}},
		{"half the size", asPNG(t, attack.Resize(w.picture, 0.5)), "watermark", "none none found found", []string{"resaved", "resized"}},
		{"a screenshot", asPNG(t, attack.Screenshot(w.picture, 3)), "watermark", "", []string{"resaved", "resized", "cropped"}},
		{"changed after it was signed", append(bytes.Clone(w.download), "more"...), "watermark", "none altered found found", []string{"resaved"}},
	} {
		got := w.check(c.data)
		if got.Match != c.match || c.outcomes != "" && got.outcomes() != c.outcomes {
			t.Errorf("%s: %s by %q", c.what, got.Match, got.outcomes())
			continue
		}
		if got.Work == nil || got.Work.State != "published" || !got.Work.Approved || got.Work.PageURL == "" || got.Work.ImageURL == "" {
			t.Errorf("%s: %+v", c.what, got.Work)
		}
		if got.history() != "generated composed published here" {
			t.Errorf("%s: its way is %q", c.what, got.history())
			continue
		}
		if here := got.History[3]; !slices.Equal(here.Changes, c.changes) {
			t.Errorf("%s: changed by %v (scale %v), want %v", c.what, here.Changes, here.Scale, c.changes)
		}
	}

	// A bit in the middle of the pixels: no reader opens such a PNG.
	broken := bytes.Clone(w.download)
	broken[len(broken)-200] ^= 1
	if got := w.check(broken); got.Match != "none" || got.outcomes() != "none altered impossible impossible" || !strings.Contains(got.Message, "can’t be opened") {
		t.Errorf("broken after it was signed: %s by %q, %q", got.Match, got.outcomes(), got.Message)
	}

	foreign := image.NewNRGBA(image.Rect(0, 0, 90, 80))
	for i := range foreign.Pix {
		foreign.Pix[i] = uint8(i*i>>7 | 3)
	}
	got := w.check(asPNG(t, foreign))
	if got.Match != "none" || got.Work != nil || len(got.Undone) != 0 || len(got.History) != 0 {
		t.Errorf("a foreign picture: %+v", got)
	}
	for _, word := range []string{"real", "fake", "genuine", "authentic"} {
		if strings.Contains(strings.ToLower(got.Message), word) {
			t.Errorf("it is said to be %s", word)
		}
	}

	saved := asJPEG(t, w.picture, 80)
	w.reviewer.Decide(w.entry, "takedown", "Not right").Want(200)
	for what, data := range map[string][]byte{"the download": w.download, "saved anew": saved} {
		got := w.check(data)
		if got.Work == nil || got.Work.State != "taken_down" || got.Work.PageURL != "" || got.Work.ImageURL != "" || got.history() != "generated composed published taken_down here" {
			t.Errorf("%s, taken down: %s %+v %s", what, got.Match, got.Work, got.history())
		}
		if got.History[2].ImageURL != "" || got.History[3].At == "" {
			t.Errorf("%s, taken down: %+v", what, got.History)
		}
	}
	w.maker.Delete("/api/v1/participants/me").Want(204)
	for what, data := range map[string][]byte{"the download": w.download, "saved anew": saved} {
		got := w.check(data)
		if got.Match == "none" || got.Work == nil || got.Work.State != "erased" || got.Work.PageURL != "" || got.history() != "generated composed erased here" {
			t.Errorf("%s, erased: %s %+v %s", what, got.Match, got.Work, got.history())
		}
	}
}

// TestCheckSpeaksEveryLanguage: no sentence of a check falls back to a code.
func TestCheckSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	small := image.NewNRGBA(image.Rect(0, 0, 60, 60))
	small.Set(3, 3, color.White)
	said := map[string]bool{}
	for _, l := range []string{"en", "de", "es", "fr", "ja", "ar"} {
		v := site.Visitor()
		v.Locale = l
		var c checked
		v.Upload("/api/v1/verify", "x.png", asPNG(t, small)).Want(200).Into(&c)
		if said[c.Message] || strings.Contains(c.Message, "_") {
			t.Errorf("%s says %q", l, c.Message)
		}
		said[c.Message] = true
	}
}

// TestSoftBindingResolution asks as other people's programs do: shapes, words
// and codes are those of the C2PA specification.
func TestSoftBindingResolution(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	const base = "/api/v1/c2pa"
	var found struct {
		APIEndpoint string `json:"apiEndpoint"`
		Version     string `json:"c2paSpecificationVersion"`
	}
	w.visitor.Get("/.well-known/c2pa-soft-binding-resolution").Want(200).Into(&found)
	if found.APIEndpoint != base || found.Version == "" {
		t.Errorf("discovery: %+v", found)
	}
	var services struct {
		Watermarks, Fingerprints []struct{ Alg string }
		Capabilities             []string `json:"supportedCapabilities"`
		Status                   string
	}
	for _, path := range []string{"supportedAlgorithms", "capabilities", "status"} {
		w.visitor.Get(base + "/services/" + path).Want(200).Into(&services)
	}
	if len(services.Watermarks) != 1 || len(services.Fingerprints) != 1 || !slices.Contains(services.Capabilities, "queryByContent") || services.Status != "ok" {
		t.Errorf("services: %+v", services)
	}
	alg := services.Watermarks[0].Alg

	o, err := w.site.Provenance.OriginOf(t.Context(), "creation", w.creation, 1)
	if err != nil {
		t.Fatal(err)
	}
	value := base64.StdEncoding.EncodeToString(provenance.WatermarkValue(o.ID))
	type result struct {
		Matches []struct {
			ManifestID      string `json:"manifestId"`
			SimilarityScore *int   `json:"similarityScore"`
		}
	}
	query := base + "/matches/byBinding?alg=" + alg + "&value=" + url.QueryEscape(value)
	a := w.visitor.Get(query).Want(200)
	if a.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Error("pages of other sites can't read it")
	}
	var byValue, byBody, byContent, byLooks result
	a.Into(&byValue)
	w.visitor.Post(base+"/matches/byBinding", map[string]any{"alg": alg, "value": value}).Want(200).Into(&byBody)
	content := func(path string, data []byte) webtest.Answer {
		r := w.visitor.Request("POST", base+path, data)
		r.Header.Set("Content-Type", "image/jpeg")
		return w.visitor.Send(r)
	}
	crop := asJPEG(t, attack.Crop(w.picture, 0.1, 0.1, 0.1, 0.1), 80)
	content("/matches/byContent", crop).Want(200).Into(&byContent)
	content("/matches/byContent?alg="+services.Fingerprints[0].Alg, asJPEG(t, w.picture, 80)).Want(200).Into(&byLooks)
	for what, r := range map[string]result{"by value": byValue, "by body": byBody, "by content": byContent, "by looks": byLooks} {
		if len(r.Matches) != 1 || r.Matches[0].ManifestID != byValue.Matches[0].ManifestID {
			t.Fatalf("%s: %+v", what, r)
		}
	}
	if s := byLooks.Matches[0].SimilarityScore; s == nil || *s < 1 || *s > 100 {
		t.Errorf("by looks: %+v", byLooks)
	}

	label := byValue.Matches[0].ManifestID
	store := w.visitor.Get(base + "/manifests/" + url.PathEscape(label)).Want(200)
	if store.Header.Get("Content-Type") != "application/c2pa" || store.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("the store: %v", store.Header)
	}
	trust, err := w.site.Keys.Trust()
	if err != nil {
		t.Fatal(err)
	}
	master := w.blob(o.MasterKey)
	for what, c := range map[string]struct {
		data  []byte
		state c2pa.State
		code  string
	}{
		"beside the picture that it is about": {master, c2pa.Trusted, c2pa.CodeSignatureValidated},
		"beside a stripped crop":              {crop, c2pa.Invalid, c2pa.CodeDataHashMismatch},
	} {
		r, err := c2pa.Validate(t.Context(), bytes.NewReader(c.data), c2pa.Options{Manifest: store.Body, Trust: trust})
		if err != nil || r.State != c.state || !r.Has(c.code) || r.Active != label {
			t.Errorf("%s: %s, %v %v", what, r.State, r.Codes(c2pa.Failure), err)
		}
	}

	for _, c := range []struct {
		path   string
		status int
		code   string
	}{
		{"/matches/byBinding?alg=" + alg, 400, "binding_invalid"},
		{"/matches/byBinding?alg=" + alg + "&value=%21%21", 400, "binding_invalid"},
		{"/matches/byBinding?alg=com.example.x&value=AAAA", 400, "binding_unsupported"},
		{"/matches/byBinding?alg=" + alg + "&value=AAAAAAA%3D&maxResults=0", 400, "request_unreadable"},
		{"/matches/byBinding?alg=" + alg + "&value=" + strings.Repeat("A", 600), 400, "binding_invalid"},
		{"/manifests/urn:c2pa:nothing", 404, "manifest_unknown"},
		{"/manifests/%2e%2e%2fsecret", 400, "manifest_id_invalid"},
	} {
		if p := w.visitor.Get(base + c.path).Want(c.status).Problem(); p.Code != c.code {
			t.Errorf("%s: %s", c.path, p.Code)
		}
	}
	if p := content("/matches/byContent", []byte("<svg/>")).Want(415).Problem(); p.Code != "picture_type_unknown" {
		t.Errorf("no picture: %s", p.Code)
	}
	if p := content("/matches/byContent", make([]byte, 26<<20)).Want(413).Problem(); p.Code != "file_too_large" {
		t.Errorf("too large: %s", p.Code)
	}

	// A work that is not public gives neither its name nor its manifest.
	w.reviewer.Decide(w.entry, "takedown", "Not right").Want(200)
	var none result
	w.visitor.Get(query).Want(200).Into(&none)
	if len(none.Matches) != 0 {
		t.Errorf("taken down: %+v", none)
	}
	if p := w.visitor.Get(base + "/manifests/" + url.PathEscape(label)).Want(http.StatusNotFound).Problem(); p.Code != "manifest_unknown" {
		t.Errorf("taken down: %s", p.Code)
	}
}

func (w *walk) blob(key string) []byte {
	w.t.Helper()
	r, _, err := w.site.Blobs.Open(w.t.Context(), key)
	if err != nil {
		w.t.Fatal(err)
	}
	defer r.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		w.t.Fatal(err)
	}
	return b.Bytes()
}
