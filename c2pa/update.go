package c2pa

import (
	"bytes"
	"slices"
	"strings"
)

// updating are the actions that an update may have (section "Update
// Manifests"): those that leave the content as it is.
var updating = []string{"c2pa.edited.metadata", "c2pa.opened", "c2pa.published", "c2pa.redacted"}

// checkUpdate tells what of a definition no update may have.
func (d *Definition) checkUpdate() error {
	if d.Thumbnail != nil || d.Boxes || d.XMP != nil || d.Remote != "" || len(d.Ingredients) > 0 {
		return wrong("an update leaves the file as it is and has no ingredient but the file")
	}
	for _, a := range d.Actions {
		if !slices.Contains(updating, a.Action) {
			return wrong("an update can't have the action %s", a.Action)
		}
	}
	for _, s := range d.Statements {
		if strings.HasPrefix(s.Label, "c2pa.thumbnail") || strings.HasPrefix(s.Label, "c2pa.actions") || s.Label == "c2pa.hash.multi-asset" {
			return wrong("an update can't have the assertion %s", s.Label)
		}
	}
	return nil
}

// layOutUpdate puts the longer store where the old one is, so that what the
// old one is bound to stays where it was.
func (b *builder) layOutUpdate(a Asset, c container) (*plan, error) {
	found, err := c.find(a)
	if err != nil {
		return nil, err
	}
	if found.stores != 1 {
		return nil, wrong("the file has no one credential that could be updated")
	}
	store, err := b.store(false)
	if err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case bmffFile:
		return b.layOutBMFFUpdate(a, found, store)
	case webpFile:
		return nil, wrong("the length of a WebP is under the first signature, so it can't be updated")
	default:
		whole, ok := adjacent(found.whole)
		if !ok {
			return nil, broken("its credential is in pieces that do not follow each other")
		}
		p, err := c.plan(a, int64(len(store)))
		if err != nil {
			return nil, err
		}
		p.before = []piece{{from: span{0, whole.start}}}
		p.hole.start = whole.start
		p.after = []piece{{from: span{whole.end(), a.Size() - whole.end()}}}
		return p, nil
	}
}

// adjacent gives the range that ranges make up which follow each other.
func adjacent(parts []span) (span, bool) {
	if len(parts) == 0 {
		return span{}, false
	}
	whole := parts[0]
	for _, p := range parts[1:] {
		if p.start != whole.end() {
			return span{}, false
		}
		whole.length += p.length
	}
	return whole, true
}

// layOutBMFFUpdate leaves the store of the original where it is, says in its
// box that it is that, and puts the updates at the end, where they move nothing.
func (b *builder) layOutBMFFUpdate(a Asset, found *place, whole []byte) (*plan, error) {
	if len(b.d.Redactions) > 0 {
		return nil, wrong("the original credential of such a file stays as it is, so nothing can be redacted in it")
	}
	boxes, err := topBoxes(a)
	if err != nil {
		return nil, err
	}
	original, err := gather(a, found.parts, b.o.Validate.Limits.store())
	if err != nil {
		return nil, err
	}
	first, err := ParseStore(original, b.o.Validate.Limits)
	if err != nil {
		return nil, err
	}
	out := &plan{frame: bmffFrame("update"), only: func(m *superbox) bool { return first.Manifest(m.label) == nil }}
	at := int64(0)
	for i, x := range boxes {
		what, _, err := purpose(a, x)
		if err != nil {
			return nil, err
		}
		switch {
		case what == "update" && i < len(boxes)-1:
			return nil, broken("its update is not its last box")
		case what == "update":
			continue
		case x.open:
			return nil, wrong("the last box of the file does not say where it ends")
		}
		at += x.length
		if what != "manifest" {
			out.before = append(out.before, piece{from: x.span})
			continue
		}
		word := x.start + x.header + 16 + 4
		behind := word + int64(len("manifest"))
		out.before = append(out.before, piece{from: span{x.start, word - x.start}}, piece{data: []byte("original")}, piece{from: span{behind, x.end() - behind}})
	}
	part, err := out.part(whole)
	if err != nil {
		return nil, err
	}
	out.hole = span{at, int64(len(out.frame(part)))}
	return out, nil
}

// checkUpdated makes sure that an update did not spoil what it updates, as it
// would with a binding of another kind than its file is bound with here.
func (b *builder) checkUpdated(signed Asset) error {
	r, err := Validate(b.ctx, signed, b.o.Validate)
	if err != nil {
		return err
	}
	if r.State == Invalid {
		return wrong("with this update the file would be invalid: %s", strings.Join(r.Codes(Failure), ", "))
	}
	return nil
}

// joined makes one store of two; its manifests are those of the first and
// then those of the second.
func joined(first, second []byte) ([]byte, error) {
	_, a, _, _, err := nextBox(first)
	if err != nil {
		return nil, broken("its credential is cut off")
	}
	_, b, _, _, err := nextBox(second)
	if err != nil {
		return nil, broken("the update of its credential is cut off")
	}
	_, _, descA, _, err := nextBox(a)
	if err != nil {
		return nil, broken("its credential is cut off")
	}
	_, _, descB, rest, err := nextBox(b)
	if err != nil || !bytes.Equal(descA, descB) {
		return nil, broken("the update of its credential is none")
	}
	return box("jumb", a, rest), nil
}

// partOf makes a store of some manifests of another.
func partOf(store []byte, only func(m *superbox) bool) ([]byte, error) {
	root, err := parseJUMBF(store)
	if err != nil {
		return nil, err
	}
	var kids [][]byte
	for _, k := range root.kids {
		if only(k) {
			kids = append(kids, k.raw)
		}
	}
	return super(typeStore, "c2pa", kids...), nil
}

// update checks what an update must not have.
func (v *validator) update(m *Manifest) {
	if !m.Update {
		return
	}
	here := uri(m.Label)
	for _, a := range m.Assertions {
		switch kind := a.Kind(); {
		case !m.names(a.Label):
		case isBinding(kind):
			v.say(CodeManifestUpdateInvalid, Failure, here, "An update has no binding of its own.")
		case strings.HasPrefix(kind, "c2pa.thumbnail"):
			v.say(CodeManifestUpdateInvalid, Failure, here, "An update has no thumbnail, since the picture stays.")
		case kind == "c2pa.hash.multi-asset":
			v.say(CodeManifestUpdateInvalid, Failure, here, "An update says nothing of further files.")
		case kind == "c2pa.actions" || kind == "c2pa.actions.v2":
			var w struct {
				Actions []action `cbor:"actions"`
			}
			if a.Decode(&w) != nil {
				continue // told with the actions
			}
			for _, x := range w.Actions {
				if !slices.Contains(updating, x.Action) {
					v.say(CodeManifestUpdateInvalid, Failure, here, "An update can't have the action "+x.Action+".")
					break
				}
			}
		}
	}
}
