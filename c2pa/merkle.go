package c2pa

import (
	"bytes"
	"fmt"
)

// merkle checks the media data of a file that is hashed in blocks: each mdat
// box has a tree, of which one row is in the assertion.
func (v *validator) merkle(m *Manifest, d bmffHash, at string) bool {
	top, err := topBoxes(v.asset)
	if err != nil {
		v.read(err, CodeBMFFHashMismatch, at)
		return false
	}
	var media []mediaBox
	for _, b := range top {
		if b.kind == "mdat" {
			media = append(media, b)
		}
	}
	if len(d.Merkle) != len(media) || len(d.Hash) == 0 {
		v.say(CodeGeneral, Failure, at, "Films in fragments of several files are not read.")
		return false
	}
	for i, t := range d.Merkle {
		alg := t.Alg
		if alg == "" {
			alg = d.Alg
		}
		if alg == "" {
			alg = m.Claim.Alg
		}
		blocks, err := t.blocks(media[i])
		if err != nil {
			v.say(CodeBMFFHashMalformed, Failure, at, err.Error())
			return false
		}
		row := make([][]byte, len(blocks))
		for j, b := range blocks {
			h, err := newHash(alg)
			if err != nil {
				v.say(CodeAlgorithmUnsupported, Failure, at, err.Error())
				return false
			}
			if err := hashStretches(v.ctx, h, v.asset, []stretch{{span: b}}); err != nil {
				v.read(err, CodeBMFFHashMismatch, at)
				return false
			}
			row[j] = h.Sum(nil)
		}
		// Up to the row that was kept; a node without a neighbour moves up.
		for len(row) > len(t.Hashes) && len(row) > 1 {
			up := make([][]byte, 0, (len(row)+1)/2)
			for j := 0; j < len(row); j += 2 {
				if j+1 == len(row) {
					up = append(up, row[j])
					continue
				}
				node, err := sum(alg, append(bytes.Clone(row[j]), row[j+1]...))
				if err != nil {
					v.say(CodeAlgorithmUnsupported, Failure, at, err.Error())
					return false
				}
				up = append(up, node)
			}
			row = up
		}
		same := len(row) == len(t.Hashes)
		for j := range row {
			same = same && bytes.Equal(row[j], t.Hashes[j])
		}
		if !same {
			v.say(CodeBMFFHashMismatch, Failure, at, "The film was changed after it was signed.")
			return false
		}
	}
	return true
}

// mostBlocks bounds the blocks of one media data box.
const mostBlocks = 1 << 17

// blocks gives the ranges that the leaves of a tree cover. The first 16 bytes
// of the box, which may be its header, are not among them.
func (t bmffMerkle) blocks(b mediaBox) ([]span, error) {
	at, end := b.start+16, b.end()
	var out []span
	switch {
	case t.Count < 0 || t.Count > mostBlocks || len(t.Variable) > mostBlocks:
		return nil, fmt.Errorf("%w: there are too many blocks", errExclusion)
	case t.Fixed != nil:
		if *t.Fixed <= 0 || (end-at)/(*t.Fixed) > mostBlocks {
			return nil, fmt.Errorf("%w: blocks of %d bytes", errExclusion, *t.Fixed)
		}
		for at < end {
			n := min(*t.Fixed, end-at)
			out = append(out, span{at, n})
			at += n
		}
	case t.Variable != nil:
		for _, n := range t.Variable {
			if n < 0 || n > end-at {
				return nil, fmt.Errorf("%w: a block of %d bytes", errExclusion, n)
			}
			out = append(out, span{at, n})
			at += n
		}
		if at != end {
			return nil, fmt.Errorf("%w: the blocks leave out the end", errExclusion)
		}
	default:
		out = []span{{at, max(0, end-at)}}
	}
	if int64(len(out)) != t.Count {
		return nil, fmt.Errorf("%w: %d blocks are said to be %d", errExclusion, len(out), t.Count)
	}
	return out, nil
}
