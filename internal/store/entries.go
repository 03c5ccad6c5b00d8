package store

import (
	"context"
	"time"

	"marquee/internal/fault"
	"marquee/internal/gallery"
)

const entryColumns = `id, creation_id, campaign, participant_id, title, display_name, alt, revision, width, height,
	state, reason, votes, submitted_at, published_at`

func scanEntry(s scanner) (e gallery.Entry, err error) {
	err = s.Scan(&e.ID, &e.CreationID, &e.Campaign, &e.ParticipantID, &e.Title, &e.DisplayName, &e.Alt, &e.Revision,
		&e.Width, &e.Height, &e.State, &e.Reason, &e.Votes, timeInto{&e.SubmittedAt}, timeInto{&e.PublishedAt})
	return e, err
}

const alreadyEntered = "This creation is in the gallery, or waiting for it, already."

// InsertEntry implements gallery.Store.
func (db *DB) InsertEntry(ctx context.Context, e gallery.Entry) error {
	return db.insert(ctx, "already_entered", alreadyEntered, "INSERT INTO entries ("+entryColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING`,
		e.ID, e.CreationID, e.Campaign, e.ParticipantID, e.Title, e.DisplayName, e.Alt, e.Revision,
		e.Width, e.Height, string(e.State), e.Reason, e.Votes, micros(e.SubmittedAt), micros(e.PublishedAt))
}

// Entry implements gallery.Store.
func (db *DB) Entry(ctx context.Context, id string) (gallery.Entry, error) {
	return one(ctx, db, "entry", scanEntry, "SELECT "+entryColumns+" FROM entries WHERE id = $1", id)
}

// EntryOf implements gallery.Store.
func (db *DB) EntryOf(ctx context.Context, creation string) (gallery.Entry, error) {
	return one(ctx, db, "entry", scanEntry, "SELECT "+entryColumns+` FROM entries
		WHERE creation_id = $1 ORDER BY submitted_at DESC, id DESC LIMIT 1`, creation)
}

// EntriesOf implements gallery.Store.
func (db *DB) EntriesOf(ctx context.Context, creation string) ([]gallery.Entry, error) {
	return list(ctx, db, scanEntry, "SELECT "+entryColumns+` FROM entries
		WHERE creation_id = $1 ORDER BY submitted_at, id`, creation)
}

var moveEntry = "UPDATE entries SET state = $2, reason = $3, published_at = $4 WHERE id = $1 AND state IN " + inList(5)

// MoveEntry implements gallery.Store. A move that would put a creation into
// the gallery twice is a Conflict with code "already_entered".
func (db *DB) MoveEntry(ctx context.Context, id string, to gallery.State, reason string, publishedAt time.Time, from ...gallery.State) (bool, error) {
	if len(from) == 0 {
		return false, nil
	}
	moved, err := db.changed(ctx, moveEntry, append([]any{id, string(to), reason, micros(publishedAt)}, values(from)...)...)
	if fault.HasCode(err, "already_there") {
		err = fault.New(fault.Conflict, "already_entered", alreadyEntered).Because(err)
	}
	return moved, err
}

// MostPublic is how many entries one page of the gallery has at most.
const MostPublic = 60

// Four texts instead of one with conditions: each is one walk down one index.
const (
	publicEntries = "SELECT " + entryColumns + " FROM entries WHERE campaign = $1 AND state = 'published'"

	newestFirst = publicEntries + " ORDER BY published_at DESC, id DESC LIMIT $2"
	newestAfter = publicEntries + " AND (published_at, id) < ($3, $4) ORDER BY published_at DESC, id DESC LIMIT $2"
	lovedFirst  = publicEntries + " ORDER BY votes DESC, published_at DESC, id DESC LIMIT $2"
	lovedAfter  = publicEntries + " AND (votes, published_at, id) < ($3, $4, $5) ORDER BY votes DESC, published_at DESC, id DESC LIMIT $2"
)

// Public implements gallery.Store. An unknown sort is Invalid.
func (db *DB) Public(ctx context.Context, campaign string, sort gallery.Sort, after gallery.Cursor, limit int) ([]gallery.Entry, error) {
	limit = within(limit, MostPublic)
	begin := after == gallery.Cursor{}
	switch {
	case sort == gallery.Newest && begin:
		return list(ctx, db, scanEntry, newestFirst, campaign, limit)
	case sort == gallery.Newest:
		return list(ctx, db, scanEntry, newestAfter, campaign, limit, micros(after.PublishedAt), after.ID)
	case sort == gallery.MostLoved && begin:
		return list(ctx, db, scanEntry, lovedFirst, campaign, limit)
	case sort == gallery.MostLoved:
		return list(ctx, db, scanEntry, lovedAfter, campaign, limit, after.Votes, micros(after.PublishedAt), after.ID)
	}
	return nil, fault.New(fault.Invalid, "unknown_sort", "The gallery can be sorted by newest or loved.")
}

// CountPublic implements gallery.Store; bound is 1 to 100,000.
func (db *DB) CountPublic(ctx context.Context, campaign string, bound int) (int, error) {
	var n int
	err := db.row(ctx, `SELECT count(*) FROM (
		SELECT 1 FROM entries WHERE campaign = $1 AND state = 'published' LIMIT $2) AS bounded`,
		[]any{campaign, within(bound, 100_000)}, &n)
	return n, err
}

// DeleteEntriesOf implements gallery.Store.
func (db *DB) DeleteEntriesOf(ctx context.Context, creation string) error {
	return db.put(ctx, "DELETE FROM entries WHERE creation_id = $1", creation)
}
