package provenance_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"marquee/c2pa"
	"marquee/internal/asset"
	"marquee/internal/fault"
	"marquee/internal/fingerprint"
	"marquee/internal/provenance"
	"marquee/internal/watermark"
	"marquee/internal/watermark/attack"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// register is a register with its blobs, in memory.
type register struct {
	asset.Blobs // what the check does not use
	files       []provenance.Rendition
	manifests   []provenance.Manifest
	origins     []provenance.Origin
	alike       []fingerprint.Match
	blobs       map[string][]byte
	broken      error
	slow        bool
}

func find[T any](all []T, is func(T) bool) (T, error) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], nil
	}
	var none T
	return none, fault.Missing("row")
}

func (r *register) RenditionsBySum(_ context.Context, sum string) ([]provenance.Rendition, error) {
	return slices.DeleteFunc(slices.Clone(r.files), func(f provenance.Rendition) bool { return f.SHA256 != sum }), r.broken
}

func (r *register) RenditionByManifest(_ context.Context, label string) (provenance.Rendition, error) {
	return find(r.files, func(f provenance.Rendition) bool { return f.Manifest == label })
}

func (r *register) Manifest(_ context.Context, label string) (provenance.Manifest, error) {
	return find(r.manifests, func(m provenance.Manifest) bool { return m.Label == label })
}

func (r *register) ManifestsOf(_ context.Context, id uint64) ([]provenance.Manifest, error) {
	return slices.DeleteFunc(slices.Clone(r.manifests), func(m provenance.Manifest) bool { return m.OriginID != id }), nil
}

func (r *register) Origin(_ context.Context, id uint64) (provenance.Origin, error) {
	return find(r.origins, func(o provenance.Origin) bool { return o.ID == id })
}

func (r *register) OriginOf(_ context.Context, kind, id string, revision int) (provenance.Origin, error) {
	return find(r.origins, func(o provenance.Origin) bool {
		return o.SubjectKind == kind && o.SubjectID == id && o.Revision == revision
	})
}

func (r *register) Similar(ctx context.Context, _ fingerprint.Query, _ int) ([]fingerprint.Match, error) {
	if r.slow {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return slices.Clone(r.alike), r.broken
}

func (r *register) Open(_ context.Context, key string) (io.ReadCloser, asset.Info, error) {
	data, ok := r.blobs[key]
	if !ok {
		return nil, asset.Info{}, fault.Missing("blob")
	}
	return io.NopCloser(bytes.NewReader(data)), asset.Info{Key: key}, nil
}

// signed is somebody who signs.
type signed struct {
	c2pa.Signer
	root c2pa.Trust
}

func signer(t testing.TB, name string) signed {
	t.Helper()
	id, err := c2pa.NewIdentity(name, now.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	s, err := id.Signer()
	if err != nil {
		t.Fatal(err)
	}
	roots, err := c2pa.ParseCertificates(id.Anchor)
	if err != nil {
		t.Fatal(err)
	}
	return signed{s, c2pa.Trust{Anchors: roots}}
}

// sign signs a file, made from another one where there is one.
func (s signed) sign(t testing.TB, data, parent []byte, trust c2pa.Trust) ([]byte, *c2pa.Signed) {
	t.Helper()
	d := c2pa.Definition{
		Title: "A picture", Generator: c2pa.Generator{Name: "A program"},
		Actions: []c2pa.Action{{Action: "c2pa.created", SourceType: c2pa.SourceAlgorithmic}},
	}
	if parent != nil {
		d.Ingredients = []c2pa.Ingredient{{Title: "parent", Format: "image/png", Relationship: c2pa.ParentOf, Asset: bytes.NewReader(parent)}}
		d.Actions = []c2pa.Action{{Action: "c2pa.opened", Ingredients: []int{0}}}
	}
	clock := func() time.Time { return now }
	var out bytes.Buffer
	made, err := c2pa.Sign(t.Context(), &out, bytes.NewReader(data), d, s, c2pa.SignOptions{Now: clock, Validate: c2pa.Options{Trust: trust, Now: clock}})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), made
}

// scene is a picture with something in it: soft shapes and grain.
func scene(seed uint64, w, h int) *image.NRGBA {
	r := rand.New(rand.NewPCG(seed, 7))
	type blob struct{ x, y, size, l, a, b float64 }
	blobs := make([]blob, 40)
	for i := range blobs {
		blobs[i] = blob{r.Float64(), r.Float64(), 0.03 + 0.15*r.Float64(), 160*r.Float64() - 80, 60*r.Float64() - 30, 60*r.Float64() - 30}
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	side := float64(min(w, h))
	for y := range h {
		for x := range w {
			l, a, b := 128+6*r.NormFloat64(), 0.0, 0.0
			for _, s := range blobs {
				dx, dy := float64(x)/side-s.x*float64(w)/side, float64(y)/side-s.y*float64(h)/side
				if d := (dx*dx + dy*dy) / (s.size * s.size); d < 4 {
					k := 1 - d/4
					l, a, b = l+k*s.l, a+k*s.a, b+k*s.b
				}
			}
			clip := func(v float64) uint8 { return uint8(math.Max(0, math.Min(255, v))) }
			img.SetNRGBA(x, y, color.NRGBA{clip(l + a), clip(l - a/2 + b/2), clip(l - b), 255})
		}
	}
	return img
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// house is a register with one work in it, whose file was marked and signed.
type house struct {
	t     testing.TB
	reg   *register
	key   watermark.Key
	own   signed
	other signed
	deps  provenance.CheckerDeps
	// marked is the picture with the work's number, file the signed PNG of it.
	marked *image.NRGBA
	file   []byte
	label  string
}

const theID = 0x1234567890

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, reg: &register{blobs: map[string][]byte{}}, key: watermark.Key{1, 2, 3}, own: signer(t, "Marquee"), other: signer(t, "Somebody, Inc.")}
	plain := scene(1, 640, 640)
	h.reg.blobs["master"] = pngOf(t, plain)
	h.marked = image.NewNRGBA(plain.Rect)
	copy(h.marked.Pix, plain.Pix)
	if err := watermark.Embed(h.marked, theID, h.key, nil); err != nil {
		t.Fatal(err)
	}
	var made *c2pa.Signed
	h.file, made = h.own.sign(t, pngOf(t, h.marked), nil, h.own.root)
	h.label = made.Label
	h.reg.blobs["file"] = h.file
	h.reg.blobs["store"] = made.Store
	h.reg.origins = []provenance.Origin{{ID: theID, SubjectKind: "creation", SubjectID: "c1", Revision: 2, Campaign: "winter", Width: 640, Height: 640, MasterKey: "master", CreatedAt: now}}
	h.reg.files = []provenance.Rendition{{SHA256: asset.Sum(h.file), SubjectKind: "creation", SubjectID: "c1", Revision: 2, Campaign: "winter", Format: "png", Width: 640, Height: 640, BlobKey: "file", OriginID: theID, Manifest: h.label, Watermarked: true}}
	h.reg.manifests = []provenance.Manifest{
		{Label: "urn:c2pa:made", OriginID: theID, Stage: provenance.Made, BlobKey: ""},
		{Label: "urn:c2pa:published", OriginID: theID, Stage: provenance.Published, BlobKey: "store"},
	}
	h.deps = provenance.CheckerDeps{
		Register: h.reg, Blobs: h.reg, Similar: h.reg, Now: func() time.Time { return now }, Abreast: 2, Within: time.Minute,
		Own:    func() (c2pa.Trust, error) { return h.own.root, nil },
		Listed: func() (c2pa.Trust, error) { return c2pa.Trust{}, nil },
		Mark:   func() watermark.Key { return h.key },
	}
	return h
}

func (h *house) check(data []byte) *provenance.Result {
	h.t.Helper()
	r, err := provenance.NewChecker(h.deps).Check(h.t.Context(), provenance.Evidence{Data: data})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// outcomes writes the steps as one word.
func outcomes(r *provenance.Result) string {
	var all []string
	for _, s := range r.Steps {
		all = append(all, string(s.Outcome))
	}
	return strings.Join(all, " ")
}

func (h *house) want(what string, r *provenance.Result, match provenance.Match, steps string, works int) {
	h.t.Helper()
	if r.Match != match || outcomes(r) != steps || len(r.Works) != works {
		h.t.Errorf("%s: %s, %q with %d works; want %s, %q with %d", what, r.Match, outcomes(r), len(r.Works), match, steps, works)
	}
	if len(r.Steps) != 4 {
		h.t.Fatalf("%s has %d steps", what, len(r.Steps))
	}
}

// TestCheckLooksInFourWays walks one work through what happens to pictures.
func TestCheckLooksInFourWays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.want("the file itself", h.check(h.file), provenance.MatchExact, "found found needless needless", 1)

	// A copy of the file's bytes that the register does not have by its sum.
	sum := h.reg.files[0].SHA256
	h.reg.files[0].SHA256 = "0"
	r := h.check(h.file)
	h.want("known by its signature", r, provenance.MatchCredential, "none found needless needless", 1)
	if !r.Altered.Same || r.Credential.Whose != provenance.Ours || !r.Credential.Intact || r.Credential.SourceType != "algorithmicMedia" {
		t.Errorf("%+v", r.Credential)
	}
	h.reg.files[0].SHA256 = sum

	plain := pngOf(t, h.marked)
	r = h.check(plain)
	h.want("stripped", r, provenance.MatchWatermark, "none none found none", 1)
	if r.Altered.Unlike || !r.Altered.Resaved || r.Altered.Cropped || math.Abs(r.Altered.Scale-1) > 0.02 || r.Step(provenance.StepFingerprint).Distance > 20 {
		t.Errorf("stripped: %+v, distance %d", r.Altered, r.Step(provenance.StepFingerprint).Distance)
	}
	r = h.check(jpegOf(t, attack.Crop(h.marked, 0.1, 0.1, 0.1, 0.1), 75))
	h.want("cropped", r, provenance.MatchWatermark, "none none found none", 1)
	if !r.Altered.Cropped || r.Altered.Unlike {
		t.Errorf("cropped: %+v", r.Altered)
	}
	r = h.check(pngOf(t, attack.Screenshot(h.marked, 5)))
	h.want("a screenshot", r, provenance.MatchWatermark, "none none found none", 1)
	if !r.Altered.Cropped {
		t.Errorf("a screenshot: %+v", r.Altered)
	}

	foreign := jpegOf(t, scene(99, 600, 500), 90)
	r = h.check(foreign)
	h.want("a foreign picture", r, provenance.MatchNone, "none none none none", 0)
	if len(r.Undone()) != 0 || r.Credential != nil {
		t.Errorf("a foreign picture: %+v", r)
	}
}

// TestCheckTellsTampering: our signature in a changed file proves nothing of
// its pixels, and a copied number is told from its own picture.
func TestCheckTellsTampering(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tampered := bytes.Clone(h.file)
	at := bytes.LastIndex(tampered, []byte("IEND"))
	tampered = append(tampered[:at+8:at+8], []byte("and more")...)
	r := h.check(tampered)
	h.want("changed since", r, provenance.MatchWatermark, "none altered found none", 1)
	if r.Credential.Intact || r.Credential.Whose != provenance.Ours || len(r.Credential.Works) != 1 || len(r.Credential.Failures) == 0 {
		t.Errorf("changed since: %+v", r.Credential)
	}

	// The credential of our file put into somebody else's picture.
	stolen := scene(50, 640, 640)
	r = h.check(transplant(t, h.file, pngOf(t, stolen)))
	h.want("a stolen credential", r, provenance.MatchNone, "none altered none none", 0)
	if r.Credential.Whose != provenance.Ours {
		t.Errorf("a stolen credential: %+v", r.Credential)
	}

	// The number of our work put into another picture by somebody with the key.
	copied := scene(51, 640, 640)
	if err := watermark.Embed(copied, theID, h.key, nil); err != nil {
		t.Fatal(err)
	}
	r = h.check(pngOf(t, copied))
	h.want("a copied mark", r, provenance.MatchWatermark, "none none found none", 1)
	if !r.Altered.Unlike || r.Step(provenance.StepFingerprint).Distance < 90 {
		t.Errorf("a copied mark: %+v", r.Altered)
	}

	// A number that is in no entry of the register.
	lost := scene(52, 640, 640)
	if err := watermark.Embed(lost, 77, h.key, nil); err != nil {
		t.Fatal(err)
	}
	h.want("an unknown number", h.check(pngOf(t, lost)), provenance.MatchNone, "none none unsure none", 0)
}

// transplant moves the credential of one PNG into another.
func transplant(t testing.TB, from, to []byte) []byte {
	t.Helper()
	i := bytes.Index(from, []byte("caBX"))
	if i < 4 {
		t.Fatal("no credential")
	}
	size := int(from[i-4])<<24 | int(from[i-3])<<16 | int(from[i-2])<<8 | int(from[i-1])
	chunk := from[i-4 : i+8+size]
	const head = 33 // signature and IHDR
	return slices.Concat(to[:head], chunk, to[head:])
}

// TestCheckNamesOtherSigners without saying that anything is real or fake.
func TestCheckNamesOtherSigners(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	theirs, _ := h.other.sign(t, pngOf(t, scene(7, 90, 80)), nil, c2pa.Trust{})
	r := h.check(theirs)
	h.want("a stranger's", r, provenance.MatchNone, "none foreign none none", 0)
	if c := r.Credential; c.Whose != provenance.Stranger || !c.Intact || !strings.Contains(c.Signer, "Somebody") || c.Generator != "A program" {
		t.Errorf("a stranger's: %+v", c)
	}
	broken := bytes.Clone(theirs)
	broken[len(broken)-20] ^= 1
	if r, err := provenance.NewChecker(h.deps).Check(t.Context(), provenance.Evidence{Data: broken}); err != nil || r.Credential.Intact {
		t.Errorf("broken: %+v %v", r, err)
	}
	h.deps.Listed = func() (c2pa.Trust, error) { return h.other.root, nil }
	if r := h.check(theirs); r.Credential.Whose != provenance.Listed || !r.Credential.Intact {
		t.Errorf("listed: %+v", r.Credential)
	}
	// Their picture, made from ours: they say so, and our part of it holds.
	built, _ := h.other.sign(t, pngOf(t, scene(8, 90, 80)), h.file, h.own.root)
	r = h.check(built)
	h.want("built on ours", r, provenance.MatchNone, "none foreign none none", 0)
	if len(r.Credential.Works) != 1 || r.Credential.Works[0].ID != "c1" {
		t.Errorf("built on ours: %+v", r.Credential)
	}
	// The same beside a file that is no picture.
	var beside bytes.Buffer
	text := []byte("%PDF-1.7 not a picture")
	made, err := c2pa.Sign(t.Context(), &beside, bytes.NewReader(text), c2pa.Definition{Generator: c2pa.Generator{Name: "P"}, Actions: []c2pa.Action{{Action: "c2pa.created", SourceType: c2pa.SourceDigitalCreation}}}, h.own, c2pa.SignOptions{Detached: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	r, err = provenance.NewChecker(h.deps).Check(t.Context(), provenance.Evidence{Data: text, Sidecar: made.Store})
	if err != nil {
		t.Fatal(err)
	}
	h.want("beside a PDF", r, provenance.MatchCredential, "none found impossible impossible", 0)
	if !r.Credential.Beside {
		t.Error("it is not said that it came beside")
	}
	if _, err := provenance.NewChecker(h.deps).Check(t.Context(), provenance.Evidence{Data: text}); !fault.HasCode(err, "picture_type_unknown") {
		t.Errorf("a PDF alone: %v", err)
	}
}

// TestCheckByLooks needs no mark, and says so when several works look alike.
func TestCheckByLooks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.reg.origins = append(h.reg.origins,
		provenance.Origin{ID: 2, SubjectKind: "candidate", SubjectID: "k", Campaign: "winter"},
		provenance.Origin{ID: 3, SubjectKind: "creation", SubjectID: "c2", Campaign: "winter"})
	picture := jpegOf(t, scene(1, 90, 90), 60) // too small for a mark
	for what, c := range map[string]struct {
		alike []fingerprint.Match
		match provenance.Match
		steps string
		works int
	}{
		"one":                   {[]fingerprint.Match{{OriginID: theID, Distance: 8, Sureness: 0.9999}}, provenance.MatchFingerprint, "none none none found", 1},
		"one and what it is of": {[]fingerprint.Match{{OriginID: 2, Distance: 4, Sureness: 0.9999}, {OriginID: theID, Distance: 8, Sureness: 0.9999}}, provenance.MatchFingerprint, "none none none found", 1},
		"several":               {[]fingerprint.Match{{OriginID: theID, Distance: 8, Sureness: 0.9999}, {OriginID: 3, Distance: 9, Sureness: 0.9999}}, provenance.MatchFingerprint, "none none none unsure", 2},
		"hardly":                {[]fingerprint.Match{{OriginID: theID, Distance: 30, Sureness: 0.7}}, provenance.MatchNone, "none none none unsure", 0},
		"not":                   {[]fingerprint.Match{{OriginID: theID, Distance: 60, Sureness: 0.2}}, provenance.MatchNone, "none none none none", 0},
		"a lost one":            {[]fingerprint.Match{{OriginID: 9, Distance: 3, Sureness: 0.9999}}, provenance.MatchNone, "none none none none", 0},
	} {
		h.reg.alike = c.alike
		h.want(what, h.check(picture), c.match, c.steps, c.works)
	}
}

// TestCheckNeverSaysNoneUnseen: what was not looked at is undone, and a register
// that fails is an error.
func TestCheckNeverSaysNoneUnseen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	picture := jpegOf(t, scene(3, 600, 600), 80)
	c := provenance.NewChecker(h.deps)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := c.Check(ctx, provenance.Evidence{Data: picture})
	if err != nil || len(r.Undone()) == 0 {
		t.Fatalf("cancelled: %+v %v", r, err)
	}
	if _, err := c.BoundIn(ctx, picture, ""); !fault.HasCode(err, "busy") {
		t.Errorf("cancelled, by content: %v", err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer cancel()
	h.reg.slow = true
	if r, err = c.Check(ctx, provenance.Evidence{Data: picture}); err != nil {
		t.Fatal(err)
	}
	if r.Match != provenance.MatchNone || !slices.Contains(r.Undone(), provenance.StepFingerprint) {
		t.Errorf("a slow register: %s", outcomes(r))
	}
	h.reg.slow, h.reg.broken = false, errors.New("the database is away")
	if _, err := c.Check(t.Context(), provenance.Evidence{Data: picture}); !errors.Is(err, h.reg.broken) {
		t.Errorf("a broken register: %v", err)
	}
}

// TestCheckOfAPhotograph reads a picture that lies on its side in the file.
func TestCheckOfAPhotograph(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	// Turned a quarter to the left, with the word to turn it back: value 6.
	b := h.marked.Rect
	side := image.NewNRGBA(image.Rect(0, 0, b.Dy(), b.Dx()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			side.SetNRGBA(y, b.Dx()-1-x, h.marked.NRGBAAt(x, y))
		}
	}
	data := jpegOf(t, side, 90)
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"), 0, 0, 0, 0)
	segment := append([]byte{0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	r := h.check(slices.Concat(data[:2], segment, data[2:]))
	if r.Match != provenance.MatchWatermark {
		t.Errorf("with its orientation: %s", outcomes(r))
	}
	if r := h.check(data); r.Match != provenance.MatchNone {
		t.Errorf("without: %s", r.Match)
	}
}

// TestManifestsForOthers gives what a soft binding leads to.
func TestManifestsForOthers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	c := provenance.NewChecker(h.deps)
	found, err := c.Bound(ctx, provenance.WatermarkAlgorithm, provenance.WatermarkValue(theID))
	if err != nil || len(found) != 1 || found[0].Work.ID != "c1" {
		t.Fatalf("by its value: %+v %v", found, err)
	}
	if found, err := c.Bound(ctx, provenance.WatermarkAlgorithm, provenance.WatermarkValue(5)); err != nil || len(found) != 0 {
		t.Errorf("an unknown value: %+v %v", found, err)
	}
	for code, err := range map[string]error{
		"binding_invalid":     second(c.Bound(ctx, provenance.WatermarkAlgorithm, []byte{1})),
		"binding_unsupported": second(c.Bound(ctx, "com.example.other", []byte{1})),
		"manifest_id_invalid": provenance.ManifestLabel("../../etc"),
	} {
		if !fault.HasCode(err, code) {
			t.Errorf("%v is not %s", err, code)
		}
	}
	found, err = c.BoundIn(ctx, jpegOf(t, h.marked, 80), "")
	if err != nil || len(found) != 1 {
		t.Errorf("by content: %+v %v", found, err)
	}
	label, ok, err := c.Newest(ctx, theID)
	if err != nil || !ok || label != "urn:c2pa:published" {
		t.Errorf("the newest is %s %v", label, err)
	}
	for _, label := range []string{"urn:c2pa:published", h.label} {
		store, err := c.ManifestStore(ctx, label)
		if err != nil {
			t.Fatal(err)
		}
		// It is a .c2pa file of the very bytes that were signed, and of no others.
		for data, want := range map[string]c2pa.State{string(pngOf(t, h.marked)): c2pa.Invalid, string(h.file): c2pa.Trusted} {
			r, err := c2pa.Validate(ctx, strings.NewReader(data), c2pa.Options{Manifest: store, Trust: h.own.root, Now: h.deps.Now})
			if err != nil || r.State != want {
				t.Errorf("%s: %s, want %s (%v)", label, r.State, want, r.Codes(c2pa.Failure))
			}
		}
	}
	if _, err := c.ManifestStore(ctx, "urn:c2pa:made"); !fault.HasCode(err, "manifest_unknown") {
		t.Errorf("an erased one: %v", err)
	}
	if _, err := c.Subject(ctx, "urn:c2pa:nothing"); !fault.HasCode(err, "manifest_unknown") {
		t.Errorf("no such one: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// FuzzCheck feeds files of strangers; whatever comes, there is an answer or a
// fault, with four steps.
func FuzzCheck(f *testing.F) {
	h := newHouse(f)
	small := image.NewNRGBA(image.Rect(0, 0, 64, 48))
	draw.Draw(small, small.Rect, h.marked, image.Point{}, draw.Src)
	file, made := h.own.sign(f, pngOf(f, small), nil, h.own.root)
	f.Add(file, []byte(nil))
	f.Add(jpegOf(f, small, 50), made.Store)
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"), []byte("jumb"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8X"), []byte{0})
	c := provenance.NewChecker(h.deps)
	f.Fuzz(func(t *testing.T, data, beside []byte) {
		if len(data) > 1<<16 || len(beside) > 1<<16 {
			return
		}
		r, err := c.Check(t.Context(), provenance.Evidence{Data: data, Sidecar: beside})
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		if len(r.Steps) != 4 || r.Match == provenance.MatchWatermark {
			t.Fatalf("%+v", r)
		}
	})
}

// FuzzManifestLabel lets nothing through that could be a path or a header.
func FuzzManifestLabel(f *testing.F) {
	f.Add("urn:c2pa:1f0c3a1e-0000-4000-8000-000000000000")
	f.Add("urn:uuid:x\r\nSet-Cookie: a")
	f.Fuzz(func(t *testing.T, label string) {
		if provenance.ManifestLabel(label) == nil && (strings.ContainsAny(label, "/\\\r\n\" %?#") || len(label) > 200) {
			t.Fatalf("%q", label)
		}
	})
}
