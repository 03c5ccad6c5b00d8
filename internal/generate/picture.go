package generate

import (
	"context"
	"image"
	"sync"
	"time"

	"github.com/disintegration/imaging"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

// Request asks for one picture.
type Request struct {
	Campaign campaign.Record
	// Key names the picture for good. Every call that is made for it is charged
	// once, under a key of its own.
	Key    string
	Prompt string
	Locale string
	// Market is where the participant is; "" if that is not known.
	Market string
	// Team is whose budget it is, beside the campaign's; "" for nobody's.
	Team string
	// Released is true if a person has let a held prompt through.
	Released      bool
	Width, Height int
	Seed          int64
	Palette       []string
	// Calm are the areas where marks will sit.
	Calm []Area
	// User is the participant's pseudonym.
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

// Picture makes one picture, within the time that the campaign lets people
// wait. Faults: "prompt_denied" and "prompt_held" from the way in,
// "picture_refused" from the way out, "provider_refused" if the maker will not
// make it, "budget_waits" and "budget_closed" if the budget is used up and the
// campaign does not want the painter then.
func (d *Door) Picture(ctx context.Context, r Request, progress func(float64)) (*Result, error) {
	v := d.JudgeText(ctx, Subject{
		Campaign: r.Campaign, Stage: policy.Prompt, Text: r.Prompt, Guard: guard.Context{Locale: r.Locale, Market: r.Market}, Key: r.Key, User: r.User,
		Own: r.Campaign.File.Offers(r.Prompt, r.Locale),
	})
	if err := admitted(v, r.Released); err != nil {
		return nil, err
	}
	e := d.errand(Pictures, r.Campaign, r.Market, r.Key, r.User)
	e.team = r.Team
	ask := provider.PictureRequest{Prompt: guard.Redact(r.Prompt, v.Findings), Width: r.Width, Height: r.Height, Seed: r.Seed, Palette: r.Palette, Calm: r.Calm, User: r.User}
	pic, fallback, err := d.paint(ctx, e, ask, progress)
	if err != nil {
		return nil, err
	}
	return d.show(ctx, e, pic, fallback, v, r.Width, r.Height)
}

// admitted is the fault of a prompt that may not go on.
func admitted(v policy.Verdict, released bool) error {
	switch {
	case v.Outcome == policy.Deny:
		return fault.New(fault.Invalid, "prompt_denied", "This can't be made here.")
	case v.Outcome == policy.Hold && !released:
		return fault.New(fault.Conflict, "prompt_held", "A person will look at this first.")
	case v.Outcome == policy.Rewrite && !released:
		return fault.New(fault.Invalid, "prompt_rewrite", "This can be made in other words.")
	}
	return nil
}

// paint has a picture made: by the providers of the route, else by the painter.
func (d *Door) paint(ctx context.Context, e errand, ask provider.PictureRequest, progress func(float64)) (pic *provider.Picture, fallback bool, err error) {
	begun := time.Now()
	names := d.route(ctx, &e, ask.Seed)
	var makers []maker[*provider.Picture]
	for _, name := range names {
		if name == campaign.Builtin {
			break // the painter always answers, so nobody after it is asked
		}
		p := d.Providers.Pictures[name]
		if p == nil {
			continue
		}
		m, ok := prepare(ctx, d, e, name, p, asked{pictures: 1, input: pictureTokens(ask.Prompt)}, func(ctx context.Context) (*provider.Picture, provider.Usage, error) {
			told, done := telling(progress)
			defer done()
			got, err := p.Picture(ctx, ask, told)
			return usable(got, err)
		})
		if ok {
			makers = append(makers, m)
		}
	}
	wanted := len(names) > 0 && names[0] != campaign.Builtin
	if len(makers) > 0 {
		// The painter's own time is kept back.
		e.wait -= min(painting, e.wait/4)
		pic, err := send(ctx, d, &e, makers)
		if err == nil {
			return pic, pic.Maker.Kind == provider.Painter, nil
		}
		if !othersMay(err) || ctx.Err() != nil {
			return nil, false, err
		}
		if fault.HasCode(err, "budget_used_up") {
			if err := atEnd(e.campaign); err != nil {
				return nil, false, err
			}
		}
		d.Log.WarnContext(ctx, "the painter stands in for a provider", "campaign", e.campaign.Slug, "after", time.Since(begun).Round(time.Millisecond), "error", err)
	}
	pic, _, err = guarded(ctx, max(painting, e.wait-time.Since(begun)), func(ctx context.Context) (*provider.Picture, provider.Usage, error) {
		told, done := telling(progress)
		defer done()
		got, err := d.Builtin.Picture(ctx, ask, told)
		return usable(got, err)
	})
	return pic, wanted, err
}

// painting is what the painter may take on a machine that has a lot to do.
const painting = 5 * time.Second

// pictureTokens bounds the tokens that a prompt has: one for each byte, and
// what the provider adds.
func pictureTokens(prompt string) int64 { return int64(len(prompt)) + 256 }

// usable refuses an answer that is none.
func usable(pic *provider.Picture, err error) (*provider.Picture, provider.Usage, error) {
	if err != nil {
		return nil, provider.Usage{}, err
	}
	if pic == nil || pic.Image == nil || pic.Image.Bounds().Empty() {
		return nil, provider.Usage{}, provider.Nonsense(errNoPicture)
	}
	return pic, pic.Usage, nil
}

// telling gives a progress function that is silent once the call is over, also
// where an adapter still runs.
func telling(progress func(float64)) (told func(float64), done func()) {
	var mu sync.Mutex
	over := false
	return func(f float64) {
			mu.Lock()
			defer mu.Unlock()
			if !over && progress != nil {
				progress(f)
			}
		}, func() {
			mu.Lock()
			defer mu.Unlock()
			over = true
		}
}

// atEnd is the fault of a campaign that does not want the painter when its
// budget is used up; nil if it does.
func atEnd(c campaign.Record) error {
	switch c.File.Limits.AtEndOfBudget {
	case campaign.AtEndQueue:
		return fault.New(fault.Unavailable, "budget_waits", "There is more to make than today's budget allows. Your picture waits for its turn.").After(queueWait)
	case campaign.AtEndClose:
		return fault.New(fault.Unavailable, "budget_closed", "All pictures of this campaign have been made. Thank you for taking part; the gallery stays open.")
	}
	return nil
}

// queueWait is when something that waits for a budget asks again.
const queueWait = time.Minute

// show judges a picture on its way out, fits it and writes it down.
func (d *Door) show(ctx context.Context, e errand, pic *provider.Picture, fallback bool, v policy.Verdict, width, height int) (*Result, error) {
	img := pic.Image
	if b := img.Bounds(); b.Dx() != width || b.Dy() != height {
		img = imaging.Fill(img, width, height, imaging.Center, imaging.Lanczos)
	}
	out := d.judgePicture(ctx, e, img, pic.Maker)
	public := map[string]string{
		"provider": pic.Maker.Provider, "model": pic.Maker.Model, "version": pic.Maker.Version,
		"prompt_verdict": string(v.Outcome), "picture_verdict": string(out.Outcome),
	}
	err := d.Unit.Do(ctx, func(ctx context.Context) error {
		return d.Ledger.Record(ctx, ledger.Decision{
			Action: string(e.capability) + ".made", Role: "system", SubjectKind: "picture", SubjectID: e.key, Campaign: e.campaign.Slug, Public: public,
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
