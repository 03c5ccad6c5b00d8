package provider

import "context"

// Key gives the key for a call, at the moment of the call, so that a key can be
// changed without a restart. An adapter asks for it once a request and keeps it
// nowhere.
type Key func(ctx context.Context) (string, error)

// FixedKey is a key that stays as it is; "" is none.
func FixedKey(key string) Key {
	return func(context.Context) (string, error) { return key, nil }
}
