package secret

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestSeal(t *testing.T) {
	t.Parallel()
	key, err := SealKey([]byte(strings.Repeat("k", 16)))
	if err != nil || len(key) != SealBytes {
		t.Fatal(key, err)
	}
	other, err := SealKey([]byte(strings.Repeat("o", 40)))
	if err != nil {
		t.Fatal(err)
	}
	const word = "sk-live-1234567890"
	sealed, err := Seal(key, "a", []byte(word))
	if err != nil {
		t.Fatal(err)
	}
	again, err := Seal(key, "a", []byte(word))
	if err != nil || bytes.Equal(sealed, again) || bytes.Contains(sealed, []byte(word)) {
		t.Error("what is sealed shows something of itself", err)
	}
	if got, err := Unseal(key, "a", sealed); err != nil || string(got) != word {
		t.Errorf("%q %v", got, err)
	}
	for name, try := range map[string]func() ([]byte, error){
		"another key": func() ([]byte, error) { return Unseal(other, "a", sealed) },
		"another use": func() ([]byte, error) { return Unseal(key, "b", sealed) },
		"nothing":     func() ([]byte, error) { return Unseal(key, "a", nil) },
		"cut":         func() ([]byte, error) { return Unseal(key, "a", sealed[:len(sealed)-1]) },
		"a version":   func() ([]byte, error) { return Unseal(key, "a", append([]byte{9}, sealed[1:]...)) },
	} {
		if got, err := try(); !errors.Is(err, ErrSealed) || got != nil {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	for i := range sealed {
		broken := bytes.Clone(sealed)
		broken[i] ^= 1
		if _, err := Unseal(key, "a", broken); err == nil {
			t.Errorf("byte %d was changed, and nobody saw", i)
		}
	}
	if _, err := Seal(key[:31], "a", nil); err == nil {
		t.Error("a short key was taken")
	}
	if _, err := SealKey([]byte("short")); err == nil {
		t.Error("a short secret was taken")
	}
}

func FuzzUnseal(f *testing.F) {
	key := bytes.Repeat([]byte{7}, SealBytes)
	sealed, err := Seal(key, "a", []byte("word"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add([]byte{})
	f.Add([]byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, err := Unseal(key, "a", data); err == nil && string(got) != "word" {
			t.Errorf("opened %q", got)
		}
	})
}
