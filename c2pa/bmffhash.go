package c2pa

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// bmffExclusion says what of a BMFF file a hash leaves out.
type bmffExclusion struct {
	XPath   string       `cbor:"xpath"`
	Length  *int64       `cbor:"length,omitempty"`
	Data    []bmffData   `cbor:"data,omitempty"`
	Subset  []bmffSubset `cbor:"subset,omitempty"`
	Version *uint8       `cbor:"version,omitempty"`
	Flags   []byte       `cbor:"flags,omitempty"`
	Exact   *bool        `cbor:"exact,omitempty"`
}

type bmffData struct {
	Offset int64  `cbor:"offset"`
	Value  []byte `cbor:"value"`
}

type bmffSubset struct {
	Offset int64 `cbor:"offset"`
	Length int64 `cbor:"length"`
}

// bmffHash is the assertion c2pa.hash.bmff, in all of its versions.
type bmffHash struct {
	Exclusions []bmffExclusion `cbor:"exclusions"`
	Alg        string          `cbor:"alg,omitempty"`
	Hash       []byte          `cbor:"hash,omitempty"`
	Name       string          `cbor:"name,omitempty"`
	Merkle     []bmffMerkle    `cbor:"merkle,omitempty"`
}

// bmffMerkle holds the hashes of the pieces of one media data box.
type bmffMerkle struct {
	UniqueID int64    `cbor:"uniqueId"`
	LocalID  int64    `cbor:"localId"`
	Count    int64    `cbor:"count"`
	Alg      string   `cbor:"alg,omitempty"`
	InitHash []byte   `cbor:"initHash,omitempty"`
	Hashes   [][]byte `cbor:"hashes"`
	Fixed    *int64   `cbor:"fixedBlockSize,omitempty"`
	Variable []int64  `cbor:"variableBlockSizes,omitempty"`
}

// ownExclusions are what our own hashes leave out: the credential's box, the
// file type and the random access index, which players and tools rewrite.
func ownExclusions() []bmffExclusion {
	return []bmffExclusion{
		{XPath: "/uuid", Data: []bmffData{{8, bmffUUID}}},
		{XPath: "/ftyp"},
		{XPath: "/mfra"},
	}
}

// mostExclusions bounds a list of exclusions.
const mostExclusions = 1024

var errExclusion = fmt.Errorf("c2pa: an exclusion is not well formed")

// bmffPath finds the boxes that a path such as "/moov/trak[2]/mdia" names.
func bmffPath(a Asset, top []mediaBox, path string) ([]mediaBox, error) {
	steps := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if !strings.HasPrefix(path, "/") || len(steps) > deepest {
		return nil, fmt.Errorf("%w: %.60q", errExclusion, path)
	}
	level := top
	for i, step := range steps {
		which := 0
		if at := strings.IndexByte(step, '['); at >= 0 {
			n, err := strconv.Atoi(strings.TrimSuffix(step[at+1:], "]"))
			if err != nil || n < 1 || !strings.HasSuffix(step, "]") {
				return nil, fmt.Errorf("%w: %.60q", errExclusion, path)
			}
			step, which = step[:at], n
		}
		if len(step) != 4 {
			return nil, fmt.Errorf("%w: %.60q", errExclusion, path)
		}
		var hit []mediaBox
		for _, b := range level {
			if b.kind == step {
				hit = append(hit, b)
			}
		}
		if which > 0 {
			if which > len(hit) {
				return nil, nil
			}
			hit = hit[which-1 : which]
		}
		if i == len(steps)-1 {
			return hit, nil
		}
		level = nil
		for _, b := range hit {
			inside := b.data()
			if b.kind == "meta" && inside.length >= 4 {
				inside = span{inside.start + 4, inside.length - 4}
			}
			kids, err := mediaBoxes(a, inside)
			if err != nil {
				return nil, err
			}
			if level = append(level, kids...); len(level) > mostPieces {
				return nil, broken("it has too many boxes")
			}
		}
	}
	return nil, nil
}

// matches tells whether a box is one that an exclusion means.
func (x bmffExclusion) matches(a Asset, b mediaBox) (bool, error) {
	if x.Length != nil && *x.Length != b.length {
		return false, nil
	}
	if x.Version != nil || x.Flags != nil {
		var vf [4]byte
		if b.data().length < 4 {
			return false, nil
		}
		if err := readAt(a, vf[:], b.data().start); err != nil {
			return false, err
		}
		if x.Version != nil && *x.Version != vf[0] {
			return false, nil
		}
		if x.Flags != nil {
			if len(x.Flags) != 3 {
				return false, fmt.Errorf("%w: flags of %d bytes", errExclusion, len(x.Flags))
			}
			for i, f := range x.Flags {
				if x.Exact == nil || *x.Exact {
					if f != vf[1+i] {
						return false, nil
					}
				} else if f&vf[1+i] != f {
					return false, nil
				}
			}
		}
	}
	for _, d := range x.Data {
		if d.Offset < 0 || int64(len(d.Value)) > b.length || d.Offset > b.length-int64(len(d.Value)) {
			return false, nil
		}
		got := make([]byte, len(d.Value))
		if err := readAt(a, got, b.start+d.Offset); err != nil {
			return false, err
		}
		if !bytes.Equal(got, d.Value) {
			return false, nil
		}
	}
	return true, nil
}

// stretches tells what of a file a BMFF hash covers. From version 2 on, each
// top-level box that is not left out as a whole has its offset before it.
func (h bmffHash) stretches(a Asset, version int) ([]stretch, error) {
	if len(h.Exclusions) > mostExclusions {
		return nil, fmt.Errorf("%w: there are %d", errExclusion, len(h.Exclusions))
	}
	top, err := topBoxes(a)
	if err != nil {
		return nil, err
	}
	var out []span
	wholly := map[int64]bool{}
	for _, x := range h.Exclusions {
		boxes, err := bmffPath(a, top, x.XPath)
		if err != nil {
			return nil, err
		}
		for _, b := range boxes {
			ok, err := x.matches(a, b)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			if x.Subset == nil {
				out = append(out, b.span)
				wholly[b.start] = true
			}
			for _, s := range x.Subset {
				if s.Offset < 0 || s.Length < 0 || s.Offset > b.length {
					continue
				}
				n := b.length - s.Offset
				if s.Length > 0 {
					n = min(n, s.Length)
				}
				out = append(out, span{b.start + s.Offset, n})
			}
			if len(out) > mostPieces {
				return nil, fmt.Errorf("%w: they leave out too much", errExclusion)
			}
		}
	}
	sortSpans(out)
	var parts []stretch
	i := 0
	for _, b := range top {
		for i < len(out) && out[i].end() <= b.start {
			i++
		}
		j := i
		for j < len(out) && out[j].start < b.end() {
			j++
		}
		rest := without(b.span, out[i:j])
		if version >= 2 && !wholly[b.start] {
			prefix := binary.BigEndian.AppendUint64(nil, uint64(b.start))
			if len(rest) == 0 {
				rest = []stretch{{}}
			}
			rest[0].prefix = prefix
		}
		parts = append(parts, rest...)
	}
	return parts, nil
}

// hashBMFF computes our own hash of a file.
func hashBMFF(ctx context.Context, a Asset) ([]byte, error) {
	parts, err := bmffHash{Exclusions: ownExclusions()}.stretches(a, 3)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	err = hashStretches(ctx, h, a, parts)
	return h.Sum(nil), err
}
