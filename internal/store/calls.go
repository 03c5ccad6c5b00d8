package store

import (
	"context"
	"time"

	"marquee/internal/budget"
)

const callColumns = `key, wanted, campaign, market, team, capability, provider, model, version,
	most_money, most_pictures, most_tokens, most_calls, priced, state,
	cost_money, cost_pictures, cost_tokens, cost_calls, outcome, accounts, made_at, expires_at, ended_at`

func scanCall(s scanner) (c budget.Call, err error) {
	m, k := &c.Most, &c.Cost
	err = s.Scan(&c.Key, &c.For, &c.Campaign, &c.Market, &c.Team, &c.Capability, &c.Provider, &c.Model, &c.Version,
		&m.Money, &m.Pictures, &m.Tokens, &m.Calls, flagInto{&c.Priced}, &c.State,
		&k.Money, &k.Pictures, &k.Tokens, &k.Calls, &c.Outcome, jsonInto{&c.Accounts},
		timeInto{&c.At}, timeInto{&c.ExpiresAt}, timeInto{&c.EndAt})
	return c, err
}

// InsertCall implements budget.Store.
func (db *DB) InsertCall(ctx context.Context, c budget.Call) (bool, error) {
	return db.changed(ctx, "INSERT INTO calls ("+callColumns+`, day)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0, 0, 0, '', $16, $17, $18, 0, $19) ON CONFLICT DO NOTHING`,
		c.Key, c.For, c.Campaign, c.Market, c.Team, c.Capability, c.Provider, c.Model, c.Version,
		c.Most.Money, c.Most.Pictures, c.Most.Tokens, c.Most.Calls, flag(c.Priced), string(budget.Reserved),
		asJSON(c.Accounts), micros(c.At), micros(c.ExpiresAt), c.At.UTC().Format(time.DateOnly))
}

// EndCall implements budget.Store. The accounts are forgotten: one of them may
// be a person's.
func (db *DB) EndCall(ctx context.Context, c budget.Call) (budget.Call, bool, error) {
	ended, err := db.changed(ctx, `UPDATE calls SET state = $2, cost_money = $3, cost_pictures = $4, cost_tokens = $5, cost_calls = $6,
			outcome = $7, ended_at = $8 WHERE key = $1 AND state = 'reserved'`,
		c.Key, string(c.State), c.Cost.Money, c.Cost.Pictures, c.Cost.Tokens, c.Cost.Calls, c.Outcome, micros(c.EndAt))
	if err != nil || !ended {
		return budget.Call{}, false, err
	}
	was, err := db.Call(ctx, c.Key)
	if err != nil {
		return budget.Call{}, false, err
	}
	return was, true, db.put(ctx, "UPDATE calls SET accounts = '[]' WHERE key = $1", c.Key)
}

// Call implements budget.Store.
func (db *DB) Call(ctx context.Context, key string) (budget.Call, error) {
	return one(ctx, db, "call", scanCall, "SELECT "+callColumns+" FROM calls WHERE key = $1", key)
}

// Overdue implements budget.Store: oldest first.
func (db *DB) Overdue(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return list(ctx, db, func(s scanner) (key string, err error) {
		err = s.Scan(&key)
		return key, err
	}, "SELECT key FROM calls WHERE state = 'reserved' AND expires_at < $1 ORDER BY expires_at LIMIT $2", micros(before), within(limit, 1000))
}

// Costs implements budget.Store.
func (db *DB) Costs(ctx context.Context, f budget.Filter, limit int) ([]budget.Cost, error) {
	until := int64(1) << 62
	if !f.Until.IsZero() {
		until = micros(f.Until)
	}
	// The two databases give sums of their own types, so both are told which.
	return list(ctx, db, func(s scanner) (c budget.Cost, err error) {
		err = s.Scan(&c.Day, &c.Campaign, &c.Capability, &c.Provider, &c.Model, &c.Outcome, &c.Calls, &c.Money, &c.Pictures, &c.Tokens)
		return c, err
	}, `SELECT day, campaign, capability, provider, model, outcome, count(*), CAST(sum(cost_money) AS BIGINT),
			CAST(sum(cost_pictures) AS BIGINT), CAST(sum(cost_tokens) AS BIGINT)
		FROM calls WHERE state <> 'reserved' AND made_at >= $1 AND made_at < $2 AND ($3 = '' OR campaign = $3)
		GROUP BY day, campaign, capability, provider, model, outcome
		ORDER BY day DESC, campaign, capability, provider, model, outcome LIMIT $4`,
		micros(f.From), until, f.Campaign, within(limit, 10_000))
}

const alertColumns = "id, account, kind, name, period, from_day, percent, at"

func scanAlert(s scanner) (a budget.Alert, err error) {
	err = s.Scan(&a.ID, &a.Account, &a.Scope.Kind, &a.Scope.Name, &a.Period, &a.From, &a.Percent, timeInto{&a.At})
	return a, err
}

// InsertAlert implements budget.Store.
func (db *DB) InsertAlert(ctx context.Context, a budget.Alert) (int64, error) {
	return returning(ctx, db, "alert", func(s scanner) (id int64, err error) {
		err = s.Scan(&id)
		return id, err
	}, `INSERT INTO budget_alerts (account, kind, name, period, from_day, percent, at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		a.Account, string(a.Scope.Kind), a.Scope.Name, string(a.Period), a.From, a.Percent, micros(a.At))
}

// Alert implements budget.Store.
func (db *DB) Alert(ctx context.Context, id int64) (budget.Alert, error) {
	return one(ctx, db, "alert", scanAlert, "SELECT "+alertColumns+" FROM budget_alerts WHERE id = $1", id)
}

// Alerts implements budget.Store.
func (db *DB) Alerts(ctx context.Context, limit int) ([]budget.Alert, error) {
	return list(ctx, db, scanAlert, "SELECT "+alertColumns+" FROM budget_alerts ORDER BY id DESC LIMIT $1", within(limit, 1000))
}
