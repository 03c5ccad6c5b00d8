package provenance

import (
	"bytes"
	"context"
	"errors"
	"image"
	"math"
	"slices"

	"marquee/internal/asset"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/fingerprint"
	"marquee/internal/watermark"
)

// Similar is what a check needs of the fingerprint register.
type Similar interface {
	// Similar gives works that look like a picture, the surest first.
	Similar(ctx context.Context, q fingerprint.Query, limit int) ([]fingerprint.Match, error)
}

const (
	// watermarkOneIn bounds how often a picture without a mark is taken for a work
	// of the register: once in so many. Both searches ask the checksum at most 288
	// times, so chance passes its 24 bits in 1.7 of 100,000 pictures (see
	// docs/watermark.md), and the number is then one of the register's n for n in
	// 2⁴⁰ of those: the bound holds for any register that is less than half full.
	watermarkOneIn = 100_000
	// surePrint is the chance from which a fingerprint leads to a work, and
	// maybePrint the one from which it is told at all.
	surePrint, maybePrint = 0.95, 0.5
	// maxAlike bounds the works that look alike.
	maxAlike = 5
	// cropSlack is by which share of the work's size a picture may be off before
	// it counts as cropped, or as put on something larger: more than the mark's
	// scale is measured wrong.
	cropSlack = 0.05
)

// sight is a picture that is looked at, with what was found in it.
type sight struct {
	img    image.Image
	mark   *watermark.Found
	alike  []fingerprint.Match
	marked Step
	looks  Step
}

// decoded opens a picture and lets it be looked at when there is a place; done
// gives the place back. A false ok says that there was no time.
func (c *Checker) decoded(ctx context.Context, data []byte) (img image.Image, done func(), ok bool, err error) {
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, func() {}, false, nil
	}
	done = func() { <-c.slots }
	if img, _, err = compose.DecodeBounded(bytes.NewReader(data), MaxCheck, MaxCheckPixels); err != nil {
		return nil, done, false, err
	}
	return upright(img, data), done, true, nil
}

// byPixels looks at the picture itself.
func (c *Checker) byPixels(ctx context.Context, r *Result, data []byte) error {
	img, done, ok, err := c.decoded(ctx, data)
	defer done()
	switch {
	case err != nil && r.Credential != nil && isFault(err):
		// There is an answer without the pixels: what the credential says.
		r.add(StepWatermark, Impossible)
		r.add(StepFingerprint, Impossible)
		return nil
	case err != nil:
		return err
	case !ok:
		r.add(StepWatermark, Undone)
		r.add(StepFingerprint, Undone)
		return nil
	}
	s, err := c.look(ctx, img, true, true)
	if err != nil {
		return err
	}
	return c.weigh(ctx, r, s)
}

func isFault(err error) bool {
	_, ok := fault.As(err)
	return ok
}

// look reads the watermark and the fingerprint. The quick looks come first, so
// that little time goes far.
func (c *Checker) look(ctx context.Context, img image.Image, wantMark, wantPrint bool) (*sight, error) {
	s := &sight{img: img, marked: Step{Kind: StepWatermark, Outcome: Needless, Distance: -1}, looks: Step{Kind: StepFingerprint, Outcome: Needless, Distance: -1}}
	if wantMark {
		if err := c.readMark(ctx, s, watermark.Upright); err != nil {
			return nil, err
		}
	}
	if wantPrint {
		if err := c.readPrint(ctx, s); err != nil {
			return nil, err
		}
	}
	if wantMark && s.marked.Outcome == Nothing {
		if err := c.readMark(ctx, s, watermark.Full); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (c *Checker) readMark(ctx context.Context, s *sight, effort watermark.Effort) error {
	found, ok, err := watermark.Detect(ctx, s.img, c.Mark(), effort)
	switch {
	case outOfTime(err):
		s.marked.Outcome = Undone
	case err != nil:
		return err
	case ok:
		s.mark, s.marked.Outcome, s.marked.OneIn = &found, Found, watermarkOneIn
	default:
		s.marked.Outcome = Nothing
	}
	return nil
}

func outOfTime(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

func (c *Checker) readPrint(ctx context.Context, s *sight) error {
	if ctx.Err() != nil {
		s.looks.Outcome = Undone
		return nil
	}
	q, err := fingerprint.QueryOf(s.img)
	if err != nil {
		s.looks.Outcome = Impossible // it has too few pixels
		return nil
	}
	all, err := c.Similar.Similar(ctx, q, maxAlike)
	switch {
	case outOfTime(err) || err != nil && ctx.Err() != nil:
		s.looks.Outcome = Undone
		return nil
	case err != nil:
		return err
	}
	s.alike = slices.DeleteFunc(all, func(m fingerprint.Match) bool { return m.Sureness < maybePrint })
	if len(s.alike) == 0 {
		s.looks.Outcome = Nothing
		return nil
	}
	best := s.alike[0]
	s.looks.Outcome, s.looks.Distance, s.looks.Chance = Unsure, best.Distance, best.Sureness
	if best.Sureness >= surePrint {
		s.looks.Outcome = Found
	}
	return nil
}

// weigh makes an answer of what was seen.
func (c *Checker) weigh(ctx context.Context, r *Result, s *sight) error {
	named, err := c.marked(ctx, r, s)
	if err != nil {
		return err
	}
	if !named {
		if err := c.alike(ctx, r, s); err != nil {
			return err
		}
	}
	r.Steps = append(r.Steps, s.marked, s.looks)
	return nil
}

// marked leads to the work whose number a picture carries; false if it carries
// none that the register knows.
func (c *Checker) marked(ctx context.Context, r *Result, s *sight) (bool, error) {
	if s.mark == nil {
		return false, nil
	}
	o, err := c.Register.Origin(ctx, s.mark.ID)
	if fault.Is(err, fault.NotFound) {
		s.marked.Outcome, s.marked.OneIn = Unsure, 0
		return false, nil
	}
	if err != nil {
		return false, err
	}
	work := knownOrigin(o)
	r.Match, r.Works = MatchWatermark, []Known{work}
	r.Altered = alteration(s, work)
	return true, c.compare(ctx, r, s, o)
}

// unlike is how many bits of the fingerprint differ, at least, between two
// pictures that are not one: unrelated ones differ in 128 ± 25, and one that was
// pressed hard, recoloured and labelled differs from itself in under 60.
const unlike = 90

// compare holds the looks of a picture against the work whose number it
// carries: a number can be copied, and a picture can be painted over. Only a
// picture that is as whole as the work can be held against it.
func (c *Checker) compare(ctx context.Context, r *Result, s *sight, o Origin) error {
	if s.looks.Outcome == Undone || s.looks.Outcome == Impossible {
		return nil
	}
	for _, m := range s.alike {
		if m.OriginID == o.ID {
			s.looks.Outcome, s.looks.Distance, s.looks.Chance = Found, m.Distance, m.Sureness
			return nil
		}
	}
	if s.looks.Outcome == Found {
		s.looks.Outcome = Unsure // another work looks like it as well
	}
	if o.MasterKey == "" || r.Altered.Cropped || math.Abs(r.Altered.Turn) > 0.5 {
		return nil
	}
	if ctx.Err() != nil {
		s.looks.Outcome = Undone
		return nil
	}
	data, err := asset.ReadAll(ctx, c.Blobs, o.MasterKey)
	if fault.Is(err, fault.NotFound) {
		return nil // it was erased meanwhile
	}
	if err != nil {
		return err
	}
	master, err := compose.Decode(bytes.NewReader(data), len(data), MaxCheckPixels)
	if err != nil {
		return err
	}
	was, quality := fingerprint.HashOf(master)
	is, _ := fingerprint.HashOf(s.img)
	if quality < fingerprint.Enough {
		return nil // there is not enough in it to tell by
	}
	s.looks.Distance = was.Distance(is)
	if s.looks.Distance > unlike {
		r.Altered.Unlike, s.looks.Outcome, s.looks.Chance = true, Nothing, 0
	}
	return nil
}

// alike leads to the works that a picture looks like.
func (c *Checker) alike(ctx context.Context, r *Result, s *sight) error {
	if s.looks.Outcome != Found {
		return nil
	}
	for _, m := range s.alike {
		if m.Sureness < surePrint {
			break
		}
		o, err := c.Register.Origin(ctx, m.OriginID)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		r.Works = append(r.Works, knownOrigin(o))
	}
	if r.Works = distinct(r.Works); len(r.Works) == 0 {
		s.looks.Outcome = Nothing
		return nil
	}
	r.Match, r.Altered.Resaved = MatchFingerprint, true
	if len(r.Works) > 1 {
		s.looks.Outcome = Unsure
	}
	return nil
}

// distinct leaves of the revisions of one work the surest one. Pictures that
// were offered look like what was made of them, so they count only where there
// is no finished work.
func distinct(works []Known) []Known {
	if slices.ContainsFunc(works, func(k Known) bool { return k.Kind == "creation" }) {
		works = slices.DeleteFunc(works, func(k Known) bool { return k.Kind == "candidate" })
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(works, func(k Known) bool {
		key := k.Kind + "/" + k.ID
		was := seen[key]
		seen[key] = true
		return was
	})
}

// alteration tells how a picture with a mark differs from its work.
func alteration(s *sight, work Known) Alteration {
	a := Alteration{Resaved: true, Turn: s.mark.Angle}
	short := float64(min(work.Width, work.Height))
	if short <= 0 || s.mark.Scale <= 0 {
		return a
	}
	// The mark tells how large the whole work is beside what was looked at, to
	// about 2 in 100; where the picture is the whole work, its own size is exact.
	at := s.mark.At.Size()
	a.Scale = s.mark.Scale * float64(min(at.X, at.Y)) / short
	b := s.img.Bounds()
	off := func(have, work int) bool {
		return math.Abs(float64(have)/(float64(work)*a.Scale)-1) > cropSlack
	}
	if a.Cropped = off(b.Dx(), work.Width) || off(b.Dy(), work.Height); !a.Cropped {
		a.Scale = float64(b.Dx()) / float64(work.Width)
	}
	return a
}
