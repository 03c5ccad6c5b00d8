package campaign

import (
	"slices"
	"time"

	"marquee/internal/audience"
	"marquee/internal/fault"
)

// The phases of a campaign, as the public sees it.
const (
	PhaseDraft  = "draft"
	PhaseSoon   = "soon"
	PhaseOpen   = "open"
	PhaseClosed = "closed"
)

// Phase says where the campaign stands at a time: its state and its dates.
func (r Record) Phase(now time.Time) string {
	switch {
	case r.State == Draft:
		return PhaseDraft
	case r.State == Closed || !now.Before(r.File.Closes):
		return PhaseClosed
	case now.Before(r.File.Opens):
		return PhaseSoon
	default:
		return PhaseOpen
	}
}

// Market finds a market by its code, or the default one for "".
func (f File) Market(code string) (Market, bool) {
	if code == "" {
		code = f.DefaultMarket
	}
	for _, m := range f.Markets {
		if m.Code == code {
			return m, true
		}
	}
	return Market{}, false
}

// Arrival says what the campaign asks of people who arrive from a market; ""
// is the default one.
func (r Record) Arrival(market string) (audience.Terms, error) {
	m, ok := r.File.Market(market)
	if !ok {
		return audience.Terms{}, fault.New(fault.Invalid, "market_unknown", "This campaign does not run in %q.", market).With("market", market)
	}
	t := audience.Terms{Campaign: r.Slug, Market: m.Code, Version: r.File.Terms.Version, MinAge: m.MinAge}
	for _, c := range r.File.Consents {
		if c.Required {
			t.Required = append(t.Required, c.Purpose)
		} else {
			t.Optional = append(t.Optional, c.Purpose)
		}
	}
	return t, nil
}

// Locale gives the first of the wanted locales that the campaign speaks, else
// its default. "de-AT" is answered with "de" where there is no closer one.
func (f File) Locale(wanted ...string) string {
	for _, w := range wanted {
		if slices.Contains(f.Locales, w) {
			return w
		}
		if len(w) > 2 && w[2] == '-' && slices.Contains(f.Locales, w[:2]) {
			return w[:2]
		}
	}
	return f.DefaultLocale
}

// Size is a format's canvas in pixels.
type Size struct{ Width, Height int }

// Sizes are the formats that can be offered.
var Sizes = map[string]Size{
	"square":    {1024, 1024},
	"portrait":  {1024, 1280},
	"landscape": {1280, 720},
}
