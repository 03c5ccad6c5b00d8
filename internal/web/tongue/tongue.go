// Package tongue finds the language to speak with somebody, and the sentence
// for a code in it.
package tongue

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// maxHeader bounds the language header that is read, in bytes.
const maxHeader = 512

// Choose gives the one of the offered locales that suits the wishes best:
// each wish is a locale or a whole Accept-Language header, the most important
// first. With no match it is the first one offered, which must exist.
func Choose(offered []string, wishes ...string) string {
	for _, wish := range wishes {
		if wish == "" || len(wish) > maxHeader {
			continue
		}
		if slices.Contains(offered, wish) {
			return wish
		}
		wanted, _, err := language.ParseAcceptLanguage(wish)
		if err != nil || len(wanted) == 0 {
			continue
		}
		if _, i, confidence := matcherOf(offered).Match(wanted...); confidence >= language.Low {
			return offered[i]
		}
	}
	return offered[0]
}

// maxMatchers bounds the kept matchers; there is one for each list of locales
// that is offered somewhere, so about one for each campaign.
const maxMatchers = 256

var matchers struct {
	mu   sync.RWMutex
	list map[string]language.Matcher
}

// matcherOf gives the matcher of a list of locales. Making one takes longer
// than most requests, so they are kept.
func matcherOf(offered []string) language.Matcher {
	key := strings.Join(offered, "\x00")
	matchers.mu.RLock()
	m := matchers.list[key]
	matchers.mu.RUnlock()
	if m != nil {
		return m
	}
	tags := make([]language.Tag, len(offered))
	for i, o := range offered {
		tags[i] = language.Make(o)
	}
	m = language.NewMatcher(tags)
	matchers.mu.Lock()
	defer matchers.mu.Unlock()
	if matchers.list == nil || len(matchers.list) >= maxMatchers {
		matchers.list = map[string]language.Matcher{}
	}
	matchers.list[key] = m
	return m
}

// Direction gives "rtl" for locales written from right to left, else "ltr".
func Direction(locale string) string {
	script, _ := language.Make(locale).Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm":
		return "rtl"
	}
	return "ltr"
}

// Catalog holds sentences by locale and code.
type Catalog struct {
	locales   []string
	sentences map[string]map[string]string
}

// Read reads the catalog <folder>/<locale>.json of every locale there is.
// English comes first: it is the one without which nothing works.
func Read(files fs.FS, folder string) (*Catalog, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	c := &Catalog{sentences: map[string]map[string]string{}}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var sentences map[string]string
		if err := json.Unmarshal(data, &sentences); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		locale := strings.TrimSuffix(path.Base(name), ".json")
		c.sentences[locale] = sentences
		c.locales = append(c.locales, locale)
	}
	if c.sentences["en"] == nil {
		return nil, fmt.Errorf("%s: there is no en.json", folder)
	}
	slices.SortFunc(c.locales, func(a, b string) int {
		if a == "en" || b == "en" {
			return map[bool]int{true: -1, false: 1}[a == "en"]
		}
		return strings.Compare(a, b)
	})
	return c, nil
}

// Locales lists the locales of the catalog, English first.
func (c *Catalog) Locales() []string { return c.locales }

// Codes gives all sentences of a locale by code; nil for an unknown locale.
func (c *Catalog) Codes(locale string) map[string]string { return c.sentences[locale] }

// Say gives the sentence for a code in a locale with its places filled, or ""
// if there is none or a place has no value: a sentence with a hole in it is
// worse than the same one in English.
func (c *Catalog) Say(locale, code string, args map[string]any) string {
	sentence, ok := c.sentences[locale][code]
	if !ok {
		return ""
	}
	return Fill(sentence, args)
}

// Fill puts values into the {places} of a sentence; "" if one is missing.
func Fill(sentence string, args map[string]any) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, ok := strings.Cut(rest, "}")
		value, known := args[name]
		if !ok || !known {
			return ""
		}
		fmt.Fprint(&b, value)
		sentence = after
	}
}
