package policy

import (
	"slices"
	"testing"
)

func TestEveryBuiltinPackKeepsItsExamples(t *testing.T) {
	t.Parallel()
	packs, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packs {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			tried, err := p.Try()
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range tried {
				if c.Wrong != "" {
					t.Errorf("%s: %s", c.Case, c.Wrong)
				}
			}
			// A rule that no example makes fire is a rule that nobody has seen
			// work; the platform's are covered by the table of kinds.
			if p.Layer == Platform {
				return
			}
			for _, r := range p.Rules {
				if !slices.ContainsFunc(p.Cases, func(c Case) bool { return slices.Contains(c.Rules, r.ID) }) {
					t.Errorf("no example makes the rule %s fire", r.ID)
				}
			}
			if p.Source == nil {
				t.Error("a pack of duties must say where they come from")
			}
		})
	}
}

// TestThePlatformPackKeepsItsPromises is a second telling of what the platform
// does with each kind at each stage, written down apart from the pack.
func TestThePlatformPackKeepsItsPromises(t *testing.T) {
	t.Parallel()
	short := []Stage{Prompt, Turn, CanvasTxt, Title, Name}
	for kind, want := range map[string]map[Outcome][]Stage{
		"slur":               {Deny: Stages},
		"sexual":             {Deny: Stages},
		"minors":             {Deny: Stages},
		"hate":               {Deny: Stages},
		"profanity":          {Deny: {CanvasTxt, Title, Name, Answer, Picture, Upload}, Hold: {Prompt, Turn, Report, Publication}},
		"secret":             {Deny: Stages},
		"injection":          {Deny: Stages},
		"violence":           {Hold: Stages},
		"harassment":         {Hold: Stages},
		"self_harm":          {Hold: Stages},
		"toxic":              {Hold: Stages},
		FailedKind:           {Hold: Stages},
		ModeratorDownKind:    {Hold: Stages},
		"something new":      {Hold: Stages},
		"insult":             {Hold: short},
		"personal_data":      {Deny: append([]Stage{Answer, Picture}, short...)},
		"url":                {Deny: short, Hold: {Answer}},
		"impersonation":      {Deny: {Name}},
		"picture_unreadable": {Deny: {Picture, Upload}},
		"nsfw":               {Deny: {Picture, Upload}},
		"known_bad":          {Deny: {Picture, Upload}},
		"face":               {Hold: {Upload}},
		"text_in_picture":    {Hold: {Upload}},
		"text_unread":        {Hold: {Upload}},
		"competitor":         {Rewrite: {Prompt, Turn}, Deny: {CanvasTxt, Title, Name, Answer}, Hold: {Picture, Upload}},
		"third_party_mark":   {Rewrite: {Prompt, Turn}, Deny: {CanvasTxt, Title, Name, Answer}, Hold: {Picture, Upload}},
		"character":          {Rewrite: {Prompt, Turn}, Deny: {CanvasTxt, Title, Name, Answer}, Hold: {Picture, Upload}},
		"real_person":        {Hold: {Prompt, CanvasTxt, Title, Name, Answer, Upload}},
		"claim":              {Hold: {CanvasTxt, Title, Answer}},
		"off_topic":          {Hold: {Answer}},
		"uncovered_language": {Hold: append([]Stage{Answer}, short...)},
		"spam":               {Hold: {CanvasTxt, Title, Name}},
		"gibberish":          {Hold: {CanvasTxt, Title, Name}},
		"drugs":              {Hold: Stages},
		"politics":           {Hold: Stages},
		"religion":           {},
		"alcohol":            {},
	} {
		for _, stage := range Stages {
			expected := Allow
			for outcome, stages := range want {
				if slices.Contains(stages, stage) {
					expected = outcome
				}
			}
			packs := standard(t)
			v := packs.Decide(Input{Stage: stage, Findings: []Finding{{Kind: kind, Score: 1}}, Provenance: Provenance{Approved: true}})
			if v.Outcome != expected {
				t.Errorf("%s at %s gave %s, not %s", kind, stage, v.Outcome, expected)
			}
			if v.Outcome != Allow && v.Kind() != kind {
				t.Errorf("%s at %s is said to be because of %q", kind, stage, v.Kind())
			}
		}
	}
}

func standard(t testing.TB) *Packs {
	t.Helper()
	packs, err := Standard()
	if err != nil {
		t.Fatal(err)
	}
	return packs
}
