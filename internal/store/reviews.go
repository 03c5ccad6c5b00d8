package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"marquee/internal/review"
)

const itemColumns = `id, kind, subject_id, creation_id, campaign, state, who, words, verdict, revision,
	created_at, decided_at, decided_by, reason`

func scanItem(s scanner) (i review.Item, err error) {
	err = s.Scan(&i.ID, &i.Kind, &i.SubjectID, &i.CreationID, &i.Campaign, &i.State, &i.Who, jsonInto{&i.Words},
		jsonInto{&i.Verdict}, &i.Revision, timeInto{&i.CreatedAt}, timeInto{&i.DecidedAt}, &i.DecidedBy, &i.Reason)
	return i, err
}

// InsertItem implements review.Store.
func (db *DB) InsertItem(ctx context.Context, i review.Item) error {
	return db.put(ctx, "INSERT INTO review_items ("+itemColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		i.ID, string(i.Kind), i.SubjectID, i.CreationID, i.Campaign, string(i.State), i.Who, asJSON(i.Words),
		asJSON(i.Verdict), i.Revision, micros(i.CreatedAt), micros(i.DecidedAt), i.DecidedBy, i.Reason)
}

// Item implements review.Store.
func (db *DB) Item(ctx context.Context, id string) (review.Item, error) {
	return one(ctx, db, "review item", scanItem, "SELECT "+itemColumns+" FROM review_items WHERE id = $1", id)
}

// Items implements review.Store. Items are ordered by when they were made.
func (db *DB) Items(ctx context.Context, f review.Filter) ([]review.Item, error) {
	var args []any
	var where []string
	add := func(condition string, value any) {
		args = append(args, value)
		where = append(where, strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(args))))
	}
	if f.State != "" {
		add("state = ?", string(f.State))
	}
	if f.Kind != "" {
		add("kind = ?", string(f.Kind))
	}
	if f.Campaign != "" {
		add("campaign = ?", f.Campaign)
	}
	order, beyond := "created_at DESC, id DESC", "<"
	if f.State == review.Waiting {
		order, beyond = "created_at, id", ">"
	}
	if f.After != "" {
		add("(created_at, id) "+beyond+" (SELECT created_at, id FROM review_items WHERE id = ?)", f.After)
	}
	query := "SELECT " + itemColumns + " FROM review_items"
	if len(where) > 0 {
		query += " WHERE " + strings.Join(where, " AND ")
	}
	args = append(args, within(f.Limit, 100))
	return list(ctx, db, scanItem, query+" ORDER BY "+order+" LIMIT $"+strconv.Itoa(len(args)), args...)
}

// ItemOf implements review.Store.
func (db *DB) ItemOf(ctx context.Context, kind review.Kind, subjectID string) (review.Item, error) {
	return one(ctx, db, "review item", scanItem, "SELECT "+itemColumns+` FROM review_items
		WHERE kind = $1 AND subject_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1`, string(kind), subjectID)
}

// MoveItem implements review.Store.
func (db *DB) MoveItem(ctx context.Context, id string, from, to review.State, by, reason string, at time.Time) (bool, error) {
	return db.changed(ctx, `UPDATE review_items SET state = $3, decided_by = $4, reason = $5, decided_at = $6
		WHERE id = $1 AND state = $2`, id, string(from), string(to), by, reason, micros(at))
}

// CountItems implements review.Store; an empty campaign counts all of them.
func (db *DB) CountItems(ctx context.Context, campaign string) (map[review.State]int, error) {
	query, args := "SELECT state, count(*) FROM review_items GROUP BY state", []any{}
	if campaign != "" {
		query, args = "SELECT state, count(*) FROM review_items WHERE campaign = $1 GROUP BY state", []any{campaign}
	}
	counts := map[review.State]int{}
	err := db.query(ctx, query, args, func(s scanner) error {
		var state review.State
		var n int
		if err := s.Scan(&state, &n); err != nil {
			return err
		}
		counts[state] = n
		return nil
	})
	return counts, err
}

// BlankItems implements review.Store.
func (db *DB) BlankItems(ctx context.Context, kind review.Kind, subjectID string, kept map[string]string) error {
	return db.put(ctx, "UPDATE review_items SET words = $3, reason = '' WHERE kind = $1 AND subject_id = $2",
		string(kind), subjectID, asJSON(kept))
}

// ForgetItems implements review.Store. An empty id concerns nothing.
func (db *DB) ForgetItems(ctx context.Context, creationID string, at time.Time) error {
	return db.put(ctx, `UPDATE review_items SET words = $2, reason = '',
		decided_at = CASE WHEN state IN ('waiting', 'published') THEN $3 ELSE decided_at END,
		state = CASE WHEN state IN ('waiting', 'published') THEN 'withdrawn' ELSE state END
		WHERE creation_id = $1 AND creation_id <> ''`, creationID, asJSON(map[string]string{}), micros(at))
}
