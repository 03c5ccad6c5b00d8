package api

import (
	"context"
	"sync"
	"time"

	"marquee/internal/campaign"
)

// How long a campaign's record is used again, and how many are kept. Reading
// one takes longer than all else that the gallery's page needs.
const (
	recentLife = time.Second
	recentMax  = 256
)

// Recent gives campaigns as they were at most a second ago, for what many look
// at. A draft is never kept, so that opening one shows at once.
type Recent struct {
	campaigns *campaign.Service
	now       func() time.Time

	mu   sync.RWMutex
	kept map[string]recentRecord
}

type recentRecord struct {
	record campaign.Record
	until  time.Time
}

// NewRecent makes it on the campaigns' service.
func NewRecent(campaigns *campaign.Service, now func() time.Time) *Recent {
	return &Recent{campaigns: campaigns, now: now, kept: map[string]recentRecord{}}
}

// Get gives a campaign; the errors are those of the service. The record is
// shared: it is not to be changed.
func (r *Recent) Get(ctx context.Context, slug string) (campaign.Record, error) {
	now := r.now()
	r.mu.RLock()
	have, ok := r.kept[slug]
	r.mu.RUnlock()
	if ok && now.Before(have.until) {
		return have.record, nil
	}
	rec, err := r.campaigns.Get(ctx, slug)
	if err != nil || rec.State == campaign.Draft {
		return rec, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.kept) >= recentMax {
		clear(r.kept)
	}
	r.kept[rec.Slug] = recentRecord{rec, now.Add(recentLife)}
	return rec, nil
}
