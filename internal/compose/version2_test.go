package compose

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// rich has a layer of every kind and every effect.
const rich = `{"version":2,"width":1000,"height":800,"layers":[
	{"id":"bg","kind":"picture","x":0,"y":0,"width":1000},
	{"id":"tone","kind":"effect","effect":"grade","strength":0.6,"fill":{"stops":[{"at":0,"color":"#0F3D33"},{"at":1,"color":"#F6EFE0"}]}},
	{"id":"panel","kind":"shape","shape":"rect","x":40,"y":520,"width":460,"height":220,"radius":24,"fill":{"gradient":"linear","angle":90,"stops":[{"at":0,"color":"#0f3d33cc"},{"at":1,"color":"#0f3d3300"}]},"blend":"multiply","opacity":0.8},
	{"id":"sun","kind":"shape","shape":"ellipse","x":700,"y":60,"width":200,"height":200,"fill":{"gradient":"radial","stops":[{"at":0,"color":"#F2B14B"},{"at":1,"color":"#F2B14B00"}]},"blend":"screen"},
	{"id":"hill","kind":"shape","shape":"path","path":"M0 100 Q50 -20 100 100 Z","x":0,"y":600,"width":1000,"height":200,"fill":{"color":"#BFDCE5"},"mask":{"shape":"fade","angle":90}},
	{"id":"fall","kind":"effect","effect":"shadow","of":"fox","size":0.3,"soft":0.05,"angle":30,"color":"#12202B","strength":0.7},
	{"id":"ice","kind":"effect","effect":"reflection","of":"fox","size":0.5,"mask":{"shape":"rect","x":0,"y":0.5,"width":1,"height":0.5,"feather":0.1}},
	{"id":"fox","kind":"cutout","cutout":"b1946ac9","x":560,"y":380,"width":260,"rotation":-4,"mask":{"shape":"ellipse","x":-0.1,"y":-0.1,"width":1.2,"height":1.2,"feather":0.02}},
	{"id":"star","kind":"sticker","sticker":"star","variant":"gold","x":60,"y":60,"width":120,"opacity":0.9,"blend":"soft-light"},
	{"id":"head","kind":"text","text":"Light the\nlong night","lines":3,"align":"start","color":"#F6EFE0","x":80,"y":540,"width":380,"blend":"normal"},
	{"id":"flakes","kind":"effect","effect":"snow","strength":0.4,"size":1.2,"angle":-12,"seed":7},
	{"id":"film","kind":"effect","effect":"grain","size":1.5,"seed":9,"x":0,"y":0,"width":0,"rotation":0},
	{"id":"edge","kind":"effect","effect":"vignette","size":0.7,"color":"#0b1420","mask":{"shape":"path","path":"M0 0H100V100H0Z","invert":true}},
	{"id":"logo","kind":"mark","mark":"flat","x":60,"y":240,"width":200}]}`

func changed(old, new string) string {
	if !strings.Contains(rich, old) {
		panic(old)
	}
	return strings.Replace(rich, old, new, 1)
}

// newDocuments are inputs of version 2, as documents are.
func newDocuments() []sample {
	at := func(i int, field string) string { return fmt.Sprintf("layers[%d].%s", i, field) }
	long := "M0 0" + strings.Repeat("l1 1", 600) + "z"
	return []sample{
		{name: "rich", json: rich},
		{name: "version 1 in version 2's clothes", json: changed(`"version":2`, `"version":1`), path: at(1, "effect"), code: "unknown_field", beyond: false},
		{name: "the old document as version 2", json: edited(`"version":1`, `"version":2`)},
		{name: "billboard", json: `{"version":2,"width":16384,"height":10240,"layers":[{"id":"a","kind":"picture","x":0,"y":0,"width":16384}]}`},
		{name: "too many pixels", json: `{"version":2,"width":16384,"height":16384,"layers":[{"id":"a","kind":"picture","x":0,"y":0,"width":16384}]}`, path: "width", code: "too_many_pixels", beyond: true},
		{name: "too wide", json: `{"version":2,"width":16385,"height":64,"layers":[{"id":"a","kind":"picture","x":0,"y":0,"width":16385}]}`, path: "width", code: "out_of_range"},
		{name: "mark with an opacity", json: changed(`"mark":"flat",`, `"mark":"flat","opacity":0.5,`), path: at(13, "opacity"), code: "not_for_kind"},
		{name: "mark with a blend", json: changed(`"mark":"flat",`, `"mark":"flat","blend":"screen",`), path: at(13, "blend"), code: "not_for_kind"},
		{name: "mark with a mask", json: changed(`"mark":"flat",`, `"mark":"flat","mask":{"shape":"rect"},`), path: at(13, "mask"), code: "not_for_kind"},
		{name: "picture with a mask", json: changed(`"kind":"picture",`, `"kind":"picture","mask":{"shape":"rect"},`), path: at(0, "mask"), code: "not_for_kind"},
		{name: "shadow of a mark", json: changed(`"of":"fox","size":0.3`, `"of":"logo","size":0.3`), path: at(5, "of"), code: "layer_unknown", beyond: true},
		{name: "reflection of nothing", json: changed(`"of":"fox","size":0.5`, `"of":"cat","size":0.5`), path: at(6, "of"), code: "layer_unknown", beyond: true},
		{name: "shadow of no layer", json: changed(`"of":"fox","size":0.3`, `"size":0.3`), path: at(5, "of"), code: "required"},
		{name: "effect unknown", json: changed(`"effect":"grain"`, `"effect":"glitter"`), path: at(11, "size"), code: "not_for_kind"},
		{name: "effect with a box", json: changed(`"seed":9,"x":0`, `"seed":9,"x":5`), path: at(11, "x"), code: "not_for_kind"},
		{name: "effect with a blend", json: changed(`"effect":"grain"`, `"effect":"grain","blend":"screen"`), path: at(11, "blend"), code: "not_for_kind"},
		{name: "effect too strong", json: changed(`"strength":0.4`, `"strength":1.4`), path: at(10, "strength"), code: "out_of_range"},
		{name: "flakes too large", json: changed(`"size":1.2`, `"size":40`), path: at(10, "size"), code: "out_of_range"},
		{name: "seed below nothing", json: changed(`"seed":7`, `"seed":-7`), path: at(10, "seed"), code: "out_of_range"},
		{name: "half a seed", json: changed(`"seed":7`, `"seed":7.5`), path: at(10, "seed"), code: "wrong_type"},
		{name: "snow leaning flat", json: changed(`"angle":-12`, `"angle":-90`), path: at(10, "angle"), code: "out_of_range"},
		{name: "grade without colours", json: changed(`,"fill":{"stops":[{"at":0,"color":"#0F3D33"},{"at":1,"color":"#F6EFE0"}]}`, ``), path: at(1, "fill"), code: "required"},
		{name: "grade of one colour", json: changed(`{"stops":[{"at":0,"color":"#0F3D33"},{"at":1,"color":"#F6EFE0"}]}`, `{"color":"#0F3D33"}`), path: at(1, "fill"), code: "not_for_kind"},
		{name: "stops that go back", json: changed(`{"stops":[{"at":0,`, `{"stops":[{"at":1,"color":"#000000"},{"at":0,`), path: at(1, "fill.stops[1].at"), code: "not_ascending", beyond: true},
		{name: "stop beyond the end", json: changed(`{"stops":[{"at":0,`, `{"stops":[{"at":-1,`), path: at(1, "fill.stops[0].at"), code: "out_of_range"},
		{name: "one stop", json: changed(`{"at":0,"color":"#0F3D33"},{`, `{`), path: at(1, "fill.stops"), code: "out_of_range"},
		{name: "nine stops", json: changed(`{"stops":[`, `{"stops":[`+strings.Repeat(`{"at":0,"color":"#0F3D33"},`, 9)), path: at(1, "fill.stops"), code: "too_many"},
		{name: "stop without colour", json: changed(`{"at":0,"color":"#0F3D33"}`, `{"at":0,"color":""}`), path: at(1, "fill.stops[0].color"), code: "required"},
		{name: "shape without fill", json: changed(`,"fill":{"color":"#BFDCE5"}`, ``), path: at(4, "fill"), code: "required"},
		{name: "fill of both", json: changed(`{"color":"#BFDCE5"}`, `{"color":"#BFDCE5","gradient":"linear"}`), path: at(4, "fill"), code: "fill_ambiguous"},
		{name: "fill by name", json: changed(`{"color":"#BFDCE5"}`, `{"color":"snow"}`), path: at(4, "fill.color"), code: "color_invalid"},
		{name: "fill with an address", json: changed(`{"color":"#BFDCE5"}`, `{"color":"url(#a)"}`), path: at(4, "fill.color"), code: "color_invalid"},
		{name: "fill unknown", json: changed(`{"color":"#BFDCE5"}`, `{"image":"a"}`), path: at(4, "fill.image"), code: "unknown_field"},
		{name: "gradient unknown", json: changed(`"gradient":"radial"`, `"gradient":"conic"`), path: at(3, "fill.gradient"), code: "value_unknown"},
		{name: "shape unknown", json: changed(`"shape":"ellipse","x":700`, `"shape":"star","x":700`), path: at(3, "shape"), code: "value_unknown"},
		{name: "shape without height", json: changed(`"width":200,"height":200,`, `"width":200,`), path: at(3, "height"), code: "out_of_range"},
		{name: "shape too high", json: changed(`"width":200,"height":200,`, `"width":200,"height":3201,`), path: at(3, "height"), code: "out_of_range", beyond: true},
		{name: "ellipse with a radius", json: changed(`"shape":"ellipse","x":700`, `"shape":"ellipse","radius":5,"x":700`), path: at(3, "radius"), code: "not_for_kind"},
		{name: "no path", json: changed(`"path":"M0 100 Q50 -20 100 100 Z",`, ``), path: at(4, "path"), code: "required"},
		{name: "path of words", json: changed(`M0 100 Q50 -20 100 100 Z`, `hello`), path: at(4, "path"), code: "path_invalid"},
		{name: "path that begins nowhere", json: changed(`M0 100 Q50 -20 100 100 Z`, `L5 5`), path: at(4, "path"), code: "path_invalid", beyond: true},
		{name: "path far out", json: changed(`M0 100 Q50 -20 100 100 Z`, `M0 0L1e30 5`), path: at(4, "path"), code: "path_invalid", beyond: true},
		{name: "path of many segments", json: changed(`M0 100 Q50 -20 100 100 Z`, long), path: at(4, "path"), code: "path_invalid", beyond: true},
		{name: "path of many characters", json: changed(`M0 100 Q50 -20 100 100 Z`, "M0 0"+strings.Repeat(" ", MaxPathBytes)+"L1 1"), path: at(4, "path"), code: "too_long"},
		{name: "blend unknown", json: changed(`"blend":"multiply"`, `"blend":"erase"`), path: at(2, "blend"), code: "value_unknown"},
		{name: "opacity too much", json: changed(`"opacity":0.8`, `"opacity":1.01`), path: at(2, "opacity"), code: "out_of_range"},
		{name: "mask unknown", json: changed(`"mask":{"shape":"fade"`, `"mask":{"shape":"picture"`), path: at(4, "mask.shape"), code: "value_unknown"},
		{name: "mask with a mask", json: changed(`"mask":{"shape":"fade"`, `"mask":{"shape":"fade","mask":{}`), path: at(4, "mask.mask"), code: "unknown_field"},
		{name: "mask null", json: changed(`"mask":{"shape":"fade","angle":90}`, `"mask":null`), path: at(4, "mask"), code: "wrong_type"},
		{name: "mask inverted by a word", json: changed(`"invert":true`, `"invert":"yes"`), path: at(12, "mask.invert"), code: "wrong_type"},
		{name: "mask too soft", json: changed(`"feather":0.1`, `"feather":0.6`), path: at(6, "mask.feather"), code: "out_of_range"},
		{name: "cutout without id", json: changed(`"cutout":"b1946ac9",`, ``), path: at(7, "cutout"), code: "required"},
		{name: "cutout without a place", json: changed(`"cutout":"b1946ac9","x":560,`, `"cutout":"b1946ac9",`), path: at(7, "x"), code: "required"},
		{name: "nine lines", json: changed(`"lines":3`, `"lines":9`), path: at(9, "lines"), code: "out_of_range"},
		{name: "paragraphs in one line", json: changed(`"lines":3`, `"lines":1`), path: at(9, "text"), code: "control_character"},
		{name: "text of many lines", json: changed(`Light the\nlong night`, strings.Repeat("snow ", 96)), path: "", code: ""},
		{name: "text too long for many lines", json: changed(`Light the\nlong night`, strings.Repeat("snow ", 97)), path: at(9, "text"), code: "text_too_long"},
		{name: "one word of 10,000 letters", json: changed(`Light the\nlong night`, strings.Repeat("a", 10000)), path: at(9, "text"), code: "text_too_long"},
		{name: "align unknown", json: changed(`"align":"start"`, `"align":"left"`), path: at(9, "align"), code: "value_unknown"},
	}
}

func TestRichDocumentRoundTrip(t *testing.T) {
	t.Parallel()
	d, err := Parse([]byte(rich))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	e, err := Parse(data)
	if err != nil || !reflect.DeepEqual(d, e) {
		t.Errorf("%+v became %+v, %v", d, e, err)
	}
}

// A version 1 document says in version 2 what it said before.
func TestMigration(t *testing.T) {
	t.Parallel()
	d, err := Parse([]byte(good))
	if err != nil || d.Version != 2 {
		t.Fatalf("version %d, %v", d.Version, err)
	}
	old := d
	old.Version = 1
	if err := old.Check(); err != nil {
		t.Errorf("as version 1: %v", err)
	}
	if !reflect.DeepEqual(old.Migrated(), d) || d.Migrated().Version != 2 {
		t.Errorf("migrated: %+v", old.Migrated())
	}
	old.Layers = slices.Clone(old.Layers)
	old.Layers[1].Opacity = 0.5
	if old.Check() == nil {
		t.Error("version 1 has no opacity")
	}
}

func TestOldestSaysTheSame(t *testing.T) {
	t.Parallel()
	old := Document{Version: 1, Width: 1024, Height: 1024, Layers: []Layer{
		{ID: "picture", Kind: Picture, Width: 1024},
		{ID: "m", Kind: Mark, Mark: "wordmark", X: 50, Y: 900, Width: 300},
		{ID: "t", Kind: Text, Text: "Light", X: 50, Y: 50, Width: 500, Rotation: 4},
	}}
	if got := old.Migrated().Oldest(); got.Version != 1 || len(got.Layers) != 3 {
		t.Errorf("an old document came back as version %d", got.Version)
	}
	newer := old.Migrated()
	newer.Layers = append(newer.Layers, Layer{ID: "grain", Kind: Effect})
	if got := newer.Oldest(); got.Version != Version {
		t.Errorf("a document with an effect became version %d", got.Version)
	}
	faded := old.Migrated()
	faded.Layers[2].Opacity = 0.5
	if got := faded.Oldest(); got.Version != Version {
		t.Errorf("a faded text became version %d", got.Version)
	}
}
