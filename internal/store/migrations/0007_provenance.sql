-- A row is about bytes that went out into the world, so it has no foreign key
-- and outlives what it was rendered from.
CREATE TABLE renditions (
    sha256       TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    campaign     TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    format       TEXT NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    blob_key     TEXT NOT NULL,
    provider     TEXT NOT NULL,
    model        TEXT NOT NULL,
    version      TEXT NOT NULL,
    marks        TEXT NOT NULL,
    kit          TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (sha256, subject_kind, subject_id, revision, format, width)
);

CREATE INDEX renditions_of_subject ON renditions (subject_kind, subject_id, revision, format, width, created_at DESC);
