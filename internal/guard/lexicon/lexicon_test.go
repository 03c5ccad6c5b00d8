package lexicon

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"marquee/internal/guard/fold"
)

const small = `
stop: the, and, is
ok: cocktail*, moby dick
@group: foxes, polar bears, arctic fox*
@be: is, are
@neg: not, never, people who say
@counter: offensive
@all: all, these
@colour: red, arctic
@animal: owl*, seals
@pair: @colour @animal
@but: yet
@they: they
profanity: darn*, dick, piece of mud
slur 0.8: =grün
insult 0.5: silly
hate 0.9 = hate|hates @all? @group
hate 0.9 = @group @be ..2 silly|mud
hate! 0.7 = no @group here $
hate 0.6 = ^ begone @group
hate 0.6 = shun @pair
hate 0.6 = avoid ..2 all? all? seals ..1 !today
hate 0.6 = @pair // @they ..1 sing
`

func compile(t testing.TB, files map[string]string) *Lexicon {
	t.Helper()
	m := fstest.MapFS{}
	for name, data := range files {
		m[name] = &fstest.MapFile{Data: []byte(data)}
	}
	l, err := Compile(m, map[string]string{"words": "words/9"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestScan(t *testing.T) {
	t.Parallel()
	l := compile(t, map[string]string{"words/en.txt": small, "words/zh.txt": "profanity: 坏蛋\nok: 坏蛋糕", "words/de.txt": "!profanity: mist*\nprofanity: kram\nstop: der, die, und"})
	for _, c := range []struct{ text, want string }{
		{"darned thing", "profanity:darned"}, {"dick", "profanity:dick"}, {"moby dick", ""}, {"cocktail", ""}, {"a piece of mud.", "profanity:piece of mud"}, {"a piece. of mud", ""},
		{"grün", "slur:grün"}, {"grun", ""},
		{"I hate foxes", "hate:hate foxes"}, {"I hate all polar bears", "hate:hate all polar bears"}, {"I hate all the polar bears", ""}, {"I do not hate foxes", ""}, {"people who say they hate foxes", ""}, {"Not now. I hate foxes", "hate:hate foxes"},
		{"foxes are so mud", "hate:foxes are so mud"}, {"foxes are not mud", ""}, {"foxes. are mud", ""}, {"arctic foxling is mud", "hate:arctic foxling is mud"},
		{"no foxes here", "hate:no foxes here"}, {"no foxes here today", ""}, {"begone foxes", "hate:begone foxes"}, {"well begone foxes", ""},
		{"shun red owlets", "hate:shun red owlets"}, {"avoid the young seals", "hate:avoid the young seals"}, {"avoid seals", "hate:avoid seals"}, {"avoid seals now today", ""}, {"avoid seals. today", "hate:avoid seals"}, {"avoid the very young seals", ""}, {"shun arctic seals", "hate:shun arctic seals"}, {"shun red foxes", ""}, {"never, yet I hate foxes", "hate:hate foxes"},
		{"red seals come. They all sing", "hate:red seals come. They all sing"}, {"red seals come. They come. They sing", ""}, {"red seals come, they sing", ""}, {"red seals come.", ""},
		{"d4rn", "profanity:d4rn"}, {"daaaarn", "profanity:daaaarn"}, {"d*rn", "profanity:d*rn"}, {"d a r n", "profanity:d a r n"}, {"da rn", "profanity:da rn"}, {"da are", ""}, {"d.a.r.n", "profanity:d.a.r.n"},
		{"大坏蛋", "profanity:坏蛋"}, {"大坏蛋糕", ""}, {"mister", "profanity:mister"}, {"kram", ""}, {"der kram und die", "profanity:kram"},
		{"", ""}, {"...", ""},
	} {
		var got []string
		for _, m := range l.Scan(fold.Fold(c.text), "en").Matches {
			if m.Detector != "words/9" {
				t.Errorf("%q: detector %q", c.text, m.Detector)
			}
			if m.Kind != "insult" {
				got = append(got, m.Kind+":"+c.text[m.Start:m.End])
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: found %q, want %q", c.text, s, c.want)
		}
	}
}

func TestScores(t *testing.T) {
	t.Parallel()
	l := compile(t, map[string]string{"words/en.txt": small})
	for text, want := range map[string]float64{"silly": 0.5, "darn": 1, "d4rn": disguised, `"darn" is offensive`: condemned, `darn is offensive`: 1} {
		m := l.Scan(fold.Fold(text), "en").Matches
		if len(m) == 0 || m[0].Score != want {
			t.Errorf("%s: %+v, want the score %v", text, m, want)
		}
	}
}

func TestLanguagesAreGuessed(t *testing.T) {
	t.Parallel()
	l := compile(t, map[string]string{"words/en.txt": "stop: the, and, is", "words/de.txt": "stop: der, die, und"})
	for text, want := range map[string]string{"der Fuchs und die Nacht": "de", "the fox and the night": "en", "fox": "", "лис": "uk,ru", "雪の狐": "ja", "雪狐": "zh", "눈": "ko", "שלג": "he"} {
		if got := strings.Join(l.Scan(fold.Fold(text), "").Languages, ","); got != want {
			t.Errorf("%q seems to be %q, want %q", text, got, want)
		}
	}
}

func TestBadDataIsRefused(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"x", "hate 2: a", "hate x: a", "hate 0.9 = @nobody x", "hate = a? b", "hate = ..2 a", "hate = a ..0 b", "hate = a| b", "hate = $", "hate = a ..8 b ..8 c ..8 d ..8 e", "hate = // a", "hate = !a b", "@a: @b x", "profanity: a*b", "profanity: …", " goes on", "a b c: d", "profanity: a*", "profanity: one two three four five six seven eight nine"} {
		_, err := Compile(fstest.MapFS{"words/en.txt": {Data: []byte(data)}}, map[string]string{"words": "words/9"})
		if err == nil {
			t.Errorf("%q should be refused", data)
		}
	}
	if _, err := Compile(fstest.MapFS{"other/en.txt": {Data: []byte("a: b")}}, map[string]string{}); err == nil {
		t.Error("a detector without a version should be refused")
	}
}

func FuzzCompile(f *testing.F) {
	f.Add(small, "I hate foxes")
	f.Add("ok: a\nhate = a ..8 b? c $", "a x b c")
	f.Fuzz(func(t *testing.T, data, text string) {
		if len(data) > 2000 || len(text) > 500 {
			return
		}
		l, err := Compile(fstest.MapFS{"words/en.txt": {Data: []byte(data)}}, map[string]string{"words": "words/9"})
		if err != nil {
			return
		}
		edges := []int{len(text)}
		for i := range text {
			edges = append(edges, i)
		}
		for _, m := range l.Scan(fold.Fold(text), "en").Matches {
			if m.Start > m.End || !slices.Contains(edges, m.Start) || !slices.Contains(edges, m.End) {
				t.Fatalf("%q: %+v", text, m)
			}
		}
	})
}
