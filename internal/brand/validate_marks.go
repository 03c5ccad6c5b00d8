package brand

import (
	"fmt"
	"math"
	"slices"

	"marquee/internal/compose"
)

// aspectTolerance is how far the variants of a mark may differ in shape: a
// layer's box does not depend on the ground.
const aspectTolerance = 0.005

func (v *validator) marks() {
	k, p := v.kit, v.problems
	k.drawings = map[string]compose.Drawing{}
	if len(k.Marks) == 0 || len(k.Marks) > maxMarks {
		p.add("marks", "marks_count", "A kit has 1 to %d marks.", maxMarks)
		return
	}
	seen := map[string]bool{}
	for i := range k.Marks {
		m := &k.Marks[i]
		path := fmt.Sprintf("marks[%d]", i)
		v.id(path, m.ID, seen)
		if !slices.Contains(markKinds, m.Kind) {
			p.add(path+".kind", "kind_unknown", "The kind should be one of these: %v.", markKinds)
		}
		v.localized(path+".name", m.Name)
		v.localized(path+".alt", m.Alt)
		v.markRules(path+".rules", m.Rules)
		v.variants(path+".variants", m)
	}
}

func (v *validator) markRules(path string, r MarkRules) {
	v.within(path+".min_width_px", r.MinWidthPx, 1, 4096)
	v.within(path+".min_width_share", r.MinWidthShare, 0.001, 1)
	v.within(path+".max_width_share", r.MaxWidthShare, 0.001, 1)
	v.within(path+".max_rotation", r.MaxRotation, 0, 180)
	v.within(path+".clear_space", r.ClearSpace, 0, 1)
	if r.MaxWidthShare < r.MinWidthShare {
		v.problems.add(path+".max_width_share", "number_range", "It should not be less than min_width_share.")
	}
}

func (v *validator) variants(path string, m *Mark) {
	if len(m.Variants) == 0 || len(m.Variants) > maxVariants {
		v.problems.add(path, "variants_count", "A mark has 1 to %d variants.", maxVariants)
		m.Variants = nil
		return
	}
	m.light, m.edges = map[string]float64{}, map[string][]edgeCell{}
	seen, grounds := map[string]bool{}, map[Ground]bool{}
	for i, variant := range m.Variants {
		at := fmt.Sprintf("%s[%d]", path, i)
		v.id(at, variant.ID, seen)
		switch variant.Ground {
		case Light, Dark:
			grounds[variant.Ground] = true
		case AnyGround:
			grounds[Light], grounds[Dark] = true, true
		default:
			v.problems.add(at+".ground", "ground_unknown", "The ground should be light, dark or any.")
		}
		drawing, ok := v.drawing(at+".file", variant.File)
		if !ok {
			continue
		}
		aspect := drawing.Height / drawing.Width
		if m.aspect == 0 {
			m.aspect = aspect
			v.within(at+".file", aspect, 0.05, 20)
		} else if math.Abs(aspect/m.aspect-1) > aspectTolerance {
			v.problems.add(at+".file", "variant_shape", "%s is not of the same shape as the mark's first variant: %.3f high for a width of 1, not %.3f.", variant.File, aspect, m.aspect)
		}
		m.light[variant.ID], m.edges[variant.ID] = inkLight(drawing), edgesOf(drawing)
		if len(m.edges[variant.ID]) == 0 {
			v.problems.add(at+".file", "mark_empty", "%s shows nothing: no pixel of it is covered. Draw something, or leave the variant out.", variant.File)
			continue
		}
		v.kit.drawings[m.ID+"/"+variant.ID] = drawing
	}
	if !grounds[Light] || !grounds[Dark] {
		v.problems.add(path, "ground_missing", "A mark needs a variant for light and one for dark grounds, or one for any.")
	}
}
