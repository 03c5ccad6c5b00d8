package paint

var bloomFamily = []subject{
	{id: "sunflower", one: "a sunflower", many: "sunflowers", tall: 1.7, wide: 0.5, share: 0.42, home: "meadow", season: "summer", draw: drawSunflower},
	{id: "blossom-tree", one: "a tree in blossom", many: "trees in blossom", tall: 6, wide: 1.1, share: 0.54, home: "orchard", season: "spring", draw: drawBlossomTree},
	{id: "bush", one: "a bush", many: "bushes", tall: 1.4, wide: 1.5, share: 0.24, home: "garden", draw: drawBush},
	{id: "wheat", one: "a sheaf of wheat", many: "ears of wheat", tall: 1.1, wide: 0.7, share: 0.34, home: "cornfield", season: "summer", draw: drawWheat},
}

func drawSunflower(p *pen) {
	lean := p.in(-6, 6)
	green := of(leaf).down(0.10)
	p.limb(green, 0, 0, 2, lean*0.3, 36, 1.7, lean, 78, 1.5)
	p.blob(green.up(0.05), 0, 22, 12, 38, 28, 40, 22, 28, 10, 22)
	p.blob(green, 1, 36, -12, 50, -27, 50, -20, 40, -8, 35)
	p.blob(green.up(0.03), 1, 48, 10, 58, 22, 60, 17, 52, 8, 47)
	for i := range 16 {
		p.tilted(float64(i)*22.5, lean, 80, func() {
			p.limb(of(amber).down(0.05*float64(i%2)), lean, 88, 2.6, lean, 94, 3.4, lean, 102, 0.6)
		})
	}
	p.dot(of(furDark).up(0.06), lean, 80, 11)
	p.on(func() {
		p.dot(of(wood), lean, 80, 7)
		for i := range 12 {
			a := turn(float64(i) * 0.618)
			r := 1.4 + float64(i)*0.7
			p.dot(of(amber).down(0.1), lean+a.X*r, 80+a.Y*r, 0.8)
		}
	})
}

func drawBlossomTree(p *pen) {
	trunk := of(bark).up(0.04)
	lean := p.in(-6, 6)
	p.limb(trunk, 0, -1, 6, 2, 18, 4.4, lean*0.5, 38, 3.6, lean, 54, 2.4)
	p.limb(trunk, lean*0.4, 34, 2.8, -18, 52, 2, -30, 62, 1)
	p.limb(trunk, lean*0.5, 38, 2.8, 20, 54, 2, 32, 66, 1)
	bloom := of(ember).up(0.26)
	var spots [][3]float64
	for _, q := range [][3]float64{{-32, 62, 16}, {-16, 74, 19}, {6, 82, 19}, {26, 74, 18}, {38, 62, 14}, {-4, 62, 17}, {16, 60, 15}, {-44, 52, 10}, {46, 52, 9}} {
		x, y, r := q[0]+p.in(-3, 3), q[1]+p.in(-3, 3), q[2]
		spots = append(spots, [3]float64{x, y, r})
		p.blob(bloom.down(0.03*float64(len(spots)%3)), x-r, y-2, x-r*0.7, y+r*0.7, x+r*0.2, y+r*0.95, x+r*0.9, y+r*0.4, x+r, y-r*0.3, x+r*0.3, y-r*0.8, x-r*0.6, y-r*0.7)
	}
	p.on(func() {
		for _, s := range spots {
			for range 7 {
				a, r := turn(p.Float64()), s[2]*p.in(0.1, 0.85)
				p.dot(of(ivory).down(0.01), s[0]+a.X*r, s[1]+a.Y*r, p.in(0.8, 1.7))
			}
		}
		for range 7 {
			p.oval(bloom.up(0.03), p.in(-40, 40), p.in(-1, 34), 1.3, 0.8)
		}
	})
}

func drawBush(p *pen) {
	c := of(leaf).down(0.08)
	if p.snowy {
		c = of(fir).up(0.03)
	}
	for i, q := range [][3]float64{{-44, 30, 30}, {38, 32, 32}, {-16, 52, 38}, {16, 46, 36}, {0, 26, 36}} {
		r := q[2]
		p.blob(c.up(0.025*float64(i%3)), q[0]-r, q[1]-r*0.6, q[0]-r*0.8, q[1]+r*0.5, q[0]-r*0.1, q[1]+r, q[0]+r*0.8, q[1]+r*0.6, q[0]+r, q[1]-r*0.5, q[0], q[1]-r*0.8)
	}
	p.on(func() {
		for range 16 {
			a, r := turn(p.Float64()), p.in(4, 52)
			x, y := a.X*r, 42+a.Y*r*0.6
			p.dot(of(ember), x, y, 2.4)
			p.dot(of(ember).up(0.14), x-0.7, y+0.7, 0.7)
		}
		if p.snowy {
			p.blob(of(snow), -48, 66, -20, 90, 6, 92, 40, 74, 50, 60, 20, 72, -10, 76)
		}
	})
}

func drawWheat(p *pen) {
	c := of(amber)
	for i := range 9 {
		f := (float64(i) - 4) / 4
		top := 84 - abs(f)*12 + p.in(-3, 3)
		x := f * 30
		p.limb(c.down(0.08), f*6, 0, 1, f*5, 38, 1, x*0.8, top-16, 0.8, x, top, 0.7)
		for k := range 6 {
			y := top - 8 + float64(k)*4
			xx := x + f*float64(k)
			p.limb(c.down(0.03*float64(k%2)), xx, y, 0.8, xx-3, y+4, 1.8, xx-3.6, y+8, 0.4)
			p.limb(c.up(0.02), xx, y, 0.8, xx+3, y+4, 1.8, xx+3.6, y+8, 0.4)
		}
	}
	p.limb(of(ember), -8, 37, 3, 0, 35, 3.4, 8, 37, 3)
	p.limb(of(ember), 2, 36, 2.6, 10, 28, 3, 13, 20, 1.4)
}
