package e2e

import (
	"context"
	"database/sql"
	"flag"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"marquee/cmd/marquee/house"
	"marquee/internal/settings"
	"marquee/internal/store/storetest"
)

// BenchmarkGalleryAPI is what one request for the gallery's first page costs
// inside the program, without network and generator.
func BenchmarkGalleryAPI(b *testing.B) {
	h := benchHouse(b)
	fillGallery(b, h.Settings.Database, 1000)
	server, err := h.ServerWith(fstest.MapFS{}, "bench")
	if err != nil {
		b.Fatal(err)
	}
	handler := server.Handler()
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/api/v1/campaigns/winter-lights/gallery", nil)
		r.Header.Set("Accept-Language", "en")
		if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatalf("%d: %s", w.Code, w.Body)
		}
	}
}

// benchHouse opens a house in this process, on SQLite and a folder, with the
// demonstration campaigns.
func benchHouse(b *testing.B) *house.House {
	b.Helper()
	env := map[string]string{"MARQUEE_DATA": b.TempDir(), "MARQUEE_DEMO": "on"}
	s, err := settings.Define(flag.NewFlagSet("bench", flag.ContinueOnError)).Load(func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	})
	if err != nil {
		b.Fatal(err)
	}
	h, err := house.Open(b.Context(), house.Parts{Settings: s, Log: storetest.Quiet(), Version: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := h.Close(); err != nil {
			b.Error(err)
		}
	})
	if _, err := h.Demo(b.Context()); err != nil {
		b.Fatal(err)
	}
	return h
}

func fillGallery(b *testing.B, file string, n int) {
	b.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	const insert = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
		INSERT INTO entries (id, creation_id, campaign, participant_id, title, display_name, alt, revision, width, height,
			state, reason, votes, submitted_at, published_at)
		SELECT printf('019a0000-0000-7000-8000-%012x', n), printf('019a0000-0000-7000-9000-%012x', n), 'winter-lights',
			'p' || n, 'A fox under northern lights', 'Mia', 'A polar fox beside a lantern in a snowy forest', 2, 1024, 1024,
			'published', '', n % 1000, 1790000000000000 + n, 1790000000000000 + n
		FROM numbers`
	if _, err := db.ExecContext(context.Background(), insert, n); err != nil {
		b.Fatal(err)
	}
}
