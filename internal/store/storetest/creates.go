package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"marquee/internal/brand"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/policy"
	"marquee/internal/store"
)

func generation(participant string, at time.Time) create.Generation {
	return create.Generation{ID: id(), Campaign: "winter", ParticipantID: participant, Prompt: "a fox — “snow” 🦊",
		Marks: []string{"wordmark"}, Aspect: "square", Locale: "en", Seed: -7, State: create.Queued,
		Verdict: policy.Verdict{Outcome: policy.Allow}, CreatedAt: at}
}

// Generations tests create.Store's generations, candidates and events.
func Generations(t *testing.T, db *store.DB) {
	ctx := t.Context()
	who := id()
	g, later := generation(who, t0), generation(who, t0.Add(time.Second))
	other := generation(id(), t0)
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertGeneration(ctx, g), db.InsertGeneration(ctx, later), db.InsertGeneration(ctx, other))
	})
	gives(t, g)(db.Generation(ctx, g.ID))
	gives(t, []create.Generation{later, g})(db.GenerationsOf(ctx, who, "winter", 10))
	gives(t, []create.Generation{later})(db.GenerationsOf(ctx, who, "winter", 1))
	gives(t, []create.Generation{})(db.GenerationsOf(ctx, who, "summer", 10))
	gives(t, 2)(db.CountGenerations(ctx, who, "winter", t0))
	gives(t, 1)(db.CountGenerations(ctx, who, "winter", t0.Add(time.Microsecond)))
	fails(t, value(db.Generation(ctx, "none")), fault.NotFound, "")

	move := func(g create.Generation, from ...create.GenerationState) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) { return db.MoveGeneration(ctx, g, from...) })
	}
	done := g
	done.State, done.Code, done.EndedAt, done.Fallback = create.Succeeded, "ok", t0.Add(time.Minute), true
	done.Provider, done.Model, done.ModelVersion = "builtin", "painter", "1"
	done.Verdict = policy.Verdict{Outcome: policy.Hold, Reasons: []policy.Reason{{Rule: "r", Kind: "slur", To: policy.Hold}}}
	gives(t, false)(move(done, create.Running, create.Held))
	gives(t, false)(move(done))
	same(t, race(t, 8, func(int) (bool, error) { return move(done, create.Running, create.Queued) }), 1)
	gives(t, done)(db.Generation(ctx, g.ID))

	// Counting and then inserting stays below a limit, whoever comes at once.
	const limit = 5
	won := race(t, 24, func(int) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			n, err := db.CountGenerations(ctx, who, "winter", t0)
			if err != nil || n >= limit {
				return false, err
			}
			return true, db.InsertGeneration(ctx, generation(who, t0.Add(time.Minute)))
		})
	})
	same(t, won, limit-2)

	c := create.Candidate{ID: id(), GenerationID: g.ID, Index: 1, BlobKey: "generation/x.png", SHA256: "ab", Width: 1024, Height: 1024,
		Seed: 9, Alt: "a fox", Missed: []string{"snow"}, Provider: "builtin", Model: "painter", Version: "1", CreatedAt: t0}
	first := c
	first.ID, first.Index, first.Missed = id(), 0, nil
	put := func(c create.Candidate) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) { return db.InsertCandidate(ctx, c) })
	}
	gives(t, true)(put(c))
	gives(t, true)(put(first))
	again := c
	again.ID, again.Alt = id(), "another"
	gives(t, false)(put(again))
	gives(t, c)(db.Candidate(ctx, c.ID))
	gives(t, []create.Candidate{first, c})(db.CandidatesOf(ctx, g.ID))
	fails(t, value(db.Candidate(ctx, again.ID)), fault.NotFound, "")
	again.GenerationID = "none"
	fails(t, value(put(again)), fault.NotFound, "")

	seqs := make([]int64, 12)
	race(t, 12, func(i int) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (ok bool, err error) {
			seqs[i], err = db.AppendEvent(ctx, create.Event{GenerationID: g.ID, Kind: "progress", Data: json.RawMessage(`{"done":0.5}`), At: t0})
			return true, err
		})
	})
	slices.Sort(seqs)
	for i, n := range seqs {
		same(t, n, int64(i+1))
	}
	events, err := db.Events(ctx, g.ID, 10)
	if err != nil {
		t.Fatal(err)
	}
	same(t, events[0], create.Event{GenerationID: g.ID, Seq: 11, Kind: "progress", Data: json.RawMessage(`{"done":0.5}`), At: t0})
	same(t, len(events), 2)
	gives(t, done)(db.Generation(ctx, g.ID)) // numbering events leaves it as it was
	fails(t, db.Do(ctx, func(ctx context.Context) error {
		return value(db.AppendEvent(ctx, create.Event{GenerationID: "none"}))
	}), fault.NotFound, "")

	do(t, db, func(ctx context.Context) error { return db.DeleteGeneration(ctx, g.ID) })
	do(t, db, func(ctx context.Context) error { return db.DeleteGeneration(ctx, g.ID) })
	fails(t, value(db.Generation(ctx, g.ID)), fault.NotFound, "")
	gives(t, []create.Candidate{})(db.CandidatesOf(ctx, g.ID))
	gives(t, []create.Event{})(db.Events(ctx, g.ID, 0))
}

// Creations tests create.Store's creations.
func Creations(t *testing.T, db *store.DB) {
	ctx := t.Context()
	who := id()
	c := create.Creation{ID: id(), Campaign: "winter", ParticipantID: who, GenerationID: id(), CandidateID: id(),
		Composition: json.RawMessage(`{"version":1, "layers":[]}`), Revision: 1, State: create.Drafted, BlobKey: "creation/x.png",
		Alt: "a fox", Kit: "lumipine", KitVersion: "1.0.0", CreatedAt: t0, UpdatedAt: t0}
	later := c
	later.ID, later.CreatedAt = id(), t0.Add(time.Second)
	g := generation(who, t0)
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertCreation(ctx, c), db.InsertCreation(ctx, later), db.InsertGeneration(ctx, g))
	})
	gives(t, c)(db.Creation(ctx, c.ID))
	gives(t, []create.Creation{later, c})(db.CreationsOf(ctx, who, "winter", 10))
	gives(t, []create.Creation{})(db.CreationsOf(ctx, who, "summer", 10))
	fails(t, value(db.Creation(ctx, "none")), fault.NotFound, "")

	set := func(from ...create.CreationState) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.SetComposition(ctx, c.ID, json.RawMessage(`{"version":1,"layers":[{}]}`), t0.Add(time.Minute), from...)
		})
	}
	gives(t, false)(set(create.Waiting))
	gives(t, true)(set(create.Drafted, create.Rejected))
	c.Composition, c.Revision, c.UpdatedAt = json.RawMessage(`{"version":1,"layers":[{}]}`), 2, t0.Add(time.Minute)
	gives(t, c)(db.Creation(ctx, c.ID))

	move := func(to create.CreationState, from ...create.CreationState) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.MoveCreation(ctx, c.ID, to, t0.Add(time.Hour), from...)
		})
	}
	gives(t, false)(move(create.Published, create.Waiting))
	same(t, race(t, 8, func(int) (bool, error) { return move(create.Waiting, create.Drafted) }), 1)
	c.State, c.UpdatedAt = create.Waiting, t0.Add(time.Hour)
	gives(t, c)(db.Creation(ctx, c.ID))

	adopt := func(from, to string, states ...create.CreationState) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.AdoptKit(ctx, c.ID, from, to, t0.Add(2*time.Hour), states...)
		})
	}
	gives(t, false)(adopt("1.0.0", "1.1.0", create.Drafted))
	gives(t, false)(adopt("0.9.0", "1.1.0", create.Waiting))
	gives(t, false)(adopt("1.0.0", "1.1.0"))
	same(t, race(t, 8, func(int) (bool, error) { return adopt("1.0.0", "1.1.0", create.Drafted, create.Waiting) }), 1)
	c.KitVersion, c.Revision, c.UpdatedAt = "1.1.0", 3, t0.Add(2*time.Hour)
	gives(t, c)(db.Creation(ctx, c.ID))

	proof := create.Proof{CreationID: c.ID, Revision: 3, Kit: "lumipine@1.1.0", Width: 8, Height: 9, Marks: []brand.MarkProof{{Layer: "a", Pixels: 3}}, At: t0}
	fails(t, value(db.Proof(ctx, c.ID)), fault.NotFound, "")
	do(t, db, func(ctx context.Context) error { return db.PutProof(ctx, proof) })
	proof.Exact, proof.Revision = true, 4
	do(t, db, func(ctx context.Context) error { return db.PutProof(ctx, proof) })
	gives(t, proof)(db.Proof(ctx, c.ID))

	gens, creations, err := db.OwnedBy(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	same(t, fmt.Sprint(gens, creations), fmt.Sprint([]string{g.ID}, []string{c.ID, later.ID}))
	do(t, db, func(ctx context.Context) error { return db.DeleteCreation(ctx, c.ID) })
	fails(t, value(db.Creation(ctx, c.ID)), fault.NotFound, "")
	fails(t, value(db.Proof(ctx, c.ID)), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.PutProof(ctx, proof) }), fault.NotFound, "")
}
