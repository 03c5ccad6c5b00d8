package gallery

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"marquee/internal/audience"
	"marquee/internal/create"
	"marquee/internal/fault"
)

// PageMax is how many entries a page of the gallery has at most.
const PageMax = 60

// Public gives a page of a campaign's public entries and the cursor of the
// next, "" at the end. after is a cursor or "".
func (s *Service) Public(ctx context.Context, slug string, sort Sort, after string, limit int) ([]Entry, string, error) {
	if sort != MostLoved {
		sort = Newest
	}
	limit = min(max(limit, 1), PageMax)
	cur, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	var es []Entry
	if after == "" {
		es, err = s.firstPage(ctx, pageKey{slug, sort, limit})
	} else {
		es, err = s.Store.Public(ctx, slug, sort, cur, limit)
	}
	if err != nil || len(es) < limit {
		return es, "", err
	}
	last := es[len(es)-1]
	return es, Cursor{last.PublishedAt, last.Votes, last.ID}.String(), nil
}

// String writes the cursor for an address.
func (c Cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(c.PublishedAt.UnixMicro(), 36) + "." + strconv.FormatInt(c.Votes, 36) + "." + c.ID))
}

func parseCursor(s string) (Cursor, error) {
	if s == "" {
		return Cursor{}, nil
	}
	invalid := fault.New(fault.Invalid, "cursor_invalid", "This page of the gallery can't be found. Begin at the first.")
	if len(s) > 200 {
		return Cursor{}, invalid
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return Cursor{}, invalid
	}
	parts := strings.SplitN(string(raw), ".", 3)
	if len(parts) != 3 || parts[2] == "" {
		return Cursor{}, invalid
	}
	at, err1 := strconv.ParseInt(parts[0], 36, 64)
	votes, err2 := strconv.ParseInt(parts[1], 36, 64)
	if err1 != nil || err2 != nil {
		return Cursor{}, invalid
	}
	return Cursor{time.UnixMicro(at).UTC(), votes, parts[2]}, nil
}

// Entry gives an entry to a viewer: a public one to everybody, any to the one
// who made it. One that was taken down is Gone.
func (s *Service) Entry(ctx context.Context, id string, viewer *audience.Participant) (Entry, error) {
	e, err := s.Store.Entry(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return Entry{}, fault.Missing("work")
	}
	if err != nil {
		return Entry{}, err
	}
	own := viewer != nil && viewer.ID == e.ParticipantID
	switch {
	case e.State == Published || own:
		return e, nil
	case e.State == TakenDown:
		return Entry{}, takenDown()
	case e.State == Hidden:
		return Entry{}, resting()
	default:
		return Entry{}, fault.Missing("work")
	}
}

// EntryOf gives the newest entry of a creation.
func (s *Service) EntryOf(ctx context.Context, creationID string) (Entry, error) {
	return s.Store.EntryOf(ctx, creationID)
}

// EntriesOf lists all entries of a creation, oldest first.
func (s *Service) EntriesOf(ctx context.Context, creationID string) ([]Entry, error) {
	return s.Store.EntriesOf(ctx, creationID)
}

// Visible tells whether a creation's picture may be seen: by the one who made
// it and by staff always, by others while it is public.
func (s *Service) Visible(c create.Creation, p *audience.Participant, staff bool) error {
	switch {
	case staff, p != nil && p.ID == c.ParticipantID, c.State == create.Published:
		return nil
	case c.State == create.TakenDown:
		return takenDown()
	case c.State == create.Hidden:
		return resting()
	default:
		return fault.Missing("picture")
	}
}

func takenDown() error {
	return fault.New(fault.Gone, "taken_down", "This work was taken down.")
}

// Count counts a campaign's public entries, up to 1000.
func (s *Service) Count(ctx context.Context, slug string) (int, error) {
	return s.Store.CountPublic(ctx, slug, 1000)
}
