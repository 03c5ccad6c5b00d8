package compose

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/gen2brain/avif"

	"marquee/internal/fault"
)

// The profile is whole: its size, its tags within it, and its numbers those of
// sRGB, by the white that its primaries add up to.
func TestProfile(t *testing.T) {
	t.Parallel()
	p := iccProfile()
	u32 := func(at int) int { return int(p[at])<<24 | int(p[at+1])<<16 | int(p[at+2])<<8 | int(p[at+3]) }
	if u32(0) != len(p) || string(p[36:40]) != "acsp" || len(p) > 700 {
		t.Fatalf("%d bytes, says %d", len(p), u32(0))
	}
	var sum [3]float64
	for i := range u32(128) {
		e := 132 + 12*i
		name, at, n := string(p[e:e+4]), u32(e+4), u32(e+8)
		if at+n > len(p) || at%4 != 0 {
			t.Errorf("%s lies at %d, %d bytes", name, at, n)
		}
		if strings.HasSuffix(name, "XYZ") {
			for k := range 3 {
				sum[k] += float64(u32(at+8+4*k)) / 65536
			}
		}
	}
	for k, want := range []float64{0.9642, 1, 0.8249} {
		if math.Abs(sum[k]-want) > 5e-4 {
			t.Errorf("the primaries add up to %v", sum)
		}
	}
}

// Every format says that it is sRGB, and reads as the picture it was.
func TestFilesSayTheirColours(t *testing.T) {
	t.Parallel()
	m := photo(101, 63)
	seeThrough := fox()
	for name, img := range map[string]image.Image{"opaque": m, "see-through": seeThrough} {
		w, h := img.Bounds().Dx(), img.Bounds().Dy()
		read := map[Format][]byte{}
		for _, f := range []Format{PNG, JPEG, WebP, AVIF, PDF} {
			data, err := Encode(img, f, 0)
			if err != nil {
				t.Fatalf("%s as %s: %v", name, f, err)
			}
			again, err := Encode(img, f, 0)
			if err != nil || !bytes.Equal(data, again) {
				t.Errorf("%s as %s: written again it differs", name, f)
			}
			read[f] = data
		}
		srgb := []byte("\x00\x00\x00\x01sRGB\x00")
		at := bytes.Index(read[PNG], srgb)
		if at != 33 || crc32.ChecksumIEEE(srgb[4:]) != 0xaece1ce9 || !bytes.Equal(read[PNG][at+9:at+13], []byte{0xae, 0xce, 0x1c, 0xe9}) {
			t.Errorf("%s: the PNG's chunk is at %d", name, at)
		}
		for _, f := range []Format{JPEG, WebP} {
			if !bytes.Contains(read[f], iccProfile()) {
				t.Errorf("%s: %s has no profile", name, f)
			}
		}
		if !bytes.Contains(read[AVIF], []byte("colrnclx\x00\x01\x00\x0d\x00\x06\x80")) {
			t.Errorf("%s: the AVIF does not say sRGB in full range", name)
		}
		if _, size, err := Measure(read[WebP]); err != nil || size != image.Pt(w, h) {
			t.Errorf("%s: the WebP measures %v, %v", name, size, err)
		}
		got, err := avif.Decode(bytes.NewReader(read[AVIF]))
		if err != nil || got.Bounds().Size() != image.Pt(w, h) {
			t.Fatalf("%s: the AVIF can't be read: %v", name, err)
		}
		if p := psnr(img, got); name == "opaque" && p < 29 {
			t.Errorf("AVIF: %.1f dB", p)
		}
	}
	if _, err := Encode(image.NewNRGBA(image.Rect(0, 0, MaxSide+1, 1)), AVIF, 0); !fault.HasCode(err, "size_out_of_range") {
		t.Errorf("a wide AVIF: %v", err)
	}
}

var pdfObject = regexp.MustCompile(`(?m)^(\d+) 0 obj$`)

// checkPDF looks at what every reader relies on: the table of objects.
func checkPDF(t *testing.T, data []byte) {
	t.Helper()
	if !bytes.HasPrefix(data, []byte("%PDF-1.7\n")) || !bytes.HasSuffix(data, []byte("%%EOF\n")) {
		t.Fatal("no PDF")
	}
	tail := data[bytes.LastIndex(data, []byte("startxref\n"))+10:]
	start, err := strconv.Atoi(string(tail[:bytes.IndexByte(tail, '\n')]))
	if err != nil || !bytes.HasPrefix(data[start:], []byte("xref\n0 ")) {
		t.Fatalf("the table is not at %d", start)
	}
	lines := strings.Split(string(data[start:]), "\n")
	for i, l := range lines[3:] {
		if len(l) != 19 {
			break
		}
		at, err := strconv.Atoi(l[:10])
		if err != nil || !bytes.HasPrefix(data[at:], []byte(strconv.Itoa(i+1)+" 0 obj\n")) {
			t.Fatalf("object %d is not at %d", i+1, at)
		}
	}
	if len(pdfObject.FindAll(data, -1)) < 5 {
		t.Error("hardly an object")
	}
}

// The printed page has marks and letters as vectors and no font, looks like the
// render, and comes out the same each time.
func TestPrint(t *testing.T) {
	t.Parallel()
	richSrc, richDoc := richSource(t), richDocument(t)
	winterSrc, winterDoc := winter(t)
	richDoc.Layers[9].Lines, richDoc.Layers[9].Text = 2, "Light the long night"
	richDoc.Layers[11].Strength = 0.01 // grain is no measure of likeness
	badge := Layer{ID: "faint", Kind: Sticker, Sticker: "star", X: 800, Y: 500, Width: 150, Opacity: 0.5}
	richDoc.Layers = append(richDoc.Layers, badge, Layer{ID: "top", Kind: Shape, Shape: "rect", X: 600, Y: 700, Width: 300, Height: 60, Radius: 30, Rotation: 5,
		Fill: &Fill{Gradient: "linear", Stops: []Stop{{0, "#F2B14B"}, {1, "#d8452e00"}}}})
	for name, tc := range map[string]struct {
		d   Document
		src Source
	}{"winter": {winterDoc, winterSrc}, "rich": {richDoc, richSrc}} {
		data, err := RenderPDF(context.Background(), tc.d, tc.src, Print{DPI: 150, Width: 100, Title: "Wintérlicht 🎄"})
		if err != nil {
			t.Fatal(err)
		}
		checkPDF(t, data)
		again, err := RenderPDF(context.Background(), tc.d, tc.src, Print{DPI: 150, Width: 100, Title: "Wintérlicht 🎄"})
		if err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: printed again it differs, %v", name, err)
		}
		if bytes.Contains(data, []byte("/Font")) {
			t.Errorf("%s: the page needs a font", name)
		}
		want, err := RenderAt(context.Background(), tc.d, tc.src, 590)
		if err != nil {
			t.Fatal(err)
		}
		got := rastered(t, data, name, want.Rect.Dx(), want.Rect.Dy())
		if got == nil {
			continue
		}
		keep(t, "print-"+name, got)
		if s := ssim(want, got); s < 0.93 {
			t.Errorf("%s: the page looks %.3f like the render", name, s)
		}
	}
	for _, o := range []Print{{Width: 9}, {Width: 5001}, {DPI: 71}, {DPI: 601}, {Width: math.NaN()}} {
		if _, err := RenderPDF(context.Background(), winterDoc, winterSrc, o); !fault.HasCode(err, "print_out_of_range") {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

// rastered draws a PDF's page with another program, or gives nil where there is
// none.
func rastered(t *testing.T, data []byte, name string, w, h int) *image.NRGBA {
	t.Helper()
	tool, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Log("pdftoppm is not installed: the page was not looked at")
		return nil
	}
	dir := t.TempDir()
	file := filepath.Join(dir, name+".pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-png", "-scale-to-x", strconv.Itoa(w), "-scale-to-y", strconv.Itoa(h), "-singlefile", file, filepath.Join(dir, "page")).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%s: pdftoppm says %s, %v", name, out, err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "page.png"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return plain(m)
}

// ssim is the structural similarity of two pictures' lightness, over windows of
// 8×8 pixels, 1 for the same.
func ssim(a, b *image.NRGBA) float64 {
	gray := func(m *image.NRGBA, x, y int) float64 {
		p := m.Pix[m.PixOffset(x, y):]
		return 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
	}
	w, h := min(a.Rect.Dx(), b.Rect.Dx()), min(a.Rect.Dy(), b.Rect.Dy())
	const c1, c2, n = 6.5025, 58.5225, 64.0
	sum, count := 0.0, 0.0
	for y := 0; y+8 <= h; y += 4 {
		for x := 0; x+8 <= w; x += 4 {
			var sa, sb, saa, sbb, sab float64
			for j := range 8 {
				for i := range 8 {
					p, q := gray(a, a.Rect.Min.X+x+i, a.Rect.Min.Y+y+j), gray(b, b.Rect.Min.X+x+i, b.Rect.Min.Y+y+j)
					sa, sb, saa, sbb, sab = sa+p, sb+q, saa+p*p, sbb+q*q, sab+p*q
				}
			}
			ma, mb := sa/n, sb/n
			va, vb, cov := saa/n-ma*ma, sbb/n-mb*mb, sab/n-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			count++
		}
	}
	return sum / max(count, 1)
}

// Tiles put together are the whole.
func TestTiles(t *testing.T) {
	t.Parallel()
	src, d := richSource(t), richDocument(t)
	whole, err := RenderAt(context.Background(), d, src, 900)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{100, 256, 2048} {
		got := image.NewNRGBA(whole.Rect)
		err := RenderTiles(context.Background(), d, src, 900, size, func(tile *image.NRGBA) error {
			for y := tile.Rect.Min.Y; y < tile.Rect.Max.Y; y++ {
				copy(got.Pix[got.PixOffset(tile.Rect.Min.X, y):], tile.Pix[tile.PixOffset(tile.Rect.Min.X, y):][:tile.Rect.Dx()*4])
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		worst, off := 0, 0
		for i := range got.Pix {
			diff := int(got.Pix[i]) - int(whole.Pix[i])
			worst = max(worst, diff, -diff)
			if diff != 0 {
				off++
			}
		}
		if worst > 2 || off > len(got.Pix)/50 {
			t.Errorf("tiles of %d: %d values differ, by up to %d of 255", size, off, worst)
		}
	}
	stop := errors.New("enough")
	if err := RenderTiles(context.Background(), d, src, 900, 100, func(*image.NRGBA) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped: %v", err)
	}
	for _, size := range []int{15, MaxTile + 1} {
		if err := RenderTiles(context.Background(), d, src, 900, size, nil); !fault.HasCode(err, "size_out_of_range") {
			t.Errorf("tiles of %d: %v", size, err)
		}
	}
	for _, f := range []Format{PNG, JPEG} {
		var b bytes.Buffer
		if err := RenderTo(context.Background(), &b, d, src, 900, f, 95); err != nil {
			t.Fatal(err)
		}
		m, kind, err := DecodeBounded(&b, 1<<24, 1<<24)
		if err != nil || kind != f {
			t.Fatalf("%s: %v", f, err)
		}
		if p := psnr(whole, m); p < 35 {
			t.Errorf("%s: %.1f dB from the whole", f, p)
		}
	}
	if err := RenderTo(context.Background(), nil, d, src, 900, WebP, 0); !fault.HasCode(err, "format_unknown") {
		t.Errorf("a WebP: %v", err)
	}
}

// A billboard of 10,000 pixels takes the memory of a few of its tiles.
func TestTilesOfABillboard(t *testing.T) {
	src, d := poster(t)
	size := image.Pt(10000, 3500)
	d, err := Adapt(d, onCanvas(src, size), size, nil)
	if err != nil {
		t.Fatal(err)
	}
	const tile = 1024
	heap := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	before, most, tiles, area := heap(), 0.0, 0, 0
	// What tiles need is held at the end of the first one; a part is enough.
	enough := errors.New("enough")
	err = RenderTiles(context.Background(), d, onCanvas(src, size), size.X, tile, func(m *image.NRGBA) error {
		most = max(most, heap()-before)
		area += m.Rect.Dx() * m.Rect.Dy()
		if tiles++; tiles == 6 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || area != 6*tile*tile {
		t.Fatalf("%d tiles, %d pixels, %v", tiles, area, err)
	}
	held := most / (tile * tile * 4)
	t.Logf("%.2f tiles are held", held)
	if held > 4 {
		t.Errorf("%.1f tiles are held", held)
	}
}

func BenchmarkBillboard10000(b *testing.B) {
	src, d := poster(b)
	size := image.Pt(10000, 3500)
	d, err := Adapt(d, onCanvas(src, size), size, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		err := RenderTiles(context.Background(), d, onCanvas(src, size), size.X, 1024, func(*image.NRGBA) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAdapt(b *testing.B) {
	src, d := poster(b)
	size := image.Pt(1080, 1920)
	for b.Loop() {
		if _, err := Adapt(d, onCanvas(src, size), size, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPrint(b *testing.B) {
	src, d := poster(b)
	for b.Loop() {
		if _, err := RenderPDF(context.Background(), d, src, Print{Width: 297}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAVIF1024(b *testing.B) {
	src, d := winter(b)
	m, err := Render(context.Background(), d, src)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		data, err := Encode(m, AVIF, 0)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(data)), "bytes")
	}
}
