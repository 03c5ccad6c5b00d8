package raster

import "math"

// lightSteps is fine enough for both ways together to stay within a
// hundred-thousandth, far less than a step of 8 bits.
const lightSteps = 1024

// lightTable is the light of evenly spaced encoded values. encodedTable is the
// encoded value of the squares of evenly spaced numbers: the curve is steep near
// black, and all but straight over the root.
var lightTable, encodedTable = func() (l, e [lightSteps + 2]float32) {
	for i := range l {
		t := float64(i) / lightSteps
		l[i], e[i] = float32(toLinear(t)), float32(toEncoded(t*t))
	}
	return
}()

// ToLight returns the light, 0 to 1, of an sRGB-encoded value; what is outside 0
// to 1 counts as the nearer end.
func ToLight(v float32) float32 {
	if !(v > 0) {
		return 0
	}
	if v >= 1 {
		return 1
	}
	t := v * lightSteps
	i := int(t)
	return lightTable[i] + (lightTable[i+1]-lightTable[i])*(t-float32(i))
}

// FromLight returns the sRGB-encoded value, 0 to 1, of light; what is outside 0
// to 1 counts as the nearer end.
func FromLight(l float32) float32 {
	if !(l > 0) {
		return 0
	}
	if l >= 1 {
		return 1
	}
	t := float32(math.Sqrt(float64(l))) * lightSteps
	i := int(t)
	return encodedTable[i] + (encodedTable[i+1]-encodedTable[i])*(t-float32(i))
}

// AsLight mixes the shape with what is below as light, and not as the numbers
// that stand for it: half white over black is 188 of 255 then and not 128. It
// holds for the mode Normal; the other modes are defined on encoded values.
func AsLight() Option { return func(s *settings) { s.light = true } }

// blendLight is blendRow's Normal for light.
func blendLight(dst, src, cov []float32, opacity float32) {
	for i, k := range cov {
		d, s := (*[4]float32)(dst[i*4:]), (*[4]float32)(src[i*4:])
		sa := s[3] * k * opacity
		if sa <= 0 {
			continue
		}
		da := d[3] * (1 - sa)
		a := sa + da
		below, above := float32(0), 1/s[3]
		if d[3] > 0 {
			below = 1 / d[3]
		}
		for c := range 3 {
			l := ToLight(d[c]*below)*da + ToLight(s[c]*above)*sa
			d[c] = FromLight(l/a) * a
		}
		d[3] = a
	}
}
