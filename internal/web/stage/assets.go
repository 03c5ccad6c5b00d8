// Package stage serves the public pages: HTML shells with their heads, and the
// front end's files.
package stage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"marquee/internal/fault"
	"marquee/internal/web/problem"
)

// Assets are the built files of the front end.
type Assets struct {
	files    fs.FS
	manifest map[string]chunk
}

// chunk is one entry of Vite's manifest.
type chunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
	IsEntry bool     `json:"isEntry"`
}

// Entry is what a page of one app loads.
type Entry struct {
	Script string
	Styles []string
	// Preloads are modules that the script needs at once.
	Preloads []string
}

// NewAssets reads the manifest of a built front end. A front end that was not
// built has none, which is no error here: pages then say so.
func NewAssets(files fs.FS) (*Assets, error) {
	a := &Assets{files: files, manifest: map[string]chunk{}}
	data, err := fs.ReadFile(files, ".vite/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &a.manifest); err != nil {
		return nil, fmt.Errorf("the front end's manifest: %w", err)
	}
	return a, nil
}

// Entry gives what the app "stage" or "studio" loads; false if the front end
// was not built.
func (a *Assets) Entry(app string) (Entry, bool) {
	name := "src/" + app + "/main.tsx"
	c, ok := a.manifest[name]
	if !ok {
		return Entry{}, false
	}
	e := Entry{Script: "/ui/" + c.File}
	seen := map[string]bool{}
	var walk func(name string)
	walk = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		c := a.manifest[name]
		for _, i := range c.Imports {
			walk(i)
		}
		for _, css := range c.CSS {
			e.Styles = append(e.Styles, "/ui/"+css)
		}
		if file := "/ui/" + c.File; file != e.Script {
			e.Preloads = append(e.Preloads, file)
		}
	}
	walk(name)
	return e, true
}

var mediaTypes = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".woff": "font/woff", ".png": "image/png", ".webp": "image/webp", ".ico": "image/x-icon", ".wasm": "application/wasm",
}

// ServeHTTP serves a file below /ui/. Names of built files hold a hash of
// their content, so that they may be kept for good.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Clean(strings.TrimPrefix(r.URL.Path, "/ui/"))
	data, err := fs.ReadFile(a.files, name)
	if err != nil || strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, ".") {
		problem.Write(w, r, fault.Missing("file"))
		return
	}
	kind := mediaTypes[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	if kind == "" {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	// Workers take the policy of their own file, so files get the pages' one.
	h.Set("Content-Security-Policy", Policy)
	writeCompressed(w, r, kind, data)
}
