package watermark

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"
)

// TestPatternStays holds what marks in the world depend on: where a key puts
// which bit. If this fails, marks written before can't be read any more.
func TestPatternStays(t *testing.T) {
	t.Parallel()
	p := newPattern(Key{1, 2, 3})
	h := sha256.New()
	for _, w := range p.waves {
		fmt.Fprintln(h, w.x, w.y)
	}
	fmt.Fprintln(h, p.phase, p.bit, p.flip, p.check(1), p.check(MaxID), encode(0x123456789abcdef))
	const want = "82bc4b1af71115e8fbc69d3e2c33b1a4c1e51a2e06786035c0f24ae76a7c5cdd"
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("the pattern is %s, and was %s", got, want)
	}
}

func TestKeysShareLittle(t *testing.T) {
	t.Parallel()
	a, b := newPattern(Key{1}), newPattern(Key{2})
	same := 0
	for i := range a.waves {
		if a.waves[i] == b.waves[i] {
			same++
		}
	}
	if same > 20 {
		t.Errorf("%d of %d waves have the same place under two keys", same, len(a.waves))
	}
	for _, p := range []*pattern{a, b} {
		seen := map[[2]int]bool{}
		for _, w := range append(append([]wave{}, p.waves...), p.silent...) {
			if seen[[2]int{w.x, w.y}] || seen[[2]int{-w.x, -w.y}] {
				t.Fatalf("wave %v is there twice", w)
			}
			seen[[2]int{w.x, w.y}] = true
		}
	}
}

func TestChecksum(t *testing.T) {
	t.Parallel()
	p := newPattern(Key{5})
	for _, id := range []uint64{1, 77, MaxID} {
		word := p.word(id)
		if got, ok := p.id(word); !ok || got != id {
			t.Errorf("%d came back as %d, %v", id, got, ok)
		}
		for bit := range 64 {
			if _, ok := p.id(word ^ 1<<bit); ok {
				t.Errorf("%d passes with bit %d turned", id, bit)
			}
		}
	}
	if _, ok := p.id(uint64(p.check(0)) << idBits); ok {
		t.Error("0 is no id")
	}
}

// The code reads through noise: at 2 dB for each message bit nearly all words.
func TestCodeReadsThroughNoise(t *testing.T) {
	t.Parallel()
	from := rand.New(rand.NewPCG(1, 2))
	d := newDecoder()
	const words = 60
	right := 0
	sigma := math.Sqrt(float64(codeBits) / float64(messageBits) / 2 / math.Pow(10, 0.2))
	for range words {
		message := from.Uint64()
		var soft [codeBits]float32
		for i, b := range encode(message) {
			soft[i] = float32(1 - 2*float64(b) + sigma*from.NormFloat64())
		}
		for _, m := range d.decode(&soft) {
			if m == message {
				right++
			}
		}
	}
	if right < words*9/10 {
		t.Errorf("%d of %d words were read", right, words)
	}
	if got := d.decode(&[codeBits]float32{}); len(got) != listLength {
		t.Errorf("silence gives %d words", len(got))
	}
}

func TestTransform(t *testing.T) {
	t.Parallel()
	from := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{2, 8, 64, 128} {
		const side = 3
		in := make([]complex64, n*side)
		for i := range in {
			in[i] = complex(float32(from.NormFloat64()), float32(from.NormFloat64()))
		}
		kept := append([]complex64{}, in...)
		out := transformOf(n).forward(in, make([]complex64, n*side), side)
		for q := range side {
			for k := range n {
				var want complex128
				for i := range n {
					want += complex128(kept[i*side+q]) * cmplx.Exp(complex(0, -2*math.Pi*float64(i*k)/float64(n)))
				}
				if cmplx.Abs(complex128(out[k*side+q])-want) > 1e-4*float64(n) {
					t.Fatalf("n %d, signal %d, frequency %d: %v, wanted %v", n, q, k, out[k*side+q], want)
				}
			}
		}
	}
}

func TestBox(t *testing.T) {
	t.Parallel()
	p := newPlane(13, 9)
	for i := range p.v {
		p.v[i] = float32(i * i % 101)
	}
	for _, r := range []int{1, 3, 20} {
		got := p.box(r)
		for y := range p.h {
			for x := range p.w {
				sum, count := float32(0), float32(0)
				for j := max(0, y-r); j <= min(p.h-1, y+r); j++ {
					for i := max(0, x-r); i <= min(p.w-1, x+r); i++ {
						sum += p.v[j*p.w+i]
						count++
					}
				}
				if d := got.v[y*p.w+x] - sum/count; d > 0.01 || d < -0.01 {
					t.Fatalf("r %d at %d, %d: %v, wanted %v", r, x, y, got.v[y*p.w+x], sum/count)
				}
			}
		}
	}
}

// Shrinking keeps a picture's mean, whatever the ratio.
func TestShrinkKeepsTheMean(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, tw, th int }{{100, 80, 100, 80}, {101, 77, 50, 33}, {300, 200, 299, 199}, {640, 480, 1, 1}, {90, 90, 200, 200}} {
		m := image.NewGray(image.Rect(3, 5, 3+c.w, 5+c.h))
		sum := 0.0
		for y := range c.h {
			for x := range c.w {
				v := uint8(x*7 ^ y*13)
				m.SetGray(3+x, 5+y, color.Gray{v})
				sum += float64(v)
			}
		}
		p, err := shrink(context.Background(), m, m.Rect, c.tw, c.th)
		if err != nil {
			t.Fatal(err)
		}
		got := 0.0
		for _, v := range p.v {
			got += float64(v)
		}
		if p.w != min(c.tw, c.w) || p.h != min(c.th, c.h) {
			t.Errorf("%v gave %d × %d", c, p.w, p.h)
		}
		if d := got/float64(len(p.v)) - sum/float64(c.w*c.h); math.Abs(d) > 0.5 {
			t.Errorf("%v moved the mean by %.2f", c, d)
		}
	}
}

func TestFrameStaysInside(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{1, 1}, {1024, 1024}, {4096, 4096}, {10000, 300}, {300, 10000}, {1920, 1080}, {513, 5000}, {1 << 20, 1 << 20}, {1 << 20, 4}, {700, 1100}} {
		b := image.Rect(-7, 11, size.X-7, size.Y+11)
		at, w, h := frame(b)
		if !at.In(b) || at.Empty() || w > span || h > span || w < 1 || h < 1 || w > at.Dx() || h > at.Dy() {
			t.Errorf("%v: %v at %d × %d", size, at, w, h)
		}
		x, y := float64(w)/float64(at.Dx()), float64(h)/float64(at.Dy())
		if min(w, h) > 100 && math.Abs(x/y-1) > 0.01 {
			t.Errorf("%v: stretched by %.3f", size, x/y)
		}
	}
}

// Of noise alone no word agrees with what was heard as well as one that counts
// must: the bound on false finds does not hang on the checksum alone.
func TestNoiseAgreesWithNoWord(t *testing.T) {
	t.Parallel()
	p := newPattern(Key{9})
	d := newDecoder()
	from := rand.New(rand.NewPCG(5, 5))
	greatest := 0.0
	for range 60 {
		var soft [places]float32
		for i := range soft {
			soft[i] = float32(from.NormFloat64())
		}
		for _, message := range d.decode(p.join(&soft)) {
			word := encode(message)
			signs := p.signs(&word)
			z, _ := agree(&signs, &soft)
			greatest = max(greatest, z)
		}
	}
	if greatest >= enough || greatest < enough-2 {
		t.Errorf("the best word agrees by %.2f standard deviations, and %v count", greatest, enough)
	}
}
