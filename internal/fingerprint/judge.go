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
	// sameSize is how many octaves a part's size may differ from what the scale
	// makes of it.
	sameSize = 0.5
	// alike is how many of a part's 56 bits may differ where it is known where
	// it should be. Of two neighbourhoods that have nothing in common one in two
	// hundred thousand is as alike.
	alike = 12
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
	// votes are the parts that agree about where the work is, lies where.
	votes int
	lies  place
	view  int
}

// place is where a work lies in the picture: a point p of it, as a complex
// number, is at turn·p + by. A turn of 0 says that it is not known.
type place struct{ turn, by complex128 }

// Match is one work that the picture may be.
type Match struct {
	OriginID uint64
	// Distance is how many bits the whole differs, 0 to 256, as it is or
	// mirrored. Beyond Near it says nothing, which is usual for a crop.
	Distance int
	// Parts is how many parts of the work were found where they should be, 0 to
	// MostParts, and Visible how many should be there: those of the crop that the
	// picture shows.
	Parts, Visible int
	// Sureness is the chance, 0 to 1, that the picture was made from this work:
	// not from another one that shares a scene, a frame or a mark with it, nor
	// from one of a million that share nothing. See docs/fingerprint.md for how
	// often it was right.
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
		// Most rows fall here, so no more of them is unpacked.
		check := placedCheck(r.Place)
		for i := range q.views {
			v := &q.views[i]
			for _, n := range v.asked[r.Word] {
				if bits.OnesCount32(v.signs[n].check^check) <= checked {
					s := at(r.Print)
					s.parts[i], s.of[i] = append(s.parts[i], placed(r.Word, r.Place)), append(s.of[i], n)
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
			if votes, lies := q.views[i].agreeing(s.parts[i], s.of[i]); votes > c.votes {
				c.votes, c.lies, c.view = votes, lies, i
			}
		}
		if s.wholes > 0 || c.votes > 1 {
			out = append(out, c)
		}
	}
	return out
}

// agreeing is how many parts say the same about where the work lies in the
// picture: each pair of parts tells how large the work is there, how it is
// turned and where, and the pair that most others confirm wins.
func (v *view) agreeing(parts []Part, of []int) (int, place) {
	n := min(len(parts), mostVotes)
	there, here := make([]complex128, n), make([]complex128, n)
	larger := make([]float64, n) // by how many octaves each part is larger here
	for i := range n {
		f := &v.features[of[i]]
		there[i], here[i] = complex(parts[i].X, parts[i].Y), complex(f.x, f.y)
		larger[i] = math.Log2(f.size / parts[i].Size)
	}
	best, lies := 0, place{}
	var confirmed, winners []int
	for i := range n {
		for j := range i {
			apart := there[i] - there[j]
			if cmplx.Abs(apart) < 2*stray*printSide {
				continue
			}
			turn := (here[i] - here[j]) / apart
			scale := cmplx.Abs(turn)
			if scale < leastScale || scale > mostScale || math.Abs(cmplx.Phase(turn)) > mostTurn {
				continue
			}
			octaves := math.Log2(scale)
			fits := func(k int) bool { return math.Abs(larger[k]-octaves) < sameSize }
			if !fits(i) || !fits(j) {
				continue
			}
			confirmed = confirmed[:0]
			for k := range n {
				// A part counts once, however many features are like it.
				if fits(k) && cmplx.Abs(there[i]+(here[k]-here[i])/turn-there[k]) < stray*printSide &&
					!slices.ContainsFunc(confirmed, func(c int) bool { return there[c] == there[k] }) {
					confirmed = append(confirmed, k)
				}
			}
			if len(confirmed) > best {
				best, winners = len(confirmed), append(winners[:0], confirmed...)
				lies = place{turn, here[i] - turn*there[i]}
			}
		}
	}
	if best > 2 {
		lies = through(there, here, winners)
	}
	return best, lies
}

// through is the place that fits all of the points best, by least squares.
func through(there, here []complex128, of []int) place {
	var mt, mh complex128
	for _, k := range of {
		mt, mh = mt+there[k], mh+here[k]
	}
	n := complex(float64(len(of)), 0)
	mt, mh = mt/n, mh/n
	var cross complex128
	var square float64
	for _, k := range of {
		d := there[k] - mt
		cross += cmplx.Conj(d) * (here[k] - mh)
		square += real(d)*real(d) + imag(d)*imag(d)
	}
	turn := cross / complex(square, 0)
	return place{turn, mh - turn*mt}
}

// seen looks for a work's parts where they should be: how many are there, and
// how many could be. Here more bits may differ than in a search, since it is
// known where to look.
func (q *Query) seen(c Candidate, parts []Part) (found, visible int) {
	v := &q.views[c.view]
	scale := cmplx.Abs(c.lies.turn)
	for _, p := range parts {
		at := c.lies.turn*complex(p.X, p.Y) + c.lies.by
		size := p.Size * scale
		if r := size * around; real(at) < r || imag(at) < r || real(at) > q.width-r || imag(at) > q.height-r || size < finest*1.2 {
			continue
		}
		visible++
		near := max(1.5*size, stray*printSide*scale/2)
		for i := range v.features {
			f := &v.features[i]
			if math.Abs(f.x-real(at)) > near || math.Abs(f.y-imag(at)) > near || math.Abs(math.Log2(f.size/size)) >= sameSize {
				continue
			}
			if s := v.signs[i]; bits.OnesCount32(s.word^p.Word)+bits.OnesCount32(s.check^p.Check) <= alike {
				found++
				break
			}
		}
	}
	return found, max(found, visible)
}

// Match completes a candidate with what the register keeps of the work.
func (q Query) Match(c Candidate, origin uint64, p Print) Match {
	m := Match{OriginID: origin, Distance: min(q.views[0].whole.Distance(p.Whole), q.views[1].whole.Distance(p.Whole))}
	if c.lies.turn != 0 {
		m.Parts, m.Visible = q.seen(c, p.Parts)
	}
	m.Sureness = sureness(m, q.quality >= Enough && p.Quality >= Enough)
	return m
}

// Ranked gives the surest matches first, at most limit, without those whose
// sureness is under one in a hundred. Of those that are as sure the nearest and then the oldest come first.
func Ranked(all []Match, limit int) []Match {
	all = slices.DeleteFunc(all, func(m Match) bool { return m.Sureness < 0.01 })
	slices.SortFunc(all, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Sureness, a.Sureness), cmp.Compare(b.Parts, a.Parts), cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.OriginID, b.OriginID))
	})
	return all[:min(len(all), limit)]
}
