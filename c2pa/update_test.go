package c2pa

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// updated signs a file and updates its credential so many times.
func updated(t testing.TB, data []byte, boxes bool, times int) []byte {
	t.Helper()
	w := theWorld()
	d := made()
	d.Boxes = boxes
	data = sign(t, data, d, w.signer, SignOptions{})
	for i := range times {
		d := Definition{Generator: Generator{Name: "Marquee"}, Update: true, Actions: []Action{{Action: "c2pa.published"}}}
		if i%2 == 1 {
			d.Actions = nil
			d.Statements = []Statement{{Label: "com.marquee.note", Value: map[string]any{"n": i}}}
		}
		data = sign(t, data, d, w.signer, SignOptions{Validate: w.options})
	}
	return data
}

// TestUpdates adds to credentials while the files stay, and signs anew what
// was updated.
func TestUpdates(t *testing.T) {
	t.Parallel()
	w := theWorld()
	files := map[string][]byte{}
	for ext, data := range samples(t) {
		if ext == "webp" {
			continue
		}
		files["one."+ext], files["three."+ext] = updated(t, data, false, 1), updated(t, data, false, 3)
		if ext == "png" || ext == "jpg" {
			files["boxes."+ext] = updated(t, data, true, 2)
		}
		d := made()
		d.Actions = []Action{{Action: "c2pa.opened", Ingredients: []int{0}}}
		d.Ingredients = []Ingredient{{Relationship: ParentOf, Asset: bytes.NewReader(files["three."+ext])}}
		files["anew."+ext] = sign(t, files["three."+ext], d, w.signer, SignOptions{Validate: w.options})
	}
	for name, data := range files {
		kind, ext, _ := strings.Cut(name, ".")
		r := validate(t, data, w.options)
		want := map[string]int{"one": 2, "three": 4, "boxes": 3, "anew": 5}[kind]
		if r.State != Trusted || len(r.Store.Manifests) != want || r.Store.Active().Update != (kind != "anew") {
			t.Errorf("%s: %s, %d manifests: %q", name, r.State, len(r.Store.Manifests), explain(r))
		}
		if err := opens(ext, data); err != nil {
			t.Errorf("%s does not open any more: %v", name, err)
		}
		at := bytes.Index(data, []byte("mdat")) + 20
		if ext == "png" || ext == "jpg" {
			at = len(data) - 40
		}
		if r := validate(t, flip(data, at), w.options); r.State != Invalid {
			t.Errorf("%s: changed, and %s", name, r.State)
		}
	}
	for name, v := range outside(t, pemOf(w.root.cert), files) {
		if v.State != "Trusted" || len(v.Deltas) > 0 {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// TestUpdateRedacts takes an assertion out of the first manifest.
func TestUpdateRedacts(t *testing.T) {
	t.Parallel()
	w := theWorld()
	d := made()
	d.Statements = []Statement{{Label: "com.marquee.person", Value: map[string]any{"name": "Ada"}}}
	files := map[string][]byte{}
	for _, ext := range []string{"png", "jpg", "mp4"} {
		first := sign(t, sample(t, ext), d, w.signer, SignOptions{})
		s, err := Read(bytes.NewReader(first), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		u := Definition{Generator: Generator{Name: "Marquee"}, Update: true, Redactions: []Redaction{
			{URI: uri(s.Active().Label, "c2pa.assertions", "com.marquee.person"), Reason: "c2pa.PII.present"},
		}}
		if ext == "mp4" {
			if _, err := Sign(t.Context(), io.Discard, bytes.NewReader(first), u, w.signer, SignOptions{}); !errors.Is(err, ErrDefinition) {
				t.Errorf("the original of a film was changed: %v", err)
			}
			continue
		}
		files[ext+"."+ext] = sign(t, first, u, w.signer, SignOptions{Validate: w.options})
		if r := validate(t, files[ext+"."+ext], w.options); r.State != Trusted || bytes.Contains(files[ext+"."+ext], []byte("Ada")) {
			t.Errorf("%s: %s %q", ext, r.State, explain(r))
		}
	}
	for name, v := range outside(t, pemOf(w.root.cert), files) {
		if v.State != "Trusted" {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// TestUpdateWithoutInstance is what others write: an update's claim need not
// have an instanceID.
func TestUpdateWithoutInstance(t *testing.T) {
	t.Parallel()
	f := newForge(t, updated(t, pngOf(t, 8, 8), false, 1))
	f.claim(func(c map[string]any) { delete(c, "instanceID") })
	if r := validate(t, f.sign(theWorld().signer, SignOptions{}, true), theWorld().options); r.State != Trusted {
		t.Errorf("%s %q", r.State, explain(r))
	}
}

func TestUpdateThatCantBe(t *testing.T) {
	t.Parallel()
	w := theWorld()
	signed := sign(t, pngOf(t, 8, 8), made(), w.signer, SignOptions{})
	for name, c := range map[string]struct {
		file   []byte
		change func(*Definition)
		o      SignOptions
	}{
		"a crop":          {signed, func(d *Definition) { d.Actions = []Action{{Action: "c2pa.cropped"}} }, SignOptions{}},
		"a thumbnail":     {signed, func(d *Definition) { d.Thumbnail = &Thumbnail{"image/png", signed} }, SignOptions{}},
		"another parent":  {signed, func(d *Definition) { d.Ingredients = []Ingredient{{Relationship: ParentOf}} }, SignOptions{}},
		"new metadata":    {signed, func(d *Definition) { d.XMP = packetOf("x", "") }, SignOptions{}},
		"more actions":    {signed, func(d *Definition) { d.Statements = []Statement{{Label: "c2pa.actions.v2", Value: 1}} }, SignOptions{}},
		"beside the file": {signed, nil, SignOptions{Detached: true}},
		"nothing signed":  {pngOf(t, 8, 8), nil, SignOptions{}},
		"a WebP":          {sign(t, webpOf(t, 8, 8), made(), w.signer, SignOptions{}), nil, SignOptions{}},
		"changed before":  {flip(signed, len(signed)-20), nil, SignOptions{}},
	} {
		d := Definition{Generator: Generator{Name: "Marquee"}, Update: true}
		if c.change != nil {
			c.change(&d)
		}
		var out bytes.Buffer
		if _, err := Sign(t.Context(), &out, bytes.NewReader(c.file), d, w.signer, c.o); !errors.Is(err, ErrDefinition) || out.Len() > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestUpdateBoxes has films whose two boxes do not belong together.
func TestUpdateBoxes(t *testing.T) {
	t.Parallel()
	w := theWorld()
	film := updated(t, mp4Of(500), false, 1)
	i := bytes.LastIndex(film, []byte("update\x00")) - 8 - 16 - 4
	update := film[i:]
	for name, data := range map[string][]byte{
		"no update":     film[:i],
		"two updates":   append(bytes.Clone(film), update...),
		"no original":   append(bytes.Clone(mp4Of(500)), update...),
		"update is cut": append(bytes.Clone(film[:i]), atom("uuid", bmffUUID, make([]byte, 4), []byte("update\x00"), make([]byte, 8), []byte{0, 0, 0, 9})...),
	} {
		if r := validate(t, data, w.options); r.State != Invalid || !r.Has(CodeGeneral) {
			t.Errorf("%s: %s %q", name, r.State, explain(r))
		}
	}
}
