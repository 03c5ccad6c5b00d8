package imports_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"marquee/brands"
	"marquee/internal/brand"
	"marquee/internal/brand/imports"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

const (
	dictionary = `{
	  "color": {
	    "base": {"red": {"value": "#D8452E", "comment": "The star."}, "Dark Green": {"value": "rgb(15, 61, 51)"}, "sky": {"value": "hsl(195, 43%, 82%)"}},
	    "brand": {"primary": {"value": "{color.base.red.value}"}, "ghost": {"value": "{color.base.none}"}},
	    "loop": {"a": {"value": "{color.loop.b}"}, "b": {"value": "{color.loop.a}"}}
	  },
	  "size": {"font": {"small": {"value": "0.75rem"}, "medium": {"value": "16"}}, "odd": {"value": "calc(1px + 2px)"}},
	  "time": {"quick": {"value": "140ms"}},
	  "shadow": {"card": {"value": "0 1px 2px black"}},
	  "font": {"body": {"value": "'Figtree', sans-serif"}}
	}`
	w3c = `{
	  "palette": {"$type": "color", "spruce": {"$value": "#0F3D33"}, "mist": {"$value": {"colorSpace": "srgb", "components": [0.9, 0.95, 0.97], "alpha": 0.5}},
	    "deep": {"$value": {"colorSpace": "oklch", "components": [0.3, 0.05, 175]}}, "far": {"$value": {"colorSpace": "display-p3", "components": [1, 0, 0]}}},
	  "space": {"$type": "dimension", "1": {"$value": {"value": 4, "unit": "px"}}},
	  "ease": {"$type": "cubicBezier", "settle": {"$value": [0.2, 0.8, 0.2, 1]}},
	  "weight": {"bold": {"$type": "fontWeight", "$value": "bold"}},
	  "alias": {"$type": "color", "ink": {"$value": "{palette.spruce}"}}
	}`
	studio = `{
	  "$metadata": {"tokenSetOrder": ["core", "dark"]}, "$themes": [],
	  "core": {"colors": {"Ember": {"value": "#d8452e", "type": "color"}, "text": {"value": "$colors.Ember", "type": "color"}},
	    "radius": {"m": {"value": "12", "type": "borderRadius"}}, "heading": {"value": {"fontFamily": "Caprasimo"}, "type": "typography"}},
	  "dark": {"colors": {"Ember": {"value": "#ff0000", "type": "color"}, "Night": {"value": "#12202b", "type": "color"}}}
	}`
	variables = `{"meta": {"variableCollections": {}, "variables": {
	  "V:1": {"name": "Brand/Ember", "resolvedType": "COLOR", "valuesByMode": {"1:0": {"r": 0.847, "g": 0.271, "b": 0.18, "a": 1}, "1:1": {"r": 0, "g": 0, "b": 0, "a": 1}}},
	  "V:2": {"name": "Text/Accent", "resolvedType": "COLOR", "valuesByMode": {"1:0": {"type": "VARIABLE_ALIAS", "id": "V:1"}}},
	  "V:3": {"name": "Space/M", "resolvedType": "FLOAT", "valuesByMode": {"1:0": 16}},
	  "V:4": {"name": "Shown", "resolvedType": "BOOLEAN", "valuesByMode": {"1:0": true}}}}}`
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in string
		source   imports.Source
		want     string // property=value, as a kit reads them
		unread   string // paths
	}{
		{"Style Dictionary", dictionary, imports.StyleDictionary,
			"color-base-red=#d8452e color-base-dark-green=#0f3d33 color-base-sky=#bddbe5 color-brand-primary=#d8452e size-font-small=0.75rem size-font-medium=16px time-quick=140ms font-body=\"Figtree\",\"sans-serif\"",
			"color.brand.ghost color.loop.a color.loop.b size.odd shadow.card"},
		{"W3C", w3c, imports.DesignTokens,
			"palette-spruce=#0f3d33 palette-mist=#e6f2f780 palette-deep=#0a362c space-1=4px ease-settle=cubic-bezier(0.2,0.8,0.2,1) weight-bold=700 alias-ink=#0f3d33",
			"palette.far"},
		{"Tokens Studio", studio, imports.TokensStudio,
			"colors-ember=#d8452e colors-text=#d8452e colors-night=#12202b radius-m=12px",
			"heading dark"},
		{"Figma", variables, imports.FigmaVariables,
			"brand-ember=#d8452e text-accent=#d8452e space-m=16px",
			"Brand/Ember Shown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found, err := imports.Read([]byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			tokens, err := brand.ReadTokens(found.Tokens)
			if err != nil {
				t.Fatalf("a kit can't have them: %v\n%s", err, found.Tokens)
			}
			var got []string
			for _, x := range tokens {
				got = append(got, x.Property()+"="+x.Value)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
			if found.Source != c.source || found.Count != len(tokens) {
				t.Errorf("%s, %d of %d", found.Source, found.Count, len(tokens))
			}
			var unread []string
			for _, n := range found.Unread {
				unread = append(unread, n.Path)
				if n.Reason == "" {
					t.Errorf("%s: no reason", n.Path)
				}
			}
			slices.Sort(unread)
			want := strings.Fields(c.unread)
			slices.Sort(want)
			if !slices.Equal(unread, want) {
				t.Errorf("unread %v, want %v", unread, want)
			}
		})
	}
}

// TestOwnTokensComeBack reads the tokens of the kits that come with Marquee.
func TestOwnTokensComeBack(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"lumipine", "kornblum"} {
		data, err := brands.FS.ReadFile(id + "/kit.json")
		if err != nil {
			t.Fatal(err)
		}
		var kit struct{ Tokens json.RawMessage }
		if err := json.Unmarshal(data, &kit); err != nil {
			t.Fatal(err)
		}
		want, err := brand.ReadTokens(kit.Tokens)
		if err != nil {
			t.Fatal(err)
		}
		found, err := imports.Read(kit.Tokens)
		if err != nil || len(found.Unread) != 0 {
			t.Fatal(err, found.Unread)
		}
		got, err := brand.ReadTokens(found.Tokens)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d of %d, %v", len(got), len(want), err)
		}
		for i := range got {
			if got[i].Property() != want[i].Property() || !strings.EqualFold(got[i].Value, want[i].Value) || got[i].Alias != want[i].Alias {
				t.Errorf("%s: %+v became %+v", id, want[i], got[i])
			}
		}
	}
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   string
		kind fault.Kind
	}{
		"nothing": {"", fault.Malformed}, "cut off": {`{"color": {`, fault.Malformed}, "two": {`{} {}`, fault.Malformed}, "empty": {`{}`, fault.Malformed},
		"no tokens": {`{"a": {"b": 1}}`, fault.Malformed}, "text": {"hello", fault.Unsupported}, "deep": {strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000), fault.Malformed},
		"locked PDF": {"%PDF-1.7 trailer << /Encrypt 5 0 R >>", fault.Malformed}, "bare PDF": {"%PDF-1.7\n%%EOF", fault.Malformed}, "page": {"<html></html>", fault.Invalid},
	} {
		found, err := imports.Read([]byte(c.in))
		f, ok := fault.As(err)
		if !ok || f.Detail == "" || len(found.Tokens) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sheet is a page of a brand's book: its marks on paper, and three chips.
func sheet(t testing.TB, paper color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 900, 600))
	draw.Draw(m, m.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	for i, id := range []string{"wordmark-on-light", "emblem-on-light"} {
		data, err := brands.FS.ReadFile("lumipine/marks/" + id + ".svg")
		if err != nil {
			t.Fatal(err)
		}
		d, err := compose.SVG(data)
		if err != nil {
			t.Fatal(err)
		}
		img := d.Render([]int{360, 160}[i]).Image()
		at := []image.Point{{80, 120}, {620, 60}}[i]
		draw.Draw(m, img.Rect.Add(at), img, image.Point{}, draw.Over)
	}
	for i, c := range []color.NRGBA{{0xF2, 0xB1, 0x4B, 255}, {0xBF, 0xDC, 0xE5, 255}, {0x12, 0x20, 0x2B, 255}} {
		draw.Draw(m, image.Rect(80+i*150, 420, 180+i*150, 520), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return m
}

func near(palette []imports.Swatch, hex string) bool {
	return slices.ContainsFunc(palette, func(s imports.Swatch) bool { return brand.ColorDifference(s.Hex, hex) < 5 })
}

var sheetColors = []string{"#F6EFE0", "#0F3D33", "#D8452E", "#F2B14B", "#BFDCE5", "#12202B"}

func TestPictureGivesPaletteAndLogos(t *testing.T) {
	t.Parallel()
	paper := color.NRGBA{0xF6, 0xEF, 0xE0, 255}
	for name, encode := range map[string]func(*bytes.Buffer, image.Image) error{
		"png":  func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) },
		"jpeg": func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, &jpeg.Options{Quality: 90}) },
	} {
		var b bytes.Buffer
		if err := encode(&b, sheet(t, paper)); err != nil {
			t.Fatal(err)
		}
		found, err := imports.Read(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for _, hex := range sheetColors {
			if !near(found.Palette, hex) {
				t.Errorf("%s: no %s in %+v", name, hex, found.Palette)
			}
		}
		if !near(found.Palette[:1], "#f6efe0") || len(found.Palette) > 9 {
			t.Errorf("%s: the paper is %+v of %d", name, found.Palette[0], len(found.Palette))
		}
		for _, want := range []image.Rectangle{image.Rect(80, 120, 440, 210), image.Rect(620, 60, 780, 300)} {
			if !slices.ContainsFunc(found.Logos, func(l imports.Logo) bool {
				both := l.Bounds.Intersect(want)
				return float64(both.Dx()*both.Dy()) > 0.7*float64(max(want.Dx()*want.Dy(), l.Bounds.Dx()*l.Bounds.Dy()))
			}) {
				t.Errorf("%s: no logo at %v in %+v", name, want, found.Logos)
			}
		}
		for _, l := range found.Logos {
			if l.Image.NRGBAAt(0, 0).A > 20 && l.Bounds.Dy() > 110 {
				t.Errorf("%s: the background of %v is still there", name, l.Bounds)
			}
		}
		again, err := imports.Read(b.Bytes())
		if err != nil || fmt.Sprint(again.Palette) != fmt.Sprint(found.Palette) {
			t.Errorf("%s: another palette the second time: %v", name, err)
		}
	}
}

func TestPictureWithoutALogoSaysSo(t *testing.T) {
	t.Parallel()
	m := image.NewNRGBA(image.Rect(0, 0, 200, 200))
	for i := range 200 * 200 {
		m.SetNRGBA(i%200, i/200, color.NRGBA{uint8(i * 7), uint8(i / 3), uint8(i / 200), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	found, err := imports.Read(b.Bytes())
	if err != nil || len(found.Logos) != 0 || len(found.Palette) < 3 || found.Unread[0].Path != "logos" {
		t.Errorf("%+v %v", found, err)
	}
	b.Reset()
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 20, 20))); err != nil {
		t.Fatal(err)
	}
	if _, err := imports.Read(b.Bytes()); !fault.HasCode(err, "kit_unreadable") {
		t.Errorf("nothing to be seen: %v", err)
	}
}

// document is a small PDF with a drawing, a JPEG picture and one in a form that
// can't be read.
func document(t testing.TB, jpegData []byte) []byte {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	fmt.Fprint(z, "q 0.847 0.271 0.18 rg 0 0 100 100 re f 0.059 0.239 0.2 RG 10 10 m 90 90 l S BT (Hello) Tj ET Q")
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	put := func(dict string, body []byte) {
		fmt.Fprintf(&b, "1 0 obj << %s /Length %d >>\nstream\n%s\nendstream endobj\n", dict, len(body), body)
	}
	put("/Filter /FlateDecode", packed.Bytes())
	put("/Type /XObject /Subtype /Image /Width 900 /Height 600 /Filter /DCTDecode", jpegData)
	put("/Type /XObject /Subtype /Image /Width 9 /Height 9 /Filter /JPXDecode", []byte("nothing"))
	put("/Type /XObject /Subtype /Image /Width 60 /Height 60 /BitsPerComponent 8 /ColorSpace [/ICCBased 9 0 R] /SMask 77 0 R", bytes.Repeat([]byte{0xE0, 0x10, 0xE0}, 3600))
	fmt.Fprintf(&b, "77 0 obj << /Type /XObject /Subtype /Image /Width 60 /Height 60 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 3600 >>\nstream\n%s\nendstream endobj\n", bytes.Repeat([]byte{0x80}, 3600))
	put("/Length1 900 /Filter /FlateDecode", packed.Bytes())
	b.WriteString("%%EOF")
	return b.Bytes()
}

func TestPDF(t *testing.T) {
	t.Parallel()
	var j bytes.Buffer
	if err := jpeg.Encode(&j, sheet(t, color.NRGBA{0xF6, 0xEF, 0xE0, 255}), nil); err != nil {
		t.Fatal(err)
	}
	found, err := imports.Read(document(t, j.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for _, hex := range sheetColors {
		if !near(found.Palette, hex) {
			t.Errorf("no %s in %+v", hex, found.Palette)
		}
	}
	if !near(found.Palette, "#e010e0") || near(found.Palette, "#808080") {
		t.Errorf("a plain picture, and the mask of one: %+v", found.Palette)
	}
	if len(found.Logos) < 2 || found.Logos[0].Page != 1 {
		t.Errorf("logos: %+v", found.Logos)
	}
	var paths []string
	for _, n := range found.Unread {
		paths = append(paths, n.Path)
	}
	if s := strings.Join(paths, " "); s != "picture drawings text type" {
		t.Errorf("unread: %+v", found.Unread)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{dictionary, w3c, studio, variables, `{"a":{"value":"{a}"},"b":{"$value":{"value":1,"unit":"px"},"$type":"dimension"}}`, "%PDF-1.4 stream\n1 0 0 rg endstream"} {
		f.Add([]byte(s))
	}
	f.Add(document(f, []byte("\xff\xd8\xff")))
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := imports.Read(data)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		if found.Tokens != nil {
			if tokens, err := brand.ReadTokens(found.Tokens); err != nil || len(tokens) != found.Count {
				t.Fatalf("a kit can't have them: %v, %d of %d\n%s", err, len(tokens), found.Count, found.Tokens)
			}
		}
	})
}
