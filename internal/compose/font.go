package compose

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"marquee/internal/fault"
)

// MaxFontBytes is the largest font file that is read, and the largest size of
// its tables after unpacking.
const MaxFontBytes = 32 << 20

// Metrics are a font's vertical measures as shares of its size: how far its
// line reaches above the baseline and below it, both positive. They are those
// of the font's hhea table, the ones that browsers use as well.
type Metrics struct{ Ascent, Descent float64 }

// Font is a font file ready for setting text. It may be used by many
// goroutines at once.
type Font struct {
	font    *font.Font
	metrics Metrics
	upem    float64
	family  string
}

func badFont(cause error) error {
	return fault.New(fault.Invalid, "font_unreadable",
		"The file is not a font that can be used. Give a TrueType, OpenType or WOFF (version 1) file.").Because(cause)
}

// probe has a letter of most scripts, joined and stacked ones among them: what
// sets it has been through the font's tables.
const probe = "AVé1fi Ωμ Жи بسْم مرحبا שָׁ कि र्क हिन्दी ที่น้ำ 冬あ 겨울 灯"

var (
	errTables = errors.New("its tables contradict each other")
	errCutOff = errors.New("it ends before its last table does")
)

// ParseFont reads a font from a TTF, OTF or WOFF (version 1) file and sets a line
// in it. The libraries that do so trust a font's tables more than an uploaded
// file deserves: what makes them fall over is an unreadable font, and found here,
// not in the middle of a render. Errors are *fault.Error: font_too_large,
// font_unreadable. The data is kept and must not change.
func ParseFont(data []byte) (f *Font, err error) {
	defer func() {
		if fell := recover(); fell != nil {
			f, err = nil, badFont(errTables)
		}
	}()
	if !uncut(data) {
		return nil, badFont(errCutOff)
	}
	if f, err = readFont(data); err != nil {
		return nil, err
	}
	stack, err := NewStack(f)
	if err != nil {
		return nil, err
	}
	line, err := stack.Set(probe, "")
	if err != nil {
		return nil, badFont(err)
	}
	line.Path(16)
	return f, nil
}

func readFont(data []byte) (*Font, error) {
	if len(data) > MaxFontBytes || unpackedSize(data) > MaxFontBytes {
		return nil, fault.New(fault.TooLarge, "font_too_large", "The font is larger than 32 MB. Give one with fewer characters.")
	}
	ld, err := opentype.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, badFont(err)
	}
	f, err := font.NewFont(ld)
	if err != nil {
		return nil, badFont(err)
	}
	hhea, err := ld.RawTable(opentype.MustNewTag("hhea"))
	upem := float64(f.Upem())
	if err != nil || len(hhea) < 8 || upem <= 0 {
		return nil, badFont(err)
	}
	out := &Font{font: f, upem: upem, family: f.Describe().Family}
	out.metrics.Ascent = float64(int16(binary.BigEndian.Uint16(hhea[4:]))) / upem
	out.metrics.Descent = -float64(int16(binary.BigEndian.Uint16(hhea[6:]))) / upem
	return out, nil
}

// uncut tells whether all tables of a font file lie inside it. Readers look for
// some tables only when they need them, and go on without.
func uncut(data []byte) bool {
	// Where the number of tables is, where the entries begin, how long one is, and
	// where in it the table's offset and its size in the file are.
	count, at, entry, offset, size := 4, 12, 16, 8, 12
	if bytes.HasPrefix(data, []byte("wOFF")) {
		count, at, entry, offset, size = 12, 44, 20, 4, 8
	}
	if len(data) < at {
		return false
	}
	for range binary.BigEndian.Uint16(data[count:]) {
		if at+entry > len(data) {
			return false
		}
		end := uint64(binary.BigEndian.Uint32(data[at+offset:])) + uint64(binary.BigEndian.Uint32(data[at+size:]))
		if end > uint64(len(data)) {
			return false
		}
		at += entry
	}
	return true
}

// unpackedSize is what a WOFF file says its tables come to when unpacked; 0 for
// other files. The loader unpacks no more than each table says.
func unpackedSize(data []byte) int {
	const header, entry = 44, 20
	if len(data) < header || string(data[:4]) != "wOFF" {
		return 0
	}
	sum := 0
	for i := range int(binary.BigEndian.Uint16(data[12:])) {
		at := header + i*entry
		if at+entry > len(data) {
			break
		}
		sum += int(binary.BigEndian.Uint32(data[at+12:]))
	}
	return sum
}

// Metrics returns the font's vertical measures.
func (f *Font) Metrics() Metrics { return f.metrics }

// Family returns the name that the font gives itself.
func (f *Font) Family() string { return f.family }

// Has tells whether the font can draw a character by itself.
func (f *Font) Has(r rune) bool {
	_, ok := f.font.NominalGlyph(r)
	return ok
}
