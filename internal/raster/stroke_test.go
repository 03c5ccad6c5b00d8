package raster

import (
	"math"
	"testing"
)

func TestStrokeAreas(t *testing.T) {
	t.Parallel()
	line := Polyline(Point{20, 50}, Point{80, 50})
	corner := Polyline(Point{20, 20}, Point{80, 20}, Point{80, 80})
	for _, tc := range []struct {
		name string
		p    Path
		want float64
	}{
		{"butt", Stroke(line, 10, Caps(ButtCap)), 600},
		{"square", Stroke(line, 10, Caps(SquareCap)), 700},
		{"round", Stroke(line, 10), 600 + math.Pi*25},
		{"ring", Stroke(Circle(50, 50, 30), 8), math.Pi * (34*34 - 26*26)},
		{"miter", Stroke(corner, 10, Caps(ButtCap), Joins(MiterJoin)), 1200},
		{"bevel", Stroke(corner, 10, Caps(ButtCap), Joins(BevelJoin)), 1200 - 12.5},
		{"round join", Stroke(corner, 10, Caps(ButtCap)), 1200 - 25 + math.Pi*25/4},
		{"square frame", Stroke(Rect(20, 20, 60, 60), 10, Joins(MiterJoin)), 70*70 - 50*50},
		{"dashes", Stroke(line, 10, Caps(ButtCap), Dash(0, 10, 5)), 400},
		{"dashes with offset", Stroke(line, 10, Caps(ButtCap), Dash(5, 10, 5)), 400},
		{"dot", Stroke(Polyline(Point{50, 50}, Point{50, 50}), 20), math.Pi * 100},
		{"there and back", Stroke(Polyline(Point{20, 50}, Point{80, 50}, Point{20, 50}), 10, Caps(ButtCap)), 600 + math.Pi*25/2},
	} {
		if got := alphaSum(painted(100, 100, tc.p)); math.Abs(got-tc.want) > 0.01*tc.want+1 {
			t.Errorf("%s covers %g, want %g", tc.name, got, tc.want)
		}
	}
}

// Wherever the stroke goes, a pixel well inside it is covered and one well
// outside is not: distance to the line decides.
func TestStrokeIsDistance(t *testing.T) {
	t.Parallel()
	p := Curve([]Point{{20, 30}, {60, 20}, {75, 60}, {40, 45}, {30, 80}, {80, 85}}, false)
	const width = 9
	c := painted(100, 100, Stroke(p, width))
	lines, _ := p.Polylines(0.02)
	for y := range 100 {
		for x := range 100 {
			q := Point{float64(x) + 0.5, float64(y) + 0.5}
			d := math.Inf(1)
			for i := 1; i < len(lines[0]); i++ {
				a, b := lines[0][i-1], lines[0][i]
				ab := b.Sub(a)
				k := ((q.X-a.X)*ab.X + (q.Y-a.Y)*ab.Y) / (ab.X*ab.X + ab.Y*ab.Y)
				d = min(d, q.Sub(a.Lerp(b, max(0, min(1, k)))).Len())
			}
			got := c.At(x, y).A
			if d < width/2.0-0.9 && got < 0.99 || d > width/2.0+0.9 && got > 0.01 {
				t.Fatalf("pixel %d,%d at distance %.2f has %g", x, y, d, got)
			}
		}
	}
}

func TestStrokeOfNothing(t *testing.T) {
	t.Parallel()
	for _, p := range []Path{{}, Polyline(Point{1, 1})} {
		for _, w := range []float64{0, -1, math.NaN(), math.Inf(1)} {
			if !Stroke(p, w).Empty() {
				t.Errorf("width %g drew something", w)
			}
		}
	}
}

func TestArcTo(t *testing.T) {
	t.Parallel()
	for _, large := range []bool{false, true} {
		for _, sweep := range []bool{false, true} {
			var p Path
			p.MoveTo(10, 0)
			p.ArcTo(10, 10, 0, large, sweep, 0, 10)
			lines, _ := p.Polylines(0.01)
			length := 0.0
			center := Point{0, 0}
			if large == sweep {
				center = Point{10, 10}
			}
			if sweep && !large {
				center = Point{0, 0}
			} else if !sweep && large {
				center = Point{0, 0}
			}
			for i, q := range lines[0] {
				if r := q.Sub(center).Len(); math.Abs(r-10) > 0.01 {
					t.Fatalf("large %v sweep %v: a point is %g from the centre", large, sweep, r)
				}
				if i > 0 {
					length += q.Sub(lines[0][i-1]).Len()
				}
			}
			want := math.Pi * 5
			if large {
				want *= 3
			}
			if math.Abs(length-want) > 0.1 {
				t.Errorf("large %v sweep %v: length %g, want %g", large, sweep, length, want)
			}
		}
	}
}

func TestRibbonFollowsItsWidths(t *testing.T) {
	t.Parallel()
	c := painted(200, 60, Ribbon([]Point{{20, 30}, {100, 30}, {180, 30}}, 8, 40, 8))
	for x, want := range map[int]float64{22: 8.5, 100: 40, 178: 8.5} {
		sum := 0.0
		for y := range 60 {
			sum += float64(c.At(x, y).A)
		}
		if math.Abs(sum-want) > 2 {
			t.Errorf("at %d it is %g wide, want %g", x, sum, want)
		}
	}
}

func TestMatrixInverse(t *testing.T) {
	t.Parallel()
	m := Translate(3, -4).Mul(Rotate(33)).Mul(Skew(10, 0)).Mul(Scale(2, -0.5))
	inv, ok := m.Invert()
	q := inv.Apply(m.Apply(Point{7, 9}))
	if !ok || q.Sub(Point{7, 9}).Len() > 1e-9 {
		t.Errorf("undone to %v", q)
	}
	if _, ok := Scale(1, 0).Invert(); ok {
		t.Error("a flat transform was undone")
	}
}
