package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// dialects are the only words in which the two databases' tables differ.
// Texts are compared by their bytes on both, so lists have one order.
var dialects = map[Kind]*strings.Replacer{
	SQLite: strings.NewReplacer("{{serial}}", "INTEGER PRIMARY KEY AUTOINCREMENT", "{{bytes}}", "BLOB", "{{clustered}}", "WITHOUT ROWID",
		"{{layers}}", "json_each(c.composition, '$.layers') AS l", "{{layer_kind}}", "json_extract(l.value, '$.kind')",
		"{{layer_mark}}", "json_extract(l.value, '$.mark')", "{{layer_sticker}}", "json_extract(l.value, '$.sticker')"),
	Postgres: strings.NewReplacer("{{serial}}", "BIGSERIAL PRIMARY KEY", "{{bytes}}", "BYTEA", "{{clustered}}", "", " TEXT ", ` TEXT COLLATE "C" `,
		"{{layers}}", "jsonb_array_elements(c.composition::jsonb -> 'layers') AS l(value)", "{{layer_kind}}", "l.value ->> 'kind'",
		"{{layer_mark}}", "l.value ->> 'mark'", "{{layer_sticker}}", "l.value ->> 'sticker'"),
}

// migrations are the embedded files in the words of one database. A file is
// named NNNN_idea.sql and is never changed once released.
func migrations(kind Kind) ([]*goose.Migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []*goose.Migration
	for _, name := range names {
		data, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("migration %s has no number: %w", name, err)
		}
		text := dialects[kind].Replace(string(data))
		all = append(all, goose.NewGoMigration(version, &goose.GoFunc{
			RunTx: func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, text)
				return err
			},
		}, nil))
	}
	return all, nil
}

// migrate brings Marquee's tables and then River's up to date. The caller
// holds the migration lock.
func migrate[Tx any](ctx context.Context, kind Kind, db *sql.DB, jobs riverdriver.Driver[Tx]) error {
	all, err := migrations(kind)
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if kind == Postgres {
		dialect = goose.DialectPostgres
	}
	quiet := slog.New(slog.DiscardHandler) // what was done is returned, what failed too
	p, err := goose.NewProvider(dialect, db, nil,
		goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true), goose.WithSlog(quiet))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return away(fmt.Errorf("the database could not be brought up to date: %w", err))
	}
	m, err := rivermigrate.New(jobs, &rivermigrate.Config{Logger: quiet})
	if err != nil {
		return fmt.Errorf("migrations of the jobs: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return away(fmt.Errorf("the jobs' tables could not be brought up to date: %w", err))
	}
	return nil
}
