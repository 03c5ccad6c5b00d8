package paint

var farmFamily = []subject{
	{id: "cow", dyes: true, one: "a cow", many: "cows", tall: 1.5, wide: 1.45, share: 0.33, home: "farm", draw: drawCow},
	{id: "sheep", one: "a sheep", many: "sheep", tall: 0.9, wide: 1.25, share: 0.28, pale: true, home: "farm", draw: drawSheep},
	{id: "pig", one: "a pig", many: "pigs", tall: 0.8, wide: 1.5, share: 0.26, home: "farm", draw: drawPig},
	{id: "rooster", one: "a rooster", many: "chickens", tall: 0.5, wide: 1.05, share: 0.29, home: "farm", draw: drawRooster},
	{id: "duck", one: "a duck", many: "ducks", tall: 0.45, wide: 1.5, share: 0.20, foot: onWater, home: "lake", draw: drawDuck},
	{id: "stork", one: "a stork", many: "storks", tall: 1.1, wide: 0.8, share: 0.40, home: "meadow", season: "spring", draw: drawStork},
	{id: "dove", one: "a dove", many: "doves", tall: 2.2, wide: 1.4, share: 0.19, foot: inAir, pale: true, home: "clouds", draw: drawDove},
	{id: "butterfly", dyes: true, one: "a butterfly", many: "butterflies", tall: 1.2, wide: 1.1, share: 0.18, foot: inAir, home: "meadow", season: "summer", draw: drawButterfly},
}

func drawCow(p *pen) {
	coat, patch := of(ivory).down(0.02), p.dyed(of(furBrown))
	far := coat.down(0.10)
	s := p.in(-3, 3)
	p.limb(far, -56, 70, 2, -64, 54, 1.6, -62, 34, 1.6)
	p.dot(patch, -62, 30, 4)
	p.limb(far, 22, 44, 8, 25+s, 22, 5, 24+s, 4, 4.6)
	p.limb(far, -36, 44, 9, -33-s, 22, 5, -35-s, 4, 4.6)
	p.oval(of(ember).up(0.24), -26, 34, 9, 6)
	p.blob(coat, -58, 72, -52, 38, -20, 33, 20, 35, 38, 42, 44, 66, 36, 80, 0, 78, -46, 80)
	p.limb(coat, 30, 46, 9, 33, 24, 5.6, 32, 4, 5)
	p.limb(coat, -48, 46, 11, -49, 24, 5.8, -51, 4, 5)
	p.on(func() {
		p.blob(patch, -52, 76, -30, 80, -20, 64, -34, 50, -54, 58)
		p.blob(patch, 2, 78, 24, 78, 26, 60, 10, 48, -6, 58)
		for _, x := range []float64{32, -51, 24 + s, -35 - s} {
			p.rect(of(ink).up(0.1), x-5, 0, 10, 4.6)
		}
	})
	p.limb(of(ivory).down(0.10), 40, 96, 2, 37, 102, 1.6, 40, 107, 0.6)
	p.limb(of(ivory).down(0.10), 54, 96, 2, 59, 101, 1.6, 58, 107, 0.6)
	p.limb(patch, 38, 90, 3.4, 26, 90, 4, 22, 86, 1.4)
	p.limb(coat, 40, 74, 14, 48, 86, 11, 58, 74, 8, 63, 66, 7.6)
	p.on(func() {
		p.blob(patch, 38, 94, 50, 97, 50, 82, 40, 76, 34, 84)
		p.oval(of(ember).up(0.24), 64, 65, 7.6, 6.4)
		p.dot(of(ink).up(0.1), 67, 67, 1.3)
		p.dot(of(ink).up(0.1), 62, 65, 1.3)
		p.dot(of(ink), 55, 82, 1.9)
		p.limb(of(ember), 34, 68, 2.4, 42, 61, 2.6, 51, 63, 2.2)
		p.round(of(amber), 39, 51, 9, 9, 2)
	})
}

func drawSheep(p *pen) {
	wool, leg := of(furWhite).down(0.03), of(ink).up(0.16)
	for _, x := range []float64{-32, 14} {
		p.limb(leg.down(0.04), x+8, 30, 4.6, x+8, 4, 4)
	}
	for _, x := range []float64{-36, 18} {
		p.limb(leg, x, 30, 5, x, 4, 4.4)
	}
	p.blob(wool, -56, 40, -58, 62, -44, 80, -22, 86, -2, 88, 22, 84, 38, 70, 42, 50, 32, 32, 8, 26, -20, 25, -44, 28)
	for i := range 15 {
		a := turn(float64(i) / 15)
		p.dot(wool.down(0.012*float64(i%3)), -8+a.X*44, 56+a.Y*27, 10)
	}
	p.limb(leg, 40, 74, 11, 52, 62, 9, 58, 54, 7)
	p.limb(leg.down(0.03), 34, 80, 4, 26, 74, 4.4, 22, 68, 2)
	p.limb(leg.down(0.03), 47, 82, 4, 56, 80, 4, 60, 76, 2)
	p.dot(wool, 38, 85, 9)
	p.dot(wool, 46, 86, 7)
	p.on(func() {
		p.dot(of(furWhite), 50, 68, 2.6)
		p.dot(of(ink), 50.8, 68, 1.4)
		for i := range 9 {
			x, y := -40+float64(i%5)*15, 42+float64(i%3)*14
			p.limb(wool.down(0.10), x-4, y, 0.8, x, y+3, 1.2, x+4, y, 0.8)
		}
	})
}

func drawPig(p *pen) {
	coat := of(ember).up(0.22)
	far := coat.down(0.08)
	p.limb(far, -58, 52, 2, -66, 58, 2, -62, 66, 1.8, -56, 62, 1.6)
	for _, x := range []float64{-30, 26} {
		p.limb(far, x, 34, 9, x, 6, 6)
	}
	p.blob(coat, -60, 46, -52, 74, -22, 88, 18, 86, 44, 78, 62, 62, 62, 44, 44, 30, 10, 20, -36, 22)
	for _, x := range []float64{-42, 14} {
		p.limb(coat, x, 34, 11, x, 6, 6.6)
	}
	p.poly(far, 22, 90, 26, 66, 42, 82)
	p.poly(coat.up(0.03), 38, 92, 42, 70, 54, 84)
	p.limb(coat, 56, 54, 12, 68, 52, 9)
	p.on(func() {
		p.oval(far, 74, 52, 6, 9.5)
		p.dot(far.down(0.12), 74, 55, 1.8)
		p.dot(far.down(0.12), 74, 48, 1.8)
		p.dot(of(ink), 52, 66, 2.4)
		p.limb(far.down(0.06), 56, 42, 0.8, 62, 40, 1.2, 67, 43, 0.8)
		for _, x := range []float64{-42, 14, -30, 26} {
			p.rect(far.down(0.10), x-6.4, 0, 12.8, 4)
		}
	})
}

func drawRooster(p *pen) {
	coat, tail := of(wood).up(0.02), of(fir).up(0.04)
	for i, t := range []tone{tail, of(ember), tail.down(0.05), tail.up(0.05)} {
		f := float64(i)
		p.limb(t, -18, 40, 6, -38-f*3, 62+f*5, 5, -54+f*2, 58+f*10, 4, -60+f*7, 40+f*9, 1.6)
	}
	p.line(of(amber).down(0.06), 3, 2, 22, 3, 2)
	p.line(of(amber).down(0.06), 3, 14, 22, 16, 2)
	p.line(of(amber).down(0.06), 2.6, -4, 2, 12, 1.4)
	p.line(of(amber).down(0.06), 2.6, 10, 2, 26, 1.4)
	p.blob(coat, -28, 44, -14, 50, 4, 50, 12, 66, 18, 82, 30, 86, 36, 76, 34, 56, 28, 34, 14, 20, -6, 20, -22, 30)
	p.blob(of(ember), 20, 84, 18, 97, 24, 92, 28, 100, 31, 92, 37, 95, 35, 82)
	p.on(func() {
		p.blob(of(amber), 16, 82, 28, 84, 36, 72, 34, 54, 26, 46, 14, 50, 12, 62)
		p.blob(coat.down(0.10), -20, 42, 4, 46, 16, 34, 6, 25, -14, 30)
		p.limb(of(amber).down(0.1), -12, 36, 1, 0, 34, 1.4, 10, 37, 0.8)
		p.dot(of(ink), 30, 80, 2)
	})
	p.poly(of(amber).down(0.06), 34, 82, 45, 76, 34, 74)
	p.limb(of(ember), 35, 73, 3, 36, 66, 4)
}

func drawDuck(p *pen) {
	coat, wing := of(furWhite).down(0.07), of(furBrown).up(0.14)
	p.blob(coat.down(0.06), -74, 46, -58, 20, -20, 2, 24, 0, 46, 14, 50, 36, 30, 44, -20, 40)
	p.blob(of(furBrown).up(0.02), 20, 38, 46, 46, 54, 26, 44, 8, 20, 2, 12, 18)
	p.blob(wing, -78, 52, -46, 44, 4, 44, 26, 30, 6, 16, -30, 14, -58, 28)
	p.limb(of(fir).up(0.06), 40, 34, 11, 44, 56, 10, 44, 74, 16)
	p.limb(of(amber), 56, 76, 6, 70, 70, 4.6, 80, 69, 3.4)
	p.on(func() {
		p.limb(of(ivory), 30, 44, 3, 42, 42, 3.4, 54, 45, 3)
		p.poly(of(water).down(0.1), -34, 24, -4, 20, 0, 28, -28, 33)
		p.limb(wing.down(0.1), -56, 40, 1, -26, 34, 1.4, 6, 38, 1)
		p.dot(of(ivory), 49, 80, 3.4)
		p.dot(of(ink), 50, 80, 2)
	})
}

func drawStork(p *pen) {
	coat := of(furWhite)
	p.line(of(ember), 2.4, 2, 44, 4, 22, 2, 1)
	p.line(of(ember), 2.2, 2, 1, 10, 1)
	p.line(of(ember), 2.4, -8, 44, -2, 30, -14, 24)
	p.blob(of(ink).up(0.06), -44, 40, -30, 54, -6, 52, -2, 42, -20, 38)
	p.blob(coat, -30, 54, -10, 64, 10, 66, 20, 56, 16, 44, 0, 38, -18, 42)
	p.limb(coat, 10, 58, 7, 20, 70, 4.4, 20, 84, 4, 24, 93, 5)
	p.limb(of(ember), 28, 93, 2.4, 42, 88, 1.8, 56, 82, 0.8)
	p.on(func() {
		p.limb(coat.down(0.10), -26, 52, 0.8, -8, 50, 1.2, 8, 55, 0.8)
		p.dot(of(ink), 26, 94.4, 1.2)
	})
}

func drawDove(p *pen) {
	coat, far := of(furWhite), of(furWhite).down(0.10)
	flap := p.in(-10, 12)
	p.limb(far, 6, 54, 12, 0, 78+flap*0.5, 11, -14, 96+flap, 3)
	p.blob(coat, -56, 30, -66, 18, -60, 10, -40, 26)
	p.limb(coat, -44, 30, 6, -14, 40, 13, 16, 48, 14, 32, 60, 10, 40, 64, 9)
	p.limb(coat, 4, 50, 13, -18, 70+flap*0.6, 12, -44, 82+flap, 8, -62, 84+flap, 2)
	p.poly(of(amber).down(0.08), 47, 66, 58, 61, 47, 59)
	p.on(func() {
		p.limb(far, -20, 56+flap*0.4, 1, -40, 70+flap*0.8, 1.4)
		p.limb(far, -8, 54+flap*0.3, 1, -24, 66+flap*0.6, 1.4)
		p.dot(of(ink), 41, 66, 1.8)
	})
	p.limb(of(leaf).down(0.08), 52, 60, 1, 60, 50, 0.9, 62, 40, 0.6)
	for i := range 3 {
		p.limb(of(leaf).down(0.08), 56+float64(i)*2, 54-float64(i)*5, 0.6, 64+float64(i), 54-float64(i)*5, 2, 70, 52-float64(i)*6, 0.4)
	}
}

func drawButterfly(p *pen) {
	c := p.dyed([]tone{of(ember), of(amber), of(frost)}[p.IntN(3)])
	dark := of(ink).up(0.06)
	p.tilted(p.in(-22, 10), 0, 50, func() {
		for _, s := range []float64{-1, 1} {
			p.blob(dark, s*2, 54, s*14, 88, s*40, 100, s*54, 82, s*44, 58, s*16, 48)
			p.blob(dark, s*2, 50, s*18, 46, s*38, 40, s*38, 18, s*20, 6, s*8, 24)
			p.on(func() {
				p.blob(c, s*6, 58, s*17, 82, s*37, 92, s*46, 80, s*38, 62, s*18, 53)
				p.blob(c.down(0.07), s*5, 46, s*18, 42, s*32, 36, s*31, 21, s*20, 13, s*10, 27)
				p.dot(of(ivory), s*40, 84, 3)
				p.dot(of(ivory), s*34, 73, 4.6)
				p.dot(of(ivory), s*23, 26, 4)
			})
			p.limb(dark, s, 66, 0.9, s*7, 82, 0.8, s*12, 90, 1.5)
		}
		p.limb(dark, 0, 14, 1.6, 0, 40, 3.6, 0, 60, 3.4, 0, 68, 4)
	})
}
