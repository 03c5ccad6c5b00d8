// Command load measures how the gallery's API bears a steady load: it fills a
// gallery, starts the program on it, sends requests at fixed times and reports
// latencies from the time that each request was due. The same load on a plain
// net/http handler that answers with the same bytes says how much of it is the
// machine's and the generator's share.
//
//	go run ./scripts/load -program ./marquee -entries 1000000 -rate 2000 -length 15s
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"
)

const (
	campaign = "winter-lights"
	page     = "/api/v1/campaigns/" + campaign + "/gallery"
)

type options struct {
	program string
	entries int
	plan    Plan
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	var o options
	set := flag.NewFlagSet("load", flag.ContinueOnError)
	plain := set.Bool("plain", false, "be the plain server: answer everything with what stands on the standard input")
	set.StringVar(&o.program, "program", "./marquee", "the program to measure")
	set.IntVar(&o.entries, "entries", 100_000, "published entries in the gallery")
	set.StringVar(&o.plan.URL, "url", "", "measure this address instead of starting a program")
	set.IntVar(&o.plan.Rate, "rate", 2000, "requests due each second")
	set.DurationVar(&o.plan.Length, "length", 15*time.Second, "how long")
	set.DurationVar(&o.plan.Warm, "warm", 3*time.Second, "the same load before it, which is not counted")
	set.IntVar(&o.plan.Connections, "connections", 64, "requests open at once")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	if *plain {
		return servePlain(ctx, os.Stdin, os.Stdout)
	}
	if o.plan.URL != "" {
		r, err := Run(ctx, o.plan)
		if err == nil {
			tell(os.Stdout, "measured", r)
		}
		return err
	}
	return compare(ctx, o)
}

// compare measures the program and a plain handler one after the other.
func compare(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "marquee-load")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// The first start makes tables and campaign; then the gallery is filled.
	p, err := startProgram(o.program, dir)
	if err != nil {
		return err
	}
	if err := p.stop(); err != nil {
		return err
	}
	if err := seed(ctx, filepath.Join(dir, "marquee.db"), campaign, o.entries); err != nil {
		return err
	}
	if p, err = startProgram(o.program, dir); err != nil {
		return err
	}
	o.plan.URL = p.URL + page
	body, err := bodyOf(ctx, o.plan.URL)
	var ours, bare Result
	if err == nil {
		ours, err = measure(ctx, p, o.plan)
	}
	if err = errors.Join(err, p.stop()); err != nil {
		return err
	}
	if p, err = startPlain(body); err != nil {
		return err
	}
	o.plan.URL = p.URL + page
	bare, err = measure(ctx, p, o.plan)
	if err = errors.Join(err, p.stop()); err != nil {
		return err
	}
	fmt.Printf("%d requests a second for %s, %d connections, a gallery of %d entries, %d bytes an answer\n",
		o.plan.Rate, o.plan.Length, o.plan.Connections, o.entries, ours.Bytes)
	fmt.Printf("%-14s %9s %7s %9s %9s %9s %9s %9s %9s %9s\n", "", "answered", "failed", "per s", "p50", "p90", "p99", "p99.9", "max", "cpu each")
	tell(os.Stdout, "marquee", ours)
	tell(os.Stdout, "plain handler", bare)
	fmt.Printf("%-14s %37.1f× %8.1f× %8.1f×\n", "ratio", ratio(ours, bare, 0.5), ratio(ours, bare, 0.9), ratio(ours, bare, 0.99))
	if ours.Failed > 0 {
		return fmt.Errorf("%d requests failed, for example: %w", ours.Failed, ours.First)
	}
	return nil
}

func startProgram(program, dir string) (*process, error) {
	path, err := filepath.Abs(program)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, "serve", "--listen", "127.0.0.1:0", "--data", dir, "--log-level", "warn")
	return start(cmd, nil, "c/")
}

func bodyOf(ctx context.Context, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(io.LimitReader(resp.Body, maxBody))
}

func tell(w io.Writer, name string, r Result) {
	fmt.Fprintf(w, "%-14s %9d %7d %9.0f", name, r.Sent-r.Failed, r.Failed, r.PerSecond())
	for _, q := range []float64{0.5, 0.9, 0.99, 0.999, 1} {
		fmt.Fprintf(w, " %9s", r.Quantile(q).Round(10*time.Microsecond))
	}
	fmt.Fprintf(w, " %9s\n", r.CPU.Round(time.Microsecond))
}

// measure runs a plan on a program and adds its processor time.
func measure(ctx context.Context, p *process, plan Plan) (Result, error) {
	before, ok := p.cpu()
	r, err := Run(ctx, plan)
	if after, still := p.cpu(); ok && still && r.Answered > 0 {
		r.CPU = (after - before) / time.Duration(r.Answered)
	}
	return r, err
}

func ratio(a, b Result, q float64) float64 {
	if b.Quantile(q) <= 0 {
		return 0
	}
	return float64(a.Quantile(q)) / float64(b.Quantile(q))
}
