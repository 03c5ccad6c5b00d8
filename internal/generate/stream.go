package generate

import (
	"context"
	"errors"
	"sync"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/guard"
	"marquee/internal/guard/window"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

// Stream is what a window is told of the answer that it guards.
type Stream struct {
	Campaign campaign.Record
	Guard    guard.Context
	Key      string
	User     string
}

// Window guards one answer while it streams. It is used by one goroutine at a
// time.
type Window interface {
	// Write takes what came next, and gives what may be shown now. An error ends
	// the answer; what was shown stays.
	Write(ctx context.Context, piece string) (show string, err error)
	// Due is when Tick is to be called, if nothing is written until then; zero
	// for never.
	Due() time.Time
	// Tick gives what may be shown although its sentence has no end yet.
	Tick(ctx context.Context) (show string, err error)
	// Close gives the rest when the answer is complete, with the verdict on the
	// whole. Only an answer that is allowed has a rest.
	Close(ctx context.Context) (show string, v policy.Verdict, err error)
}

func (d *Door) window(s Stream) Window {
	if d.Window != nil {
		return d.Window(s)
	}
	s.Guard.Role = "model"
	return window.New(func(ctx context.Context, text string, shown int) policy.Verdict {
		return d.judgeStream(ctx, s, text, shown)
	}, time.Now)
}

// lookBack is how many bytes before what is new a moderator is shown with it.
const lookBack = 600

// judgeStream judges an answer up to where it has come: all of it by the
// built-in checks, and by the campaign's moderators what is new with some of
// what stands before it.
func (d *Door) judgeStream(ctx context.Context, s Stream, text string, shown int) policy.Verdict {
	in := d.input(ctx, Subject{Campaign: s.Campaign, Stage: policy.Answer, Text: text, Guard: s.Guard})
	v := d.Policy.Decide(ctx, in)
	// What does not pass here is shown to nobody and costs no moderator's time,
	// unless it is for its language, which a moderator may know.
	if v.Outcome != policy.Allow {
		but := in
		but.Findings = without(in.Findings, policy.UncoveredKind)
		if len(but.Findings) == len(in.Findings) || d.Policy.Decide(ctx, but).Outcome != policy.Allow {
			return v
		}
	}
	e := d.errand(Moderation, s.Campaign, s.Guard.Market, s.Key, s.User)
	from := start(text, shown-lookBack)
	more, covered := d.moderate(ctx, e, provider.ModerationRequest{Text: guard.Redact(text[from:], since(in.Findings, from)), Locale: s.Guard.Locale})
	if covered {
		in.Findings = without(in.Findings, policy.UncoveredKind)
	} else if len(more) == 0 {
		return v
	}
	in.Findings = append(in.Findings, more...)
	return d.Policy.Decide(ctx, in)
}

// since gives the findings on the part of a text that begins at from, as
// findings on that part.
func since(found []policy.Finding, from int) (out []policy.Finding) {
	for _, f := range found {
		if f.End > from {
			f.Start, f.End = max(f.Start, from)-from, f.End-from
			out = append(out, f)
		}
	}
	return out
}

// start moves an offset back to the beginning of a word, or of the text.
func start(text string, at int) int {
	for at > 0 && text[at-1] != ' ' && text[at-1] != '\n' {
		at--
	}
	return max(at, 0)
}

// aside runs a check on a stack of its own, for a caller who waits for long
// afterwards: see window.Window.
func aside(check func()) {
	var broken any
	var done sync.WaitGroup
	done.Go(func() {
		defer func() { broken = recover() }()
		check()
	})
	done.Wait()
	if broken != nil {
		panic(broken)
	}
}

// stream brings an answer through its window to its reader: when something is
// written, and when something has waited too long.
type stream struct {
	window Window
	reader *reader
	ctx    context.Context

	mu    sync.Mutex
	timer *time.Timer
	ended bool
}

// stream begins one; ctx is that of the call.
func (d *Door) stream(ctx context.Context, r *TextRequest, reader *reader) *stream {
	w := d.window(Stream{Campaign: r.Campaign, Guard: r.Guard, Key: r.Key, User: r.User})
	return &stream{window: w, reader: reader, ctx: ctx}
}

// write takes a piece. It returns when the reader has taken what came of it, so
// that a slow reader slows the provider, and nothing heaps up between them.
func (s *stream) write(piece string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.pass(s.window.Write(s.ctx, piece))
	if w := (*window.Stopped)(nil); errors.As(err, &w) {
		return refusedAnswer(w.Verdict)
	}
	return err
}

// tick shows what has waited too long. What goes wrong then is told by the next
// write, or the end.
func (s *stream) tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		_ = s.pass(s.window.Tick(s.ctx))
	}
}

func (s *stream) pass(part string, err error) error {
	if gone := s.reader.pass(s.ctx, part); err == nil {
		err = gone
	}
	if due := s.window.Due(); err == nil && !due.IsZero() {
		if wait := max(0, time.Until(due)); s.timer == nil {
			s.timer = time.AfterFunc(wait, s.tick)
		} else {
			s.timer.Reset(wait)
		}
	} else if s.timer != nil {
		s.timer.Stop()
	}
	return err
}

// close gives the verdict on the whole, and shows the rest once further allows
// the answer, too.
func (s *stream) close(further func() policy.Verdict) (policy.Verdict, error) {
	s.end()
	rest, v, err := s.window.Close(s.ctx)
	if err != nil {
		return v, err
	}
	if v.Outcome == policy.Allow {
		v = policy.Strictest(v, further())
	}
	if v.Outcome != policy.Allow {
		return v, refusedAnswer(v)
	}
	return v, s.reader.pass(s.ctx, rest)
}

// end stops the clock.
func (s *stream) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	if s.timer != nil {
		s.timer.Stop()
	}
}

// stopped is the error of an answer that was shown in part: nobody is asked
// again then.
type stopped struct{ error }

func (s stopped) Unwrap() error { return s.error }

var (
	errCut     = errors.New("a part of the answer was shown already")
	errTooLong = errors.New("the answer is longer than it may be")
)

func refusedAnswer(v policy.Verdict) error {
	return fault.New(fault.Invalid, "answer_refused", "The answer did not pass our checks. Please ask differently.").With("kind", v.Kind())
}

// inPart is the error of an answer that broke off after a part of it was shown.
// If the rest did not pass, that is said kindly in its place.
func inPart(err error) error {
	if fault.HasCode(err, "answer_refused") {
		f, _ := fault.As(err)
		err = fault.New(fault.Invalid, "answer_stopped", "The rest of this answer did not pass our checks, so it ends here. Please ask differently.").
			With("kind", f.Args["kind"]).Because(err)
	}
	return stopped{err}
}
