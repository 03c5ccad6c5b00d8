package compose

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"marquee/internal/fault"
)

// maxScans bounds the passes of a progressive JPEG: each costs a walk over the
// whole picture, and a file of a few kilobytes can ask for thousands.
const maxScans = 64

// Sniff tells a picture file's format from its first bytes (12 are enough);
// false when it is none of the formats, whatever the file is called.
func Sniff(head []byte) (Format, bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, true
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, true
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return WebP, true
	}
	return "", false
}

// Decode reads a picture file of at most maxBytes bytes and maxPixels pixels.
// See DecodeBounded.
func Decode(r io.Reader, maxBytes, maxPixels int) (image.Image, error) {
	img, _, err := DecodeBounded(r, maxBytes, maxPixels)
	return img, err
}

// DecodeBounded reads a picture file and its format. What the file says of its
// size is read first, and nothing is decoded when it is over a bound; its
// content, not its name, decides its format. Errors are *fault.Error:
// picture_too_large, picture_type_unknown (moving pictures too), and
// picture_unreadable for files that are damaged or cut off.
func DecodeBounded(r io.Reader, maxBytes, maxPixels int) (image.Image, Format, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(maxBytes)+1))
	if err != nil {
		return nil, "", damaged(err)
	}
	f, size, err := Measure(data)
	if err != nil {
		return nil, "", err
	}
	if len(data) > maxBytes {
		return nil, "", fault.New(fault.TooLarge, "picture_too_large",
			"The picture file is larger than %d MB. Send a smaller one.", max(1, maxBytes>>20))
	}
	if size.X > maxPixels/size.Y {
		return nil, "", fault.New(fault.TooLarge, "picture_too_large",
			"The picture has %d×%d pixels, which is more than can be used here. Send a smaller one.", size.X, size.Y)
	}
	img, err := decodeAs(f, data)
	if err != nil {
		return nil, "", damaged(err)
	}
	if img.Bounds().Size() != size {
		return nil, "", damaged(errors.New("the picture is not as large as it says"))
	}
	return img, f, nil
}

func damaged(cause error) error {
	return fault.New(fault.Invalid, "picture_unreadable",
		"The picture is damaged or not complete. Send it again, or another one.").Because(cause)
}

func unknownType() error {
	return fault.New(fault.Unsupported, "picture_type_unknown",
		"The file is not a picture of a kind that can be used. Send a PNG, a JPEG or a WebP that does not move.")
}

// Measure tells the format and the size in pixels that a picture file (or its
// beginning) gives, without decoding it. Errors are those of DecodeBounded.
func Measure(data []byte) (Format, image.Point, error) {
	f, ok := Sniff(data)
	if !ok {
		return "", image.Point{}, unknownType()
	}
	if f == WebP && moving(data) {
		return "", image.Point{}, unknownType()
	}
	var c image.Config
	var err error
	switch f {
	case PNG:
		c, err = png.DecodeConfig(bytes.NewReader(data))
	case JPEG:
		c, err = jpeg.DecodeConfig(bytes.NewReader(data))
	case WebP:
		c, err = webp.DecodeConfig(bytes.NewReader(data))
	}
	if err != nil {
		return "", image.Point{}, damaged(err)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return "", image.Point{}, damaged(errors.New("no pixels"))
	}
	return f, image.Pt(c.Width, c.Height), nil
}

// moving tells a WebP whose extended header announces an animation: each of its
// frames may be as large as the picture.
func moving(data []byte) bool {
	const animation = 1 << 1
	return len(data) > 20 && string(data[12:16]) == "VP8X" && data[20]&animation != 0
}

func decodeAs(f Format, data []byte) (image.Image, error) {
	switch f {
	case PNG:
		return decodePNG(data)
	case JPEG:
		if scans(data) > maxScans {
			return nil, errors.New("too many scans")
		}
		return jpeg.Decode(bytes.NewReader(data))
	}
	img, err := webp.Decode(bytes.NewReader(data))
	switch m := img.(type) {
	case *image.YCbCr:
		return fromStudioYUV(m, nil, 0), err
	case *image.NYCbCrA:
		return fromStudioYUV(&m.YCbCr, m.A, m.AStride), err
	}
	return img, err
}

// scans counts the start-of-scan markers of a JPEG.
func scans(data []byte) (n int) {
	for i := 2; i+1 < len(data); {
		if data[i] != 0xFF {
			i++
			continue
		}
		switch m := data[i+1]; {
		case m == 0xFF:
			i++
		case m == 0 || m == 1 || m >= 0xD0 && m <= 0xD8:
			i += 2
		case m == 0xD9:
			return n
		default:
			if m == 0xDA {
				n++
			}
			if i+3 >= len(data) {
				return n
			}
			i += 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		}
	}
	return n
}
