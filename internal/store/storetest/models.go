package storetest

import (
	"bytes"
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/budget"
	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/registry"
	"marquee/internal/store"
)

// Models tests registry.Store, with the service that is built on it.
func Models(t *testing.T, db *store.DB) {
	ctx := t.Context()
	at := &atomic.Int64{}
	at.Store(t0.UnixMicro())
	now := func() time.Time { return time.UnixMicro(at.Load()).UTC() }
	seal := bytes.Repeat([]byte{7}, 32)
	open := func(seal []byte) *registry.Service {
		return registry.New(registry.Deps{Store: db, Unit: db, Ledger: ledger.New(db, now), Seal: seal, Now: now, Log: Quiet()})
	}
	r, other := open(seal), open(seal) // another node

	// What was configured is approved by that; a new version is not.
	usable := func(version string) bool {
		t.Helper()
		_, ok, err := r.Usable(ctx, "openai", "pic", version)
		same(t, err, nil)
		return ok
	}
	won := race(t, 8, func(int) (bool, error) { _, ok, err := r.Usable(ctx, "openai", "pic", "1"); return ok, err })
	same(t, won, 8)
	same(t, usable("2"), false)
	same(t, usable("2"), false)
	all, err := r.Models(ctx)
	same(t, err, nil)
	same(t, len(all), 2)
	same(t, []registry.State{all[0].State, all[1].State}, []registry.State{registry.Approved, registry.Proposed})
	same(t, value(r.Approve(ctx, all[1].ID, "ann", "admin")), nil)
	same(t, usable("2"), true)
	fails(t, value(r.Approve(ctx, all[1].ID, "ann", "admin")), fault.Conflict, "already_decided")
	same(t, value(r.Retire(ctx, all[0].ID, "ann", "admin")), nil)
	same(t, usable("1"), false)
	_, ok, err := other.Usable(ctx, "openai", "pic", "1")
	same(t, err, nil)
	same(t, ok, false)
	fails(t, value(r.Retire(ctx, "none", "ann", "admin")), fault.NotFound, "")

	m := registry.Model{Provider: "openai", Name: "pic", Version: "3", Licence: "proprietary", Terms: "https://example.org/terms", Region: "eu",
		Data: []string{"prompts"}, Price: &budget.Price{Provider: "openai", Model: "pic", Picture: 5, Source: "contract", Date: "2026-12-01"}}
	m, err = r.Add(ctx, m, "ann", "producer")
	same(t, err, nil)
	gives(t, m)(db.Model(ctx, m.ID))
	fails(t, value(r.Add(ctx, m, "ann", "producer")), fault.Conflict, "model_there")
	fails(t, value(r.Approve(ctx, m.ID, "ann", "admin")), fault.Conflict, "second_person_needed")
	same(t, value(r.Approve(ctx, m.ID, "bo", "admin")), nil)
	for _, change := range []func(*registry.Model){
		func(m *registry.Model) { m.Licence = " " }, func(m *registry.Model) { m.Data = []string{"souls"} },
		func(m *registry.Model) { m.Price = &budget.Price{Provider: "x"} },
	} {
		bad := m
		change(&bad)
		fails(t, value(r.Add(ctx, bad, "ann", "producer")), fault.Invalid, "model_incomplete")
	}

	canaries(t, db, r)
	keys(t, db, r, open)
}

// canaries tests that a trial that does worse returns by itself.
func canaries(t *testing.T, db *store.DB, r *registry.Service) {
	ctx := t.Context()
	who := func(roll int) string {
		t.Helper()
		name, err := r.Canary(ctx, "picture", "old", roll)
		same(t, err, nil)
		return name
	}
	same(t, who(0), "old")
	c := registry.Canary{Capability: "picture", Incumbent: "old", Provider: "new", Percent: 10, Calls: 10, Margin: 5}
	same(t, r.SetCanary(ctx, c, "admin"), nil)
	same(t, []string{who(9), who(10), who(99)}, []string{"new", "old", "old"})
	bad := c
	bad.Provider = "old"
	fails(t, r.SetCanary(ctx, bad, "admin"), fault.Invalid, "canary_invalid")
	outcomes := func(name string, made, failed int) {
		for range made {
			r.Watch(ctx, "picture", name, "made")
		}
		for range failed {
			r.Watch(ctx, "picture", name, "provider_refused")
		}
	}
	outcomes("old", 18, 2)
	outcomes("new", 9, 0)
	r.Watch(ctx, "picture", "new", "budget_used_up") // it has no part in that
	same(t, who(0), "new")
	outcomes("new", 0, 1) // 10 % of both
	same(t, who(0), "new")
	outcomes("new", 0, 1) // 18 % against 10 %
	same(t, who(0), "old")
	all, err := r.Canaries(ctx)
	same(t, err, nil)
	same(t, all[0].Returned, true)
	same(t, [4]int64{all[0].OldCalls, all[0].OldFailed, all[0].NewCalls, all[0].NewFailed}, [4]int64{20, 2, 11, 2})
	rows, err := db.LedgerRows(ctx, 0, 1000)
	same(t, err, nil)
	returned := 0
	for _, row := range rows {
		if row.Action == "canary.returned" {
			returned++
		}
	}
	same(t, returned, 1)
	same(t, r.EndCanary(ctx, "picture", "old", "admin"), nil)
	fails(t, r.EndCanary(ctx, "picture", "old", "admin"), fault.NotFound, "")
}

// keys tests that providers' keys are only ever kept sealed.
func keys(t *testing.T, db *store.DB, r *registry.Service, open func([]byte) *registry.Service) {
	ctx := t.Context()
	gives(t, "configured")(r.Key(ctx, "openai", "configured"))
	const key = "sk-live-abcdefghijkl"
	same(t, r.SetKey(ctx, "openai", " "+key+"\n", "admin"), nil)
	gives(t, key)(r.Key(ctx, "openai", "configured"))
	gives(t, "mine")(r.Key(ctx, "other", "mine"))
	stored, err := db.SealedKeys(ctx)
	same(t, err, nil)
	same(t, bytes.Contains(stored[0].Sealed, []byte(key)), false)
	shown, err := r.StoredKeys(ctx)
	same(t, err, nil)
	same(t, len(shown[0].Sealed), 0)
	rows, err := db.LedgerRows(ctx, 0, 1000)
	same(t, err, nil)
	same(t, bytes.Contains(fmt.Append(nil, rows), []byte(key)), false)
	// Another sealing key, or another provider's name, opens nothing, and what
	// was configured does not stand in unasked.
	_, err = open(bytes.Repeat([]byte{8}, 32)).Key(ctx, "openai", "configured")
	same(t, err != nil, true)
	do(t, db, func(ctx context.Context) error {
		return db.PutKey(ctx, registry.SealedKey{Provider: "moved", Sealed: stored[0].Sealed, ChangedAt: t0})
	})
	_, err = open(bytes.Repeat([]byte{7}, 32)).Key(ctx, "moved", "")
	same(t, err != nil, true)
	same(t, r.RemoveKey(ctx, "openai", "admin"), nil)
	gives(t, "configured")(r.Key(ctx, "openai", "configured"))
	fails(t, r.RemoveKey(ctx, "openai", "admin"), fault.NotFound, "")
	for _, bad := range []string{"", "two\nlines"} {
		fails(t, r.SetKey(ctx, "openai", bad, "admin"), fault.Invalid, "key_unusable")
	}
}
