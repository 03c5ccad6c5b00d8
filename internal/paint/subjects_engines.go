package paint

var engineFamily = []subject{
	{id: "car", dyes: true, one: "a car", many: "cars", tall: 1.5, wide: 1.9, share: 0.24, home: "city", draw: drawCar},
	{id: "bus", dyes: true, one: "a bus", many: "buses", tall: 3.2, wide: 2.1, share: 0.27, home: "city", draw: drawBus},
	{id: "tractor", dyes: true, one: "a tractor", many: "tractors", tall: 2.6, wide: 1.35, share: 0.32, home: "farm", draw: drawTractor},
	{id: "ship", dyes: true, one: "a steamship", many: "ships", tall: 14, wide: 2.1, share: 0.27, foot: onWater, home: "seaside", draw: drawShip},
	{id: "plane", dyes: true, one: "a plane", many: "planes", tall: 5, wide: 2.2, share: 0.19, foot: inAir, home: "clouds", draw: drawPlane},
	{id: "rocket", dyes: true, one: "a rocket", many: "rockets", tall: 20, wide: 0.6, share: 0.38, foot: inAir, home: "hilltop", draw: drawRocket},
	{id: "airship", dyes: true, one: "an airship", many: "airships", tall: 12, wide: 2.1, share: 0.21, foot: inAir, home: "clouds", draw: drawAirship},
}

func drawCar(p *pen) {
	paint := p.dyed([]tone{of(ember), of(water).up(0.03), of(amber).down(0.03), of(fir).up(0.12)}[p.IntN(4)])
	p.blob(paint, -62, 48, -48, 80, -30, 92, 16, 92, 36, 80, 54, 50)
	p.blob(paint, -94, 22, -90, 48, -58, 56, 0, 58, 56, 52, 88, 46, 96, 30, 92, 16, 0, 13, -90, 14)
	p.on(func() {
		p.poly(of(window), -52, 56, -40, 80, -26, 86, -8, 86, -8, 56)
		p.poly(of(window), -2, 56, -2, 86, 12, 86, 28, 77, 42, 56)
		p.poly(of(window).up(0.10), -34, 58, -22, 84, -14, 84, -26, 58)
		p.rect(paint.down(0.08), -92, 16, 186, 8)
		p.line(paint.down(0.12), 1, -5, 20, -5, 56)
		p.line(of(ivory).down(0.06), 1.6, -88, 44, 0, 49, 88, 40)
		p.line(of(metal).up(0.2), 2, 2, 44, 10, 44)
		p.dot(of(flame), 91, 36, 5)
		p.dot(of(ember).up(0.08), -90, 40, 3.6)
		p.rect(of(metal).up(0.2), 82, 16, 15, 4)
		p.rect(of(metal).up(0.2), -97, 16, 15, 4)
		p.dot(paint.down(0.18), -52, 18, 22)
		p.dot(paint.down(0.18), 54, 18, 22)
	})
	wheel(p, -52, 18)
	wheel(p, 54, 18)
	if p.snowy {
		p.on(func() { p.limb(of(snow), -40, 89, 1.4, -10, 92, 3, 20, 91, 1.4) })
	}
	p.lamp(93, 36, 60)
}

func drawBus(p *pen) {
	paint := p.dyed([]tone{of(ember), of(amber).down(0.03), of(fir).up(0.07)}[p.IntN(3)])
	p.round(paint, -102, 10, 204, 82, 9)
	p.round(of(ivory).down(0.03), -98, 84, 196, 11, 5)
	p.on(func() {
		p.rect(paint.down(0.08), -101, 12, 202, 9)
		p.rect(of(ivory).down(0.02), -101, 40, 202, 4)
		for i := range 6 {
			x := -95 + float64(i)*27
			p.round(of(window), x, 50, 23, 28, 3)
			p.poly(of(window).up(0.08), x+3, 51, x+9, 51, x+18, 77, x+12, 77)
			if i%2 == 0 {
				p.dot(of(ink).up(0.1), x+8, 56, 4)
				p.rect(of(ink).up(0.1), x+4, 50, 8, 4)
			}
		}
		p.round(of(window), 70, 18, 14, 60, 3)
		p.line(paint.down(0.1), 1, 77, 18, 77, 78)
		p.poly(of(window), 89, 48, 89, 78, 98, 78, 101, 48)
		p.round(of(flame), 60, 82, 34, 7, 2)
		p.dot(of(flame), 97, 26, 4.4)
		p.dot(paint.down(0.18), -60, 13, 18)
		p.dot(paint.down(0.18), 46, 13, 18)
	})
	wheel(p, -60, 15)
	wheel(p, 46, 15)
	if p.snowy {
		p.on(func() { p.limb(of(snow), -88, 94, 1.4, -20, 96.5, 2.6, 86, 94, 1.2) })
	}
	p.lamp(0, 62, 90)
	p.lamp(99, 26, 50)
}

func drawTractor(p *pen) {
	paint := p.dyed(of(ember))
	p.rect(of(ink).up(0.06), 30, 74, 5, 28)
	p.poly(of(ink).up(0.06), -46, 60, -42, 96, 4, 96, 8, 60)
	p.on(func() { p.poly(of(window), -41, 62, -38, 91, 0, 91, 3, 62) })
	p.round(of(ivory).down(0.03), -48, 94, 56, 6, 3)
	p.blob(paint, -50, 34, -48, 62, -10, 62, 40, 64, 60, 58, 62, 30, 0, 26)
	p.on(func() {
		p.rect(paint.down(0.09), -2, 28, 62, 8)
		for i := range 4 {
			p.rect(of(ink).up(0.1), 16+float64(i)*8, 44, 4, 12)
		}
		p.dot(of(flame), 58, 52, 4)
	})
	p.dot(of(ink).up(0.02), -34, 32, 32)
	p.on(func() {
		for i := range 14 {
			a := turn(float64(i) / 14)
			p.line(of(ink).up(0.12), 3, -34+a.X*24, 32+a.Y*24, -34+a.X*31, 32+a.Y*31)
		}
		p.dot(of(amber), -34, 32, 17)
		p.dot(of(amber).down(0.14), -34, 32, 7)
	})
	p.dot(of(ink).up(0.02), 46, 18, 18)
	p.on(func() {
		p.dot(of(amber), 46, 18, 9)
		p.dot(of(amber).down(0.14), 46, 18, 3.6)
	})
	p.lamp(60, 52, 44)
}

func drawShip(p *pen) {
	hull := p.dyed(of(ink).up(0.08))
	for i, x := range []float64{-34, -4, 26} {
		p.poly(of(ember), x, 54, x-3, 86, x+13, 86, x+15, 54)
		p.on(func() { p.rect(of(ink).up(0.08), x-3, 80, 17, 6) })
		if i == 1 {
			continue
		}
		p.smoke(curls, 0.5, func() {
			p.limb(of(snow).down(0.06), x+4, 88, 3, x-6, 98, 6, x-24, 104, 8, x-48, 106, 3)
		})
	}
	p.line(of(wood), 1.6, 68, 40, 68, 100)
	p.line(of(wood), 1.6, -74, 40, -74, 92)
	p.on(func() {
		p.line(of(ink).up(0.1), 0.5, 68, 98, 26, 86)
		p.line(of(ink).up(0.1), 0.5, -74, 90, -34, 86)
	})
	p.rect(of(ivory).down(0.03), -66, 36, 124, 12)
	p.rect(of(ivory), -52, 47, 96, 10)
	p.rect(of(ivory).down(0.04), 30, 56, 22, 9)
	p.poly(hull, -104, 42, -92, 0, 84, 0, 104, 46, 60, 36, -70, 34)
	p.on(func() {
		p.poly(of(ember).down(0.04), -94, 7, -92, 0, 84, 0, 88, 7)
		p.poly(of(ivory), -104, 42, -103, 38, -70, 30, 60, 32, 102.6, 42, 104, 46, 60, 36, -70, 34)
		for i := range 12 {
			p.dot(of(window), -76+float64(i)*12.6, 20, 2.4)
			p.rect(of(window), -60+float64(i)*9.6, 40, 5, 5)
		}
		for i := range 7 {
			p.rect(of(window), -46+float64(i)*13, 50, 7, 4)
		}
	})
	p.poly(of(ember), 68, 100, 68, 92, 84, 96)
	p.lamp(0, 44, 90)
}

func drawPlane(p *pen) {
	paint := p.dyed(of(ember))
	p.poly(of(ivory).down(0.12), 6, 56, -34, 86, -22, 88, 30, 60)
	p.poly(paint, -74, 50, -100, 92, -84, 92, -50, 58)
	p.limb(of(ivory), -96, 56, 3, -60, 50, 10, 0, 46, 15, 60, 46, 14, 88, 45, 9, 102, 42, 3)
	p.poly(paint.down(0.06), -72, 52, -104, 46, -98, 42, -62, 46)
	p.on(func() {
		p.limb(paint, -92, 52, 2, -40, 44, 2.6, 30, 41, 2.6, 96, 40, 1.4)
		for i := range 8 {
			p.round(of(window), -40+float64(i)*13, 48, 7, 8, 3)
		}
		p.poly(of(window), 74, 50, 78, 57, 89, 52, 91, 48)
		p.blob(of(ivory).down(0.10), -60, 40, 0, 33, 60, 33, 90, 38, 60, 36, 0, 37)
	})
	p.poly(of(ivory).down(0.05), 24, 44, -42, 8, -28, 6, 52, 38)
	p.round(of(metal), -8, 16, 22, 10, 5)
	p.lamp(80, 52, 20)
}

func drawRocket(p *pen) {
	paint := p.dyed(of(ember))
	p.tilted(-12, 0, 50, func() {
		p.poly(paint.down(0.05), -12, 46, -28, 22, -26, 14, -9, 26)
		p.poly(paint.down(0.10), 12, 46, 28, 22, 26, 14, 9, 26)
		p.blob(of(ivory), -12, 24, -15, 52, -10, 80, 0, 100, 10, 80, 15, 52, 12, 24)
		p.rect(of(metal), -8, 18, 16, 7)
		p.on(func() {
			p.blob(paint, -10.5, 79, -4, 93, 0, 100, 4, 93, 10.5, 79, 0, 77)
			p.blob(of(ivory).down(0.10), 15, 52, 12, 24, 5, 24, 8, 54, 5, 84, 10, 80)
			p.dot(of(metal).down(0.05), 0, 62, 7)
			p.dot(of(window), 0, 62, 5)
			p.rect(paint, -13.5, 34, 27, 4)
		})
		p.blob(of(ember).up(0.06), -8, 18, -11, 6, -4, -6, 0, -22, 4, -6, 11, 6, 8, 18)
		p.on(func() { p.blob(of(flame), -5, 18, -6, 8, 0, -10, 6, 8, 5, 18) })
		p.shine(flame, 0, 2, 44, 0.5)
	})
	p.smoke(puffs, 0.55, func() {
		for i := range 5 {
			f := float64(i)
			p.oval(of(snow).down(0.02*f), -12-f*5+p.in(-3, 3), -10-f*11, 5+f*2.6, 5+f*2)
		}
	})
}

func drawAirship(p *pen) {
	paint := p.dyed(of(amber).down(0.02))
	p.poly(of(ember), -84, 62, -106, 88, -104, 62, -106, 36)
	p.blob(paint, -98, 62, -60, 88, 0, 98, 60, 90, 100, 62, 60, 36, 0, 30, -60, 38)
	p.on(func() {
		p.blob(paint.down(0.08), -98, 62, -60, 38, 0, 30, 60, 36, 100, 62, 50, 46, 0, 42, -50, 47)
		p.limb(of(ember), -92, 64, 1, -40, 69, 3, 0, 70, 3.4, 50, 68, 3, 95, 63, 1)
		for _, x := range []float64{-56, -20, 20, 56} {
			p.limb(paint.down(0.06), x*0.96, 92-abs(x)*0.05, 0.6, x*1.08, 64, 0.7, x*0.96, 35+abs(x)*0.05, 0.6)
		}
	})
	p.poly(of(ember).down(0.06), -78, 70, -98, 78, -98, 70)
	p.line(of(ink).up(0.1), 1, -20, 34, -16, 18)
	p.line(of(ink).up(0.1), 1, 24, 34, 20, 18)
	p.round(of(wood), -26, 4, 54, 17, 6)
	p.on(func() {
		for i := range 5 {
			p.round(of(window), -20+float64(i)*9.6, 10, 6, 6, 1.6)
		}
	})
	p.lamp(0, 12, 44)
}
