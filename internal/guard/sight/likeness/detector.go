package likeness

import (
	"context"
	"fmt"
	"image"

	"marquee/internal/fingerprint"
	"marquee/internal/policy"
)

// Detector is the guard's detector for pictures that are on a list.
type Detector struct{ List *List }

// Name names the detector and its hash.
func (Detector) Name() string { return "known/1" }

// Picture gives a finding of kind "known_bad" if the picture, turned or
// mirrored in any of eight ways, is near one of the list's. Its score falls
// from 1 for the same hash to 0.5 at the distance of 31 bits. A picture with
// next to nothing in it (quality below 50) is not looked for. In pictures under
// some 500 pixels a mirrored copy may be missed.
func (d Detector) Picture(ctx context.Context, img image.Image) ([]policy.Finding, error) {
	if img.Bounds().Empty() {
		return nil, fmt.Errorf("a picture without pixels has no hash")
	}
	hashes, quality := fingerprint.Turned(img)
	if quality < fingerprint.Enough {
		return nil, ctx.Err()
	}
	best, found := Match{Distance: fingerprint.Near + 1}, false
	for _, h := range hashes {
		if m, ok := d.List.Find(h); ok && m.Distance < best.Distance {
			best, found = m, true
		}
	}
	if !found {
		return nil, ctx.Err()
	}
	f := policy.Finding{Detector: d.Name(), Kind: "known_bad", Score: 1 - float64(best.Distance)/(2*fingerprint.Near), Evidence: fmt.Sprintf("%d bits from %q", best.Distance, best.Note)}
	return []policy.Finding{f}, ctx.Err()
}
