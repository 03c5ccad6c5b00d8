package compose

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/gen2brain/webp"
	xwebp "golang.org/x/image/webp"

	"marquee/internal/fault"
)

// photo has smooth and sharp parts and strong colours.
func photo(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8(128 + 100*math.Sin(float64(x+y)/9)), 255}
			if (x-w/2)*(x-w/2)+(y-h/2)*(y-h/2) < w*h/16 {
				c = color.NRGBA{216, 69, 46, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func psnr(a, b image.Image) float64 {
	var sum float64
	r := a.Bounds()
	for y := range r.Dy() {
		for x := range r.Dx() {
			p := color.NRGBAModel.Convert(a.At(r.Min.X+x, r.Min.Y+y)).(color.NRGBA)
			q := color.NRGBAModel.Convert(b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y)).(color.NRGBA)
			for _, d := range []float64{float64(p.R) - float64(q.R), float64(p.G) - float64(q.G), float64(p.B) - float64(q.B)} {
				sum += d * d
			}
		}
	}
	return 10 * math.Log10(255*255*float64(3*r.Dx()*r.Dy())/max(sum, 1))
}

func TestEncodeAndDecode(t *testing.T) {
	t.Parallel()
	big := photo(160, 121)
	for name, m := range map[string]image.Image{
		"whole":          photo(101, 63),
		"part of larger": big.SubImage(image.Rect(31, 20, 132, 83)),
	} {
		for f, least := range map[Format]float64{PNG: 90, JPEG: 28, WebP: 28} {
			data, err := Encode(m, f, 0)
			if err != nil {
				t.Errorf("%s as %s: %v", name, f, err)
				continue
			}
			got, kind, err := DecodeBounded(bytes.NewReader(data), 1<<20, 1<<20)
			if err != nil || kind != f || got.Bounds().Size() != m.Bounds().Size() {
				t.Errorf("%s as %s: read as %s, %v", name, f, kind, err)
				continue
			}
			if p := psnr(m, got); p < least {
				t.Errorf("%s as %s: %.1f dB", name, f, p)
			}
			again, err := Encode(m, f, 0)
			if err != nil || !bytes.Equal(data, again) {
				t.Errorf("%s as %s: written again it differs", name, f)
			}
		}
	}
}

// White must stay white: Go's own reading of a WebP's luma makes it grey.
func TestWebPColoursAreExact(t *testing.T) {
	t.Parallel()
	for _, c := range []color.NRGBA{{255, 255, 255, 255}, {0, 0, 0, 255}, {15, 61, 51, 255}, {216, 69, 46, 255}, {242, 177, 75, 255}, {128, 128, 128, 255}} {
		data, err := Encode(paper(64, 48, c), WebP, 90)
		if err != nil {
			t.Fatal(err)
		}
		m, err := Decode(bytes.NewReader(data), 1<<20, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		got := color.NRGBAModel.Convert(m.At(20, 20)).(color.NRGBA)
		for _, d := range []int{int(got.R) - int(c.R), int(got.G) - int(c.G), int(got.B) - int(c.B)} {
			if d < -3 || d > 3 {
				t.Errorf("%v became %v", c, got)
			}
		}
	}
}

// Our conversion to the encoder's luma and chroma is the encoder's own.
func TestStudioYUVAgreesWithTheEncoder(t *testing.T) {
	t.Parallel()
	m := photo(96, 80)
	planes := func(img image.Image) *image.YCbCr {
		var buf bytes.Buffer
		if err := webp.Encode(&buf, img, webp.Options{Quality: 100, Method: 4}); err != nil {
			t.Fatal(err)
		}
		got, err := xwebp.Decode(&buf)
		if err != nil {
			t.Fatal(err)
		}
		return got.(*image.YCbCr)
	}
	a, b := planes(m), planes(toStudioYUV(m))
	mean := func(p, q []uint8) float64 {
		s := 0.0
		for i := range p {
			s += math.Abs(float64(p[i]) - float64(q[i]))
		}
		return s / float64(len(p))
	}
	if y, u, v := mean(a.Y, b.Y), mean(a.Cb, b.Cb), mean(a.Cr, b.Cr); y > 0.7 || u > 1.2 || v > 1.2 {
		t.Errorf("the planes differ by %.2f, %.2f and %.2f on the average", y, u, v)
	}
}

func TestEncodeKeepsAlpha(t *testing.T) {
	t.Parallel()
	m := paper(40, 40, color.NRGBA{255, 0, 0, 255})
	for i := 3; i < len(m.Pix)/2; i += 4 {
		m.Pix[i] = 0
	}
	for _, f := range []Format{PNG, WebP} {
		data, err := Encode(m, f, 0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(bytes.NewReader(data), 1<<20, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, a := got.At(5, 5).RGBA(); a != 0 {
			t.Errorf("%s: the clear part has alpha %d", f, a)
		}
		if r, g, _, a := got.At(35, 35).RGBA(); a != 0xFFFF || r < 0xF000 || g > 0x0800 {
			t.Errorf("%s: the red part is %d %d, alpha %d", f, r, g, a)
		}
	}
	data, err := Encode(m, JPEG, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(bytes.NewReader(data), 1<<20, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := got.At(5, 5).RGBA(); min(r, g, b) < 0xF800 {
		t.Errorf("jpeg: the clear part is %d %d %d, want white", r, g, b)
	}
}

// huge is the beginning of a PNG that claims w×h pixels.
func huge(w, h uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	b = binary.BigEndian.AppendUint32(b, w)
	b = binary.BigEndian.AppendUint32(b, h)
	b = append(b, 8, 6, 0, 0, 0)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:]))
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	write := func(f Format) []byte {
		data, err := Encode(photo(64, 64), f, 0)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	pngFile, jpegFile, webpFile := write(PNG), write(JPEG), write(WebP)
	var moving bytes.Buffer
	err := webp.EncodeAll(&moving, &webp.WEBP{Image: []image.Image{photo(16, 16), paper(16, 16, red)}, Delay: []int{50, 50}})
	if err != nil {
		t.Fatal(err)
	}
	scan := bytes.Index(jpegFile, []byte{0xFF, 0xDA})
	manyScans := append(bytes.Clone(jpegFile[:scan]), bytes.Repeat([]byte{0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0}, 65)...)
	for name, tc := range map[string]struct {
		in   []byte
		code string
	}{
		"nothing":                {nil, "picture_type_unknown"},
		"text":                   {[]byte("hello"), "picture_type_unknown"},
		"a ZIP called .png":      {[]byte("PK\x03\x04" + strings.Repeat("x", 99)), "picture_type_unknown"},
		"GIF":                    {[]byte("GIF89a\x01\x00\x01\x00"), "picture_type_unknown"},
		"SVG":                    {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "picture_type_unknown"},
		"a WebP that moves":      {moving.Bytes(), "picture_type_unknown"},
		"300 megapixels":         {huge(20000, 15000), "picture_too_large"},
		"4 billion wide":         {huge(1<<31-1, 1<<31-1), "picture_unreadable"},
		"no pixels":              {huge(0, 5), "picture_unreadable"},
		"too many bytes":         {append(bytes.Clone(pngFile), make([]byte, 1<<20)...), "picture_too_large"},
		"only the PNG signature": {pngFile[:8], "picture_unreadable"},
		"PNG cut off":            {pngFile[:len(pngFile)/2], "picture_unreadable"},
		"JPEG cut off":           {jpegFile[:len(jpegFile)/2], "picture_unreadable"},
		"JPEG without picture":   {jpegFile[:scan], "picture_unreadable"},
		"JPEG of 65 scans":       {manyScans, "picture_unreadable"},
		"WebP cut off":           {webpFile[:len(webpFile)/2], "picture_unreadable"},
		"WebP of nothing":        {webpFile[:12], "picture_unreadable"},
	} {
		_, _, err := DecodeBounded(bytes.NewReader(tc.in), 1<<20, 1<<20)
		if !fault.HasCode(err, tc.code) {
			t.Errorf("%s: got %v, want %s", name, err, tc.code)
		}
	}
	for _, in := range [][]byte{pngFile, jpegFile, webpFile} {
		if _, err := Decode(bytes.NewReader(in), len(in), 64*64); err != nil {
			t.Errorf("exactly at the bounds: %v", err)
		}
		if _, err := Decode(bytes.NewReader(in), len(in)-1, 64*64); !fault.HasCode(err, "picture_too_large") {
			t.Errorf("a byte over: %v", err)
		}
		if _, err := Decode(bytes.NewReader(in), len(in), 64*64-1); !fault.HasCode(err, "picture_too_large") {
			t.Errorf("a pixel over: %v", err)
		}
	}
	if _, err := Decode(io.MultiReader(bytes.NewReader(pngFile[:40]), broken{}), 1<<20, 1<<20); !fault.HasCode(err, "picture_unreadable") {
		t.Errorf("a line that breaks: %v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestResize(t *testing.T) {
	t.Parallel()
	src := photo(600, 400)
	for _, w := range []int{1, 37, 150, 299, 300, 301, 600, 900} {
		m := Resize(src, w)
		if m.Rect.Dx() != w || m.Rect.Dy() != max(1, int(math.Round(float64(w)*400/600))) || !m.Opaque() {
			t.Errorf("width %d gives %v, opaque %v", w, m.Rect, m.Opaque())
		}
	}
	// Fine stripes become an even grey instead of moiré, as light as they were:
	// half of the light is 188.
	stripes := image.NewNRGBA(image.Rect(0, 0, 640, 640))
	for i := 0; i < len(stripes.Pix); i += 4 {
		v := uint8(i / 4 % 2 * 255)
		stripes.Pix[i], stripes.Pix[i+1], stripes.Pix[i+2], stripes.Pix[i+3] = v, v, v, 255
	}
	for _, w := range []int{320, 160} {
		for i, v := range Resize(stripes, w).Pix {
			if i%4 != 3 && (v < 187 || v > 189) {
				t.Fatalf("at width %d a stripe of %d is left", w, v)
			}
		}
	}
	// A light at night stays a light, without a dark ring.
	star := paper(300, 300, color.NRGBA{30, 40, 60, 255})
	for i := range 9 {
		star.SetNRGBA(150+i%3, 150+i/3, color.NRGBA{255, 255, 255, 255})
	}
	for _, w := range []int{299, 200, 160, 101} {
		for i, v := range Resize(star, w).Pix {
			if i%4 == 0 && v < 30 {
				t.Fatalf("at width %d there is a ring of %d round the star", w, v)
			}
		}
	}
	// What is clear must not bleed its hidden colour into what is not.
	m := paper(64, 64, color.NRGBA{0, 255, 0, 0})
	for y := range 64 {
		for x := range 31 {
			m.SetNRGBA(x, y, red)
		}
	}
	for _, w := range []int{32, 20, 100} {
		small := Resize(m, w)
		for i := 0; i < len(small.Pix); i += 4 {
			if small.Pix[i+3] > 8 && small.Pix[i+1] > 8 {
				t.Fatalf("at width %d the hidden green shows: %v", w, small.Pix[i:i+4])
			}
		}
	}
	if !Resize(image.NewNRGBA(image.Rectangle{}), 50).Rect.Empty() {
		t.Error("nothing became something")
	}
}

func TestSnapWidth(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ w, max, want int }{
		{0, 1024, 1024}, {-5, 1024, 1024}, {1, 1024, 160}, {160, 1024, 160}, {161, 1024, 320}, {500, 1024, 640},
		{961, 1024, 1024}, {1024, 1024, 1024}, {9999, 1024, 1024}, {700, 4096, 960}, {2049, 4096, 4096}, {50, 100, 100}, {2000, 2048, 2048},
	} {
		if got := SnapWidth(tc.w, tc.max); got != tc.want {
			t.Errorf("%d of %d snaps to %d, want %d", tc.w, tc.max, got, tc.want)
		}
	}
	seen := map[int]bool{}
	for w := -10; w < 6000; w++ {
		got := SnapWidth(w, 1500)
		seen[got] = true
		if got > 1500 || w > 0 && got < min(w, 1500) || SnapWidth(got, 1500) != got {
			t.Fatalf("%d snaps to %d", w, got)
		}
	}
	if len(seen) > len(Widths)+1 {
		t.Errorf("there are %d widths", len(seen))
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Format{"": WebP, "webp": WebP, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "avif": AVIF} {
		if f, err := ParseFormat(in); f != want || err != nil || f.MediaType() != "image/"+string(want) {
			t.Errorf("%q is %s, %v", in, f, err)
		}
	}
	for _, in := range []string{"gif", "PNG", "svg", "webp "} {
		if _, err := ParseFormat(in); !fault.HasCode(err, "format_unknown") {
			t.Errorf("%q: %v", in, err)
		}
	}
	if _, err := Encode(photo(4, 4), "gif", 0); !fault.HasCode(err, "format_unknown") {
		t.Errorf("encoding gif: %v", err)
	}
	if _, err := Encode(image.NewNRGBA(image.Rectangle{}), PNG, 0); !fault.HasCode(err, "size_out_of_range") {
		t.Errorf("encoding nothing: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	m := photo(24, 17)
	for _, kind := range []Format{PNG, JPEG, WebP} {
		data, err := Encode(m, kind, 0)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	var buf bytes.Buffer
	if err := (&png.Encoder{}).Encode(&buf, image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.Black, color.White})); err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.Clone(buf.Bytes()))
	buf.Reset()
	if err := jpeg.Encode(&buf, image.NewGray(image.Rect(0, 0, 9, 9)), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		img, err := Decode(bytes.NewReader(data), 1<<16, 1<<16)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		if s := img.Bounds().Size(); s.X*s.Y > 1<<16 || s.X <= 0 || s.Y <= 0 {
			t.Fatal(fmt.Sprint("decoded ", s))
		}
		if _, err := Encode(img, JPEG, 0); err != nil {
			t.Fatal(err)
		}
	})
}
