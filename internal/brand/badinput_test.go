package brand_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"marquee/internal/brand"
	"marquee/internal/fault"
)

// TestBadInputDrawings are drawings that a kit must not bring, each with what is told
// of it and where; none may take long.
func TestBadInputDrawings(t *testing.T) {
	t.Parallel()
	const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">`
	billion := open + `<defs><g id="a0"><path d="M0 0h9v9z"/></g>`
	for i := range 9 {
		billion += fmt.Sprintf(`<g id="a%d">`, i+1) + strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i), 10) + `</g>`
	}
	billion += `</defs><use href="#a9"/></svg>`
	bomb := `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">`
	for i := 'b'; i <= 'k'; i++ {
		bomb += `<!ENTITY ` + string(i) + ` "` + strings.Repeat("&"+string(i-1)+";", 10) + `">`
	}
	bomb += `]>` + open + `<path d="M0 0h9v9z" id="&k;"/></svg>`
	for name, c := range map[string]struct{ svg, code string }{
		"script":             {open + `<script>alert(1)</script><path d="M0 0h9v9z"/></svg>`, "drawing_invalid"},
		"handler":            {open + `<path d="M0 0h9v9z" onload="alert(1)"/></svg>`, "drawing_invalid"},
		"picture from afar":  {open + `<image href="https://example.org/x.png" width="9" height="9"/></svg>`, "drawing_invalid"},
		"use from afar":      {open + `<use href="other.svg#x"/></svg>`, "drawing_invalid"},
		"fill from afar":     {open + `<path d="M0 0h9v9z" fill="url(https://example.org/#x)"/></svg>`, "drawing_invalid"},
		"style sheet":        {open + `<style>@import url(//example.org)</style><path d="M0 0h9v9z"/></svg>`, "drawing_invalid"},
		"foreign object":     {open + `<foreignObject width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject></svg>`, "drawing_invalid"},
		"entity bomb":        {bomb, "drawing_invalid"},
		"outside entity":     {`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + open + `<path d="M0 0h9v9z" id="&x;"/></svg>`, "drawing_invalid"},
		"a path without end": {open + `<path d="M0 0` + strings.Repeat("l1 1", 240_000) + `"/></svg>`, "drawing_invalid"},
		"a billion paths":    {billion, "drawing_invalid"},
		"deep groups":        {open + strings.Repeat("<g>", 5000) + strings.Repeat("</g>", 5000) + `</svg>`, "drawing_invalid"},
		"over a megabyte":    {open + strings.Repeat(" ", 1<<20) + `</svg>`, "file_too_large"},
		"no pixels":          {open + `</svg>`, "mark_empty"},
		"only glass":         {open + `<path d="M0 0h40v20h-40z" fill="#000" fill-opacity="0"/></svg>`, "mark_empty"},
		"outside its frame":  {open + `<path d="M100 100h9v9z"/></svg>`, "mark_empty"},
		"not well-formed":    {open + `<path d="M0 0h9v9z"`, "drawing_invalid"},
		"numbers of no size": {open + `<path d="M1e309 NaN L Infinity 3"/></svg>`, "drawing_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begin := time.Now()
			err := kitWith("marks/loaf-on-light.svg", "", []byte(c.svg))
			f, ok := fault.As(err)
			if !ok || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool {
				return x.Code == c.code && x.Path == "marks[2].variants[0].file" && strings.Contains(x.Message, "marks/loaf-on-light.svg")
			}) {
				t.Errorf("%v %+v", err, f)
			}
			if d := time.Since(begin); d > 20*time.Second {
				t.Errorf("it took %s", d)
			}
		})
	}
}

// withEmbedding is the first font of the second kit with other bits in fsType.
func withEmbedding(t *testing.T, bits uint16) []byte {
	t.Helper()
	f, ok := kornblum().File("fonts/bricolage-grotesque-400.woff")
	if !ok {
		t.Fatal("no font")
	}
	return setEmbedding(t, bytes.Clone(f.Data), bits)
}

func TestBadInputFontsThatMayNotBeEmbedded(t *testing.T) {
	t.Parallel()
	for bits, code := range map[uint16]string{
		0x0000: "", 0x0004: "", 0x0008: "", 0x0100: "", 0x000A: "",
		0x0002: "font_embedding", 0x0102: "font_embedding", 0x0200: "font_embedding", 0x0208: "font_embedding",
	} {
		err := kitWith("fonts/bricolage-grotesque-400.woff", "", withEmbedding(t, bits))
		f, _ := fault.As(err)
		switch {
		case code == "" && err != nil:
			t.Errorf("%#04x: %v", bits, err)
		case code != "" && (f == nil || len(f.Fields) != 1 || f.Fields[0].Code != code || f.Fields[0].Path != "fonts[0].file"):
			t.Errorf("%#04x: %v", bits, err)
		}
	}
}

func TestBadInputBrokenFonts(t *testing.T) {
	t.Parallel()
	whole, _ := kornblum().File("fonts/bricolage-grotesque-400.woff")
	for name, data := range map[string][]byte{
		"empty": {}, "cut off": whole.Data[:len(whole.Data)/3], "a page": []byte("<html></html>"), "WOFF 2": append([]byte("wOF2"), whole.Data[4:]...),
		"tables of gigabytes": func() []byte {
			d := bytes.Clone(whole.Data)
			for i := range int(binary.BigEndian.Uint16(d[12:])) {
				copy(d[44+20*i+12:], "\x7f\xff\xff\xff")
			}
			return d
		}(),
	} {
		f, ok := fault.As(kitWith("fonts/bricolage-grotesque-400.woff", "", data))
		if !ok || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Code == "font_invalid" && x.Path == "fonts[0].file" }) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestBadInputMissingFilesAreAllNamed(t *testing.T) {
	t.Parallel()
	files := slices.DeleteFunc(slices.Clone(kornblum().Files()), func(f brand.File) bool {
		return strings.HasSuffix(f.Name, ".svg") || strings.HasSuffix(f.Name, ".png") || strings.HasSuffix(f.Name, ".txt")
	})
	_, err := brand.ReadFiles(files)
	f, ok := fault.As(err)
	if !ok {
		t.Fatal(err)
	}
	missing := 0
	for _, x := range f.Fields {
		if x.Code == "file_missing" && strings.Contains(x.Message, "/") {
			missing++
		}
	}
	if missing != 6+3 {
		t.Errorf("%d of 9: %+v", missing, f.Fields)
	}
}

// TestBadInputText lets a line be anything: it is judged, and nothing breaks.
func TestBadInputText(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"one long word": strings.Repeat("w", 10_000), "half a pair": "snow \xed\xa0\x80", "turned round": "\u202esnow\u202c evil", "marks on marks": "a" + strings.Repeat("\u0301", 200),
		"joiners": strings.Repeat("👩\u200d", 100), "nothing to see": "\u200b\u200b", "null": "a\x00b",
	} {
		begin := time.Now()
		got := brand.CheckWith(brand.Context{Kit: lumipine(), Doc: document(picture(), text(s, 100, 300, 600, 0)), Ground: even(0.5), Market: "FR", Date: day("2026-12-01T00:00:00Z")})
		if !slices.ContainsFunc(got, func(f brand.Finding) bool { return f.Layer == "text" && f.Severity == brand.Refused }) && name != "turned round" {
			t.Errorf("%s: %+v", name, got)
		}
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("%s took %s", name, d)
		}
	}
}
