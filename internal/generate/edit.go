package generate

import (
	"context"
	"errors"
	"image"
	"slices"
	"strings"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/guard"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

// EditKind says what is to be done with a picture.
type EditKind = provider.EditKind

// The kinds of edits.
const (
	Inpaint   = provider.Inpaint
	Outpaint  = provider.Outpaint
	Variation = provider.Variation
)

var errNoPicture = errors.New("the answer has no picture")

// EditRequest asks for a changed picture.
type EditRequest struct {
	Campaign campaign.Record
	// Key names the changed picture for good.
	Key  string
	Kind EditKind
	// Image is what to begin with, Mask where it is to be made anew: where its
	// alpha is 0; nil for Variation. Both have the same size.
	Image, Mask image.Image
	// Prompt may be empty for Variation.
	Prompt         string
	Locale, Market string
	Team           string
	// Released is true if a person has let a held prompt through.
	Released      bool
	Width, Height int
	Seed          int64
	User          string
}

// CanEdit lists what a campaign's providers can do with a picture; none if
// there is no one who edits.
func (d *Door) CanEdit(c campaign.Record, market string) []EditKind {
	var out []EditKind
	for _, name := range c.File.Route(string(Edits), market).Providers {
		if p := d.Providers.Edits[name]; p != nil {
			for _, k := range p.Kinds() {
				if !slices.Contains(out, k) {
					out = append(out, k)
				}
			}
		}
	}
	return out
}

// Edit changes a picture on the same way as Picture makes one. What goes in is
// checked like what comes out, for it leaves the house. No one stands in for a
// provider here: the fault is then "edit_unavailable".
func (d *Door) Edit(ctx context.Context, r EditRequest, progress func(float64)) (*Result, error) {
	v := policy.Verdict{Outcome: policy.Allow}
	if strings.TrimSpace(r.Prompt) != "" {
		v = d.JudgeText(ctx, Subject{
			Campaign: r.Campaign, Stage: policy.Prompt, Text: r.Prompt, Guard: guard.Context{Locale: r.Locale, Market: r.Market}, Key: r.Key, User: r.User,
		})
		if err := admitted(v, r.Released); err != nil {
			return nil, err
		}
	}
	e := d.errand(Edits, r.Campaign, r.Market, r.Key, r.User)
	e.team = r.Team
	if in := d.judgePicture(ctx, e, r.Image, provider.Maker{}); in.Outcome != policy.Allow {
		return nil, fault.New(fault.Invalid, "picture_refused", "The picture that was made did not pass our checks. Please try again.")
	}
	ask := provider.EditRequest{Kind: r.Kind, Image: r.Image, Mask: r.Mask, Prompt: guard.Redact(r.Prompt, v.Findings), Width: r.Width, Height: r.Height, Seed: r.Seed, User: r.User}
	var makers []maker[*provider.Picture]
	for _, name := range d.route(ctx, &e, r.Seed) {
		p := d.Providers.Edits[name]
		if p == nil || !slices.Contains(p.Kinds(), r.Kind) {
			continue
		}
		m, ok := prepare(ctx, d, e, name, p, asked{pictures: 1, input: pictureTokens(r.Prompt)}, func(ctx context.Context) (*provider.Picture, provider.Usage, error) {
			told, done := telling(progress)
			defer done()
			got, err := p.Edit(ctx, ask, told)
			return usable(got, err)
		})
		if ok {
			makers = append(makers, m)
		}
	}
	pic, err := send(ctx, d, &e, makers)
	switch {
	case err == nil:
		return d.show(ctx, e, pic, false, v, r.Width, r.Height)
	case !othersMay(err) || ctx.Err() != nil:
		return nil, err
	case fault.HasCode(err, "budget_used_up"):
		if err := atEnd(r.Campaign); err != nil {
			return nil, err
		}
	}
	return nil, fault.New(fault.Unavailable, "edit_unavailable", "Pictures can't be changed at the moment. Yours is kept as it is; please try again later.").Because(err)
}

func milliseconds(n int) time.Duration { return time.Duration(n) * time.Millisecond }
