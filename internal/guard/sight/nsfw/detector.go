// Package nsfw looks for nudity and sex in pictures, with the model
// mobilenet_v2_mid of nsfwjs run in Go. It tells how a picture looks; it knows
// nothing of what it means.
package nsfw

import (
	"context"
	"embed"
	"fmt"
	"image"
	"runtime"
	"sync"

	"marquee/internal/policy"
)

//go:embed data/model.json data/weights.bin
var files embed.FS

// Shares says how much a picture looks like each class; together they are 1.
type Shares struct {
	// Drawing is drawn or painted and harmless, Neutral a harmless photograph.
	Drawing, Neutral float64
	// Hentai is drawn, Porn photographed, and shows sex or genitals.
	Hentai, Porn float64
	// Sexy is a photograph that means to arouse and shows neither.
	Sexy float64
}

// classes are the model's outputs in their order.
var classes = [...]func(*Shares) *float64{
	func(s *Shares) *float64 { return &s.Drawing },
	func(s *Shares) *float64 { return &s.Hentai },
	func(s *Shares) *float64 { return &s.Neutral },
	func(s *Shares) *float64 { return &s.Porn },
	func(s *Shares) *float64 { return &s.Sexy },
}

// engine is the model with as many benches as there are processors: more runs
// at once would only take memory. A bench is some 12 MB and made at first use.
type engine struct {
	net     *network
	benches chan *bench
}

// load reads the model at first use; it takes some 50 ms and 20 MB.
var load = sync.OnceValues(func() (*engine, error) {
	topology, err := files.ReadFile("data/model.json")
	if err != nil {
		return nil, err
	}
	weights, err := files.ReadFile("data/weights.bin")
	if err != nil {
		return nil, err
	}
	net, err := assemble(topology, weights)
	if err != nil {
		return nil, fmt.Errorf("the model for nudity: %w", err)
	}
	e := &engine{net: net, benches: make(chan *bench, runtime.GOMAXPROCS(0))}
	for range cap(e.benches) {
		e.benches <- nil
	}
	return e, nil
})

// Look tells how a picture looks. It waits while as many pictures are looked at
// as there are processors, and fails when ctx ends or when the picture has no
// pixels.
func Look(ctx context.Context, img image.Image) (Shares, error) {
	if img.Bounds().Empty() {
		return Shares{}, fmt.Errorf("a picture without pixels can't be looked at")
	}
	e, err := load()
	if err != nil {
		return Shares{}, err
	}
	var b *bench
	select {
	case b = <-e.benches:
	case <-ctx.Done():
		return Shares{}, ctx.Err()
	}
	defer func() { e.benches <- b }()
	if b == nil {
		b = e.net.bench()
	}
	shrink(img, e.net.input(b))
	out := e.net.run(b, func() bool { return ctx.Err() != nil })
	if out == nil {
		return Shares{}, ctx.Err()
	}
	var s Shares
	for i, field := range classes {
		*field(&s) = float64(out[i])
	}
	return s, nil
}

// Detector is the guard's detector for pictures.
type Detector struct{}

// Name names the detector, the model and how findings are drawn from it.
func (Detector) Name() string { return "nsfw/1" }

const (
	// explicit is from which share of Porn and Hentai together a picture is
	// held: where the model thinks it as likely as everything else. Packs deny
	// from 0.85.
	explicit = 0.5
	// sexy is from which share of Sexy a picture is held. Portraits and
	// swimwear get middling shares, so it has to be nearly sure, and it never
	// says more than "a person should look".
	sexy = 0.8
	// unsure is the most that Sexy alone may score, below what packs deny.
	unsure = 0.84
)

// Picture gives at most one finding of kind "nsfw". Its score is the share of
// Porn and Hentai together, or of Sexy, which alone never scores above 0.84;
// its evidence is the class that weighs most.
func (d Detector) Picture(ctx context.Context, img image.Image) ([]policy.Finding, error) {
	s, err := Look(ctx, img)
	if err != nil {
		return nil, err
	}
	return d.findings(s), nil
}

func (d Detector) findings(s Shares) []policy.Finding {
	f := policy.Finding{Detector: d.Name(), Kind: "nsfw"}
	switch sum := s.Porn + s.Hentai; {
	case sum >= explicit:
		f.Score, f.Evidence = min(sum, 1), "porn"
		if s.Hentai > s.Porn {
			f.Evidence = "hentai"
		}
	case s.Sexy >= sexy:
		f.Score, f.Evidence = min(s.Sexy, unsure), "sexy"
	default:
		return nil
	}
	return []policy.Finding{f}
}
