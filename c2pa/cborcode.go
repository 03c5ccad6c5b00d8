package c2pa

import (
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// Claims and assertions are CBOR: written in the deterministic form of
// RFC 8949, read with bounds and without duplicate keys.
var (
	encoder = must(func() (cbor.EncMode, error) {
		o := cbor.CoreDetEncOptions()
		return o.EncMode()
	}())
	decoder = must(cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		MaxNestedLevels:  32,
		MaxArrayElements: 1 << 17,
		MaxMapPairs:      1 << 14,
		IntDec:           cbor.IntDecConvertSignedOrFail,
	}.DecMode())
	wellformed = must(cbor.DecOptions{MaxNestedLevels: 32, MaxArrayElements: 1 << 17, MaxMapPairs: 1 << 14}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // only options that are written above can be wrong
	}
	return v
}

func marshal(v any) ([]byte, error) {
	b, err := encoder.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("c2pa: writing CBOR: %w", err)
	}
	return b, nil
}

// tdate is a date as C2PA writes it: CBOR tag 0 in RFC 3339.
func tdate(t time.Time) cbor.Tag {
	return cbor.Tag{Number: 0, Content: t.UTC().Format(time.RFC3339)}
}
