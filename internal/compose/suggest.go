package compose

import (
	"cmp"
	"math"
	"slices"

	"marquee/internal/fault"
)

// MaxSuggestions is how many layouts Suggest gives at most.
const MaxSuggestions = 3

// plan is where a kind of layout wants marks and texts, as shares of the room
// beside them. Marks beyond those that are named take the last's place.
type plan struct {
	text  [2]float64
	marks [][2]float64
}

// plans are written for reading from left to right; they are mirrored for the
// other way. Reading begins at the top, so headlines like to be there and the
// sender stands where reading ends.
var plans = []plan{
	{text: [2]float64{0.04, 0.06}, marks: [][2]float64{{0.98, 0.98}, {0.02, 0.98}, {0.98, 0.02}, {0.5, 0.98}}},
	{text: [2]float64{0.5, 0.1}, marks: [][2]float64{{0.5, 0.97}, {0.02, 0.97}, {0.98, 0.97}, {0.98, 0.5}}},
	{text: [2]float64{0.04, 0.9}, marks: [][2]float64{{0.02, 0.03}, {0.98, 0.95}, {0.98, 0.03}, {0.98, 0.5}}},
	{text: [2]float64{0.05, 0.36}, marks: [][2]float64{{0.03, 0.97}, {0.97, 0.9}, {0.97, 0.04}, {0.5, 0.97}}},
	{text: [2]float64{0.5, 0.93}, marks: [][2]float64{{0.5, 0.04}, {0.98, 0.55}, {0.02, 0.55}, {0.98, 0.03}}},
	{text: [2]float64{0.96, 0.4}, marks: [][2]float64{{0.97, 0.97}, {0.03, 0.9}, {0.03, 0.04}, {0.5, 0.97}}},
}

// Suggest proposes up to n layouts (1 to MaxSuggestions) for the layers that a
// document has: marks and texts on calm ground, near the lines of thirds, in
// the order of reading, with no problem by the rules; the best first. rtl tells
// that the market reads from right to left. Sizes are kept unless the rules or
// the room ask for others. Nothing is proposed, and it is no error, where no
// layout keeps the rules. Errors are those of Adapt for the document itself.
func Suggest(d Document, src Source, n int, rtl bool, rules Rules) ([]Document, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	if src.Picture == nil || src.Picture.Bounds().Empty() {
		return nil, fault.New(fault.Internal, "picture_missing", "The composition's picture is missing.")
	}
	boxes, err := d.oldBoxes(src)
	if err != nil {
		return nil, err
	}
	units, _ := d.units(boxes)
	base := d.Migrated()
	l := layouter{old: d, base: base, boxes: boxes, src: src, rules: rules, calm: ReadCalm(src.Picture, d.Width, d.Height),
		loyal: 5, quiet: 5, scales: []float64{1, 0.85, 0.7, 0.55}, gaps: []float64{0.35, 0.15}, compare: true}
	type proposal struct {
		d    Document
		cost float64
	}
	var found []proposal
	for i, p := range plans {
		l.units = slices.Clone(units)
		p.aim(l.units, rtl)
		doc, err := l.best()
		if fault.HasCode(err, "layout_impossible") {
			continue
		}
		if err != nil {
			return nil, err
		}
		cost, err := l.cost(doc)
		if err != nil {
			return nil, err
		}
		found = append(found, proposal{doc, cost + 0.01*float64(i)})
	}
	slices.SortStableFunc(found, func(a, b proposal) int { return cmp.Compare(a.cost, b.cost) })
	var out []Document
	for _, p := range found {
		if len(out) < max(1, min(n, MaxSuggestions)) && !slices.ContainsFunc(out, func(o Document) bool { return alike(o, p.d) }) {
			out = append(out, p.d)
		}
	}
	return out, nil
}

// aim tells the units where the plan wants them: the largest mark first.
func (p plan) aim(units []unit, rtl bool) {
	var marks []int
	texts := 0
	for i := range units {
		switch units[i].kind {
		case Mark:
			marks = append(marks, i)
		case Text, Shape:
			units[i].toX, units[i].toY = p.text[0], p.text[1]
			if texts > 0 {
				units[i].toY = min(1, p.text[1]+0.3*float64(texts))
			}
			texts++
		default:
			continue
		}
		if rtl && units[i].kind != Mark {
			units[i].toX = 1 - units[i].toX
		}
	}
	slices.SortStableFunc(marks, func(a, b int) int {
		return cmp.Compare(units[b].w*units[b].h, units[a].w*units[a].h)
	})
	for n, i := range marks {
		at := p.marks[min(n, len(p.marks)-1)]
		units[i].toX, units[i].toY = at[0], at[1]
		if rtl {
			units[i].toX = 1 - units[i].toX
		}
	}
}

// cost is how restless the ground of a layout's marks and texts is: on the
// average, and where it is worst.
func (l *layouter) cost(d Document) (float64, error) {
	boxes, err := d.Boxes(l.src)
	if err != nil {
		return 0, err
	}
	sum, area, worst := 0.0, 0.0, 0.0
	for i, b := range boxes {
		if k := d.Layers[i].Kind; k != Mark && k != Text {
			continue
		}
		x0, y0, x1, y1 := b.Bounds()
		a := (x1 - x0) * (y1 - y0)
		unrest := l.calm.Unrest(x0, y0, x1-x0, y1-y0)
		sum += unrest * a
		area += a
		worst = max(worst, unrest)
	}
	if area == 0 {
		return 0, nil
	}
	return sum/area + 2*worst, nil
}

// alike tells two layouts that a person would call the same.
func alike(a, b Document) bool {
	far, n := 0.0, 0
	for i, l := range a.Layers {
		if l.Kind == Mark || l.Kind == Text {
			far += math.Hypot((l.X-b.Layers[i].X)/float64(a.Width), (l.Y-b.Layers[i].Y)/float64(a.Height))
			n++
		}
	}
	return n == 0 || far/float64(n) < 0.12
}
