package stage

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/web/api"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
	"marquee/internal/web/tongue"
)

// LocaleCookie remembers the language that a visitor chose.
const LocaleCookie = "marquee_locale"

// Site serves the public pages.
type Site struct {
	Assets    *Assets
	Campaigns *campaign.Service
	// Recent gives campaigns to the pages, as of at most a second ago.
	Recent  *api.Recent
	Gallery *gallery.Service
	Log     *slog.Logger
	Now     func() time.Time
}

// Register puts the pages into a mux.
func (s *Site) Register(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", s.plain("house", ""))
	mux.HandleFunc("GET /verify", s.plain("verify", "/verify"))
	mux.HandleFunc("GET /c/{campaign}", s.inCampaign("campaign", ""))
	for _, name := range []string{"gallery", "create", "works", "back", "report", "terms"} {
		mux.HandleFunc("GET /c/{campaign}/"+name, s.inCampaign(name, "/"+name))
	}
	mux.HandleFunc("GET /c/{campaign}/w/{entry}", s.work)
	mux.HandleFunc("GET /c/{campaign}/theme.css", s.theme)
	mux.HandleFunc("GET /api/v1/campaigns/{campaign}/theme.css", s.theme)
	mux.HandleFunc("GET /kits/{kit}/{version}/{file...}", s.kitFile)
	mux.HandleFunc("GET /robots.txt", robots)
	mux.HandleFunc("GET /favicon.ico", favicon)
	mux.Handle("GET /ui/", s.Assets)
	mux.HandleFunc("/", s.missing)
}

// quiet are pages that are for one person: search engines stay out.
var quiet = map[string]bool{"create": true, "works": true, "back": true, "report": true}

// houseLocales are the languages of pages that belong to no campaign.
func houseLocales() []string { return words.Locales() }

// wish gives what a visitor wishes to read, the strongest first.
func wish(r *http.Request) []string {
	wishes := []string{r.URL.Query().Get("locale")}
	if c, err := r.Cookie(LocaleCookie); err == nil {
		wishes = append(wishes, c.Value)
	}
	return append(wishes, r.Header.Get("Accept-Language"))
}

// plain serves a page that belongs to no campaign.
func (s *Site) plain(name, path string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		locale := tongue.Choose(houseLocales(), wish(r)...)
		p := &page{
			Locale: locale, Title: say(locale, name+"_title", nil), Description: say(locale, name+"_description", nil), Site: "Marquee",
			Canonical: edge.VisitOf(r.Context()).Base + path,
		}
		if path == "" {
			p.Canonical += "/"
		}
		p.Alternates = alternates(p.Canonical, houseLocales())
		sh := shell{App: "stage", Locales: api.Locales(houseLocales())}
		// A house with one campaign is in that campaign's dress.
		if slug := s.only(r.Context()); slug != "" {
			sh.Campaign = &slug
			p.Theme = "/c/" + slug + "/theme.css"
		}
		s.finish(w, r, p, sh, http.StatusOK)
	}
}

// only gives the slug of the open campaign if there is exactly one, else "".
func (s *Site) only(ctx context.Context) string {
	all, err := s.Campaigns.List(ctx)
	if err != nil {
		return ""
	}
	slug := ""
	for _, rec := range all {
		if rec.Phase(s.Now()) != campaign.PhaseOpen {
			continue
		}
		if slug != "" {
			return ""
		}
		slug = rec.Slug
	}
	return slug
}

// inCampaign serves a page of a campaign.
func (s *Site) inCampaign(name, path string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		rec, err := s.visible(r)
		if err != nil {
			s.trouble(w, r, err)
			return
		}
		p := s.campaignPage(r, rec, "/c/"+rec.Slug+path)
		args := map[string]any{"campaign": p.Site}
		if name == "campaign" {
			p.Title = p.Site
			if line := rec.File.Tagline.Get(p.Locale, rec.File.DefaultLocale); line != "" {
				p.Title += " – " + line
			}
		} else {
			p.Title = say(p.Locale, name+"_title", args)
		}
		p.Description = rec.File.Summary.Get(p.Locale, rec.File.DefaultLocale)
		p.NoIndex = quiet[name]
		s.finish(w, r, p, s.shellOf(rec), http.StatusOK)
	}
}

// work serves the page of a public work, or says that it is gone.
func (s *Site) work(w http.ResponseWriter, r *http.Request) {
	rec, err := s.visible(r)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	entry := r.PathValue("entry")
	p := s.campaignPage(r, rec, "/c/"+rec.Slug+"/w/"+url.PathEscape(entry))
	e, err := s.Gallery.Entry(r.Context(), entry, nil)
	if err == nil && e.Campaign != rec.Slug {
		err = fault.Missing("work")
	}
	if err != nil {
		status := problem.From(err, "en").Status
		if status >= 500 {
			s.trouble(w, r, err)
			return
		}
		p.NoIndex = true
		p.Title = say(p.Locale, map[bool]string{true: "gone_title", false: "missing_title"}[status == http.StatusGone], nil)
		s.finish(w, r, p, s.shellOf(rec), status)
		return
	}
	args := map[string]any{"title": e.Title, "name": e.DisplayName, "campaign": p.Site}
	p.Title = say(p.Locale, "work_title", args)
	p.Description = say(p.Locale, "work_description", args)
	width, height := cardSize(e.Width, e.Height)
	p.Card = &Card{
		URL: edge.VisitOf(r.Context()).Base + "/api/v1/creations/" + e.CreationID + "/image?format=jpeg&width=1280", Type: "image/jpeg",
		Alt: e.Alt, Width: width, Height: height,
	}
	s.finish(w, r, p, s.shellOf(rec), http.StatusOK)
}

// cardWidth is the width of the picture that other sites show.
const cardWidth = 1280

func cardSize(width, height int) (int, int) {
	if width <= 0 {
		return cardWidth, cardWidth
	}
	return cardWidth, (height*cardWidth + width/2) / width
}

// campaignPage begins a page of a campaign.
func (s *Site) campaignPage(r *http.Request, rec campaign.Record, path string) *page {
	locale := api.CampaignLocale(rec, wish(r)...)
	base := edge.VisitOf(r.Context()).Base
	p := &page{
		Locale: locale, Site: rec.File.Name.Get(locale, rec.File.DefaultLocale), Canonical: base + path, Theme: "/c/" + rec.Slug + "/theme.css",
		Alternates: alternates(base+path, rec.File.Locales),
		Card: &Card{
			URL: base + "/api/v1/campaigns/" + rec.Slug + "/hero?format=jpeg&width=1600", Type: "image/jpeg",
			Alt: rec.File.HeroAlt.Get(locale, rec.File.DefaultLocale), Width: 1600, Height: 1000,
		},
	}
	if kit, err := s.Campaigns.Kit(r.Context(), rec.File.Kit, rec.File.KitVersion); err == nil {
		p.Color = kit.Color("ground")
		if len(kit.Marks) > 0 {
			mark := kit.Marks[0].ID
			for _, m := range kit.Marks {
				if m.Kind == "emblem" {
					mark = m.ID
				}
			}
			p.Icon = "/api/v1/kits/" + url.PathEscape(kit.ID) + "/" + url.PathEscape(kit.Version) + "/marks/" + url.PathEscape(mark) + "?width=160"
		}
	}
	return p
}

func alternates(address string, locales []string) []Alternate {
	out := []Alternate{{"x-default", address}}
	for _, l := range locales {
		out = append(out, Alternate{l, address + "?locale=" + url.QueryEscape(l)})
	}
	return out
}

func (s *Site) shellOf(rec campaign.Record) shell {
	return shell{App: "stage", Campaign: &rec.Slug, Locales: api.Locales(rec.File.Locales)}
}

func (s *Site) visible(r *http.Request) (campaign.Record, error) {
	rec, err := s.Recent.Get(r.Context(), r.PathValue("campaign"))
	if err == nil && rec.State == campaign.Draft {
		err = fault.Missing("campaign")
	}
	return rec, err
}

// missing serves the page for addresses that lead nowhere. Programs, which
// send other methods, get the problem as such.
func (s *Site) missing(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		problem.Write(w, r, fault.Missing("page"))
		return
	}
	s.trouble(w, r, fault.Missing("page"))
}

// trouble serves a page that says that the one asked for can't be had: as a
// page, because a person asked.
func (s *Site) trouble(w http.ResponseWriter, r *http.Request, err error) {
	locale := tongue.Choose(houseLocales(), wish(r)...)
	f := problem.From(err, locale)
	problem.Log(r.Context(), s.Log, f)
	for key, values := range f.GetHeaders() {
		w.Header()[key] = values
	}
	p := &page{Locale: locale, Title: say(locale, "missing_title", nil), Site: "Marquee", NoIndex: true}
	if f.Status >= 500 {
		p.Title = say(locale, "trouble_title", nil)
	}
	p.Description = f.Detail
	s.finish(w, r, p, shell{App: "stage", Locales: api.Locales(houseLocales())}, f.Status)
}

func (s *Site) finish(w http.ResponseWriter, r *http.Request, p *page, sh shell, status int) {
	err := p.finish(s.Assets, "stage", sh)
	if err == nil {
		err = p.write(w, r, status, Policy)
	}
	if err != nil {
		problem.Log(r.Context(), s.Log, problem.From(err, "en"))
		problem.Write(w, r, err)
	}
}

// theme serves the style sheet that dresses a campaign's pages in its brand.
func (s *Site) theme(w http.ResponseWriter, r *http.Request) {
	rec, err := s.visible(r)
	if err != nil {
		problem.Write(w, r, err)
		return
	}
	kit, err := s.Campaigns.Kit(r.Context(), rec.File.Kit, rec.File.KitVersion)
	if err != nil {
		problem.Write(w, r, err)
		return
	}
	tag := `"` + kit.Hash()[:32] + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-cache")
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	css := kit.ThemeCSS(func(file string) string { return api.KitFile(kit.ID, kit.Version, file) })
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	writeCompressed(w, r, "text/css", []byte(css))
}

// kitFile serves the fonts of a kit and nothing else of it: marks are served
// as pictures, and SVG never.
func (s *Site) kitFile(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	kit, err := s.Campaigns.Kit(r.Context(), r.PathValue("kit"), r.PathValue("version"))
	if err != nil {
		problem.Write(w, r, err)
		return
	}
	file, ok := kit.File(name)
	if !ok || !strings.HasPrefix(file.Type, "font/") {
		problem.Write(w, r, fault.Missing("file"))
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.Type)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(file.Data) // the caller has gone if this fails
	}
}

func robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nDisallow: /api/\nDisallow: /studio\nAllow: /api/v1/creations/\nAllow: /api/v1/campaigns/\n"))
}
