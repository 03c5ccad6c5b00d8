package web_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"marquee/brands"
	"marquee/cmd/marquee/house"
	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

// told is a finding as a client reads it.
type told struct {
	Layer, Rule, Severity, Message, Reason, By, Detail string
	Index                                              int
	Fix                                                map[string]any
	Patch                                              []struct {
		Op, Path string
		Value    any
	}
}

type document struct {
	Version int              `json:"version"`
	Width   int              `json:"width"`
	Height  int              `json:"height"`
	Layers  []map[string]any `json:"layers"`
}

// TestRulesOfAMarket walks through what the law of France asks for.
func TestRulesOfAMarket(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil)
	claire := site.ParticipantFrom("FR", "fr")
	c := claire.Make("un renard polaire près d’une lanterne", "wordmark", "emblem", "lantern")
	path := "/api/v1/creations/" + c.ID
	const law = "Pour votre santé, bougez plus."
	var doc document
	if err := json.Unmarshal(c.Composition, &doc); err != nil {
		t.Fatal(err)
	}
	line := slices.IndexFunc(doc.Layers, func(l map[string]any) bool { return l["text"] == law })
	if line < 0 {
		t.Fatalf("the line is not there from the start: %s", c.Composition)
	}
	doc.Layers = slices.Delete(doc.Layers, line, line+1)

	var found struct{ Findings []told }
	claire.Post(path+"/check", doc).Want(200).Into(&found)
	if len(found.Findings) != 1 {
		t.Fatalf("findings: %+v", found.Findings)
	}
	f := found.Findings[0]
	if f.Index != -1 || f.Rule != "legal_line_missing" || f.By != "line-of-france" || f.Severity != "error" || f.Detail != law ||
		!strings.Contains(f.Message, law) || strings.Contains(f.Message, "Add") || f.Reason == "" ||
		len(f.Patch) != 1 || f.Patch[0].Op != "add" || f.Patch[0].Path != "/layers/-" {
		t.Errorf("the finding: %+v", f)
	}
	p := claire.Put(path+"/composition", doc).Want(422).Problem()
	if p.Code != "composition_against_rules" || len(p.Findings) != 1 || len(p.Fields) != 1 || p.Fields[0].Message != f.Message {
		t.Errorf("the refusal: %+v", p)
	}
	doc.Layers = append(doc.Layers, f.Patch[0].Value.(map[string]any))
	claire.Post(path+"/check", doc).Want(200).Into(&found)
	if len(found.Findings) != 0 {
		t.Errorf("after the patch: %+v", found.Findings)
	}
	// A mark over the edge has a patch that puts it back in its place.
	over := doc
	over.Layers = slices.Clone(doc.Layers)
	mark := map[string]any{}
	for k, v := range doc.Layers[1] {
		mark[k] = v
	}
	mark["x"] = -200.0
	over.Layers[1] = mark
	claire.Post(path+"/check", over).Want(200).Into(&found)
	if len(found.Findings) != 1 || len(found.Findings[0].Patch) != 2 || found.Findings[0].Patch[0].Op != "test" || found.Findings[0].Patch[1].Op != "replace" ||
		found.Findings[0].Patch[0].Path != "/layers/1/id" || found.Findings[0].Patch[0].Value != found.Findings[0].Layer || found.Findings[0].Reason == "" {
		t.Errorf("over the edge: %+v", found.Findings)
	}
	claire.Put(path+"/composition", doc).Want(200)

	var proposed struct {
		Layouts []struct {
			Composition json.RawMessage
			Findings    []told
		}
	}
	claire.Post(path+"/layouts", doc).Want(200).Into(&proposed)
	if len(proposed.Layouts) < 2 {
		t.Fatalf("%d layouts", len(proposed.Layouts))
	}
	for _, l := range proposed.Layouts {
		if !strings.Contains(string(l.Composition), law) || len(l.Findings) != 0 {
			t.Errorf("a layout: %s %+v", l.Composition, l.Findings)
		}
		claire.Put(path+"/composition", []byte(l.Composition)).Want(200)
	}
	site.Participant("en").Post(path+"/layouts", doc).Want(404)
	claire.Post(path+"/layouts", []byte("{")).Want(400)

	// A page has no place for its credential: it comes with it in a ZIP.
	for format, media := range map[string][2]string{"avif": {"image/avif", "avif"}, "pdf": {"application/zip", "zip"}, "webp": {"image/webp", "webp"}} {
		a := claire.Get(path + "/image?format=" + format + "&download=1").Want(200)
		if a.Header.Get("Content-Type") != media[0] || !strings.HasSuffix(a.Header.Get("Content-Disposition"), "."+media[1]+`"`) {
			t.Errorf("%s: %v", format, a.Header)
		}
	}

	entry := claire.Enter(c.ID, "Renard", "Claire")
	reviewer := site.Staff(account.Reviewer)
	var page struct {
		Items []struct {
			SubjectID string `json:"subject_id"`
			Findings  []told
			Words     map[string]string
			Proof     *struct {
				Exact   bool
				Message string
				Marks   []struct {
					Mark   string
					Pixels int
					Max    float64
				}
			}
		}
	}
	reviewer.Get("/api/v1/review/items?state=waiting").Want(200).Into(&page)
	if i := page.Items[0]; i.SubjectID != entry || len(i.Findings) != 0 || i.Proof == nil || !i.Proof.Exact || len(i.Proof.Marks) != 3 || i.Proof.Marks[0].Pixels == 0 || i.Proof.Message == "" || i.Words["canvas_text"] != law {
		t.Errorf("the item: %+v", i)
	}
	reviewer.Decide(entry, "approve", "").Want(200)
	var detail struct {
		Download []struct{ Format, URL string }
	}
	site.Visitor().Get("/api/v1/entries/" + entry).Want(200).Into(&detail)
	for _, d := range detail.Download {
		if d.Format == "avif" || d.Format == "pdf" {
			site.Visitor().Get(d.URL).Want(200)
		}
	}
	if len(detail.Download) != 8 {
		t.Errorf("downloads: %+v", detail.Download)
	}
}

// kitWith gives the demonstration's kit in another version, with rights to the
// emblem that end with a day.
func kitWith(t *testing.T, version, until string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(brands.FS, house.DemoBrand, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(brands.FS, path)
		out[strings.TrimPrefix(path, house.DemoBrand+"/")] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	kit := map[string]any{}
	if err := json.Unmarshal(out["kit.json"].Data, &kit); err != nil {
		t.Fatal(err)
	}
	kit["version"] = version
	for _, m := range kit["marks"].([]any) {
		if m := m.(map[string]any); m["id"] == "emblem" {
			r := m["rights"].(map[string]any)
			r["until"], r["after_until"] = until, "hide"
		}
	}
	if out["kit.json"].Data, err = json.Marshal(kit); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRightsThatEnd walks through a contract that ends in the middle of a
// campaign: the move to the kit that says so, what staff see, and what is done.
func TestRightsThatEnd(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	now.Store(time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC).UnixMicro())
	site := webtest.New(t, nil, nil, webtest.At(func() time.Time { return time.UnixMicro(now.Load()).UTC() }))
	reviewer, producer, visitor := site.Staff(account.Reviewer), site.Staff(account.Producer), site.Visitor()
	mika := site.Participant("en")
	c := mika.Make("a polar fox beside a lantern", "wordmark", "emblem")
	entry := mika.Enter(c.ID, "Fox", "Mika")
	reviewer.Decide(entry, "approve", "").Want(200)
	waiting := mika.Make("an owl in a fir", "emblem")
	waits := mika.Enter(waiting.ID, "Owl", "Mika")

	if _, err := site.Campaign.AddKit(t.Context(), kitWith(t, "1.2.0", "2026-12-10"), "producer"); err != nil {
		t.Fatal(err)
	}
	const address = "/api/v1/studio/campaigns/" + webtest.Campaign + "/kit"
	var moved struct {
		Kit, From, To   string
		Moved, Whole    bool
		Checked, Broken int
		Works           []any
	}
	reviewer.Post(address, map[string]any{"version": "1.2.0"}).Want(403)
	producer.Post(address, map[string]any{"version": "1.2.0", "dry_run": true}).Want(200).Into(&moved)
	if moved.Moved || moved.Checked != 1 || !moved.Whole || moved.Broken != 0 || moved.From != "1.1.0" {
		t.Errorf("the report: %+v", moved)
	}
	if p := producer.Post(address, map[string]any{"version": "7.0.0"}).Want(422).Problem(); p.Code != "kit_unknown" {
		t.Errorf("a version that is none: %s", p.Code)
	}
	producer.Post(address, map[string]any{"version": "1.2.0"}).Want(200).Into(&moved)
	if p := producer.Post(address, map[string]any{"version": "1.2.0"}).Want(409).Problem(); !moved.Moved || p.Code != "kit_version_same" {
		t.Errorf("the move: %+v, again: %s", moved, p.Code)
	}
	later := mika.Make("a lantern in the snow", "wordmark", "emblem")

	var rights struct {
		Endings []struct {
			ID, Kind  string
			Over      bool
			Campaigns []string
		}
		Works []struct {
			EntryID string `json:"entry_id"`
			State   string
		}
	}
	reviewer.Get("/api/v1/studio/rights?days=5").Want(200).Into(&rights)
	if len(rights.Endings) != 0 {
		t.Errorf("five days ahead: %+v", rights)
	}
	reviewer.Get("/api/v1/studio/rights").Want(200).Into(&rights)
	if len(rights.Endings) != 1 || rights.Endings[0].ID != "emblem" || rights.Endings[0].Over || len(rights.Works) != 0 {
		t.Errorf("a month ahead: %+v", rights)
	}

	now.Add((10 * 24 * time.Hour).Microseconds())
	if _, err := site.Gallery.SweepRights(t.Context()); err != nil {
		t.Fatal(err)
	}
	reviewer.Get("/api/v1/studio/rights").Want(200).Into(&rights)
	if len(rights.Endings) != 1 || !rights.Endings[0].Over || len(rights.Works) != 1 || rights.Works[0].EntryID != entry || rights.Works[0].State != "hidden" {
		t.Errorf("after the end: %+v", rights)
	}
	if p := visitor.Get("/api/v1/entries/" + entry).Want(404).Problem(); p.Code != "work_resting" {
		t.Errorf("a hidden work: %s", p.Code)
	}
	visitor.Get("/api/v1/creations/" + c.ID + "/image").Want(404)
	visitor.Get("/c/" + webtest.Campaign + "/w/" + entry).Want(404)
	if list := visitor.Get("/api/v1/campaigns/" + webtest.Campaign + "/gallery").Want(200); strings.Contains(string(list.Body), entry) {
		t.Error("a hidden work is in the gallery")
	}
	var mine struct {
		State    string
		Findings []told
	}
	mika.Get("/api/v1/creations/" + c.ID).Want(200).Into(&mine)
	if mine.State != "hidden" {
		t.Errorf("its maker reads %s", mine.State)
	}
	// What is on the new kit can't be handed in with it any more; nor asked for.
	mika.Get("/api/v1/creations/" + later.ID).Want(200).Into(&mine)
	if len(mine.Findings) != 1 || mine.Findings[0].Rule != "rights_expired" || len(mine.Findings[0].Patch) != 2 || mine.Findings[0].Patch[1].Op != "remove" {
		t.Errorf("a draft: %+v", mine.Findings)
	}
	if p := mika.Post("/api/v1/creations/"+later.ID+"/entry", map[string]any{"title": "Snow", "display_name": "Mika"}).Want(422).Problem(); p.Code != "composition_against_rules" || len(p.Findings) != 1 {
		t.Errorf("handing it in: %+v", p)
	}
	if p := mika.Post("/api/v1/campaigns/"+webtest.Campaign+"/generations", map[string]any{"prompt": "a fox", "marks": []string{"emblem"}}).Want(422).Problem(); p.Code != "mark_resting" {
		t.Errorf("asking for it: %s", p.Code)
	}
	var offer struct{ Marks []struct{ ID string } }
	visitor.Get("/api/v1/campaigns/" + webtest.Campaign).Want(200).Into(&offer)
	if len(offer.Marks) != 5 || slices.Contains(offer.Marks, struct{ ID string }{"emblem"}) {
		t.Errorf("the campaign offers %+v", offer.Marks)
	}
	// What waits is on the kit that it was handed in with, but the campaign's
	// kit says what may be shown today.
	if p := reviewer.Decide(waits, "approve", "").Want(422).Problem(); p.Code != "publication_against_rules" || len(p.Findings) != 1 || p.Findings[0].Rule != "rights_expired" {
		t.Errorf("publishing it: %+v", p)
	}
	reviewer.Decide(waits, "reject", "The star is not ours any more.").Want(200)
}
