package brand

import (
	"fmt"
	"slices"

	"marquee/internal/compose"
)

func (v *validator) rights() {
	for i, m := range v.kit.Marks {
		v.right(fmt.Sprintf("marks[%d].rights", i), m.Rights)
	}
	for i, f := range v.kit.Fonts {
		v.right(fmt.Sprintf("fonts[%d].rights", i), f.Rights)
	}
}

func (v *validator) right(path string, r *Rights) {
	if r == nil {
		return
	}
	if r.Owner == "" || !plain(r.Owner) {
		v.problems.add(path+".owner", "text_missing", "Say who holds the rights, in plain text.")
	}
	if r.Licence == "" || !plain(r.Licence) {
		v.problems.add(path+".licence", "licence_missing", "Say by what licence or contract it may be used, in plain text.")
	}
	if r.WithGenerated == nil {
		v.problems.add(path+".with_generated", "field_missing", "Say whether it may be shown with generated imagery: true or false.")
	}
	if !slices.Contains([]string{"", "list", "hide"}, r.AfterUntil) {
		v.problems.add(path+".after_until", "after_unknown", "What is done after the last day is list or hide.")
	}
	v.places(path, r.Territories, r.Channels, r.From, r.Until)
}

func (v *validator) voice() {
	k := v.kit
	if len(k.Voice.Tone) > 0 {
		v.localized("voice.tone", k.Voice.Tone)
	}
	v.wordLists("voice.use", k.Voice.Use)
	if len(k.Voice.Claims) > maxClaims {
		v.problems.add("voice.claims", "claims_too_many", "A kit has at most %d claims.", maxClaims)
		k.Voice.Claims = nil
	}
	seen := map[string]bool{}
	for i, c := range k.Voice.Claims {
		path := fmt.Sprintf("voice.claims[%d]", i)
		v.id(path, c.ID, seen)
		if len(c.Words) == 0 {
			v.problems.add(path+".words", "field_missing", "Name the words that make the claim.")
		}
		v.wordLists(path+".words", c.Words)
		v.smallPrint(path+".footnote", c.Footnote)
	}
	if len(k.Photo.Style) > 0 {
		v.localized("photo.style", k.Photo.Style)
	}
	if len(k.Photo.Avoid) > 0 {
		v.localized("photo.avoid", k.Photo.Avoid)
	}
}

func (v *validator) legal() {
	k := v.kit
	if len(k.LegalLines) > maxLegal {
		v.problems.add("legal", "legal_too_many", "A kit has at most %d legal lines.", maxLegal)
		k.LegalLines = nil
	}
	seen := map[string]bool{}
	for i, l := range k.LegalLines {
		path := fmt.Sprintf("legal[%d]", i)
		v.id(path, l.ID, seen)
		v.places(path, l.Markets, nil, "", "")
		v.smallPrint(path+".text", l.Text)
	}
}

// smallPrint holds a line to what can be set on a square canvas at the kit's
// smallest size: one that can't would make every composition unlawful.
func (v *validator) smallPrint(path string, by map[string]string) {
	if len(by) == 0 {
		v.problems.add(path, "text_missing", "Write the line in at least one locale.")
	}
	stack := v.kit.stacks[v.kit.Text.Stack]
	for _, l := range sortedKeys(by) {
		at, s := shorten(path+"."+l), by[l]
		if !localeShape.MatchString(l) {
			v.problems.add(at, "locale_invalid", "%.20q is not a locale: use names like en or pt-BR.", l)
		}
		if s == "" || !plain(s) || len([]rune(s)) > compose.MaxText || s != compose.CleanText(s) {
			v.problems.add(at, "text_invalid", "The line should be plain text of at most %d characters, without blanks at its ends.", compose.MaxText)
			continue
		}
		if stack == nil {
			continue // told where the stack is missing
		}
		line := v.kit.line(s, 1)
		switch {
		case line.unset:
			v.problems.add(at, "text_glyphs", "The kit's fonts for text do not have all of these characters.")
		case line.least > 1-margin:
			v.problems.add(at, "text_too_long", "At the smallest size that the kit allows, it is wider than a square picture. Shorten it by a %dth.", int(1/(1-(1-margin)/line.least))+1)
		}
	}
}
