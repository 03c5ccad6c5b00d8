package paint

var furFamily = []subject{
	{id: "polar-fox", one: "a polar fox", many: "polar foxes", tall: 0.6, wide: 1.25, share: 0.33, pale: true, home: "forest",
		draw: func(p *pen) { drawFox(p, of(furWhite), of(furWhite).down(0.09), of(furWhite).up(0.02)) }},
	{id: "fox", one: "a red fox", many: "red foxes", tall: 0.65, wide: 1.25, share: 0.33, home: "forest",
		draw: func(p *pen) { drawFox(p, of(furRust), of(furRust).down(0.10), of(furWhite)) }},
	{id: "wolf", one: "a wolf", many: "wolves", tall: 0.9, wide: 1.3, share: 0.34, home: "forest", draw: drawWolf},
	{id: "dog", dyes: true, one: "a dog", many: "dogs", tall: 0.6, wide: 1.1, share: 0.30, home: "village", draw: drawDog},
	{id: "cat", dyes: true, one: "a cat", many: "cats", tall: 0.4, wide: 0.9, share: 0.30, home: "village", draw: drawCat},
	{id: "bear", dyes: true, one: "a bear", many: "bears", tall: 1.4, wide: 1.45, share: 0.32, home: "forest",
		draw: func(p *pen) { drawBear(p, p.dyed(of(furBrown))) }},
	{id: "polar-bear", one: "a polar bear", many: "polar bears", tall: 1.5, wide: 1.45, share: 0.32, pale: true, home: "river",
		draw: func(p *pen) { drawBear(p, of(furWhite)) }},
	{id: "hare", one: "a hare", many: "hares", tall: 0.5, wide: 0.85, share: 0.27, pale: true, home: "meadow", draw: drawHare},
	{id: "reindeer", one: "a reindeer", many: "reindeer", tall: 1.8, wide: 1.0, share: 0.44, home: "forest", draw: drawReindeer},
	{id: "squirrel", one: "a squirrel", many: "squirrels", tall: 0.25, wide: 1.0, share: 0.26, home: "forest", draw: drawSquirrel},
	{id: "hedgehog", one: "a hedgehog", many: "hedgehogs", tall: 0.2, wide: 1.6, share: 0.16, home: "garden", draw: drawHedgehog},
	{id: "horse", dyes: true, one: "a horse", many: "horses", tall: 1.8, wide: 1.2, share: 0.38, home: "meadow", draw: drawHorse},
	{id: "camel", one: "a camel", many: "camels", tall: 2.1, wide: 1.15, share: 0.36, home: "desert", draw: drawCamel},
	{id: "whale", one: "a whale", many: "whales", tall: 4, wide: 2.2, share: 0.24, foot: onWater, home: "seaside", draw: drawWhale},
}

func drawFox(p *pen, coat, far, tip tone) {
	if p.yes(0.5) {
		sittingFox(p, coat, far, tip)
	} else {
		standingFox(p, coat, far, tip)
	}
}

// foxHead is drawn about the base of the skull, muzzle to the right.
func foxHead(p *pen, coat, far, tip tone) {
	p.blob(far, 2, 14, 0, 32, 5, 36, 14, 20)
	p.blob(coat, -10, 8, -13, 30, -9, 36, 3, 22, 4, 12)
	p.blob(coat, -13, 4, -10, 15, 0, 20, 12, 17, 22, 9, 35, 2, 36, -2, 24, -6, 12, -11, -4, -12, -12, -5)
	p.on(func() {
		p.blob(far, -8, 15, -10, 28, -8, 30, -1, 20)
		p.blob(tip, 34, -1, 24, 2, 12, -1, 6, -8, 12, -11, 24, -6, 34, -2.5)
		p.dot(of(ink), 35, 0.8, 2.6)
		p.limb(of(ink), 9, 8, 0.9, 12, 9.4, 1.5, 15.5, 8, 0.7)
	})
}

func scarf(p *pen, x, y, w float64) {
	c := of(ember)
	p.limb(c.down(0.07), x-w*0.55, y-2, 3.2, x-w*0.8, y-14, 3.6, x-w*0.7, y-26, 3.8)
	p.limb(c, x-w*0.8, y+3, 4.4, x, y-3.5, 5, x+w*0.8, y+2, 4.2)
}

func sittingFox(p *pen, coat, far, tip tone) {
	curl := p.in(-3, 4)
	p.limb(coat.down(0.03), -20, 9, 7, -36, 7, 10, -51, 12+curl, 12, -58, 28+curl, 9, -55, 42+curl, 2)
	p.on(func() { p.limb(tip, -57.5, 26+curl, 8.6, -57, 35+curl, 6, -55, 42.5+curl, 2) })
	p.limb(far, 6, 34, 8, 7, 16, 5, 7, 4, 4.2, 11, 2.6, 3)
	p.blob(coat, -6, 66, -19, 50, -29, 28, -30, 10, -22, 0, 2, 0, 8, 3, 10, 16, 18, 30, 22, 46, 18, 62, 8, 70)
	p.limb(coat, 15, 40, 9, 17, 20, 5.4, 16, 4, 4.4, 21, 2.6, 3.2)
	p.on(func() {
		p.limb(far, -26, 24, 1, -15, 30, 1.4, -6, 22, 1.2, -5, 8, 0.8)
		p.blob(tip, 20, 60, 23, 48, 20, 34, 14, 26, 11, 38, 8, 52, 12, 62)
	})
	p.within(8, 74, 1, 0.86, func() { p.tilted(p.in(-6, 8), 0, 0, func() { foxHead(p, coat, far, tip) }) })
	if p.yes(0.6) {
		p.on(func() { scarf(p, 8, 61, 15) })
	}
}

func standingFox(p *pen, coat, far, tip tone) {
	s := p.in(-4, 4)
	p.limb(coat.down(0.03), -44, 50, 6, -60, 42, 10, -78, 34+s, 11, -94, 34+s, 6, -102, 38+s, 1.5)
	p.on(func() { p.limb(tip, -84, 33.5+s, 9.5, -94, 34+s, 6, -102, 38+s, 1.5) })
	p.limb(far, 18, 42, 7, 16, 24, 4, 13-s, 5, 3.2, 17-s, 2.6, 3)
	p.limb(far, -34, 44, 9, -28, 26, 5, -34, 16, 3.6, -30+s, 4, 3.2, -26+s, 2.6, 3)
	p.limb(coat, -40, 50, 11, -20, 51, 14.5, 4, 51, 14, 22, 55, 13.5, 32, 66, 10, 36, 72, 9)
	p.limb(coat, 27, 46, 8, 29, 26, 4.6, 29, 5, 3.4, 33, 2.8, 3.2)
	p.limb(coat, -42, 46, 11, -46, 30, 5.6, -50, 18, 4, -46, 4, 3.4, -42, 2.8, 3.2)
	p.on(func() { p.limb(tip, 33, 60, 8, 27, 46, 7, 22, 42, 3) })
	p.within(38, 73, 0.95, 0.82, func() { p.tilted(p.in(-10, 4), 0, 0, func() { foxHead(p, coat, far, tip) }) })
	if p.yes(0.6) {
		p.on(func() { scarf(p, 33, 61, 13) })
	}
}

func drawWolf(p *pen) {
	coat, far, pale := of(furGrey), of(furGrey).down(0.11), of(furGrey).up(0.17)
	p.limb(coat.down(0.04), -44, 58, 5, -56, 46, 7.5, -62, 32, 8, -64, 20, 2)
	p.limb(far, 17, 46, 7, 17, 26, 4.2, 15, 6, 3.4, 20, 2.6, 3)
	p.limb(far, -34, 48, 9, -30, 30, 5, -37, 18, 3.6, -34, 4, 3.2, -29, 2.6, 3)
	p.limb(coat, -40, 58, 11, -20, 57, 13, 4, 58, 14.5, 22, 62, 15, 34, 72, 11)
	p.limb(coat, 26, 52, 8, 28, 28, 4.8, 28, 6, 3.6, 33, 2.8, 3.2)
	p.limb(coat, -42, 54, 11, -46, 34, 6, -51, 21, 4, -47, 4, 3.4, -42, 2.8, 3.2)
	p.on(func() { p.limb(pale, 34, 66, 8, 30, 52, 7, 22, 46, 5, -4, 46, 2.4, -20, 47, 1) })
	head := func() {
		p.poly(far, 1, 8, 1, 27, 10, 14)
		p.poly(coat, -9, 8, -9, 28, 3, 15)
		p.blob(coat, -13, 2, -8, 13, 2, 16, 13, 11, 26, 6, 39, 3, 40, -2, 28, -6, 14, -8, 4, -14, -8, -12)
		p.on(func() {
			p.blob(pale, 39, -1.5, 26, 0, 14, -2, 4, -10, 14, -8, 28, -6)
			p.dot(of(ink), 39, 1.4, 2.5)
			p.limb(of(ink), 9, 7, 0.8, 12.5, 7.6, 1.5, 15, 6.4, 0.6)
		})
	}
	if p.yes(0.45) { // howling
		p.limb(coat, 28, 64, 13, 37, 78, 10, 40, 84, 9)
		p.within(38, 84, 0.85, 0.85, func() { p.tilted(52, 0, 0, head) })
		return
	}
	p.within(38, 79, 0.92, 0.92, func() { p.tilted(p.in(-14, 4), 0, 0, head) })
}

func drawDog(p *pen) {
	coat := p.dyed(of(amber).down(0.12))
	far := coat.down(0.10)
	p.limb(coat, -20, 10, 6, -34, 12, 5, -46, 26, 4, -50, 38, 2.4)
	p.limb(far, 4, 36, 8, 6, 18, 5, 6, 4, 4.4, 11, 2.8, 3.4)
	p.blob(coat, -6, 66, -20, 50, -29, 26, -30, 8, -22, 0, 2, 0, 8, 5, 12, 24, 20, 40, 20, 58, 10, 68)
	p.limb(coat, 13, 44, 9, 16, 22, 5.8, 16, 4, 4.8, 21, 2.8, 3.4)
	p.on(func() {
		p.limb(far, -26, 24, 1, -15, 30, 1.4, -6, 22, 1.2, -5, 8, 0.8)
		p.blob(of(furWhite), 18, 56, 20, 44, 16, 32, 11, 40, 10, 54)
	})
	p.limb(coat, 4, 78, 15, 18, 79, 11, 33, 74, 7.5)
	p.on(func() {
		p.limb(of(furWhite), 24, 73, 5.4, 35, 71.5, 5.4)
		p.dot(of(ink), 39.5, 77, 3)
		p.dot(of(ink), 18, 84, 1.9)
		p.limb(far, -2, 88, 5, -9, 78, 7, -10, 66, 5)
		p.limb(of(ember), -4, 65, 2.8, 6, 62, 3, 15, 64, 2.8)
		p.dot(of(amber).up(0.05), 10, 58.5, 3)
	})
}

func drawCat(p *pen) {
	coat := of(furDark).up(0.03)
	if p.yes(0.4) {
		coat = of(furRust)
	}
	coat = p.dyed(coat)
	shade := coat.down(0.08)
	s := p.in(-4, 4)
	p.limb(coat, -14, 6, 5, -34, 4, 5, -46, 12, 4.6, -48, 26+s, 4.2, -40, 36+s, 3.4)
	p.blob(coat, -6, 62, -18, 44, -25, 22, -24, 4, -14, 0, 14, 0, 18, 4, 17, 24, 18, 44, 10, 62)
	p.limb(coat, 10, 40, 7, 13, 20, 4.4, 13, 4, 4, 18, 2.6, 3)
	p.limb(shade, 3, 34, 5, 4, 18, 4, 4, 4, 3.8, 9, 2.6, 3)
	p.poly(coat, -15, 76, -15, 100, 0, 88)
	p.poly(coat, 4, 89, 19, 99, 20, 76)
	p.blob(coat, -18, 74, -13, 86, 2, 90, 16, 86, 21, 74, 16, 63, 2, 58, -12, 63)
	p.on(func() {
		p.poly(of(ember).blendable(), -12, 80, -12, 93, -4, 87)
		p.poly(of(ember).blendable(), 9, 87, 16, 92, 17, 80)
		p.oval(of(flame), -5, 76, 3.4, 4)
		p.oval(of(flame), 11, 76, 3.4, 4)
		p.oval(of(ink), -4, 76, 1.2, 3.4)
		p.oval(of(ink), 12, 76, 1.2, 3.4)
		p.poly(of(ember), 1, 70, 6, 70, 3.5, 67)
		p.limb(of(ember), -9, 60, 2.6, 3, 56.5, 2.8, 14, 60, 2.6)
		p.limb(shade, -21, 22, 0.8, -12, 28, 1.3, -4, 20, 1, -3, 6, 0.7)
	})
}

// blendable keeps an accent quiet enough for the inside of an ear.
func (t tone) blendable() tone { return t.up(0.08) }

func drawBear(p *pen, coat tone) {
	far := coat.down(0.08)
	s := p.in(-5, 5)
	p.limb(far, 26, 40, 12, 30+s, 20, 9, 30+s, 6, 8, 36+s, 4, 5)
	p.limb(far, -34, 40, 13, -30-s, 20, 10, -32-s, 6, 8, -26-s, 4, 5)
	p.limb(coat, -46, 54, 17, -22, 62, 25, 8, 62, 25, 30, 68, 21, 46, 66, 16)
	p.limb(coat, -50, 44, 16, -50+s, 22, 11, -52+s, 7, 9, -44+s, 4.5, 5)
	p.limb(coat, 18, 46, 15, 14-s, 22, 10, 13-s, 7, 9, 20-s, 4.5, 5)
	p.dot(far, 51, 84, 6)
	p.dot(coat, 39, 86, 7)
	p.limb(coat, 44, 70, 16, 56, 68, 12, 72, 61, 7)
	p.on(func() {
		p.dot(far, 39, 86, 3.6)
		p.limb(coat.up(0.05), 62, 62, 6, 72, 59.5, 5)
		p.dot(of(ink), 77, 63, 3.4)
		p.dot(of(ink), 57, 72, 1.9)
		p.limb(far, 24, 40, 1, 28, 52, 1.4, 26, 64, 1)
	})
	if p.yes(0.4) {
		p.on(func() { p.limb(of(ember), 33, 84, 4, 37, 68, 5, 34, 53, 4.5) })
		p.limb(of(ember).down(0.06), 33, 54, 4.4, 30, 44, 5, 31, 34, 5)
	}
}

func drawHare(p *pen) {
	coat, far := of(furWhite).down(0.02), of(furWhite).down(0.13)
	e := p.in(-6, 8)
	p.limb(far, 18, 64, 4, 13-e, 82, 5.4, 8-e, 97, 2.4)
	p.limb(coat, 23, 64, 4, 26-e*0.4, 84, 5.6, 26-e*0.6, 100, 2.4)
	p.on(func() {
		p.limb(of(ink).up(0.12), 26.3-e*0.5, 93, 3.4, 26-e*0.6, 99, 2.4)
		p.limb(of(ember).up(0.2), 23.6, 70, 1, 25.6-e*0.3, 82, 2.6, 26-e*0.5, 91, 1)
	})
	p.dot(coat.up(0.02), -36, 16, 8)
	p.limb(far, 8, 30, 6, 12, 14, 4, 14, 3, 3.2, 19, 2.4, 2.6)
	p.blob(coat, -34, 22, -30, 36, -16, 44, 2, 46, 14, 56, 26, 56, 28, 44, 20, 30, 18, 14, 10, 4, -12, 0, -30, 4)
	p.limb(coat, 17, 34, 6.6, 20, 16, 4.2, 20, 3.4, 3.4, 26, 2.4, 2.6)
	p.limb(coat, -20, 4, 4, -4, 3.2, 3.8, 6, 2.6, 2.8)
	p.limb(coat, 20, 58, 10.5, 29, 56, 8, 36, 52.5, 5)
	p.on(func() {
		p.limb(far, -24, 26, 0.8, -12, 27, 1.4, -6, 16, 1.2, -10, 6, 0.8)
		p.dot(of(ink), 27, 61, 2.2)
		p.dot(of(ember).up(0.1), 40, 54.5, 1.9)
	})
}

func antlers(p *pen, t tone, w float64) {
	p.limb(t, 0, 0, w, -9, 9, w, -13, 20, w*0.9, -8, 33, w*0.7, 0, 40, w*0.4)
	p.limb(t, -13, 20, w*0.8, -20, 27, w*0.7, -22, 36, w*0.35)
	p.limb(t, -11, 28, w*0.7, -15, 36, w*0.6, -13, 43, w*0.3)
	p.limb(t, -6, 6, w*0.8, 4, 10, w*0.7, 9, 18, w*0.35)
}

func drawReindeer(p *pen) {
	coat, far, pale := of(furBrown).up(0.05), of(furBrown).down(0.05), of(furWhite).down(0.05)
	s := p.in(-3, 3)
	horn := of(wood).up(0.14)
	p.limb(far, 11, 40, 4.4, 12+s, 27, 2.5, 12+s, 20, 1.9, 11+s, 4, 1.5, 13+s, 1.6, 1.8)
	p.limb(far, -19, 40, 6, -16-s, 28, 3, -21-s, 20, 1.9, -19-s, 4, 1.5, -17-s, 1.6, 1.8)
	p.limb(coat, -26, 45, 6.5, -14, 44, 8.4, 2, 44, 8.6, 13, 47, 8.4, 20, 54, 5.4, 26, 60, 4.4)
	p.limb(coat, 14, 43, 5.6, 16, 28, 2.8, 17, 20, 2, 16, 4, 1.6, 18, 1.8, 2)
	p.limb(coat, -26, 43, 6.6, -24, 31, 3.8, -29, 20, 2.1, -27, 4, 1.6, -25, 1.8, 2)
	p.on(func() {
		p.limb(pale, 25, 56, 3.6, 20, 49, 4.2, 15, 42, 3)
		p.limb(pale, -31.4, 46, 1.8, -32.4, 42, 2.2, -31, 38, 1)
		for _, x := range []float64{16, -27} {
			p.limb(of(ink).up(0.06), x, 4, 1.7, x+1.8, 1.6, 2.2)
		}
	})
	head := func() {
		p.within(1, 4, -0.92, 0.92, func() { antlers(p, horn.down(0.09), 1.9) })
		p.within(-1, 4, 1, 1, func() { antlers(p, horn, 2) })
		p.limb(far, -3, 3, 1.6, -11, 5, 2.2, -15, 4, 0.8)
		p.limb(coat, -1, 0, 5.6, 8, -4, 4.4, 17, -8, 3.4)
		p.on(func() {
			p.limb(pale, 13.5, -7, 3, 18, -9, 3)
			p.dot(of(ink), 20, -7.4, 1.6)
			p.dot(of(ink), 3.6, 1, 1.1)
		})
	}
	p.within(27, 60.5, 0.95, 0.95, func() { p.tilted(p.in(-6, 6), 0, 0, head) })
	if p.yes(0.6) {
		p.on(func() {
			p.limb(of(ember), 14.6, 55, 1.8, 20.5, 51.5, 2, 26, 52, 1.8)
			p.dot(of(amber).up(0.05), 23, 49, 1.9)
		})
	}
}

func drawSquirrel(p *pen) {
	coat, far := of(furRust), of(furRust).down(0.09)
	p.limb(far, -12, 8, 7, -34, 14, 13, -42, 42, 15, -38, 70, 14, -22, 84, 8, -12, 80, 2)
	p.blob(coat, 0, 62, -14, 46, -20, 22, -14, 4, 0, 0, 16, 0, 20, 4, 12, 14, 18, 34, 18, 54, 10, 64)
	p.limb(coat, 12, 44, 5, 22, 38, 4, 28, 44, 3.4)
	p.limb(coat, 0, 76, 3, -2, 92, 2.6, -3, 100, 1)
	p.limb(coat, 8, 76, 3, 9, 91, 2.6, 9, 98, 1)
	p.limb(coat, 4, 70, 13, 16, 67, 8.5, 23, 63, 4)
	p.on(func() {
		p.blob(of(furWhite), 15, 54, 17, 38, 12, 20, 8, 30, 9, 50)
		p.dot(of(ink), 13, 73, 2.6)
		p.dot(of(ink), 26, 65, 2)
		p.oval(of(wood), 31, 47, 5, 6)
		p.limb(of(wood).down(0.08), 27, 51, 2, 31, 53, 2.4, 35, 51, 2)
	})
}

func drawHedgehog(p *pen) {
	coat := of(furBrown)
	for i := range 13 {
		a := 18 + float64(i)*11.5
		p.tilted(a, -6, 28, func() { p.poly(coat.down(0.05), -6, 22, 66, 28, -6, 34) })
	}
	p.blob(coat, -66, 20, -58, 60, -30, 84, 6, 84, 36, 60, 44, 26, 30, 4, -50, 4)
	p.limb(of(furWhite).down(0.14), 28, 30, 24, 50, 26, 14, 74, 20, 4)
	p.on(func() {
		p.dot(of(ink), 77, 22, 5)
		p.dot(of(ink), 52, 36, 3.6)
		for i := range 9 {
			x := -52 + float64(i)*9
			p.limb(coat.up(0.12), x, 34+p.in(-8, 22), 1.2, x-7, 44+p.in(-6, 22), 0.8)
		}
	})
	p.limb(of(furWhite).down(0.2), -30, 8, 5, -24, 3, 5)
	p.limb(of(furWhite).down(0.2), 26, 8, 5, 34, 3, 5)
}

func drawHorse(p *pen) {
	coat, mane := p.dyed(of(furBrown)), of(furDark)
	far := coat.down(0.07)
	s := p.in(-4, 4)
	p.limb(mane, -40, 62, 3, -50, 52, 5, -52, 34, 5, -48, 22, 1.5)
	p.limb(far, 16, 46, 7, 20+s, 26, 3.6, 16+s, 5, 3, 20+s, 2.4, 3)
	p.limb(far, -26, 46, 9, -24-s, 28, 4.4, -30-s, 18, 3, -26-s, 3, 3, -23-s, 2.4, 3)
	p.limb(coat, -34, 58, 12, -14, 56, 13.5, 8, 56, 13.5, 22, 62, 12, 32, 76, 8, 38, 86, 6)
	p.limb(coat, 22, 50, 8, 25, 28, 4, 25, 5, 3.2, 29, 2.6, 3.2)
	p.limb(coat, -36, 52, 11, -38, 32, 5, -42, 19, 3.4, -39, 3, 3.2, -36, 2.6, 3.2)
	p.limb(coat, 38, 92, 2, 39, 99, 1)
	p.limb(coat, 37, 88, 6.4, 48, 80, 5, 58, 72, 4)
	p.limb(mane, 36, 95, 2.4, 27, 84, 4, 20, 70, 3.4, 16, 66, 1)
	p.on(func() {
		p.dot(of(ink), 43, 87, 1.2)
		p.limb(of(furWhite), 46, 85, 0.8, 54, 78, 1.2)
		p.blob(of(ember), -14, 71, 6, 71, 8, 56, -4, 50, -16, 56)
		p.limb(of(amber), -16, 56, 0.9, -4, 50, 0.9, 8, 56, 0.9)
	})
}

func drawCamel(p *pen) {
	coat, far := of(amber).down(0.14), of(amber).down(0.24)
	p.limb(far, 12, 46, 5, 15, 24, 3.2, 13, 3, 2.6, 17, 2, 2.8)
	p.limb(far, -20, 46, 6, -18, 26, 3.4, -22, 3, 2.6, -18, 2, 2.8)
	p.blob(coat, -32, 56, -24, 66, -16, 70, -10, 84, -3, 90, 4, 84, 9, 70, 16, 64, 20, 54, 12, 46, -8, 44, -26, 46)
	p.limb(coat, 16, 56, 7, 26, 56, 5, 34, 66, 4, 34, 82, 3.6)
	p.limb(coat, 33, 85, 5, 41, 84, 4, 48, 81, 3)
	p.limb(coat, 17, 50, 6, 21, 26, 3.6, 20, 3, 2.8, 24, 2, 3)
	p.limb(coat, -27, 52, 7, -28, 28, 4, -31, 3, 2.8, -27, 2, 3)
	p.limb(far, -32, 58, 1.4, -37, 48, 1.4, -36, 38, 2)
	p.on(func() {
		p.dot(of(ink), 38, 87, 1.1)
		p.blob(of(ember), -17, 70, -10, 84, -3, 90, 4, 84, 10, 70, 8, 54, -4, 50, -16, 54)
		p.limb(of(amber).up(0.05), -17, 56, 1.2, -4, 52, 1.2, 8, 56, 1.2)
		p.limb(of(amber).up(0.05), -17, 68, 1, -4, 72, 1, 9, 68, 1)
	})
}

func drawWhale(p *pen) {
	coat := of(frost).down(0.20)
	p.limb(coat, -58, 26, 12, -84, 34, 7, -96, 52, 4)
	p.blob(coat, -94, 50, -116, 70, -100, 74, -92, 62, -80, 78, -74, 70, -88, 48)
	p.blob(coat, -70, 16, -40, 46, 10, 62, 60, 54, 86, 28, 90, 2, 40, -6, -40, -4, -70, 0)
	p.on(func() {
		p.blob(of(furWhite).down(0.1), 90, 4, 84, 18, 40, 14, 6, 4, 40, -5, 84, -4)
		p.dot(of(ink), 64, 26, 2.2)
		p.limb(coat.down(0.08), 16, 14, 4, 4, 4, 5, -8, 0, 3)
	})
	p.faint(0.8, func() {
		for i := -2; i <= 2; i++ {
			x := float64(i)
			p.limb(of(snow), 22, 62, 1.4, 22+x*4, 80, 1.8, 22+x*11, 94-x*x*4, 2.4)
		}
	})
}
