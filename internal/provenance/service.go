package provenance

import (
	"context"
	"regexp"
	"time"

	"marquee/internal/fault"
	"marquee/internal/fingerprint"
)

// Service answers where a file came from.
type Service struct {
	store Store
	now   func() time.Time
}

// New makes the service.
func New(store Store, now func() time.Time) *Service { return &Service{store, now} }

// Register notes a file in the current unit of work, before it is served for
// the first time.
func (s *Service) Register(ctx context.Context, r Rendition) error {
	r.CreatedAt = s.now()
	return s.store.PutRendition(ctx, r)
}

// Rendition finds a file that was made before; NotFound if it was not.
func (s *Service) Rendition(ctx context.Context, subjectKind, subjectID string, revision int, format string, width int, variant string) (Rendition, error) {
	return s.store.Rendition(ctx, subjectKind, subjectID, revision, format, width, variant)
}

// PutOrigin registers an origin with what was first said of it, in the current
// unit of work. A fault "origin_taken" of kind Conflict says that its id, or its
// subject in that revision, is there already.
func (s *Service) PutOrigin(ctx context.Context, o Origin, m Manifest) error {
	if err := s.store.PutOrigin(ctx, o); err != nil {
		return err
	}
	return s.store.PutManifest(ctx, m)
}

// PutManifest registers what else was said of an origin, in the current unit of
// work.
func (s *Service) PutManifest(ctx context.Context, m Manifest) error {
	return s.store.PutManifest(ctx, m)
}

// PutPrint keeps what an origin looks like, in the unit of work that registers
// it.
func (s *Service) PutPrint(ctx context.Context, origin uint64, p fingerprint.Print) error {
	return s.store.PutPrint(ctx, origin, p)
}

// Origin gives an origin by its id; NotFound if there is none.
func (s *Service) Origin(ctx context.Context, id uint64) (Origin, error) {
	return s.store.Origin(ctx, id)
}

// OriginOf finds the origin of a subject in a revision; NotFound if there is none.
func (s *Service) OriginOf(ctx context.Context, subjectKind, subjectID string, revision int) (Origin, error) {
	return s.store.OriginOf(ctx, subjectKind, subjectID, revision)
}

// ManifestsOf lists what was said of an origin, oldest first.
func (s *Service) ManifestsOf(ctx context.Context, origin uint64) ([]Manifest, error) {
	return s.store.ManifestsOf(ctx, origin)
}

var sumPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Find gives what a file was served for, newest first; none if it is not in
// the register, which proves nothing about where it is from.
func (s *Service) Find(ctx context.Context, sha256 string) ([]Rendition, error) {
	if !sumPattern.MatchString(sha256) {
		return nil, fault.New(fault.Invalid, "sum_invalid", "A SHA-256 has 64 hexadecimal digits.")
	}
	return s.store.RenditionsBySum(ctx, sha256)
}

// Forget clears where the files of an erased thing lay. Their sums stay, so
// that a file that is out in the world still checks.
func (s *Service) Forget(ctx context.Context, subjectKind, subjectID string) error {
	return s.store.ForgetBlobs(ctx, subjectKind, subjectID)
}
