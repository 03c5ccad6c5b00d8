package create

import (
	"context"

	"marquee/internal/asset"
	"marquee/internal/fault"
	"marquee/internal/provenance"
)

// Approved is the signed statement that a person approved a creation: of one
// revision, and of its picture's very pixels. It is true once it is registered.
type Approved struct {
	CreationID string
	Revision   int
	Origin     provenance.Origin
	Checks     provenance.Checks
	manifest   provenance.Manifest
}

// Label names its manifest.
func (a *Approved) Label() string { return a.manifest.Label }

// Of tells whether it is about a creation as it is now.
func (a *Approved) Of(c Creation) bool { return a.CreationID == c.ID && a.Revision == c.Revision }

// Approve makes the statement that a person approved a creation as it is now,
// after a look at the registered pixels. It is not for units of work, and
// nobody knows of the statement until Publish was called with it. While nothing
// can be signed it is the fault publication_unsigned, and nothing has changed.
func (s *Service) Approve(ctx context.Context, c Creation, checks provenance.Checks, by provenance.Approval) (*Approved, error) {
	a, err := s.approve(ctx, c, checks, by)
	if fault.HasCode(err, "signing_unavailable") {
		s.Log.ErrorContext(ctx, "a publication holds, for nothing can be signed; look at the folder of the signing keys", "creation", c.ID, "error", err)
		f, _ := fault.As(err)
		return nil, fault.New(fault.Unavailable, "publication_unsigned", "This work stays in the queue: it can't be signed, for the signing key can't be read. Whoever runs this server puts it back (marquee doctor tells where); then approve it again.").
			After(f.RetryAfter).Because(err)
	}
	return a, err
}

func (s *Service) approve(ctx context.Context, c Creation, checks provenance.Checks, by provenance.Approval) (*Approved, error) {
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer s.slots.Release(1)
	o, err := s.original(ctx, c)
	if err != nil {
		return nil, err
	}
	if _, err := s.drawing(ctx, o); err != nil {
		return nil, err
	}
	parent, err := s.parent(ctx, o, true)
	if err != nil {
		return nil, err
	}
	sealed, err := s.Seal.Approved(ctx, parent, o.Origin, checks, by)
	if err != nil {
		return nil, err
	}
	m := provenance.Manifest{
		Label: sealed.Label, OriginID: o.ID, Stage: provenance.Published, BlobKey: asset.Key(asset.Owner("creation", c.ID), sealed.Store, "c2pa"),
		Stamped: sealed.Stamped, CreatedAt: by.At,
	}
	if err := s.Blobs.Put(ctx, m.BlobKey, "application/c2pa", sealed.Store); err != nil {
		return nil, err
	}
	return &Approved{c.ID, c.Revision, o.Origin, checks, m}, nil
}

// Publish registers an approval, in the unit of work that makes the creation
// public.
func (s *Service) Publish(ctx context.Context, a *Approved) error {
	return s.Provenance.PutManifest(ctx, a.manifest)
}
