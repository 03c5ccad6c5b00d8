package edge

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"

	"marquee/internal/fault"
	"marquee/internal/web/problem"
)

// Visit is what is known of a request from outside, before its content.
type Visit struct {
	// ID is a random name of the request, for logs.
	ID string
	// Address is where it comes from, behind trusted proxies; it may be invalid.
	Address netip.Addr
	// Locale is the best of problem.Locales for the caller.
	Locale string
	// Base is scheme and host for absolute addresses.
	Base string
	// Secure tells whether the caller's browser speaks HTTPS.
	Secure bool
}

// Key is the address as limits count it.
func (v Visit) Key() string { return Key(v.Address).String() }

type visitKey struct{}

// VisitOf gives the visit of a request's context.
func VisitOf(ctx context.Context) Visit {
	v, _ := ctx.Value(visitKey{}).(Visit)
	return v
}

// Observer is told of each finished request.
type Observer func(route, method string, status int, took time.Duration)

// Door wraps a handler in everything that holds for all requests.
type Door struct {
	Proxies *Proxies
	Log     *slog.Logger
	// Key makes hashes of addresses for the log; it changes each day by itself.
	Key     []byte
	Now     func() time.Time
	Observe Observer
}

// Wrap gives the wrapped handler.
func (d *Door) Wrap(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	if d.Proxies.public != nil {
		// A proxy may ask for another host than the browser did.
		if err := guard.AddTrustedOrigin(d.Proxies.public.Scheme + "://" + d.Proxies.public.Host); err != nil {
			d.Log.Error("the public address can't be trusted as an origin", "cause", err)
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		problem.Write(w, r, fault.New(fault.Forbidden, "cross_origin", "This request came from another site and was not carried out."))
	}))
	inner := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := d.Now()
		visit := Visit{
			ID: rand.Text(), Address: d.Proxies.Client(r), Locale: problem.LocaleOf(r),
			Base: d.Proxies.Base(r), Secure: d.Proxies.Secure(r),
		}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, visit))
		out := &writer{ResponseWriter: w}
		promise(out.Header(), visit)

		defer func() {
			if cause := recover(); cause != nil {
				if cause == http.ErrAbortHandler {
					panic(cause)
				}
				d.Log.ErrorContext(r.Context(), "handler panicked", "request", visit.ID, "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
				if out.status == 0 {
					problem.Write(out, r, fmt.Errorf("panic: %v", cause))
				}
			}
			d.note(r, visit, out, d.Now().Sub(start))
		}()
		inner.ServeHTTP(out, r)
	})
}

// promise sets the headers that every answer carries; pages loosen the policy
// to what they need.
func promise(h http.Header, v Visit) {
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("X-Request-Id", v.ID)
	if v.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// note logs and measures a finished request. The path is logged without its
// query, where tokens could be, and the address only as a hash of the day.
func (d *Door) note(r *http.Request, v Visit, out *writer, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	status := out.status
	if status == 0 {
		status = http.StatusOK
	}
	if d.Observe != nil {
		d.Observe(route, r.Method, status, took)
	}
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelWarn
	}
	d.Log.LogAttrs(r.Context(), level, "request",
		slog.String("request", v.ID), slog.String("method", r.Method), slog.String("path", r.URL.EscapedPath()),
		slog.String("route", route), slog.Int("status", status), slog.Duration("took", took),
		slog.Int64("bytes", out.bytes), slog.String("address", d.hash(v.Address)))
}

func (d *Door) hash(a netip.Addr) string {
	m := hmac.New(sha256.New, d.Key)
	m.Write([]byte("log\x00" + d.Now().UTC().Format(time.DateOnly) + "\x00" + Key(a).String()))
	return hex.EncodeToString(m.Sum(nil)[:6])
}

// Nonce makes a fresh word for a page's policy.
func Nonce() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails; it ends the program instead
	return base64.RawStdEncoding.EncodeToString(b)
}

// writer remembers what was answered.
type writer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *writer) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach flushing and deadlines.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
