package provenance

import "time"

// MaxID is the greatest id of an origin: 40 bits, as a watermark carries.
const MaxID = 1<<40 - 1

// Origin is what the register keeps of one state of a thing that may go out
// into the world: a candidate, a creation in one revision of its composition,
// or a picture of a campaign's page. Watermarks, fingerprints and manifests
// lead to it. Its row outlives takedowns and erasure, and holds nothing
// personal.
type Origin struct {
	// ID is drawn at random, 1 to MaxID, so that it tells nothing by itself.
	ID uint64
	// SubjectKind is "candidate", "creation" or "page".
	SubjectKind string
	SubjectID   string
	// Revision is that of a creation's composition; 0 for the others.
	Revision int
	Campaign string
	// Kit is the id and version of the brand kit, as in "lumipine@1.1.0"; "" for
	// a picture without one.
	Kit string
	// Provider, Model and Version say who made the picture.
	Provider, Model, Version string
	// Marks are the ids of the brand's marks on it.
	Marks []string
	// SourceType is the last word of the IPTC digital source type, such as
	// "compositeSynthetic".
	SourceType string
	// Pixels is the SHA-256, in lower-case hex, of the picture's pixels at its
	// own size (8-bit RGBA, row by row) before watermark and labels.
	Pixels        string
	Width, Height int
	// MasterKey is where the signed picture at its own size lies; "" once it was
	// erased.
	MasterKey string
	CreatedAt time.Time
}

// The stages that a manifest speaks of.
const (
	Made      = "made"
	Published = "published"
)

// Manifest is a signed statement about an origin, as it was embedded in the
// picture at its own size. It can be given to others who found the work by its
// watermark or fingerprint.
type Manifest struct {
	// Label names it, for example "urn:c2pa:1f0c…".
	Label    string
	OriginID uint64
	// Stage is Made or Published.
	Stage string
	// BlobKey is where the manifest store lies; "" once it was erased.
	BlobKey string
	// Stamped tells that an authority confirmed when it was signed.
	Stamped   bool
	CreatedAt time.Time
}
