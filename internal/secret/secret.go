// Package secret makes and checks the unguessable words that links, sessions
// and keys are made of. Only hashes of them are stored.
package secret

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"
)

// New makes a secret of 256 random bits in URL-safe base64, behind a prefix
// that tells people and leak scanners what it is.
func New(prefix string) string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand.Read never fails; it ends the program instead
	return prefix + base64.RawURLEncoding.EncodeToString(b)
}

// Hash is what is stored of a secret. The secret has 256 random bits, so a
// plain SHA-256 can't be searched.
func Hash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// The ways in which a token can be wrong.
var (
	ErrForged  = errors.New("token is not signed by this installation")
	ErrExpired = errors.New("token has expired")
)

// Sign makes a token that carries an id until a time: "v1.<id>.<unix>.<mac>".
// use keeps tokens of one purpose from being taken for another's.
func Sign(key []byte, use, id string, expires time.Time) string {
	body := "v1." + id + "." + strconv.FormatInt(expires.Unix(), 10)
	return body + "." + mac(key, use, body)
}

// Open gives the id that a token carries.
func Open(key []byte, use, token string, now time.Time) (string, error) {
	if len(token) > 512 {
		return "", ErrForged
	}
	i := strings.LastIndexByte(token, '.')
	if i < 0 || !hmac.Equal([]byte(token[i+1:]), []byte(mac(key, use, token[:i]))) {
		return "", ErrForged
	}
	parts := strings.Split(token[:i], ".")
	if len(parts) != 3 || parts[0] != "v1" {
		return "", ErrForged
	}
	unix, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return "", ErrForged
	}
	if now.Unix() >= unix {
		return "", ErrExpired
	}
	return parts[1], nil
}

// Pseudonym is a short name for an id that can't be turned back without the
// key: the first 40 bits of a MAC, in lower-case hex.
func Pseudonym(key []byte, use, id string) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(use + "\x00" + id))
	return hex.EncodeToString(m.Sum(nil)[:5])
}

func mac(key []byte, use, body string) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(use + "\x00" + body))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}
