package house_test

import (
	"bytes"
	"encoding/json"
	"image"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/account"
	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/policy"
	"marquee/internal/review"
)

// kit adds another version of the tests' kit, changed by edit.
func (h *home) kit(version string, edit func(kit map[string]any)) {
	h.t.Helper()
	folder := copyOf(h.t, testKit, func(m fstest.MapFS) {
		kit := map[string]any{}
		must(h.t, json.Unmarshal(m["kit.json"].Data, &kit))
		kit["version"] = version
		edit(kit)
		data, err := json.Marshal(kit)
		must(h.t, err)
		m["kit.json"].Data = data
	})
	_, err := h.Campaign.AddKit(h.t.Context(), folder, "producer")
	must(h.t, err)
}

// rights gives a mark of a kit rights until a day.
func rights(mark, until, after string) func(map[string]any) {
	return func(kit map[string]any) {
		for _, m := range kit["marks"].([]any) {
			if m := m.(map[string]any); m["id"] == mark {
				m["rights"] = map[string]any{"owner": "A painter", "licence": "By contract", "until": until, "with_generated": true, "after_until": after}
			}
		}
	}
}

const germanLine = "Bitte mit Freude teilen."

// germanLaw asks for a line in Germany.
func germanLaw(kit map[string]any) {
	kit["legal"] = []any{map[string]any{"id": "share", "markets": []any{"DE"}, "text": map[string]any{"de": germanLine}}}
	reason := map[string]any{}
	for locale := range kit["name"].(map[string]any) {
		reason[locale] = "The law of " + locale
	}
	kit["rules"] = []any{map[string]any{"id": "line-of-germany", "version": 1, "kind": "legal_line", "severity": "error", "line": "share", "reason": reason}}
}

// producer may move campaigns.
var producer = account.Actor{Kind: "staff", ID: "0192-producer", Role: account.Producer}

// on moves the tests' campaign to a version of the kit.
func (h *home) on(version string) {
	h.t.Helper()
	_, err := h.Campaign.MoveKit(h.t.Context(), producer, slug, version)
	must(h.t, err)
}

func parsed(t testing.TB, c create.Creation) compose.Document {
	t.Helper()
	doc, err := compose.Parse(c.Composition)
	must(t, err)
	return doc
}

func TestALegalLineIsThereFromTheStart(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.kit("8.0.0", germanLaw)
		h.on("8.0.0")
		p := h.participant()
		g, cs := h.candidates(p, "a polar fox beside a lantern")
		c, findings, err := h.Create.Choose(ctx, p, g.ID, cs[0].ID)
		must(t, err)
		is(t, "market", c.Market, "DE")
		is(t, "what the rules say of a fresh creation", len(findings), 0)
		line := slices.IndexFunc(parsed(t, c).Layers, func(l compose.Layer) bool { return l.Text == germanLine })
		if line < 0 {
			t.Fatalf("the line is not there: %s", c.Composition)
		}
		without := edited(t, c, func(d *compose.Document) { d.Layers = slices.Delete(d.Layers, line, line+1) })
		_, findings, err = h.Create.SetComposition(ctx, p, c.ID, without)
		wants(t, err, fault.Invalid, "composition_against_rules")
		if len(findings) != 1 || findings[0].Rule != "legal_line_missing" || findings[0].Index != -1 || findings[0].Fix == nil || findings[0].By != "line-of-germany" {
			t.Fatalf("findings: %+v", findings)
		}
		doc, err := compose.Parse(without)
		must(t, err)
		doc.Layers = append(doc.Layers, *findings[0].Fix)
		mended, err := json.Marshal(doc)
		must(t, err)
		must(t, third(h.Create.SetComposition(ctx, p, c.ID, mended)))

		// Its maker's words stand beside the line, and both are checked.
		with := edited(t, h.again(c), func(d *compose.Document) {
			l, ok := brand.PlaceText(must2(h.Campaign.Kit(ctx, testKit, "8.0.0"))(t), *d, "Good evening", nil)
			if !ok {
				t.Fatal("no room for a headline")
			}
			d.Layers = append(d.Layers, l)
		})
		must(t, third(h.Create.SetComposition(ctx, p, c.ID, with)))
		e := h.enter(p, c, "Fox")
		is(t, "what the reviewer reads", h.item(review.KindEntry, e.ID).Words["canvas_text"], germanLine+"\nGood evening")
		h.decide(review.KindEntry, e.ID, review.Approve, "")

		// Another market has no such law.
		bo := h.participantFrom("AT")
		g, cs = h.candidates(bo, "an owl")
		c, findings, err = h.Create.Choose(ctx, bo, g.ID, cs[0].ID)
		must(t, err)
		if len(findings) != 0 || slices.ContainsFunc(parsed(t, c).Layers, func(l compose.Layer) bool { return l.Kind == compose.Text }) {
			t.Errorf("in Austria: %s %+v", c.Composition, findings)
		}
	})
}

func TestRightsAtEachDoor(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.kit("8.0.0", rights("blossom", "2026-12-10", "list"))
		h.on("8.0.0")
		p := h.participant()
		with := ask("a polar fox beside a lantern")
		with.Marks = []string{"wordmark", "blossom"}
		g, err := h.Create.Request(ctx, p, slug, with)
		must(t, err)
		h.work()
		_, cs := h.view(p, g.ID)
		c, findings, err := h.Create.Choose(ctx, p, g.ID, cs[0].ID)
		must(t, err)
		is(t, "findings while the rights hold", len(findings), 0)
		later := h.sibling(p, c)
		e := h.enter(p, c, "Fox")

		h.clock.Advance(10 * 24 * time.Hour)
		_, err = h.Review.Decide(ctx, reviewer, h.item(review.KindEntry, e.ID).ID, review.Approve, "")
		wants(t, err, fault.Invalid, "publication_against_rules")
		is(t, "the entry still waits", must2(h.Gallery.EntryOf(ctx, c.ID))(t).State, "waiting")
		_, findings, err = h.Create.Own(ctx, p, later.ID)
		must(t, err)
		if len(findings) != 1 || findings[0].Rule != "rights_expired" || findings[0].Detail != "2026-12-10" {
			t.Errorf("findings after the end: %+v", findings)
		}
		wants(t, third(h.Create.SetComposition(ctx, p, later.ID, later.Composition)), fault.Invalid, "composition_against_rules")
		wants(t, second(h.Gallery.Enter(ctx, p, later.ID, "Mine", "Ada", "en")), fault.Invalid, "composition_against_rules")
		wants(t, second(h.Create.Request(ctx, p, slug, with)), fault.Invalid, "mark_resting")
		rec, err := h.Campaign.Get(ctx, slug)
		must(t, err)
		offered := h.Create.Offered(rec, must2(h.Campaign.Kit(ctx, testKit, "8.0.0"))(t), "")
		if slices.Contains(offered, "blossom") || len(offered) != 2 {
			t.Errorf("offered: %v", offered)
		}
		// Without the mark it goes on.
		bare := edited(t, later, func(d *compose.Document) {
			d.Layers = slices.DeleteFunc(d.Layers, func(l compose.Layer) bool { return l.Mark == "blossom" })
		})
		must(t, third(h.Create.SetComposition(ctx, p, later.ID, bare)))
		h.enter(p, later, "Mine")
	})
}

func TestMarksThatAreNotShownTogether(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.kit("8.0.0", func(kit map[string]any) {
			germanLaw(kit)
			reason := kit["rules"].([]any)[0].(map[string]any)["reason"]
			kit["rules"] = []any{map[string]any{"id": "one", "version": 1, "kind": "apart", "severity": "error", "reason": reason, "marks": []any{"loaf", "blossom"}}}
		})
		h.on("8.0.0")
		both := ask("a fox")
		both.Marks = []string{"loaf", "blossom"}
		wants(t, second(h.Create.Request(ctx, h.participant(), slug, both)), fault.Invalid, "marks_not_together")
	})
}

func TestLayoutsKeepTheRules(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.kit("8.0.0", germanLaw)
		h.on("8.0.0")
		p, bo := h.participant(), h.participant()
		with := ask("a polar fox beside a lantern")
		with.Marks = []string{"wordmark", "blossom", "loaf"}
		g, err := h.Create.Request(ctx, p, slug, with)
		must(t, err)
		h.work()
		_, cs := h.view(p, g.ID)
		c, _, err := h.Create.Choose(ctx, p, g.ID, cs[0].ID)
		must(t, err)
		begun := time.Now()
		_, layouts, err := h.Create.Layouts(ctx, p, c.ID, c.Composition, compose.MaxSuggestions, false)
		must(t, err)
		t.Logf("%d layouts in %v", len(layouts), time.Since(begun))
		if len(layouts) < 2 {
			t.Fatalf("%d layouts", len(layouts))
		}
		for i, l := range layouts {
			raw, err := json.Marshal(l.Doc)
			must(t, err)
			_, findings, err := h.Create.SetComposition(ctx, p, c.ID, raw)
			if err != nil || len(findings) != 0 {
				t.Errorf("layout %d: %v %+v", i, err, findings)
			}
			if len(l.Doc.Layers) != len(parsed(t, c).Layers) {
				t.Errorf("layout %d lost something: %s", i, raw)
			}
		}
		wants(t, third(h.Create.Layouts(ctx, bo, c.ID, c.Composition, 3, false)), fault.NotFound, "not_found")
	})
}

func TestFormatsOfAWork(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		c := h.creation(h.participant())
		for format, begins := range map[string]string{"webp": "RIFF", "png": "\x89PNG", "jpeg": "\xff\xd8", "avif": "\x00\x00\x00", "pdf": "%PDF-"} {
			f, err := h.Create.Image(ctx, c, format, 640)
			must(t, err)
			width := 640
			if format == "pdf" {
				width = campaign.Sizes["landscape"].Width
			}
			if string(f.Data[:len(begins)]) != begins || f.Width != width || f.MediaType != compose.Format(format).MediaType() {
				t.Errorf("%s: %d wide, %s, begins with %q", format, f.Width, f.MediaType, f.Data[:8])
			}
			again, err := h.Create.Image(ctx, c, format, 640)
			must(t, err)
			is(t, format+" again", again.SHA256, f.SHA256)
			if found := must2(h.Provenance.Find(ctx, f.SHA256))(t); len(found) != 1 {
				t.Errorf("%s is registered %d times", format, len(found))
			}
		}
	})
}

// wrong is a prover that finds every mark a little off.
type wrong struct{ create.Prover }

func (w wrong) Marks() []brand.MarkProof {
	marks := w.Prover.Marks()
	for i := range marks {
		marks[i].Max = 1.2
	}
	return marks
}

func seesWrong(right create.Prove) create.Prove {
	return func(doc compose.Document, k *brand.Kit, size image.Point) (create.Prover, error) {
		p, err := right(doc, k, size)
		return wrong{p}, err
	}
}

func TestMarksAreProvenByTheirPixels(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		good, e := h.published(p)
		proof, err := h.Create.Proof(ctx, good.ID)
		must(t, err)
		if !proof.Exact || !proof.Of(good) || len(proof.Marks) != 1 || proof.Marks[0].Pixels == 0 || proof.Marks[0].Max > brand.ExactWithin {
			t.Errorf("the proof of a good work: %+v", proof)
		}
		must(t, h.Gallery.Remove(ctx, p, good.ID))
		wants(t, second(h.Create.Proof(ctx, good.ID)), fault.NotFound, "not_found")

		// A compositor that errs: the work is taken and held, and nobody can
		// make it public, nor is its picture served.
		right := h.Create.Prove
		h.Create.Prove = seesWrong(right)
		c := h.creation(p)
		e = h.enter(p, c, "Fox")
		item := h.item(review.KindEntry, e.ID)
		is(t, "verdict", item.Verdict.Outcome, policy.Hold)
		is(t, "why", item.Verdict.Kind(), "mark_not_proven")
		wants(t, second(h.Review.Decide(ctx, reviewer, item.ID, review.Approve, "")), fault.Conflict, "mark_not_proven")
		is(t, "the entry", must2(h.Gallery.EntryOf(ctx, c.ID))(t).State, "waiting")
		wants(t, second(h.Create.Image(ctx, h.again(c), "png", 640)), fault.Conflict, "mark_not_proven")

		// Once it draws well again, the same work passes.
		h.Create.Prove = right
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		if proof, err = h.Create.Proof(ctx, c.ID); err != nil || !proof.Exact {
			t.Errorf("the proof in the end: %+v %v", proof, err)
		}
	})
}

func TestACampaignStaysOnItsKitUntilItIsMoved(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		public, e := h.published(p)
		waits := h.sibling(p, public)
		we := h.enter(p, waits, "Owl")
		draft := h.sibling(p, public)
		image, err := h.Create.Image(ctx, draft, "png", 320)
		must(t, err)

		h.kit("8.0.0", germanLaw)
		is(t, "the campaign's kit once there is a newer one", must2(h.Campaign.Get(ctx, slug))(t).File.KitVersion, kitVersion)
		report, err := h.Gallery.WouldBreak(ctx, slug, "8.0.0")
		must(t, err)
		if report.Checked != 1 || !report.Whole || report.Broken != 1 || report.Works[0].Entry.ID != e.ID || report.From != kitVersion || report.To != "8.0.0" ||
			len(report.Works[0].Findings) != 1 || report.Works[0].Findings[0].Rule != "legal_line_missing" {
			t.Fatalf("report: %+v", report)
		}
		reviewing := producer
		reviewing.Role = account.Reviewer
		wants(t, second(h.Campaign.MoveKit(ctx, reviewing, slug, "8.0.0")), fault.Forbidden, "role_too_low")
		wants(t, second(h.Campaign.MoveKit(ctx, producer, slug, "9.9.9")), fault.Invalid, "kit_unknown")
		wants(t, second(h.Campaign.MoveKit(ctx, producer, slug, kitVersion)), fault.Conflict, "kit_version_same")
		wants(t, second(h.Campaign.MoveKit(ctx, producer, "none", "8.0.0")), fault.NotFound, "not_found")
		h.kit("8.1.0", func(kit map[string]any) {
			kit["marks"] = slices.DeleteFunc(kit["marks"].([]any), func(m any) bool { return m.(map[string]any)["id"] == "loaf" })
		})
		wants(t, second(h.Campaign.MoveKit(ctx, producer, slug, "8.1.0")), fault.Invalid, "campaign_file_invalid")
		from := h.lastRow()
		ended := atOnce(t, 4, func(int) error { return second(h.Campaign.MoveKit(ctx, producer, slug, "8.0.0")) })
		if ended[""] != 1 || ended["kit_version_same"]+ended["changed_meanwhile"] != 3 {
			t.Errorf("of four who move it: %v", ended)
		}
		h.wrote(from, "campaign.kit_moved producer")

		// What was handed in or is public is judged and drawn as it was seen.
		h.decide(review.KindEntry, we.ID, review.Approve, "")
		is(t, "kit of the public work", h.again(public).KitVersion, kitVersion)
		is(t, "kit of the one that waited", h.again(waits).KitVersion, kitVersion)
		// A draft follows, and its picture with it.
		own, findings, err := h.Create.Own(ctx, p, draft.ID)
		must(t, err)
		if own.KitVersion != "8.0.0" || own.Revision != draft.Revision+1 || len(findings) != 1 || findings[0].Rule != "legal_line_missing" {
			t.Errorf("the draft: %s revision %d, %+v", own.KitVersion, own.Revision, findings)
		}
		wants(t, second(h.Gallery.Enter(ctx, p, draft.ID, "Mine", "Ada", "en")), fault.Invalid, "composition_against_rules")
		mended := edited(t, own, func(d *compose.Document) { d.Layers = append(d.Layers, *findings[0].Fix) })
		own, _, err = h.Create.SetComposition(ctx, p, draft.ID, mended)
		must(t, err)
		again, err := h.Create.Image(ctx, own, "png", 320)
		must(t, err)
		if again.SHA256 == image.SHA256 {
			t.Error("the picture has no line on it")
		}
		e = h.enter(p, own, "Mine")
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		if report, err = h.Gallery.WouldBreak(ctx, slug, kitVersion); err != nil || report.Broken != 0 || report.Checked != 3 {
			t.Errorf("the way back: %+v %v", report, err)
		}
	})
}

func TestRightsThatEndInTheMiddle(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.kit("8.0.0", func(kit map[string]any) {
			rights("blossom", "2026-12-10", "hide")(kit)
			rights("loaf", "2026-12-10", "list")(kit)
		})
		h.on("8.0.0")
		p := h.participant()
		with := func(marks ...string) (create.Creation, gallery.Entry) {
			t.Helper()
			a := ask("a polar fox beside a lantern")
			a.Marks = marks
			g, err := h.Create.Request(ctx, p, slug, a)
			must(t, err)
			h.work()
			_, cs := h.view(p, g.ID)
			c, _, err := h.Create.Choose(ctx, p, g.ID, cs[0].ID)
			must(t, err)
			e := h.enter(p, c, marks[0])
			h.decide(review.KindEntry, e.ID, review.Approve, "")
			return c, must2(h.Gallery.Entry(ctx, e.ID, nil))(t)
		}
		hidden, he := with("blossom", "wordmark")
		_, le := with("loaf")
		_, we := with("wordmark")
		second2, se := with("blossom")
		public := func(want int) {
			t.Helper()
			page, _, err := h.Gallery.Public(ctx, slug, gallery.Newest, "", 60)
			must(t, err)
			is(t, "public works", len(page), want)
		}
		sweep := func(want gallery.Swept) {
			t.Helper()
			is(t, "swept", must2(h.Gallery.SweepRights(ctx))(t), want)
		}
		report := func(days int) gallery.RightsReport {
			t.Helper()
			return must2(h.Gallery.Rights(ctx, time.Duration(days)*24*time.Hour))(t)
		}
		from := h.lastRow()
		sweep(gallery.Swept{})
		h.wrote(from)
		public(4)
		if r := report(5); len(r.Endings) != 0 || len(r.Works) != 0 {
			t.Errorf("five days ahead: %+v", r)
		}
		if r := report(30); len(r.Endings) != 2 || r.Endings[0].Over || len(r.Works) != 0 || !slices.Equal(r.Endings[0].Campaigns, []string{slug}) {
			t.Errorf("thirty days ahead: %+v", r)
		}

		h.clock.Advance(10 * 24 * time.Hour)
		// Several nodes look after it at once: each work is hidden once.
		ended := atOnce(t, 3, func(int) error { return second(h.Gallery.SweepRights(ctx)) })
		is(t, "sweeps that went well", ended[""], 3)
		h.wrote(from, "entry.hidden system", "entry.hidden system")
		public(2)
		h.work()
		sweep(gallery.Swept{})
		wants(t, second(h.Gallery.Entry(ctx, he.ID, nil)), fault.NotFound, "work_resting")
		is(t, "its maker sees it", must2(h.Gallery.Entry(ctx, he.ID, &p))(t).State, gallery.Hidden)
		wants(t, h.Gallery.Visible(h.again(hidden), nil, false), fault.NotFound, "work_resting")
		must(t, h.Gallery.Visible(h.again(hidden), &p, false))
		must(t, h.Gallery.Visible(h.again(hidden), nil, true))
		wants(t, second(h.Gallery.Vote(ctx, h.participant(), he.ID, home1)), fault.NotFound, "work_resting")
		wants(t, second(h.Gallery.Enter(ctx, p, hidden.ID, "Again", "Ada", "en")), fault.Invalid, "composition_against_rules")
		r := report(0)
		states := map[string]string{}
		for _, w := range r.Works {
			states[w.Entry.ID+" "+w.Asset.ID] = string(w.Entry.State)
		}
		if len(r.Endings) != 2 || !r.Endings[0].Over || !maps.Equal(states, map[string]string{
			he.ID + " blossom": "hidden", se.ID + " blossom": "hidden", le.ID + " loaf": "published",
		}) {
			t.Errorf("after the end: %+v %v", r, states)
		}

		// A hidden work can be taken down, and taken back by its maker.
		h.decide(review.KindEntry, se.ID, review.Takedown, "No longer ours.")
		is(t, "state", h.again(second2).State, create.TakenDown)
		h.work()

		// The contract is renewed: a new version of the kit says so.
		h.kit("8.1.0", rights("blossom", "2027-06-30", "hide"))
		h.on("8.1.0")
		from = h.lastRow()
		must(t, h.Gallery.SweepSoon(ctx))
		must(t, h.Gallery.SweepSoon(ctx))
		is(t, "jobs", strings.Join(h.work(), " "), "gallery.rights gallery.purge")
		h.wrote(from, "entry.shown_again system")
		public(3)
		again := must2(h.Gallery.Entry(ctx, he.ID, nil))(t)
		if again != he {
			t.Errorf("it came back changed: %+v, was %+v", again, he)
		}
		is(t, "another is as it was", must2(h.Gallery.Entry(ctx, we.ID, nil))(t), we)
		h.clock.Advance(365 * 24 * time.Hour)
		sweep(gallery.Swept{Hidden: 1})
		must(t, h.Gallery.Withdraw(ctx, p, hidden.ID))
		is(t, "state", h.again(hidden).State, create.Drafted)
	})
}

func TestANewerKitOfTheDemonstrationIsThereToMoveTo(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.Settings.Demo = "auto"
		must(t, second(h.Demo(ctx)))
		is(t, "kits where the demonstration does not run", len(must2(h.Campaign.Kits(ctx))(t)), 1)
		older := copyOf(t, house.DemoBrand, func(m fstest.MapFS) {
			m["kit.json"].Data = bytes.Replace(m["kit.json"].Data, []byte(strconv.Quote(versionOf(house.DemoBrand))), []byte(`"0.9.0"`), 1)
		})
		must(t, second(h.Campaign.AddKit(ctx, older, "system")))
		h.campaign("running", func(f *campaign.File) {
			f.Kit, f.KitVersion, f.Marks = house.DemoBrand, "0.9.0", []string{"wordmark"}
		})
		added, err := h.Demo(ctx)
		must(t, err)
		is(t, "campaigns added", len(added), 0)
		is(t, "kits", len(must2(h.Campaign.Kits(ctx))(t)), 3)
		is(t, "the campaign's version", must2(h.Campaign.Get(ctx, "running"))(t).File.KitVersion, "0.9.0")
		must(t, second(h.Demo(ctx)))
	})
}
