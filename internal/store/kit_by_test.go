package store

import (
	"path/filepath"
	"testing"

	"marquee/internal/store/pgtest"
)

// A database of before learns from the ledger who added each version of a kit.
func TestOldKitsLearnWhoAddedThem(t *testing.T) {
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
			migration, err := migrationFiles.ReadFile("migrations/0013_kit_by.sql")
			if err != nil {
				t.Fatal(err)
			}
			ledger := "INSERT INTO ledger (id, at, action, role, subject_kind, subject_id, campaign, public) VALUES "
			for _, s := range []string{
				"ALTER TABLE kits DROP COLUMN added_by",
				`INSERT INTO kits (id, version, hash, files, created_at) VALUES ('soda', '1.0.0', 'a', '{}', 1), ('soda', '1.1.0', 'b', '{}', 2), ('soda', '11.0.0', 'c', '{}', 3)`,
				ledger + `('1', 1, 'kit.added', 'system', 'kit', 'soda', '', '{"sha256":"a","version":"1.0.0"}')`,
				ledger + `('2', 2, 'kit.added', 'producer', 'kit', 'soda', '', '{"sha256":"b","version":"1.1.0"}')`,
				dialects[kind].Replace(string(migration)),
			} {
				if _, err := db.write.ExecContext(ctx, s); err != nil {
					t.Fatalf("%s: %v", s, err)
				}
			}
			for version, want := range map[string]string{"1.0.0": "system", "1.1.0": "producer", "11.0.0": ""} {
				if k, err := db.Kit(ctx, "soda", version); err != nil || k.AddedBy != want {
					t.Errorf("version %s was added by %q, want %q: %v", version, k.AddedBy, want, err)
				}
			}
		})
	}
}
