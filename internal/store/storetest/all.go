package storetest

import (
	"testing"

	"marquee/internal/store"
)

// All are the parts of the suite; each is given an empty database.
var All = map[string]func(t *testing.T, db *store.DB){
	"accounts": Accounts, "audience": Audience, "campaigns": Campaigns, "budgets": Budgets, "models": Models,
	"generations": Generations, "creations": Creations,
	"entries": Entries, "pages": Pages, "shown": Shown, "votes": Votes, "reports": Reports,
	"reviews": Reviews, "renditions": Renditions, "origins": Origins, "ledger": Ledger, "ledger tree": LedgerTree, "ledger crash": LedgerCrash, "ledger race": LedgerRace, "prints": Prints,
	"policies": Policies, "workbench": Workbench,
	"fields": Fields, "units": Units, "outside": Outside, "jobs": Jobs, "stopping": Stopping,
}

// Run runs the whole suite on every database.
func Run(t *testing.T) {
	t.Helper()
	for name, part := range All {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			Each(t, part)
		})
	}
}
