package paint

var walls = []tone{of(ember).down(0.02), of(amber).down(0.08), of(ivory).down(0.10), of(frost).down(0.10), of(fir).up(0.12), of(brick).up(0.04)}

// drawHouse draws one of three town houses: stepped gable, pitched, mansard.
func drawHouse(p *pen, kind int) {
	wall := p.dyed(walls[p.IntN(len(walls))])
	townHouse(p, kind, wall, 32, p.IntN(2) == 0)
}

func townHouse(p *pen, kind int, wall tone, w float64, shop bool) {
	roof := of(furDark).up(0.04)
	eave := 66.0
	p.rect(wall, -w, -1, 2*w, eave+1)
	p.rect(of(brick).down(0.04), w*0.42, eave, w*0.2, 30)
	if p.snowy {
		p.limb(of(snow), w*0.40, eave+30.4, 1.4, w*0.64, eave+30.4, 1.4)
	}
	switch kind % 3 {
	case 0:
		p.poly(wall, -w, eave, -w, eave+7, -w*0.72, eave+7, -w*0.72, eave+16, -w*0.45, eave+16, -w*0.45, eave+25, -w*0.2, eave+25, -w*0.2, eave+33, w*0.2, eave+33, w*0.2, eave+25, w*0.45, eave+25, w*0.45, eave+16, w*0.72, eave+16, w*0.72, eave+7, w, eave+7, w, eave)
		if p.snowy {
			for _, s := range [][3]float64{{-1, -0.72, 7}, {-0.72, -0.45, 16}, {-0.45, -0.2, 25}, {-0.2, 0.2, 33}, {0.2, 0.45, 25}, {0.45, 0.72, 16}, {0.72, 1, 7}} {
				p.limb(of(snow), w*s[0]+1, eave+s[2]+0.6, 1.3, w*s[1]-1, eave+s[2]+0.6, 1.3)
			}
		}
	case 1:
		p.poly(wall, -w, eave, 0, 99, w, eave)
		p.limb(roof, -w-2, eave-1, 1.6, 0, 99, 1.6)
		p.limb(roof, 0, 99, 1.6, w+2, eave-1, 1.6)
		snowRoof(p, -w-2, eave, 0, 99, w+2, eave, 2.2)
	default:
		p.poly(roof, -w-2, eave, -w*0.8, eave+24, w*0.8, eave+24, w+2, eave)
		p.poly(roof.down(0.03), -w*0.8, eave+23, -w*0.6, eave+31, w*0.6, eave+31, w*0.8, eave+23)
		if p.snowy {
			p.blob(of(snow), -w*0.82, eave+23, -w*0.6, eave+33, w*0.6, eave+33, w*0.82, eave+23, w*0.4, eave+25, 0, eave+22.5, -w*0.4, eave+25)
		}
		p.on(func() {
			for _, x := range []float64{-w * 0.42, w * 0.42} {
				p.poly(of(ivory).down(0.08), x-6, eave+4, x-6, eave+16, x, eave+21, x+6, eave+16, x+6, eave+4)
				p.rect(of(window), x-3.6, eave+5, 7.2, 10)
			}
		})
	}
	p.on(func() {
		p.rect(wall.down(0.07), w*0.72, 0, w*0.28, eave)
		p.rect(of(ivory).down(0.06), -w-1, eave-2.5, 2*w+2, 3)
		p.rect(of(ivory).down(0.10), -w, 26, 2*w, 1.8)
	})
	if kind%3 != 2 {
		pane(p, -4.5, eave+7, 9, 11)
	}
	for _, x := range []float64{-w * 0.70, -w * 0.14, w * 0.42} {
		pane(p, x, 50, w*0.28, 11)
		pane(p, x, 32, w*0.28, 12)
	}
	p.on(func() {
		if shop {
			p.rect(of(window), -w*0.80, 4, w*0.95, 16)
			for i := range 5 {
				c := []tone{of(ember), of(ivory)}[i%2]
				x := -w*0.86 + float64(i)*w*0.215
				p.poly(c, x, 24, x+w*0.215, 24, x+w*0.215, 17, x, 17)
			}
		} else {
			pane(p, -w*0.70, 8, w*0.28, 12)
			pane(p, -w*0.14, 8, w*0.28, 12)
		}
		p.rect(of(fir).down(0.02), w*0.40, 0, w*0.34, 20)
		p.dot(of(flame), w*0.57, 24, 1.4)
	})
	if shop {
		p.lamp(-w*0.3, 12, 36)
	}
	p.lamp(w*0.57, 24, 14)
}
