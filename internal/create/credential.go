package create

import (
	"context"
	"image"
	"sync"
	"time"

	"marquee/internal/asset"
	"marquee/internal/fault"
	"marquee/internal/provenance"
)

// Credential is what is signed of a public work as it was approved.
type Credential struct {
	// Label names the manifest.
	Label    string
	SignedAt time.Time
	// Signer is the name in the signer's certificate.
	Signer string
	// Stamped tells that an authority confirmed when it was signed.
	Stamped bool
	// Watermarked tells that the work's files are large enough for a watermark,
	// and carry one.
	Watermarked bool

	blobKey string
}

// Credential gives the credential of a public work; NotFound if it has none, as
// one that was approved under an earlier release.
func (s *Service) Credential(ctx context.Context, c Creation) (Credential, error) {
	o, err := s.Provenance.OriginOf(ctx, "creation", c.ID, c.Revision)
	if err != nil {
		return Credential{}, err
	}
	said, err := s.Provenance.ManifestsOf(ctx, o.ID)
	if err != nil {
		return Credential{}, err
	}
	for _, m := range said {
		if m.Stage != provenance.Published || m.BlobKey == "" {
			continue
		}
		out := Credential{
			Label: m.Label, SignedAt: m.CreatedAt, Stamped: m.Stamped, blobKey: m.BlobKey,
			Watermarked: marks(image.Rect(0, 0, o.Width, o.Height)),
		}
		out.Signer, err = s.signers.of(m.Label, func() ([]byte, error) { return s.CredentialData(ctx, out) })
		return out, err
	}
	return Credential{}, fault.Missing("credential")
}

// CredentialData gives a credential's manifest store.
func (s *Service) CredentialData(ctx context.Context, c Credential) ([]byte, error) {
	return asset.ReadAll(ctx, s.Blobs, c.blobKey)
}

// signers keeps who signed which manifest: a manifest never changes.
type signers struct {
	mu    sync.Mutex
	known map[string]string
}

const maxSigners = 4096

func (k *signers) of(label string, read func() ([]byte, error)) (string, error) {
	k.mu.Lock()
	name, ok := k.known[label]
	k.mu.Unlock()
	if ok {
		return name, nil
	}
	data, err := read()
	if err != nil {
		return "", err
	}
	if name, err = provenance.SignerOf(data); err != nil {
		return "", err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil || len(k.known) >= maxSigners {
		k.known = map[string]string{}
	}
	k.known[label] = name
	return name, nil
}
