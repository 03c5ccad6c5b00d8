// Package classify finds English text that reads like what people marked as
// hateful or offensive. It is a linear model over hashed words and pieces of
// words, trained on one public data set of short messages and nothing else.
// Those labels are known to be unfair to some ways of speaking; see the guard
// report. So what it finds is only ever a reason to let a person look.
package classify

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"
)

// Classes are what a text may be, in the order of the training data.
const (
	Hateful = iota
	Offensive
	Neither
	Classes
)

// Model is a trained classifier. It is safe for concurrent use.
type Model struct {
	// Inputs is the SHA-256 of all that training read: the messages as they
	// were folded, their labels, the split and the settings.
	Inputs [32]byte
	// Bits is the size of the table as a power of two, 8 to 20.
	Bits uint
	// Bias and Step are the constant and the size of one unit of weight, for
	// Hateful and Offensive against Neither.
	Bias, Step [2]float32
	// Slope and Shift turn the raw score into a probability (Platt scaling).
	Slope, Shift float32
	// Threshold is the probability from which a text is a finding, 0 to 1.
	Threshold float32
	// Weights holds for each cell the weights of Hateful and Offensive.
	Weights [][2]int8
}

// magic begins a file of weights, with the version of its format.
const magic = "MARQUEE-CLASSIFY-1\n"

type header struct {
	Inputs       [32]byte
	Bits         uint32
	Bias, Step   [2]float32
	Slope, Shift float32
	Threshold    float32
}

// Encode gives the model as a file of weights: the magic line, a header of
// little-endian fields, and two signed bytes a cell.
func (m *Model) Encode() []byte {
	var b bytes.Buffer
	b.WriteString(magic)
	h := header{m.Inputs, uint32(m.Bits), m.Bias, m.Step, m.Slope, m.Shift, m.Threshold}
	for _, part := range []any{h, m.Weights} {
		if err := binary.Write(&b, binary.LittleEndian, part); err != nil {
			panic(err) // fixed sizes into memory: can't fail
		}
	}
	return b.Bytes()
}

// errWeights says that a file of weights can't be used.
var errWeights = errors.New("these are not weights of the classifier")

// Decode reads a file of weights. It refuses what is cut short, too long, or
// holds numbers that no training gives.
func Decode(data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("%w: they begin with something else", errWeights)
	}
	var h header
	r := bytes.NewReader(rest)
	if err := binary.Read(r, binary.LittleEndian, &h); err != nil {
		return nil, fmt.Errorf("%w: the header is cut short", errWeights)
	}
	if h.Bits < 8 || h.Bits > 20 || r.Len() != 2<<h.Bits {
		return nil, fmt.Errorf("%w: the table has the wrong size", errWeights)
	}
	for _, v := range []float32{h.Bias[0], h.Bias[1], h.Step[0], h.Step[1], h.Slope, h.Shift, h.Threshold} {
		if !(math.Abs(float64(v)) < 1e6) {
			return nil, fmt.Errorf("%w: a number is out of range", errWeights)
		}
	}
	if h.Slope <= 0 || h.Threshold <= 0 || h.Threshold > 1 || h.Step[0] < 0 || h.Step[1] < 0 {
		return nil, fmt.Errorf("%w: a number is out of range", errWeights)
	}
	m := &Model{h.Inputs, uint(h.Bits), h.Bias, h.Step, h.Slope, h.Shift, h.Threshold, make([][2]int8, 1<<h.Bits)}
	for i := range m.Weights {
		at := len(rest) - r.Len() + 2*i
		m.Weights[i] = [2]int8{int8(rest[at]), int8(rest[at+1])}
	}
	return m, nil
}

//go:embed weights.bin
var weights []byte

// Default gives the model that Marquee is built with, read once.
var Default = sync.OnceValues(func() (*Model, error) { return Decode(weights) })

// tally is what the features of a text add up to.
type tally struct {
	sum   [2]int32
	count int
}

func (t *tally) add(o tally) {
	t.sum[0] += o.sum[0]
	t.sum[1] += o.sum[1]
	t.count += o.count
}

// tally adds up the weights of a folded text's features.
func (m *Model) tally(plain string) tally {
	var room [1024]uint32
	cells := Features(room[:0], plain, m.Bits)
	t := tally{count: len(cells)}
	for _, c := range cells {
		w := m.Weights[c]
		t.sum[0] += int32(w[0])
		t.sum[1] += int32(w[1])
	}
	return t
}

// scores gives the log odds of Hateful and Offensive against Neither. The sum
// is divided by the root of the number of features, so that length alone says
// nothing.
func (m *Model) scores(t tally) (s [2]float64) {
	norm := 1 / math.Sqrt(float64(max(1, t.count)))
	for k := range s {
		s[k] = float64(m.Bias[k]) + float64(float64(t.sum[k])*float64(m.Step[k])*norm)
	}
	return s
}

func (m *Model) probability(t tally) float64 {
	if t.count == 0 {
		return 0
	}
	return 1 / (1 + math.Exp(-(float64(float64(m.Slope)*join(m.scores(t))) + float64(m.Shift))))
}

// join makes one score of two: how much rather toxic than neither, in natural
// log odds.
func join(s [2]float64) float64 {
	top := max(s[0], s[1])
	return top + math.Log(math.Exp(s[0]-top)+math.Exp(s[1]-top))
}

// Raw gives how much rather toxic than neither a folded text is, in natural
// log odds before calibration; ok is false for a text without words.
func (m *Model) Raw(plain string) (odds float64, ok bool) {
	t := m.tally(plain)
	return join(m.scores(t)), t.count > 0
}

// Probability is the calibrated probability that a folded text is hateful or
// offensive, were half of all texts so; 0 for a text without words.
func (m *Model) Probability(plain string) float64 { return m.probability(m.tally(plain)) }

// Class gives the likeliest class of a folded text, as trained: without
// calibration and threshold.
func (m *Model) Class(plain string) int {
	t := m.tally(plain)
	s := m.scores(t)
	switch {
	case t.count == 0 || s[0] <= 0 && s[1] <= 0:
		return Neither
	case s[0] > s[1]:
		return Hateful
	}
	return Offensive
}
