package brand_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"testing"
)

// setEmbedding rewrites fsType in a WOFF file's OS/2 table. The table is put at
// the end, unpacked, which the format allows.
func setEmbedding(t *testing.T, woff []byte, bits uint16) []byte {
	t.Helper()
	for i := range int(binary.BigEndian.Uint16(woff[12:])) {
		entry := woff[44+20*i:]
		if string(entry[:4]) != "OS/2" {
			continue
		}
		at, packed, size := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		table := bytes.Clone(woff[at : at+packed])
		if packed < size {
			z, err := zlib.NewReader(bytes.NewReader(table))
			if err != nil {
				t.Fatal(err)
			}
			if table, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		binary.BigEndian.PutUint16(table[8:], bits)
		for len(woff)%4 != 0 {
			woff = append(woff, 0)
		}
		entry = woff[44+20*i:]
		binary.BigEndian.PutUint32(entry[4:], uint32(len(woff)))
		binary.BigEndian.PutUint32(entry[8:], size)
		woff = append(woff, table...)
		binary.BigEndian.PutUint32(woff[8:], uint32(len(woff)))
		return woff
	}
	t.Fatal("the font has no such table")
	return nil
}
