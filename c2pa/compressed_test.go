package c2pa

import (
	"bytes"
	"testing"

	"github.com/andybalholm/brotli"
)

// pack puts a manifest into the box of a compressed one.
func pack(t testing.TB, m *node) *node {
	t.Helper()
	return &node{kind: typeCompressed, label: m.label, boxes: []content{{"brob", brotlied(t, m.bytes())}}}
}

func brotlied(t testing.TB, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := brotli.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestCompressedManifest validates a manifest that is compressed, takes it in
// as an ingredient, and redacts in it.
func TestCompressedManifest(t *testing.T) {
	t.Parallel()
	w := theWorld()
	d := made()
	d.Statements = []Statement{{Label: "com.marquee.person", Value: map[string]any{"name": "Ada"}}}
	letter := []byte("a letter")
	s, err := Sign(t.Context(), nil, bytes.NewReader(letter), d, w.signer, SignOptions{Detached: true})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := ParseStore(s.Store, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	store := grow(plain.root)
	store.kids[0] = pack(t, store.kids[0])
	packed := store.bytes()
	o := w.options
	o.Manifest = packed
	r := validate(t, letter, o)
	if r.State != Trusted || r.Active != s.Label || r.Store.Active().Claim.Title != d.Title {
		t.Fatalf("%s %q", r.State, explain(r))
	}
	d = made()
	d.Actions = []Action{{Action: "c2pa.opened", Ingredients: []int{0}}}
	for name, redactions := range map[string][]Redaction{
		"carried":  nil,
		"redacted": {{URI: uri(s.Label, "c2pa.assertions", "com.marquee.person"), Reason: "c2pa.PII.present"}},
	} {
		d.Redactions = redactions
		d.Ingredients = []Ingredient{{Relationship: ParentOf, Asset: bytes.NewReader(letter), Manifest: packed}}
		data := sign(t, pngOf(t, 8, 8), d, w.signer, SignOptions{Validate: w.options})
		if r := validate(t, data, w.options); r.State != Trusted || len(r.Store.Manifests) != 2 {
			t.Errorf("%s: %s %q", name, r.State, explain(r))
		}
		if bytes.Contains(data, store.kids[0].boxes[0].data) != (name == "carried") {
			t.Errorf("%s: is it still compressed?", name)
		}
		if at := bytes.Index(data, []byte("brob")); at > 0 {
			if r := validate(t, flip(data, at+12), w.options); r.State != Invalid || !r.Has(CodeIngredientMismatch) {
				t.Errorf("%s: changed, and %s %q", name, r.State, explain(r))
			}
		}
	}
}

// TestCompressedBadly has boxes that do not hold what they should.
func TestCompressedBadly(t *testing.T) {
	plain, err := Read(bytes.NewReader(signedSample("png", false)(t)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	m := grow(plain.root).kids[0]
	other := *m
	other.label = "urn:c2pa:other"
	bomb := brotlied(t, make([]byte, 64<<20))
	good := pack(t, m)
	for name, change := range map[string]func(n *node){
		"not Brotli":          func(n *node) { n.boxes[0].data = []byte("hello") },
		"cut off":             func(n *node) { n.boxes[0].data = n.boxes[0].data[:100] },
		"empty":               func(n *node) { n.boxes[0].data = nil },
		"no manifest":         func(n *node) { n.boxes[0].data = brotlied(t, super(typeCBOR, m.label, box("cbor", []byte{1}))) },
		"another label":       func(n *node) { n.boxes[0].data = brotlied(t, other.bytes()) },
		"bytes behind it":     func(n *node) { n.boxes[0].data = brotlied(t, append(m.bytes(), 0)) },
		"compressed again":    func(n *node) { n.boxes[0].data = brotlied(t, good.bytes()) },
		"two boxes":           func(n *node) { n.boxes = append(n.boxes, n.boxes[0]) },
		"a box of its own":    func(n *node) { n.kids = m.kids[:1] },
		"a bomb":              func(n *node) { n.boxes[0].data = bomb },
		"named as it is, too": func(n *node) { n.boxes[0].kind = "cbor" },
	} {
		n := pack(t, m)
		change(n)
		store := &node{kind: typeStore, label: "c2pa", kids: []*node{n}}
		o := theWorld().options
		o.Manifest = store.bytes()
		if r := swiftly(t, name, bytes.NewReader(pngOf(t, 8, 8)), o); r.State != Invalid || !r.Has(CodeManifestCompressed) {
			t.Errorf("%s: %s %q", name, r.State, explain(r))
		}
	}
	store := &node{kind: typeStore, label: "c2pa"}
	for i := range 200 {
		store.kids = append(store.kids, &node{kind: typeCompressed, label: string(rune('a'+i%26)) + string(rune('0'+i/26)), boxes: []content{{"brob", bomb}}})
	}
	o := theWorld().options
	o.Manifest = store.bytes()
	if r := swiftly(t, "200 bombs", bytes.NewReader(pngOf(t, 8, 8)), o); r.State != Invalid {
		t.Error(r.State)
	}
}
