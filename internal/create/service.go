package create

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/ledger"
	"marquee/internal/provenance"
	"marquee/internal/review"
	"marquee/internal/watermark"
	"marquee/internal/work"
)

// The kinds of jobs that Create runs.
const (
	jobGeneration = "generation.run"
	jobErase      = "asset.erase"
)

// Deps are what the service is made of.
type Deps struct {
	Store      Store
	Unit       work.Unit
	Jobs       work.Jobs
	Ledger     *ledger.Ledger
	Blobs      asset.Blobs
	Audience   *audience.Service
	Campaigns  *campaign.Service
	Door       *generate.Door
	Review     *review.Service
	Provenance *provenance.Service
	// Seal signs all that is made.
	Seal *provenance.Sealer
	// Mark is the secret of the watermark.
	Mark watermark.Key
	// Prove compares marks with their pixels; nil is brand.NewProver.
	Prove Prove
	// Key makes pseudonyms; at least 32 bytes.
	Key []byte
	Now func() time.Time
	Log *slog.Logger
}

// Service is the experience Create.
type Service struct {
	Deps
	wakers wakers

	// running cancels the generations that run in this process.
	mu      sync.Mutex
	running map[string]context.CancelFunc

	// renders are shared by all who want the same file, and bounded, so that
	// pictures never take all processors from answering.
	renders singleflight.Group
	slots   *semaphore.Weighted
	grounds grounds
	judged  judged
	asks    asks
	signers signers
}

// New makes the service and takes held prompts into its care.
func New(d Deps) *Service {
	if d.Prove == nil {
		d.Prove = byBrand
	}
	s := &Service{
		Deps: d, wakers: wakers{waiting: map[string]map[chan struct{}]bool{}},
		running: map[string]context.CancelFunc{}, slots: semaphore.NewWeighted(int64(max(runtime.NumCPU(), 2))),
	}
	d.Review.On(review.KindGeneration, heldPrompts{s})
	return s
}

// Handlers are the jobs that a worker runs for Create, by kind.
func (s *Service) Handlers() map[string]func(ctx context.Context, args []byte) error {
	return map[string]func(context.Context, []byte) error{
		jobGeneration: s.runJob,
		jobErase:      s.eraseJob,
	}
}

// Failed is told of a job that will not be tried again, with the last error: it
// marks the generation as failed, so that nobody waits for it.
func (s *Service) Failed(ctx context.Context, kind string, args []byte, cause error) error {
	if kind != jobGeneration {
		return nil
	}
	var a generationArgs
	if err := json.Unmarshal(args, &a); err != nil {
		return err
	}
	g, err := s.Store.Generation(ctx, a.ID)
	if fault.Is(err, fault.NotFound) || err == nil && g.State.Ended() {
		return nil
	}
	if err != nil {
		return err
	}
	s.Log.ErrorContext(ctx, "a generation failed", "generation", a.ID, "cause", cause)
	return s.end(ctx, g, Failed, "generation_failed")
}

// mine gives a fault unless the thing belongs to the participant. Whose it is
// is not told: to others it does not exist.
func mine(p audience.Participant, owner, what string) error {
	if owner != p.ID {
		return fault.Missing(what)
	}
	return nil
}

// eraseArgs name blobs to delete by their owners.
type eraseArgs struct {
	Owners []string `json:"owners"`
}

// eraseBlobs has the blobs of owners deleted once the unit has committed.
func (s *Service) eraseBlobs(ctx context.Context, owners ...string) error {
	args, err := json.Marshal(eraseArgs{owners})
	if err != nil {
		return err
	}
	return s.Jobs.Enqueue(ctx, jobErase, args, "")
}

func (s *Service) eraseJob(ctx context.Context, args []byte) error {
	var a eraseArgs
	if err := json.Unmarshal(args, &a); err != nil {
		return err
	}
	for _, o := range a.Owners {
		if err := asset.DeleteOwner(ctx, s.Blobs, o); err != nil {
			return err
		}
	}
	return nil
}
