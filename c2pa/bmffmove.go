package c2pa

import (
	"encoding/binary"
	"slices"
)

// offsetMover rewrites the absolute file offsets inside a box after
// something was put in front of what they point to.
type offsetMover struct {
	shift func(old int64) int64
	seen  int
}

// parents are the boxes that hold boxes in which offsets may be.
var parents = []string{"moov", "trak", "mdia", "minf", "stbl", "moof", "traf", "mfra", "meta"}

func (m *offsetMover) box(b []byte, kind string, header, depth int) error {
	if m.seen++; m.seen > mostPieces || depth > 16 {
		return broken("its boxes are nested too deep")
	}
	body := b[header:]
	switch kind {
	case "stco":
		return m.table(body, 4)
	case "co64":
		return m.table(body, 8)
	case "saio":
		skip := 0
		if len(body) >= 4 && body[3]&1 == 1 {
			skip = 8
		}
		if len(body) < 4+skip {
			return broken("box saio is cut off")
		}
		width := 4
		if body[0] == 1 {
			width = 8
		}
		if depth > 0 && len(body) >= 8+skip {
			return m.table(body[skip:], width)
		}
	case "tfhd":
		if len(body) >= 16 && body[3]&1 == 1 {
			return m.offset(body[8:16], 8)
		}
	case "tfra":
		return m.tfra(body)
	case "iloc":
		return m.iloc(body)
	}
	if !slices.Contains(parents, kind) {
		return nil
	}
	if kind == "meta" && !(len(body) >= 8 && string(body[4:8]) == "hdlr") {
		if len(body) < 4 {
			return broken("box meta is cut off")
		}
		body = body[4:] // version and flags, which QuickTime leaves out
	}
	traf := kind == "traf"
	for len(body) > 0 {
		if len(body) == 4 && binary.BigEndian.Uint32(body) == 0 && kind == "udta" {
			return nil
		}
		if len(body) < 8 {
			return broken("a box in %s is cut off", kind)
		}
		n, h := uint64(binary.BigEndian.Uint32(body)), 8
		switch n {
		case 1:
			if len(body) < 16 {
				return broken("a box in %s is cut off", kind)
			}
			n, h = binary.BigEndian.Uint64(body[8:]), 16
		case 0:
			n = uint64(len(body))
		}
		if n < uint64(h) || n > uint64(len(body)) {
			return broken("a box in %s claims %d bytes", kind, n)
		}
		child := string(body[4:8])
		// In a fragment these offsets count from its own beginning.
		if !(traf && child == "saio") {
			if err := m.box(body[:n], child, h, depth+1); err != nil {
				return err
			}
		}
		body = body[n:]
	}
	return nil
}

// table moves a counted list of offsets behind version and flags.
func (m *offsetMover) table(b []byte, width int) error {
	if len(b) < 8 {
		return broken("a table of offsets is cut off")
	}
	n := uint64(binary.BigEndian.Uint32(b[4:]))
	if n*uint64(width) > uint64(len(b)-8) {
		return broken("a table of offsets claims %d of them", n)
	}
	for i := range int(n) {
		if err := m.offset(b[8+i*width:], width); err != nil {
			return err
		}
	}
	return nil
}

// offset moves one offset of 4 or 8 bytes.
func (m *offsetMover) offset(b []byte, width int) error {
	if width == 4 {
		old := int64(binary.BigEndian.Uint32(b))
		moved := old + m.shift(old)
		if moved < 0 || moved > 1<<32-1 {
			return broken("an offset does not fit into 32 bits any more")
		}
		binary.BigEndian.PutUint32(b, uint32(moved))
		return nil
	}
	old := binary.BigEndian.Uint64(b)
	if old > 1<<62 {
		return broken("an offset is beyond every file")
	}
	binary.BigEndian.PutUint64(b, uint64(int64(old)+m.shift(int64(old))))
	return nil
}

func (m *offsetMover) tfra(b []byte) error {
	if len(b) < 16 {
		return broken("box tfra is cut off")
	}
	sizes := binary.BigEndian.Uint32(b[8:])
	tail := int(sizes>>4&3) + int(sizes>>2&3) + int(sizes&3) + 3
	width := 4
	if b[0] == 1 {
		width = 8
	}
	n, entry := uint64(binary.BigEndian.Uint32(b[12:])), 2*width+tail
	if n*uint64(entry) > uint64(len(b)-16) {
		return broken("box tfra claims %d entries", n)
	}
	for i := range int(n) {
		if err := m.offset(b[16+i*entry+width:], width); err != nil {
			return err
		}
	}
	return nil
}

// iloc moves where the items of a picture lie.
func (m *offsetMover) iloc(b []byte) error {
	t, err := readItemPlaces(b)
	if err != nil {
		return err
	}
	for _, i := range t.items {
		if i.method != 0 || i.ref != 0 {
			continue // not counted from the file's beginning
		}
		if number(i.base) > 0 {
			// The base is what is moved: its extents follow it.
			if err := m.offset(i.base, len(i.base)); err != nil {
				return err
			}
			continue
		}
		for _, x := range i.extents {
			if len(x.offset) == 0 {
				continue
			}
			if err := m.offset(x.offset, len(x.offset)); err != nil {
				return err
			}
		}
	}
	return nil
}

// number reads a big-endian number of 0 to 8 bytes.
func number(b []byte) (n uint64) {
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	return n
}
