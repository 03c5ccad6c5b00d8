package stage

import (
	_ "embed"
	"net/http"
)

//go:embed favicon.png
var icon []byte

func favicon(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	_, _ = w.Write(icon) // the caller has gone if this fails
}
