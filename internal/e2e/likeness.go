package e2e

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"strings"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// canvas gives what the browser's canvas shows, at the composition's size.
func (p *Page) canvas() image.Image {
	p.t.Helper()
	return p.exported(`document.querySelector("[data-canvas]").exportPNG()`)
}

// exported gives the picture whose data address an expression of the page is.
func (p *Page) exported(expression string) image.Image {
	p.t.Helper()
	url := eval[string](p, expression)
	data, err := base64.StdEncoding.DecodeString(url[strings.IndexByte(url, ',')+1:])
	if err != nil {
		p.t.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	return img
}

// picture gets a picture of the house.
func (c *Client) picture(path string) image.Image {
	c.t.Helper()
	status, data := c.do("GET", path, nil)
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		c.t.Fatalf("%s: %d: %v", path, status, err)
	}
	return img
}

// cookies gives the browser's cookies as a header's value; scripts in the page
// can't read the ones that matter.
func (p *Page) cookies() string {
	p.t.Helper()
	got, err := chromedp.Call(p.ctx, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		p.t.Fatal(err)
	}
	var all []string
	for _, c := range got.Cookies {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

// keep writes two pictures side by side for a person to look at, and gives the
// file's path.
func (p *Page) keep(a, b image.Image) string {
	p.t.Helper()
	w, h := a.Bounds().Dx(), a.Bounds().Dy()
	both := image.NewNRGBA(image.Rect(0, 0, 2*w, h))
	draw.Draw(both, image.Rect(0, 0, w, h), a, a.Bounds().Min, draw.Src)
	draw.Draw(both, image.Rect(w, 0, 2*w, h), b, b.Bounds().Min, draw.Src)
	f, err := os.CreateTemp("", "canvas-and-server-*.png")
	if err != nil {
		p.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, both); err != nil {
		p.t.Fatal(err)
	}
	return f.Name()
}

// layerBox is where a layer stands on the canvas, in its pixels.
type layerBox struct {
	id   string
	rect image.Rectangle
}

// boxes gives the boxes of the layers above the picture, before turning.
func (p *Page) boxes() []layerBox {
	p.t.Helper()
	type share struct {
		ID         string
		X, Y, W, H float64
	}
	var out []layerBox
	size := p.canvas().Bounds()
	for _, s := range eval[[]share](p, `[...document.querySelectorAll("[data-layer]")].map(e => ({
  ID: e.dataset.layer, X: parseFloat(e.style.left) / 100, Y: parseFloat(e.style.top) / 100,
  W: parseFloat(e.style.width) / 100, H: parseFloat(e.style.height) / 100 }))`) {
		w, h := float64(size.Dx()), float64(size.Dy())
		out = append(out, layerBox{s.ID, image.Rect(int(s.X*w), int(s.Y*h), int((s.X+s.W)*w)+1, int((s.Y+s.H)*h)+1)})
	}
	if len(out) == 0 {
		p.fail("there is no layer on the canvas")
	}
	return out
}

// luma gives the pixels of a part of a picture as brightness, 0 to 255.
func luma(img image.Image, r image.Rectangle) ([]float64, int, int) {
	r = r.Intersect(img.Bounds())
	out := make([]float64, 0, r.Dx()*r.Dy())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			red, green, blue, _ := img.At(x, y).RGBA()
			out = append(out, (0.299*float64(red)+0.587*float64(green)+0.114*float64(blue))/257)
		}
	}
	return out, r.Dx(), r.Dy()
}

// ssim is the structural similarity of two pictures inside a rectangle, the
// mean over windows of 8 by 8 pixels in steps of 4. Wang, Bovik, Sheikh and
// Simoncelli, "Image Quality Assessment: From Error Visibility to Structural
// Similarity", IEEE TIP 13(4), 2004, with K1 = 0.01 and K2 = 0.03.
func ssim(a, b image.Image, r image.Rectangle) float64 {
	const c1, c2, window, step = 6.5025, 58.5225, 8, 4
	la, w, h := luma(a, r)
	lb, w2, h2 := luma(b, r)
	if w != w2 || h != h2 || w < window || h < window {
		return math.NaN()
	}
	sum, n := 0.0, 0
	for y := 0; y+window <= h; y += step {
		for x := 0; x+window <= w; x += step {
			var ma, mb, saa, sbb, sab float64
			for j := range window {
				for i := range window {
					va, vb := la[(y+j)*w+x+i], lb[(y+j)*w+x+i]
					ma += va
					mb += vb
					saa += va * va
					sbb += vb * vb
					sab += va * vb
				}
			}
			const m = window * window
			ma, mb = ma/m, mb/m
			va, vb, cov := saa/m-ma*ma, sbb/m-mb*mb, sab/m-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return sum / float64(n)
}

// shift gives by how many pixels b has to be moved to fit a best inside a
// rectangle, looking up to 3 pixels around. A shift of 1 counts as none: it is
// within the promise.
func shift(a, b image.Image, r image.Rectangle) (dx, dy int) {
	best := math.Inf(1)
	la, w, h := luma(a, r)
	for y := -3; y <= 3; y++ {
		for x := -3; x <= 3; x++ {
			lb, w2, h2 := luma(b, r.Add(image.Pt(x, y)))
			if w2 != w || h2 != h {
				continue
			}
			sum := 0.0
			for i := range la {
				d := la[i] - lb[i]
				sum += d * d
			}
			if sum < best-1e-9 || sum == best && x == 0 && y == 0 {
				best, dx, dy = sum, x, y
			}
		}
	}
	if max(dx, -dx) <= 1 && max(dy, -dy) <= 1 {
		return 0, 0
	}
	return dx, dy
}
