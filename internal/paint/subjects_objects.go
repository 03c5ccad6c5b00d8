package paint

var objectFamily = []subject{
	{id: "lantern", one: "a lantern", many: "lanterns", tall: 0.4, wide: 0.5, share: 0.27, home: "forest", draw: drawLantern},
	{id: "candle", dyes: true, one: "a candle", many: "candles", tall: 0.25, wide: 0.35, share: 0.27, foot: onLedge, home: "window", draw: drawCandle},
	{id: "gift", dyes: true, one: "a gift", many: "gifts", tall: 0.35, wide: 1.0, share: 0.24, home: "window", foot: onLedge, draw: drawGift},
	{id: "mug", dyes: true, one: "a mug of cocoa", many: "mugs of cocoa", tall: 0.14, wide: 1.0, share: 0.28, foot: onLedge, home: "window", draw: drawMug},
	{id: "campfire", one: "a campfire", many: "campfires", tall: 0.7, wide: 1.1, share: 0.22, home: "forest", draw: drawCampfire},
	{id: "bell", one: "a bell", many: "bells", tall: 0.3, wide: 0.9, share: 0.28, foot: onLedge, home: "window", draw: drawBell},
	{id: "heart", one: "a gingerbread heart", many: "gingerbread hearts", tall: 0.2, wide: 1.05, share: 0.28, foot: onLedge, home: "window", draw: drawHeart},
	{id: "guitar", one: "a guitar", many: "guitars", tall: 1, wide: 0.4, share: 0.4, foot: onLedge, home: "window", draw: drawGuitar},
	{id: "book", dyes: true, one: "an open book", many: "books", tall: 0.2, wide: 2.2, share: 0.16, foot: onLedge, home: "window", draw: drawBook},
	{id: "street-lamp", one: "a street lamp", many: "street lamps", tall: 4, wide: 0.24, share: 0.5, home: "city", draw: drawStreetLamp},
	{id: "snow-globe", one: "a snow globe", many: "snow globes", tall: 0.2, wide: 0.85, share: 0.34, foot: onLedge, home: "window", draw: drawSnowGlobe},
}

func drawLantern(p *pen) {
	m := of(ink).up(0.07)
	for i := range 12 {
		a, b := turn(-0.25+float64(i)/24), turn(-0.25+float64(i+1)/24)
		p.line(m, 2.4, a.X*11, 88+a.Y*11, b.X*11, 88+b.Y*11)
	}
	p.round(m, -23, 0, 46, 7, 2)
	p.poly(of(flame).down(0.02), -20, 7, -17, 66, 17, 66, 20, 7)
	p.on(func() {
		p.poly(of(amber).down(0.04), -20, 7, -18.4, 30, 18.4, 30, 20, 7)
		p.round(of(ivory), -5, 7, 10, 22, 1.6)
		p.blob(of(ember).up(0.12), 0, 29, -5, 37, -2, 46, 0, 54, 3, 45, 5, 37)
		p.blob(of(ivory), 0, 30, -2.4, 35, 0, 43, 2.4, 35)
	})
	p.line(m, 2.6, -20, 6, -17, 67)
	p.line(m, 2.6, 20, 6, 17, 67)
	p.line(m, 1.6, -6.4, 6, -5.6, 67)
	p.line(m, 1.6, 6.4, 6, 5.6, 67)
	p.poly(m, -24, 65, -13, 82, 13, 82, 24, 65)
	p.round(m, -8, 80, 16, 8, 2)
	if p.snowy {
		p.on(func() { p.blob(of(snow), -22, 68, -13, 83, 0, 85, 11, 83, 15, 76, 4, 76, -6, 72, -14, 68) })
	}
	p.lamp(0, 38, 92)
	p.lamp(0, 38, 40)
}

func drawCandle(p *pen) {
	p.oval(of(amber).down(0.1), 0, 4, 22, 4.4)
	p.limb(of(amber).down(0.13), 20, 6, 2, 29, 10, 2, 27, 17, 2, 20, 16, 1.6)
	wax := p.dyed(of(ivory))
	p.round(wax, -9, 5, 18, 60, 3)
	p.on(func() {
		p.rect(wax.down(0.10), 3.4, 6, 5.6, 57)
		p.limb(wax.up(0.02), -7, 63, 2, -8.4, 54, 2, -8, 47, 2.2)
		p.line(of(ink), 1.4, 0, 64, 0.4, 70)
	})
	p.blob(of(flame), 0, 67, -7, 76, -4, 87, 1, 100, 4, 88, 7, 76)
	p.on(func() { p.blob(of(ivory), 0, 68, -3.4, 74, 0, 85, 3.4, 74) })
	p.shine(flame, 0, 80, 60, 0.5)
	p.lamp(0, 80, 96)
}

func gift(p *pen, box, ribbon tone, x, y, w, h float64) {
	p.round(box, x, y, w, h*0.8, 1.5)
	p.round(box.up(0.04), x-w*0.03, y+h*0.62, w*1.06, h*0.2, 1.5)
	p.on(func() {
		p.rect(box.down(0.07), x+w*0.72, y, w*0.28, h*0.62)
		p.rect(ribbon, x+w*0.42, y, w*0.14, h*0.82)
	})
	p.limb(ribbon, x+w*0.49, y+h*0.82, w*0.03, x+w*0.30, y+h*1.0, w*0.06, x+w*0.22, y+h*0.88, w*0.05, x+w*0.49, y+h*0.82, w*0.03)
	p.limb(ribbon.down(0.04), x+w*0.49, y+h*0.82, w*0.03, x+w*0.68, y+h*1.0, w*0.06, x+w*0.76, y+h*0.88, w*0.05, x+w*0.49, y+h*0.82, w*0.03)
}

func drawGift(p *pen) {
	pairs := [][2]tone{{of(ember), of(ivory)}, {of(fir).up(0.06), of(amber)}, {of(ivory).down(0.05), of(ember)}, {of(amber).down(0.05), of(fir)}}
	i := p.IntN(len(pairs))
	j := (i + 1 + p.IntN(3)) % 4
	gift(p, pairs[j][0], pairs[j][1], 10, 0, 38, 44)
	gift(p, p.dyed(pairs[i][0]), pairs[i][1], -42, 0, 66, 78)
}

func drawMug(p *pen) {
	c := of(ember)
	if p.yes(0.4) {
		c = of(fir).up(0.08)
	}
	c = p.dyed(c)
	p.limb(c.down(0.08), 28, 50, 4.6, 46, 52, 4.6, 50, 34, 4.6, 42, 18, 4.6, 27, 18, 4.2)
	p.blob(c, -32, 66, -33, 30, -30, 6, -22, 0, 22, 0, 30, 6, 33, 30, 32, 66)
	p.on(func() {
		p.blob(c.down(0.07), 32, 66, 33, 30, 30, 6, 22, 0, 12, 1, 20, 30, 20, 64)
		for i := range 5 {
			x := -26 + float64(i)*13
			p.poly(of(ivory), x, 22, x+6.5, 34, x+13, 22, x+6.5, 26)
			p.dot(of(ivory), x+6.5, 42, 1.6)
		}
		p.line(of(ivory), 1.8, -33, 17, 0, 14.6, 32, 17)
		p.line(of(ivory), 1.8, -33, 49, 0, 46.8, 33, 49)
	})
	p.oval(c.up(0.05), 0, 66, 32.5, 7)
	p.oval(of(furBrown), 0, 65.6, 28.5, 5.4)
	p.on(func() {
		p.round(of(ivory), -16, 64, 13, 8, 3)
		p.round(of(ivory).down(0.04), 0, 63, 13, 8, 3)
		p.round(of(ivory), -7, 67, 12, 7, 3)
	})
	p.smoke(curls, 0.36, func() {
		for i := range 3 {
			x := -14 + float64(i)*14
			s := p.in(0.7, 1.2)
			p.limb(of(snow), x, 76, 0.6, x+5*s, 84, 2.2, x-3*s, 93, 2.6, x+4*s, 103, 1.8, x, 112, 0.3)
		}
	})
}

func drawCampfire(p *pen) {
	p.shine(flame, 0, 34, 70, 0.30)
	p.limb(of(bark), -46, 4, 6, 34, 12, 5)
	p.limb(of(bark).up(0.04), 46, 4, 6, -34, 12, 5)
	s := p.in(-6, 6)
	p.blob(of(ember), -26, 12, -32, 34, -20, 56, -20, 72, -6, 62, 2+s, 98, 12, 70, 20, 78, 22, 56, 31, 36, 26, 12)
	p.on(func() {
		p.blob(of(amber), -19, 12, -22, 32, -12, 46, -6, 42, 0+s*0.5, 74, 10, 50, 16, 52, 21, 30, 18, 12)
		p.blob(of(flame), -11, 12, -13, 26, -5, 34, 0, 52, 7, 36, 12, 28, 10, 12)
		p.blob(of(ivory), -5, 12, -6, 20, 0, 34, 6, 20, 4, 12)
	})
	p.limb(of(bark).up(0.08), -38, 3, 5.4, 40, 5, 5.4)
	p.on(func() { p.dot(of(wood).up(0.15), 43, 5, 4.4) })
	for i := range 7 {
		p.on(func() { p.dot(of(flame), p.in(-26, 26), 84+float64(i)*7, p.in(0.8, 1.6)) })
	}
	p.lamp(0, 34, 150)
	p.lamp(0, 34, 70)
}

func drawBell(p *pen) {
	p.dot(of(amber).down(0.2), 0, 8, 9)
	p.blob(of(amber), -46, 14, -34, 26, -28, 56, -16, 78, 0, 82, 16, 78, 28, 56, 34, 26, 46, 14, 0, 10)
	p.on(func() {
		p.blob(of(amber).down(0.11), 46, 14, 34, 26, 28, 56, 16, 78, 8, 80, 14, 56, 20, 26, 24, 12)
		p.limb(of(amber).up(0.09), -20, 32, 1.6, -16, 54, 2, -10, 68, 1.4)
		p.limb(of(amber).down(0.1), -36, 24, 1.3, 0, 20, 1.5, 36, 24, 1.3)
	})
	p.limb(of(ember), 0, 84, 3, -16, 98, 6, -26, 86, 5, 0, 83, 3)
	p.limb(of(ember).down(0.05), 0, 84, 3, 16, 98, 6, 26, 86, 5, 0, 83, 3)
	p.limb(of(ember), 0, 84, 3, -9, 72, 3, -14, 60, 3.4)
	p.limb(of(ember).down(0.04), 0, 84, 3, 8, 72, 3, 10, 60, 3.4)
}

func drawHeart(p *pen) {
	shape := func(t tone, s float64) {
		p.within(0, 50, s, s, func() {
			p.blob(t, 0, -48, -22, -30, -44, -4, -48, 22, -34, 42, -14, 44, 0, 28, 14, 44, 34, 42, 48, 22, 44, -4, 22, -30)
		})
	}
	shape(of(wood).up(0.06), 1)
	p.on(func() {
		shape(of(ivory), 0.86)
		shape(of(wood).up(0.10), 0.81)
		shape(of(ember), 0.34)
		for i := range 9 {
			a := turn(float64(i) / 9)
			p.dot(of(ivory), a.X*27, 54+a.Y*24, 2)
		}
	})
}

func drawGuitar(p *pen) {
	p.tilted(10, 0, 20, func() {
		p.line(of(furDark), 5, 0, 44, 0, 92)
		p.round(of(furDark), -4.4, 89, 8.8, 13, 2)
		p.blob(of(amber).down(0.12), 0, 0, -17, 6, -19, 20, -11, 32, -14, 42, -8, 52, 0, 54, 8, 52, 14, 42, 11, 32, 19, 20, 17, 6)
		p.on(func() {
			p.dot(of(ember).down(0.08), 0, 36, 7.2)
			p.dot(of(ink), 0, 36, 5.6)
			p.round(of(furDark), -8, 14, 16, 3, 1)
			for i := range 3 {
				p.line(of(ivory), 0.4, -1.4+float64(i)*1.4, 16, -1.4+float64(i)*1.4, 96)
			}
		})
	})
}

func drawBook(p *pen) {
	p.poly(p.dyed(of(ember)), -104, 4, -96, 70, 0, 52, 96, 70, 104, 4, 0, 0)
	for i := range 3 {
		y := 6 + float64(i)*5
		p.blob(of(ivory).down(0.05-0.02*float64(i)), -96, y+4, -90, 70+y*0.7, -46, 80+y*0.5, 0, 58+y*0.7, 46, 80+y*0.5, 90, 70+y*0.7, 96, y+4, 46, y+10, 0, y-4, -46, y+10)
	}
	p.on(func() {
		p.line(of(ivory).down(0.16), 1.6, 0, 14, 0, 66)
		for i := range 4 {
			y := 32 + float64(i)*12
			p.line(of(stone), 1.6, -80, y, -46, y+7, -14, y-2)
			p.line(of(stone), 1.6, 14, y-2, 46, y+7, 80, y)
		}
	})
}

func drawStreetLamp(p *pen) {
	m := of(ink).up(0.05)
	p.poly(m, -5, 0, -3, 8, 3, 8, 5, 0)
	p.line(m, 2.2, 0, 6, 0, 82)
	p.limb(m, -6, 76, 0.7, 0, 79, 0.9, 6, 76, 0.7)
	p.poly(of(flame), -4.5, 82, -6.5, 94, 6.5, 94, 4.5, 82)
	p.poly(m, -7.6, 94, 0, 100, 7.6, 94)
	p.on(func() { p.line(m, 0.8, 0, 82, 0, 94) })
	if p.snowy {
		p.on(func() { p.limb(of(snow), -6.4, 95.6, 0.8, 0, 100, 1.2, 6, 95.6, 0.8) })
	}
	p.lamp(0, 88, 46)
	p.lamp(0, 88, 18)
}

func drawSnowGlobe(p *pen) {
	p.dot(of(frost).up(0.03), 0, 60, 40)
	p.on(func() {
		p.faint(0.75, func() { p.oval(of(snow), 0, 33, 30, 9) })
		p.within(-8, 32, 0.40, 0.40, func() { firTiers(p, of(fir), 5, 1) })
		p.within(14, 32, 0.22, 0.22, func() { townHouse(p, 1, of(ember), 32, false) })
		for range 26 {
			a, r := turn(p.Float64()), 37*p.in(0.2, 1)
			p.dot(of(snow).up(0.03), a.X*r, 62+a.Y*r, p.in(0.6, 1.2))
		}
		p.faint(0.5, func() { p.limb(of(ivory), -28, 72, 1.4, -22, 84, 2, -12, 92, 1.2) })
	})
	p.poly(of(wood), -34, 0, -29, 24, 29, 24, 34, 0)
	p.on(func() {
		p.rect(of(amber), -29, 21, 58, 3.4)
		p.poly(of(wood).down(0.09), 12, 0, 10, 21, 29, 21, 34, 0)
	})
	p.lamp(0, 58, 76)
}
