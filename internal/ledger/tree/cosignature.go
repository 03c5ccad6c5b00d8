package tree

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// cosignatureKind is the byte that C2SP tlog-cosignature gives to an Ed25519
// key that cosigns.
const cosignatureKind = 4

// Cosigner verifies the cosignatures (cosignature/v1, Ed25519) of a witness. It
// is a note.Verifier.
type Cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// NewCosigner reads a verifier key "name+hash+base64" of the kind 4.
func NewCosigner(vkey string) (*Cosigner, error) {
	wrong := errors.New("is not the key of a witness (name+hash+base64, of the kind that cosigns with Ed25519)")
	name, rest, _ := strings.Cut(vkey, "+")
	hash16, key64, ok := strings.Cut(rest, "+")
	hash, err := strconv.ParseUint(hash16, 16, 32)
	if !ok || err != nil || len(hash16) != 8 || !validName(name) {
		return nil, wrong
	}
	key, err := base64.StdEncoding.Strict().DecodeString(key64)
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureKind {
		return nil, wrong
	}
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	if binary.BigEndian.Uint32(sum[:]) != uint32(hash) {
		return nil, wrong
	}
	return &Cosigner{name: name, hash: uint32(hash), key: key[1:]}, nil
}

// Name implements note.Verifier.
func (c *Cosigner) Name() string { return c.name }

// KeyHash implements note.Verifier.
func (c *Cosigner) KeyHash() uint32 { return c.hash }

// Verify implements note.Verifier: sig is eight bytes of time and the signature.
func (c *Cosigner) Verify(msg, sig []byte) bool {
	at, ok := cosignedAt(sig)
	if !ok {
		return false
	}
	return ed25519.Verify(c.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at.Unix(), msg), sig[8:])
}

// cosignedAt gives the time that a cosignature tells.
func cosignedAt(sig []byte) (time.Time, bool) {
	if len(sig) != 8+ed25519.SignatureSize {
		return time.Time{}, false
	}
	n := binary.BigEndian.Uint64(sig)
	if n > 1<<40 { // some 34,000 years from now
		return time.Time{}, false
	}
	return time.Unix(int64(n), 0).UTC(), true
}
