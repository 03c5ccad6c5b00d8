package storetest

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/fingerprint"
	"marquee/internal/provenance"
	"marquee/internal/store"
)

// Prints tests provenance.Prints.
func Prints(t *testing.T, db *store.DB) {
	ctx := t.Context()
	put := func(origin uint64, p fingerprint.Print) error {
		return db.Do(ctx, func(ctx context.Context) error { return db.PutPrint(ctx, origin, p) })
	}
	register := func(origin uint64, p fingerprint.Print) {
		t.Helper()
		o := provenance.Origin{ID: origin, SubjectKind: "creation", SubjectID: id(), Marks: []string{}, CreatedAt: t0}
		err := db.Do(ctx, func(ctx context.Context) error {
			if err := db.PutOrigin(ctx, o); err != nil {
				return err
			}
			return db.PutPrint(ctx, o.ID, p)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	similar := func(img image.Image, limit int) []fingerprint.Match {
		t.Helper()
		q, err := fingerprint.QueryOf(img)
		if err != nil {
			t.Fatal(err)
		}
		found, err := db.Similar(ctx, q, limit)
		if err != nil {
			t.Fatal(err)
		}
		if found == nil {
			t.Fatal("none is an empty slice")
		}
		return found
	}

	if found := similar(discs(1), 5); len(found) != 0 {
		t.Fatalf("an empty register gives %+v", found)
	}
	prints := map[uint64]fingerprint.Print{}
	for _, n := range []uint64{1, 2, 3} {
		prints[n] = printOf(t, discs(n))
		register(1<<39+n, prints[n])
	}
	// The same again changes nothing, and neither does another for the same origin.
	for _, p := range []fingerprint.Print{prints[2], prints[3]} {
		if err := put(1<<39+2, p); err != nil {
			t.Fatal(err)
		}
	}
	fails(t, put(77, prints[1]), fault.NotFound, "")
	if err := db.PutPrint(ctx, 1<<39+1, prints[1]); err != store.ErrOutsideUnit {
		t.Errorf("outside a unit: %v", err)
	}

	whole := discs(2)
	b := whole.Bounds()
	crop := image.NewNRGBA(image.Rect(0, 0, b.Dx()*3/4, b.Dy()*3/4))
	draw.Draw(crop, crop.Bounds(), whole, image.Pt(b.Dx()/8, b.Dy()/8), draw.Src)
	mirror := image.NewNRGBA(b)
	for y := range b.Dy() {
		for x := range b.Dx() {
			mirror.Set(x, y, whole.At(b.Dx()-1-x, y))
		}
	}
	for name, img := range map[string]image.Image{"itself": whole, "a crop": crop, "its mirror": mirror} {
		found := similar(img, 5)
		if len(found) != 1 || found[0].OriginID != 1<<39+2 || found[0].Sureness < 0.9 || found[0].Parts < 4 {
			t.Errorf("%s is %+v", name, found)
		} else if name == "itself" && found[0].Distance != 0 {
			t.Errorf("%d bits from itself", found[0].Distance)
		}
	}
	if found := similar(discs(9), 5); len(found) != 0 {
		t.Errorf("a stranger is %+v", found)
	}

	// A print is found from its commit on, and in its own unit before that.
	do(t, db, func(ctx context.Context) error {
		o := provenance.Origin{ID: 5, SubjectKind: "candidate", SubjectID: id(), Marks: []string{}, CreatedAt: t0}
		if err := db.PutOrigin(ctx, o); err != nil {
			return err
		}
		if err := db.PutPrint(ctx, 5, printOf(t, discs(5))); err != nil {
			return err
		}
		q, err := fingerprint.QueryOf(discs(5))
		if err != nil {
			return err
		}
		if found, err := db.Similar(ctx, q, 5); err != nil || len(found) != 1 {
			t.Errorf("in its own unit: %v, %v", found, err)
		}
		return nil
	})
	if found := similar(discs(5), 5); len(found) != 1 || found[0].OriginID != 5 {
		t.Errorf("after its commit: %+v", found)
	}

	// The same picture made many times: several are given, never more than asked
	// for. Sixteen are found by
	// the first of their parts, sixteen by the next, and then all are common.
	same := printOf(t, discs(7))
	for n := range uint64(36) {
		register(1000+n, same)
	}
	if found := similar(discs(7), 3); len(found) != 3 || found[0].OriginID != 1000 || found[2].Sureness != found[0].Sureness {
		t.Errorf("three of many: %+v", found)
	}
	if found := similar(discs(7), 1000); len(found) != 32 {
		t.Errorf("%d of many", len(found))
	}
	// A print with nothing in it has no rows, and that is no mistake.
	register(2000, fingerprint.Print{})
}

func printOf(t *testing.T, img image.Image) fingerprint.Print {
	t.Helper()
	p, err := fingerprint.Of(img)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// discs is a picture of discs and bars; another seed is another picture.
func discs(seed uint64) *image.NRGBA {
	r := rand.New(rand.NewPCG(seed, 3))
	img := image.NewNRGBA(image.Rect(0, 0, 384, 384))
	shade := func() color.NRGBA {
		return color.NRGBA{R: uint8(r.IntN(256)), G: uint8(r.IntN(256)), B: uint8(r.IntN(256)), A: 255}
	}
	draw.Draw(img, img.Bounds(), image.NewUniform(shade()), image.Point{}, draw.Src)
	for range 160 {
		c, x, y, w, h := shade(), r.IntN(384), r.IntN(384), 4+r.IntN(24), 4+r.IntN(24)
		for dy := -h; dy <= h; dy++ {
			for dx := -w; dx <= w; dx++ {
				if dx*dx*h*h+dy*dy*w*w <= w*w*h*h {
					img.SetNRGBA(x+dx, y+dy, c)
				}
			}
		}
	}
	return img
}
