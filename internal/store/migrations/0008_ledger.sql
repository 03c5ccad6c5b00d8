CREATE TABLE ledger (
    seq          {{serial}},
    id           TEXT NOT NULL UNIQUE,
    at           BIGINT NOT NULL,
    action       TEXT NOT NULL,
    role         TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    campaign     TEXT NOT NULL,
    public       TEXT NOT NULL,
    commitment   {{bytes}}
);

CREATE TABLE ledger_salts (
    row_id      TEXT PRIMARY KEY REFERENCES ledger (id),
    participant TEXT NOT NULL,
    salt        {{bytes}} NOT NULL
);

CREATE INDEX ledger_salts_by_participant ON ledger_salts (participant);
