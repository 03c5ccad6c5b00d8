package campaign

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"marquee/brands"
)

func demo(t testing.TB) File {
	t.Helper()
	f, err := brands.FS.Open("lumipine/campaigns/winter-lights.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := ReadFile(f)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestTheDemonstrationCampaignIsSound(t *testing.T) {
	t.Parallel()
	if list := demo(t).check(); len(list) > 0 {
		t.Errorf("%+v", list)
	}
}

func TestCheckFindsEachFault(t *testing.T) {
	t.Parallel()
	for path, spoil := range map[string]func(f *File){
		"slug":                       func(f *File) { f.Slug = "Winter Lights" },
		"locales[1]":                 func(f *File) { f.Locales[1] = "german" },
		"default_locale":             func(f *File) { f.DefaultLocale = "nl" },
		"name.de":                    func(f *File) { delete(f.Name, "de") },
		"summary.fr":                 func(f *File) { f.Summary["fr"] = strings.Repeat("x", 5000) },
		"hero_prompt":                func(f *File) { f.HeroPrompt = "" },
		"closes":                     func(f *File) { f.Closes = f.Opens },
		"experiences":                func(f *File) { f.Experiences = []string{"talk"} },
		"markets[0].code":            func(f *File) { f.Markets[0].Code = "Germany" },
		"markets[0].min_age":         func(f *File) { f.Markets[0].MinAge = 12 },
		"markets[0].locales[0]":      func(f *File) { f.Markets[0].Locales[0] = "nl" },
		"default_market":             func(f *File) { f.DefaultMarket = "XX" },
		"builder.subject":            func(f *File) { f.Builder.Subject = nil },
		"builder.scene[1].id":        func(f *File) { f.Builder.Scene[1].ID = f.Builder.Scene[0].ID },
		"builder.mood[0].label.ja":   func(f *File) { delete(f.Builder.Mood[0].Label, "ja") },
		"rules.es":                   func(f *File) { delete(f.Rules, "es") },
		"surprises.en[0]":            func(f *File) { f.Surprises["en"][0] = strings.Repeat("x", 401) },
		"terms.texts.de.imprint":     func(f *File) { x := f.Terms.Texts["de"]; x.Imprint = ""; f.Terms.Texts["de"] = x },
		"terms.version":              func(f *File) { f.Terms.Version = "" },
		"marks":                      func(f *File) { f.Marks = nil },
		"formats[0]":                 func(f *File) { f.Formats[0] = "round" },
		"consents[0].purpose":        func(f *File) { f.Consents[0].Purpose = "" },
		"limits.generations_per_day": func(f *File) { f.Limits.GenerationsPerDay = 0 },
		"limits.pictures":            func(f *File) { f.Limits.Pictures = -1 },
		"limits.votes_per_address":   func(f *File) { f.Limits.VotesPerAddress = 0 },
	} {
		f := demo(t)
		spoil(&f)
		list := f.check()
		found := false
		for _, x := range list {
			found = found || x.Path == path && x.Code != "" && x.Message != ""
		}
		if !found {
			t.Errorf("%s: found only %+v", path, list)
		}
	}
}

func TestReadFileIsStrict(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing": "", "no JSON": "slug: x", "an unknown field": `{"slugg":"x"}`, "two things": `{} {}`,
		"a wrong type": `{"slug":5}`, "far too long": `{"slug":"` + strings.Repeat("x", maxFile) + `"}`,
	} {
		if _, err := ReadFile(strings.NewReader(text)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestPhase(t *testing.T) {
	t.Parallel()
	opens := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	f := File{Opens: opens, Closes: opens.AddDate(0, 3, 0)}
	for _, c := range []struct {
		state State
		now   time.Time
		want  string
	}{
		{Draft, opens.Add(time.Hour), PhaseDraft},
		{Open, opens.Add(-time.Second), PhaseSoon},
		{Open, opens, PhaseOpen},
		{Open, f.Closes, PhaseClosed},
		{Closed, opens.Add(time.Hour), PhaseClosed},
	} {
		if got := (Record{State: c.state, File: f}).Phase(c.now); got != c.want {
			t.Errorf("%s at %s: %s, want %s", c.state, c.now, got, c.want)
		}
	}
}

func TestLocale(t *testing.T) {
	t.Parallel()
	f := File{Locales: []string{"en", "de"}, DefaultLocale: "en"}
	for want, asked := range map[string][]string{"de": {"fr", "de-AT"}, "en": {"fr", ""}} {
		if got := f.Locale(asked...); got != want {
			t.Errorf("%v: %s, want %s", asked, got, want)
		}
	}
}

func FuzzReadFile(f *testing.F) {
	data, err := json.Marshal(demo(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(`{"markets":[{}],"builder":{"subject":[{}]}}`)
	f.Fuzz(func(t *testing.T, s string) {
		if file, err := ReadFile(strings.NewReader(s)); err == nil {
			if len(file.check()) > 100 {
				t.Error("more faults than the bound")
			}
		}
	})
}
