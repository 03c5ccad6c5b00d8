package store

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

const (
	// MaxJobArgs bounds the args of a job in bytes: they hold ids only.
	MaxJobArgs = 64 << 10
	// MaxAttempts is how often a job is tried before it has failed for good.
	MaxAttempts = 8
	// JobTimeout bounds one try of a job.
	JobTimeout = 5 * time.Minute
	// fetchCooldown is the least time between two looks for jobs.
	fetchCooldown = 10 * time.Millisecond
)

// job is the one kind of job that River knows. Marquee's kinds lie inside, so
// that River needs no type for each and their names are ours alone.
type job struct {
	Of   string          `json:"of" river:"unique"`
	Key  string          `json:"key,omitempty" river:"unique"`
	Args json.RawMessage `json:"args"`
}

// Kind implements river.JobArgs.
func (job) Kind() string { return "marquee" }

// unended are the states in which a job has not ended.
var unended = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
	rivertype.JobStateRunning, rivertype.JobStateScheduled,
}

// Enqueue implements work.Jobs. kind is not empty; args are JSON of at most
// MaxJobArgs bytes.
func (db *DB) Enqueue(ctx context.Context, kind string, args []byte, key string) error {
	u, err := db.unitOf(ctx)
	if err != nil {
		return err
	}
	if u == nil {
		return ErrOutsideUnit
	}
	if kind == "" || len(args) > MaxJobArgs || !json.Valid(args) {
		return u.fails(fmt.Errorf("a job needs a kind and JSON args of at most %d bytes; got kind %q, %d bytes", MaxJobArgs, kind, len(args)))
	}
	opts := &river.InsertOpts{MaxAttempts: MaxAttempts}
	if key != "" {
		opts.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unended}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, db.statement, errSlow)
	defer cancel()
	return u.fails(db.fault(ctx, db.queue.insert(ctx, u, job{kind, key, args}, opts)))
}

// queue hides which kind of transaction River is given.
type queue interface {
	insert(ctx context.Context, u *unit, j job, opts *river.InsertOpts) error
	client(cfg *river.Config) (runner, error)
}

// runner is the part of a river.Client that works jobs.
type runner interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
}

type riverQueue[Tx any] struct {
	driver   riverdriver.Driver[Tx]
	inserter *river.Client[Tx]
	within   func(u *unit, f func(Tx) error) error
}

func newQueue[Tx any](driver riverdriver.Driver[Tx], within func(*unit, func(Tx) error) error, log *slog.Logger) (queue, error) {
	// Here the cooldown is how long word of a new job is held back after the
	// last one; a job whose word is held back waits for the next look.
	c, err := river.NewClient(driver, &river.Config{Logger: onlyTrouble(log), FetchCooldown: river.FetchCooldownMin})
	if err != nil {
		return nil, fmt.Errorf("the job queue can't be set up: %w", err)
	}
	return &riverQueue[Tx]{driver, c, within}, nil
}

// insert always goes through the unit's transaction: River's own Insert would
// take a second connection, which on SQLite is never free here.
func (q *riverQueue[Tx]) insert(ctx context.Context, u *unit, j job, opts *river.InsertOpts) error {
	return q.within(u, func(tx Tx) error {
		_, err := q.inserter.InsertTx(ctx, tx, j, opts)
		return err
	})
}

func (q *riverQueue[Tx]) client(cfg *river.Config) (runner, error) {
	return river.NewClient(q.driver, cfg)
}

// onlyTrouble keeps River's reports of its daily business out of the log.
func onlyTrouble(log *slog.Logger) *slog.Logger {
	return slog.New(&levelled{log.Handler(), slog.LevelWarn})
}

type levelled struct {
	slog.Handler
	least slog.Level
}

// Enabled implements slog.Handler.
func (l *levelled) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= l.least && l.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (l *levelled) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &levelled{l.Handler.WithAttrs(attrs), l.least}
}

// WithGroup implements slog.Handler.
func (l *levelled) WithGroup(name string) slog.Handler {
	return &levelled{l.Handler.WithGroup(name), l.least}
}
