package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"marquee/internal/fingerprint"
)

const (
	// commonWord is how many works may have a word before it tells nothing.
	commonWord = 16
	// mostRows bounds what one search reads of the index.
	mostRows = fingerprint.MostWords * commonWord
	// mostSimilar bounds how many works are given.
	mostSimilar = 64
)

// The queries that take many numbers at once are where the two databases
// differ: both get a JSON array.
type printQueries struct{ common, put, find, prints string }

var printsOf = map[Kind]printQueries{
	SQLite: {
		common: "SELECT q.value, (SELECT COUNT(*) FROM (SELECT 1 FROM print_words w WHERE w.word = q.value LIMIT " + strconv.Itoa(commonWord) + ")) FROM json_each($1) q",
		put: `INSERT INTO print_words (word, print, place)
			SELECT json_extract(e.value, '$[0]'), $1, json_extract(e.value, '$[1]') FROM json_each($2) e WHERE true ON CONFLICT DO NOTHING`,
		find:   "SELECT w.word << 32 | w.print, w.place FROM json_each($1) q CROSS JOIN print_words w WHERE w.word = q.value LIMIT " + strconv.Itoa(mostRows),
		prints: "SELECT p.number, p.origin_id, p.quality, p.packed FROM json_each($1) q CROSS JOIN prints p WHERE p.number = q.value",
	},
	Postgres: {
		common: `SELECT q.value, (SELECT COUNT(*) FROM (SELECT 1 FROM print_words w WHERE w.word = q.value LIMIT ` + strconv.Itoa(commonWord) + `) few)
			FROM (SELECT v::integer AS value FROM json_array_elements_text($1::json) v) q`,
		put: `INSERT INTO print_words (word, print, place)
			SELECT (e->>0)::integer, $1, (e->>1)::bigint FROM json_array_elements($2::json) e ON CONFLICT DO NOTHING`,
		// One walk along the index takes half of what a join with the words does,
		// and ORDER BY keeps the planner on it. All rows come as one text of bytes,
		// which is most of the time saved where many works share words.
		find: `SELECT string_agg(int4send(f.word) || int4send(f.print) || int8send(f.place), '')
			FROM (SELECT w.word, w.print, w.place FROM print_words w WHERE w.word = ANY ($1::text::integer[])
				ORDER BY w.word LIMIT ` + strconv.Itoa(mostRows) + `) f`,
		prints: "SELECT p.number, p.origin_id, p.quality, p.packed FROM prints p WHERE p.number = ANY ($1::text::bigint[])",
	},
}

// numbers writes numbers as the database's queries take them: an array of JSON
// for SQLite, one of PostgreSQL.
func numbers[T int32 | int64](kind Kind, all []T) string {
	var b strings.Builder
	open, end := byte('['), byte(']')
	if kind == Postgres {
		open, end = '{', '}'
	}
	b.WriteByte(open)
	for i, n := range all {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(int64(n), 10))
	}
	b.WriteByte(end)
	return b.String()
}

// PutPrint implements provenance.Prints.
func (db *DB) PutPrint(ctx context.Context, originID uint64, p fingerprint.Print) error {
	n, err := db.exec(ctx, `INSERT INTO prints (origin_id, quality, packed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		int64(originID), p.Quality, p.Pack())
	if err != nil || n == 0 {
		return err
	}
	var number int64
	if err := db.row(ctx, "SELECT number FROM prints WHERE origin_id = $1", []any{int64(originID)}, &number); err != nil {
		return err
	}
	common := map[int32]bool{}
	err = db.query(ctx, printsOf[db.kind].common, []any{asJSON(p.Words())}, func(s scanner) error {
		var word int32
		var works int
		err := s.Scan(&word, &works)
		common[word] = works >= commonWord
		return err
	})
	if err != nil {
		return err
	}
	rows := [][2]int64{}
	for _, e := range p.Entries(func(word int32) bool { return common[word] }) {
		rows = append(rows, [2]int64{int64(e.Word), e.Place})
	}
	return db.put(ctx, printsOf[db.kind].put, number, asJSON(rows))
}

// Similar implements provenance.Prints.
func (db *DB) Similar(ctx context.Context, q fingerprint.Query, limit int) ([]fingerprint.Match, error) {
	limit = min(max(limit, 1), mostSimilar)
	queries := printsOf[db.kind]
	rows, err := db.entries(ctx, q.Words())
	if err != nil {
		return nil, err
	}
	found := q.Candidates(rows)
	ids := make([]int64, len(found))
	byNumber := map[int64]fingerprint.Candidate{}
	for i, c := range found {
		ids[i], byNumber[c.Print] = c.Print, c
	}
	all := []fingerprint.Match{}
	err = db.query(ctx, queries.prints, []any{numbers(db.kind, ids)}, func(s scanner) error {
		var number, origin int64
		var quality int
		var packed []byte
		if err := s.Scan(&number, &origin, &quality, &packed); err != nil {
			return err
		}
		p, err := fingerprint.Unpack(packed, quality)
		if err != nil {
			return err
		}
		all = append(all, q.Match(byNumber[number], uint64(origin), p))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return fingerprint.Ranked(all, limit), nil
}

// entryBytes is what an entry takes in PostgreSQL's answer: word and print in
// four bytes each, place in eight.
const entryBytes = 16

// entries reads what the index has for the words, at most mostRows.
func (db *DB) entries(ctx context.Context, words []int32) ([]fingerprint.Row, error) {
	var rows []fingerprint.Row
	var of, place any // word and print in one, which is read sooner than two
	err := db.query(ctx, printsOf[db.kind].find, []any{numbers(db.kind, words)}, func(s scanner) error {
		if db.kind == SQLite {
			// Into any, for database/sql takes a number to another by way of its text.
			if err := s.Scan(&of, &place); err != nil {
				return err
			}
			n, ok := of.(int64)
			at, also := place.(int64)
			if !ok || !also {
				return fmt.Errorf("an entry of prints is a %T and a %T", of, place)
			}
			rows = append(rows, fingerprint.Row{Print: n & math.MaxUint32, Entry: fingerprint.Entry{Word: int32(n >> 32), Place: at}})
			return nil
		}
		var packed []byte // NULL where nothing was found
		if err := s.Scan(&packed); err != nil {
			return err
		}
		rows = make([]fingerprint.Row, 0, len(packed)/entryBytes)
		for ; len(packed) >= entryBytes; packed = packed[entryBytes:] {
			rows = append(rows, fingerprint.Row{
				Print: int64(binary.BigEndian.Uint32(packed[4:])),
				Entry: fingerprint.Entry{Word: int32(binary.BigEndian.Uint32(packed)), Place: int64(binary.BigEndian.Uint64(packed[8:]))},
			})
		}
		return nil
	})
	return rows, err
}
