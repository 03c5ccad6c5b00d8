package create

import (
	"context"
	"slices"

	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// Channel is where creations are shown, as the kit's rules and rights name it.
const Channel = "web"

// judging is a composition of a creation with all that the kit's rules ask
// about it: the marks that the campaign offers, the market that it was made
// for, today's date, the channel, what is really behind marks and text, and
// that its picture was generated. Every check of a creation goes by it.
func (s *Service) judging(ctx context.Context, c Creation, doc compose.Document) (brand.Context, error) {
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return brand.Context{}, err
	}
	kit, err := s.Campaigns.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return brand.Context{}, err
	}
	b := s.asked(rec, kit, c.Market)
	b.Doc = doc
	b.Ground, err = s.ground(ctx, c, doc, kit)
	return b, err
}

// asked is judging before there is a document: what the campaign and the
// market say by themselves.
func (s *Service) asked(rec campaign.Record, kit *brand.Kit, market string) brand.Context {
	b := brand.Context{
		Kit: kit, Allowed: rec.File.Marks, Market: market, Channel: Channel, Date: s.Now(),
		// Every candidate was generated, by a model or by the painter.
		Generated: true,
	}
	if m, ok := rec.File.Market(market); ok {
		b.Market = m.Code
		if len(m.Locales) > 0 {
			b.Locale = m.Locales[0] // what the law asks for is said in the market's language
		}
	}
	return b
}

// settling bounds how often a first layout is mended.
const settling = 3

// settled mends a layout by the fixes of the errors in it, such as a legal line
// that the market asks for, and gives what is left to say. What no fix helps
// stays, for its maker to see.
func settled(b brand.Context) (compose.Document, []brand.Finding) {
	findings := brand.CheckWith(b)
	for range settling {
		mended := b.Doc
		mended.Layers = slices.Clone(b.Doc.Layers)
		changed := false
		for _, f := range findings {
			if f.Severity != brand.Refused || f.Fix == nil {
				continue
			}
			if changed = true; f.Index >= 0 {
				mended.Layers[f.Index] = *f.Fix
			} else {
				mended.Layers = append(mended.Layers, *f.Fix)
			}
		}
		if !changed {
			break
		}
		b.Doc = mended
		findings = brand.CheckWith(b)
	}
	return b.Doc, findings
}

// Offered are those of a campaign's marks that may be used now: a mark whose
// rights do not cover today is not offered. Market is a code, or "" where it is
// not known.
func (s *Service) Offered(rec campaign.Record, kit *brand.Kit, market string) []string {
	b := s.asked(rec, kit, market)
	b.Market = market
	return slices.DeleteFunc(slices.Clone(rec.File.Marks), func(id string) bool {
		rule, _ := withoutRights(b, id)
		return rule != ""
	})
}

// withoutRights gives the rule by which a mark may not be used, with the day,
// market or channel that it is about; "" if it may.
func withoutRights(b brand.Context, mark string) (rule, detail string) {
	b.Doc = compose.Document{Version: compose.Version, Width: 1024, Height: 1024, Layers: []compose.Layer{
		{ID: "picture", Kind: compose.Picture, Width: 1024}, {ID: "mark", Kind: compose.Mark, Mark: mark, Width: 256},
	}}
	for _, f := range brand.CheckWith(b) {
		if f.Layer == "mark" && slices.Contains(rightsRules, f.Rule) {
			return f.Rule, f.Detail
		}
	}
	return "", ""
}

// rightsRules are the rulebook's rules on rights.
var rightsRules = []string{"rights_expired", "rights_not_yet", "rights_territory", "rights_channel", "rights_generated"}

// mayUse is a fault if one of the marks may not be used now, or two of them may
// not be used together.
func mayUse(b brand.Context, marks []string) error {
	for _, id := range marks {
		if rule, detail := withoutRights(b, id); rule != "" {
			return fault.New(fault.Invalid, "mark_resting", "The mark %q can't be used here now. Please choose another one.", id).
				With("mark", id).With("rule", rule).With("detail", detail)
		}
	}
	for _, r := range b.Kit.Rules {
		if r.Kind != brand.RuleApart || r.Severity != brand.Refused || len(r.Markets)+len(r.Channels) > 0 || r.From+r.Until != "" {
			continue
		}
		var both []string
		for _, id := range marks {
			if slices.Contains(r.Marks, id) {
				both = append(both, id)
			}
		}
		if len(both) > 1 {
			return fault.New(fault.Invalid, "marks_not_together", "These marks are not shown together: %s and %s. Please choose one of them.", both[0], both[1]).
				With("first", markName(b, both[0])).With("second", markName(b, both[1]))
		}
	}
	return nil
}

func markName(b brand.Context, id string) string {
	m := b.Kit.Mark(id)
	if m == nil {
		return id
	}
	return campaign.Text(m.Name).Get("en")
}
