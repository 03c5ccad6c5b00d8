CREATE TABLE campaigns (
    slug       TEXT PRIMARY KEY,
    state      TEXT NOT NULL,
    file       TEXT NOT NULL,
    revision   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE kits (
    id         TEXT NOT NULL,
    version    TEXT NOT NULL,
    hash       TEXT NOT NULL,
    files      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id, version)
);

-- The check is the promise itself: a budget can't be overspent even by a
-- query that someone writes tomorrow.
CREATE TABLE budgets (
    campaign TEXT PRIMARY KEY,
    pictures BIGINT NOT NULL,
    reserved BIGINT NOT NULL DEFAULT 0,
    spent    BIGINT NOT NULL DEFAULT 0,
    CHECK (reserved >= 0 AND spent >= 0 AND reserved + spent <= pictures)
);

CREATE TABLE reservations (
    key      TEXT PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES budgets (campaign) ON DELETE CASCADE,
    pictures BIGINT NOT NULL CHECK (pictures >= 0),
    settled  BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX reservations_by_campaign ON reservations (campaign);
