package c2pa

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// The items of a picture in an ISO base media file (ISO/IEC 23008-12): iinf
// says what there is, iloc where it lies, iref what belongs to what. An XMP
// packet is an item of its media type that describes the first picture.

const typeXMP = "application/rdf+xml"

// itemPlace is where an item lies. The slices lie in the box that was read.
type itemPlace struct {
	id uint64
	// raw is the whole entry.
	raw []byte
	// method is 0 for offsets in the file, 1 in the box idat, 2 in an item;
	// ref names another file if it is not 0.
	method  byte
	ref     uint64
	base    []byte
	extents []itemExtent
}

type itemExtent struct{ offset, length []byte }

// itemPlaces is the box iloc (ISO/IEC 14496-12, 8.11.3).
type itemPlaces struct {
	version                                     byte
	offsetSize, lengthSize, baseSize, indexSize int
	items                                       []itemPlace
}

// idSize is how long an item's number is.
func (t *itemPlaces) idSize() int {
	if t.version == 2 {
		return 4
	}
	return 2
}

// readItemPlaces reads what follows the header of a box iloc.
func readItemPlaces(b []byte) (*itemPlaces, error) {
	cut := broken("box iloc is cut off")
	if len(b) < 8 {
		return nil, cut
	}
	t := &itemPlaces{version: b[0], offsetSize: int(b[4] >> 4), lengthSize: int(b[4] & 15), baseSize: int(b[5] >> 4)}
	indexed := t.version == 1 || t.version == 2
	if indexed {
		t.indexSize = int(b[5] & 15)
	}
	for _, n := range []int{t.offsetSize, t.lengthSize, t.baseSize, t.indexSize} {
		if n != 0 && n != 4 && n != 8 {
			return nil, broken("box iloc has numbers of %d bytes", n)
		}
	}
	at := 6
	short := false
	take := func(n int) []byte {
		if short = short || n > len(b)-at; short {
			return nil
		}
		at += n
		return b[at-n : at]
	}
	for range number(take(t.idSize())) {
		from := at
		i := itemPlace{id: number(take(t.idSize()))}
		if indexed {
			i.method = byte(number(take(2)) & 15)
		}
		i.ref, i.base = number(take(2)), take(t.baseSize)
		n := number(take(2))
		if t.indexSize+t.offsetSize+t.lengthSize == 0 {
			n = 0 // they would say nothing
		}
		for ; n > 0 && !short; n-- {
			take(t.indexSize)
			i.extents = append(i.extents, itemExtent{take(t.offsetSize), take(t.lengthSize)})
		}
		if short {
			return nil, cut
		}
		i.raw = b[from:at]
		t.items = append(t.items, i)
	}
	if short {
		return nil, cut
	}
	return t, nil
}

// innerBox is a box in a box that is held in memory.
type innerBox struct {
	kind string
	// raw is all of it, data what follows its header.
	raw, data []byte
}

// innerBoxes lists the boxes in b.
func innerBoxes(b []byte) (out []innerBox, err error) {
	for len(b) > 0 {
		var x innerBox
		if x.kind, x.data, x.raw, b, err = nextBox(b); err != nil {
			return nil, broken("a box of its items is cut off")
		}
		if out = append(out, x); len(out) > mostPieces {
			return nil, broken("it has too many items")
		}
	}
	return out, nil
}

// itemMeta is the box meta of a picture.
type itemMeta struct {
	boxes   []innerBox
	places  *itemPlaces
	primary uint64
	// xmp is the number of the item that is an XMP packet, 0 if there is none.
	xmp, highest uint64
	items        int
}

// readItemMeta reads what follows the header of a box meta; nil if it is not
// one of a picture, or of a kind that is not known here.
func readItemMeta(b []byte) *itemMeta {
	if len(b) < 4 {
		return nil
	}
	m := &itemMeta{}
	var err error
	if m.boxes, err = innerBoxes(b[4:]); err != nil {
		return nil
	}
	pitm, iloc, iinf := m.data("pitm"), m.data("iloc"), m.data("iinf")
	if len(pitm) < 6 || len(iinf) < 6 || iinf[0] > 1 {
		return nil
	}
	if m.primary = number(pitm[4:6]); pitm[0] != 0 && len(pitm) >= 8 {
		m.primary = number(pitm[4:8])
	}
	if m.places, err = readItemPlaces(iloc); err != nil {
		return nil
	}
	entries, err := innerBoxes(iinf[4+2*(1+int(iinf[0])):])
	if err != nil {
		return nil
	}
	m.items = len(entries)
	for _, e := range entries {
		// version and flags, number, protection, type, name, media type
		if e.kind != "infe" || len(e.data) < 12 || e.data[0] < 2 || e.data[0] > 3 {
			return nil
		}
		n := 2 * (int(e.data[0]) - 1)
		if len(e.data) < 10+n {
			return nil
		}
		id, rest := number(e.data[4:4+n]), e.data[6+n:]
		m.highest = max(m.highest, id)
		_, media, _ := bytes.Cut(rest[4:], []byte{0})
		media, _, _ = bytes.Cut(media, []byte{0})
		if string(rest[:4]) == "mime" && string(media) == typeXMP && m.xmp == 0 {
			m.xmp = id
		}
	}
	return m
}

// data gives what follows the header of the first box of a kind; nil if there
// is none.
func (m *itemMeta) data(kind string) []byte {
	for _, b := range m.boxes {
		if b.kind == kind {
			return b.data
		}
	}
	return nil
}

// itemXMP tells where the item of a picture lies that is its XMP packet; nil
// if it has none.
func itemXMP(a Asset, meta mediaBox) []span {
	if meta.length > mostMoov {
		return nil
	}
	data, err := gather(a, []span{meta.data()}, mostMoov)
	if err != nil {
		return nil
	}
	m := readItemMeta(data)
	if m == nil || m.xmp == 0 {
		return nil
	}
	from := int64(0)
	var out []span
	for _, i := range m.places.items {
		if i.id != m.xmp || i.ref != 0 {
			continue
		}
		switch i.method {
		case 0:
		case 1:
			at := bytes.Index(data, m.data("idat"))
			if m.data("idat") == nil || at < 0 {
				return nil
			}
			from = meta.data().start + int64(at)
		default:
			return nil
		}
		for _, x := range i.extents {
			at, n := number(i.base)+number(x.offset), number(x.length)
			if at > 1<<62 || n > longestXMP || n == 0 || len(out) > 64 {
				return nil
			}
			out = append(out, span{from + int64(at), int64(n)})
		}
	}
	return out
}

// pictureWithXMP lays out a copy of a picture with a packet as an item, in a
// box mdat at the end. It gives nil for pictures of which the items can't take
// another one as they are: those have their packet in a box uuid.
func pictureWithXMP(a Asset, packet []byte) (*planned, error) {
	boxes, err := topBoxes(a)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(boxes, func(b mediaBox) bool { return b.kind == "meta" })
	if i < 0 || boxes[i].header != 8 || boxes[i].length > mostMoov || boxes[len(boxes)-1].open {
		return nil, nil
	}
	data, err := gather(a, []span{boxes[i].data()}, mostMoov)
	if err != nil {
		return nil, err
	}
	m := readItemMeta(data)
	if m == nil || m.places.offsetSize == 0 || m.places.lengthSize == 0 || m.places.version > 2 || m.highest >= 0xFFFF || m.items >= 0xFFFF {
		return nil, nil
	}
	old := itemXMP(a, boxes[i])
	meta, offset := m.withXMP(uint32(len(packet)))
	// For readers that know the address of a remote credential only there.
	var copied []byte
	if provenanceIn(packet) != "" {
		copied = box("uuid", xmpUUID, packet)
	}
	p, err := rearranged(&blanked{a, old}, int64(len(copied)), func(b mediaBox) (bool, error) {
		if len(old) == 1 && b.kind == "mdat" && b.data() == old[0] {
			return true, nil // a box that has nothing else
		}
		return ownBox(a, b)
	}, map[int64][]byte{boxes[i].start: meta})
	if err != nil {
		return nil, err
	}
	end := p.filled(a, copied).size
	if end+8 > 1<<32-1 {
		return nil, nil
	}
	binary.BigEndian.PutUint32(meta[offset:], uint32(end+8))
	p.after = append(p.after, piece{data: box("mdat", packet)})
	return p.filled(&blanked{a, old}, copied), nil
}

// withXMP gives the box meta with a packet of a length as an item, and where
// in it the 32 bits stand that tell where the packet lies.
func (m *itemMeta) withXMP(length uint32) (meta []byte, offset int) {
	id, fresh := m.xmp, m.xmp == 0
	if fresh {
		id = m.highest + 1
	}
	parts := [][]byte{{0, 0, 0, 0}}
	describes := box("cdsc", sized(id, 2), sized(1, 2), sized(m.primary, 2))
	size, described := 8+4, false
	for _, b := range m.boxes {
		raw := b.raw
		switch {
		case b.kind == "iloc":
			places, at := m.places.with(id, length)
			raw = box("iloc", places)
			offset = size + 8 + at
		case b.kind == "iinf" && fresh:
			wide := 2 * (1 + int(b.data[0]))
			raw = box("iinf", b.data[:4], sized(uint64(m.items+1), wide), b.data[4+wide:],
				box("infe", []byte{2, 0, 0, 0}, sized(id, 2), []byte{0, 0}, []byte("mime\x00"+typeXMP+"\x00")))
		case b.kind == "iref" && fresh && len(b.data) >= 4 && b.data[0] == 0:
			raw, described = box("iref", b.data, describes), true
		}
		parts, size = append(parts, raw), size+len(raw)
	}
	if fresh && !described && m.data("iref") == nil {
		parts = append(parts, box("iref", []byte{0, 0, 0, 0}, describes))
	}
	return box("meta", parts...), offset
}

// with gives the table with one entry for an item, at an offset that is still
// to be told in the lower 32 bits at the place given.
func (t *itemPlaces) with(id uint64, length uint32) (table []byte, at int) {
	items := slices.DeleteFunc(slices.Clone(t.items), func(i itemPlace) bool { return i.id == id })
	table = []byte{t.version, 0, 0, 0, byte(t.offsetSize<<4 | t.lengthSize), byte(t.baseSize<<4 | t.indexSize)}
	table = append(table, sized(uint64(len(items)+1), t.idSize())...)
	for _, i := range items {
		table = append(table, i.raw...)
	}
	table = append(table, sized(id, t.idSize())...)
	if t.version > 0 {
		table = append(table, 0, 0) // counted from the file's beginning
	}
	table = append(table, make([]byte, 2+t.baseSize)...)
	table = append(table, 0, 1) // one extent
	table = append(table, make([]byte, t.indexSize+t.offsetSize)...)
	return append(table, sized(uint64(length), t.lengthSize)...), len(table) - 4
}

// sized writes a number in so many bytes.
func sized(n uint64, size int) []byte {
	return binary.BigEndian.AppendUint64(nil, n)[8-size:]
}

// blanked is a file with zeros in place of some ranges.
type blanked struct {
	Asset
	out []span
}

func (b *blanked) ReadAt(p []byte, at int64) (int, error) {
	n, err := b.Asset.ReadAt(p, at)
	for _, s := range b.out {
		from, to := max(s.start, at), min(s.end(), at+int64(n))
		if from < to {
			clear(p[from-at : to-at])
		}
	}
	return n, err
}
