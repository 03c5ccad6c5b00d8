package providertest

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// Proxy stands between an adapter and a server and does harm as it is told.
// Without an order it passes everything on.
type Proxy struct {
	*httptest.Server

	t        testing.TB
	upstream http.Handler
	begun    chan struct{}

	mu    sync.Mutex
	fault *Fault
	left  int
	spare func(*http.Request) bool
	calls int
	sent  int64
}

// NewProxy starts a proxy in front of a server, given as a handler; it ends
// with the test.
func NewProxy(t testing.TB, upstream http.Handler) *Proxy {
	t.Helper()
	p := &Proxy{t: t, upstream: upstream, begun: make(chan struct{}, 64)}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Server.Close)
	return p
}

// Before starts a proxy in front of a server at an address.
func Before(t testing.TB, address string) *Proxy {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return NewProxy(t, httputil.NewSingleHostReverseProxy(&url.URL{Scheme: u.Scheme, Host: u.Host}))
}

// Do lets the fault befall the next n requests, or all from now on if n is
// negative. A fault that is in the address (see Address) befalls nothing here.
func (p *Proxy) Do(f Fault, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault, p.left = &f, n
}

// Spare keeps requests from harm that which is true for.
func (p *Proxy) Spare(which func(*http.Request) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spare = which
}

// Calls counts the requests that arrived, harmed or not.
func (p *Proxy) Calls() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}

// Sent counts the bytes of endless bodies that callers took.
func (p *Proxy) Sent() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent
}

// Begun tells of each request that is being harmed.
func (p *Proxy) Begun() <-chan struct{} { return p.begun }

// Address is where to send an adapter for a fault to befall it: the proxy's
// own, or one where nobody answers.
func (p *Proxy) Address(f Fault) string {
	if f.address == nil {
		return p.URL
	}
	return f.address(p)
}

// ServeHTTP passes a request on, or harms it.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.calls++
	var harm *Fault
	if p.fault != nil && p.left != 0 && p.fault.serve != nil && (p.spare == nil || !p.spare(r)) {
		harm = p.fault
		p.left--
	}
	p.mu.Unlock()
	if harm == nil {
		p.upstream.ServeHTTP(w, r)
		return
	}
	select {
	case p.begun <- struct{}{}:
	default:
	}
	harm.serve(p, w, r)
}

// Fault is something that goes wrong between us and a provider.
type Fault struct {
	// Name says what goes wrong.
	Name string
	// Code is that of the fault that a call ends with.
	Code string
	// Retry is true if the same call may succeed later; After is how long the
	// provider asks to wait.
	Retry bool
	After time.Duration
	// Cost is true if the call may be on the bill.
	Cost bool

	address func(*Proxy) string
	serve   func(*Proxy, http.ResponseWriter, *http.Request)
}

// NewFault is a fault of a test's own: every harmed request is answered so.
func NewFault(name, code string, retry, cost bool, serve http.HandlerFunc) Fault {
	return Fault{Name: name, Code: code, Retry: retry, Cost: cost, serve: func(_ *Proxy, w http.ResponseWriter, r *http.Request) { serve(w, r) }}
}

// Named gives one of Faults by its name.
func Named(t testing.TB, name string) Fault {
	t.Helper()
	for _, f := range Faults() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("there is no fault %q", name)
	return Fault{}
}

// Secret is what answers of the proxy hold that must never be told on.
const Secret = "sk-told-back-5f0c9a1e77"

// Faults are all that a network and a server can do to any adapter.
func Faults() []Fault {
	const (
		unavailable = "provider_unavailable"
		request     = "provider_request"
		nonsense    = "provider_nonsense"
	)
	return []Fault{
		{Name: "connection refused", Code: unavailable, Retry: true, address: closedPort},
		{Name: "DNS failure", Code: unavailable, Retry: true, address: func(*Proxy) string { return "http://provider.invalid" }},
		{Name: "TLS failure", Code: unavailable, Retry: true, address: func(p *Proxy) string { return strings.Replace(p.URL, "http:", "https:", 1) }},
		{Name: "TLS by a stranger", Code: unavailable, Retry: true, address: stranger},
		{Name: "400", Code: request, serve: status(400, "")},
		{Name: "401", Code: "provider_key", serve: status(401, "")},
		{Name: "403", Code: "provider_key", serve: status(403, "")},
		{Name: "404", Code: request, serve: status(404, "")},
		{Name: "409", Code: request, serve: status(409, "")},
		{Name: "413", Code: request, serve: status(413, "")},
		{Name: "429", Code: "provider_busy", Retry: true, serve: status(429, "")},
		{Name: "429 with Retry-After", Code: "provider_busy", Retry: true, After: 7 * time.Second, serve: status(429, "7")},
		{Name: "500", Code: unavailable, Retry: true, Cost: true, serve: status(500, "")},
		{Name: "503", Code: unavailable, Retry: true, Cost: true, serve: status(503, "")},
		{Name: "503 with Retry-After", Code: unavailable, Retry: true, Cost: true, After: 3 * time.Second, serve: status(503, "3")},
		{Name: "stall before the first byte", Code: "provider_timeout", Retry: true, Cost: true, serve: stall("")},
		{Name: "stall in the middle", Code: "provider_timeout", Retry: true, Cost: true, serve: stall(`{"`)},
		{Name: "cut before the first byte", Code: unavailable, Retry: true, Cost: true, serve: cut("")},
		{Name: "cut in the middle of a chunk", Code: nonsense, Retry: true, Cost: true, serve: cut("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{\"data\":[{\"")},
		{Name: "malformed JSON", Code: nonsense, Retry: true, Cost: true, serve: body("application/json", `{"data":[{"`+Secret)},
		{Name: "wrong content type", Code: nonsense, Retry: true, Cost: true, serve: body("text/html", "<h1>Sign in to the hotel's network</h1>")},
		{Name: "no content type", Code: nonsense, Retry: true, Cost: true, serve: body("", "{}")},
		{Name: "a body of 1 GB", Code: nonsense, Retry: true, Cost: true, serve: endless},
		{Name: "redirect to a private address", Code: nonsense, Retry: true, Cost: true, serve: redirect("http://169.254.169.254/latest/meta-data/")},
		{Name: "redirect to another host", Code: nonsense, Retry: true, Cost: true, serve: redirect("https://elsewhere.example/v1")},
	}
}

// closedPort is the address of a port that nobody listens on any more.
func closedPort(p *Proxy) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// stranger is a server whose certificate nobody signed that we trust.
func stranger(p *Proxy) string {
	s := httptest.NewUnstartedServer(p)
	s.Config.ErrorLog = quiet()
	s.StartTLS()
	p.t.Cleanup(s.Close)
	return s.URL
}

func status(code int, after string) func(*Proxy, http.ResponseWriter, *http.Request) {
	return func(_ *Proxy, w http.ResponseWriter, r *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		// Servers like to repeat what they were sent, key included.
		fmt.Fprintf(w, `{"error":{"message":%q,"type":"some_error","code":"some_code"}}`, Secret+r.Header.Get("Authorization"))
	}
}

func stall(first string) func(*Proxy, http.ResponseWriter, *http.Request) {
	return func(_ *Proxy, w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, io.LimitReader(r.Body, 64<<20)); err != nil {
			return // only who has sent all is noticed when it goes
		}
		if first != "" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, first) // a caller that went away is told by its own error
			w.(http.Flusher).Flush()
		}
		Hang(nil)(w, r)
	}
}

func cut(raw string) func(*Proxy, http.ResponseWriter, *http.Request) {
	return func(p *Proxy, w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, io.LimitReader(r.Body, 64<<20)); err != nil {
			return
		}
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			p.t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, raw) // a caller that went away is told by its own error
		_ = conn.Close()
	}
}

func body(contentType, text string) func(*Proxy, http.ResponseWriter, *http.Request) {
	return func(_ *Proxy, w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		_, _ = io.WriteString(w, text) // a caller that went away is told by its own error
	}
}

// endless sends 1 GB of an answer, or what the caller takes of it.
func endless(p *Proxy, w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	lump := strings.Repeat("A", 1<<20)
	_, _ = io.WriteString(w, `{"data":[{"b64_json":"`)
	for range 1 << 10 {
		n, err := io.WriteString(w, lump)
		p.mu.Lock()
		p.sent += int64(n)
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func redirect(to string) func(*Proxy, http.ResponseWriter, *http.Request) {
	return func(_ *Proxy, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, to, http.StatusTemporaryRedirect)
	}
}
