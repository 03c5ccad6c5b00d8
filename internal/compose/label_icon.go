package compose

import "marquee/internal/raster"

// labelIcon gives an icon in a square of side s, to be filled by the even-odd
// rule in one colour.
//
// The badge for what a model made alone is a full rounded square with the letters
// A and I cut out of it. The one for what it made in part is an outline, with the
// letters standing in it.
func labelIcon(name string, s float64) raster.Path {
	const (
		radius    = 0.24
		line      = 0.085
		top, foot = 0.23, 0.77
	)
	letters := letterA(0.155, 0.605, top, foot)
	letters.Append(raster.Rect(0.71, top, 0.13, foot-top))
	icon := raster.RoundRect(0, 0, 1, 1, radius)
	if name == IconAIPart {
		icon.Append(raster.RoundRect(line, line, 1-2*line, 1-2*line, radius-line))
	}
	icon.Append(letters)
	return icon.Transform(raster.Scale(s, s))
}

// letterA is an A from x0 to x1: one outline with a hole, to be filled even-odd.
func letterA(x0, x1, top, foot float64) raster.Path {
	// The head is half as wide as told by head, the legs are leg wide measured
	// across, and the bar is bar high from barAt of the letter's height.
	const head, leg, bar, barAt = 0.07, 0.13, 0.1, 0.6
	mid, w, h := (x0+x1)/2, x1-x0, foot-top
	outer := func(depth float64) float64 { return head + (w/2-head)*depth }
	inner := func(depth float64) float64 { return outer(depth) - leg }
	at := func(x, depth float64) raster.Point { return raster.Point{X: mid + x, Y: top + depth*h} }
	under := barAt + bar/h
	apex := (leg - head) / (w/2 - head) // where the legs part
	p := raster.Polygon(
		at(-outer(0), 0), at(outer(0), 0), at(outer(1), 1), at(inner(1), 1),
		at(inner(under), under), at(-inner(under), under), at(-inner(1), 1), at(-outer(1), 1))
	p.Append(raster.Polygon(at(0, apex), at(inner(barAt), barAt), at(-inner(barAt), barAt)))
	return p
}
