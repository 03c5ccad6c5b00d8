-- A node counts its beats up; others watch the count, not the clock, so that
-- machines whose clocks differ never take each other for dead.
CREATE TABLE nodes (
    id         TEXT PRIMARY KEY,
    started_at BIGINT NOT NULL,
    beats      BIGINT NOT NULL
);
