package store

import (
	"path/filepath"
	"strings"
	"testing"
)

// Every page of the gallery, and each list that grows for ever, walks down the
// index made for it: nothing is sorted and no table is scanned.
func TestPlans(t *testing.T) {
	t.Parallel()
	db, err := Open(t.Context(), Config{Database: filepath.Join(t.TempDir(), "plans.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, index := range map[string]string{
		newestFirst: "entries_newest", newestAfter: "entries_newest",
		showing: "entry_assets_by_asset", lovedFirst: "entries_loved", lovedAfter: "entries_loved",
		"SELECT id FROM generations WHERE participant_id = $1 AND campaign = $2 ORDER BY created_at DESC, id DESC LIMIT $3": "generations_by_participant",
		"SELECT id FROM creations WHERE participant_id = $1 AND campaign = $2 ORDER BY created_at DESC, id DESC LIMIT $3":   "creations_by_participant",
		"SELECT seq FROM ledger WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3":                                         "INTEGER PRIMARY KEY",
		"SELECT id FROM review_items WHERE state = $1 ORDER BY created_at, id LIMIT $2":                                     "review_items_by_state",
		"SELECT id FROM review_items WHERE state = $1 AND campaign = $2 ORDER BY created_at DESC, id DESC LIMIT $3":         "review_items_by_campaign",
		"SELECT id FROM review_items ORDER BY created_at DESC, id DESC LIMIT $1":                                            "review_items_by_time",
		"SELECT sha256 FROM renditions WHERE sha256 = $1 ORDER BY created_at DESC LIMIT 100":                                "sqlite_autoindex_renditions_1",
		"SELECT entry_id FROM votes WHERE participant_id = $1 ORDER BY entry_id":                                            "votes_by_participant",
		"SELECT address FROM address_votes WHERE campaign = $1 AND refused > 0 ORDER BY refused DESC, last_at DESC":         "address_votes_capped",
	} {
		var plan []string
		args := make([]any, strings.Count(query, "$"))
		err := db.query(t.Context(), "EXPLAIN QUERY PLAN "+query, args, func(s scanner) error {
			var id, parent, unused int
			var detail string
			err := s.Scan(&id, &parent, &unused, &detail)
			plan = append(plan, detail)
			return err
		})
		if err != nil {
			t.Fatal(query, err)
		}
		whole := strings.Join(plan, "; ")
		sorts := strings.Contains(whole, "B-TREE") && !strings.Contains(query, "sha256")
		if !strings.Contains(whole, index) || sorts {
			t.Errorf("%s\n\tis done by %s", query, whole)
		}
	}
}
