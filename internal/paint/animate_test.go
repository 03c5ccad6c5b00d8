package paint

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"image"
	"math"
	"testing"

	"github.com/gen2brain/webp"

	"marquee/internal/fault"
)

func animate(t *testing.T, prompt, style string, frames int) *Animation {
	t.Helper()
	r := square(prompt, 3, MinSide)
	r.Style = style
	a, err := Animate(context.Background(), r, frames, 12, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func frameOf(t *testing.T, a *Animation, i int) *image.NRGBA {
	t.Helper()
	f, err := a.Frame(context.Background(), i)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAnimationStartsWithThePicture(t *testing.T) {
	t.Parallel()
	const prompt = "a steam train and a balloon in the mountains at night with stars, snow"
	for _, style := range Styles() {
		r := square(prompt, 3, MinSide)
		r.Style = style
		if !bytes.Equal(frameOf(t, animate(t, prompt, style, 8), 0).Pix, paintOne(t, r).Image.Pix) {
			t.Errorf("%s: the first frame is another picture", style)
		}
	}
}

// TestAnimationLoops compares each frame with the next: the step from the last
// back to the first must be like the others, and there must be steps.
func TestAnimationLoops(t *testing.T) {
	t.Parallel()
	for prompt, style := range map[string]string{
		"a sailing boat at sea at dusk in rain":  "poster",
		"a steam train in the mountains in snow": "paper-cut",
		"a lighthouse by the sea at noon":        "stained-glass",
	} {
		const n = 8
		a := animate(t, prompt, style, n)
		first := frameOf(t, a, 0)
		before, most, sum := first, 0.0, 0.0
		for i := 1; i < n; i++ {
			f := frameOf(t, a, i)
			d := difference(before, f)
			most, sum = math.Max(most, d), sum+d
			before = f
		}
		seam := difference(before, first)
		if sum/n < 0.05 {
			t.Errorf("%q: hardly anything moves (%.3f a frame)", prompt, sum/n)
		}
		if seam > most*1.25 {
			t.Errorf("%q: the loop jumps by %.2f where frames differ by at most %.2f", prompt, seam, most)
		}
	}
}

// TestMotionComesRound looks at the shapes themselves: just before the end they
// are just before where they began.
func TestMotionComesRound(t *testing.T) {
	t.Parallel()
	for _, prompt := range []string{"a steam train in the mountains, snow", "a ship at sea in a storm", "a volcano at night", "a balloon over a lake in wind"} {
		a := animate(t, prompt, "poster", 2)
		start, end := a.st.posed(0), a.st.posed(1-1e-9)
		for i, s := range start.sheets {
			if len(s.shapes) > 0 && hasPuffs(s) {
				continue // a row of clouds has one more between its places
			}
			for j, f := range s.shapes {
				g := end.sheets[i].shapes[j]
				x0, y0 := f.at()
				x1, y1 := g.at()
				if math.Abs(x0-x1) > 1e-5 || math.Abs(y0-y1) > 1e-5 || math.Abs(f.alpha-g.alpha) > 1e-3 {
					t.Errorf("%q, %s: shape %d ends at %.4f, %.4f and begins at %.4f, %.4f", prompt, s.name, j, x1, y1, x0, y0)
				}
			}
		}
	}
}

func hasPuffs(s *sheet) bool {
	for _, f := range s.shapes {
		if f.wisp == puffs {
			return true
		}
	}
	return false
}

func (f figureShape) at() (x, y float64) {
	if f.role == halo {
		return f.x, f.y
	}
	return f.middle()
}

func TestPuffsComeRound(t *testing.T) {
	t.Parallel()
	a := animate(t, "a volcano at noon", "poster", 2)
	for _, s := range a.st.sheets {
		if s.name != "volcano-smoke" {
			continue
		}
		end := puffed(s.shapes, 1-1e-9)
		if len(end) != len(s.shapes)+1 {
			t.Fatalf("%d clouds became %d", len(s.shapes), len(end))
		}
		for i, f := range s.shapes {
			x0, y0 := f.middle()
			x1, y1 := end[i].middle()
			if math.Abs(x0-x1)+math.Abs(y0-y1) > 1e-5 || math.Abs(f.alpha-end[i].alpha) > 1e-5 {
				t.Errorf("cloud %d ends at %.4f, %.4f where %.4f, %.4f begins", i, x1, y1, x0, y0)
			}
		}
		if last := end[len(end)-1].alpha; last > 1e-3 {
			t.Errorf("the last cloud has %.4f left of it", last)
		}
		return
	}
	t.Error("the volcano doesn't smoke")
}

// TestNothingShowsBehindTheEdges looks at the frames in which layers are
// farthest aside.
func TestNothingShowsBehindTheEdges(t *testing.T) {
	t.Parallel()
	for _, prompt := range []string{"a tram in the city", "a ship in a harbour", "a fox in the jungle"} {
		a := animate(t, prompt, "poster", 4)
		still := frameOf(t, a, 0)
		for _, i := range []int{1, 3} {
			f := frameOf(t, a, i)
			for y := range MinSide {
				for _, x := range []int{0, MinSide - 1} {
					inner := 4
					if x > 0 {
						inner = x - 4
					}
					edge, in, was := f.NRGBAAt(x, y), f.NRGBAAt(inner, y), still.NRGBAAt(x, y)
					if edge.A != 255 {
						t.Fatalf("%q: nothing is painted at %d, %d", prompt, x, y)
					}
					// A gap would be a column unlike its neighbours and unlike
					// the picture, all along the ground.
					if y > MinSide*9/10 && apartBy(edge.R, in.R) > 60 && apartBy(edge.R, was.R) > 60 {
						t.Errorf("%q: the ground ends before the edge at %d, %d", prompt, x, y)
					}
				}
			}
		}
	}
}

func apartBy(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }

// chunk is a piece of a RIFF file.
type chunk struct {
	name string
	data []byte
}

func chunksOf(t *testing.T, b []byte) []chunk {
	t.Helper()
	var all []chunk
	for len(b) > 0 {
		if len(b) < 8 {
			t.Fatalf("%d bytes are left over", len(b))
		}
		n := int(binary.LittleEndian.Uint32(b[4:]))
		if n+n%2 > len(b)-8 {
			t.Fatalf("chunk %q says %d bytes of %d", b[:4], n, len(b)-8)
		}
		all = append(all, chunk{string(b[:4]), b[8 : 8+n]})
		b = b[8+n+n%2:]
	}
	return all
}

func le24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func TestAnimatedWebP(t *testing.T) {
	t.Parallel()
	const n = 5
	r := Request{Prompt: "a cabin in the mountains at night, snow", Style: "poster", Width: 300, Height: 256, Seed: 2, Palette: lumipine}
	progress := 0.0
	a, err := Animate(context.Background(), r, n, 12, func(f float64) {
		if f <= progress {
			t.Errorf("progress went from %g to %g", progress, f)
		}
		progress = f
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := a.EncodeWebP(context.Background(), &out, 80); err != nil {
		t.Fatal(err)
	}
	if progress != 1 {
		t.Errorf("progress ended at %g", progress)
	}
	b := out.Bytes()
	if string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" || int(binary.LittleEndian.Uint32(b[4:])) != len(b)-8 {
		t.Fatalf("the head is %q for %d bytes", b[:12], len(b))
	}
	chunks := chunksOf(t, b[12:])
	if len(chunks) != 3+n || chunks[0].name != "VP8X" || chunks[1].name != "ICCP" || chunks[2].name != "ANIM" {
		t.Fatalf("%d chunks that begin with %q, %q, %q", len(chunks), chunks[0].name, chunks[1].name, chunks[2].name)
	}
	if x := chunks[0].data; x[0] != 0x22 || le24(x[4:]) != 299 || le24(x[7:]) != 255 {
		t.Errorf("VP8X says %x", x)
	}
	if loops := binary.LittleEndian.Uint16(chunks[2].data[4:]); loops != 0 {
		t.Errorf("it plays %d times and not for ever", loops)
	}
	lasts := 0
	for i, c := range chunks[3:] {
		if c.name != "ANMF" || le24(c.data) != 0 || le24(c.data[3:]) != 0 || le24(c.data[6:]) != 299 || le24(c.data[9:]) != 255 {
			t.Fatalf("frame %d: %q %x", i, c.name, c.data[:16])
		}
		lasts += le24(c.data[12:])
		inner := chunksOf(t, c.data[16:])
		if len(inner) != 1 || inner[0].name != "VP8 " {
			t.Fatalf("frame %d has %d chunks, the first %q", i, len(inner), inner[0].name)
		}
		still := appendChunk([]byte("RIFF\x00\x00\x00\x00WEBP"), "VP8 ", inner[0].data)
		binary.LittleEndian.PutUint32(still[4:], uint32(len(still)-8))
		img, err := webp.Decode(bytes.NewReader(still))
		if err != nil {
			t.Fatalf("frame %d: %v", i, err)
		}
		if d := difference(toNRGBA(img), frameOf(t, a, i)); d > 5 {
			t.Errorf("frame %d is %.1f away from what was painted", i, d)
		}
	}
	if lasts != n*1000/12 {
		t.Errorf("the loop lasts %d ms", lasts)
	}
	all, err := webp.DecodeAll(bytes.NewReader(b))
	if err != nil || len(all.Image) != n {
		t.Errorf("libwebp reads it with %v", err)
	}
	progress = 0
	var again bytes.Buffer
	if err := a.EncodeWebP(context.Background(), &again, 80); err != nil {
		t.Fatal(err)
	}
	if sha256.Sum256(again.Bytes()) != sha256.Sum256(b) {
		t.Error("the same animation gave other bytes")
	}
}

func FuzzRIFFChunks(f *testing.F) {
	f.Add(appendChunk([]byte("RIFF\x00\x00\x00\x00WEBP"), "VP8 ", []byte{1, 2, 3}))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8 \xff\xff\xff\xff"))
	f.Add([]byte("RIFF"))
	f.Fuzz(func(t *testing.T, file []byte) {
		chunks, err := riffChunks(file)
		if err == nil && chunks["VP8 "] == nil && chunks["VP8L"] == nil {
			t.Error("a file without a picture was taken")
		}
		sum := 0
		for _, c := range chunks {
			sum += len(c)
		}
		if sum > len(file) {
			t.Errorf("%d bytes came out of %d", sum, len(file))
		}
	})
}

func toNRGBA(img image.Image) *image.NRGBA {
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(x, y, img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

func TestAnimationRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r           Request
		frames, fps int
		code        string
	}{
		{square("", 1, 256), 1, 12, "animation_size"},
		{square("", 1, 256), MaxFrames + 1, 12, "animation_size"},
		{square("", 1, 256), 24, 0, "animation_size"},
		{square("", 1, 256), 24, MaxFPS + 1, "animation_size"},
		{square("", 1, 4096), 65, 12, "animation_size"},
		{square("", 1, 255), 24, 12, "picture_size"},
		{Request{Width: math.MaxInt, Height: math.MaxInt}, 24, 12, "picture_size"},
		{Request{Width: 256, Height: 256, Style: "oil"}, 24, 12, "style_unknown"},
	} {
		if _, err := Animate(context.Background(), c.r, c.frames, c.fps, nil); !fault.HasCode(err, c.code) {
			t.Errorf("%d×%d, %d frames: got %v, want %s", c.r.Width, c.r.Height, c.frames, err, c.code)
		}
	}
	a := animate(t, "a fox", "poster", 4)
	for _, i := range []int{-1, 4} {
		if _, err := a.Frame(context.Background(), i); err == nil {
			t.Errorf("frame %d of 4 was painted", i)
		}
	}
}

// broken is a place that takes nothing.
type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestAnimationEndsWhenItShould(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	painted := 0
	a, err := Animate(ctx, square("a fox", 1, 256), 40, 12, func(float64) {
		if painted++; painted == 2 {
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.EncodeWebP(ctx, broken{}, 80); !errors.Is(err, context.Canceled) || painted > 3 {
		t.Errorf("cancelled after two frames, got %v after %d", err, painted)
	}
	if err := animate(t, "a fox", "pixel", 2).EncodeWebP(context.Background(), broken{}, 80); !errors.Is(err, errBroken) {
		t.Errorf("a broken writer gave %v", err)
	}
}

func BenchmarkAnimate(b *testing.B) {
	for _, style := range []string{"poster", "watercolour", "neon"} {
		b.Run(style, func(b *testing.B) {
			r := square("a cabin in the mountains at night, snow", 2, 512)
			r.Style = style
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				a, err := Animate(context.Background(), r, 24, 12, nil)
				if err != nil {
					b.Fatal(err)
				}
				var out bytes.Buffer
				if err := a.EncodeWebP(context.Background(), &out, 0); err != nil {
					b.Fatal(err)
				}
				size = out.Len()
			}
			b.ReportMetric(float64(size)/1024, "KB")
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/24, "ms/frame")
		})
	}
}
