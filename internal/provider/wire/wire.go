// Package wire is the way to a provider's server that every adapter takes: one
// host and no other, no redirects, bounded bodies, checked types, and no
// silence without an end. It turns what goes wrong on the way into the failure
// classes of provider.
package wire

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// Bounds on what a server may send, in bytes.
const (
	// MaxPicture bounds the file of a picture.
	MaxPicture = 64 << 20
	// MaxJSON bounds an answer without pictures, and a stream of text.
	MaxJSON = 8 << 20
	// MaxPictureJSON bounds an answer that holds a picture in base64.
	MaxPictureJSON = MaxPicture/3*4 + 1<<20
	// maxError bounds what is read of an error.
	maxError = 64 << 10
)

// The media types of good answers.
var (
	// JSON is an answer as a whole.
	JSON = []string{"application/json"}
	// Stream is an answer in events. Some servers say what is wrong, or all
	// they have to say, as plain JSON.
	Stream = []string{"text/event-stream", "application/json"}
	// Files are JSON and pictures.
	Files = []string{"application/json", "image/"}
)

// Options say how to reach a server.
type Options struct {
	// Base is the server's address; no other host is ever called.
	Base *url.URL
	// Key may be nil. It is sent in the header Header after Prefix, and nowhere
	// else.
	Key            provider.Key
	Header, Prefix string
	// FirstByte bounds the wait for an answer to begin, Stall the silence
	// within it. Zero means 60 s and 20 s.
	FirstByte, Stall time.Duration
	// MaxBody bounds an answer in bytes; zero means MaxJSON.
	MaxBody int64
	// Types are the media types of a good answer; nil means JSON. An entry that
	// ends with / stands for all that begin so.
	Types []string
	// Now is the clock for dates in Retry-After; nil means time.Now.
	Now func() time.Time
}

// Address reads the address of a server. It may have a path, but neither a
// password nor a query, which would carry secrets into logs. Fault:
// "provider_address_invalid".
func Address(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fault.New(fault.Invalid, "provider_address_invalid", "The provider's address must look like https://host/v1.")
	}
	return u, nil
}

// New makes a client for one server. It never follows a redirect.
func New(o Options) *http.Client {
	if o.FirstByte == 0 {
		o.FirstByte = 60 * time.Second
	}
	if o.Stall == 0 {
		o.Stall = 20 * time.Second
	}
	if o.MaxBody == 0 {
		o.MaxBody = MaxJSON
	}
	if o.Types == nil {
		o.Types = JSON
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	next := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConnsPerHost:    16,
		ExpectContinueTimeout:  time.Second,
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: 64 << 10,
	}
	return &http.Client{
		Transport:     &line{Options: o, next: next},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// line is the transport of such a client.
type line struct {
	Options
	next http.RoundTripper
}

// RoundTrip makes one request, whose answer is a good one: everything else is
// an error that Explain understands.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != l.Base.Host || r.URL.Scheme != l.Base.Scheme {
		closeBody(r)
		return nil, &unsent{errElsewhere}
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	var key string
	if l.Key != nil {
		var err error
		if key, err = l.Key(ctx); err != nil {
			cancel(nil)
			closeBody(r)
			return nil, &unsent{fmt.Errorf("the key: %w", err)}
		}
	}
	var reached atomic.Bool
	r = r.Clone(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { reached.Store(true) }}))
	if l.Header != "" {
		r.Header.Del(l.Header)
		if key != "" {
			r.Header.Set(l.Header, l.Prefix+key)
		}
	}
	timer := time.AfterFunc(l.FirstByte, func() { cancel(errSilent) })
	resp, err := l.next.RoundTrip(r)
	timer.Stop()
	if err != nil {
		if errors.Is(context.Cause(ctx), errSilent) {
			err = errSilent
		}
		cancel(nil)
		if !reached.Load() {
			return nil, &unsent{err}
		}
		return nil, &lost{err}
	}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		return resp, nil // a websocket, which has bounds of its own and ends with the request's context
	}
	resp.Body = &body{ReadCloser: resp.Body, ctx: ctx, cancel: cancel, stall: l.Stall, left: l.MaxBody}
	if err := l.judge(resp, key); err != nil {
		return nil, errors.Join(err, resp.Body.Close())
	}
	return resp, nil
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close() // nothing was sent of it
	}
}

// judge gives the error of an answer that is no good one.
func (l *line) judge(resp *http.Response, key string) error {
	switch {
	case resp.StatusCode >= http.StatusBadRequest:
		return refusalOf(resp, key, l.Now())
	case resp.StatusCode >= http.StatusMultipleChoices:
		return fmt.Errorf("%w (%d)", errMoved, resp.StatusCode)
	case resp.ContentLength == 0:
		return nil
	case resp.ContentLength > l.MaxBody:
		return errLarge
	}
	media, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil {
		return errType
	}
	for _, good := range l.Types {
		if media == good || strings.HasSuffix(good, "/") && strings.HasPrefix(media, good) {
			return nil
		}
	}
	return errType
}
