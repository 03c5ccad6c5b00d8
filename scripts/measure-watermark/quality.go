package main

import (
	"image"
	"image/draw"
	"math"
	"slices"
)

// psnr is the peak signal to noise ratio over red, green and blue, in decibels.
func psnr(a, b *image.NRGBA) float64 {
	sum := 0.0
	for i := range a.Pix {
		if i%4 < 3 {
			d := float64(a.Pix[i]) - float64(b.Pix[i])
			sum += d * d
		}
	}
	return 10 * math.Log10(255*255/(sum/float64(len(a.Pix)/4*3)))
}

func luma(m *image.NRGBA) []float64 {
	out := make([]float64, len(m.Pix)/4)
	for i := range out {
		p := m.Pix[4*i:]
		out[i] = 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
	}
	return out
}

// ssim is the mean structural similarity of the lumas (Wang et al. 2004), with
// a Gaussian of 11 × 11 pixels, σ 1.5, over the middle 512 × 512 pixels.
func ssim(a, b *image.NRGBA) float64 {
	a, b = centre(a), centre(b)
	w, h := a.Rect.Dx(), a.Rect.Dy()
	x, y := luma(a), luma(b)
	xx, yy, xy := make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
	for i := range x {
		xx[i], yy[i], xy[i] = x[i]*x[i], y[i]*y[i], x[i]*y[i]
	}
	mx, my := blur(x, w, h), blur(y, w, h)
	xx, yy, xy = blur(xx, w, h), blur(yy, w, h), blur(xy, w, h)
	const c1, c2 = (0.01 * 255) * (0.01 * 255), (0.03 * 255) * (0.03 * 255)
	sum := 0.0
	for i := range mx {
		vx, vy, c := xx[i]-mx[i]*mx[i], yy[i]-my[i]*my[i], xy[i]-mx[i]*my[i]
		sum += (2*mx[i]*my[i] + c1) * (2*c + c2) / ((mx[i]*mx[i] + my[i]*my[i] + c1) * (vx + vy + c2))
	}
	return sum / float64(len(mx))
}

func centre(m *image.NRGBA) *image.NRGBA {
	w, h := min(m.Rect.Dx(), 512), min(m.Rect.Dy(), 512)
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, m, m.Rect.Min.Add(image.Pt((m.Rect.Dx()-w)/2, (m.Rect.Dy()-h)/2)), draw.Src)
	return out
}

func blur(v []float64, w, h int) []float64 {
	var k [11]float64
	total := 0.0
	for i := range k {
		k[i] = math.Exp(-float64((i-5)*(i-5)) / (2 * 1.5 * 1.5))
		total += k[i]
	}
	across, out := make([]float64, len(v)), make([]float64, len(v))
	for y := range h {
		for x := range w {
			for i := range k {
				across[y*w+x] += k[i] / total * v[y*w+min(max(x+i-5, 0), w-1)]
			}
		}
	}
	for y := range h {
		for i := range k {
			from := min(max(y+i-5, 0), h-1) * w
			for x := range w {
				out[y*w+x] += k[i] / total * across[from+x]
			}
		}
	}
	return out
}

// flat says whether most of a picture has next to no texture: the middle one of
// all blocks of 8 × 8 pixels has a standard deviation under 3 of 255.
func flat(m *image.NRGBA) bool {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	v := luma(m)
	var all []float64
	for y := 0; y+8 <= h; y += 8 {
		for x := 0; x+8 <= w; x += 8 {
			sum, squares := 0.0, 0.0
			for j := range 8 {
				for i := range 8 {
					p := v[(y+j)*w+x+i]
					sum += p
					squares += p * p
				}
			}
			all = append(all, math.Sqrt(max(0, squares/64-sum*sum/64/64)))
		}
	}
	slices.Sort(all)
	return all[len(all)/2] < 3
}
