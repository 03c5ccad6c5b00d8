package c2pa

import (
	"bytes"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
)

// errCompressed says that a compressed manifest could not be unpacked.
var errCompressed = errors.New("c2pa: the compressed manifest can't be unpacked")

// unpacker unpacks the compressed manifests of one store (section "Compressed
// Manifests"). All of them together may unpack to so many bytes; after the
// first that can't be unpacked, none is tried any more.
type unpacker struct{ left int64 }

// unpack gives the manifest inside the box of a compressed one.
func (u *unpacker) unpack(outer *superbox) (*superbox, error) {
	if u.left <= 0 || len(outer.boxes) != 1 || len(outer.kids) > 0 {
		return nil, errCompressed
	}
	packed := outer.first("brob")
	data, err := io.ReadAll(io.LimitReader(brotli.NewReader(bytes.NewReader(packed)), u.left+1))
	if err != nil || int64(len(data)) > u.left {
		u.left = 0
		return nil, errCompressed
	}
	u.left -= int64(len(data))
	inner, err := parseJUMBF(data)
	if err != nil || len(inner.raw) != len(data) || inner.label != outer.label || inner.kind == typeCompressed || checkManifest(inner) != nil {
		return nil, errCompressed
	}
	return inner, nil
}
