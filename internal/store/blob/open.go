// Package blob keeps media: in a folder, or on an S3-compatible server. Both
// are asset.Blobs and pass the same suite, blobtest.
package blob

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"marquee/internal/asset"
	"marquee/internal/fault"
)

// MaxBlob bounds one blob: 64 MiB.
const MaxBlob = 64 << 20

// mostListed bounds one page of List.
const mostListed = 1000

// Open opens the object store that an address names: a folder's path,
// "file:///folder", or "s3://key:secret@host:port/bucket?region=…&tls=false".
// The key and secret may come from MARQUEE_S3_ACCESS_KEY and
// MARQUEE_S3_SECRET_KEY instead. tls is true unless given; region is
// us-east-1 unless given. A bucket that is missing is made.
func Open(ctx context.Context, address string) (asset.Blobs, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	switch {
	case address == "":
		return nil, fmt.Errorf("the objects setting is empty: give a folder or s3://…")
	case !ok:
		return openFolder(address)
	case scheme == "file":
		dir, err := url.PathUnescape(rest)
		if err != nil || !strings.HasPrefix(dir, "/") {
			return nil, fmt.Errorf("the objects setting can't be read: a folder is given as file:///path")
		}
		return openFolder(dir)
	case scheme == "s3":
		return openS3(ctx, address)
	}
	return nil, fmt.Errorf("the objects setting begins with %q, which is not known: give a folder or s3://…", scheme+"://")
}

// checkKey takes keys that are plain paths: no surprise for a file system, an
// address or a log. The longest part is 200 bytes, the whole at most 512.
func checkKey(key string) error {
	if len(key) <= 512 && key != "" {
		good := true
		for part := range strings.SplitSeq(key, "/") {
			good = good && checkPart(part)
		}
		if good {
			return nil
		}
	}
	return fault.New(fault.Invalid, "bad_key", "That is not a name an object can have.")
}

func checkPart(part string) bool {
	if part == "" || len(part) > 200 || part[0] == '.' {
		return false
	}
	for i := range len(part) {
		c := part[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '@' || c == '+') {
			return false
		}
	}
	return true
}

// checkPrefix takes "", a key, or a key followed by "/".
func checkPrefix(prefix string) error {
	if prefix == "" {
		return nil
	}
	return checkKey(strings.TrimSuffix(prefix, "/"))
}

func checkPut(key, mediaType string, data []byte) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if len(data) > MaxBlob {
		return fault.New(fault.TooLarge, "blob_too_large", "The file is larger than 64 MiB.")
	}
	if len(mediaType) > 200 || strings.ContainsFunc(mediaType, func(r rune) bool { return r < ' ' || r > '~' }) {
		return fault.New(fault.Invalid, "bad_media_type", "The media type can't be stored.")
	}
	return nil
}

// storeAway is the fault for an object store that does not answer or is full.
func storeAway(cause error) error {
	return fault.New(fault.Unavailable, "objects_away",
		"The pictures can't be reached at the moment. Nothing was lost; please try again shortly.").Because(cause)
}
