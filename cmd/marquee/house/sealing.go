package house

import (
	"context"
	"net/http"
	"path/filepath"
	"time"

	"marquee/c2pa"
	"marquee/internal/provenance"
	"marquee/internal/settings"
)

// SelfMade is what is said of a signer whose root was made here.
const SelfMade = "made here, so other programs call the signer unknown until it is enrolled (docs/provenance.md says how)"

// OpenKeys opens the folder with the keys that pictures are signed and
// watermarked with, and makes what is not there yet.
func OpenKeys(s *settings.Settings, now time.Time) (*provenance.Keys, error) {
	return provenance.OpenKeys(OriginKeys(s), Producer(s), now)
}

// OriginKeys is the folder with those keys.
func OriginKeys(s *settings.Settings) string {
	if s.OriginKeys == "" {
		return filepath.Join(s.Data, "origin")
	}
	return s.OriginKeys
}

// CheckStamping asks the time-stamp authority of the settings for a stamp.
func CheckStamping(ctx context.Context, s *settings.Settings) error {
	return provenance.NewSealer(provenance.SealerDeps{Stamper: stamper(s)}).CheckStamping(ctx)
}

// Producer is the name under which an installation signs.
func Producer(s *settings.Settings) string {
	if s.PublicURL != nil {
		return "Marquee at " + s.PublicURL.Hostname()
	}
	return "Marquee"
}

// sealing opens the keys and makes what signs with them.
func (h *House) sealing(version string) error {
	var err error
	if h.Keys, err = OpenKeys(h.Settings, h.now()); err != nil {
		return err
	}
	h.Seal = provenance.NewSealer(provenance.SealerDeps{
		Signers: h.Keys, Stamper: stamper(h.Settings), Program: c2pa.Generator{Name: "Marquee", Version: version},
		Producer: Producer(h.Settings), Now: h.now, Log: h.log,
	})
	return nil
}

// stamper asks the time-stamp authority of the settings; nil if there is none.
func stamper(s *settings.Settings) c2pa.TimeStamper {
	if s.TimestampURL == "" {
		return nil
	}
	return c2pa.Authority{URL: s.TimestampURL, Client: &http.Client{Timeout: provenance.StampWithin}}
}

// SigningLine says in a line who signs.
func (h *House) SigningLine() string {
	signer, err := h.Keys.Signer()
	if err != nil {
		return "NOT POSSIBLE: nothing new is made or published. See: marquee doctor"
	}
	line := "as " + signer.Chain()[0].Subject.CommonName
	if own, err := h.Keys.Own(); err == nil && own {
		line += ", " + SelfMade
	}
	return line
}
