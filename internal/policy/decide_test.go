package policy

import "testing"

func TestDecide(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		stage Stage
		kinds []string
		want  Outcome
		kind  string
	}{
		{"nothing found", Prompt, nil, Allow, ""},
		{"a slur is denied", Prompt, []string{"slur"}, Deny, "slur"},
		{"violence waits for a person", Prompt, []string{"violence"}, Hold, "violence"},
		{"the strictest wins", Title, []string{"violence", "profanity"}, Deny, "profanity"},
		{"a failed check never allows", Picture, []string{FailedKind}, Hold, FailedKind},
		{"an unknown kind never allows", Prompt, []string{"something new"}, Hold, "something new"},
		{"a report may hold an address", Report, []string{"personal_data"}, Allow, ""},
		{"a name may not", Name, []string{"personal_data"}, Deny, "personal_data"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var fs []Finding
			for _, k := range c.kinds {
				fs = append(fs, Finding{Kind: k, Score: 1})
			}
			v := Decide(c.stage, fs)
			if v.Outcome != c.want || v.Kind() != c.kind {
				t.Errorf("got %s because of %q, want %s because of %q", v.Outcome, v.Kind(), c.want, c.kind)
			}
			if c.want != Allow && len(v.Reasons) == 0 {
				t.Error("a verdict that does not allow must say why")
			}
		})
	}
}

func TestStrictest(t *testing.T) {
	t.Parallel()
	v := Strictest(Decide(Title, nil), Decide(Name, []Finding{{Kind: "url", Score: 1}}))
	if v.Outcome != Deny || len(v.Findings) != 1 {
		t.Errorf("got %+v", v)
	}
}
