package compose

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"io"

	"github.com/klauspost/compress/zlib"
)

// decodePNG reads a PNG. The kinds that candidates and photographs come in are
// read here, unpacking and undoing the filters side by side, in about half the
// time of Go's decoder; all others, and all that is wrong in any way, are left
// to that one, whose word on a file is the last.
func decodePNG(data []byte) (image.Image, error) {
	if m, err := plainPNG(data); err == nil {
		return m, nil
	}
	return png.Decode(bytes.NewReader(data))
}

var errNotPlain = errors.New("not a plain PNG")

// plainPNG reads 8-bit RGB and RGBA without interlacing or a transparent colour.
func plainPNG(data []byte) (*image.NRGBA, error) {
	const signature = 8
	var body []io.Reader
	w, h, channels, ended := 0, 0, 0, false
	for at, first := signature, true; !ended; first = false {
		if len(data)-at < 12 {
			return nil, errNotPlain
		}
		n := int(binary.BigEndian.Uint32(data[at:]))
		if n < 0 || n > len(data)-at-12 {
			return nil, errNotPlain
		}
		kind, content := string(data[at+4:at+8]), data[at+8:at+8+n]
		if crc32.ChecksumIEEE(data[at+4:at+8+n]) != binary.BigEndian.Uint32(data[at+8+n:]) || first != (kind == "IHDR") {
			return nil, errNotPlain
		}
		switch kind {
		case "IHDR":
			if n != 13 || content[8] != 8 || content[10] != 0 || content[11] != 0 || content[12] != 0 {
				return nil, errNotPlain
			}
			w, h = int(binary.BigEndian.Uint32(content)), int(binary.BigEndian.Uint32(content[4:]))
			channels = map[byte]int{2: 3, 6: 4}[content[9]]
			if channels == 0 || w <= 0 || h <= 0 || w > 1<<16 || h > 1<<16 {
				return nil, errNotPlain
			}
		case "IDAT":
			body = append(body, bytes.NewReader(content))
		case "IEND":
			ended = n == 0
			if !ended {
				return nil, errNotPlain
			}
		case "sRGB", "gAMA", "cHRM", "iCCP", "tEXt", "iTXt", "zTXt", "pHYs", "tIME", "eXIf", "caBX":
			// Data in parts that are apart from one another is no PNG.
			if len(body) > 0 && kind != "tEXt" && kind != "iTXt" && kind != "zTXt" && kind != "tIME" {
				return nil, errNotPlain
			}
		default:
			return nil, errNotPlain
		}
		at += 12 + n
	}
	z, err := zlib.NewReader(io.MultiReader(body...))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	return m, unfilter(z, m, channels)
}

// bandRows is how many rows are unpacked before they are handed on.
const bandRows = 32

type band struct {
	rows []byte
	err  error
}

// unfilter reads filtered rows into the picture. One goroutine unpacks while
// this one undoes the filters.
func unfilter(z io.Reader, m *image.NRGBA, channels int) error {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	line := 1 + w*channels
	full, free := make(chan band, 2), make(chan []byte, 3)
	for range cap(free) {
		free <- make([]byte, line*min(bandRows, h))
	}
	stop := make(chan struct{})
	done := make(chan struct{})
	defer func() { close(stop); <-done }()
	go func() {
		defer close(done)
		for y := 0; y < h; y += bandRows {
			var buf []byte
			select {
			case buf = <-free:
			case <-stop:
				return
			}
			rows := buf[:line*min(bandRows, h-y)]
			_, err := io.ReadFull(z, rows)
			if err == nil && y+bandRows >= h {
				err = atEnd(z)
			}
			select {
			case full <- band{rows, err}:
			case <-stop:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	above := make([]byte, line-1)
	last := make([]byte, line-1)
	for y := 0; y < h; {
		b := <-full
		if b.err != nil {
			return b.err
		}
		for rows := b.rows; len(rows) > 0; rows = rows[line:] {
			row := rows[1:line]
			if !undo(rows[0], row, above, channels) {
				return errNotPlain
			}
			spread(m.Pix[y*m.Stride:(y+1)*m.Stride], row, channels)
			above = row
			y++
		}
		// The buffer will be filled anew while its last row is still needed.
		copy(last, above)
		above = last
		free <- b.rows[:cap(b.rows)]
	}
	return nil
}

// atEnd makes sure that nothing follows, which also checks the sum of it all.
func atEnd(z io.Reader) error {
	var one [1]byte
	if n, err := z.Read(one[:]); n != 0 || err != io.EOF {
		return errNotPlain
	}
	return nil
}

// spread writes a row of channels as NRGBA.
func spread(dst, row []byte, channels int) {
	if channels == 4 {
		copy(dst, row)
		return
	}
	for i := 0; i+4 <= len(dst); i += 4 {
		s := (*[3]byte)(row[i/4*3:])
		d := (*[4]byte)(dst[i:])
		d[0], d[1], d[2], d[3] = s[0], s[1], s[2], 255
	}
}

// undo takes a row's filter off; false when there is no such filter.
func undo(filter byte, row, above []byte, n int) bool {
	above = above[:len(row)]
	switch filter {
	case 0:
	case 1:
		for i := n; i < len(row); i++ {
			row[i] += row[i-n]
		}
	case 2:
		for i, v := range above {
			row[i] += v
		}
	case 3:
		for i := range n {
			row[i] += above[i] / 2
		}
		for i := n; i < len(row); i++ {
			row[i] += byte((int(row[i-n]) + int(above[i])) / 2)
		}
	case 4:
		for k := range n {
			left, corner := int32(0), int32(0)
			for i := k; i < len(row); i += n {
				up := int32(above[i])
				pa, pb := up-corner, left-corner
				pc := pa + pb
				pa, pb, pc = max(pa, -pa), max(pb, -pb), max(pc, -pc)
				best := corner
				if pa <= pb && pa <= pc {
					best = left
				} else if pb <= pc {
					best = up
				}
				left, corner = int32(row[i]+byte(best)), up
				row[i] = byte(left)
			}
		}
	default:
		return false
	}
	return true
}
