package wire

import (
	"context"
	"errors"
	"io"
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
		return n, errSilent
	}
	return n, &cut{err}
}

// Close ends the request if it still goes on.
func (b *body) Close() error {
	err := b.ReadCloser.Close()
	b.cancel(nil)
	return err
}
