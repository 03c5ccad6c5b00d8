package c2pa

import "encoding/binary"

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
			p.xmp = data
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
