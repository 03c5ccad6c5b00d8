package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"

	"marquee/internal/settings"
)

// version is set when a release is built.
var version = "0.1.0-dev"

// logger writes to the terminal's second output, so that what a command says
// can be read by programs.
func logger(t terminal, s *settings.Settings) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(t.err, options))
	}
	return slog.New(slog.NewTextHandler(t.err, options))
}

// traces sends spans to an endpoint, where one is set. The function that it
// gives sends the last of them.
func traces(ctx context.Context, s *settings.Settings) (func(context.Context) error, error) {
	if s.OTLPEndpoint == "" {
		return func(context.Context) error { return nil }, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimSuffix(s.OTLPEndpoint, "/")+"/v1/traces"))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter),
		trace.WithResource(resource.NewSchemaless(attribute.String("service.name", "marquee"), attribute.String("service.version", version))))
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, stopRequests)
		defer cancel()
		return provider.Shutdown(ctx)
	}, nil
}

func tellVersion(_ context.Context, t terminal, _ *settings.Settings, _ []string) error {
	t.say("marquee %s", version)
	if info, ok := debug.ReadBuildInfo(); ok {
		t.say("built with %s", info.GoVersion)
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" || s.Key == "vcs.time" {
				t.say("%s %s", strings.TrimPrefix(s.Key, "vcs."), s.Value)
			}
		}
	}
	return nil
}
