package api

import (
	"testing"

	"marquee/internal/create"
	"marquee/internal/policy"
)

// What a model had a part in is labelled in the viewer's language, whatever the
// laws of the market say; what the painter made is not.
func TestLabelBesideAWork(t *testing.T) {
	t.Parallel()
	burned := []policy.Duty{{Do: "label", With: map[string]string{"text": "by-source", "burned_in": "true"}}}
	for _, c := range []struct {
		source, locale string
		duties         []policy.Duty
		want           *workLabel
	}{
		{create.SourcePainter, "en", burned, nil},
		{create.SourceModel, "en", nil, &workLabel{Icon: "ai-part", Text: "Partly made with AI", Lang: "en"}},
		{create.SourceModel, "ja", burned, &workLabel{Icon: "ai-part", Text: "一部AI生成", Lang: "ja", BurnedIn: true}},
		{"trainedAlgorithmicMedia", "de", nil, &workLabel{Icon: "ai", Text: "KI-generiert", Lang: "de"}},
	} {
		got, err := labelOf(c.source, c.duties, c.locale)
		if err != nil || (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%s in %s: %+v, %v", c.source, c.locale, got, err)
		}
	}
}
