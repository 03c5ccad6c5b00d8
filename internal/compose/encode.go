package compose

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/gen2brain/avif"
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
	AVIF Format = "avif"
	PDF  Format = "pdf" // of a picture: one page; see RenderPDF for print
)

// MediaType returns the format's media type, or application/octet-stream for
// one that is none of these.
func (f Format) MediaType() string {
	switch f {
	case WebP, PNG, JPEG, AVIF:
		return "image/" + string(f)
	case PDF:
		return "application/pdf"
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
	case "avif":
		return AVIF, nil
	case "pdf":
		return PDF, nil
	}
	return "", fault.New(fault.Invalid, "format_unknown", "Pictures come as webp, png, jpeg, avif or pdf. Ask for one of these.")
}

// The usual qualities, chosen so that a 1024-pixel work looks the same in all.
const (
	WebPQuality = 82
	JPEGQuality = 86
	AVIFQuality = 62
	webpMethod  = 2
	// avifSpeed is the encoder's fastest: slower ones gain little and cost seconds.
	avifSpeed = 10
)

// Encode writes a picture file that says its colours are sRGB. Quality goes from
// 1 to 100 and counts for all but PNG; 0 means the usual one. JPEG and PDF have
// no transparency: what is behind shows white. A PDF is one page at 300 pixels
// an inch. The same picture gives the same bytes.
func Encode(img image.Image, f Format, quality int) ([]byte, error) {
	b := img.Bounds()
	if b.Empty() || b.Dx() > 4*MaxSide || b.Dy() > 4*MaxSide {
		return nil, fault.New(fault.Invalid, "size_out_of_range", "A picture of %d×%d pixels can't be written.", b.Dx(), b.Dy())
	}
	var buf bytes.Buffer
	var err error
	switch f {
	case WebP:
		if err = encodeWebP(&buf, img, or100(quality, WebPQuality)); err == nil {
			return profiledWebP(buf.Bytes(), b.Dx(), b.Dy(), !isOpaque(img))
		}
	case JPEG:
		if err = encodeJPEG(&buf, img, or100(quality, JPEGQuality)); err == nil {
			return profiledJPEG(buf.Bytes())
		}
	case PNG:
		if err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img); err == nil {
			return profiledPNG(buf.Bytes())
		}
	case AVIF:
		if b.Dx() > MaxSide || b.Dy() > MaxSide {
			return nil, fault.New(fault.Invalid, "size_out_of_range", "An AVIF has at most %d×%d pixels.", MaxSide, MaxSide)
		}
		q := or100(quality, AVIFQuality)
		err = avif.Encode(&buf, img, avif.Options{Quality: q, QualityAlpha: q, Speed: avifSpeed, ChromaSubsampling: image.YCbCrSubsampleRatio420})
		if err == nil {
			return profiledAVIF(buf.Bytes())
		}
	case PDF:
		return picturePDF(img, or100(quality, JPEGQuality))
	default:
		_, err = ParseFormat("?")
	}
	return nil, err
}

func encodeJPEG(buf *bytes.Buffer, img image.Image, quality int) error {
	m := opaqueView(img)
	return jpeg.Encode(buf, &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}, &jpeg.Options{Quality: quality})
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
