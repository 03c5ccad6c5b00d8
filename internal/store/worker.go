package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"marquee/internal/fault"
	"marquee/internal/work"
)

// WorkerConfig says what a worker does.
type WorkerConfig struct {
	// Handlers do the jobs, by kind. A job may run more than once, so a
	// handler does nothing twice. An error means to try again later, up to
	// MaxAttempts in all; an error with a method Permanent() bool that gives
	// true ends the job at once. While the database is away tries are free.
	Handlers map[string]func(ctx context.Context, args []byte) error
	// Failed is told when a job has failed for good, before it ends. If it
	// fails itself, the job is tried once more. nil for nobody.
	Failed func(ctx context.Context, kind string, args []byte, cause error) error
	// Concurrency is how many jobs run at once in this process, 1 to 1000;
	// 0 is one for each CPU.
	Concurrency int
	// Retry gives the pause after a number of tries (from 1); nil doubles
	// from a second up to a minute. While the database is away the job waits,
	// asking as often as after the first try.
	Retry func(tries int) time.Duration
	// Log takes failures; nil is slog.Default.
	Log *slog.Logger
	// Now is the clock for retries and for when the node began; nil is
	// time.Now.
	Now func() time.Time
}

// Worker runs jobs in this process: one node among those of the database.
type Worker struct {
	db     *DB
	cfg    WorkerConfig
	node   string
	client runner
	mu     sync.Mutex
	active map[int64]bool // jobs being done here
	ending chan struct{}  // closed when jobs are told to stop
	once   sync.Once
	quit   context.CancelFunc // nil until started
	beat   chan struct{}      // closed when the heart has stopped

	stopErr error
}

// NewWorker makes a worker; it does nothing until Start.
func NewWorker(db *DB, cfg WorkerConfig) (*Worker, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Retry == nil {
		cfg.Retry = doubling
	}
	if cfg.Concurrency == 0 {
		cfg.Concurrency = runtime.NumCPU()
	}
	cfg.Concurrency = min(max(cfg.Concurrency, 1), 1000)
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	w := &Worker{db: db, cfg: cfg, node: host[:min(len(host), 60)] + "-" + uuid.NewString(),
		active: map[int64]bool{}, ending: make(chan struct{})}
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, river.WorkFunc(w.work)); err != nil {
		return nil, fmt.Errorf("the worker can't be set up: %w", err)
	}
	rc := &river.Config{
		ID:      w.node,
		Workers: workers,
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: cfg.Concurrency}},
		Logger:  onlyTrouble(cfg.Log),

		FetchCooldown:     fetchCooldown,
		FetchPollInterval: 100 * time.Millisecond,

		JobTimeout:           JobTimeout,
		MaxAttempts:          MaxAttempts,
		RescueStuckJobsAfter: 2 * JobTimeout,
		RetryPolicy:          w,

		CompletedJobRetentionPeriod: time.Hour,
		CancelledJobRetentionPeriod: time.Hour,
	}
	if db.kind == SQLite {
		// Listening is polling a table there; looking for jobs straight away
		// is both quicker and less work.
		rc.PollOnly, rc.FetchPollInterval = true, 20*time.Millisecond
	}
	if w.client, err = db.queue.client(rc); err != nil {
		return nil, fmt.Errorf("the worker can't be set up: %w", err)
	}
	return w, nil
}

// Start begins to work jobs and gives back at once. ctx bounds only the
// starting; Stop ends the work.
func (w *Worker) Start(ctx context.Context) error {
	// The node is known before its first job, or another could take it for
	// one that died.
	watch := newWatch(w)
	if err := watch.beat(ctx); err != nil {
		return err
	}
	life, quit := context.WithCancel(context.WithoutCancel(ctx))
	if err := w.client.Start(life); err != nil {
		quit()
		return away(fmt.Errorf("the worker could not be started: %w", err))
	}
	w.quit = quit
	w.beat = make(chan struct{})
	go func() {
		defer close(w.beat)
		watch.run(life)
	}()
	return nil
}

// Stop takes no new jobs and waits for those that run. When ctx ends they are
// cancelled and given 5 seconds more; what they did not finish is done again
// by the next node, and that try is not counted. Stop may be called again, and
// before Start, and does nothing then.
func (w *Worker) Stop(ctx context.Context) error {
	w.once.Do(func() {
		if w.quit != nil {
			w.stopErr = w.stop(ctx)
		}
	})
	return w.stopErr
}

func (w *Worker) stop(ctx context.Context) error {
	err := w.client.Stop(ctx)
	close(w.ending)
	if err != nil {
		hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = w.client.StopAndCancel(hard)
	}
	w.quit()
	<-w.beat
	if err != nil {
		// Something still runs here. The row stays, and stands still, so that
		// the next node takes the job over.
		return fmt.Errorf("jobs did not end when told to: %w", err)
	}
	bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	return w.db.Do(bye, func(ctx context.Context) error {
		return w.db.put(ctx, "DELETE FROM nodes WHERE id = $1", w.node)
	})
}

// Node gives the name of this process among the nodes.
func (w *Worker) Node() string { return w.node }

func (w *Worker) work(ctx context.Context, j *river.Job[job]) error {
	w.mu.Lock()
	w.active[j.ID] = true
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		delete(w.active, j.ID)
		w.mu.Unlock()
	}()
	err := w.handle(ctx, j)
	if err == nil {
		return nil
	}
	select {
	case <-w.ending:
		return river.JobSnooze(0) // cut short by us, not failed
	default:
	}
	if fault.HasCode(err, "database_away") && ctx.Err() == nil {
		w.untilBack(ctx)
		return river.JobSnooze(0)
	}
	if after, ok := work.IsLater(err); ok {
		return river.JobSnooze(after)
	}
	attrs := []any{"kind", j.Args.Of, "job", j.ID, "try", j.Attempt, "error", err}
	var p interface{ Permanent() bool }
	permanent := errors.As(err, &p) && p.Permanent()
	if j.Attempt < j.MaxAttempts && !permanent {
		w.cfg.Log.WarnContext(ctx, "a job failed and will be tried again", attrs...)
		return err
	}
	w.cfg.Log.ErrorContext(ctx, "a job failed for good", attrs...)
	if w.cfg.Failed != nil {
		// The job's own time may be what ran out.
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		if err := w.cfg.Failed(last, j.Args.Of, j.Args.Args, err); err != nil {
			w.cfg.Log.ErrorContext(ctx, "the failure of a job could not be noted; it will be tried again", "kind", j.Args.Of, "job", j.ID, "error", err)
			return river.JobSnooze(w.cfg.Retry(1))
		}
	}
	return river.JobCancel(err)
}

// untilBack waits until the database answers, the job's time is over, or the
// worker ends. What River would write of the job before that would be lost.
func (w *Worker) untilBack(ctx context.Context) {
	for {
		select {
		case <-time.After(w.cfg.Retry(1)):
		case <-ctx.Done():
			return
		case <-w.ending:
			return
		}
		if w.db.Ping(ctx) == nil {
			return
		}
	}
}

// handle runs the handler; a panic is an error like any other.
func (w *Worker) handle(ctx context.Context, j *river.Job[job]) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	h := w.cfg.Handlers[j.Args.Of]
	if h == nil {
		return fmt.Errorf("no handler for jobs of kind %q", j.Args.Of)
	}
	return h(ctx, j.Args.Args)
}

// NextRetry implements river.ClientRetryPolicy.
func (w *Worker) NextRetry(j *rivertype.JobRow) time.Time {
	return w.cfg.Now().Add(w.cfg.Retry(j.Attempt))
}

// doubling spreads by up to a quarter, so that jobs which failed together do
// not come back together.
func doubling(tries int) time.Duration {
	d := min(time.Second<<min(max(tries-1, 0), 10), time.Minute)
	return d + rand.N(d/4)
}

func (w *Worker) isActive(id int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.active[id]
}
