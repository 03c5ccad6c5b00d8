package store

import (
	"context"
	"time"

	"marquee/internal/account"
)

const personColumns = "id, name, role, created_at, ended_at"

func scanPerson(s scanner) (p account.Person, err error) {
	err = s.Scan(&p.ID, &p.Name, &p.Role, timeInto{&p.CreatedAt}, timeInto{&p.EndedAt})
	return p, err
}

// InsertPerson implements account.Store.
func (db *DB) InsertPerson(ctx context.Context, p account.Person) error {
	return db.put(ctx, "INSERT INTO people ("+personColumns+") VALUES ($1, $2, $3, $4, $5)",
		p.ID, p.Name, string(p.Role), micros(p.CreatedAt), micros(p.EndedAt))
}

// Person implements account.Store.
func (db *DB) Person(ctx context.Context, id string) (account.Person, error) {
	return one(ctx, db, "person", scanPerson, "SELECT "+personColumns+" FROM people WHERE id = $1", id)
}

// People implements account.Store: by when they joined.
func (db *DB) People(ctx context.Context) ([]account.Person, error) {
	return list(ctx, db, scanPerson, "SELECT "+personColumns+" FROM people ORDER BY created_at, id")
}

// EndPerson implements account.Store. An account that has ended keeps the time
// of its first ending.
func (db *DB) EndPerson(ctx context.Context, id string, at time.Time) error {
	err := db.must(ctx, "person",
		"UPDATE people SET ended_at = CASE WHEN ended_at = 0 THEN $2 ELSE ended_at END WHERE id = $1", id, micros(at))
	if err != nil {
		return err
	}
	return db.put(ctx, "DELETE FROM sessions WHERE person_id = $1", id)
}

const inviteColumns = "hash, role, created_at, expires_at, used_at"

func scanInvite(s scanner) (i account.Invite, err error) {
	err = s.Scan(&i.Hash, &i.Role, timeInto{&i.CreatedAt}, timeInto{&i.ExpiresAt}, timeInto{&i.UsedAt})
	return i, err
}

// InsertInvite implements account.Store.
func (db *DB) InsertInvite(ctx context.Context, i account.Invite) error {
	return db.put(ctx, "INSERT INTO invites ("+inviteColumns+") VALUES ($1, $2, $3, $4, $5)",
		i.Hash, string(i.Role), micros(i.CreatedAt), micros(i.ExpiresAt), micros(i.UsedAt))
}

// UseInvite implements account.Store.
func (db *DB) UseInvite(ctx context.Context, hash string, at time.Time) (account.Invite, error) {
	return returning(ctx, db, "invite", scanInvite,
		"UPDATE invites SET used_at = $2 WHERE hash = $1 AND used_at = 0 AND expires_at > $2 RETURNING "+inviteColumns,
		hash, micros(at))
}

func scanSession(s scanner) (t account.Session, err error) {
	err = s.Scan(&t.Hash, &t.PersonID, timeInto{&t.CreatedAt}, timeInto{&t.ExpiresAt})
	return t, err
}

// InsertSession implements account.Store.
func (db *DB) InsertSession(ctx context.Context, s account.Session) error {
	return db.put(ctx, "INSERT INTO sessions (hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
		s.Hash, s.PersonID, micros(s.CreatedAt), micros(s.ExpiresAt))
}

// Session implements account.Store. It gives an expired session too.
func (db *DB) Session(ctx context.Context, hash string) (account.Session, error) {
	return one(ctx, db, "session", scanSession,
		"SELECT hash, person_id, created_at, expires_at FROM sessions WHERE hash = $1", hash)
}

// DeleteSession implements account.Store. One that is not there is no error.
func (db *DB) DeleteSession(ctx context.Context, hash string) error {
	return db.put(ctx, "DELETE FROM sessions WHERE hash = $1", hash)
}

const keyColumns = "id, hash, name, role, created_at, revoked_at"

func scanKey(s scanner) (k account.Key, err error) {
	err = s.Scan(&k.ID, &k.Hash, &k.Name, &k.Role, timeInto{&k.CreatedAt}, timeInto{&k.RevokedAt})
	return k, err
}

// InsertKey implements account.Store.
func (db *DB) InsertKey(ctx context.Context, k account.Key) error {
	return db.put(ctx, "INSERT INTO api_keys ("+keyColumns+") VALUES ($1, $2, $3, $4, $5, $6)",
		k.ID, k.Hash, k.Name, string(k.Role), micros(k.CreatedAt), micros(k.RevokedAt))
}

// Key implements account.Store. It gives a revoked key too.
func (db *DB) Key(ctx context.Context, hash string) (account.Key, error) {
	return one(ctx, db, "key", scanKey, "SELECT "+keyColumns+" FROM api_keys WHERE hash = $1", hash)
}

// Keys implements account.Store: by when they were made, revoked ones too.
func (db *DB) Keys(ctx context.Context) ([]account.Key, error) {
	return list(ctx, db, scanKey, "SELECT "+keyColumns+" FROM api_keys ORDER BY created_at, id")
}

// RevokeKey implements account.Store. A revoked key keeps its first time.
func (db *DB) RevokeKey(ctx context.Context, id string, at time.Time) error {
	return db.must(ctx, "key",
		"UPDATE api_keys SET revoked_at = CASE WHEN revoked_at = 0 THEN $2 ELSE revoked_at END WHERE id = $1", id, micros(at))
}
