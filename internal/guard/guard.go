// Package guard checks texts and pictures in both directions. It says what it
// found; policy decides what that means. A detector that fails is itself a
// finding, so that nothing passes because a check did not run.
package guard

import (
	"context"
	"errors"
	"image"
	"slices"
	"time"

	"marquee/internal/guard/fold"
	"marquee/internal/policy"
)

// TextDetector looks for one family of things in a text.
type TextDetector interface {
	// Name is the detector with its version, such as "words/2".
	Name() string
	// Text gives what was found; offsets are bytes of t.Original.
	Text(ctx context.Context, t fold.Text, c Context) ([]policy.Finding, error)
}

// PictureDetector looks for one family of things in a picture.
type PictureDetector interface {
	Name() string
	Picture(ctx context.Context, img image.Image) ([]policy.Finding, error)
}

// LongestText is the longest text, in bytes, that is checked. A longer one was
// not, which is a finding.
const LongestText = 1 << 20

const (
	// patience bounds how long one detector may take with a text.
	patience = 5 * time.Second
	// pictured bounds how long one may take with a picture, waiting for its turn
	// included: on a busy machine a slow answer is better than none.
	pictured = 10 * time.Second
)

// Guard runs detectors.
type Guard struct {
	texts    []TextDetector
	pictures []PictureDetector
}

// New makes a guard with the built-in detectors and the given further ones.
func New(pictures ...PictureDetector) (*Guard, error) {
	lexicon, err := load()
	if err != nil {
		return nil, err
	}
	return &Guard{
		texts:    []TextDetector{lists{lexicon}, shapes{}, tricks{lexicon}, settled{}},
		pictures: append([]PictureDetector{frame{}}, pictures...),
	}, nil
}

// With gives a guard that also runs the given text detectors.
func (g *Guard) With(more ...TextDetector) *Guard {
	return &Guard{texts: append(slices.Clone(g.texts), more...), pictures: g.pictures}
}

// Seeing gives a guard that also runs the given picture detectors.
func (g *Guard) Seeing(more ...PictureDetector) *Guard {
	return &Guard{texts: g.texts, pictures: append(slices.Clone(g.pictures), more...)}
}

// Text checks a text within its context. Offsets of findings are bytes of text
// and lie on the boundaries of its characters.
func (g *Guard) Text(ctx context.Context, text string, c Context) []policy.Finding {
	return g.text(ctx, text, c, nil)
}

// text is Text; clock may be nil and is told how each detector did.
func (g *Guard) text(ctx context.Context, text string, c Context, clock *clock) []policy.Finding {
	if len(text) > LongestText {
		return []policy.Finding{{Detector: "length/1", Kind: policy.FailedKind, End: len(text), Score: 1}}
	}
	folded := fold.Fold(text)
	var out []policy.Finding
	for _, d := range g.texts {
		f := func(ctx context.Context) ([]policy.Finding, error) { return d.Text(ctx, folded, c) }
		before := len(out)
		clock.start()
		if _, prompt := d.(builtin); prompt {
			out = append(out, tried(ctx, d.Name(), f)...)
		} else {
			out = append(out, run(ctx, patience, d.Name(), f)...)
		}
		clock.stop(d.Name(), len(out)-before)
	}
	return c.settle(folded, out)
}

// Painted checks a picture that the built-in painter made: that there is
// something to be seen. It draws nothing but the shapes that come with Marquee,
// so what else is looked for in pictures can't be in it; and it has to answer on
// a machine that is too busy for the models that look.
func (g *Guard) Painted(ctx context.Context, img image.Image) []policy.Finding {
	return run(ctx, pictured, frame{}.Name(), func(ctx context.Context) ([]policy.Finding, error) {
		return frame{}.Picture(ctx, img)
	})
}

// Picture checks a decoded picture.
func (g *Guard) Picture(ctx context.Context, img image.Image) []policy.Finding {
	return g.picture(ctx, img, nil)
}

func (g *Guard) picture(ctx context.Context, img image.Image, clock *clock) []policy.Finding {
	var out []policy.Finding
	for _, d := range g.pictures {
		before := len(out)
		clock.start()
		out = append(out, run(ctx, pictured, d.Name(), func(ctx context.Context) ([]policy.Finding, error) {
			return d.Picture(ctx, img)
		})...)
		clock.stop(d.Name(), len(out)-before)
	}
	return out
}

// builtin is what the detectors of this package are: their time is bounded by
// the length of the text, so they need no clock of their own.
type builtin interface{ linear() }

func (lists) linear()   {}
func (shapes) linear()  {}
func (tricks) linear()  {}
func (settled) linear() {}

// tried calls a detector here and now, and turns its failure or panic into a
// finding.
func tried(ctx context.Context, name string, f func(context.Context) ([]policy.Finding, error)) (found []policy.Finding) {
	failed := []policy.Finding{{Detector: name, Kind: policy.FailedKind, Score: 1}}
	defer func() {
		if recover() != nil {
			found = failed
		}
	}()
	found, err := f(ctx)
	if err != nil || ctx.Err() != nil {
		return failed
	}
	return found
}

// run calls a detector and turns its failure, panic or delay into a finding.
// A detector that does not heed its context keeps its goroutine until it
// returns; its answer is then thrown away.
func run(ctx context.Context, patience time.Duration, name string, f func(context.Context) ([]policy.Finding, error)) []policy.Finding {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	type answer struct {
		found []policy.Finding
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		a := answer{err: errors.New("panicked")}
		defer func() {
			_ = recover() // a.err says it already
			done <- a
		}()
		a.found, a.err = f(ctx)
	}()
	select {
	case a := <-done:
		if a.err == nil {
			return a.found
		}
	case <-ctx.Done():
	}
	return []policy.Finding{{Detector: name, Kind: policy.FailedKind, Score: 1}}
}

// frame refuses pictures that have no content to judge: nothing inside their
// bounds, or one flat colour, as broken model servers send them.
type frame struct{}

func (frame) Name() string { return "frame/1" }

func (d frame) Picture(_ context.Context, img image.Image) ([]policy.Finding, error) {
	b := img.Bounds()
	if b.Dx() < 16 || b.Dy() < 16 {
		return []policy.Finding{{Detector: d.Name(), Kind: "picture_unreadable", Score: 1}}, nil
	}
	r0, g0, b0, _ := img.At(b.Min.X, b.Min.Y).RGBA()
	for y := b.Min.Y; y < b.Max.Y; y += max(1, b.Dy()/64) {
		for x := b.Min.X; x < b.Max.X; x += max(1, b.Dx()/64) {
			if r, g, bb, _ := img.At(x, y).RGBA(); r>>8 != r0>>8 || g>>8 != g0>>8 || bb>>8 != b0>>8 {
				return nil, nil
			}
		}
	}
	return []policy.Finding{{Detector: d.Name(), Kind: "picture_unreadable", Score: 1}}, nil
}
