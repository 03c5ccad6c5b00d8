package house

import (
	"net/http"
	"path/filepath"

	"marquee/c2pa"
	"marquee/internal/provenance"
	"marquee/internal/settings"
)

// openKeys opens the folder with the keys that pictures are signed and
// watermarked with, and makes what is not there yet.
func (h *House) openKeys() (*provenance.Keys, error) {
	return provenance.OpenKeys(originKeys(h.Settings), Producer(h.Settings), h.now())
}

func originKeys(s *settings.Settings) string {
	if s.OriginKeys == "" {
		return filepath.Join(s.Data, "origin")
	}
	return s.OriginKeys
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
	if h.Keys, err = h.openKeys(); err != nil {
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
