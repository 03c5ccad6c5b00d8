// Package store keeps what the domains know: one DB on SQLite or PostgreSQL
// that implements every domain's Store, the unit of work and the jobs.
//
// Queries are plain SQL with $1 and are the same text for both databases; the
// few places where the two differ say so. Times are whole microseconds in UTC
// with 0 for none, structures are JSON in text columns.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"marquee/internal/account"
	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/create"
	"marquee/internal/gallery"
	"marquee/internal/ledger"
	"marquee/internal/provenance"
	"marquee/internal/review"
	"marquee/internal/work"
)

// Kind names a database system.
type Kind string

// The databases that Marquee runs on.
const (
	SQLite   Kind = "sqlite"
	Postgres Kind = "postgres"
)

// Config says which database to open.
type Config struct {
	// Database is "postgres://…" or the path of a SQLite file, whose folder is
	// made if it is missing; "" is the file marquee.db in Folder.
	Database string
	// Folder holds the SQLite file when Database is empty; "" is ".".
	Folder string
	// Connections bounds how many connections to PostgreSQL one process
	// holds, 4 to 200; 0 is 16. A worker listens on one of them. SQLite has one writer and a few readers.
	Connections int
	// Log takes warnings; nil is slog.Default.
	Log *slog.Logger
	// Now is the clock for what the store itself dates; nil is time.Now.
	Now func() time.Time
}

// DB is an open database. All methods may be called by many goroutines at
// once; the context of a unit of work belongs to one goroutine at a time.
//
// Errors: a read of what is not there is a fault of kind NotFound; a database
// that can't be reached is one of kind Unavailable with code "database_away",
// given within a few seconds; a write outside a unit is ErrOutsideUnit.
type DB struct {
	kind Kind
	log  *slog.Logger
	now  func() time.Time
	// write and read are the same pool on PostgreSQL. On SQLite write has one
	// connection, because SQLite has one writer: waiting here in order beats
	// every way of being told that the file is locked.
	write, read *sql.DB
	pool        *pgxpool.Pool // nil on SQLite
	prepared    prepared
	queue       queue
	// acquire bounds the wait for a connection, reading a read outside a unit,
	// statement one inside, which may have to wait for another unit.
	acquire, reading, statement time.Duration
}

// Every room that keeps something is served by DB.
var (
	_ work.Unit         = (*DB)(nil)
	_ work.Jobs         = (*DB)(nil)
	_ account.Store     = (*DB)(nil)
	_ audience.Store    = (*DB)(nil)
	_ campaign.Store    = (*DB)(nil)
	_ create.Store      = (*DB)(nil)
	_ gallery.Store     = (*DB)(nil)
	_ ledger.Store      = (*DB)(nil)
	_ provenance.Store  = (*DB)(nil)
	_ provenance.Prints = (*DB)(nil)
	_ review.Store      = (*DB)(nil)
)

// Open connects to the database and brings its tables up to date, under a
// lock, so that any number of processes may start at once.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	db := &DB{log: cfg.Log, now: cfg.Now}
	if db.log == nil {
		db.log = slog.Default()
	}
	if db.now == nil {
		db.now = time.Now
	}
	var err error
	switch {
	case strings.HasPrefix(cfg.Database, "postgres://"), strings.HasPrefix(cfg.Database, "postgresql://"):
		err = db.openPostgres(ctx, cfg)
	case strings.Contains(cfg.Database, "://") && !strings.HasPrefix(cfg.Database, "sqlite://"):
		scheme, _, _ := strings.Cut(cfg.Database, "://")
		return nil, fmt.Errorf("the database setting begins with %q, which is not known: give postgres://… or the path of a SQLite file", scheme+"://")
	default:
		file := strings.TrimPrefix(cfg.Database, "sqlite://")
		if file == "" {
			file = filepath.Join(cfg.Folder, "marquee.db")
		}
		err = db.openSQLite(ctx, file)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Kind tells which database this is.
func (db *DB) Kind() Kind { return db.kind }

// Ping tells whether the database answers, within a few seconds.
func (db *DB) Ping(ctx context.Context) error {
	var x int64
	return db.row(ctx, "SELECT $1 + 0", []any{1}, &x)
}

// Close ends all connections. A worker on this database is stopped first.
func (db *DB) Close() error {
	var err error
	if db.read != nil {
		err = db.read.Close()
	}
	if db.write != nil && db.write != db.read {
		if e := db.write.Close(); err == nil {
			err = e
		}
	}
	if db.pool != nil {
		db.pool.Close()
	}
	return err
}
