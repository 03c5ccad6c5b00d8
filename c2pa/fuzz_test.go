package c2pa

import (
	"bytes"
	"errors"
	"testing"
	"time"
)

// fuzzTime is how long one answer may take on a machine that fuzzes.
const fuzzTime = 10 * time.Second

// fuzzFormat throws files at everything that reads a container: finding,
// validating, and signing, after which the result must be trusted.
func fuzzFormat(f *testing.F, ext string) {
	w := theWorld()
	data := sample(f, ext)
	f.Add(data)
	var out bytes.Buffer
	if _, err := Sign(f.Context(), &out, bytes.NewReader(data), made(), w.signer, SignOptions{}); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add(out.Bytes()[:out.Len()/2])
	described := made()
	described.XMP, described.Remote = packetOf("x", ""), "https://example.com/"
	out = bytes.Buffer{}
	if _, err := Sign(f.Context(), &out, bytes.NewReader(data), described, w.signer, SignOptions{}); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	if ext == "avif" {
		real := realAVIF(f)
		f.Add(real)
		out = bytes.Buffer{}
		if _, err := Sign(f.Context(), &out, bytes.NewReader(real), described, w.signer, SignOptions{}); err != nil {
			f.Fatal(err)
		}
		f.Add(out.Bytes())
	}
	described.XMP = nil // amend what is there
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded(t, "validating", int64(len(data)), fuzzTime, func() {
			Describe(validate(t, data, w.options))
			if _, err := XMPOf(bytes.NewReader(data)); err != nil && !errors.Is(err, ErrFormat) && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) {
				t.Fatal(err)
			}
		})
		for name, d := range map[string]Definition{"signing": made(), "with metadata": described} {
			var out bytes.Buffer
			bounded(t, name, int64(len(data)), fuzzTime, func() {
				if _, err := Sign(t.Context(), &out, bytes.NewReader(data), d, w.signer, SignOptions{}); err != nil {
					if out.Len() > 0 {
						t.Fatal("a file was written in spite of ", err)
					}
					return
				}
				if r := validate(t, out.Bytes(), w.options); r.State != Trusted {
					t.Fatalf("%s: what we signed is %s: %q", name, r.State, explain(r))
				}
			})
		}
	})
}

func FuzzPNG(f *testing.F)  { fuzzFormat(f, "png") }
func FuzzJPEG(f *testing.F) { fuzzFormat(f, "jpg") }
func FuzzWebP(f *testing.F) { fuzzFormat(f, "webp") }
func FuzzMP4(f *testing.F)  { fuzzFormat(f, "mp4") }
func FuzzAVIF(f *testing.F) { fuzzFormat(f, "avif") }

// FuzzStore throws manifest stores at the JUMBF and CBOR readers.
func FuzzStore(f *testing.F) {
	w := theWorld()
	picture := pngOf(f, 8, 8)
	s, err := Read(bytes.NewReader(chained(f, nil)), Limits{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.Bytes())
	f.Add(s.Bytes()[:len(s.Bytes())/2])
	packed := grow(s.root)
	packed.kids[1] = pack(f, packed.kids[1])
	f.Add(packed.bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		o := w.options
		o.Manifest = append([]byte{}, data...) // never nil: that would mean none
		bounded(t, "validating", int64(len(data)), fuzzTime, func() {
			r := validate(t, picture, o)
			if r.State == Trusted || r.State == None {
				t.Fatalf("a strange manifest is %s", r.State)
			}
			Describe(r)
		})
	})
}

// FuzzToken throws time stamps at their reader.
func FuzzToken(f *testing.F) {
	token, err := theWorld().root.clock(f, time.Now).TimeStamp(f.Context(), make([]byte, 32))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token)
	f.Fuzz(func(t *testing.T, data []byte) {
		said := 0
		bounded(t, "judging", int64(len(data)), fuzzTime, func() {
			checkStamp(data, nil, Trust{}, func(string, Kind, string) { said++ })
		})
		if said == 0 {
			t.Fatal("nothing was said of a time stamp")
		}
	})
}

// FuzzXMP throws packets at what amends them.
func FuzzXMP(f *testing.F) {
	f.Add(packetOf("x", `<rdf:Description xmlns:t="http://purl.org/dc/terms/" t:provenance='https://old.example/' t:kept="&lt;"/>`))
	f.Add(packetOf("x", `<rdf:Description xmlns:t="http://purl.org/dc/terms/"><t:provenance>https://old.example/</t:provenance></rdf:Description>`))
	f.Add([]byte(blankXMP))
	const address = "https://example.com/?a=1&b=2"
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded(t, "amending", int64(len(data)), fuzzTime, func() {
			out, err := withProvenance(data, address)
			if err != nil {
				return
			}
			if err := checkXMP(out); err != nil {
				t.Fatal(err)
			}
			d := made()
			d.XMP = out
			if got, err := RemoteURL(bytes.NewReader(sign(t, pngOf(t, 1, 1), d, theWorld().signer, SignOptions{}))); err != nil || got != address {
				t.Fatalf("%q %v", got, err)
			}
		})
	})
}
