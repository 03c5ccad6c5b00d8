package brand

import (
	"bytes"
	"fmt"
	"strings"

	"marquee/internal/compose"
)

// The longer side of a mark or a sticker of pixels: it is to be sharp in print,
// and a kit is kept in memory.
const (
	minPictureSide = 512
	maxPictureSide = 2048
)

// drawingTypes are the files that a drawing may be in.
const drawingTypes = "svg png"

// drawing reads a mark's or a sticker's file; false if it can't be drawn, which
// has been reported then.
func (v *validator) drawing(path, name string) (compose.Drawing, bool) {
	data := v.file(path, name, drawingTypes, maxMarkBytes)
	if data == nil {
		return compose.Drawing{}, false
	}
	d, wrong := parseDrawing(name, data)
	if wrong != "" {
		v.problems.add(path, "drawing_invalid", "%s: %s", name, wrong)
	}
	return d, wrong == ""
}

// parseDrawing reads a drawing, or says what is wrong with it.
func parseDrawing(name string, data []byte) (d compose.Drawing, wrong string) {
	if !strings.HasSuffix(name, ".png") {
		d, err := compose.SVG(data)
		if err != nil {
			return d, reason(err)
		}
		return d, ""
	}
	img, format, err := compose.DecodeBounded(bytes.NewReader(data), maxMarkBytes, maxPictureSide*maxPictureSide)
	switch {
	case err != nil:
		return d, reason(err)
	case format != compose.PNG:
		return d, "it is no PNG. Save it as one, or as SVG, which is sharp at every size."
	}
	side := max(img.Bounds().Dx(), img.Bounds().Dy())
	if side < minPictureSide || side > maxPictureSide {
		return d, fmt.Sprintf("it has %d pixels on its longer side. Give it %d to %d, or an SVG, which is sharp at every size.", side, minPictureSide, maxPictureSide)
	}
	return compose.PictureDrawing(img), ""
}
