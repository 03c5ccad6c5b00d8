// Package sight puts together what the guard sees pictures with: nudity, text,
// faces and lists of known pictures.
package sight

import (
	"context"
	"errors"
	"fmt"
	"os"

	"marquee/internal/guard"
	"marquee/internal/guard/sight/faces"
	"marquee/internal/guard/sight/likeness"
	"marquee/internal/guard/sight/nsfw"
	"marquee/internal/guard/sight/ocr"
	"marquee/internal/policy"
)

// Off is the reader of Config that reads nothing.
const Off = "off"

// Config says what an installation has.
type Config struct {
	// Reader is the program that reads text in pictures: empty for tesseract if
	// it is on the path, Off for none.
	Reader string
	// Known is a file with hashes of pictures that must not be shown, in the
	// form that likeness.Read reads; empty for none.
	Known string
}

// Eyes are the detectors for pictures of an installation.
type Eyes struct {
	// Reader reads text in pictures; nil where Unread says why not.
	Reader *ocr.Reader
	Unread error
	// Known is the list of known pictures; nil for none.
	Known *likeness.List
}

// Open looks for what the config names. It fails where something is named and
// can't be used: a list that is not read stops nothing.
func Open(ctx context.Context, c Config) (*Eyes, error) {
	e := &Eyes{}
	switch r, err := reader(ctx, c.Reader); {
	case err == nil:
		e.Reader = r
	case c.Reader != "" && c.Reader != Off:
		return nil, fmt.Errorf("the reader of text in pictures: %w", err)
	default:
		e.Unread = err
	}
	if c.Known == "" {
		return e, nil
	}
	f, err := os.Open(c.Known)
	if err != nil {
		return nil, fmt.Errorf("the list of known pictures: %w", err)
	}
	defer f.Close()
	if e.Known, err = likeness.Read(f); err != nil {
		return nil, fmt.Errorf("the list of known pictures %s: %w", c.Known, err)
	}
	return e, nil
}

func reader(ctx context.Context, program string) (*ocr.Reader, error) {
	if program == Off {
		return nil, errors.New("reading is turned off")
	}
	return ocr.New(ctx, program)
}

// Watch gives a guard that also sees, and that checks text in pictures as it
// checks other texts.
func (e *Eyes) Watch(g *guard.Guard) *guard.Guard {
	check := func(ctx context.Context, text, locale string) []policy.Finding {
		return g.Text(ctx, text, guard.Context{Locale: locale})
	}
	eyes := []guard.PictureDetector{nsfw.Detector{}, faces.Detector{}, ocr.Detector{Reader: e.Reader, Check: check}}
	if e.Known != nil {
		eyes = append(eyes, likeness.Detector{List: e.Known})
	}
	return g.Seeing(eyes...)
}
