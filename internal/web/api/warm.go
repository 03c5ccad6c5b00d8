package api

import (
	"context"
	"errors"

	"marquee/internal/campaign"
)

// The pictures of a campaign's page, in pixels.
const (
	heroWidth, heroHeight = 1600, 1000
	tileSide              = 320
)

// heroWidths are those that phones and desks ask for first.
var heroWidths = []int{640, 960, 1280, heroWidth}

// Warm paints the pictures of all campaigns that are open or soon will be, one
// after the other, so that the first visitor does not wait for them. What was
// painted before is there already. It goes on after a picture that fails.
func (a *API) Warm(ctx context.Context) error {
	recs, err := a.Services.Campaign.List(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, rec := range recs {
		if phase := rec.Phase(a.Now()); phase != campaign.PhaseOpen && phase != campaign.PhaseSoon {
			continue
		}
		paint := func(prompt string, width, height int) {
			if ctx.Err() == nil {
				_, err := a.Services.Create.Painted(ctx, rec.Slug, prompt, width, height, "webp")
				failed = errors.Join(failed, err)
			}
		}
		for _, w := range heroWidths {
			paint(rec.File.HeroPrompt, w, w*heroHeight/heroWidth)
		}
		for _, row := range builderRows(rec.File.Builder) {
			for _, c := range row.choices {
				if prompt, ok := tilePrompt(rec.File, row.name, c.ID); ok {
					paint(prompt, tileSide, tileSide)
				}
			}
		}
	}
	return failed
}
