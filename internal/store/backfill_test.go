package store

import (
	"path/filepath"
	"slices"
	"testing"

	"marquee/internal/gallery"
	"marquee/internal/store/pgtest"
)

// A database of before knows afterwards which marks and stickers its entries
// show, and for which market its creations were made.
func TestOldRowsAreFilledIn(t *testing.T) {
	t.Parallel()
	for kind, address := range map[Kind]func(*testing.T) string{
		SQLite:   func(t *testing.T) string { return filepath.Join(t.TempDir(), "old.db") },
		Postgres: func(t *testing.T) string { return pgtest.Shared(t).Database(t, "") },
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			db, err := Open(ctx, Config{Database: address(t)})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			exec := func(statements ...string) {
				t.Helper()
				for _, s := range statements {
					if _, err := db.write.ExecContext(ctx, s); err != nil {
						t.Fatalf("%s: %v", s, err)
					}
				}
			}
			// Back to the tables as they were, with rows of then.
			exec("DROP TABLE entry_assets", "ALTER TABLE creations DROP COLUMN market",
				"INSERT INTO participants VALUES ('p', 'en', '18+', 1)",
				"INSERT INTO arrivals VALUES ('p', 'winter', 'FR', '1', 1)")
			for _, c := range []struct{ id, participant, composition string }{
				{"a", "p", `{"version":2,"layers":[{"kind":"picture"},{"kind":"mark","mark":"fox"},{"kind":"mark","mark":"fox"},{"kind":"sticker","sticker":"star"},{"kind":"text","text":"mark"}]}`},
				{"b", "q", `{"version":1,"layers":[{"kind":"picture"}]}`},
				{"c", "p", `{}`},
			} {
				exec("INSERT INTO creations (id, campaign, participant_id, generation_id, candidate_id, composition, revision, state, blob_key, alt, kit, kit_version, provider, model, model_version, created_at, updated_at) VALUES ('"+
					c.id+"', 'winter', '"+c.participant+"', '', '', '"+c.composition+"', 1, 'published', '', '', 'k', '1', '', '', '', 1, 1)",
					"INSERT INTO entries (id, creation_id, campaign, participant_id, title, display_name, alt, revision, width, height, state, reason, votes, submitted_at) VALUES ('e"+
						c.id+"', '"+c.id+"', 'winter', '', '', '', '', 1, 1, 1, 'published', '', 0, 1)")
			}
			for _, name := range []string{"0010_market.sql", "0030_shown.sql"} {
				data, err := migrationFiles.ReadFile("migrations/" + name)
				if err != nil {
					t.Fatal(err)
				}
				exec(dialects[kind].Replace(string(data)))
			}
			for id, want := range map[string][]gallery.Asset{"ea": {{Kind: "mark", ID: "fox"}, {Kind: "sticker", ID: "star"}}, "eb": {}, "ec": {}} {
				if got, err := db.AssetsOf(ctx, id); err != nil || !slices.Equal(got, want) {
					t.Errorf("entry %s shows %v, want %v: %v", id, got, want, err)
				}
			}
			for id, want := range map[string]string{"a": "FR", "b": ""} {
				if c, err := db.Creation(ctx, id); err != nil || c.Market != want {
					t.Errorf("creation %s is of market %q, want %q: %v", id, c.Market, want, err)
				}
			}
		})
	}
}
