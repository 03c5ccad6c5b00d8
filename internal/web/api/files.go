package api

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// fileOut is an answer that is a file. Public pictures are revalidated at each
// use, so that a takedown is at once: a browser that has the file asks with its
// ETag and is told 304, or that it is gone.
type fileOut struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Disposition  string `header:"Content-Disposition"`
	// Link names the credential of a file that has none inside.
	Link string `header:"Link"`
	Body []byte
}

const (
	// revalidate keeps a file only if the server is asked before each use.
	revalidate = "no-cache"
	// private is revalidate for files that are the caller's own.
	private = "private, no-cache"
	// forever is for addresses whose content never changes.
	forever = "public, max-age=31536000, immutable"
)

// unchanged gives the 304 answer if the caller has the file of that tag.
func unchanged(r *http.Request, tag, cache string) *fileOut {
	for _, word := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		word = strings.TrimPrefix(strings.TrimSpace(word), "W/")
		if word == tag || word == "*" {
			return &fileOut{Status: http.StatusNotModified, ETag: tag, CacheControl: cache}
		}
	}
	return nil
}

// fileName makes a file's name of words; only plain letters, digits and hyphens
// stay, so that every system takes it.
func fileName(extension string, words ...string) string {
	var name strings.Builder
	for _, c := range strings.ToLower(strings.Join(words, "-")) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			name.WriteRune(c)
		} else if s := name.String(); s != "" && !strings.HasSuffix(s, "-") {
			name.WriteByte('-')
		}
		if name.Len() >= 60 {
			break
		}
	}
	plain := strings.Trim(name.String(), "-")
	if plain == "" {
		plain = "picture"
	}
	return plain + "." + extension
}

// attachment names a download.
func attachment(extension string, words ...string) string {
	return fmt.Sprintf(`attachment; filename="%s"`, fileName(extension, words...))
}

type zippedFile struct {
	name string
	data []byte
}

// inZip puts files of a date into a ZIP; the same files give the same bytes.
func inZip(at time.Time, files ...zippedFile) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store, Modified: at.UTC()})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
