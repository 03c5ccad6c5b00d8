package openai

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

func TestConfigs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		config Config
		code   string
	}{
		{Config{Model: "m"}, ""},
		{Config{Model: "m", BaseURL: "https://models.example/v1"}, ""},
		{Config{BaseURL: "https://models.example/v1"}, "provider_model_missing"},
		{Config{Model: "m", BaseURL: "models.example/v1"}, "provider_address_invalid"},
		{Config{Model: "m", BaseURL: "ftp://models.example/v1"}, "provider_address_invalid"},
		{Config{Model: "m", BaseURL: "http://"}, "provider_address_invalid"},
		{Config{Model: "m", BaseURL: "https://me:secret@models.example/v1"}, "provider_address_invalid"},
		{Config{Model: "m", BaseURL: "https://models.example/v1?key=secret"}, "provider_address_invalid"},
	} {
		p, err := New(c.config)
		if (p != nil) != (c.code == "") || c.code != "" && !fault.HasCode(err, c.code) {
			t.Errorf("%+v: %v, want %q", c.config, err, c.code)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells a secret: %v", err)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		code   string
	}{
		"there":            {200, ""},
		"no such list":     {404, ""}, // a self-hosted server that answers is taken
		"no key":           {401, "provider_key"},
		"broken":           {500, "provider_unavailable"},
		"somewhere else's": {302, "provider_nonsense"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				if r.Method != http.MethodGet || r.URL.Path != "/v1/models/flux-dev" {
					t.Errorf("%s %s costs something, maybe", r.Method, r.URL)
				}
				reply(c.status, "application/json", `{"id":"flux-dev","object":"model"}`)(w, r)
			}))
			defer s.Close()
			p, err := New(Config{BaseURL: s.URL + "/v1", Key: provider.FixedKey(secretKey), Model: "flux-dev"})
			if err != nil {
				t.Fatal(err)
			}
			err = p.Check(t.Context())
			if (err == nil) != (c.code == "") || c.code != "" && !fault.HasCode(err, c.code) {
				t.Errorf("%v, want %q", err, c.code)
			}
			if n := calls.Load(); n != 1 {
				t.Errorf("%d calls", n)
			}
			hidesSecrets(t, err)
		})
	}
}
