package provenance

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"marquee/c2pa"
	"marquee/internal/fault"
)

var t0 = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

func opened(t testing.TB, dir string) *Keys {
	t.Helper()
	k, err := OpenKeys(dir, "Marquee", t0)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sealer(t testing.TB, stamper c2pa.TimeStamper) (*Sealer, *Keys) {
	t.Helper()
	k := opened(t, t.TempDir())
	return NewSealer(SealerDeps{
		Signers: k, Stamper: stamper, Program: c2pa.Generator{Name: "Marquee", Version: "1.0"}, Producer: "Marquee",
		Now: func() time.Time { return t0 }, Log: slog.New(slog.DiscardHandler),
	}), k
}

func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, color.NRGBA{uint8(i), uint8(i / 7), uint8(i * i), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func model() Origin {
	return Origin{
		ID: 0x12345, Campaign: "lights", Kit: "kornblum@1.1.0", Provider: "openai", Model: "gpt-image", Version: "2", Marks: []string{"wordmark", "loaf"},
		SourceType: "trainedAlgorithmicMedia", Pixels: strings.Repeat("ab", 32), Width: 64, Height: 64, CreatedAt: t0,
	}
}

func judged(t *testing.T, k *Keys, file, beside []byte) *c2pa.Report {
	t.Helper()
	ours, err := k.Trust()
	if err != nil {
		t.Fatal(err)
	}
	r, err := c2pa.Validate(t.Context(), bytes.NewReader(file), c2pa.Options{Trust: ours, Manifest: beside, Now: func() time.Time { return t0 }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatASignedPictureSays(t *testing.T) {
	t.Parallel()
	s, k := sealer(t, nil)
	o := model()
	made, err := s.Created(t.Context(), picture(t, 64, 64), o, Creating{Checks: &Checks{Outcome: "allow"}, Prompt: `a "fox" & <owl>`, Marked: true})
	if err != nil {
		t.Fatal(err)
	}
	if r := judged(t, k, made.Data, nil); r.State != c2pa.Trusted || r.Active != made.Label {
		t.Fatalf("%s %v", r.State, r.Codes(c2pa.Failure))
	}
	xmp, err := c2pa.XMPOf(bytes.NewReader(made.Data))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"`,
		`Iptc4xmpExt:AISystemUsed="openai gpt-image"`, `Iptc4xmpExt:AISystemVersionUsed="2"`, `xmp:CreateDate="2026-12-01T10:00:00Z"`,
		`urn:marquee:0000012345`, `a &#34;fox&#34; &amp; &lt;owl&gt;`, `TC260:AIGC="{&#34;Label&#34;:&#34;1&#34;`,
	} {
		if !bytes.Contains(xmp, []byte(want)) {
			t.Errorf("the metadata lack %s: %s", want, xmp)
		}
	}
	// What a program painted claims no model.
	o.Provider, o.Model = "builtin", "painter"
	painted, err := s.Created(t.Context(), picture(t, 64, 64), o, Creating{})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(painted.Data, []byte("AISystemUsed")) || bytes.Contains(painted.Data, []byte("AIGC")) {
		t.Error("the painter is called a model")
	}
	o = model()
	composed, err := s.Composed(t.Context(), picture(t, 64, 64), o, Parent{Picture: made.Data}, true, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	of := Parent{Picture: composed.Data, Label: composed.Label}
	approved, err := s.Approved(t.Context(), of, o, Checks{Outcome: "allow", Packs: []string{"platform@1"}}, Approval{"reviewer", t0})
	if err != nil {
		t.Fatal(err)
	}
	of.Beside, of.Label = approved.Store, approved.Label
	small, err := s.Rendered(t.Context(), picture(t, 64, 64), o, of, Changes{Resized: true, Small: true})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := s.Rendered(t.Context(), picture(t, 64, 64), o, of, Changes{Marked: true, Labelled: true, Recoded: true})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]Sealed{"composed": composed, "approved": {Data: composed.Data, Store: approved.Store}, "small": small, "whole": whole} {
		if r := judged(t, k, f.Data, f.Store); r.State != c2pa.Trusted {
			t.Errorf("%s is %s: %v", name, r.State, r.Codes(c2pa.Failure))
		}
		if judged(t, k, append(bytes.Clone(f.Data), 0), f.Store).State != c2pa.Invalid {
			t.Errorf("%s is good with a byte too many", name)
		}
	}
	d := c2pa.Describe(judged(t, k, whole.Data, nil))
	if len(d.Manifests) != 4 {
		t.Errorf("the file carries %d manifests", len(d.Manifests))
	}
	if in := c2pa.Describe(judged(t, k, composed.Data, nil)).Manifests[0].Ingredients; len(in) != 3 || in[1].Title != "wordmark · kornblum@1.1.0" || in[0].Manifest != made.Label {
		t.Errorf("the ingredients are %+v", in)
	}
	// A gallery of thumbnails must stay light, and history has its price.
	t.Logf("bytes: small %d, made %d, composed %d, whole %d", len(small.Store), len(made.Store), len(composed.Store), len(whole.Store))
	if gained := len(small.Data) - len(picture(t, 64, 64)); gained > 6<<10 {
		t.Errorf("a small file gains %d bytes", gained)
	}
	if len(whole.Store) > 40<<10 {
		t.Errorf("a large file gains %d bytes", len(whole.Store))
	}
}

// authority is a time-stamp authority that does as it is told.
type authority func(ctx context.Context) ([]byte, error)

func (a authority) TimeStamp(ctx context.Context, _ []byte) ([]byte, error) { return a(ctx) }

func TestAnAuthorityThatIsAwayHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	asked := 0
	s, k := sealer(t, authority(func(ctx context.Context) ([]byte, error) {
		asked++
		if end, ok := ctx.Deadline(); !ok || time.Until(end) > StampWithin {
			t.Error("it may take for ever")
		}
		return nil, errors.New("away")
	}))
	for range 3 {
		made, err := s.Created(t.Context(), picture(t, 64, 64), model(), Creating{})
		if err != nil {
			t.Fatal(err)
		}
		if made.Stamped || judged(t, k, made.Data, nil).State != c2pa.Trusted {
			t.Error("it is not signed, or said to be stamped")
		}
	}
	if n := s.Counts(); asked != 1 || n["unstamped"] != 3 || n["signed"] != 3 || n["stamped"] != 0 {
		t.Errorf("asked %d times; %v", asked, n)
	}
	if err := s.CheckStamping(t.Context()); !fault.HasCode(err, "stamping_unavailable") {
		t.Errorf("the doctor hears %v", err)
	}
}

// refusing is a service of keys that is away.
type refusing struct{ c2pa.Signer }

func (refusing) Sign(context.Context, []byte) ([]byte, error) { return nil, errors.New("away") }

type elsewhere struct{ *Keys }

func (e elsewhere) Signer() (c2pa.Signer, error) {
	s, err := e.Keys.Signer()
	return refusing{s}, err
}

func TestASignerThatFails(t *testing.T) {
	t.Parallel()
	s, k := sealer(t, authority(func(context.Context) ([]byte, error) { return nil, errors.New("away") }))
	s.Signers = elsewhere{k}
	if _, err := s.Created(t.Context(), picture(t, 64, 64), model(), Creating{}); !fault.HasCode(err, "signing_unavailable") || !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
}

// What is signed with a certificate that has ended is bad for everybody.
func TestACertificateThatHasEnded(t *testing.T) {
	t.Parallel()
	s, _ := sealer(t, nil)
	for _, at := range []time.Time{t0.AddDate(11, 0, 0), t0.AddDate(0, 0, -2)} {
		s.Now = func() time.Time { return at }
		_, err := s.Created(t.Context(), picture(t, 64, 64), model(), Creating{})
		if !fault.HasCode(err, "signing_unavailable") || !fault.HasCode(s.Ready(), "signing_unavailable") {
			t.Errorf("at %v: %v, %v", at, err, s.Ready())
		}
		if got := s.State(); got != SigningEnded {
			t.Errorf("at %v it is %s", at, got)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "origin")
	// Many that start at once have the same keys.
	var all [6]*Keys
	var errs [6]error
	var wait sync.WaitGroup
	for i := range all {
		wait.Go(func() { all[i], errs[i] = OpenKeys(dir, "Marquee", t0) })
	}
	wait.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	first, err := all[0].Signer()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		s, err := k.Signer()
		if err != nil || k.Mark() != all[0].Mark() || !s.Chain()[0].Equal(first.Chain()[0]) {
			t.Errorf("not all have the same: %v", err)
		}
	}
	for name, mode := range map[string]fs.FileMode{"signer.key": 0o600, "watermark.key": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	k := all[0]
	if own, err := k.Own(); err != nil || !own {
		t.Errorf("own: %v %v", own, err)
	}

	// One that has lost its key makes no other, neither now nor at the next start.
	key := filepath.Join(dir, "signer.key")
	if err := os.Rename(key, key+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Signer(); !fault.HasCode(err, "signing_unavailable") {
		t.Errorf("got %v", err)
	}
	if _, err := opened(t, dir).Signer(); !fault.HasCode(err, "signing_unavailable") {
		t.Errorf("after a start: %v", err)
	}
	if err := os.WriteFile(key, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Signer(); !fault.HasCode(err, "signing_unavailable") || strings.Contains(fmt.Sprint(err), "no key") {
		t.Errorf("got %v", err)
	}

	// A signer under somebody else's root: it is known by its own certificate,
	// for that root vouches for others too.
	other, err := c2pa.NewIdentity("Other", t0)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"signer.key": other.Key, "signer.pem": other.Chain} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "anchor.pem")); err != nil {
		t.Fatal(err)
	}
	if s, err := k.Signer(); err != nil || s.Chain()[0].Equal(first.Chain()[0]) {
		t.Errorf("the other signer: %v", err)
	}
	if own, err := k.Own(); err != nil || own {
		t.Errorf("own: %v %v", own, err)
	}
	ours, err := k.Trust()
	if err != nil || len(ours.Anchors) != 1 || len(ours.Allowed) != 1 {
		t.Errorf("%d roots and %d signers are ours: %v", len(ours.Anchors), len(ours.Allowed), err)
	}
	if err := os.WriteFile(filepath.Join(dir, "watermark.key"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeys(dir, "Marquee", t0); err == nil {
		t.Error("a broken key of the watermark was taken")
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	for range 1000 {
		if id := NewID(); id == 0 || id > MaxID || len(IDWord(id)) != 10 || len(WatermarkValue(id)) != 5 {
			t.Fatalf("%d %s", id, IDWord(id))
		}
	}
	if got := WatermarkValue(0x0102030405); !bytes.Equal(got, []byte{1, 2, 3, 4, 5}) {
		t.Error(got)
	}
	if s := said(model(), "candidate"); s.Kind != "model" {
		t.Error(s)
	}
}

func BenchmarkRendered(b *testing.B) {
	s, _ := sealer(b, nil)
	file := picture(b, 1024, 1024)
	o := model()
	made, err := s.Created(b.Context(), file, o, Creating{})
	if err != nil {
		b.Fatal(err)
	}
	composed, err := s.Composed(b.Context(), file, o, Parent{Picture: made.Data}, true, nil, "")
	if err != nil {
		b.Fatal(err)
	}
	approved, err := s.Approved(b.Context(), Parent{Picture: composed.Data}, o, Checks{}, Approval{})
	if err != nil {
		b.Fatal(err)
	}
	of := Parent{Picture: composed.Data, Beside: approved.Store, Label: approved.Label}
	for name, small := range map[string]bool{"whole": false, "small": true} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				if _, err := s.Rendered(b.Context(), file, o, of, Changes{Small: small, Marked: !small}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
