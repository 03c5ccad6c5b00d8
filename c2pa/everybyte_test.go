package c2pa

import (
	"bytes"
	"testing"
	"time"
)

// TestEveryByteCounts flips many bytes of signed files, in picture, credential
// and framing alike: none of them is Valid any more. Files without a time
// stamp, since those have bytes that only they cover.
func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	for ext, step := range map[string]int{"png": 5, "jpg": 7, "webp": 7, "mp4": 7, "avif": 7} {
		t.Run(ext, func(t *testing.T) {
			t.Parallel()
			data := sign(t, small(t)[ext], made(), theWorld().signer, SignOptions{})
			begin := time.Now()
			for at := 0; at < len(data); at += step {
				if saysNothing(ext, data, at) {
					continue
				}
				r := validate(t, flip(data, at), theWorld().options)
				if r.State == Valid || r.State == Trusted {
					t.Errorf("byte %d of %d (%q): %s", at, len(data), data[max(0, at-12):min(len(data), at+4)], r.State)
				}
			}
			t.Logf("%d files in %s", len(data)/step, time.Since(begin))
		})
	}
}

// saysNothing tells whether a byte says nothing about the work: the file type of
// BMFF, which the specification leaves out of hashes; the name of the
// signature's padding; and the number by which a JPEG tells its boxes apart.
func saysNothing(ext string, data []byte, at int) bool {
	pad := bytes.Index(data, []byte("cpadY"))
	if at > pad && at <= pad+3 {
		return true
	}
	switch ext {
	case "mp4", "avif":
		return at >= 8 && at < 24
	case "jpg":
		i := bytes.Index(data, []byte("JP\x02\x11"))
		return at == i+2 || at == i+3
	}
	return false
}

func small(t testing.TB) map[string][]byte {
	return map[string][]byte{"png": pngOf(t, 8, 8), "jpg": jpegOf(t, 8, 8), "webp": webpOf(t, 8, 8), "mp4": mp4Of(500), "avif": avifOf(300)}
}
