package edge

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"marquee/internal/fault"
)

func TestClient(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, c := range map[string]struct {
		peer      string
		forwarded []string
		want      string
	}{
		"direct":                  {"203.0.113.9:1", nil, "203.0.113.9"},
		"a stranger forwards":     {"203.0.113.9:1", []string{"198.51.100.1"}, "203.0.113.9"},
		"one proxy":               {"10.0.0.1:1", []string{"198.51.100.1"}, "198.51.100.1"},
		"two proxies":             {"10.0.0.1:1", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		"two headers":             {"10.0.0.1:1", []string{"198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
		"the client lies":         {"10.0.0.1:1", []string{"1.1.1.1, 198.51.100.1"}, "198.51.100.1"},
		"the client writes words": {"10.0.0.1:1", []string{"<script>, 198.51.100.1"}, "198.51.100.1"},
		"only words":              {"10.0.0.1:1", []string{"unknown"}, "10.0.0.1"},
		"words before a proxy":    {"10.0.0.1:1", []string{"unknown, 10.0.0.2"}, "10.0.0.2"},
		"only proxies":            {"10.0.0.1:1", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		"with a port":             {"10.0.0.1:1", []string{"198.51.100.1:5000"}, "198.51.100.1"},
		"IPv6":                    {"[fd00::1]:1", []string{"2001:db8::7"}, "2001:db8::7"},
		"IPv6 in brackets":        {"[fd00::1]:1", []string{"[2001:db8::7]:44"}, "2001:db8::7"},
		"IPv4 in IPv6":            {"[::ffff:10.0.0.1]:1", []string{"198.51.100.1"}, "198.51.100.1"},
		"a thousand hops":         {"10.0.0.1:1", []string{strings.Repeat("1.1.1.1,", 1000) + "198.51.100.1"}, "198.51.100.1"},
		"no header":               {"10.0.0.1:1", nil, "10.0.0.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header["X-Forwarded-For"] = c.forwarded
		if got := NewProxies(trusted, nil).Client(r).String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestKeyJoinsAHousehold(t *testing.T) {
	t.Parallel()
	a, b := netip.MustParseAddr("2001:db8:1:2::1"), netip.MustParseAddr("2001:db8:1:2:ffff::9")
	if Key(a) != Key(b) {
		t.Error("two addresses of one network count apart")
	}
	if Key(netip.MustParseAddr("192.0.2.1")) == Key(netip.MustParseAddr("192.0.2.2")) {
		t.Error("two IPv4 addresses count as one")
	}
	if Key(netip.MustParseAddr("::ffff:192.0.2.1")) != netip.MustParseAddr("192.0.2.1") {
		t.Error("IPv4 in IPv6 counts apart")
	}
}

func TestBase(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	public := &url.URL{Scheme: "https", Host: "lights.example"}
	for name, c := range map[string]struct {
		public      *url.URL
		peer, proto string
		host, want  string
		secure      bool
	}{
		"direct":              {nil, "1.2.3.4:1", "", "localhost:8080", "http://localhost:8080", false},
		"public":              {public, "1.2.3.4:1", "", "evil.example", "https://lights.example", true},
		"a stranger says so":  {nil, "1.2.3.4:1", "https", "a.example", "http://a.example", false},
		"a proxy says so":     {nil, "10.0.0.1:1", "https", "a.example", "https://a.example", true},
		"a host with markup":  {nil, "1.2.3.4:1", "", "a\"><script>", "http://localhost", false},
		"a host with a slash": {nil, "1.2.3.4:1", "", "a.example/x", "http://localhost", false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Host = c.peer, c.host
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		p := NewProxies(trusted, c.public)
		if got := p.Base(r); got != c.want || p.Secure(r) != c.secure {
			t.Errorf("%s: %s %v, want %s %v", name, got, p.Secure(r), c.want, c.secure)
		}
	}
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	l := NewLimiter(60, 2, func() time.Time { return now })
	if l.Allow("a") != nil || l.Allow("a") != nil {
		t.Fatal("the burst was refused")
	}
	err := l.Allow("a")
	if f, ok := fault.As(err); !ok || f.Kind != fault.Limited || f.RetryAfter != time.Second {
		t.Fatalf("after the burst: %v", err)
	}
	if l.Allow("b") != nil {
		t.Error("another caller was refused")
	}
	now = now.Add(time.Second)
	if l.Allow("a") != nil || l.Allow("a") == nil {
		t.Error("a second did not give back exactly one")
	}
	var unlimited *Limiter
	if unlimited.Allow("a") != nil || NewLimiter(0, 0, time.Now).Allow("a") != nil {
		t.Error("no limit refuses")
	}
}

func TestLimiterForgets(t *testing.T) {
	t.Parallel()
	l := NewLimiter(1, 1, func() time.Time { return time.Unix(1_800_000_000, 0) })
	for i := range maxKeys + 10 {
		if err := l.Allow(netip.AddrFrom4([4]byte{1, byte(i >> 16), byte(i >> 8), byte(i)}).String()); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.places) != maxKeys || l.order.Len() != maxKeys {
		t.Errorf("%d callers are remembered, want %d", len(l.places), maxKeys)
	}
}

func TestTurnstile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := NewTurnstile(1, time.Second)
		never := make(chan struct{})
		leave, err := gate.Enter(never)
		if err != nil {
			t.Fatal(err)
		}
		waiting := make(chan error, 5)
		for range 5 {
			go func() {
				leave, err := gate.Enter(never)
				if err == nil {
					leave()
				}
				waiting <- err
			}()
		}
		synctest.Wait()
		// Four wait; the fifth was sent away at once.
		if err := <-waiting; !fault.HasCode(err, "busy") {
			t.Errorf("the fifth in line: %v", err)
		}
		leave()
		for range 4 {
			if err := <-waiting; err != nil {
				t.Errorf("one in line: %v", err)
			}
		}
		if leave, err = gate.Enter(never); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := gate.Enter(never); !fault.HasCode(err, "busy") || time.Since(start) != time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		gone := make(chan struct{})
		close(gone)
		if _, err := gate.Enter(gone); err == nil {
			t.Error("somebody who left got in")
		}
		leave()
	})
}

func TestCounted(t *testing.T) {
	t.Parallel()
	c := NewCounted(2)
	first, ok1 := c.Open("a")
	_, ok2 := c.Open("a")
	if _, ok3 := c.Open("a"); !ok1 || !ok2 || ok3 {
		t.Fatal(ok1, ok2, ok3)
	}
	if _, ok := c.Open("b"); !ok {
		t.Error("another caller was refused")
	}
	first()
	if _, ok := c.Open("a"); !ok {
		t.Error("a closed one still counts")
	}
}

func door(log *slog.Logger) *Door {
	return &Door{Proxies: NewProxies(nil, nil), Log: log, Key: []byte("key"), Now: time.Now}
}

func TestPanicIsAProblem(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := door(slog.New(slog.NewTextHandler(&log, nil))).Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the plan is 4711") }))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
	if w.Code != 500 || strings.Contains(w.Body.String(), "4711") || !strings.Contains(w.Body.String(), `"internal"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "4711") {
		t.Error("the cause is not in the log")
	}
}

func TestLogTellsNoSecrets(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := door(slog.New(slog.NewJSONHandler(&log, nil))).Wrap(http.NewServeMux())
	r := httptest.NewRequest("GET", "/c/x/back?token=hush-1", nil)
	r.RemoteAddr = "203.0.113.77:5"
	r.Header.Set("Authorization", "Bearer hush-2")
	r.Header.Set("Cookie", "marquee_participant=hush-3")
	h.ServeHTTP(httptest.NewRecorder(), r)
	for _, word := range []string{"hush", "203.0.113.77"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("%s is in the log: %s", word, log.String())
		}
	}
	if !strings.Contains(log.String(), `"path":"/c/x/back"`) {
		t.Errorf("the path is not in the log: %s", log.String())
	}
}

func TestOtherSitesCantWrite(t *testing.T) {
	t.Parallel()
	reached := false
	h := door(slog.New(slog.DiscardHandler)).Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	for site, want := range map[string]int{"cross-site": 403, "same-site": 403, "same-origin": 200, "none": 200, "": 200} {
		r := httptest.NewRequest("POST", "/api/v1/x", nil)
		if site != "" {
			r.Header.Set("Sec-Fetch-Site", site)
		}
		reached = false
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want || reached != (want == 200) {
			t.Errorf("%q: %d, reached %v", site, w.Code, reached)
		}
	}
}

func FuzzClient(f *testing.F) {
	for _, seed := range []string{"1.2.3.4", "1.2.3.4, 10.0.0.1", "[2001:db8::1]:80", "::ffff:1.2.3.4", "fe80::1%eth0", ",,,", "unknown"} {
		f.Add(seed)
	}
	p := NewProxies([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, nil)
	f.Fuzz(func(t *testing.T, forwarded string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = "10.0.0.1:1"
		r.Header.Set("X-Forwarded-For", forwarded)
		if got := p.Client(r); !got.IsValid() || got.Zone() != "" {
			t.Errorf("%q: %v", forwarded, got)
		}
		r.RemoteAddr = "192.0.2.1:1"
		if got := p.Client(r).String(); got != "192.0.2.1" {
			t.Errorf("a stranger's header was believed: %s", got)
		}
	})
}

func TestOwnOriginBehindAProxy(t *testing.T) {
	t.Parallel()
	d := door(slog.New(slog.DiscardHandler))
	d.Proxies = NewProxies(nil, &url.URL{Scheme: "https", Host: "lights.example"})
	h := d.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for origin, want := range map[string]int{"https://lights.example": 200, "https://evil.example": 403} {
		r := httptest.NewRequest("POST", "http://127.0.0.1:8080/api/v1/x", nil)
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", origin, w.Code, want)
		}
	}
}
