package stage

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"

	"marquee/internal/web/api"
	"marquee/internal/web/tongue"
	"marquee/locales"
)

// Policy is the content security policy of public pages: nothing but what this
// server serves, and no inline script or style.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; " +
	"worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

//go:embed page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

var words = func() *tongue.Catalog {
	c, err := tongue.Read(locales.Files, "pages")
	if err != nil {
		panic(err) // the files are part of the binary, and a test reads them
	}
	return c
}()

// say gives a sentence of a page's head, in English if the locale has none.
func say(locale, code string, args map[string]any) string {
	for _, l := range []string{locale, "en"} {
		if s := words.Say(l, code, args); s != "" {
			return s
		}
	}
	return ""
}

// shell is what the front end is told of the page that carries it.
type shell struct {
	App      string       `json:"app"`
	Locale   string       `json:"locale"`
	Dir      string       `json:"dir"`
	Campaign *string      `json:"campaign"`
	Locales  []api.Locale `json:"locales"`
	Nonce    string       `json:"nonce,omitempty"`
}

// Card is the picture that other sites show with a link.
type Card struct {
	URL, Type, Alt string
	Width, Height  int
}

// Alternate is the same page in another language.
type Alternate struct{ Locale, URL string }

// page is what the template needs.
type page struct {
	Locale, Dir, Title, Description, Site string
	Canonical, Theme, Color, Icon         string
	NoIndex, Built                        bool
	Card                                  *Card
	Alternates                            []Alternate
	Entry                                 Entry
	Shell                                 template.JS
	NoScript, NotBuilt                    string
}

// finish fills in what follows from the rest.
func (p *page) finish(a *Assets, app string, s shell) error {
	p.Dir = tongue.Direction(p.Locale)
	p.Entry, p.Built = a.Entry(app)
	p.NoScript = say(p.Locale, "no_script", nil)
	p.NotBuilt = "The front end was not built into this binary. Build it with: make build"
	if p.Icon == "" {
		p.Icon = "/favicon.ico"
	}
	s.Locale, s.Dir = p.Locale, p.Dir
	// encoding/json escapes <, > and &, so that the text can't end its element.
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	p.Shell = template.JS(data)
	return nil
}

// write renders the page.
func (p *page) write(w http.ResponseWriter, r *http.Request, status int, policy string) error {
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, p); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("Content-Language", p.Locale)
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Language, Cookie")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(out.Bytes()) // the caller has gone if this fails
	}
	return nil
}
