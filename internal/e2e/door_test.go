package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"image"
	"image/png"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provider"
	"marquee/internal/provider/builtin"
	"marquee/internal/provider/openai"
	"marquee/internal/provider/providertest"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// doorway is a door to providers on a real database, with a real server that
// speaks the image API.
type doorway struct {
	*generate.Door
	db     *store.DB
	server *providertest.Server
	rec    campaign.Record
}

// budgeted is what the campaign of these tests may spend.
const budgeted = 2

func newDoorway(t *testing.T, detectors []guard.PictureDetector, replies ...http.HandlerFunc) *doorway {
	t.Helper()
	db := storetest.Open(t, storetest.Database(t, store.SQLite))
	server := providertest.NewServer(t, replies...)
	p, err := openai.New(openai.Config{BaseURL: server.Base(), Model: "flux-dev"})
	if err != nil {
		t.Fatal(err)
	}
	watch, err := guard.New(detectors...)
	if err != nil {
		t.Fatal(err)
	}
	d := &doorway{db: db, server: server, rec: campaign.Record{Slug: "lights", State: campaign.Open, File: campaign.File{Slug: "lights", Provider: "openai"}}}
	err = db.Do(t.Context(), func(ctx context.Context) error {
		return errors.Join(db.InsertCampaign(ctx, d.rec), db.SetBudget(ctx, d.rec.Slug, budgeted))
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Door = generate.New(generate.Deps{
		Guard: watch, Unit: db, Ledger: ledger.New(db, func() time.Time { return time.UnixMicro(1790000000000000) }), Budget: storetest.Purse(db),
		Builtin: builtin.Painter{}, Providers: provider.Set{Pictures: map[string]provider.Pictures{"openai": p}}, Log: storetest.Quiet(),
	})
	return d
}

// ask asks for a small picture under a key.
func (d *doorway) ask(t *testing.T, key string, change ...func(*generate.Request)) (*generate.Result, error) {
	t.Helper()
	r := generate.Request{
		Campaign: d.rec, Key: key, Prompt: "a polar fox beside a lantern", Locale: "en", Width: 256, Height: 256, Seed: 7, User: "p-1",
	}
	for _, f := range change {
		f(&r)
	}
	return d.Picture(t.Context(), r, nil)
}

// spends wants the budget to stand at reserved and spent.
func (d *doorway) spends(t *testing.T, reserved, spent int64) {
	t.Helper()
	b, err := d.db.Budget(t.Context(), d.rec.Slug)
	if err != nil {
		t.Fatal(err)
	}
	if b.Reserved != reserved || b.Spent != spent {
		t.Errorf("reserved %d and spent %d, want %d and %d", b.Reserved, b.Spent, reserved, spent)
	}
}

// rows gives the ledger's rows on pictures.
func (d *doorway) rows(t *testing.T) []ledger.Row {
	t.Helper()
	rows, err := d.db.LedgerRows(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(rows, func(r ledger.Row) bool { return r.SubjectKind != "picture" })
}

// by wants a picture of a provider.
func by(t *testing.T, res *generate.Result, err error, name string, fallback bool) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if res.Maker.Provider != name || res.Fallback != fallback {
		t.Errorf("made by %s, fallback %t; want %s, %t", res.Maker.Provider, res.Fallback, name, fallback)
	}
	if size := res.Image.Bounds().Size(); size != image.Pt(256, 256) {
		t.Errorf("the picture is %v", size)
	}
}

func TestDoorJudgesTheWayIn(t *testing.T) {
	t.Parallel()
	held := func(r *generate.Request) { r.Prompt = "a murder scene" }
	released := func(r *generate.Request) { r.Released = true }
	for name, c := range map[string]struct {
		change []func(*generate.Request)
		code   string
	}{
		"denied":             {[]func(*generate.Request){func(r *generate.Request) { r.Prompt = "a bear for anna@example.com" }}, "prompt_denied"},
		"denied is denied":   {[]func(*generate.Request){func(r *generate.Request) { r.Prompt = "a bear for anna@example.com" }, released}, "prompt_denied"},
		"held":               {[]func(*generate.Request){held}, "prompt_held"},
		"held and released":  {[]func(*generate.Request){held, released}, ""},
		"released, harmless": {[]func(*generate.Request){released}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDoorway(t, nil)
			res, err := d.ask(t, "a", c.change...)
			if c.code == "" {
				by(t, res, err, "openai", false)
				return
			}
			if res != nil || !fault.HasCode(err, c.code) {
				t.Errorf("a picture: %t, error: %v", res != nil, err)
			}
			// What did not happen matters as much.
			if n := len(d.server.Asked()); n != 0 {
				t.Errorf("the provider was called %d times", n)
			}
			if rows := d.rows(t); len(rows) != 0 {
				t.Errorf("the ledger tells of a picture: %+v", rows)
			}
			d.spends(t, 0, 0)
		})
	}
}

func TestDoorPaysForWhatItGets(t *testing.T) {
	t.Parallel()
	var d *doorway
	var reserved atomic.Int64
	d = newDoorway(t, nil, func(w http.ResponseWriter, r *http.Request) {
		b, err := d.db.Budget(r.Context(), "lights")
		if err != nil {
			t.Error(err)
		}
		reserved.Store(b.Reserved) // while the provider works
		providertest.Answer(drawn(256, 256))(w, r)
	})
	res, err := d.ask(t, "a")
	by(t, res, err, "openai", false)
	if reserved.Load() != 1 {
		t.Errorf("%d were reserved during the call", reserved.Load())
	}
	d.spends(t, 0, 1)
	rows := d.rows(t)
	if len(rows) != 1 || rows[0].Action != "picture.made" || rows[0].SubjectID != "a" ||
		rows[0].Public["provider"] != "openai" || rows[0].Public["model"] != "flux-dev" || rows[0].Public["picture_verdict"] != "allow" {
		t.Errorf("the ledger has %+v", rows)
	}

	// The same picture again, as after a crash, is another call, which the
	// provider has on its bill.
	res, err = d.ask(t, "a")
	by(t, res, err, "openai", false)
	d.spends(t, 0, 2)
}

func TestDoorWithAnEmptyBudget(t *testing.T) {
	t.Parallel()
	d := newDoorway(t, nil)
	for _, key := range []string{"a", "b"} {
		res, err := d.ask(t, key)
		by(t, res, err, "openai", false)
	}
	res, err := d.ask(t, "c")
	by(t, res, err, "builtin", true)
	if n := len(d.server.Asked()); n != budgeted {
		t.Errorf("the provider was called %d times on a budget of %d", n, budgeted)
	}
	d.spends(t, 0, budgeted)
}

func TestDoorWhenAProviderFails(t *testing.T) {
	t.Parallel()
	unfit := providertest.Answer(providertest.Image{B64JSON: "AAAA"})
	for name, c := range map[string]struct {
		reply http.HandlerFunc
		spent int64
	}{
		"away":           {providertest.Fail(400, "server_error", "no_gpu"), 0},
		"broken":         {providertest.Fail(500, "server_error", "no_gpu"), 2}, // what a broken call cost is unknown, so it counts: twice, for it is tried again
		"no picture":     {unfit, 1},
		"key turned off": {providertest.Fail(401, "", "invalid_api_key"), 0},
		"long queue":     {providertest.FailFor(429, 600), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDoorway(t, nil, c.reply, c.reply)
			res, err := d.ask(t, "a")
			by(t, res, err, "builtin", true)
			d.spends(t, 0, c.spent)
			if rows := d.rows(t); len(rows) != 1 || rows[0].Public["provider"] != "builtin" {
				t.Errorf("the ledger has %+v", rows)
			}
		})
	}
	t.Run("unknown", func(t *testing.T) {
		t.Parallel()
		d := newDoorway(t, nil)
		d.rec.File.Provider = "dreams"
		res, err := d.ask(t, "a")
		by(t, res, err, "builtin", true)
		if m := d.Maker(d.rec); m.Provider != "builtin" {
			t.Errorf("the campaign's maker is said to be %+v", m)
		}
		d.spends(t, 0, 0)
	})
	t.Run("none wanted", func(t *testing.T) {
		t.Parallel()
		d := newDoorway(t, nil)
		d.rec.File.Provider = "builtin"
		res, err := d.ask(t, "a")
		by(t, res, err, "builtin", false)
		d.spends(t, 0, 0)
	})
}

// TestDoorKeepsARefusal wants a refusal to stay one: the painter does not make
// what a provider would not.
func TestDoorKeepsARefusal(t *testing.T) {
	t.Parallel()
	d := newDoorway(t, nil, providertest.Fail(400, "image_generation_user_error", "moderation_blocked"))
	res, err := d.ask(t, "a")
	if res != nil || !fault.HasCode(err, "provider_refused") {
		t.Errorf("a picture: %t, error: %v", res != nil, err)
	}
	d.spends(t, 0, 0)
	if rows := d.rows(t); len(rows) != 0 {
		t.Errorf("the ledger has %+v", rows)
	}
}

func TestDoorWhenCancelled(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{}, 1)
	d := newDoorway(t, nil, providertest.Hang(begun))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() { <-begun; cancel() }()
	res, err := d.Picture(ctx, generate.Request{Campaign: d.rec, Key: "a", Prompt: "a fox", Locale: "en", Width: 256, Height: 256}, nil)
	if res != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("a picture: %t, error: %v", res != nil, err)
	}
	d.spends(t, 0, 1) // settled all the same: nothing stays reserved for ever
}

// odd is a detector that fails.
type odd struct{}

func (odd) Name() string { return "odd/1" }

func (odd) Picture(context.Context, image.Image) ([]policy.Finding, error) {
	return nil, errors.New("the model is gone")
}

func TestDoorJudgesTheWayOut(t *testing.T) {
	t.Parallel()
	flat := func(w http.ResponseWriter, r *http.Request) {
		img := image.NewNRGBA(image.Rect(0, 0, 256, 256))
		for i := range img.Pix {
			img.Pix[i] = 0xff
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Error(err)
		}
		providertest.Answer(providertest.Image{B64JSON: base64.StdEncoding.EncodeToString(b.Bytes())})(w, r)
	}
	for name, c := range map[string]struct {
		detectors []guard.PictureDetector
		replies   []http.HandlerFunc
		verdict   string
	}{
		"a flat picture":     {nil, []http.HandlerFunc{flat}, "deny"},
		"a check that fails": {[]guard.PictureDetector{odd{}}, nil, "hold"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDoorway(t, c.detectors, c.replies...)
			res, err := d.ask(t, "a")
			if res != nil || !fault.HasCode(err, "picture_refused") {
				t.Errorf("a picture: %t, error: %v", res != nil, err)
			}
			// It was made and paid for, and the ledger says what became of it.
			d.spends(t, 0, 1)
			if rows := d.rows(t); len(rows) != 1 || rows[0].Public["picture_verdict"] != c.verdict {
				t.Errorf("the ledger has %+v", rows)
			}
		})
	}
}

// TestDoorFitsPictures wants the pixels asked for, whatever a provider gives.
func TestDoorFitsPictures(t *testing.T) {
	t.Parallel()
	d := newDoorway(t, nil, providertest.Answer(drawn(300, 80)), providertest.Answer(drawn(64, 64)))
	for _, key := range []string{"a", "b"} {
		res, err := d.ask(t, key)
		by(t, res, err, "openai", false)
	}
}

func drawn(width, height int) providertest.Image {
	return providertest.Image{B64JSON: base64.StdEncoding.EncodeToString(providertest.Drawn(width, height, "x"))}
}
