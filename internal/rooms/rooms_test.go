package rooms

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// floors is the plan. A package imports only packages on floors below its own,
// or inside its own room. What is not named here has no place yet: name it.
var floors = map[string]int{
	"fault": 1, "work": 1, "secret": 1, "raster": 1, "watermark": 1, "fingerprint": 1,
	"compose": 2, "policy": 2, "guard": 3, "asset": 2, "ledger": 2,
	"brand": 3, "budget": 3, "paint": 3, "provenance": 3, "account": 3, "audience": 3,
	"review": 4, "campaign": 4, "registry": 4, "provider": 4, "council": 4,
	"generate": 5, "workbench": 5,
	"create":   6,
	"gallery":  7,
	"settings": 7,
	"store":    8, "web": 8,
	"e2e": 10, "rooms": 10,
}

type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// packages asks the go command for every package of the module.
func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-tags", "nodynamic", "-json=ImportPath,Imports,TestImports,XTestImports", "marquee/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 15 {
		t.Fatalf("only %d packages were listed", len(all))
	}
	return all
}

// harness tells whether a package only serves tests: it stands on the roof and
// may look into every room.
func harness(path string) bool { return strings.HasSuffix(path, "/webtest") }

// room gives the room that an import path of ours lies in, or "".
func room(path string) string {
	rest, ok := strings.CutPrefix(path, "marquee/internal/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func TestEveryRoomStandsOnLowerFloors(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		if from == "" {
			continue // cmd, ui, brands, locales, scripts
		}
		if harness(p.ImportPath) {
			continue
		}
		if floors[from] == 0 {
			t.Errorf("room %q has no floor in the plan", from)
			continue
		}
		for _, path := range p.Imports {
			to := room(path)
			if to == "" || to == from {
				continue
			}
			if floors[to] >= floors[from] {
				t.Errorf("%s (floor %d) imports %s (floor %d)", p.ImportPath, floors[from], path, floors[to])
			}
		}
	}
}

// TestDomainsKnowNeitherWebNorStore says the same of the one wall that matters
// most, whatever the floors are: also in tests of the domains.
func TestDomainsKnowNeitherWebNorStore(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		r := room(p.ImportPath)
		if r == "" || floors[r] >= 8 {
			continue
		}
		for _, path := range p.Imports {
			if to := room(path); to == "web" || to == "store" {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}

// TestOnlyGenerateReachesAProvider keeps the one door the only one: adapters
// are imported by the program's wiring, and called by generate.
func TestOnlyGenerateReachesAProvider(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		r := room(p.ImportPath)
		if r == "" || r == "generate" || r == "provider" || r == "e2e" || harness(p.ImportPath) {
			continue
		}
		for _, path := range p.Imports {
			if room(path) == "provider" {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}
