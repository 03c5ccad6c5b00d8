package c2pa

import (
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

const xmpKeyword = "XML:com.adobe.xmp\x00\x00\x00\x00\x00"

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
			head := make([]byte, min(int64(len(xmpKeyword)), all.length-12))
			if err := readAt(a, head, all.start+8); err != nil {
				return err
			}
			if string(head) == xmpKeyword {
				n := int64(len(xmpKeyword))
				p.xmp = span{all.start + 8 + n, all.length - 12 - n}
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
	out.frame = func(store []byte) []byte {
		b := binary.BigEndian.AppendUint32(make([]byte, 0, len(store)+12), uint32(len(store)))
		b = append(append(b, "caBX"...), store...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
	}
	return out, nil
}
