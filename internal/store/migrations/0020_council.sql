CREATE TABLE policy_packs (
    id          TEXT PRIMARY KEY,
    pack        TEXT NOT NULL,
    number      TEXT NOT NULL,
    layer       TEXT NOT NULL,
    body        TEXT NOT NULL,
    state       TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by  TEXT NOT NULL DEFAULT '',
    decided_at  BIGINT NOT NULL DEFAULT 0
);

-- One version of a pack is in force, and a number is given once.
CREATE UNIQUE INDEX policy_packs_in_force ON policy_packs (pack) WHERE state = 'active';

CREATE UNIQUE INDEX policy_packs_numbers ON policy_packs (pack, number) WHERE state <> 'withdrawn';

-- What was judged, without its words, for dry runs of new packs.
CREATE TABLE policy_past (
    id       TEXT PRIMARY KEY,
    at       BIGINT NOT NULL,
    campaign TEXT NOT NULL,
    input    TEXT NOT NULL
);

CREATE INDEX policy_past_by_time ON policy_past (at);

CREATE INDEX policy_past_of_campaign ON policy_past (campaign, at);
