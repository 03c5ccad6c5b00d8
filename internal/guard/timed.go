package guard

import (
	"context"
	"image"
	"time"

	"marquee/internal/policy"
)

// Timing is how one detector did with one text or picture.
type Timing struct {
	// Detector is its name with its version, such as "words/2".
	Detector string
	Took     time.Duration
	// Found counts its findings before what the campaign allows is taken out.
	Found int
}

// clock takes the times of detectors; a nil one takes none.
type clock struct {
	now     func() time.Time
	since   time.Time
	timings []Timing
}

func (c *clock) start() {
	if c != nil {
		c.since = c.now()
	}
}

func (c *clock) stop(detector string, found int) {
	if c != nil {
		c.timings = append(c.timings, Timing{detector, c.now().Sub(c.since), found})
	}
}

// TimedText is Text, and tells how each detector did, in the order in which
// they were asked. A text over LongestText is asked of none.
func (g *Guard) TimedText(ctx context.Context, text string, c Context) ([]policy.Finding, []Timing) {
	k := &clock{now: time.Now}
	return g.text(ctx, text, c, k), k.timings
}

// TimedPicture is Picture, and tells how each detector did.
func (g *Guard) TimedPicture(ctx context.Context, img image.Image) ([]policy.Finding, []Timing) {
	k := &clock{now: time.Now}
	return g.picture(ctx, img, k), k.timings
}

// Detectors gives the names of all detectors with their versions, those for
// texts first. Two guards with the same names find the same.
func (g *Guard) Detectors() []string {
	var out []string
	for _, d := range g.texts {
		out = append(out, d.Name())
	}
	for _, d := range g.pictures {
		out = append(out, d.Name())
	}
	return out
}
