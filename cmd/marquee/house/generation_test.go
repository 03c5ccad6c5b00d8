package house_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/review"
	"marquee/internal/store/storetest"
)

// story reads a generation's events, which have no gap, and gives its states.
func (h *home) story(id string) []create.GenerationState {
	h.t.Helper()
	events, err := h.Create.Events(h.t.Context(), id, 0)
	must(h.t, err)
	var states []create.GenerationState
	seen := map[int]bool{}
	for i, e := range events {
		is(h.t, "number of an event", e.Seq, int64(i+1))
		switch e.Kind {
		case "state":
			var s create.StateEvent
			must(h.t, json.Unmarshal(e.Data, &s))
			states = append(states, s.State)
			if s.State.Ended() && i != len(events)-1 {
				h.t.Errorf("something was told after the end: %s %s", events[i+1].Kind, events[i+1].Data)
			}
		case "candidate":
			var c create.CandidateEvent
			must(h.t, json.Unmarshal(e.Data, &c))
			if seen[c.Index] {
				h.t.Errorf("candidate %d was told twice", c.Index)
			}
			seen[c.Index] = true
		}
	}
	return states
}

// ends fails unless a generation's states, as told, are these.
func (h *home) ends(id string, want ...create.GenerationState) {
	h.t.Helper()
	is(h.t, "states that were told", join(h.story(id)), join(want))
}

func join(states []create.GenerationState) string {
	var out []string
	for _, s := range states {
		out = append(out, string(s))
	}
	return strings.Join(out, " ")
}

// run runs a generation's job once.
func (h *home) run(ctx context.Context, id string) error {
	return h.Create.Handlers()["generation.run"](ctx, []byte(`{"id":"`+id+`"}`))
}

func TestARequestAndItsJobAreOne(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		from := h.lastRow()
		boom := errors.New("the unit fails at its end")
		err := h.DB.Do(ctx, func(ctx context.Context) error {
			if _, err := h.Create.Request(ctx, p, slug, ask("a fox")); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		is(t, "jobs of a unit that was rolled back", len(h.queue()), 0)
		is(t, "generations of it", h.count("generations"), 0)
		is(t, "events of it", h.count("generation_events"), 0)
		h.wrote(from)

		g := h.request(p, "a fox")
		jobs := h.queue()
		is(t, "jobs", len(jobs), 1)
		var args map[string]string
		must(t, json.Unmarshal(jobs[0].Args, &args))
		is(t, "what the job knows", len(args), 1)
		is(t, "whose it is", args["id"], g.ID)
		h.ends(g.ID, create.Queued)
		h.work()
		h.ends(g.ID, create.Queued, create.Running, create.Succeeded)
		h.wrote(from, "generation.requested participant", "picture.made system", "picture.made system", "picture.made system", "picture.made system", "generation.succeeded system")
		_, cs := h.view(p, g.ID)
		is(t, "candidates", len(cs), create.Candidates)
		wants(t, third(h.Create.View(ctx, h.participant(), g.ID)), fault.NotFound, "not_found")
	})
}

func TestAJobThatRunsAgainMakesNothingTwice(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		g, before := h.candidates(p, "a fox")
		from := h.lastRow()
		must(t, h.run(ctx, g.ID))
		_, after := h.view(p, g.ID)
		is(t, "calls after running again", len(h.maker.called()), create.Candidates)
		for i := range before {
			is(t, "candidate", after[i].ID, before[i].ID)
		}
		h.wrote(from)

		// A run that breaks off in the middle is carried on, not begun again.
		g = h.request(p, "an owl")
		broken, breakOff := context.WithCancel(ctx)
		h.maker.script(func(ctx context.Context, n int, r provider.PictureRequest) (*provider.Picture, error) {
			if n == 2 {
				breakOff()
				return nil, ctx.Err()
			}
			return twoColours(r), nil
		})
		if err := h.run(broken, g.ID); err == nil {
			t.Error("a run that broke off said that it was done")
		}
		_, half := h.view(p, g.ID)
		is(t, "candidates after half a run", len(half), 2)
		must(t, h.run(ctx, g.ID))
		g, whole := h.view(p, g.ID)
		is(t, "candidates after the rest", len(whole), create.Candidates)
		is(t, "calls in all", len(h.maker.called()), 5)
		is(t, "the first", whole[0].ID, half[0].ID)
		h.ends(g.ID, create.Queued, create.Running, create.Succeeded)
		budget, err := h.Campaign.Budget(ctx, slug)
		must(t, err)
		is(t, "spent on two generations and a call that broke off", budget.Spent, 9)
		is(t, "still reserved", budget.Reserved, 0)

		// Two nodes that both take themselves for the one that runs it.
		h.maker.script(nil)
		g = h.request(p, "a hare")
		ended := atOnce(t, 2, func(int) error { return h.run(ctx, g.ID) })
		is(t, "runs at once that ended well", ended[""], 2)
		_, cs := h.view(p, g.ID)
		is(t, "candidates of two runs at once", len(cs), create.Candidates)
		h.ends(g.ID, create.Queued, create.Running, create.Succeeded)
	})
}

func TestCancelling(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		from := h.lastRow()
		g := h.request(p, "a fox")
		wants(t, h.Create.Cancel(ctx, h.participant(), g.ID), fault.NotFound, "not_found")
		wants(t, h.Create.Cancel(ctx, p, "none"), fault.NotFound, "not_found")
		must(t, h.Create.Cancel(ctx, p, g.ID))
		must(t, h.Create.Cancel(ctx, p, g.ID)) // again changes nothing
		h.work()
		is(t, "calls after cancelling in the queue", len(h.maker.called()), 0)
		h.ends(g.ID, create.Queued, create.Cancelled)
		h.wrote(from, "generation.requested participant", "participant.arrived participant", "generation.cancelled participant")

		g = h.request(p, "a fox")
		calling, stopped := make(chan struct{}), make(chan struct{})
		h.maker.script(func(ctx context.Context, n int, r provider.PictureRequest) (*provider.Picture, error) {
			if n == 0 {
				return twoColours(r), nil
			}
			close(calling)
			<-ctx.Done()
			close(stopped)
			return nil, ctx.Err()
		})
		ran := make(chan error, 1)
		go func() { ran <- h.run(ctx, g.ID) }()
		<-calling
		must(t, h.Create.Cancel(ctx, p, g.ID))
		<-stopped
		must(t, <-ran)
		h.ends(g.ID, create.Queued, create.Running, create.Cancelled)
		g, cs := h.view(p, g.ID)
		is(t, "candidates kept of a cancelled generation", len(cs), 1)
		is(t, "who made them, still known", g.Provider, "scripted")
		h.work()
		is(t, "calls", len(h.maker.called()), 2)

		h.maker.script(nil)
		g, _ = h.candidates(p, "a fox")
		wants(t, h.Create.Cancel(ctx, p, g.ID), fault.Conflict, "generation_ended")

		g = h.request(p, "a fox with a gun")
		must(t, h.Create.Cancel(ctx, p, g.ID))
		is(t, "item of a cancelled prompt", h.item(review.KindGeneration, g.ID).State, review.Withdrawn)
		wants(t, second(h.Review.Decide(ctx, reviewer, h.item(review.KindGeneration, g.ID).ID, review.Approve, "")), fault.Conflict, "already_decided")
	})
}

// TestCancellingOnAnotherNode cancels where the call does not run: the picture
// that is being made is thrown away, no further one is asked for, and nothing is
// told after the end.
func TestCancellingOnAnotherNode(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		other, err := house.Open(ctx, house.Parts{Settings: h.Settings, DB: h.DB, Blobs: h.blobs, Log: storetest.Quiet(), Guard: must2(reads())(t), Now: h.clock.Now})
		must(t, err)
		p := h.participant()
		g := h.request(p, "a fox")
		h.maker.script(func(_ context.Context, n int, r provider.PictureRequest) (*provider.Picture, error) {
			if n == 1 {
				if err := other.Create.Cancel(context.WithoutCancel(ctx), p, g.ID); err != nil {
					t.Error(err)
				}
			}
			return twoColours(r), nil
		})
		must(t, h.run(ctx, g.ID))
		g, cs := h.view(p, g.ID)
		is(t, "state", g.State, create.Cancelled)
		is(t, "candidates", len(cs), 1)
		is(t, "calls", len(h.maker.called()), 2)
		h.ends(g.ID, create.Queued, create.Running, create.Cancelled)
	})
}

func TestPromptsThatAPersonDecides(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		from := h.lastRow()
		g := h.request(p, "a fox with a gun")
		is(t, "state", g.State, create.Held)
		is(t, "jobs", len(h.queue()), 0)
		i := h.item(review.KindGeneration, g.ID)
		is(t, "words", i.Words["prompt"], "a fox with a gun")
		h.decide(review.KindGeneration, g.ID, review.Approve, "")
		h.work()
		g, cs := h.view(p, g.ID)
		is(t, "candidates", len(cs), create.Candidates)
		h.ends(g.ID, create.Held, create.Queued, create.Running, create.Succeeded)
		is(t, "item", h.item(review.KindGeneration, g.ID).State, review.Approved)
		is(t, "the first rows", strings.HasPrefix(h.actions(from), "generation.requested participant, review.approved reviewer, picture.made system"), true)

		from = h.lastRow()
		g = h.request(p, "a fox with a gun")
		h.decide(review.KindGeneration, g.ID, review.Reject, "No weapons, please.")
		g, _ = h.view(p, g.ID)
		is(t, "state after a no", g.State, create.Refused)
		is(t, "code after a no", g.Code, "prompt_rejected")
		is(t, "jobs after a no", len(h.queue()), 0)
		h.ends(g.ID, create.Held, create.Refused)
		h.wrote(from, "generation.requested participant", "review.rejected reviewer")

		const mail = "ada.lovelace@example.org"
		g = h.request(p, "a fox who writes to "+mail)
		is(t, "state of personal data", g.State, create.Refused)
		is(t, "code of it", g.Code, "prompt_denied_personal_data")
		h.ends(g.ID, create.Refused)
		for _, f := range h.traces(mail) {
			t.Error("after a denied prompt,", f)
		}
		_, err := h.Create.Request(ctx, p, slug, ask("  \t "))
		wants(t, err, fault.Invalid, "prompt_empty")
	})
}

func (h *home) actions(after int64) string {
	var out []string
	for _, r := range h.rows(after) {
		out = append(out, r.Action+" "+r.Role)
	}
	return strings.Join(out, ", ")
}

func TestTheDaysLimit(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.campaign("few", func(f *campaign.File) { f.Limits.GenerationsPerDay = 3 })
		arrive := func() audience.Participant {
			p, _, err := h.Audience.Arrive(ctx, "", audience.Arriving{Terms: h.terms("few", ""), BirthYear: 1990, Locale: "en", Consents: []string{"terms"}})
			must(t, err)
			return p
		}
		p := arrive()
		left := func(want int) {
			t.Helper()
			n, limit, err := h.Create.Left(ctx, p, "few")
			must(t, err)
			is(t, "left", n, want)
			is(t, "limit", limit, 3)
		}
		left(3)
		must(t, second(h.Create.Request(ctx, p, "few", ask("a fox"))))
		h.clock.Advance(time.Hour)
		ended := atOnce(t, 12, func(int) error { return second(h.Create.Request(ctx, p, "few", ask("a fox"))) })
		is(t, "accepted of twelve at once", ended[""], 2)
		is(t, "refused of twelve at once", ended["too_many_today"], 10)
		left(0)
		must(t, second(h.Create.Request(ctx, arrive(), "few", ask("a fox"))))
		h.clock.Advance(23 * time.Hour)
		wants(t, second(h.Create.Request(ctx, p, "few", ask("a fox"))), fault.Limited, "too_many_today")
		h.clock.Advance(time.Microsecond)
		left(1)
		must(t, second(h.Create.Request(ctx, p, "few", ask("a fox"))))
		wants(t, second(h.Create.Request(ctx, p, "few", ask("a fox"))), fault.Limited, "too_many_today")
	})
}

func TestMakersThatFail(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		p := h.participant()
		script := func(bad func(n int) bool, how func(provider.PictureRequest) (*provider.Picture, error)) {
			h.maker.script(func(_ context.Context, n int, r provider.PictureRequest) (*provider.Picture, error) {
				if bad(n) {
					return how(r)
				}
				return twoColours(r), nil
			})
		}
		first := func(n int) bool { return n == 0 }
		always := func(int) bool { return true }

		script(first, func(provider.PictureRequest) (*provider.Picture, error) { return nil, errAway })
		g, cs := h.candidates(p, "a fox")
		is(t, "state while the maker was away", g.State, create.Succeeded)
		is(t, "candidates", len(cs), create.Candidates)
		is(t, "it says that the painter stood in", g.Fallback, true)
		is(t, "who made the first", cs[0].Provider, "builtin")
		is(t, "who made the second", cs[1].Provider, "scripted")

		script(always, func(provider.PictureRequest) (*provider.Picture, error) { return nil, errRefused })
		g, cs = h.candidates(p, "a fox")
		is(t, "state when the maker refuses", g.State, create.Refused)
		is(t, "code", g.Code, "provider_refused")
		is(t, "candidates", len(cs), 0)
		is(t, "calls", len(h.maker.called()), 1)
		h.ends(g.ID, create.Queued, create.Running, create.Refused)

		script(first, func(r provider.PictureRequest) (*provider.Picture, error) { return flat(r), nil })
		g, cs = h.candidates(p, "a fox")
		is(t, "state when one picture is refused", g.State, create.Succeeded)
		is(t, "candidates", len(cs), 3)
		is(t, "the painter did not stand in", g.Fallback, false)

		script(always, func(r provider.PictureRequest) (*provider.Picture, error) { return flat(r), nil })
		g, cs = h.candidates(p, "a fox")
		is(t, "state when all pictures are refused", g.State, create.Failed)
		is(t, "code", g.Code, "picture_refused")
		is(t, "candidates", len(cs), 0)
		h.ends(g.ID, create.Queued, create.Running, create.Failed)
	})
}

// TestTheWorker runs jobs as a house does, with its own worker.
func TestTheWorker(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		lost := h.request(p, "a fox")
		// The campaign of a job is gone, and this is its last try.
		for _, q := range []string{"UPDATE river_job SET attempt = 7", "DELETE FROM campaigns"} {
			_, err := h.raw.ExecContext(ctx, q)
			must(t, err)
		}
		from := h.lastRow()
		w, err := h.Worker()
		must(t, err)
		must(t, w.Start(ctx))
		t.Cleanup(func() { must(t, w.Stop(context.WithoutCancel(ctx))) })
		h.await(lost.ID)
		g, _ := h.view(p, lost.ID)
		is(t, "state of a job that failed for good", g.State, create.Failed)
		is(t, "code", g.Code, "generation_failed")
		h.ends(lost.ID, create.Queued, create.Failed)
		h.wrote(from, "generation.failed system")

		h.campaign("winter-again", func(f *campaign.File) {})
		p, _, err = h.Audience.Arrive(ctx, p.ID, audience.Arriving{Terms: h.terms("winter-again", ""), BirthYear: 1990, Locale: "en", Consents: []string{"terms"}})
		must(t, err)
		g, err = h.Create.Request(ctx, p, "winter-again", ask("a fox"))
		must(t, err)
		h.await(g.ID)
		g, cs := h.view(p, g.ID)
		is(t, "state", g.State, create.Succeeded)
		is(t, "candidates", len(cs), create.Candidates)
		h.ends(g.ID, create.Queued, create.Running, create.Succeeded)
	})
}

// await waits until a generation has told its end.
func (h *home) await(id string) {
	h.t.Helper()
	wake, stop := h.Create.Watch(id)
	defer stop()
	late := time.After(60 * time.Second)
	for {
		states := h.story(id)
		if n := len(states); n > 0 && states[n-1].Ended() {
			return
		}
		select {
		case <-wake:
		case <-late:
			h.t.Fatalf("generation %s did not end: %v", id, states)
		}
	}
}
