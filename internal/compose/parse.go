package compose

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"unicode/utf8"

	"marquee/internal/fault"
)

// Parse reads a layer document and holds it to every limit. It is stricter than
// JSON asks for: fields it does not know, fields given twice and anything after
// the document are refused, because a part that is silently ignored would make
// a picture other than the one that was asked for. Texts come out cleaned (see
// CleanText), and a document of version 1 as the current Version.
//
// Errors are *fault.Error: composition_too_large, composition_unreadable when
// it is no JSON, composition_invalid with the fields that are wrong.
func Parse(data []byte) (Document, error) {
	if len(data) > MaxBytes {
		return Document{}, fault.New(fault.TooLarge, "composition_too_large",
			"The composition is larger than 64 KB. Send fewer or simpler layers.")
	}
	if !utf8.Valid(data) {
		return Document{}, unreadable(errors.New("not UTF-8"))
	}
	r := reader{dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	var d Document
	if err := r.document(&d); err != nil {
		return Document{}, err
	}
	if _, err := r.dec.Token(); err != io.EOF {
		return Document{}, unreadable(errors.New("something follows the document"))
	}
	if d.Version == 1 {
		for _, path := range r.later {
			r.report.add(path, "unknown_field", "There is no such field.")
		}
	}
	if err := r.report.err(); err != nil {
		return Document{}, err
	}
	for i, l := range d.Layers {
		if l.Kind == Text {
			d.Layers[i].Text = cleanText(l.Text, l.Lines)
		}
	}
	if err := d.Check(); err != nil {
		return Document{}, err
	}
	return d.Migrated(), nil
}

func unreadable(cause error) error {
	return fault.New(fault.Malformed, "composition_unreadable",
		"The composition is not valid JSON of a layer document.").Because(cause)
}

// reader walks the tokens of the document. Problems with the meaning go to the
// report; an error is returned only where reading can't go on.
type reader struct {
	dec    *json.Decoder
	report report
	// later are the fields that were given and that version 1 does not know.
	later []string
	// seen are the fields of the object that was read last.
	seen map[string]bool
}

func (r *reader) document(d *Document) error {
	return r.object("", map[string]func(string) error{
		"version": r.whole(&d.Version),
		"width":   r.whole(&d.Width),
		"height":  r.whole(&d.Height),
		"layers":  func(path string) error { return r.layers(path, d) },
	}, "version", "width", "height", "layers")
}

func (r *reader) layers(path string, d *Document) error {
	return r.list(path, MaxLayers, "A composition has at most 40 layers.", func(path string) error {
		var l Layer
		err := r.object(path, map[string]func(string) error{
			"id":       r.text(&l.ID),
			"kind":     r.text((*string)(&l.Kind)),
			"mark":     r.text(&l.Mark),
			"variant":  r.text(&l.Variant),
			"text":     r.text(&l.Text),
			"color":    r.text(&l.Color),
			"x":        r.number(&l.X),
			"y":        r.number(&l.Y),
			"width":    r.number(&l.Width),
			"rotation": r.number(&l.Rotation),
			"lines":    r.since2(r.whole(&l.Lines)),
			"align":    r.since2(r.text(&l.Align)),
			"cutout":   r.since2(r.text(&l.Cutout)),
			"sticker":  r.since2(r.text(&l.Sticker)),
			"shape":    r.since2(r.text(&l.Shape)),
			"height":   r.since2(r.number(&l.Height)),
			"radius":   r.since2(r.number(&l.Radius)),
			"path":     r.since2(r.text(&l.Path)),
			"fill":     r.since2(r.fill(&l.Fill)),
			"effect":   r.since2(r.text(&l.Effect)),
			"of":       r.since2(r.text(&l.Of)),
			"strength": r.since2(r.number(&l.Strength)),
			"size":     r.since2(r.number(&l.Size)),
			"soft":     r.since2(r.number(&l.Soft)),
			"angle":    r.since2(r.number(&l.Angle)),
			"seed":     r.since2(r.whole(&l.Seed)),
			"blend":    r.since2(r.text(&l.Blend)),
			"opacity":  r.since2(r.number(&l.Opacity)),
			"mask":     r.since2(r.mask(&l.Mask)),
		}, "id", "kind")
		if err != nil {
			return err
		}
		// An effect has no box, so it need not say where it is.
		for _, key := range []string{"x", "y", "width"} {
			if l.Kind != Effect && !r.seen[key] {
				r.report.add(path+"."+key, "required", "This field is missing.")
			}
		}
		d.Layers = append(d.Layers, l)
		return nil
	})
}

func (r *reader) fill(to **Fill) func(string) error {
	return func(path string) error {
		var f Fill
		*to = &f
		return r.object(path, map[string]func(string) error{
			"color":    r.text(&f.Color),
			"gradient": r.text(&f.Gradient),
			"angle":    r.number(&f.Angle),
			"stops": func(path string) error {
				return r.list(path, MaxStops, "A gradient has at most 8 stops.", func(path string) error {
					var s Stop
					err := r.object(path, map[string]func(string) error{
						"at": r.number(&s.At), "color": r.text(&s.Color),
					}, "at", "color")
					f.Stops = append(f.Stops, s)
					return err
				})
			},
		})
	}
}

func (r *reader) mask(to **Mask) func(string) error {
	return func(path string) error {
		var m Mask
		*to = &m
		return r.object(path, map[string]func(string) error{
			"shape":   r.text(&m.Shape),
			"x":       r.number(&m.X),
			"y":       r.number(&m.Y),
			"width":   r.number(&m.Width),
			"height":  r.number(&m.Height),
			"path":    r.text(&m.Path),
			"angle":   r.number(&m.Angle),
			"feather": r.number(&m.Feather),
			"invert":  r.truth(&m.Invert),
		}, "shape")
	}
}

// since2 notes a field that version 1 does not know: the version may be read
// after it.
func (r *reader) since2(read func(string) error) func(string) error {
	return func(path string) error {
		r.later = append(r.later, path)
		return read(path)
	}
}

// list reads a list of at most n values.
func (r *reader) list(path string, n int, tooMany string, read func(path string) error) error {
	t, err := r.token()
	if err != nil {
		return err
	}
	if t != json.Delim('[') {
		return r.wrong(path, t, "a list")
	}
	for i := 0; r.dec.More(); i++ {
		if i == n {
			r.report.add(path, "too_many", tooMany)
			return r.report.err()
		}
		if err := read(path + "[" + strconv.Itoa(i) + "]"); err != nil {
			return err
		}
	}
	_, err = r.token()
	return err
}

func (r *reader) token() (json.Token, error) {
	t, err := r.dec.Token()
	if err != nil {
		return nil, unreadable(err)
	}
	return t, nil
}

// wrong reports a value of the wrong type. It is final: the rest of the value
// would have to be skipped, and may be anything.
func (r *reader) wrong(path string, got json.Token, want string) error {
	if path == "" {
		path = "."
	}
	r.report.add(path, "wrong_type", "It must be "+want+".")
	return r.report.err()
}

func (r *reader) object(path string, fields map[string]func(string) error, required ...string) error {
	t, err := r.token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return r.wrong(path, t, "an object")
	}
	at := func(key string) string {
		if path == "" {
			return key
		}
		return path + "." + key
	}
	seen := map[string]bool{}
	for r.dec.More() {
		t, err := r.token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		read, known := fields[key]
		if !known {
			if len(key) > MaxID {
				key = key[:MaxID]
			}
			r.report.add(at(key), "unknown_field", "There is no such field.")
			return r.report.err()
		}
		if seen[key] {
			r.report.add(at(key), "duplicate", "This field is given twice.")
			return r.report.err()
		}
		seen[key] = true
		if err := read(at(key)); err != nil {
			return err
		}
	}
	for _, key := range required {
		if !seen[key] {
			r.report.add(at(key), "required", "This field is missing.")
		}
	}
	r.seen = seen
	_, err = r.token()
	return err
}

func (r *reader) text(to *string) func(string) error {
	return func(path string) error {
		t, err := r.token()
		if err != nil {
			return err
		}
		s, ok := t.(string)
		if !ok {
			return r.wrong(path, t, "a text")
		}
		*to = s
		return nil
	}
}

func (r *reader) number(to *float64) func(string) error {
	return func(path string) error {
		t, err := r.token()
		if err != nil {
			return err
		}
		n, ok := t.(json.Number)
		if !ok {
			return r.wrong(path, t, "a number")
		}
		v, err := n.Float64()
		if err != nil || math.IsInf(v, 0) {
			return r.wrong(path, t, "a number of ordinary size")
		}
		*to = v
		return nil
	}
}

func (r *reader) whole(to *int) func(string) error {
	return func(path string) error {
		var v float64
		if err := r.number(&v)(path); err != nil {
			return err
		}
		if v != math.Trunc(v) || math.Abs(v) > 1<<31 {
			return r.wrong(path, nil, "a whole number")
		}
		*to = int(v)
		return nil
	}
}

func (r *reader) truth(to *bool) func(string) error {
	return func(path string) error {
		t, err := r.token()
		if err != nil {
			return err
		}
		v, ok := t.(bool)
		if !ok {
			return r.wrong(path, t, "true or false")
		}
		*to = v
		return nil
	}
}
