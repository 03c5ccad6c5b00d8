CREATE TABLE budget_limits (
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    period   TEXT NOT NULL,
    money    BIGINT NOT NULL CHECK (money >= -1),
    pictures BIGINT NOT NULL CHECK (pictures >= -1),
    tokens   BIGINT NOT NULL CHECK (tokens >= -1),
    calls    BIGINT NOT NULL CHECK (calls >= -1),
    PRIMARY KEY (kind, name, period)
);

-- The checks are the promise itself: a budget can't be overspent even by a
-- query that someone writes tomorrow. A bound of -1 is none.
CREATE TABLE budget_accounts (
    id                TEXT PRIMARY KEY,
    kind              TEXT NOT NULL,
    name              TEXT NOT NULL,
    period            TEXT NOT NULL,
    from_day          TEXT NOT NULL,
    most_money        BIGINT NOT NULL,
    most_pictures     BIGINT NOT NULL,
    most_tokens       BIGINT NOT NULL,
    most_calls        BIGINT NOT NULL,
    reserved_money    BIGINT NOT NULL DEFAULT 0 CHECK (reserved_money >= 0),
    reserved_pictures BIGINT NOT NULL DEFAULT 0 CHECK (reserved_pictures >= 0),
    reserved_tokens   BIGINT NOT NULL DEFAULT 0 CHECK (reserved_tokens >= 0),
    reserved_calls    BIGINT NOT NULL DEFAULT 0 CHECK (reserved_calls >= 0),
    spent_money       BIGINT NOT NULL DEFAULT 0 CHECK (spent_money >= 0),
    spent_pictures    BIGINT NOT NULL DEFAULT 0 CHECK (spent_pictures >= 0),
    spent_tokens      BIGINT NOT NULL DEFAULT 0 CHECK (spent_tokens >= 0),
    spent_calls       BIGINT NOT NULL DEFAULT 0 CHECK (spent_calls >= 0),
    told              BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT money_within CHECK (most_money < 0 OR reserved_money + spent_money <= most_money),
    CONSTRAINT pictures_within CHECK (most_pictures < 0 OR reserved_pictures + spent_pictures <= most_pictures),
    CONSTRAINT tokens_within CHECK (most_tokens < 0 OR reserved_tokens + spent_tokens <= most_tokens),
    CONSTRAINT calls_within CHECK (most_calls < 0 OR reserved_calls + spent_calls <= most_calls)
);

CREATE INDEX budget_accounts_of_limit ON budget_accounts (kind, name, period, from_day);

-- A call to a provider, from its reservation to its cost. Who asked is not
-- kept.
CREATE TABLE calls (
    key           TEXT PRIMARY KEY,
    wanted        TEXT NOT NULL,
    campaign      TEXT NOT NULL,
    market        TEXT NOT NULL,
    team          TEXT NOT NULL,
    capability    TEXT NOT NULL,
    provider      TEXT NOT NULL,
    model         TEXT NOT NULL,
    version       TEXT NOT NULL,
    most_money    BIGINT NOT NULL,
    most_pictures BIGINT NOT NULL,
    most_tokens   BIGINT NOT NULL,
    most_calls    BIGINT NOT NULL,
    priced        BIGINT NOT NULL,
    state         TEXT NOT NULL,
    cost_money    BIGINT NOT NULL DEFAULT 0,
    cost_pictures BIGINT NOT NULL DEFAULT 0,
    cost_tokens   BIGINT NOT NULL DEFAULT 0,
    cost_calls    BIGINT NOT NULL DEFAULT 0,
    outcome       TEXT NOT NULL,
    accounts      TEXT NOT NULL,
    day           TEXT NOT NULL,
    made_at       BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    ended_at      BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX calls_overdue ON calls (expires_at) WHERE state = 'reserved';

CREATE INDEX calls_by_time ON calls (made_at);

CREATE INDEX calls_by_campaign ON calls (campaign, made_at);

CREATE TABLE budget_alerts (
    id       {{serial}},
    account  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    period   TEXT NOT NULL,
    from_day TEXT NOT NULL,
    percent  BIGINT NOT NULL,
    at       BIGINT NOT NULL
);

INSERT INTO budget_limits (kind, name, period, money, pictures, tokens, calls)
SELECT 'campaign', campaign, 'whole', -1, pictures, -1, -1 FROM budgets;

-- What was reserved and never settled counts as spent.
INSERT INTO budget_accounts (id, kind, name, period, from_day, most_money, most_pictures, most_tokens, most_calls, spent_pictures)
SELECT 'campaign:' || campaign || '@whole', 'campaign', campaign, 'whole', '', -1, pictures, -1, -1, reserved + spent FROM budgets;

DROP TABLE reservations;

DROP TABLE budgets;
