package providertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// How long adapters wait: for what never comes, and, on a machine that has a
// lot to do, for what does.
const (
	short = 1500 * time.Millisecond
	// Long is enough for everything that comes at all.
	Long = time.Minute
)

// FaultCase is an adapter whose calls meet every fault there is.
type FaultCase struct {
	// Upstream is the server that answers where nothing goes wrong.
	Upstream http.Handler
	// Call makes one call of the adapter at the address (scheme and host) with
	// the key Secret, waiting as long as said for a first byte and for more of
	// an answer, and for Long in all.
	Call func(ctx context.Context, address string, patience time.Duration) error
	// Own are faults that only this adapter meets: refusals in the provider's
	// own shape, jobs that have expired, and the like.
	Own []Fault
	// Spare keeps requests from harm, for adapters that make several a call.
	Spare func(*http.Request) bool
	// Bound is how much of an endless body may be taken, in bytes; 0 means
	// 64 MB, which leaves room for what lies in the buffers of the network.
	Bound int64
	// Fetches is true if what is harmed are requests that only fetch, which the
	// HTTP client asks for again on a line that was cut.
	Fetches bool
	// Words must not be told on in an error: the prompt, say.
	Words string
}

// RunFaults lets each fault befall a call, and wants it to end in its class
// with no second try, and with nothing secret told.
func RunFaults(t *testing.T, c FaultCase) {
	if c.Bound == 0 {
		c.Bound = 64 << 20
	}
	for _, f := range append(Faults(), c.Own...) {
		t.Run(strings.ReplaceAll(f.Name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			p := NewProxy(t, c.Upstream)
			p.Config.ErrorLog = quiet()
			p.Do(f, -1)
			p.Spare(c.Spare)
			patience := Long
			if strings.HasPrefix(f.Name, "stall") {
				patience = short
			}
			err := c.Call(t.Context(), p.Address(f), patience)
			Wants(t, err, f)
			Hides(t, err, Secret, c.Words)
			if sent := p.Sent(); sent > c.Bound {
				t.Errorf("%d bytes of an endless body were taken", sent)
			}
			harmed := len(p.Begun())
			if f.address == nil && harmed != 1 && !(c.Fetches && harmed == 2) {
				t.Errorf("%d requests met the fault: what may be under way must not be asked for twice", harmed)
			}
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		t.Parallel()
		p := NewProxy(t, c.Upstream)
		p.Do(Named(t, "stall before the first byte"), -1)
		p.Spare(c.Spare)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() {
			select {
			case <-p.Begun():
			case <-t.Context().Done():
			}
			cancel()
		}()
		if err := c.Call(ctx, p.URL, Long); !errors.Is(err, context.Canceled) {
			t.Errorf("a call that was cancelled ends with %v", err)
		}
	})
	t.Run("well", func(t *testing.T) {
		t.Parallel()
		if err := c.Call(t.Context(), NewProxy(t, c.Upstream).URL, Long); err != nil {
			t.Errorf("without a fault: %v", err)
		}
	})
}

// Wants checks an error against what a fault is to end in.
func Wants(t testing.TB, err error, f Fault) {
	t.Helper()
	if !fault.HasCode(err, f.Code) {
		t.Errorf("%s ends with %v, want %s", f.Name, err, f.Code)
	}
	if again, after := provider.Retryable(err); again != f.Retry || after != f.After {
		t.Errorf("%s: retryable %t after %s, want %t after %s", f.Name, again, after, f.Retry, f.After)
	}
	if cost := provider.MayHaveCost(err); cost != f.Cost {
		t.Errorf("%s: may have cost: %t, want %t (%v)", f.Name, cost, f.Cost, err)
	}
}

// Hides wants none of the words in anything that may be written down of an
// error.
func Hides(t testing.TB, err error, words ...string) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			for _, word := range words {
				if word != "" && strings.Contains(text, word) {
					t.Errorf("an error tells a secret: %s", text)
				}
			}
		}
	}
}

// quiet is a log for servers that are meant to fail.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
