package generate_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

func (d *desk) say(text string) generate.TextRequest {
	return generate.TextRequest{Campaign: d.rec, Key: "t", System: "You are a fox.", Turns: []generate.Turn{{Role: provider.User, Text: text}},
		Guard: guard.Context{Locale: "en"}, User: "p-1"}
}

// through is a window that shows everything at once, as one that has checked
// it would.
type through struct{}

func (through) Write(_ context.Context, piece string) (string, error) { return piece, nil }
func (through) Due() time.Time                                        { return time.Time{} }
func (through) Tick(context.Context) (string, error)                  { return "", nil }
func (through) Close(context.Context) (string, policy.Verdict, error) {
	return "", policy.Verdict{Outcome: policy.Allow}, nil
}

func streaming(deps *generate.Deps) {
	deps.Window = func(generate.Stream) generate.Window { return through{} }
}

func TestText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change        func(*generate.Deps)
		first, second []string
		do            func(context.Context, int) error
		turn, instead string
		shown, code   string
		fallback      bool
		bill          []string
	}{
		"whole":                     {first: []string{"Hello, ", "friend."}, shown: "Hello, friend.", bill: []string{"first made"}},
		"piece by piece":            {change: streaming, first: []string{"Hello, ", "friend."}, shown: "Hello, |friend.", bill: []string{"first made"}},
		"a turn that is not taken":  {turn: "write to anna@example.com, bear", code: "prompt_denied"},
		"an answer that can't pass": {first: []string{"You fuck", "ing bear."}, second: []string{"Hello."}, shown: "Hello.", bill: []string{"first answer_refused", "second made"}},
		"no answer passes":          {first: []string{"Fuck."}, second: []string{"Fuck you."}, code: "answer_refused", bill: []string{"first answer_refused", "second answer_refused"}},
		"something instead": {first: []string{"Fuck."}, second: []string{"Fuck you."}, instead: "Let us talk about snow.", shown: "Let us talk about snow.", fallback: true,
			bill: []string{"first answer_refused", "second answer_refused"}},
		"nothing shown, so begun anew": {first: []string{"Hel"}, do: always(provider.Nonsense(errBoom)), second: []string{"Hello."}, shown: "Hello.", bill: []string{"first provider_nonsense", "second made"}},
		"shown in part, so not begun anew": {change: streaming, first: []string{"Hel"}, do: always(provider.Unavailable(0, errBoom)), second: []string{"Hello."}, instead: "x",
			shown: "Hel", code: "answer_cut", bill: []string{"first provider_unavailable"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var changes []func(*generate.Deps)
				if c.change != nil {
					changes = append(changes, c.change)
				}
				d := newDesk(t, changes...)
				d.first.says, d.first.do, d.second.says = c.first, c.do, c.second
				if c.turn == "" {
					c.turn = "hello"
				}
				r := d.say(c.turn)
				r.Instead = c.instead
				var shown []string
				res, err := d.Text(t.Context(), r, func(s string) error { shown = append(shown, s); return nil })
				same(t, "shown", strings.Join(shown, "|"), c.shown)
				if c.code != "" {
					if !fault.HasCode(err, c.code) {
						t.Errorf("%v, want %s", err, c.code)
					}
				} else if err != nil {
					t.Fatal(err)
				} else {
					same(t, "fallback", res.Fallback, c.fallback)
					same(t, "text", res.Text, strings.ReplaceAll(c.shown, "|", ""))
				}
				if got := d.books.bill(); !slices.Equal(got, c.bill) {
					t.Errorf("billed %q, want %q", got, c.bill)
				}
			})
		})
	}
}

func TestAReaderWhoLeaves(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]bool{"for good": false, "when it is nearly done": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t, streaming)
				d.first.says = []string{"Hello"}
				d.first.do = func(ctx context.Context, _ int) error {
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(map[bool]time.Duration{false: 15 * time.Second, true: 4 * time.Second}[back]):
						return nil
					}
				}
				left := make(chan struct{})
				time.AfterFunc(time.Second, func() { close(left) })
				r := d.say("hello")
				r.Left = left
				begun := time.Now()
				_, err := d.Text(t.Context(), r, func(string) error { return nil })
				if back {
					if err != nil {
						t.Error(err)
					}
					return
				}
				if !errors.Is(err, context.Canceled) {
					t.Errorf("%v", err)
				}
				same(t, "time until the call was cancelled", time.Since(begun), 6*time.Second)
				if got := d.books.bill(); !slices.Equal(got, []string{"first cancelled"}) {
					t.Errorf("billed %q", got)
				}
			})
		})
	}
}

func TestWhatLeavesTheHouse(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.first.says = []string{"Hello."}
	r := d.say("who are you?")
	r.Turns = append([]generate.Turn{{Role: provider.User, Text: "write to ann@example.com"}, {Role: provider.Assistant, Text: "No."}}, r.Turns...)
	if _, err := d.Text(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if got := d.first.asked[0].Turns[0].Text; strings.Contains(got, "ann@") || !strings.Contains(got, "write to") {
		t.Errorf("sent %q", got)
	}
}

// pure decides by packs alone.
type pure struct{ *policy.Packs }

func (p pure) Decide(_ context.Context, in policy.Input) policy.Verdict { return p.Packs.Decide(in) }

func (p pure) Soften(_ context.Context, text, locale string, v policy.Verdict) (string, bool) {
	return p.Packs.Soften(text, locale, v)
}

func TestModerators(t *testing.T) {
	t.Parallel()
	sufficient, err := policy.ReadPack(strings.NewReader(`{"schema":1,"id":"company","version":"1.0.0","layer":"company","title":"t","about":"a",
		"sufficient":["prompt"],"rules":[{"id":"a","kinds":["slur"],"then":"deny","because":"b"}],"cases":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	standard, err := policy.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	enough, err := policy.Compile(append(slices.Clone(standard), sufficient)...)
	if err != nil {
		t.Fatal(err)
	}
	away := always(provider.Unavailable(0, errBoom))
	for name, c := range map[string]struct {
		prompt  string
		flags   map[string]float64
		do      func(context.Context, int) error
		enough  bool
		who     []string
		outcome policy.Outcome
		asked   bool
	}{
		"clean":                             {outcome: policy.Allow, asked: true},
		"a little suspicious":               {flags: map[string]float64{provider.Hate: 0.4}, outcome: policy.Allow, asked: true},
		"flagged":                           {flags: map[string]float64{provider.Sexual: 0.9}, outcome: policy.Deny, asked: true},
		"flagged by a word of its own":      {flags: map[string]float64{"odd": 0.9}, outcome: policy.Hold, asked: true},
		"denied here":                       {prompt: "a bear for anna@example.com", outcome: policy.Deny},
		"away":                              {do: away, outcome: policy.Hold, asked: true},
		"away, and a pack has it suffice":   {do: away, enough: true, outcome: policy.Allow, asked: true},
		"wanted and not there":              {who: []string{"nobody"}, outcome: policy.Hold},
		"wanted and not there, and no pack": {who: []string{"nobody"}, enough: true, outcome: policy.Hold},
		"one of two flags":                  {who: []string{"judge", "nobody"}, flags: map[string]float64{provider.Sexual: 0.9}, outcome: policy.Deny, asked: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t, func(deps *generate.Deps) {
					if c.enough {
						deps.Policy = pure{enough}
					}
				})
				if c.who == nil {
					c.who = []string{"judge"}
				}
				if c.prompt == "" {
					c.prompt = "a fox"
				}
				d.rec.File.Routes = append(d.rec.File.Routes, campaign.Route{Capability: "moderation", Providers: c.who})
				d.judge.flags, d.judge.do = c.flags, c.do
				judge := func() policy.Verdict {
					return d.JudgeText(t.Context(), generate.Subject{Campaign: d.rec, Stage: policy.Prompt, Text: c.prompt, Guard: guard.Context{Locale: "en"}, Key: "k"})
				}
				v := judge()
				same(t, "outcome", v.Outcome, c.outcome)
				same(t, "asked", d.judge.called() > 0, c.asked)
				calls := d.judge.called()
				same(t, "outcome again", judge().Outcome, c.outcome)
				if c.do == nil && !slices.Contains(c.who, "nobody") {
					same(t, "calls for the same text again", d.judge.called(), calls)
				}
				// A moderator passes the budget, as everybody who is paid.
				same(t, "calls on the bill", len(d.books.bill()), d.judge.called())
			})
		})
	}
}

func TestAPictureIsModerated(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.rec.File.Routes = append(d.rec.File.Routes, campaign.Route{Capability: "moderation", Providers: []string{"judge"}})
	d.gives("first", false)
	same(t, "judged", len(d.judge.seen), 2) // the prompt and the picture
	d.judge.do = func(_ context.Context, n int) error {
		d.judge.flags = map[string]float64{provider.Violence: 1}
		return nil
	}
	if _, err := d.picture(t.Context()); !fault.HasCode(err, "picture_refused") {
		t.Errorf("%v", err)
	}
	d.first.do, d.second.do = always(provider.Misasked(errBoom)), always(provider.Misasked(errBoom))
	d.gives("builtin", true) // the painter's own pictures go nowhere
}

func TestEdits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := generate.EditRequest{Campaign: d.rec, Key: "e", Kind: generate.Inpaint, Image: stripes(64, 64), Prompt: "a lantern", Width: 64, Height: 64}
	res, err := d.Edit(t.Context(), r, nil)
	if err != nil || res.Maker.Provider != "first" {
		t.Fatalf("%+v %v", res, err)
	}
	same(t, "kinds", len(d.CanEdit(d.rec, "")), 1)
	for name, c := range map[string]struct {
		change func(*generate.EditRequest)
		code   string
	}{
		"a prompt that is not taken":  {func(r *generate.EditRequest) { r.Prompt = "a bear for anna@example.com" }, "prompt_denied"},
		"a picture that is not taken": {func(r *generate.EditRequest) { r.Image = stripes(8, 8) }, "picture_refused"},
		"what nobody can do":          {func(r *generate.EditRequest) { r.Kind = generate.Outpaint }, "edit_unavailable"},
	} {
		again := r
		c.change(&again)
		if _, err := d.Edit(t.Context(), again, nil); !fault.HasCode(err, c.code) {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	same(t, "calls", d.first.called()+d.second.called(), 1)
}
