package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
)

// SealBytes is the length of a sealing key.
const SealBytes = 32

// sealVersion is the first byte of what is sealed: AES-256-GCM with a random
// nonce before the text.
const sealVersion = 1

// ErrSealed is what can't be opened: sealed with another key, for another use,
// or changed since.
var ErrSealed = errors.New("what was sealed can't be opened with this key")

// Seal encrypts data with a key of SealBytes, for storing. use names what it is;
// it must be given again to open it.
func Seal(key []byte, use string, data []byte) ([]byte, error) {
	box, err := box(key)
	if err != nil {
		return nil, err
	}
	return box.Seal([]byte{sealVersion}, nil, data, []byte(use)), nil
}

// Unseal opens what Seal made.
func Unseal(key []byte, use string, sealed []byte) ([]byte, error) {
	box, err := box(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) == 0 || sealed[0] != sealVersion {
		return nil, ErrSealed
	}
	data, err := box.Open(nil, nil, sealed[1:], []byte(use))
	if err != nil {
		return nil, ErrSealed
	}
	return data, nil
}

func box(key []byte) (cipher.AEAD, error) {
	if len(key) != SealBytes {
		return nil, errors.New("a sealing key has 32 bytes")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// SealKey derives a sealing key from a longer secret, which has at least 16
// random bytes.
func SealKey(from []byte) ([]byte, error) {
	if len(from) < 16 {
		return nil, errors.New("a sealing key is made of 16 bytes or more")
	}
	return hkdf.Key(sha256.New, from, nil, "marquee sealing key v1", SealBytes)
}
