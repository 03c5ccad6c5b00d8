package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// maxEntries bounds a gallery made for measuring.
const maxEntries = 5_000_000

// seed fills a campaign's gallery with n published entries, as a campaign of
// some months would have them. The program that owns the database is not
// running meanwhile.
func seed(ctx context.Context, file, campaign string, n int) (err error) {
	if n < 1 || n > maxEntries {
		return fmt.Errorf("a gallery of 1 to %d entries can be made", maxEntries)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	const insert = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $2)
		INSERT INTO entries (id, creation_id, campaign, participant_id, title, display_name, alt, revision, width, height,
			state, reason, votes, submitted_at, published_at)
		SELECT printf('019a%04x-%04x-7000-8000-%012x', n / 65536, n % 65536, (n * 2654435761) % 4294967296),
			printf('019a%04x-%04x-7000-9000-%012x', n / 65536, n % 65536, (n * 40503) % 4294967296), $1,
			printf('019a%04x-%04x-7000-a000-%012x', n / 65536, n % 65536, n), 'A fox under northern lights', 'Mia',
			'A polar fox beside a lantern in a snowy forest at night, as a screen print', 2, 1024, 1024,
			'published', '', (n * 7919) % 1000, 1790000000000000 + n, 1790000000000000 + (n * 104729) % 1000000007
		FROM numbers`
	if _, err := db.ExecContext(ctx, insert, campaign, n); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "ANALYZE")
	return err
}
