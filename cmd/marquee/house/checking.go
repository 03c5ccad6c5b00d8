package house

import (
	"fmt"
	"os"

	"marquee/c2pa"
	"marquee/internal/provenance"
	"marquee/internal/watermark"
)

// checking makes what says where files come from.
func (h *House) checking() {
	h.Checker = provenance.NewChecker(provenance.CheckerDeps{
		Register: h.DB, Blobs: h.Blobs, Own: h.Keys.Trust, Listed: h.listed, Similar: h.DB, Now: h.now,
		Mark: func() watermark.Key { return h.Keys.Mark() },
	})
}

// listed reads the roots of other signers that the check believes, so that a
// new list counts at once; none without the setting.
func (h *House) listed() (c2pa.Trust, error) {
	if h.Settings.TrustAnchors == "" {
		return c2pa.Trust{}, nil
	}
	data, err := os.ReadFile(h.Settings.TrustAnchors)
	if err != nil {
		return c2pa.Trust{}, fmt.Errorf("the roots of other signers: %w", err)
	}
	roots, err := c2pa.ParseCertificates(data)
	if err != nil {
		return c2pa.Trust{}, fmt.Errorf("%s: %w", h.Settings.TrustAnchors, err)
	}
	return c2pa.Trust{Anchors: roots}, nil
}
