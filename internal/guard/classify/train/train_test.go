package train

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"marquee/internal/guard/classify"
	"marquee/internal/guard/corpus"
)

// shared is the data set, beside the repository.
const shared = "../../../../../shared/data/davidson/labeled_data.csv"

// TestWeightsAreMadeByTraining trains again and compares every byte with what
// is committed.
func TestWeightsAreMadeByTraining(t *testing.T) {
	t.Parallel()
	examples, err := Open(shared)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the training data is not beside the repository")
	} else if err != nil {
		t.Fatal(err)
	}
	committed, err := classify.Default()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := corpus.Harmless(corpus.A)
	if err != nil {
		t.Fatal(err)
	}
	harmless := Folded(cases)
	if committed.Inputs != Inputs(examples, Chosen, harmless) {
		t.Fatal("the committed weights are older than what they are made of: run `make train`")
	}
	if testing.Short() {
		t.Skip("the inputs are the same; training again takes some seconds")
	}
	m := Learn(examples, Chosen, harmless)
	if !bytes.Equal(m.Encode(), committed.Encode()) {
		t.Error("training gives other weights than the committed ones: run `make train`")
	}
	r := Measure(m, examples, harmless)
	if r.Classes[classify.Offensive].F1() < 0.85 || r.Classes[classify.Neither].F1() < 0.8 || r.Error > 0.05 {
		t.Errorf("the model has become worse: %+v", r)
	}
	if stopped := share(r.Stopped[classify.Neither], r.Classes[classify.Neither].Texts); stopped > Chosen.HeldAlarms {
		t.Errorf("%.3f of the harmless messages held back are stopped", stopped)
	}
	if float64(r.Alarms) > Chosen.FalseAlarms*float64(r.Harmless) {
		t.Errorf("%d of %d harmless prompts are stopped", r.Alarms, r.Harmless)
	}
}

// small is a data set that can be learned in a moment.
func small() string {
	var b strings.Builder
	b.WriteString(",count,hate_speech,offensive_language,neither,class,tweet\n")
	for _, who := range strings.Fields("ann bob cy dee eve flo gus hal ida joe kim lou max ned oz pam quin ray sue tom uma vic wes xia yul zoe") {
		for _, what := range strings.Fields("today again here now always") {
			b.WriteString("0,3,3,0,0,0,\"RT @x: vermin like " + who + " must vanish " + what + " http://t.co/1\"\n")
			b.WriteString("0,3,0,3,0,1,damn " + who + " is a daft git " + what + "\n")
			b.WriteString("0,3,0,0,3,2," + who + " bakes bread &amp; tea " + what + "\n")
		}
	}
	return b.String()
}

var quick = Settings{Bits: 12, Rounds: 3, Rate: 0.1, Decay: 1e-6, Rare: 2, Seed: 1, FalseAlarms: 0, HeldAlarms: 0}

func TestLearns(t *testing.T) {
	t.Parallel()
	examples, err := Read(strings.NewReader(small()))
	if err != nil {
		t.Fatal(err)
	}
	harmless := []string{"bakes bread for the fox"}
	m := Learn(examples, quick, harmless)
	for text, want := range map[string]int{"vermin must vanish": classify.Hateful, "a daft git": classify.Offensive, "he bakes bread": classify.Neither} {
		if got := m.Class(text); got != want {
			t.Errorf("%q is class %d, want %d", text, got, want)
		}
	}
	if p, q := m.Probability("vermin must vanish"), m.Probability("bread and tea"); p < 0.8 || q > 0.2 {
		t.Errorf("probabilities %.2f and %.2f", p, q)
	}
	if again := Learn(examples, quick, harmless); !bytes.Equal(m.Encode(), again.Encode()) {
		t.Error("training twice gives two results")
	}
	other := quick
	other.Seed = 2
	if Inputs(examples, quick, harmless) == Inputs(examples, other, harmless) || Inputs(examples, quick, harmless) == Inputs(examples[1:], quick, harmless) {
		t.Error("the hash of the inputs does not cover them")
	}
	if r := Measure(m, examples, harmless); r.Classes[classify.Hateful].F1() < 0.99 || r.Alarms != 0 || !strings.Contains(r.Page(), "| hateful |") {
		t.Errorf("%+v", r)
	}
}

func TestEachMessageIsHeldBackOnce(t *testing.T) {
	t.Parallel()
	examples, err := Read(strings.NewReader(small()))
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]int{}
	for turn := range uint32(Turns) {
		for _, e := range of(rotate(examples, turn), HeldBack) {
			held[e.Plain]++
		}
	}
	if len(held) != len(examples) {
		t.Errorf("%d of %d were held back", len(held), len(examples))
	}
	for text, n := range held {
		if n != 1 {
			t.Errorf("%q was held back %d times", text, n)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	examples, err := Read(strings.NewReader("class,tweet\n2,\"RT @anna: Tea &amp; CAKE! #yum http://t.co/x\"\n2,tea & cake! yum\n1,@bob\n"))
	if err != nil || len(examples) != 1 || examples[0].Text != "Tea & CAKE! yum" || examples[0].Plain != "tea & cake! yum" {
		t.Errorf("%v %+v", err, examples)
	}
	for _, wrong := range []string{"", "a,b\n", "class,tweet\n3,x\n", "class,tweet\nx,x\n", "class,tweet\n1\n"} {
		if _, err := Read(strings.NewReader(wrong)); err == nil {
			t.Errorf("%q was read", wrong)
		}
	}
	if _, err := Open("no such file"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestMarked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"we finna eat": true, "he be singing": true, "ain't no way": true, "be kind to the fox": false, "a dinner": false} {
		if marked(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestWilson(t *testing.T) {
	t.Parallel()
	if low, high := wilson(5, 100); low < 0.0213 || low > 0.0217 || high < 0.111 || high > 0.113 {
		t.Errorf("%.4f to %.4f", low, high)
	}
	if low, high := wilson(0, 0); low != 0 || high != 1 {
		t.Errorf("%v to %v of nothing", low, high)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(small()[:400])
	f.Add("class,tweet\n1,\"a\"\"b\"\n")
	f.Add("class,tweet\n2,&#x41;&amp;\n")
	f.Fuzz(func(t *testing.T, data string) {
		examples, err := Read(strings.NewReader(data))
		if err != nil {
			return
		}
		for _, e := range examples {
			if e.Class < 0 || e.Class >= classify.Classes || strings.TrimSpace(e.Plain) == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}
