package c2pa

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// forge takes a store apart so that a test can change it, and puts it
// together again: as a stranger would, who can't sign, or as a signer would
// who does wrong.
type forge struct {
	t     testing.TB
	src   []byte // the file that it is embedded in
	store *node
}

// node is a superbox that can be changed.
type node struct {
	kind  boxType
	label string
	boxes []content
	kids  []*node
}

func grow(s *superbox) *node {
	n := &node{kind: s.kind, label: s.label}
	for _, b := range s.boxes {
		n.boxes = append(n.boxes, content{b.kind, bytes.Clone(b.data)})
	}
	for _, k := range s.kids {
		n.kids = append(n.kids, grow(k))
	}
	return n
}

func (n *node) bytes() []byte {
	var parts [][]byte
	for _, b := range n.boxes {
		parts = append(parts, box(b.kind, b.data))
	}
	for _, k := range n.kids {
		parts = append(parts, k.bytes())
	}
	return super(n.kind, n.label, parts...)
}

func (n *node) kid(label string) *node {
	for _, k := range n.kids {
		if k.label == label {
			return k
		}
	}
	return nil
}

func (n *node) drop(label string) {
	n.kids = slices.DeleteFunc(n.kids, func(k *node) bool { return k.label == label })
}

func newForge(t testing.TB, file []byte) *forge {
	t.Helper()
	s, err := Read(bytes.NewReader(file), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return &forge{t, file, grow(s.root)}
}

func (f *forge) active() *node     { return f.store.kids[len(f.store.kids)-1] }
func (f *forge) assertions() *node { return f.active().kid("c2pa.assertions") }

func (f *forge) assertion(label string) *node {
	n := f.assertions().kid(label)
	if n == nil {
		f.t.Fatalf("there is no %s", label)
	}
	return n
}

// cbor changes the CBOR of a box.
func (f *forge) cbor(n *node, change func(map[string]any)) {
	f.t.Helper()
	m := map[string]any{}
	if err := decoder.Unmarshal(n.boxes[0].data, &m); err != nil {
		f.t.Fatal(err)
	}
	change(m)
	n.boxes[0].data = f.marshal(m)
}

func (f *forge) marshal(v any) []byte {
	f.t.Helper()
	b, err := marshal(v)
	if err != nil {
		f.t.Fatal(err)
	}
	return b
}

func (f *forge) claim(change func(map[string]any)) { f.cbor(f.active().kid("c2pa.claim.v2"), change) }

// add puts an assertion into the store and, with the claim's leave, into it.
func (f *forge) add(label string, data []byte, declared bool) *node {
	n := &node{kind: typeCBOR, label: label, boxes: []content{{"cbor", data}}}
	f.assertions().kids = append(f.assertions().kids, n)
	if declared {
		f.claim(func(c map[string]any) {
			c["created_assertions"] = append(c["created_assertions"].([]any), map[string]any{"url": "self#jumbf=c2pa.assertions/" + label, "hash": []byte{}})
		})
	}
	return n
}

// embed puts the store into the file as it is.
func (f *forge) embed() []byte {
	f.t.Helper()
	return f.embedBytes(f.store.bytes())
}

func (f *forge) embedBytes(store []byte) []byte {
	f.t.Helper()
	a := bytes.NewReader(f.src)
	c, err := sniff(a)
	if err != nil {
		f.t.Fatal(err)
	}
	p, err := c.plan(a, int64(len(store)))
	if err != nil {
		f.t.Fatal(err)
	}
	var out bytes.Buffer
	if err := copyTo(f.t.Context(), &out, p.filled(a, p.frame(store))); err != nil {
		f.t.Fatal(err)
	}
	return out.Bytes()
}

// sign makes all hashes right again and signs the claim, so that only what
// was changed on purpose is wrong. keepBinding leaves the binding as it is.
func (f *forge) sign(s Signer, o SignOptions, keepBinding bool) []byte {
	f.t.Helper()
	b := &builder{ctx: f.t.Context(), o: o, signer: s, reserve: 20_000}
	for range 5 {
		f.claim(func(c map[string]any) {
			for _, field := range []string{"created_assertions", "gathered_assertions"} {
				list, _ := c[field].([]any)
				for _, r := range list {
					m := r.(map[any]any)
					url := m["url"].(string)
					if n := f.assertions().kid(url[strings.LastIndexByte(url, '/')+1:]); n != nil {
						h, err := sum("sha256", n.bytes()[8:])
						if err != nil {
							f.t.Fatal(err)
						}
						m["hash"] = h
					}
				}
			}
		})
		claim := f.active().kid("c2pa.claim.v2").boxes[0].data
		sig, err := b.sign(claim)
		if err != nil {
			f.t.Fatal(err)
		}
		f.active().kid("c2pa.signature").boxes[0].data = sig
		out := f.embed()
		n := f.assertions().kid("c2pa.hash.data")
		if keepBinding || n == nil {
			return out
		}
		a := bytes.NewReader(out)
		p, err := pngFile{}.find(a)
		if err != nil {
			f.t.Fatal(err)
		}
		h, err := newHash("sha256")
		if err != nil {
			f.t.Fatal(err)
		}
		if err := hashStretches(f.t.Context(), h, a, without(span{0, a.Size()}, p.whole)); err != nil {
			f.t.Fatal(err)
		}
		before := n.boxes[0].data
		f.cbor(n, func(m map[string]any) {
			m["hash"] = h.Sum(nil)
			m["exclusions"] = []exclusion{{p.whole[0].start, p.whole[0].length}}
		})
		if bytes.Equal(before, n.boxes[0].data) {
			return out
		}
	}
	f.t.Fatal("the forged file does not settle")
	return nil
}
