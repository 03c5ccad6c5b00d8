package paint

import (
	"math"

	"marquee/internal/raster"
)

var plantFamily = []subject{
	{id: "fir", one: "a fir tree", many: "fir trees", tall: 6, wide: 0.55, share: 0.56, home: "meadow", draw: drawFir},
	{id: "christmas-tree", one: "a decorated tree", many: "decorated trees", tall: 5, wide: 0.62, share: 0.54, home: "market", draw: drawChristmasTree},
	{id: "birch", one: "a birch", many: "birches", tall: 7, wide: 0.4, share: 0.62, home: "meadow", draw: drawBirch},
	{id: "tree", one: "a big tree", many: "big trees", tall: 9, wide: 1.05, share: 0.58, home: "meadow", draw: drawTree},
	{id: "flower", dyes: true, season: "summer", one: "a flower", many: "flowers", tall: 0.4, wide: 0.5, share: 0.26, home: "meadow", draw: drawFlower},
	{id: "mushroom", dyes: true, season: "autumn", one: "a mushroom", many: "mushrooms", tall: 0.2, wide: 0.9, share: 0.2, home: "forest", draw: drawMushroom},
	{id: "cactus", one: "a cactus", many: "cacti", tall: 3, wide: 0.6, share: 0.36, home: "desert", draw: drawCactus},
	{id: "palm", one: "a palm", many: "palms", tall: 7, wide: 0.7, share: 0.52, home: "desert", draw: drawPalm},
}

// skirt is one tier of a fir: a cone with hollow flanks and a scalloped hem
// whose middle hangs a little lower than its ends.
func skirt(peak, base, l, r float64, scallops int) raster.Path {
	h := peak - base
	hem := func(f float64) (x, y float64) {
		w := l
		if f > 0 {
			w = r
		}
		return f * w, base - 0.10*(l+r)/2*(1-f*f)
	}
	var p raster.Path
	p.MoveTo(0, peak)
	p.CubeTo(-l*0.10, peak-h*0.42, -l*0.52, base+h*0.20, -l, base)
	for i := range scallops {
		f0 := -1 + 2*float64(i)/float64(scallops)
		f1 := -1 + 2*float64(i+1)/float64(scallops)
		x0, y0 := hem((f0 + f1) / 2)
		x1, y1 := hem(f1)
		p.QuadTo(x0, y0-0.13*(l+r)/2, x1, y1)
	}
	p.CubeTo(r*0.52, base+h*0.20, r*0.10, peak-h*0.42, 0, peak)
	p.Close()
	return p
}

// firTiers draws a fir of overlapping skirts of branches, each a little
// lighter than the one below, with snow lying on the shoulders.
func firTiers(p *pen, t tone, tiers int, lush float64) {
	p.rect(of(bark), -2.2, -1, 4.4, 12)
	for i := tiers - 1; i >= 0; i-- {
		f := 1 - float64(i)/float64(tiers-1) // 1 at the foot, 0 at the top
		base := 7 + (1-f)*66
		peak := math.Min(100, base+34-6*(1-f))
		if i == tiers-1 {
			peak = 100
		}
		w := lush * (7.5 + 19*f)
		l, r := w*p.in(0.94, 1.06), w*p.in(0.94, 1.06)
		n := 4 + int(f*3)
		c := t.up(0.010 * float64(i))
		p.add(c, skirt(peak, base, l, r, n))
		p.on(func() {
			p.add(c.down(0.045), skirt(peak, base, l, l*0.08, n))
			if p.snowy {
				s := of(snow)
				cut := mix(base, peak, 0.40)
				sw := 0.56
				p.add(s.down(0.055), skirt(peak+0.4, cut, l*sw, r*sw, n-1))
				p.add(s, skirt(peak+0.4, cut+0.4, l*0.02, r*sw, n-1))
			}
		})
	}
}

func drawFir(p *pen) { firTiers(p, of(fir), 5+p.IntN(2), p.in(0.9, 1.05)) }

func drawChristmasTree(p *pen) {
	was := p.snowy
	p.snowy = false
	firTiers(p, of(fir), 5, 1.12)
	p.snowy = was
	p.lamp(0, 50, 60)
	p.on(func() {
		for row := range 4 {
			f := 1 - float64(row)/4
			y, w := 12+float64(row)*19, 23*f+4
			p.limb(of(amber).up(0.05), -w*0.8, y+1, 0.6, 0, y-4, 0.7, w*0.85, y+5, 0.6)
			n := 5 - row
			for i := range n {
				x := (float64(i)+0.5)/float64(n)*2 - 1
				c := []tone{of(ember), of(flame), of(ivory)}[(i+row)%3]
				p.dot(c, x*w*0.86, y+3+x*2-2*abs(x), 1.9)
			}
		}
		p.poly(of(flame), star(0, 100, 7.6, 3.1, 5)...)
	})
	p.lamp(0, 100, 26)
}

// star gives the corners of a star with n points.
func star(cx, cy, outer, inner float64, n int) []float64 {
	var xy []float64
	for i := range 2 * n {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		a := turn(float64(i) / float64(2*n))
		xy = append(xy, cx+r*a.X, cy+r*a.Y)
	}
	return xy
}

func drawBirch(p *pen) {
	lean := p.in(-5, 5)
	trunk := of(birch)
	crown := of(leaf)
	if p.snowy {
		crown = of(wood).up(0.16)
	}
	type twig struct{ y, side, len float64 }
	var twigs []twig
	for i := range 9 {
		s := 1.0
		if i%2 == 0 {
			s = -1
		}
		twigs = append(twigs, twig{38 + float64(i)*6.4, s, p.in(15, 23) * (1.15 - float64(i)*0.085)})
	}
	for _, t := range twigs {
		x := lean * t.y / 100
		ex, ey := x+t.side*t.len, t.y+t.len*0.75
		p.limb(of(furDark).up(0.1), x, t.y, 0.9, x+t.side*t.len*0.55, t.y+t.len*0.6, 0.7, ex, ey, 0.35)
		if p.snowy {
			for k := range 3 {
				fx := mix(x, ex, 0.45+float64(k)*0.26)
				fy := mix(t.y, ey, 0.5+float64(k)*0.26)
				p.limb(of(furDark).up(0.14), fx, fy, 0.45, fx+t.side*3.4, fy-3, 0.35, fx+t.side*5, fy-10, 0.22)
			}
			continue
		}
		p.faint(0.93, func() {
			p.blob(crown.up(p.in(-0.06, 0.06)), ex-10, ey, ex-6, ey+7, ex+3, ey+8, ex+9, ey+2, ex+6, ey-6, ex-4, ey-7)
			p.blob(crown.up(p.in(-0.06, 0.06)), x+t.side*t.len*0.5-8, ey-4, x+t.side*t.len*0.5, ey+5, x+t.side*t.len*0.5+8, ey-3, x+t.side*t.len*0.5, ey-9)
		})
	}
	p.limb(trunk, 0, -1, 3.2, lean*0.3, 30, 2.5, lean*0.7, 66, 1.7, lean, 98, 0.5)
	p.on(func() {
		p.limb(trunk.down(0.14), -1.9, 0, 1, lean*0.3-1.5, 30, 0.8, lean*0.7-1, 66, 0.5)
		for i := range 11 {
			y := 4 + float64(i)*7.4 + p.in(-2, 2)
			w := 2.6 * (1 - y/125)
			x := lean*y/100 + p.side()*w*0.5
			p.limb(of(ink).up(0.05), x-w*0.55, y, 0.35, x, y+0.3, 0.7, x+w*0.55, y, 0.3)
		}
	})
}

func drawTree(p *pen) {
	trunk := of(bark)
	p.limb(trunk, 0, -2, 8, 1, 10, 5.4, -1, 30, 4.6, 0, 48, 3)
	p.limb(trunk, 0, 0, 4, -10, -1, 1.4)
	p.limb(trunk, 1, 1, 4, 12, -1, 1.4)
	var limb func(x, y, a, l, r float64, deep int)
	var tips []raster.Point
	limb = func(x, y, a, l, r float64, deep int) {
		d := turn(a)
		ex, ey := x+d.X*l, y+d.Y*l
		bend := p.in(-0.03, 0.03)
		m := turn(a + bend)
		p.limb(trunk.up(0.015*float64(deep)), x, y, r, x+m.X*l*0.5, y+m.Y*l*0.5, r*0.8, ex, ey, r*0.55)
		if deep == 0 {
			tips = append(tips, raster.Point{X: ex, Y: ey})
			return
		}
		n := 2
		if deep == 3 {
			n = 3
		}
		for i := range n {
			spread := (float64(i) - float64(n-1)/2) * 0.115
			limb(ex, ey, a+spread+p.in(-0.025, 0.025), l*p.in(0.66, 0.80), r*0.56, deep-1)
		}
	}
	for _, a := range []float64{-0.17, -0.06, 0.05, 0.16} {
		limb(0, 36, a+p.in(-0.015, 0.015), 20, 3.1, 3)
	}
	if p.snowy {
		p.on(func() {
			for _, t := range tips {
				p.limb(of(snow), t.X-2, t.Y+0.4, 0.5, t.X+2, t.Y+0.6, 0.9)
			}
		})
		return
	}
	for i, t := range tips {
		if i%2 == 0 {
			s := p.in(7, 11)
			c := of(leaf).up(p.in(-0.09, 0.05))
			p.blob(c, t.X-s, t.Y-1, t.X-s*0.6, t.Y+s*0.7, t.X+s*0.3, t.Y+s*0.85, t.X+s, t.Y+s*0.1, t.X+s*0.5, t.Y-s*0.7, t.X-s*0.5, t.Y-s*0.65)
		}
	}
}

func drawFlower(p *pen) {
	lean := p.in(-8, 8)
	p.limb(of(leaf).down(0.1), 0, 0, 1.6, lean*0.4, 36, 1.4, lean, 72, 1.2)
	p.blob(of(leaf).down(0.06), lean*0.2, 18, 8, 34, 20, 40, 16, 26)
	p.blob(of(leaf).down(0.1), lean*0.2, 26, -8, 40, -20, 44, -15, 31)
	c := p.dyed([]tone{of(ember), of(amber), of(ivory), of(frost)}[p.IntN(4)])
	for i := range 7 {
		p.tilted(float64(i)*360/7, lean, 78, func() { p.oval(c.down(0.03*float64(i%2)), lean, 89, 7, 12) })
	}
	p.dot(of(amber).down(0.06), lean, 78, 7)
}

func drawMushroom(p *pen) {
	p.blob(of(ivory).down(0.05), -10, 0, -8, 30, -10, 56, 10, 56, 9, 30, 13, 0)
	top := p.dyed(of(ember))
	p.blob(top, -46, 46, -38, 74, -14, 96, 14, 96, 38, 74, 46, 46, 20, 42, -20, 42)
	p.on(func() {
		p.blob(top.down(0.08), -46, 46, -38, 74, -26, 84, -28, 56, -20, 43)
		for _, d := range [][3]float64{{-22, 66, 5}, {-2, 82, 6}, {8, 58, 5}, {26, 72, 5.4}, {34, 54, 3.6}} {
			p.oval(of(ivory), d[0], d[1], d[2], d[2]*0.85)
		}
	})
}

func drawCactus(p *pen) {
	c := of(fir).up(0.08)
	p.limb(c.down(0.03), -8, 36, 5, -24, 38, 5.4, -25, 62+p.in(-8, 6), 5)
	p.limb(c.down(0.03), 8, 46, 5, 24, 48, 5.4, 24, 74+p.in(-8, 6), 5)
	p.limb(c, 0, 0, 9, 0, 50, 10, 0, 90, 8.5)
	p.on(func() {
		for _, x := range []float64{-5, 0, 5} {
			p.limb(c.up(0.09), x, 6, 0.5, x, 50, 0.6, x*0.8, 92, 0.4)
		}
		p.dot(of(ember), 2, 99, 3.6)
	})
}

func drawPalm(p *pen) {
	lean := p.in(6, 14)
	p.limb(of(wood), 0, -1, 3.6, lean*0.3, 30, 2.6, lean*0.8, 60, 2.2, lean, 80, 2)
	for i := range 8 {
		a := float64(i)/8*1.25 - 0.62
		d := turn(a * 0.62)
		l := p.in(24, 31)
		ex, ey := lean+d.X*l, 80+d.Y*l*0.55-abs(d.X)*9
		p.limb(of(fir).up(0.05+0.02*float64(i%3)), lean, 80, 1.2, lean+d.X*l*0.55, 84+d.Y*l*0.7, 3.2, ex, ey, 0.5)
	}
	p.dot(of(earth), lean-2, 79, 2.4)
	p.dot(of(earth), lean+2.6, 78, 2.4)
}
