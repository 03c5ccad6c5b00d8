package fingerprint

import (
	"cmp"
	"math"
	"math/bits"
	"math/cmplx"
	"slices"
)

const (
	// checked is how many bits of two parts' Check may differ.
	checked = 6
	// mostVotes bounds the parts of one work that are weighed.
	mostVotes = 48
	// mostWeighed bounds the works whose parts are weighed against each other.
	mostWeighed = 64
	// leastScale and mostScale bound how much smaller and larger a work may be
	// in the picture, and mostTurn how far it is turned, in radians.
	leastScale, mostScale, mostTurn = 0.2, 4, 0.2
	// stray is how far a part may lie from where the others say, as a share of
	// the work's side.
	stray = 0.025
)

// Row is an entry that was found in the register.
type Row struct {
	// Print is the number of the print that the entry is of.
	Print int64
	Entry
}

// Candidate is a print that may be of the picture.
type Candidate struct {
	Print int64
	// Parts is how many parts agree with each other about where the work is.
	Parts int
	// Spread is how much of the work they lie around, 0 to 1, as the smaller
	// side of the box around them over the work's side.
	Spread float64
}

// Match is one work that the picture may be.
type Match struct {
	OriginID uint64
	// Distance is how many bits the whole differs, 0 to 256, as it is or
	// mirrored. Beyond Near it says nothing, which is usual for a crop.
	Distance int
	// Parts is how many parts agree, 0 to MostParts.
	Parts int
	// Sureness is 0 to 1; see Sureness.
	Sureness float64
}

// Candidates weighs what was found for a query and gives the most likely
// prints, the best first, at most 64.
func (q Query) Candidates(rows []Row) []Candidate {
	type seen struct {
		wholes int
		parts  [2][]Part
		of     [2][]int
	}
	all := map[int64]*seen{}
	at := func(n int64) *seen {
		s := all[n]
		if s == nil {
			s = &seen{}
			all[n] = s
		}
		return s
	}
	for _, r := range rows {
		if r.Word > mostWord {
			at(r.Print).wholes++
			continue
		}
		part := placed(r.Word, r.Place)
		for i := range q.views {
			v := &q.views[i]
			for _, n := range v.asked[r.Word] {
				if _, check := v.features[n].bits(); bits.OnesCount32(check^part.Check) <= checked {
					s := at(r.Print)
					s.parts[i], s.of[i] = append(s.parts[i], part), append(s.of[i], n)
				}
			}
		}
	}
	var order []int64
	for n := range all {
		order = append(order, n)
	}
	weight := func(n int64) int { s := all[n]; return s.wholes + max(len(s.parts[0]), len(s.parts[1])) }
	slices.SortFunc(order, func(a, b int64) int { return cmp.Or(cmp.Compare(weight(b), weight(a)), cmp.Compare(b, a)) })
	var out []Candidate
	for _, n := range order[:min(len(order), mostWeighed)] {
		s := all[n]
		c := Candidate{Print: n}
		for i := range q.views {
			if parts, spread := q.views[i].agreeing(s.parts[i], s.of[i]); parts > c.Parts {
				c.Parts, c.Spread = parts, spread
			}
		}
		if s.wholes > 0 || c.Parts > 0 {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Candidate) int { return cmp.Compare(b.Parts, a.Parts) })
	return out
}

// agreeing is how many parts say the same about where the work lies in the
// picture, and their spread: each pair of parts tells how large the work is
// there, how it is turned and where, and the pair that most others confirm wins.
func (v *view) agreeing(parts []Part, of []int) (int, float64) {
	n := min(len(parts), mostVotes)
	if n < 2 {
		return n, 0
	}
	there, here := make([]complex128, n), make([]complex128, n)
	for i := range n {
		f := &v.features[of[i]]
		there[i], here[i] = complex(parts[i].X, parts[i].Y), complex(f.x, f.y)
	}
	best, spread := 1, 0.0
	confirmed := make(map[complex128]bool, n)
	for i := range n {
		for j := range i {
			apart := there[i] - there[j]
			if cmplx.Abs(apart) < 2*stray*printSide {
				continue
			}
			turn := (here[i] - here[j]) / apart
			scale := cmplx.Abs(turn)
			if scale < leastScale || scale > mostScale || math.Abs(cmplx.Phase(turn)) > mostTurn || !v.fits(parts[i], of[i], scale) || !v.fits(parts[j], of[j], scale) {
				continue
			}
			clear(confirmed)
			for k := range n {
				if cmplx.Abs(there[i]+(here[k]-here[i])/turn-there[k]) < stray*printSide && v.fits(parts[k], of[k], scale) {
					confirmed[there[k]] = true
				}
			}
			if len(confirmed) > best {
				best, spread = len(confirmed), box(confirmed)
			}
		}
	}
	return best, spread
}

// fits tells whether a part's size in the picture is what the scale makes of it,
// within half an octave.
func (v *view) fits(p Part, feature int, scale float64) bool {
	return math.Abs(math.Log2(v.features[feature].size/p.Size/scale)) < 0.5
}

// box is the smaller side of the box around points over a print's side.
func box(points map[complex128]bool) float64 {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for p := range points {
		left, right = min(left, real(p)), max(right, real(p))
		top, bottom = min(top, imag(p)), max(bottom, imag(p))
	}
	return min(right-left, bottom-top) / printSide
}

// Match completes a candidate with what the register has of the whole.
func (q Query) Match(c Candidate, origin uint64, whole Hash, quality int) Match {
	d := min(q.views[0].whole.Distance(whole), q.views[1].whole.Distance(whole))
	trusted := d
	if q.quality < Enough || quality < Enough {
		trusted = 256
	}
	return Match{OriginID: origin, Distance: d, Parts: c.Parts, Sureness: Sureness(trusted, c.Parts, c.Spread)}
}

// Ranked gives the surest matches first, at most limit, without those that say
// nothing. Of those that are as sure the nearest and then the oldest come first.
func Ranked(all []Match, limit int) []Match {
	all = slices.DeleteFunc(all, func(m Match) bool { return m.Sureness <= 0 })
	slices.SortFunc(all, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Sureness, a.Sureness), cmp.Compare(b.Parts, a.Parts), cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.OriginID, b.OriginID))
	})
	return all[:min(len(all), limit)]
}
