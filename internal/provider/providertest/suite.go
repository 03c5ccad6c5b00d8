// Package providertest is the one suite that every maker of pictures passes,
// whatever makes them, and a server to test those that speak OpenAI's API.
package providertest

import (
	"context"
	"errors"
	"fmt"
	"image"
	"sync"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// Case is a maker of pictures with what is to be expected of it.
type Case struct {
	// New makes one that works. It is called once for each part of the suite.
	New func(t testing.TB) provider.Pictures
	// Kind is the sort of maker; Paid whether a call costs.
	Kind provider.Kind
	Paid bool
	// Exact is true if pictures have just the pixels asked for; others may
	// differ in size and are fitted afterwards.
	Exact bool
	// Seeded is true if the same seed gives the same picture and another seed
	// another one.
	Seeded bool
	// Describes is true if pictures come with a description.
	Describes bool
	// Steps is true if progress is told while a picture is being made, not only
	// at its beginning and end.
	Steps bool

	// Refusing makes one that will not make what it is asked for; nil if there
	// is no such thing.
	Refusing func(t testing.TB) provider.Pictures
	// Away makes one that can't work at the moment; nil if that never happens.
	Away func(t testing.TB) provider.Pictures
	// Busy makes one that works until its call is cancelled, and tells when a
	// call has begun; nil if progress tells it.
	Busy func(t testing.TB) (p provider.Pictures, begun <-chan struct{})
}

// sizes are those of campaigns, and one that is no multiple of anything.
var sizes = []image.Point{{1024, 1024}, {1024, 1280}, {1280, 720}, {333, 271}}

// Request is what the suite asks for, at a size.
func Request(width, height int) provider.PictureRequest {
	return provider.PictureRequest{
		Prompt: "a polar fox beside a lantern in a snowy forest", Width: width, Height: height, Seed: 7,
		Palette: []string{"#123c33", "#f5e9d0", "#d8432f"}, User: "p-7f3a",
	}
}

// Run runs the suite.
func Run(t *testing.T, c Case) {
	for name, part := range map[string]func(*testing.T, Case){
		"maker": maker, "sizes": sizesAsked, "seeds": seeds, "progress": progress, "abreast": abreast,
		"cancelled before": cancelledBefore, "cancelled within": cancelledWithin, "refused": refused, "away": away, "check": check,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, c)
		})
	}
}

func maker(t *testing.T, c Case) {
	p := c.New(t)
	m := p.Maker()
	if m.Kind != c.Kind || m.Provider == "" || m.Model == "" || m.Version == "" {
		t.Errorf("the maker is %+v, want all fields and kind %s", m, c.Kind)
	}
	if p.Paid() != c.Paid {
		t.Errorf("paid: %t", p.Paid())
	}
	pic := make1(t, p, Request(256, 256))
	if pic.Maker != m {
		t.Errorf("the picture names %+v, the maker %+v", pic.Maker, m)
	}
	if c.Describes && pic.Alt == "" {
		t.Error("the picture has no description")
	}
}

func sizesAsked(t *testing.T, c Case) {
	p := c.New(t)
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.X, size.Y), func(t *testing.T) {
			t.Parallel()
			got := make1(t, p, Request(size.X, size.Y)).Image.Bounds().Size()
			if c.Exact && got != size {
				t.Errorf("got %v", got)
			}
			if got.X < 1 || got.Y < 1 {
				t.Errorf("a picture of %v", got)
			}
		})
	}
}

func seeds(t *testing.T, c Case) {
	if !c.Seeded {
		t.Skip("this maker knows no seeds")
	}
	p := c.New(t)
	r := Request(320, 320)
	first, again := make1(t, p, r).Image, make1(t, p, r).Image
	if !same(first, again) {
		t.Error("the same seed gave another picture")
	}
	r.Seed++
	if same(first, make1(t, p, r).Image) {
		t.Error("another seed gave the same picture")
	}
}

func progress(t *testing.T, c Case) {
	p := c.New(t)
	var told []float64
	if _, err := p.Picture(t.Context(), Request(512, 512), func(f float64) { told = append(told, f) }); err != nil {
		t.Fatal(err)
	}
	if n := len(told); n == 0 || told[n-1] != 1 {
		t.Errorf("progress ends with %v, want 1", told)
	}
	if c.Steps && len(told) < 4 {
		t.Errorf("only %d steps were told", len(told))
	}
	last := 0.0
	for _, f := range told {
		if !(f >= last && f <= 1) {
			t.Errorf("progress went from %v to %v", last, f)
		}
		last = f
	}
}

// abreast wants many calls at once to give the same as one after the other.
func abreast(t *testing.T, c Case) {
	p := c.New(t)
	pictures := make([]*provider.Picture, 6)
	var wait sync.WaitGroup
	for i := range pictures {
		wait.Go(func() {
			r := Request(256, 256)
			r.Seed = int64(i % 2)
			pic, err := p.Picture(t.Context(), r, nil)
			if err != nil {
				t.Error(err)
				return
			}
			pictures[i] = pic
		})
	}
	wait.Wait()
	if t.Failed() || !c.Seeded {
		return
	}
	for i := 2; i < len(pictures); i++ {
		if !same(pictures[i].Image, pictures[i%2].Image) {
			t.Errorf("call %d gave another picture than call %d with the same seed", i, i%2)
		}
	}
}

func cancelledBefore(t *testing.T, c Case) {
	p := c.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	pic, err := p.Picture(ctx, Request(512, 512), nil)
	if pic != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("a picture: %t, error: %v", pic != nil, err)
	}
}

func cancelledWithin(t *testing.T, c Case) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var p provider.Pictures
	stop := func(f float64) {
		if f > 0 {
			cancel()
		}
	}
	if c.Busy != nil {
		var begun <-chan struct{}
		p, begun = c.Busy(t)
		stop = nil
		go func() {
			select {
			case <-begun:
				cancel()
			case <-ctx.Done():
			}
		}()
	} else {
		p = c.New(t)
	}
	pic, err := p.Picture(ctx, Request(1024, 1024), stop)
	if pic != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("a picture: %t, error: %v", pic != nil, err)
	}
}

func refused(t *testing.T, c Case) {
	if c.Refusing == nil {
		t.Skip("this maker refuses nothing")
	}
	pic, err := c.Refusing(t).Picture(t.Context(), Request(512, 512), nil)
	if pic != nil || !fault.Is(err, fault.Invalid) || !fault.HasCode(err, "provider_refused") {
		t.Errorf("a picture: %t, error: %v", pic != nil, err)
	}
}

func away(t *testing.T, c Case) {
	if c.Away == nil {
		t.Skip("this maker is never away")
	}
	p := c.Away(t)
	pic, err := p.Picture(t.Context(), Request(512, 512), nil)
	if pic != nil || !fault.Is(err, fault.Unavailable) {
		t.Errorf("a picture: %t, error: %v", pic != nil, err)
	}
	if err := p.Check(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("the check says %v", err)
	}
}

func check(t *testing.T, c Case) {
	if err := c.New(t).Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func make1(t *testing.T, p provider.Pictures, r provider.PictureRequest) *provider.Picture {
	t.Helper()
	pic, err := p.Picture(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if pic.Image == nil {
		t.Fatal("there is no image")
	}
	return pic
}

// same tells whether two pictures agree at every pixel.
func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			r1, g1, b1, a1 := a.At(x, y).RGBA()
			if r2, g2, b2, a2 := b.At(x, y).RGBA(); r1 != r2 || g1 != g2 || b1 != b2 || a1 != a2 {
				return false
			}
		}
	}
	return true
}
