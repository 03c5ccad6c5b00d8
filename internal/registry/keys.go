package registry

import (
	"context"
	"errors"
	"slices"
	"strings"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/secret"
)

// keyUse keeps a sealed key from being opened as that of another provider.
func keyUse(provider string) string { return "provider-key/" + provider }

// maxKey bounds a provider's key, in bytes.
const maxKey = 8 << 10

// errUnreadable is a key that was sealed with another sealing key.
var errUnreadable = errors.New("the provider's key can't be opened with this installation's sealing key; set it again")

// SetKey stores a provider's key, sealed. It holds for the next call, on this
// node at once and on others within seconds, and is never shown again.
func (s *Service) SetKey(ctx context.Context, provider, key, role string) error {
	key = strings.TrimSpace(key)
	if provider == "" || len(provider) > 100 || key == "" || len(key) > maxKey || strings.ContainsAny(key, "\r\n\x00") {
		return fault.New(fault.Invalid, "key_unusable", "That can't be a provider's key. Paste it as the provider shows it, in one line.")
	}
	sealed, err := secret.Seal(s.d.Seal, keyUse(provider), []byte(key))
	if err != nil {
		return err
	}
	return s.do(ctx, func(ctx context.Context) error {
		if err := s.d.Store.PutKey(ctx, SealedKey{provider, sealed, s.d.Now()}); err != nil {
			return err
		}
		return s.recordKey(ctx, "provider_key.set", provider, role)
	})
}

// RemoveKey forgets a provider's stored key, so that the configured one holds
// again; NotFound if none is stored.
func (s *Service) RemoveKey(ctx context.Context, provider, role string) error {
	return s.do(ctx, func(ctx context.Context) error {
		if err := s.d.Store.DeleteKey(ctx, provider); err != nil {
			return err
		}
		return s.recordKey(ctx, "provider_key.removed", provider, role)
	})
}

func (s *Service) recordKey(ctx context.Context, action, provider, role string) error {
	return s.d.Ledger.Record(ctx, ledger.Decision{Action: action, Role: role, SubjectKind: "provider", SubjectID: provider})
}

// Key gives the key for a call: the stored one, else the configured one. A
// stored key that can't be opened is an error, never a fall back to another.
func (s *Service) Key(ctx context.Context, provider, configured string) (string, error) {
	all, err := s.read(ctx)
	if err != nil {
		return "", err
	}
	k, ok := all.keys[provider]
	if !ok {
		return configured, nil
	}
	key, err := secret.Unseal(s.d.Seal, keyUse(provider), k.Sealed)
	if err != nil {
		return "", errUnreadable
	}
	return string(key), nil
}

// StoredKeys lists the providers whose key is stored here, with when it was
// changed.
func (s *Service) StoredKeys(ctx context.Context) ([]SealedKey, error) {
	keys, err := s.d.Store.SealedKeys(ctx)
	for i := range keys {
		keys[i].Sealed = nil
	}
	slices.SortFunc(keys, func(a, b SealedKey) int { return strings.Compare(a.Provider, b.Provider) })
	return keys, err
}
