CREATE TABLE guard_runs (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    locale  TEXT NOT NULL,
    run_by  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    took    BIGINT NOT NULL,
    version TEXT NOT NULL,
    total   TEXT NOT NULL,
    result  TEXT NOT NULL
);

CREATE INDEX guard_runs_by_time ON guard_runs (at, id);

CREATE TABLE guard_marks (
    id        TEXT PRIMARY KEY,
    marked    TEXT NOT NULL,
    marked_by TEXT NOT NULL,
    at        BIGINT NOT NULL,
    version   TEXT NOT NULL
);

CREATE INDEX guard_marks_by_time ON guard_marks (at, id);
