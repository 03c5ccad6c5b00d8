package provenance

import (
	"context"
	"runtime"
	"time"

	"marquee/c2pa"
	"marquee/internal/asset"
	"marquee/internal/fault"
	"marquee/internal/watermark"
)

// The bounds of a file that is checked.
const (
	// MaxCheck is the most bytes of a file.
	MaxCheck = 25 << 20
	// MaxCheckPixels is the most pixels of a picture.
	MaxCheckPixels = 64_000_000
	// MaxSidecar is the most bytes of a credential that comes beside a file.
	MaxSidecar = 8 << 20
	// CheckTime is how long a check takes at most; steps that did not fit in say
	// so.
	CheckTime = 5 * time.Second
)

// Register is what a check reads of the register.
type Register interface {
	RenditionsBySum(ctx context.Context, sha256 string) ([]Rendition, error)
	RenditionByManifest(ctx context.Context, label string) (Rendition, error)
	Manifest(ctx context.Context, label string) (Manifest, error)
	ManifestsOf(ctx context.Context, origin uint64) ([]Manifest, error)
	Origin(ctx context.Context, id uint64) (Origin, error)
	OriginOf(ctx context.Context, subjectKind, subjectID string, revision int) (Origin, error)
}

// CheckerDeps are what a Checker is made of.
type CheckerDeps struct {
	Register Register
	// Blobs hold the manifests that are given to others.
	Blobs asset.Blobs
	// Own gives the roots of this installation's signers, past ones too; Listed
	// those of signers that it believes beside them. Each is asked at each check,
	// so that a new key counts at once.
	Own, Listed func() (c2pa.Trust, error)
	// Mark gives the key of the watermark.
	Mark func() watermark.Key
	// Similar searches the fingerprint register.
	Similar Similar
	// Abreast is how many pictures are looked at at once; 0 for half as many as
	// there are processors, at least one. It bounds the memory: a picture takes
	// up to 600 MB while it is looked at.
	Abreast int
	// Within is how long a check takes at most; 0 for CheckTime.
	Within time.Duration
	Now    func() time.Time
}

// Checker says what is known of a file that somebody brings. It keeps nothing
// of it.
type Checker struct {
	CheckerDeps
	slots chan struct{}
}

// NewChecker makes a checker.
func NewChecker(d CheckerDeps) *Checker {
	if d.Abreast < 1 {
		d.Abreast = max(1, runtime.NumCPU()/2)
	}
	if d.Within == 0 {
		d.Within = CheckTime
	}
	return &Checker{CheckerDeps: d, slots: make(chan struct{}, d.Abreast)}
}

// Evidence is what somebody brings to be checked.
type Evidence struct {
	// Data is the file, at most MaxCheck bytes.
	Data []byte
	// Sidecar is the content of a .c2pa file that came beside it; nil for none.
	Sidecar []byte
}

// Check looks at a file in four ways, the surest first, and does not look at
// pixels when the bytes have led to a work. What ctx or Within left no time for
// is Undone in the result, never Nothing. The error is a fault for a file that
// is neither a picture nor signed (those of compose.DecodeBounded), and
// anything else when the register could not be asked.
func (c *Checker) Check(ctx context.Context, e Evidence) (*Result, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Within)
	defer cancel()
	r := &Result{SHA256: asset.Sum(e.Data), Match: MatchNone}
	if err := c.byFile(ctx, r); err != nil {
		return nil, err
	}
	if err := c.byCredential(ctx, r, e); err != nil {
		return nil, err
	}
	if len(r.Works) > 0 {
		r.add(StepWatermark, Needless)
		r.add(StepFingerprint, Needless)
		return r, nil
	}
	if err := c.byPixels(ctx, r, e.Data); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *Result) add(kind StepKind, o Outcome) {
	r.Steps = append(r.Steps, Step{Kind: kind, Outcome: o, Distance: -1})
}

// byFile looks the bytes up in the register.
func (c *Checker) byFile(ctx context.Context, r *Result) error {
	found, err := c.Register.RenditionsBySum(ctx, r.SHA256)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		r.add(StepFile, Nothing)
		return nil
	}
	r.add(StepFile, Found)
	r.Match, r.Altered.Same = MatchExact, true
	for _, f := range found {
		r.Works = append(r.Works, knownFile(f))
	}
	return nil
}

func knownFile(f Rendition) Known {
	return Known{
		Kind: f.SubjectKind, ID: f.SubjectID, Revision: f.Revision, Campaign: f.Campaign, Kit: f.Kit,
		Provider: f.Provider, Model: f.Model, Version: f.Version, Marks: f.Marks,
		Format: f.Format, Width: f.Width, Height: f.Height, OriginID: f.OriginID, MadeAt: f.CreatedAt,
	}
}

func knownOrigin(o Origin) Known {
	return Known{
		Kind: o.SubjectKind, ID: o.SubjectID, Revision: o.Revision, Campaign: o.Campaign, Kit: o.Kit,
		Provider: o.Provider, Model: o.Model, Version: o.Version, Marks: o.Marks,
		Width: o.Width, Height: o.Height, OriginID: o.ID, MadeAt: o.CreatedAt,
	}
}

// RegisteredAt gives when a thing was registered in its revision; zero if the
// register has no origin of it, as for what earlier releases made.
func (c *Checker) RegisteredAt(ctx context.Context, k Known) (time.Time, error) {
	o, err := c.Register.OriginOf(ctx, k.Kind, k.ID, k.Revision)
	if fault.Is(err, fault.NotFound) {
		return time.Time{}, nil
	}
	return o.CreatedAt, err
}
