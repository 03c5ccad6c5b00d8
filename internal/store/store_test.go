package store_test

import (
	"context"
	"testing"

	"marquee/internal/account"
	"marquee/internal/asset"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t)
}

// Other packages' tests stand on EachPair: what it gives can be written.
func TestEachPair(t *testing.T) {
	t.Parallel()
	storetest.EachPair(t, func(t *testing.T, db *store.DB, blobs asset.Blobs) {
		if err := blobs.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		err := db.Do(t.Context(), func(ctx context.Context) error { return db.InsertPerson(ctx, account.Person{ID: "a"}) })
		if err != nil {
			t.Fatal(err)
		}
	})
}
