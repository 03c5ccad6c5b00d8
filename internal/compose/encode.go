package compose

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/gen2brain/webp"

	"marquee/internal/fault"
)

// Format is a picture file's format, named as in ?format= and file endings.
type Format string

// The formats.
const (
	WebP Format = "webp"
	PNG  Format = "png"
	JPEG Format = "jpeg"
)

// MediaType returns the format's media type, or application/octet-stream for
// one that is none of the three.
func (f Format) MediaType() string {
	switch f {
	case WebP, PNG, JPEG:
		return "image/" + string(f)
	}
	return "application/octet-stream"
}

// ParseFormat reads a format's name; "" means WebP and "jpg" JPEG. Others give
// a *fault.Error with the code format_unknown.
func ParseFormat(s string) (Format, error) {
	switch s {
	case "", "webp":
		return WebP, nil
	case "png":
		return PNG, nil
	case "jpeg", "jpg":
		return JPEG, nil
	}
	return "", fault.New(fault.Invalid, "format_unknown", "Pictures come as webp, png or jpeg. Ask for one of these.")
}

// The usual qualities, chosen so that a 1024-pixel work looks the same in both.
const (
	WebPQuality = 82
	JPEGQuality = 86
	webpMethod  = 2
)

// Encode writes a picture file. Quality goes from 1 to 100 and counts for WebP
// and JPEG; 0 means the usual one. JPEG has no transparency: what is behind
// shows white. The same picture gives the same bytes.
func Encode(img image.Image, f Format, quality int) ([]byte, error) {
	b := img.Bounds()
	if b.Empty() || b.Dx() > 4*MaxSide || b.Dy() > 4*MaxSide {
		return nil, fault.New(fault.Invalid, "size_out_of_range", "A picture of %d×%d pixels can't be written.", b.Dx(), b.Dy())
	}
	var buf bytes.Buffer
	var err error
	switch f {
	case WebP:
		err = encodeWebP(&buf, img, or100(quality, WebPQuality))
	case JPEG:
		m := opaqueView(img)
		err = jpeg.Encode(&buf, &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}, &jpeg.Options{Quality: or100(quality, JPEGQuality)})
	case PNG:
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img)
	default:
		_, err = ParseFormat("?")
	}
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func or100(q, otherwise int) int {
	if q <= 0 {
		return otherwise
	}
	return min(q, 100)
}

// opaqueView is opaque without a copy where none is needed.
func opaqueView(img image.Image) *image.NRGBA {
	if m, ok := img.(*image.NRGBA); ok && m.Opaque() {
		return plain(m)
	}
	return opaque(img)
}

func encodeWebP(buf *bytes.Buffer, img image.Image, quality int) error {
	opts := webp.Options{Quality: quality, Method: webpMethod}
	if !isOpaque(img) {
		// The encoder takes the pixels as one block whatever their stride says.
		return webp.Encode(buf, plain(img), opts)
	}
	return webp.Encode(buf, toStudioYUV(opaqueView(img)), opts)
}
