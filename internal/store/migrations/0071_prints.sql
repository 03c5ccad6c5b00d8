-- Fingerprints of origins. The number is short because every row of the index
-- repeats it.
CREATE TABLE prints (
    number    {{serial}},
    origin_id BIGINT NOT NULL UNIQUE REFERENCES origins (id),
    quality   BIGINT NOT NULL,
    packed    {{bytes}} NOT NULL
);

-- Some forty rows a print, looked up by their word alone.
CREATE TABLE print_words (
    word   INTEGER NOT NULL,
    print  INTEGER NOT NULL,
    place  BIGINT NOT NULL,
    PRIMARY KEY (word, print, place)
) {{clustered}};
