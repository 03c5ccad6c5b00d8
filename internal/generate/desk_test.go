package generate_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"log/slog"
	"sync"
	"testing"
	"time"

	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/provider"
)

// books are a budget in memory: what is reserved and what each call cost.
type books struct {
	mu    sync.Mutex
	most  int64 // pictures
	used  int64
	calls map[string]*entry
	order []string
}

type entry struct {
	budget.Call
	settled bool
}

func newBooks(most int64) *books { return &books{most: most, calls: map[string]*entry{}} }

func (b *books) Reserve(_ context.Context, c budget.Call) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.used+c.Most.Pictures > b.most {
		return fault.New(fault.Unavailable, "budget_used_up", "The budget for this is used up.")
	}
	b.used += c.Most.Pictures
	c.Cost = c.Most
	b.calls[c.Key] = &entry{Call: c}
	b.order = append(b.order, c.Key)
	return nil
}

func (b *books) Settle(_ context.Context, key string, cost budget.Amount, outcome string) error {
	return b.end(key, &cost, outcome)
}

func (b *books) SettleInFull(_ context.Context, key, outcome string) error {
	return b.end(key, nil, outcome)
}

func (b *books) end(key string, cost *budget.Amount, outcome string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.calls[key]
	if e == nil || e.settled {
		return errors.New("a call was settled that was not out")
	}
	e.settled, e.Outcome = true, outcome
	if cost != nil {
		b.used += cost.Pictures - e.Cost.Pictures
		e.Cost = *cost
	}
	return nil
}

// bill lists "provider outcome" of each call in order, with what is still
// reserved as "out".
func (b *books) bill() (out []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, key := range b.order {
		e := b.calls[key]
		if !e.settled {
			e.Outcome = "out"
		}
		out = append(out, e.Provider+" "+e.Outcome)
	}
	return out
}

// spent adds up what the calls cost.
func (b *books) spent() (sum budget.Amount) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.calls {
		sum.Money += e.Cost.Money
		sum.Pictures += e.Cost.Pictures
		sum.Tokens += e.Cost.Tokens
		sum.Calls += e.Cost.Calls
	}
	return sum
}

// nowhere is a unit and a ledger that keep rows in memory.
type nowhere struct {
	mu   sync.Mutex
	rows []ledger.Row
}

func (n *nowhere) Do(ctx context.Context, f func(context.Context) error) error { return f(ctx) }

func (n *nowhere) AppendLedger(_ context.Context, r ledger.Row, _ *ledger.Salt) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rows = append(n.rows, r)
	return nil
}
func (n *nowhere) LedgerRows(context.Context, int64, int) ([]ledger.Row, error) { return n.rows, nil }
func (n *nowhere) LedgerSalt(context.Context, string) (ledger.Salt, error) {
	return ledger.Salt{}, fault.Missing("salt")
}
func (n *nowhere) EraseLedgerSalts(context.Context, string) error { return nil }

// actor is a provider that does what a test tells it, for every capability.
type actor struct {
	name string
	free bool

	mu    sync.Mutex
	calls int
	seeds []int64
	// do ends the nth call, from 1; nil answers well at once.
	do    func(ctx context.Context, n int) error
	usage provider.Usage
	// says are the pieces of a text.
	says  []string
	each  func(piece string) // is told of each before it is given
	asked []provider.TextRequest
	flags map[string]float64
	seen  []provider.ModerationRequest
}

func (a *actor) Maker() provider.Maker {
	kind := provider.Model
	if a.name == "builtin" {
		kind = provider.Painter
	}
	return provider.Maker{Kind: kind, Provider: a.name, Model: a.name + "-1", Version: "1"}
}
func (a *actor) Paid() bool                  { return !a.free }
func (a *actor) Check(context.Context) error { return nil }

func (a *actor) act(ctx context.Context) error {
	a.mu.Lock()
	a.calls++
	n, do := a.calls, a.do
	a.mu.Unlock()
	if do == nil {
		return nil
	}
	return do(ctx, n)
}

func (a *actor) called() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.calls
}

func (a *actor) seeded() []int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]int64(nil), a.seeds...)
}

func (a *actor) Picture(ctx context.Context, r provider.PictureRequest, _ func(float64)) (*provider.Picture, error) {
	a.mu.Lock()
	a.seeds = append(a.seeds, r.Seed)
	a.mu.Unlock()
	if err := a.act(ctx); err != nil {
		return nil, err
	}
	return &provider.Picture{Image: stripes(r.Width, r.Height), Alt: "Stripes.", Maker: a.Maker(), Usage: a.usage}, nil
}

func (a *actor) Kinds() []provider.EditKind { return []provider.EditKind{provider.Inpaint} }

func (a *actor) Edit(ctx context.Context, r provider.EditRequest, _ func(float64)) (*provider.Picture, error) {
	return a.Picture(ctx, provider.PictureRequest{Width: r.Width, Height: r.Height, Seed: r.Seed}, nil)
}

func (a *actor) Text(ctx context.Context, r provider.TextRequest, each func(provider.Delta) error) (provider.TextAnswer, error) {
	a.mu.Lock()
	a.asked = append(a.asked, r)
	a.mu.Unlock()
	whole := ""
	for _, s := range a.says {
		if a.each != nil {
			a.each(s)
		}
		if err := each(provider.Delta{Text: s}); err != nil {
			return provider.TextAnswer{}, err
		}
		whole += s
	}
	if err := a.act(ctx); err != nil {
		return provider.TextAnswer{}, err
	}
	return provider.TextAnswer{Text: whole, Stop: provider.StopEnd, Maker: a.Maker(), Usage: a.usage}, nil
}

func (a *actor) Judges() (bool, bool) { return true, true }

func (a *actor) Moderate(ctx context.Context, r provider.ModerationRequest) (provider.Moderation, error) {
	a.mu.Lock()
	a.seen = append(a.seen, r)
	a.mu.Unlock()
	if err := a.act(ctx); err != nil {
		return provider.Moderation{}, err
	}
	return provider.Moderation{Categories: a.flags, Maker: a.Maker(), Usage: a.usage}, nil
}

func stripes(w, h int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.White})
	for i := range img.Pix {
		img.Pix[i] = uint8(i / 8 % 2)
	}
	return img
}

// desk is a door with two providers, a moderator and the painter, all acted.
type desk struct {
	*generate.Door
	t                            *testing.T
	first, second, judge, paints *actor
	books                        *books
	rows                         *nowhere
	rec                          campaign.Record
}

func newDesk(t *testing.T, change ...func(*generate.Deps)) *desk {
	t.Helper()
	watch, err := guard.New()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, first: &actor{name: "first"}, second: &actor{name: "second"}, judge: &actor{name: "judge"},
		paints: &actor{name: "builtin", free: true}, books: newBooks(1000), rows: &nowhere{}}
	d.rec = campaign.Record{Slug: "lights", State: campaign.Open, File: campaign.File{Slug: "lights"}}
	for _, c := range []string{"picture", "edit", "text"} {
		d.rec.File.Routes = append(d.rec.File.Routes, campaign.Route{Capability: c, Providers: []string{"first", "second"}})
	}
	deps := generate.Deps{
		Guard: watch, Unit: d.rows, Ledger: ledger.New(d.rows, time.Now), Budget: d.books, Builtin: d.paints, Log: slog.New(slog.DiscardHandler),
		Providers: provider.Set{
			Pictures:   map[string]provider.Pictures{"first": d.first, "second": d.second},
			Edits:      map[string]provider.Edits{"first": d.first, "second": d.second},
			Texts:      map[string]provider.Texts{"first": d.first, "second": d.second},
			Moderators: map[string]provider.Moderators{"judge": d.judge},
		},
	}
	for _, f := range change {
		f(&deps)
	}
	d.Door = generate.New(deps)
	return d
}

func (d *desk) picture(ctx context.Context) (*generate.Result, error) {
	return d.Picture(ctx, generate.Request{Campaign: d.rec, Key: "k", Prompt: "a fox in the snow", Locale: "en", Width: 64, Height: 64, Seed: 7, User: "p-1"}, nil)
}

// gives wants a picture by a provider.
func (d *desk) gives(by string, fallback bool) {
	d.t.Helper()
	res, err := d.picture(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	if res.Maker.Provider != by || res.Fallback != fallback {
		d.t.Fatalf("by %s, fallback %t; want %s, %t", res.Maker.Provider, res.Fallback, by, fallback)
	}
}

func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// always ends every call with one error.
func always(err error) func(context.Context, int) error {
	return func(context.Context, int) error { return err }
}

// silent never answers, and heeds its context.
func silent(ctx context.Context, _ int) error {
	<-ctx.Done()
	return provider.TimedOut(ctx.Err())
}
