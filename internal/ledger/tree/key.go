package tree

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode"

	"golang.org/x/mod/sumdb/note"

	"marquee/internal/secret"
)

// Key signs checkpoints. Its name is the ledger's origin.
type Key struct {
	note.Signer
	// Verifier is what others check with: "name+hash+base64", as C2SP
	// signed-note has it.
	Verifier string
}

// maxKeyFile bounds a key's file, in bytes.
const maxKeyFile = 4096

// ReadKey reads the key of a file as `note` has it, on one line. The error of
// a file that is not there is fs.ErrNotExist.
func ReadKey(path string) (*Key, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the ledger's key: %w", err)
	}
	defer f.Close()
	data := make([]byte, maxKeyFile)
	n, err := f.Read(data)
	if err != nil {
		return nil, fmt.Errorf("the ledger's key %s can't be read: %w", path, err)
	}
	key, err := parseKey(strings.TrimSpace(string(data[:n])))
	if err != nil {
		return nil, fmt.Errorf("the file %s does not hold a ledger's key (one line that begins with PRIVATE+KEY+); put the right one back", path)
	}
	return key, nil
}

// EnsureKey reads the key of a file, and makes one under a name, readable by
// its owner only, if there is no such file. It is safe when several processes
// start at once.
func EnsureKey(path, name string) (*Key, error) {
	key, err := ReadKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if !validName(name) {
		return nil, fmt.Errorf("the ledger can't be called %q: spaces and + have no place in its name", name)
	}
	skey, _, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, fmt.Errorf("making the ledger's key: %w", err)
	}
	if err := secret.Keep(path, 0o600, []byte(skey+"\n")); err != nil {
		return nil, fmt.Errorf("writing the ledger's key: %w", err)
	}
	return ReadKey(path)
}

// HouseName is what a ledger is called whose house has an address, and one
// that has none: a name that no other has.
func HouseName(host string) string {
	if host != "" {
		return host + "/ledger"
	}
	var b [4]byte
	_, _ = rand.Read(b[:]) // it never fails
	return "marquee.localhost/" + hex.EncodeToString(b[:])
}

func validName(name string) bool {
	return name != "" && len(name) <= 200 && !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '+' || r == unicode.ReplacementChar || r < ' ' })
}

// parseKey reads a signing key and derives what verifies it.
func parseKey(skey string) (*Key, error) {
	signer, err := note.NewSigner(skey)
	if err != nil {
		return nil, err
	}
	// What NewSigner has taken is PRIVATE+KEY+name+hash+base64 of one byte for
	// the kind, which is Ed25519, and 32 bytes of seed.
	parts := strings.SplitN(skey, "+", 5)
	seed, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return nil, errors.New("the key has no seed of 32 bytes")
	}
	public, ok := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("the key has no public half")
	}
	verifier, err := note.NewEd25519VerifierKey(signer.Name(), public)
	if err != nil {
		return nil, err
	}
	return &Key{Signer: signer, Verifier: verifier}, nil
}
