package web_test

import (
	"bytes"
	"encoding/json"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"strings"
	"testing"

	"marquee/internal/account"
	"marquee/internal/asset"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
	"marquee/internal/web/webtest"
)

// TestPath walks one creation through the house by the API, on both storages:
// from words to a public work that checks, and away again.
func TestPath(t *testing.T) {
	t.Parallel()
	storetest.EachPair(t, path)
}

func path(t *testing.T, db *store.DB, blobs asset.Blobs) {
	site := webtest.New(t, db, blobs)
	mika, visitor := site.Participant("en"), site.Visitor()
	reviewer := site.Staff(account.Reviewer)

	c := mika.Make("a polar fox beside a lantern in a snowy forest", "wordmark", "emblem")
	image0 := "/api/v1/creations/" + c.ID + "/image"
	if visitor.Get(image0).Want(404); c.State != "draft" {
		t.Fatalf("a new creation is %s", c.State)
	}
	var saved struct {
		Revision int
		Findings []any
	}
	mika.Put("/api/v1/creations/"+c.ID+"/composition", []byte(c.Composition)).Want(200).Into(&saved)
	if saved.Revision != 2 || len(saved.Findings) != 0 {
		t.Errorf("saved: %+v", saved)
	}
	own := mika.Get(image0 + "?format=png&width=640").Want(200)
	if config, kind, err := image.DecodeConfig(bytes.NewReader(own.Body)); err != nil || kind != "png" || config.Width != 640 {
		t.Errorf("the picture is %s %d wide: %v", kind, config.Width, err)
	}

	entry := mika.Enter(c.ID, "Fox at the lantern", "Mika")
	visitor.Get("/api/v1/entries/" + entry).Want(404)
	if list := visitor.Get("/api/v1/campaigns/" + webtest.Campaign + "/gallery").Want(200); strings.Contains(string(list.Body), entry) {
		t.Error("a work that waits is in the gallery")
	}
	reviewer.Decide(entry, "approve", "").Want(200)

	shown := visitor.Get(image0 + "?format=jpeg&width=320").Want(200)
	if shown.Header.Get("Cache-Control") != "no-cache" || shown.Header.Get("ETag") == "" {
		t.Errorf("a public picture is kept without asking: %v", shown.Header)
	}
	again := visitor.Request("GET", image0+"?format=jpeg&width=320", nil)
	again.Header.Set("If-None-Match", shown.Header.Get("ETag"))
	if a := visitor.Send(again).Want(304); len(a.Body) != 0 {
		t.Error("304 with a body")
	}
	named := visitor.Get(image0 + "?format=jpeg&width=320&download=1").Want(200)
	if d := named.Header.Get("Content-Disposition"); d != `attachment; filename="winter-lights-fox-at-the-lantern.jpeg"` {
		t.Errorf("the download is named %s", d)
	}

	fan := site.Participant("de")
	var count struct {
		Votes int
		Voted bool
	}
	fan.Put("/api/v1/entries/"+entry+"/vote", nil).Want(200).Into(&count)
	fan.Put("/api/v1/entries/"+entry+"/vote", nil).Want(200).Into(&count)
	if count.Votes != 1 || !count.Voted {
		t.Errorf("two votes of one participant: %+v", count)
	}
	fan.Delete("/api/v1/entries/" + entry + "/vote").Want(200).Into(&count)
	if count.Votes != 0 {
		t.Errorf("after taking it back: %+v", count)
	}

	var found struct {
		Match string
		Work  struct {
			Approved bool
			State    string
			Marks    []struct{ ID string }
			PageURL  string `json:"page_url"`
		}
	}
	visitor.Upload("/api/v1/verify", "download.jpg", shown.Body).Want(200).Into(&found)
	if found.Match != "exact" || !found.Work.Approved || found.Work.State != "published" || len(found.Work.Marks) != 2 || found.Work.PageURL == "" {
		t.Errorf("verify: %+v", found)
	}
	// An older rendition was served of another revision; it checks as ours and
	// is not said to be approved.
	visitor.Upload("/api/v1/verify", "own.png", own.Body).Want(200).Into(&found)
	if found.Match != "exact" {
		t.Errorf("the maker's own download: %+v", found)
	}

	var report struct{ ID, Link string }
	visitor.Post("/api/v1/entries/"+entry+"/reports", map[string]any{"reason": "other", "text": "I know this picture"}).Want(201).Into(&report)
	_, secret, _ := strings.Cut(report.Link, "#")
	reviewer.Decide(report.ID, "approve", "Right, thank you").Want(200)
	var outcome struct{ State, Answer string }
	visitor.Post("/api/v1/reports/outcome", map[string]any{"secret": secret}).Want(200).Into(&outcome)
	if outcome.State != "upheld" {
		t.Errorf("the report's outcome: %+v", outcome)
	}
	for _, path := range []string{image0, image0 + "?format=jpeg&width=320", "/api/v1/entries/" + entry, "/c/" + webtest.Campaign + "/w/" + entry} {
		visitor.Get(path).Want(http.StatusGone)
	}
	visitor.Send(again.Clone(t.Context())).Want(http.StatusGone)
	visitor.Upload("/api/v1/verify", "download.jpg", shown.Body).Want(200).Into(&found)
	if found.Match != "exact" || found.Work.State != "taken_down" {
		t.Errorf("an older download: %+v", found)
	}

	var works struct{ Creations []webtest.Creation }
	mika.Get("/api/v1/campaigns/" + webtest.Campaign + "/works").Want(200).Into(&works)
	if len(works.Creations) != 1 || works.Creations[0].Entry.State != "taken_down" {
		t.Errorf("my works: %+v", works)
	}
	mika.Get("/api/v1/participants/me/export").Want(200)
	mika.Delete("/api/v1/participants/me").Want(204)
	if p := mika.Get("/api/v1/campaigns/" + webtest.Campaign + "/me").Want(401).Problem(); p.Code != "session_ended" {
		t.Errorf("after leaving: %s", p.Code)
	}
	site.Staff(account.Reviewer).Get("/api/v1/creations/" + c.ID).Want(404)
	var rows struct{ Rows []json.RawMessage }
	reviewer.Get("/api/v1/studio/ledger?limit=200").Want(200).Into(&rows)
	if len(rows.Rows) < 8 || strings.Contains(string(bytes.Join(toBytes(rows.Rows), nil)), "Mika") {
		t.Errorf("the ledger has %d rows, or tells a name", len(rows.Rows))
	}
}

func toBytes(list []json.RawMessage) [][]byte {
	out := make([][]byte, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// TestPrivateLink brings a participant to another device, and keeps the secret
// out of every address.
func TestPrivateLink(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	mika := site.Participant("fr")
	var link struct{ Link string }
	mika.Post("/api/v1/participants/link", map[string]any{"campaign": webtest.Campaign}).Want(201).Into(&link)
	address, secret, ok := strings.Cut(link.Link, "#")
	if !ok || strings.Contains(address, "ml_") || !strings.HasSuffix(address, "/c/"+webtest.Campaign+"/back") {
		t.Fatalf("the link is %s", link.Link)
	}
	other := site.Visitor()
	back := other.Post("/api/v1/participants/return", map[string]any{"secret": secret}).Want(200)
	var me struct {
		ID        string
		Campaigns []string
	}
	back.Into(&me)
	if me.ID != mika.ID || len(me.Campaigns) != 1 {
		t.Errorf("came back as %+v", me)
	}
	cookie := (&http.Response{Header: back.Header}).Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure {
		t.Errorf("the cookie is %v", cookie)
	}
	other.Cookies = []*http.Cookie{cookie}
	other.Get("/api/v1/campaigns/" + webtest.Campaign + "/me").Want(200)
	if p := other.Post("/api/v1/participants/return", map[string]any{"secret": secret + "x"}).Want(401).Problem(); p.Code != "link_unknown" {
		t.Errorf("a wrong secret: %s", p.Code)
	}
}

// TestStaffSession signs in once by link, and only once.
func TestStaffSession(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	secret, needed, err := site.Account.FirstInvite(t.Context())
	if err != nil || !needed {
		t.Fatal(needed, err)
	}
	browser := site.Visitor()
	in := browser.Post("/api/v1/staff/session", map[string]any{"secret": secret, "name": "Ada"}).Want(200)
	cookie := (&http.Response{Header: in.Header}).Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode {
		t.Errorf("the cookie is %v", cookie)
	}
	if p := site.Visitor().Post("/api/v1/staff/session", map[string]any{"secret": secret, "name": "Eve"}).Want(401).Problem(); p.Code != "invite_unknown" {
		t.Errorf("a used link: %s", p.Code)
	}
	browser.Cookies = []*http.Cookie{cookie}
	browser.Get("/api/v1/staff/me").Want(200)
	var invite struct{ Link string }
	browser.Post("/api/v1/staff/invites", map[string]any{"role": "reviewer"}).Want(201).Into(&invite)
	if !strings.Contains(invite.Link, "/studio/sign-in#mi_") {
		t.Errorf("the invite is %s", invite.Link)
	}
	browser.Delete("/api/v1/staff/session").Want(204)
	browser.Get("/api/v1/staff/me").Want(401)
}
