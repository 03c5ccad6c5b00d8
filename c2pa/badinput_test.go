package c2pa

import (
	"bytes"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"
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

// TestTruncatedFiles cuts each sample at each of many places, and before, in
// and behind the head of each box: none may crash, be slow or be taken for
// whole.
func TestTruncatedFiles(t *testing.T) {
	for ext, data := range samples(t) {
		file := sign(t, data, made(), theWorld().signer, SignOptions{})
		cuts := boxesOf(t, file)
		for n := 0; n < len(file); n += max(1, len(file)/150) {
			cuts = append(cuts, n)
		}
		t.Logf("%s: %d cuts", ext, len(cuts))
		for _, n := range cuts {
			r := swiftly(t, ext, bytes.NewReader(file[:n]), theWorld().options)
			if r.State == Valid || r.State == Trusted {
				t.Errorf("%s cut at %d of %d is %s", ext, n, len(file), r.State)
			}
		}
	}
}

// boxesOf gives places at and around the beginning of each box of a file, of
// its format and of the credential's.
func boxesOf(t testing.TB, file []byte) (cuts []int) {
	t.Helper()
	a := bytes.NewReader(file)
	at := func(start int64) {
		for _, n := range []int64{start - 1, start, start + 1, start + 4, start + 7, start + 8} {
			if n >= 0 && n < a.Size() {
				cuts = append(cuts, int(n))
			}
		}
	}
	var err error
	switch string(file[:4]) {
	case pngMagic[:4]:
		err = pngChunks(a, func(_ string, all span) error { at(all.start); return nil })
	case "RIFF":
		err = riffChunks(a, func(_ string, _, all span) { at(all.start) })
	case "\xFF\xD8\xFF\xE0", "\xFF\xD8\xFF\xDB", "\xFF\xD8\xFF\xEB":
		var all []segment
		all, err = segments(a)
		for _, s := range all {
			at(s.start)
		}
	default:
		var walk func(within span, depth int)
		walk = func(within span, depth int) {
			boxes, berr := mediaBoxes(a, within)
			if berr != nil {
				return // what is in it is no box
			}
			for _, b := range boxes {
				at(b.start)
				if depth < 6 && slices.Contains(parents, b.kind) {
					walk(b.data(), depth+1)
				}
			}
		}
		walk(span{0, a.Size()}, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(a, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var walk func(b *superbox)
	walk = func(b *superbox) {
		if i := bytes.Index(file, b.raw[:min(len(b.raw), 80)]); i >= 0 {
			at(int64(i))
		}
		for _, k := range b.kids {
			walk(k)
		}
		for _, c := range b.boxes {
			if i := bytes.Index(file, c.data[:min(len(c.data), 80)]); i >= 8 {
				at(int64(i - 8))
			}
		}
	}
	walk(s.root)
	return cuts
}

// TestHugeClaims has files that claim more than they have, or have too much
// of something: validating and signing them is swift.
func TestHugeClaims(t *testing.T) {
	png := func(n uint32) []byte {
		return slices.Concat([]byte(pngMagic), chunk("IHDR", make([]byte, 13)), words(n), []byte("caBX"))
	}
	huge := binary.BigEndian.AppendUint64(nil, 1<<63)
	bmff := func(parts ...[]byte) []byte {
		return slices.Concat(append([][]byte{atom("ftyp", []byte("isom"), words(0))}, parts...)...)
	}
	box1GB := slices.Concat(words(1<<30), []byte("uuid"), bmffUUID, words(0), []byte("manifest\x00"), make([]byte, 8))
	riff1GB := slices.Concat([]byte("RIFF\x08\x00\x00\x40WEBPC2PA"), binary.LittleEndian.AppendUint32(nil, 1<<30-4))
	deep := atom("stbl")
	for range 1000 {
		deep = atom("moov", deep)
	}
	elements := strings.Repeat("<rdf:li>", 1000) + strings.Repeat("</rdf:li>", 1000)
	deepXMP := slices.Concat(pngOf(t, 8, 8)[:33], chunk("iTXt", []byte(xmpHeadPNG+string(packetOf("x", elements)))), pngOf(t, 8, 8)[33:])
	manyXMP := slices.Concat(pngOf(t, 8, 8)[:33], chunk("iTXt", []byte(xmpHeadPNG+string(packetOf("x", strings.Repeat(`<a b="" c=""/>`, 250_000))))), pngOf(t, 8, 8)[33:])
	for name, c := range map[string]struct {
		a      Asset
		want   State
		signed bool
	}{
		"a manifest of 1 GB":           {sparse{png(1 << 30), 1<<30 + 1<<20}, Invalid, false},
		"a film's manifest of 1 GB":    {sparse{bmff(box1GB), 1<<30 + 16}, Invalid, true},
		"a WebP's manifest of 1 GB":    {sparse{riff1GB, 1<<30 + 16}, Invalid, false},
		"a box of 2^63 bytes":          {bytes.NewReader(bmff(words(1), []byte("moov"), huge)), Invalid, false},
		"a box of 2^64-1 bytes":        {bytes.NewReader(bmff(words(1), []byte("moov"), bytes.Repeat([]byte{0xFF}, 8))), Invalid, false},
		"a store that ends too late":   {bytes.NewReader(png(1 << 31)), Invalid, false},
		"1,000 boxes in each other":    {bytes.NewReader(bmff(deep)), None, false},
		"1,000 elements of metadata":   {bytes.NewReader(deepXMP), None, true},
		"250,000 elements beside each": {bytes.NewReader(manyXMP), None, false},
		"a million empty boxes":        {bytes.NewReader(bmff(bytes.Repeat(atom("free"), 1_000_000))), Invalid, false},
		"a million empty chunks":       {bytes.NewReader(append([]byte(pngMagic), bytes.Repeat(chunk("IHDR", nil), 1_000_000)...)), Invalid, false},
		"a JPEG of segments only":      {bytes.NewReader(append([]byte{0xFF, 0xD8}, bytes.Repeat([]byte{0xFF, 0xE1, 0, 2}, 1_000_000)...)), Invalid, false},
		"a JPEG that is all picture":   {bytes.NewReader(append([]byte{0xFF, 0xD8, 0xFF, 0xDA, 0, 2}, make([]byte, 32<<20)...)), Invalid, false},
		"a polyglot of PNG and ZIP":    {bytes.NewReader(append(pngOf(t, 8, 8), "PK\x05\x06"+strings.Repeat("\x00", 18)...)), None, true},
		"a picture of one pixel":       {bytes.NewReader(pngOf(t, 1, 1)), None, true},
		"nothing":                      {bytes.NewReader(nil), None, false},
		"10,000 frames of WebP chunks": {bytes.NewReader(webpFrames(10_000)), None, true},
	} {
		if r := swiftly(t, name, c.a, theWorld().options); r.State != c.want {
			t.Errorf("%s: %s, want %s: %q", name, r.State, c.want, explain(r))
		}
		var out bytes.Buffer
		d := made()
		d.Remote = "https://example.com/"
		bounded(t, name+", signed", c.a.Size(), 2*time.Second, func() {
			_, err := Sign(t.Context(), &out, c.a, d, theWorld().signer, SignOptions{})
			if (err == nil) != c.signed {
				t.Errorf("%s: signed: %v", name, err)
			}
		})
		if !c.signed {
			continue
		}
		if r := validate(t, out.Bytes(), theWorld().options); r.State != Trusted {
			t.Errorf("%s: signed, it is %s %q", name, r.State, explain(r))
		}
	}
	signed := sign(t, append(pngOf(t, 8, 8), "PK\x05\x06"+strings.Repeat("\x00", 18)...), made(), theWorld().signer, SignOptions{})
	if r := validate(t, flip(signed, len(signed)-3), theWorld().options); r.State != Invalid {
		t.Errorf("the other half of a polyglot is changed, and it is %s", r.State)
	}
}

// TestLargeFilesAreStreamed signs and validates a film of 128 MB with a small
// part of that in memory.
func TestLargeFilesAreStreamed(t *testing.T) {
	head := mp4Of(0)
	head = head[:bytes.Index(head, []byte("mdat"))-4]
	const size = 128 << 20
	film := sparse{slices.Concat(head, words(size), []byte("mdat")), int64(len(head)) + size}
	before := allocated()
	var out counter
	if _, err := Sign(t.Context(), &out, film, made(), theWorld().signer, SignOptions{}); err != nil {
		t.Fatal(err)
	}
	if used := allocated() - before; used > 8<<20 || int64(out) < size {
		t.Errorf("%d bytes of memory for %d bytes", used, out)
	}
}

// counter counts what is written.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// TestHugeStatements has assertions that are too deep or claim too much, under
// a right signature.
func TestHugeStatements(t *testing.T) {
	for name, data := range map[string][]byte{
		"1,000 lists in each other":   append(bytes.Repeat([]byte{0x81}, 1000), 0),
		"1,000 tags of each other":    append(bytes.Repeat([]byte{0xC1}, 1000), 0),
		"a text of 2^63 bytes":        append([]byte{0x7B, 0x80}, make([]byte, 7)...),
		"a list of 2^63 elements":     append([]byte{0x9B, 0x80}, make([]byte, 7)...),
		"a map of 2^64-1 pairs":       append([]byte{0xBB}, bytes.Repeat([]byte{0xFF}, 8)...),
		"a million lists without end": bytes.Repeat([]byte{0x9F}, 1_000_000),
	} {
		for _, label := range []string{"com.example.huge", "c2pa.ingredient.v3", "c2pa.soft-binding"} {
			file := forged(func(f *forge) { f.add(label, data, true) })(t)
			if r := swiftly(t, name, bytes.NewReader(file), theWorld().options); r.State != Invalid || !r.Has(CodeAssertionCBOR) {
				t.Errorf("%s as %s: %s %q", name, label, r.State, r.Codes(Failure))
			}
		}
	}
	many := map[string]any{"actions": slices.Repeat([]any{created}, mostActions+1)}
	file := forged(func(f *forge) { f.assertion("c2pa.actions.v2").boxes[0].data = f.marshal(many) })(t)
	if r := swiftly(t, "many actions", bytes.NewReader(file), theWorld().options); !r.Has(CodeActionMalformed) {
		t.Errorf("%s %q", r.State, r.Codes(Failure))
	}
	file = bound(func(m map[string]any) {
		m["exclusions"] = []any{map[string]any{"start": uint64(1 << 63), "length": uint64(1 << 63)}}
	})(t)
	if r := swiftly(t, "an exclusion of 2^63 bytes", bytes.NewReader(file), theWorld().options); !r.Has(CodeDataHashMalformed) {
		t.Errorf("%s %q", r.State, r.Codes(Failure))
	}
}

// webpFrames is an animated WebP of so many frames, of one pixel each.
func webpFrames(n int) []byte {
	frame := slices.Concat(make([]byte, 16), riffChunk("VP8L", []byte("\x2f\x00\x00\x00\x00\x88\x88\x08")))
	body := slices.Concat([]byte("WEBP"), riffChunk("VP8X", []byte{2, 9: 0}), riffChunk("ANIM", make([]byte, 6)), bytes.Repeat(riffChunk("ANMF", frame), n))
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
		if _, err := Sign(t.Context(), io.Discard, bytes.NewReader(pngOf(t, 8, 8)), d, theWorld().signer, SignOptions{}); !errors.Is(err, ErrDefinition) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Sign(t.Context(), io.Discard, strings.NewReader("just text"), made(), theWorld().signer, SignOptions{}); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}
