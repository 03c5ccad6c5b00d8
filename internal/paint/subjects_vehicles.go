package paint

import "marquee/internal/raster"

var vehicleFamily = []subject{
	{id: "van", dyes: true, one: "a winter van", many: "winter vans", tall: 2.4, wide: 1.75, share: 0.27, home: "village", draw: drawVan},
	{id: "train", dyes: true, one: "a steam train", many: "trains", tall: 3.6, wide: 3.4, share: 0.19, foot: onRail, home: "railway", draw: drawTrain},
	{id: "tram", dyes: true, one: "a tram", many: "trams", tall: 3.4, wide: 2.2, share: 0.27, foot: onRail, home: "city", draw: drawTram},
	{id: "sailing-boat", dyes: true, one: "a sailing boat", many: "sailing boats", tall: 8, wide: 0.85, share: 0.42, foot: onWater, home: "seaside", draw: drawSailingBoat},
	{id: "rowing-boat", dyes: true, one: "a rowing boat", many: "rowing boats", tall: 0.8, wide: 4, share: 0.105, foot: onWater, home: "lake", draw: drawRowingBoat},
	{id: "sledge", dyes: true, one: "a sledge", many: "sledges", tall: 0.7, wide: 2.1, share: 0.17, home: "meadow", draw: drawSledge},
	{id: "balloon", dyes: true, one: "a hot-air balloon", many: "hot-air balloons", tall: 16, wide: 0.8, share: 0.34, foot: inAir, home: "mountains", draw: drawBalloon},
	{id: "bicycle", dyes: true, one: "a bicycle", many: "bicycles", tall: 1.1, wide: 1.65, share: 0.25, home: "city", draw: drawBicycle},
}

func wheel(p *pen, x, r float64) {
	p.dot(of(ink).up(0.02), x, r, r)
	p.on(func() {
		p.dot(of(metal).up(0.2), x, r, r*0.55)
		p.dot(of(ink).up(0.08), x, r, r*0.2)
	})
}

func drawVan(p *pen) {
	paint := of(ember)
	if p.yes(0.4) {
		paint = of(fir).up(0.05)
	}
	paint = p.dyed(paint)
	roof := of(ivory).down(0.02)
	p.blob(paint.down(0.02), 70, 14, 86, 16, 87, 36, 80, 50, 64, 58)
	p.round(paint, -84, 12, 164, 48, 9)
	p.add(roof, roofPath())
	p.on(func() {
		p.rect(paint.down(0.07), -84, 14, 168, 9)
		p.rect(of(ivory), -84, 52, 152, 4.5)
		for i := range 3 {
			x := -74 + float64(i)*39
			p.round(of(window), x, 60, 33, 23, 4)
			p.poly(of(window).up(0.09), x+5, 60.5, x+15, 60.5, x+24, 82.5, x+14, 82.5)
		}
		p.poly(of(window), 46, 60, 46, 83, 58, 83, 71, 60)
		p.dot(of(flame), 84, 33, 5.4)
		p.dot(of(ivory), 84, 33, 3)
		p.rect(of(metal).up(0.2), 68, 12, 20, 4)
		p.line(paint.down(0.12), 1, 42, 16, 42, 58)
		p.line(paint.down(0.12), 1, -2, 16, -2, 58)
		p.line(of(ivory), 1.8, 32, 48, 38, 48)
		p.dot(paint.down(0.16), -54, 15, 17)
		p.dot(paint.down(0.16), 52, 15, 17)
		p.dot(of(ember).up(0.08), -82, 34, 3.4)
	})
	wheel(p, -54, 14)
	wheel(p, 52, 14)
	// Luggage and a small fir on the roof: on its way home for the holidays.
	p.line(of(metal), 1.6, -62, 91, -62, 95, 34, 95, 34, 91)
	p.round(of(wood), -56, 96, 26, 11, 2)
	p.round(of(amber).down(0.08), -27, 96, 19, 8, 2)
	p.tilted(-90, 0, 98, func() {
		p.within(-2, 92, 0.34, 0.36, func() { firTiers(p, of(fir), 4, 0.8) })
	})
	if p.snowy {
		p.on(func() { p.limb(of(snow), -74, 90.6, 1, -40, 92, 2.2, 10, 92, 2.2, 46, 90.4, 0.8) })
	}
	p.lamp(86, 33, 46)
	p.lamp(-20, 70, 60)
}

func drawTrain(p *pen) {
	body, trim := p.dyed(of(fir).up(0.02)), of(amber)
	// Tender and two coaches behind the engine.
	for i := range 2 {
		x := -172 + float64(i)*92
		coach := []tone{of(ember), of(ember).down(0.03)}[i]
		p.round(coach, x, 14, 86, 60, 3)
		p.round(of(ivory).down(0.05), x-2, 72, 90, 8, 4)
		p.on(func() {
			p.rect(coach.down(0.08), x, 14, 86, 10)
			p.rect(trim, x, 32, 86, 2)
			for k := range 5 {
				p.round(of(window), x+6+float64(k)*16, 42, 11, 20, 2)
			}
		})
		p.line(of(ink), 3, x+84, 18, x+94, 18)
		for _, dx := range []float64{14, 30, 58, 74} {
			wheel(p, x+dx, 8)
		}
		p.lamp(x+43, 52, 54)
	}
	p.round(body.down(0.05), 12, 20, 36, 46, 2)
	p.round(body, 12, 18, 48, 78, 3)
	p.round(of(ink).up(0.05), 8, 92, 56, 8, 4)
	p.round(body, 56, 30, 84, 42, 16)
	p.round(body.down(0.06), 50, 18, 98, 16, 2)
	p.poly(of(ink).up(0.05), 116, 70, 113, 98, 132, 98, 128, 70)
	p.round(of(ink).up(0.08), 110, 95, 25, 6, 2)
	p.blob(trim.down(0.05), 84, 70, 86, 84, 94, 87, 102, 84, 104, 70)
	p.poly(of(ember), 146, 18, 168, 2, 132, 2, 136, 18)
	p.on(func() {
		p.round(of(window), 20, 58, 15, 24, 2)
		p.round(of(window), 40, 58, 13, 24, 2)
		for _, x := range []float64{72, 92, 112} {
			p.rect(trim, x, 31, 2.6, 41)
		}
		p.dot(of(flame), 143, 62, 6)
	})
	for _, x := range []float64{62, 86, 110} {
		p.dot(of(ink).up(0.02), x, 14, 13)
		p.on(func() {
			p.dot(of(ember), x, 14, 8.6)
			p.dot(of(ink).up(0.1), x, 14, 3)
		})
	}
	p.on(func() { p.line(of(metal).up(0.2), 3.4, 60, 11, 112, 11) })
	wheel(p, 134, 8)
	wheel(p, 26, 9)
	p.lamp(28, 70, 44)
	p.lamp(146, 62, 64)
	// Steam leans back over the coaches; each puff is older and wider.
	p.smoke(puffs, 0.86, func() {
		for i := range 7 {
			f := float64(i)
			p.oval(of(snow).down(0.015*f), 120-f*(20+f*2.2), 110+f*8.5-f*f*0.35, 10+f*5.2, 8+f*3.2)
		}
	})
}

func drawTram(p *pen) {
	body := of(ember)
	if p.yes(0.4) {
		body = of(fir).up(0.07)
	}
	body = p.dyed(body)
	p.rect(of(ink).up(0.05), -86, 4, 172, 8)
	for _, x := range []float64{-62, -40, 40, 62} {
		wheel(p, x, 7)
	}
	p.poly(body, -106, 12, -100, 46, -95, 82, 95, 82, 100, 46, 106, 12)
	p.poly(of(ivory).down(0.03), -96, 80, -88, 89, 88, 89, 96, 80)
	p.round(of(ivory).down(0.07), -60, 88, 120, 6, 3)
	p.line(of(metal), 1.5, -14, 94, 6, 108, -8, 122)
	p.line(of(metal), 1.5, -24, 122, 8, 122)
	p.on(func() {
		p.poly(of(ivory).down(0.01), -101.5, 42, -99.5, 49, 99.5, 49, 101.5, 42)
		p.poly(body.down(0.08), -106, 12, -104.4, 20, 104.4, 20, 106, 12)
		for i := range 7 {
			x := -90 + float64(i)*26
			if i == 1 || i == 5 {
				p.round(body.down(0.07), x-1, 16, 23, 60, 2)
				p.round(of(window), x+2, 24, 8, 50, 2)
				p.round(of(window), x+12, 24, 8, 50, 2)
				continue
			}
			p.round(of(window), x, 50, 21, 25, 3)
			p.dot(of(ink).up(0.1), x+6+p.in(0, 8), 56, 4)
			p.rect(of(ink).up(0.1), x+4+p.in(0, 4), 50, 10, 4)
		}
		p.round(of(flame), -16, 83, 32, 5, 1.4)
		p.dot(of(flame), 101, 30, 4)
	})
	p.lamp(0, 60, 100)
	p.lamp(104, 30, 50)
	if p.snowy {
		p.on(func() { p.limb(of(snow), -58, 94, 1, -20, 95, 2, 40, 95, 2, 59, 93.6, 0.8) })
	}
}

func drawSailingBoat(p *pen) {
	hull := of(ember)
	if p.yes(0.4) {
		hull = of(fir)
	}
	hull = p.dyed(hull)
	p.limb(of(wood), 2, 8, 1.1, 2, 99, 0.7)
	p.blob(of(ivory), 4, 94, 18, 62, 34, 22, 20, 20, 4, 20, 5, 56)
	p.blob(of(ivory).down(0.07), 0, 90, -9, 62, -32, 24, -14, 22, 0, 22)
	p.on(func() {
		p.limb(of(ivory).down(0.10), 5, 40, 0.5, 26, 39, 0.5)
		p.limb(of(ivory).down(0.10), 5, 62, 0.5, 18, 61, 0.5)
		p.limb(hull, 11, 50, 2.4, 17, 50, 2.4)
	})
	p.poly(of(ember), 2, 99, 2, 94, 13, 96)
	p.poly(hull, -34, 15, -25, 0, 26, 0, 40, 17, 4, 14)
	p.on(func() {
		p.poly(of(ivory), -34, 15, -32.5, 12.4, 4, 11, 38, 14, 40, 17, 4, 14)
		p.poly(hull.down(0.09), -27, 3.6, -25, 0, 26, 0, 29, 3.6)
		p.dot(of(flame), -26, 17, 1.6)
	})
	p.lamp(-26, 17, 22)
}

func drawRowingBoat(p *pen) {
	hull := p.dyed(of(wood))
	p.line(of(wood).up(0.05), 5, -40, 80, 60, -20)
	p.poly(hull, -190, 84, -140, 0, 140, 0, 196, 96, 120, 66, -120, 62)
	p.on(func() {
		p.poly(of(ivory), -190, 84, -182, 70, -120, 50, 120, 54, 188, 82, 196, 96, 120, 66, -120, 62)
		p.poly(hull.down(0.1), -154, 22, -140, 0, 140, 0, 154, 22)
	})
}

func drawSledge(p *pen) {
	w, run := of(wood).up(0.03), p.dyed(of(ember))
	p.limb(run.down(0.08), -92, 12, 2.6, -20, 10, 2.6, 60, 10, 2.6, 88, 18, 2.6, 100, 40, 2.6, 90, 52, 2.2)
	for _, x := range []float64{-66, -10, 48} {
		p.line(w.down(0.06), 5, x, 6, x+3, 44)
	}
	p.limb(run, -98, 4, 2.8, -20, 3, 2.8, 66, 3, 2.8, 94, 11, 2.8, 107, 34, 2.8, 97, 48, 2.4)
	p.round(w, -92, 42, 172, 10, 3)
	p.on(func() { p.rect(w.up(0.10), -92, 48, 172, 4) })
	// Presents make the load.
	gift(p, of(fir).up(0.08), of(amber), -72, 52, 44, 34)
	gift(p, of(ivory).down(0.04), of(ember), -24, 52, 34, 26)
	gift(p, of(amber).down(0.05), of(ivory), 14, 52, 40, 40)
	p.line(of(wood).up(0.12), 2, 98, 44, 120, 30, 142, 4)
}

func drawBalloon(p *pen) {
	stripes := []tone{p.dyed(of(ember)), of(ivory), of(amber).down(0.02), of(ivory), p.dyed(of(ember))}
	outline := []float64{-8, 30, -22, 44, -36, 62, -39, 78, -30, 92, -12, 99.5, 12, 99.5, 30, 92, 39, 78, 36, 62, 22, 44, 8, 30}
	p.blob(stripes[0], outline...)
	p.on(func() {
		edges := []float64{-1, -0.66, -0.24, 0.24, 0.66, 1}
		at := func(f, y float64) float64 {
			w := 39 * envelope((y-30)/70)
			return f * w
		}
		for i := 1; i < 4; i++ {
			var xy []float64
			for k := range 11 {
				y := 30 + float64(k)*6.95
				xy = append(xy, at(edges[i], y), y)
			}
			for k := 10; k >= 0; k-- {
				y := 30 + float64(k)*6.95
				xy = append(xy, at(edges[i+1], y), y)
			}
			p.poly(stripes[i], xy...)
		}
		p.faint(0.35, func() {
			p.blob(of(ink), -8, 30, -22, 44, -36, 62, -39, 78, -30, 92, -26, 78, -24, 62, -14, 44)
		})
	})
	p.line(of(ink).up(0.1), 0.7, -8, 31, -6, 13)
	p.line(of(ink).up(0.1), 0.7, 8, 31, 6, 13)
	p.round(of(wood), -7.4, 0, 14.8, 13, 2.4)
	p.on(func() {
		p.rect(of(wood).up(0.10), -7.4, 10, 14.8, 3)
		p.dot(of(flame), 0, 26, 3)
		p.dot(of(ink).up(0.05), -2.6, 15.6, 2)
		p.dot(of(ink).up(0.05), 2.6, 16, 2.2)
	})
	p.lamp(0, 44, 46)
}

// envelope is the half width of a balloon at f of its height.
func envelope(f float64) float64 {
	f = clamp(f, 0, 1)
	if f < 0.66 {
		return mix(0.2, 1, smooth(0, 0.72, f)*0.55+f/0.66*0.45)
	}
	g := (f - 0.66) / 0.34
	return max(0, 1-g*g*g*0.72)
}

func drawBicycle(p *pen) {
	frame := p.dyed(of(ember))
	for _, x := range []float64{-46, 46} {
		for i := range 24 {
			a, b := turn(float64(i)/24), turn(float64(i+1)/24)
			p.line(of(ink).up(0.04), 4, x+a.X*32, 34+a.Y*32, x+b.X*32, 34+b.Y*32)
		}
		p.on(func() {
			for i := range 6 {
				a := turn(float64(i) / 12)
				p.line(of(metal), 0.8, x+a.X*31, 34+a.Y*31, x-a.X*31, 34-a.Y*31)
			}
		})
	}
	p.line(frame, 4.4, -46, 34, -4, 32)
	p.line(frame, 4.4, -4, 32, 32, 74)
	p.line(frame, 4.4, -18, 74, 32, 74)
	p.line(frame, 4.4, -18, 78, -4, 32)
	p.line(frame, 4, -46, 34, -16, 72)
	p.line(frame, 4, 46, 34, 30, 88)
	p.line(of(ink), 4, 30, 88, 34, 97, 22, 99)
	p.limb(of(ink).up(0.05), -32, 83, 3.6, -18, 82, 3.4, -8, 82, 2)
	p.poly(of(wood).up(0.1), 30, 86, 62, 88, 58, 62, 34, 62)
	p.within(46, 84, 0.2, 0.2, func() { firTiers(p, of(fir), 4, 1) })
}

// roofPath is the van's rounded cabin with its sloping front.
func roofPath() raster.Path {
	return raster.Curve(points([]float64{-84, 52, -82, 80, -74, 90, -40, 91.5, 20, 91.5, 46, 90, 60, 84, 72, 64, 76, 54, 40, 50, -40, 50}), true)
}
