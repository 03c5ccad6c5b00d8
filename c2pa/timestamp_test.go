package c2pa

import (
	"bytes"
	"encoding/binary"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

// TestTimeStampAuthority asks authorities of all kinds: a good one, and those
// that lie, stall and flood. Each has an answer within 2 s.
func TestTimeStampAuthority(t *testing.T) {
	t.Parallel()
	good := theWorld().root.clock(t, time.Now)
	liar := theWorld().root.clock(t, time.Now)
	liar.swap = func(b []byte) []byte { return flip(b, 0) }
	serve := func(h http.HandlerFunc) Authority {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		return Authority{URL: s.URL}
	}
	answer := func(c *clock, keepNonce bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
			if err != nil {
				t.Error(err)
			}
			q, err := timestamp.ParseRequest(body)
			if err != nil {
				t.Error(err)
				return
			}
			if !keepNonce {
				q.Nonce.SetInt64(1)
			}
			der, err := c.response(q.HashedMessage, q.Nonce)
			if err != nil {
				t.Error(err)
			}
			w.Write(der) // a client that went away is no concern of the test
		}
	}
	wrongImprint := theWorld().root.clock(t, time.Now)
	wrongImprint.swap = func(b []byte) []byte { return make([]byte, len(b)) }
	release := make(chan struct{})
	stalled := serve(func(http.ResponseWriter, *http.Request) { <-release })
	drips := serve(func(w http.ResponseWriter, r *http.Request) {
		for tick := time.NewTicker(50 * time.Millisecond); ; {
			select {
			case <-release:
				return
			case <-r.Context().Done():
				return
			case <-tick.C:
				w.Write([]byte{0x30}) // a client that went away ends the request
				w.(http.Flusher).Flush()
			}
		}
	})
	t.Cleanup(func() { close(release) })
	for name, c := range map[string]struct {
		tsa  Authority
		want string // "" if it works
	}{
		"good":    {serve(answer(good, true)), ""},
		"lies":    {serve(answer(liar, true)), "confirmed something else"},
		"replays": {serve(answer(good, false)), "confirmed something else"},
		"refuses": {serve(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }), "status 503"},
		"babbles": {serve(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }), "answer"},
		"floods":  {serve(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1<<20)) }), "too long"},
		"stalls":  {stalled, "does not answer"},
		"drips":   {drips, "answer"},
		"redirects": {serve(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
		}), "status 307"},
		"another": {serve(answer(wrongImprint, true)), "confirmed something else"},
		"nests":   {serve(func(w http.ResponseWriter, _ *http.Request) { w.Write(nestedDER(1000)) }), "nested too deep"},
		"claims": {serve(func(w http.ResponseWriter, _ *http.Request) {
			w.Write(slices.Concat([]byte{0x30, 0x88, 0x7F}, make([]byte, 7)))
		}), "answer"},
		"is nowhere": {Authority{URL: "file:///etc/passwd"}, "not one of HTTP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			begin := time.Now()
			_, err := Sign(t.Context(), &out, bytes.NewReader(pngOf(t, 8, 8)), made(), theWorld().signer, SignOptions{TimeStamper: c.tsa})
			if took := time.Since(begin); took > 2*time.Second {
				t.Errorf("it took %s", took)
			}
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				if r := validate(t, out.Bytes(), theWorld().options); r.State != Trusted || !r.Has(CodeTimeTrusted) {
					t.Errorf("%s %q", r.State, explain(r))
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if out.Len() > 0 {
				t.Error("a file was written all the same")
			}
		})
	}
}

// nestedDER has so many sequences in each other.
func nestedDER(n int) []byte {
	var b []byte
	for range n {
		head := binary.BigEndian.AppendUint16([]byte{0x30, 0x82}, uint16(len(b)))
		b = append(head, b...)
	}
	return b
}
