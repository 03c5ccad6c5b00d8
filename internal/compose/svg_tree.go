package compose

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"marquee/internal/fault"
)

// The limits of a drawing.
const (
	MaxDrawingBytes    = 1 << 20
	MaxDrawingSegments = 20_000
	maxDepth           = 32
	maxElements        = 5_000
	maxGroups          = 64 // with an opacity of their own
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
)

// element is one node of the drawing's tree.
type element struct {
	name     string
	attrs    map[string]string // presentation attributes and style declarations alike
	children []*element
}

func tooComplex(what string) error {
	return fault.New(fault.TooLarge, "drawing_too_large",
		"The drawing is too large: %s. Simplify it and try again.", what)
}

func notDrawing(cause error) error {
	return fault.New(fault.Invalid, "drawing_unreadable",
		"The file is not a complete SVG drawing.").Because(cause)
}

func unsafe(what string) error {
	return fault.New(fault.Invalid, "drawing_unsafe",
		"The drawing contains %s. Remove it and export the file again.", what).With("what", what)
}

func unsupported(what string) error {
	return fault.New(fault.Invalid, "drawing_unsupported",
		"The drawing uses %s, which can't be drawn here. Turn it into plain shapes and export the file again.", what).With("what", what)
}

// readTree reads the elements of an SVG file and refuses everything that could
// reach outside of it, run, or look different elsewhere.
func readTree(data []byte) (*element, error) {
	if len(data) > MaxDrawingBytes {
		return nil, tooComplex("more than 1 MB")
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	var root *element
	var stack []*element
	elements, skip := 0, 0
	for {
		t, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, notDrawing(err)
		}
		switch t := t.(type) {
		case xml.Directive:
			return nil, unsafe("a document type or entities")
		case xml.ProcInst:
			if t.Target != "xml" {
				return nil, unsafe("a processing instruction")
			}
		case xml.CharData:
			if len(stack) == 0 && len(bytes.TrimSpace(t)) > 0 && !bytes.Equal(t, []byte("\ufeff")) {
				return nil, notDrawing(errors.New("text outside of the drawing"))
			}
		case xml.StartElement:
			if elements++; elements > maxElements {
				return nil, tooComplex("more than 5,000 elements")
			}
			if len(stack)+skip >= maxDepth {
				return nil, tooComplex("more than 32 levels of groups")
			}
			if skip > 0 || t.Name.Space != svgSpace && root != nil {
				skip++ // notes of drawing programs, which nothing here draws
				continue
			}
			e, err := readElement(t, root == nil)
			if err != nil {
				return nil, err
			}
			if root == nil {
				root = e
			} else if len(stack) == 0 {
				return nil, notDrawing(errors.New("two roots"))
			} else {
				up := stack[len(stack)-1]
				up.children = append(up.children, e)
			}
			stack = append(stack, e)
		case xml.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			stack = stack[:len(stack)-1]
		}
	}
	if root == nil {
		return nil, notDrawing(errors.New("no elements"))
	}
	return root, nil
}

// drawn are the elements that are read; the others are refused by name.
var drawn = map[string]bool{
	"svg": true, "g": true, "path": true, "rect": true, "circle": true, "ellipse": true,
	"line": true, "polyline": true, "polygon": true, "defs": true, "linearGradient": true,
	"radialGradient": true, "stop": true, "clipPath": true,
	"title": true, "desc": true, "metadata": true,
}

var dangerous = map[string]string{
	"script": "a script", "foreignObject": "foreign content", "image": "an embedded or linked picture",
	"a": "a link", "iframe": "a frame", "animate": "an animation", "animateMotion": "an animation",
	"animateTransform": "an animation", "set": "an animation", "handler": "a script",
	"style": "a style sheet", "use": "a reference to another part", "audio": "sound", "video": "a film",
}

func readElement(t xml.StartElement, root bool) (*element, error) {
	name := t.Name.Local
	if root && (name != "svg" || t.Name.Space != svgSpace) {
		return nil, notDrawing(errors.New("the root is not svg"))
	}
	if what, bad := dangerous[name]; bad {
		return nil, unsafe(what)
	}
	if !drawn[name] || name == "svg" && !root {
		return nil, unsupported("<" + clip(name) + ">")
	}
	e := &element{name: name, attrs: make(map[string]string, len(t.Attr))}
	style := ""
	for _, a := range t.Attr {
		local := a.Name.Local
		switch {
		case a.Name.Space == "xmlns" || local == "xmlns":
			continue
		case local == "href" && (a.Name.Space == "" || a.Name.Space == xlinkSpace):
			if !strings.HasPrefix(name, "linear") && !strings.HasPrefix(name, "radial") || !strings.HasPrefix(a.Value, "#") {
				return nil, unsafe("a reference to something outside")
			}
			e.attrs["href"] = a.Value
			continue
		case len(local) > 2 && strings.EqualFold(local[:2], "on"):
			return nil, unsafe("a script")
		case a.Name.Space != "":
			continue
		case local == "style":
			style = a.Value
			continue
		}
		if err := e.set(local, a.Value); err != nil {
			return nil, err
		}
	}
	for declaration := range strings.SplitSeq(style, ";") {
		key, value, ok := strings.Cut(declaration, ":")
		if key = strings.TrimSpace(key); !ok || key == "" {
			continue
		}
		if err := e.set(key, value); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// changing are the attributes that would change the look in a way that is not
// drawn; each has the value that changes nothing.
var changing = map[string]string{
	"filter": "none", "mask": "none", "marker": "none", "marker-start": "none", "marker-mid": "none",
	"marker-end": "none", "mix-blend-mode": "normal", "vector-effect": "none", "paint-order": "normal",
	"transform-origin": "0 0", "isolation": "auto", "fr": "0",
	"clip": "auto",
}

func (e *element) set(key, value string) error {
	value = strings.TrimSpace(value)
	if none, ok := changing[key]; ok && value != none && value != "" {
		return unsupported("“" + clip(key) + "”")
	}
	if i := strings.Index(strings.ToLower(value), "url("); i >= 0 && key != "id" {
		rest := strings.TrimLeft(value[i+len("url("):], ` '"`)
		if !strings.HasPrefix(rest, "#") {
			return unsafe("a reference to something outside")
		}
	}
	e.attrs[key] = value
	return nil
}

// clip shortens what a message repeats from a file.
func clip(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:24]) + "…"
	}
	return s
}
