package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/campaign"
	"marquee/internal/settings"
	"marquee/internal/web"
	"marquee/internal/web/api"
)

// sweep is how often calls are looked for that nobody settled.
const sweep = time.Minute

// How long stopping may take: open requests first, then running jobs.
const (
	stopRequests = 10 * time.Second
	stopJobs     = 15 * time.Second
)

// serve runs the server until ctx ends.
func serve(ctx context.Context, t terminal, s *settings.Settings, _ []string) (err error) {
	log := logger(t, s)
	slog.SetDefault(log)
	endTraces, err := traces(ctx, s)
	if err != nil {
		return err
	}
	// The context has ended when things are being stopped.
	calm := context.WithoutCancel(ctx)
	defer func() { err = errors.Join(err, endTraces(calm)) }()

	h, err := house.Open(ctx, house.Parts{Settings: s, Log: log, Version: version})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	added, err := h.Demo(ctx)
	if err != nil {
		return err
	}
	for _, slug := range added {
		t.say("Loaded the demonstration campaign %s.", slug)
	}
	server, err := h.Server(version)
	if err != nil {
		return err
	}
	// Listening comes first: a taken port is told before any work begins.
	listener, err := web.Listen(ctx, s.Listen)
	if err != nil {
		return fmt.Errorf("can't listen on %s: %w. Is another one running? Choose another address: --listen", s.Listen, err)
	}
	worker, err := h.Worker()
	if err != nil {
		return err
	}
	if err := worker.Start(ctx); err != nil {
		return err
	}
	defer func() {
		wait, cancel := context.WithTimeout(calm, stopJobs)
		defer cancel()
		if stopErr := worker.Stop(wait); stopErr != nil {
			log.Warn("jobs were left for the next start", "cause", stopErr)
		}
	}()
	// They end with this function too, when it is a listener that failed.
	tending, stopTending := context.WithCancel(ctx)
	remembered, tended, swept, proven := make(chan struct{}), make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(proven)
		h.Prove(tending)
	}()
	go func() {
		defer close(swept)
		h.Budget.Keep(tending, sweep)
	}()
	go func() {
		defer close(remembered)
		h.Council.Remember(tending, time.Second)
	}()
	go func() {
		defer close(tended)
		h.Tend(tending)
	}()
	defer func() {
		stopTending()
		<-remembered
		<-tended
		<-swept
		<-proven
	}()
	handler := server.Handler()
	if s.OTLPEndpoint != "" {
		handler = server.Traced()
	}
	public := server.HTTP(handler)
	failed := make(chan error, 2)
	go func() { failed <- public.Serve(listener) }()
	stopMetrics, err := serveMetrics(ctx, t, s, h, server, failed)
	if err != nil {
		return err
	}
	warmed := make(chan struct{})
	go func() {
		defer close(warmed)
		if err := server.Warm(ctx); err != nil && ctx.Err() == nil {
			log.Warn("some of the pages' pictures could not be painted ahead", "cause", err)
		}
	}()
	defer func() { <-warmed }()
	if err := greet(ctx, t, h, listener.Addr()); err != nil {
		log.Warn("the sign-in link could not be made", "cause", err)
	}

	select {
	case <-ctx.Done():
		t.say("Stopping.")
	case err = <-failed:
	}
	wait, cancel := context.WithTimeout(calm, stopRequests)
	defer cancel()
	stopMetrics(wait)
	if stopErr := public.Shutdown(wait); stopErr != nil {
		log.Warn("requests were cut off", "cause", stopErr)
		err = errors.Join(err, public.Close())
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// serveMetrics opens the listener for metrics, where one is set.
func serveMetrics(ctx context.Context, t terminal, s *settings.Settings, h *house.House, server *web.Server, failed chan<- error) (func(context.Context), error) {
	if s.MetricsListen == "" {
		return func(context.Context) {}, nil
	}
	listener, err := web.Listen(ctx, s.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("can't listen on %s for metrics: %w", s.MetricsListen, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h.Metrics.Handler())
	inner := server.HTTP(mux)
	go func() { failed <- inner.Serve(listener) }()
	t.say("Metrics      http://%s/metrics", listener.Addr())
	return func(ctx context.Context) {
		if err := inner.Shutdown(ctx); err != nil {
			slog.Warn("the metrics listener did not stop", "cause", err)
		}
	}, nil
}

// greet tells where everything is, and how the first of the staff signs in.
func greet(ctx context.Context, t terminal, h *house.House, at net.Addr) error {
	base := house.Base(h.Settings, at.String())
	t.say("Marquee %s is ready.", version)
	all, err := h.Campaign.List(ctx)
	if err != nil {
		return err
	}
	open := 0
	for _, rec := range all {
		if rec.Phase(time.Now()) == campaign.PhaseOpen {
			t.say("Public page  %s/c/%s", base, rec.Slug)
			open++
		}
	}
	if open == 0 {
		t.say("Public page  %s/ (no campaign is open yet)", base)
	}
	t.say("Studio       %s/studio", base)
	t.say("Signing      %s", h.SigningLine())
	secret, needed, err := h.Account.FirstInvite(ctx)
	if err != nil {
		return err
	}
	if needed {
		t.say("Sign in      %s%s#%s (works once)", base, api.SignInPath, secret)
	}
	t.say("Ctrl+C stops it.")
	return nil
}
