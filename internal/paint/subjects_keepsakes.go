package paint

var keepsakeFamily = []subject{
	{id: "clock", dyes: true, one: "a clock", many: "clocks", tall: 0.3, wide: 0.8, share: 0.32, foot: onLedge, home: "living-room", draw: drawClock},
	{id: "umbrella", dyes: true, one: "an umbrella", many: "umbrellas", tall: 1, wide: 1.0, share: 0.32, home: "alley", draw: drawUmbrella},
	{id: "kite", dyes: true, one: "a kite", many: "kites", tall: 3, wide: 0.8, share: 0.27, foot: inAir, home: "meadow", draw: drawKite},
	{id: "drum", dyes: true, one: "a drum", many: "drums", tall: 0.5, wide: 0.95, share: 0.29, foot: onLedge, home: "living-room", draw: drawDrum},
	{id: "bench", dyes: true, one: "a bench", many: "benches", tall: 0.9, wide: 2.0, share: 0.21, home: "park", draw: drawBench},
	{id: "crown", one: "a crown", many: "crowns", tall: 0.2, wide: 1.2, share: 0.26, foot: onLedge, home: "living-room", draw: drawCrown},
	{id: "basket", one: "a basket of apples", many: "baskets of apples", tall: 0.45, wide: 1.1, share: 0.25, home: "orchard", draw: drawBasket},
}

func drawClock(p *pen) {
	c := p.dyed(of(ember))
	p.limb(c.down(0.1), -22, 14, 4, -32, 1, 4)
	p.limb(c.down(0.1), 22, 14, 4, 32, 1, 4)
	p.limb(of(amber), -10, 88, 2, 0, 98, 2, 10, 88, 2)
	p.blob(of(amber).down(0.04), -34, 74, -32, 90, -18, 93, -12, 82)
	p.blob(of(amber).down(0.04), 34, 74, 32, 90, 18, 93, 12, 82)
	p.dot(c, 0, 48, 40)
	p.on(func() {
		p.dot(of(ivory), 0, 48, 32)
		for i := range 12 {
			a := turn(float64(i) / 12)
			p.line(of(ink).up(0.05), 2, a.X*26, 48+a.Y*26, a.X*29, 48+a.Y*29)
		}
		p.line(of(ink), 2.6, 0, 48, -9, 62)
		p.line(of(ink), 2, 0, 48, 12, 70)
		p.dot(c, 0, 48, 3)
		p.limb(c.up(0.12), -34, 56, 1, -28, 70, 1.6, -18, 80, 1)
	})
}

func drawUmbrella(p *pen) {
	c := p.dyed(of(ember))
	p.tilted(p.in(-16, 4), 0, 40, func() {
		p.limb(of(wood), 0, 88, 1.2, 0, 14, 1.3, 3, 4, 1.6, 10, 2, 1.6, 14, 9, 1.4)
		p.limb(of(metal), 0, 92, 1, 0, 100, 0.4)
		p.blob(c, -50, 52, -40, 74, -20, 90, 0, 95, 20, 90, 40, 74, 50, 52, 38, 58, 26, 53, 13, 60, 0, 54, -13, 60, -26, 53, -38, 58)
		p.on(func() {
			p.blob(c.down(0.08), 0, 94, 20, 90, 40, 74, 50, 52, 38, 58, 26, 53, 20, 74)
			p.blob(c.up(0.07), 0, 94, -16, 80, -26, 53, -38, 58, -50, 52, -40, 74, -20, 90)
			p.blob(c, 0, 94, -8, 78, -13, 60, 0, 54, 13, 60, 8, 78)
		})
	})
}

func drawKite(p *pen) {
	c := p.dyed(of(ember))
	s := p.in(-8, 8)
	p.limb(of(ink).up(0.15), 0, 44, 0.5, -18, 20, 0.4, -48, -30, 0.4, -92, -70, 0.3)
	p.limb(of(wood), 0, 40, 0.9, 10+s, 24, 0.9, 2, 10, 0.9, 12, -6, 0.8, 4-s, -20, 0.7)
	for i := range 4 {
		y := 28 - float64(i)*13
		x := 8 - 5*float64(i%2)
		p.poly([]tone{of(amber), c, of(ivory), of(fir).up(0.1)}[i], x, y, x-9, y+5, x-9, y-5)
		p.poly([]tone{of(amber), c, of(ivory), of(fir).up(0.1)}[i], x, y, x+9, y+5, x+9, y-5)
	}
	p.tilted(-14, 0, 66, func() {
		p.poly(c, 0, 104, -30, 74, 0, 36)
		p.poly(of(amber), 0, 104, 30, 74, 0, 36)
		p.on(func() {
			p.poly(of(ivory).down(0.02), 0, 74, -30, 74, 0, 36)
			p.poly(c.down(0.07), 0, 74, 30, 74, 0, 36)
			p.line(of(wood), 1, 0, 104, 0, 36)
			p.line(of(wood), 1, -30, 74, 30, 74)
		})
	})
}

func drawDrum(p *pen) {
	c := p.dyed(of(ember))
	p.rect(c, -44, 8, 88, 60)
	p.oval(c, 0, 8, 44, 8)
	p.on(func() {
		p.rect(c.down(0.09), 20, 6, 24, 62)
		for i := range 5 {
			x := -44 + float64(i)*17.6
			p.line(of(ivory), 1.6, x, 14, x+8.8, 62)
			p.line(of(ivory), 1.6, x+8.8, 62, x+17.6, 14)
		}
	})
	p.limb(of(amber), -46, 12, 4, 0, 3, 4.4, 46, 12, 4)
	p.limb(of(amber), -46, 66, 4, 0, 58, 4.4, 46, 66, 4)
	p.oval(of(ivory), 0, 70, 44, 9)
	p.limb(of(wood), -50, 94, 1.8, -4, 76, 1.8)
	p.limb(of(wood).down(0.05), 54, 98, 1.8, 8, 78, 1.8)
	p.dot(of(wood).up(0.06), -4, 76, 4)
	p.dot(of(wood), 8, 78, 4)
}

func drawBench(p *pen) {
	w, iron := p.dyed(of(wood)), of(ink).up(0.08)
	for _, x := range []float64{-82, 82} {
		p.limb(iron, x-6, 0, 3, x, 40, 3, x-4, 70, 2.6, x-8, 98, 2.4)
		p.limb(iron, x+8, 0, 3, x+4, 40, 3)
		p.limb(iron, x-4, 62, 2.4, x+8, 62, 2.4, x+9, 42, 2.4)
	}
	for i := range 3 {
		p.round(w.up(0.02*float64(i)), -100, 58+float64(i)*15, 196, 9, 2)
	}
	p.round(w, -98, 38, 200, 10, 3)
	p.on(func() { p.rect(w.down(0.10), -98, 38, 200, 3) })
	if p.snowy {
		p.limb(of(snow), -94, 50, 3, -20, 52, 5, 60, 52, 5, 98, 50, 2)
		p.limb(of(snow), -98, 98, 2, 0, 99, 3, 94, 98, 2)
	}
}

func drawCrown(p *pen) {
	c := of(amber)
	p.blob(of(ember).down(0.04), -42, 22, -34, 62, 0, 74, 34, 62, 42, 22)
	p.poly(c, -50, 14, -58, 76, -30, 44, -16, 86, 0, 48, 16, 86, 30, 44, 58, 76, 50, 14)
	p.round(c.down(0.06), -52, 2, 104, 16, 4)
	for _, q := range [][2]float64{{-58, 80}, {-16, 91}, {16, 91}, {58, 80}} {
		p.dot(of(ivory), q[0], q[1], 6)
	}
	p.on(func() {
		p.poly(c.down(0.09), 50, 14, 58, 76, 36, 50, 30, 14)
		for i := range 5 {
			t := []tone{of(ember), of(frost), of(fir).up(0.12)}[i%3]
			p.dot(t, -40+float64(i)*20, 10, 4.6)
		}
		p.limb(c.up(0.10), -44, 24, 1, -46, 50, 1.6)
	})
	p.shine(amber, 0, 50, 60, 0.25)
}

func drawBasket(p *pen) {
	c := of(wood).up(0.10)
	for i := range 22 {
		a, b := turn(-0.25+float64(i)/44), turn(-0.25+float64(i+1)/44)
		p.line(c.down(0.08), 5, a.X*40, 52+a.Y*44, b.X*40, 52+b.Y*44)
	}
	for _, q := range [][2]float64{{-30, 58}, {-10, 64}, {12, 62}, {31, 57}, {0, 56}} {
		p.dot(of(ember).down(p.in(0, 0.05)), q[0], q[1], 12)
		p.on(func() { p.limb(of(ember).up(0.16), q[0]-6, q[1]+2, 1, q[0]-3, q[1]+7, 1.6) })
	}
	p.blob(of(leaf).down(0.06), 14, 72, 22, 80, 32, 78, 24, 70)
	p.poly(c, -52, 54, -40, 0, 40, 0, 52, 54)
	p.on(func() {
		for row := range 5 {
			y := 6 + float64(row)*10
			w := 41 + float64(row)*2.4
			for i := range 6 {
				x := -w + (float64(i)+0.5*float64(row%2))*w/3
				p.limb(c.down(0.10), x, y, 1.4, x+w/6, y+2.4, 2.2, x+w/3, y, 1.4)
			}
		}
	})
	p.limb(c.up(0.05), -54, 54, 3.6, 0, 51, 3.8, 54, 54, 3.6)
}
