package create

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"marquee/internal/brand"
	"marquee/internal/campaign"
)

// maxJudged bounds the findings that are kept.
const maxJudged = 4096

// judged keeps what was found of stored works: a reviewer's queue asks for many
// at once, again and again, and the answer is the same until the work, the
// campaign, the kit or the day changes.
type judged struct {
	mu    sync.Mutex
	known map[string][]brand.Finding
}

func (j *judged) get(key string) ([]brand.Finding, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f, ok := j.known[key]
	return slices.Clone(f), ok
}

func (j *judged) keep(key string, f []brand.Finding) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.known == nil || len(j.known) >= maxJudged {
		j.known = map[string][]brand.Finding{}
	}
	j.known[key] = slices.Clone(f)
}

// judgedKey names all that the findings of a stored work depend on. Rights and
// rules begin and end with days.
func (s *Service) judgedKey(c Creation, rec campaign.Record) string {
	return fmt.Sprintf("%s %d %s %s %d %s", c.ID, c.Revision, kitName(c), c.Market, rec.Revision, s.Now().UTC().Format(time.DateOnly))
}

// judgedOnce gives what was found of a stored work, or finds it.
func (s *Service) judgedOnce(ctx context.Context, c Creation, find func() ([]brand.Finding, error)) ([]brand.Finding, error) {
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return nil, err
	}
	key := s.judgedKey(c, rec)
	if f, ok := s.judged.get(key); ok {
		return f, nil
	}
	f, err := find()
	if err == nil {
		s.judged.keep(key, f)
	}
	return f, err
}
