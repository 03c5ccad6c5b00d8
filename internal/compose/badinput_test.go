package compose

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marquee/internal/fault"
)

// textDocument is a document whose only text is a JSON string, as it is written.
func textDocument(quoted string, lines int) []byte {
	return fmt.Appendf(nil, `{"version":2,"width":400,"height":300,"layers":[
{"id":"p","kind":"picture","x":0,"y":0,"width":400},
{"id":"t","kind":"text","text":%s,"x":10,"y":10,"width":300,"lines":%d}]}`, quoted, lines)
}

func TestBadInputTextOfOneLongWord(t *testing.T) {
	t.Parallel()
	for _, lines := range []int{1, 8} {
		_, err := Parse(textDocument(`"`+strings.Repeat("w", 10_000)+`"`, lines))
		f, ok := fault.As(err)
		if !ok || f.Code != "composition_invalid" || len(f.Fields) != 1 || f.Fields[0].Path != "layers[1].text" || f.Fields[0].Code != "text_too_long" {
			t.Errorf("on %d lines: %+v", lines, err)
		}
	}
	// A long word within the bound is broken rather than lost.
	d, err := Parse(textDocument(`"`+strings.Repeat("w", 300)+`"`, 8))
	if err != nil {
		t.Fatal(err)
	}
	src, _ := winter(t)
	src.Text.MinSize, src.Text.MaxSize = 8, 40
	if _, err := Render(context.Background(), d, src); err != nil && !fault.HasCode(err, "text_too_long") {
		t.Error(err)
	}
}

func TestBadInputUnpairedSurrogates(t *testing.T) {
	t.Parallel()
	for _, s := range []string{`"snow \ud800"`, `"\udc00 snow"`, `"a \ud83c b"`, `"\ud83c\ud83c\udf84"`} {
		_, err := Parse(textDocument(s, 1))
		f, ok := fault.As(err)
		if !ok || len(f.Fields) != 1 || f.Fields[0].Path != "layers[1].text" || f.Fields[0].Code != "control_character" {
			t.Errorf("%s: %+v", s, err)
		}
	}
	// A whole pair is a character like any other.
	if d, err := Parse(textDocument(`"\ud83c\udf84"`, 1)); err != nil || d.Layers[1].Text != "🎄" {
		t.Errorf("%+v, %v", d, err)
	}
}

// What forces a direction is taken out and the words stay as they were written.
func TestBadInputRightToLeftOverrides(t *testing.T) {
	t.Parallel()
	for _, steer := range []string{"202a", "202b", "202c", "202d", "202e", "2066", "2067", "2068", "2069"} {
		d, err := Parse(textDocument(`"Warm \u`+steer+`bread"`, 1))
		if err != nil || d.Layers[1].Text != "Warm bread" {
			t.Errorf("U+%s: %q, %v", steer, d.Layers[1].Text, err)
		}
	}
	// One that comes past Parse is refused by name.
	src, _ := winter(t)
	src.Picture = paper(40, 30, color.NRGBA{0, 0, 0, 255})
	_, err := Render(context.Background(), document2(400, 300, Layer{ID: "t", Kind: Text, Text: "a\u202eb", X: 10, Y: 10, Width: 300}), src)
	if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Code != "control_character" {
		t.Errorf("%v", err)
	}
}

// A composition of the older schema says the same as the newest, and renders to
// the same bytes.
func TestBadInputOlderSchema(t *testing.T) {
	t.Parallel()
	old := []byte(`{"version":1,"width":400,"height":300,"layers":[
{"id":"p","kind":"picture","x":0,"y":0,"width":400},
{"id":"t","kind":"text","text":"Warm bread","x":10,"y":10,"width":300}]}`)
	a, err := Parse(old)
	if err != nil || a.Version != Version {
		t.Fatalf("version %d, %v", a.Version, err)
	}
	b, err := Parse(bytes.Replace(old, []byte(`"version":1`), []byte(`"version":2`), 1))
	if err != nil {
		t.Fatal(err)
	}
	src, _ := winter(t)
	x, err := Render(context.Background(), a, src)
	if err != nil {
		t.Fatal(err)
	}
	y, err := Render(context.Background(), b, src)
	if err != nil || !bytes.Equal(x.Pix, y.Pix) {
		t.Errorf("the migrated one is another picture, %v", err)
	}
	for _, version := range []string{"0", "3", "-1"} {
		_, err := Parse(bytes.Replace(old, []byte(`"version":1`), []byte(`"version":`+version), 1))
		if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Path != "version" {
			t.Errorf("version %s: %+v", version, err)
		}
	}
}

func oneFont(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "brands", "kornblum", "fonts", "bricolage-grotesque-400.woff"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A font that is cut off anywhere is an unreadable font and never a panic.
func TestBadInputFontsThatAreCutOff(t *testing.T) {
	t.Parallel()
	whole := oneFont(t)
	if _, err := ParseFont(whole); err != nil {
		t.Fatal(err)
	}
	for i := range 60 {
		n := len(whole) * i / 60
		if _, err := ParseFont(whole[:n]); !fault.HasCode(err, "font_unreadable") {
			t.Errorf("cut after %d of %d bytes: %v", n, len(whole), err)
		}
	}
}

func FuzzParseFont(f *testing.F) {
	whole := oneFont(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/3])
	f.Add(whole[:60])
	f.Add([]byte("wOFF"))
	f.Add([]byte("\x00\x01\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		font, err := ParseFont(data)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		s, err := NewStack(font)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Set("Light", "en"); err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("%v is no fault", err)
			}
		}
	})
}
