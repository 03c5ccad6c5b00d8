package create

import (
	"slices"
	"testing"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/policy"
)

// What is asked of a work depends on where it is shown, and on whether a model
// made its picture.
func TestDutiesOfMarkets(t *testing.T) {
	t.Parallel()
	packs, err := policy.Standard()
	if err != nil {
		t.Fatal(err)
	}
	rec := campaign.Record{}
	rec.File.DefaultMarket = "DE"
	model := Creation{Campaign: "c", Kit: "k", Provider: "openai", Model: "m"}
	painted := Creation{Campaign: "c", Kit: "k", Provider: "builtin"}
	if model.Source() != SourceModel || painted.Source() != SourcePainter {
		t.Errorf("the sources are %s and %s", model.Source(), painted.Source())
	}
	for _, c := range []struct {
		name    string
		work    Creation
		markets []string
		labels  []string
	}{
		{"at home", model, []string{homeMarket(rec, model)}, []string{"eu-marking-code/partly"}},
		{"seen from China", model, []string{"DE", "CN"}, []string{"eu-marking-code/partly", "cn-labelling/visible"}},
		{"seen from France", model, []string{"DE", "FR"}, []string{"eu-marking-code/partly"}},
		{"painted", painted, []string{"DE", "CN"}, nil},
	} {
		o := Owed{Source: c.work.Source(), Verdict: policy.Verdict{Outcome: policy.Allow}}
		for _, m := range c.markets {
			o.add(m, packs.Decide(publication(rec, c.work, m, nil)))
		}
		var labels []string
		for _, d := range o.Verdict.Duties {
			if d.Do == "label" {
				labels = append(labels, d.Rule)
			}
		}
		if !slices.Equal(labels, c.labels) || o.Verdict.Outcome != policy.Allow {
			t.Errorf("%s: %v, %s", c.name, labels, o.Verdict.Outcome)
		}
	}
}

func TestAsksAreKeptForAWhile(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	var a asks
	asked := 0
	decide := func(policy.Input) policy.Verdict { asked++; return policy.Verdict{Outcome: policy.Allow} }
	in := policy.Input{Market: "DE"}
	for _, step := range []struct {
		after    time.Duration
		revision int
		market   string
		asked    int
	}{{0, 1, "DE", 1}, {askedFor - 1, 1, "DE", 1}, {askedFor, 1, "DE", 2}, {askedFor, 2, "DE", 3}, {askedFor, 2, "CN", 4}, {0, 2, "CN", 5}} {
		in.Market = step.market
		if _, err := a.ask(now.Add(step.after), step.revision, in, decide); err != nil || asked != step.asked {
			t.Errorf("%+v: asked %d times, %v", step, asked, err)
		}
	}
	broken := func(policy.Input) policy.Verdict { return policy.Held(nil, "The policy packs could not be read.") }
	in.Market = "FR"
	for range 2 {
		_, err := a.ask(now, 2, in, broken)
		if !fault.HasCode(err, "pack_unreadable") {
			t.Errorf("packs that can't be read give %v", err)
		}
	}
	if _, err := a.ask(now, 2, in, decide); err != nil || asked != 6 {
		t.Errorf("once they can be read again: asked %d times, %v", asked, err)
	}
}
