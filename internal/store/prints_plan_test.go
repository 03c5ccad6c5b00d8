package store

import (
	"path/filepath"
	"strings"
	"testing"

	"marquee/internal/store/pgtest"
)

// TestPrintPlans says that a search of fingerprints reads the index of words
// and nothing else, and then the prints by their numbers.
func TestPrintPlans(t *testing.T) {
	t.Parallel()
	for kind, address := range map[Kind]func(t *testing.T) string{
		SQLite:   func(t *testing.T) string { return filepath.Join(t.TempDir(), "plans.db") },
		Postgres: func(t *testing.T) string { return pgtest.Shared(t).Database(t, "") },
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			db, err := Open(t.Context(), Config{Database: address(t)})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			explain := "EXPLAIN QUERY PLAN "
			wanted := map[string]string{printsOf[kind].find: "SEARCH w USING PRIMARY KEY (word=?)", printsOf[kind].prints: "SEARCH p USING INTEGER PRIMARY KEY"}
			if kind == Postgres {
				explain = "EXPLAIN "
				wanted = map[string]string{printsOf[kind].find: "Index Only Scan using print_words_pkey", printsOf[kind].prints: "prints_pkey"}
				// It chooses by what is there, and by how much of it all may see: only
				// what is in its log already.
				for _, q := range []string{
					"INSERT INTO origins SELECT n, 'creation', n::text, 1, '', '', '', '', '', '', '', '', 1, 1, '', 1 FROM generate_series(1, 20000) n",
					"INSERT INTO prints SELECT n, n, 100, '' FROM generate_series(1, 20000) n",
					"INSERT INTO print_words SELECT n * 1000, n % 20000, n FROM generate_series(1, 200000) n",
					"CHECKPOINT", "VACUUM ANALYZE print_words", "VACUUM ANALYZE prints",
				} {
					if _, err := db.pool.Exec(t.Context(), q); err != nil {
						t.Fatal(err)
					}
				}
			}
			words := make([]int32, 1500)
			for i := range words {
				words[i] = int32(i * 170_000)
			}
			for query, want := range wanted {
				var plan []string
				dest := []any{new(string)}
				if kind == SQLite {
					dest = []any{new(int), new(int), new(int), new(string)}
				}
				argument := numbers(kind, words)
				if query == printsOf[kind].prints {
					argument = numbers(kind, []int64{3, 5, 8, 13, 21, 34, 55, 89})
				}
				err := db.query(t.Context(), explain+query, []any{argument}, func(s scanner) error {
					err := s.Scan(dest...)
					plan = append(plan, *dest[len(dest)-1].(*string))
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				whole := strings.Join(plan, "; ")
				if !strings.Contains(whole, want) || strings.Contains(whole, "Seq Scan") || strings.Contains(whole, "SCAN w") || strings.Contains(whole, "SCAN p") {
					t.Errorf("%s\n\tis done by %.900s", query, whole)
				}
			}
		})
	}
}
