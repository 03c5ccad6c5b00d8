package paint

var buildingFamily = []subject{
	{id: "cabin", dyes: true, one: "a cabin", many: "cabins", tall: 4.4, wide: 1.35, share: 0.34, home: "forest", draw: drawCabin},
	{id: "house", dyes: true, one: "a house", many: "houses", tall: 7, wide: 0.8, share: 0.40, home: "village",
		draw: func(p *pen) { drawHouse(p, p.IntN(3)) }},
	{id: "church", one: "a church", many: "churches", tall: 14, wide: 0.8, share: 0.50, home: "village", draw: drawChurch},
	{id: "tower", dyes: true, one: "a tower", many: "towers", tall: 16, wide: 0.36, share: 0.54, home: "city", draw: drawTower},
	{id: "lighthouse", dyes: true, one: "a lighthouse", many: "lighthouses", tall: 16, wide: 0.5, share: 0.52, home: "seaside", draw: drawLighthouse},
	{id: "stall", dyes: true, one: "a market stall", many: "market stalls", tall: 3, wide: 1.15, share: 0.36, home: "market", draw: drawStall},
	{id: "bridge", one: "a bridge", many: "bridges", tall: 5, wide: 4, share: 0.20, home: "river", draw: drawBridge},
	{id: "windmill", one: "a windmill", many: "windmills", tall: 12, wide: 0.8, share: 0.46, home: "meadow", draw: drawWindmill},
	{id: "tent", dyes: true, one: "a tent", many: "tents", tall: 1.8, wide: 1.6, share: 0.24, home: "mountains", draw: drawTent},
	{id: "castle", one: "a castle", many: "castles", tall: 22, wide: 1.1, share: 0.52, home: "mountains", draw: drawCastle},
}

// pane is a lit window with its cross bar.
func pane(p *pen, x, y, w, h float64) {
	p.on(func() {
		f := w * 0.14
		p.rect(of(ivory).down(0.05), x-f, y-f, w+2*f, h+2*f)
		p.rect(of(window), x, y, w, h)
		p.rect(of(ivory).down(0.05), x+w/2-f*0.4, y, f*0.8, h)
		p.rect(of(ivory).down(0.05), x, y+h*0.52, w, f*0.8)
		if p.snowy {
			p.limb(of(snow), x-f*1.2, y-f*0.8, f*0.5, x+w/2, y-f*0.6, f*0.8, x+w+f*1.2, y-f*0.8, f*0.5)
		}
	})
	p.lamp(x+w/2, y+h/2, max(w, h)*2.4)
}

// snowRoof lays a rounded blanket of snow over a gable's edges.
func snowRoof(p *pen, x0, y0, xt, yt, x1, y1, thick float64) {
	if !p.snowy {
		return
	}
	p.limb(of(snow), x0, y0, thick*0.9, mix(x0, xt, 0.5), mix(y0, yt, 0.5)+thick*0.4, thick*1.05, xt, yt+thick*0.4, thick)
	p.limb(of(snow).down(0.05), xt, yt+thick*0.4, thick, mix(x1, xt, 0.5), mix(y1, yt, 0.5)+thick*0.4, thick*1.05, x1, y1, thick*0.9)
	p.limb(of(snow), x0, y0, thick*0.9, mix(x0, xt, 0.5), mix(y0, yt, 0.5)+thick*0.4, thick*1.05, xt, yt+thick*0.4, thick)
}

func smoke(p *pen, x, y float64) {
	p.smoke(curls, 0.42, func() {
		d := p.in(0.6, 1.3)
		p.limb(of(snow).down(0.04), x, y, 1.2, x+4*d, y+8, 2.6, x-1*d, y+18, 4, x+8*d, y+30, 5.4, x+18*d, y+40, 1.6)
	})
}

func drawCabin(p *pen) {
	wall := of(wood)
	if p.yes(0.4) {
		wall = of(ember).down(0.04)
	}
	wall = p.dyed(wall)
	side := wall.down(0.08)
	p.rect(of(brick), 24, 64, 11, 32)
	if p.snowy {
		p.limb(of(snow), 23, 96, 2.4, 36, 96, 2.4)
	}
	smoke(p, 29, 98)
	p.rect(side, 6, 0, 56, 44)
	p.poly(wall, -54, 0, -54, 42, -20, 80, 14, 42, 14, 0)
	roof := of(furDark)
	p.poly(roof, -20, 84, 46, 84, 70, 42, 14, 42)
	if p.snowy {
		p.blob(of(snow), -23, 82, -18, 90, 14, 91, 46, 89, 60, 68, 74, 42, 68, 38.5, 54, 41, 40, 38, 26, 41, 15, 38.5)
		p.on(func() {
			p.blob(of(snow).down(0.07), 58, 62, 74, 42, 68, 38.5, 54, 41, 40, 38, 26, 41, 15, 38.5, 12, 46, 34, 48, 54, 52)
		})
	}
	p.limb(roof, -60, 38, 2.6, -20, 84, 2.8)
	p.limb(roof, -20, 84, 2.8, 17, 40, 2.6)
	snowRoof(p, -62, 39, -20, 85, 18, 41, 3.6)
	p.on(func() {
		for i := range 6 {
			y := 5 + float64(i)*7
			p.line(wall.down(0.06), 0.9, -54, y, 14, y)
			p.line(side.down(0.05), 0.9, 14, y, 62, y)
		}
		p.rect(of(ember).down(0.05), -46, 0, 19, 33)
		p.rect(of(ember).down(0.12), -46, 0, 2, 33)
		p.dot(of(amber), -30.5, 16, 1.5)
		p.line(of(fir), 3.2, -40, 24, -36.5, 27, -33, 24, -36.5, 21, -40, 24)
	})
	pane(p, -15, 14, 17, 17)
	pane(p, 30, 16, 18, 15)
	p.on(func() { p.dot(of(window), -20, 56, 5.4) })
	if p.snowy {
		p.limb(of(snow), -62, -1, 2, -50, 1.6, 3, -30, -1, 1.5)
		p.limb(of(snow), 2, -1, 2, 20, 1.4, 3.4, 50, 1.8, 4, 68, -1, 1.6)
	}
}

func drawChurch(p *pen) {
	wall, roof := of(ivory).down(0.05), of(fir).down(0.04)
	p.rect(wall.down(0.06), 2, 0, 46, 30)
	p.poly(roof, 0, 48, 44, 48, 52, 28, 0, 28)
	if p.snowy {
		p.blob(of(snow), 0, 50, 22, 50, 45, 49, 53, 28, 40, 30, 26, 28, 12, 30, 0, 29)
	}
	p.rect(wall, -26, 0, 28, 56)
	p.poly(roof, -30, 55, -12, 92, 6, 55)
	if p.snowy {
		p.on(func() { p.poly(of(snow), -30, 55, -12, 92, -14, 70, -22, 57) })
	}
	p.line(of(amber), 1.2, -12, 90, -12, 99)
	p.line(of(amber), 1.2, -15, 95.6, -9, 95.6)
	p.on(func() {
		p.rect(wall.down(0.08), -4, 0, 6, 55)
		p.dot(of(ink).up(0.1), -13, 46, 5)
		p.dot(of(ivory), -13, 46, 4)
		p.line(of(ink), 0.7, -13, 46, -13, 49)
		p.line(of(ink), 0.7, -13, 46, -11, 45)
		arch(p, of(brick).down(0.06), -18, 0, 10, 16)
	})
	for _, x := range []float64{10, 22, 34} {
		p.on(func() { arch(p, of(window), x, 8, 6, 15) })
		p.lamp(x+3, 15, 24)
	}
	p.on(func() { arch(p, of(window), -16, 26, 6, 12) })
	p.lamp(-13, 32, 22)
}

func arch(p *pen, t tone, x, y, w, h float64) {
	p.blob(t, x, y, x, y+h*0.35, x, y+h*0.62, x+w*0.14, y+h*0.84, x+w/2, y+h, x+w*0.86, y+h*0.84, x+w, y+h*0.62, x+w, y+h*0.35, x+w, y)
}

func drawTower(p *pen) {
	wall := p.dyed(of(brick).up(0.03))
	p.rect(wall, -12, 0, 24, 66)
	p.rect(wall.up(0.03), -14, 62, 28, 5)
	p.rect(wall, -11, 66, 22, 14)
	p.poly(of(fir).down(0.02), -14, 79, 0, 98, 14, 79)
	p.line(of(amber), 1, 0, 96, 0, 104)
	if p.snowy {
		p.on(func() { p.poly(of(snow), -14, 79, 0, 98, -2, 84) })
	}
	p.on(func() {
		p.rect(wall.down(0.08), 5, 0, 7, 66)
		p.dot(of(ivory), 0, 54, 8)
		p.line(of(ink), 1.2, 0, 54, 0, 60)
		p.line(of(ink), 1.2, 0, 54, 4, 52)
		arch(p, of(window), -7, 68, 5, 10)
		arch(p, of(window), 2, 68, 5, 10)
		for _, y := range []float64{14, 30} {
			arch(p, of(window), -4, y, 6, 9)
		}
		arch(p, of(ink).up(0.1), -6, 0, 9, 11)
	})
	p.lamp(0, 72, 30)
	p.lamp(0, 54, 20)
}

func drawLighthouse(p *pen) {
	p.blob(of(stone), -30, -4, -22, 6, -8, 9, 10, 8, 24, 5, 32, -4)
	p.rect(of(ivory).down(0.06), 10, 4, 20, 13)
	p.poly(of(brick), 8, 16, 20, 25, 33, 16)
	if p.snowy {
		p.limb(of(snow), 8, 17, 1, 20, 25, 1.2, 33, 17, 1)
	}
	p.poly(of(ivory), -11.5, 4, -7, 76, 7, 76, 11.5, 4)
	p.on(func() {
		for i := range 3 {
			y0 := 16 + float64(i)*22
			w0, w1 := mix(11.5, 7, (y0-4)/72), mix(11.5, 7, (y0+11-4)/72)
			p.poly(p.dyed(of(ember)), -w0, y0, -w1, y0+11, w1, y0+11, w0, y0)
		}
		p.faint(0.22, func() { p.poly(of(ink), 3.6, 4, 2.2, 76, 7, 76, 11.5, 4) })
		p.rect(of(window), -2, 32, 3.6, 5)
		p.rect(of(window), -2, 54, 3.2, 4.6)
		p.rect(of(window), 18, 7, 4, 5)
	})
	p.rect(of(ink).up(0.06), -9.5, 75, 19, 2.6)
	p.rect(of(ink).up(0.1), -5.6, 77, 11.2, 12)
	p.on(func() { p.rect(of(flame), -4.4, 78.4, 8.8, 9.4) })
	p.poly(of(ember).down(0.04), -7.6, 89, 0, 98, 7.6, 89)
	p.dot(of(ember).down(0.04), 0, 98, 1.4)
	if p.dark {
		p.faint(0.15, func() {
			p.poly(of(flame), 3, 83.4, 420, 140, 420, 52)
			p.poly(of(flame), -3, 83.4, -420, 110, -420, 34)
		})
	}
	p.lamp(0, 83, 40)
}

func drawStall(p *pen) {
	w := of(wood)
	p.rect(of(furDark).up(0.03), -48, 4, 96, 62)
	p.on(func() {
		p.rect(of(window), -46, 34, 92, 30)
		p.faint(0.5, func() { p.rect(of(ember).down(0.1), -46, 34, 92, 9) })
		for i := range 6 {
			x := -38 + float64(i)*15 + p.in(-2, 2)
			c := []tone{of(ember), of(ivory), of(fir).up(0.1), of(amber)}[p.IntN(4)]
			h := p.in(5, 12)
			p.round(c, x-4, 34, 8+p.in(0, 3), h, 2.5)
		}
		for i := range 5 {
			x := -36 + float64(i)*18
			p.line(of(ink).up(0.1), 0.5, x, 66, x, 58)
			p.poly(of(amber).down(0.08), star(x, 54, 4.2, 1.9, 5)...)
		}
	})
	p.rect(w, -52, 2, 5, 66)
	p.rect(w, 47, 2, 5, 66)
	p.rect(w.up(0.03), -54, 0, 108, 34)
	p.on(func() {
		for i := range 7 {
			p.line(w.down(0.07), 0.9, -46+float64(i)*15.4, 1, -46+float64(i)*15.4, 31)
		}
		p.rect(w.up(0.12), -56, 31, 112, 4.4)
		p.limb(of(fir), -52, 29, 2.2, -34, 22, 2.8, -17, 28, 2.2, 0, 22, 2.8, 17, 28, 2.2, 34, 22, 2.8, 52, 29, 2.2)
		for i := range 6 {
			p.dot(of(flame), -43+float64(i)*17.2, 24.4+p.in(-1.5, 1), 1.4)
		}
	})
	n := 8
	for i := range n {
		c := []tone{p.dyed(of(ember)), of(ivory).down(0.02)}[i%2]
		f0, f1 := float64(i)/float64(n)*2-1, float64(i+1)/float64(n)*2-1
		p.blob(c, f0*60, 66, f0*60+2, 61, (f0+f1)*30, 59.5, f1*60-2, 61, f1*60, 66, f1*42, 92, f0*42, 92)
	}
	if p.snowy {
		p.blob(of(snow), -46, 90, -42, 97, -16, 100, 16, 99, 42, 97, 46, 90, 36, 87, 24, 91, 10, 86, -6, 90, -22, 86, -36, 90)
	} else {
		p.limb(of(ember), -43, 92, 2.6, 43, 92, 2.6)
	}
	p.lamp(0, 48, 74)
}

func drawBridge(p *pen) {
	s := of(stone).up(0.08)
	var top, bottom []float64
	for i := range 21 {
		x := -200 + float64(i)*20
		top = append(top, x, 62+34*(1-x*x/40000))
	}
	for i := 20; i >= 0; i-- {
		x := -200 + float64(i)*20
		bottom = append(bottom, x, 46+30*(1-x*x/40000))
	}
	p.poly(s.up(0.03), append(append([]float64{}, top...), bottom...)...)
	p.on(func() {
		for i := range 17 {
			x := -176 + float64(i)*22
			y := 62 + 34*(1-x*x/40000)
			p.rect(s.down(0.09), x-5, y-13, 10, 9)
		}
	})
	for k := range 3 {
		cx := -118 + float64(k)*118
		for _, e := range []float64{-1, 1} {
			x := cx + e*59
			if e < 0 || k == 2 {
				y := 48 + 30*(1-min(x*x/40000, 1))
				p.poly(s, x-12, -4, x-11, y, x+11, y, x+12, -4)
			}
		}
		var xy []float64
		for i := range 13 {
			a := turn(-0.25 + float64(i)/24)
			xy = append(xy, cx+a.X*48, 12+a.Y*38)
		}
		n := len(xy)
		var outer []float64
		for i := range 13 {
			x := cx - 48 + float64(i)*8
			outer = append(outer, x, 50+30*(1-min(x*x/40000, 1)))
		}
		for i := n - 2; i >= 0; i -= 2 {
			outer = append(outer, xy[i], xy[i+1])
		}
		p.poly(s, outer...)
	}
	if p.snowy {
		var l []float64
		for i := range 11 {
			x := -198 + float64(i)*39.6
			l = append(l, x, 63+34*(1-x*x/40000), 2.4)
		}
		p.limb(of(snow), l...)
	}
	for _, x := range []float64{-118, 0, 118} {
		y := 62 + 34*(1-x*x/40000)
		p.line(of(ink).up(0.08), 3, x, y, x, y+36)
		p.round(of(flame), x-5, y+34, 10, 13, 3)
		p.poly(of(ink).up(0.08), x-7, y+47, x, y+55, x+7, y+47)
		p.lamp(x, y+40, 46)
	}
}

func drawWindmill(p *pen) {
	wall := of(ivory).down(0.07)
	p.poly(wall, -19, 0, -12, 62, 12, 62, 19, 0)
	p.on(func() {
		p.poly(wall.down(0.09), 6, 0, 4, 62, 12, 62, 19, 0)
		arch(p, of(brick).down(0.05), -6, 0, 10, 16)
	})
	pane(p, -5, 26, 7, 8)
	pane(p, -4, 44, 6, 7)
	p.blob(of(ember).down(0.07), -14, 62, -11, 72, 0, 77, 11, 72, 14, 62)
	if p.snowy {
		p.on(func() { p.blob(of(snow), -12, 70, -8, 76, 2, 78, 10, 74, 4, 73, -4, 74) })
	}
	a0 := p.in(0, 90)
	for i := range 4 {
		p.tilted(a0+float64(i)*90, 0, 68, func() {
			p.line(of(wood), 1.5, 0, 68, 0, 104)
			p.poly(of(ivory).down(0.02), 1, 74, 8, 75, 8, 103, 1, 103)
			p.on(func() {
				for k := range 4 {
					p.line(of(wood), 0.6, 1, 78+float64(k)*7, 8, 78+float64(k)*7)
				}
			})
		})
	}
	p.dot(of(wood).down(0.05), 0, 68, 3)
}

func drawTent(p *pen) {
	cloth := p.dyed(of(ember))
	p.poly(cloth.down(0.09), 0, 98, 78, 0, 20, 0)
	p.poly(cloth, -62, 0, 0, 98, 26, 0)
	p.on(func() {
		p.poly(of(window), -26, 0, -2, 62, 6, 0)
		p.poly(of(amber).down(0.1), -26, 0, -2, 62, -12, 0)
	})
	p.line(of(ink), 2, 0, 90, -2, 108)
	p.line(of(ink).up(0.1), 1, -50, 20, -78, 0)
	if p.snowy {
		p.on(func() { p.limb(of(snow), -2, 96, 2, 14, 80, 3.4, 30, 60, 1.6) })
	}
	p.lamp(-6, 24, 60)
}

func drawCastle(p *pen) {
	s := of(stone).up(0.10)
	tower := func(x, w, h float64) {
		p.rect(s, x-w, 0, 2*w, h)
		p.on(func() { p.rect(s.down(0.07), x+w*0.3, 0, w*0.7, h) })
		p.rect(s.up(0.03), x-w*1.2, h-3, w*2.4, 5)
		p.poly(of(ember).down(0.04), x-w*1.35, h+2, x, h+w*2.8, x+w*1.35, h+2)
		if p.snowy {
			p.on(func() { p.poly(of(snow), x-w*1.35, h+2, x, h+w*2.8, x-w*0.3, h+4) })
		}
		p.on(func() { arch(p, of(window), x-w*0.3, h*0.72, w*0.6, w*1.1) })
		p.lamp(x, h*0.76, w*3.4)
	}
	tower(-8, 7, 62)
	tower(34, 8, 44)
	p.rect(s.down(0.03), -44, 0, 88, 28)
	for i := range 9 {
		p.rect(s.down(0.03), -44+float64(i)*10, 27, 5.4, 5)
	}
	tower(-42, 8.5, 48)
	tower(12, 9, 52)
	p.on(func() { arch(p, of(furDark), -20, 0, 14, 18) })
	tower(50, 6, 30)
	p.line(of(ink), 0.8, -8, 78, -8, 90)
	p.poly(of(amber), -8, 90, 3, 87, -8, 84)
}
