package paint

var tableFamily = []subject{
	{id: "cake", dyes: true, one: "a cake", many: "cakes", tall: 0.25, wide: 1.1, share: 0.30, foot: onLedge, home: "kitchen", draw: drawCake},
	{id: "apple", dyes: true, one: "an apple", many: "apples", tall: 0.09, wide: 1.0, share: 0.22, foot: onLedge, home: "kitchen", draw: drawApple},
	{id: "pumpkin", dyes: true, one: "a pumpkin", many: "pumpkins", tall: 0.4, wide: 1.3, share: 0.23, home: "farm", season: "autumn", draw: drawPumpkin},
	{id: "bread", one: "a loaf of bread", many: "loaves of bread", tall: 0.14, wide: 1.9, share: 0.17, foot: onLedge, home: "kitchen", draw: drawBread},
	{id: "ice-cream", one: "an ice cream", many: "ice creams", tall: 0.2, wide: 0.45, share: 0.36, foot: onLedge, home: "beach", season: "summer", draw: drawIceCream},
	{id: "teapot", dyes: true, one: "a teapot", many: "teapots", tall: 0.22, wide: 1.4, share: 0.27, foot: onLedge, home: "kitchen", draw: drawTeapot},
}

func drawCake(p *pen) {
	sponge := of(amber).down(0.12)
	cream := p.dyed(of(ember).up(0.24))
	p.oval(of(ivory).down(0.08), 0, 4, 62, 6)
	p.poly(of(ivory).down(0.12), -10, 4, -14, -1, 14, -1, 10, 4)
	p.round(sponge, -48, 5, 96, 32, 4)
	p.round(sponge.up(0.03), -36, 38, 72, 28, 4)
	p.on(func() {
		p.rect(of(ivory), -48, 18, 96, 5)
		p.rect(sponge.down(0.09), 24, 6, 24, 12)
		p.rect(of(ivory), -36, 49, 72, 4)
	})
	p.blob(cream, -50, 36, -46, 42, 0, 43, 46, 42, 50, 36, 44, 26, 36, 33, 26, 22, 14, 33, 2, 25, -10, 33, -24, 22, -34, 33, -44, 27)
	p.blob(cream, -38, 65, -34, 70, 0, 72, 34, 70, 38, 65, 32, 56, 22, 63, 10, 53, 0, 62, -12, 54, -24, 63, -32, 56)
	for i := range 3 {
		x := -18 + float64(i)*18
		p.rect([]tone{of(ember), of(ivory), of(fir).up(0.12)}[i], x-2, 70, 4, 16)
		p.blob(of(flame), x, 87, x-3, 92, x, 100, x+3, 92)
		p.shine(flame, x, 93, 16, 0.35)
	}
	p.on(func() {
		for i := range 7 {
			p.dot(of(ember), -42+float64(i)*14, 41, 3.4)
		}
	})
	p.lamp(0, 92, 70)
}

func drawApple(p *pen) {
	c := p.dyed(of(ember))
	p.limb(of(bark), 0, 80, 2, 2, 92, 2.2, 7, 100, 1.8)
	p.blob(c, 0, 82, -18, 88, -40, 78, -48, 52, -40, 22, -20, 2, -6, 4, 0, 6, 6, 4, 20, 2, 40, 22, 48, 52, 40, 78, 18, 88)
	p.on(func() {
		p.blob(c.down(0.09), 40, 78, 48, 52, 40, 22, 20, 2, 8, 4, 28, 24, 34, 52)
		p.limb(c.up(0.16), -32, 44, 2, -30, 60, 4, -22, 72, 2.4)
		p.oval(c.down(0.12), 0, 82, 10, 3)
	})
	p.blob(of(leaf).down(0.05), 4, 90, 16, 102, 36, 100, 26, 90, 14, 86)
}

func drawPumpkin(p *pen) {
	c := p.dyed(of(amber).down(0.07))
	p.limb(of(fir).up(0.08), 0, 72, 5, 2, 88, 4, 10, 98, 4.4)
	for i, q := range [][2]float64{{-42, 24}, {42, 24}, {-24, 30}, {24, 30}, {0, 28}} {
		p.oval(c.down([]float64{0.09, 0.13, 0.04, 0.07, 0}[i]), q[0], 38, q[1], 38-abs(q[0])*0.06)
	}
	p.on(func() {
		p.limb(c.up(0.10), -8, 50, 1, -7, 62, 2, -3, 70, 1)
		if p.dark {
			for _, s := range []float64{-1, 1} {
				p.poly(of(flame), s*22, 44, s*30, 60, s*10, 48)
			}
			p.poly(of(flame), -5, 40, 0, 48, 5, 40)
			p.poly(of(flame), -32, 32, -18, 26, -10, 31, 0, 24, 10, 31, 18, 26, 32, 32, 18, 16, -18, 16)
		}
	})
	p.limb(of(leaf).down(0.08), 4, 82, 1.4, 20, 86, 1.2, 30, 76, 1.2, 38, 80, 0.8)
	p.lamp(0, 36, 70)
}

func drawBread(p *pen) {
	c := of(wood).up(0.08)
	p.round(of(wood).down(0.06), -104, 0, 208, 12, 5)
	p.blob(c, -84, 14, -92, 44, -66, 78, -20, 92, 30, 92, 72, 76, 92, 44, 84, 14, 0, 10)
	p.on(func() {
		p.blob(c.down(0.09), -84, 14, -90, 32, -40, 22, 40, 22, 90, 32, 84, 14, 0, 10)
		for i := range 4 {
			x := -48 + float64(i)*32
			p.limb(of(ivory).down(0.05), x-10, 52, 2, x, 70, 5, x+12, 84, 2)
		}
	})
}

func drawIceCream(p *pen) {
	p.poly(of(amber).down(0.10), -18, 52, 0, 0, 18, 52)
	p.on(func() {
		for i := range 4 {
			f := float64(i)
			p.line(of(amber).down(0.20), 1, -17+f*5, 50-f*1, 3+f*3.4, 10+f*10)
			p.line(of(amber).down(0.20), 1, 17-f*5, 50-f*1, -3-f*3.4, 10+f*10)
		}
	})
	p.dot(of(ember).up(0.22), -10, 62, 13)
	p.dot(of(ivory), 11, 63, 13)
	p.dot(of(furBrown).up(0.08), 0, 79, 13)
	p.blob(of(ember).up(0.22), -22, 56, -10, 52, -4, 47, 2, 53, 12, 50, 22, 56, 0, 60)
	p.on(func() {
		p.limb(of(ivory), -6, 84, 1, -2, 88, 1.6, 4, 88, 1)
		for i := range 7 {
			a := turn(float64(i)*0.14 - 0.4)
			p.dot([]tone{of(amber), of(ivory), of(fir).up(0.14)}[i%3], a.X*9, 80+a.Y*9, 1)
		}
	})
	p.dot(of(ember), 2, 94, 4.4)
	p.limb(of(bark), 2, 98, 0.6, 6, 104, 0.6)
}

func drawTeapot(p *pen) {
	c := p.dyed([]tone{of(water).up(0.05), of(ember), of(fir).up(0.10)}[p.IntN(3)])
	p.limb(c.down(0.06), 40, 26, 9, 62, 40, 6, 70, 62, 4.4, 80, 68, 4)
	for i := range 16 {
		a, b := turn(0.5+float64(i)/32), turn(0.5+float64(i+1)/32)
		p.line(c.down(0.06), 6, -46+a.X*22, 42+a.Y*24, -46+b.X*22, 42+b.Y*24)
	}
	p.blob(c, -48, 34, -40, 62, -18, 76, 18, 76, 40, 62, 48, 34, 34, 8, 0, 2, -34, 8)
	p.blob(c.up(0.04), -24, 74, -18, 86, 0, 90, 18, 86, 24, 74)
	p.dot(of(amber), 0, 94, 6)
	p.round(c.down(0.08), -26, 0, 52, 5, 2)
	p.on(func() {
		p.limb(of(ivory), -46, 46, 2, 0, 40, 2.4, 46, 46, 2)
		for i := range 5 {
			x := -30 + float64(i)*15
			p.dot(of(ivory), x, 26+abs(x)*0.12, 3.4)
			p.dot(of(amber), x, 26+abs(x)*0.12, 1.4)
		}
		p.limb(c.up(0.12), -32, 52, 1, -26, 62, 2.2, -16, 68, 1)
	})
	p.smoke(curls, 0.4, func() {
		d := p.in(0.7, 1.3)
		p.limb(of(snow), 82, 74, 1, 86*d, 84, 2.4, 80, 94, 2.8, 88, 108, 0.6)
	})
}
