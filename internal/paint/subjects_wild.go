package paint

var wildFamily = []subject{
	{id: "elephant", one: "an elephant", many: "elephants", tall: 3, wide: 1.35, share: 0.40, home: "savanna", draw: drawElephant},
	{id: "giraffe", one: "a giraffe", many: "giraffes", tall: 5, wide: 0.7, share: 0.52, home: "savanna", draw: drawGiraffe},
	{id: "lion", one: "a lion", many: "lions", tall: 1.2, wide: 1.5, share: 0.31, home: "savanna", draw: drawLion},
	{id: "mouse", one: "a mouse", many: "mice", tall: 0.1, wide: 1.3, share: 0.20, home: "meadow", draw: drawMouse},
	{id: "seal", one: "a seal", many: "seals", tall: 0.9, wide: 1.6, share: 0.24, home: "glacier", draw: drawSeal},
	{id: "dolphin", one: "a dolphin", many: "dolphins", tall: 2, wide: 1.5, share: 0.26, foot: onWater, home: "seaside", draw: drawDolphin},
	{id: "frog", dyes: true, one: "a frog", many: "frogs", tall: 0.12, wide: 1.4, share: 0.19, home: "lake", season: "summer", draw: drawFrog},
	{id: "turtle", one: "a turtle", many: "turtles", tall: 0.3, wide: 1.9, share: 0.17, home: "beach", draw: drawTurtle},
}

func drawElephant(p *pen) {
	coat, far := of(furGrey), of(furGrey).down(0.09)
	s := p.in(-3, 3)
	for _, x := range []float64{-32 + s, 14 - s} {
		p.limb(far, x, 46, 10, x+2, 24, 8.5, x+2, 6, 8.5)
	}
	p.limb(far, -54, 62, 2, -62, 50, 1.8, -60, 34, 1.4)
	p.blob(coat, -56, 62, -44, 84, -14, 92, 16, 88, 28, 74, 26, 46, 6, 36, -34, 36, -54, 42)
	for _, x := range []float64{-44 - s, 4 + s} {
		p.limb(coat, x, 50, 12, x, 26, 9.6, x, 7, 9.6)
		p.on(func() {
			for _, d := range []float64{-5, 0, 5} {
				p.oval(of(ivory).down(0.06), x+d, 2.6, 2, 2.4)
			}
		})
	}
	p.blob(coat, 14, 80, 26, 98, 46, 96, 56, 80, 50, 62, 34, 54, 18, 60)
	lift := p.in(0, 16)
	p.limb(coat, 48, 72, 11, 58, 54, 8, 61, 32, 6, 64, 16+lift*0.6, 4.8, 74, 12+lift, 4)
	p.limb(of(ivory), 50, 62, 3.2, 60, 54, 2.6, 68, 56, 1)
	p.on(func() {
		p.blob(far, 8, 92, 0, 76, 4, 56, 18, 48, 30, 60, 30, 82, 22, 94)
		p.blob(far.up(0.04), 10, 88, 5, 76, 9, 60, 18, 54, 25, 64, 25, 82, 20, 89)
		p.dot(of(ink), 44, 80, 2.2)
		for i := range 3 {
			y := 26 + float64(i)*8
			p.limb(far, 56, y+2, 0.7, 66, y, 0.7)
		}
		p.limb(far, -30, 44, 0.8, -24, 56, 1.2, -26, 70, 0.8)
	})
}

func drawGiraffe(p *pen) {
	coat, far, spot := of(amber).down(0.03), of(amber).down(0.15), of(wood)
	s := p.in(-2, 2)
	p.limb(far, 8, 40, 4, 10+s, 22, 2.2, 9+s, 3, 1.9)
	p.limb(far, -15, 38, 4.4, -13-s, 22, 2.4, -15-s, 3, 1.9)
	p.limb(far, -22, 46, 1, -26, 36, 1, -25, 26, 1.8)
	p.limb(coat, -16, 44, 8.6, -4, 46, 9.4, 8, 50, 8.6, 15, 64, 5, 21, 82, 3.6, 24, 90, 3.4)
	p.limb(coat, 11, 42, 5, 14, 22, 2.4, 13, 3, 2)
	p.limb(coat, -20, 40, 5.4, -19, 24, 2.6, -21, 3, 2)
	p.limb(far, 22, 93, 1.2, 21, 98, 1, 20.4, 100, 1.2)
	p.limb(far, 25, 94, 1.2, 25, 99, 1, 25, 100, 1.2)
	p.limb(far, 21, 92, 1, 16, 92.5, 1.6, 14, 91, 0.6)
	p.limb(coat, 23, 92, 3.8, 30, 88, 3, 36, 84.6, 2.2)
	p.on(func() {
		for _, q := range [][3]float64{{-18, 47, 3}, {-11, 50, 2.8}, {-4, 48, 3.2}, {4, 52, 3}, {-14, 41, 2.6}, {-6, 41, 2.8}, {2, 44, 2.8}, {9, 46, 2.4}, {10, 56, 2.6}, {13, 63, 2.2}, {16, 70, 1.9}, {18.4, 77, 1.7}, {20.6, 83, 1.5}, {-20, 33, 1.7}, {13.5, 34, 1.5}} {
			p.poly(spot, q[0]-q[2], q[1]-q[2]*0.5, q[0]-q[2]*0.4, q[1]+q[2], q[0]+q[2]*0.8, q[1]+q[2]*0.7, q[0]+q[2], q[1]-q[2]*0.5, q[0], q[1]-q[2])
		}
		p.limb(spot.down(0.04), 7, 60, 0.6, 13, 76, 1, 19, 92, 0.8)
		p.dot(of(ink), 27, 91.6, 0.9)
		p.limb(far.down(0.05), 34, 84.6, 1.8, 37, 84, 1.6)
		for _, x := range []float64{13, -21, 9 + s, -15 - s} {
			p.rect(of(ink).up(0.12), x-2, 0, 4, 3.4)
		}
	})
}

func drawLion(p *pen) {
	coat, far, mane := of(amber).down(0.08), of(amber).down(0.18), of(wood).up(0.02)
	p.limb(far, -54, 52, 3, -70, 44, 2.6, -76, 58, 2.4, -72, 68, 2)
	p.dot(mane, -71, 71, 5)
	p.limb(far, 16, 44, 8, 18, 22, 6, 16, 4, 5.4, 22, 3, 4)
	p.limb(far, -34, 44, 10, -30, 24, 6.4, -34, 5, 5.2, -27, 3, 4)
	p.limb(coat, -48, 50, 14, -22, 54, 15, 10, 54, 16, 26, 58, 14)
	p.limb(coat, 24, 46, 10, 28, 24, 6.8, 27, 5, 6, 34, 3.4, 4.6)
	p.limb(coat, -48, 46, 13, -48, 26, 7, -51, 6, 5.8, -44, 3.4, 4.4)
	for i := range 13 {
		a := turn(float64(i) / 13)
		p.limb(mane.down(0.02*float64(i%3)), 34+a.X*14, 68+a.Y*14, 9, 34+a.X*27, 66+a.Y*29, 3)
	}
	p.dot(mane, 34, 67, 24)
	p.dot(coat, 24, 85, 5)
	p.dot(coat, 47, 85, 5)
	p.blob(coat, 22, 74, 28, 84, 42, 84, 52, 74, 54, 62, 47, 53, 38, 51, 28, 56)
	p.on(func() {
		p.blob(of(furWhite).down(0.06), 36, 62, 44, 65, 54, 61, 51, 53, 42, 50, 36, 55)
		p.poly(of(ink).up(0.05), 43, 66, 53, 66, 49, 60)
		p.dot(of(ink), 36, 72, 2)
		p.dot(of(ink), 49, 73, 2)
		p.limb(of(ink).up(0.05), 49, 60, 0.7, 46, 56, 0.9, 41, 57, 0.6)
	})
}

func drawMouse(p *pen) {
	coat, far := of(furGrey).up(0.06), of(furGrey).down(0.06)
	p.limb(of(ember).up(0.18), -50, 14, 3, -76, 8, 2.4, -96, 18, 1.8, -112, 10, 1)
	p.dot(far, 14, 78, 19)
	p.blob(coat, -58, 20, -48, 54, -18, 70, 16, 66, 44, 52, 66, 34, 64, 28, 40, 14, 20, 4, -36, 2)
	p.dot(coat, 2, 76, 22)
	p.on(func() {
		p.dot(of(ember).up(0.22), 3, 76, 14)
		p.dot(of(ink), 40, 42, 4)
		p.dot(of(furWhite), 41.4, 43.6, 1.3)
		p.dot(of(ember).up(0.1), 66, 31, 4)
		for _, d := range []float64{-5, 0, 6} {
			p.limb(far, 52, 30, 0.7, 72, 24+d, 0.4)
		}
		p.blob(coat.up(0.12), -26, 6, 0, 22, 26, 20, 20, 5)
	})
	p.limb(far, -28, 5, 4, -14, 3, 4)
	p.limb(far, 24, 7, 3.6, 34, 4, 3.4)
}

func drawSeal(p *pen) {
	coat, far := of(furGrey).up(0.04), of(furGrey).down(0.08)
	p.limb(far, -66, 12, 7, -84, 20, 5, -92, 34, 3)
	p.limb(far, -66, 10, 7, -88, 8, 5, -98, 14, 3)
	p.limb(coat, -70, 12, 9, -38, 22, 20, -4, 26, 25, 26, 44, 21, 42, 72, 16, 50, 80, 15)
	p.limb(coat, 50, 80, 14, 64, 76, 8)
	p.limb(far, 12, 22, 8, 30, 6, 6, 44, 3, 4)
	p.limb(coat.down(0.03), -6, 16, 8, 2, 5, 6, 16, 2.6, 4)
	p.on(func() {
		p.blob(coat.up(0.12), 8, 12, 30, 26, 46, 56, 56, 64, 48, 40, 30, 14)
		p.dot(of(ink), 54, 84, 3.4)
		p.dot(of(furWhite), 55, 85.2, 1.1)
		p.dot(of(ink), 71, 77, 3.6)
		for _, d := range []float64{-3, 1, 5} {
			p.limb(of(furWhite).down(0.1), 63, 73, 0.6, 76, 68+d, 0.4)
		}
		for range 9 {
			p.dot(far, p.in(-56, 10), p.in(24, 44), p.in(0.8, 2))
		}
	})
}

func drawDolphin(p *pen) {
	coat := of(water).down(0.06)
	p.blob(coat, -66, 12, -50, 46, -22, 74, 8, 82, 36, 70, 52, 54, 66, 46, 64, 41, 48, 42, 30, 44, 6, 42, -20, 30, -44, 2)
	p.blob(coat, -10, 74, -18, 98, -26, 100, -28, 70)
	p.blob(coat, -54, 18, -78, 22, -86, 12, -62, 4, -58, -14, -46, -14, -42, 8)
	p.limb(coat.down(0.08), 14, 48, 6, 6, 32, 4.6, -6, 22, 1.5)
	p.on(func() {
		p.blob(of(ivory).down(0.04), 60, 44, 40, 50, 14, 50, -20, 34, -40, 6, -20, 30, 6, 41, 34, 42)
		p.dot(of(ink), 42, 58, 2.4)
		p.limb(coat.down(0.12), 50, 47, 0.7, 62, 44, 0.7)
	})
	p.faint(0.8, func() {
		for range 12 {
			x := p.in(-84, -24)
			p.oval(of(ivory), x, p.in(-8, 16), p.in(1.4, 4), p.in(1.2, 3))
		}
		p.limb(of(ivory), -96, -8, 2, -56, -4, 4, -10, -9, 2)
	})
}

func drawFrog(p *pen) {
	coat := p.dyed(of(moss).down(0.05))
	far := coat.down(0.09)
	p.limb(far, -40, 12, 9, -58, 24, 9, -46, 42, 10, -26, 34, 8)
	p.blob(coat, -52, 8, -46, 44, -10, 66, 30, 78, 56, 66, 62, 46, 46, 28, 24, 8, -20, 2)
	p.limb(coat.down(0.04), -40, 30, 13, -56, 16, 9, -44, 5, 5, -22, 3.4, 4)
	p.limb(coat, 20, 30, 7, 28, 12, 5, 24, 4, 4, 40, 2.6, 3.4)
	p.dot(coat, 30, 82, 13)
	p.dot(coat, 50, 80, 12)
	p.on(func() {
		p.blob(coat.up(0.18), 58, 48, 40, 42, 26, 20, 12, 10, 24, 8, 44, 28)
		p.dot(of(ivory), 33, 84, 8)
		p.dot(of(ivory), 53, 82, 7.4)
		p.dot(of(ink), 35, 84, 4.4)
		p.dot(of(ink), 55, 82, 4.2)
		p.limb(far.down(0.06), 28, 60, 1, 46, 54, 1.4, 61, 58, 0.9)
		for _, q := range [][3]float64{{-26, 42, 5}, {-8, 54, 4}, {-36, 28, 4}, {8, 60, 3.4}} {
			p.oval(far, q[0], q[1], q[2], q[2]*0.8)
		}
	})
}

func drawTurtle(p *pen) {
	skin, shell := of(moss).down(0.04), of(fir).up(0.08)
	p.limb(skin.down(0.08), -46, 24, 10, -66, 8, 8)
	p.limb(skin.down(0.08), 40, 22, 10, 52, 6, 8)
	p.limb(skin, 60, 34, 14, 80, 50, 13, 92, 62, 14)
	p.limb(skin, -30, 22, 12, -38, 6, 10, -28, 4, 8)
	p.limb(skin, 26, 20, 12, 34, 6, 10, 44, 4, 8)
	p.limb(skin, -66, 24, 6, -86, 16, 2)
	p.blob(shell, -72, 24, -62, 62, -28, 92, 14, 94, 52, 70, 68, 28, 30, 18, -40, 18)
	p.on(func() {
		p.limb(shell.down(0.09), -72, 26, 5, 0, 18, 6, 68, 28, 5)
		for _, q := range [][3]float64{{-4, 62, 17}, {-40, 50, 13}, {32, 52, 14}, {-24, 82, 8}, {18, 84, 8}} {
			p.poly(of(amber).down(0.10), star(q[0], q[1], q[2], q[2]*0.9, 3)...)
		}
		p.dot(of(ink), 96, 66, 3.6)
		p.limb(skin.down(0.14), 94, 55, 1.2, 104, 57, 1)
	})
}
