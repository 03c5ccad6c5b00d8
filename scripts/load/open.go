package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// The bounds of one run.
const (
	maxRate        = 100_000
	maxConnections = 1_000
	// patience is how long one request may take before it counts as failed.
	patience = 30 * time.Second
	maxBody  = 8 << 20
)

// Plan is one run of load.
type Plan struct {
	// URL is asked with GET, again and again.
	URL string
	// Rate is how many requests a second are due; 1 to 100,000.
	Rate int
	// Length is how long requests are due; those open at its end are waited for.
	Length time.Duration
	// Connections is how many requests may be open at once. A request that is
	// due while all are open waits, and its wait counts.
	Connections int
	// Warm is how long the same load runs before anything is counted.
	Warm time.Duration
}

// Result is what a run measured.
type Result struct {
	// Sent is how many counted requests were made, Failed how many of them had
	// no answer, a status other than 200, or another body than the first one.
	Sent, Failed int
	// Took is from the first counted due time to the last answer.
	Took time.Duration
	// Late is the longest time between a request's due time and its sending.
	Late time.Duration
	// Bytes is the length of one answer's body.
	Bytes int
	// Answered is how many requests were answered in all, those that warm up
	// included.
	Answered int
	// CPU is the server's processor time for each of them; zero if unknown.
	CPU time.Duration
	// sorted holds the latencies, from due time to the last byte, ascending.
	sorted []time.Duration
	// First is a failure as an example, nil if there was none.
	First error
}

// Quantile gives the latency that a share q of the requests stayed within; q
// is 0 to 1. Zero if nothing was sent.
func (r Result) Quantile(q float64) time.Duration {
	if len(r.sorted) == 0 {
		return 0
	}
	i := int(math.Ceil(q*float64(len(r.sorted)))) - 1
	return r.sorted[min(max(i, 0), len(r.sorted)-1)]
}

// PerSecond is how many requests a second were answered.
func (r Result) PerSecond() float64 {
	if r.Took <= 0 {
		return 0
	}
	return float64(r.Sent-r.Failed) / r.Took.Seconds()
}

func (p Plan) check() error {
	u, err := url.Parse(p.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http":
		return fmt.Errorf("the address %q is not like http://host:port/path", p.URL)
	case p.Rate < 1 || p.Rate > maxRate:
		return fmt.Errorf("the rate must be 1 to %d requests a second", maxRate)
	case p.Connections < 1 || p.Connections > maxConnections:
		return fmt.Errorf("connections must be 1 to %d", maxConnections)
	case p.Length <= 0 || p.Length > 10*time.Minute || p.Warm < 0 || p.Warm > 10*time.Minute:
		return errors.New("a run takes at most ten minutes")
	}
	return nil
}

// Run sends requests at fixed times, whatever becomes of those before: a slow
// answer does not make the next request wait for it, and a request that could
// not be sent in time is measured from when it was due. (A generator that
// sends the next request only after the last answer leaves out exactly the
// requests that would have suffered.)
func Run(ctx context.Context, p Plan) (Result, error) {
	if err := p.check(); err != nil {
		return Result{}, err
	}
	client := &http.Client{Timeout: patience, Transport: &http.Transport{
		DialContext:        (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		MaxIdleConns:       p.Connections,
		MaxConnsPerHost:    p.Connections,
		IdleConnTimeout:    time.Minute,
		DisableCompression: true, MaxIdleConnsPerHost: p.Connections,
	}}
	defer client.CloseIdleConnections()
	size, err := get(ctx, client, p.URL)
	if err != nil {
		return Result{}, fmt.Errorf("the first request: %w", err)
	}
	gap := time.Second / time.Duration(p.Rate)
	warm := int(p.Warm / gap)
	total := warm + int(p.Length/gap)
	type sample struct {
		latency, late time.Duration
		end           time.Time
		err           error
	}
	samples := make([]sample, total)
	due := make(chan int, total)
	begin := time.Now().Add(10 * time.Millisecond)
	at := func(i int) time.Time { return begin.Add(time.Duration(i) * gap) }

	var workers sync.WaitGroup
	for range p.Connections {
		workers.Go(func() {
			for i := range due {
				sent := time.Now()
				n, err := get(ctx, client, p.URL)
				if err == nil && n != size {
					err = fmt.Errorf("an answer of %d bytes, the first had %d", n, size)
				}
				end := time.Now()
				samples[i] = sample{end.Sub(at(i)), sent.Sub(at(i)), end, err}
			}
		})
	}
	for i := 0; i < total && ctx.Err() == nil; {
		now := time.Now()
		for ; i < total && !at(i).After(now); i++ {
			due <- i
		}
		if i < total {
			time.Sleep(time.Until(at(i)))
		}
	}
	close(due)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}

	r := Result{Bytes: size, Answered: 1 + total}
	last := at(warm)
	for _, s := range samples[warm:] {
		r.Sent++
		r.sorted = append(r.sorted, s.latency)
		r.Late = max(r.Late, s.late)
		if s.err != nil {
			r.Failed++
			if r.First == nil {
				r.First = s.err
			}
		}
		if s.end.After(last) {
			last = s.end
		}
	}
	r.Took = last.Sub(at(warm))
	slices.Sort(r.sorted)
	return r, nil
}

// get asks once and gives the length of the body.
func get(ctx context.Context, client *http.Client, address string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return 0, err
	}
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the answer is %s", resp.Status)
	}
	return int(n), nil
}
