package train

import (
	"math"
	"math/rand/v2"

	"marquee/internal/guard/classify"
)

// Settings are the choices of training. They were made on the part for
// calibration, never on the part held back.
type Settings struct {
	// Bits is the size of the table as a power of two.
	Bits uint
	// Rounds is how often each message is seen.
	Rounds int
	// Rate is the size of a first step, Decay the pull of weights to nothing.
	Rate, Decay float64
	// Rare is how many messages a cell must be in to be kept.
	Rare int
	// Seed fixes the order of the messages.
	Seed uint64
	// FalseAlarms is how large a share of harmless prompts, of the half that
	// is for development, may reach the threshold.
	FalseAlarms float64
	// HeldAlarms is the same for messages held back that are neither hateful
	// nor offensive.
	HeldAlarms float64
}

// Chosen are the settings of the weights in the repository.
var Chosen = Settings{Bits: 18, Rounds: 12, Rate: 0.1, Decay: 3e-6, Rare: 3, Seed: 20170511, FalseAlarms: 0.002, HeldAlarms: 0.05}

// Learn trains a model on the part for learning, calibrates it on the part for
// calibrating, and chooses its threshold by the part held back and by harmless
// prompts (folded). All arithmetic is in one order and rounded at each step,
// so that every machine gives the same weights.
func Learn(examples []Example, s Settings, harmless []string) *classify.Model {
	m := &classify.Model{Inputs: Inputs(examples, s, harmless), Bits: s.Bits, Slope: 1, Threshold: 1}
	learned, bias := descend(examples, s)
	quantise(m, learned, bias)
	calibrate(m, of(examples, ToCalibrate))
	m.Threshold = threshold(m, of(examples, HeldBack), harmless, s)
	return m
}

// of gives the examples of one part.
func of(examples []Example, p Part) (out []Example) {
	for _, e := range examples {
		if e.Part == p {
			out = append(out, e)
		}
	}
	return out
}

// drawn is an example as its table cells.
type drawn struct {
	cells []uint32
	class int
}

// draw gives the examples' cells without those that are in too few messages to
// mean anything, and how many examples each class has.
func draw(examples []Example, s Settings) (set []drawn, counts [classify.Classes]float64) {
	texts := make([]int, 1<<s.Bits)
	for _, e := range of(examples, ToLearn) {
		d := drawn{classify.Features(nil, e.Plain, s.Bits), e.Class}
		once := map[uint32]bool{}
		for _, c := range d.cells {
			if !once[c] {
				once[c] = true
				texts[c]++
			}
		}
		if len(d.cells) > 0 {
			set = append(set, d)
			counts[e.Class]++
		}
	}
	for _, d := range set {
		for i, c := range d.cells {
			if texts[c] < s.Rare {
				d.cells[i] = 1 << s.Bits // the cell of what is dropped
			}
		}
	}
	return set, counts
}

type triple = [classify.Classes]float64

// descend is logistic regression on three classes by stochastic gradient
// descent with AdaGrad's steps (Duchi, Hazan, Singer 2011). Classes weigh as
// if they were as frequent as one another.
func descend(examples []Example, s Settings) ([]triple, triple) {
	set, counts := draw(examples, s)
	w, g := make([]triple, 1<<s.Bits+1), make([]triple, 1<<s.Bits+1)
	var bias, biasG triple
	order := rand.New(rand.NewPCG(s.Seed, 1))
	for range s.Rounds {
		order.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
		for _, d := range set {
			norm := 1 / math.Sqrt(float64(len(d.cells)))
			var score triple
			for _, c := range d.cells {
				for k := range score {
					score[k] += w[c][k]
				}
			}
			for k := range score {
				score[k] = float64(score[k]*norm) + bias[k]
			}
			p := softmax(score)
			weight := float64(len(set)) / float64(classify.Classes*counts[d.class])
			var pull triple
			for k := range pull {
				pull[k] = p[k]
				if k == d.class {
					pull[k]--
				}
				pull[k] *= weight
				biasG[k] += float64(pull[k] * pull[k])
				bias[k] -= float64(s.Rate*pull[k]) / math.Sqrt(biasG[k]+1e-8)
				pull[k] *= norm
			}
			for _, c := range d.cells {
				if c == 1<<s.Bits {
					continue
				}
				for k := range pull {
					step := pull[k] + float64(s.Decay*w[c][k])
					g[c][k] += float64(step * step)
					w[c][k] -= float64(s.Rate*step) / math.Sqrt(g[c][k]+1e-8)
				}
			}
		}
	}
	return w[:1<<s.Bits], bias
}

func softmax(score triple) (p triple) {
	top := max(score[0], score[1], score[2])
	sum := 0.0
	for k := range score {
		p[k] = math.Exp(score[k] - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// quantise keeps each weight as a byte: Hateful and Offensive against Neither,
// in steps of a 127th of the weight that only one in ten thousand exceeds.
func quantise(m *classify.Model, w []triple, bias triple) {
	m.Weights = make([][2]int8, len(w))
	for k := range m.Bias {
		m.Bias[k] = float32(bias[k] - bias[classify.Neither])
		var sizes []float64
		for _, c := range w {
			sizes = append(sizes, math.Abs(c[k]-c[classify.Neither]))
		}
		m.Step[k] = float32(quantile(sizes, 0.9999) / 127)
		for i, c := range w {
			v := math.Round((c[k] - c[classify.Neither]) / float64(m.Step[k]))
			m.Weights[i][k] = int8(min(127, max(-127, v)))
		}
	}
}

// calibrate fits a logistic curve from raw scores to being toxic (Platt 1999,
// with his smoothed targets), by Newton's method. Toxic and not weigh the
// same, since how many texts of a campaign are toxic is not known, and surely
// not as many as of this data.
func calibrate(m *classify.Model, examples []Example) {
	var xs []float64
	var toxic []bool
	n := [2]float64{}
	for _, e := range examples {
		odds, ok := m.Raw(e.Plain)
		if !ok {
			continue
		}
		is := e.Class != classify.Neither
		xs, toxic = append(xs, odds), append(toxic, is)
		if is {
			n[1]++
		} else {
			n[0]++
		}
	}
	if n[0] == 0 || n[1] == 0 {
		return
	}
	slope, shift := 1.0, 0.0
	for range 50 {
		var g0, g1, h00, h01, h11 float64
		for i, x := range xs {
			target, weight := 1/(n[0]+2), 1/n[0]
			if toxic[i] {
				target, weight = (n[1]+1)/(n[1]+2), 1/n[1]
			}
			p := 1 / (1 + math.Exp(-(float64(slope*x) + shift)))
			d, v := weight*(p-target), weight*p*(1-p)
			g0 += float64(d * x)
			g1 += d
			h00 += float64(v * x * x)
			h01 += float64(v * x)
			h11 += v
		}
		h00, h11 = h00+1e-9, h11+1e-9
		det := float64(h00*h11) - float64(h01*h01)
		slope -= (float64(h11*g0) - float64(h01*g1)) / det
		shift -= (float64(h00*g1) - float64(h01*g0)) / det
	}
	m.Slope, m.Shift = float32(max(slope, 1e-3)), float32(shift)
}

// threshold is the lowest hundredth that keeps false alarms within both limits.
func threshold(m *classify.Model, held []Example, harmless []string, s Settings) float32 {
	share := func(at float64, texts []float64) float64 {
		n := 0
		for _, p := range texts {
			if p >= at {
				n++
			}
		}
		return float64(n) / float64(max(1, len(texts)))
	}
	var neither, kind []float64
	for _, e := range held {
		if e.Class == classify.Neither {
			neither = append(neither, m.Probability(e.Plain))
		}
	}
	for _, t := range harmless {
		kind = append(kind, m.Probability(t))
	}
	for i := 50; i < 100; i++ {
		at := float64(float32(i) / 100)
		if share(at, neither) <= s.HeldAlarms && share(at, kind) <= s.FalseAlarms {
			return float32(i) / 100
		}
	}
	return 1
}
