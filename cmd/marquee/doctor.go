package main

import (
	"context"
	"fmt"
	"image"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"marquee/brands"
	"marquee/cmd/marquee/house"
	"marquee/internal/brand"
	"marquee/internal/guard/sight/nsfw"
	"marquee/internal/provider"
	"marquee/internal/settings"
	"marquee/internal/store"
	"marquee/internal/store/blob"
	"marquee/internal/web/stage"
	"marquee/ui"
)

// checkWithin bounds each check of the doctor.
const checkWithin = 15 * time.Second

// finding is what the doctor says of one thing.
type finding struct {
	what string
	// good is told if all is well; advice is what to do if err is not nil.
	good, advice string
	err          error
}

// doctor looks at everything that the server needs and tells what it finds.
func doctor(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
	checks := []func(context.Context, *settings.Settings) finding{
		checkData, checkSecret, checkDatabase, checkLedger, checkObjects, checkProvider, checkFonts, checkEyes, checkSigning, checkStamping, checkFrontEnd,
	}
	bad := 0
	for _, check := range checks {
		within, cancel := context.WithTimeout(ctx, checkWithin)
		f := check(within, s)
		cancel()
		if f.err == nil {
			t.say("ok    %-12s %s", f.what, f.good)
			continue
		}
		bad++
		t.say("BAD   %-12s %s", f.what, plainly(f.err))
		t.say("      %-12s → %s", "", f.advice)
	}
	if bad > 0 {
		t.say("\n%d of %d things need care.", bad, len(checks))
		return errQuiet
	}
	t.say("\nAll is well.")
	return nil
}

func checkData(_ context.Context, s *settings.Settings) finding {
	f := finding{what: "data", good: s.Data + " can be written", advice: "Make the folder writable for this user, or choose another: --data"}
	if f.err = os.MkdirAll(s.Data, 0o700); f.err != nil {
		return f
	}
	probe, err := os.CreateTemp(s.Data, ".doctor-*")
	if f.err = err; err != nil {
		return f
	}
	if f.err = probe.Close(); f.err == nil {
		f.err = os.Remove(probe.Name())
	}
	return f
}

func checkSecret(_ context.Context, s *settings.Settings) finding {
	f := finding{what: "secret", good: s.SecretFile + " is there and private", advice: "Put the right file back, with: chmod 600 " + s.SecretFile}
	if _, f.err = s.Secret(); f.err != nil {
		return f
	}
	info, err := os.Stat(s.SecretFile)
	if f.err = err; err == nil && info.Mode().Perm()&0o077 != 0 {
		f.err = fmt.Errorf("others can read %s", s.SecretFile)
	}
	return f
}

func checkDatabase(ctx context.Context, s *settings.Settings) finding {
	f := finding{what: "database", advice: "Start the database, or correct --database (its password too)."}
	db, err := store.Open(ctx, store.Config{Database: s.Database})
	if f.err = err; err != nil {
		return f
	}
	defer db.Close()
	f.err = db.Ping(ctx)
	f.good = string(db.Kind()) + " answers and its tables are up to date"
	return f
}

func checkObjects(ctx context.Context, s *settings.Settings) finding {
	f := finding{what: "objects", good: "can be written and read", advice: "Make the folder writable, or start the object store and correct --objects and its keys."}
	blobs, err := blob.Open(ctx, house.Objects(s))
	if f.err = err; err == nil {
		f.err = blobs.Check(ctx)
	}
	return f
}

func checkProvider(ctx context.Context, s *settings.Settings) finding {
	f := finding{what: "provider", good: "the built-in painter; no model is configured", advice: "Correct the provider's address, key and model. Until then the painter stands in and says so."}
	set, err := house.ProviderSet(s, nil)
	if f.err = err; err != nil {
		return f
	}
	var answers []string
	for _, c := range callers(set) {
		if err := c.Check(ctx); err != nil {
			f.err = fmt.Errorf("%s (%s): %s", c.name, c.Maker().Model, plainly(err))
			return f
		}
		answers = append(answers, c.name+" answers with "+c.Maker().Model)
	}
	if len(answers) > 0 {
		f.good = strings.Join(answers, ", ")
	}
	return f
}

// named is one capability of a provider under the name that campaigns use.
type named struct {
	name string
	provider.Caller
}

// callers lists everything that can be called, in a stable order.
func callers(set provider.Set) []named {
	var out []named
	add := func(name string, c provider.Caller) { out = append(out, named{name, c}) }
	for _, name := range slices.Sorted(maps.Keys(set.Pictures)) {
		add(name, set.Pictures[name])
	}
	for _, name := range slices.Sorted(maps.Keys(set.Edits)) {
		add(name, set.Edits[name])
	}
	for _, name := range slices.Sorted(maps.Keys(set.Texts)) {
		add(name, set.Texts[name])
	}
	for _, name := range slices.Sorted(maps.Keys(set.Moderators)) {
		add(name, set.Moderators[name])
	}
	return out
}

// checkFonts reads the kit that comes with the binary: its fonts are what text
// on pictures is set in.
func checkFonts(context.Context, *settings.Settings) finding {
	f := finding{what: "fonts", advice: "This binary is not whole. Build it again: make build"}
	folder, err := fs.Sub(brands.FS, house.DemoBrand)
	if f.err = err; err != nil {
		return f
	}
	kit, err := brand.Read(folder)
	if f.err = err; err == nil {
		f.good = fmt.Sprintf("%d fonts of the demonstration kit can be read", len(kit.Fonts))
	}
	return f
}

// checkEyes looks through the model, and says what else pictures are checked
// with. A missing reader is told and not wrong: people then read brought
// pictures.
func checkEyes(ctx context.Context, s *settings.Settings) finding {
	f := finding{what: "pictures", advice: "Correct --text-reader or --known-pictures."}
	eyes, err := house.Eyes(ctx, s)
	if f.err = err; err != nil {
		return f
	}
	if _, f.err = nsfw.Look(ctx, image.NewGray(image.Rect(0, 0, nsfw.Side, nsfw.Side))); f.err != nil {
		f.advice = "This binary is not whole. Build it again: make build"
		return f
	}
	f.good = "nudity (" + nsfw.Kernel() + " arithmetic) and faces are looked for"
	if eyes.Reader != nil {
		f.good += "; text is read in " + strings.Join(eyes.Reader.Languages(), ", ")
	} else {
		f.good += "; text is not read, so people read brought pictures: " + plainly(eyes.Unread)
	}
	if eyes.Known != nil {
		f.good += fmt.Sprintf("; %d pictures are known", eyes.Known.Len())
	}
	return f
}

// checkSigning looks at the keys that pictures are signed and watermarked with.
// A signer that no public list knows is told, and not wrong.
func checkSigning(_ context.Context, s *settings.Settings) finding {
	f := finding{what: "signing", advice: "Put signer.key and signer.pem back into " + house.OriginKeys(s) + ", or another signer's, and watermark.key. Until then nothing new is made or published, and nothing is lost."}
	keys, err := house.OpenKeys(s, time.Now())
	if f.err = err; err != nil {
		return f
	}
	signer, err := keys.Signer()
	if f.err = err; err != nil {
		return f
	}
	own, err := keys.Own()
	if f.err = err; err != nil {
		return f
	}
	leaf := signer.Chain()[0]
	if left := time.Until(leaf.NotAfter); left < 30*24*time.Hour {
		f.err = fmt.Errorf("the certificate of %s ends on %s", leaf.Subject.CommonName, leaf.NotAfter.UTC().Format(time.DateOnly))
		f.advice = "Get a new certificate and put it into " + house.OriginKeys(s)
		return f
	}
	f.good = fmt.Sprintf("as %s, until %s", leaf.Subject.CommonName, leaf.NotAfter.UTC().Format(time.DateOnly))
	if own {
		f.good += "; " + house.SelfMade
	}
	return f
}

// checkStamping asks the time-stamp authority, where one is set.
func checkStamping(ctx context.Context, s *settings.Settings) finding {
	f := finding{what: "time stamps", advice: "Correct --timestamp-url. Until then pictures are signed without a time stamp."}
	if s.TimestampURL == "" {
		f.good = "none are asked for; --timestamp-url names an authority"
		return f
	}
	f.err = house.CheckStamping(ctx, s)
	f.good = "the authority answers"
	return f
}

func checkFrontEnd(context.Context, *settings.Settings) finding {
	f := finding{what: "front end", good: "is built in", advice: "Build the front end into the binary: make build"}
	files, err := ui.Dist()
	if f.err = err; err != nil {
		return f
	}
	assets, err := stage.NewAssets(files)
	if f.err = err; err != nil {
		return f
	}
	for _, app := range []string{"stage", "studio"} {
		if _, ok := assets.Entry(app); !ok {
			f.err = fmt.Errorf("the %s is missing", app)
		}
	}
	return f
}
