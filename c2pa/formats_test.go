package c2pa

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gen2brain/webp"
)

// TestPicturesStayThemselves signs files twice: they still open, nothing but
// the credential came in, and only one credential is in them.
func TestPicturesStayThemselves(t *testing.T) {
	t.Parallel()
	for ext, data := range samples(t) {
		signed := sign(t, sign(t, data, made(), theWorld().signer, SignOptions{}), made(), theWorld().signer, SignOptions{})
		a := bytes.NewReader(signed)
		c, err := sniff(a)
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.find(a)
		if err != nil || p.stores != 1 {
			t.Fatalf("%s: %d stores, %v", ext, p.stores, err)
		}
		switch ext {
		case "png":
			_, err = png.Decode(a)
		case "jpg":
			_, err = jpeg.Decode(a)
		case "webp":
			_, err = webp.Decode(a)
		case "mp4":
			// Both tables still point to the beginning of the sample.
			want := int64(bytes.Index(signed, []byte("mdat")) + 4)
			i := bytes.Index(signed, []byte("stco"))
			j := bytes.Index(signed, []byte("co64"))
			if got := int64(binary.BigEndian.Uint32(signed[i+12:])); got != want {
				t.Errorf("stco points to %d, the sample is at %d", got, want)
			}
			if got := int64(binary.BigEndian.Uint64(signed[j+12:])); got != want {
				t.Errorf("co64 points to %d, the sample is at %d", got, want)
			}
		case "avif":
			want := uint32(bytes.Index(signed, []byte("mdat")) + 4)
			i := bytes.Index(signed, []byte("iloc"))
			if got := binary.BigEndian.Uint32(signed[i+4+14:]); got != want {
				t.Errorf("iloc points to %d, the item is at %d", got, want)
			}
		}
		if err != nil {
			t.Errorf("%s does not open any more: %v", ext, err)
		}
	}
}

// TestLongStore has a thumbnail that needs many segments of a JPEG.
func TestLongStore(t *testing.T) {
	t.Parallel()
	for ext, data := range samples(t) {
		d := made()
		d.Thumbnail = &Thumbnail{MediaType: "image/jpeg", Data: noise(300_001)}
		r := validate(t, sign(t, data, d, theWorld().signer, SignOptions{}), theWorld().options)
		if a, ok := r.Store.Active().Assertion("c2pa.thumbnail.claim"); r.State != Trusted || !ok || !bytes.Equal(a.Data, d.Thumbnail.Data) || a.MediaType != "image/jpeg" {
			t.Errorf("%s: %s %q", ext, r.State, explain(r))
		}
	}
}

// TestJPEGWithAnotherBox has JUMBF of somebody else, which has the number that
// our credential has otherwise.
func TestJPEGWithAnotherBox(t *testing.T) {
	t.Parallel()
	b := jpegOf(t, 8, 8)
	other := super(typeJSON, "com.example.depth", box("json", []byte("{}")))
	for _, number := range []uint32{1, 2} {
		data := binary.BigEndian.AppendUint32([]byte("JP\x02\x11"), number)
		data = append(data, other...)
		seg := binary.BigEndian.AppendUint16([]byte{0xFF, 0xEB}, uint16(2+len(data)))
		file := append(append(append(bytes.Clone(b[:2]), seg...), data...), b[2:]...)
		d := made()
		d.Thumbnail = &Thumbnail{MediaType: "image/jpeg", Data: noise(100_000)}
		for range 2 {
			file = sign(t, file, d, theWorld().signer, SignOptions{})
			if r := validate(t, file, theWorld().options); r.State != Trusted || !bytes.Contains(file, other) {
				t.Errorf("%d: %s %q", number, r.State, explain(r))
			}
		}
	}
}

func TestSidecar(t *testing.T) {
	t.Parallel()
	w := theWorld()
	text := []byte("a letter")
	s, err := Sign(t.Context(), nil, bytes.NewReader(text), made(), w.signer, SignOptions{Detached: true})
	if err != nil {
		t.Fatal(err)
	}
	o := w.options
	o.Manifest = s.Store
	if r := validate(t, text, o); r.State != Trusted || r.Active != s.Label {
		t.Errorf("%s %q", r.State, explain(r))
	}
	if r := validate(t, []byte("a lettes"), o); r.State != Invalid || !r.Has(CodeDataHashMismatch) {
		t.Errorf("%s %q", r.State, explain(r))
	}
	if r := validate(t, text, w.options); r.State != None {
		t.Errorf("%s %q", r.State, explain(r))
	}
}

// withXMP is a PNG or a JPEG with an address in its metadata.
func withXMP(t testing.TB, ext, url string) []byte {
	xmp := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="` + url + `"/></rdf:RDF></x:xmpmeta>`
	if ext == "png" {
		b := pngOf(t, 8, 8)
		return append(append(bytes.Clone(b[:33]), chunk("iTXt", []byte(xmpHeadPNG+xmp))...), b[33:]...)
	}
	b := jpegOf(t, 8, 8)
	seg := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(2+len(xmpHead)+len(xmp)))
	return append(append(append(bytes.Clone(b[:2]), seg...), xmpHead+xmp...), b[2:]...)
}

func TestRemoteManifest(t *testing.T) {
	t.Parallel()
	w := theWorld()
	for _, ext := range []string{"png", "jpg"} {
		const url = "https://example.com/work.c2pa"
		file := withXMP(t, ext, url)
		if got, err := RemoteURL(bytes.NewReader(file)); err != nil || got != url {
			t.Fatalf("%s: %q %v", ext, got, err)
		}
		s, err := Sign(t.Context(), nil, bytes.NewReader(file), made(), w.signer, SignOptions{Detached: true})
		if err != nil {
			t.Fatal(err)
		}
		o := w.options
		if r := validate(t, file, o); r.State != Invalid || !r.Has(CodeManifestInaccessible) || r.Remote != url {
			t.Errorf("unfetched: %s %q", r.State, explain(r))
		}
		o.Fetch = func(_ context.Context, got string) ([]byte, error) {
			if got != url {
				t.Errorf("fetched %s", got)
			}
			return s.Store, nil
		}
		if r := validate(t, file, o); r.State != Trusted {
			t.Errorf("%s: %s %q", ext, r.State, explain(r))
		}
		o.Fetch = func(context.Context, string) ([]byte, error) { return nil, errors.New("no route") }
		if r := validate(t, file, o); r.State != Invalid || !r.Has(CodeManifestInaccessible) {
			t.Errorf("%s: %s %q", ext, r.State, explain(r))
		}
	}
	if got, err := RemoteURL(bytes.NewReader(withXMP(t, "png", "file:///etc/passwd"))); err != nil || got == "" {
		t.Errorf("%q %v", got, err)
	}
	if r := validate(t, withXMP(t, "png", "file:///etc/passwd"), w.options); r.State != None {
		t.Errorf("an address that is none of HTTP: %s", r.State)
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "credential")
	first, err := OpenIdentity(dir, "Tests", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	again, err := OpenIdentity(dir, "Others", time.Now())
	if err != nil || !bytes.Equal(first.Key, again.Key) || !bytes.Equal(first.Anchor, again.Anchor) {
		t.Fatalf("the second time it is another: %v", err)
	}
	if _, err := again.Signer(); err != nil {
		t.Fatal(err)
	}
	other, err := NewIdentity("Strangers", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseSigner(other.Key, first.Chain, ""); err == nil || !strings.Contains(err.Error(), "belong together") {
		t.Errorf("a stranger's key: %v", err)
	}
	if _, err := ParseSigner(first.Key, first.Chain, PS256); err == nil {
		t.Error("an algorithm that does not fit was taken")
	}
	if err := os.WriteFile(filepath.Join(dir, keyFile), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken, err := OpenIdentity(dir, "Tests", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := broken.Signer(); err == nil {
		t.Error("a broken key was taken, or replaced")
	}
}

// lostKey is a signer whose key is gone.
type lostKey struct{ Signer }

func (lostKey) Sign(context.Context, []byte) ([]byte, error) {
	return nil, errors.New("the key is gone")
}

func TestKeyGone(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	_, err := Sign(t.Context(), &out, bytes.NewReader(pngOf(t, 8, 8)), made(), lostKey{theWorld().signer}, SignOptions{})
	if err == nil || !strings.Contains(err.Error(), "the key is gone") || out.Len() > 0 {
		t.Errorf("%v, %d bytes were written", err, out.Len())
	}
}
