package create

import (
	"context"
	"image"
	"time"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// Proof is what the pixels of a creation's final picture say of its marks.
type Proof struct {
	CreationID string
	// Revision is that of the composition which was rendered, and Kit the kit's
	// id and version, as in "lumipine@1.1.0".
	Revision int
	Kit      string
	// Width and Height are the picture's, which is that of the canvas.
	Width, Height int
	// Exact tells that every mark stands in it as the brand drew it.
	Exact bool
	// Marks are in the order of the layers; none if there is no mark on it.
	Marks []brand.MarkProof
	At    time.Time
}

// Of tells whether the proof is of a creation as it is now.
func (p Proof) Of(c Creation) bool {
	return p.CreationID == c.ID && p.Revision == c.Revision && p.Kit == kitName(c)
}

func kitName(c Creation) string { return c.Kit + "@" + c.KitVersion }

// Prove begins the proof of a composition's marks in the picture that is
// rendered of it at a size: brand.NewProver, or another in tests.
type Prove func(doc compose.Document, k *brand.Kit, size image.Point) (Prover, error)

// Prover compares the marks with their pixels, part by part: see brand.Prover.
type Prover interface {
	Part(part image.Image, at image.Point)
	Marks() []brand.MarkProof
}

func byBrand(doc compose.Document, k *brand.Kit, size image.Point) (Prover, error) {
	return brand.NewProver(doc, k, size)
}

// Proof gives the proof that is kept of a creation; NotFound if there is none.
func (s *Service) Proof(ctx context.Context, creation string) (Proof, error) {
	return s.Store.Proof(ctx, creation)
}

// Proven gives the proof of a creation as it is now. One that is kept and exact
// stands; else its picture is rendered at the canvas's size without loss,
// proven, and the result kept, good or bad. It is not for units of work.
func (s *Service) Proven(ctx context.Context, c Creation) (Proof, error) {
	have, err := s.Store.Proof(ctx, c.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Proof{}, err
	}
	if err == nil && have.Exact && have.Of(c) {
		return have, nil
	}
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return Proof{}, err
	}
	p := Proof{CreationID: c.ID, Revision: c.Revision, Kit: kitName(c), At: s.Now()}
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return Proof{}, err
	}
	defer s.slots.Release(1)
	img, err := s.render(ctx, c, doc, doc.Width)
	if err != nil {
		return Proof{}, err
	}
	p.Width, p.Height = img.Rect.Dx(), img.Rect.Dy()
	if p.Marks, err = s.compared(ctx, c, doc, img); err != nil {
		return Proof{}, err
	}
	p.Exact = true
	for _, m := range p.Marks {
		p.Exact = p.Exact && m.Exact()
	}
	if !p.Exact {
		s.Log.ErrorContext(ctx, "a mark is not in a picture as it was drawn", "creation", c.ID, "kit", p.Kit, "marks", p.Marks)
	}
	return p, s.Unit.Do(ctx, func(ctx context.Context) error { return s.Store.PutProof(ctx, p) })
}

func (s *Service) compared(ctx context.Context, c Creation, doc compose.Document, img image.Image) ([]brand.MarkProof, error) {
	kit, err := s.Campaigns.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return nil, err
	}
	p, err := s.Prove(doc, kit, img.Bounds().Size())
	if err != nil {
		return nil, err
	}
	p.Part(img, image.Point{})
	if marks := p.Marks(); marks != nil {
		return marks, nil
	}
	return []brand.MarkProof{}, nil
}

// NotProven is what stands against showing a picture whose marks are not as the
// brand drew them.
func NotProven() *fault.Error {
	return fault.New(fault.Conflict, "mark_not_proven", "This work can't become public: a mark on it does not look exactly as the brand drew it. Our staff were told.")
}

// trueTo is a fault if a mark of a picture, at any size, has pixels that are
// not its own. At a small size a mark may be all edge: that proves nothing, and
// stands against nothing.
func (s *Service) trueTo(ctx context.Context, c Creation, doc compose.Document, img image.Image) error {
	marks, err := s.compared(ctx, c, doc, img)
	if err != nil {
		return err
	}
	return s.holds(ctx, c, marks, img.Bounds().Dx())
}

// holds is a fault if one of the proofs, of a picture of a width, is of a mark
// that looks otherwise.
func (s *Service) holds(ctx context.Context, c Creation, marks []brand.MarkProof, width int) error {
	for _, m := range marks {
		if m.Pixels > 0 && !m.Exact() {
			s.Log.ErrorContext(ctx, "a picture was not served: a mark is not in it as it was drawn", "creation", c.ID, "kit", kitName(c), "width", width, "mark", m)
			return NotProven()
		}
	}
	return nil
}
