package openai

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
	"marquee/internal/provider/wire"
)

const secretKey = "sk-test-5f0c9a1e77"

// adapter makes the adapter for a server; model "" is a self-hosted one's.
func adapter(t testing.TB, s *providertest.Server, model string) *Pictures {
	t.Helper()
	if model == "" {
		model = "flux-dev"
	}
	p, err := New(Config{BaseURL: s.Base(), Key: provider.FixedKey(secretKey), Model: model})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSuite(t *testing.T) {
	t.Parallel()
	providertest.Run(t, providertest.Case{
		New:  func(t testing.TB) provider.Pictures { return adapter(t, providertest.NewServer(t), "") },
		Kind: provider.Model, Paid: true, Seeded: true,
		Refusing: func(t testing.TB) provider.Pictures {
			return adapter(t, providertest.NewServer(t, providertest.Fail(400, "image_generation_user_error", "moderation_blocked")), "")
		},
		Away: func(t testing.TB) provider.Pictures {
			s := providertest.NewServer(t)
			p := adapter(t, s, "")
			s.Close()
			return p
		},
		Busy: func(t testing.TB) (provider.Pictures, <-chan struct{}) {
			begun := make(chan struct{}, 1)
			return adapter(t, providertest.NewServer(t, providertest.Hang(begun)), ""), begun
		},
	})
}

// reply writes a whole answer by hand.
func reply(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func b64(data []byte) providertest.Image {
	return providertest.Image{B64JSON: base64.StdEncoding.EncodeToString(data)}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	// Of a PNG of 30,000×30,000 the head alone, which is all that may be read.
	vast := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x75\x30\x00\x00\x75\x30\x08\x02\x00\x00\x00"), 0xc3, 0x5c, 0x2b, 0x9b)
	whole := providertest.Drawn(64, 64, "whole")
	for name, c := range map[string]struct {
		replies []http.HandlerFunc
		code    string // "" for a picture
		calls   int
	}{
		"base64":                 {[]http.HandlerFunc{providertest.Answer(b64(whole))}, "", 1},
		"content policy":         {[]http.HandlerFunc{providertest.Fail(400, "invalid_request_error", "content_policy_violation")}, "provider_refused", 1},
		"moderation":             {[]http.HandlerFunc{providertest.Fail(400, "image_generation_user_error", "moderation_blocked")}, "provider_refused", 1},
		"azure's filter":         {[]http.HandlerFunc{providertest.Fail(403, "", "content_filter")}, "provider_refused", 1},
		"another bad request":    {[]http.HandlerFunc{providertest.Fail(400, "invalid_request_error", "invalid_size")}, "provider_request", 1},
		"no key":                 {[]http.HandlerFunc{providertest.Fail(401, "invalid_request_error", "invalid_api_key")}, "provider_key", 1},
		"no key, in plain words": {[]http.HandlerFunc{reply(401, "text/plain", "Unauthorized "+secretKey)}, "provider_key", 1},
		"forbidden":              {[]http.HandlerFunc{providertest.Fail(403, "", "")}, "provider_key", 1},
		"busy":                   {[]http.HandlerFunc{providertest.FailFor(429, 0)}, "provider_busy", 1},
		"broken":                 {[]http.HandlerFunc{providertest.FailFor(500, 0)}, "provider_unavailable", 1},
		"an error of numbers":    {[]http.HandlerFunc{reply(400, "application/json", `{"error":{"code":400,"message":7}}`)}, "provider_request", 1},
		"an error that is none":  {[]http.HandlerFunc{reply(404, "text/html", "<h1>Not Found</h1>")}, "provider_request", 1},
		"wrong content type":     {[]http.HandlerFunc{reply(200, "text/html", "<h1>Welcome</h1>")}, "provider_nonsense", 1},
		"no JSON":                {[]http.HandlerFunc{reply(200, "application/json", "{")}, "provider_nonsense", 1},
		"empty":                  {[]http.HandlerFunc{reply(200, "application/json", "")}, "provider_nonsense", 1},
		"no pictures":            {[]http.HandlerFunc{providertest.Answer()}, "provider_nonsense", 1},
		"a picture of nothing":   {[]http.HandlerFunc{providertest.Answer(providertest.Image{})}, "provider_nonsense", 1},
		"not base64":             {[]http.HandlerFunc{providertest.Answer(providertest.Image{B64JSON: "!!"})}, "provider_nonsense", 1},
		"not a picture":          {[]http.HandlerFunc{providertest.Answer(b64([]byte("<svg onload=alert(1)>")))}, "provider_nonsense", 1},
		"a picture cut off":      {[]http.HandlerFunc{providertest.Answer(b64(whole[:len(whole)/2]))}, "provider_nonsense", 1},
		"a vast picture":         {[]http.HandlerFunc{providertest.Answer(b64(vast))}, "provider_nonsense", 1},
		"a body cut off": {[]http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", "100000")
			_, _ = io.WriteString(w, `{"data":[{"b64_json":"iVBORw0`)
		}}, "provider_nonsense", 1},
		"a body without end": {[]http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"data":[{"b64_json":"`)
			lump := strings.Repeat("A", 1<<20)
			for range wire.MaxPictureJSON>>20 + 1 {
				if _, err := io.WriteString(w, lump); err != nil {
					return
				}
			}
		}}, "provider_nonsense", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := providertest.NewServer(t, c.replies...)
			pic, err := adapter(t, s, "").Picture(t.Context(), providertest.Request(512, 512), nil)
			if c.code == "" && (err != nil || pic.Image == nil) {
				t.Errorf("no picture: %v", err)
			}
			if c.code != "" && (pic != nil || !fault.HasCode(err, c.code)) {
				t.Errorf("a picture: %t, error: %v, want %s", pic != nil, err, c.code)
			}
			if n := len(s.Asked()); n != c.calls {
				t.Errorf("%d calls, want %d", n, c.calls)
			}
			hidesSecrets(t, err)
		})
	}
}

// hidesSecrets wants neither key nor prompt in anything that may be written
// down about an error.
func hidesSecrets(t *testing.T, err error) {
	t.Helper()
	prompt := providertest.Request(1, 1).Prompt
	for ; err != nil; err = errors.Unwrap(err) {
		for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			if strings.Contains(text, secretKey) || strings.Contains(text, prompt) {
				t.Errorf("an error tells a secret: %s", text)
			}
		}
	}
}

func TestPictureByAddress(t *testing.T) {
	t.Parallel()
	var knocks atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { knocks.Add(1) }))
	t.Cleanup(elsewhere.Close)
	for name, c := range map[string]struct {
		address func(s *providertest.Server) string
		code    string
	}{
		"on the server":     {func(s *providertest.Server) string { return s.URL + "/files/a.png" }, ""},
		"missing":           {func(s *providertest.Server) string { return s.URL + "/nothing" }, "provider_nonsense"},
		"on another host":   {func(*providertest.Server) string { return elsewhere.URL + "/a.png" }, "provider_nonsense"},
		"by another scheme": {func(s *providertest.Server) string { return strings.Replace(s.URL, "http:", "https:", 1) + "/a.png" }, "provider_nonsense"},
		"a local file":      {func(*providertest.Server) string { return "file:///etc/hostname" }, "provider_nonsense"},
		"nonsense":          {func(*providertest.Server) string { return "http://[::1" }, "provider_nonsense"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s *providertest.Server
			s = providertest.NewServer(t, func(w http.ResponseWriter, r *http.Request) {
				providertest.Answer(providertest.Image{URL: c.address(s)})(w, r)
			})
			pic, err := adapter(t, s, "").Picture(t.Context(), providertest.Request(512, 512), nil)
			if (err == nil) != (c.code == "") || c.code != "" && (pic != nil || !fault.HasCode(err, c.code)) {
				t.Errorf("a picture: %t, error: %v, want %q", pic != nil, err, c.code)
			}
			hidesSecrets(t, err)
		})
	}
	t.Cleanup(func() {
		if knocks.Load() > 0 {
			t.Errorf("another host was called %d times", knocks.Load())
		}
	})
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	var knocks atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { knocks.Add(1) }))
	t.Cleanup(elsewhere.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := providertest.NewServer(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, status)
		})
		pic, err := adapter(t, s, "").Picture(t.Context(), providertest.Request(512, 512), nil)
		if pic != nil || !fault.Is(err, fault.Unavailable) {
			t.Errorf("%d: a picture: %t, error: %v", status, pic != nil, err)
		}
		hidesSecrets(t, err)
	}
	if knocks.Load() > 0 {
		t.Errorf("%d redirects were followed", knocks.Load())
	}
}

func TestAStallEnds(t *testing.T) {
	t.Parallel()
	half := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"data":[`)
		w.(http.Flusher).Flush()
		providertest.Hang(nil)(w, r)
	}
	for name, stall := range map[string]http.HandlerFunc{"before the answer": providertest.Hang(nil), "within the answer": half} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := providertest.NewServer(t, stall)
			p, err := New(Config{BaseURL: s.Base(), Key: provider.FixedKey(secretKey), Model: "flux-dev", Timeout: 100 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			pic, err := p.Picture(t.Context(), providertest.Request(512, 512), nil)
			if pic != nil || !fault.HasCode(err, "provider_timeout") || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a picture: %t, error: %v", pic != nil, err)
			}
			if n := len(s.Asked()); n != 1 {
				t.Errorf("%d calls: what may be under way must not be asked for twice", n)
			}
		})
	}
}

// TestQuestions wants each kind of server to be asked what it understands.
func TestQuestions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model         string
		width, height int
		size          string
		format        any // response_format
	}{
		{"gpt-image-1", 1024, 1024, "1024x1024", nil},
		{"gpt-image-1.5", 1024, 1280, "1024x1536", nil},
		{"gpt-image-1-mini", 1280, 720, "1536x1024", nil},
		{"chatgpt-image-latest", 1280, 720, "1536x1024", nil},
		{"gpt-image-2", 1280, 720, "1280x720", nil},
		{"gpt-image-2.5-flare", 1024, 1280, "1024x1280", nil},
		{"gpt-image-2", 1000, 1000, "1024x1024", nil},
		{"gpt-image-2", 4096, 1024, "1536x1024", nil},
		{"dall-e-3", 1280, 720, "1792x1024", "b64_json"},
		{"dall-e-3", 1024, 1280, "1024x1792", "b64_json"},
		{"flux-dev", 1024, 1280, "1024x1280", "b64_json"},
		{"flux-dev", 333, 271, "1536x1024", "b64_json"},
	} {
		t.Run(fmt.Sprintf("%s %dx%d", c.model, c.width, c.height), func(t *testing.T) {
			t.Parallel()
			s := providertest.NewServer(t, providertest.Answer(b64(providertest.Drawn(64, 64, ""))))
			r := providertest.Request(c.width, c.height)
			if _, err := adapter(t, s, c.model).Picture(t.Context(), r, nil); err != nil {
				t.Fatal(err)
			}
			asked := s.Asked()[0]
			want := map[string]any{
				"prompt": r.Prompt, "model": c.model, "n": 1.0, "size": c.size, "seed": float64(r.Seed), "user": r.User,
			}
			if c.format != nil {
				want["response_format"] = c.format
			}
			for name, value := range want {
				if asked.Body[name] != value {
					t.Errorf("%s is %v, want %v", name, asked.Body[name], value)
				}
			}
			for name := range asked.Body {
				if _, ok := want[name]; !ok {
					t.Errorf("%s was sent", name)
				}
			}
			if got := asked.Header.Get("Authorization"); got != "Bearer "+secretKey {
				t.Errorf("authorization: %q", got)
			}
		})
	}
}

// TestOpenAIItself wants what its own API does not know left out: a seed, and
// the older name of the pseudonym.
func TestOpenAIItself(t *testing.T) {
	t.Parallel()
	p, err := New(Config{Key: provider.FixedKey(secretKey), Model: "gpt-image-2"})
	if err != nil {
		t.Fatal(err)
	}
	r := providertest.Request(1024, 1024)
	params, options := p.params(r)
	body, err := params.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if len(options) != 0 || strings.Contains(string(body), `"user"`) || !strings.Contains(string(body), `"safety_identifier":"`+r.User+`"`) {
		t.Errorf("%d options, %s", len(options), body)
	}
	if p.base.String() != official {
		t.Errorf("the address is %s", p.base)
	}
}

func TestNoKeyIsNeeded(t *testing.T) {
	t.Parallel()
	s := providertest.NewServer(t)
	p, err := New(Config{BaseURL: s.Base() + "/", Model: "flux-dev"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Picture(t.Context(), providertest.Request(512, 512), nil); err != nil {
		t.Fatal(err)
	}
	if got := s.Asked()[0].Header.Get("Authorization"); got != "" {
		t.Errorf("authorization: %q", got)
	}
}

// TestTheEnvironmentIsNotRead changes the process's own variables, so it is not
// parallel.
func TestTheEnvironmentIsNotRead(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "sk-someone-elses")
	t.Setenv("OPENAI_ORG_ID", "org-someone-elses")
	t.Setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
	t.Setenv("OPENAI_CUSTOM_HEADERS", "X-Someone: elses")
	s := providertest.NewServer(t)
	p, err := New(Config{BaseURL: s.Base(), Model: "flux-dev"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Picture(t.Context(), providertest.Request(512, 512), nil); err != nil {
		t.Fatal(err)
	}
	for name, values := range s.Asked()[0].Header {
		if strings.Contains(strings.Join(values, " "), "elses") {
			t.Errorf("%s: %q was sent", name, values)
		}
	}
}
