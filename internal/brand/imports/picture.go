package imports

import (
	"bytes"
	"image"
	"image/draw"

	"marquee/internal/compose"
	"marquee/internal/fault"
)

const maxPixels = 40 << 20

// FromPicture finds a first palette and logo candidates in a picture (PNG, JPEG
// or WebP). Errors are those of compose.Decode.
func FromPicture(data []byte) (Found, error) {
	img, err := compose.Decode(bytes.NewReader(data), MaxBytes, maxPixels)
	if err != nil {
		return Found{}, err
	}
	m := straight(img)
	out := Found{Source: Picture, Palette: palette(m)}
	if len(out.Palette) == 0 {
		return Found{}, unreadable("nothing can be seen in the picture: it is transparent all over")
	}
	var n notes
	found, why := logos(m, 1)
	out.Logos = found
	if why != "" {
		n.add("logos", "%s", why)
	}
	n.add("type", "which typefaces are in a picture can't be read; name them in kit.json")
	out.Unread = n.all()
	return out, nil
}

// FromSVG finds a first palette in a drawing, which is a mark already as it is.
// Errors are those of compose.SVG: what a mark may not have is told.
func FromSVG(data []byte) (Found, error) {
	d, err := compose.SVG(data)
	if err != nil {
		return Found{}, err
	}
	const width = 400
	m := d.Render(width).Image()
	out := Found{Source: Drawing, Palette: palette(m)}
	if len(out.Palette) == 0 {
		return Found{}, fault.New(fault.Invalid, "kit_unreadable", "This drawing shows nothing: no pixel of it is covered.")
	}
	out.Logos = []Logo{{Bounds: m.Rect, Page: 1, Score: 1, Image: m}}
	return out, nil
}

func straight(img image.Image) *image.NRGBA {
	if m, ok := img.(*image.NRGBA); ok {
		return m
	}
	b := img.Bounds()
	m := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(m, m.Rect, img, b.Min, draw.Src)
	return m
}
