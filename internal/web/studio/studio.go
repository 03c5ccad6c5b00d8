// Package studio serves the staff's pages: one shell whose front end does the
// rest. It shows nothing by itself; the API asks who is calling.
package studio

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"

	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
	"marquee/internal/web/stage"
)

//go:embed page.html
var source string

var page = template.Must(template.New("studio").Parse(source))

// Site serves the Studio.
type Site struct{ Assets *stage.Assets }

// Register puts the Studio into a mux.
func (s *Site) Register(mux *http.ServeMux) {
	mux.HandleFunc("GET /studio", s.serve)
	mux.HandleFunc("GET /studio/", s.serve)
}

func (s *Site) serve(w http.ResponseWriter, r *http.Request) {
	nonce := edge.Nonce()
	entry, built := s.Assets.Entry("studio")
	shell, err := json.Marshal(map[string]any{"app": "studio", "locale": "en", "dir": "ltr", "campaign": nil, "locales": []string{}, "nonce": nonce})
	if err != nil {
		problem.Write(w, r, err)
		return
	}
	var out bytes.Buffer
	// encoding/json escapes <, > and &, so that the text can't end its element.
	if err := page.Execute(&out, map[string]any{"Entry": entry, "Built": built, "Shell": template.JS(shell), "Nonce": nonce}); err != nil {
		problem.Write(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"+nonce+"'; img-src 'self' blob: data:; "+
		"font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write(out.Bytes()) // the caller has gone if this fails
}
