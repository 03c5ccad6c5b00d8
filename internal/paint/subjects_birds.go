package paint

var birdFamily = []subject{
	{id: "owl", one: "an owl", many: "owls", tall: 0.6, wide: 0.7, share: 0.32, home: "forest", draw: drawOwl},
	{id: "robin", one: "a robin", many: "robins", tall: 0.16, wide: 1.2, share: 0.24, home: "garden", draw: drawRobin},
	{id: "swan", one: "a swan", many: "swans", tall: 1.1, wide: 1.3, share: 0.28, foot: onWater, pale: true, home: "lake", draw: drawSwan},
	{id: "penguin", one: "a penguin", many: "penguins", tall: 0.9, wide: 0.55, share: 0.32, home: "river", draw: drawPenguin},
	{id: "geese", one: "a flight of wild geese", many: "wild geese", tall: 6, wide: 2.4, share: 0.22, foot: inAir, home: "lake", draw: drawGeese},
	{id: "raven", one: "a raven", many: "ravens", tall: 0.5, wide: 1.2, share: 0.25, home: "forest", draw: drawRaven},
}

func drawOwl(p *pen) {
	coat, far, pale := of(furBrown).up(0.04), of(furBrown).down(0.06), of(furWhite).down(0.03)
	if p.yes(0.5) {
		coat, far, pale = of(furWhite).down(0.03), of(furWhite).down(0.15), of(furWhite).up(0.02)
	}
	// A stump gives it a place of its own to sit.
	p.blob(of(bark), -17, 24, -20, 8, -27, 0, 27, 0, 19, 10, 17, 24)
	p.on(func() {
		p.limb(of(bark).up(0.10), -9, 4, 0.7, -8, 18, 0.9)
		p.limb(of(bark).up(0.10), 6, 3, 0.7, 8, 17, 0.9)
	})
	p.oval(of(wood).up(0.16), 0, 24, 17.5, 4)
	if p.snowy {
		p.blob(of(snow), -19, 24, -15, 28, 0, 29, 15, 28, 19, 24, 15, 21, 8, 22.5, 0, 20.5, -9, 22.5, -15, 20.5)
	}
	p.limb(far, -9, 34, 6, -5, 20, 4.6, -4, 12, 2)
	p.blob(coat, -17, 88, -23, 68, -23, 46, -13, 30, 0, 26, 13, 30, 23, 46, 23, 68, 17, 88, 0, 92)
	p.poly(coat, -17, 84, -19, 100, -4, 91)
	p.poly(coat, 17, 84, 19, 100, 4, 91)
	p.on(func() {
		p.blob(pale, -13, 66, -14, 50, -8, 34, 0, 29, 8, 34, 14, 50, 13, 66)
		for r := range 4 {
			y := 60 - float64(r)*7.2
			for i := -2; i <= 2; i++ {
				if r%2 == 1 && i == 2 || r == 3 && (i < -1 || i > 0) {
					continue
				}
				x := (float64(i) + 0.5*float64(r%2)) * 4.8
				p.limb(far, x-1.3, y+1, 0.5, x, y-0.6, 0.8, x+1.3, y+1, 0.5)
			}
		}
		p.limb(far, -21, 66, 3, -22, 48, 5, -15, 33, 1.4)
		p.limb(far, 21, 66, 3, 22, 48, 5, 15, 33, 1.4)
		p.dot(pale, -8.5, 78, 10.4)
		p.dot(pale, 8.5, 78, 10.4)
		p.dot(of(amber), -8, 78, 6)
		p.dot(of(amber), 8, 78, 6)
		p.dot(of(ink), -7.4, 78, 3.5)
		p.dot(of(ink), 7.4, 78, 3.5)
		p.dot(of(furWhite), -6.2, 79.6, 1.1)
		p.dot(of(furWhite), 8.6, 79.6, 1.1)
		p.poly(of(amber).down(0.12), -3, 75, 3, 75, 0, 68)
		p.limb(of(amber).down(0.1), -8, 27, 1.2, -6, 24, 1.4)
		p.limb(of(amber).down(0.1), 8, 27, 1.2, 6, 24, 1.4)
	})
}

func drawRobin(p *pen) {
	coat, far := of(furBrown).up(0.02), of(furBrown).down(0.08)
	p.limb(far, -40, 34, 9, -62, 24, 6, -78, 20, 4)
	p.line(of(ink), 2.6, 2, 22, 4, 0)
	p.line(of(ink), 2.6, -10, 22, -8, 0)
	p.line(of(ink), 2.2, 0, 1.2, 12, 1.2)
	p.line(of(ink), 2.2, -12, 1.2, 0, 1.2)
	p.blob(coat, -48, 34, -34, 60, -6, 82, 16, 98, 40, 96, 50, 76, 44, 48, 24, 22, -6, 14, -34, 20)
	p.on(func() {
		p.blob(of(furWhite).down(0.04), 34, 36, 24, 22, -6, 14, -26, 18, -8, 32, 16, 40)
		p.blob(of(ember), 22, 92, 40, 93, 49, 76, 46, 52, 34, 34, 16, 38, 12, 56, 18, 74)
		p.blob(far, 4, 66, -14, 66, -44, 40, -62, 28, -36, 28, -6, 36, 6, 50)
		p.limb(coat.up(0.10), -6, 56, 1.2, -24, 45, 1.4, -42, 34, 1)
		p.dot(of(ink), 35, 82, 3.6)
		p.dot(of(furWhite), 36.2, 83.2, 1.1)
	})
	p.poly(of(amber).down(0.1), 48, 83, 63, 77, 48, 73)
}

func drawSwan(p *pen) {
	coat, far := of(furWhite), of(furWhite).down(0.11)
	p.blob(coat, -66, 34, -58, 18, -40, 4, 0, 0, 34, 4, 46, 20, 36, 36, 4, 44, -30, 42)
	p.blob(far, -76, 46, -54, 20, -20, 10, 14, 14, 24, 28, 6, 46, -24, 52, -50, 46)
	p.blob(coat, -72, 54, -48, 30, -16, 20, 16, 22, 28, 34, 12, 50, -16, 58, -46, 54)
	p.limb(coat, 34, 20, 11, 46, 36, 7.5, 38, 56, 6, 30, 74, 5.4, 36, 90, 5.6, 46, 92, 6.4)
	p.on(func() {
		p.limb(far, -52, 46, 1, -22, 34, 1.5, 8, 34, 1)
		p.limb(far, -38, 50, 0.9, -12, 42, 1.4, 12, 42, 0.9)
		p.limb(of(ink), 49, 92, 2.2, 54, 89, 2, 56, 88, 1)
	})
	p.limb(of(ember).up(0.04), 53, 90, 2.8, 61, 86, 2.4, 66, 83.5, 1.2)
	p.on(func() { p.dot(of(ink), 47, 94, 1.3) })
}

func drawPenguin(p *pen) {
	coat := of(ink).up(0.05)
	p.limb(of(amber).down(0.06), -10, 2, 3, 0, 1.8, 3)
	p.limb(of(amber).down(0.06), 8, 2, 3, 18, 1.8, 3)
	p.blob(coat, -20, 8, -26, 40, -16, 74, -13, 90, 0, 99, 14, 92, 18, 76, 26, 42, 20, 6, 0, 2)
	p.limb(coat, -18, 66, 4, -30, 46, 5, -34, 28, 2)
	p.on(func() {
		p.blob(of(furWhite), -8, 8, -10, 40, -1, 68, 10, 74, 18, 60, 21, 38, 17, 8, 4, 4)
		p.limb(coat.up(0.07), -12, 64, 3, -17, 44, 4, -15, 26, 1.6)
		p.blob(of(amber), 4, 76, 10, 84, 15, 80, 16, 70, 10, 68)
		p.dot(of(furWhite), 7, 89, 2.2)
		p.dot(of(ink), 7.5, 89, 1.2)
	})
	p.poly(of(ember), 13, 91, 28, 85, 13, 83)
	if p.yes(0.5) {
		p.on(func() { p.limb(of(ember), -15, 76, 3.4, 2, 71, 4, 18, 75, 3.4) })
		p.limb(of(ember).down(0.06), -12, 74, 3, -16, 62, 3.4, -14, 52, 3.6)
	}
}

func drawGeese(p *pen) {
	for i := range 7 {
		row, arm := (i+1)/2, 1.0
		if i%2 == 1 {
			arm = -0.55
		}
		x := 90 - float64(row)*44 + p.in(-4, 4)
		y := 52 + arm*float64(row)*17 + p.in(-3, 3)
		flap := p.in(-5, 10)
		p.within(x, y, 0.62, 0.62, func() {
			c := of(ink).up(0.14)
			p.limb(c, -20, 0, 2.6, -4, 0, 4.6, 10, 0, 3.4, 24, 3, 1.7, 31, 3, 1.9, 35, 2.4, 0.8)
			p.limb(c, 2, 1, 3, -8, 16+flap, 3.4, -22, 26+flap, 1.2)
			p.limb(c.up(0.10), 0, 0, 2.6, -9, -9+flap*0.6, 3, -24, -14+flap*0.6, 1)
		})
	}
}

func drawRaven(p *pen) {
	c := of(ink).up(0.03)
	p.limb(c, -38, 34, 8, -62, 22, 7, -80, 14, 4)
	p.line(c, 3, -2, 24, 2, 0)
	p.line(c, 3, -14, 24, -12, 0)
	p.line(c, 2.4, 0, 1.4, 12, 1.4)
	p.line(c, 2.4, -14, 1.4, -2, 1.4)
	p.blob(c, -46, 32, -30, 56, -4, 72, 16, 90, 32, 96, 44, 88, 42, 72, 36, 50, 18, 26, -8, 18, -32, 20)
	p.poly(c, 40, 92, 70, 80, 42, 74)
	p.on(func() {
		p.blob(c.up(0.09), 0, 60, -20, 54, -50, 30, -66, 20, -36, 24, -6, 32, 6, 46)
		p.dot(of(amber), 36, 86, 2.2)
		p.limb(c.up(0.12), 48, 82, 0.5, 64, 80, 0.5)
	})
}
