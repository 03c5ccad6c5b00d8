package store

import (
	"context"

	"marquee/internal/audience"
)

const participantColumns = "id, locale, age_band, created_at"

func scanParticipant(s scanner) (p audience.Participant, err error) {
	err = s.Scan(&p.ID, &p.Locale, &p.AgeBand, timeInto{&p.CreatedAt})
	return p, err
}

// InsertParticipant implements audience.Store.
func (db *DB) InsertParticipant(ctx context.Context, p audience.Participant) error {
	return db.put(ctx, "INSERT INTO participants ("+participantColumns+") VALUES ($1, $2, $3, $4)",
		p.ID, p.Locale, string(p.AgeBand), micros(p.CreatedAt))
}

// Participant implements audience.Store.
func (db *DB) Participant(ctx context.Context, id string) (audience.Participant, error) {
	return one(ctx, db, "participant", scanParticipant,
		"SELECT "+participantColumns+" FROM participants WHERE id = $1", id)
}

// HoldParticipant implements audience.Store.
func (db *DB) HoldParticipant(ctx context.Context, id string) error {
	if err := db.lockFor(ctx, "participant/"+id); err != nil {
		return err
	}
	_, err := db.Participant(ctx, id)
	return err
}

// DeleteParticipant implements audience.Store. What belongs to the participant
// in this domain goes with the row.
func (db *DB) DeleteParticipant(ctx context.Context, id string) error {
	if err := db.lockFor(ctx, "participant/"+id); err != nil {
		return err
	}
	return db.must(ctx, "participant", "DELETE FROM participants WHERE id = $1", id)
}

// PutArrival implements audience.Store.
func (db *DB) PutArrival(ctx context.Context, a audience.Arrival) error {
	return db.put(ctx, `INSERT INTO arrivals (participant_id, campaign, market, terms_version, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (participant_id, campaign) DO UPDATE
		SET market = excluded.market, terms_version = excluded.terms_version, at = excluded.at`,
		a.ParticipantID, a.Campaign, a.Market, a.TermsVersion, micros(a.At))
}

func scanArrival(s scanner) (a audience.Arrival, err error) {
	err = s.Scan(&a.ParticipantID, &a.Campaign, &a.Market, &a.TermsVersion, timeInto{&a.At})
	return a, err
}

// Arrival implements audience.Store.
func (db *DB) Arrival(ctx context.Context, participant, campaign string) (audience.Arrival, error) {
	return one(ctx, db, "arrival", scanArrival,
		"SELECT participant_id, campaign, market, terms_version, at FROM arrivals WHERE participant_id = $1 AND campaign = $2",
		participant, campaign)
}

// Arrivals implements audience.Store.
func (db *DB) Arrivals(ctx context.Context, participant string) ([]audience.Arrival, error) {
	return list(ctx, db, scanArrival,
		"SELECT participant_id, campaign, market, terms_version, at FROM arrivals WHERE participant_id = $1 ORDER BY at, campaign",
		participant)
}

// PutConsent implements audience.Store.
func (db *DB) PutConsent(ctx context.Context, c audience.Consent) error {
	return db.put(ctx, `INSERT INTO consents (participant_id, campaign, purpose, version, given_at, withdrawn_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (participant_id, campaign, purpose) DO UPDATE
		SET version = excluded.version, given_at = excluded.given_at, withdrawn_at = excluded.withdrawn_at`,
		c.ParticipantID, c.Campaign, c.Purpose, c.Version, micros(c.GivenAt), micros(c.WithdrawnAt))
}

func scanConsent(s scanner) (c audience.Consent, err error) {
	err = s.Scan(&c.ParticipantID, &c.Campaign, &c.Purpose, &c.Version, timeInto{&c.GivenAt}, timeInto{&c.WithdrawnAt})
	return c, err
}

// Consents implements audience.Store: by purpose, withdrawn ones too.
func (db *DB) Consents(ctx context.Context, participant, campaign string) ([]audience.Consent, error) {
	return list(ctx, db, scanConsent,
		`SELECT participant_id, campaign, purpose, version, given_at, withdrawn_at FROM consents
		WHERE participant_id = $1 AND campaign = $2 ORDER BY purpose`, participant, campaign)
}

// InsertLink implements audience.Store.
func (db *DB) InsertLink(ctx context.Context, l audience.Link) error {
	return db.put(ctx, "INSERT INTO links (hash, participant_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
		l.Hash, l.ParticipantID, micros(l.CreatedAt), micros(l.ExpiresAt))
}

func scanLink(s scanner) (l audience.Link, err error) {
	err = s.Scan(&l.Hash, &l.ParticipantID, timeInto{&l.CreatedAt}, timeInto{&l.ExpiresAt})
	return l, err
}

// Link implements audience.Store. It gives an expired link too.
func (db *DB) Link(ctx context.Context, hash string) (audience.Link, error) {
	return one(ctx, db, "link", scanLink,
		"SELECT hash, participant_id, created_at, expires_at FROM links WHERE hash = $1", hash)
}
