package raster

import "math"

// BlendMode is how a painted colour meets what is below it. The modes are those
// of the W3C's Compositing and Blending, on sRGB-encoded values.
type BlendMode uint8

// The blend modes. Add is CSS's plus-lighter; Atop paints only where the canvas
// already has something; Erase takes the shape away from the canvas.
const (
	Normal BlendMode = iota
	Multiply
	Screen
	Overlay
	SoftLight
	HardLight
	Darken
	Lighten
	Add
	Atop
	Erase
)

func blendSolid(dst, cov []float32, col [4]float32, opacity float32) {
	a := col[3] * opacity
	r, g, b := col[0]*opacity, col[1]*opacity, col[2]*opacity
	for i, k := range cov {
		d := (*[4]float32)(dst[i*4:])
		if k == 1 && a == 1 {
			d[0], d[1], d[2], d[3] = r, g, b, 1
			continue
		}
		u := 1 - a*k
		d[0] = d[0]*u + r*k
		d[1] = d[1]*u + g*k
		d[2] = d[2]*u + b*k
		d[3] = d[3]*u + a*k
	}
}

func blendRow(dst, src, cov []float32, opacity float32, mode BlendMode) {
	switch mode {
	case Normal:
		for i, k := range cov {
			k *= opacity
			d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
			if k == 1 && s[3] == 1 {
				*d = *s
				continue
			}
			u := 1 - s[3]*k
			d[0] = d[0]*u + s[0]*k
			d[1] = d[1]*u + s[1]*k
			d[2] = d[2]*u + s[2]*k
			d[3] = d[3]*u + s[3]*k
		}
	case Multiply:
		for i, k := range cov {
			k *= opacity
			d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
			u, v := 1-s[3]*k, 1-d[3]
			d[0] = d[0]*u + s[0]*k*(v+d[0])
			d[1] = d[1]*u + s[1]*k*(v+d[1])
			d[2] = d[2]*u + s[2]*k*(v+d[2])
			d[3] = d[3]*u + s[3]*k
		}
	case Screen:
		for i, k := range cov {
			k *= opacity
			d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
			d[0] += s[0] * k * (1 - d[0])
			d[1] += s[1] * k * (1 - d[1])
			d[2] += s[2] * k * (1 - d[2])
			d[3] += s[3] * k * (1 - d[3])
		}
	case Add:
		for i, k := range cov {
			k *= opacity
			d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
			d[0] = min(1, d[0]+s[0]*k)
			d[1] = min(1, d[1]+s[1]*k)
			d[2] = min(1, d[2]+s[2]*k)
			d[3] = min(1, d[3]+s[3]*k)
		}
	case Atop:
		for i, k := range cov {
			k *= opacity
			d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
			u, k := 1-s[3]*k, k*d[3]
			d[0] = d[0]*u + s[0]*k
			d[1] = d[1]*u + s[1]*k
			d[2] = d[2]*u + s[2]*k
		}
	case Erase:
		for i, k := range cov {
			d := (*[4]float32)(dst[i*4:])
			u := 1 - src[i*4+3]*k*opacity
			d[0] *= u
			d[1] *= u
			d[2] *= u
			d[3] *= u
		}
	case Overlay:
		for i, k := range cov {
			d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
			if d[3] != 1 || s[3] == 0 {
				blendPixel(d, s, k*opacity, mode)
				continue
			}
			a, inv := s[3]*k*opacity, 1/s[3]
			d[0] += a * (hardLight(s[0]*inv, d[0]) - d[0])
			d[1] += a * (hardLight(s[1]*inv, d[1]) - d[1])
			d[2] += a * (hardLight(s[2]*inv, d[2]) - d[2])
		}
	case SoftLight:
		for i, k := range cov {
			d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
			if d[3] != 1 || s[3] == 0 {
				blendPixel(d, s, k*opacity, mode)
				continue
			}
			a, inv := s[3]*k*opacity, 1/s[3]
			d[0] += a * (softLight(d[0], s[0]*inv) - d[0])
			d[1] += a * (softLight(d[1], s[1]*inv) - d[1])
			d[2] += a * (softLight(d[2], s[2]*inv) - d[2])
		}
	default:
		for i, k := range cov {
			blendPixel((*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:]), k*opacity, mode)
		}
	}
}

// blendPixel does the modes whose formula needs colours free of alpha.
func blendPixel(d, s *[4]float32, k float32, mode BlendMode) {
	sa, da := s[3]*k, d[3]
	if sa <= 0 {
		return
	}
	u, v := 1-sa, 1-da
	for i := range 3 {
		cs := s[i] / s[3]
		mixed := cs
		if da > 0 {
			mixed = mix(mode, d[i]/da, cs)
		}
		d[i] = d[i]*u + sa*(v*cs+da*mixed)
	}
	d[3] = da*u + sa
}

// mix is the blend function B(below, above) of a mode.
func mix(mode BlendMode, cb, cs float32) float32 {
	switch mode {
	case Multiply:
		return cb * cs
	case Screen:
		return cb + cs - cb*cs
	case Overlay:
		return hardLight(cs, cb)
	case HardLight:
		return hardLight(cb, cs)
	case Darken:
		return min(cb, cs)
	case Lighten:
		return max(cb, cs)
	case SoftLight:
		return softLight(cb, cs)
	}
	return cs
}

func hardLight(cb, cs float32) float32 {
	if cs <= 0.5 {
		return cb * 2 * cs
	}
	return cb + (2*cs - 1) - cb*(2*cs-1)
}

func softLight(cb, cs float32) float32 {
	if cs <= 0.5 {
		return cb - (1-2*cs)*cb*(1-cb)
	}
	d := float32(math.Sqrt(float64(cb)))
	if cb <= 0.25 {
		d = ((16*cb-12)*cb + 4) * cb
	}
	return cb + (2*cs-1)*(d-cb)
}
