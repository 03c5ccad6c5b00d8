CREATE TABLE review_items (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    subject_id  TEXT NOT NULL,
    creation_id TEXT NOT NULL,
    campaign    TEXT NOT NULL,
    state       TEXT NOT NULL,
    who         TEXT NOT NULL,
    words       TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    decided_at  BIGINT NOT NULL DEFAULT 0,
    decided_by  TEXT NOT NULL,
    reason      TEXT NOT NULL
);

CREATE INDEX review_items_by_time ON review_items (created_at, id);

CREATE INDEX review_items_by_state ON review_items (state, created_at, id);

CREATE INDEX review_items_by_kind ON review_items (kind, created_at, id);

CREATE INDEX review_items_by_campaign ON review_items (campaign, state, created_at, id);

CREATE INDEX review_items_of_subject ON review_items (kind, subject_id, created_at DESC, id DESC);

-- What concerns a creation is forgotten with it.
CREATE INDEX review_items_of_creation ON review_items (creation_id) WHERE creation_id <> '';
