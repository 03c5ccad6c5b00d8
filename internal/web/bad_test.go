package web_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"
	"time"

	"marquee/internal/account"
	"marquee/internal/secret"
	"marquee/internal/web/webtest"
)

// counts tells how much there is, to show that a refused request left nothing.
func counts(t *testing.T, site *webtest.Site, c *webtest.Client) string {
	t.Helper()
	var works struct {
		Generations []any
		Creations   []webtest.Creation
	}
	c.In(t).Get("/api/v1/campaigns/" + webtest.Campaign + "/works").Want(200).Into(&works)
	rows, err := site.Ledger.Rows(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	out := fmt.Sprint(len(works.Generations), len(works.Creations), len(rows))
	for _, w := range works.Creations {
		out += fmt.Sprint(" ", w.Revision, w.State, string(w.Composition))
	}
	return out
}

// TestBadPrompts refuses what can't be painted, and keeps nothing of it.
func TestBadPrompts(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	german := site.Participant("de")
	path := "/api/v1/campaigns/" + webtest.Campaign + "/generations"
	before := counts(t, site, german)
	for name, c := range map[string]struct {
		body   any
		status int
		code   string
		detail string
	}{
		"100 KB":             {map[string]any{"prompt": strings.Repeat("fox ", 25<<10)}, 422, "prompt_too_long", "höchstens 400 Zeichen"},
		"a megabyte":         {map[string]any{"prompt": strings.Repeat("x", 1<<20)}, 413, "body_too_large", "zu groß"},
		"control characters": {map[string]any{"prompt": "\x00\x01\x02"}, 422, "prompt_control_characters", "nicht zeigen lassen"},
		"emoji only":         {map[string]any{"prompt": "🦊❄️🎄"}, 422, "prompt_without_words", "ein paar Worte"},
		"empty":              {map[string]any{"prompt": ""}, 422, "prompt_empty", "was du sehen möchtest"},
		"no prompt":          {map[string]any{}, 422, "request_invalid", "passt nicht"},
		"a format":           {map[string]any{"prompt": "a fox", "aspect": "circle"}, 422, "format_not_offered", "bietet die Aktion nicht an"},
		"a mark":             {map[string]any{"prompt": "a fox", "marks": []string{"pretzel"}}, 422, "mark_unknown", ""},
		"a mark twice":       {map[string]any{"prompt": "a fox", "marks": []string{"emblem", "emblem"}}, 422, "mark_twice", "nur einmal"},
		"a seed":             {map[string]any{"prompt": "a fox", "seed": "seven"}, 422, "request_invalid", ""},
		"an unknown field":   {map[string]any{"prompt": "a fox", "wish": 1}, 422, "request_invalid", ""},
		"no JSON":            {[]byte("{"), 400, "request_unreadable", ""},
	} {
		a := german.In(t).Post(path, c.body)
		p := a.Problem()
		if a.Status != c.status || p.Code != c.code || !strings.Contains(p.Detail, c.detail) {
			t.Errorf("%s: %d %s %q, want %d %s …%s…", name, a.Status, p.Code, p.Detail, c.status, c.code, c.detail)
		}
	}
	r := german.Request("POST", path, []byte("prompt=fox"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if p := german.Send(r).Want(415).Problem(); p.Code != "media_type_unknown" {
		t.Errorf("a form: %s", p.Code)
	}
	if after := counts(t, site, german); after != before {
		t.Errorf("something was kept: %s, before %s", after, before)
	}
	if p := german.Post("/api/v1/campaigns/none/generations", map[string]any{"prompt": "a fox"}).Want(404).Problem(); p.Code != "not_found" {
		t.Errorf("a campaign that is not there: %s", p.Code)
	}
}

// TestBadArrivals refuses people who may not come, and keeps nothing of them.
func TestBadArrivals(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	visitor := site.Visitor()
	visitor.Locale = "es"
	year := time.Now().Year()
	for name, c := range map[string]struct {
		body   map[string]any
		status int
		code   string
	}{
		"under the limit":      {map[string]any{"birth_year": year - 14, "market": "DE", "consents": []string{"terms"}}, 403, "under_age"},
		"in a band below":      {map[string]any{"age_band": "13-15", "market": "DE", "consents": []string{"terms"}}, 403, "under_age"},
		"no consent":           {map[string]any{"birth_year": 1990}, 422, "consent_missing"},
		"a consent not asked":  {map[string]any{"birth_year": 1990, "consents": []string{"terms", "kidney"}}, 422, "consent_unknown"},
		"no age":               {map[string]any{"consents": []string{"terms"}}, 422, "age_missing"},
		"born in the year 3":   {map[string]any{"birth_year": 3, "consents": []string{"terms"}}, 422, "birth_year_invalid"},
		"born tomorrow":        {map[string]any{"birth_year": year + 1, "consents": []string{"terms"}}, 422, "birth_year_invalid"},
		"a market":             {map[string]any{"birth_year": 1990, "market": "XX", "consents": []string{"terms"}}, 422, "market_unknown"},
		"a band there is none": {map[string]any{"age_band": "immortal", "consents": []string{"terms"}}, 422, "request_invalid"},
	} {
		a := visitor.Post("/api/v1/campaigns/"+webtest.Campaign+"/participants", c.body)
		p := a.Problem()
		if a.Status != c.status || p.Code != c.code || a.Header.Get("Set-Cookie") != "" || a.Header.Get("Content-Language") != "es" {
			t.Errorf("%s: %d %s %q, cookie %q", name, a.Status, p.Code, p.Detail, a.Header.Get("Set-Cookie"))
		}
	}
	rows, err := site.Ledger.Rows(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Action == "participant.arrived" {
			t.Error("somebody was let in")
		}
	}
}

// TestBadPasses refuses forged, expired and ended cookies, each with its word.
func TestBadPasses(t *testing.T) {
	t.Parallel()
	now := time.Now()
	site := webtest.New(t, nil, nil, webtest.Jobless(), webtest.At(func() time.Time { return now }))
	good := site.Participant("ja")
	left := site.Participant("ja")
	left.Delete("/api/v1/participants/me").Want(204)
	forgedKey := secret.Sign([]byte("another installation's key, 32 B"), "participant", good.ID, now.Add(time.Hour))
	cookie := func(token string) *webtest.Client {
		c := site.Visitor()
		c.Locale = "ja"
		c.Cookies = []*http.Cookie{{Name: "marquee_participant", Value: token}}
		return c
	}
	me := "/api/v1/campaigns/" + webtest.Campaign + "/me"
	for name, c := range map[string]struct{ token, code string }{
		"none":              {"", "no_participant"},
		"words":             {"let-me-in", "session_forged"},
		"a changed end":     {good.Token[:len(good.Token)-2] + "xx", "session_forged"},
		"another's id":      {strings.Replace(good.Token, good.ID, left.ID, 1), "session_forged"},
		"another's key":     {forgedKey, "session_forged"},
		"10 KB":             {strings.Repeat("a", 10<<10), "session_forged"},
		"one who has left":  {left.Token, "session_ended"},
		"a staff key's way": {"mk_nothing", "session_forged"},
	} {
		p := cookie(c.token).Get(me).Want(401).Problem()
		if p.Code != c.code {
			t.Errorf("%s: %s, want %s", name, p.Code, c.code)
		}
	}
	cookie(good.Token).Get(me).Want(200)
	now = now.Add(181 * 24 * time.Hour)
	if p := cookie(good.Token).Get(me).Want(401).Problem(); p.Code != "session_expired" || !strings.Contains(p.Detail, "もう一度") {
		t.Errorf("after half a year: %s %s", p.Code, p.Detail)
	}
	// A visitor with a bad pass still sees what everybody sees.
	cookie("let-me-in").Get("/api/v1/campaigns/" + webtest.Campaign + "/gallery").Want(200)
}

// TestBadCompositions refuses what breaks the document or the brand's rules,
// shows where, and keeps what was saved before. The same creation shows who
// may not touch it, and that it enters once.
func TestBadCompositions(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil)
	mika := site.Participant("fr")
	c := mika.Make("a snowman under the moon", "wordmark", "emblem")
	path := "/api/v1/creations/" + c.ID + "/composition"
	before := counts(t, site, mika)
	change := func(f func(doc map[string]any, mark map[string]any)) []byte {
		var doc map[string]any
		if err := json.Unmarshal(c.Composition, &doc); err != nil {
			t.Fatal(err)
		}
		f(doc, doc["layers"].([]any)[1].(map[string]any))
		data, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	add := func(n int) func(doc, mark map[string]any) {
		return func(doc, mark map[string]any) {
			layers := doc["layers"].([]any)
			for i := range n {
				layers = append(layers, map[string]any{"id": fmt.Sprint("more", i), "kind": "mark", "mark": "bottle", "x": 1, "y": 1, "width": 200, "rotation": 0})
			}
			doc["layers"] = layers
		}
	}
	for name, b := range map[string]struct {
		body   []byte
		status int
		code   string
		rule   string
	}{
		"outside the canvas":      {change(func(_, m map[string]any) { m["x"] = 1000 }), 422, "composition_against_rules", "mark_outside"},
		"a negative scale":        {change(func(_, m map[string]any) { m["width"] = -300 }), 422, "composition_invalid", ""},
		"a huge scale":            {change(func(_, m map[string]any) { m["width"] = 1e9 }), 422, "composition_invalid", ""},
		"too large for the brand": {change(func(_, m map[string]any) { m["width"], m["x"] = 1020, 1 }), 422, "composition_against_rules", "mark_too_large"},
		"tiny":                    {change(func(_, m map[string]any) { m["width"] = 10 }), 422, "composition_against_rules", "mark_too_small"},
		"tilted":                  {change(func(_, m map[string]any) { m["rotation"] = 90 }), 422, "composition_against_rules", "mark_rotated"},
		"10,000 layers":           {change(add(10_000)), 413, "composition_too_large", ""},
		"an unknown mark":         {change(func(_, m map[string]any) { m["mark"] = "nothing" }), 422, "composition_against_rules", "mark_unknown"},
		"another brand's mark":    {change(func(_, m map[string]any) { m["mark"] = "cornflower" }), 422, "composition_against_rules", "mark_unknown"},
		"another canvas":          {change(func(d, _ map[string]any) { d["width"] = 2048 }), 422, "", ""},
		"no picture":              {change(func(d, _ map[string]any) { d["layers"] = d["layers"].([]any)[1:] }), 422, "composition_invalid", ""},
		"a field from tomorrow":   {change(func(_, m map[string]any) { m["glow"] = 3 }), 422, "composition_invalid", ""},
		"no JSON":                 {[]byte("{"), 400, "composition_unreadable", ""},
		"a list":                  {[]byte("[]"), 422, "composition_invalid", ""},
		"nothing":                 {[]byte(""), 400, "", ""},
		"3 MB":                    {bytes.Repeat([]byte(" "), 3<<20), 413, "body_too_large", ""},
	} {
		a := mika.In(t).Put(path, b.body)
		p := a.Problem()
		if a.Status != b.status || b.code != "" && p.Code != b.code {
			t.Errorf("%s: %d %s %q %v, want %d %s", name, a.Status, p.Code, p.Detail, p.Fields, b.status, b.code)
			continue
		}
		if b.rule == "" {
			continue
		}
		shown := false
		for _, f := range p.Findings {
			shown = shown || f.Rule == b.rule && f.Layer != "" && f.Message != ""
		}
		if !shown {
			t.Errorf("%s: the findings are %+v", name, p.Findings)
		}
	}
	if after := counts(t, site, mika); after != before {
		t.Errorf("something was kept:\n%s\nbefore\n%s", after, before)
	}

	stranger := site.Participant("en")
	for _, request := range [][2]string{
		{"GET", ""}, {"PUT", "/composition"}, {"POST", "/check"}, {"GET", "/image"}, {"POST", "/entry"}, {"DELETE", "/entry"}, {"DELETE", ""},
	} {
		var body any
		switch request[1] {
		case "/composition", "/check":
			body = []byte(c.Composition)
		case "/entry":
			body = map[string]any{"title": "Mine now", "display_name": "Eve"}
		}
		if a := stranger.Send(stranger.Request(request[0], "/api/v1/creations/"+c.ID+request[1], body)); a.Status != 404 {
			t.Errorf("someone else's creation, %s %s: %d", request[0], request[1], a.Status)
		}
	}

	for name, e := range map[string]struct{ title, display, code string }{
		"no title":      {" ", "Mika", "title_missing"},
		"a long title":  {strings.Repeat("x", 81), "Mika", "title_too_long"},
		"no name":       {"Snow", "", "display_name_missing"},
		"a long name":   {"Snow", strings.Repeat("x", 41), "display_name_too_long"},
		"a web address": {"www.example.com", "Mika", "title_refused"},
		"a control":     {"Sn\u202eow", "Mika", "title_characters"},
	} {
		if p := mika.Post("/api/v1/creations/"+c.ID+"/entry", map[string]any{"title": e.title, "display_name": e.display}).Want(422).Problem(); p.Code != e.code {
			t.Errorf("%s: %s, want %s", name, p.Code, e.code)
		}
	}
	entry := mika.Enter(c.ID, "Snow", "Mika")
	if p := mika.Post("/api/v1/creations/"+c.ID+"/entry", map[string]any{"title": "Again", "display_name": "Mika"}).Want(409).Problem(); p.Code != "already_entered" {
		t.Errorf("an entry twice: %s", p.Code)
	}
	if p := mika.Put(path, []byte(c.Composition)).Want(409).Problem(); p.Code != "creation_entered" {
		t.Errorf("a change after entering: %s", p.Code)
	}
	if p := stranger.Put("/api/v1/entries/"+entry+"/vote", nil).Want(409).Problem(); p.Code != "not_public" {
		t.Errorf("a vote for what is not public: %s", p.Code)
	}
	stranger.Put("/api/v1/entries/none/vote", nil).Want(404)
	stranger.Post("/api/v1/entries/"+entry+"/reports", map[string]any{"reason": "other"}).Want(404)

	votesAreCapped(t, site, entry)
}

// votesAreCapped has a hundred people vote from one address.
func votesAreCapped(t *testing.T, site *webtest.Site, entry string) {
	t.Helper()
	reviewer := site.Staff(account.Reviewer)
	reviewer.Decide(entry, "approve", "").Want(200)
	if p := reviewer.Decide(entry, "takedown", "").Want(422).Problem(); p.Code != "reason_missing" {
		t.Errorf("a takedown without a reason: %s", p.Code)
	}
	rec, err := site.Campaign.Get(t.Context(), webtest.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	limit := rec.File.Limits.VotesPerAddress
	stood, capped := 0, 0
	for range 100 {
		a := site.Participant("fr").Put("/api/v1/entries/"+entry+"/vote", nil)
		switch {
		case a.Status == 200:
			stood++
		case a.Status == 429 && a.Problem().Code == "votes_capped" && a.Header.Get("Retry-After") != "":
			capped++
		default:
			t.Fatalf("a vote: %d %s", a.Status, a.Body)
		}
	}
	if stood != limit || capped != 100-limit {
		t.Errorf("%d votes stood and %d were refused, the limit is %d", stood, capped, limit)
	}
	var list struct {
		Addresses []struct{ Votes, Refused int }
	}
	reviewer.Get("/api/v1/studio/campaigns/" + webtest.Campaign + "/addresses").Want(200).Into(&list)
	if len(list.Addresses) != 1 || list.Addresses[0].Votes != limit || list.Addresses[0].Refused != 100-limit {
		t.Errorf("staff see %+v", list)
	}
}

// TestBadFiles sends what is no picture, or too much of one, to be checked.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	visitor := site.Visitor()
	visitor.Locale = "ar"
	var whole bytes.Buffer
	picture := image.NewRGBA(image.Rect(0, 0, 90, 60)) // too small to carry a mark, so that none is searched for long
	for i := range picture.Pix {
		picture.Pix[i] = byte(i * 7)
	}
	picture.Set(0, 0, color.White)
	if err := jpeg.Encode(&whole, picture, nil); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data   []byte
		status int
		code   string
	}{
		"300 megapixels":        {pngHeader(20_000, 15_000), 413, "picture_too_large"},
		"a truncated JPEG":      {whole.Bytes()[:whole.Len()/2], 422, "picture_unreadable"},
		"a ZIP called .png":     {append([]byte("PK\x03\x04"), make([]byte, 500)...), 415, "picture_type_unknown"},
		"SVG":                   {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), 415, "picture_type_unknown"},
		"nothing":               {nil, 422, "file_missing"},
		"more than 25 MB":       {make([]byte, 25<<20+1), 413, "file_too_large"},
		"far more than 25 MB":   {make([]byte, 27<<20), 413, "file_too_large"},
		"a whole one, not ours": {whole.Bytes(), 200, ""},
	} {
		a := visitor.In(t).Upload("/api/v1/verify", "holiday.png", c.data)
		if a.Status != c.status {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
			continue
		}
		if c.code == "" {
			var found struct{ Match, Message string }
			a.Into(&found)
			if found.Match != "none" || !strings.Contains(found.Message, "ليست من هنا") {
				t.Errorf("%s: %+v", name, found)
			}
			continue
		}
		if p := a.Problem(); p.Code != c.code || a.Header.Get("Content-Language") != "ar" {
			t.Errorf("%s: %s, want %s", name, p.Code, c.code)
		}
	}
	if p := visitor.Post("/api/v1/verify", map[string]any{"file": "x"}).Want(422).Problem(); p.Code != "file_missing" {
		t.Errorf("JSON: %s", p.Code)
	}
	r := visitor.Request("POST", "/api/v1/verify", []byte("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if p := visitor.Send(r).Want(400).Problem(); p.Code != "upload_broken" {
		t.Errorf("a broken upload: %s", p.Code)
	}
}

// pngHeader is the beginning of a PNG that says it is of that size.
func pngHeader(width, height uint32) []byte {
	ihdr := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(ihdr[4:], width)
	binary.BigEndian.PutUint32(ihdr[8:], height)
	copy(ihdr[12:], []byte{8, 6, 0, 0, 0})
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, ihdr...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(ihdr))
}
