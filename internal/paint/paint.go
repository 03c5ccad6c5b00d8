// Package paint is the built-in painter: it turns a few words into a picture
// with no model at all. It reads the words against vocabularies that are data,
// sets up a stage of paper-like layers in a measure of its own, and lets one of
// several styles paint them. The same request gives the same picture, byte for
// byte, and the same picture at every size.
package paint

import (
	"context"
	"fmt"
	"image"
	"math"

	"marquee/internal/fault"
)

// Model names the painter where a picture's origin is told; Version changes
// whenever the same request would give another picture.
const (
	Model   = "marquee-painter"
	Version = "2.1.0"
)

// The sides, in pixels, that the painter accepts.
const (
	MinSide = 256
	MaxSide = 4096
)

// MaxPrompt is how many characters of a prompt are read; what follows is
// reported as missed.
const MaxPrompt = 400

// Area is a rectangle as fractions of the canvas, 0 to 1, from the top left.
type Area struct{ X, Y, W, H float64 }

// Request asks for one picture.
type Request struct {
	// Prompt is free text in any of the painter's languages; it may be empty.
	Prompt string
	// Style names a style (see Styles) and wins over one named in the prompt;
	// empty leaves the choice to prompt and seed.
	Style string
	// Width and Height are pixels, MinSide to MaxSide.
	Width, Height int
	// Seed picks one of many pictures for the same words.
	Seed int64
	// Palette holds kit colours as #rrggbb, at most 16; empty leaves the
	// choice to the seed.
	Palette []string
	// Calm names the areas kept quiet for marks, at most 8. None given: the
	// bottom 18 % is kept.
	Calm []Area
}

// Picture is what came of a request.
type Picture struct {
	// Image is opaque.
	Image *image.NRGBA
	// Alt is an English sentence that describes what was painted.
	Alt string
	// Understood holds the prompt's words that shaped the picture, and Missed
	// those that could not; both as they were written.
	Understood []string
	Missed     []string
}

// Paint paints a picture. progress, if given, is called with a growing
// fraction 0 to 1 from the calling goroutine. It fails with a fault of code
// picture_size or style_unknown for a request that can't be met, and with the
// context's error when ctx ends between two layers.
func Paint(ctx context.Context, r Request, progress func(fraction float64)) (*Picture, error) {
	if progress == nil {
		progress = func(float64) {}
	}
	st, out, err := prepare(ctx, r)
	if err != nil {
		return nil, err
	}
	progress(0.15)
	out.Image, err = st.render(ctx, r.Width, r.Height, func(f float64) { progress(0.15 + 0.8*f) })
	if err != nil {
		return nil, err
	}
	progress(1)
	return out, nil
}

// prepare checks a request and sets its stage up; of the picture only the
// image is missing.
func prepare(ctx context.Context, r Request) (*stage, *Picture, error) {
	if r.Width < MinSide || r.Height < MinSide || r.Width > MaxSide || r.Height > MaxSide {
		return nil, nil, fault.New(fault.Invalid, "picture_size",
			"A picture's sides must be from %d to %d pixels. Choose another size.", MinSide, MaxSide)
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	sc, understood, missed := read(r.Prompt)
	if r.Style != "" {
		if _, ok := styleByID(r.Style); !ok {
			return nil, nil, fault.New(fault.Invalid, "style_unknown",
				"There is no style of that name. Choose one of the styles on offer.")
		}
		sc.style = r.Style
	}
	st := newStage(sc, r)
	st.build()
	style, _ := styleByID(st.style)
	return st, &Picture{Alt: st.alt(style), Understood: understood, Missed: missed}, nil
}

// render paints the stage in its style.
func (st *stage) render(ctx context.Context, w, h int, progress func(float64)) (*image.NRGBA, error) {
	style, _ := styleByID(st.style)
	c, err := style.paint(ctx, st, w, h, progress)
	if err != nil {
		return nil, err
	}
	if st.moment > 0 && style.id == stainedGlassStyle.id {
		gleam(c, st.moment)
	}
	quiet(c, st)
	return c.Image(), nil
}

// newStage makes the choices that the prompt left open, by seed.
func newStage(sc scene, r Request) *stage {
	seed := uint64(r.Seed)*0x9E3779B97F4A7C15 + 0x1234567
	c := newChance(seed, "choices")
	st := &stage{scene: sc, seed: seed, aspect: float64(r.Width) / float64(r.Height)}
	fallback := housePalettes[c.IntN(len(housePalettes))]
	st.complete(c)
	l, _ := lightByID(st.hour)
	st.air = air{palette: castPalette(r.Palette, fallback), light: l}
	switch st.weather {
	case "mist":
		st.haze = 1
	case "snow", "rain", "storm":
		st.haze = 0.35
	case "cloudy":
		st.haze = 0.15
	}
	st.place = settings[st.setting]
	st.snowy = st.season == "winter" && st.place.snows || st.place.frozen
	st.foliage = st.leaves()
	for _, a := range r.Calm {
		if len(st.calm) == 8 {
			break
		}
		if a.W > 0 && a.H > 0 && !math.IsNaN(a.X+a.Y+a.W+a.H) && !math.IsInf(a.X+a.Y+a.W+a.H, 0) {
			st.calm = append(st.calm, a)
		}
	}
	if len(st.calm) == 0 {
		st.calm = []Area{{0, 0.82, 1, 0.18}}
	}
	style, _ := styleByID(st.style)
	st.flat = style.flat
	if style.dark && !st.dark {
		st.light, _ = lightByID("night")
		st.hour = "night"
	}
	return st
}

// calmAt tells whether a place on the stage is kept quiet.
func (st *stage) calmAt(x, y float64) bool {
	fx := x / st.aspect
	for _, a := range st.calm {
		if fx >= a.X-0.01 && fx <= a.X+a.W+0.01 && y >= a.Y-0.01 && y <= a.Y+a.H+0.01 {
			return true
		}
	}
	return false
}

// alt describes the picture in a sentence.
func (st *stage) alt(s style) string {
	set := settings[st.setting]
	text := ""
	sky := ""
	for _, a := range st.cast {
		sub := subjects[a.id]
		if sub.foot == inSky {
			if (a.id != "aurora" || st.hour != "aurora") && (a.id != "stars" || !st.dark) && !set.room {
				sky += ", with " + sub.one + " in the sky"
			}
			continue
		}
		link := " and "
		switch a.rel {
		case "beside":
			link = " beside "
		case "under":
			link = " under "
		case "over":
			link = " above "
		case "before":
			link = " behind "
		case "behind":
			link = " in front of "
		}
		if text == "" {
			link = ""
		}
		text += link + sub.phrase(a.count)
	}
	place := set.phrase
	if st.snowy {
		place = set.snowPhrase
	}
	when := st.light.phrase
	weather := map[string]string{"snow": " in falling snow", "rain": " in the rain", "mist": " in mist", "wind": " in the wind", "storm": " in a storm", "cloudy": " under clouds"}[st.weather]
	if text == "" {
		return fmt.Sprintf("%s%s%s%s, %s", upper(set.view), " "+when, weather, sky, s.phrase)
	}
	return fmt.Sprintf("%s %s %s%s%s, %s", upper(text), place, when, weather, sky, s.phrase)
}

// leaves is the season's colour of leaves.
func (st *stage) leaves() tint {
	switch st.season {
	case "spring":
		return st.green.blend(st.glow, 0.42).soft(1.7).at(0.72)
	case "autumn":
		return st.warm.blend(st.glow, 0.55).at(0.66)
	}
	return st.base(moss).at(0.56)
}

func upper(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}
