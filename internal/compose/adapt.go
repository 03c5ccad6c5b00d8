package compose

import (
	"cmp"
	"image"
	"math"
	"slices"

	"marquee/internal/fault"
)

// Problem is what a rule finds wrong with a composition.
type Problem struct {
	// Layer is the layer's id, and Rule the rule's.
	Layer, Rule string
	// Fix is the layer as it would be right, or nil where the rule can't tell.
	Fix *Layer
}

// Rules judge a composition; nil means that there are none. They are asked many
// times for one layout and must not change what they are given.
type Rules func(Document) []Problem

func (r Rules) judge(d Document) []Problem {
	if r == nil {
		return nil
	}
	return r(d)
}

// Adapt lays a composition out anew on a canvas of another size: the picture
// covers it, marks and texts keep their places in the room there is, on calm
// ground, without touching one another, as large as the rules allow; texts are
// wrapped anew where they stand alone. Panels move with what stands on them.
// The source is the one of the new canvas.
//
// Errors: composition_invalid when the size is none (see Document.Check); those
// of Boxes; and layout_impossible when no layout keeps the rules, with the best
// that was found, and the rules that it breaks as the argument "rules".
func Adapt(d Document, src Source, size image.Point, rules Rules) (Document, error) {
	if err := d.Check(); err != nil {
		return Document{}, err
	}
	out := d.Migrated()
	out.Width, out.Height = size.X, size.Y
	out.Layers = slices.Clone(d.Layers)
	if len(out.Layers) > 0 {
		out.Layers[0].Width = float64(size.X)
	}
	if err := (Document{Version: Version, Width: size.X, Height: size.Y, Layers: out.Layers[:1]}).Check(); err != nil {
		return Document{}, err
	}
	boxes, err := d.oldBoxes(src)
	if err != nil {
		return Document{}, err
	}
	units, stretched := d.units(boxes)
	for _, i := range stretched {
		stretch(&out.Layers[i], float64(size.X)/float64(d.Width), float64(size.Y)/float64(d.Height))
	}
	// Where the shape stays the places do; the more it changes, the more a calm
	// ground counts, because the picture is cut otherwise behind them.
	change := math.Abs(math.Log(float64(size.X) / float64(size.Y) * float64(d.Height) / float64(d.Width)))
	far := min(1, change/math.Log(16.0/9))
	l := layouter{old: d, base: out, boxes: boxes, units: units, src: src, rules: rules, loyal: 16 - 7*far, quiet: 1.5 + 3.5*far, scales: scales, gaps: gaps}
	if src.Picture != nil && !src.Picture.Bounds().Empty() {
		l.calm = ReadCalm(src.Picture, size.X, size.Y)
	} else {
		return Document{}, fault.New(fault.Internal, "picture_missing", "The composition's picture is missing.")
	}
	return l.best()
}

// oldBoxes are the places of the layers on their own canvas. A text's size
// bounds belong to the new one, so they do not count here.
func (d Document) oldBoxes(src Source) ([]Box, error) {
	src.Text.MinSize, src.Text.MaxSize = 1, MaxCanvas
	return d.Boxes(src)
}

func stretch(l *Layer, kx, ky float64) {
	l.X, l.Width = tidy(l.X*kx), tidy(l.Width*kx)
	l.Y, l.Height = tidy(l.Y*ky), tidy(l.Height*ky)
	l.Radius = tidy(l.Radius * min(kx, ky))
}

// layouter tries layouts of one document on one canvas.
type layouter struct {
	old, base Document
	boxes     []Box
	units     []unit
	src       Source
	rules     Rules
	calm      *Calm
	// loyal is how much the places that units should have count, quiet how much
	// a calm ground does.
	loyal, quiet float64
	scales, gaps []float64
	// compare takes the calmest of the scales and not the first that is right.
	compare bool
	// measured are lengths of texts by layer.
	measured map[string][]float64
}

// scales are tried in turn: first as large as the canvas asks, then smaller, and
// at last larger, for rules that ask for a least size.
var scales = []float64{1, 0.9, 0.8, 0.7, 0.6, 0.5, 1.2, 0.42, 1.45, 0.35, 1.8}

// gaps between units are tried in turn, as shares of the smaller one.
var gaps = []float64{0.35, 0.6, 1, 0.15}

// maxFixes bounds how often the fixes of rules are applied to one layout.
const maxFixes = 4

func (l *layouter) best() (Document, error) {
	best, fewest := Document{}, math.MaxInt
	var broken []Problem
	good, calmest := Document{}, math.Inf(1)
	for _, gap := range l.gaps {
		for _, k := range l.scales {
			d, free, err := l.layout(k, gap)
			if err != nil {
				continue
			}
			problems := l.mend(&d)
			n := len(problems)
			if !free {
				n += 100
			}
			if n < fewest {
				best, fewest, broken = d, n, problems
			}
			if n == 0 && !l.compare {
				return best, nil
			}
			if n == 0 {
				cost, err := l.cost(d)
				if cost += 0.3 * max(0, 1-k); err == nil && cost < calmest {
					good, calmest = d, cost
				}
			}
		}
		if calmest < math.Inf(1) {
			return good, nil
		}
	}
	if fewest == math.MaxInt {
		return Document{}, fault.New(fault.Invalid, "layout_impossible", "There is no room for these marks and texts on a canvas of this size.")
	}
	var names []string
	for _, p := range broken {
		if !slices.Contains(names, p.Rule) {
			names = append(names, p.Rule)
		}
	}
	return best, fault.New(fault.Invalid, "layout_impossible",
		"No layout of this size keeps all rules. Leave something out, or move it by hand.").With("rules", names)
}

// mend applies the fixes that rules offer while they help, and returns what is
// still wrong.
func (l *layouter) mend(d *Document) []Problem {
	problems := l.rules.judge(*d)
	for range maxFixes {
		fixed := *d
		fixed.Layers = slices.Clone(d.Layers)
		any := false
		for _, p := range problems {
			for i := range fixed.Layers {
				if p.Fix != nil && fixed.Layers[i].ID == p.Layer && p.Fix.ID == p.Layer {
					fixed.Layers[i], any = *p.Fix, true
				}
			}
		}
		if !any || fixed.Check() != nil {
			break
		}
		if _, err := fixed.Boxes(l.src); err != nil {
			break
		}
		left := l.rules.judge(fixed)
		if len(left) >= len(problems) {
			break
		}
		*d, problems = fixed, left
	}
	return problems
}

// layout makes one layout at a scale.
func (l *layouter) layout(try, gap float64) (Document, bool, error) {
	w, h := float64(l.base.Width), float64(l.base.Height)
	kx, ky := w/float64(l.old.Width), h/float64(l.old.Height)
	// As large as the area asks, but not so large that the short side is crowded.
	k := min(math.Sqrt(kx*ky), 1.7*min(kx, ky)) * try
	units := slices.Clone(l.units)
	mostW, mostH := 0.9*w, 0.82*h
	if strip := w / h; strip > stripShape && len(units) > 1 {
		inRow(units)
		k, mostW = 2*k, 0.8*w/float64(len(units))
	} else if strip < 1/stripShape && len(units) > 1 {
		inColumn(units)
		k, mostH = 2*k, 0.8*h/float64(len(units))
	}
	for i := range units {
		u := &units[i]
		if u.kind == Text && len(u.layers) == 1 {
			if err := l.measureText(u, k, mostW, mostH); err != nil {
				return Document{}, false, err
			}
			continue
		}
		u.k = min(k, try*mostW/u.w, try*mostH/u.h)
		u.nw, u.nh = u.w*u.k, u.h*u.k
	}
	free := arrange(units, w, h, gap, l.loyal, l.quiet, l.calm)
	out := l.base
	out.Layers = slices.Clone(l.base.Layers)
	l.old.put(out.Layers, units, l.boxes)
	if err := out.Check(); err != nil {
		return Document{}, false, err
	}
	if _, err := out.Boxes(l.src); err != nil {
		return Document{}, false, err
	}
	return out, free, nil
}

// measureText chooses in how many lines a text is set so that it comes nearest
// to the size it should have.
func (l *layouter) measureText(u *unit, k, mostW, mostH float64) error {
	layer := l.old.Layers[u.layers[0]]
	w, h := float64(l.base.Width), float64(l.base.Height)
	was := l.boxes[u.layers[0]]
	oldLines := max(1, layer.Lines)
	b, err := l.oldText(layer)
	if err != nil {
		return err
	}
	size := max(l.src.Text.MinSize, min(l.src.Text.MaxSize, b.Size*k))
	turn := layer.Rotation
	// A tilt that suits a square would push a banner's text out of it.
	if r := (w / h) / (float64(l.old.Width) / float64(l.old.Height)); r > 2.5 || r < 0.4 {
		turn = 0
	}
	bestCost := math.Inf(1)
	for n, need := range l.lengths(layer, max(oldLines, 4)) {
		n++
		if need == 0 {
			continue
		}
		s := min(size, mostW/need, mostH/(float64(n)*LineHeight))
		if s < l.src.Text.MinSize {
			continue
		}
		width, height := need*s*(1+1e-6), float64(n)*s*LineHeight
		shape := math.Abs(math.Log((width / height) / (was.Width / max(was.Height, 1)) / math.Sqrt((w/h)/(float64(l.old.Width)/float64(l.old.Height)))))
		cost := 3*(size-s)/size + 0.25*shape + 0.1*math.Abs(float64(n-oldLines))
		if cost < bestCost {
			bestCost = cost
			u.text = &textFit{width: width, lines: n, turn: turn}
			u.textHeight = height
			u.nw, u.nh = turnedSize(width, height, turn)
		}
	}
	if math.IsInf(bestCost, 1) {
		return fault.New(fault.Invalid, "text_too_long", "The text is too long for its width. Shorten it or make it wider.")
	}
	return nil
}

// lengths returns how wide a text is, in sizes, in 1 to n lines; 0 where it
// can't be set in so many or does not need them.
func (l *layouter) lengths(layer Layer, n int) []float64 {
	if out, ok := l.measured[layer.ID]; ok {
		return out
	}
	out := make([]float64, min(n, MaxLines))
	for i := range out {
		need, lines, err := l.src.Text.lengthIn(layer.Text, i+1)
		if err == nil && lines == i+1 {
			out[i] = need
		}
	}
	if l.measured == nil {
		l.measured = map[string][]float64{}
	}
	l.measured[layer.ID] = out
	return out
}

// stripShape is the aspect from which a canvas has room for one row, or one
// column, only.
const stripShape = 4

// inRow gives units places side by side, as they stood from left to right.
func inRow(units []unit) {
	inOrder(units, func(u *unit) float64 { return u.x + u.w/2 }, func(u *unit, at float64) { u.toX, u.toY = at, 0.5 })
}

// inColumn gives units places under one another, as they stood.
func inColumn(units []unit) {
	inOrder(units, func(u *unit) float64 { return u.y + u.h/2 }, func(u *unit, at float64) { u.toX, u.toY = 0.5, at })
}

func inOrder(units []unit, by func(*unit) float64, set func(u *unit, at float64)) {
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(by(&units[a]), by(&units[b])) })
	for n, i := range order {
		set(&units[i], float64(n)/float64(len(units)-1))
	}
}

func (l *layouter) oldText(layer Layer) (Block, error) {
	t := l.src.Text
	t.MinSize, t.MaxSize = 1, MaxCanvas
	return t.FitLines(layer.Text, layer.Width, layer.Lines, layer.Align)
}
