package store

import (
	"context"

	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/fault"
)

const limitColumns = "kind, name, period, money, pictures, tokens, calls"

func scanLimit(s scanner) (l budget.Limit, err error) {
	err = s.Scan(&l.Scope.Kind, &l.Scope.Name, &l.Period, &l.Most.Money, &l.Most.Pictures, &l.Most.Tokens, &l.Most.Calls)
	return l, err
}

// SetLimit implements budget.Store.
func (db *DB) SetLimit(ctx context.Context, l budget.Limit, day string) error {
	m := l.Most
	err := db.put(ctx, "INSERT INTO budget_limits ("+limitColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (kind, name, period) DO UPDATE SET
		money = excluded.money, pictures = excluded.pictures, tokens = excluded.tokens, calls = excluded.calls`,
		string(l.Scope.Kind), l.Scope.Name, string(l.Period), m.Money, m.Pictures, m.Tokens, m.Calls)
	if err != nil {
		return err
	}
	return db.rebound(ctx, l, day)
}

// rebound gives a limit's accounts their new bound. The limit's row is locked by
// then, so no account is opened meanwhile with the old one. What was told of
// the old bound is told again of the new one when its time comes.
func (db *DB) rebound(ctx context.Context, l budget.Limit, day string) error {
	m := l.Most
	args := []any{string(l.Scope.Kind), l.Scope.Name, string(l.Period), day, m.Money, m.Pictures, m.Tokens, m.Calls}
	const (
		ours  = "kind = $1 AND name = $2 AND period = $3 AND (from_day = '' OR from_day >= $4)"
		other = "(most_money <> $5 OR most_pictures <> $6 OR most_tokens <> $7 OR most_calls <> $8)"
	)
	err := db.put(ctx, `UPDATE budget_accounts SET most_money = $5, most_pictures = $6, most_tokens = $7, most_calls = $8, told = 0
		WHERE `+ours+" AND "+other+`
			AND (CAST($5 AS BIGINT) < 0 OR reserved_money + spent_money <= $5)
			AND (CAST($6 AS BIGINT) < 0 OR reserved_pictures + spent_pictures <= $6)
			AND (CAST($7 AS BIGINT) < 0 OR reserved_tokens + spent_tokens <= $7)
			AND (CAST($8 AS BIGINT) < 0 OR reserved_calls + spent_calls <= $8)`, args...)
	if err != nil {
		return err
	}
	var over int64
	if err := db.row(ctx, "SELECT count(*) FROM budget_accounts WHERE "+ours+" AND "+other, args, &over); err != nil {
		return err
	}
	if over > 0 {
		return fault.New(fault.Conflict, "budget_in_use", "More of the budget than that is used already. Please choose a higher limit.")
	}
	return nil
}

// RemoveLimit implements budget.Store.
func (db *DB) RemoveLimit(ctx context.Context, s budget.Scope, p budget.Period) error {
	return db.must(ctx, "budget", "DELETE FROM budget_limits WHERE kind = $1 AND name = $2 AND period = $3", string(s.Kind), s.Name, string(p))
}

// Limits implements budget.Store: by kind, name and period. More than places
// scopes are never asked for at once.
func (db *DB) Limits(ctx context.Context, scopes []budget.Scope) ([]budget.Limit, error) {
	const order = " ORDER BY kind, name, period"
	if len(scopes) == 0 {
		return list(ctx, db, scanLimit, "SELECT "+limitColumns+" FROM budget_limits"+order)
	}
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s.Kind) + ":" + s.Name
	}
	return list(ctx, db, scanLimit, "SELECT "+limitColumns+" FROM budget_limits WHERE kind || ':' || name IN "+inList(1)+order, values(names)...)
}

const accountColumns = `id, kind, name, period, from_day, most_money, most_pictures, most_tokens, most_calls,
	reserved_money, reserved_pictures, reserved_tokens, reserved_calls, spent_money, spent_pictures, spent_tokens, spent_calls, told`

func scanAccount(s scanner) (a budget.Account, err error) {
	m, r, p := &a.Limit.Most, &a.Reserved, &a.Spent
	err = s.Scan(&a.ID, &a.Limit.Scope.Kind, &a.Limit.Scope.Name, &a.Limit.Period, &a.From, &m.Money, &m.Pictures, &m.Tokens, &m.Calls,
		&r.Money, &r.Pictures, &r.Tokens, &r.Calls, &p.Money, &p.Pictures, &p.Tokens, &p.Calls, &a.Told)
	return a, err
}

// OpenAccount implements budget.Store. The limit's row is locked first, so that
// whoever changes it meanwhile is waited for.
func (db *DB) OpenAccount(ctx context.Context, a budget.Account) error {
	l := a.Limit
	most, err := returning(ctx, db, "budget", scanLimit,
		"UPDATE budget_limits SET period = period WHERE kind = $1 AND name = $2 AND period = $3 RETURNING "+limitColumns,
		string(l.Scope.Kind), l.Scope.Name, string(l.Period))
	if err != nil {
		return err
	}
	m := most.Most
	return db.put(ctx, `INSERT INTO budget_accounts (id, kind, name, period, from_day, most_money, most_pictures, most_tokens, most_calls)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
		a.ID, string(l.Scope.Kind), l.Scope.Name, string(l.Period), a.From, m.Money, m.Pictures, m.Tokens, m.Calls)
}

// Take implements budget.Store.
func (db *DB) Take(ctx context.Context, account string, n budget.Amount) (bool, error) {
	took, err := db.changed(ctx, `UPDATE budget_accounts SET reserved_money = reserved_money + $2, reserved_pictures = reserved_pictures + $3,
			reserved_tokens = reserved_tokens + $4, reserved_calls = reserved_calls + $5
		WHERE id = $1
			AND (most_money < 0 OR reserved_money + spent_money + $2 <= most_money)
			AND (most_pictures < 0 OR reserved_pictures + spent_pictures + $3 <= most_pictures)
			AND (most_tokens < 0 OR reserved_tokens + spent_tokens + $4 <= most_tokens)
			AND (most_calls < 0 OR reserved_calls + spent_calls + $5 <= most_calls)`,
		account, n.Money, n.Pictures, n.Tokens, n.Calls)
	if err != nil || took {
		return took, err
	}
	_, err = db.Account(ctx, account)
	return false, err
}

// Settle implements budget.Store.
func (db *DB) Settle(ctx context.Context, account string, reserved, spent budget.Amount) (budget.Account, error) {
	return returning(ctx, db, "budget", scanAccount, `UPDATE budget_accounts SET
			reserved_money = reserved_money - $2, reserved_pictures = reserved_pictures - $3,
			reserved_tokens = reserved_tokens - $4, reserved_calls = reserved_calls - $5,
			spent_money = spent_money + $6, spent_pictures = spent_pictures + $7,
			spent_tokens = spent_tokens + $8, spent_calls = spent_calls + $9
		WHERE id = $1 RETURNING `+accountColumns,
		account, reserved.Money, reserved.Pictures, reserved.Tokens, reserved.Calls, spent.Money, spent.Pictures, spent.Tokens, spent.Calls)
}

// Account implements budget.Store.
func (db *DB) Account(ctx context.Context, id string) (budget.Account, error) {
	return one(ctx, db, "budget", scanAccount, "SELECT "+accountColumns+" FROM budget_accounts WHERE id = $1", id)
}

// Accounts implements budget.Store: by id.
func (db *DB) Accounts(ctx context.Context, s budget.Scope, day string, limit int) ([]budget.Account, error) {
	return list(ctx, db, scanAccount, "SELECT "+accountColumns+` FROM budget_accounts
		WHERE (from_day = '' OR from_day >= $1) AND ($2 = '' OR kind = $2 AND name = $3) ORDER BY id LIMIT $4`,
		day, string(s.Kind), s.Name, within(limit, 1000))
}

// ForgetDays implements budget.Store.
func (db *DB) ForgetDays(ctx context.Context, k budget.Kind, before string) error {
	return db.put(ctx, `DELETE FROM budget_accounts WHERE kind = $1 AND from_day <> '' AND from_day < $2
		AND reserved_money = 0 AND reserved_pictures = 0 AND reserved_tokens = 0 AND reserved_calls = 0`, string(k), before)
}

// Tell implements budget.Store.
func (db *DB) Tell(ctx context.Context, account string, percent int) (bool, error) {
	return db.changed(ctx, "UPDATE budget_accounts SET told = $2 WHERE id = $1 AND told < $2", account, percent)
}

// SetBudget implements campaign.Store. A limit below what is reserved and
// spent is a Conflict with code "budget_in_use", a negative one is Invalid.
func (db *DB) SetBudget(ctx context.Context, slug string, pictures int64) error {
	if pictures < 0 {
		return fault.New(fault.Invalid, "budget_negative", "A budget can't be less than 0.")
	}
	l, err := returning(ctx, db, "budget", scanLimit, "INSERT INTO budget_limits ("+limitColumns+`) VALUES ('campaign', $1, 'whole', -1, $2, -1, -1)
		ON CONFLICT (kind, name, period) DO UPDATE SET pictures = excluded.pictures RETURNING `+limitColumns, slug, pictures)
	if err != nil {
		return err
	}
	if err := db.OpenAccount(ctx, budget.Account{ID: campaignAccount(slug), Limit: l}); err != nil {
		return err
	}
	return db.rebound(ctx, l, "")
}

// Budget implements campaign.Store.
func (db *DB) Budget(ctx context.Context, slug string) (campaign.Budget, error) {
	a, err := db.Account(ctx, campaignAccount(slug))
	return campaign.Budget{Campaign: slug, Limit: a.Limit.Most.Pictures, Reserved: a.Reserved.Pictures, Spent: a.Spent.Pictures}, err
}

func campaignAccount(slug string) string {
	return budget.ID(budget.Scope{Kind: budget.Campaign, Name: slug}, budget.Whole, "")
}
