package blob

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"

	"marquee/internal/asset"
)

// randomName is for files and blobs that must not meet another's.
func randomName() string { return rand.Text() }

// check writes, reads and deletes a small blob of its own.
func check(ctx context.Context, b asset.Blobs) error {
	key := checkName + "-" + randomName()
	want := []byte("Marquee can write and read here.")
	if err := b.Put(ctx, key, "text/plain", want); err != nil {
		return err
	}
	got, err := asset.ReadAll(ctx, b, key)
	if err == nil && !bytes.Equal(got, want) {
		err = storeAway(fmt.Errorf("read back %d bytes that differ from the %d written", len(got), len(want)))
	}
	if e := b.Delete(ctx, key); err == nil {
		err = e
	}
	return err
}
