package corpus

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"marquee/internal/policy"
)

func TestHarmlessIsWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, h := range []Half{A, B} {
		cases, err := Harmless(h)
		if err != nil {
			t.Fatal(err)
		}
		languages := map[string]int{}
		for _, c := range cases {
			languages[c.Locale]++
			if seen[c.Text] || c.Harmful || c.Text != strings.TrimSpace(c.Text) || !utf8.ValidString(c.Text) {
				t.Errorf("%s %q is twice, or not as it should be", c.Locale, c.Text)
			}
			seen[c.Text] = true
		}
		for _, l := range strings.Fields("ar de en es fr it ja nl pt zh") {
			if languages[l] != 100 {
				t.Errorf("half %s has %d prompts in %s", h, languages[l], l)
			}
		}
		if len(languages) != 10 {
			t.Errorf("half %s has %v", h, languages)
		}
	}
	if _, err := Harmless("c"); err == nil {
		t.Error("there is a third half")
	}
}

func TestReadTable(t *testing.T) {
	t.Parallel()
	got, err := ReadTable(strings.NewReader("\ufefffunctionality,test_case,label_gold,target_ident\nslur_h,\"bad, \"\"very\"\"\",hateful,foxes\nkind_nh,good,non-hateful,\n"), "en")
	want := []Case{{`bad, "very"`, "en", "slur_h", true, "foxes"}, {"good", "en", "kind_nh", false, ""}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %+v", err, got)
	}
	got, err = ReadTable(strings.NewReader("text,label,locale\na,2,de\nb,0,\n"), "en")
	if err != nil || len(got) != 2 || got[0].Locale != "de" || got[0].Harmful || got[1].Locale != "en" || !got[1].Harmful {
		t.Errorf("%v %+v", err, got)
	}
	for _, wrong := range []string{"", "text\na\n", "label\n1\n", "text,label\na,perhaps\n", "text,label\na\n"} {
		if _, err := ReadTable(strings.NewReader(wrong), ""); err == nil {
			t.Errorf("%q was read", wrong)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, want := range map[string]string{"german.csv": "de", "pt.a.txt": "pt", "things.txt": ""} {
		text := "# a comment\n\nOi\n"
		if strings.HasSuffix(name, ".csv") {
			text = "text,label\nOi,harmless\n"
		}
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cases, err := Open(path)
		if err != nil || len(cases) != 1 || cases[0].Text != "Oi" || cases[0].Locale != want || cases[0].Harmful {
			t.Errorf("%s: %v %+v", name, err, cases)
		}
	}
	if _, err := Open(filepath.Join(folder, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// fixed denies what has "bad" in it, holds "odd", and fails on "broken".
func fixed(_ context.Context, text, _ string) policy.Verdict {
	for word, f := range map[string]policy.Finding{"bad": {Kind: "slur"}, "odd": {Kind: "toxic"}, "broken": {Kind: policy.FailedKind}} {
		if strings.Contains(text, word) {
			return policy.Decide(policy.Prompt, []policy.Finding{f})
		}
	}
	return policy.Decide(policy.Prompt, nil)
}

var few = []Case{
	{Text: "bad", Locale: "en", Function: "f", Harmful: true, Group: "foxes"},
	{Text: "odd", Locale: "en", Function: "f", Harmful: true},
	{Text: "sly", Locale: "en", Function: "g", Harmful: true},
	{Text: "badger", Locale: "en", Function: "g"},
	{Text: "kind", Locale: "de", Function: "g"},
	{Text: "broken", Locale: "de"},
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	told := 0
	r, err := Measure(context.Background(), few, fixed, func(done int) { told = done })
	if err != nil || told != len(few) {
		t.Fatalf("%v, told of %d", err, told)
	}
	if want := (Row{Harmful: Count{3, 2, 1}, Harmless: Count{3, 2, 1}}); r.Total != want {
		t.Errorf("total %+v", r.Total)
	}
	if r.Total.Precision() != 0.5 || r.Total.Recall() != 2.0/3 || r.Total.FalseAlarms() != 2.0/3 || r.Failed != 1 {
		t.Errorf("%v %v %v %d", r.Total.Precision(), r.Total.Recall(), r.Total.FalseAlarms(), r.Failed)
	}
	if p := r.Pick("en", "g"); p != (Row{Locale: "en", Harmful: Count{1, 0, 0}, Harmless: Count{1, 1, 1}}) {
		t.Errorf("en g: %+v", p)
	}
	if len(r.Languages) != 2 || r.Languages[0].Locale != "de" || len(r.Functions) != 3 || len(r.Groups) != 1 || len(r.Kinds) != 3 {
		t.Errorf("%+v", r)
	}
	if len(r.Alarms) != 2 || r.Alarms[0].Text != "badger" || !reflect.DeepEqual(r.Alarms[0].Kinds, []string{"slur"}) {
		t.Errorf("%+v", r.Alarms)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Measure(stopped, few, fixed, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if empty := (Row{}); empty.Precision() != 0 || empty.Recall() != 0 {
		t.Error("shares of nothing")
	}
}

func TestTablesAndComparison(t *testing.T) {
	t.Parallel()
	before, err := Measure(context.Background(), few, fixed, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ReadResult(bytes.NewReader(data))
	if err != nil || !reflect.DeepEqual(back, before) {
		t.Errorf("%v: %+v is not %+v", err, back, before)
	}
	if _, err := ReadResult(strings.NewReader("no")); err == nil {
		t.Error("read nonsense")
	}
	if moved := Compare(before, back); len(moved) != 0 {
		t.Errorf("%+v", moved)
	}
	more := append([]Case{{Text: "bad", Locale: "fr", Function: "f", Harmful: true}}, few[:5]...)
	after, err := Measure(context.Background(), more, fixed, nil)
	if err != nil {
		t.Fatal(err)
	}
	var changes, table, lines bytes.Buffer
	if err := errors.Join(WriteChanges(&changes, Compare(before, after)), after.WriteTable(&table), after.WriteCSV(&lines)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"language fr", "new", "+8.3"} {
		if !strings.Contains(changes.String(), want) {
			t.Errorf("no %q in\n%s", want, changes.String())
		}
	}
	if !strings.Contains(table.String(), "66.7 %") || !strings.HasPrefix(lines.String(), "of,locale,name,") || strings.Count(lines.String(), "\n") != 1+1+3+4+1+3 {
		t.Errorf("%s\n%s", table.String(), lines.String())
	}
	if gone := Compare(after, before); !gone[len(gone)-1].Gone {
		t.Errorf("%+v", gone)
	}
}

func TestReadMarked(t *testing.T) {
	t.Parallel()
	good := `{"text":"a","locale":"en","marked":"miss","want":"deny","on":"2026-11-23","why":"w"}`
	got, err := ReadMarked(strings.NewReader("\n" + good + "\n"))
	if err != nil || len(got) != 1 || !got[0].Right(policy.Deny) || got[0].Right(policy.Hold) {
		t.Errorf("%v %+v", err, got)
	}
	alarm, miss := Marked{Marked: FalseAlarm}, Marked{Marked: Miss}
	if !alarm.Right(policy.Rewrite) || alarm.Right(policy.Hold) || !miss.Right(policy.Hold) || miss.Right(policy.Allow) {
		t.Error("marks ask for the wrong thing")
	}
	for name, wrong := range map[string]string{
		"no JSON": "x", "two": good + good, "no text": strings.Replace(good, `"a"`, `""`, 1), "no mark": strings.Replace(good, "miss", "mist", 1),
		"no day": strings.Replace(good, "11-23", "13-23", 1), "no reason": strings.Replace(good, `"w"`, `" "`, 1),
		"unknown field": strings.Replace(good, "text", "txet", 1), "odd want": strings.Replace(good, "deny", "allow", 1),
	} {
		if _, err := ReadMarked(strings.NewReader(wrong)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestSection(t *testing.T) {
	t.Parallel()
	got, err := Section("a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n", "x", "new\n\n")
	if err != nil || got != "a\n<!-- begin x -->\nnew\n<!-- end x -->\nb\n" {
		t.Errorf("%v %q", err, got)
	}
	for _, wrong := range []string{"", "<!-- begin x -->\n", "<!-- end x -->"} {
		if _, err := Section(wrong, "x", "new"); err == nil {
			t.Errorf("%q has the section", wrong)
		}
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add("text,label\na,hateful\n")
	f.Add("functionality,test_case,label_gold\n\"x\"\"\",b,non-hateful\n")
	f.Fuzz(func(t *testing.T, data string) {
		cases, err := ReadTable(strings.NewReader(data), "en")
		if err != nil && len(cases) > 0 {
			t.Error("an error with cases")
		}
	})
}

func FuzzReadMarked(f *testing.F) {
	f.Add(`{"text":"a","marked":"miss","on":"2026-11-23","why":"w"}`)
	f.Add("{}\n[]")
	f.Fuzz(func(t *testing.T, data string) {
		marked, err := ReadMarked(strings.NewReader(data))
		if err != nil {
			return
		}
		for _, m := range marked {
			if m.check() != nil {
				t.Errorf("%+v", m)
			}
		}
	})
}
