package brand

import (
	"image"
	"slices"
	"strings"

	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/raster"
)

// MarkDrawing gives the drawing of a mark's variant, to be drawn at any size;
// the empty variant is the first. It is false if the kit has none.
func (k *Kit) MarkDrawing(mark, variant string) (compose.Drawing, bool) {
	m := k.Mark(mark)
	if m == nil {
		return compose.Drawing{}, false
	}
	v := m.Variant(variant)
	if v == nil {
		return compose.Drawing{}, false
	}
	d, ok := k.drawings[m.ID+"/"+v.ID]
	return d, ok
}

// StickerDrawing gives the drawing of a sticker; false if the kit has none.
func (k *Kit) StickerDrawing(id string) (compose.Drawing, bool) {
	d, ok := k.drawings[stickerKey(id)]
	return d, ok
}

// Stack gives the fonts of a stack ("display", "text", "strong"), in the
// order in which a glyph is looked for; nil if the kit has no such stack.
func (k *Kit) Stack(name string) []*compose.Font {
	var out []*compose.Font
	for _, id := range k.Stacks[name] {
		out = append(out, k.faces[id])
	}
	return out
}

// textInk gives the kit's colour for text that a layer's "#rrggbb" is; "" if
// it is none of them.
func (k *Kit) textInk(color string) string {
	for _, g := range []Ground{Light, Dark} {
		if value := k.Color(k.Text.Colors[g]); strings.EqualFold(color, value) {
			return value
		}
	}
	return ""
}

// line is a measured text in the kit's type, of one line or more.
type line struct {
	// advance is the least width of its box at a size of 1; smallest and largest
	// bound the size.
	advance, smallest, largest float64
	// least is the width that it needs at the smallest size.
	least float64
	// unset tells that the type lacks a character of it, so that it can't be
	// drawn.
	unset bool
	// block fits a text of more than one line into a width; nil for one line.
	block func(width float64) (compose.Block, error)
}

func (k *Kit) line(text string, short float64) line {
	l := line{smallest: k.Text.MinSizeShare * short, largest: k.Text.MaxSizeShare * short}
	set, err := k.stacks[k.Text.Stack].Set(text, "")
	l.unset = err != nil || len(set.Missing) > 0
	l.advance = set.Advance
	l.least = l.advance * l.smallest
	return l
}

// lines measures a text layer's text, which may be wrapped to several lines.
func (k *Kit) lines(layer compose.Layer, short float64) line {
	if layer.Lines <= 1 {
		return k.line(layer.Text, short)
	}
	l := line{smallest: k.Text.MinSizeShare * short, largest: k.Text.MaxSizeShare * short}
	style := compose.TextStyle{Fonts: k.stacks[k.Text.Stack], MinSize: l.smallest, MaxSize: l.largest}
	l.block = func(width float64) (compose.Block, error) {
		return style.FitLines(layer.Text, width, layer.Lines, layer.Align)
	}
	// Nothing fits into a hair: the refusal tells how much it needs.
	_, err := l.block(1e-6)
	f, ok := fault.As(err)
	if l.least, ok = widthOf(f, ok); !ok {
		l.unset = true
	}
	l.advance = l.least / l.smallest
	return l
}

func widthOf(f *fault.Error, ok bool) (float64, bool) {
	if !ok || f.Code != "text_too_long" {
		return 0, false
	}
	w, ok := f.Args["width"].(float64)
	return w, ok
}

// size is the type size of the text in a box of a width.
func (l line) size(width float64) float64 {
	if l.advance <= 0 {
		return l.smallest
	}
	if l.block != nil {
		if b, err := l.block(width); err == nil {
			return b.Size
		}
	}
	return clamp(width/l.advance, l.smallest, l.largest)
}

// height is the height of its box at a width.
func (l line) height(width float64) float64 {
	if l.block != nil {
		if b, err := l.block(width); err == nil {
			return b.Height
		}
	}
	return l.size(width) * compose.LineHeight
}

// TextStyle is how text is set on a canvas of w by h pixels. It names no
// language: what Check measured has to be what is drawn.
func (k *Kit) TextStyle(w, h int) (compose.TextStyle, error) {
	color, err := raster.ParseHex(k.TextColor(Dark))
	if err != nil {
		return compose.TextStyle{}, err
	}
	short := float64(min(w, h))
	return compose.TextStyle{
		Fonts: k.stacks[k.Text.Stack], MinSize: k.Text.MinSizeShare * short, MaxSize: k.Text.MaxSizeShare * short,
		Color: color,
	}, nil
}

// Source is what compose.Render needs to draw a composition of this kit on a
// canvas of w by h pixels, over a picture.
func (k *Kit) Source(picture image.Image, w, h int) (compose.Source, error) {
	style, err := k.TextStyle(w, h)
	if err != nil {
		return compose.Source{}, err
	}
	return compose.Source{Picture: picture, Text: style, Mark: func(mark, variant string) (compose.Drawing, error) {
		d, ok := k.MarkDrawing(mark, variant)
		if !ok {
			return compose.Drawing{}, fault.New(fault.Invalid, "mark_unknown", sentences["mark_unknown"])
		}
		return d, nil
	}, Sticker: func(id, variant string) (compose.Drawing, error) {
		d, ok := k.StickerDrawing(id)
		if !ok || variant != "" {
			return compose.Drawing{}, fault.New(fault.Invalid, "sticker_unknown", "%s", sentence("sticker_unknown"))
		}
		return d, nil
	}}, nil
}

// Locales are the kit's, in order.
func (k *Kit) Locales() []string {
	out := make([]string, 0, len(k.Name))
	for l := range k.Name {
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}
