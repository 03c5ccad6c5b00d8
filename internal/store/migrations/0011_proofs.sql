-- What the marks' own pixels were like in a work's final picture: one proof for
-- each work, of the revision that was last looked at.
CREATE TABLE proofs (
    creation_id TEXT PRIMARY KEY REFERENCES creations (id) ON DELETE CASCADE,
    revision    BIGINT NOT NULL,
    kit         TEXT NOT NULL,
    width       BIGINT NOT NULL,
    height      BIGINT NOT NULL,
    exact       BIGINT NOT NULL,
    marks       TEXT NOT NULL,
    at          BIGINT NOT NULL
);
