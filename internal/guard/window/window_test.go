package window_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"marquee/internal/guard"
	"marquee/internal/guard/standard"
	"marquee/internal/guard/window"
	"marquee/internal/policy"
)

var ctx = context.Background()

// built is the guard that Marquee runs, with its packs.
var built = sync.OnceValues(func() (*guard.Guard, error) { return standard.New() })

// judge judges answers in a locale. A language that no list covers is let
// through, as where a moderator covers it.
func judge(t testing.TB, locale string) window.Check {
	t.Helper()
	g, err := built()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := policy.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return func(ctx context.Context, text string, _ int) policy.Verdict {
		var found []policy.Finding
		for _, f := range g.Text(ctx, text, guard.Context{Locale: locale, Role: "model"}) {
			if f.Kind != "uncovered_language" {
				found = append(found, f)
			}
		}
		return packs.Decide(policy.Input{Stage: policy.Answer, Locale: locale, Findings: found})
	}
}

// clock stands still unless it is moved.
type clock struct{ at time.Time }

func newClock() *clock                   { return &clock{time.Unix(1_800_000_000, 0)} }
func (c *clock) now() time.Time          { return c.at }
func (c *clock) forward(d time.Duration) { c.at = c.at.Add(d) }

// outcome is what became of a text.
type outcome struct {
	shown string
	spans []string
	said  policy.Outcome
}

// run sends pieces through a window. each, if not nil, is called before every
// piece.
func run(t testing.TB, check window.Check, c *clock, parts []string, each func(*window.Window) string) outcome {
	t.Helper()
	w := window.New(check, c.now)
	var o outcome
	show := func(s string) {
		if s != "" {
			o.shown += s
			o.spans = append(o.spans, s)
		}
	}
	for _, p := range parts {
		if each != nil {
			show(each(w))
		}
		s, err := w.Write(ctx, p)
		show(s)
		if err != nil {
			if s, err = w.Write(ctx, "more"); s != "" || err == nil {
				t.Errorf("a stopped window went on with %q, %v", s, err)
			}
			break
		}
	}
	s, v, err := w.Close(ctx)
	if err != nil {
		t.Error(err)
	}
	show(s)
	o.said = v.Outcome
	return o
}

// TestWhatIsShownPassed is the promise of the window, for ten thousand texts.
func TestWhatIsShownPassed(t *testing.T) {
	t.Parallel()
	const texts = 10_000
	workers := runtime.GOMAXPROCS(0)
	var mu sync.Mutex
	counts := map[string]int{}
	var all sync.WaitGroup
	for n := range workers {
		all.Go(func() {
			for i := n; i < texts; i += workers {
				r := rand.New(rand.NewPCG(uint64(i), 4))
				tongue := tongues[i%len(tongues)]
				text := story(r, tongue)
				for _, fault := range promises(t, r, judge(t, tongue.locale), text, func(what string) {
					mu.Lock()
					counts[what]++
					mu.Unlock()
				}) {
					t.Errorf("text %d (%s) %q: %s", i, tongue.locale, text, fault)
				}
			}
		})
	}
	all.Wait()
	t.Log(counts)
	for _, what := range []string{"whole", "stopped in part", "nothing shown", "in several spans", "hurried"} {
		if counts[what] < texts/50 {
			t.Errorf("only %d texts were %s: the test tries too little", counts[what], what)
		}
	}
}

// promises tries one text and tells which promises were broken.
func promises(t testing.TB, r *rand.Rand, check window.Check, text string, count func(string)) (faults []string) {
	known := map[string]policy.Verdict{}
	check = remembering(known, check)
	complain := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	whole := check(ctx, text, 0).Outcome
	holds := func(how string, o outcome) {
		if !strings.HasPrefix(text, o.shown) {
			complain("%s: shown %q is not its beginning", how, o.shown)
		}
		so := ""
		for _, s := range o.spans {
			so += s
			if v := check(ctx, so, 0); v.Outcome != policy.Allow {
				complain("%s: shown %q, which does not pass: %v", how, so, v.Kind())
			}
		}
		if whole == policy.Allow && (o.shown != text || o.said != policy.Allow) {
			complain("%s: harmless, but only %q was shown (%s)", how, o.shown, o.said)
		}
		if whole != policy.Allow && (o.shown == text || o.said == policy.Allow) {
			complain("%s: %s, but said %s and shown %q", how, whole, o.said, o.shown)
		}
	}
	first := run(t, check, newClock(), []string{text}, nil)
	holds("at once", first)
	for _, parts := range [][]string{pieces(r, text), pieces(r, text)} {
		o := run(t, check, newClock(), parts, nil)
		holds("in pieces", o)
		if o.shown != first.shown || o.said != first.said {
			complain("cut into %q: shown %q (%s), at once %q (%s)", parts, o.shown, o.said, first.shown, first.said)
		}
		if len(o.spans) > 1 {
			count("in several spans")
		}
	}
	c := newClock()
	hurried := run(t, check, c, pieces(r, text), func(w *window.Window) string {
		c.forward(time.Duration(r.IntN(900)) * time.Millisecond)
		s, err := w.Tick(ctx)
		if stop := (*window.Stopped)(nil); err != nil && !errors.As(err, &stop) {
			complain("a tick failed: %v", err)
		}
		if s != "" {
			count("hurried")
		}
		return s
	})
	holds("slowly", hurried)
	switch {
	case first.shown == text:
		count("whole")
	case first.shown == "":
		count("nothing shown")
	default:
		count("stopped in part")
	}
	return faults
}

// remembering asks once for each text.
func remembering(known map[string]policy.Verdict, check window.Check) window.Check {
	return func(ctx context.Context, text string, shown int) policy.Verdict {
		v, ok := known[text]
		if !ok {
			v = check(ctx, text, shown)
			known[text] = v
		}
		return v
	}
}

func FuzzWindow(f *testing.F) {
	for _, s := range []string{"", "Hello. You fucking bear. ", "\xff\xe3\x81", "e\u0301\u200d.\r\n", "\u202ekcuf\u202c", strings.Repeat("雪", 300), strings.Repeat("a", 3000), "1. 2. 3. ابجد؟ हिन्दी। 🏳️‍🌈!"} {
		f.Add(s, uint64(7))
	}
	check := judge(f, "en")
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		if len(text) > 4096 {
			return
		}
		r := rand.New(rand.NewPCG(seed, 5))
		whole := check(ctx, text, 0)
		first := run(t, check, newClock(), []string{text}, nil)
		again := run(t, check, newClock(), pieces(r, text), nil)
		if first.shown != again.shown || first.said != again.said {
			t.Fatalf("shown %q (%s) and %q (%s)", first.shown, first.said, again.shown, again.said)
		}
		if !strings.HasPrefix(text, first.shown) || check(ctx, first.shown, 0).Outcome != policy.Allow && first.shown != "" {
			t.Fatalf("shown %q", first.shown)
		}
		if whole.Outcome != policy.Allow && first.said == policy.Allow {
			t.Fatalf("%s was allowed", whole.Outcome)
		}
		if utf8.ValidString(text) && !utf8.ValidString(first.shown) {
			t.Fatalf("%q ends inside a character", first.shown)
		}
	})
}
