package generate_test

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/guard/standard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

const (
	waits  = "The fox waits by the lantern."
	lights = " Who lit it in all that snow?"
)

// TestAnAnswerIsShownWhileItIsWritten goes through the door with its own
// window.
func TestAnAnswerIsShownWhileItIsWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		says        []string
		do          func(context.Context, int) error
		instead     string
		shown, code string
		kind        string
		bill        []string
	}{
		"whole":                            {says: []string{"The fox waits by the lan", "tern. Who lit it in all", " that snow? No", "body."}, shown: waits + "|" + lights + "| Nobody.", bill: []string{"first made"}},
		"a denied sentence":                {says: []string{waits, lights, " You fucking bear, all of you."}, instead: "x", shown: waits + "|" + lights, code: "answer_stopped", kind: "profanity", bill: []string{"first answer_stopped"}},
		"a denied sentence in the middle":  {says: []string{waits, " You fucking bear, all of you.", strings.Repeat(" Snow fell all night long.", 20)}, shown: waits, code: "answer_stopped", kind: "profanity", bill: []string{"first answer_stopped"}},
		"a held sentence":                  {says: []string{waits, " See www.example.com now, all of you.", lights}, shown: waits, code: "answer_stopped", kind: "url", bill: []string{"first answer_stopped"}},
		"a word over two pieces":           {says: []string{waits, " You fuc", "king bear."}, shown: waits, code: "answer_stopped", kind: "profanity", bill: []string{"first answer_stopped"}},
		"denied at once, so another tries": {says: []string{"You fucking bear, all of you. ", strings.Repeat("Snow fell all night long. ", 20)}, shown: "Hello.", bill: []string{"first answer_refused", "second made"}},
		"broken off":                       {says: []string{waits, lights}, do: always(provider.Unavailable(0, errBoom)), instead: "x", shown: waits, code: "answer_cut", bill: []string{"first provider_unavailable"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.first.says, d.first.do, d.second.says = c.says, c.do, []string{"Hello."}
				r := d.say("hello")
				r.Instead = c.instead
				var shown []string
				res, err := d.Text(t.Context(), r, func(s string) error { shown = append(shown, s); return nil })
				same(t, "shown", strings.Join(shown, "|"), c.shown)
				if c.code == "" {
					if err != nil {
						t.Fatal(err)
					}
					same(t, "text", res.Text, strings.Join(shown, ""))
					same(t, "verdict", res.Verdict.Outcome, policy.Allow)
				} else if f, _ := fault.As(err); f == nil || f.Code != c.code || c.kind != "" && f.Args["kind"] != c.kind {
					t.Errorf("%v, want %s for %s", err, c.code, c.kind)
				}
				if got := d.books.bill(); !slices.Equal(got, c.bill) {
					t.Errorf("billed %q, want %q", got, c.bill)
				}
			})
		})
	}
}

// TestAProviderThatPauses keeps a sentence waiting no longer than it may.
func TestAProviderThatPauses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.first.says = []string{waits + " And then the fox went over the white hill and"}
		d.first.do = func(ctx context.Context, _ int) error { time.Sleep(10 * time.Second); return nil }
		begun := time.Now()
		var when []time.Duration
		var shown []string
		if _, err := d.Text(t.Context(), d.say("hello"), func(s string) error {
			when, shown = append(when, time.Since(begun)), append(shown, s)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if want := []string{waits, " And then the fox went", " over the white hill and"}; !slices.Equal(shown, want) {
			t.Errorf("shown %q, want %q", shown, want)
		}
		if want := []time.Duration{0, 1500 * time.Millisecond, 10 * time.Second}; !slices.Equal(when, want) {
			t.Errorf("at %s, want %s", when, want)
		}
	})
}

// TestASlowReader slows the provider: what it has written is never far ahead
// of what was read.
func TestASlowReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		written, read := 0, 0
		most := 0
		d.first.each = func(piece string) {
			written += len(piece)
			most = max(most, written-read)
		}
		d.first.says = strings.SplitAfter(strings.Repeat("Snow fell all night long. ", 40), " ")
		if _, err := d.Text(t.Context(), d.say("hello"), func(s string) error {
			time.Sleep(100 * time.Millisecond)
			read += len(s)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if most > 64 {
			t.Errorf("%d bytes were ahead of the reader", most)
		}
		same(t, "read", read, 40*26)
	})
}

// TestAReaderWhoseWayIsCut leaves in the middle of a long answer.
func TestAReaderWhoseWayIsCut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.first.says = []string{waits + lights + " Yes"}
		d.first.do = silent
		begun := time.Now()
		calls := 0
		_, err := d.Text(t.Context(), d.say("hello"), func(string) error { calls++; return errBoom })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		same(t, "time until the call was cancelled", time.Since(begun), 5*time.Second)
		same(t, "times that the reader was asked", calls, 1)
	})
}

// TestModeratorsSeeEverySpan has a moderator look at each span before it is
// shown, with what stands before it.
func TestModeratorsSeeEverySpan(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do    func(context.Context, int) error
		shown string
		code  string
	}{
		"it minds nothing":            {shown: waits + lights + " Nobody."},
		"it minds the second":         {do: from(2, nil), shown: waits, code: "answer_stopped"},
		"it is away, the second time": {do: from(2, provider.Unavailable(0, errBoom)), shown: waits, code: "answer_stopped"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.rec.File.Routes = append(d.rec.File.Routes, campaign.Route{Capability: "moderation", Providers: []string{"judge"}})
				d.first.says = []string{waits, lights, " Nobody."}
				asked := 0
				d.judge.do = func(ctx context.Context, _ int) error {
					text := d.judge.seen[len(d.judge.seen)-1].Text
					if !strings.Contains(text, "fox") {
						return nil // the turn
					}
					asked++
					if c.do == nil {
						return nil
					}
					err := c.do(ctx, asked)
					if err == nil && asked >= 2 {
						d.judge.flags = map[string]float64{provider.Sexual: 0.9}
					}
					return err
				}
				shown := ""
				_, err := d.Text(t.Context(), d.say("hello"), func(s string) error { shown += s; return nil })
				same(t, "shown", shown, c.shown)
				if c.code == "" && err != nil || c.code != "" && !fault.HasCode(err, c.code) {
					t.Errorf("%v, want %q", err, c.code)
				}
			})
		})
	}
}

// from gives err from the nth call on.
func from(n int, err error) func(context.Context, int) error {
	return func(_ context.Context, at int) error {
		if at < n {
			return nil
		}
		return err
	}
}

// BenchmarkOpenStreams holds 5,000 answers open, 2 KiB of each written, and
// tells what one takes: window, checks' leavings after a collection, and the
// goroutines of the door and of the reader. A provider's connection is not in
// it.
func BenchmarkOpenStreams(b *testing.B) {
	const streams = 5000
	watch, err := standard.New()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.SplitAfter(strings.Repeat("The fox waits by the lantern. Snow fell all night, and the village was quiet! ", 27), " ")
	for b.Loop() {
		open := &held{text: text, begun: make(chan struct{}, streams), release: make(chan struct{})}
		rec := campaign.Record{Slug: "lights", State: campaign.Open, File: campaign.File{Slug: "lights", Routes: []campaign.Route{{Capability: "text", Providers: []string{"held"}}}}}
		rows := &nowhere{}
		door := generate.New(generate.Deps{
			Guard: watch, Unit: rows, Ledger: ledger.New(rows, time.Now), Budget: newBooks(1 << 40), Log: slog.New(slog.DiscardHandler),
			Providers: provider.Set{Texts: map[string]provider.Texts{"held": open}}, Tuning: generate.Tuning{AtOnce: streams},
		})
		rec.File.Limits.WaitSeconds = 600
		before := taken()
		var all sync.WaitGroup
		ended := make(chan error, streams)
		for range streams {
			all.Go(func() {
				_, err := door.Text(context.Background(), generate.TextRequest{
					Campaign: rec, Key: "k", Turns: []generate.Turn{{Role: provider.User, Text: "hello"}}, Guard: guard.Context{Locale: "en"},
				}, func(string) error { return nil })
				ended <- err
			})
		}
		for range streams {
			select {
			case <-open.begun:
			case err := <-ended:
				b.Fatalf("an answer ended early: %v", err)
			}
		}
		b.ReportMetric(float64(taken()-before)/streams/1024, "KiB/stream")
		close(open.release)
		all.Wait()
	}
}

// taken is the memory in use by heap and stacks after a collection.
func taken() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// held writes its text and then waits to be released.
type held struct {
	text           []string
	turn           sync.Mutex // one writes at a time
	begun, release chan struct{}
}

func (h *held) Maker() provider.Maker       { return provider.Maker{Kind: provider.Model, Provider: "held"} }
func (h *held) Paid() bool                  { return false }
func (h *held) Check(context.Context) error { return nil }

func (h *held) Text(_ context.Context, _ provider.TextRequest, each func(provider.Delta) error) (provider.TextAnswer, error) {
	h.turn.Lock()
	for _, s := range h.text {
		if err := each(provider.Delta{Text: s}); err != nil {
			h.turn.Unlock()
			return provider.TextAnswer{}, err
		}
	}
	h.turn.Unlock()
	h.begun <- struct{}{}
	<-h.release
	return provider.TextAnswer{Text: strings.Join(h.text, ""), Stop: provider.StopEnd, Maker: h.Maker()}, nil
}
