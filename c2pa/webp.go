package c2pa

import (
	"encoding/binary"
	"slices"
)

// webpFile keeps its credential in a RIFF chunk C2PA, the last one.
type webpFile struct{}

func (webpFile) name() string { return "image/webp" }

// riffChunks calls f for each chunk: its name, the range of its data, and
// that of all of it with header and padding.
func riffChunks(a Asset, f func(name string, data, all span)) error {
	var head [12]byte
	if err := readAt(a, head[:], 0); err != nil {
		return err
	}
	if string(head[:4]) != "RIFF" {
		return broken("it is no RIFF file")
	}
	size := int64(binary.LittleEndian.Uint32(head[4:])) + 8
	if size > a.Size() {
		return broken("it claims %d of %d bytes", size, a.Size())
	}
	at := int64(12)
	for n := 0; at < size; n++ {
		if n > mostPieces {
			return broken("it has more than %d chunks", mostPieces)
		}
		if err := readAt(a, head[:8], at); err != nil {
			return err
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		if length > size-at-8 {
			return broken("chunk %q at %d claims more than there is", head[:4], at)
		}
		// The padding of the last chunk is sometimes forgotten.
		padded := min(8+length+length&1, size-at)
		f(string(head[:4]), span{at + 8, length}, span{at, padded})
		at += padded
	}
	if at < a.Size() {
		f("", span{at, a.Size() - at}, span{at, a.Size() - at})
	}
	return nil
}

func (webpFile) find(a Asset) (*place, error) {
	p := &place{}
	err := riffChunks(a, func(name string, data, all span) {
		switch name {
		case "C2PA":
			p.stores++
			// Its padding is not left out of hashes.
			p.parts, p.whole = append(p.parts, data), append(p.whole, span{all.start, 8 + data.length})
		case "XMP ":
			p.xmp = []span{data}
		}
	})
	return p, err
}

func (webpFile) plan(a Asset, store int64) (*plan, error) {
	out := &plan{}
	at := int64(12)
	var tail []piece
	err := riffChunks(a, func(name string, _, all span) {
		switch name {
		case "C2PA":
		case "":
			tail = append(tail, piece{from: all})
		default:
			out.before, at = append(out.before, piece{from: all}), at+all.length
			if all.length&1 == 1 {
				out.before, at = append(out.before, piece{data: []byte{0}}), at+1
			}
		}
	})
	if err != nil {
		return nil, err
	}
	out.hole = span{at, 8 + store}
	size := out.hole.end() + store&1 - 8
	if size > 1<<32-2 {
		return nil, ErrTooLarge
	}
	if store&1 == 1 {
		tail = append([]piece{{data: []byte{0}}}, tail...)
	}
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size))
	out.before = append([]piece{{data: append(head, "WEBP"...)}}, out.before...)
	out.after = tail
	out.frame = func(store []byte) []byte {
		b := binary.LittleEndian.AppendUint32([]byte("C2PA"), uint32(len(store)))
		return append(b, store...)
	}
	return out, nil
}

// webpXMPFlag says in a chunk VP8X that there is an XMP packet.
const webpXMPFlag = 0x04

func (webpFile) withXMP(a Asset, packet []byte) (*planned, error) {
	type part struct {
		name      string
		data, all span
	}
	var parts []part
	err := riffChunks(a, func(name string, data, all span) {
		if name != "C2PA" && name != "XMP " {
			parts = append(parts, part{name, data, all})
		}
	})
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return nil, broken("it has no picture")
	}
	var head []byte
	if first := parts[0]; first.name == "VP8X" {
		if first.data.length != 10 {
			return nil, broken("its header VP8X has %d bytes", first.data.length)
		}
		if head, err = gather(a, []span{first.data}, 10); err != nil {
			return nil, err
		}
		parts = parts[1:]
	} else if head, err = webpHeader(a, first.name, first.data); err != nil {
		return nil, err
	}
	head[0] |= webpXMPFlag
	var body []piece
	add := func(p piece) {
		if body = append(body, p); p.size()&1 == 1 {
			body = append(body, piece{data: []byte{0}})
		}
	}
	add(piece{data: riffChunk("VP8X", head)})
	// Behind the picture and Exif, before what is of no known kind.
	known := []string{"ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L", "EXIF"}
	at := len(parts)
	for at > 0 && !slices.Contains(known, parts[at-1].name) {
		at--
	}
	for i, p := range parts {
		if i == at {
			add(piece{data: riffChunk("XMP ", packet)})
		}
		if p.name == "" {
			break // bytes behind the end
		}
		add(piece{from: p.all})
	}
	if at == len(parts) {
		add(piece{data: riffChunk("XMP ", packet)})
	}
	size := int64(4)
	for _, p := range body {
		size += p.size()
	}
	if size > 1<<32-2 {
		return nil, ErrTooLarge
	}
	out := &plan{before: append([]piece{{data: append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size)), "WEBP"...)}}, body...)}
	if last := parts[len(parts)-1:]; len(last) > 0 && last[0].name == "" {
		out.after = []piece{{from: last[0].all}}
	}
	return out.filled(a, nil), nil
}

func riffChunk(name string, data []byte) []byte {
	b := binary.LittleEndian.AppendUint32(append(make([]byte, 0, len(data)+8), name...), uint32(len(data)))
	return append(b, data...)
}

// webpHeader makes the data of a chunk VP8X for a file that has none: flags,
// and the size of the picture as its coded form tells it (RFC 9649, sections
// 2.5 to 2.7, and RFC 6386, section 9.1).
func webpHeader(a Asset, name string, data span) ([]byte, error) {
	var b [10]byte
	if data.length < int64(len(b)) {
		return nil, broken("its picture is cut off")
	}
	if err := readAt(a, b[:], data.start); err != nil {
		return nil, err
	}
	var w, h uint32 // less one
	var flags byte
	switch {
	case name == "VP8 " && b[3] == 0x9D && b[4] == 1 && b[5] == 0x2A:
		w, h = uint32(binary.LittleEndian.Uint16(b[6:])&0x3FFF)-1, uint32(binary.LittleEndian.Uint16(b[8:])&0x3FFF)-1
	case name == "VP8L" && b[0] == 0x2F:
		bits := binary.LittleEndian.Uint32(b[1:])
		w, h = bits&0x3FFF, bits>>14&0x3FFF
		flags = byte(bits>>28&1) << 4 // it may be see-through
	default:
		return nil, broken("its picture does not begin as one")
	}
	if w > 1<<14 || h > 1<<14 {
		return nil, broken("its picture has no size")
	}
	return []byte{flags, 0, 0, 0, byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)}, nil
}
