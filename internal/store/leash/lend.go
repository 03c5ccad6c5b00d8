package leash

import (
	"errors"
	"os"
	"testing"
)

// MustRun tells whether a test that lacks a program fails rather than being
// skipped, as on CI: MARQUEE_TESTS_MUST_RUN is set.
func MustRun() bool { return os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" }

// Lend gives a test the server that start gives. Where its program is not
// installed (the error is absent) the test is skipped, or fails on CI.
func Lend[S any](t testing.TB, start func() (S, error), absent error) S {
	t.Helper()
	s, err := start()
	if errors.Is(err, absent) && !MustRun() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Own is Lend for a server of the test's own, which is closed when it ends.
func Own[S interface{ Close() error }](t testing.TB, start func() (S, error), absent error) S {
	t.Helper()
	s := Lend(t, start, absent)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
