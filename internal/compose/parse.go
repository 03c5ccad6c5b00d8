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

// field is one field of an object of kind T: where its value goes, and the version
// of the document that it came with, 0 where that is its object's.
type field[T any] struct {
	name  string
	since int
	to    func(*T) any
}

// The fields of each object. What to gives is a pointer to text, a number, a
// truth, or to what has its own way of being read; see reader.into.
var (
	documentFields = []field[Document]{
		{"version", 1, func(d *Document) any { return &d.Version }},
		{"width", 1, func(d *Document) any { return &d.Width }},
		{"height", 1, func(d *Document) any { return &d.Height }},
		{"layers", 1, func(d *Document) any { return &d.Layers }},
	}
	layerFields = []field[Layer]{
		{"id", 1, func(l *Layer) any { return &l.ID }},
		{"kind", 1, func(l *Layer) any { return (*string)(&l.Kind) }},
		{"mark", 1, func(l *Layer) any { return &l.Mark }},
		{"variant", 1, func(l *Layer) any { return &l.Variant }},
		{"text", 1, func(l *Layer) any { return &l.Text }},
		{"color", 1, func(l *Layer) any { return &l.Color }},
		{"x", 1, func(l *Layer) any { return &l.X }},
		{"y", 1, func(l *Layer) any { return &l.Y }},
		{"width", 1, func(l *Layer) any { return &l.Width }},
		{"rotation", 1, func(l *Layer) any { return &l.Rotation }},
		{"lines", 2, func(l *Layer) any { return &l.Lines }},
		{"align", 2, func(l *Layer) any { return &l.Align }},
		{"cutout", 2, func(l *Layer) any { return &l.Cutout }},
		{"sticker", 2, func(l *Layer) any { return &l.Sticker }},
		{"shape", 2, func(l *Layer) any { return &l.Shape }},
		{"height", 2, func(l *Layer) any { return &l.Height }},
		{"radius", 2, func(l *Layer) any { return &l.Radius }},
		{"path", 2, func(l *Layer) any { return &l.Path }},
		{"fill", 2, func(l *Layer) any { return &l.Fill }},
		{"effect", 2, func(l *Layer) any { return &l.Effect }},
		{"of", 2, func(l *Layer) any { return &l.Of }},
		{"strength", 2, func(l *Layer) any { return &l.Strength }},
		{"size", 2, func(l *Layer) any { return &l.Size }},
		{"soft", 2, func(l *Layer) any { return &l.Soft }},
		{"angle", 2, func(l *Layer) any { return &l.Angle }},
		{"seed", 2, func(l *Layer) any { return &l.Seed }},
		{"blend", 2, func(l *Layer) any { return &l.Blend }},
		{"opacity", 2, func(l *Layer) any { return &l.Opacity }},
		{"mask", 2, func(l *Layer) any { return &l.Mask }},
	}
	fillFields = []field[Fill]{
		{"color", 0, func(f *Fill) any { return &f.Color }},
		{"gradient", 0, func(f *Fill) any { return &f.Gradient }},
		{"angle", 0, func(f *Fill) any { return &f.Angle }},
		{"stops", 0, func(f *Fill) any { return &f.Stops }},
	}
	stopFields = []field[Stop]{
		{"at", 0, func(s *Stop) any { return &s.At }},
		{"color", 0, func(s *Stop) any { return &s.Color }},
	}
	maskFields = []field[Mask]{
		{"shape", 0, func(m *Mask) any { return &m.Shape }},
		{"x", 0, func(m *Mask) any { return &m.X }},
		{"y", 0, func(m *Mask) any { return &m.Y }},
		{"width", 0, func(m *Mask) any { return &m.Width }},
		{"height", 0, func(m *Mask) any { return &m.Height }},
		{"path", 0, func(m *Mask) any { return &m.Path }},
		{"angle", 0, func(m *Mask) any { return &m.Angle }},
		{"feather", 0, func(m *Mask) any { return &m.Feather }},
		{"invert", 0, func(m *Mask) any { return &m.Invert }},
	}
)

// readersOf makes readers of an object's fields.
func readersOf[T any](r *reader, of []field[T], value *T) map[string]func(path string) error {
	out := make(map[string]func(string) error, len(of))
	for _, f := range of {
		out[f.name] = func(path string) error {
			// The version may be read after the fields that it does not know.
			if f.since > 1 {
				r.later = append(r.later, path)
			}
			return r.into(f.to(value))(path)
		}
	}
	return out
}

// into reads a value to where it belongs, by its type. A type that is not here is
// a mistake in the tables above, which the first document would show.
func (r *reader) into(to any) func(path string) error {
	switch to := to.(type) {
	case *string:
		return r.text(to)
	case *float64:
		return r.number(to)
	case *int:
		return r.whole(to)
	case *bool:
		return r.truth(to)
	case *[]Layer:
		return func(path string) error {
			return r.list(path, MaxLayers, "A composition has at most 40 layers.", func(path string) error { return r.layer(path, to) })
		}
	case **Fill:
		return func(path string) error {
			*to = &Fill{}
			return r.object(path, readersOf(r, fillFields, *to))
		}
	case *[]Stop:
		return func(path string) error {
			return r.list(path, MaxStops, "A gradient has at most 8 stops.", func(path string) error {
				var s Stop
				err := r.object(path, readersOf(r, stopFields, &s), "at", "color")
				*to = append(*to, s)
				return err
			})
		}
	case **Mask:
		return func(path string) error {
			*to = &Mask{}
			return r.object(path, readersOf(r, maskFields, *to), "shape")
		}
	}
	panic("compose: a field of a document that can't be read")
}

func (r *reader) document(d *Document) error {
	return r.object("", readersOf(r, documentFields, d), "version", "width", "height", "layers")
}

func (r *reader) layer(path string, to *[]Layer) error {
	var l Layer
	if err := r.object(path, readersOf(r, layerFields, &l), "id", "kind"); err != nil {
		return err
	}
	// An effect has no box, so it need not say where it is.
	for _, key := range []string{"x", "y", "width"} {
		if l.Kind != Effect && !r.seen[key] {
			r.report.add(path+"."+key, "required", "This field is missing.")
		}
	}
	*to = append(*to, l)
	return nil
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
