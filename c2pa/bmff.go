package c2pa

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// bmffFile keeps its credential in a top-level uuid box, behind ftyp.
type bmffFile struct{ brand string }

func (f bmffFile) name() string {
	switch f.brand {
	case "avif", "avis":
		return "image/avif"
	case "heic", "heix", "mif1", "msf1":
		return "image/heic"
	case "M4A ":
		return "audio/mp4"
	case "qt  ":
		return "video/quicktime"
	}
	return "video/mp4"
}

var (
	bmffUUID = []byte("\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81")
	xmpUUID  = []byte("\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac")
)

// mediaBox is a box of an ISO base media file.
type mediaBox struct {
	kind string
	span
	header int64
	// open tells that it has no length and goes up to the end of the file.
	open bool
}

func (b mediaBox) data() span { return span{b.start + b.header, b.length - b.header} }

// mediaBoxes lists the boxes inside a range.
func mediaBoxes(a Asset, within span) ([]mediaBox, error) {
	var out []mediaBox
	end := within.end()
	for at := within.start; at < end; {
		if len(out) > mostPieces {
			return nil, broken("it has more than %d boxes", mostPieces)
		}
		var h [16]byte
		if end-at < 8 {
			return nil, broken("a box at %d is cut off", at)
		}
		if err := readAt(a, h[:8], at); err != nil {
			return nil, err
		}
		n, header := uint64(binary.BigEndian.Uint32(h[:])), int64(8)
		switch n {
		case 1:
			if end-at < 16 {
				return nil, broken("a box at %d is cut off", at)
			}
			if err := readAt(a, h[:], at); err != nil {
				return nil, err
			}
			n, header = binary.BigEndian.Uint64(h[8:]), 16
		case 0:
			n = uint64(end - at)
		}
		if n < uint64(header) || n > uint64(end-at) {
			return nil, broken("box %q at %d claims %d bytes of %d", h[4:8], at, n, end-at)
		}
		open := binary.BigEndian.Uint32(h[:]) == 0
		out = append(out, mediaBox{string(h[4:8]), span{at, int64(n)}, header, open})
		at += int64(n)
	}
	return out, nil
}

func topBoxes(a Asset) ([]mediaBox, error) { return mediaBoxes(a, span{0, a.Size()}) }

// purpose reads what a C2PA uuid box is for; "" where the box is another one.
// data is the range behind the purpose and its offset field.
func purpose(a Asset, b mediaBox) (string, span, error) {
	if b.kind != "uuid" || b.length < b.header+16+4+10 {
		return "", span{}, nil
	}
	head := make([]byte, min(64, b.length-b.header))
	if err := readAt(a, head, b.start+b.header); err != nil {
		return "", span{}, err
	}
	if !bytes.Equal(head[:16], bmffUUID) {
		return "", span{}, nil
	}
	if !bytes.Equal(head[16:20], make([]byte, 4)) {
		return "", span{}, broken("a credential's box at %d is of an unknown version", b.start)
	}
	word, _, ok := bytes.Cut(head[20:], []byte{0})
	if !ok {
		return "", span{}, broken("a credential's box at %d has no purpose", b.start)
	}
	skip := b.header + 20 + int64(len(word)) + 1
	if string(word) != "merkle" {
		skip += 8 // the offset of the first auxiliary box
	}
	if skip > b.length {
		return "", span{}, broken("a credential's box at %d is cut off", b.start)
	}
	return string(word), span{b.start + skip, b.length - skip}, nil
}

func (bmffFile) find(a Asset) (*place, error) {
	boxes, err := topBoxes(a)
	if err != nil {
		return nil, err
	}
	p := &place{}
	originals, updates := 0, 0
	// A picture's packet is an item of it; a copy in a box of its own may be
	// there for readers that look only for that.
	inItem := false
	for _, b := range boxes {
		what, data, err := purpose(a, b)
		if err != nil {
			return nil, err
		}
		switch what {
		case "manifest", "original", "update":
			var off [8]byte
			if err := readAt(a, off[:], data.start-8); err != nil {
				return nil, err
			}
			aux := binary.BigEndian.Uint64(off[:])
			if aux != 0 && !slices.ContainsFunc(boxes, func(o mediaBox) bool { return uint64(o.start) == aux && o.kind == "uuid" }) {
				return nil, broken("the credential names a box that is not there")
			}
			// Updates come in a box of their own; with the original they are
			// one store.
			switch what {
			case "update":
				updates++
				p.more = data
			case "original":
				originals++
				fallthrough
			default:
				p.stores++
				p.parts = []span{data}
			}
			p.whole = append(p.whole, b.span)
		case "":
			ok, err := isXMP(a, b)
			if err != nil {
				return nil, err
			}
			if ok && !inItem {
				p.xmp = []span{{b.start + b.header + 16, b.length - b.header - 16}}
			}
			if b.kind == "meta" && !inItem {
				if at := itemXMP(a, b); at != nil {
					p.xmp, inItem = at, true
				}
			}
		}
	}
	if originals != updates || updates > 1 {
		return nil, broken("its credential and the update of it do not belong together")
	}
	return p, nil
}

// mostMoov bounds the boxes that are held in memory to move their offsets.
const mostMoov = 256 << 20

// bmffFrame wraps a store into a box for a purpose; none of ours has blocks
// of its own, so the offset of the first is zero.
func bmffFrame(purpose string) func(store []byte) []byte {
	return func(store []byte) []byte {
		return box("uuid", bmffUUID, make([]byte, 4), []byte(purpose), make([]byte, 1+8), store)
	}
}

func (bmffFile) plan(a Asset, store int64) (*plan, error) {
	frame := bmffFrame("manifest")
	size := int64(len(frame(nil))) + store
	if size > 1<<31-1 {
		return nil, ErrTooLarge
	}
	out, err := rearranged(a, size, func(b mediaBox) (bool, error) {
		what, _, err := purpose(a, b)
		return what != "", err
	}, nil)
	if err != nil {
		return nil, err
	}
	out.frame = frame
	return out, nil
}

func (f bmffFile) withXMP(a Asset, packet []byte) (*planned, error) {
	if t := f.name(); t == "image/avif" || t == "image/heic" {
		if p, err := pictureWithXMP(a, packet); p != nil || err != nil {
			return p, err
		}
	}
	framed := box("uuid", xmpUUID, packet)
	p, err := rearranged(a, int64(len(framed)), func(b mediaBox) (bool, error) { return ownBox(a, b) }, nil)
	if err != nil {
		return nil, err
	}
	return p.filled(a, framed), nil
}

// ownBox tells whether a box is the credential's or that of an XMP packet.
func ownBox(a Asset, b mediaBox) (bool, error) {
	what, _, err := purpose(a, b)
	if err != nil || what != "" {
		return true, err
	}
	return isXMP(a, b)
}

// isXMP tells whether a box holds an XMP packet.
func isXMP(a Asset, b mediaBox) (bool, error) {
	if b.kind != "uuid" || b.length < b.header+16 {
		return false, nil
	}
	var id [16]byte
	err := readAt(a, id[:], b.start+b.header)
	return bytes.Equal(id[:], xmpUUID), err
}

// rearranged lays out a copy of a file without the boxes that are to be
// dropped, with others in place of some (by where those begin), and with a
// hole behind its file type; it moves the offsets that point to what lies
// elsewhere then, also in those others.
func rearranged(a Asset, size int64, drop func(mediaBox) (bool, error), others map[int64][]byte) (*plan, error) {
	boxes, err := topBoxes(a)
	if err != nil {
		return nil, err
	}
	// Where each old box comes to lie.
	type move struct {
		from span
		by   int64
	}
	var kept []mediaBox
	var moves []move
	at, hole := int64(0), int64(-1)
	for i, b := range boxes {
		out, err := drop(b)
		if err != nil {
			return nil, err
		}
		if out {
			continue
		}
		if i > 0 && hole < 0 {
			return nil, broken("its file type is not first")
		}
		kept = append(kept, b)
		moves = append(moves, move{b.span, at - b.start})
		if data, ok := others[b.start]; ok {
			at += int64(len(data))
		} else {
			at += b.length
		}
		if b.kind == "ftyp" && hole < 0 {
			if b.open {
				return nil, broken("its file type has no end")
			}
			hole = at
			at += size
		}
	}
	if hole < 0 {
		return nil, broken("it has no file type")
	}
	shift := func(old int64) int64 {
		i, found := slices.BinarySearchFunc(moves, old, func(m move, at int64) int {
			switch {
			case m.from.end() <= at:
				return -1
			case m.from.start > at:
				return 1
			}
			return 0
		})
		if !found {
			return 0 // it points outside of the file: none of ours
		}
		return moves[i].by
	}
	out := &plan{hole: span{hole, size}}
	for i, b := range kept {
		p := piece{from: b.span}
		switch b.kind {
		case "moov", "meta", "moof", "mfra":
			if b.length > mostMoov {
				return nil, ErrTooLarge
			}
			data, ok := others[b.start]
			if !ok {
				if data, err = gather(a, []span{b.span}, mostMoov); err != nil {
					return nil, err
				}
			}
			m := offsetMover{shift: shift}
			if err := m.box(data, b.kind, int(b.header), 0); err != nil {
				return nil, err
			}
			p = piece{data: data}
		}
		if i == 0 {
			out.before = append(out.before, p)
		} else {
			out.after = append(out.after, p)
		}
	}
	return out, nil
}
