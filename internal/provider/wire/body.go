package wire

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"
)

// body is an answer's body with its bounds: so many bytes, and no silence
// longer than stall. Whatever ends it early is an error, so that a cut answer
// is never taken for a whole one.
type body struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	stall  time.Duration
	left   int64
}

// Read reads on, within the bounds.
func (b *body) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errLarge
	}
	// One byte more than allowed tells an answer that is too large from one
	// that just fits.
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	timer := time.AfterFunc(b.stall, func() { b.cancel(errSilent) })
	n, err := b.ReadCloser.Read(p)
	timer.Stop()
	b.left -= int64(n)
	if b.left < 0 {
		return 0, errLarge
	}
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	if errors.Is(context.Cause(b.ctx), errSilent) {
		err = errSilent
	} else {
		err = &cut{err}
	}
	if n, ok := b.ctx.Value(noteKey{}).(*note); ok {
		n.err.CompareAndSwap(nil, &err)
	}
	return n, err
}

// noteKey finds the note of a call in its context.
type noteKey struct{}

// note keeps what ended the reading of an answer.
type note struct{ err atomic.Pointer[error] }

// Noting gives a context in which Explain knows how the reading of an answer
// ended, for SDKs that tell something else instead.
func Noting(ctx context.Context) context.Context {
	return context.WithValue(ctx, noteKey{}, &note{})
}

// Close ends the request if it still goes on.
func (b *body) Close() error {
	err := b.ReadCloser.Close()
	b.cancel(nil)
	return err
}
