package create

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/policy"
)

// The IPTC digital source types of works: a model's picture that a person put
// marks and words on, and the same on a picture that a program without a model
// painted (https://cv.iptc.org/newscodes/digitalsourcetype/).
const (
	SourceModel   = "compositeSynthetic"
	SourcePainter = "composite"
)

// Source is the work's IPTC digital source type.
func (c *Creation) Source() string {
	if c.Painted() {
		return SourcePainter
	}
	return SourceModel
}

// Owed is what the policies of the markets where a work is shown ask for it.
type Owed struct {
	// Source is the work's IPTC digital source type.
	Source string
	// Markets are those that were asked for: the work's own first.
	Markets []string
	// Verdict joins theirs. Its duties are each there once. A file for which it
	// does not allow may not go out: a rule that could not be evaluated holds, and
	// its labels are not known.
	Verdict policy.Verdict
}

// Duties says what policy asks of a public work: in the market that it was made
// for and, if that is another one, in the viewer's. Market is an ISO 3166-1
// code, "" where the viewer's is not known. What the kit's rules say came into
// the approval and is not asked again. Answers are at most askedFor old.
//
// A fault is no leave to go without labels: pack_unreadable if there are no
// packs to ask.
func (s *Service) Duties(ctx context.Context, c Creation, market string) (Owed, error) {
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return Owed{}, err
	}
	o := Owed{Source: c.Source(), Verdict: policy.Verdict{Outcome: policy.Allow}}
	for _, m := range []string{homeMarket(rec, c), market} {
		if m == "" || slices.Contains(o.Markets, m) {
			continue
		}
		v, err := s.asks.ask(s.Now(), rec.Revision, publication(rec, c, m, nil), func(in policy.Input) policy.Verdict { return s.Door.Policy.Decide(ctx, in) })
		if err != nil {
			return Owed{}, err
		}
		o.add(m, v)
	}
	return o, nil
}

func (o *Owed) add(market string, v policy.Verdict) {
	o.Markets = append(o.Markets, market)
	v.Duties = slices.DeleteFunc(slices.Clone(v.Duties), func(d policy.Duty) bool {
		return slices.ContainsFunc(o.Verdict.Duties, func(have policy.Duty) bool { return have.Rule == d.Rule && have.Do == d.Do })
	})
	o.Verdict = policy.Strictest(o.Verdict, v)
}

// asks keeps what policy said of works of one sort: a page that many look at
// asks the same again and again, and a judge may remember each time.
type asks struct {
	mu    sync.Mutex
	known map[string]answer
}

type answer struct {
	policy.Verdict
	at time.Time
}

const (
	// askedFor is how long an answer holds; a change of a pack is felt after it.
	askedFor = 5 * time.Second
	maxAsked = 1024
)

// ask gives a verdict of the last seconds, or asks for it.
func (a *asks) ask(now time.Time, revision int, in policy.Input, decide func(policy.Input) policy.Verdict) (policy.Verdict, error) {
	key := fmt.Sprintf("%s %d %q %q %q %q", in.Campaign, revision, in.Brand, in.Market, in.Model, in.Provenance.Source)
	a.mu.Lock()
	have, ok := a.known[key]
	a.mu.Unlock()
	if ok && now.Sub(have.at) < askedFor && !now.Before(have.at) {
		return have.Verdict, nil
	}
	v := decide(in)
	if v.Outcome != policy.Allow && v.Kind() == policy.FailedKind {
		return v, fault.New(fault.Unavailable, "pack_unreadable", "The policy packs can't be read, so it is not known which labels are due.")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil || len(a.known) >= maxAsked {
		a.known = map[string]answer{}
	}
	a.known[key] = answer{v, now}
	return v, nil
}

// Publication is what policy is asked about making a work public in the market
// that it was made for, supposed that a person approves.
func (s *Service) Publication(ctx context.Context, c Creation, findings []brand.Finding) (policy.Input, error) {
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return policy.Input{}, err
	}
	return publication(rec, c, homeMarket(rec, c), findings), nil
}

func homeMarket(rec campaign.Record, c Creation) string {
	if c.Market == "" {
		return rec.File.DefaultMarket
	}
	return c.Market
}

func publication(rec campaign.Record, c Creation, market string, findings []brand.Finding) policy.Input {
	in := policy.Input{
		Stage: policy.Publication, Campaign: c.Campaign, Brand: c.Kit, Market: market, Topics: rec.File.Guarding.Topics,
		Model:      policy.Model{Kind: "model", Provider: c.Provider, Name: c.Model, Version: c.ModelVersion},
		Provenance: policy.Provenance{Source: c.Source(), Approved: true},
	}
	if c.Painted() {
		in.Model.Kind = "painter"
	}
	for _, f := range findings {
		in.Kit = append(in.Kit, policy.KitFinding{Rule: f.Rule, Severity: string(f.Severity)})
	}
	return in
}
