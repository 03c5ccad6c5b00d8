package stage

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
)

// squeezed keeps the compressed form of built files: there are some dozens of
// them, and each is asked for by every visitor.
var squeezed sync.Map // hash of the content → []byte

// minSqueeze is the size in bytes from which compressing pays.
const minSqueeze = 1024

// writeCompressed writes a text in gzip where the caller takes it.
func writeCompressed(w http.ResponseWriter, r *http.Request, kind string, data []byte) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	text := strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "svg+xml")
	if text && len(data) >= minSqueeze && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if small, err := squeeze(data); err == nil {
			h.Set("Content-Encoding", "gzip")
			data = small
		}
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data) // the caller has gone if this fails
	}
}

func squeeze(data []byte) ([]byte, error) {
	sum := sha256.Sum256(data)
	key := hex.EncodeToString(sum[:])
	if have, ok := squeezed.Load(key); ok {
		return have.([]byte), nil
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	squeezed.Store(key, out.Bytes())
	return out.Bytes(), nil
}
