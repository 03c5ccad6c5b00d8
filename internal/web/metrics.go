package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"marquee/internal/fault"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

// Metrics are the numbers of one process, for Prometheus.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	jobs     *prometheus.CounterVec
	jobTime  *prometheus.HistogramVec
	running  prometheus.Gauge
	outcomes *prometheus.CounterVec
}

// NewMetrics makes them. version names the build.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "marquee_http_requests_total", Help: "Finished requests."}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "marquee_http_request_seconds", Help: "How long requests took.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"route"}),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "marquee_jobs_total", Help: "Jobs that were tried, by how it went."}, []string{"kind", "outcome"}),
		jobTime: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "marquee_job_seconds", Help: "How long a try of a job took.", Buckets: []float64{.01, .05, .1, .25, .5, 1, 2, 4, 8, 16, 60, 300},
		}, []string{"kind"}),
		outcomes: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "marquee_generations_total", Help: "Generations that ended in this process, by how."}, []string{"state"}),
		running:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "marquee_jobs_running", Help: "Jobs that run in this process now."}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "marquee_build_info", Help: "Always 1; the label names the build."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.jobs, m.jobTime, m.running, m.outcomes, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observe counts a finished request.
func (m *Metrics) observe(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// Generation counts a generation that ended in a state.
func (m *Metrics) Generation(state string) { m.outcomes.WithLabelValues(state).Inc() }

// Gauge adds numbers by state that are read when they are asked for. f has a
// second; if it fails, they are left out.
func (m *Metrics) Gauge(name, help string, f func(ctx context.Context) (map[string]float64, error)) {
	m.registry.MustRegister(&asked{desc: prometheus.NewDesc(name, help, []string{"state"}, nil), f: f})
}

// asked is a collector of numbers that lie in the database.
type asked struct {
	desc *prometheus.Desc
	f    func(ctx context.Context) (map[string]float64, error)
}

// Describe tells the description.
func (a *asked) Describe(ch chan<- *prometheus.Desc) { ch <- a.desc }

// Collect asks for the numbers.
func (a *asked) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	numbers, err := a.f(ctx)
	if err != nil {
		return // the process's own numbers matter most while a database is away
	}
	for state, n := range numbers {
		ch <- prometheus.MustNewConstMetric(a.desc, prometheus.GaugeValue, n, state)
	}
}

// Jobs wraps job handlers so that their tries are counted.
func (m *Metrics) Jobs(handlers map[string]func(context.Context, []byte) error) map[string]func(context.Context, []byte) error {
	out := make(map[string]func(context.Context, []byte) error, len(handlers))
	for kind, handle := range handlers {
		out[kind] = func(ctx context.Context, args []byte) error {
			start := time.Now()
			m.running.Inc()
			defer m.running.Dec()
			err := handle(ctx, args)
			m.jobTime.WithLabelValues(kind).Observe(time.Since(start).Seconds())
			outcome := "done"
			if err != nil {
				outcome = "failed"
			}
			m.jobs.WithLabelValues(kind, outcome).Inc()
			return err
		}
	}
	return out
}

// Handler serves the metrics to whoever reaches it: it is for a listener of
// its own.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// guarded serves the metrics on the public listener only to this machine
// itself, and only where no proxy could be in front: metrics are not public.
func (m *Metrics) guarded(behindProxy bool) http.Handler {
	inner := m.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if behindProxy || !edge.Direct(r) {
			problem.Write(w, r, fault.Missing("page"))
			return
		}
		inner.ServeHTTP(w, r)
	})
}
