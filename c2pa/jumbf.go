package c2pa

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// A JUMBF store (ISO/IEC 19566-5) is a tree of superboxes; each has a
// description box with a type and a label, and then content.

// boxType is the type of a superbox: four letters and a tail that is common
// to all.
type boxType [16]byte

const uuidTail = "\x00\x11\x00\x10\x80\x00\x00\xAA\x00\x38\x9B\x71"

func fourLetters(s string) (t boxType) {
	copy(t[:], s+uuidTail)
	return t
}

var (
	typeStore      = fourLetters("c2pa")
	typeManifest   = fourLetters("c2ma")
	typeStandard   = fourLetters("c2md") // a newer name of c2ma
	typeUpdate     = fourLetters("c2um")
	typeCompressed = fourLetters("c2cm")
	typeAssertions = fourLetters("c2as")
	typeClaim      = fourLetters("c2cl")
	typeSignature  = fourLetters("c2cs")
	typeCBOR       = fourLetters("cbor")
	typeBoxes      = fourLetters("c2db") // data boxes of claims of version 1
	typeVC         = fourLetters("c2vc") // credentials, of version 1, too
	typeJSON       = fourLetters("json")
	typeEmbedded   = boxType{0x40, 0xCB, 0x0C, 0x32, 0xBB, 0x8A, 0x48, 0x9D, 0xA7, 0x0B, 0x2A, 0xD6, 0xF4, 0x7F, 0x43, 0x69}
)

const (
	deepest   = 12     // superboxes inside superboxes
	mostBoxes = 65_536 // in one store
)

var errJUMBF = errors.New("c2pa: the manifest store is not well formed")

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errJUMBF, fmt.Sprintf(format, args...))
}

// content is a box that is not a superbox.
type content struct {
	kind string
	data []byte
}

// superbox is a box of boxes. All bytes lie in the store that was parsed.
type superbox struct {
	kind  boxType
	label string
	raw   []byte // with the header
	inner []byte // without the header: what hashes cover
	boxes []content
	kids  []*superbox
}

// child gives the first superbox of this label, or nil.
func (s *superbox) child(label string) *superbox {
	for _, k := range s.kids {
		if k.label == label {
			return k
		}
	}
	return nil
}

// first gives the first content box of a kind, or nil.
func (s *superbox) first(kind string) []byte {
	for _, b := range s.boxes {
		if b.kind == kind {
			return b.data
		}
	}
	return nil
}

// nextBox cuts the first box off d.
func nextBox(d []byte) (kind string, data, raw, rest []byte, err error) {
	if len(d) < 8 {
		return "", nil, nil, nil, malformed("a box is cut off")
	}
	n, h := uint64(binary.BigEndian.Uint32(d)), uint64(8)
	switch n {
	case 1:
		if len(d) < 16 {
			return "", nil, nil, nil, malformed("a box is cut off")
		}
		n, h = binary.BigEndian.Uint64(d[8:]), 16
	case 0:
		n = uint64(len(d))
	}
	if n < h || n > uint64(len(d)) {
		return "", nil, nil, nil, malformed("a box claims %d of %d bytes", n, len(d))
	}
	return string(d[4:8]), d[h:n], d[:n], d[n:], nil
}

type jumbfReader struct{ boxes int }

// parseJUMBF reads the superbox that data begins with. Bytes behind it are
// padding, as some containers have, and must be zero.
func parseJUMBF(data []byte) (*superbox, error) {
	r := &jumbfReader{}
	s, rest, err := r.super(data, 0)
	if err != nil {
		return nil, err
	}
	if len(bytes.Trim(rest, "\x00")) > 0 {
		return nil, malformed("%d bytes follow the store", len(rest))
	}
	return s, nil
}

func (r *jumbfReader) super(d []byte, depth int) (*superbox, []byte, error) {
	if depth > deepest {
		return nil, nil, malformed("boxes are nested more than %d deep", deepest)
	}
	kind, data, raw, rest, err := nextBox(d)
	if err != nil {
		return nil, nil, err
	}
	if kind != "jumb" {
		return nil, nil, malformed("a superbox was expected, not %q", kind)
	}
	s := &superbox{raw: raw, inner: data}
	dk, desc, _, data, err := nextBox(data)
	if err != nil {
		return nil, nil, err
	}
	if dk != "jumd" || len(desc) < 17 {
		return nil, nil, malformed("a superbox has no description")
	}
	copy(s.kind[:], desc)
	// Requestable and labelled, as all boxes here are; with a salt, some are
	// private. What else a description may have, C2PA does not use.
	if toggles := desc[16]; toggles != 3 && toggles != 0x13 {
		return nil, nil, malformed("a superbox has the toggles %#x", toggles)
	}
	end := bytes.IndexByte(desc[17:], 0)
	if end < 0 {
		return nil, nil, malformed("a label has no end")
	}
	s.label = string(desc[17 : 17+end])
	if desc[16] == 3 && 17+end+1 != len(desc) {
		return nil, nil, malformed("a description is longer than it says")
	}
	for len(data) > 0 {
		if r.boxes++; r.boxes > mostBoxes {
			return nil, nil, malformed("more than %d boxes", mostBoxes)
		}
		if len(data) >= 8 && string(data[4:8]) == "jumb" {
			var k *superbox
			if k, data, err = r.super(data, depth+1); err != nil {
				return nil, nil, err
			}
			s.kids = append(s.kids, k)
			continue
		}
		var c content
		if c.kind, c.data, _, data, err = nextBox(data); err != nil {
			return nil, nil, err
		}
		s.boxes = append(s.boxes, c)
	}
	return s, rest, nil
}

// box writes a box of the parts.
func box(kind string, parts ...[]byte) []byte {
	n := 8
	for _, p := range parts {
		n += len(p)
	}
	out := binary.BigEndian.AppendUint32(make([]byte, 0, n), uint32(n))
	out = append(out, kind...)
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// super writes a superbox: requestable and labelled, with its content.
func super(kind boxType, label string, parts ...[]byte) []byte {
	desc := box("jumd", kind[:], []byte{3}, []byte(label), []byte{0})
	return box("jumb", append([][]byte{desc}, parts...)...)
}
