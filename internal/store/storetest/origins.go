package storetest

import (
	"context"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/provenance"
	"marquee/internal/store"
)

// Origins tests the origins and manifests of provenance.Store.
func Origins(t *testing.T, db *store.DB) {
	ctx := t.Context()
	o := provenance.Origin{ID: 1 << 39, SubjectKind: "creation", SubjectID: id(), Revision: 2, Campaign: "winter", Kit: "lumipine@1.1.0",
		Provider: "builtin", Model: "painter", Version: "2", Marks: []string{"wordmark"}, SourceType: "composite",
		Pixels: "00ff", Width: 1024, Height: 1280, MasterKey: "creation/x.png", CreatedAt: t0}
	put := func(o provenance.Origin) error {
		return db.Do(ctx, func(ctx context.Context) error { return db.PutOrigin(ctx, o) })
	}
	if err := put(o); err != nil {
		t.Fatal(err)
	}
	gives(t, o)(db.Origin(ctx, o.ID))
	gives(t, o)(db.OriginOf(ctx, "creation", o.SubjectID, 2))
	fails(t, value(db.OriginOf(ctx, "creation", o.SubjectID, 1)), fault.NotFound, "")
	fails(t, value(db.Origin(ctx, o.ID+1)), fault.NotFound, "")

	sameID, sameSubject := o, o
	sameID.SubjectID, sameSubject.ID = id(), o.ID+1
	fails(t, put(sameID), fault.Conflict, "origin_taken")
	fails(t, put(sameSubject), fault.Conflict, "origin_taken")

	made := provenance.Manifest{Label: "urn:c2pa:b", OriginID: o.ID, Stage: provenance.Made, BlobKey: "creation/x.c2pa", CreatedAt: t0}
	published := provenance.Manifest{Label: "urn:c2pa:a", OriginID: o.ID, Stage: provenance.Published, BlobKey: "creation/y.c2pa", Stamped: true, CreatedAt: t0.Add(time.Hour)}
	for _, m := range []provenance.Manifest{published, made, made} {
		do(t, db, func(ctx context.Context) error { return db.PutManifest(ctx, m) })
	}
	gives(t, published)(db.Manifest(ctx, "urn:c2pa:a"))
	gives(t, []provenance.Manifest{made, published})(db.ManifestsOf(ctx, o.ID))
	gives(t, []provenance.Manifest{})(db.ManifestsOf(ctx, o.ID+1))

	file := provenance.Rendition{SHA256: "aa", SubjectKind: "creation", SubjectID: o.SubjectID, Revision: 2, Format: "png", Width: 640,
		BlobKey: "creation/z.png", OriginID: o.ID, Variant: "published+CN", Manifest: "urn:c2pa:c", Watermarked: true, CreatedAt: t0, Marks: []string{}}
	plain := file
	plain.SHA256, plain.Variant, plain.Manifest = "bb", "", ""
	for _, r := range []provenance.Rendition{plain, file} {
		do(t, db, func(ctx context.Context) error { return db.PutRendition(ctx, r) })
	}
	gives(t, file)(db.RenditionByManifest(ctx, "urn:c2pa:c"))
	gives(t, file)(db.Rendition(ctx, "creation", o.SubjectID, 2, "png", 640, "published+CN"))
	fails(t, value(db.RenditionByManifest(ctx, "")), fault.NotFound, "")

	do(t, db, func(ctx context.Context) error { return db.ForgetBlobs(ctx, "creation", o.SubjectID) })
	o.MasterKey, made.BlobKey, published.BlobKey = "", "", ""
	gives(t, o)(db.Origin(ctx, o.ID))
	gives(t, []provenance.Manifest{made, published})(db.ManifestsOf(ctx, o.ID))
}
