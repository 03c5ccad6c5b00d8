package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/settings"
	"marquee/internal/web"
	"marquee/internal/web/webtest"
)

// pages are all that a browser can open, with the status that each answers.
var pages = map[string]int{
	"/": 200, "/verify": 200, "/studio": 200, "/studio/sign-in": 200, "/studio/review": 200, "/api/docs": 200, "/nothing": 404,
	"/c/winter-lights": 200, "/c/winter-lights/create": 200, "/c/winter-lights/works": 200, "/c/winter-lights/gallery": 200, "/c/winter-lights/back": 200,
	"/c/winter-lights/report": 200, "/c/winter-lights/terms": 200, "/c/winter-lights/w/none": 404, "/c/none": 404, "/c/none/w/none": 404,
}

var unsafe = regexp.MustCompile(`<style|\sstyle=|\son[a-z]+=|javascript:|<script(?:[^>]*)>[^<]`)

// TestEveryPageIsGuarded asks for every page and looks at what it promises.
func TestEveryPageIsGuarded(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	for path, status := range pages {
		a := site.Visitor().Get(path).Want(status)
		policy := a.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: no %s in %q", path, want, policy)
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin"} {
			if a.Header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, a.Header.Get(name))
			}
		}
		if a.Header.Get("Referrer-Policy") == "" || a.Header.Get("Permissions-Policy") == "" {
			t.Errorf("%s: %v", path, a.Header)
		}
		body := regexp.MustCompile(`<script type="application/json" id="shell">[^<]*</script>`).ReplaceAllString(string(a.Body), "")
		if found := unsafe.FindString(body); found != "" {
			t.Errorf("%s: holds %q", path, found)
		}
		if !strings.Contains(body, "<title>") || !strings.Contains(body, `<html lang="`) {
			t.Errorf("%s: has no title or language", path)
		}
	}
	one, two := site.Visitor().Get("/studio"), site.Visitor().Get("/studio")
	nonce := regexp.MustCompile(`'nonce-([^']+)'`)
	first, second := nonce.FindStringSubmatch(one.Header.Get("Content-Security-Policy")), nonce.FindStringSubmatch(two.Header.Get("Content-Security-Policy"))
	if first == nil || second == nil || first[1] == second[1] || !strings.Contains(string(one.Body), `"nonce":"`+first[1]+`"`) {
		t.Errorf("the Studio's nonces are %v and %v", first, second)
	}
}

// TestPagesSpeakTheVisitorsLanguage by cookie, address and header, and write
// Arabic from right to left.
func TestPagesSpeakTheVisitorsLanguage(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	for name, c := range map[string]struct{ query, cookie, header, lang, title string }{
		"header":  {"", "", "de-AT,de;q=0.9", `lang="de" dir="ltr"`, "Winterlichter"},
		"cookie":  {"", "ja", "de", `lang="ja" dir="ltr"`, "冬のあかり"},
		"address": {"?locale=ar", "ja", "de", `lang="ar" dir="rtl"`, "أضواء الشتاء"},
		"none":    {"", "", "", `lang="en" dir="ltr"`, "Winter Lights"},
		"unknown": {"?locale=<b>", "tlh", "tlh", `lang="en" dir="ltr"`, "Winter Lights"},
	} {
		v := site.Visitor()
		v.Locale = c.header
		if c.cookie != "" {
			v.Cookies = []*http.Cookie{{Name: "marquee_locale", Value: c.cookie}}
		}
		body := string(v.Get("/c/" + webtest.Campaign + c.query).Want(200).Body)
		if !strings.Contains(body, c.lang) || !strings.Contains(body, "<title>"+c.title) {
			t.Errorf("%s: want %s and %s in %s", name, c.lang, c.title, body[:400])
		}
	}
}

// TestHeads looks at what other sites and search engines read.
func TestHeads(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless(), webtest.With(func(s *settings.Settings) {
		s.PublicURL = &url.URL{Scheme: "https", Host: "lights.example"}
	}))
	body := string(site.Visitor().Get("/c/" + webtest.Campaign).Want(200).Body)
	for _, want := range []string{
		`<link rel="canonical" href="https://lights.example/c/winter-lights">`, `<meta property="og:image" content="https://lights.example/api/v1/campaigns/winter-lights/hero?`,
		`<meta property="og:image:width" content="1600">`, `<meta property="og:image:alt" content="`, `<meta name="twitter:card" content="summary_large_image">`,
		`hreflang="de"`, `<link rel="stylesheet" href="/c/winter-lights/theme.css">`, `id="shell">{"app":"stage","locale":"en","dir":"ltr","campaign":"winter-lights","locales":[{"code":"en"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	for _, quiet := range []string{"/create", "/works", "/back", "/report"} {
		if !strings.Contains(string(site.Visitor().Get("/c/"+webtest.Campaign+quiet).Body), `content="noindex"`) {
			t.Errorf("%s is offered to search engines", quiet)
		}
	}
	joined := site.Visitor().Post("/api/v1/campaigns/"+webtest.Campaign+"/participants", map[string]any{"birth_year": 1990, "consents": []string{"terms"}}).Want(201)
	if !strings.Contains(joined.Header.Get("Set-Cookie"), "; Secure") {
		t.Errorf("behind HTTPS the cookie is %s", joined.Header.Get("Set-Cookie"))
	}
}

// TestThemeAndFiles serves a brand's dress, its fonts, its marks as pictures,
// and nothing else of it.
func TestThemeAndFiles(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	v := site.Visitor()
	css := v.Get("/c/" + webtest.Campaign + "/theme.css").Want(200)
	if !strings.HasPrefix(css.Header.Get("Content-Type"), "text/css") || !strings.Contains(string(css.Body), "--color-ink") {
		t.Errorf("the theme: %s", css.Body[:200])
	}
	font := regexp.MustCompile(`url\("(/kits/[^"]+)"\)`).FindSubmatch(css.Body)
	if font == nil {
		t.Fatal("the theme has no fonts")
	}
	if a := v.Get(string(font[1])).Want(200); !strings.HasPrefix(a.Header.Get("Content-Type"), "font/") || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("a font: %v", a.Header)
	}
	for _, path := range []string{"/kits/lumipine/1.1.0/kit.json", "/kits/lumipine/1.1.0/marks/emblem-on-light.svg", "/kits/lumipine/1.1.0/../../../go.mod", "/kits/none/1/x.woff", "/ui/.vite/manifest.json", "/ui/../go.mod", "/ui/none.js"} {
		if a := v.Get(path); a.Status == 200 {
			t.Errorf("%s is served", path)
		}
	}
	mark := v.Get("/api/v1/kits/lumipine/1.1.0/marks/emblem?width=320").Want(200)
	if mark.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(string(mark.Body), "\x89PNG") {
		t.Errorf("a mark: %v", mark.Header)
	}
	v.Get("/api/v1/kits/lumipine/1.1.0/marks/none").Want(404)
	if robots := string(v.Get("/robots.txt").Want(200).Body); !strings.Contains(robots, "Disallow: /studio") {
		t.Errorf("robots.txt: %s", robots)
	}
	v.Get("/favicon.ico").Want(200)
}

// TestDraftsAreForStaff keeps a draft from the public by every address.
func TestDraftsAreForStaff(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	rec, err := site.Campaign.Get(t.Context(), webtest.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := site.Campaign.Update(t.Context(), rec.Slug, rec.File, campaign.Draft, rec.Revision, "admin"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/c/" + rec.Slug, "/c/" + rec.Slug + "/theme.css", "/api/v1/campaigns/" + rec.Slug, "/api/v1/campaigns/" + rec.Slug + "/gallery", "/api/v1/campaigns/" + rec.Slug + "/hero"} {
		if a := site.Visitor().Get(path); a.Status != 404 {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	var list struct{ Campaigns []any }
	site.Visitor().Get("/api/v1/campaigns").Want(200).Into(&list)
	if len(list.Campaigns) != 0 {
		t.Error("a draft is listed")
	}
	site.Staff("reviewer").Get("/api/v1/campaigns/" + rec.Slug).Want(200)
}

// TestRecentIsASecondOld shows a change of a campaign after a second at most.
func TestRecentIsASecondOld(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64
	start := time.Now()
	site := webtest.New(t, nil, nil, webtest.Jobless(), webtest.At(func() time.Time { return start.Add(time.Duration(passed.Load())) }))
	path := "/api/v1/campaigns/" + webtest.Campaign + "/gallery"
	site.Visitor().Get(path).Want(200)
	rec, err := site.Campaign.Get(t.Context(), webtest.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	if rec, err = site.Campaign.Update(t.Context(), rec.Slug, rec.File, campaign.Draft, rec.Revision, "admin"); err != nil {
		t.Fatal(err)
	}
	passed.Store(int64(time.Second))
	site.Visitor().Get(path).Want(404)
	if _, err := site.Campaign.Update(t.Context(), rec.Slug, rec.File, campaign.Open, rec.Revision, "admin"); err != nil {
		t.Fatal(err)
	}
	site.Visitor().Get(path).Want(200)
}

// TestFrontEnd links what the manifest names, and only that.
func TestFrontEnd(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	server, err := site.ServerWith(fstest.MapFS{
		".vite/manifest.json":  {Data: []byte(`{"src/stage/main.tsx":{"file":"assets/stage-1.js","isEntry":true,"css":["assets/stage-1.css"],"imports":["_shared.js"]},"_shared.js":{"file":"assets/shared-2.js","css":["assets/shared-2.css"],"imports":["_shared.js"]}}`)},
		"assets/stage-1.js":    {Data: []byte(strings.Repeat("export{};", 400))},
		"assets/.hidden.js":    {Data: []byte("x")},
		"assets/shared-2.js":   {Data: []byte("export{}")},
		"assets/shared-2.css":  {Data: []byte("a{}")},
		"assets/stage-1.css":   {Data: []byte("b{}")},
		"assets/untouched.txt": {Data: []byte("x")},
	}, "test")
	if err != nil {
		t.Fatal(err)
	}
	get := func(path, encoding string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", encoding)
		server.Handler().ServeHTTP(w, r)
		return w
	}
	body := get("/", "").Body.String()
	for _, want := range []string{`<script type="module" src="/ui/assets/stage-1.js">`, `<link rel="stylesheet" href="/ui/assets/shared-2.css">`, `<link rel="modulepreload" href="/ui/assets/shared-2.js">`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	js := get("/ui/assets/stage-1.js", "gzip, br")
	if js.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(js.Header().Get("Cache-Control"), "immutable") || js.Body.Len() > 1000 {
		t.Errorf("%v, %d bytes", js.Header(), js.Body.Len())
	}
	if get("/ui/assets/.hidden.js", "").Code != 404 || get("/ui/.vite/manifest.json", "").Code != 404 {
		t.Error("hidden files are served")
	}
}

// TestMetricsAreNotPublic shows them to this machine alone, and never where a
// proxy may be in front.
func TestMetricsAreNotPublic(t *testing.T) {
	t.Parallel()
	direct := webtest.New(t, nil, nil, webtest.Jobless())
	behind := webtest.New(t, nil, nil, webtest.Jobless(), webtest.With(func(s *settings.Settings) { s.PublicURL = &url.URL{Scheme: "https", Host: "a.example"} }))
	for name, c := range map[string]struct {
		site   *webtest.Site
		peer   string
		header string
		want   int
	}{
		"this machine":          {direct, "127.0.0.1:9", "", 200},
		"this machine, IPv6":    {direct, "[::1]:9", "", 200},
		"another":               {direct, "192.0.2.1:9", "", 404},
		"a local proxy":         {direct, "127.0.0.1:9", "X-Forwarded-For", 404},
		"a local proxy (RFC)":   {direct, "127.0.0.1:9", "Forwarded", 404},
		"a local proxy (Via)":   {direct, "127.0.0.1:9", "Via", 404},
		"with a public address": {behind, "127.0.0.1:9", "", 404},
	} {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = c.peer
		if c.header != "" {
			r.Header.Set(c.header, "203.0.113.1")
		}
		w := httptest.NewRecorder()
		c.site.Server.Handler().ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d", name, w.Code, c.want)
		}
	}
	direct.Visitor().Get("/api/v1/campaigns").Want(200)
	body := string(direct.Visitor().Get("/metrics").Want(200).Body)
	if !strings.Contains(body, `marquee_http_requests_total{method="GET",route="GET /api/v1/campaigns",status="200"} 1`) {
		t.Error("requests are not counted by their route")
	}
}

// TestHealth is alive without its database, and not ready.
func TestHealth(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	site.Visitor().Get("/healthz").Want(200)
	site.Visitor().Get("/readyz").Want(200)
	server, err := web.New(web.Config{
		Settings: site.Settings, Services: site.Services, Files: fstest.MapFS{}, Secret: make([]byte, 32), Metrics: site.Metrics,
		Checks: []web.Check{{Name: "objects", Do: func(context.Context) error { return errors.New("bucket hush") }}},
		Log:    slog.New(slog.DiscardHandler), Now: time.Now, Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503} {
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != want || strings.Contains(w.Body.String(), "hush") || want == 503 && w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}
