package provenance

import (
	"context"

	"marquee/internal/fingerprint"
)

// Prints is the register of fingerprints: what origins look like. A print tells
// nothing about a person, and an older copy may still be out in the world, so
// prints stay when a work is erased, as sums do.
type Prints interface {
	// PutPrint keeps the print of an origin that is registered already, in the
	// unit of work that registers it; putting it again changes nothing. Words
	// that sixteen other works have, such as those of a mark that is on all works
	// of a campaign, tell nothing and are left out.
	PutPrint(ctx context.Context, originID uint64, p fingerprint.Print) error
	// Similar gives the works that a picture may be, the surest first, at most
	// limit (1 to 64); none is an empty slice. Several works that are as sure
	// are alike: it is not known which of them the picture is.
	Similar(ctx context.Context, q fingerprint.Query, limit int) ([]fingerprint.Match, error)
}
