package compose

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"marquee/internal/fault"
)

const good = `{"version":1,"width":1024,"height":768,"layers":[
	{"id":"bg","kind":"picture","x":0,"y":0,"width":1024,"rotation":0},
	{"id":"m1","kind":"mark","mark":"wordmark","variant":"on-dark","x":40.5,"y":30,"width":300,"rotation":-12.5},
	{"id":"t1","kind":"text","text":"Hello, winter","color":"#F6EFE0","x":100,"y":600,"width":500,"rotation":0}]}`

// edited returns the good document with one replacement.
func edited(old, new string) string {
	if !strings.Contains(good, old) {
		panic(old)
	}
	return strings.Replace(good, old, new, 1)
}

type sample struct {
	name, json, path, code string
	beyond                 bool
}

// documents are inputs of version 1 with the path and code of the first problem; both empty
// for those that are accepted. beyond marks what a schema cannot say.
var documents = []sample{
	{name: "good", json: good},
	{name: "least", json: `{"version":1,"width":64,"height":4096,"layers":[{"id":"a","kind":"picture","x":0,"y":0,"width":64}]}`},
	{name: "whole numbers with a fraction of nothing", json: edited(`"width":1024,"height"`, `"width":1024.0,"height"`)},
	{name: "empty colour and variant", json: strings.Replace(edited(`#F6EFE0`, ``), `on-dark`, ``, 1)},
	{name: "turned ten times", json: edited(`-12.5`, `3600`)},
	{name: "not an object", json: `[]`, path: ".", code: "wrong_type"},
	{name: "version 3", json: edited(`"version":1`, `"version":3`), path: "version", code: "version_unknown"},
	{name: "version 0", json: edited(`"version":1`, `"version":0`), path: "version", code: "version_unknown"},
	{name: "version missing", json: edited(`"version":1,`, ``), path: "version", code: "required"},
	{name: "width as text", json: edited(`"width":1024,"height"`, `"width":"1024","height"`), path: "width", code: "wrong_type"},
	{name: "half a pixel", json: edited(`"width":1024,"height"`, `"width":1024.5,"height"`), path: "width", code: "wrong_type"},
	{name: "canvas too small", json: edited(`"height":768`, `"height":63`), path: "height", code: "out_of_range"},
	{name: "canvas too large", json: edited(`"height":768`, `"height":4097`), path: "height", code: "out_of_range"},
	{name: "no layers", json: `{"version":1,"width":64,"height":64,"layers":[]}`, path: "layers", code: "picture_first"},
	{name: "layers missing", json: `{"version":1,"width":64,"height":64}`, path: "layers", code: "required"},
	{name: "layers null", json: `{"version":1,"width":64,"height":64,"layers":null}`, path: "layers", code: "wrong_type"},
	{name: "unknown field", json: edited(`"version":1,`, `"version":1,"effects":[],`), path: "effects", code: "unknown_field"},
	{name: "unknown layer field", json: edited(`"mark":"wordmark"`, `"mark":"wordmark","height":3`), path: "layers[1].height", code: "unknown_field"},
	{name: "another case", json: edited(`"version"`, `"Version"`), path: "Version", code: "unknown_field"},
	{name: "twice", json: edited(`"x":40.5`, `"x":1,"x":40.5`), path: "layers[1].x", code: "duplicate", beyond: true},
	{name: "kind unknown", json: edited(`"mark","mark"`, `"sticker","mark"`), path: "layers[1].kind", code: "kind_unknown"},
	{name: "mark missing", json: edited(`"mark":"wordmark",`, ``), path: "layers[1].mark", code: "required"},
	{name: "id missing", json: edited(`"id":"m1",`, ``), path: "layers[1].id", code: "required"},
	{name: "id empty", json: edited(`"id":"m1"`, `"id":""`), path: "layers[1].id", code: "required"},
	{name: "id long", json: edited(`"id":"m1"`, `"id":"`+strings.Repeat("é", 65)+`"`), path: "layers[1].id", code: "too_long"},
	{name: "id as long as may be", json: edited(`"id":"m1"`, `"id":"`+strings.Repeat("é", 64)+`"`)},
	{name: "id with a tab", json: edited(`"id":"m1"`, `"id":"m\t1"`), path: "layers[1].id", code: "control_character"},
	{name: "id twice", json: edited(`"id":"m1"`, `"id":"bg"`), path: "layers[1].id", code: "duplicate", beyond: true},
	{name: "x far out", json: edited(`"x":40.5`, `"x":4096.1`), path: "layers[1].x", code: "out_of_range", beyond: true},
	{name: "x as far out as may be", json: edited(`"x":40.5`, `"x":-4096`)},
	{name: "x out of all bounds", json: edited(`"x":40.5`, `"x":1e300`), path: "layers[1].x", code: "out_of_range"},
	{name: "x beyond numbers", json: edited(`"x":40.5`, `"x":1e999`), path: "layers[1].x", code: "wrong_type", beyond: true},
	{name: "x null", json: edited(`"x":40.5`, `"x":null`), path: "layers[1].x", code: "wrong_type"},
	{name: "y far out", json: edited(`"y":30`, `"y":3072.5`), path: "layers[1].y", code: "out_of_range", beyond: true},
	{name: "width zero", json: edited(`"width":300`, `"width":0`), path: "layers[1].width", code: "out_of_range"},
	{name: "width negative", json: edited(`"width":300`, `"width":-5`), path: "layers[1].width", code: "out_of_range"},
	{name: "width huge", json: edited(`"width":300`, `"width":4097`), path: "layers[1].width", code: "out_of_range", beyond: true},
	{name: "rotation huge", json: edited(`-12.5`, `3601`), path: "layers[1].rotation", code: "out_of_range"},
	{name: "picture moved", json: edited(`"x":0,"y":0`, `"x":1,"y":0`), path: "layers[0]", code: "picture_moved"},
	{name: "picture narrower", json: edited(`"width":1024,"rotation"`, `"width":1023,"rotation"`), path: "layers[0]", code: "picture_moved", beyond: true},
	{name: "picture not first", json: edited(`"kind":"picture"`, `"kind":"mark","mark":"a"`), path: "layers[0].kind", code: "picture_first", beyond: true},
	{name: "two pictures", json: edited(`"kind":"text","text":"Hello, winter","color":"#F6EFE0"`, `"kind":"picture"`), path: "layers[2].kind", code: "picture_first"},
	{name: "text empty", json: edited(`Hello, winter`, ``), path: "layers[2].text", code: "text_empty"},
	{name: "text of spaces", json: edited(`Hello, winter`, `   `), path: "layers[2].text", code: "text_empty", beyond: true},
	{name: "text long", json: edited(`Hello, winter`, strings.Repeat("語", 121)), path: "layers[2].text", code: "text_too_long"},
	{name: "text as long as may be", json: edited(`Hello, winter`, strings.Repeat("語", 120))},
	{name: "text of two lines", json: edited(`Hello, winter`, `a\nb`), path: "layers[2].text", code: "control_character"},
	{name: "half a surrogate pair", json: edited(`Hello, winter`, `a\ud83d`), path: "layers[2].text", code: "control_character", beyond: true},
	{name: "stacked accents", json: edited(`Hello, winter`, "a"+strings.Repeat("\u0301", 8)), path: "layers[2].text", code: "text_stacked", beyond: true},
	{name: "text on a mark", json: edited(`"mark":"wordmark"`, `"mark":"wordmark","text":"a"`), path: "layers[1].text", code: "not_for_kind"},
	{name: "mark on a text", json: edited(`"text":"Hello, winter"`, `"text":"Hello","mark":"a"`), path: "layers[2].mark", code: "not_for_kind"},
	{name: "colour by name", json: edited(`#F6EFE0`, `red`), path: "layers[2].color", code: "color_invalid"},
	{name: "colour that is see-through", json: edited(`#F6EFE0`, `#F6EFE080`), path: "layers[2].color", code: "color_invalid"},
	{name: "too many layers", json: `{"version":1,"width":64,"height":64,"layers":[{"id":"p","kind":"picture","x":0,"y":0,"width":64}` +
		strings.Repeat(`,{"id":"p","kind":"mark","mark":"a","x":0,"y":0,"width":1}`, 40) + `]}`, path: "layers", code: "too_many"},
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tc := range slices.Concat(documents, newDocuments()) {
		d, err := Parse([]byte(tc.json))
		if tc.code == "" {
			if err != nil {
				t.Errorf("%s: %v", tc.name, err)
			} else if err := d.Check(); err != nil || d.Version != Version {
				t.Errorf("%s: accepted as version %d, then %v", tc.name, d.Version, err)
			}
			continue
		}
		f, ok := fault.As(err)
		if !ok || f.Code != "composition_invalid" || f.Kind != fault.Invalid || len(f.Fields) == 0 {
			t.Errorf("%s: got %v", tc.name, err)
			continue
		}
		if f.Fields[0].Path != tc.path || f.Fields[0].Code != tc.code {
			t.Errorf("%s: told %s %s, want %s %s", tc.name, f.Fields[0].Path, f.Fields[0].Code, tc.path, tc.code)
		}
	}
}

func TestParseUnreadable(t *testing.T) {
	t.Parallel()
	for in, code := range map[string]string{
		"":                                     "composition_unreadable",
		"{":                                    "composition_unreadable",
		good + "x":                             "composition_unreadable",
		good + good:                            "composition_unreadable",
		good[:len(good)-4]:                     "composition_unreadable",
		edited("Hello", "\xff"):                "composition_unreadable",
		edited(`-12.5`, `NaN`):                 "composition_unreadable",
		good + strings.Repeat(" ", MaxBytes):   "composition_too_large",
		strings.Repeat("[", MaxBytes):          "composition_invalid",
		`{"layers":` + strings.Repeat("[", 90): "composition_invalid",
	} {
		if _, err := Parse([]byte(in)); !fault.HasCode(err, code) {
			t.Errorf("%.30q: got %v, want %s", in, err, code)
		}
	}
}

func TestParseCleansText(t *testing.T) {
	t.Parallel()
	d, err := Parse([]byte(edited("Hello, winter", "  a\u202eb\u2066c\u2069 \ufeff")))
	if err != nil || d.Layers[2].Text != "abc" {
		t.Errorf("got %+v, %v", d.Layers, err)
	}
	// The marks that only nudge, and the joiners that scripts need, stay.
	for _, s := range []string{"\u200fשלום!", "नमस्\u200dते", "می\u200cخواهم", "👩\u200d🚀"} {
		if CleanText(s) != s {
			t.Errorf("%q became %q", s, CleanText(s))
		}
	}
}

func TestDocumentRoundTrip(t *testing.T) {
	t.Parallel()
	d, err := Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	e, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Layers) != 3 || e.Layers[1] != d.Layers[1] || e.Layers[2] != d.Layers[2] {
		t.Errorf("%+v became %+v", d, e)
	}
}

func TestCheckOfNumbersThatAreNone(t *testing.T) {
	t.Parallel()
	d, err := Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, set := range []func(*Layer){
			func(l *Layer) { l.X = v }, func(l *Layer) { l.Y = v },
			func(l *Layer) { l.Width = v }, func(l *Layer) { l.Rotation = v },
		} {
			e := d
			e.Layers = append([]Layer(nil), d.Layers...)
			set(&e.Layers[1])
			if e.Check() == nil {
				t.Errorf("%+v was accepted", e.Layers[1])
			}
		}
	}
}

// The schema accepts what Parse accepts and, apart from what a schema cannot
// say, refuses what it refuses.
func TestSchemaAgreesWithParse(t *testing.T) {
	t.Parallel()
	first, second := readSchema(t, "document-v1.schema.json"), readSchema(t, "document.schema.json")
	for _, tc := range slices.Concat(documents, newDocuments()) {
		schema := first
		if strings.Contains(tc.json, `"version":2`) {
			schema = second
		}
		var v any
		if err := json.Unmarshal([]byte(tc.json), &v); err != nil {
			if !tc.beyond {
				t.Errorf("%s: %v", tc.name, err)
			}
			continue
		}
		problem := validate(schema, schema, v)
		switch {
		case tc.code == "" && problem != "":
			t.Errorf("%s: the schema refuses it: %s", tc.name, problem)
		case tc.code != "" && !tc.beyond && problem == "":
			t.Errorf("%s: the schema accepts it", tc.name)
		case tc.beyond && problem != "":
			t.Errorf("%s: the schema can say it after all: %s", tc.name, problem)
		}
	}
}

func readSchema(t *testing.T, name string) (schema map[string]any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

func FuzzParse(f *testing.F) {
	for _, tc := range slices.Concat(documents, newDocuments()) {
		f.Add([]byte(tc.json))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		out, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if len(out) > MaxBytes {
			return
		}
		if _, err := Parse(out); err != nil {
			t.Fatalf("%s was accepted, then written as %s and refused: %v", data, out, err)
		}
	})
}
