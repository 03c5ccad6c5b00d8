package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"marquee/internal/fault"
	"marquee/internal/gallery"
)

// PutVote implements gallery.Store. An entry that is not public is NotFound.
func (db *DB) PutVote(ctx context.Context, entry, participant string, at time.Time) (bool, error) {
	var state gallery.State
	err := db.row(ctx, "SELECT state FROM entries WHERE id = $1", []any{entry}, &state)
	if missing(err) || err == nil && state != gallery.Published {
		return false, fault.Missing("entry")
	}
	if err != nil {
		return false, err
	}
	fresh, err := db.changed(ctx,
		"INSERT INTO votes (entry_id, participant_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
		entry, participant, micros(at))
	if err != nil || !fresh {
		return false, err
	}
	return true, db.put(ctx, "UPDATE entries SET votes = votes + 1 WHERE id = $1", entry)
}

// DeleteVote implements gallery.Store. It works in every state of the entry.
func (db *DB) DeleteVote(ctx context.Context, entry, participant string) (bool, error) {
	gone, err := db.changed(ctx, "DELETE FROM votes WHERE entry_id = $1 AND participant_id = $2", entry, participant)
	if err != nil || !gone {
		return false, err
	}
	return true, db.put(ctx, "UPDATE entries SET votes = votes - 1 WHERE id = $1", entry)
}

var votedFor = func() string {
	var b strings.Builder
	b.WriteString("SELECT entry_id FROM votes WHERE participant_id = $1 AND entry_id IN (")
	for i := range MostPublic {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("$" + strconv.Itoa(i+2))
	}
	b.WriteByte(')')
	return b.String()
}()

// VotedFor implements gallery.Store; entries without a vote are not in the
// map. At most 60 entries, a page of the gallery, may be asked about.
func (db *DB) VotedFor(ctx context.Context, participant string, entries []string) (map[string]bool, error) {
	voted := map[string]bool{}
	if len(entries) == 0 {
		return voted, nil
	}
	if len(entries) > MostPublic {
		return nil, fault.New(fault.Invalid, "too_many", "Please ask about at most %d entries at once.", MostPublic)
	}
	args := make([]any, 1, MostPublic+1)
	args[0] = participant
	for i := range MostPublic {
		args = append(args, entries[min(i, len(entries)-1)])
	}
	ids, err := list(ctx, db, scanString, votedFor, args...)
	for _, id := range ids {
		voted[id] = true
	}
	return voted, err
}

// VotesBy implements gallery.Store.
func (db *DB) VotesBy(ctx context.Context, participant string) ([]string, error) {
	return list(ctx, db, scanString, "SELECT entry_id FROM votes WHERE participant_id = $1 ORDER BY entry_id", participant)
}

// CountAddress implements gallery.Store.
func (db *DB) CountAddress(ctx context.Context, campaign, day, address string, limit int, at time.Time) (bool, error) {
	if limit > 0 {
		counted, err := db.changed(ctx, `INSERT INTO address_votes (campaign, day, address, votes, refused, last_at) VALUES ($1, $2, $3, 1, 0, $4)
			ON CONFLICT (campaign, day, address) DO UPDATE SET votes = address_votes.votes + 1, last_at = excluded.last_at
			WHERE address_votes.votes < $5`, campaign, day, address, micros(at), limit)
		if err != nil || counted {
			return counted, err
		}
	}
	return false, db.put(ctx, `INSERT INTO address_votes (campaign, day, address, votes, refused, last_at) VALUES ($1, $2, $3, 0, 1, $4)
		ON CONFLICT (campaign, day, address) DO UPDATE SET refused = address_votes.refused + 1, last_at = excluded.last_at`,
		campaign, day, address, micros(at))
}

func scanAddress(s scanner) (a gallery.AddressVotes, err error) {
	err = s.Scan(&a.Campaign, &a.Day, &a.Address, &a.Votes, &a.Refused, timeInto{&a.LastAt})
	return a, err
}

// CappedAddresses implements gallery.Store.
func (db *DB) CappedAddresses(ctx context.Context, campaign string) ([]gallery.AddressVotes, error) {
	return list(ctx, db, scanAddress, `SELECT campaign, day, address, votes, refused, last_at FROM address_votes
		WHERE campaign = $1 AND refused > 0 ORDER BY refused DESC, last_at DESC LIMIT 100`, campaign)
}
