package secret

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	key, now := []byte(strings.Repeat("k", 32)), time.Unix(1_800_000_000, 0)
	token := Sign(key, "participant", "an-id", now.Add(time.Hour))
	if id, err := Open(key, "participant", token, now); err != nil || id != "an-id" {
		t.Fatalf("got %q, %v", id, err)
	}
	for name, c := range map[string]struct {
		key        []byte
		use, token string
		now        time.Time
		want       error
	}{
		"another key":     {[]byte(strings.Repeat("x", 32)), "participant", token, now, ErrForged},
		"another use":     {key, "staff", token, now, ErrForged},
		"at its end":      {key, "participant", token, now.Add(time.Hour), ErrExpired},
		"a changed id":    {key, "participant", strings.Replace(token, "an-id", "my-id", 1), now, ErrForged},
		"a longer life":   {key, "participant", strings.Replace(token, "1800003600", "1900003600", 1), now, ErrForged},
		"nothing":         {key, "participant", "", now, ErrForged},
		"no dots":         {key, "participant", "abc", now, ErrForged},
		"very long":       {key, "participant", strings.Repeat("a.", 4000), now, ErrForged},
		"cut":             {key, "participant", token[:len(token)-1], now, ErrForged},
		"another version": {key, "participant", "v2" + token[2:], now, ErrForged},
	} {
		if id, err := Open(c.key, c.use, c.token, c.now); !errors.Is(err, c.want) || id != "" {
			t.Errorf("%s: got %q, %v; want %v", name, id, err, c.want)
		}
	}
}

func TestSecretsDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 100 {
		s := New("mk_")
		if !strings.HasPrefix(s, "mk_") || len(s) != 46 || seen[s] || strings.Contains(Hash(s), s) {
			t.Fatalf("secret %q", s)
		}
		seen[s] = true
	}
}

func TestPseudonymsAreStableAndApart(t *testing.T) {
	t.Parallel()
	key := []byte("0123456789abcdef0123456789abcdef")
	a := Pseudonym(key, "who/winter", "p1")
	if a != Pseudonym(key, "who/winter", "p1") {
		t.Error("the same person has two names in one campaign")
	}
	for _, b := range []string{Pseudonym(key, "who/summer", "p1"), Pseudonym(key, "who/winter", "p2"), Pseudonym([]byte("another"), "who/winter", "p1")} {
		if a == b {
			t.Error("two names are the same that must not be")
		}
	}
}
