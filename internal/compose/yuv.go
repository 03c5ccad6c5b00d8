package compose

import "image"

// WebP keeps colours as BT.601 luma and chroma in studio range (16 to 235), and
// Go's image.YCbCr means JPEG's full range. The two are told apart here: what
// the decoders return must not be read, nor what the encoder takes be written,
// as Go's own YCbCr.

// toStudioYUV converts an opaque picture at 0,0 for the WebP encoder. Doing it
// here takes a sixth of the time of the encoder's own conversion.
func toStudioYUV(m *image.NRGBA) *image.NYCbCrA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	o := image.NewNYCbCrA(m.Rect, image.YCbCrSubsampleRatio420)
	for i := range o.A {
		o.A[i] = 255
	}
	for y := 0; y < h; y += 2 {
		y1 := min(y+1, h-1)
		r0, r1 := m.Pix[y*m.Stride:(y+1)*m.Stride], m.Pix[y1*m.Stride:(y1+1)*m.Stride]
		l0, l1 := o.Y[y*o.YStride:(y+1)*o.YStride], o.Y[y1*o.YStride:(y1+1)*o.YStride]
		cb, cr := o.Cb[y/2*o.CStride:], o.Cr[y/2*o.CStride:]
		for x := 0; x < w; x += 2 {
			x1 := min(x+1, w-1)
			p, q := (*[4]uint8)(r0[x*4:]), (*[4]uint8)(r0[x1*4:])
			s, t := (*[4]uint8)(r1[x*4:]), (*[4]uint8)(r1[x1*4:])
			l0[x], l0[x1], l1[x], l1[x1] = luma(p), luma(q), luma(s), luma(t)
			r := int32(p[0]) + int32(q[0]) + int32(s[0]) + int32(t[0])
			g := int32(p[1]) + int32(q[1]) + int32(s[1]) + int32(t[1])
			b := int32(p[2]) + int32(q[2]) + int32(s[2]) + int32(t[2])
			cb[x/2] = uint8((-9719*r - 19081*g + 28800*b + (128<<18 + 1<<17)) >> 18)
			cr[x/2] = uint8((28800*r - 24116*g - 4684*b + (128<<18 + 1<<17)) >> 18)
		}
	}
	return o
}

func luma(p *[4]uint8) uint8 {
	return uint8((16839*int32(p[0]) + 33059*int32(p[1]) + 6420*int32(p[2]) + (16<<16 + 1<<15)) >> 16)
}

// fromStudioYUV converts a decoded WebP, whose chroma has half the resolution,
// to NRGBA at 0,0; alpha may be nil. Chroma is interpolated as browsers do it.
func fromStudioYUV(m *image.YCbCr, alpha []uint8, alphaStride int) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	cw, ch := (w+1)/2, (h+1)/2
	us, vs := make([]int32, cw), make([]int32, cw)
	for y := range h {
		// Rows of chroma lie between rows of luma: three quarters of the nearer.
		near := y / 2
		far := max(0, min(ch-1, near-1+2*(y%2)))
		n, f := near*m.CStride, far*m.CStride
		for x := range cw {
			us[x] = 3*int32(m.Cb[n+x]) + int32(m.Cb[f+x])
			vs[x] = 3*int32(m.Cr[n+x]) + int32(m.Cr[f+x])
		}
		dst := out.Pix[y*out.Stride : (y+1)*out.Stride]
		row := m.Y[y*m.YStride : y*m.YStride+w]
		for x, l := range row {
			i := x / 2
			j := max(0, min(cw-1, i-1+2*(x%2)))
			u := (3*us[i]+us[j]+8)>>4 - 128
			v := (3*vs[i]+vs[j]+8)>>4 - 128
			c := 76309 * (int32(l) - 16)
			d := (*[4]uint8)(dst[x*4:])
			d[0] = clamp8(c + 104597*v)
			d[1] = clamp8(c - 25675*u - 53279*v)
			d[2] = clamp8(c + 132201*u)
			d[3] = 255
			if alpha != nil {
				d[3] = alpha[y*alphaStride+x]
			}
		}
	}
	return out
}

// clamp8 rounds a value of 16 fractional bits to a byte.
func clamp8(v int32) uint8 {
	return uint8(max(0, min(255, (v+1<<15)>>16)))
}
