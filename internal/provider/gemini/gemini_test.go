package gemini

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

func at(address, model string, patience time.Duration) Config {
	return Config{
		BaseURL: address, Key: provider.FixedKey(providertest.Secret), Model: model,
		FirstByte: patience, Stall: patience, Timeout: providertest.Long,
	}
}

func TestTextSuite(t *testing.T) {
	t.Parallel()
	providertest.RunTexts(t, providertest.TextCase{
		Speak: providertest.SpeakGemini,
		// Google's servers send no comments, and the SDK takes them for errors.
		Without: providertest.Quirks{Comments: true},
		New: func(t testing.TB, address string) provider.Texts {
			x, err := NewTexts(at(address, "gemini-test", providertest.Long))
			if err != nil {
				t.Fatal(err)
			}
			return x
		},
	})
}

func pictures(t testing.TB, c Config) provider.Pictures {
	t.Helper()
	p, err := NewPictures(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPictureSuite(t *testing.T) {
	t.Parallel()
	const model = "gemini-test-image"
	providertest.Run(t, providertest.Case{
		Kind: provider.Model, Paid: true, Seeded: true,
		New: func(t testing.TB) provider.Pictures {
			return pictures(t, at(providertest.NewProxy(t, providertest.Gemini()).URL, model, providertest.Long))
		},
		Refusing: func(t testing.TB) provider.Pictures {
			p := providertest.NewProxy(t, says(200, `{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}`))
			return pictures(t, at(p.URL, model, providertest.Long))
		},
		Away: func(t testing.TB) provider.Pictures {
			p := providertest.NewProxy(t, providertest.Gemini())
			return pictures(t, at(p.Address(providertest.Named(t, "connection refused")), model, providertest.Long))
		},
		Busy: func(t testing.TB) (provider.Pictures, <-chan struct{}) {
			p := providertest.NewProxy(t, providertest.Gemini())
			p.Do(providertest.Named(t, "stall before the first byte"), -1)
			return pictures(t, at(p.URL, model, providertest.Long)), p.Begun()
		},
	})
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	words := providertest.TextRequest().Turns[0].Text
	for name, c := range map[string]providertest.FaultCase{
		"texts": {
			Words: words,
			Call: func(ctx context.Context, address string, patience time.Duration) error {
				x, err := NewTexts(at(address, "gemini-test", patience))
				if err != nil {
					return err
				}
				_, err = x.Text(ctx, providertest.TextRequest(), nil)
				return err
			},
		},
		"pictures": {
			Bound: 160 << 20, Words: providertest.Request(1, 1).Prompt,
			Own: []providertest.Fault{
				providertest.NewFault("an image that is not one", "provider_nonsense", true, true, says(200, `{"candidates":[{"finishReason":"STOP","content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"PHN2Zz4="}}]}}]}`)),
				providertest.NewFault("blocked in the making", "provider_refused", false, true, says(200, `{"candidates":[{"finishReason":"IMAGE_SAFETY"}]}`)),
				providertest.NewFault("words instead of a picture", "provider_nonsense", true, true, says(200, `{"candidates":[{"finishReason":"STOP","content":{"parts":[{"text":"I would rather not."}]}}]}`)),
			},
			Call: func(ctx context.Context, address string, patience time.Duration) error {
				p, err := NewPictures(at(address, "gemini-test-image", patience))
				if err != nil {
					return err
				}
				_, err = p.Picture(ctx, providertest.Request(512, 512), nil)
				return err
			},
		},
	} {
		c.Upstream = providertest.Gemini()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			providertest.RunFaults(t, c)
		})
	}
}

// TestVertex wants the project in the path and the token as bearer.
func TestVertex(t *testing.T) {
	t.Parallel()
	paths := make(chan string, 1)
	p := providertest.NewProxy(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths <- r.URL.Path + " " + r.Header.Get("Authorization") + " " + r.Header.Get("X-Goog-Api-Key")
		providertest.Gemini().ServeHTTP(w, r)
	}))
	c := at(p.URL, "gemini-test", providertest.Long)
	c.Project, c.Location = "lights", "europe-west4"
	x, err := NewTexts(c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Text(t.Context(), providertest.TextRequest(), nil); err != nil {
		t.Fatal(err)
	}
	want := "/v1beta1/projects/lights/locations/europe-west4/publishers/google/models/gemini-test:streamGenerateContent Bearer " + providertest.Secret + " "
	if got := <-paths; got != want {
		t.Errorf("asked for %q, want %q", got, want)
	}
	c.Location = ""
	if _, err := NewTexts(c); !fault.HasCode(err, "provider_address_invalid") {
		t.Errorf("%v", err)
	}
	if _, err := ServiceAccount([]byte(`{"type":"nothing"}`)); !fault.HasCode(err, "provider_key") {
		t.Errorf("%v", err)
	}
}

func TestShapes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h int
		want string
	}{{1024, 1024, "1:1"}, {1080, 1350, "4:5"}, {1280, 720, "16:9"}, {720, 1280, "9:16"}, {3000, 1000, "21:9"}, {1000, 990, "1:1"}} {
		if got := shape(c.w, c.h); got != c.want {
			t.Errorf("%d×%d is %s", c.w, c.h, got)
		}
	}
}

// TestTheEnvironmentIsNotRead changes the process's own variables, so it is not
// parallel.
func TestTheEnvironmentIsNotRead(t *testing.T) {
	for _, name := range []string{"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"} {
		t.Setenv(name, "someone-elses")
	}
	t.Setenv("GOOGLE_GENAI_USE_VERTEXAI", "1")
	t.Setenv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:1")
	p := providertest.NewProxy(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, values := range r.Header {
			if strings.Contains(strings.Join(values, " ")+r.URL.String(), "elses") {
				t.Errorf("%s: %q was sent to %s", name, values, r.URL)
			}
		}
		if r.Header.Get("X-Goog-Api-Key") != providertest.Secret {
			t.Errorf("the key is %q", r.Header.Get("X-Goog-Api-Key"))
		}
		providertest.Gemini().ServeHTTP(w, r)
	}))
	x, err := NewTexts(at(p.URL, "gemini-test", providertest.Long))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Text(t.Context(), providertest.TextRequest(), nil); err != nil {
		t.Fatal(err)
	}
	if err := x.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
