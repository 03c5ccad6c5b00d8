package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func read(t testing.TB, text string) (*Pack, error) {
	t.Helper()
	return ReadPack(strings.NewReader(text))
}

// one makes a pack with one rule.
func one(layer, more, rule string) string {
	return fmt.Sprintf(`{"schema":1,"id":"mine","version":"1.0.0","layer":%q,"title":"Mine"%s,"rules":[%s]}`, layer, more, rule)
}

func TestABrokenPackSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	ok := `{"id":"a","then":"deny","because":"b"}`
	for _, c := range []struct{ name, text, want string }{
		{"no JSON", "{\n\"schema\":1,\n!", "line 3"},
		{"a field that is not known", `{"shcema":1}`, "shcema"},
		{"two packs in one file", one("company", "", ok) + "{}", "more after its end"},
		{"too large", `{"title":"` + strings.Repeat("x", packBytes) + `"}`, "larger than 256 KB"},
		{"no such layer", one("galaxy", "", ok), "layer"},
		{"a brand's pack for no brand", one("brand", "", ok), "must name brands"},
		{"a company's pack for a brand", one("company", `,"for":["x"]`, ok), "only there"},
		{"a market's pack for no market", one("market", "", ok), "must name the markets"},
		{"no rules", one("company", "", ""), "must be 1 to 200"},
		{"two of one id", one("company", "", ok+","+ok), "two of this id"},
		{"no reason", one("company", "", `{"id":"a","then":"deny"}`), "must say why"},
		{"no such outcome", one("company", "", `{"id":"a","then":"forbid","because":"b"}`), `no outcome "forbid"`},
		{"nothing follows", one("company", "", `{"id":"a","because":"b"}`), "an outcome or duties"},
		{"no such duty", one("company", "", `{"id":"a","duties":[{"do":"pray"}],"because":"b"}`), `no duty "pray"`},
		{"no such stage", one("company", "", `{"id":"a","stages":["lunch"],"then":"deny","because":"b"}`), `no stage "lunch"`},
		{"the classifier denies", one("company", "", `{"id":"a","kinds":["toxic"],"then":"deny","because":"b"}`), "may only hold"},
		{"a source without a day", one("company", `,"source":{"name":"n"}`, ok), "is no day"},
		{"an example of a rule that is not there", one("company", `,"cases":[{"name":"c","input":{"stage":"prompt"},"outcome":"deny","rules":["z"]}]`, ok), `no rule "z"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := read(t, c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want something on %q", err, c.want)
			}
		})
	}
}

func TestAConditionThatDoesNotCompileSaysWhere(t *testing.T) {
	t.Parallel()
	for when, want := range map[string]string{
		"market == ":                  "line 1, column",
		"market ==\n  colour":         "line 2, column 3",
		"score":                       "gives double",
		"findings[0].colour == 'red'": "column",
		"history.held > 'many'":       "column",
	} {
		p, err := read(t, one("company", "", fmt.Sprintf(`{"id":"a","when":%s,"then":"deny","because":"b"}`, quoted(t, when))))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Compile(p)
		var problem Problem
		if !errors.As(err, &problem) || problem.Where != "mine/a" || !strings.Contains(problem.What, want) {
			t.Errorf("%q gave %v, want %q", when, err, want)
		}
	}
}

func quoted(t testing.TB, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func compile(t testing.TB, texts ...string) *Packs {
	t.Helper()
	var packs []*Pack
	for _, text := range texts {
		p, err := read(t, text)
		if err != nil {
			t.Fatal(err)
		}
		packs = append(packs, p)
	}
	ps, err := Compile(packs...)
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

func TestConditionsSeeTheWholeInput(t *testing.T) {
	t.Parallel()
	in := Input{
		Stage: Prompt, Campaign: "winter", Brand: "lumipine", Market: "DE", Locale: "de", Age: "16_17",
		Findings:   []Finding{{Detector: "words/1", Kind: "violence", Start: 2, End: 7, Score: 0.7, Evidence: "fight"}},
		Kit:        []KitFinding{{Rule: "clear_space", Severity: "warning"}},
		Model:      Model{Kind: "model", Provider: "openai", Name: "m", Version: "2"},
		Provenance: Provenance{Source: "trainedAlgorithmicMedia", People: true, Realistic: true},
		History:    History{Held: 3, Denied: 1}, Topics: map[string]string{"violence": "hold"},
	}
	for _, when := range []string{
		"stage == 'prompt' && campaign == 'winter' && brand == 'lumipine'", "market == 'DE' && locale.startsWith('d') && age == '16_17'",
		"findings.exists(f, f.detector == 'words/1' && f.kind == 'violence' && f.start == 2 && f.end == 7 && f.score > 0.6 && f.evidence == 'fight')",
		"kinds['violence'] == 0.7 && !('slur' in kinds)", "kit.all(k, k.severity != 'error') && kit[0].rule == 'clear_space'",
		"model.kind == 'model' && model.provider == 'openai' && model.name == 'm' && model.version == '2'",
		"provenance.people && provenance.realistic && !provenance.approved && provenance.source == 'trainedAlgorithmicMedia'",
		"history.held + history.denied == 4", "topics['violence'] == 'hold'",
	} {
		ps := compile(t, one("company", "", fmt.Sprintf(`{"id":"a","when":%s,"then":"deny","because":"b"}`, quoted(t, when))))
		if v := ps.Decide(in); v.Outcome != Deny {
			t.Errorf("%s does not hold: %+v", when, v)
		}
	}
	ps := compile(t, one("company", "", `{"id":"a","kinds":["violence","slur"],"when":"kind == 'violence' && score == 0.7","then":"deny","because":"b"}`))
	if v := ps.Decide(in); v.Kind() != "violence" {
		t.Errorf("a rule of two kinds was not asked for the one that was found: %+v", v)
	}
}

func TestARuleThatCannotBeEvaluatedHolds(t *testing.T) {
	t.Parallel()
	many := make([]Finding, 3000)
	for i := range many {
		many[i] = Finding{Kind: "religion", Score: 1}
	}
	for name, when := range map[string]string{
		"a topic that is not set": "topics['none'] == 'deny'",
		"no such finding":         "findings[9999].score > 0.5",
		"more steps than allowed": "findings.all(a, findings.all(b, a.kind == b.kind))",
	} {
		ps := compile(t, one("company", "", fmt.Sprintf(`{"id":"a","kinds":["religion"],"when":%s,"then":"allow","because":"b"}`, quoted(t, when))))
		if v := ps.Decide(Input{Stage: Prompt, Findings: many}); v.Outcome != Hold {
			t.Errorf("%s: got %s", name, v.Outcome)
		}
	}
}

func TestTheStrictestOfAllLayersWins(t *testing.T) {
	t.Parallel()
	rule := func(then string) string {
		return fmt.Sprintf(`{"id":"a","kinds":["violence"],"then":%q,"because":"b"}`, then)
	}
	ps := compile(t,
		strings.Replace(one("market", `,"markets":["DE"]`, rule("deny")), "mine", "market", 1),
		strings.Replace(one("campaign", `,"for":["winter"]`, rule("allow")), "mine", "campaign", 1),
		strings.Replace(one("brand", `,"for":["lumipine"]`, rule("hold")), "mine", "brand", 1),
		strings.Replace(one("platform", "", rule("rewrite")), "mine", "platform", 1))
	for _, c := range []struct {
		in   Input
		want Outcome
		n    int
	}{
		{Input{}, Rewrite, 1},
		{Input{Campaign: "winter"}, Rewrite, 2},
		{Input{Campaign: "winter", Brand: "lumipine"}, Hold, 3},
		{Input{Campaign: "winter", Brand: "lumipine", Market: "DE"}, Deny, 4},
		{Input{Market: "FR"}, Rewrite, 1},
	} {
		c.in.Stage, c.in.Findings = Prompt, []Finding{{Kind: "violence", Score: 1}}
		v := ps.Decide(c.in)
		if v.Outcome != c.want || len(v.Reasons) != c.n || len(v.Packs) != c.n {
			t.Errorf("%+v gave %s by %+v of %v", c.in, v.Outcome, v.Reasons, v.Packs)
		}
		if v.Reasons[0].Rule != "platform/a" {
			t.Errorf("the platform was not asked first: %+v", v.Reasons)
		}
	}
}

func TestBuiltinChecksStandInOnlyWhereAPackSaysSo(t *testing.T) {
	t.Parallel()
	ps := compile(t, one("company", `,"sufficient":["prompt"]`, `{"id":"a","kinds":["slur"],"then":"deny","because":"b"}`))
	down := []Finding{{Kind: ModeratorDownKind, Score: 1}}
	if v := ps.Decide(Input{Stage: Prompt, Findings: down}); v.Outcome != Allow {
		t.Errorf("named sufficient, and still %s", v.Outcome)
	}
	if v := ps.Decide(Input{Stage: Title, Findings: down}); v.Outcome != Hold {
		t.Errorf("not named sufficient, and still %s", v.Outcome)
	}
	if v := ps.Decide(Input{Stage: Prompt, Findings: append(down, Finding{Kind: FailedKind})}); v.Outcome != Hold {
		t.Errorf("a check failed, and still %s", v.Outcome)
	}
}

func TestDecidingIsPure(t *testing.T) {
	t.Parallel()
	ps := standard(t)
	in := Input{Stage: Publication, Market: "DE", Provenance: Provenance{Source: "compositeSynthetic", Approved: true}, Findings: []Finding{{Kind: "slur", Score: 1}}}
	first := ps.Decide(in)
	for range 50 {
		if again := ps.Decide(in); !reflect.DeepEqual(first, again) {
			t.Fatalf("the same input gave %+v and %+v", first, again)
		}
	}
	if !first.Owes("label") || !first.Owes("watermark") {
		t.Errorf("duties are missing: %+v", first.Duties)
	}
}

func TestSoften(t *testing.T) {
	t.Parallel()
	ps := standard(t)
	for _, c := range []struct{ text, locale, word, want string }{
		{"Mickey Mouse skiing at dusk", "en", "Mickey Mouse", "a cheerful mouse skiing at dusk"},
		{"a Pepsi truck in snow", "en-GB", "Pepsi", "a fizzy drink truck in snow"},
		{"ein Abend mit Micky Maus", "de", "Micky Maus", "ein Abend mit eine fröhliche Maus"},
		{"a Zapcola sign, a fox", "en", "Zapcola", "a sign, a fox"},
		{"Zapcola", "en", "Zapcola", ""},
	} {
		at := strings.Index(c.text, c.word)
		v := ps.Decide(Input{Stage: Prompt, Findings: []Finding{{Kind: "competitor", Start: at, End: at + len(c.word), Score: 1}}})
		got, ok := ps.Soften(c.text, c.locale, v)
		if got != c.want && ok || ok != (c.want != "") {
			t.Errorf("%q became %q, %v", c.text, got, ok)
		}
	}
	if _, ok := ps.Soften("a fox", "en", Verdict{Outcome: Deny}); ok {
		t.Error("a denied text was softened")
	}
	if _, ok := ps.Soften("a fox", "en", Verdict{Outcome: Rewrite, Reasons: []Reason{{Kind: "competitor", To: Rewrite}}, Findings: []Finding{{Kind: "competitor", Start: 3, End: 99}}}); ok {
		t.Error("a span outside of the text was used")
	}
}

func TestADryRunCountsWhatWouldChange(t *testing.T) {
	t.Parallel()
	now := compile(t, one("company", "", `{"id":"a","kinds":["violence"],"then":"deny","because":"b"},{"id":"r","kinds":["insult"],"then":"allow","because":"b"}`))
	s := NewShift()
	for _, kind := range []string{"violence", "violence", "insult"} {
		s.Add(standard(t), now, Input{Stage: Prompt, Findings: []Finding{{Kind: kind, Score: 1}}})
	}
	if s.Seen != 3 || s.Stricter != 2 || s.Milder != 1 || s.Now[Deny] != 2 || s.Then[Hold] != 3 || s.Rules["mine/a"] != 2 {
		t.Errorf("got %+v", s)
	}
}

func TestStrictest(t *testing.T) {
	t.Parallel()
	ps := standard(t)
	v := Strictest(ps.Decide(Input{Stage: Title}), ps.Decide(Input{Stage: Name, Findings: []Finding{{Kind: "url"}}}))
	if v.Outcome != Deny || len(v.Findings) != 1 || len(v.Packs) == 0 {
		t.Errorf("got %+v", v)
	}
}

func FuzzReadPack(f *testing.F) {
	f.Add(one("company", "", `{"id":"a","when":"score > 0.5","then":"deny","because":"b"}`))
	f.Add(one("market", `,"markets":["DE"],"softer":{"de":{"a":"b"}}`, `{"id":"a","duties":[{"do":"label","with":{"a":"b"}}],"because":"b"}`))
	f.Add(`{"schema":1,"rules":[{"when":"[1,2,3].all(x, x > `)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPack(strings.NewReader(text))
		if err != nil {
			return
		}
		ps, err := Compile(p)
		if err != nil {
			return
		}
		for _, stage := range Stages {
			v := ps.Decide(Input{Stage: stage, Market: "DE", Findings: []Finding{{Kind: FailedKind}, {Kind: "slur", Score: 0.9}}})
			if v.Outcome == Allow || v.Outcome == Rewrite {
				t.Fatalf("a check failed and the pack gave %s", v.Outcome)
			}
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	ps := standard(b)
	for name, in := range map[string]Input{
		"nothing found": {Stage: Prompt, Market: "DE", Locale: "de"},
		"three found":   {Stage: Prompt, Market: "US", Locale: "en", Findings: []Finding{{Kind: "hate", Score: 0.7}, {Kind: "drugs", Score: 1}, {Kind: "religion", Score: 1}}},
		"publication":   {Stage: Publication, Market: "DE", Provenance: Provenance{Source: "compositeSynthetic", Realistic: true, Approved: true}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ps.Decide(in)
			}
		})
	}
}
