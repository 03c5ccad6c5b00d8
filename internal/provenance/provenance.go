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
}

// Store is what provenance needs of a database.
type Store interface {
	// PutRendition registers a file; registering the same bytes for the same
	// subject again changes nothing.
	PutRendition(ctx context.Context, r Rendition) error
	// RenditionsBySum gives up to 10 things that a file's bytes were served
	// for, newest first; none is an empty slice.
	RenditionsBySum(ctx context.Context, sha256 string) ([]Rendition, error)
	// Rendition finds the file of a subject by revision, format and width;
	// NotFound if it was not rendered yet.
	Rendition(ctx context.Context, subjectKind, subjectID string, revision int, format string, width int) (Rendition, error)
	// ForgetBlobs clears the blob keys of a subject's renditions when the
	// subject is erased; the sums stay.
	ForgetBlobs(ctx context.Context, subjectKind, subjectID string) error
}
