package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/altcha-org/altcha-lib-go"

	"marquee/brands"
	"marquee/internal/account"
	"marquee/internal/campaign"
	"marquee/internal/gallery"
	"marquee/internal/web"
	"marquee/internal/web/webtest"
)

// TestSecondCampaign makes a campaign with another brand's kit in the Studio,
// from nothing and without touching code.
func TestSecondCampaign(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	producer := site.Staff(account.Producer)
	added := producer.Upload("/api/v1/studio/kits", "kornblum.zip", zipOf(t, "kornblum")).Want(201)
	var kit struct {
		ID    string
		Marks []struct {
			ImageURL string `json:"image_url"`
		}
		Colors []any
	}
	added.Into(&kit)
	if kit.ID != "kornblum" || len(kit.Marks) < 3 || len(kit.Colors) == 0 {
		t.Fatalf("the kit is %+v", kit)
	}
	site.Visitor().Get(kit.Marks[0].ImageURL).Want(200)
	names, err := fs.Glob(brands.FS, "kornblum/campaigns/*.json")
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	file, err := fs.ReadFile(brands.FS, names[0])
	if err != nil {
		t.Fatal(err)
	}
	var problems struct{ Problems []struct{ Path, Code string } }
	producer.Post("/api/v1/studio/campaigns/check", map[string]any{"file": json.RawMessage(file)}).Want(200).Into(&problems)
	if len(problems.Problems) != 0 {
		t.Errorf("problems: %+v", problems)
	}
	producer.Post("/api/v1/studio/campaigns/check", map[string]any{"file": map[string]any{"slug": "x", "wish": 1}}).Want(200).Into(&problems)
	if len(problems.Problems) == 0 {
		t.Error("a bad file passes")
	}
	var rec struct {
		State    string
		Revision int
		File     map[string]any
	}
	producer.Post("/api/v1/studio/campaigns", map[string]any{"file": json.RawMessage(file)}).Want(201).Into(&rec)
	if rec.State != "draft" || rec.Revision != 1 {
		t.Errorf("a new campaign is %s, %d", rec.State, rec.Revision)
	}
	slug, _ := rec.File["slug"].(string)
	site.Visitor().Get("/c/" + slug).Want(404)
	path := "/api/v1/studio/campaigns/" + slug
	producer.Put(path, map[string]any{"file": json.RawMessage(file), "state": "open", "revision": 1}).Want(200)
	if p := producer.Put(path, map[string]any{"file": json.RawMessage(file), "state": "closed", "revision": 1}).Want(409).Problem(); p.Code != "changed_meanwhile" {
		t.Errorf("a change of an old revision: %s", p.Code)
	}
	site.Visitor().Get("/c/" + slug).Want(200)
	theirs, ours := site.Visitor().Get("/c/"+slug+"/theme.css").Want(200), site.Visitor().Get("/c/"+webtest.Campaign+"/theme.css").Want(200)
	if bytes.Equal(theirs.Body, ours.Body) {
		t.Error("two brands have one dress")
	}
	if p := producer.Post("/api/v1/studio/campaigns", map[string]any{"file": json.RawMessage(file)}).Want(409).Problem(); p.Code != "slug_taken" {
		t.Errorf("the same again: %s", p.Code)
	}
	site.Staff(account.Reviewer).Put(path, map[string]any{"file": json.RawMessage(file), "state": "closed", "revision": 2}).Want(403)
}

func zipOf(t *testing.T, brand string) []byte {
	t.Helper()
	folder, err := fs.Sub(brands.FS, brand)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	if err := z.AddFS(folder); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestProofOfWork asks browsers for a little work where the campaign says so.
func TestProofOfWork(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	visitor := site.Visitor()
	path := "/api/v1/campaigns/" + webtest.Campaign
	visitor.Get(path + "/challenge").Want(404)
	rec, err := site.Campaign.Get(t.Context(), webtest.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	rec.File.ProofOfWork = true
	if _, err := site.Campaign.Update(t.Context(), rec.Slug, rec.File, campaign.Open, rec.Revision, "admin"); err != nil {
		t.Fatal(err)
	}
	join := map[string]any{"birth_year": 1990, "consents": []string{"terms"}}
	if p := visitor.Post(path+"/participants", join).Want(422).Problem(); p.Code != "proof_missing" {
		t.Errorf("without a proof: %s", p.Code)
	}
	var c struct {
		Algorithm, Challenge, Salt, Signature string
		MaxNumber                             int `json:"maxnumber"`
	}
	visitor.Get(path + "/challenge").Want(200).Into(&c)
	s, err := altcha.SolveChallenge(c.Challenge, c.Salt, altcha.Algorithm(c.Algorithm), c.MaxNumber, 0, nil)
	if err != nil || s == nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(map[string]any{"algorithm": c.Algorithm, "challenge": c.Challenge, "number": s.Number, "salt": c.Salt, "signature": c.Signature})
	if err != nil {
		t.Fatal(err)
	}
	join["altcha"] = base64.StdEncoding.EncodeToString(data)
	visitor.Post(path+"/participants", join).Want(201)
	if p := visitor.Post(path+"/participants", join).Want(422).Problem(); p.Code != "proof_wrong" {
		t.Errorf("one proof twice: %s", p.Code)
	}
}

// TestPurge tells the webhook what is gone, and fails where the hook does, so
// that it is tried again.
func TestPurge(t *testing.T) {
	t.Parallel()
	var status atomic.Int64
	var urls struct{ URLs []string }
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&urls); err != nil {
			t.Error(err)
		}
		w.WriteHeader(int(status.Load()))
	}))
	defer hook.Close()
	args, err := json.Marshal(gallery.PurgeArgs{Campaign: "lights", EntryID: "e1", CreationID: "c1"})
	if err != nil {
		t.Fatal(err)
	}
	status.Store(503)
	if err := web.Purge(hook.URL, nil)(t.Context(), args); err == nil {
		t.Error("a failing hook was taken for a good one")
	}
	status.Store(204)
	if err := web.Purge(hook.URL, nil)(t.Context(), args); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"/c/lights/w/e1": false, "/api/v1/creations/c1/image": false, "/api/v1/creations/c1/image?format=jpeg&width=1280": false}
	for _, u := range urls.URLs {
		if _, ok := want[u]; ok {
			want[u] = true
		}
	}
	for u, told := range want {
		if !told {
			t.Errorf("%s was not told", u)
		}
	}
	if err := web.Purge("", nil)(t.Context(), args); err != nil {
		t.Errorf("without a hook: %v", err)
	}
}
