package compose

import "marquee/internal/raster"

// pathData reads a path's d attribute, every command of SVG. As the standard
// asks, drawing stops at the first fault; here the fault refuses the drawing,
// because a mark with a part missing is an altered mark.
func pathData(s string, room int) (raster.Path, bool) {
	c := scanner{s: s}
	var p raster.Path
	var cmd byte
	var ctrl raster.Point // the last control point, for S and T
	var prev byte
	for !c.done() {
		b := c.s[c.pos]
		if b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' {
			cmd = b
			c.pos++
		} else if prev == 0 || cmd == 'Z' || cmd == 'z' {
			return p, false
		}
		if prev == 0 && cmd != 'M' && cmd != 'm' || p.Segments() > room {
			return p, false
		}
		at := p.Current()
		rel := raster.Point{}
		if cmd >= 'a' {
			rel = at
		}
		var a [6]float64
		if cmd|0x20 == 'a' {
			if !arc(&c, &p, rel) {
				return p, false
			}
			prev = 'a'
			continue
		}
		for i := range arguments(cmd) {
			v, ok := c.number()
			if !ok {
				return p, false
			}
			a[i] = v
		}
		x := func(i int) raster.Point { return raster.Point{X: a[i] + rel.X, Y: a[i+1] + rel.Y} }
		mirrored := func(kind byte) raster.Point {
			if prev == kind || kind == 'c' && prev == 's' || kind == 'q' && prev == 't' {
				return at.Mul(2).Sub(ctrl)
			}
			return at
		}
		switch cmd | 0x20 {
		case 'm':
			p.MoveTo(x(0).X, x(0).Y)
			// Further pairs are lines, of the same kind as the move.
			prev, cmd = 'm', cmd-'m'+'l'
			continue
		case 'l':
			p.LineTo(x(0).X, x(0).Y)
		case 'h':
			p.LineTo(a[0]+rel.X, at.Y)
		case 'v':
			p.LineTo(at.X, a[0]+rel.Y)
		case 'c':
			ctrl = x(2)
			p.CubeTo(x(0).X, x(0).Y, ctrl.X, ctrl.Y, x(4).X, x(4).Y)
		case 's':
			first := mirrored('c')
			ctrl = x(0)
			p.CubeTo(first.X, first.Y, ctrl.X, ctrl.Y, x(2).X, x(2).Y)
		case 'q':
			ctrl = x(0)
			p.QuadTo(ctrl.X, ctrl.Y, x(2).X, x(2).Y)
		case 't':
			ctrl = mirrored('q')
			p.QuadTo(ctrl.X, ctrl.Y, x(0).X, x(0).Y)
		case 'z':
			p.Close()
		default:
			return p, false
		}
		prev = cmd | 0x20
	}
	return p, p.Segments() <= room
}

// arguments is how many numbers a command takes.
func arguments(cmd byte) int {
	switch cmd | 0x20 {
	case 'm', 'l', 't':
		return 2
	case 'h', 'v':
		return 1
	case 's', 'q':
		return 4
	case 'c':
		return 6
	}
	return 0
}

func arc(c *scanner, p *raster.Path, rel raster.Point) bool {
	rx, ok1 := c.number()
	ry, ok2 := c.number()
	turn, ok3 := c.number()
	large, ok4 := c.flag()
	sweep, ok5 := c.flag()
	x, ok6 := c.number()
	y, ok7 := c.number()
	if !(ok1 && ok2 && ok3 && ok4 && ok5 && ok6 && ok7) {
		return false
	}
	p.ArcTo(rx, ry, turn, large, sweep, x+rel.X, y+rel.Y)
	return true
}
