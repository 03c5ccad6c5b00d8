package generate

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"

	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/provider"
	"marquee/internal/registry"
)

// errand begins an errand with what the campaign settles.
func (d *Door) errand(c Capability, rec campaign.Record, market, key, user string) errand {
	return errand{capability: c, campaign: rec, key: key, market: market, person: user, wait: rec.File.Limits.Wait()}
}

// asked is what a call is asked to do at most.
type asked struct {
	pictures      int64
	input, output int64 // tokens
}

// prepare makes a maker of a configured provider, with what a call to it can
// cost; false if its model may not be used.
func prepare[T any](ctx context.Context, d *Door, e errand, name string, p provider.Caller, most asked, ask func(context.Context) (T, provider.Usage, error)) (maker[T], bool) {
	m := maker[T]{name: name, by: p.Maker(), paid: p.Paid(), ask: ask}
	var entry registry.Model
	if d.Models != nil {
		var ok bool
		var err error
		if entry, ok, err = d.Models.Usable(ctx, m.by.Provider, m.by.Model, m.by.Version); err != nil || !ok {
			if err != nil {
				d.Log.WarnContext(ctx, "the register of models could not be read", "provider", name, "error", err)
			}
			return m, false
		}
	}
	if regions := e.campaign.File.Route(string(e.capability), e.market).Regions; len(regions) > 0 && !slices.Contains(regions, entry.Region) {
		return m, false
	}
	price, priced := d.Prices.Of(m.by.Provider, m.by.Model)
	if entry.Price != nil {
		price, priced = *entry.Price, true
	}
	m.priced = priced
	work := budget.Work{Pictures: most.pictures, Input: most.input, Output: most.output}
	m.most = budget.Amount{Money: price.Most(work), Pictures: most.pictures, Tokens: most.input + most.output, Calls: 1}
	m.cost = func(u provider.Usage) budget.Amount {
		did := budget.Work{Pictures: int64(u.Pictures), Input: u.InputTokens, Output: u.OutputTokens}
		if most.pictures > 0 {
			did.Pictures = max(did.Pictures, 1) // a picture came: it counts, whatever was told
		}
		return budget.Amount{Money: price.Cost(did), Pictures: did.Pictures, Tokens: did.Input + did.Output, Calls: 1}
	}
	return m, true
}

// route gives the names of an errand's providers in the order in which they
// are asked. seed makes the choice between a model and its canary: the same
// seed always meets the same one.
func (d *Door) route(ctx context.Context, e *errand, seed int64) []string {
	r := e.campaign.File.Route(string(e.capability), e.market)
	e.hedge = milliseconds(r.HedgeMillis)
	names := slices.Clone(r.Providers)
	if d.Models == nil || len(names) == 0 {
		return names
	}
	first, err := d.Models.Canary(ctx, string(e.capability), names[0], roll(e.campaign.Slug, seed))
	if err != nil {
		d.Log.WarnContext(ctx, "the canaries could not be read", "error", err)
		return names
	}
	if first != names[0] {
		// Its incumbent comes next, should it fail.
		names = append([]string{first}, slices.DeleteFunc(names, func(n string) bool { return n == first })...)
	}
	return names
}

// roll gives 0 to 99 for a seed, spread evenly.
func roll(slug string, seed int64) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(slug + "/" + strconv.FormatInt(seed, 10))) // a hash never fails
	return int(h.Sum64() >> 32 % 100)
}
