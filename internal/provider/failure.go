package provider

import (
	"context"
	"errors"
	"time"

	"marquee/internal/fault"
)

// Refused is a provider that will not answer this, whoever asks and however
// often: code "provider_refused".
func Refused(cause error) *fault.Error {
	return fault.New(fault.Invalid, "provider_refused", "The model will not make this. Please say it differently.").Because(cause)
}

// Busy is a provider that has enough to do (429): code "provider_busy". after is
// how long it asks us to wait, 0 if it does not say.
func Busy(after time.Duration, cause error) *fault.Error {
	return fault.New(fault.Unavailable, "provider_busy", "The model has too much to do at the moment. Please try again soon.").Because(cause).After(after)
}

// Unavailable is a provider that is broken or can't be reached (5xx, refused
// connections, DNS, TLS): code "provider_unavailable".
func Unavailable(after time.Duration, cause error) *fault.Error {
	return fault.New(fault.Unavailable, "provider_unavailable", "The model does not answer at the moment. Please try again.").Because(cause).After(after)
}

// TimedOut is a provider that took too long, or fell silent: code
// "provider_timeout".
func TimedOut(cause error) *fault.Error {
	return fault.New(fault.Unavailable, "provider_timeout", "The model took too long to answer. Please try again.").Because(cause)
}

// KeyRejected is a provider that does not accept our key (401, 403): code
// "provider_key".
func KeyRejected(cause error) *fault.Error {
	return fault.New(fault.Unavailable, "provider_key", "The model's provider does not accept our key.").Because(cause)
}

// Misasked is a provider that did not understand what it was asked (400, 404,
// 409, 413 and their like): the fault of this program or of its settings; code
// "provider_request".
func Misasked(cause error) *fault.Error {
	return fault.New(fault.Unavailable, "provider_request", "The model's provider does not understand what it was asked. Its settings may be wrong.").Because(cause)
}

// Nonsense is a provider whose answer is of no use (malformed, cut off, of a
// wrong type, too large, no picture): code "provider_nonsense".
func Nonsense(cause error) *fault.Error {
	return fault.New(fault.Unavailable, "provider_nonsense", "The model's answer is of no use. Please try again.").Because(cause)
}

// costing marks a cause with whether the call may have cost.
type costing struct {
	error
	may bool
}

func (c costing) Unwrap() error { return c.error }

// Free marks the cause of a failure as one that can't have cost anything,
// because the request never left. It is nil for nil.
func Free(cause error) error { return mark(cause, false) }

// Costly marks the cause of a failure as one that may have cost, such as a
// refusal in the middle of an answer. It is nil for nil.
func Costly(cause error) error { return mark(cause, true) }

func mark(cause error, may bool) error {
	if cause == nil {
		return nil
	}
	return costing{cause, may}
}

// Retryable tells whether the same call may succeed later, and how long the
// provider asks to wait (0 if it does not say). A retry may cost a second time:
// see MayHaveCost. A call that was cancelled is not to be tried again.
func Retryable(err error) (again bool, after time.Duration) {
	f, ok := fault.As(err)
	if !ok {
		return false, 0
	}
	switch f.Code {
	case "provider_busy", "provider_unavailable", "provider_timeout", "provider_nonsense":
		return !errors.Is(err, context.Canceled), f.RetryAfter
	}
	return false, 0
}

// MayHaveCost tells whether a call that ended with err may be on the bill. It
// is false only where that is sure: the request never left, or was turned down
// before any work. A call without error cost, too.
func MayHaveCost(err error) bool {
	var c costing
	if errors.As(err, &c) {
		return c.may
	}
	f, ok := fault.As(err)
	if !ok {
		return true
	}
	switch f.Code {
	case "provider_busy", "provider_key", "provider_request", "provider_refused":
		return false
	}
	return true
}
