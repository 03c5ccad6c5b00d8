-- Like renditions, these rows are about what went out into the world: they have
-- no foreign key to a work and outlive it.
CREATE TABLE origins (
    id           BIGINT PRIMARY KEY CHECK (id > 0),
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    campaign     TEXT NOT NULL,
    kit          TEXT NOT NULL,
    provider     TEXT NOT NULL,
    model        TEXT NOT NULL,
    version      TEXT NOT NULL,
    marks        TEXT NOT NULL,
    source_type  TEXT NOT NULL,
    pixels       TEXT NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    master_key   TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    UNIQUE (subject_kind, subject_id, revision)
);

CREATE TABLE manifests (
    label      TEXT PRIMARY KEY,
    origin_id  BIGINT NOT NULL REFERENCES origins (id),
    stage      TEXT NOT NULL,
    blob_key   TEXT NOT NULL,
    stamped    BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX manifests_of_origin ON manifests (origin_id, created_at);

ALTER TABLE renditions ADD COLUMN origin_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE renditions ADD COLUMN variant TEXT NOT NULL DEFAULT '';
ALTER TABLE renditions ADD COLUMN manifest TEXT NOT NULL DEFAULT '';
ALTER TABLE renditions ADD COLUMN watermarked BIGINT NOT NULL DEFAULT 0;

CREATE INDEX renditions_by_manifest ON renditions (manifest);
