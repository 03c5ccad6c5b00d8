package campaign

import (
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"

	"marquee/internal/fault"
)

var (
	slugPattern   = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$`)
	localePattern = regexp.MustCompile(`^[a-z]{2}(?:-[A-Z]{2})?$`)
	marketPattern = regexp.MustCompile(`^[A-Z]{2}$`)
	namePattern   = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)
)

// The bounds of a campaign's file.
const (
	maxText    = 4000
	maxChoices = 24
	maxMarkets = 250
	maxLocales = 40
)

// faults collects what is wrong with a file.
type faults struct{ list []fault.Field }

func (p *faults) add(path, code, message string, args ...any) {
	if len(p.list) < 100 {
		p.list = append(p.list, fault.Field{Path: path, Code: code, Message: fmt.Sprintf(message, args...)})
	}
}

// check says what is wrong with a file by itself, without its kit.
func (f File) check() []fault.Field {
	p := &faults{}
	if !slugPattern.MatchString(f.Slug) {
		p.add("slug", "slug_invalid", "A slug has 1 to 63 lower-case letters, digits and hyphens.")
	}
	f.checkLocales(p)
	for _, t := range []struct {
		path string
		text Text
	}{{"name", f.Name}, {"tagline", f.Tagline}, {"summary", f.Summary}, {"hero_alt", f.HeroAlt}} {
		f.text(p, t.path, t.text)
	}
	if f.HeroPrompt == "" || utf8.RuneCountInString(f.HeroPrompt) > 400 {
		p.add("hero_prompt", "text_missing", "Say what the hero picture shows, in at most 400 characters.")
	}
	if f.Opens.IsZero() || !f.Closes.After(f.Opens) {
		p.add("closes", "dates_invalid", "A campaign closes after it opens.")
	}
	if !slices.Equal(f.Experiences, []string{"create"}) {
		p.add("experiences", "experience_unknown", `The experience on offer is "create".`)
	}
	f.checkMarkets(p)
	for _, part := range []struct {
		name    string
		choices []Choice
	}{{"subject", f.Builder.Subject}, {"scene", f.Builder.Scene}, {"style", f.Builder.Style}, {"mood", f.Builder.Mood}} {
		f.checkChoices(p, "builder."+part.name, part.choices)
	}
	for _, l := range f.Locales {
		if n := len(f.Rules[l]); n < 1 || n > 10 {
			p.add("rules."+l, "text_missing", "Give 1 to 10 short rules in %s.", l)
		}
		if n := len(f.Surprises[l]); n < 1 || n > 50 {
			p.add("surprises."+l, "text_missing", "Give 1 to 50 surprise prompts in %s.", l)
		}
		for i, s := range f.Surprises[l] {
			if s == "" || utf8.RuneCountInString(s) > 400 {
				p.add(fmt.Sprintf("surprises.%s[%d]", l, i), "text_too_long", "A surprise prompt has 1 to 400 characters.")
			}
		}
		t, ok := f.Terms.Texts[l]
		for _, s := range []struct{ name, text string }{{"ownership", t.Ownership}, {"use", t.Use}, {"privacy", t.Privacy}, {"imprint", t.Imprint}, {"contact", t.Contact}} {
			if !ok || s.text == "" || utf8.RuneCountInString(s.text) > 4*maxText {
				p.add("terms.texts."+l+"."+s.name, "text_missing", "The terms in %s need this text.", l)
			}
		}
	}
	if f.Terms.Version == "" || len(f.Terms.Version) > 40 {
		p.add("terms.version", "text_missing", "Terms have a version, such as their date.")
	}
	if len(f.Marks) == 0 || len(f.Marks) > 12 {
		p.add("marks", "marks_missing", "Offer 1 to 12 marks of the kit.")
	}
	if len(f.Formats) == 0 {
		p.add("formats", "format_not_offered", "Offer at least one format.")
	}
	for i, s := range f.Formats {
		if _, ok := Sizes[s]; !ok || slices.Contains(f.Formats[:i], s) {
			p.add(fmt.Sprintf("formats[%d]", i), "format_not_offered", "Formats are square, portrait and landscape, each once.")
		}
	}
	for i, c := range f.Consents {
		path := fmt.Sprintf("consents[%d]", i)
		if !namePattern.MatchString(c.Purpose) {
			p.add(path+".purpose", "name_invalid", "A purpose is a short lower-case name.")
		}
		f.text(p, path+".text", c.Text)
	}
	l := f.Limits
	if l.GenerationsPerDay < 1 || l.GenerationsPerDay > 1000 {
		p.add("limits.generations_per_day", "limit_invalid", "From 1 to 1000.")
	}
	if l.Pictures < 0 || l.Pictures > 1e9 {
		p.add("limits.pictures", "limit_invalid", "From 0 to 1,000,000,000.")
	}
	f.checkRoutes(p)
	if l.VotesPerAddress < 1 || l.VotesPerAddress > 100_000 {
		p.add("limits.votes_per_address", "limit_invalid", "From 1 to 100,000.")
	}
	return p.list
}

func (f File) checkLocales(p *faults) {
	if len(f.Locales) == 0 || len(f.Locales) > maxLocales {
		p.add("locales", "locale_invalid", "Name 1 to %d languages.", maxLocales)
	}
	for i, l := range f.Locales {
		if !localePattern.MatchString(l) || slices.Contains(f.Locales[:i], l) {
			p.add(fmt.Sprintf("locales[%d]", i), "locale_invalid", `A language is a code such as "de", each once.`)
		}
	}
	if !slices.Contains(f.Locales, f.DefaultLocale) {
		p.add("default_locale", "locale_invalid", "The default language must be one of the campaign's.")
	}
}

func (f File) checkMarkets(p *faults) {
	if len(f.Markets) == 0 || len(f.Markets) > maxMarkets {
		p.add("markets", "market_unknown", "Name 1 to %d markets.", maxMarkets)
	}
	seen := map[string]bool{}
	for i, m := range f.Markets {
		path := fmt.Sprintf("markets[%d]", i)
		if !marketPattern.MatchString(m.Code) || seen[m.Code] {
			p.add(path+".code", "market_unknown", `A market is a country code such as "DE", each once.`)
		}
		seen[m.Code] = true
		if m.MinAge < 13 || m.MinAge > 21 {
			p.add(path+".min_age", "limit_invalid", "The age limit is from 13 to 21: without a parent's verified consent nobody under 13 takes part.")
		}
		f.text(p, path+".name", m.Name)
		for j, l := range m.Locales {
			if !slices.Contains(f.Locales, l) {
				p.add(fmt.Sprintf("%s.locales[%d]", path, j), "locale_invalid", "The campaign does not speak %q.", l)
			}
		}
	}
	if !seen[f.DefaultMarket] {
		p.add("default_market", "market_unknown", "The default market must be one of the campaign's.")
	}
}

func (f File) checkChoices(p *faults, path string, choices []Choice) {
	if len(choices) < 2 || len(choices) > maxChoices {
		p.add(path, "choices_invalid", "Offer 2 to %d pictures to tap.", maxChoices)
	}
	seen := map[string]bool{}
	for i, c := range choices {
		at := fmt.Sprintf("%s[%d]", path, i)
		if !namePattern.MatchString(c.ID) || seen[c.ID] {
			p.add(at+".id", "name_invalid", "An id is a short lower-case name, each once.")
		}
		seen[c.ID] = true
		f.text(p, at+".label", c.Label)
		f.text(p, at+".prompt", c.Prompt)
		f.text(p, at+".alt", c.Alt)
	}
}

// text wants a text in every language of the campaign.
func (f File) text(p *faults, path string, t Text) {
	for _, l := range f.Locales {
		if n := utf8.RuneCountInString(t[l]); n == 0 {
			p.add(path+"."+l, "text_missing", "This text is missing in %s.", l)
		} else if n > maxText {
			p.add(path+"."+l, "text_too_long", "At most %d characters.", maxText)
		}
	}
}
