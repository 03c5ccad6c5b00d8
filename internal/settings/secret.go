package settings

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"marquee/internal/secret"
)

// secretBytes is the length of the key that signs cookies.
const secretBytes = 32

// Secret reads the key that signs cookies and makes it, readable by its owner
// only, if there is none. Nodes that share a database share this file's
// content too. It is safe when several processes start at once.
func (s *Settings) Secret() ([]byte, error) {
	key, err := readSecret(s.SecretFile)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	fresh := make([]byte, secretBytes)
	if _, err := rand.Read(fresh); err != nil {
		return nil, fmt.Errorf("making a secret: %w", err)
	}
	if err := secret.Keep(s.SecretFile, 0o600, []byte(hex.EncodeToString(fresh)+"\n")); err != nil {
		return nil, fmt.Errorf("writing the secret file: %w", err)
	}
	return readSecret(s.SecretFile)
}

func readSecret(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the secret file: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(key) < secretBytes {
		return nil, fmt.Errorf("the secret file %s does not hold %d bytes in hexadecimal; put the right one back, or move it away to make a new one (which signs everybody out)", path, secretBytes)
	}
	return key, nil
}

// Sealing gives the key that the providers' keys are sealed with in the
// database: made of SealKey, else of the key that signs cookies. All nodes of a
// database have the same.
func (s *Settings) Sealing(secretKey []byte) ([]byte, error) {
	if s.SealKey != "" {
		return secret.SealKey([]byte(s.SealKey))
	}
	return secret.SealKey(secretKey)
}
