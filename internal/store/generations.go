package store

import (
	"context"
	"time"

	"marquee/internal/create"
)

const generationColumns = `id, campaign, participant_id, prompt, marks, aspect, locale, seed, state, code, verdict, suggestion,
	provider, model, model_version, fallback, created_at, ended_at`

func scanGeneration(s scanner) (g create.Generation, err error) {
	err = s.Scan(&g.ID, &g.Campaign, &g.ParticipantID, &g.Prompt, jsonInto{&g.Marks}, &g.Aspect, &g.Locale, &g.Seed,
		&g.State, &g.Code, jsonInto{&g.Verdict}, &g.Suggestion, &g.Provider, &g.Model, &g.ModelVersion, flagInto{&g.Fallback},
		timeInto{&g.CreatedAt}, timeInto{&g.EndedAt})
	return g, err
}

// InsertGeneration implements create.Store.
func (db *DB) InsertGeneration(ctx context.Context, g create.Generation) error {
	return db.put(ctx, "INSERT INTO generations ("+generationColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		g.ID, g.Campaign, g.ParticipantID, g.Prompt, asJSON(g.Marks), g.Aspect, g.Locale, g.Seed,
		string(g.State), g.Code, asJSON(g.Verdict), g.Suggestion, g.Provider, g.Model, g.ModelVersion, flag(g.Fallback),
		micros(g.CreatedAt), micros(g.EndedAt))
}

// Generation implements create.Store.
func (db *DB) Generation(ctx context.Context, id string) (create.Generation, error) {
	return one(ctx, db, "generation", scanGeneration, "SELECT "+generationColumns+" FROM generations WHERE id = $1", id)
}

var moveGeneration = `UPDATE generations SET state = $2, code = $3, verdict = $4, provider = $5, model = $6,
	model_version = $7, fallback = $8, ended_at = $9 WHERE id = $1 AND state IN ` + inList(10)

// MoveGeneration implements create.Store.
func (db *DB) MoveGeneration(ctx context.Context, g create.Generation, from ...create.GenerationState) (bool, error) {
	if len(from) == 0 {
		return false, nil
	}
	args := append([]any{g.ID, string(g.State), g.Code, asJSON(g.Verdict), g.Provider, g.Model,
		g.ModelVersion, flag(g.Fallback), micros(g.EndedAt)}, values(from)...)
	return db.changed(ctx, moveGeneration, args...)
}

// GenerationsOf implements create.Store; limit is 1 to 1000.
func (db *DB) GenerationsOf(ctx context.Context, participant, campaign string, limit int) ([]create.Generation, error) {
	return list(ctx, db, scanGeneration, "SELECT "+generationColumns+` FROM generations
		WHERE participant_id = $1 AND campaign = $2 ORDER BY created_at DESC, id DESC LIMIT $3`,
		participant, campaign, within(limit, 1000))
}

// CountGenerations implements create.Store. Inside a unit of work, others who
// count for the same participant and campaign wait until it ends, so that
// counting and then inserting can't run past a limit.
func (db *DB) CountGenerations(ctx context.Context, participant, campaign string, since time.Time) (int, error) {
	if err := db.lockFor(ctx, "generations/"+participant+"/"+campaign); err != nil {
		return 0, err
	}
	var n int
	err := db.row(ctx, "SELECT count(*) FROM generations WHERE participant_id = $1 AND campaign = $2 AND created_at >= $3",
		[]any{participant, campaign, micros(since)}, &n)
	return n, err
}

// CountStopped implements create.Store.
func (db *DB) CountStopped(ctx context.Context, participant, campaign string, since time.Time) (held, denied int, err error) {
	err = db.row(ctx, `SELECT
		COALESCE(SUM(CASE WHEN state = 'held' THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN state = 'refused' AND code LIKE 'prompt_denied%' THEN 1 ELSE 0 END), 0)
		FROM generations WHERE participant_id = $1 AND campaign = $2 AND created_at >= $3`,
		[]any{participant, campaign, micros(since)}, &held, &denied)
	return held, denied, err
}

// DeleteGeneration implements create.Store, with its candidates and events.
// One that is not there is no error.
func (db *DB) DeleteGeneration(ctx context.Context, id string) error {
	return db.put(ctx, "DELETE FROM generations WHERE id = $1", id)
}

const candidateColumns = `id, generation_id, place, blob_key, sha256, width, height, seed, alt, missed,
	provider, model, version, created_at`

func scanCandidate(s scanner) (c create.Candidate, err error) {
	err = s.Scan(&c.ID, &c.GenerationID, &c.Index, &c.BlobKey, &c.SHA256, &c.Width, &c.Height, &c.Seed, &c.Alt,
		jsonInto{&c.Missed}, &c.Provider, &c.Model, &c.Version, timeInto{&c.CreatedAt})
	return c, err
}

// InsertCandidate implements create.Store. A generation that is gone is
// NotFound.
func (db *DB) InsertCandidate(ctx context.Context, c create.Candidate) (bool, error) {
	if _, err := db.Generation(ctx, c.GenerationID); err != nil {
		return false, err
	}
	return db.changed(ctx, "INSERT INTO candidates ("+candidateColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (generation_id, place) DO NOTHING`,
		c.ID, c.GenerationID, c.Index, c.BlobKey, c.SHA256, c.Width, c.Height, c.Seed, c.Alt,
		asJSON(c.Missed), c.Provider, c.Model, c.Version, micros(c.CreatedAt))
}

// Candidate implements create.Store.
func (db *DB) Candidate(ctx context.Context, id string) (create.Candidate, error) {
	return one(ctx, db, "candidate", scanCandidate, "SELECT "+candidateColumns+" FROM candidates WHERE id = $1", id)
}

// CandidatesOf implements create.Store.
func (db *DB) CandidatesOf(ctx context.Context, generation string) ([]create.Candidate, error) {
	return list(ctx, db, scanCandidate,
		"SELECT "+candidateColumns+" FROM candidates WHERE generation_id = $1 ORDER BY place LIMIT 100", generation)
}

// AppendEvent implements create.Store. A generation that is gone is NotFound.
func (db *DB) AppendEvent(ctx context.Context, e create.Event) (int64, error) {
	seq, err := returning(ctx, db, "generation", func(s scanner) (n int64, err error) {
		err = s.Scan(&n)
		return n, err
	}, "UPDATE generations SET last_event = last_event + 1 WHERE id = $1 RETURNING last_event", e.GenerationID)
	if err != nil {
		return 0, err
	}
	return seq, db.put(ctx, "INSERT INTO generation_events (generation_id, seq, kind, data, at) VALUES ($1, $2, $3, $4, $5)",
		e.GenerationID, seq, e.Kind, string(e.Data), micros(e.At))
}

func scanEvent(s scanner) (e create.Event, err error) {
	err = s.Scan(&e.GenerationID, &e.Seq, &e.Kind, rawInto{&e.Data}, timeInto{&e.At})
	return e, err
}

// Events implements create.Store.
func (db *DB) Events(ctx context.Context, generation string, after int64) ([]create.Event, error) {
	return list(ctx, db, scanEvent, `SELECT generation_id, seq, kind, data, at FROM generation_events
		WHERE generation_id = $1 AND seq > $2 ORDER BY seq LIMIT 200`, generation, after)
}

// lockFor makes units that name the same thing run one after the other until
// they end. SQLite's units do so anyway; outside a unit it does nothing.
func (db *DB) lockFor(ctx context.Context, name string) error {
	if u, err := db.unitOf(ctx); err != nil || u == nil || db.kind == SQLite {
		return err
	}
	return db.put(ctx, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name)
}
