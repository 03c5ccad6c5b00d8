// Package fault is the one error type that may reach a person.
//
// A domain returns a *Error where a caller can do something about what
// happened; anything else is an internal error and is shown as such, without
// its text. The web turns a *Error into an RFC 9457 problem in one file.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of thing went wrong; it decides the HTTP status.
type Kind int

// The kinds, each with the HTTP status it becomes.
const (
	Internal        Kind = iota // 500
	Invalid                     // 422: the request was read and is wrong
	Malformed                   // 400: the request can't be read
	Unauthenticated             // 401
	Forbidden                   // 403
	NotFound                    // 404
	Conflict                    // 409
	Gone                        // 410
	TooLarge                    // 413
	Unsupported                 // 415
	Limited                     // 429
	Unavailable                 // 503
)

// Field names one part of a request and what is wrong with it.
type Field struct {
	// Path is where it is, for example "layers[2].width".
	Path string `json:"path"`
	// Code is a stable word for the fault, for example "mark_outside".
	Code string `json:"code"`
	// Message is a sentence in English that a person may read.
	Message string `json:"message"`
}

// Error is a fault with a stable code and a message that is safe to show.
type Error struct {
	Kind Kind
	// Code is stable and in snake_case; locale files hold a sentence for it.
	Code string
	// Detail is a sentence in English: what happened and what to do.
	Detail string
	// Args fill the places in the sentence of another language.
	Args map[string]any
	// Fields name the parts that are wrong, where there are several.
	Fields []Field
	// RetryAfter is how long to wait before trying again; zero if unknown.
	RetryAfter time.Duration
	// Cause is for the log only and never shown.
	Cause error
}

// Error gives the text for logs, cause included.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Detail, e.Cause)
	}
	return e.Code + ": " + e.Detail
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// New makes a fault. Detail is a format for args as in fmt.Sprintf.
func New(kind Kind, code, detail string, args ...any) *Error {
	if len(args) > 0 {
		detail = fmt.Sprintf(detail, args...)
	}
	return &Error{Kind: kind, Code: code, Detail: detail}
}

// With returns e with the values that its sentence in another language needs.
func (e *Error) With(key string, value any) *Error {
	if e.Args == nil {
		e.Args = map[string]any{}
	}
	e.Args[key] = value
	return e
}

// Because returns e with a cause for the log.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// After returns e with the time to wait before trying again.
func (e *Error) After(d time.Duration) *Error {
	e.RetryAfter = d
	return e
}

// As finds the fault in an error's chain.
func As(err error) (*Error, bool) {
	var f *Error
	ok := errors.As(err, &f)
	return f, ok
}

// Is tells whether err is a fault of the given kind.
func Is(err error, kind Kind) bool {
	f, ok := As(err)
	return ok && f.Kind == kind
}

// HasCode tells whether err is a fault with the given code.
func HasCode(err error, code string) bool {
	f, ok := As(err)
	return ok && f.Code == code
}

// Missing is the answer for a thing that is not there, or not for the asker.
func Missing(what string) *Error {
	return New(NotFound, "not_found", "There is no such %s, or it is not yours to see.", what).With("what", what)
}
