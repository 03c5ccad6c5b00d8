package c2pa

import (
	"bytes"
	"testing"
	"time"
)

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
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Validate(t.Context(), bytes.NewReader(data), w.options)
		if err != nil {
			t.Fatal(err)
		}
		Describe(r)
		var out bytes.Buffer
		if _, err := Sign(t.Context(), &out, bytes.NewReader(data), made(), w.signer, SignOptions{}); err != nil {
			if out.Len() > 0 {
				t.Fatal("a file was written in spite of ", err)
			}
			return
		}
		if r := validate(t, out.Bytes(), w.options); r.State != Trusted {
			t.Fatalf("what we signed is %s: %q", r.State, explain(r))
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
	f.Fuzz(func(t *testing.T, data []byte) {
		o := w.options
		o.Manifest = append([]byte{}, data...) // never nil: that would mean none
		r := validate(t, picture, o)
		if r.State == Trusted || r.State == None {
			t.Fatalf("a strange manifest is %s", r.State)
		}
		Describe(r)
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
		checkStamp(data, nil, Trust{}, func(string, Kind, string) { said++ })
		if said == 0 {
			t.Fatal("nothing was said of a time stamp")
		}
	})
}
