package paint

var peopleFamily = []subject{
	{id: "child", dyes: true, one: "a child", many: "children", tall: 1.2, wide: 0.6, share: 0.30, home: "village",
		draw: func(p *pen) { drawPerson(p, figure{child: true, arm: p.IntN(3)}) }},
	{id: "person", dyes: true, one: "a wanderer", many: "people", tall: 1.75, wide: 0.5, share: 0.32, home: "forest",
		draw: func(p *pen) { drawPerson(p, figure{arm: p.IntN(3)}) }},
	{id: "couple", one: "a couple", many: "couples", tall: 1.75, wide: 0.9, share: 0.33, home: "city", draw: drawCouple},
	{id: "family", one: "a family", many: "families", tall: 1.75, wide: 1.2, share: 0.33, home: "village", draw: drawFamily},
	{id: "skater", dyes: true, one: "a skater", many: "skaters", tall: 1.7, wide: 0.8, share: 0.30, home: "river", draw: drawSkater},
	{id: "skier", dyes: true, one: "a skier", many: "skiers", tall: 1.7, wide: 1.2, share: 0.32, home: "mountains", draw: drawSkier},
	{id: "snowman", one: "a snowman", many: "snowmen", tall: 1.6, wide: 0.75, share: 0.34, pale: true, home: "village", draw: drawSnowman},
	{id: "angel", one: "an angel", many: "angels", tall: 1.7, wide: 0.9, share: 0.34, pale: true, home: "village", draw: drawAngel},
}

type figure struct {
	child bool
	arm   int // 0 at the side, 1 raised, 2 carrying a lantern
	coat  *tone
	hat   *tone
	still bool
	bare  bool // without mittens in the way of what the hands hold
}

var coats = []tone{of(ember), of(fir).up(0.06), of(amber).down(0.10), of(water).down(0.08), of(ivory).down(0.06), of(brick)}

func drawPerson(p *pen, f figure) {
	coat := coats[p.IntN(len(coats))]
	if f.coat != nil {
		coat = *f.coat
	}
	coat = p.dyed(coat)
	hat := coats[p.IntN(len(coats))]
	if f.hat != nil {
		hat = *f.hat
	}
	if hat == coat {
		hat = of(ivory).down(0.04)
	}
	head, neck, hem, r := 86.0, 76.0, 30.0, 8.4
	if f.child {
		head, neck, hem, r = 80, 68, 26, 12
	}
	if p.warm {
		p.summerFigure(f, coat, hat, head, neck, hem, r)
		return
	}
	dark := of(ink).up(0.08)
	stride := p.in(3, 9)
	if f.still {
		stride = 1.5
	}
	w := 0.2 * neck
	p.limb(dark.down(0.04), -3, hem+6, 5, -3-stride, 16, 4.2, -5-stride, 3, 4, -1-stride, 2.4, 3)
	p.limb(dark, 3, hem+6, 5.2, 3+stride, 16, 4.4, 3+stride, 3, 4, 8+stride, 2.4, 3)
	shade := coat.down(0.08)
	p.limb(shade, 4, neck-8, 4.4, 11, neck-24, 4.4, 13, neck-34, 4)
	p.blob(coat, -5, neck, -11, neck-12, -w+1, hem+14, -w-2, hem, 0, hem-3, w+2, hem, w-2, hem+14, 10, neck-12, 5, neck)
	p.on(func() {
		p.blob(shade, -11, neck-12, -w+1, hem+14, -w-2, hem, -w*0.3, hem-2.5, -5, neck-20)
		p.limb(shade, -w-1, hem+2, 1.6, 0, hem-1, 1.8, w+1, hem+2, 1.6)
	})
	switch f.arm {
	case 1:
		p.limb(coat, 6, neck-6, 4.4, 17, neck+2, 4, 23, neck+14, 3.6)
		p.dot(hat, 24, neck+17, 4)
	case 2:
		p.limb(coat, 5, neck-8, 4.6, 14, neck-20, 4.2, 24, neck-22, 3.8)
		p.dot(hat, 26, neck-22, 3.6)
		p.within(27, neck-46, 0.22, 0.22, func() { drawLantern(p) })
	default:
		if f.bare {
			break
		}
		p.limb(coat, 2, neck-8, 4.8, 3, neck-24, 4.6, 8, neck-36, 4)
		p.dot(hat, 9, neck-39, 3.8)
	}
	p.oval(of(skin), 1.5, head, r*0.92, r)
	p.on(func() {
		p.dot(of(ember).up(0.08), 5.2, head-2, r*0.2)
		p.dot(of(ink), 6, head+1, r*0.11)
	})
	p.blob(hat, -r-0.6, head+1, -r*0.8, head+r*1.0, 1, head+r*1.45, r*0.95, head+r, r+1, head+1.5, 0, head+3)
	p.on(func() { p.limb(hat.down(0.09), -r-0.2, head+1.6, r*0.22, 1, head+3, r*0.24, r+0.6, head+2, r*0.22) })
	p.dot(of(ivory), 0.5, head+r*1.55, r*0.36)
	p.on(func() { p.limb(hat, -8, neck+1, 3.2, 2, neck-2.5, 3.4, 9, neck+1, 3) })
	p.limb(hat.down(0.05), -6, neck, 2.6, -13, neck-6, 2.8, -17, neck-10+p.in(-3, 6), 3)
}

// summerFigure wears no more than a warm day asks for: a dress or shorts and
// a shirt, short sleeves, a straw hat or bare hair.
func (p *pen) summerFigure(f figure, coat, hat tone, head, neck, hem, r float64) {
	skinTone, shoe := of(skin), of(furBrown).down(0.04)
	hair := []tone{of(furDark), of(furBrown), of(wood), of(amber).down(0.14)}[p.IntN(4)]
	dress := p.yes(0.5)
	stride := p.in(3, 9)
	if f.still {
		stride = 1.5
	}
	w := 0.17 * neck
	p.limb(skinTone.down(0.05), -3, hem+6, 4, -3-stride, 16, 3.2, -5-stride, 4, 2.8)
	p.limb(shoe.down(0.04), -5-stride, 3, 3, -1-stride, 2.2, 2.8)
	p.limb(skinTone, 3, hem+6, 4.2, 3+stride, 16, 3.4, 3+stride, 4, 2.9)
	p.limb(shoe, 3+stride, 3, 3.1, 8+stride, 2.2, 2.8)
	p.limb(skinTone.down(0.05), 6, neck-10, 3, 12, neck-24, 2.8, 15, neck-33, 2.6)
	if dress {
		p.blob(coat, -5, neck, -9, neck-12, -8, neck-24, -w-4, hem+3, 0, hem-1, w+4, hem+3, 8, neck-24, 9, neck-12, 5, neck)
		p.on(func() {
			p.limb(coat.up(0.10), -w-3, hem+4, 1, 0, hem, 1.2, w+3, hem+4, 1)
			p.limb(hat, -8, neck-24, 1.5, 0, neck-25, 1.6, 8, neck-24, 1.5)
		})
	} else {
		trousers := of(water).down(0.12)
		p.blob(trousers, -9, neck-26, -10, hem+10, -8-stride*0.4, hem, -1, hem, 0, hem+8, 2, hem, 9+stride*0.4, hem, 10, hem+10, 9, neck-26)
		p.blob(coat, -5, neck, -11, neck-10, -10, neck-28, 0, neck-30, 10, neck-28, 11, neck-10, 5, neck)
		p.on(func() {
			p.limb(coat.down(0.08), -10, neck-16, 1.6, 0, neck-17, 1.7, 10, neck-16, 1.6)
		})
	}
	sleeve := coat.down(0.05)
	switch f.arm {
	case 1:
		p.limb(sleeve, 6, neck-6, 4, 13, neck-1, 3.6)
		p.limb(skinTone, 13, neck-1, 2.9, 19, neck+6, 2.6, 23, neck+15, 2.4)
	case 2:
		p.limb(sleeve, 5, neck-7, 4, 10, neck-14, 3.6)
		p.limb(skinTone, 10, neck-14, 2.9, 17, neck-21, 2.6, 25, neck-22, 2.5)
		p.within(27, neck-46, 0.22, 0.22, func() { drawLantern(p) })
	default:
		if f.bare {
			break
		}
		p.limb(sleeve, 2, neck-8, 4.2, 3, neck-16, 3.8)
		p.limb(skinTone, 3, neck-16, 3, 5, neck-28, 2.7, 8, neck-37, 2.6)
	}
	p.limb(skinTone, 1, neck-2, 3, 1, neck+4, 3)
	p.oval(skinTone, 1.5, head, r*0.9, r)
	p.on(func() {
		p.dot(of(ember).up(0.12), 5.2, head-2.2, r*0.18)
		p.dot(of(ink), 6, head+1, r*0.11)
	})
	p.blob(hair, -r*0.8, head-r*0.5, -r*0.95, head+r*0.5, -r*0.2, head+r*1.12, r*0.8, head+r*0.9, r*0.9, head+r*0.35, 0, head+r*0.4)
	if dress {
		p.limb(hair, -r*0.6, head+r*0.3, r*0.3, -r*0.95, head-r*0.6, r*0.28, -r*0.8, head-r*1.3, r*0.16)
	}
	if p.yes(0.5) {
		straw := of(amber).down(0.03)
		p.blob(straw, -r*0.7, head+r*0.6, -r*0.55, head+r*1.35, r*0.1, head+r*1.5, r*0.75, head+r*1.3, r*0.85, head+r*0.6)
		p.limb(straw.down(0.05), -r*1.35, head+r*0.52, r*0.14, 0.5, head+r*0.72, r*0.18, r*1.5, head+r*0.52, r*0.14)
		p.on(func() {
			p.limb(coat, -r*0.66, head+r*0.72, r*0.12, 0.5, head+r*0.88, r*0.13, r*0.8, head+r*0.72, r*0.12)
		})
	}
}

func drawCouple(p *pen) {
	a, b := of(ember), of(fir).up(0.06)
	h := of(ivory).down(0.05)
	p.within(-15, 0, 1, 1, func() { drawPerson(p, figure{coat: &b, hat: &a, still: true}) })
	p.within(14, 0, -0.92, 0.92, func() { drawPerson(p, figure{coat: &a, hat: &h, still: true}) })
}

func drawFamily(p *pen) {
	a, b, c := of(ember), of(fir).up(0.06), of(amber).down(0.08)
	p.within(-32, 0, 1, 1, func() { drawPerson(p, figure{coat: &b, still: true}) })
	p.within(-4, 0, 0.66, 0.66, func() { drawPerson(p, figure{coat: &c, child: true, arm: 1}) })
	p.within(26, 0, -0.94, 0.94, func() { drawPerson(p, figure{coat: &a, still: true}) })
	if p.yes(0.6) {
		p.within(56, 0, -0.5, 0.5, func() { drawPerson(p, figure{child: true}) })
	}
}

func drawSkater(p *pen) {
	coat := p.dyed(coats[p.IntN(4)])
	dark := of(ink).up(0.08)
	hat := of(ivory).down(0.05)
	kick, reach := p.in(-8, 9), p.in(-9, 9)
	p.limb(dark.down(0.04), -2, 40, 5, -18, 26+kick*0.5, 4.2, -34, 22+kick, 3.6)
	p.line(of(metal).up(0.2), 1.6, -42, 26+kick, -34, 17+kick, -28, 14+kick)
	p.limb(dark, 3, 38, 5.2, 10, 22, 4.6, 5, 5, 3.8, 9, 4, 3)
	p.line(of(metal).up(0.2), 1.8, -3, 1.2, 6, 0.8, 15, 1.4)
	p.limb(coat.down(0.08), 8, 64, 4.2, 20, 60+reach*0.4, 3.8, 30, 64+reach, 3.4)
	p.blob(coat, 6, 74, -3, 66, -12, 46, -20, 34, -6, 31, 10, 33, 15, 44, 17, 62, 13, 73)
	p.limb(coat, 4, 66, 4.4, -12, 62-reach*0.4, 4, -26, 68-reach, 3.4)
	p.dot(hat, -28, 69-reach, 3.4)
	p.dot(hat, 32, 64.6+reach, 3.2)
	p.oval(of(skin), 15, 82, 7.6, 8.4)
	p.blob(hat, 6, 83, 7, 91, 15, 95, 22, 91, 24, 84, 15, 85.5)
	p.dot(coat, 13, 96, 3)
	p.on(func() { p.limb(hat.down(0.06), 5, 74, 2.8, 12, 72, 3, 18, 75, 2.6) })
	p.limb(hat.down(0.08), 5, 74, 2.4, -8, 78, 2.6, -22, 82+p.in(-4, 4), 2.8)
}

func drawSkier(p *pen) {
	coat := p.dyed(coats[p.IntN(3)])
	dark := of(ink).up(0.1)
	hat := of(amber)
	p.line(dark.up(0.05), 2.4, -66, 4, -20, 2, 40, 2, 62, 4, 70, 10)
	p.line(dark.up(0.05), 2.2, -58, 10, -14, 7, 46, 7, 66, 9, 73, 14)
	p.limb(dark.down(0.03), -2, 42, 6, 12, 30, 5, 2, 10, 4, 8, 8, 3.4)
	p.limb(dark, 0, 40, 6, 16, 26, 5.2, 4, 6, 4.2, 11, 4.4, 3.4)
	p.blob(coat, 12, 78, -2, 70, -14, 50, -14, 38, 2, 34, 12, 44, 22, 62, 22, 74)
	p.line(of(metal), 1.6, 38, 58, 6, 40, -46, 18)
	p.limb(coat.down(0.08), 14, 68, 4.6, 26, 54, 4.2, 36, 58, 3.4)
	p.dot(hat, 38, 59, 3.4)
	p.oval(of(skin), 24, 84, 7.6, 8)
	p.blob(hat, 15, 85, 17, 93, 24, 96, 31, 92, 33, 86, 24, 87.5)
	p.on(func() { p.limb(dark, 25, 85.5, 1.8, 31.5, 85, 2) })
	p.limb(hat.down(0.08), 14, 76, 2.8, 0, 80, 2.6, -14, 88, 2.2)
}

func drawSnowman(p *pen) {
	s := of(snow).up(0.02)
	p.limb(of(bark), 16, 50, 1.6, 32, 60, 1.4, 44, 70, 0.9)
	p.limb(of(bark), 36, 63, 1, 44, 62, 0.7)
	p.limb(of(bark), -16, 50, 1.6, -34, 56, 1.4, -42, 50+p.in(0, 16), 0.9)
	p.oval(s, 0, 19, 30, 22)
	p.oval(s, 0, 49, 22, 19)
	p.oval(s, 0, 73, 15.5, 14.5)
	p.on(func() {
		p.blob(s.down(0.08), -29, 22, -30, 12, -18, -2, 8, -3, -12, 4, -22, 14)
		p.blob(s.down(0.08), -21, 52, -22, 42, -14, 33, 4, 32, -9, 38, -16, 46)
		for _, y := range []float64{58, 49, 40} {
			p.dot(of(ink).up(0.05), 5, y, 1.9)
		}
		p.dot(of(ink), -1, 77, 1.8)
		p.dot(of(ink), 9, 77, 1.8)
		for i := range 5 {
			a := float64(i)
			p.dot(of(ink), -1.5+a*2.7, 66.4-(2-abs(a-2))*0.7, 0.9)
		}
		p.limb(of(ember), -15, 62, 4, 0, 58, 4.4, 15, 62, 4)
	})
	p.limb(of(ember).down(0.06), 9, 60, 3.6, 15, 48, 4, 13, 38, 4.4)
	p.poly(of(amber).down(0.06), 4, 74.5, 24, 71, 4, 69.6)
	hat := of(ink).up(0.04)
	p.limb(hat, -17, 85, 1.8, 0, 83.5, 2, 17, 85, 1.8)
	p.poly(hat, -11, 84, -12, 100, 12, 100, 11, 84)
	p.on(func() { p.poly(of(ember), -11.2, 86, -11.5, 90, 11.5, 90, 11.2, 86) })
}

func drawAngel(p *pen) {
	gown, far := of(ivory), of(ivory).down(0.09)
	p.shine(flame, 0, 84, 34, 0.35)
	p.blob(far, -6, 66, -24, 88, -40, 84, -44, 62, -34, 44, -14, 42)
	p.blob(far, 6, 66, 24, 88, 40, 84, 44, 62, 34, 44, 14, 42)
	p.blob(gown, -7, 72, -12, 52, -20, 20, -26, 0, 0, -2, 26, 0, 20, 20, 12, 52, 7, 72)
	p.limb(gown.down(0.04), -8, 64, 4, -12, 52, 4, 0, 50, 3)
	p.limb(gown.down(0.04), 8, 64, 4, 12, 52, 4, 0, 50, 3)
	p.dot(of(skin), 0, 82, 9)
	p.blob(of(amber).down(0.1), -10, 80, -9, 92, 0, 95, 9, 92, 10, 80, 5, 87, -5, 87)
	p.on(func() {
		p.line(of(flame), 1.5, -8, 98, 0, 100, 8, 98)
		p.limb(far, -8, 40, 0.6, -13, 4, 0.9)
		p.limb(far, 6, 40, 0.6, 10, 4, 0.9)
		p.limb(of(ember), -9, 58, 1.4, 0, 56, 1.5, 9, 58, 1.4)
	})
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}
