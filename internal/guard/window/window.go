// Package window lets a text that is still being written through, up to the
// last point that every check has cleared. It shows nothing unchecked and so
// never has anything to take back.
//
// At each possible cut (see cuts.go) the whole text up to there is judged, not
// only what is new: detectors look far back, so that only the whole can say
// what the whole will be found as. What is shown is therefore always a text
// that passed as it stands.
package window

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"marquee/internal/policy"
)

// Check judges a text from its beginning. shown is how many bytes of it are
// shown already. It must not panic, though a panic only stops the answer.
type Check func(ctx context.Context, text string, shown int) policy.Verdict

// The bounds of what waits to be shown.
const (
	// Wait is the longest that text waits for the end of its sentence.
	Wait = 1500 * time.Millisecond
	// Most is how many bytes wait for the end of a sentence. In a text of more
	// than sixteen times as much it grows with it; see share.
	Most = 240
	// Overlap is how many bytes stay back, though they were judged, when a
	// sentence is cut before its end, so that something bad across the cut is
	// not begun.
	Overlap = 48
	// overlapInTime is the same for a sentence that waited too long.
	overlapInTime = 24
	// least is the fewest bytes that make a span of their own; shorter sentences
	// go with the next.
	least = 24
	// share bounds the work on a long text, which is judged as a whole for every
	// span: a span is at least a thirty-second of what stands before it.
	share = 32
	// again is how many more spans are looked at before a text that would be
	// denied as it stands is given up: what comes next may tell that it was a
	// quotation that its writer condemns.
	again = 2
	// runOn is how many times Most a text without a space may wait until it is
	// cut between any two characters.
	runOn = 8
)

// Stopped ends an answer: what is shown stays, and nothing follows.
type Stopped struct {
	// Verdict says why; its outcome is never Allow.
	Verdict policy.Verdict
}

// Error says what happened, without any of the text.
func (s *Stopped) Error() string {
	return "the answer was stopped: " + string(s.Verdict.Outcome) + " " + s.Verdict.Kind()
}

// Window guards one text. It is for one goroutine at a time.
type Window struct {
	check Check
	now   func() time.Time

	text  strings.Builder
	read  int // bytes that were looked at for cuts: whole characters
	shown int // bytes that were let through
	tried int // the end of what was last judged, at least shown
	since time.Time
	// denials are the spans in a row up to which the text would be denied.
	denials int
	verdict policy.Verdict
	stopped *Stopped
	marks   marks
}

// New makes a window. now is the clock that Wait is measured with.
func New(check Check, now func() time.Time) *Window {
	return &Window{check: check, now: now, verdict: policy.Verdict{Outcome: policy.Allow}}
}

// Write takes what came next, which may end in the middle of a character, and
// gives what may be shown now, often nothing. The error is a *Stopped, from
// then on always.
func (w *Window) Write(ctx context.Context, piece string) (string, error) {
	if w.stopped != nil {
		return "", w.stopped
	}
	if piece == "" {
		return "", nil
	}
	from := w.shown
	if w.shown == w.text.Len() {
		w.since = w.now()
	}
	w.text.WriteString(piece)
	text := w.text.String()
	for w.read < len(text) && w.stopped == nil {
		r, n := rune(text[w.read]), 1
		if r >= utf8.RuneSelf {
			if !utf8.FullRuneInString(text[w.read:]) {
				break
			}
			r, n = utf8.DecodeRuneInString(text[w.read:])
		}
		at := w.read
		switch {
		case at-w.tried >= max(least, at/share) && w.marks.cut(r):
			w.judge(ctx, at, at)
		case at-w.tried >= max(Most, 2*at/share) && !w.marks.overridden:
			w.bound(ctx, at)
		}
		w.marks.see(r)
		w.read += n
	}
	if w.stopped == nil && w.waited() {
		w.hurry(ctx)
	}
	return w.gone(from)
}

// Due is when Tick is to be called if nothing was written until then; zero if
// nothing waits.
func (w *Window) Due() time.Time {
	if w.stopped != nil || w.shown == w.text.Len() {
		return time.Time{}
	}
	return w.since.Add(Wait)
}

// Tick gives what may be shown of a sentence that has waited too long, as
// Write does.
func (w *Window) Tick(ctx context.Context) (string, error) {
	if w.stopped != nil {
		return "", w.stopped
	}
	from := w.shown
	if w.waited() {
		w.hurry(ctx)
	}
	return w.gone(from)
}

// Close gives the rest of a text that is complete, with the verdict on the
// whole. There is a rest only if that allows.
func (w *Window) Close(ctx context.Context) (string, policy.Verdict, error) {
	if w.stopped != nil {
		return "", w.stopped.Verdict, nil
	}
	text := w.text.String()
	from := w.shown
	if v := w.ask(ctx, text); v.Outcome != policy.Allow {
		w.stopped = &Stopped{v}
		return "", v, nil
	}
	w.shown = len(text)
	w.read, w.tried = len(text), len(text)
	return text[from:], w.verdict, nil
}

// waited tells whether something has waited too long.
func (w *Window) waited() bool {
	due := w.Due()
	return !due.IsZero() && !w.now().Before(due)
}

// hurry shows what it may of what waits. Whatever comes of it, the next wait
// begins. Being denied here counts for nothing, so that the end of an answer
// depends on its words.
func (w *Window) hurry(ctx context.Context) {
	w.since = w.now()
	if w.marks.overridden || w.verdict.Outcome != policy.Allow {
		return
	}
	text := w.text.String()[:w.read]
	cut := len(text)
	if w.marks.ended == unended || !w.marks.solid() {
		cut = before(text, w.shown, len(text), overlapInTime)
	}
	if cut <= w.shown {
		return
	}
	tried := w.tried
	w.judge(ctx, cut, len(text))
	if w.shown < cut && !failed(w.verdict) {
		w.denials, w.tried, w.stopped, w.verdict = 0, tried, nil, policy.Verdict{Outcome: policy.Allow}
	}
}

// bound cuts a sentence before its end, at.
func (w *Window) bound(ctx context.Context, at int) {
	cut := before(w.text.String(), w.shown, at, Overlap)
	if cut > w.shown {
		w.judge(ctx, cut, at)
	}
	if w.shown != cut {
		w.tried = max(w.tried, at)
	}
}

// judge lets the text through up to cut, if it passes up to there and also up
// to the last whole word before end.
func (w *Window) judge(ctx context.Context, cut, end int) {
	text := w.text.String()
	v := w.ask(ctx, text[:cut])
	if end = wordEnd(text, cut, end); v.Outcome == policy.Allow && end > cut {
		v = w.ask(ctx, text[:end])
	}
	w.tried = max(w.tried, end)
	switch v.Outcome {
	case policy.Allow:
		w.shown, w.tried, w.denials = cut, cut, 0
		w.since = w.now()
	case policy.Deny:
		if w.denials++; w.denials > again {
			w.stopped = &Stopped{v}
		}
	default:
		w.denials = 0
	}
	if failed(v) {
		w.stopped = &Stopped{v}
	}
}

// ask judges a text. A check that panics or is out of time has failed. It runs
// on a stack of its own, which is gone afterwards: of the many answers that are
// open at once, each is nearly always waiting for its model, and should not
// keep the room that its checks once needed.
func (w *Window) ask(ctx context.Context, text string) policy.Verdict {
	done := make(chan policy.Verdict, 1)
	shown := w.shown
	go func() {
		v := policy.Held([]policy.Finding{{Detector: "window/1", Kind: policy.FailedKind, Score: 1}}, "A check did not run.")
		defer func() {
			_ = recover() // v says it already
			done <- v
		}()
		if found := w.check(ctx, text, shown); ctx.Err() == nil {
			v = found
		}
	}()
	select {
	case w.verdict = <-done:
	case <-ctx.Done():
		w.verdict = policy.Held([]policy.Finding{{Detector: "window/1", Kind: policy.FailedKind, Score: 1}}, "A check did not end in time.")
	}
	return w.verdict
}

// failed tells whether a verdict rests on a check that did not run. Nothing
// that follows can mend that.
func failed(v policy.Verdict) bool {
	if v.Outcome == policy.Allow {
		return false
	}
	for _, f := range v.Findings {
		if f.Kind == policy.FailedKind || f.Kind == policy.ModeratorDownKind {
			return true
		}
	}
	return false
}

func (w *Window) gone(from int) (string, error) {
	show := w.text.String()[from:w.shown]
	if w.stopped != nil {
		return show, w.stopped
	}
	return show, nil
}
