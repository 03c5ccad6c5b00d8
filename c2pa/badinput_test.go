package c2pa

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

// sparse is a large file that is mostly zeros and takes no memory.
type sparse struct {
	head []byte
	size int64
}

func (s sparse) Size() int64 { return s.size }

func (s sparse) ReadAt(b []byte, at int64) (int, error) {
	clear(b)
	if at < int64(len(s.head)) {
		copy(b, s.head[at:])
	}
	if rest := s.size - at; int64(len(b)) > rest {
		return int(max(0, rest)), io.EOF
	}
	return len(b), nil
}

// allocated is what the program has ever allocated, in bytes.
func allocated() int64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64())
}

// bounded runs f and fails if it takes longer than that, or more memory than
// three times a file of that size and 32 MB. What is counted is all that was
// allocated, freed or not, so no test may run beside it.
func bounded(t testing.TB, name string, size int64, most time.Duration, f func()) {
	t.Helper()
	before, begin := allocated(), time.Now()
	f()
	if took := time.Since(begin); took > most {
		t.Errorf("%s: took %s", name, took)
	}
	if used := allocated() - before; used > 3*size+32<<20 {
		t.Errorf("%s: took %d bytes for a file of %d", name, used, size)
	}
}

// swiftly validates within 2 s and the memory that a file may take.
func swiftly(t *testing.T, name string, a Asset, o Options) (r *Report) {
	t.Helper()
	bounded(t, name, a.Size(), 2*time.Second, func() {
		var err error
		if r, err = Validate(t.Context(), a, o); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	})
	return r
}

// TestTruncatedFiles cuts each sample at each of many places: none may crash,
// be slow or be taken for whole.
func TestTruncatedFiles(t *testing.T) {
	for ext, data := range samples(t) {
		file := sign(t, data, made(), theWorld().signer, SignOptions{})
		step := max(1, len(file)/150)
		for n := 0; n < len(file); n += step {
			r := swiftly(t, ext, bytes.NewReader(file[:n]), theWorld().options)
			if r.State == Valid || r.State == Trusted {
				t.Errorf("%s cut at %d of %d is %s", ext, n, len(file), r.State)
			}
		}
	}
}

func TestHugeClaims(t *testing.T) {
	png := func(n uint32) []byte {
		return slices.Concat([]byte(pngMagic), chunk("IHDR", make([]byte, 13)), words(n), []byte("caBX"))
	}
	huge := binary.BigEndian.AppendUint64(nil, 1<<63)
	bmff := func(parts ...[]byte) []byte {
		return slices.Concat(append([][]byte{atom("ftyp", []byte("isom"), words(0))}, parts...)...)
	}
	deep := atom("stbl")
	for range 1000 {
		deep = atom("moov", deep)
	}
	for name, c := range map[string]struct {
		a    Asset
		want State
	}{
		"a manifest of 1 GB":           {sparse{png(1 << 30), 1<<30 + 1<<20}, Invalid},
		"a box of 2^63 bytes":          {bytes.NewReader(bmff(words(1), []byte("moov"), huge)), Invalid},
		"a store that ends too late":   {bytes.NewReader(png(1 << 31)), Invalid},
		"1,000 boxes in each other":    {bytes.NewReader(bmff(deep)), None},
		"a million empty boxes":        {bytes.NewReader(bmff(bytes.Repeat(atom("free"), 1_000_000))), Invalid},
		"a JPEG of segments only":      {bytes.NewReader(append([]byte{0xFF, 0xD8}, bytes.Repeat([]byte{0xFF, 0xE1, 0, 2}, 1_000_000)...)), Invalid},
		"a JPEG that is all picture":   {bytes.NewReader(append([]byte{0xFF, 0xD8, 0xFF, 0xDA, 0, 2}, make([]byte, 32<<20)...)), Invalid},
		"a polyglot of PNG and ZIP":    {bytes.NewReader(append(pngOf(t, 8, 8), "PK\x05\x06"+strings.Repeat("\x00", 18)...)), None},
		"a picture of one pixel":       {bytes.NewReader(pngOf(t, 1, 1)), None},
		"nothing":                      {bytes.NewReader(nil), None},
		"10,000 frames of WebP chunks": {bytes.NewReader(webpFrames(10_000)), None},
	} {
		if r := swiftly(t, name, c.a, theWorld().options); r.State != c.want {
			t.Errorf("%s: %s, want %s: %q", name, r.State, c.want, explain(r))
		}
	}
}

func webpFrames(n int) []byte {
	body := append([]byte("WEBP"), bytes.Repeat([]byte("ANMF\x10\x00\x00\x00aaaaaaaaaaaaaaaa"), n)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// TestIngredientsInACircle has two manifests that name each other. Real
// hashes can't do that, so they are wrong; what matters is that it ends.
func TestIngredientsInACircle(t *testing.T) {
	t.Parallel()
	f := newForge(t, chained(t, nil))
	first, last := f.store.kids[0], f.active()
	in := &node{kind: typeCBOR, label: "c2pa.ingredient.v3", boxes: []content{{"cbor", f.marshal(map[string]any{
		"relationship": "parentOf", "activeManifest": HashedURI{URL: uri(last.label), Hash: []byte{1}},
	})}}}
	first.kid("c2pa.assertions").kids = append(first.kid("c2pa.assertions").kids, in)
	f.cbor(first.kid("c2pa.claim.v2"), func(c map[string]any) {
		c["created_assertions"] = append(c["created_assertions"].([]any), HashedURI{URL: "self#jumbf=c2pa.assertions/c2pa.ingredient.v3", Hash: []byte{1}})
	})
	if r := validate(t, f.embed(), theWorld().options); r.State != Invalid || !r.Has(CodeIngredientMismatch) {
		t.Errorf("%s %q", r.State, explain(r))
	}
}

// TestChainThatLoops has two authorities that vouch for each other.
func TestChainThatLoops(t *testing.T) {
	t.Parallel()
	a, b := newAuthority(t, "A"), newAuthority(t, "B")
	ca := func(c *x509.Certificate) { c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign }
	ab, ba := b.issue(t, "A", a.key.Public(), nil, ca), a.issue(t, "B", b.key.Public(), nil, ca)
	key := p256(t)
	s := badSigner(t, key, ES256, a.issue(t, "Signer", key.Public(), usagesOfClaim, nil), ab, ba, ab, ba)
	r := validate(t, sign(t, pngOf(t, 8, 8), made(), s, SignOptions{}), theWorld().options)
	if r.State != Valid || !r.Has(CodeCredentialUntrusted) {
		t.Errorf("%s %q", r.State, explain(r))
	}
}

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
	release := make(chan struct{})
	stalled := serve(func(http.ResponseWriter, *http.Request) { <-release })
	t.Cleanup(func() { close(release) })
	for name, c := range map[string]struct {
		tsa  Authority
		want string // "" if it works
	}{
		"good":       {serve(answer(good, true)), ""},
		"lies":       {serve(answer(liar, true)), "confirmed something else"},
		"replays":    {serve(answer(good, false)), "confirmed something else"},
		"refuses":    {serve(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }), "status 503"},
		"babbles":    {serve(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }), "answer"},
		"floods":     {serve(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1<<20)) }), "too long"},
		"stalls":     {stalled, "does not answer"},
		"is nowhere": {Authority{URL: "file:///etc/passwd"}, "not one of HTTP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
			if name != "stalls" {
				ctx = t.Context()
			}
			defer stop()
			var out bytes.Buffer
			_, err := Sign(ctx, &out, bytes.NewReader(pngOf(t, 8, 8)), made(), theWorld().signer, SignOptions{TimeStamper: c.tsa})
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

// TestWrongDefinitions can't be signed.
func TestWrongDefinitions(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(d *Definition){
		"no generator":            func(d *Definition) { d.Generator.Name = "" },
		"no actions":              func(d *Definition) { d.Actions = nil },
		"begins with an edit":     func(d *Definition) { d.Actions[0].Action = "c2pa.edited" },
		"created twice":           func(d *Definition) { d.Actions = append(d.Actions, d.Actions[0]) },
		"created of nothing":      func(d *Definition) { d.Actions[0].SourceType = "" },
		"placed nothing":          func(d *Definition) { d.Actions = append(d.Actions, Action{Action: "c2pa.placed"}) },
		"an ingredient too far":   func(d *Definition) { d.Actions[0].Ingredients = []int{0} },
		"a binding of its own":    func(d *Definition) { d.Statements = []Statement{{Label: "c2pa.hash.data", Value: 1}} },
		"redacts what is nowhere": func(d *Definition) { d.Redactions = []Redaction{{URI: "self#jumbf=/c2pa/x/c2pa.assertions/y"}} },
		"metadata no JSON":        func(d *Definition) { d.Metadata = []byte("{") },
		"a label with a slash":    func(d *Definition) { d.Label = "a/b" },
	} {
		d := made()
		change(&d)
		if _, err := Sign(t.Context(), io.Discard, bytes.NewReader(pngOf(t, 8, 8)), d, theWorld().signer, SignOptions{}); !errors.Is(err, errDefinition) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Sign(t.Context(), io.Discard, strings.NewReader("just text"), made(), theWorld().signer, SignOptions{}); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}
