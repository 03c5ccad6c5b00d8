package c2pa

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	"github.com/gen2brain/webp"
)

// picture is some noise on a gradient: it compresses to a size worth hashing.
func picture(w, h int) image.Image {
	r := rand.New(rand.NewPCG(1, 2))
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			n := uint8(r.UintN(32))
			m.SetNRGBA(x, y, color.NRGBA{uint8(x) + n, uint8(y) + n, n * 4, 255})
		}
	}
	return m
}

func pngOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture(w, h)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(w, h), &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func webpOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := webp.Encode(&b, picture(w, h), webp.Options{Quality: 80, Method: 0}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func atom(kind string, parts ...[]byte) []byte {
	data := bytes.Join(parts, nil)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)+8))
	return append(append(out, kind...), data...)
}

func words(n ...uint32) (out []byte) {
	for _, x := range n {
		out = binary.BigEndian.AppendUint32(out, x)
	}
	return out
}

func noise(n int) []byte {
	out := make([]byte, n)
	r := rand.New(rand.NewPCG(3, 4))
	for i := range out {
		out[i] = byte(r.Uint32())
	}
	return out
}

// mp4Of is a film of one track whose sample lies in an mdat behind moov. Its
// chunk offset points to the beginning of the sample.
func mp4Of(size int) []byte {
	ftyp := atom("ftyp", []byte("isom"), words(512), []byte("isommp42"))
	moov := func(at uint32) []byte {
		return atom("moov", atom("mvhd", make([]byte, 100)), atom("trak", atom("mdia", atom("minf", atom("stbl",
			atom("stco", words(0, 1, at)), atom("co64", words(0, 1, 0, at)))))))
	}
	at := uint32(len(ftyp) + len(moov(0)) + 8)
	return bytes.Join([][]byte{ftyp, moov(at), atom("mdat", noise(size)), atom("free", make([]byte, 16))}, nil)
}

// avifOf has the boxes of an AVIF picture; its one item lies in the mdat.
func avifOf(size int) []byte {
	ftyp := atom("ftyp", []byte("avif"), words(0), []byte("mif1avif"))
	meta := func(at uint32) []byte {
		return atom("meta", words(0), atom("hdlr", words(0, 0), []byte("pict"), make([]byte, 13)),
			atom("iloc", words(0), []byte{0x44, 0}, []byte{0, 1, 0, 1, 0, 0, 0, 1}, words(at, uint32(size))))
	}
	at := uint32(len(ftyp) + len(meta(0)) + 8)
	return bytes.Join([][]byte{ftyp, meta(at), atom("mdat", noise(size))}, nil)
}

// sample is a file of a format.
func sample(t testing.TB, ext string) []byte {
	switch ext {
	case "png":
		return pngOf(t, 96, 64)
	case "jpg":
		return jpegOf(t, 96, 64)
	case "webp":
		return webpOf(t, 96, 64)
	case "mp4":
		return mp4Of(5000)
	}
	return avifOf(3000)
}

// samples are a file of each format.
func samples(t testing.TB) map[string][]byte {
	out := map[string][]byte{}
	for _, ext := range []string{"png", "jpg", "webp", "mp4", "avif"} {
		out[ext] = sample(t, ext)
	}
	return out
}
