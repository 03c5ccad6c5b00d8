package fingerprint

import (
	"cmp"
	"image"
	"maps"
	"math"
	"slices"
)

const (
	// mostProbes bounds the words that parts are looked up by, for each of the
	// two views.
	mostProbes = 400
	// MostWords bounds the words of a query: those of the parts, and of each view's
	// whole nine for each of ten bands.
	MostWords = 2 * (mostProbes + 9*bands)
	// noise is how far, about, a wave of a neighbourhood moves in a copy.
	noise = 0.03
)

// view is a picture as it is, or mirrored.
type view struct {
	whole    Hash
	features []feature
	// signs are those of each feature.
	signs []signs
	// asked are the features behind each word.
	asked map[int32][]int
}

// signs are a feature's word and check.
type signs struct{ word, check uint32 }

// Query is what a picture is searched by.
type Query struct {
	views   [2]view
	quality int
	// width and height are those of the features' picture.
	width, height float64
	words         []int32
}

// QueryOf gives the query for a picture: it finds the picture itself, and works
// of which it is a copy that was pressed, resized, cropped, framed, mirrored or
// turned a little. It fails only for a picture with a side under five pixels.
func QueryOf(img image.Image) (Query, error) {
	if err := tooSmall(img); err != nil {
		return Query{}, err
	}
	full := grey(img)
	small := full.resized(printSide)
	s, quality := full.waves()
	q := Query{quality: quality, width: float64(small.w), height: float64(small.h)}
	found := features(small)
	all := map[int32]bool{}
	for i := range q.views {
		v := &q.views[i]
		waves := s
		if i == 0 {
			v.features = found
		} else {
			waves = s.turned(true, false, false)
			for _, f := range found {
				v.features = append(v.features, f.mirrored(float64(small.w)))
			}
		}
		v.whole = waves.hash()
		for n := range v.features {
			word, check := v.features[n].bits()
			v.signs = append(v.signs, signs{word, check})
		}
		v.asked = probes(v.features)
		for w := range v.asked {
			all[w] = true
		}
		if quality >= Enough {
			for _, w := range waves.probes() {
				all[w] = true
			}
		}
	}
	q.words = slices.Sorted(maps.Keys(all))
	return q, nil
}

// Words are what to look up, each once and in order: at most MostWords.
func (q Query) Words() []int32 { return q.words }

// probe is a word that a feature may have in the register.
type probe struct {
	word    int32
	feature int
	chance  float64 // its logarithm
}

// probes gives the likeliest words of all features: each as it is, and with the
// signs that are least clear the other way.
func probes(all []feature) map[int32][]int {
	var list []probe
	for i := range all {
		f := &all[i]
		word, _ := f.bits()
		// The cost of turning a sign is the logarithm of its odds.
		type turn struct {
			bit  uint32
			cost float64
		}
		var turns []turn
		whole := 0.0
		for n, v := range f.waves[:wordBits] {
			p := 0.5 + 0.5*math.Erf(math.Abs(v)/(noise*math.Sqrt2))
			whole += math.Log(p)
			turns = append(turns, turn{wordBit(n), math.Log(p) - math.Log(max(1-p, 1e-12))})
		}
		slices.SortFunc(turns, func(a, b turn) int { return cmp.Compare(a.cost, b.cost) })
		list = append(list, probe{int32(word), i, whole})
		for a := range 4 {
			list = append(list, probe{int32(word ^ turns[a].bit), i, whole - turns[a].cost})
			for b := range a {
				list = append(list, probe{int32(word ^ turns[a].bit ^ turns[b].bit), i, whole - turns[a].cost - turns[b].cost})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b probe) int { return cmp.Compare(b.chance, a.chance) })
	asked := map[int32][]int{}
	for _, p := range list {
		if _, have := asked[p.word]; !have && len(asked) == mostProbes {
			continue
		}
		asked[p.word] = append(asked[p.word], p.feature)
	}
	return asked
}

// probes gives the words of a whole: of each band as it is, and with those bits
// turned that hang by the least, five alone and three in pairs.
func (s *spectrum) probes() []int32 {
	all := make([]float32, 0, waves*waves)
	for i := range s {
		all = append(all, s[i][:]...)
	}
	median := slices.Sorted(slices.Values(all))[len(all)/2-1]
	h := s.hash()
	var words []int32
	for b := range bands {
		at := make([]int, pieceBits)
		for i := range at {
			at[i] = i
		}
		slices.SortFunc(at, func(i, j int) int {
			return cmp.Compare(math.Abs(float64(all[b+i*bands]-median)), math.Abs(float64(all[b+j*bands]-median)))
		})
		v := piece(h, b)
		words = append(words, wholeWord(b, v))
		for i := range 5 {
			words = append(words, wholeWord(b, v^pieceBit(at[i])))
			for j := range min(i, 3) {
				if i < 3 {
					words = append(words, wholeWord(b, v^pieceBit(at[i])^pieceBit(at[j])))
				}
			}
		}
	}
	return words
}
