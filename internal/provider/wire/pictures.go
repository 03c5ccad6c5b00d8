package wire

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/disintegration/imaging"

	"marquee/internal/compose"
	"marquee/internal/provider"
)

// maxPixels bounds a picture that a provider sends.
const maxPixels = 24 << 20

// Picture reads the file of a picture: PNG, JPEG or WebP. Fault:
// "provider_nonsense".
func Picture(data []byte) (image.Image, error) {
	img, err := compose.Decode(bytes.NewReader(data), MaxPicture, maxPixels)
	if err != nil {
		return nil, provider.Nonsense(err)
	}
	return img, nil
}

// Base64 reads a picture in base64. Fault: "provider_nonsense".
func Base64(text string) (image.Image, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, provider.Nonsense(err)
	}
	return Picture(data)
}

// PNG writes a picture without loss, for an edit.
func PNG(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// side bounds a picture that is sent to be judged, in pixels.
const side = 2048

// JPEG writes a picture to be judged: at most 2048 pixels on each side.
func JPEG(img image.Image) ([]byte, error) {
	if b := img.Bounds(); b.Dx() > side || b.Dy() > side {
		img = imaging.Fit(img, side, side, imaging.Box)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
