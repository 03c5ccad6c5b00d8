package e2e

import (
	"archive/zip"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marquee/brands"
	"marquee/internal/store"
)

// TestANextVersionOfAKit uploads a kit's next version in the Studio, sees what
// differs, and moves the campaign to it, knowing what would break.
func TestANextVersionOfAKit(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	participant, staff := h.participant("winter-lights"), h.staff("producer")
	h.published(participant, staff, "winter-lights", "Small name")
	var before struct {
		File struct {
			KitVersion string `json:"kit_version"`
		}
	}
	staff.must("GET", "/api/v1/studio/campaigns/winter-lights", nil, 200, &before)

	p := h.signIn()
	p.open("/studio/kits")
	p.sees("Lumipine")
	p.upload(nextKit(t, func(kit map[string]any) {
		delete(kit, "rules") // some of them could contradict what follows
		wordmark := kit["marks"].([]any)[0].(map[string]any)
		wordmark["rules"].(map[string]any)["min_width_share"] = 0.61
		wordmark["rights"].(map[string]any)["until"] = "2020-01-06"
	}))
	p.sees("Lumipine 1.2.0 holds.")
	p.sees("rules.min_width_share")
	p.tap("Store version 1.2.0")
	p.until(`location.search.includes("version=1.2.0") && location.search.includes("since=")`)
	p.sees("What differs in 1.2.0 from")
	p.sees("by an admin")
	p.sees("by the command line")
	p.sees("Marks: wordmark")
	p.sees("Rules: marks-stand-out")

	p.tap("Rights")
	p.sees("ended")
	p.sees("1 Have ended")
	p.tap("Versions")
	p.tap("Move to 1.2.0")
	p.sees("1 of 1 public work would break a rule that " + before.File.KitVersion + " does not have.")
	p.sees("Small name")
	p.sees("This mark is too small to be seen well.")
	p.tapIn("[role=dialog]", "Move to 1.2.0")
	p.sees("Winter Lights uses version 1.2.0 now.")
	p.sees("Used by Winter Lights (open)")
	p.noFaults()

	var after struct {
		File struct {
			KitVersion string `json:"kit_version"`
		}
		Revision int
	}
	staff.must("GET", "/api/v1/studio/campaigns/winter-lights", nil, 200, &after)
	if after.File.KitVersion != "1.2.0" || after.Revision != 2 {
		t.Errorf("the campaign is on %s, revision %d", after.File.KitVersion, after.Revision)
	}
	_, rows := staff.do("GET", "/api/v1/studio/ledger?limit=200", nil)
	for _, action := range []string{"kit.added", "campaign.kit_moved"} {
		if !strings.Contains(string(rows), action) {
			t.Errorf("the ledger does not know %s", action)
		}
	}
}

// nextKit packs version 1.2.0 of the demonstration kit with changes made.
func nextKit(t *testing.T, change func(kit map[string]any)) string {
	t.Helper()
	folder, err := fs.Sub(brands.FS, "lumipine")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "lumipine.zip")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		if name == "kit.json" {
			var kit map[string]any
			if err := json.Unmarshal(data, &kit); err != nil {
				return err
			}
			kit["version"] = "1.2.0"
			change(kit)
			if data, err = json.Marshal(kit); err != nil {
				return err
			}
		}
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
	for _, err := range []error{err, z.Close(), out.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return path
}
