package providertest

import (
	"context"
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"

	"marquee/internal/provider"
)

// EditCase is an editor of pictures with what is to be expected of it.
type EditCase struct {
	// New makes one that works.
	New func(t testing.TB) provider.Edits
	// Kinds are those that it can do.
	Kinds []provider.EditKind
}

// EditRequest is what the suite asks for: the right half is to be made anew.
func EditRequest(kind provider.EditKind) provider.EditRequest {
	img, mask := image.NewNRGBA(image.Rect(0, 0, 64, 48)), image.NewNRGBA(image.Rect(0, 0, 64, 48))
	for y := range 48 {
		for x := range 64 {
			img.SetNRGBA(x, y, color.NRGBA{byte(x * 4), byte(y * 5), 90, 255})
			if x < 32 {
				mask.SetNRGBA(x, y, color.NRGBA{A: 255})
			}
		}
	}
	r := provider.EditRequest{Kind: kind, Image: img, Mask: mask, Prompt: "a red boat on the right", Width: 1024, Height: 1024, Seed: 7, User: "p-7f3a"}
	if kind == provider.Variation {
		r.Mask = nil
	}
	return r
}

// RunEdits runs the suite.
func RunEdits(t *testing.T, c EditCase) {
	for _, kind := range []provider.EditKind{provider.Inpaint, provider.Outpaint, provider.Variation, "melt"} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			e := c.New(t)
			pic, err := e.Edit(t.Context(), EditRequest(kind), nil)
			if can := slices.Contains(c.Kinds, kind); can != slices.Contains(e.Kinds(), kind) {
				t.Errorf("the editor names %v", e.Kinds())
			} else if !can {
				Wants(t, err, Fault{Name: "an edit that it can't do", Code: "provider_request"})
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if pic.Image.Bounds().Empty() || pic.Maker != e.Maker() || pic.Maker.Kind != provider.Model {
				t.Errorf("%v by %+v", pic.Image.Bounds(), pic.Maker)
			}
		})
	}
	t.Run("wrong requests", func(t *testing.T) {
		t.Parallel()
		e := c.New(t)
		for name, change := range map[string]func(*provider.EditRequest){
			"no picture":           func(r *provider.EditRequest) { r.Image = nil },
			"an empty picture":     func(r *provider.EditRequest) { r.Image = image.NewNRGBA(image.Rectangle{}) },
			"no mask":              func(r *provider.EditRequest) { r.Mask = nil },
			"a mask of other size": func(r *provider.EditRequest) { r.Mask = image.NewNRGBA(image.Rect(0, 0, 3, 3)) },
		} {
			r := EditRequest(provider.Inpaint)
			change(&r)
			_, err := e.Edit(t.Context(), r, nil)
			Wants(t, err, Fault{Name: name, Code: "provider_request"})
		}
	})
	t.Run("cancelled before", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := c.New(t).Edit(ctx, EditRequest(c.Kinds[0]), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}
