// Package compose puts a work together: it reads and checks the layer document
// of a composition, sets its text, draws its marks, renders it at any size and
// turns pictures into files and back.
//
// It knows no brand. Marks, fonts and colours are given to it, and whether a
// composition keeps to a brand's rules is judged elsewhere. The server's render
// is the truth; the measures here (boxes, text sizes, baselines) are the ones a
// browser's canvas has to follow to show the same.
package compose

// Version is the version of the layer document that Parse gives. Documents of
// version 1 are read as well and become this one.
const Version = 2

// The limits of a document.
const (
	MaxBytes     = 64 << 10 // of its JSON
	MaxLayers    = 40
	MaxID        = 64       // runes of a layer's id, a mark's, sticker's or variant's name
	MaxCutoutID  = 128      // runes of a cut-out's blob id
	MaxText      = 120      // runes of a text of one line
	MaxLongText  = 480      // runes of a text that may wrap
	MaxLines     = 8        // lines of a text
	MinSide      = 64       // pixels of the canvas
	MaxSide      = 4096     // pixels of a render, and of a version 1 canvas
	MaxCanvas    = 16384    // pixels of a version 2 canvas
	MaxPixels    = 10 << 24 // pixels of a version 2 canvas altogether
	MaxReach     = 4        // |x|, |y|, width and height, in widths or heights of the canvas
	MaxRotation  = 3600     // degrees, either way
	MaxPathBytes = 8 << 10  // of a shape's or mask's path
	MaxStops     = 8        // of a gradient

	maxPathSegments = 512
	maxReported     = 20 // problems told at once
	maxStacked      = 6  // combining marks on one letter
	maxSeed         = 1 << 30
	positionSlack   = 1e-6
)

// Kind is what a layer shows.
type Kind string

// The kinds of a layer. Picture, Mark and Text are all that version 1 has.
const (
	Picture Kind = "picture" // the background; always the first layer and the only one
	Mark    Kind = "mark"    // a brand's mark: painted after all else, touched by nothing
	Text    Kind = "text"
	Cutout  Kind = "cutout"  // a picture with alpha
	Shape   Kind = "shape"   // a rectangle, an ellipse or a path, filled
	Sticker Kind = "sticker" // a drawing of the kit that effects may touch
	Effect  Kind = "effect"  // see the effects
)

// The effects of an effect layer. ShadowEffect and ReflectionEffect belong to
// the layer named by Of; the others lie over all that is below them.
const (
	ShadowEffect     = "shadow"     // a soft shadow on the ground
	ReflectionEffect = "reflection" // a fading mirror image under a layer
	SnowEffect       = "snow"       // flakes in front
	GrainEffect      = "grain"      // film grain
	VignetteEffect   = "vignette"   // darker, or coloured, towards the corners
	GradeEffect      = "grade"      // dark to light mapped to the colours of Fill
)

// Document is the layer document of a composition. Its JSON is described by
// document.schema.json, and version 1's by document-v1.schema.json.
type Document struct {
	Version int `json:"version"`
	// Width and Height are the canvas, in pixels: MinSide to MaxCanvas (MaxSide
	// in version 1), together at most MaxPixels.
	Width  int `json:"width"`
	Height int `json:"height"`
	// Layers are painted in order, the first at the bottom; marks are painted
	// last, in their own order, so that nothing lies on them.
	Layers []Layer `json:"layers"`
}

// Migrated returns the document as the current Version. All that version 1 can
// say means the same in version 2.
func (d Document) Migrated() Document {
	if d.Version == 1 {
		d.Version = Version
	}
	return d
}

// Oldest returns the document under the oldest version that can say all of it,
// so that programs which know only that one can read what they wrote.
func (d Document) Oldest() Document {
	for _, l := range d.Layers {
		plain := Layer{
			ID: l.ID, Kind: l.Kind, Mark: l.Mark, Variant: l.Variant, Text: l.Text, Color: l.Color,
			X: l.X, Y: l.Y, Width: l.Width, Rotation: l.Rotation,
		}
		if l != plain || l.Kind != Picture && l.Kind != Mark && l.Kind != Text {
			return d.Migrated()
		}
	}
	d.Version = 1
	return d
}

// Layer is one thing on the canvas. Its box is Width wide; how high it is
// follows from what it shows (see Boxes). Which fields a kind has is said at
// each; the others must be empty.
type Layer struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Mark names a mark, and Variant one of its drawings or of a sticker's; empty
	// means the first.
	Mark    string `json:"mark,omitempty"`
	Variant string `json:"variant,omitempty"`
	// Text is one line, or up to Lines of them; a line feed begins a new
	// paragraph where Lines allows more than one. Color is its colour as #rrggbb;
	// empty means the text style's own. Snow, shadow and vignette have a Color too.
	Text  string `json:"text,omitempty"`
	Color string `json:"color,omitempty"`
	// X and Y are the top left corner of the box before it is turned, in canvas
	// pixels. An effect has no box: X, Y, Width and Rotation are 0.
	X float64 `json:"x"`
	Y float64 `json:"y"`
	// Width is the box's width in canvas pixels.
	Width float64 `json:"width"`
	// Rotation turns the box about its centre, in degrees clockwise.
	Rotation float64 `json:"rotation"`

	// Lines is how many lines a text may take, 1 to MaxLines; 0 means 1. Align
	// says where lines stand in the box: start, center or end; empty means center.
	Lines int    `json:"lines,omitempty"`
	Align string `json:"align,omitempty"`
	// Cutout is the blob id of a cut-out's picture, and Sticker a sticker's name.
	Cutout  string `json:"cutout,omitempty"`
	Sticker string `json:"sticker,omitempty"`
	// Shape is rect, ellipse or path; Height its height in canvas pixels, Radius
	// a rectangle's corner radius in canvas pixels, and Path an outline in SVG's
	// path syntax whose 0 to 100 both ways is the box.
	Shape  string  `json:"shape,omitempty"`
	Height float64 `json:"height,omitempty"`
	Radius float64 `json:"radius,omitempty"`
	Path   string  `json:"path,omitempty"`
	// Fill is what a shape is filled with, and the ramp of a grade.
	Fill *Fill `json:"fill,omitempty"`
	// Effect is which effect the layer is, and Of the id of the cut-out, shape or
	// sticker that a shadow or a reflection belongs to.
	Effect string `json:"effect,omitempty"`
	Of     string `json:"of,omitempty"`
	// Strength of an effect is more than 0, at most 1; 0 means 0.5.
	Strength float64 `json:"strength,omitempty"`
	// Size is, of a shadow, its length as a share of the layer's height (negative
	// falls behind it); of a reflection, how much of the layer is mirrored; of
	// grain, a grain's width in canvas pixels; of snow, the flakes' size; of a
	// vignette, how far it reaches in. 0 means the usual.
	Size float64 `json:"size,omitempty"`
	// Soft is a shadow's blur as a share of the layer's width; 0 means 0.04.
	Soft float64 `json:"soft,omitempty"`
	// Angle is which way a shadow leans or snow drifts, in degrees from upright,
	// -80 to 80.
	Angle float64 `json:"angle,omitempty"`
	// Seed chooses the pattern of grain and snow, 0 to 2^30.
	Seed int `json:"seed,omitempty"`

	// Blend is how the layer meets what is below (see Blends), empty for normal;
	// Opacity is more than 0 and at most 1, 0 meaning 1; Mask shows a part only.
	// Pictures and marks have none of the three, and effects only a mask.
	Blend   string  `json:"blend,omitempty"`
	Opacity float64 `json:"opacity,omitempty"`
	Mask    *Mask   `json:"mask,omitempty"`
}

// Fill is a colour or a gradient.
type Fill struct {
	// Color is one colour, #rrggbb or #rrggbbaa; empty where there is a gradient.
	Color string `json:"color,omitempty"`
	// Gradient is linear or radial, over the layer's box; a grade's ramp has none.
	Gradient string `json:"gradient,omitempty"`
	// Angle of a linear gradient is in degrees clockwise; 0 runs to the right and
	// 90 downwards.
	Angle float64 `json:"angle,omitempty"`
	// Stops are 2 to MaxStops colours in ascending order.
	Stops []Stop `json:"stops,omitempty"`
}

// Stop is one colour of a gradient, At from 0 to 1.
type Stop struct {
	At    float64 `json:"at"`
	Color string  `json:"color"`
}

// Mask shows a part of a layer. Its box is in shares of the layer's box, or of
// the canvas for an effect, and turns with it; -2 to 3. A width or height of 0
// means 1.
type Mask struct {
	// Shape is rect, ellipse, path (as of a shape layer) or fade, which runs from
	// all to nothing over the mask's box.
	Shape  string  `json:"shape"`
	X      float64 `json:"x,omitempty"`
	Y      float64 `json:"y,omitempty"`
	Width  float64 `json:"width,omitempty"`
	Height float64 `json:"height,omitempty"`
	Path   string  `json:"path,omitempty"`
	// Angle is which way a fade runs: 0 to the right, 90 downwards.
	Angle float64 `json:"angle,omitempty"`
	// Feather softens the edge, as a share of the layer's width, 0 to 0.5.
	Feather float64 `json:"feather,omitempty"`
	// Invert shows what would be hidden.
	Invert bool `json:"invert,omitempty"`
}
