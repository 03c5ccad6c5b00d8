package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, value string
		want        time.Duration
	}{
		{"Retry-After", "", 0}, {"Retry-After", "7", 7 * time.Second}, {"Retry-After", "0.5", time.Second / 2}, {"Retry-After", "-3", 0},
		{"Retry-After", "1e300", time.Hour}, {"Retry-After", "NaN", 0}, {"Retry-After", "soon", 0}, {"Retry-After-Ms", "1500", 1500 * time.Millisecond},
		{"Retry-After", noon.Add(time.Minute).Format(http.TimeFormat), time.Minute}, {"Retry-After", noon.Add(-time.Minute).Format(http.TimeFormat), 0},
		{"Retry-After", noon.AddDate(3, 0, 0).Format(http.TimeFormat), time.Hour},
	} {
		h := http.Header{}
		h.Set(c.name, c.value)
		if got := after(h, noon); got != c.want {
			t.Errorf("%s: %q is %s, want %s", c.name, c.value, got, c.want)
		}
	}
}

func TestWordsOfErrors(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Status{
		`{"error":{"code":"rate_limit_exceeded","type":"requests","message":"x"}}`:    {Code: "rate_limit_exceeded"},
		`{"error":{"code":null,"type":"invalid_request_error"}}`:                      {Code: "invalid_request_error"},
		`{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}`:                        {Code: "RESOURCE_EXHAUSTED"},
		`{"error":{"code":"x","innererror":{"code":"ResponsibleAIPolicyViolation"}}}`: {Code: "x", Refused: true},
		`{"type":"error","error":{"type":"overloaded_error"}}`:                        {Code: "overloaded_error"},
		`{"type":"overloaded_error","message":"x"}`:                                   {Code: "overloaded_error"},
		`{"error":"model not found"}`:                                                 {},
		`{"error":{"code":"Incorrect API key sk-secret"}}`:                            {},
		`{"error":{"code":"sk-secret"}}`:                                              {},
		`{"error":{"code":"moderation_blocked"}}`:                                     {Code: "moderation_blocked", Refused: true},
		`<h1>Bad gateway</h1>`:                                                        {}, ``: {}, `[]`: {}, `{"error":[1]}`: {}, `{"error":{"code":{"a":1}}}`: {},
	} {
		var s Status
		s.words([]byte(body), "sk-secret")
		if s != want {
			t.Errorf("%s: %+v, want %+v", body, s, want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add([]byte(`{"error":{"code":"x","innererror":{"code":"y"}}}`))
	f.Add([]byte(`{"type":"error","error":{"type":"overloaded_error"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Status
		s.words(data, "sk-secret")
		if len(s.Code) > 64 || strings.ContainsAny(s.Code, " \n\x1b\"") || strings.Contains(s.Code, "sk-secret") {
			t.Errorf("the code is %q", s.Code)
		}
	})
}

// FuzzCollector wants pieces to be whole UTF-8 and to add up to the text,
// however it is cut.
func FuzzCollector(f *testing.F) {
	f.Add("ランタン 🏮 and more", uint8(1))
	f.Add("\xff\xf0\x9f\x8f", uint8(2))
	f.Fuzz(func(t *testing.T, text string, step uint8) {
		var got strings.Builder
		c := NewCollector(func(d provider.Delta) error {
			if !utf8.ValidString(d.Text) || d.Text == "" {
				t.Errorf("a piece is %q", d.Text)
			}
			got.WriteString(d.Text)
			return nil
		})
		for rest := text; rest != ""; {
			n := min(len(rest), int(step%7)+1)
			if err := c.Add(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		whole, err := c.End()
		if err != nil || whole != got.String() || utf8.ValidString(text) && whole != text {
			t.Errorf("%q became %q and %q, %v", text, whole, got.String(), err)
		}
	})
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"https://host/v1": true, "http://127.0.0.1:8188": true, "": false, "host/v1": false, "ftp://host": false, "http://": false,
		"https://me:secret@host/v1": false, "https://host/v1?key=secret": false, "https://host/v1#secret": false, "http://[::1": false,
	} {
		_, err := Address(address)
		if (err == nil) != good || err != nil && (!fault.HasCode(err, "provider_address_invalid") || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// line1 is a client for a server.
func line1(t *testing.T, h http.HandlerFunc, change func(*Options)) (*http.Client, string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	base, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Base: base, Header: "X-Key", Prefix: "is ", Key: provider.FixedKey("sk-secret")}
	if change != nil {
		change(&o)
	}
	return New(o), s.URL
}

func get(ctx context.Context, c *http.Client, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	resp, err := c.Do(req)
	if err != nil {
		return "", Explain(ctx, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return string(data), Explain(ctx, err)
}

func TestOneHostOnly(t *testing.T) {
	t.Parallel()
	c, base := line1(t, func(http.ResponseWriter, *http.Request) { t.Error("another host was called") }, func(o *Options) {
		o.Base = &url.URL{Scheme: "http", Host: "elsewhere.example"}
	})
	_, err := get(t.Context(), c, base)
	if !fault.HasCode(err, "provider_nonsense") || provider.MayHaveCost(err) {
		t.Errorf("%v", err)
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	keys := []string{"sk-1", "", "sk-2"}
	n := 0
	c, base := line1(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, "%q", r.Header["X-Key"])
	}, func(o *Options) {
		o.Key = func(context.Context) (string, error) {
			if n == len(keys) {
				return "", errors.New("sealed")
			}
			n++
			return keys[n-1], nil
		}
	})
	for _, want := range []string{`["is sk-1"]`, `[]`, `["is sk-2"]`} {
		if got, err := get(t.Context(), c, base); got != want || err != nil {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
	if _, err := get(t.Context(), c, base); !fault.HasCode(err, "provider_unavailable") || provider.MayHaveCost(err) {
		t.Errorf("without a key: %v", err)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	for size, good := range map[int]bool{0: true, 99: true, 100: true, 101: false, 5000: false} {
		for _, chunked := range []bool{false, true} {
			c, base := line1(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				if chunked {
					w.(http.Flusher).Flush()
				}
				_, _ = io.WriteString(w, strings.Repeat("x", size))
			}, func(o *Options) { o.MaxBody = 100 })
			got, err := get(t.Context(), c, base)
			if good != (err == nil) || good && len(got) != size || !good && !fault.HasCode(err, "provider_nonsense") {
				t.Errorf("%d bytes, chunked %t: %d, %v", size, chunked, len(got), err)
			}
		}
	}
}

// TestASlowAnswerIsNoSilence wants an answer that comes in small pieces to be
// read to its end, however long it takes as a whole.
func TestASlowAnswerIsNoSilence(t *testing.T) {
	t.Parallel()
	const pause, pieces = 60 * time.Millisecond, 12
	c, base := line1(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for range pieces {
			_, _ = io.WriteString(w, "x")
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(pause):
			}
		}
	}, func(o *Options) { o.Stall = pause * pieces * 3 / 4 })
	if got, err := get(t.Context(), c, base); len(got) != pieces || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}
