package gallery

import (
	"context"
	"sync"
	"time"

	"marquee/internal/work"
)

// freshFor is how long a first page may be shown after another node changed
// the gallery. What this process changes shows at once.
const freshFor = 200 * time.Millisecond

// maxFirstPages bounds how many first pages are kept: one for each campaign,
// order and length that is asked for.
const maxFirstPages = 256

// firstPages keeps what nearly every visitor asks for: the first page of a
// gallery. Reading it is most of what such a request costs.
type firstPages struct {
	mu sync.Mutex
	// changes counts what this process changed in any gallery.
	changes int64
	pages   map[pageKey]firstPage
}

type pageKey struct {
	campaign string
	sort     Sort
	limit    int
}

type firstPage struct {
	entries []Entry
	changes int64
	at      time.Time
}

// get gives a kept page that is still fresh, and else the count of changes to
// keep a new one under.
func (f *firstPages) get(k pageKey) (entries []Entry, ok bool, changes int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p, ok := f.pages[k]
	if ok && p.changes == f.changes && time.Since(p.at) < freshFor {
		return p.entries, true, 0
	}
	return nil, false, f.changes
}

// keep keeps a page that was read when changes were counted.
func (f *firstPages) keep(k pageKey, entries []Entry, changes int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pages == nil || len(f.pages) >= maxFirstPages {
		f.pages = map[pageKey]firstPage{}
	}
	f.pages[k] = firstPage{entries, changes, time.Now()}
}

// changed has every first page read again once the current unit has committed.
func (s *Service) changed(ctx context.Context) {
	work.AfterCommit(ctx, func() {
		s.first.mu.Lock()
		defer s.first.mu.Unlock()
		s.first.changes++
	})
}

// firstPage reads the first page of a gallery, or gives the one that was read
// a moment ago. Its entries are shared: they are not to be changed.
func (s *Service) firstPage(ctx context.Context, k pageKey) ([]Entry, error) {
	entries, ok, changes := s.first.get(k)
	if ok {
		return entries, nil
	}
	entries, err := s.Store.Public(ctx, k.campaign, k.sort, Cursor{}, k.limit)
	if err == nil {
		s.first.keep(k, entries, changes)
	}
	return entries, err
}
