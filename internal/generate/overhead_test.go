package generate_test

import (
	"context"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/provider"
)

// turn and reply are harmless texts of 400 characters.
var (
	turn  = strings.Repeat("Tell me of the lanterns by the lake, and of the fox who sleeps there in the snow. ", 5)[:400]
	reply = strings.Repeat("The lanterns float on the ice and the fox dreams of warm bread and a long summer. ", 5)[:400]
)

// upstream answers over HTTP at once.
type upstream struct {
	actor
	url    string
	client *http.Client
}

func (u *upstream) Text(ctx context.Context, r provider.TextRequest, each func(provider.Delta) error) (provider.TextAnswer, error) {
	if err := fetch(ctx, u.client, u.url, r.Turns[0].Text); err != nil {
		return provider.TextAnswer{}, err
	}
	if err := each(provider.Delta{Text: reply}); err != nil {
		return provider.TextAnswer{}, err
	}
	return provider.TextAnswer{Text: reply, Stop: provider.StopEnd, Maker: u.Maker(), Usage: provider.Usage{InputTokens: 100, OutputTokens: 100, Known: true}}, nil
}

func fetch(ctx context.Context, c *http.Client, url, text string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(text))
	if err != nil {
		return err
	}
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// BenchmarkOverhead asks 500 times a second, whatever the answers do, for a
// turn of 400 characters with an answer of 400: through the whole door (guard,
// policy, reservation, settlement, ledger, with books in memory), and through a
// plain reverse proxy to the same upstream. "computation" asks a provider in
// the same process, one after the other, so that nothing but the door is timed.
func BenchmarkOverhead(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err == nil {
			_, _ = io.WriteString(w, reply) // a client that has gone is counted there
		}
	}))
	defer server.Close()
	to, err := url.Parse(server.URL)
	if err != nil {
		b.Fatal(err)
	}
	pool := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	reverse := httputil.NewSingleHostReverseProxy(to)
	reverse.Transport = pool.Transport
	reverse.ErrorLog = log.New(io.Discard, "", 0)
	proxy := httptest.NewServer(reverse)
	defer proxy.Close()
	watch, err := guard.New()
	if err != nil {
		b.Fatal(err)
	}
	door := func(p provider.Texts) func() error {
		rows := &forgetful{}
		d := generate.New(generate.Deps{
			Guard: watch, Unit: rows, Ledger: ledger.New(rows, time.Now), Budget: newBooks(1 << 40), Tuning: generate.Tuning{AtOnce: 1 << 20},
			Log: slog.New(slog.DiscardHandler), Providers: provider.Set{Texts: map[string]provider.Texts{"first": p}},
		})
		rec := campaign.Record{Slug: "lights", File: campaign.File{Slug: "lights", Provider: "first"}}
		return func() error {
			_, err := d.Text(b.Context(), generate.TextRequest{
				Campaign: rec, Key: "t", Turns: []generate.Turn{{Role: provider.User, Text: turn}}, Guard: guard.Context{Locale: "en"},
			}, func(string) error { return nil })
			return err
		}
	}
	here := &actor{name: "first", says: []string{reply}, usage: provider.Usage{InputTokens: 100, OutputTokens: 100, Known: true}}
	b.Run("computation", func(b *testing.B) { inTurn(b, door(here)) })
	b.Run("door", func(b *testing.B) {
		paced(b, door(&upstream{actor: actor{name: "first"}, url: server.URL, client: pool}))
	})
	b.Run("proxy", func(b *testing.B) {
		paced(b, func() error { return fetch(b.Context(), pool, proxy.URL, turn) })
	})
}

// forgetful is nowhere, and keeps no rows.
type forgetful struct{ nowhere }

func (*forgetful) AppendLedger(context.Context, ledger.Row, *ledger.Salt) error { return nil }

func inTurn(b *testing.B, f func() error) {
	var took []time.Duration
	for b.Loop() {
		begun := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begun))
	}
	tell(b, took)
}

// paced calls f 500 times a second.
func paced(b *testing.B, f func() error) {
	const each = 2 * time.Millisecond
	took := make([]time.Duration, b.N)
	var wg sync.WaitGroup
	begun := time.Now()
	b.ResetTimer()
	for i := range took {
		due := begun.Add(time.Duration(i) * each)
		time.Sleep(time.Until(due))
		wg.Go(func() {
			if err := f(); err != nil {
				b.Error(err)
			}
			took[i] = time.Since(due)
		})
	}
	wg.Wait()
	tell(b, took)
}

func tell(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	for name, share := range map[string]float64{"p50-µs": 0.5, "p99-µs": 0.99} {
		b.ReportMetric(float64(took[int(float64(len(took)-1)*share)].Microseconds()), name)
	}
}
