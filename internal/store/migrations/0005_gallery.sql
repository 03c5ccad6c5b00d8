CREATE TABLE entries (
    id             TEXT PRIMARY KEY,
    creation_id    TEXT NOT NULL,
    campaign       TEXT NOT NULL,
    participant_id TEXT NOT NULL,
    title          TEXT NOT NULL,
    display_name   TEXT NOT NULL,
    alt            TEXT NOT NULL,
    revision       BIGINT NOT NULL,
    width          BIGINT NOT NULL,
    height         BIGINT NOT NULL,
    state          TEXT NOT NULL,
    reason         TEXT NOT NULL,
    votes          BIGINT NOT NULL DEFAULT 0 CHECK (votes >= 0),
    submitted_at   BIGINT NOT NULL,
    published_at   BIGINT NOT NULL DEFAULT 0
);

-- A creation is never in the gallery, or on its way there, twice.
CREATE UNIQUE INDEX entries_one_active ON entries (creation_id) WHERE state IN ('waiting', 'published');

CREATE INDEX entries_of_creation ON entries (creation_id, submitted_at DESC, id DESC);

-- Each order of the gallery is one walk down one index, at any size.
CREATE INDEX entries_newest ON entries (campaign, state, published_at DESC, id DESC);

CREATE INDEX entries_loved ON entries (campaign, state, votes DESC, published_at DESC, id DESC);

CREATE TABLE votes (
    entry_id       TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    participant_id TEXT NOT NULL,
    at             BIGINT NOT NULL,
    PRIMARY KEY (entry_id, participant_id)
);

CREATE INDEX votes_by_participant ON votes (participant_id, entry_id);

CREATE TABLE address_votes (
    campaign TEXT NOT NULL,
    day      TEXT NOT NULL,
    address  TEXT NOT NULL,
    votes    BIGINT NOT NULL,
    refused  BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (campaign, day, address)
);

CREATE INDEX address_votes_capped ON address_votes (campaign, refused DESC, last_at DESC) WHERE refused > 0;

CREATE TABLE reports (
    id             TEXT PRIMARY KEY,
    entry_id       TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    campaign       TEXT NOT NULL,
    participant_id TEXT NOT NULL,
    reason         TEXT NOT NULL,
    text           TEXT NOT NULL,
    secret_hash    TEXT NOT NULL UNIQUE,
    state          TEXT NOT NULL,
    answer         TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    decided_at     BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX reports_of_entry ON reports (entry_id);

CREATE INDEX reports_by_participant ON reports (participant_id) WHERE participant_id <> '';
