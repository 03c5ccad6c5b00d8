package compose

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"sync"
	"unicode/utf16"
)

// iccProfile returns the sRGB profile that files carry: a version 4 matrix
// profile made here from the numbers of IEC 61966-2-1, so that no foreign file
// is shipped. Its bytes never change.
var iccProfile = sync.OnceValue(func() []byte {
	fixed := func(v ...float64) []byte {
		var b []byte
		for _, x := range v {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(x*65536))))
		}
		return b
	}
	words := func(s string) []byte {
		u := utf16.Encode([]rune(s))
		b := append([]byte("mluc\x00\x00\x00\x00"), 0, 0, 0, 1, 0, 0, 0, 12)
		b = append(b, "enUS"...)
		b = binary.BigEndian.AppendUint32(b, uint32(len(u)*2))
		b = binary.BigEndian.AppendUint32(b, 28)
		for _, c := range u {
			b = binary.BigEndian.AppendUint16(b, c)
		}
		return b
	}
	xyz := func(x, y, z float64) []byte { return append([]byte("XYZ \x00\x00\x00\x00"), fixed(x, y, z)...) }
	curve := append([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), fixed(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)...)
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", words("sRGB")},
		{"cprt", words("CC0")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		// sRGB's primaries and D65 adapted to D50 by Bradford.
		{"chad", append([]byte("sf32\x00\x00\x00\x00"), fixed(1.0478112, 0.0228866, -0.0501270, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316)...)},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil},
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	at, last := 128+4+12*len(tags), [2]int{}
	for _, t := range tags {
		// The three curves are one.
		if t.data != nil {
			last = [2]int{at + len(body), len(t.data)}
			body = append(body, t.data...)
			for len(body)%4 != 0 {
				body = append(body, 0)
			}
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(last[0]))
		table = binary.BigEndian.AppendUint32(table, uint32(last[1]))
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(at+len(body)))
	copy(head[8:], "\x04\x30\x00\x00mntrRGB XYZ ")
	copy(head[24:], "\x07\xe6\x00\x01\x00\x01") // a date is asked for: 1 January 2022
	copy(head[36:], "acsp")
	copy(head[68:], fixed(0.9642, 1, 0.8249))
	return append(append(head, table...), body...)
})

var errNotAFile = errors.New("the encoder's file is not as expected")

// profiledPNG adds the chunk that says the picture is sRGB.
func profiledPNG(data []byte) ([]byte, error) {
	const header = 8 + 25 // the signature and IHDR
	if len(data) < header || string(data[12:16]) != "IHDR" {
		return nil, errNotAFile
	}
	chunk := []byte("\x00\x00\x00\x01sRGB\x00")
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(append(make([]byte, 0, len(data)+len(chunk)), data[:header]...), chunk...), data[header:]...), nil
}

// profiledJPEG adds the profile as an APP2 segment.
func profiledJPEG(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		return nil, errNotAFile
	}
	return append(append(make([]byte, 0, len(data)+len(jpegProfile())), data[:2]...), append(jpegProfile(), data[2:]...)...), nil
}

func jpegProfile() []byte {
	p := iccProfile()
	seg := []byte{0xff, 0xe2}
	seg = binary.BigEndian.AppendUint16(seg, uint16(2+14+len(p)))
	seg = append(seg, "ICC_PROFILE\x00\x01\x01"...)
	return append(seg, p...)
}

// profiledWebP writes the file in the extended format, with the profile.
func profiledWebP(data []byte, w, h int, alpha bool) ([]byte, error) {
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return nil, errNotAFile
	}
	out := append(make([]byte, 0, len(data)+len(iccProfile())+40), "RIFF\x00\x00\x00\x00WEBP"...)
	const hasProfile, hasAlpha = 1 << 5, 1 << 4
	x := make([]byte, 10)
	x[0] = hasProfile
	if alpha {
		x[0] |= hasAlpha
	}
	for i := range 3 {
		x[4+i], x[7+i] = byte((w-1)>>(8*i)), byte((h-1)>>(8*i))
	}
	out = riffChunk(out, "VP8X", x)
	out = riffChunk(out, "ICCP", iccProfile())
	for at := 12; at+8 <= len(data); {
		name, n := string(data[at:at+4]), int(binary.LittleEndian.Uint32(data[at+4:]))
		if n > len(data)-at-8 {
			return nil, errNotAFile
		}
		if name != "VP8X" {
			out = riffChunk(out, name, data[at+8:at+8+n])
		}
		at += 8 + n + n%2
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}

func riffChunk(out []byte, name string, data []byte) []byte {
	out = append(out, name...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// profiledAVIF puts sRGB's numbers into the colour box, where the encoder says
// that they are not known.
func profiledAVIF(data []byte) ([]byte, error) {
	at := bytes.Index(data, []byte("colrnclx"))
	if at < 0 || at+15 > len(data) {
		return nil, errNotAFile
	}
	// BT.709 primaries, sRGB's curve, BT.601's matrix, which is what the encoder
	// converts with.
	copy(data[at+8:], []byte{0, 1, 0, 13, 0, 6})
	return data, nil
}
