package paint

import (
	"context"

	"marquee/internal/raster"
)

// style is a way of making the picture: the same stage, other tools.
type style struct {
	id     string
	phrase string // ends the alt sentence: "in poster style"
	flat   bool   // wants whole shapes instead of washes
	dark   bool   // only works by night
	paint  func(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error)
}

var styles = []style{
	posterStyle, paperCutStyle, screenPrintStyle, stainedGlassStyle, linocutStyle, watercolourStyle, neonStyle, pixelStyle,
}

func styleByID(id string) (style, bool) {
	for _, s := range styles {
		if s.id == id {
			return s, true
		}
	}
	return style{}, false
}

// Styles lists the ids a Request may ask for, in the order they are shown.
func Styles() []string {
	ids := make([]string, len(styles))
	for i, s := range styles {
		ids[i] = s.id
	}
	return ids
}
