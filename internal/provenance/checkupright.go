package provenance

import (
	"bytes"
	"encoding/binary"
	"image"

	"golang.org/x/image/draw"
)

// maxSegments bounds the segments of a JPEG that are read for its orientation.
const maxSegments = 64

// upright gives a picture as people see it: a phone's photograph lies on its
// side in the file, which says how to turn it (TIFF tag 274, values 1 to 8).
// Only JPEG is read; other pictures come upright.
func upright(img image.Image, data []byte) image.Image {
	o := orientation(data)
	if o <= 1 {
		return img
	}
	b := img.Bounds()
	src := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(src, src.Rect, img, b.Min, draw.Src)
	w, h := b.Dx(), b.Dy()
	if o >= 5 {
		w, h = h, w
	}
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := x, y
			switch o {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, w-1-x
			case 7:
				sx, sy = h-1-y, w-1-x
			case 8:
				sx, sy = h-1-y, x
			}
			copy(dst.Pix[dst.PixOffset(x, y):][:4], src.Pix[src.PixOffset(sx, sy):][:4])
		}
	}
	return dst
}

// orientation reads a JPEG's orientation, 1 to 8; 1 if it says none.
func orientation(data []byte) int {
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		return 1
	}
	data = data[2:]
	for range maxSegments {
		if len(data) < 4 || data[0] != 0xff || data[1] == 0xda {
			return 1
		}
		size := int(binary.BigEndian.Uint16(data[2:]))
		if size < 2 || len(data) < 2+size {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(data[4:2+size], []byte("Exif\x00\x00")); ok && data[1] == 0xe1 {
			return tiffOrientation(tiff)
		}
		data = data[2+size:]
	}
	return 1
}

func tiffOrientation(tiff []byte) int {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return 1
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	dir := tiff[at:]
	n := int(order.Uint16(dir))
	const entry = 12
	for i := range n {
		if len(dir) < 2+(i+1)*entry {
			return 1
		}
		e := dir[2+i*entry:]
		if order.Uint16(e) != 274 {
			continue
		}
		if v := int(order.Uint16(e[8:])); v >= 1 && v <= 8 {
			return v
		}
		return 1
	}
	return 1
}
