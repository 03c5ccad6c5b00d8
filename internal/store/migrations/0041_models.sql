CREATE TABLE models (
    id          TEXT PRIMARY KEY,
    provider    TEXT NOT NULL,
    name        TEXT NOT NULL,
    version     TEXT NOT NULL,
    about       TEXT NOT NULL,
    state       TEXT NOT NULL,
    added_by    TEXT NOT NULL,
    added_at    BIGINT NOT NULL,
    approved_by TEXT NOT NULL,
    approved_at BIGINT NOT NULL,
    retired_at  BIGINT NOT NULL,
    UNIQUE (provider, name, version)
);

CREATE TABLE canaries (
    capability TEXT NOT NULL,
    incumbent  TEXT NOT NULL,
    provider   TEXT NOT NULL,
    percent    BIGINT NOT NULL,
    calls      BIGINT NOT NULL,
    margin     BIGINT NOT NULL,
    returned   BIGINT NOT NULL,
    old_calls  BIGINT NOT NULL,
    old_failed BIGINT NOT NULL,
    new_calls  BIGINT NOT NULL,
    new_failed BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    PRIMARY KEY (capability, incumbent)
);

-- Only sealed: what opens it is not in the database.
CREATE TABLE provider_keys (
    provider   TEXT PRIMARY KEY,
    sealed     {{bytes}} NOT NULL,
    changed_at BIGINT NOT NULL
);
