package ocr

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"unicode"

	"marquee/internal/policy"
)

// Textures are read as words too, mostly of two or three letters, of which the
// reader is not sure; on painted pictures nearly all of them stay below these.
const (
	// long is from how many letters a word counts as clear if the reader is as
	// sure as plain; a shorter one, of two at least, must be surer.
	long   = 4
	plain  = 0.75
	surer  = 0.9
	fewest = 2
	// doubtful is from how sure a word is taken along that stands in one line
	// with a clear one: a disguised word is often read badly.
	doubtful = 0.4
)

// clear tells whether a word is text beyond reasonable doubt.
func clear(w Word) bool {
	n := letters(w.Text)
	return n >= long && w.Sure >= plain || n >= fewest && w.Sure >= surer
}

// Check gives what the guard finds in a text.
type Check func(ctx context.Context, text, locale string) []policy.Finding

// Detector is the guard's detector for text in pictures.
type Detector struct {
	// Reader reads; nil where nothing can.
	Reader *Reader
	// Check checks what was read.
	Check Check
}

// Name names the detector.
func (Detector) Name() string { return "ocr/1" }

// Picture gives a finding of kind "text_in_picture" if there is text, with the
// place as evidence and how sure the reader is as score, and with it what the
// guard finds in that text, each with the place of its line. Where there is no
// reader, or none for a language of the picture's origin, it says so with the
// kind "text_unread", so that a policy can have a person read.
func (d Detector) Picture(ctx context.Context, img image.Image) ([]policy.Finding, error) {
	from := origin(ctx)
	if from.Painted {
		return nil, nil
	}
	if d.Reader == nil {
		return []policy.Finding{d.unread("no program that reads text is installed")}, nil
	}
	var out []policy.Finding
	languages, missing := d.Reader.choose(from.Locales)
	if len(missing) > 0 {
		out = append(out, d.unread("can't read "+strings.Join(missing, ", ")))
	}
	words, err := d.Reader.Read(ctx, img, languages)
	if err != nil {
		return nil, err
	}
	locale := "en"
	if len(from.Locales) > 0 {
		locale = from.Locales[0]
	}
	return append(out, d.findings(ctx, words, locale)...), nil
}

func (d Detector) unread(why string) policy.Finding {
	return policy.Finding{Detector: d.Name(), Kind: "text_unread", Score: 1, Evidence: why}
}

// findings tells what words say.
func (d Detector) findings(ctx context.Context, words []Word, locale string) []policy.Finding {
	var box image.Rectangle
	var sure float64
	n := 0
	lines := map[int]bool{}
	for _, w := range words {
		if clear(w) {
			box, sure, lines[w.Line] = box.Union(w.Box), sure+w.Sure, true
			n++
		}
	}
	if n == 0 {
		return nil
	}
	words = slices.DeleteFunc(slices.Clone(words), func(w Word) bool { return w.Sure < doubtful || !lines[w.Line] })
	out := []policy.Finding{{Detector: d.Name(), Kind: "text_in_picture", Score: sure / float64(n), Evidence: fmt.Sprintf("%d words %s", n, place(box))}}
	text, ends := join(words)
	for _, f := range d.Check(ctx, text, locale) {
		where := image.Rectangle{}
		begin := 0
		for i, w := range words {
			if begin < f.End && ends[i] > f.Start {
				where = where.Union(w.Box)
			}
			begin = ends[i] + 1
		}
		evidence := place(where)
		if f.Evidence != "" {
			evidence = f.Evidence + ", " + evidence
		}
		// The offsets are of a text that nobody has; in a picture they are 0.
		f.Start, f.End, f.Evidence = 0, 0, "in the picture: "+evidence
		out = append(out, f)
	}
	return out
}

// join writes words as a text, a line each; ends are where each word ends.
func join(words []Word) (string, []int) {
	var b strings.Builder
	ends := make([]int, len(words))
	for i, w := range words {
		if i > 0 && words[i-1].Line == w.Line {
			b.WriteByte(' ')
		} else if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(w.Text)
		ends[i] = b.Len()
	}
	return b.String(), ends
}

func place(r image.Rectangle) string {
	return fmt.Sprintf("%d×%d pixels at %d, %d", r.Dx(), r.Dy(), r.Min.X, r.Min.Y)
}

// letters counts letters and digits; a sign of a script that writes whole
// words or syllables with one counts as two.
func letters(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			n += 2
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n++
		}
	}
	return n
}
