// Package compose puts a work together: it reads and checks the layer document
// of a composition, sets its text, draws its marks, renders it at any size and
// turns pictures into files and back.
//
// It knows no brand. Marks, fonts and colours are given to it, and whether a
// composition keeps to a brand's rules is judged elsewhere. The server's render
// is the truth; the measures here (boxes, text sizes, baselines) are the ones a
// browser's canvas has to follow to show the same.
package compose

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// Version is the only version of the layer document there is.
const Version = 1

// The limits of a document.
const (
	MaxBytes      = 64 << 10 // of its JSON
	MaxLayers     = 40
	MaxID         = 64  // runes of a layer's id, a mark's id or a variant
	MaxText       = 120 // runes
	MinSide       = 64  // pixels of the canvas
	MaxSide       = 4096
	MaxReach      = 4    // |x|, |y| and width, in widths or heights of the canvas
	MaxRotation   = 3600 // degrees, either way
	maxReported   = 20   // problems told at once
	maxStacked    = 6    // combining marks on one letter
	positionSlack = 1e-6
)

// Kind is what a layer shows.
type Kind string

// The kinds of a layer.
const (
	Picture Kind = "picture" // the background; always the first layer and the only one
	Mark    Kind = "mark"
	Text    Kind = "text"
)

// Document is the layer document of a composition. Its JSON is described by
// document.schema.json.
type Document struct {
	Version int `json:"version"`
	// Width and Height are the canvas, in pixels, MinSide to MaxSide.
	Width  int `json:"width"`
	Height int `json:"height"`
	// Layers are painted in order, the first at the bottom.
	Layers []Layer `json:"layers"`
}

// Layer is one thing on the canvas. Its box is Width wide; how high it is
// follows from what it shows (see Boxes).
type Layer struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Mark names a mark, and Variant one of its drawings; empty means the first.
	Mark    string `json:"mark,omitempty"`
	Variant string `json:"variant,omitempty"`
	// Text is one line, and Color its colour as #rrggbb; empty means the text
	// style's own.
	Text  string `json:"text,omitempty"`
	Color string `json:"color,omitempty"`
	// X and Y are the top left corner of the box before it is turned, in canvas
	// pixels.
	X float64 `json:"x"`
	Y float64 `json:"y"`
	// Width is the box's width in canvas pixels.
	Width float64 `json:"width"`
	// Rotation turns the box about its centre, in degrees clockwise.
	Rotation float64 `json:"rotation"`
}

// report gathers what is wrong with a document.
type report struct{ fields []fault.Field }

func (r *report) add(path, code, message string) {
	if len(r.fields) < maxReported {
		r.fields = append(r.fields, fault.Field{Path: path, Code: code, Message: message})
	}
}

func (r *report) err() error {
	if len(r.fields) == 0 {
		return nil
	}
	first := r.fields[0]
	e := fault.New(fault.Invalid, "composition_invalid",
		"The composition can't be used: %s: %s", first.Path, first.Message).
		With("path", first.Path).With("reason", first.Code)
	e.Fields = r.fields
	return e
}

// Check tells what is wrong with a document as Parse would: a *fault.Error with
// the code composition_invalid and one field for each problem.
func (d Document) Check() error {
	var r report
	d.check(&r)
	return r.err()
}

func (d Document) check(r *report) {
	if d.Version != Version {
		r.add("version", "version_unknown", "The only version there is is 1.")
	}
	side := func(path string, v int) bool {
		if v < MinSide || v > MaxSide {
			r.add(path, "out_of_range", "A canvas's side is 64 to 4096 pixels.")
			return false
		}
		return true
	}
	w, h := side("width", d.Width), side("height", d.Height)
	if len(d.Layers) == 0 {
		r.add("layers", "picture_first", "A composition begins with its picture.")
	}
	if len(d.Layers) > MaxLayers {
		r.add("layers", "too_many", "A composition has at most 40 layers.")
		return
	}
	if !w || !h {
		return
	}
	seen := make(map[string]bool, len(d.Layers))
	for i, l := range d.Layers {
		path := "layers[" + strconv.Itoa(i) + "]"
		checkName(r, path+".id", l.ID)
		if seen[l.ID] {
			r.add(path+".id", "duplicate", "Another layer has this id.")
		}
		seen[l.ID] = true
		d.checkKind(r, path, i, l)
		d.checkBox(r, path, l)
	}
}

func checkName(r *report, path, s string) {
	switch {
	case s == "":
		r.add(path, "required", "It must not be empty.")
	case !utf8.ValidString(s) || utf8.RuneCountInString(s) > MaxID:
		r.add(path, "too_long", "It has at most 64 characters.")
	case strings.ContainsFunc(s, unprintable):
		r.add(path, "control_character", "It must not contain control characters.")
	}
}

func (d Document) checkKind(r *report, path string, i int, l Layer) {
	if (i == 0) != (l.Kind == Picture) {
		r.add(path+".kind", "picture_first", "The first layer is the picture, and the only one.")
	}
	foreign := func(field, value string) {
		if value != "" {
			r.add(path+"."+field, "not_for_kind", "A layer of this kind has no "+field+".")
		}
	}
	switch l.Kind {
	case Picture:
		foreign("mark", l.Mark)
		foreign("variant", l.Variant)
		foreign("text", l.Text)
		foreign("color", l.Color)
		if i == 0 && (l.X != 0 || l.Y != 0 || l.Rotation != 0 || math.Abs(l.Width-float64(d.Width)) > positionSlack) {
			r.add(path, "picture_moved", "The picture lies at 0, 0, unturned, and is as wide as the canvas.")
		}
	case Mark:
		checkName(r, path+".mark", l.Mark)
		if l.Variant != "" {
			checkName(r, path+".variant", l.Variant)
		}
		foreign("text", l.Text)
		foreign("color", l.Color)
	case Text:
		foreign("mark", l.Mark)
		foreign("variant", l.Variant)
		if code, message := textProblem(l.Text); code != "" {
			r.add(path+".text", code, message)
		}
		if _, err := raster.ParseHex(l.Color); l.Color != "" && (err != nil || len(l.Color) != len("#rrggbb")) {
			r.add(path+".color", "color_invalid", "A colour is written like #1f6f5c.")
		}
	default:
		r.add(path+".kind", "kind_unknown", "A layer is a picture, a mark or a text.")
	}
}

func (d Document) checkBox(r *report, path string, l Layer) {
	within := func(field string, v, lo, hi float64) {
		if !(v >= lo && v <= hi) {
			r.add(path+"."+field, "out_of_range", "It must be between "+
				strconv.FormatFloat(lo, 'g', 6, 64)+" and "+strconv.FormatFloat(hi, 'g', 6, 64)+".")
		}
	}
	w, h := float64(d.Width)*MaxReach, float64(d.Height)*MaxReach
	within("x", l.X, -w, w)
	within("y", l.Y, -h, h)
	if l.Width <= 0 {
		r.add(path+".width", "out_of_range", "It must be more than 0.")
	} else {
		within("width", l.Width, 0, w)
	}
	within("rotation", l.Rotation, -MaxRotation, MaxRotation)
}
