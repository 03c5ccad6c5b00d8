package classify

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"marquee/internal/guard"
	"marquee/internal/guard/fold"
	"marquee/internal/policy"
)

func detector(t testing.TB) *Detector {
	t.Helper()
	d, err := NewDetector()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func find(t testing.TB, d *Detector, text string) []policy.Finding {
	t.Helper()
	found, err := d.Text(context.Background(), fold.Fold(text), guard.Context{})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDetector(t *testing.T) {
	t.Parallel()
	d := detector(t)
	for text, want := range map[string]string{
		"you stupid bitch": "you stupid bitch",
		"A fox in the snow. You stupid bitch, shut up. A lamp.": "You stupid bitch, shut up.",
		"Ｙｏｕ ｓｔｕｐｉｄ ｂｉｔｃｈ":                                      "Ｙｏｕ ｓｔｕｐｉｄ ｂｉｔｃｈ",
		"A red fox asleep under a string of fairy lights":       "",
		"a polar fox with a lantern":                            "",
		"two proud gay dads and their kids skating":             "",
		"雪の森でランタンを持つ白いキツネ":                                      "",
		"":         "",
		"  \n ?! ": "",
	} {
		found := find(t, d, text)
		if want == "" {
			if len(found) > 0 {
				t.Errorf("%q: %v", text, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Kind != policy.ClassifierKind || text[found[0].Start:found[0].End] != want {
			t.Errorf("%q: %v, want the span %q", text, found, want)
			continue
		}
		if s := found[0].Score; s < 0.5 || s > 1 {
			t.Errorf("%q: score %v", text, s)
		}
	}
}

// TestOnlyHolds keeps the promise that the classifier never refuses anybody.
func TestOnlyHolds(t *testing.T) {
	t.Parallel()
	found := find(t, detector(t), "you stupid bitch")
	for _, stage := range policy.Stages {
		v := policy.Shipped{}.Decide(t.Context(), policy.Input{Stage: stage, Findings: found, Provenance: policy.Provenance{Approved: true}})
		if v.Outcome != policy.Hold {
			t.Errorf("%s: %s", stage, v.Outcome)
		}
	}
}

// TestHiding proves that harmless text around a sentence does not hide it.
func TestHiding(t *testing.T) {
	t.Parallel()
	d := detector(t)
	kind := strings.Repeat("A red fox sleeps under a string of fairy lights. ", 40)
	if found := find(t, d, kind+"You stupid bitch. "+kind); len(found) != 1 {
		t.Errorf("%v", found)
	}
}

// TestLengthAloneSaysNothing judges long texts of harmless sentences.
func TestLengthAloneSaysNothing(t *testing.T) {
	t.Parallel()
	d := detector(t)
	for _, s := range []string{
		"A red fox sleeps under a string of fairy lights. Snow fell all night, and the village was quiet. ",
		"雪の森で白いキツネが眠っている。とても暖かい！「おいで」とおばあさんが言った。だれがランプをつけたの？",
		"雪地里的灯笼和白色的狐狸。真暖和！孩子们在笑，妈妈在包饺子。谁点亮了蜡烛？",
		"ثعلب أبيض بجانب فانوس في غابة ثلجية. ما أجمل الشتاء! هل رأيت النجوم؟ ",
	} {
		for _, n := range []int{1, 10, 100} {
			if found := find(t, d, strings.Repeat(s, n)); len(found) > 0 {
				t.Errorf("%d times %q: %v", n, s, found)
			}
		}
	}
}

func TestBounded(t *testing.T) {
	t.Parallel()
	d := detector(t)
	if found := find(t, d, strings.Repeat("you stupid bitch.\n", 5000)); len(found) != mostFindings {
		t.Errorf("%d findings", len(found))
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := d.Text(stopped, fold.Fold(strings.Repeat("a.\n", 5000)), guard.Context{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped check ended with %v", err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	small := *m
	small.Bits, small.Weights = 8, m.Weights[:256]
	good := small.Encode()
	back, err := Decode(good)
	if err != nil || back.Threshold != m.Threshold || back.Inputs != m.Inputs || back.Weights[7] != m.Weights[7] {
		t.Fatalf("what was written can't be read: %v", err)
	}
	nan := small
	nan.Bias[0] = float32(math.NaN())
	open := small
	open.Threshold = 0
	for name, data := range map[string][]byte{
		"nothing": nil, "another file": []byte("\x89PNG"), "cut short": good[:len(good)-1], "too long": append(good[:len(good):len(good)], 0),
		"header cut short": good[:len(magic)+9], "not a number": nan.Encode(), "threshold of nothing": open.Encode(),
	} {
		if _, err := Decode(data); !errors.Is(err, errWeights) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	m := &Model{Bits: 8, Slope: 1, Threshold: 0.5, Weights: make([][2]int8, 256)}
	f.Add(m.Encode())
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(data)
		if err != nil {
			return
		}
		if p := m.Probability("a word or two"); !(p >= 0 && p <= 1) {
			t.Errorf("probability %v", p)
		}
	})
}

func FuzzDetector(f *testing.F) {
	for _, s := range []string{"you stupid bitch", "a. b! c?\n", "ß\u200b\xff", strings.Repeat("x", 700), "雪。"} {
		f.Add(s)
	}
	d := detector(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range find(t, d, text) {
			if found.Start < 0 || found.End > len(text) || found.Start >= found.End || !(found.Score > 0 && found.Score <= 1) {
				t.Errorf("%q: %+v", text, found)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[found.Start:found.End]) {
				t.Errorf("%q: the span parts a character", text)
			}
		}
	})
}

// BenchmarkTurn judges a turn of 400 characters that is folded already.
func BenchmarkTurn(b *testing.B) {
	d := detector(b)
	folded := fold.Fold(strings.Repeat("My grandmother told us stories by the fire while the snow fell. ", 7)[:400])
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Text(ctx, folded, guard.Context{}); err != nil {
			b.Fatal(err)
		}
	}
}
