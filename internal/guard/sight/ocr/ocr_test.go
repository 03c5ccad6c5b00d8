package ocr

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"marquee/internal/policy"
)

// table is an answer as Tesseract gives it: a word of which it is sure, one of
// which it is less, a blank, and one that is noise.
const table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
	"1\t1\t0\t0\t0\t0\t0\t0\t640\t480\t-1\t\n" +
	"5\t1\t1\t1\t1\t1\t10\t20\t100\t30\t96.5\tcall\n" +
	"5\t1\t1\t1\t1\t2\t120\t20\t100\t30\t55\tme\n" +
	"5\t1\t1\t1\t2\t1\t10\t60\t220\t30\t91\tfoul\n" +
	"5\t1\t2\t1\t1\t1\t400\t300\t5\t5\t95\t \n" +
	"5\t1\t3\t1\t1\t1\t500\t300\t5\t5\t12\tSS\n"

// program writes a stand-in for Tesseract: a script.
func program(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "reads")
	whole := "#!/bin/sh\nif [ \"$1\" = --list-langs ]; then printf 'List of available languages (3):\\ndeu\\neng\\nosd\\n'; exit 0; fi\n" + script
	if err := os.WriteFile(path, []byte(whole), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func reader(t *testing.T, script string) *Reader {
	t.Helper()
	r, err := New(t.Context(), program(t, script))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func answering(t *testing.T, out string) *Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table")
	if err := os.WriteFile(path, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	return reader(t, "cat >/dev/null; cat "+path)
}

func blank() image.Image { return image.NewGray(image.Rect(0, 0, 640, 480)) }

func foul(_ context.Context, text, locale string) []policy.Finding {
	i := strings.Index(text, "foul")
	if i < 0 {
		return nil
	}
	return []policy.Finding{{Detector: "words/9", Kind: "profanity", Start: i, End: i + 4, Score: 0.9, Evidence: locale}}
}

func TestWhatIsReadIsChecked(t *testing.T) {
	t.Parallel()
	d := Detector{Reader: answering(t, table), Check: foul}
	found, err := d.Picture(From(t.Context(), Origin{Locales: []string{"de-CH"}}), blank())
	if err != nil {
		t.Fatal(err)
	}
	want := []policy.Finding{
		{Detector: "ocr/1", Kind: "text_in_picture", Score: (0.965 + 0.91) / 2, Evidence: "2 words 220×70 pixels at 10, 20"},
		{Detector: "words/9", Kind: "profanity", Score: 0.9, Evidence: "in the picture: de-CH, 220×30 pixels at 10, 60"},
	}
	if !slices.Equal(found, want) {
		t.Errorf("%+v", found)
	}
}

func TestWordsAndLines(t *testing.T) {
	t.Parallel()
	words, err := parse([]byte(table))
	if err != nil {
		t.Fatal(err)
	}
	text, ends := join(words)
	if text != "call me\nfoul\nSS" || !slices.Equal(ends, []int{4, 7, 12, 15}) {
		t.Errorf("%q %v", text, ends)
	}
	if found := (Detector{Check: foul}).findings(t.Context(), words[3:], "en"); found != nil {
		t.Errorf("noise is text: %v", found)
	}
}

func TestWhatCountsAsText(t *testing.T) {
	t.Parallel()
	for text, c := range map[string]struct {
		sure float64
		want bool
	}{
		"SALE": {0.8, true}, "sale": {0.7, false}, "PAL": {0.78, false}, "now": {0.95, true}, "a": {0.99, false},
		"今日": {0.8, true}, "今": {0.95, true}, "—|": {0.99, false},
	} {
		if clear(Word{Text: text, Sure: c.sure}) != c.want {
			t.Errorf("%q of which %.2f is sure counts as text: %v", text, c.sure, !c.want)
		}
	}
}

func TestBoxesAreOfThePicture(t *testing.T) {
	t.Parallel()
	r := answering(t, table)
	for side, by := range map[int]float64{2560: 2, 320: 0.5, 640: 1} {
		img := image.NewGray(image.Rect(-7, 5, side-7, side+5))
		words, err := r.Read(t.Context(), img, []string{"eng"})
		if err != nil {
			t.Fatal(err)
		}
		at := func(v float64) int { return int(v * by) }
		want := image.Rect(at(10), at(20), at(110), at(50)).Add(image.Pt(-7, 5)).Intersect(img.Rect)
		if words[0].Box != want {
			t.Errorf("%d: %v, not %v", side, words[0].Box, want)
		}
	}
}

func TestWhereNothingReads(t *testing.T) {
	t.Parallel()
	if _, err := New(t.Context(), filepath.Join(t.TempDir(), "nothing")); !errors.Is(err, ErrAbsent) {
		t.Errorf("%v", err)
	}
	found, err := Detector{Check: foul}.Picture(t.Context(), blank())
	if err != nil || len(found) != 1 || found[0].Kind != "text_unread" {
		t.Errorf("%v, %v", found, err)
	}
	found, err = Detector{Reader: answering(t, table), Check: foul}.Picture(From(t.Context(), Origin{Locales: []string{"ja", "de"}}), blank())
	if err != nil || len(found) != 3 || found[0].Kind != "text_unread" || !strings.Contains(found[0].Evidence, "ja") {
		t.Errorf("%v, %v", found, err)
	}
	found, err = Detector{Check: foul}.Picture(From(t.Context(), Origin{Painted: true}), blank())
	if err != nil || len(found) > 0 {
		t.Errorf("painted: %v, %v", found, err)
	}
}

func TestAReaderThatFails(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{
		"breaks":        "cat >/dev/null; echo broken >&2; exit 3",
		"talks rubbish": "cat >/dev/null; echo rubbish",
		"never ends":    "exec cat /dev/zero",
		"reads nothing": "exit 1",
		"odd places":    "cat >/dev/null; printf '5\\t1\\t1\\t1\\t1\\t1\\t-5\\t2\\t3\\t4\\t90\\tx\\n'",
		"odd certainty": "cat >/dev/null; printf '5\\t1\\t1\\t1\\t1\\t1\\t5\\t2\\t3\\t4\\tNaN\\tx\\n'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reader(t, script)
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if found, err := (Detector{Reader: r, Check: foul}).Picture(ctx, blank()); err == nil {
				t.Errorf("%v and no error", found)
			}
		})
	}
	r := answering(t, table)
	if _, err := r.Read(t.Context(), image.NewGray(image.Rectangle{}), []string{"eng"}); err == nil {
		t.Error("a picture without pixels was read")
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	r := &Reader{languages: []string{"chi_tra", "deu", "eng", "fra", "jpn"}}
	for locales, want := range map[string]string{
		"": "eng|", "de-AT": "deu eng|", "fr de ja": "fra deu jpn|", "zh-TW en": "chi_tra eng|", "zh xx": "eng|zh xx", "en-GB": "eng|",
	} {
		languages, missing := r.choose(strings.Fields(locales))
		if got := strings.Join(languages, " ") + "|" + strings.Join(missing, " "); got != want {
			t.Errorf("%q gives %q", locales, got)
		}
	}
	only := &Reader{languages: []string{"ara"}}
	if languages, missing := only.choose(nil); !slices.Equal(languages, []string{"ara"}) || !slices.Equal(missing, []string{"en"}) {
		t.Errorf("%v %v", languages, missing)
	}
}

// TestTheProgramItself reads real letters where Tesseract is installed.
func TestTheProgramItself(t *testing.T) {
	t.Parallel()
	r, err := New(t.Context(), "")
	if err != nil {
		if os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" {
			t.Fatal("Tesseract is not installed: ", err)
		}
		t.Skip("Tesseract is not installed: ", err)
	}
	if !slices.Contains(r.languages, "eng") {
		t.Skip("Tesseract has no English")
	}
	img := letters640(t, "call me foul names")
	words, err := r.Read(t.Context(), img, []string{"eng"})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := join(words)
	if !strings.Contains(text, "foul names") {
		t.Errorf("%q was read", text)
	}
	for _, w := range words {
		if !w.Box.In(image.Rect(20, 150, 620, 260)) {
			t.Errorf("%q at %v", w.Text, w.Box)
		}
	}
}

// letters640 is a picture with a line of dark letters on a light ground.
func letters640(t *testing.T, line string) image.Image {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 40, DPI: 96})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 640, 480))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	(&font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(40, 220)}).DrawString(line)
	return img
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte("5\t1\t1\t1\t1\t1\t10\t20\t100\t30\t96.5\ta\tb\n"))
	f.Add([]byte("\n\nlevel"))
	f.Fuzz(func(t *testing.T, data []byte) {
		words, err := parse(data)
		if err != nil {
			return
		}
		text, ends := join(words)
		begin := 0
		for i, w := range words {
			if w.Text == "" || w.Sure < 0 || w.Sure > 1 || text[ends[i]-len(w.Text):ends[i]] != w.Text || ends[i] < begin {
				t.Fatalf("%+v", w)
			}
			begin = ends[i]
		}
		Detector{Check: foul}.findings(t.Context(), words, "en")
	})
}
