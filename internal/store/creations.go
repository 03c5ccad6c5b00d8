package store

import (
	"context"
	"encoding/json"
	"time"

	"marquee/internal/create"
)

const creationColumns = `id, campaign, participant_id, generation_id, candidate_id, composition, revision, state,
	blob_key, alt, kit, kit_version, market, provider, model, model_version, created_at, updated_at`

func scanCreation(s scanner) (c create.Creation, err error) {
	err = s.Scan(&c.ID, &c.Campaign, &c.ParticipantID, &c.GenerationID, &c.CandidateID, rawInto{&c.Composition},
		&c.Revision, &c.State, &c.BlobKey, &c.Alt, &c.Kit, &c.KitVersion, &c.Market,
		&c.Provider, &c.Model, &c.ModelVersion, timeInto{&c.CreatedAt}, timeInto{&c.UpdatedAt})
	return c, err
}

// InsertCreation implements create.Store.
func (db *DB) InsertCreation(ctx context.Context, c create.Creation) error {
	return db.put(ctx, "INSERT INTO creations ("+creationColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		c.ID, c.Campaign, c.ParticipantID, c.GenerationID, c.CandidateID, string(c.Composition),
		c.Revision, string(c.State), c.BlobKey, c.Alt, c.Kit, c.KitVersion, c.Market,
		c.Provider, c.Model, c.ModelVersion, micros(c.CreatedAt), micros(c.UpdatedAt))
}

// Creation implements create.Store.
func (db *DB) Creation(ctx context.Context, id string) (create.Creation, error) {
	return one(ctx, db, "creation", scanCreation, "SELECT "+creationColumns+" FROM creations WHERE id = $1", id)
}

var setComposition = `UPDATE creations SET composition = $2, updated_at = $3, revision = revision + 1
	WHERE id = $1 AND state IN ` + inList(4)

// SetComposition implements create.Store.
func (db *DB) SetComposition(ctx context.Context, id string, composition json.RawMessage, at time.Time, from ...create.CreationState) (bool, error) {
	if len(from) == 0 {
		return false, nil
	}
	return db.changed(ctx, setComposition, append([]any{id, string(composition), micros(at)}, values(from)...)...)
}

var adoptKit = `UPDATE creations SET kit_version = $3, updated_at = $4, revision = revision + 1
	WHERE id = $1 AND kit_version = $2 AND state IN ` + inList(5)

// AdoptKit implements create.Store.
func (db *DB) AdoptKit(ctx context.Context, id, from, to string, at time.Time, states ...create.CreationState) (bool, error) {
	if len(states) == 0 {
		return false, nil
	}
	return db.changed(ctx, adoptKit, append([]any{id, from, to, micros(at)}, values(states)...)...)
}

var moveCreation = "UPDATE creations SET state = $2, updated_at = $3 WHERE id = $1 AND state IN " + inList(4)

// MoveCreation implements create.Store.
func (db *DB) MoveCreation(ctx context.Context, id string, to create.CreationState, at time.Time, from ...create.CreationState) (bool, error) {
	if len(from) == 0 {
		return false, nil
	}
	return db.changed(ctx, moveCreation, append([]any{id, string(to), micros(at)}, values(from)...)...)
}

// CreationsOf implements create.Store; limit is 1 to 1000.
func (db *DB) CreationsOf(ctx context.Context, participant, campaign string, limit int) ([]create.Creation, error) {
	return list(ctx, db, scanCreation, "SELECT "+creationColumns+` FROM creations
		WHERE participant_id = $1 AND campaign = $2 ORDER BY created_at DESC, id DESC LIMIT $3`,
		participant, campaign, within(limit, 1000))
}

// DeleteCreation implements create.Store. One that is not there is no error.
func (db *DB) DeleteCreation(ctx context.Context, id string) error {
	return db.put(ctx, "DELETE FROM creations WHERE id = $1", id)
}

func scanString(s scanner) (v string, err error) {
	err = s.Scan(&v)
	return v, err
}

// OwnedBy implements create.Store: oldest first.
func (db *DB) OwnedBy(ctx context.Context, participant string) (generations, creations []string, err error) {
	generations, err = list(ctx, db, scanString,
		"SELECT id FROM generations WHERE participant_id = $1 ORDER BY created_at, id", participant)
	if err != nil {
		return nil, nil, err
	}
	creations, err = list(ctx, db, scanString,
		"SELECT id FROM creations WHERE participant_id = $1 ORDER BY created_at, id", participant)
	if err != nil {
		return nil, nil, err
	}
	return generations, creations, nil
}
