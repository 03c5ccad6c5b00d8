package campaign

import (
	"maps"
	"slices"
	"strings"

	"marquee/internal/guard"
)

// Reading adds to where a text comes from what the campaign has settled.
func (f *File) Reading(c guard.Context) guard.Context {
	c.OwnNames = append(append([]string{f.Kit}, f.Guarding.OwnNames...), c.OwnNames...)
	for _, l := range slices.Sorted(maps.Keys(f.Name)) {
		c.OwnNames = append(c.OwnNames, f.Name[l])
	}
	c.Competitors = append(slices.Clone(f.Guarding.Competitors), c.Competitors...)
	c.Claims = append(slices.Clone(f.Guarding.Claims), c.Claims...)
	c.Allow = append(slices.Clone(f.Guarding.Cleared), c.Allow...)
	if c.Topics == nil {
		c.Topics = f.Guarding.Topics
	}
	return c
}

// Offers tells whether a prompt is made of nothing but what the campaign itself
// offers in a locale: the builder's choices, or a surprise. Staff wrote it, so
// it is nobody's free text.
func (f *File) Offers(prompt, locale string) bool {
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	rest := plain(prompt)
	for _, surprise := range f.Surprises[locale] {
		if plain(surprise) == rest {
			return true
		}
	}
	var words []string
	for _, choices := range [][]Choice{f.Builder.Subject, f.Builder.Scene, f.Builder.Style, f.Builder.Mood} {
		for _, c := range choices {
			if w := plain(c.Prompt.Get(locale, f.DefaultLocale)); w != "" {
				words = append(words, w)
			}
		}
	}
	// The longest first: one choice may hold another's words.
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		rest = strings.Replace(rest, w, "", 1)
	}
	return prompt != "" && strings.Trim(rest, " ,.;、，،") == ""
}
