package window_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"marquee/internal/guard"
	"marquee/internal/guard/fold"
	"marquee/internal/guard/window"
	"marquee/internal/policy"
)

// plainly denies "bad", holds "odd", and lets both pass once "not really" was
// said.
func plainly(_ context.Context, text string, _ int) policy.Verdict {
	v := policy.Verdict{Outcome: policy.Allow}
	switch {
	case strings.Contains(text, "not really"):
	case strings.Contains(text, "bad"):
		v.Outcome, v.Reasons = policy.Deny, []policy.Reason{{Kind: "insult", To: policy.Deny}}
	case strings.Contains(text, "odd"):
		v.Outcome, v.Reasons = policy.Hold, []policy.Reason{{Kind: "violence", To: policy.Hold}}
	}
	return v
}

// letters gives a text one character a piece.
func letters(s string) []string { return strings.Split(s, "") }

func TestSpans(t *testing.T) {
	t.Parallel()
	long := "The river is frozen and the children skate from one bridge to the next, while their parents drink something warm and talk about the year that is nearly over, and about the one that will begin when all of the bells have rung at midnight and nobody is asleep"
	for name, want := range map[string][]string{
		"sentences":                   {"The fox waits by the lantern.", " Who lit it in all that snow?", " Nobody!"},
		"quotes and markdown":         {"She said: “Come in, it is warm.”", " **Everybody came in at once!**", " _End_"},
		"lines":                       {"A list of what we need today", "\r\n- warm socks for the children", "\n- tea"},
		"a short sentence goes along": {"Yes. No. Perhaps we shall see.", " Well."},
		"dots inside":                 {"See page 3.14 of v1.2.3 or e.g. the one by J. R. R. Fox here.", " Yes"},
		"a number may go on":          {"It began in the year of 1962. Then it went on for long.", " End"},
		"signs inside words":          {"That was a sh!ft of the whole wind.", " Yes"},
		"Japanese":                    {"雪の森で白いキツネが眠っている。", "「おいで」とおばあさんが言った。」", "はい"},
		"Chinese, several signs":      {"雪地里的灯笼和白色的狐狸！？……", "真的很暖和的一个晚上。", "好"},
		"Arabic":                      {"هل رأيت النجوم في الليل؟", " نعم، رأيت كل النجوم.", " جميل"},
		"Hindi":                       {"बर्फ में एक सफेद लोमड़ी सो रही है।", " हाँ"},
		"a mark on the dot":           {"A dot with a mark upon it.\u0301 is no end here.", " Yes"},
		"picture after the end":       {"What a wonderful night it was!", " 🎄👨‍👩‍👧 Yes"},
		"overridden, then not":        {"All of this \u202eis turned round. Yes it is. And more\u202c is not so.", " End"},
		"long, by its parts":          {long[:strings.Index(long, " and about")], long[strings.Index(long, " and about"):]},
	} {
		text := strings.Join(want, "")
		for how, parts := range map[string][]string{"at once": {text}, "by letters": letters(text)} {
			o := run(t, plainly, newClock(), parts, nil)
			if o.shown != text || o.said != policy.Allow {
				t.Errorf("%s, %s: shown %q", name, how, o.shown)
			}
			if how == "by letters" && !slices.Equal(o.spans, want) {
				t.Errorf("%s:\nin %q\nwant %q", name, o.spans, want)
			}
		}
	}
}

// TestNoSpanGrowsForever feeds what has no sentences: text is let go all the
// same, and never the last of it.
func TestNoSpanGrowsForever(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		most int // characters that may wait
	}{
		"words":       {strings.Repeat("and then another one of them ", 200), 3 * window.Most},
		"Thai":        {strings.Repeat("จิ้งจอกนอนอยู่ข้างโคมไฟ", 100), 3 * window.Most},
		"Han":         {strings.Repeat("雪地里的灯笼", 200), 3 * window.Most},
		"one word":    {strings.Repeat("oh", 3000), 11 * window.Most},
		"nothing":     {strings.Repeat("\u200b", 3000), 3000 * 3}, // joined to one character
		"only digits": {strings.Repeat("12", 3000), 6000},         // one number
	} {
		w := window.New(plainly, newClock().now)
		shown := 0
		for i, p := range letters(c.text) {
			s, err := w.Write(ctx, p)
			if err != nil {
				t.Fatal(err)
			}
			shown += len(s)
			if read := (i + 1) * len(p); read-shown > c.most+read/16 || s != "" && read-shown < window.Overlap {
				t.Fatalf("%s: after %d bytes %d are shown", name, read, shown)
			}
		}
	}
}

func TestWhatDoesNotPass(t *testing.T) {
	t.Parallel()
	good := "A harmless sentence stands here."
	for name, c := range map[string]struct {
		rest  string
		shown string
		said  policy.Outcome
	}{
		"denied":                       {" This one is a bad sentence.", "", policy.Deny},
		"denied, and more follows":     {" This one is a bad sentence." + strings.Repeat(" More of the same follows here.", 40), "", policy.Deny},
		"denied, and soon explained":   {" This one is a bad sentence. But that is not really so, I say.", " This one is a bad sentence. But that is not really so, I say.", policy.Allow},
		"denied, and explained late":   {" This one is a bad sentence." + strings.Repeat(" More of the same follows here.", 3) + " It is not really so.", "", policy.Deny},
		"held":                         {" This one is an odd sentence." + strings.Repeat(" More of the same follows here.", 40), "", policy.Hold},
		"held, and explained whenever": {" This one is an odd sentence." + strings.Repeat(" More.", 90) + " It is not really so.", " This one is an odd sentence." + strings.Repeat(" More.", 90) + " It is not really so.", policy.Allow},
		"in two parts":                 {" This one is not quite so b", " This one is not quite so b", policy.Allow},
	} {
		for _, parts := range [][]string{{good + c.rest}, letters(good + c.rest)} {
			o := run(t, plainly, newClock(), parts, nil)
			if o.shown != good+c.shown || o.said != c.said {
				t.Errorf("%s: shown %q, %s", name, o.shown, o.said)
			}
		}
	}
	// A denied answer is not written to its end.
	w := window.New(plainly, newClock().now)
	var err error
	n := 0
	for ; err == nil && n < 10_000; n++ {
		_, err = w.Write(ctx, " A bad sentence comes again.")
	}
	var stop *window.Stopped
	if !errors.As(err, &stop) || stop.Verdict.Outcome != policy.Deny || n > 5 {
		t.Errorf("after %d sentences: %v", n, err)
	}
}

// TestASentenceThatWaits moves the clock while a sentence has no end.
func TestASentenceThatWaits(t *testing.T) {
	t.Parallel()
	c := newClock()
	w := window.New(plainly, c.now)
	if !w.Due().IsZero() {
		t.Error("an empty window is due")
	}
	tick := func(want string) {
		t.Helper()
		if got, err := w.Tick(ctx); err != nil || got != want {
			t.Errorf("shown %q, %v; want %q", got, err, want)
		}
	}
	write := func(s, want string) {
		t.Helper()
		if got, err := w.Write(ctx, s); err != nil || got != want {
			t.Errorf("after %q shown %q, %v; want %q", s, got, err, want)
		}
	}
	write("Yes.", "")
	due := c.at.Add(window.Wait)
	if !w.Due().Equal(due) {
		t.Errorf("due at %s", w.Due())
	}
	c.forward(window.Wait - 1)
	tick("")
	c.forward(1)
	tick("Yes.") // a whole sentence, though short
	if !w.Due().IsZero() {
		t.Error("due with nothing to show")
	}
	write(" Then the fox went over the hill and was not", "")
	c.forward(window.Wait)
	tick(" Then the fox went")
	c.forward(window.Wait)
	tick("") // the rest is too near the end
	write(" seen by any of us in", "")
	c.forward(window.Wait)
	write(" the b", " over the hill and was not")
	write("ad", "")
	c.forward(window.Wait)
	write(" snow", "")
	if rest, v, err := w.Close(ctx); rest != "" || v.Outcome != policy.Deny || err != nil {
		t.Errorf("%q %s %v", rest, v.Outcome, err)
	}
}

// failing is a detector that does not do its work on texts with "storm".
type failing struct{ how string }

func (failing) Name() string { return "failing/1" }

func (f failing) Text(ctx context.Context, t fold.Text, _ guard.Context) ([]policy.Finding, error) {
	if !strings.Contains(t.Plain, "storm") {
		return nil, nil
	}
	switch f.how {
	case "panics":
		panic("no model")
	case "is silent":
		<-ctx.Done()
		return nil, nil
	case "hangs":
		time.Sleep(time.Hour)
	}
	return nil, errors.New("no model")
}

func TestAfterACheckThatFailedNothingIsShown(t *testing.T) {
	t.Parallel()
	packs, err := policy.Standard()
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"errs", "panics", "is silent", "hangs"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			plain, err := built()
			if err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				g := plain.With(failing{how})
				w := window.New(func(ctx context.Context, text string, _ int) policy.Verdict {
					return packs.Decide(policy.Input{Stage: policy.Answer, Locale: "en", Findings: g.Text(ctx, text, guard.Context{Locale: "en", Role: "model"})})
				}, time.Now)
				begun := time.Now()
				shown := ""
				for _, p := range letters("The fox waits by the lantern. A storm is coming over the hill. It is harmless, after all.") {
					s, err := w.Write(t.Context(), p)
					shown += s
					var stop *window.Stopped
					if err != nil && (!errors.As(err, &stop) || stop.Verdict.Outcome == policy.Allow) {
						t.Errorf("%v", err)
					}
				}
				s, v, err := w.Close(t.Context())
				if shown+s != "The fox waits by the lantern." || v.Outcome != policy.Hold || v.Kind() != policy.FailedKind || err != nil {
					t.Errorf("shown %q, %s for %s, %v", shown+s, v.Outcome, v.Kind(), err)
				}
				if waited := time.Since(begun); waited > 6*time.Second {
					t.Errorf("a check was waited for %s", waited)
				}
				time.Sleep(2 * time.Hour) // lets what hangs end
			})
		})
	}
}

func TestACheckThatBreaksStops(t *testing.T) {
	t.Parallel()
	packs, err := policy.Standard()
	if err != nil {
		t.Fatal(err)
	}
	text := letters("The fox waits by the lantern. A storm is coming over the hill. It is harmless, after all.")
	for name, check := range map[string]window.Check{
		"panic": func(_ context.Context, text string, _ int) policy.Verdict {
			if strings.Contains(text, "storm") {
				panic("broken")
			}
			return policy.Verdict{Outcome: policy.Allow}
		},
		"a moderator that is away": func(_ context.Context, text string, _ int) policy.Verdict {
			if !strings.Contains(text, "storm") || strings.Contains(text, "harmless") {
				return policy.Verdict{Outcome: policy.Allow}
			}
			return packs.Decide(policy.Input{Stage: policy.Answer, Findings: []policy.Finding{{Detector: "m", Kind: policy.ModeratorDownKind, Score: 1}}})
		},
	} {
		if o := run(t, check, newClock(), text, nil); o.shown != "The fox waits by the lantern." || o.said != policy.Hold {
			t.Errorf("%s: shown %q, %s", name, o.shown, o.said)
		}
	}
	gone, cancel := context.WithCancel(ctx)
	w := window.New(plainly, newClock().now)
	cancel()
	if s, err := w.Write(gone, "The fox waits by the lantern. Yes"); s != "" || err == nil {
		t.Errorf("out of time: shown %q, %v", s, err)
	}
}

// TestTheCheckIsToldWhatIsShown holds the second number of a check.
func TestTheCheckIsToldWhatIsShown(t *testing.T) {
	t.Parallel()
	var seen []int
	run(t, func(_ context.Context, text string, shown int) policy.Verdict {
		seen = append(seen, shown)
		return policy.Verdict{Outcome: policy.Allow}
	}, newClock(), []string{"The fox waits by the lantern. ", "Who lit it in all that snow? Yes"}, nil)
	if want := []int{0, 29, 58}; !slices.Equal(seen, want) {
		t.Errorf("told %v, want %v", seen, want)
	}
}
