package generate

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

// Turn, Tool and ToolCall are parts of a dialogue, as providers have them.
type (
	Turn     = provider.Turn
	Tool     = provider.Tool
	ToolCall = provider.ToolCall
)

// TextRequest asks for text.
type TextRequest struct {
	Campaign campaign.Record
	// Key names the answer for good.
	Key string
	// System says who the model is; it is the staff's, not a participant's.
	System string
	// Turns are the dialogue; the last is what to answer. Those before were
	// judged when they were last.
	Turns []Turn
	Tools []Tool
	// Schema, if any, is the JSON Schema that the answer follows.
	Schema json.RawMessage
	// MaxTokens bounds the answer; 0 is 1024.
	MaxTokens int
	// Guard says what the campaign has settled, and in which language and market
	// the participant is.
	Guard guard.Context
	// Team is whose budget it is, beside the campaign's.
	Team string
	// Seed makes the choice between models repeatable.
	Seed int64
	User string
	// Released is true if a person has let a held turn through.
	Released bool
	// Instead is said, in the participant's language, where no model can answer;
	// "" has a fault given.
	Instead string
	// Left is closed when the reader has left. The call goes on for a grace
	// period, should he come back, and is cancelled then. nil for never.
	Left <-chan struct{}
}

// TextResult is an answer that passed everything.
type TextResult struct {
	Text  string
	Calls []ToolCall
	// Cut is true if the answer was longer than it might be.
	Cut   bool
	Maker provider.Maker
	// Fallback is true if Instead was said.
	Fallback bool
	Verdict  policy.Verdict
}

// maxAnswer bounds an answer, in bytes.
const maxAnswer = 256 << 10

// Text has an answer written. show is given what may be shown, as soon as it
// may, from another goroutine than the caller's but never at once; an error of
// it is a reader who has left. Faults: "prompt_denied" and "prompt_held" from
// the way in; from the way out "answer_refused", or "answer_stopped" if a part
// was shown; "answer_cut" if it broke off there; "provider_refused"; and
// "text_unavailable" if no model can answer and there is nothing to say
// instead.
func (d *Door) Text(ctx context.Context, r TextRequest, show func(string) error) (*TextResult, error) {
	var v policy.Verdict
	var turns []Turn
	var err error
	aside(func() { v, turns, err = d.turns(ctx, &r) })
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	reader := d.reader(ctx, cancel, r.Left, show)
	defer reader.done()
	e := d.errand(Texts, r.Campaign, r.Guard.Market, r.Key, r.User)
	e.team = r.Team
	makers := d.writers(ctx, &e, &r, turns, reader)
	e.hedge = 0 // two streams can't be shown at once
	a, err := send(ctx, d, &e, makers)
	switch {
	case err == nil:
		return d.said(ctx, &e, &r, a, v)
	case errors.Is(err, context.Canceled), fault.HasCode(err, "database_away"):
		return nil, err
	case fault.HasCode(err, "answer_stopped"):
		return nil, err
	case reader.began():
		return nil, fault.New(fault.Unavailable, "answer_cut", "The answer broke off. Please ask again.").Because(err)
	}
	if fault.HasCode(err, "budget_used_up") {
		if end := atEnd(r.Campaign); end != nil {
			err = end
		}
	}
	d.Log.WarnContext(ctx, "no model answered", "campaign", r.Campaign.Slug, "error", err)
	if r.Instead == "" {
		if fault.HasCode(err, "provider_refused") || fault.HasCode(err, "answer_refused") || fault.HasCode(err, "budget_waits") || fault.HasCode(err, "budget_closed") {
			return nil, err
		}
		return nil, fault.New(fault.Unavailable, "text_unavailable", "There is no answer at the moment. Please try again soon.").Because(err)
	}
	if !reader.instead(r.Instead) {
		return nil, fault.New(fault.Unavailable, "answer_cut", "The answer broke off. Please ask again.").Because(err)
	}
	return &TextResult{Text: r.Instead, Fallback: true, Verdict: v}, nil
}

// writers are those who could write an answer, in their order.
func (d *Door) writers(ctx context.Context, e *errand, r *TextRequest, turns []Turn, reader *reader) []maker[*answered] {
	most := asked{input: inputTokens(r.System, turns, r.Tools, r.Schema), output: outputTokens(r.MaxTokens)}
	var makers []maker[*answered]
	for _, name := range d.route(ctx, e, r.Seed) {
		p := d.Providers.Texts[name]
		if p == nil {
			continue
		}
		m, ok := prepare(ctx, d, *e, name, p, most, func(ctx context.Context) (*answered, provider.Usage, error) {
			return d.answer(ctx, p, r, turns, reader)
		})
		if ok {
			makers = append(makers, m)
		}
	}
	return makers
}

// turns judges the last turn and takes out of all of them what may not leave
// the house.
func (d *Door) turns(ctx context.Context, r *TextRequest) (policy.Verdict, []Turn, error) {
	if len(r.Turns) == 0 {
		return policy.Verdict{}, nil, fault.New(fault.Invalid, "prompt_empty", "Say what you would like.")
	}
	last := len(r.Turns) - 1
	in := r.Guard
	if r.Turns[last].Role == provider.ToolResult {
		in.Source = "retrieved"
	}
	v := d.JudgeText(ctx, Subject{Campaign: r.Campaign, Stage: policy.Turn, Text: r.Turns[last].Text, Guard: in, Key: r.Key, User: r.User})
	if err := admitted(v, r.Released); err != nil {
		return v, nil, err
	}
	out := make([]Turn, len(r.Turns))
	for i, t := range r.Turns {
		if i == last {
			t.Text = guard.Redact(t.Text, v.Findings)
		} else if t.Role != provider.Assistant {
			t.Text = guard.Redact(t.Text, d.Guard.Text(ctx, t.Text, r.Guard))
		}
		out[i] = t
	}
	return v, out, nil
}

// answered is an answer with the verdict on it.
type answered struct {
	provider.TextAnswer
	verdict policy.Verdict
}

// answer asks one provider, and shows what its window lets through.
func (d *Door) answer(ctx context.Context, p provider.Texts, r *TextRequest, turns []Turn, reader *reader) (*answered, provider.Usage, error) {
	if reader.began() {
		return nil, provider.Usage{}, stopped{provider.Free(errCut)}
	}
	s := d.stream(ctx, r, reader)
	defer s.end()
	size := 0
	got, err := p.Text(ctx, provider.TextRequest{
		System: r.System, Turns: turns, Tools: r.Tools, Schema: r.Schema, MaxTokens: r.MaxTokens, User: r.User,
	}, func(delta provider.Delta) error {
		if size += len(delta.Text); size > maxAnswer {
			return provider.Nonsense(errTooLong)
		}
		return s.write(delta.Text)
	})
	var v policy.Verdict
	usage := provider.Usage{}
	if err == nil {
		usage = got.Usage
		v, err = s.close(func() policy.Verdict { return d.judgeCalls(ctx, r, got.Calls) })
	}
	// What was shown can't be taken back: nobody begins it anew.
	if err != nil && reader.began() {
		err = inPart(err)
	}
	return &answered{got, v}, usage, err
}

// judgeCalls judges what a model wants to give to tools.
func (d *Door) judgeCalls(ctx context.Context, r *TextRequest, calls []ToolCall) policy.Verdict {
	v := policy.Verdict{Outcome: policy.Allow}
	in := r.Guard
	in.Role = "model"
	for _, c := range calls {
		v = policy.Strictest(v, d.JudgeText(ctx, Subject{Campaign: r.Campaign, Stage: policy.Answer, Text: string(c.Input), Guard: in, Key: r.Key, User: r.User}))
	}
	return v
}

// said writes an answer down.
func (d *Door) said(ctx context.Context, e *errand, r *TextRequest, a *answered, in policy.Verdict) (*TextResult, error) {
	err := d.Unit.Do(context.WithoutCancel(ctx), func(ctx context.Context) error {
		return d.Ledger.Record(ctx, ledger.Decision{
			Action: "text.made", Role: "system", SubjectKind: "text", SubjectID: r.Key, Campaign: e.campaign.Slug,
			Public: map[string]string{
				"provider": a.Maker.Provider, "model": a.Maker.Model, "version": a.Maker.Version,
				"prompt_verdict": string(in.Outcome), "answer_verdict": string(a.verdict.Outcome),
			},
		})
	})
	if err != nil {
		return nil, err
	}
	return &TextResult{Text: a.Text, Calls: a.Calls, Cut: a.Stop == provider.StopLength, Maker: a.Maker, Verdict: policy.Strictest(in, a.verdict)}, nil
}

// outputTokens bounds an answer as providers do.
func outputTokens(n int) int64 {
	if n <= 0 {
		return 1024
	}
	return int64(n)
}

// inputTokens bounds what goes in: a token is at least a byte, and each turn
// has some of its own.
func inputTokens(system string, turns []Turn, tools []Tool, schema json.RawMessage) int64 {
	n := len(system) + len(schema) + 64
	for _, t := range turns {
		n += len(t.Text) + 16
		for _, c := range t.Calls {
			n += len(c.Input) + len(c.Name) + 16
		}
	}
	for _, t := range tools {
		n += len(t.Name) + len(t.Description) + len(t.Schema) + 32
	}
	return int64(n)
}

// reader is who an answer is shown to. He may leave, and what is written for
// him goes on for a while.
type reader struct {
	grace  time.Duration
	cancel context.CancelCauseFunc
	shown  func(string) error
	turn   sync.Mutex // held while something is shown

	mu    sync.Mutex
	any   bool
	left  bool
	timer *time.Timer
}

var errLeft = errors.New("the reader has left")

func (d *Door) reader(ctx context.Context, cancel context.CancelCauseFunc, left <-chan struct{}, show func(string) error) *reader {
	r := &reader{grace: d.Tuning.Grace, cancel: cancel, shown: show}
	if left != nil {
		go func() {
			select {
			case <-left:
				r.leaves()
			case <-ctx.Done():
			}
		}()
	}
	return r
}

// leaves begins the grace period, once.
func (r *reader) leaves() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.left {
		r.left = true
		r.timer = time.AfterFunc(r.grace, func() { r.cancel(errLeft) })
	}
}

// pass shows a part of a call that still counts: one that was given up because
// it took too long shows nothing any more.
func (r *reader) pass(ctx context.Context, part string) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	r.show(part)
	return nil
}

// instead shows a text in place of an answer; false if a part of one was shown.
func (r *reader) instead(text string) bool {
	r.turn.Lock()
	defer r.turn.Unlock()
	if r.began() {
		return false
	}
	r.show(text)
	return true
}

// show shows a part. That nobody reads it is no error: the grace period begins.
func (r *reader) show(part string) {
	if part == "" {
		return
	}
	r.mu.Lock()
	gone := r.left
	r.any = true
	r.mu.Unlock()
	if gone || r.shown == nil {
		return
	}
	if err := r.shown(part); err != nil {
		r.leaves()
	}
}

// began tells whether something was shown.
func (r *reader) began() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.any
}

func (r *reader) done() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.timer != nil {
		r.timer.Stop()
	}
}
