package wire

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// What may go wrong on the way, beside an answer that says so itself.
var (
	errSilent    = errors.New("the server fell silent")
	errLarge     = errors.New("the answer is too large")
	errType      = errors.New("the answer is not of the type that was asked for")
	errMoved     = errors.New("the server sends us elsewhere, where we don't go")
	errElsewhere = errors.New("only the configured server is ever called")
)

// unsent is an error before anything reached the server; lost one after the
// request was on its way and before an answer began; cut one within an answer.
type (
	unsent struct{ error }
	lost   struct{ error }
	cut    struct{ error }
)

func (e *unsent) Unwrap() error { return e.error }
func (e *lost) Unwrap() error   { return e.error }
func (e *cut) Unwrap() error    { return e.error }

// Status is an answer that says that something is wrong.
type Status struct {
	// Status is the HTTP status, or what an error within a stream amounts to.
	Status int
	// Code is the provider's own word for it, such as "rate_limit_exceeded"; ""
	// if it gave none. Its sentences are left out: they repeat prompts and keys.
	Code string
	// After is how long the provider asks to wait; 0 if it does not say.
	After time.Duration
	// Refused is true if the provider will not do this for anybody.
	Refused bool
	// Begun is true if the provider had begun to work.
	Begun bool
}

// Error tells status and code.
func (s *Status) Error() string {
	if s.Code == "" {
		return fmt.Sprintf("the server answers %d", s.Status)
	}
	return fmt.Sprintf("the server answers %d (%s)", s.Status, s.Code)
}

// refusalOf reads an answer that says that something is wrong. What can't be
// read of it is left out: the status says enough.
func refusalOf(resp *http.Response, key string, now time.Time) *Status {
	s := &Status{Status: resp.StatusCode, After: after(resp.Header, now)}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxError))
	if err != nil {
		return s
	}
	s.words(data, key)
	return s
}

// InBand reads an error that came as data within a stream: {"error":{…}}, or
// what lies under "error".
func InBand(data []byte) *Status {
	s := &Status{Status: http.StatusBadGateway, Begun: true}
	s.words(data, "")
	switch {
	case strings.Contains(s.Code, "rate_limit"), strings.Contains(s.Code, "overloaded"), s.Code == "RESOURCE_EXHAUSTED":
		s.Status = http.StatusTooManyRequests
	case strings.Contains(s.Code, "invalid_request"), s.Code == "INVALID_ARGUMENT":
		s.Status = http.StatusBadRequest
	}
	return s
}

// refusals are the words in a code that mean: not this, from whomever. The
// last one is Azure's.
var refusals = []string{"content_policy", "moderation", "content_filter", "ResponsibleAI"}

var plainCode = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)

// words finds the provider's words for what is wrong, wherever servers put them.
func (s *Status) words(data []byte, key string) {
	type inner struct {
		Code   any             `json:"code"`
		Type   any             `json:"type"`
		Status any             `json:"status"`
		Inner  json.RawMessage `json:"innererror"`
	}
	var outer struct {
		inner
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(data, &outer) != nil {
		return // a page for people, perhaps; the status says enough
	}
	var under, deepest inner
	// Where they are something else than objects there are no words in them.
	if len(outer.Error) > 0 {
		_ = json.Unmarshal(outer.Error, &under)
	} else {
		under = outer.inner
	}
	if len(under.Inner) > 0 {
		_ = json.Unmarshal(under.Inner, &deepest)
	}
	for _, word := range []any{under.Code, under.Status, under.Type, deepest.Code} {
		code, ok := word.(string)
		if !ok || !plainCode.MatchString(code) || key != "" && strings.Contains(code, key) {
			continue
		}
		if s.Code == "" {
			s.Code = code
		}
		s.Refused = s.Refused || slices.ContainsFunc(refusals, func(r string) bool { return strings.Contains(code, r) })
	}
}

// maxAfter bounds how long a provider may ask us to wait.
const maxAfter = time.Hour

// after reads how long to wait: in milliseconds as some servers say it, in
// seconds, or as a date.
func after(h http.Header, now time.Time) time.Duration {
	var d time.Duration
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil {
		d = time.Duration(min(ms, float64(maxAfter/time.Millisecond)) * float64(time.Millisecond))
	} else if s, err := strconv.ParseFloat(h.Get("Retry-After"), 64); err == nil {
		d = time.Duration(min(s, maxAfter.Seconds()) * float64(time.Second))
	} else if at, err := http.ParseTime(h.Get("Retry-After")); err == nil {
		d = at.Sub(now)
	}
	return max(0, min(d, maxAfter))
}

// Explain turns whatever a call ended with into one of the failure classes of
// provider, or into the context's own error if the caller left. Its text holds
// neither prompt nor key nor anything that the server wrote beyond a code.
func Explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if f, ok := fault.As(err); ok && strings.HasPrefix(f.Code, "provider_") {
		return err
	}
	if n, ok := ctx.Value(noteKey{}).(*note); ok {
		if first := n.err.Load(); first != nil {
			err = *first
		}
	}
	free := func(cause error) error { return cause }
	var early *unsent
	if errors.As(err, &early) {
		free = provider.Free
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return free(context.Canceled)
	}
	var status *Status
	var gone *lost
	var timeout net.Error
	switch {
	case errors.As(err, &status):
		return status.fault()
	case ctx.Err() != nil:
		return provider.TimedOut(free(ctx.Err()))
	case errors.Is(err, errElsewhere):
		return provider.Nonsense(free(errElsewhere))
	case early != nil:
		if _, ok := fault.As(early.error); ok {
			return provider.KeyRejected(free(early.error))
		}
		return provider.Unavailable(0, free(bare(early.error)))
	case errors.Is(err, errSilent):
		return provider.TimedOut(errSilent)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return provider.TimedOut(context.DeadlineExceeded)
	case errors.As(err, &gone):
		return provider.Unavailable(0, bare(gone.error))
	}
	for _, known := range []error{errLarge, errType, errMoved} {
		if errors.Is(err, known) {
			return provider.Nonsense(known)
		}
	}
	var broken *cut
	if errors.As(err, &broken) {
		return provider.Nonsense(fmt.Errorf("the answer was cut off: %w", bare(broken.error)))
	}
	// What an SDK says of an answer that it can't read may repeat the answer.
	return provider.Nonsense(errors.New("the answer is not what the API promises"))
}

func (s *Status) fault() error {
	var cause error = s
	if s.Begun {
		cause = provider.Costly(s)
	}
	switch {
	case s.Refused && s.Status < http.StatusInternalServerError || s.Refused && s.Begun:
		return provider.Refused(cause)
	case s.Status == http.StatusUnauthorized || s.Status == http.StatusForbidden:
		return provider.KeyRejected(cause)
	case s.Status == http.StatusTooManyRequests || s.Status == overloaded:
		return provider.Busy(s.After, cause)
	case s.Status == http.StatusRequestTimeout:
		return provider.TimedOut(cause)
	case s.Status < http.StatusInternalServerError:
		return provider.Misasked(cause)
	case s.Status == http.StatusGatewayTimeout:
		return provider.TimedOut(cause)
	}
	return provider.Unavailable(s.After, cause)
}

// overloaded is what Anthropic's servers answer when they have too much to do.
const overloaded = 529

// bare takes the address off an error of the HTTP client: queries may hold
// secrets.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
