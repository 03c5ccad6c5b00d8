package c2pa

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// mostPieces bounds the chunks, segments and top-level boxes of a file.
const mostPieces = 1 << 16

// pngFile keeps its credential in a chunk caBX.
type pngFile struct{}

func (pngFile) name() string { return "image/png" }

// pngChunks calls f for each chunk: its name and the range of all of it.
func pngChunks(a Asset, f func(name string, all span) error) error {
	var head [8]byte
	size := a.Size()
	at := int64(8)
	for n := 0; at < size; n++ {
		if n > mostPieces {
			return broken("it has more than %d chunks", mostPieces)
		}
		if err := readAt(a, head[:], at); err != nil {
			return err
		}
		length := int64(binary.BigEndian.Uint32(head[:])) + 12
		if length > size-at {
			return broken("chunk %q at %d claims more than there is", head[4:], at)
		}
		name := string(head[4:])
		if err := f(name, span{at, length}); err != nil {
			return err
		}
		at += length
		if name == "IEND" {
			// What follows belongs to nobody, but it is hashed with the rest.
			return nil
		}
	}
	return broken("it has no end")
}

// xmpKeyword begins the chunk iTXt of an XMP packet; what follows in the head
// says that it is not compressed and of no language.
const (
	xmpKeyword = "XML:com.adobe.xmp\x00"
	xmpHeadPNG = xmpKeyword + "\x00\x00\x00\x00"
)

func (pngFile) find(a Asset) (*place, error) {
	p := &place{boxes: []namedBox{{"PNGh", span{0, 8}}}}
	end := int64(8)
	err := pngChunks(a, func(name string, all span) error {
		end = all.end()
		switch name {
		case "caBX":
			p.stores++
			p.parts, p.whole = append(p.parts, span{all.start + 8, all.length - 12}), append(p.whole, all)
			p.boxes = append(p.boxes, namedBox{"C2PA", all})
			ok, err := rightCRC(a, all)
			p.damaged = p.damaged || !ok
			return err
		case "iTXt":
			x, deflated, err := pngXMP(a, all)
			if err != nil {
				return err
			}
			if x.length > 0 {
				p.xmp, p.xmpDeflated = []span{x}, deflated
			}
		}
		p.boxes = append(p.boxes, namedBox{name, all})
		return nil
	})
	if end < a.Size() {
		p.boxes = append(p.boxes, namedBox{"", span{end, a.Size() - end}})
	}
	return p, err
}

// pngXMP gives the range of the XMP packet in a chunk iTXt, and whether it is
// compressed; an empty range if there is none.
func pngXMP(a Asset, all span) (text span, deflated bool, err error) {
	head := make([]byte, min(256, all.length-12))
	if err := readAt(a, head, all.start+8); err != nil {
		return span{}, false, err
	}
	rest, ok := bytes.CutPrefix(head, []byte(xmpKeyword))
	if !ok || len(rest) < 4 {
		return span{}, false, nil
	}
	deflated = rest[0] == 1
	rest = rest[2:]
	for range 2 { // the language and the keyword in it
		end := bytes.IndexByte(rest, 0)
		if end < 0 {
			return span{}, false, nil
		}
		rest = rest[end+1:]
	}
	n := int64(len(head) - len(rest))
	return span{all.start + 8 + n, all.length - 12 - n}, deflated, nil
}

func (pngFile) withXMP(a Asset, packet []byte) (*planned, error) {
	framed := pngChunk("iTXt", []byte(xmpHeadPNG), packet)
	out := &plan{before: []piece{{from: span{0, 8}}}}
	end, placed := int64(8), false
	err := pngChunks(a, func(name string, all span) error {
		end = all.end()
		if name == "caBX" {
			return nil
		}
		if name == "iTXt" {
			x, _, err := pngXMP(a, all)
			if err != nil || x.length > 0 {
				return err
			}
		}
		out.before = append(out.before, piece{from: all})
		if name == "IHDR" && !placed {
			out.before, placed = append(out.before, piece{data: framed}), true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !placed {
		return nil, broken("it has no header")
	}
	if end < a.Size() {
		out.before = append(out.before, piece{from: span{end, a.Size() - end}})
	}
	return out.filled(a, nil), nil
}

// pngChunk writes a chunk of the parts.
func pngChunk(name string, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	b := binary.BigEndian.AppendUint32(make([]byte, 0, n+12), uint32(n))
	b = append(b, name...)
	for _, p := range parts {
		b = append(b, p...)
	}
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// rightCRC checks a chunk's checksum, which no hash covers. Chunks that are
// longer than any store may be are refused for that.
func rightCRC(a Asset, all span) (bool, error) {
	if all.length > 64<<20 {
		return true, nil
	}
	h := crc32.NewIEEE()
	if err := hashStretches(context.Background(), h, a, []stretch{{span: span{all.start + 4, all.length - 8}}}); err != nil {
		return false, err
	}
	var want [4]byte
	err := readAt(a, want[:], all.end()-4)
	return binary.BigEndian.Uint32(want[:]) == h.Sum32(), err
}

func (pngFile) plan(a Asset, store int64) (*plan, error) {
	if store > 1<<31-1 {
		return nil, ErrTooLarge
	}
	out := &plan{before: []piece{{from: span{0, 8}}}}
	end := int64(8)
	err := pngChunks(a, func(name string, all span) error {
		end = all.end()
		switch {
		case name == "caBX":
		case name == "IHDR":
			out.before = append(out.before, piece{from: all})
		default:
			out.after = append(out.after, piece{from: all})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(out.before) != 2 {
		return nil, broken("it has no one header")
	}
	if end < a.Size() {
		out.after = append(out.after, piece{from: span{end, a.Size() - end}})
	}
	out.hole = span{8 + out.before[1].size(), store + 12}
	out.frame = func(store []byte) []byte { return pngChunk("caBX", store) }
	return out, nil
}
