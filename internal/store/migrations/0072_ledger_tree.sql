-- How far the ledger's tree is, and who lets it grow: one row.
CREATE TABLE ledger_tree (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    size       BIGINT NOT NULL,
    seq        BIGINT NOT NULL,
    checkpoint TEXT NOT NULL,
    verifier   TEXT NOT NULL,
    fence      BIGINT NOT NULL,
    holder     TEXT NOT NULL,
    beats      BIGINT NOT NULL
);

INSERT INTO ledger_tree (one, size, seq, checkpoint, verifier, fence, holder, beats) VALUES (1, 0, 0, '', '', 0, '', 0);

-- Which row each leaf stands for. It refers to rows without holding them: a row
-- that somebody takes out is to be noticed, not to be impossible to report.
CREATE TABLE ledger_leaves (
    idx    BIGINT PRIMARY KEY,
    seq    BIGINT NOT NULL UNIQUE,
    row_id TEXT NOT NULL
);

CREATE TABLE ledger_tiles (
    level BIGINT NOT NULL,
    n     BIGINT NOT NULL,
    data  {{bytes}} NOT NULL,
    PRIMARY KEY (level, n)
);

CREATE TABLE ledger_witnesses (
    name       TEXT PRIMARY KEY,
    size       BIGINT NOT NULL,
    checkpoint TEXT NOT NULL,
    line       TEXT NOT NULL,
    at         BIGINT NOT NULL
);
