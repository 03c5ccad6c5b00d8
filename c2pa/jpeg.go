package c2pa

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// jpegFile keeps its credential in APP11 segments, as JPEG XT puts boxes.
type jpegFile struct{}

func (jpegFile) name() string { return "image/jpeg" }

// segment is a marker of a JPEG with its parameters, and for a scan with the
// coded picture behind it.
type segment struct {
	marker byte
	span
	// parameters is the length of what the marker announces, 0 for none.
	parameters int64
}

// segments lists all of a JPEG up to its end; what follows has marker 0.
func segments(a Asset) ([]segment, error) {
	out := []segment{{marker: 0xD8, span: span{0, 2}}}
	size, at := a.Size(), int64(2)
	for {
		if len(out) > mostPieces {
			return nil, broken("it has more than %d segments", mostPieces)
		}
		var b [4]byte
		if err := readAt(a, b[:2], at); err != nil {
			return nil, err
		}
		if b[0] != 0xFF {
			return nil, broken("there is no marker at %d", at)
		}
		s := segment{marker: b[1], span: span{at, 2}}
		switch m := b[1]; {
		case m == 0xFF: // a fill byte
			s.length, s.marker = 1, 0xFF
		case m == 0xD9:
			out = append(out, s)
			if at+2 < size {
				out = append(out, segment{span: span{at + 2, size - at - 2}})
			}
			return out, nil
		case m == 0x01 || m >= 0xD0 && m <= 0xD7:
		case m == 0 || m == 0xD8:
			return nil, broken("marker %#x at %d", m, at)
		default:
			if err := readAt(a, b[:], at); err != nil {
				return nil, err
			}
			s.parameters = int64(binary.BigEndian.Uint16(b[2:]))
			s.length = 2 + s.parameters
			if s.parameters < 2 || s.length > size-at {
				return nil, broken("a segment at %d claims %d bytes", at, s.parameters)
			}
			if m == 0xDA {
				coded, err := entropy(a, s.end())
				if err != nil {
					return nil, err
				}
				s.length += coded
			}
		}
		out = append(out, s)
		at = s.end()
	}
}

// entropy measures a coded picture: up to the next marker that is neither a
// stuffed byte nor a restart. A picture that just ends is taken as ended.
func entropy(a Asset, from int64) (int64, error) {
	r := bufio.NewReaderSize(io.NewSectionReader(a, from, a.Size()-from), 64<<10)
	var n int64
	for {
		chunk, err := r.ReadSlice(0xFF)
		n += int64(len(chunk))
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF {
			return 0, broken("its picture has no end")
		}
		if err != nil {
			return 0, fmt.Errorf("c2pa: reading: %w", err)
		}
		next, err := r.Peek(1)
		if err != nil {
			return 0, broken("its picture has no end")
		}
		if m := next[0]; m != 0 && (m < 0xD0 || m > 0xD7) {
			return n - 1, nil
		}
	}
}

// jumbfSegment is an APP11 segment that carries a piece of a JUMBF box.
type jumbfSegment struct {
	instance uint16
	number   uint32
	// header is that of the box, which each segment repeats.
	header [8]byte
	// kind is the box's type, told in its first segment.
	kind boxType
}

const jumbfHead = 20 // marker, length, "JP", instance, number, box header

// readJUMBFSegment tells whether a segment carries JUMBF.
func readJUMBFSegment(a Asset, s segment) (jumbfSegment, bool, error) {
	if s.marker != 0xEB || s.length < jumbfHead {
		return jumbfSegment{}, false, nil
	}
	b := make([]byte, min(s.length, jumbfHead+24))
	if err := readAt(a, b, s.start); err != nil {
		return jumbfSegment{}, false, err
	}
	if string(b[4:6]) != "JP" || string(b[16:20]) != "jumb" {
		return jumbfSegment{}, false, nil
	}
	j := jumbfSegment{instance: binary.BigEndian.Uint16(b[6:]), number: binary.BigEndian.Uint32(b[8:])}
	copy(j.header[:], b[12:])
	if j.number == 1 && len(b) >= jumbfHead+24 && string(b[24:28]) == "jumd" {
		copy(j.kind[:], b[28:])
	}
	return j, true, nil
}

// What an APP1 segment begins with that carries XMP, and the pieces of a
// packet that is too long for one segment.
const (
	xmpHead     = "http://ns.adobe.com/xap/1.0/\x00"
	xmpMoreHead = "http://ns.adobe.com/xmp/extension/\x00"
)

// jpegXMP gives the range of the XMP packet in a segment, and whether the
// segment is a further piece of one; an empty range if it has none.
func jpegXMP(a Asset, s segment) (packet span, more bool, err error) {
	if s.marker != 0xE1 || s.length <= int64(len(xmpHead))+4 {
		return span{}, false, nil
	}
	head := make([]byte, min(int64(len(xmpMoreHead)), s.length-4))
	if err := readAt(a, head, s.start+4); err != nil {
		return span{}, false, err
	}
	if n := int64(len(xmpHead)); string(head[:n]) == xmpHead {
		return span{s.start + 4 + n, s.length - 4 - n}, false, nil
	}
	return span{}, string(head) == xmpMoreHead, nil
}

func (jpegFile) withXMP(a Asset, packet []byte) (*planned, error) {
	n := 2 + len(xmpHead) + len(packet)
	if n > 65_535 {
		return nil, fmt.Errorf("%w: a JPEG holds XMP packets of at most %d bytes", ErrTooLarge, 65_535-2-len(xmpHead))
	}
	framed := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(n))
	framed = append(append(framed, xmpHead...), packet...)
	all, err := segments(a)
	if err != nil {
		return nil, err
	}
	if all, err = withoutCredential(a, all); err != nil {
		return nil, err
	}
	// A packet that was only amended still refers to its further pieces.
	keep := bytes.Contains(packet, []byte("HasExtendedXMP"))
	out := &plan{}
	head := true
	for i, s := range all {
		x, more, err := jpegXMP(a, s)
		if err != nil {
			return nil, err
		}
		// It follows the headers of JFIF and of Exif, which want to be first.
		head = head && (i == 0 || s.marker == 0xE0 || s.marker == 0xE1 && x.length == 0 && !more)
		switch {
		case x.length > 0 || more && !keep:
		case head:
			out.before = append(out.before, piece{from: s.span})
		default:
			out.after = append(out.after, piece{from: s.span})
		}
	}
	return out.filled(a, framed), nil
}

func (jpegFile) find(a Asset) (*place, error) {
	all, err := segments(a)
	if err != nil {
		return nil, err
	}
	p := &place{}
	var instance uint16
	var number uint32
	var header [8]byte
	inside := false
	for _, s := range all {
		j, ok, err := readJUMBFSegment(a, s)
		if err != nil {
			return nil, err
		}
		switch {
		case ok && j.number == 1 && j.kind == typeStore:
			p.stores++
			instance, number, inside, header = j.instance, 1, true, j.header
			// The box header stands in each segment; it counts once.
			p.parts, p.whole = append(p.parts, span{s.start + 12, s.length - 12}), append(p.whole, s.span)
			p.boxes = append(p.boxes, namedBox{"C2PA", s.span})
			continue
		case ok && inside && j.instance == instance:
			if number++; j.number != number || j.header != header {
				return nil, broken("segment %d of the credential does not follow the one before", number)
			}
			p.parts, p.whole = append(p.parts, span{s.start + jumbfHead, s.length - jumbfHead}), append(p.whole, s.span)
			p.boxes[len(p.boxes)-1].length += s.length
			continue
		}
		inside = false
		x, _, err := jpegXMP(a, s)
		if err != nil {
			return nil, err
		}
		if x.length > 0 {
			p.xmp = []span{x}
		}
		p.boxes = append(p.boxes, namedBox{markerName(s.marker), s.span})
	}
	return p, nil
}

// markerName is what hash.boxes calls a segment.
func markerName(m byte) string {
	switch {
	case m == 0xD8:
		return "SOI"
	case m == 0xD9:
		return "EOI"
	case m == 0xDA:
		return "SOS"
	case m == 0xC4:
		return "DHT"
	case m == 0xDB:
		return "DQT"
	case m == 0xDD:
		return "DRI"
	case m == 0xFE:
		return "COM"
	case m >= 0xC0 && m <= 0xC2:
		return fmt.Sprintf("SOF%d", m-0xC0)
	case m >= 0xD0 && m <= 0xD7:
		return fmt.Sprintf("RST%d", m-0xD0)
	case m >= 0xE0 && m <= 0xEF:
		return fmt.Sprintf("APP%d", m-0xE0)
	case m >= 0xF0 && m <= 0xFD:
		return fmt.Sprintf("JPG%d", m-0xF0)
	case m == 0:
		return ""
	}
	return fmt.Sprintf("%02X", m)
}

// longestPiece is what one segment carries of a store behind the repeated
// box header.
const longestPiece = 65_535 - 2 - 8 - 8

// withoutCredential gives the segments that are not a credential's.
func withoutCredential(a Asset, all []segment) ([]segment, error) {
	var out []segment
	var instance uint16
	dropping := false
	for _, s := range all {
		j, ok, err := readJUMBFSegment(a, s)
		if err != nil {
			return nil, err
		}
		if ok && j.number == 1 {
			instance, dropping = j.instance, j.kind == typeStore
		}
		if !ok || !dropping || j.instance != instance {
			out = append(out, s)
		}
	}
	return out, nil
}

func (jpegFile) plan(a Asset, store int64) (*plan, error) {
	all, err := segments(a)
	if err != nil {
		return nil, err
	}
	if all, err = withoutCredential(a, all); err != nil {
		return nil, err
	}
	out := &plan{}
	head := true
	var at int64
	taken := map[uint16]bool{}
	for i, s := range all {
		j, ok, err := readJUMBFSegment(a, s)
		if err != nil {
			return nil, err
		}
		taken[j.instance] = taken[j.instance] || ok
		// The credential follows the JFIF header, which must be first.
		head = head && (i == 0 || s.marker == 0xE0)
		if head {
			out.before, at = append(out.before, piece{from: s.span}), at+s.length
		} else {
			out.after = append(out.after, piece{from: s.span})
		}
	}
	// Each box of a JPEG has a number that its segments repeat.
	instance := uint16(0x0211)
	for taken[instance] {
		if instance++; instance == 0x0211 {
			return nil, broken("it has too many boxes")
		}
	}
	body := store - 8
	n := (body + longestPiece - 1) / longestPiece
	out.hole = span{at, body + n*jumbfHead}
	out.frame = func(store []byte) []byte {
		b := make([]byte, 0, out.hole.length)
		for rest, i := store[8:], uint32(1); len(rest) > 0; i++ {
			part := rest[:min(len(rest), longestPiece)]
			rest = rest[len(part):]
			b = binary.BigEndian.AppendUint16(append(b, 0xFF, 0xEB), uint16(len(part)+jumbfHead-2))
			b = binary.BigEndian.AppendUint16(append(b, "JP"...), instance)
			b = append(binary.BigEndian.AppendUint32(b, i), store[:8]...)
			b = append(b, part...)
		}
		return b
	}
	return out, nil
}
