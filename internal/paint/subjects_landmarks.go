package paint

import "marquee/internal/raster"

var landmarkFamily = []subject{
	{id: "pyramid", one: "a pyramid", many: "pyramids", tall: 24, wide: 1.9, share: 0.34, home: "desert", draw: drawPyramid},
	{id: "pagoda", dyes: true, one: "a pagoda", many: "pagodas", tall: 20, wide: 0.75, share: 0.54, home: "garden", draw: drawPagoda},
	{id: "mosque", one: "a mosque", many: "mosques", tall: 20, wide: 1.15, share: 0.46, home: "city", draw: drawMosque},
	{id: "skyscraper", one: "a skyscraper", many: "skyscrapers", tall: 60, wide: 0.5, share: 0.60, home: "city", draw: drawSkyscraper},
	{id: "barn", dyes: true, one: "a barn", many: "barns", tall: 8, wide: 1.3, share: 0.36, home: "farm", draw: drawBarn},
	{id: "igloo", one: "an igloo", many: "igloos", tall: 2.4, wide: 1.7, share: 0.26, pale: true, home: "glacier", season: "winter", draw: drawIgloo},
	{id: "ferris-wheel", one: "a Ferris wheel", many: "Ferris wheels", tall: 30, wide: 0.95, share: 0.56, home: "fairground", draw: drawFerrisWheel},
	{id: "fountain", one: "a fountain", many: "fountains", tall: 4.5, wide: 1.2, share: 0.38, home: "park", draw: drawFountain},
}

func drawPyramid(p *pen) {
	t := of(amber).down(0.05)
	p.poly(t, -96, 0, 0, 100, 22, 0)
	p.poly(t.down(0.13), 0, 100, 22, -0, 96, 0)
	p.on(func() {
		for i := range 9 {
			f := float64(i+1) / 10
			y := 100 * f
			w := 96 * (1 - f)
			p.line(t.down(0.06), 0.8, -w, y, 22*(1-f), y)
			p.line(t.down(0.18), 0.8, 22*(1-f), y, w, y)
		}
		p.poly(t.down(0.28), -40, 0, -40, 9, -30, 9, -30, 0)
	})
}

func drawPagoda(p *pen) {
	wall, roof := p.dyed(of(ember)), of(ink).up(0.10)
	p.rect(of(stone), -36, 0, 72, 5)
	y := 5.0
	for i := range 5 {
		f := 1 - float64(i)*0.14
		w, h := 24*f, 10.0
		p.rect(wall, -w, y, 2*w, h)
		p.on(func() {
			p.rect(wall.down(0.10), w*0.55, y, w*0.45, h)
			p.rect(of(window), -w*0.62, y+2, w*0.36, h-4)
			p.rect(of(window), w*0.10, y+2, w*0.36, h-4)
			p.rect(of(amber), -w, y+h-1.4, 2*w, 1.4)
		})
		y += h
		r := 38 * f
		p.blob(roof, -r, y+2.4, -r*0.8, y, 0, y-0.5, r*0.8, y, r, y+2.4, r*0.62, y+3.6, w*0.85, y+7, -w*0.85, y+7, -r*0.62, y+3.6)
		if p.snowy {
			p.on(func() {
				p.limb(of(snow), -r*0.9, y+3, 0.8, -w*0.85, y+7, 1.5, w*0.85, y+7, 1.5, r*0.9, y+3, 0.8)
			})
		}
		p.lamp(0, y-5, 30*f)
		y += 6.4
	}
	p.limb(of(amber), 0, y, 1.8, 0, y+6, 1.2, 0, y+13, 0.4)
	for i := range 3 {
		p.line(of(amber), 1.2, -3, y+3+float64(i)*3, 3, y+3+float64(i)*3)
	}
}

func drawMosque(p *pen) {
	wall, dome := of(ivory).down(0.05), of(fir).up(0.06)
	for _, x := range []float64{-50, 50} {
		p.rect(wall.down(0.03), x-5, 0, 10, 72)
		p.rect(wall.up(0.02), x-7, 58, 14, 4)
		p.rect(wall.up(0.02), x-6.4, 71, 12.8, 3)
		p.poly(dome, x-5.4, 74, x, 95, x+5.4, 74)
		p.line(of(amber), 1, x, 94, x, 100)
		p.on(func() {
			p.rect(wall.down(0.11), x+1.6, 0, 3.4, 58)
			arch(p, of(window), x-1.8, 63, 3.6, 7)
		})
	}
	p.rect(wall, -40, 0, 80, 36)
	p.rect(wall.up(0.02), -42, 34, 84, 4)
	p.rect(wall.down(0.04), -22, 38, 44, 6)
	p.blob(dome, -23, 43, -25, 54, -15, 69, 0, 77, 15, 69, 25, 54, 23, 43)
	for _, x := range []float64{-31, 31} {
		p.blob(dome.down(0.03), x-9, 38, x-9, 43, x, 51, x+9, 43, x+9, 38)
	}
	p.line(of(amber), 1.2, 0, 76, 0, 84)
	p.add(of(amber), crescent(0, 88, 3.6, 1))
	p.on(func() {
		p.blob(dome.down(0.08), 23, 43, 25, 54, 15, 69, 5, 75, 12, 60, 11, 43)
		p.limb(dome.up(0.10), -16, 48, 0.8, -14, 60, 1.4, -6, 70, 0.8)
		p.rect(wall.down(0.08), 28, 0, 12, 34)
		arch(p, wall.down(0.12), -10, 0, 20, 28)
		arch(p, of(window), -7, 0, 14, 22)
		for _, x := range []float64{-34, -23, 16, 27} {
			arch(p, of(window), x, 8, 7, 15)
		}
	})
	if p.snowy {
		p.on(func() { p.limb(of(snow), -19, 64, 1, 0, 77, 2.4, 17, 66, 1) })
	}
	p.lamp(0, 14, 44)
	p.lamp(-50, 66, 20)
	p.lamp(50, 66, 20)
}

func drawSkyscraper(p *pen) {
	wall := of(stone).down(0.03)
	far := wall.down(0.08)
	tiers := [][3]float64{{22, 0, 46}, {17, 46, 24}, {11, 70, 14}, {5, 84, 6}}
	for _, t := range tiers {
		p.rect(wall, -t[0], t[1]-1, 2*t[0], t[2]+1)
		p.on(func() { p.rect(far, t[0]*0.45, t[1], t[0]*0.55, t[2]) })
		if p.snowy {
			p.limb(of(snow), -t[0], t[1]+t[2], 0.9, t[0], t[1]+t[2], 0.9)
		}
	}
	p.limb(of(metal), 0, 88, 1.6, 0, 96, 0.9, 0, 104, 0.3)
	p.on(func() {
		for _, t := range tiers[:3] {
			n := int(t[0] / 3.4)
			for row := range int(t[2] / 4) {
				for i := range n {
					x := -t[0] + 2 + float64(i)*(2*t[0]-3)/float64(n)
					lit := of(window)
					if p.yes(0.35) {
						lit = far.down(0.05)
					}
					p.rect(lit, x, t[1]+2+float64(row)*4, 2, 2.6)
				}
			}
		}
		p.rect(of(flame), -9, 0, 18, 4)
	})
	p.lamp(0, 30, 50)
	p.lamp(0, 102, 14)
}

func drawBarn(p *pen) {
	wall, roof := p.dyed(of(ember).down(0.04)), of(furDark).up(0.05)
	p.rect(wall.down(0.08), 4, 0, 60, 46)
	p.poly(roof, -28, 96, 42, 96, 58, 76, 68, 44, 14, 44, 4, 76)
	p.poly(wall, -66, 0, -66, 46, -56, 76, -28, 96, 0, 76, 10, 46, 10, 0)
	p.limb(roof, -69, 44, 2.2, -57, 76, 2.4, -28, 98, 2.4, 1, 76, 2.4, 13, 44, 2.2)
	if p.snowy {
		p.blob(of(snow), -28, 97, 8, 99, 43, 98, 60, 77, 68, 46, 50, 50, 28, 47, 14, 48, 5, 76)
		p.limb(of(snow), -69, 47, 1.8, -57, 79, 2, -28, 100, 2.4)
	}
	p.on(func() {
		w := of(ivory).down(0.04)
		p.rect(w, -48, 0, 40, 38)
		p.rect(wall.down(0.04), -45, 0, 34, 35)
		p.line(w, 2.4, -45, 1, -28, 34)
		p.line(w, 2.4, -45, 34, -28, 1)
		p.line(w, 2.4, -28, 1, -11, 34)
		p.line(w, 2.4, -28, 34, -11, 1)
		p.rect(w, -36, 54, 16, 16)
		p.rect(of(window), -34, 56, 12, 12)
		p.line(w, 2, -66, 46, 10, 46)
		for i := range 3 {
			p.rect(of(window), 20+float64(i)*14, 16, 8, 9)
		}
		for i := range 6 {
			p.line(wall.down(0.05), 0.7, -60+float64(i)*13, 47, -60+float64(i)*13, 70-4*abs(float64(i)-2.5))
		}
	})
	p.lamp(-28, 62, 30)
	p.lamp(40, 20, 34)
}

func drawIgloo(p *pen) {
	t := of(snow).down(0.02)
	p.blob(t, -84, -2, -82, 34, -62, 74, -18, 98, 26, 96, 62, 72, 80, 34, 82, -2)
	p.on(func() {
		p.blob(t.down(0.09), 82, -2, 80, 34, 62, 72, 26, 96, 50, 64, 58, 24, 54, -2)
		line := of(frost).down(0.06)
		for i, y := range []float64{22, 44, 64, 82} {
			w := []float64{82, 76, 66, 48}[i]
			p.limb(line, -w, y-3, 0.9, 0, y+2, 1.1, w, y-3, 0.9)
			for k := range 5 {
				x := -w*0.8 + (float64(k)+0.5*float64(i%2))*w*0.38
				p.line(line, 1, x, y-2, x*0.94, y+18)
			}
		}
	})
	p.blob(t.up(0.02), 6, -2, 8, 34, 30, 54, 60, 54, 80, 34, 82, -2)
	p.on(func() {
		p.blob(of(ink).up(0.12), 20, -2, 22, 26, 36, 40, 54, 40, 66, 26, 68, -2)
		p.blob(of(window), 26, -2, 28, 22, 38, 32, 50, 32, 60, 22, 62, -2)
	})
	p.lamp(44, 14, 70)
}

func drawFerrisWheel(p *pen) {
	frame := of(ivory).down(0.06)
	p.limb(of(metal), -26, 0, 2, 0, 54, 2)
	p.limb(of(metal), 26, 0, 2, 0, 54, 2)
	p.rect(of(ember), -34, 0, 68, 5)
	hub := raster.Point{X: 0, Y: 55}
	for i := range 40 {
		a, b := turn(float64(i)/40), turn(float64(i+1)/40)
		for _, r := range []float64{40, 35} {
			p.line(frame, 1.4, hub.X+a.X*r, hub.Y+a.Y*r, hub.X+b.X*r, hub.Y+b.Y*r)
		}
	}
	spin := p.in(0, 0.08)
	for i := range 12 {
		a := turn(spin + float64(i)/12)
		p.line(frame.down(0.05), 0.8, hub.X, hub.Y, hub.X+a.X*40, hub.Y+a.Y*40)
	}
	p.dot(of(ember), hub.X, hub.Y, 5)
	for i := range 12 {
		a := turn(spin + float64(i)/12)
		x, y := hub.X+a.X*40, hub.Y+a.Y*40
		c := []tone{of(ember), of(amber), of(water), of(fir).up(0.12)}[i%4]
		p.round(c, x-4.4, y-7.4, 8.8, 6.6, 2)
		p.on(func() {
			p.rect(of(window), x-3, y-4.6, 6, 2.6)
			p.dot(of(flame), x, y, 1.2)
		})
	}
	p.lamp(hub.X, hub.Y, 66)
}

func drawFountain(p *pen) {
	s := of(stone).up(0.08)
	p.blob(s, -60, 0, -58, 14, -52, 18, 52, 18, 58, 14, 60, 0)
	p.limb(s, 0, 14, 6, 0, 30, 4, 0, 42, 5)
	p.blob(s, -28, 48, -24, 42, -8, 38, 8, 38, 24, 42, 28, 48)
	p.limb(s, 0, 46, 3.4, 0, 58, 2.6, 0, 66, 4)
	p.blob(s, -12, 71, -8, 66, 8, 66, 12, 71)
	p.on(func() {
		p.oval(of(frost), 0, 17.4, 50, 3.4)
		p.blob(s.down(0.09), 60, 0, 58, 14, 52, 16, 34, 14, 36, 0)
		p.oval(of(frost), 0, 47.4, 25, 1.8)
	})
	if p.snowy {
		p.on(func() { p.limb(of(snow), -54, 18, 1.6, -20, 16, 0.8, 54, 18, 1.8) })
	}
	p.faint(0.85, func() {
		for _, q := range []float64{-1, -0.45, 0.45, 1} {
			p.limb(of(frost).up(0.06), 0, 74, 1.2, q*12, 96-abs(q)*6, 1.4, q*27, 74, 1.2, q*38, 22, 0.7)
		}
		p.limb(of(frost).up(0.08), 0, 72, 1.8, 0, 92, 1.6, 0, 101, 0.6)
	})
}
