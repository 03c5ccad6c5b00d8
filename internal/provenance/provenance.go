// Package provenance is what Marquee says about origin: the register of every
// rendition ever served, and the public check against it.
package provenance

import (
	"context"
	"time"
)

// Rendition is a file that was served, known by the SHA-256 of its bytes. Its
// row outlives takedowns, so that an older download still checks.
type Rendition struct {
	SHA256 string
	// SubjectKind is "creation" or "candidate".
	SubjectKind string
	SubjectID   string
	Campaign    string
	// Revision is that of the composition which was rendered.
	Revision  int
	Format    string
	Width     int
	Height    int
	BlobKey   string
	Provider  string
	Model     string
	Version   string
	Marks     []string
	Kit       string
	CreatedAt time.Time
	// OriginID leads to the Origin; 0 for a file of an earlier release, which
	// had none.
	OriginID uint64
	// Variant tells files of one subject, revision, format and width apart: ""
	// for a draft, "published", and what else was burned in, such as
	// "published+CN".
	Variant string
	// Manifest is the label of the file's own manifest; "" if it has none.
	Manifest string
	// Watermarked tells that the pixels carry OriginID.
	Watermarked bool
}

// Store is what provenance needs of a database.
type Store interface {
	Prints
	// PutRendition registers a file; registering the same bytes for the same
	// subject again changes nothing.
	PutRendition(ctx context.Context, r Rendition) error
	// RenditionsBySum gives up to 10 things that a file's bytes were served
	// for, newest first; none is an empty slice.
	RenditionsBySum(ctx context.Context, sha256 string) ([]Rendition, error)
	// Rendition finds the file of a subject by revision, format, width and
	// variant; NotFound if it was not rendered yet.
	Rendition(ctx context.Context, subjectKind, subjectID string, revision int, format string, width int, variant string) (Rendition, error)
	// RenditionByManifest finds the file that a manifest was made for; NotFound
	// if there is none.
	RenditionByManifest(ctx context.Context, label string) (Rendition, error)

	// PutOrigin registers an origin. A fault "origin_taken" of kind Conflict
	// says that its id, or its subject in that revision, is there already.
	PutOrigin(ctx context.Context, o Origin) error
	Origin(ctx context.Context, id uint64) (Origin, error)
	// OriginOf finds the origin of a subject in a revision.
	OriginOf(ctx context.Context, subjectKind, subjectID string, revision int) (Origin, error)
	// PutManifest registers a manifest, or replaces the one of the same label.
	PutManifest(ctx context.Context, m Manifest) error
	Manifest(ctx context.Context, label string) (Manifest, error)
	// ManifestsOf lists those of an origin, oldest first, at most 20.
	ManifestsOf(ctx context.Context, origin uint64) ([]Manifest, error)

	// ForgetBlobs clears the blob keys of a subject's renditions, origins and
	// manifests when the subject is erased; sums and ids stay.
	ForgetBlobs(ctx context.Context, subjectKind, subjectID string) error
}
