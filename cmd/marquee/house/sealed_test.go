package house_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marquee/c2pa"
	"marquee/internal/asset"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/provenance"
	"marquee/internal/provider"
	"marquee/internal/review"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
	"marquee/internal/watermark"
	"marquee/internal/work"
)

// trusted fails unless a file's credential is good and this house's, and gives
// what it says.
func (h *home) trusted(what string, file, beside []byte) c2pa.Summary {
	h.t.Helper()
	ours, err := h.Keys.Trust()
	must(h.t, err)
	r, err := c2pa.Validate(h.t.Context(), bytes.NewReader(file), c2pa.Options{Trust: ours, Manifest: beside, Now: h.clock.Now})
	must(h.t, err)
	if r.State != c2pa.Trusted {
		h.t.Fatalf("%s is %s: %+v", what, r.State, r.Codes(c2pa.Failure))
	}
	return c2pa.Describe(r)
}

// says gives Marquee's own assertion of a file's newest manifest.
func (h *home) says(file, beside []byte) provenance.Said {
	h.t.Helper()
	r, err := c2pa.Validate(h.t.Context(), bytes.NewReader(file), c2pa.Options{Manifest: beside, Now: h.clock.Now})
	must(h.t, err)
	for _, a := range r.Store.Active().Assertions {
		if a.Kind() == provenance.SaidLabel {
			var s provenance.Said
			must(h.t, json.Unmarshal(a.JSON, &s))
			return s
		}
	}
	h.t.Fatal("it says nothing of its origin")
	return provenance.Said{}
}

// did lists the actions of all manifests of a file, the newest first.
func did(s c2pa.Summary) string {
	var all []string
	for _, m := range s.Manifests {
		var one []string
		for _, a := range m.Actions {
			one = append(one, strings.TrimPrefix(a.Action, "c2pa."))
		}
		all = append(all, strings.Join(one, " "))
	}
	return strings.Join(all, " < ")
}

func (h *home) blob(key string) []byte {
	h.t.Helper()
	data, err := asset.ReadAll(h.t.Context(), h.Blobs, key)
	must(h.t, err)
	return data
}

// A work carries its whole way: candidate, composition, approval, file.
func TestEveryPictureIsSigned(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		g, cs := h.candidates(p, "a polar fox beside a lantern")
		candidate := h.blob(cs[0].BlobKey)
		is(t, "the candidate's way", did(h.trusted("the candidate", candidate, nil)), "created")
		o, err := h.Provenance.OriginOf(ctx, "candidate", cs[0].ID, 0)
		must(t, err)
		said := h.says(candidate, nil)
		is(t, "its id", said.ID, provenance.IDWord(o.ID))
		is(t, "its maker", said.Kind+" "+said.Provider+" "+said.Model, "model scripted two-colours")
		is(t, "its source", o.SourceType, "trainedAlgorithmicMedia")
		is(t, "its prompt", said.Prompt, "")
		is(t, "its checks", said.Checks.Outcome, "allow")

		small, err := h.Create.CandidateImage(ctx, p, cs[0].ID, "webp", 320)
		must(t, err)
		is(t, "a small file's way", did(h.trusted("a small file", small.Data, nil)), "opened resized transcoded")
		is(t, "the parent that it names", h.says(small.Data, nil).Parent, second(h.only(o.ID)).Label)

		c, _, err := h.Create.Choose(ctx, p, g.ID, cs[0].ID)
		must(t, err)
		for _, format := range []string{"png", "jpeg", "webp", "avif", "pdf"} {
			for _, width := range []int{0, 640, 320} {
				f, err := h.Create.Image(ctx, c, format, width)
				must(t, err)
				is(t, "beside "+format, f.Credential != nil, format == "pdf")
				way := did(h.trusted(format, f.Data, f.Credential))
				if width != 320 && !strings.HasSuffix(way, " < opened placed < created") && format != "pdf" && f.Height >= 512 {
					t.Errorf("%s %d: %s", format, width, way)
				}
				again, err := h.Create.Image(ctx, c, format, width)
				must(t, err)
				is(t, "the kept credential", bytes.Equal(again.Credential, f.Credential), true)
			}
		}
		draft, err := h.Create.Image(ctx, c, "png", 0)
		must(t, err)
		e := h.enter(p, c, "Fox at night")
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		c = h.again(c)
		whole, err := h.Create.Image(ctx, c, "png", 0)
		must(t, err)
		if bytes.Equal(whole.Data, draft.Data) {
			t.Error("what is published has the file of the draft")
		}
		is(t, "the whole way", did(h.trusted("the published file", whole.Data, nil)), "opened watermarked.bound < opened published < opened placed < created")
		o, err = h.Provenance.OriginOf(ctx, "creation", c.ID, c.Revision)
		must(t, err)
		all, err := h.Provenance.ManifestsOf(ctx, o.ID)
		must(t, err)
		slices.SortFunc(all, func(a, b provenance.Manifest) int { return strings.Compare(a.Stage, b.Stage) })
		is(t, "what was said of it", all[0].Stage+" "+all[1].Stage, "made published")
		// A statement stands beside the picture that it is about.
		master, approval := h.blob(o.MasterKey), h.blob(all[1].BlobKey)
		h.trusted("the approval", master, approval)
		said = h.says(master, approval)
		is(t, "who approved", said.Approval.Role, "reviewer")
		is(t, "when", said.Approval.At.Equal(h.clock.Now()), true)
		is(t, "what was approved", said.Pixels, o.Pixels)
		is(t, "of which kit", said.Kit, testKit+"@"+kitVersion)
		if !slices.ContainsFunc(said.Checks.Packs, func(p string) bool { return strings.HasPrefix(p, "platform@") }) {
			t.Errorf("by which packs: %v", said.Checks.Packs)
		}
		rows, err := h.DB.LedgerRows(ctx, 0, 1000)
		must(t, err)
		for _, r := range rows {
			if r.Action == "entry.published" {
				is(t, "the pixels in the ledger", r.Public["pixels"], o.Pixels)
				is(t, "the manifest in the ledger", r.Public["manifest"], all[1].Label)
			}
		}
		for _, name := range []string{"Adamantina", p.ID, reviewer.ID, "polar fox"} {
			for what, file := range map[string][]byte{"file": whole.Data, "approval": approval, "candidate": candidate} {
				if bytes.Contains(file, []byte(name)) {
					t.Errorf("the %s tells %q", what, name)
				}
			}
		}
	})
}

// What leaves the house carries its id in the pixels, which spare the marks.
func TestEveryLargePictureIsWatermarked(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.maker.script(func(_ context.Context, _ int, r provider.PictureRequest) (*provider.Picture, error) {
			return hills(r), nil
		})
		c, _ := h.published(h.participant())
		o, err := h.Provenance.OriginOf(ctx, "creation", c.ID, c.Revision)
		must(t, err)
		master := pixels(t, h.blob(o.MasterKey))
		is(t, "the pixels that were approved", create.PixelSum(master), o.Pixels)
		kit, err := h.Campaign.Kit(ctx, c.Kit, c.KitVersion)
		must(t, err)
		doc := parsed(t, c)
		source, err := kit.Source(nil, doc.Width, doc.Height)
		must(t, err)
		spared, err := compose.MarkCover(ctx, doc, source, doc.Width)
		must(t, err)
		for _, ask := range []struct {
			format string
			width  int
		}{{"png", 0}, {"jpeg", 0}, {"webp", 960}, {"jpeg", 320}} {
			f, err := h.Create.Image(ctx, c, ask.format, ask.width)
			must(t, err)
			rs, err := h.Provenance.Find(ctx, f.SHA256)
			must(t, err)
			large := ask.width != 320
			is(t, "in the register", rs[0].Watermarked, large)
			is(t, "of which origin", rs[0].OriginID, o.ID)
			if !large {
				continue
			}
			img, err := compose.Decode(bytes.NewReader(f.Data), 1<<26, 1<<26)
			must(t, err)
			found, ok, err := watermark.Detect(ctx, img, watermark.Key(h.Keys.Mark()), watermark.Upright)
			must(t, err)
			is(t, "found in "+ask.format, ok && found.ID == o.ID, true)
			if ask.format != "png" {
				continue
			}
			changed, kept := 0, 0
			for y := range doc.Height {
				for x := range doc.Width {
					same := master.NRGBAAt(x, y) == color.NRGBAModel.Convert(img.At(x, y))
					if spared.AlphaAt(x, y).A > 0 {
						if kept++; !same {
							t.Fatalf("the mark has another pixel at %d, %d", x, y)
						}
					} else if !same {
						changed++
					}
				}
			}
			if kept < 1000 || changed < 1000 {
				t.Errorf("%d pixels of marks were kept and %d others changed", kept, changed)
			}
		}
	})
}

// hills is a picture with shades, as nearly all have: two flat colours, saved
// small, are the worst that a watermark can meet.
func hills(r provider.PictureRequest) *provider.Picture {
	img := image.NewNRGBA(image.Rect(0, 0, r.Width, r.Height))
	for y := range r.Height {
		for x := range r.Width {
			u, v := float64(x), float64(y)
			shade := 120 + 40*math.Sin(u/97+math.Sin(v/41)) + 30*math.Cos(v/63-u/211) + 9*math.Sin(u/5.3)*math.Sin(v/7.1)
			img.SetNRGBA(x, y, color.NRGBA{uint8(shade), uint8(shade * 0.8), uint8(255 - shade), 255})
		}
	}
	return &provider.Picture{Image: img, Alt: "Hills.", Maker: scriptedMaker}
}

// pixels decodes a PNG that this program wrote.
func pixels(t testing.TB, data []byte) *image.NRGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	must(t, err)
	out := image.NewNRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	return out
}

// A download has the labels burned in that its markets ask for.
func TestDownloadsAreLabelled(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		c, _ := h.published(h.participant())
		shown, err := h.Create.Image(ctx, c, "png", 0)
		must(t, err)
		sums := map[string]string{}
		for _, market := range []string{"", "CN", "US"} {
			for _, format := range []string{"png", "pdf"} {
				f, err := h.Create.Download(ctx, c, format, 0, market)
				must(t, err)
				way := did(h.trusted(market, f.Data, f.Credential))
				labelled := strings.Contains(strings.Split(way, " < ")[0], "edited")
				is(t, "labelled for "+market+" "+way, labelled, true)
				if format == "png" {
					sums[market] = f.SHA256
					if f.SHA256 == shown.SHA256 {
						t.Errorf("for %q it is the file that is shown", market)
					}
				}
			}
		}
		if sums["CN"] == sums[""] {
			t.Error("China's label is not on it")
		}
		again, err := h.Create.Download(ctx, c, "png", 0, "CN")
		must(t, err)
		is(t, "a kept download", again.SHA256, sums["CN"])
		for _, market := range []string{"cn", "Q", "C/N"} {
			wants(t, second(h.Create.Download(ctx, c, "png", 0, market)), fault.Invalid, "market_code_invalid")
		}
	})
}

// only gives an origin's one manifest.
func (h *home) only(origin uint64) (int, provenance.Manifest) {
	h.t.Helper()
	all, err := h.Provenance.ManifestsOf(h.t.Context(), origin)
	must(h.t, err)
	is(h.t, "manifests", len(all), 1)
	return 1, all[0]
}

// While the key is gone nothing is lost, and nothing leaves unsigned.
func TestTheSigningKeyIsGone(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		kept, err := h.Create.Image(ctx, c, "webp", 640)
		must(t, err)
		e := h.enter(p, c, "Fox at night")
		key := filepath.Join(h.Keys.Folder(), "signer.key")
		must(t, os.Rename(key, key+".away"))

		again, err := h.Create.Image(ctx, c, "webp", 640)
		must(t, err)
		is(t, "the kept file", again.SHA256, kept.SHA256)
		wants(t, second(h.Create.Image(ctx, c, "jpeg", 640)), fault.Unavailable, "signing_unavailable")
		wants(t, second(h.Review.Decide(ctx, reviewer, h.item(review.KindEntry, e.ID).ID, review.Approve, "")), fault.Unavailable, "publication_unsigned")
		is(t, "the item", h.item(review.KindEntry, e.ID).State, review.Waiting)
		is(t, "the work", h.again(c).State, create.Waiting)
		calls := len(h.maker.called())
		g := h.request(p, "an owl beside a lantern")
		jobs := h.queue()
		job := jobs[len(jobs)-1]
		run := func() error { return h.Create.Handlers()[job.Of](ctx, job.Args) }
		if after, waits := work.IsLater(run()); !waits || after <= 0 {
			t.Error("the generation does not wait")
		}
		is(t, "paid pictures meanwhile", len(h.maker.called()), calls)

		must(t, os.Rename(key+".away", key))
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		is(t, "the work once it is back", h.again(c).State, create.Published)
		must(t, run())
		g, cs := h.view(p, g.ID)
		is(t, "the generation once it is back", g.State, create.Succeeded)
		is(t, "its candidates", len(cs), create.Candidates)

		// Another signer takes its place; what the first has signed stays ours.
		fresh, err := c2pa.NewIdentity("Another", h.clock.Now())
		must(t, err)
		for name, data := range map[string][]byte{"signer.key": fresh.Key, "signer.pem": fresh.Chain, "anchor.pem": fresh.Anchor} {
			must(t, os.WriteFile(filepath.Join(h.Keys.Folder(), name), data, 0o600))
		}
		other, err := h.Create.Image(ctx, h.again(c), "jpeg", 640)
		must(t, err)
		is(t, "signer", strings.Contains(h.trusted("the other's", other.Data, nil).Manifests[0].Signer, "Another"), true)
		h.trusted("the first one's", kept.Data, nil)
	})
}

// What was approved is what is shown: a picture with other pixels is not served.
func TestAnApprovalBindsToPixels(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		c, _ := h.published(h.participant())
		_, err := h.raw.ExecContext(ctx, "UPDATE origins SET pixels = $1 WHERE subject_id = $2", strings.Repeat("0", 64), c.ID)
		must(t, err)
		wants(t, second(h.Create.Image(ctx, c, "png", 0)), fault.Conflict, "pixels_changed")
	})
}

// What an earlier release made and published gets its credentials when it is
// next looked at.
func TestWorksOfAnEarlierRelease(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c, _ := h.published(p)
		_, err := h.Create.Image(ctx, c, "webp", 640)
		must(t, err)
		old := h.count("renditions")
		// As they are after the migration: no origin, no manifest, files unsigned.
		for _, statement := range []string{
			"DELETE FROM manifests", "DELETE FROM print_words", "DELETE FROM prints", "DELETE FROM origins", "UPDATE renditions SET origin_id = 0, manifest = '', variant = ''",
		} {
			if _, err := h.raw.ExecContext(ctx, statement); err != nil {
				t.Fatal(err)
			}
		}
		f, err := h.Create.Image(ctx, c, "webp", 640)
		must(t, err)
		h.trusted("a work of before", f.Data, nil)
		is(t, "files in the register", h.count("renditions"), old+1)
		image, err := h.Create.CandidateImage(ctx, p, c.CandidateID, "png", 0)
		must(t, err)
		is(t, "a candidate of before", did(h.trusted("it", image.Data, nil)), "opened watermarked.bound < created")
	})
}

// The prompt is told only where the campaign allows it.
func TestAPromptIsToldWhereTheCampaignAllowsIt(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		rec, err := h.Campaign.Get(ctx, slug)
		must(t, err)
		rec.File.Credentials.Prompt = true
		must(t, second(h.Campaign.Update(ctx, slug, rec.File, rec.State, rec.Revision, "producer")))
		_, cs := h.candidates(h.participant(), "a polar fox beside a lantern")
		is(t, "the prompt", h.says(h.blob(cs[0].BlobKey), nil).Prompt, "a polar fox beside a lantern")
	})
}

// BenchmarkFirstPicture measures what somebody waits for who looks at a new
// work for the first time, and again in another format: drawn, proven, marked,
// signed and registered.
func BenchmarkFirstPicture(b *testing.B) {
	h := open(b, storetest.Database(b, store.SQLite), b.TempDir())
	p := h.participant()
	c := h.creation(p)
	for _, one := range []struct {
		name, format string
		width        int
	}{{"thumbnail", "webp", 320}, {"page", "webp", 960}, {"whole", "jpeg", 0}} {
		b.Run(one.name, func(b *testing.B) {
			var first, next time.Duration
			for b.Loop() {
				b.StopTimer()
				c := h.sibling(p, c)
				b.StartTimer()
				begin := time.Now()
				_, err := h.Create.Image(b.Context(), c, one.format, one.width)
				must(b, err)
				first += time.Since(begin)
				begin = time.Now()
				_, err = h.Create.Image(b.Context(), c, "png", one.width)
				must(b, err)
				next += time.Since(begin)
			}
			b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms-first")
			b.ReportMetric(float64(next.Milliseconds())/float64(b.N), "ms-next")
		})
	}
}
