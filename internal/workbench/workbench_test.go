package workbench_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/guard/corpus"
	"marquee/internal/guard/standard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/workbench"
)

// shelf keeps what a database would, and is its own unit.
type shelf struct {
	runs   []workbench.Run
	marks  []workbench.Mark
	ledger []ledger.Row
}

func (s *shelf) Do(ctx context.Context, f func(context.Context) error) error { return f(ctx) }
func (s *shelf) InsertGuardRun(_ context.Context, r workbench.Run) error {
	s.runs = append([]workbench.Run{r}, s.runs...)
	return nil
}
func (s *shelf) GuardRuns(_ context.Context, limit int) ([]workbench.Run, error) {
	return s.runs[:min(limit, len(s.runs))], nil
}
func (s *shelf) GuardRun(_ context.Context, id string) (workbench.Run, error) {
	for _, r := range s.runs {
		if r.ID == id {
			return r, nil
		}
	}
	return workbench.Run{}, fault.New(fault.NotFound, "not_found", "no such run")
}
func (s *shelf) DeleteGuardRun(_ context.Context, id string) (bool, error) {
	before := len(s.runs)
	s.runs = slices.DeleteFunc(s.runs, func(r workbench.Run) bool { return r.ID == id })
	return len(s.runs) < before, nil
}
func (s *shelf) InsertGuardMark(_ context.Context, m workbench.Mark) error {
	s.marks = append([]workbench.Mark{m}, s.marks...)
	return nil
}
func (s *shelf) GuardMarks(_ context.Context, limit int) ([]workbench.Mark, error) {
	return s.marks[:min(limit, len(s.marks))], nil
}
func (s *shelf) CountGuardMarks(context.Context) (int, error) { return len(s.marks), nil }
func (s *shelf) DeleteGuardMark(_ context.Context, id string) (bool, error) {
	before := len(s.marks)
	s.marks = slices.DeleteFunc(s.marks, func(m workbench.Mark) bool { return m.ID == id })
	return len(s.marks) < before, nil
}
func (s *shelf) AppendLedger(_ context.Context, row ledger.Row, _ *ledger.Salt) error {
	s.ledger = append(s.ledger, row)
	return nil
}
func (s *shelf) LedgerRows(context.Context, int64, int) ([]ledger.Row, error) { return s.ledger, nil }
func (s *shelf) LedgerSalt(context.Context, string) (ledger.Salt, error)      { return ledger.Salt{}, nil }
func (s *shelf) EraseLedgerSalts(context.Context, string) error               { return nil }

// rules are the packs that come with Marquee.
type rules struct{}

func (rules) Consider(_ context.Context, in policy.Input) policy.Verdict {
	packs, err := policy.Standard()
	if err != nil {
		return policy.Held(in.Findings, err.Error())
	}
	return packs.Decide(in)
}

func (rules) Soften(context.Context, string, string, policy.Verdict) (string, bool) {
	return "softer", true
}

var watch = sync.OnceValues(func() (workbench.Deps, error) {
	g, err := standard.New()
	return workbench.Deps{Guard: g, Rules: rules{}, Program: "test"}, err
})

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func bench(t *testing.T) (*workbench.Service, *shelf) {
	t.Helper()
	d, err := watch()
	if err != nil {
		t.Fatal(err)
	}
	s := &shelf{}
	d.Store, d.Unit, d.Now = s, s, func() time.Time { return noon }
	d.Ledger = ledger.New(s, d.Now)
	return workbench.New(d), s
}

var ada = workbench.By{ID: "ada", Role: "reviewer"}

func TestATextIsTriedAsACampaignsWouldBe(t *testing.T) {
	t.Parallel()
	s, _ := bench(t)
	for name, c := range map[string]struct {
		trial workbench.Trial
		want  policy.Outcome
		kind  string
	}{
		"harmless":       {workbench.Trial{Text: "a fox in the snow", Locale: "en"}, policy.Allow, ""},
		"a town":         {workbench.Trial{Text: "Scunthorpe in winter", Locale: "en"}, policy.Allow, ""},
		"an address":     {workbench.Trial{Text: "write to anna@example.com", Locale: "en"}, policy.Deny, "personal_data"},
		"no list for it": {workbench.Trial{Text: "Lapin talvi on kaunis", Locale: "is"}, policy.Hold, "uncovered_language"},
	} {
		got := s.Try(t.Context(), c.trial)
		if got.Verdict.Outcome != c.want || c.kind != "" && !slices.ContainsFunc(got.Verdict.Findings, func(f policy.Finding) bool { return f.Kind == c.kind }) {
			t.Errorf("%s: %s %v", name, got.Verdict.Outcome, got.Verdict.Findings)
		}
		if len(got.Timings) < 4 || got.Took <= 0 || got.Version.Name == "" {
			t.Errorf("%s: %d timings in %s by %q", name, len(got.Timings), got.Took, got.Version.Name)
		}
		var sum time.Duration
		for _, d := range got.Timings {
			sum += d.Took
		}
		if sum > got.Took {
			t.Errorf("%s: the detectors took %s of %s", name, sum, got.Took)
		}
	}
	if got := s.Try(t.Context(), workbench.Trial{Text: "der Fuchs und die Katze schlafen im Schnee"}); !got.Guessed || got.Locale != "de" {
		t.Errorf("the language was guessed as %q (%v)", got.Locale, got.Guessed)
	}
}

func TestAPictureIsTried(t *testing.T) {
	t.Parallel()
	s, _ := bench(t)
	flat := image.NewRGBA(image.Rect(0, 0, 64, 64))
	got := s.TryPicture(t.Context(), flat, "")
	if got.Verdict.Outcome == policy.Allow || len(got.Timings) == 0 {
		t.Errorf("a flat picture: %s, %d timings", got.Verdict.Outcome, len(got.Timings))
	}
	for i := range 64 {
		flat.Set(i, i, color.White)
	}
	if got := s.TryPicture(t.Context(), flat, ""); got.Verdict.Outcome != policy.Allow {
		t.Errorf("a picture with something on it: %s", got.Verdict.Outcome)
	}
}

func TestARunIsKeptAndCompared(t *testing.T) {
	t.Parallel()
	s, kept := bench(t)
	table := "text,label,function\n\"a fox in the snow\",harmless,kind\n\"you are a stupid bitch\",hateful,insult\n\"what a lovely day\",hateful,mistaken\n"
	first, err := s.Run(t.Context(), ada, "english.csv", "en", []byte(table))
	if err != nil {
		t.Fatal(err)
	}
	total := first.Result.Total
	if total.Harmful.Texts != 2 || total.Harmful.Stopped != 1 || total.Harmless.Texts != 1 || total.Harmless.Stopped != 0 {
		t.Errorf("counted %+v", total)
	}
	if len(first.Result.Misses) != 1 || first.Result.Misses[0].Text != "what a lovely day" {
		t.Errorf("the misses are %v", first.Result.Misses)
	}
	if first.By != "ada" || !first.At.Equal(noon) || first.Version.Name == "" {
		t.Errorf("by %q at %s with %q", first.By, first.At, first.Version.Name)
	}
	again, err := s.Run(t.Context(), ada, "english.csv", "en", []byte(table))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, moved, err := s.Compare(t.Context(), first.ID, again.ID); err != nil || len(moved) != 0 {
		t.Errorf("the same corpus moved: %v %v", moved, err)
	}
	earlier := `{"total":{"harmful":{"texts":2,"stopped":2},"harmless":{"texts":1}},"languages":[{"locale":"en","harmful":{"texts":2,"stopped":2},"harmless":{"texts":1}}]}`
	old, err := s.Run(t.Context(), ada, "before.json", "", []byte(earlier))
	if err != nil || old.Version.Name != "" {
		t.Fatalf("an earlier result: %q %v", old.Version.Name, err)
	}
	_, _, moved, err := s.Compare(t.Context(), old.ID, again.ID)
	if err != nil || len(moved) == 0 || moved[0] != (corpus.Change{Of: "all", Recall: -0.5, Precision: 0}) {
		t.Errorf("moved %+v %v", moved, err)
	}
	if err := s.Remove(t.Context(), ada, old.ID); err != nil {
		t.Error(err)
	}
	if err := s.Remove(t.Context(), ada, old.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("removing it twice: %v", err)
	}
	if n := len(kept.ledger); n != 4 {
		t.Errorf("the ledger has %d rows", n)
	}
}

func TestWhatIsNoCorpus(t *testing.T) {
	t.Parallel()
	s, kept := bench(t)
	for name, c := range map[string]struct{ file, data, code string }{
		"no columns": {"a.csv", "one,two\n1,2\n", "corpus_unreadable"},
		"no texts":   {"a.txt", "# nothing\n\n", "corpus_unreadable"},
		"a picture":  {"a.txt", "\x89PNG\r\n\x1a\n\x00\x00", "corpus_unreadable"},
		"no result":  {"a.json", `{"anything":1}`, "corpus_unreadable"},
		"no JSON":    {"a.json", `text`, "corpus_unreadable"},
		"too much":   {"a.txt", strings.Repeat("a fox\n", workbench.MostTexts+1), "corpus_too_large"},
	} {
		if _, err := s.Run(t.Context(), ada, c.file, "", []byte(c.data)); !fault.HasCode(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(kept.runs) != 0 {
		t.Errorf("%d runs were kept", len(kept.runs))
	}
}

func TestMistakesAreMarkedAndBecomeCases(t *testing.T) {
	t.Parallel()
	s, kept := bench(t)
	for name, c := range map[string]struct {
		slip workbench.Slip
		code string
	}{
		"no mistake":       {workbench.Slip{Text: "a fox in the snow", Locale: "en", Marked: corpus.FalseAlarm, Why: "kind"}, "mark_no_mistake"},
		"stopped already":  {workbench.Slip{Text: "you are a stupid bitch", Locale: "en", Marked: corpus.Miss, Why: "rude"}, "mark_no_mistake"},
		"personal data":    {workbench.Slip{Text: "anna@example.com", Locale: "en", Marked: corpus.FalseAlarm, Why: "an example"}, "mark_personal"},
		"without a reason": {workbench.Slip{Text: "a fox", Locale: "en", Marked: corpus.Miss, Why: "  "}, "mark_incomplete"},
		"neither":          {workbench.Slip{Text: "a fox", Locale: "en", Marked: "x", Why: "y"}, "mark_incomplete"},
		"an odd wish":      {workbench.Slip{Text: "a fox", Locale: "en", Marked: corpus.Miss, Want: policy.Allow, Why: "y"}, "mark_incomplete"},
	} {
		if _, err := s.Mark(t.Context(), ada, c.slip); !fault.HasCode(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, slip := range []workbench.Slip{
		{Text: "a fox <3 in the snow", Locale: "en", Marked: corpus.Miss, Want: policy.Deny, Why: "For the test."},
		{Text: "you are a stupid bitch", Locale: "en", Marked: corpus.FalseAlarm, Why: "For the test."},
		{Text: "anna@example.com", Locale: "en", Marked: corpus.FalseAlarm, Why: "An example.", Nobodys: true},
	} {
		if m, err := s.Mark(t.Context(), ada, slip); err != nil || m.Version.Name == "" || m.On != "2026-12-01" {
			t.Errorf("%q: %+v %v", slip.Text, m, err)
		}
	}
	list, err := s.Marks(t.Context())
	if err != nil || len(list) != 3 || list[2].Now != policy.Allow || list[2].Right {
		t.Fatalf("listed %+v %v", list, err)
	}
	var file bytes.Buffer
	if err := s.Export(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	cases, err := corpus.ReadMarked(&file)
	if err != nil || len(cases) != 3 || cases[0].Text != "a fox <3 in the snow" || cases[0].Want != policy.Deny {
		t.Errorf("the export reads as %+v %v", cases, err)
	}
	if err := s.Unmark(t.Context(), ada, list[0].ID); err != nil || len(kept.marks) != 2 {
		t.Errorf("unmarking: %v, %d left", err, len(kept.marks))
	}
	if err := s.Unmark(t.Context(), ada, list[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("unmarking twice: %v", err)
	}
}
