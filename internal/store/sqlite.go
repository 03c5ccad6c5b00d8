package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/riverqueue/river/riverdriver/riversqlite"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// busyWait is how long another process's write is waited for, in ms. Within
// this process nobody waits in SQLite: there is one writer connection.
const busyWait = "10000"

func sqliteDSN(file string, pragmas ...string) string {
	q := url.Values{"_busy_timeout": {busyWait}, "_txlock": {"immediate"}, "_pragma": pragmas}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: q.Encode()}).String()
}

func (db *DB) openSQLite(ctx context.Context, file string) error {
	db.kind = SQLite
	db.acquire, db.reading, db.statement = 10*time.Second, 10*time.Second, 20*time.Second
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return fmt.Errorf("the database's folder can't be made: %w", err)
	}
	_, err = os.Stat(file)
	fresh := errors.Is(err, fs.ErrNotExist)
	// synchronous=FULL: an accepted submission survives a power cut, at the
	// price of one fsync a commit.
	db.write, err = sql.Open("sqlite", sqliteDSN(file,
		"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-16000)"))
	if err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.migrateSQLite(ctx, file); err != nil {
		return err
	}
	if fresh {
		if err := private(file); err != nil {
			return err
		}
	}
	db.read, err = sql.Open("sqlite", sqliteDSN(file,
		"query_only(1)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-8000)"))
	if err != nil {
		return err
	}
	readers := max(4, 2*runtime.NumCPU())
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.queue, err = newQueue(riversqlite.New(db.write), func(u *unit, f func(*sql.Tx) error) error { return f(u.tx) }, db.log)
	if err != nil {
		return err
	}
	return db.Ping(ctx)
}

// private leaves a new database to its owner: there is personal data in it.
// Files that SQLite makes beside it later take after it. The file must not be
// opened for this: closing it would let go of SQLite's own locks, which
// belong to the whole process.
func private(file string) error {
	for _, end := range []string{"", "-wal", "-shm", ".lock"} {
		if err := os.Chmod(file+end, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the database file can't be kept from others: %w", err)
		}
	}
	return nil
}

// migrateSQLite holds a write transaction on a small file beside the database
// while migrating: SQLite's own locks are the one lock that is there on every
// system and is let go of when a process dies.
func (db *DB) migrateSQLite(ctx context.Context, file string) error {
	lock, err := sql.Open("sqlite", "file:"+(&url.URL{Path: file + ".lock"}).EscapedPath()+"?_busy_timeout=60000&_txlock=immediate")
	if err != nil {
		return err
	}
	defer lock.Close()
	tx, err := lock.BeginTx(ctx, nil)
	if err != nil {
		return away(fmt.Errorf("waiting for another process to migrate the database: %w", err))
	}
	defer func() { _ = tx.Rollback() }() // nothing was written under it
	return migrate(ctx, SQLite, db.write, riversqlite.New(db.write))
}
