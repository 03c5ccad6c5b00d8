package store

import (
	"context"

	"marquee/internal/create"
)

const proofColumns = "creation_id, revision, kit, width, height, exact, marks, at"

func scanProof(s scanner) (p create.Proof, err error) {
	err = s.Scan(&p.CreationID, &p.Revision, &p.Kit, &p.Width, &p.Height, flagInto{&p.Exact}, jsonInto{&p.Marks}, timeInto{&p.At})
	return p, err
}

// PutProof implements create.Store. A creation that is gone is NotFound.
func (db *DB) PutProof(ctx context.Context, p create.Proof) error {
	return db.put(ctx, "INSERT INTO proofs ("+proofColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (creation_id) DO UPDATE SET revision = excluded.revision, kit = excluded.kit, width = excluded.width,
			height = excluded.height, exact = excluded.exact, marks = excluded.marks, at = excluded.at`,
		p.CreationID, p.Revision, p.Kit, p.Width, p.Height, flag(p.Exact), asJSON(p.Marks), micros(p.At))
}

// Proof implements create.Store.
func (db *DB) Proof(ctx context.Context, creation string) (create.Proof, error) {
	return one(ctx, db, "proof", scanProof, "SELECT "+proofColumns+" FROM proofs WHERE creation_id = $1", creation)
}
