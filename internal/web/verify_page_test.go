package web_test

import (
	"bytes"
	"image"
	"testing"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/watermark/attack"
	"marquee/internal/web/webtest"
)

// The pictures of a campaign's pages are known as such, also when they have
// lost their credential.
func TestCheckPicturesOfPages(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	site.Checker.Within = time.Minute // however busy the machine is
	w := &walk{t: t, site: site, visitor: site.Visitor()}
	rec, err := site.Campaign.Get(t.Context(), webtest.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	fetched := func(path string) ([]byte, image.Image) {
		t.Helper()
		data := w.visitor.Get("/api/v1/campaigns/" + webtest.Campaign + path).Want(200).Body
		img, err := compose.Decode(bytes.NewReader(data), len(data), 1<<26)
		if err != nil {
			t.Fatal(err)
		}
		return data, img
	}
	hero, heroShown := fetched("/hero?width=960")
	png, pngShown := fetched("/hero?format=png&width=960")
	tile, tileShown := fetched("/tiles/subject/" + rec.File.Builder.Subject[0].ID)
	expect := func(what, match string, data []byte) {
		t.Helper()
		got := w.check(data)
		if got.Match != match {
			t.Errorf("%s is known by %s, want %s: %q", what, got.Match, match, got.outcomes())
			return
		}
		if k := got.Work; k == nil || k.Kind != "page" || k.State != "published" || k.Approved || k.PageURL != "/c/"+webtest.Campaign {
			t.Errorf("%s: %+v", what, k)
		}
		if got.history() != "generated here" || got.History[0].At == "" {
			t.Errorf("%s: its way is %q", what, got.history())
		}
	}
	expect("the hero", "exact", hero)
	expect("the hero as PNG", "exact", png)
	expect("a tile", "exact", tile)
	expect("the hero, changed after it was signed", "watermark", append(bytes.Clone(hero), "more"...))
	expect("the hero, stripped", "watermark", asJPEG(t, heroShown, 80))
	expect("the hero, cropped", "watermark", asPNG(t, attack.Crop(heroShown, 0.1, 0.1, 0.1, 0.1)))
	expect("the PNG, stripped", "watermark", asPNG(t, pngShown))
	// A tile is too small for a watermark: it is known by its looks.
	expect("a tile, stripped", "fingerprint", asJPEG(t, tileShown, 85))

	// While the campaign is a draft again, its page is not named.
	if _, err := site.Campaign.Update(t.Context(), rec.Slug, rec.File, campaign.Draft, rec.Revision, "admin"); err != nil {
		t.Fatal(err)
	}
	if k := w.check(hero).Work; k == nil || k.Kind != "page" || k.State != "not_public" || k.PageURL != "" {
		t.Errorf("of a draft: %+v", k)
	}
}
