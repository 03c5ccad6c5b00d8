package c2pa

import "errors"

// layOut finds where everything goes, and hashes the file around the hole.
// What a hash leaves out is written in numbers of which the length depends on
// their value, so it takes a few rounds until nothing moves.
func (b *builder) layOut(a Asset, c container) (*plan, error) {
	if b.d.Update {
		return b.layOutUpdate(a, c)
	}
	empty := make([]byte, 32)
	_, isBMFF := c.(bmffFile)
	if b.d.Boxes {
		return b.layOutBoxes(a, c)
	}
	if isBMFF {
		b.hardLabel = "c2pa.hash.bmff.v3"
		x := bmffHash{Exclusions: ownExclusions(), Alg: "sha256", Hash: empty, Name: "jumbf manifest"}
		b.hard = x
		p, filled, err := b.placeholder(a, c)
		if err != nil {
			return nil, err
		}
		if x.Hash, err = hashBMFF(b.ctx, filled); err != nil {
			return nil, err
		}
		b.hard = x
		return p, nil
	}
	b.hardLabel = "c2pa.hash.data"
	x := dataHash{Exclusions: []exclusion{{}}, Alg: "sha256", Hash: empty, Pad: []byte{}, Name: "jumbf manifest"}
	for range 6 {
		b.hard = x
		p, filled, err := b.placeholder(a, c)
		if err != nil {
			return nil, err
		}
		if now := (exclusion{p.hole.start, p.hole.length}); now != x.Exclusions[0] {
			x.Exclusions = []exclusion{now}
			continue
		}
		h, err := newHash("sha256")
		if err != nil {
			return nil, err
		}
		if err := hashStretches(b.ctx, h, filled, without(span{0, filled.Size()}, []span{p.hole})); err != nil {
			return nil, err
		}
		x.Hash = h.Sum(nil)
		b.hard = x
		return p, nil
	}
	return nil, errors.New("c2pa: the layout does not settle")
}

func (b *builder) layOutBoxes(a Asset, c container) (*plan, error) {
	b.hardLabel = "c2pa.hash.boxes"
	x := boxesHash{Alg: "sha256"}
	b.hard = x
	_, filled, err := b.placeholder(a, c)
	if err != nil {
		return nil, err
	}
	found, err := c.find(filled)
	if err != nil {
		return nil, err
	}
	if len(found.boxes) == 0 {
		return nil, wrong("%s has no named parts to hash", c.name())
	}
	for _, n := range found.boxes {
		if n.name == "" {
			return nil, wrong("bytes follow the file's end, which named parts can't cover")
		}
		x.Boxes = append(x.Boxes, boxEntry{Names: []string{n.name}, Alg: "sha256", Hash: make([]byte, 32), Pad: []byte{}})
	}
	b.hard = x
	// With the hashes' room it is as long as it will be.
	p, filled, err := b.placeholder(a, c)
	if err != nil {
		return nil, err
	}
	if found, err = c.find(filled); err != nil {
		return nil, err
	}
	for i, n := range found.boxes {
		if n.name == "C2PA" {
			continue // its hash stands for nothing
		}
		h, err := newHash("sha256")
		if err != nil {
			return nil, err
		}
		if err := hashStretches(b.ctx, h, filled, []stretch{{span: n.span}}); err != nil {
			return nil, err
		}
		x.Boxes[i].Hash = h.Sum(nil)
	}
	b.hard = x
	return p, nil
}

// placeholder makes the file with a store that is not signed yet.
func (b *builder) placeholder(a Asset, c container) (*plan, *planned, error) {
	store, err := b.store(false)
	if err != nil {
		return nil, nil, err
	}
	p, err := c.plan(a, int64(len(store)))
	if err != nil {
		return nil, nil, err
	}
	return p, p.filled(a, p.frame(store)), nil
}
