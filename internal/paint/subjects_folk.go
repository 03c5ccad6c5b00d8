package paint

var folkFamily = []subject{
	{id: "dancer", dyes: true, one: "a dancer", many: "dancers", tall: 1.7, wide: 0.9, share: 0.36, home: "market", draw: drawDancer},
	{id: "fisher", dyes: true, one: "an angler", many: "anglers", tall: 1.5, wide: 1.4, share: 0.28, home: "lake", draw: drawFisher},
	{id: "musician", dyes: true, one: "a fiddler", many: "musicians", tall: 1.75, wide: 0.7, share: 0.35, home: "market", draw: drawMusician},
	{id: "elder", dyes: true, one: "a grandparent with a stick", many: "grandparents", tall: 1.65, wide: 0.6, share: 0.33, home: "park", draw: drawElder},
	{id: "astronaut", one: "an astronaut", many: "astronauts", tall: 1.9, wide: 0.6, share: 0.36, pale: true, home: "canyon", draw: drawAstronaut},
}

func drawDancer(p *pen) {
	dress := p.dyed([]tone{of(ember), of(amber), of(fir).up(0.08)}[p.IntN(3)])
	hair := of(furDark)
	p.limb(of(skin), -1, 34, 3.4, 0, 16, 2.8, -2, 3, 2.4, 4, 1.8, 2)
	p.limb(of(skin), 4, 34, 3.4, 20, 28, 2.8, 34, 36, 2.2, 40, 42, 1.6)
	p.blob(dress.down(0.07), -2, 54, -24, 34, -34, 22, -10, 26, 12, 24, 38, 30, 26, 42, 8, 56)
	p.blob(dress, -4, 58, -20, 40, -30, 30, -4, 32, 10, 28, 28, 36, 18, 46, 8, 58)
	p.blob(dress, -5, 74, -5, 56, 8, 56, 8, 74, 2, 72)
	p.limb(of(skin), -3, 72, 2.8, -18, 80, 2.4, -26, 94, 1.8)
	p.limb(of(skin), 6, 72, 2.8, 22, 74, 2.4, 34, 84, 1.8)
	p.limb(of(skin), 2, 72, 2.4, 3, 82, 2.6)
	p.oval(of(skin), 4, 86, 6, 7)
	p.blob(hair, -3, 86, -2, 94, 5, 96, 11, 91, 8, 89, 2, 90, 0, 82)
	p.dot(hair, -4, 92, 4)
	p.on(func() {
		p.limb(dress.up(0.10), -24, 31, 1, 0, 33, 1.4, 26, 36, 1)
		p.limb(of(ivory), -5, 57, 1.4, 2, 56, 1.6, 8, 57, 1.4)
		p.dot(of(ink), 7.4, 87, 0.9)
		p.dot(of(ember).up(0.1), 6.6, 83.4, 1.3)
	})
}

func drawFisher(p *pen) {
	coat := p.dyed(of(fir).up(0.07))
	hat := of(amber).down(0.08)
	p.rect(of(wood), -30, 0, 34, 28)
	p.on(func() { p.rect(of(wood).down(0.08), -30, 12, 34, 3) })
	p.limb(of(ink).up(0.12), -8, 32, 9, 14, 32, 8, 20, 12, 6.4, 20, 5, 6, 28, 4, 4.4)
	p.blob(coat, -22, 30, -24, 56, -12, 76, 4, 76, 12, 58, 8, 30)
	p.line(of(wood).down(0.1), 1.6, 18, 48, 60, 92, 92, 112)
	p.line(of(ivory).down(0.1), 0.5, 92, 112, 98, 70, 97, 8)
	p.dot(of(ember), 97, 8, 3)
	p.limb(coat.down(0.06), 0, 66, 6, 12, 50, 5.4, 24, 52, 4.6)
	p.dot(of(skin), 26, 53, 4)
	p.oval(of(skin), -2, 86, 9, 10)
	p.blob(hat, -14, 90, -8, 102, 4, 102, 10, 90)
	p.limb(hat.down(0.05), -18, 89, 1.8, -2, 91, 2, 16, 88, 1.6)
	p.on(func() {
		p.dot(of(ink), 3, 87, 1.2)
		p.blob(of(furGrey).up(0.1), -6, 82, 2, 76, 8, 82, 2, 81)
		p.limb(coat.down(0.08), -18, 44, 1, -6, 42, 1.4, 8, 44, 1)
	})
	p.poly(of(metal).up(0.06), -52, 0, -55, 20, -36, 20, -39, 0)
	p.limb(of(frost), -46, 18, 2.4, -42, 28, 3, -46, 34, 1)
}

func drawMusician(p *pen) {
	coat := p.dyed([]tone{of(ember), of(fir).up(0.05), of(water).down(0.1)}[p.IntN(3)])
	c := coat
	p.within(0, 0, 1, 1, func() { drawPerson(p, figure{coat: &c, still: true, bare: true}) })
	p.limb(coat.down(0.08), -6, 70, 4.6, 10, 60, 4, 26, 66, 3.6)
	p.tilted(24, 14, 70, func() {
		p.blob(of(wood).up(0.03), 4, 71, 6, 77, 12, 78, 15, 75, 20, 78, 26, 76, 27, 70, 22, 66, 15, 68, 8, 65)
		p.line(of(furDark), 2, 25, 71, 44, 72)
		p.dot(of(furDark), 45, 72, 2)
		p.on(func() { p.line(of(ivory).down(0.1), 0.5, 10, 71, 42, 72) })
	})
	p.line(of(furDark).up(0.05), 1.3, 2, 62, 40, 96)
	p.limb(coat, 8, 70, 4.6, 18, 62, 4, 24, 74, 3.4)
	p.dot(of(skin), 25, 77, 3.6)
	if p.snowy || p.yes(0.5) {
		p.within(-26, 0, 0.2, 0.2, func() {
			p.poly(of(furDark), -40, 0, -44, 22, 44, 22, 40, 0)
			p.on(func() { p.dot(of(amber), -10, 24, 6); p.dot(of(amber), 8, 25, 6) })
		})
	}
}

func drawElder(p *pen) {
	coat := p.dyed([]tone{of(fir).up(0.05), of(brick), of(water).down(0.08)}[p.IntN(3)])
	dark := of(ink).up(0.1)
	white := of(furWhite).down(0.03)
	p.limb(dark.down(0.03), -5, 34, 5, -7, 16, 4.4, -8, 3, 4, -3, 2.4, 3)
	p.limb(dark, 4, 34, 5.2, 7, 16, 4.6, 6, 3, 4, 12, 2.4, 3)
	p.blob(coat, -6, 76, -15, 64, -19, 42, -19, 26, 0, 23, 19, 27, 18, 44, 15, 62, 8, 76)
	p.limb(coat.down(0.06), 2, 68, 5.4, 12, 54, 5, 22, 48, 4.4)
	p.line(of(wood).down(0.06), 2.4, 32, 1, 26, 50)
	p.limb(of(wood).down(0.06), 26, 49, 1.4, 24, 54, 1.4, 18, 53, 1.2)
	p.dot(of(skin), 24.5, 48, 4)
	p.oval(of(skin), 5, 87, 8.4, 9)
	if p.yes(0.5) { // a beard and a cap
		p.blob(white, -2, 84, 2, 72, 10, 68, 15, 78, 14, 84, 8, 82)
		p.blob(coat.down(0.09), -6, 89, -2, 98, 8, 98, 14, 91, 4, 90)
		p.limb(coat.down(0.12), 8, 90, 1.6, 17, 89, 1.2)
	} else { // a bun and a shawl
		p.blob(white, -5, 84, -4, 96, 6, 99, 13, 93, 8, 92, 2, 92, -1, 82)
		p.dot(white, -5, 97, 5)
		p.on(func() { p.blob(of(ember), -14, 68, -5, 78, 8, 77, 14, 66, 2, 60) })
	}
	p.on(func() {
		p.dot(of(ink), 10, 88, 1)
		p.dot(of(ember).up(0.1), 9.4, 84, 1.8)
		p.line(of(metal), 0.6, 7, 88, 13, 88)
	})
}

func drawAstronaut(p *pen) {
	suit, far := of(ivory).down(0.02), of(ivory).down(0.13)
	p.round(far, -26, 40, 20, 36, 5)
	p.limb(far, -5, 36, 7, -10, 18, 6.4, -11, 5, 6.4, -5, 4, 5)
	p.limb(suit, 6, 36, 7.4, 11, 18, 6.8, 11, 5, 6.6, 18, 4, 5)
	p.blob(suit, -13, 74, -17, 52, -13, 33, 13, 33, 17, 52, 13, 74)
	p.limb(suit.down(0.05), -12, 68, 6, -24, 56, 5.6, -26, 44, 5)
	wave := p.in(0, 14)
	p.limb(suit, 12, 68, 6, 26, 72, 5.6, 32, 84+wave, 5)
	p.dot(of(ember), 33, 88+wave, 5)
	p.dot(of(ember), -26, 41, 5)
	p.dot(suit, 1, 84, 16)
	p.on(func() {
		p.blob(of(ink).up(0.08), -8, 84, -4, 94, 10, 94, 15, 84, 10, 75, -3, 75)
		p.limb(of(frost), 0, 90, 1, 5, 92, 1.6, 9, 90, 1)
		p.round(of(metal), -7, 50, 14, 11, 2)
		p.dot(of(ember), -3, 55, 1.6)
		p.dot(of(amber), 2, 55, 1.6)
		p.limb(far, -13, 42, 1, 0, 40, 1.2, 13, 42, 1)
		p.limb(of(ember), 4, 20, 1.4, 18, 20, 1.4)
	})
}
