package compose

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

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

// within reports a number that is not from lo to hi.
func (r *report) within(path string, v, lo, hi float64) bool {
	if v >= lo && v <= hi {
		return true
	}
	r.add(path, "out_of_range", "It must be between "+
		strconv.FormatFloat(lo, 'g', 6, 64)+" and "+strconv.FormatFloat(hi, 'g', 6, 64)+".")
	return false
}

// Check tells what is wrong with a document as Parse would: a *fault.Error with
// the code composition_invalid and one field for each problem.
func (d Document) Check() error {
	var r report
	d.check(&r)
	return r.err()
}

func (d Document) check(r *report) {
	if d.Version != 1 && d.Version != Version {
		r.add("version", "version_unknown", "The versions there are are 1 and 2.")
		return
	}
	most, told := MaxCanvas, "A canvas's side is 64 to 16384 pixels."
	if d.Version == 1 {
		most, told = MaxSide, "A canvas's side is 64 to 4096 pixels."
	}
	side := func(path string, v int) bool {
		if v < MinSide || v > most {
			r.add(path, "out_of_range", told)
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
	if d.Width > MaxPixels/d.Height {
		r.add("width", "too_many_pixels", "A canvas has at most 167 million pixels.")
		return
	}
	seen := make(map[string]Kind, len(d.Layers))
	for i, l := range d.Layers {
		path := "layers[" + strconv.Itoa(i) + "]"
		checkName(r, path+".id", l.ID, MaxID)
		if _, twice := seen[l.ID]; twice {
			r.add(path+".id", "duplicate", "Another layer has this id.")
		}
		seen[l.ID] = l.Kind
		c := layerCheck{report: r, path: path, d: d, l: l}
		c.kind(i)
		c.box()
		c.look()
	}
	for i, l := range d.Layers {
		if l.Of == "" {
			continue
		}
		switch seen[l.Of] {
		case Cutout, Shape, Sticker:
		default:
			r.add("layers["+strconv.Itoa(i)+"].of", "layer_unknown", "It names a cut-out, a shape or a sticker of this composition.")
		}
	}
}

func checkName(r *report, path, s string, most int) {
	switch {
	case s == "":
		r.add(path, "required", "It must not be empty.")
	case !utf8.ValidString(s) || utf8.RuneCountInString(s) > most:
		r.add(path, "too_long", "It has at most "+strconv.Itoa(most)+" characters.")
	case strings.ContainsFunc(s, unprintable):
		r.add(path, "control_character", "It must not contain control characters.")
	}
}

// layerCheck looks at one layer.
type layerCheck struct {
	*report
	path string
	d    Document
	l    Layer
}

// has tells which fields a layer has set that not every kind has, in the order
// in which they are documented.
func (l Layer) has() []struct {
	name string
	set  bool
} {
	return []struct {
		name string
		set  bool
	}{
		{"mark", l.Mark != ""}, {"variant", l.Variant != ""}, {"text", l.Text != ""}, {"color", l.Color != ""},
		{"lines", l.Lines != 0}, {"align", l.Align != ""}, {"cutout", l.Cutout != ""}, {"sticker", l.Sticker != ""},
		{"shape", l.Shape != ""}, {"height", l.Height != 0}, {"radius", l.Radius != 0}, {"path", l.Path != ""},
		{"fill", l.Fill != nil}, {"effect", l.Effect != ""}, {"of", l.Of != ""}, {"strength", l.Strength != 0},
		{"size", l.Size != 0}, {"soft", l.Soft != 0}, {"angle", l.Angle != 0}, {"seed", l.Seed != 0},
		{"blend", l.Blend != ""}, {"opacity", l.Opacity != 0}, {"mask", l.Mask != nil},
	}
}

// firstFields are those of has that version 1 knows.
var firstFields = map[string]bool{"mark": true, "variant": true, "text": true, "color": true}

// fieldsOf says which fields of has a kind may set.
var fieldsOf = map[Kind]string{
	Picture: "",
	Mark:    " mark variant ",
	Text:    " text color lines align blend opacity mask ",
	Cutout:  " cutout blend opacity mask ",
	Sticker: " sticker variant blend opacity mask ",
	Shape:   " shape height radius path fill blend opacity mask ",
	Effect:  " effect mask strength ",
}

// fieldsOfEffect says which fields an effect may set besides fieldsOf.
var fieldsOfEffect = map[string]string{
	ShadowEffect:     " of color size soft angle ",
	ReflectionEffect: " of size ",
	SnowEffect:       " color size angle seed ",
	GrainEffect:      " size seed ",
	VignetteEffect:   " color size ",
	GradeEffect:      " fill ",
}

func (c *layerCheck) kind(i int) {
	l := c.l
	if (i == 0) != (l.Kind == Picture) {
		c.add(c.path+".kind", "picture_first", "The first layer is the picture, and the only one.")
	}
	allowed, known := fieldsOf[l.Kind]
	if !known || c.d.Version == 1 && l.Kind != Picture && l.Kind != Mark && l.Kind != Text {
		told := "A layer is a picture, a mark, a text, a cutout, a shape, a sticker or an effect."
		if c.d.Version == 1 {
			told = "A layer is a picture, a mark or a text."
		}
		c.add(c.path+".kind", "kind_unknown", told)
		return
	}
	if l.Kind == Effect {
		allowed += fieldsOfEffect[l.Effect]
	}
	for _, f := range l.has() {
		switch {
		case !f.set:
		case c.d.Version == 1 && !firstFields[f.name]:
			c.add(c.path+"."+f.name, "unknown_field", "There is no such field.")
		case !strings.Contains(allowed, " "+f.name+" "):
			c.add(c.path+"."+f.name, "not_for_kind", "A layer of this kind has no "+f.name+".")
		}
	}
	switch l.Kind {
	case Picture:
		if i == 0 && (l.X != 0 || l.Y != 0 || l.Rotation != 0 || math.Abs(l.Width-float64(c.d.Width)) > positionSlack) {
			c.add(c.path, "picture_moved", "The picture lies at 0, 0, unturned, and is as wide as the canvas.")
		}
	case Mark:
		checkName(c.report, c.path+".mark", l.Mark, MaxID)
		c.variant()
	case Text:
		c.text()
	case Cutout:
		checkName(c.report, c.path+".cutout", l.Cutout, MaxCutoutID)
	case Sticker:
		checkName(c.report, c.path+".sticker", l.Sticker, MaxID)
		c.variant()
	case Shape:
		c.shape()
	case Effect:
		c.effect()
	}
}

func (c *layerCheck) variant() {
	if c.l.Variant != "" {
		checkName(c.report, c.path+".variant", c.l.Variant, MaxID)
	}
}

func (c *layerCheck) text() {
	if code, message := textProblem(c.l.Text, c.l.Lines); code != "" {
		c.add(c.path+".text", code, message)
	}
	if c.l.Lines < 0 || c.l.Lines > MaxLines {
		c.add(c.path+".lines", "out_of_range", "A text has 1 to 8 lines.")
	}
	c.oneOf("align", c.l.Align, "", "start", "center", "end")
	c.color("color", c.l.Color, len("#rrggbb"))
}

func (c *layerCheck) oneOf(field, v string, names ...string) bool {
	for _, n := range names {
		if v == n {
			return true
		}
	}
	c.add(c.path+"."+field, "value_unknown", "It must be one of: "+strings.TrimPrefix(strings.Join(names, ", "), ", ")+".")
	return false
}

// color reports a colour that is not empty and not written as it should be;
// length is that of the longest form allowed.
func (c *layerCheck) color(field, s string, length int) {
	_, err := raster.ParseHex(s)
	if s != "" && (err != nil || len(s) != len("#rrggbb") && len(s) != length) {
		c.add(c.path+"."+field, "color_invalid", "A colour is written like #1f6f5c.")
	}
}

// box checks the numbers of the layer's place.
func (c *layerCheck) box() {
	l := c.l
	w, h := float64(c.d.Width)*MaxReach, float64(c.d.Height)*MaxReach
	if l.Kind == Effect {
		for _, f := range []struct {
			name string
			v    float64
		}{{"x", l.X}, {"y", l.Y}, {"width", l.Width}, {"rotation", l.Rotation}} {
			if f.v != 0 {
				c.add(c.path+"."+f.name, "not_for_kind", "An effect has no box of its own. Leave it out, or use a mask.")
			}
		}
		return
	}
	c.within(c.path+".x", l.X, -w, w)
	c.within(c.path+".y", l.Y, -h, h)
	c.extent("width", l.Width, w)
	if l.Kind == Shape {
		c.extent("height", l.Height, h)
	}
	c.within(c.path+".rotation", l.Rotation, -MaxRotation, MaxRotation)
}

func (c *layerCheck) extent(field string, v, most float64) {
	if v <= 0 {
		c.add(c.path+"."+field, "out_of_range", "It must be more than 0.")
	} else {
		c.within(c.path+"."+field, v, 0, most)
	}
}
