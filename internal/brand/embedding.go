package brand

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/go-text/typesetting/font/opentype"
)

// The bits of fsType in a font's OS/2 table, as OpenType defines them.
const (
	embedRestricted = 0x0002
	embedFreer      = 0x0004 | 0x0008 // preview and print, or editable
	embedBitmaps    = 0x0200
)

var (
	errNoEmbedding = errors.New("its maker does not allow it to be embedded (fsType in its OS/2 table). Ask for a licence that does, or take another font")
	errBitmapsOnly = errors.New("its maker allows only bitmaps of it to be embedded (fsType in its OS/2 table). Ask for a licence that allows outlines, or take another font")
)

// mayEmbed tells whether a font that can be read may be part of a kit: a kit
// sends its fonts to browsers and puts their outlines into files. Fonts without
// the table say nothing against it.
func mayEmbed(font []byte) error {
	loader, err := opentype.NewLoader(bytes.NewReader(font))
	if err != nil {
		return nil // told where the font is read
	}
	table, err := loader.RawTable(opentype.MustNewTag("OS/2"))
	if err != nil || len(table) < 10 {
		return nil
	}
	switch bits := binary.BigEndian.Uint16(table[8:]); {
	case bits&embedBitmaps != 0:
		return errBitmapsOnly
	case bits&embedRestricted != 0 && bits&embedFreer == 0:
		// Where several of these bits are set, the least strict counts.
		return errNoEmbedding
	}
	return nil
}
