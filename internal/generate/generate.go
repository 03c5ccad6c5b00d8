// Package generate is the only door to a provider. Everything that is made
// passes it in one way: guard, policy, budget, provider, guard, policy,
// settlement, ledger.
package generate

import (
	"context"
	"image"
	"log/slog"

	"github.com/disintegration/imaging"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provider"
	"marquee/internal/work"
)

// Budget is the part of a campaign's store that spending needs.
type Budget interface {
	Reserve(ctx context.Context, campaign, key string, n int64) (bool, error)
	Settle(ctx context.Context, key string, spent int64) error
}

// Door makes pictures.
type Door struct {
	guard     *guard.Guard
	unit      work.Unit
	ledger    *ledger.Ledger
	budget    Budget
	builtin   provider.Pictures
	providers map[string]provider.Pictures
	log       *slog.Logger
}

// Deps are what a door is made of.
type Deps struct {
	Guard  *guard.Guard
	Unit   work.Unit
	Ledger *ledger.Ledger
	Budget Budget
	// Builtin answers where no provider can.
	Builtin provider.Pictures
	// Providers are the configured ones, by the name that campaigns use.
	Providers map[string]provider.Pictures
	Log       *slog.Logger
}

// New makes the door.
func New(d Deps) *Door {
	return &Door{guard: d.Guard, unit: d.Unit, ledger: d.Ledger, budget: d.Budget, builtin: d.Builtin, providers: d.Providers, log: d.Log}
}

// Request asks for one picture.
type Request struct {
	Campaign campaign.Record
	// Key names the picture for good: asking again under it is not charged again.
	Key    string
	Prompt string
	Locale string
	// Released is true if a person has let a held prompt through.
	Released      bool
	Width, Height int
	Seed          int64
	Palette       []string
	// Calm are the areas where marks will sit.
	Calm []Area
	User string
}

// Result is a picture that passed everything.
type Result struct {
	Image  image.Image
	Alt    string
	Missed []string
	Maker  provider.Maker
	// Fallback is true if the painter stood in for the campaign's provider.
	Fallback bool
	Verdict  policy.Verdict
}

// Judge gives the verdict on a prompt.
func (d *Door) Judge(ctx context.Context, prompt, locale string) policy.Verdict {
	return policy.Decide(policy.Prompt, d.guard.Text(ctx, prompt, guard.Context{Locale: locale}))
}

// Area is a part of a picture, as shares of its width and height.
type Area = provider.Area

// Maker names who made a picture.
type Maker = provider.Maker

// Maker says who answers for a campaign.
func (d *Door) Maker(c campaign.Record) Maker {
	p, _ := d.choose(c)
	return p.Maker()
}

func (d *Door) choose(c campaign.Record) (p provider.Pictures, fallback bool) {
	if c.File.Provider == "" || c.File.Provider == "builtin" {
		return d.builtin, false
	}
	if p, ok := d.providers[c.File.Provider]; ok {
		return p, false
	}
	return d.builtin, true
}

// Picture makes one picture. Faults: "prompt_denied" and "prompt_held" from
// the way in, "picture_refused" from the way out, "provider_refused" if the
// maker will not make it.
func (d *Door) Picture(ctx context.Context, r Request, progress func(float64)) (*Result, error) {
	v := d.Judge(ctx, r.Prompt, r.Locale)
	switch {
	case v.Outcome == policy.Deny:
		return nil, fault.New(fault.Invalid, "prompt_denied", "This can't be made here.")
	case v.Outcome == policy.Hold && !r.Released:
		return nil, fault.New(fault.Conflict, "prompt_held", "A person will look at this first.")
	}
	maker, fallback := d.choose(r.Campaign)
	pic, err := d.call(ctx, maker, r, progress)
	if err != nil && maker != d.builtin && standsIn(err) && ctx.Err() == nil {
		d.log.WarnContext(ctx, "the painter stands in for a provider", "campaign", r.Campaign.Slug, "provider", r.Campaign.File.Provider, "error", err)
		fallback = true
		pic, err = d.call(ctx, d.builtin, r, progress)
	}
	if err != nil {
		return nil, err
	}
	img := pic.Image
	if b := img.Bounds(); b.Dx() != r.Width || b.Dy() != r.Height {
		img = imaging.Fill(img, r.Width, r.Height, imaging.Center, imaging.Lanczos)
	}
	out := policy.Decide(policy.Picture, d.guard.Picture(ctx, img))
	err = d.unit.Do(ctx, func(ctx context.Context) error {
		return d.ledger.Record(ctx, ledger.Decision{
			Action: "picture.made", Role: "system", SubjectKind: "picture", SubjectID: r.Key, Campaign: r.Campaign.Slug,
			Public: map[string]string{
				"provider": pic.Maker.Provider, "model": pic.Maker.Model, "version": pic.Maker.Version,
				"prompt_verdict": string(v.Outcome), "picture_verdict": string(out.Outcome),
			},
		})
	})
	if err != nil {
		return nil, err
	}
	if out.Outcome != policy.Allow {
		return nil, fault.New(fault.Invalid, "picture_refused", "The picture that was made did not pass our checks. Please try again.")
	}
	return &Result{Image: img, Alt: pic.Alt, Missed: pic.Missed, Maker: pic.Maker, Fallback: fallback, Verdict: policy.Strictest(v, out)}, nil
}

// standsIn tells whether the painter can do better than a provider that gave
// err. Where a maker will not, nobody shall; and where our own database is away
// the picture could not be kept, so whoever asked asks again later.
func standsIn(err error) bool {
	return !fault.HasCode(err, "provider_refused") && !fault.HasCode(err, "database_away")
}

// call reserves before, and settles after, a call that costs.
func (d *Door) call(ctx context.Context, p provider.Pictures, r Request, progress func(float64)) (*provider.Picture, error) {
	ask := provider.PictureRequest{Prompt: r.Prompt, Width: r.Width, Height: r.Height, Seed: r.Seed, Palette: r.Palette, Calm: r.Calm, User: r.User}
	if !p.Paid() {
		return p.Picture(ctx, ask, progress)
	}
	var ok bool
	err := d.unit.Do(ctx, func(ctx context.Context) (err error) {
		ok, err = d.budget.Reserve(ctx, r.Campaign.Slug, r.Key, 1)
		return err
	})
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.New(fault.Unavailable, "budget_used_up", "The campaign's budget for pictures is used up.")
	}
	pic, err := p.Picture(ctx, ask, progress)
	// What a call that broke off cost is unknown, so it counts in full; a
	// refusal and a key that was not accepted cost nothing.
	spent := int64(1)
	if fault.HasCode(err, "provider_refused") || fault.HasCode(err, "provider_key") {
		spent = 0
	}
	settle := d.unit.Do(context.WithoutCancel(ctx), func(ctx context.Context) error {
		return d.budget.Settle(ctx, r.Key, spent)
	})
	if err != nil {
		return nil, err
	}
	if settle != nil {
		// The picture is there and paid for. Its reservation stays, which counts
		// as spent until it is settled.
		d.log.WarnContext(ctx, "a picture could not be settled", "key", r.Key, "error", settle)
	}
	return pic, nil
}
