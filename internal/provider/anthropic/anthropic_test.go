package anthropic

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
)

func at(t testing.TB, address string, patience time.Duration) *Texts {
	t.Helper()
	x, err := New(Config{
		BaseURL: address, Key: provider.FixedKey(providertest.Secret), Model: "claude-test",
		FirstByte: patience, Stall: patience, Timeout: providertest.Long,
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestSuite(t *testing.T) {
	t.Parallel()
	providertest.RunTexts(t, providertest.TextCase{
		Speak: providertest.SpeakAnthropic,
		New:   func(t testing.TB, address string) provider.Texts { return at(t, address, providertest.Long) },
	})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	r := providertest.TextRequest()
	providertest.RunFaults(t, providertest.FaultCase{
		Upstream: providertest.Anthropic(), Words: r.Turns[0].Text,
		Own: []providertest.Fault{providertest.NewFault("overloaded", "provider_busy", true, false, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(529)
			_, _ = w.Write([]byte(`{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`))
		})},
		Call: func(ctx context.Context, address string, patience time.Duration) error {
			_, err := at(t, address, patience).Text(ctx, r, nil)
			return err
		},
	})
}

func TestCheck(t *testing.T) {
	t.Parallel()
	p := providertest.NewProxy(t, providertest.Anthropic())
	x := at(t, p.URL, providertest.Long)
	if err := x.Check(t.Context()); err != nil {
		t.Error(err)
	}
	p.Do(providertest.Named(t, "401"), -1)
	if err := x.Check(t.Context()); !fault.HasCode(err, "provider_key") {
		t.Errorf("%v", err)
	}
}

// TestQuestion wants the key in its header and the request in the API's words.
func TestQuestion(t *testing.T) {
	t.Parallel()
	asked := make(chan *http.Request, 1)
	body := make(chan string, 1)
	p := providertest.NewProxy(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b strings.Builder
		if err := r.Write(&b); err != nil {
			t.Error(err)
		}
		asked <- r
		body <- b.String()
		w.WriteHeader(http.StatusTeapot)
	}))
	r := providertest.TextRequest()
	r.Tools, r.Schema = []provider.Tool{providertest.Lookup}, providertest.Place
	warm := 1.7
	r.Temperature = &warm
	if _, err := at(t, p.URL, providertest.Long).Text(t.Context(), r, nil); !fault.HasCode(err, "provider_request") {
		t.Errorf("a teapot: %v", err)
	}
	got := <-asked
	if got.Header.Get("X-Api-Key") != providertest.Secret || got.Header.Get("Authorization") != "" {
		t.Errorf("the headers are %v", got.Header)
	}
	text := <-body
	for _, want := range []string{
		`"max_tokens":200`, `"temperature":1`, `"user_id":"p-7f3a"`, `"stream":true`, `"system":[{"text":"You are a lamplighter."`,
		`"additionalProperties":false`, `"input_schema":{`, `"output_config":{"format":{`, `"name":"look_up"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

// TestTheEnvironmentIsNotRead changes the process's own variables, so it is not
// parallel.
func TestTheEnvironmentIsNotRead(t *testing.T) {
	t.Setenv("ANTHROPIC_API_KEY", "sk-someone-elses")
	t.Setenv("ANTHROPIC_AUTH_TOKEN", "token-someone-elses")
	t.Setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:1")
	p := providertest.NewProxy(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, values := range r.Header {
			if strings.Contains(strings.Join(values, " "), "elses") {
				t.Errorf("%s: %q was sent", name, values)
			}
		}
		providertest.Anthropic().ServeHTTP(w, r)
	}))
	if _, err := at(t, p.URL, providertest.Long).Text(t.Context(), providertest.TextRequest(), nil); err != nil {
		t.Fatal(err)
	}
}
