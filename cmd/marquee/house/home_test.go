package house_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marquee/brands"
	"marquee/cmd/marquee/house"
	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/guard"
	"marquee/internal/guard/standard"
	"marquee/internal/review"
	"marquee/internal/settings"
	"marquee/internal/store"
	"marquee/internal/store/blob"
	"marquee/internal/store/storetest"
)

// t0 is when a test's clock begins: inside the demonstration campaign's dates.
var t0 = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

// clock is a clock that a test moves.
type clock struct{ micros atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.micros.Store(t0.UnixMicro())
	return c
}

func (c *clock) Now() time.Time          { return time.UnixMicro(c.micros.Load()).UTC() }
func (c *clock) Advance(d time.Duration) { c.micros.Add(d.Microseconds()) }

// counted counts what is written to an object store.
type counted struct {
	asset.Blobs
	mu   sync.Mutex
	puts map[string]int
	// before, if set, runs before a blob under a prefix is written.
	before func(key string)
}

func (c *counted) Put(ctx context.Context, key, mediaType string, data []byte) error {
	c.mu.Lock()
	c.puts[key]++
	before := c.before
	c.mu.Unlock()
	if before != nil {
		before(key)
	}
	return c.Blobs.Put(ctx, key, mediaType, data)
}

// written gives how many writes there were below a prefix.
func (c *counted) written(prefix string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for key, times := range c.puts {
		if strings.HasPrefix(key, prefix) {
			n += times
		}
	}
	return n
}

func (c *counted) interfere(f func(key string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.before = f
}

// home is a whole house on one storage, with a clock, a paid maker that does
// as it is told, and a second way into the database that knows no rules.
type home struct {
	*house.House
	t     testing.TB
	clock *clock
	maker *scripted
	blobs *counted
	raw   *sql.DB
}

// testKit is the smaller of the kits that come with the program.
const testKit = "kornblum"

// kitVersion is the version of it that comes with the program.
var kitVersion = versionOf(testKit)

// versionOf reads the version of a brand's kit that comes with the program.
func versionOf(brand string) string {
	data, err := fs.ReadFile(brands.FS, brand+"/kit.json")
	var kit struct{ Version string }
	if err = errors.Join(err, json.Unmarshal(data, &kit)); err != nil {
		panic(err)
	}
	return kit.Version
}

// slug is the campaign of most tests: the demonstration's, with a paid maker.
const slug = "test-lights"

// each runs a test on both storages, in parallel, each time in a house of its
// own whose one campaign is open.
func each(t *testing.T, f func(t *testing.T, h *home)) {
	t.Helper()
	t.Parallel()
	storetest.EachAddress(t, func(t *testing.T, database, objects string) {
		f(t, open(t, database, objects))
	})
}

// reads is the guard of all houses: it reads texts and looks at no pictures,
// which has tests of its own and takes most of a second for each.
var reads = sync.OnceValues(func() (*guard.Guard, error) { return standard.New() })

// open builds a house on a storage.
func open(t testing.TB, database, objects string) *home {
	t.Helper()
	h := &home{t: t, clock: newClock(), maker: &scripted{}}
	under, err := blob.Open(t.Context(), objects)
	must(t, err)
	h.blobs = &counted{Blobs: under, puts: map[string]int{}}
	watch, err := reads()
	must(t, err)
	h.House, err = house.Open(t.Context(), house.Parts{
		Guard: watch,
		Settings: &settings.Settings{
			Data: t.TempDir(), Database: database, Objects: objects,
			SecretFile: filepath.Join(t.TempDir(), "secret.key"), Workers: 2,
		},
		Blobs: h.blobs, Log: storetest.Quiet(), Now: h.clock.Now, Version: "test",
	})
	must(t, err)
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	h.Providers.Pictures["scripted"] = h.maker
	m := scriptedMaker
	_, _, err = h.Registry.Usable(t.Context(), m.Provider, m.Model, m.Version)
	must(t, err)
	driver := "sqlite"
	if h.DB.Kind() == store.Postgres {
		driver = "pgx"
	} else {
		database = "file:" + database + "?_pragma=busy_timeout(5000)"
	}
	h.raw, err = sql.Open(driver, database)
	must(t, err)
	t.Cleanup(func() { _ = h.raw.Close() })
	kit, err := fs.Sub(brands.FS, testKit)
	must(t, err)
	_, err = h.Campaign.AddKit(t.Context(), kit, "system")
	must(t, err)
	h.campaign(slug, nil)
	return h
}

// file gives the demonstration campaign's file under a slug.
func file(t testing.TB, slug string) campaign.File {
	t.Helper()
	data, err := fs.ReadFile(brands.FS, house.DemoBrand+"/campaigns/winter-lights.json")
	must(t, err)
	f, err := campaign.ReadFile(bytes.NewReader(data))
	must(t, err)
	f.Slug, f.Provider = slug, "scripted"
	f.Kit, f.KitVersion, f.Marks = testKit, kitVersion, []string{"wordmark", "loaf", "blossom"}
	return f
}

// campaign adds an open campaign like the demonstration's, changed by edit.
func (h *home) campaign(slug string, edit func(*campaign.File)) campaign.Record {
	h.t.Helper()
	f := file(h.t, slug)
	if edit != nil {
		edit(&f)
	}
	rec, err := h.Campaign.Add(h.t.Context(), f, campaign.Open, "system")
	must(h.t, err)
	return rec
}

// terms are what the campaign asks of a grown-up from a market.
func (h *home) terms(slug, market string) audience.Terms {
	h.t.Helper()
	rec, err := h.Campaign.Get(h.t.Context(), slug)
	must(h.t, err)
	terms, err := rec.Arrival(market)
	must(h.t, err)
	return terms
}

// participant arrives at the campaign as a grown-up who agrees to the terms.
func (h *home) participant() audience.Participant {
	h.t.Helper()
	return h.participantFrom("DE")
}

func (h *home) participantFrom(market string) audience.Participant {
	h.t.Helper()
	p, _, err := h.Audience.Arrive(h.t.Context(), "", audience.Arriving{
		Terms: h.terms(slug, market), BirthYear: 1990, Locale: "en", Consents: []string{"terms"},
	})
	must(h.t, err)
	return p
}

// ask is a request that nothing is wrong with.
func ask(prompt string) create.Ask {
	seed := int64(7)
	return create.Ask{Prompt: prompt, Marks: []string{"wordmark"}, Aspect: "landscape", Seed: &seed, Locale: "en"}
}

// request asks for a generation and gives it as it was taken.
func (h *home) request(p audience.Participant, prompt string) create.Generation {
	h.t.Helper()
	g, err := h.Create.Request(h.t.Context(), p, slug, ask(prompt))
	must(h.t, err)
	return g
}

// queued is a job as it lies in the queue.
type queued struct {
	id   int64
	Of   string
	Args json.RawMessage
}

// queue lists the jobs that wait, oldest first.
func (h *home) queue() []queued {
	h.t.Helper()
	query := "SELECT id, json(args) FROM river_job WHERE state = 'available' ORDER BY id"
	if h.DB.Kind() == store.Postgres {
		query = "SELECT id, args::text FROM river_job WHERE state = 'available' ORDER BY id"
	}
	rows, err := h.raw.QueryContext(h.t.Context(), query)
	must(h.t, err)
	defer rows.Close()
	var out []queued
	for rows.Next() {
		var q queued
		var raw string
		must(h.t, rows.Scan(&q.id, &raw))
		must(h.t, json.Unmarshal([]byte(raw), &q))
		out = append(out, q)
	}
	must(h.t, rows.Err())
	return out
}

// work carries out the jobs that wait, as a worker would, until there are
// none, and gives their kinds. It stands for the worker where a test has to
// say when a job runs.
func (h *home) work() []string {
	h.t.Helper()
	handlers := h.Create.Handlers()
	maps.Copy(handlers, h.Gallery.Handlers())
	handlers[gallery.JobPurge] = func(context.Context, []byte) error { return nil }
	var kinds []string
	for jobs := h.queue(); len(jobs) > 0; jobs = h.queue() {
		for _, j := range jobs {
			_, err := h.raw.ExecContext(h.t.Context(), "DELETE FROM river_job WHERE id = $1", j.id)
			must(h.t, err)
			kinds = append(kinds, j.Of)
			if err := handlers[j.Of](h.t.Context(), j.Args); err != nil {
				h.t.Fatalf("job %s %s: %v", j.Of, j.Args, err)
			}
		}
	}
	return kinds
}

// candidates asks for a generation and makes it.
func (h *home) candidates(p audience.Participant, prompt string) (create.Generation, []create.Candidate) {
	h.t.Helper()
	g := h.request(p, prompt)
	h.work()
	return h.view(p, g.ID)
}

func (h *home) view(p audience.Participant, id string) (create.Generation, []create.Candidate) {
	h.t.Helper()
	g, cs, err := h.Create.View(h.t.Context(), p, id)
	must(h.t, err)
	return g, cs
}

// creation makes a creation of the first candidate of a new generation.
func (h *home) creation(p audience.Participant) create.Creation {
	h.t.Helper()
	g, cs := h.candidates(p, "a polar fox beside a lantern")
	if len(cs) == 0 {
		h.t.Fatalf("no candidates: %+v", g)
	}
	c, _, err := h.Create.Choose(h.t.Context(), p, g.ID, cs[0].ID)
	must(h.t, err)
	return c
}

// sibling makes another creation of the same candidate.
func (h *home) sibling(p audience.Participant, c create.Creation) create.Creation {
	h.t.Helper()
	out, _, err := h.Create.Choose(h.t.Context(), p, c.GenerationID, c.CandidateID)
	must(h.t, err)
	return out
}

// enter hands a creation in.
func (h *home) enter(p audience.Participant, c create.Creation, title string) gallery.Entry {
	h.t.Helper()
	e, err := h.Gallery.Enter(h.t.Context(), p, c.ID, title, "Adamantina", "en")
	must(h.t, err)
	return e
}

// item finds the newest item of a subject.
func (h *home) item(kind review.Kind, subject string) review.Item {
	h.t.Helper()
	i, err := h.Review.Of(h.t.Context(), kind, subject)
	must(h.t, err)
	return i
}

// reviewer is who decides in most tests.
var reviewer = review.By{ID: "0192-reviewer", Role: "reviewer"}

// decide decides on the newest item of a subject.
func (h *home) decide(kind review.Kind, subject string, d review.Decision, reason string) review.Item {
	h.t.Helper()
	i, err := h.Review.Decide(h.t.Context(), reviewer, h.item(kind, subject).ID, d, reason)
	must(h.t, err)
	return i
}

// published makes a creation that everybody sees.
func (h *home) published(p audience.Participant) (create.Creation, gallery.Entry) {
	h.t.Helper()
	c := h.creation(p)
	e := h.enter(p, c, "Fox at night")
	h.decide(review.KindEntry, e.ID, review.Approve, "")
	return h.again(c), e
}

// again reads a creation anew.
func (h *home) again(c create.Creation) create.Creation {
	h.t.Helper()
	c, err := h.Create.Creation(h.t.Context(), c.ID)
	must(h.t, err)
	return c
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wants fails unless err is a fault of a kind and a code.
func wants(t testing.TB, err error, kind fault.Kind, code string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != kind || f.Code != code {
		t.Fatalf("got error %v, want a fault of kind %d with code %s", err, kind, code)
	}
}

// is fails unless got is what is wanted.
func is[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

func second[A, B any](_ A, b B) B        { return b }
func third[A, B, C any](_ A, _ B, c C) C { return c }

// atOnce runs f n times at the same time and counts, by code, how it ended;
// "" is success. An error that is no fault fails the test.
func atOnce(t *testing.T, n int, f func(i int) error) map[string]int {
	t.Helper()
	var wg sync.WaitGroup
	errs := make([]error, n)
	begin := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-begin
			errs[i] = f(i)
		})
	}
	close(begin)
	wg.Wait()
	ended := map[string]int{}
	var bad []error
	for _, err := range errs {
		switch f, ok := fault.As(err); {
		case err == nil:
			ended[""]++
		case ok:
			ended[f.Code]++
		default:
			bad = append(bad, err)
		}
	}
	must(t, errors.Join(bad...))
	return ended
}

// must2 gives a function that fails on an error and otherwise gives the value.
func must2[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		must(t, err)
		return v
	}
}
