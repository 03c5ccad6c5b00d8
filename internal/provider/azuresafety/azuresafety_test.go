package azuresafety

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
)

func at(t testing.TB, address string, patience time.Duration) *Moderator {
	t.Helper()
	m, err := New(Config{
		Endpoint: address, Key: provider.FixedKey(providertest.Secret), FirstByte: patience, Stall: patience, Timeout: providertest.Long,
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSuite(t *testing.T) {
	t.Parallel()
	providertest.RunModeration(t, providertest.ModerationCase{
		Texts: true, Pictures: true, Hate: true,
		New: func(t testing.TB) provider.Moderators {
			return at(t, providertest.NewProxy(t, providertest.AzureSafety()).URL, providertest.Long)
		},
	})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	answers := func(name, text string) providertest.Fault {
		return providertest.NewFault(name, "provider_nonsense", true, true, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(text))
		})
	}
	providertest.RunFaults(t, providertest.FaultCase{
		Upstream: providertest.AzureSafety(), Words: "a lantern in the harbour",
		Own: []providertest.Fault{
			answers("no judgement", `{"categoriesAnalysis":[]}`), answers("no severity", `{"categoriesAnalysis":[{"category":"Hate"}]}`),
			answers("a severity off the scale", `{"categoriesAnalysis":[{"category":"Hate","severity":8}]}`), answers("something else", `[]`),
		},
		Call: func(ctx context.Context, address string, patience time.Duration) error {
			_, err := at(t, address, patience).Moderate(ctx, provider.ModerationRequest{Text: "a lantern in the harbour"})
			return err
		},
	})
}

func TestALongText(t *testing.T) {
	t.Parallel()
	m := at(t, "http://127.0.0.1:1", providertest.Long)
	_, err := m.Moderate(t.Context(), provider.ModerationRequest{Text: strings.Repeat("é", maxText+1)})
	providertest.Wants(t, err, providertest.Fault{Name: "a long text", Code: "provider_request"})
}
