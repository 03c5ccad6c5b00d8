package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // photographs
	_ "image/png"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/image/draw"

	"marquee/internal/paint"
)

// picture is one of the set, made when it is asked for.
type picture struct {
	name string
	make func(context.Context) (*image.NRGBA, error)
}

// sizes are those that creations and downloads have.
var sizes = []image.Point{{1024, 1024}, {1080, 1350}, {1024, 1024}, {1920, 1080}, {768, 1024}, {1024, 1024}, {1080, 1920}, {1536, 1536}}

var prompts = []string{
	"a red fox under the northern lights", "snow on a quiet village", "a polar bear by the sea at sunset",
	"a lighthouse in the fog", "tea and oranges on a table", "mountains and a lake in the morning",
	"a train through a birch forest", "an owl and the full moon", "children with a kite on a beach",
	"a city street in the rain at night", "poppies in a wheat field", "a hot-air balloon over hills",
	"a cat on a window sill", "fireworks over a harbour", "an empty desert under stars",
}

// photographs names the files of Debian's packages lomiri-wallpapers-16.04,
// lomiri-wallpapers-20.04 and mate-backgrounds: photographs, and a few
// paintings and drawings.
var photographs = []string{"*_by_*.jpg", "mate/nature/*.jpg"}

// set gives count pictures: half from the painter, a third photographs, and
// noise whose power falls with frequency as that of photographs does.
func set(folder string, count int) ([]picture, error) {
	painted, photos := count/2, count*7/20
	var files []string
	for _, pattern := range photographs {
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	if len(files) < 20 {
		return nil, fmt.Errorf("%s has %d photographs: install Debian's lomiri-wallpapers-16.04, lomiri-wallpapers-20.04 and mate-backgrounds, or name their folder with -photographs: %w", folder, len(files), fs.ErrNotExist)
	}
	var out []picture
	styles := paint.Styles()
	for i := range painted {
		size, style := sizes[i%len(sizes)], styles[i/len(sizes)%len(styles)]
		request := paint.Request{Prompt: prompts[i%len(prompts)], Style: style, Width: size.X, Height: size.Y, Seed: int64(1000 + i)}
		out = append(out, picture{fmt.Sprintf("%s %d×%d: %s", style, size.X, size.Y, request.Prompt), func(ctx context.Context) (*image.NRGBA, error) {
			p, err := paint.Paint(ctx, request, nil)
			if err != nil {
				return nil, err
			}
			return p.Image, nil
		}})
	}
	for i := range photos {
		size, file := sizes[i%len(sizes)], files[i%len(files)]
		out = append(out, picture{fmt.Sprintf("%s %d×%d, part %d", strings.TrimSuffix(filepath.Base(file), ".jpg"), size.X, size.Y, i/len(files)+1), func(context.Context) (*image.NRGBA, error) {
			return part(file, size, i/len(files))
		}})
	}
	for i := range count - painted - photos {
		size := sizes[i%len(sizes)]
		out = append(out, picture{fmt.Sprintf("1/f noise %d×%d, %d", size.X, size.Y, i), func(context.Context) (*image.NRGBA, error) {
			return noise(size, uint64(i)), nil
		}})
	}
	return out, nil
}

// part cuts a photograph to a size: the whole middle first, then corners at
// twice the magnification.
func part(file string, size image.Point, n int) (*image.NRGBA, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	m, _, err := image.Decode(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	b := m.Bounds()
	k := min(float64(b.Dx())/float64(size.X), float64(b.Dy())/float64(size.Y))
	x, y := 0.5, 0.5
	if n > 0 {
		k *= 0.6
		x, y = float64(n%2), float64(n/2%2)
	}
	w, h := int(float64(size.X)*k), int(float64(size.Y)*k)
	at := image.Rect(0, 0, w, h).Add(b.Min).Add(image.Pt(int(float64(b.Dx()-w)*x), int(float64(b.Dy()-h)*y)))
	out := image.NewNRGBA(image.Rect(0, 0, size.X, size.Y))
	draw.CatmullRom.Scale(out, out.Rect, m, at, draw.Src, nil)
	return out, nil
}

// noise draws octaves of smooth noise whose size halves with their length, in
// three colours that mostly agree.
func noise(size image.Point, seed uint64) *image.NRGBA {
	from := rand.New(rand.NewPCG(seed, 2))
	out := image.NewNRGBA(image.Rect(0, 0, size.X, size.Y))
	sums := make([][3]float64, size.X*size.Y)
	contrast := 20 + 40*from.Float64()
	for octave := range 9 {
		step := float64(max(size.X, size.Y)) / float64(int(2)<<octave)
		w, h := int(float64(size.X)/step)+3, int(float64(size.Y)/step)+3
		nodes := make([][3]float64, w*h)
		for i := range nodes {
			shared := from.NormFloat64()
			for c := range 3 {
				nodes[i][c] = (0.9*shared + 0.4*from.NormFloat64()) * contrast / math.Pow(2, 0.8*float64(octave))
			}
		}
		for y := range size.Y {
			fy := float64(y) / step
			j, v := int(fy), smooth(fy-math.Floor(fy))
			for x := range size.X {
				fx := float64(x) / step
				i, u := int(fx), smooth(fx-math.Floor(fx))
				a, b, c, d := &nodes[j*w+i], &nodes[j*w+i+1], &nodes[(j+1)*w+i], &nodes[(j+1)*w+i+1]
				for k := range 3 {
					sums[y*size.X+x][k] += (a[k]*(1-u)+b[k]*u)*(1-v) + (c[k]*(1-u)+d[k]*u)*v
				}
			}
		}
	}
	base := [3]float64{90 + 80*from.Float64(), 90 + 80*from.Float64(), 90 + 80*from.Float64()}
	for i, s := range sums {
		for c := range 3 {
			out.Pix[4*i+c] = uint8(min(max(base[c]+s[c], 0), 255))
		}
		out.Pix[4*i+3] = 255
	}
	return out
}

func smooth(v float64) float64 { return v * v * (3 - 2*v) }
