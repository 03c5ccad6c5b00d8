package lexicon

import (
	"fmt"
	"io/fs"
	"math/bits"
	"path"
	"slices"
	"strings"
)

// symbol is what a word can count as: member of a class or list of one
// detector's file in one language.
type symbol struct {
	lang     uint64 // the bit of its language; all bits for lists that count everywhere
	kind     string // "" for classes
	score    float64
	detector string
	role     role
	lang1    int // index of its language
}

type role uint8

const (
	plain role = iota
	ok
	stop
	neg
	but
	counter
)

// single is a word's being an item of its own; sequence its being the first of
// several.
type single struct {
	sym   int32
	exact string
}

type sequence struct {
	sym  int32
	rest []int32
}

// element is one element of a rule.
type element struct {
	syms     []int32
	optional bool
	gap      int // words that may stand before it
	first    bool
	last     bool
	next     bool // in the sentence after
	absent   bool // must not be there
}

type rule struct {
	symbol   int32 // for kind, score, detector and language
	elements []element
	anyway   bool
}

// Lexicon finds what its data files say.
type Lexicon struct {
	vocabulary *trie
	singles    [][]single
	sequences  [][]sequence
	symbols    []symbol
	rules      []rule
	begins     map[int32][]int32 // rules by the symbols of their first element
	languages  []string
	index      map[string]int
	masked     map[int][]maskedWord
	inline     map[string]int32 // the symbols of words that stand in rules, so that each is one for all rules
	versions   map[string]string
}

// Always is the name of files whose lists and rules count in every language.
const Always = "any"

// Compile reads data files named <detector>/<language>.txt. versions gives the
// name that a detector's findings carry, such as "words/2".
func Compile(files fs.FS, versions map[string]string) (*Lexicon, error) {
	l := &Lexicon{vocabulary: newTrie(), begins: map[int32][]int32{}, inline: map[string]int32{}, index: map[string]int{}, masked: map[int][]maskedWord{}, versions: versions}
	names, err := fs.Glob(files, "*/*.txt")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var ids int32
	classes := map[string][]int32{} // "en @group" to its symbols
	type later struct {
		statement
		file, lang, detector string
	}
	var rules []later
	for _, name := range names {
		detector, lang := path.Dir(name), strings.TrimSuffix(path.Base(name), ".txt")
		if versions[detector] == "" {
			return nil, fmt.Errorf("%s: no version for detector %q", name, detector)
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		statements, err := parse(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := l.language(lang); err != nil {
			return nil, err
		}
		if err := combine(statements); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, s := range statements {
			if s.rule != nil {
				rules = append(rules, later{s, name, lang, detector})
				continue
			}
			sym := l.symbol(s, detector, lang)
			if s.class != "" {
				key := lang + " " + s.class
				classes[key] = append(classes[key], sym)
			}
			for _, item := range s.items {
				if err := l.item(item, sym, &ids); err != nil {
					return nil, fmt.Errorf("%s line %d: %w", name, s.line, err)
				}
			}
		}
	}
	for _, r := range rules {
		if err := l.rule(r.statement, r.detector, r.lang, classes, &ids); err != nil {
			return nil, fmt.Errorf("%s line %d: %w", r.file, r.line, err)
		}
	}
	l.mask()
	return l, nil
}

func (l *Lexicon) language(lang string) error {
	if _, have := l.index[lang]; have {
		return nil
	}
	if len(l.languages) == bits.UintSize {
		return fmt.Errorf("more than %d languages", bits.UintSize)
	}
	l.index[lang] = len(l.languages)
	l.languages = append(l.languages, lang)
	return nil
}

func (l *Lexicon) symbol(s statement, detector, lang string) int32 {
	x := symbol{lang: 1 << l.index[lang], lang1: l.index[lang], kind: s.kind, score: s.score, detector: l.versions[detector]}
	if lang == Always || s.anyway && s.rule == nil {
		x.lang = ^uint64(0)
	}
	switch s.class {
	case "ok":
		x.role = ok
	case "stop":
		x.role = stop
	case "@neg":
		x.role = neg
	case "@but":
		x.role = but
	case "@counter":
		x.role = counter
	}
	l.symbols = append(l.symbols, x)
	return int32(len(l.symbols) - 1)
}

// item adds a word or phrase to a symbol.
func (l *Lexicon) item(item string, sym int32, ids *int32) error {
	ws, err := wordsOf(item)
	if err != nil {
		return err
	}
	var chain []int32
	for _, w := range ws {
		id := l.vocabulary.add(w.text, w.stem, ids)
		for int(id) >= len(l.singles) {
			l.singles, l.sequences = append(l.singles, nil), append(l.sequences, nil)
		}
		chain = append(chain, id)
	}
	if len(chain) == 1 {
		l.singles[chain[0]] = append(l.singles[chain[0]], single{sym, ws[0].exact})
		return nil
	}
	l.sequences[chain[0]] = append(l.sequences[chain[0]], sequence{sym, chain[1:]})
	return nil
}

// rule compiles a rule's elements.
func (l *Lexicon) rule(s statement, detector, lang string, classes map[string][]int32, ids *int32) error {
	r := rule{symbol: l.symbol(s, detector, lang), anyway: s.anyway}
	gap, first, next := 0, false, false
	for _, e := range s.rule {
		if n, isGap := strings.CutPrefix(e, ".."); isGap {
			if len(n) != 1 || n[0] < '1' || int(n[0]-'0') > maxGap {
				return fmt.Errorf("%q is no gap of 1 to %d words", e, maxGap)
			}
			gap = int(n[0] - '0')
			continue
		}
		switch e {
		case "^":
			first = true
			continue
		case "//":
			next = true
			continue
		case "$":
			if len(r.elements) == 0 {
				return fmt.Errorf("nothing before $")
			}
			r.elements[len(r.elements)-1].last = true
			continue
		}
		e, optional := strings.CutSuffix(e, "?")
		e, absent := strings.CutPrefix(e, "!")
		x := element{optional: optional, gap: gap, first: first, next: next, absent: absent}
		gap, first, next = 0, false, false
		var own []string
		for _, alt := range strings.Split(e, "|") {
			if alt == "" {
				return fmt.Errorf("%q has an empty alternative", e)
			}
			if alt[0] != '@' {
				own = append(own, strings.ReplaceAll(alt, "_", " "))
				continue
			}
			syms := append(slices.Clone(classes[lang+" "+alt]), classes[Always+" "+alt]...)
			if len(syms) == 0 {
				return fmt.Errorf("no class %s in %q", alt, lang)
			}
			x.syms = append(x.syms, syms...)
		}
		for _, w := range own {
			sym, have := l.inline[lang+" "+w]
			if !have {
				sym = l.symbol(statement{class: "@"}, detector, lang)
				if err := l.item(w, sym, ids); err != nil {
					return err
				}
				l.inline[lang+" "+w] = sym
			}
			x.syms = append(x.syms, sym)
		}
		r.elements = append(r.elements, x)
	}
	ways := 1
	for _, e := range r.elements {
		ways *= e.gap + 1
		if e.optional {
			ways *= 2
		}
		if ways > maxWays {
			return fmt.Errorf("gaps and optional elements that could be read in more than %d ways", maxWays)
		}
	}
	if len(r.elements) == 0 || r.elements[0].optional || r.elements[0].gap > 0 || r.elements[0].next || r.elements[0].absent {
		return fmt.Errorf("a rule begins with an element that must be there")
	}
	l.rules = append(l.rules, r)
	for _, sym := range r.elements[0].syms {
		l.begins[sym] = append(l.begins[sym], int32(len(l.rules)-1))
	}
	return nil
}
