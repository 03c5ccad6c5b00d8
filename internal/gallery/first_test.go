package gallery

import (
	"context"
	"testing"

	"marquee/internal/work"
)

// pages is a store that knows one thing: how often the first page was read.
type pages struct {
	Store
	read int
}

func (p *pages) Public(context.Context, string, Sort, Cursor, int) ([]Entry, error) {
	p.read++
	return []Entry{{ID: "a"}}, nil
}

func TestTheFirstPageIsReadAgainWhenSomethingChanged(t *testing.T) {
	t.Parallel()
	store := &pages{}
	s := &Service{Deps: Deps{Store: store}}
	read := func(want int, what string) {
		t.Helper()
		if es, _, err := s.Public(t.Context(), "winter", Newest, "", 24); err != nil || len(es) != 1 {
			t.Fatalf("%v, %v", es, err)
		}
		if store.read != want {
			t.Errorf("%s: read %d times, want %d", what, store.read, want)
		}
	}
	read(1, "at first")
	ctx, commit := work.Collect(t.Context())
	s.changed(ctx)
	commit()
	read(2, "after a change")
	if _, _, err := s.Public(t.Context(), "summer", Newest, "", 24); err != nil || store.read != 3 {
		t.Errorf("another gallery: read %d times, %v", store.read, err)
	}
	for i := range 2 * maxFirstPages {
		if _, err := s.firstPage(t.Context(), pageKey{"winter", Newest, i}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.first.pages); n > maxFirstPages {
		t.Errorf("%d pages are kept", n)
	}
}
