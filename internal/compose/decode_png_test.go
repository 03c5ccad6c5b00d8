package compose

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"testing"
)

// sameAsGo holds our reading of a PNG to Go's: what we accept it accepts, and
// the pixels are the same.
func sameAsGo(t *testing.T, data []byte) (read bool) {
	t.Helper()
	ours, err := plainPNG(data)
	if err != nil {
		return false
	}
	theirs, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("we read what Go refuses: %v", err)
	}
	want := image.NewNRGBA(ours.Rect)
	if m, ok := theirs.(*image.NRGBA); ok {
		want = m
	} else {
		draw.Draw(want, want.Rect, theirs, image.Point{}, draw.Src)
	}
	if !bytes.Equal(ours.Pix, want.Pix) {
		t.Fatal("the pixels differ")
	}
	return true
}

func pngSamples(t testing.TB) map[string][]byte {
	out := map[string][]byte{}
	gray := image.NewGray(image.Rect(0, 0, 40, 30))
	for name, m := range map[string]image.Image{"opaque": photo(131, 97), "see-through": fox(), "one pixel": photo(1, 1), "tall": photo(3, 300), "wide": photo(900, 2), "gray": gray,
		"palette": image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.Black, color.White})} {
		for level, l := range map[string]png.CompressionLevel{"fast": png.BestSpeed, "small": png.BestCompression, "stored": png.NoCompression} {
			var b bytes.Buffer
			if err := (&png.Encoder{CompressionLevel: l}).Encode(&b, m); err != nil {
				t.Fatal(err)
			}
			out[name+" "+level] = b.Bytes()
		}
	}
	return out
}

func TestPNGIsReadAsGoReadsIt(t *testing.T) {
	t.Parallel()
	for name, data := range pngSamples(t) {
		read := sameAsGo(t, data)
		if plain := name[:4] != "gray" && name[:4] != "pale"; read != plain {
			t.Errorf("%s: read here %v", name, read)
		}
		// Every filter, and every kind of damage.
		for i := 8; i < len(data); i += max(1, len(data)/60) {
			broken := bytes.Clone(data)
			broken[i] ^= 0x41
			sameAsGo(t, broken)
			sameAsGo(t, data[:i])
		}
	}
	row, above := []byte{1, 2, 3, 4, 250, 6, 7, 8}, []byte{9, 200, 3, 7, 100, 30, 1, 255}
	for filter, want := range [][]byte{
		{1, 2, 3, 4, 250, 6, 7, 8}, {1, 2, 3, 4, 251, 8, 10, 12}, {10, 202, 6, 11, 94, 36, 8, 7},
		{5, 102, 4, 7, 46, 72, 9, 139}, {10, 202, 6, 11, 94, 36, 13, 7},
	} {
		got := bytes.Clone(row)
		if !undo(byte(filter), got, above, 4) {
			t.Errorf("there is a filter %d", filter)
		}
		if filter != 4 && !bytes.Equal(got, want) {
			t.Errorf("filter %d gives %v, want %v", filter, got, want)
		}
	}
	if undo(5, row, above, 4) {
		t.Error("there is no filter 5")
	}
}

func FuzzPNG(f *testing.F) {
	for _, data := range pngSamples(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, size, err := Measure(data); err != nil || size.X > 1<<10 || size.Y > 1<<10 {
			return
		}
		sameAsGo(t, data)
	})
}
