package generate_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/provider"
)

var errBoom = errors.New("boom")

func TestWhoAnswers(t *testing.T) {
	t.Parallel()
	unavailable := provider.Unavailable(0, errBoom)
	for name, c := range map[string]struct {
		first, second func(context.Context, int) error
		by, code      string
		fallback      bool
		// bill are the calls in order.
		bill     []string
		pictures int64
		// within bounds how long it may take.
		within time.Duration
	}{
		"the first": {by: "first", bill: []string{"first made"}, pictures: 1, within: time.Millisecond},
		"the first, tried again": {first: func(_ context.Context, n int) error {
			if n == 1 {
				return unavailable
			}
			return nil
		}, by: "first", bill: []string{"first provider_unavailable", "first made"}, pictures: 2, within: time.Second},
		"busy costs nothing, and is waited for": {first: func(_ context.Context, n int) error {
			if n == 1 {
				return provider.Busy(time.Second, errBoom)
			}
			return nil
		}, by: "first", bill: []string{"first provider_busy", "first made"}, pictures: 1, within: 2 * time.Second},
		"the second": {first: always(unavailable), by: "second",
			bill: []string{"first provider_unavailable", "first provider_unavailable", "second made"}, pictures: 3, within: time.Second},
		"nonsense is paid for, so the next is asked": {first: always(provider.Nonsense(errBoom)), by: "second",
			bill: []string{"first provider_nonsense", "second made"}, pictures: 2, within: time.Second},
		"busy for long": {first: always(provider.Busy(time.Minute, errBoom)), by: "second", bill: []string{"first provider_busy", "second made"}, pictures: 1, within: time.Second},
		"a key that is not accepted": {first: always(provider.KeyRejected(errBoom)), by: "second",
			bill: []string{"first provider_key", "second made"}, pictures: 1, within: time.Second},
		"a silent first":     {first: silent, by: "second", bill: []string{"first provider_timeout", "second made"}, pictures: 2, within: 10 * time.Second},
		"a refusal is final": {first: always(provider.Refused(errBoom)), code: "provider_refused", bill: []string{"first provider_refused"}, within: time.Second},
		"nobody": {first: always(unavailable), second: always(provider.Misasked(errBoom)), by: "builtin", fallback: true,
			bill: []string{"first provider_unavailable", "first provider_unavailable", "second provider_request"}, pictures: 2, within: 2 * time.Second},
		"all silent": {first: silent, second: silent, by: "builtin", fallback: true,
			bill: []string{"first provider_timeout", "second provider_timeout"}, pictures: 2, within: 20 * time.Second},
		"a panic": {first: func(context.Context, int) error { panic("boom") }, by: "second", bill: []string{"first provider_nonsense", "second made"}, pictures: 2, within: time.Second},
		"deaf": {first: func(context.Context, int) error { time.Sleep(time.Minute); return nil }, by: "second",
			bill: []string{"first provider_timeout", "second made"}, pictures: 2, within: 12 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.first.do, d.second.do = c.first, c.second
				begun := time.Now()
				res, err := d.picture(t.Context())
				if took := time.Since(begun); took > c.within {
					t.Errorf("it took %s, more than %s", took, c.within)
				}
				switch {
				case c.code != "":
					if !fault.HasCode(err, c.code) {
						t.Errorf("%v, want %s", err, c.code)
					}
				case err != nil:
					t.Fatal(err)
				default:
					same(t, "maker", res.Maker.Provider, c.by)
					same(t, "fallback", res.Fallback, c.fallback)
				}
				if got := d.books.bill(); !slices.Equal(got, c.bill) {
					t.Errorf("billed %q, want %q", got, c.bill)
				}
				same(t, "pictures spent", d.books.spent().Pictures, c.pictures)
				for _, seed := range slices.Concat(d.first.seeded(), d.second.seeded(), d.paints.seeded()) {
					same(t, "seed", seed, 7) // whoever answers, it is the same picture that is asked for
				}
				synctest.Wait()
				time.Sleep(2 * time.Minute) // the deaf one ends, too
			})
		})
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.rec.File.Routes[0].Providers = []string{"first"}
		d.first.do = func(_ context.Context, n int) error {
			if n == 1 {
				return provider.Busy(4*time.Second, errBoom)
			}
			return nil
		}
		begun := time.Now()
		d.gives("first", false) // nobody else could answer, so it is waited for
		if took := time.Since(begun); took < 4*time.Second || took > 5*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

func TestAProviderRests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.first.do = always(provider.Unavailable(0, errBoom))
		for range 3 {
			d.gives("second", false)
		}
		same(t, "calls until it rests", d.first.called(), 5)
		h := d.Health()
		same(t, "state", h[0].State, "resting")
		same(t, "failures", h[0].Failures, 5)
		begun := time.Now()
		d.gives("second", false)
		same(t, "a resting provider is not waited for", time.Since(begun), 0)
		same(t, "calls while it rests", d.first.called(), 5)
		time.Sleep(11 * time.Second)
		d.gives("second", false) // one call finds out, and it rests twice as long
		same(t, "calls to find out", d.first.called(), 6)
		time.Sleep(11 * time.Second)
		d.gives("second", false)
		same(t, "calls while it rests on", d.first.called(), 6)
		time.Sleep(10 * time.Second)
		d.first.do = nil
		d.gives("first", false)
		d.gives("first", false)
		same(t, "state", d.Health()[0].State, "well")
	})
}

func TestOnlyOneCallFindsOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.first.do = always(provider.KeyRejected(errBoom))
		d.gives("second", false)
		time.Sleep(31 * time.Second)
		d.first.do = func(context.Context, int) error { time.Sleep(time.Second); return nil }
		var wg sync.WaitGroup
		var mu sync.Mutex
		by := map[string]int{}
		for range 8 {
			wg.Go(func() {
				res, err := d.picture(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				by[res.Maker.Provider]++
			})
		}
		wg.Wait()
		same(t, "by the first", by["first"], 1)
		same(t, "by the second", by["second"], 7)
	})
}

func TestHedging(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.rec.File.Routes[0].HedgeMillis = 1500
		d.gives("first", false)
		same(t, "calls of the second where the first is quick", d.second.called(), 0)
		d.first.do = silent
		begun := time.Now()
		d.gives("second", false)
		same(t, "time to the answer", time.Since(begun), 1500*time.Millisecond)
		synctest.Wait()
		time.Sleep(time.Second)
		if got := d.books.bill(); !slices.Equal(got, []string{"first made", "first cancelled", "second made"}) {
			t.Errorf("billed %q", got)
		}
		same(t, "pictures spent", d.books.spent().Pictures, 3)
		// One that fails at once does not make anybody wait.
		d.first.do = always(provider.Misasked(errBoom))
		begun = time.Now()
		d.gives("second", false)
		same(t, "time to the answer", time.Since(begun), 0)
		d.second.do = always(provider.Misasked(errBoom))
		d.gives("builtin", true)
	})
}

func TestSoManyAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, func(deps *generate.Deps) { deps.Tuning.AtOnce = 3 })
		running, most := 0, 0
		var mu sync.Mutex
		d.first.do = func(context.Context, int) error {
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			time.Sleep(1500 * time.Millisecond)
			mu.Lock()
			running--
			mu.Unlock()
			return nil
		}
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if _, err := d.picture(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		same(t, "calls at once", most, 3)
		same(t, "calls of the first", d.first.called(), 6) // two turns within the queue's time
		same(t, "calls of the second", d.second.called(), 4)
	})
}

func TestACallThatIsCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		stopped := false
		d.first.do = func(ctx context.Context, _ int) error {
			<-ctx.Done()
			stopped = true
			return ctx.Err()
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		begun := time.Now()
		if _, err := d.picture(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		same(t, "time to the end", time.Since(begun), time.Second)
		same(t, "stopped", stopped, true)
		same(t, "calls of others", d.second.called()+d.paints.called(), 0)
		same(t, "pictures spent", d.books.spent().Pictures, 1) // what it cost is unknown
	})
}

func TestAtTheEndOfTheBudget(t *testing.T) {
	t.Parallel()
	for end, want := range map[string]string{"": "", campaign.AtEndBuiltin: "", campaign.AtEndQueue: "budget_waits", campaign.AtEndClose: "budget_closed"} {
		t.Run(end, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.books.most = 0
			d.rec.File.Limits.AtEndOfBudget = end
			res, err := d.picture(t.Context())
			if want == "" {
				if err != nil || !res.Fallback || res.Maker.Provider != "builtin" {
					t.Fatalf("%+v %v", res, err)
				}
			} else if !fault.HasCode(err, want) {
				t.Errorf("%v, want %s", err, want)
			}
			same(t, "calls", d.first.called()+d.second.called(), 0)
			for _, h := range d.Health() {
				same(t, "state of "+h.Provider, h.State, "well")
			}
		})
	}
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	f := campaign.File{Provider: "main", Routes: []campaign.Route{
		{Capability: "picture", Market: "DE", Providers: []string{"de"}}, {Capability: "picture", Providers: []string{"all"}},
		{Capability: "text", Market: "FR", Providers: []string{"fr"}},
	}}
	for _, c := range []struct{ capability, market, want string }{
		{"picture", "DE", "de"}, {"picture", "FR", "all"}, {"picture", "", "all"}, {"text", "FR", "fr"}, {"text", "DE", "main"}, {"edit", "", "main"}, {"moderation", "DE", ""},
	} {
		same(t, c.capability+" in "+c.market, strings.Join(f.Route(c.capability, c.market).Providers, " "), c.want)
	}
}
