package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"image"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/disintegration/imaging"

	"marquee/internal/fingerprint"
	"marquee/internal/paint"
	"marquee/internal/provenance"
	"marquee/internal/store"
)

// benchPrints names the variable that sizes the register for benchmarks:
//
//	MARQUEE_BENCH_PRINTS=1000000 go test -tags nodynamic -run '^$' -bench Similar -timeout 60m ./internal/store
const benchPrints = "MARQUEE_BENCH_PRINTS"

// fillPrints makes n prints of nothing real: 32 parts and 10 pieces of the
// whole each, their words spread evenly. They are made in the order of the
// index, since making them one by one would take hours.
func fillPrints(b *testing.B, db *store.DB, address string, n int) {
	b.Helper()
	const parts, wholes = 32, 10
	driver, random, bytes, settle := "sqlite", "abs(random() / 2)", "randomblob(608)", []string{"PRAGMA wal_checkpoint(TRUNCATE)"}
	if db.Kind() == store.Postgres {
		driver, random, bytes = "pgx", "floor(random() * 4611686018427387904)::bigint", "decode(repeat(md5(n::text), 38), 'hex')"
		settle = []string{"CHECKPOINT", "VACUUM ANALYZE print_words", "VACUUM ANALYZE prints", "VACUUM ANALYZE origins"}
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	numbers := func(most int) string {
		return fmt.Sprintf("WITH RECURSIVE numbers (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)", most)
	}
	words := func(first, span, rows int) string {
		gap := max(span/rows, 1)
		return numbers(rows) + fmt.Sprintf(` INSERT INTO print_words (word, print, place)
			SELECT %d + (n - 1) * %d + (%s %% %d), %s %% %d + 1, %s FROM numbers WHERE true ON CONFLICT DO NOTHING`,
			first, gap, random, gap, random, n, random)
	}
	begin := time.Now()
	for _, q := range append([]string{
		numbers(n) + ` INSERT INTO origins (id, subject_kind, subject_id, revision, campaign, kit, provider, model, version, marks,
			source_type, pixels, width, height, master_key, created_at)
			SELECT n + 1000, 'creation', 'c' || n, 1, 'winter', '', '', '', '', '[]', '', '', 1, 1, '', 1 FROM numbers`,
		numbers(n) + ` INSERT INTO prints (origin_id, quality, packed) SELECT n + 1000, 100, ` + bytes + ` FROM numbers`,
		words(0, 1<<28, parts*n), words(1<<28, wholes<<25, wholes*n),
	}, settle...) {
		if _, err := raw.ExecContext(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d prints made in %v; the database takes %.0f MB for them", n, time.Since(begin).Round(time.Second), megabytes(b, db.Kind(), raw, address))
}

// makeCommon gives one in every so many of the words that are going to be
// looked up to fifteen prints more, nearly as many as may have it: works that
// are alike share words.
func makeCommon(b *testing.B, kind store.Kind, address string, every int, queries []fingerprint.Query) {
	b.Helper()
	var words []string
	for _, q := range queries {
		for i, w := range q.Words() {
			if i%every == 0 {
				words = append(words, strconv.Itoa(int(w)))
			}
		}
	}
	driver, list := "sqlite", "(SELECT value AS word FROM json_each('["+strings.Join(words, ",")+"]')) AS q"
	if kind == store.Postgres {
		driver, list = "pgx", "unnest('{"+strings.Join(words, ",")+"}'::integer[]) AS q (word)"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	_, err = raw.ExecContext(b.Context(), `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 15)
		INSERT INTO print_words (word, print, place) SELECT q.word, n + q.word % 1000, q.word FROM `+list+`, numbers WHERE true ON CONFLICT DO NOTHING`)
	if err != nil {
		b.Fatal(err)
	}
	if kind == store.Postgres {
		// As the server does by itself in time; what was not written to its log
		// yet would not count as seen by all.
		for _, q := range []string{"CHECKPOINT", "VACUUM ANALYZE print_words"} {
			if _, err := raw.ExecContext(b.Context(), q); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// megabytes is how much disk the register's tables take.
func megabytes(b *testing.B, kind store.Kind, raw *sql.DB, address string) float64 {
	b.Helper()
	if kind == store.SQLite {
		info, err := os.Stat(address)
		if err != nil {
			b.Fatal(err)
		}
		return float64(info.Size()) / 1e6
	}
	var size int64
	err := raw.QueryRowContext(b.Context(), "SELECT pg_total_relation_size('prints') + pg_total_relation_size('print_words')").Scan(&size)
	if err != nil {
		b.Fatal(err)
	}
	return float64(size) / 1e6
}

// BenchmarkSimilar searches works that are in the register, whole and cropped,
// and pictures that are not: with words spread evenly, with a fifth of all words
// common, and with all of them. There are so many pictures that the databases'
// caches don't hold what they ask for.
func BenchmarkSimilar(b *testing.B) {
	n := 10_000
	if v := os.Getenv(benchPrints); v != "" {
		var err error
		if n, err = strconv.Atoi(v); err != nil {
			b.Fatal(err)
		}
	}
	const known, strangers = 40, 20
	var prints []fingerprint.Print
	kinds := map[string][]fingerprint.Query{}
	for i := range known + strangers {
		prompt := "a fox and a red tram in a village"
		if i >= known {
			prompt = "a lighthouse by the sea at sunset"
		}
		p, err := paint.Paint(b.Context(), paint.Request{Prompt: prompt, Style: paint.Styles()[i%len(paint.Styles())], Width: 512, Height: 512, Seed: int64(i)}, nil)
		if err != nil {
			b.Fatal(err)
		}
		ask := map[string]image.Image{"stranger": p.Image}
		if i < known {
			ask = map[string]image.Image{"whole": p.Image, "crop": imaging.CropCenter(p.Image, 410, 410)}
			print, err := fingerprint.Of(p.Image)
			if err != nil {
				b.Fatal(err)
			}
			prints = append(prints, print)
		}
		for name, img := range ask {
			q, err := fingerprint.QueryOf(img)
			if err != nil {
				b.Fatal(err)
			}
			kinds[name] = append(kinds[name], q)
		}
	}
	all := slices.Concat(kinds["whole"], kinds["crop"], kinds["stranger"])
	eachKind(b, func(b *testing.B, db *store.DB, address string) {
		fillPrints(b, db, address, n)
		begin := time.Now()
		for i, p := range prints {
			err := db.Do(b.Context(), func(ctx context.Context) error {
				if err := db.PutOrigin(ctx, provenance.Origin{ID: uint64(i + 1), SubjectKind: "creation", SubjectID: "known" + strconv.Itoa(i), Marks: []string{}}); err != nil {
					return err
				}
				return db.PutPrint(ctx, uint64(i+1), p)
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.Logf("a print is put in %v", (time.Since(begin) / known).Round(10*time.Microsecond))
		for _, words := range []struct {
			name  string
			every int
		}{{"even", 0}, {"fifth", 5}, {"all", 1}} {
			if words.every > 0 {
				makeCommon(b, db.Kind(), address, words.every, all)
			}
			for _, name := range []string{"whole", "crop", "stranger"} {
				b.Run(words.name+"/"+name, func(b *testing.B) { search(b, db, kinds[name], name != "stranger") })
			}
		}
	})
}

// search measures searches: of the first works there are, in their order, or of
// pictures of none.
func search(b *testing.B, db *store.DB, queries []fingerprint.Query, known bool) {
	var took []time.Duration
	first := 0
	for i := 0; b.Loop(); i++ {
		begin := time.Now()
		found, err := db.Similar(b.Context(), queries[i%len(queries)], 5)
		took = append(took, time.Since(begin))
		if err != nil {
			b.Fatal(err)
		}
		if sure := len(found) > 0 && found[0].Sureness >= 0.99; sure && !known {
			b.Fatalf("a stranger is %+v", found)
		} else if sure && found[0].OriginID == uint64(i%len(queries)+1) {
			first++
		}
	}
	if known && first*10 < len(took)*9 {
		b.Fatalf("%d of %d works found", first, len(took))
	}
	slices.Sort(took)
	// On a machine that is busy with other things the fastest tenth is
	// the nearest to what an idle one would show.
	for name, at := range map[string]int{"ms-p10": 10, "ms-p50": 50, "ms-p99": 99} {
		b.ReportMetric(float64(took[len(took)*at/100].Microseconds())/1000, name)
	}
	b.ReportMetric(100*float64(first)/float64(len(took)), "%-found")
	b.ReportMetric(0, "ns/op") // the median says more
}
