-- last_event numbers the events of a generation: counting on this row makes
-- writers of one generation wait for each other, so numbers appear in order.
CREATE TABLE generations (
    id             TEXT PRIMARY KEY,
    campaign       TEXT NOT NULL,
    participant_id TEXT NOT NULL,
    prompt         TEXT NOT NULL,
    marks          TEXT NOT NULL,
    aspect         TEXT NOT NULL,
    locale         TEXT NOT NULL,
    seed           BIGINT NOT NULL,
    state          TEXT NOT NULL,
    code           TEXT NOT NULL,
    verdict        TEXT NOT NULL,
    provider       TEXT NOT NULL,
    model          TEXT NOT NULL,
    model_version  TEXT NOT NULL,
    fallback       BIGINT NOT NULL,
    created_at     BIGINT NOT NULL,
    ended_at       BIGINT NOT NULL DEFAULT 0,
    last_event     BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX generations_by_participant ON generations (participant_id, campaign, created_at DESC, id DESC);

CREATE TABLE candidates (
    id            TEXT PRIMARY KEY,
    generation_id TEXT NOT NULL REFERENCES generations (id) ON DELETE CASCADE,
    place         BIGINT NOT NULL CHECK (place >= 0),
    blob_key      TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    width         BIGINT NOT NULL,
    height        BIGINT NOT NULL,
    seed          BIGINT NOT NULL,
    alt           TEXT NOT NULL,
    missed        TEXT NOT NULL,
    provider      TEXT NOT NULL,
    model         TEXT NOT NULL,
    version       TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    UNIQUE (generation_id, place)
);

CREATE TABLE generation_events (
    generation_id TEXT NOT NULL REFERENCES generations (id) ON DELETE CASCADE,
    seq           BIGINT NOT NULL,
    kind          TEXT NOT NULL,
    data          TEXT NOT NULL,
    at            BIGINT NOT NULL,
    PRIMARY KEY (generation_id, seq)
);

CREATE TABLE creations (
    id             TEXT PRIMARY KEY,
    campaign       TEXT NOT NULL,
    participant_id TEXT NOT NULL,
    generation_id  TEXT NOT NULL,
    candidate_id   TEXT NOT NULL,
    composition    TEXT NOT NULL,
    revision       BIGINT NOT NULL,
    state          TEXT NOT NULL,
    blob_key       TEXT NOT NULL,
    alt            TEXT NOT NULL,
    kit            TEXT NOT NULL,
    kit_version    TEXT NOT NULL,
    provider       TEXT NOT NULL,
    model          TEXT NOT NULL,
    model_version  TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL
);

CREATE INDEX creations_by_participant ON creations (participant_id, campaign, created_at DESC, id DESC);
