package create

import (
	"context"
	"encoding/json"
	"sync"

	"marquee/internal/work"
)

// wakers wake those who wait for news of a generation in this process.
type wakers struct {
	mu      sync.Mutex
	waiting map[string]map[chan struct{}]bool
}

// Watch gives a channel that is signalled when a generation has news in this
// process, and a function that ends it. Another node's news come by asking
// Events now and then.
func (s *Service) Watch(id string) (<-chan struct{}, func()) {
	w := &s.wakers
	ch := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.waiting[id] == nil {
		w.waiting[id] = map[chan struct{}]bool{}
	}
	w.waiting[id][ch] = true
	return ch, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.waiting[id], ch)
		if len(w.waiting[id]) == 0 {
			delete(w.waiting, id)
		}
	}
}

func (w *wakers) wake(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ch := range w.waiting[id] {
		select {
		case ch <- struct{}{}:
		default: // it has a signal waiting already
		}
	}
}

// Events gives what happened to a generation after a Seq, at most 200.
func (s *Service) Events(ctx context.Context, id string, after int64) ([]Event, error) {
	return s.Store.Events(ctx, id, after)
}

// tell adds an event in the current unit of work.
func (s *Service) tell(ctx context.Context, id, kind string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	if _, err := s.Store.AppendEvent(ctx, Event{GenerationID: id, Kind: kind, Data: raw, At: s.Now()}); err != nil {
		return err
	}
	work.AfterCommit(ctx, func() { s.wakers.wake(id) })
	return nil
}

// StateEvent is the data of an event of kind "state".
type StateEvent struct {
	State GenerationState `json:"state"`
	Code  string          `json:"code,omitempty"`
}

// ProgressEvent is the data of an event of kind "progress".
type ProgressEvent struct {
	// Fraction is how much of the whole generation is done, 0 to 1.
	Fraction float64 `json:"fraction"`
	// Stage is "painting" or "checking".
	Stage string `json:"stage"`
	// Index is the candidate being made.
	Index int `json:"index"`
}

// CandidateEvent is the data of an event of kind "candidate".
type CandidateEvent struct {
	ID    string `json:"id"`
	Index int    `json:"index"`
}
