// Package problem turns a fault into what a caller sees of it: an RFC 9457
// problem in the caller's language. It is the only place that does.
package problem

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"marquee/internal/fault"
	"marquee/internal/web/tongue"
	"marquee/locales"
)

// Problem is the body of every answer that is not a success.
type Problem struct {
	Type   string `json:"type" doc:"Always about:blank; code tells problems apart" example:"about:blank"`
	Title  string `json:"title" doc:"The HTTP status in words"`
	Status int    `json:"status" doc:"The HTTP status"`
	Code   string `json:"code" doc:"A stable word for what happened" example:"prompt_too_long"`
	Detail string `json:"detail" doc:"What happened and what to do, in the caller's language"`
	// Fields name the parts of the request that are wrong.
	Fields []fault.Field `json:"fields,omitempty"`
	// Findings say where a composition is against the brand's rules.
	Findings any `json:"findings,omitempty" doc:"Where a composition is against the brand's rules"`

	retryAfter int
	locale     string
	cause      error
}

var statuses = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Malformed:       http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Gone:            http.StatusGone,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unsupported:     http.StatusUnsupportedMediaType,
	fault.Limited:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

var sentences = func() *tongue.Catalog {
	c, err := tongue.Read(locales.Files, "problems")
	if err != nil {
		panic(err) // the files are part of the binary, and a test reads them
	}
	return c
}()

// Locales lists the locales that problems are told in, English first.
func Locales() []string { return sentences.Locales() }

// Sentence gives the sentence for a code in a locale, or the English one that
// is given if there is none.
func Sentence(locale, code, english string, args map[string]any) string {
	if s := sentences.Say(locale, code, args); s != "" {
		return s
	}
	return english
}

// From makes the problem of an error, in a locale of Locales. An error that
// is no fault becomes a 500 that tells nothing of it.
func From(err error, locale string) *Problem {
	var already *Problem
	if errors.As(err, &already) {
		return already
	}
	f, ok := fault.As(err)
	if !ok {
		f = unexpected(err)
	}
	p := &Problem{
		Type: "about:blank", Status: statuses[f.Kind], Code: f.Code,
		Detail: Sentence(locale, f.Code, f.Detail, f.Args),
		locale: locale, cause: err,
	}
	if p.Status == 0 {
		p.Status = http.StatusInternalServerError
	}
	p.Title = http.StatusText(p.Status)
	for _, field := range f.Fields {
		field.Message = Sentence(locale, field.Code, field.Message, f.Args)
		p.Fields = append(p.Fields, field)
	}
	if f.RetryAfter > 0 {
		p.retryAfter = int(math.Ceil(f.RetryAfter.Seconds()))
	} else if p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests {
		p.retryAfter = 2
	}
	return p
}

func unexpected(err error) *fault.Error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fault.New(fault.Unavailable, "too_slow", "That took too long. Please try again in a moment.").Because(err)
	}
	var body *http.MaxBytesError
	if errors.As(err, &body) {
		return fault.New(fault.TooLarge, "body_too_large", "That is too large to take. Please send less.").Because(err)
	}
	return fault.New(fault.Internal, "internal", "Something went wrong on our side. It was noted; please try again.").Because(err)
}

// Error gives the detail.
func (p *Problem) Error() string { return p.Detail }

// Unwrap gives the error behind it, for the log only.
func (p *Problem) Unwrap() error { return p.cause }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType gives the media type of problems.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders gives the headers that go with the problem.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	h.Set("Cache-Control", "no-store")
	if p.locale != "" {
		h.Set("Content-Language", p.locale)
	}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="marquee"`)
	}
	return h
}

// LocaleOf gives the locale of Locales that a request wishes.
func LocaleOf(r *http.Request) string {
	return tongue.Choose(Locales(), r.Header.Get("Accept-Language"))
}

// Log notes what a person must not see: the cause of a failure on our side.
func Log(ctx context.Context, log *slog.Logger, p *Problem) {
	if p.Status >= 500 && p.cause != nil && !errors.Is(p.cause, context.Canceled) {
		log.ErrorContext(ctx, "request failed", "code", p.Code, "cause", p.cause)
	}
}

// Write answers a request with the problem of an error.
func Write(w http.ResponseWriter, r *http.Request, err error) {
	p := From(err, LocaleOf(r))
	for key, values := range p.GetHeaders() {
		w.Header()[key] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_ = json.NewEncoder(w).Encode(p) // the caller has gone if this fails
	}
}
