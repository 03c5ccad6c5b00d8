-- No foreign key leaves its domain: the order in which a person is erased from
-- each domain is the services' to choose.
CREATE TABLE participants (
    id         TEXT PRIMARY KEY,
    locale     TEXT NOT NULL,
    age_band   TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE arrivals (
    participant_id TEXT NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
    campaign       TEXT NOT NULL,
    market         TEXT NOT NULL,
    terms_version  TEXT NOT NULL,
    at             BIGINT NOT NULL,
    PRIMARY KEY (participant_id, campaign)
);

CREATE TABLE consents (
    participant_id TEXT NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
    campaign       TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    version        TEXT NOT NULL,
    given_at       BIGINT NOT NULL,
    withdrawn_at   BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (participant_id, campaign, purpose)
);

CREATE TABLE links (
    hash           TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL
);

CREATE INDEX links_by_participant ON links (participant_id);
