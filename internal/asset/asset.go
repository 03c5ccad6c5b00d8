// Package asset keeps media by content: a blob's key ends in the SHA-256 of
// its bytes, under the owner that it is erased with.
package asset

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
)

// Info describes a stored blob.
type Info struct {
	Key       string
	MediaType string
	Size      int64
}

// Blobs is an object store: a folder, or an S3-compatible server.
type Blobs interface {
	// Put stores data under key, durably, before it returns. Putting the same
	// key again replaces it whole: no reader sees a half.
	Put(ctx context.Context, key, mediaType string, data []byte) error
	// Open reads a blob. The error is a fault of kind NotFound if there is none.
	Open(ctx context.Context, key string) (io.ReadCloser, Info, error)
	// Delete removes blobs; one that is not there is no error.
	Delete(ctx context.Context, keys ...string) error
	// List gives up to limit blobs whose keys begin with prefix and come
	// after the key after, in the order of their keys.
	List(ctx context.Context, prefix, after string, limit int) ([]Info, error)
	// Check tells whether the store can be written and read.
	Check(ctx context.Context) error
}

// Owner is the key prefix under which everything of one thing lies, so that
// erasing the thing is deleting a prefix. kind is "generation", "creation",
// "campaign" or "kit".
func Owner(kind, id string) string { return kind + "/" + id + "/" }

// Sum gives the SHA-256 of data in lower-case hex.
func Sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// Key is where data of an owner lies.
func Key(owner string, data []byte, extension string) string {
	return path.Join(owner, Sum(data)+"."+extension)
}

// maxRead bounds what ReadAll takes into memory: 64 MiB.
const maxRead = 64 << 20

// ReadAll reads a whole blob of at most 64 MiB.
func ReadAll(ctx context.Context, b Blobs, key string) ([]byte, error) {
	r, _, err := b.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxRead))
}

// DeleteOwner removes every blob of an owner.
func DeleteOwner(ctx context.Context, b Blobs, owner string) error {
	for {
		infos, err := b.List(ctx, owner, "", 500)
		if err != nil || len(infos) == 0 {
			return err
		}
		keys := make([]string, len(infos))
		for i, in := range infos {
			keys[i] = in.Key
		}
		if err := b.Delete(ctx, keys...); err != nil {
			return err
		}
	}
}
