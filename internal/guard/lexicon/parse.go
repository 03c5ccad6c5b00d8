// Package lexicon finds words, phrases and constructs in folded texts, by lists
// and rules that are kept as data, one file a detector and language.
//
// A file has one statement a line; a line that begins with white space goes on
// with the one before it, and # begins a remark:
//
//	stop: the, and, of              words that tell the language
//	ok: cocktail*, peacock          harmless words that a list would else find
//	@group: gays, black people      a class, for rules
//	profanity: fuck*, piece of shit a list: the kind that its words are found as
//	insult 0.6: fool                a list with a score, 0 to 1, otherwise 1
//	!slur: …                        a list that counts in every language's text
//	hate 0.9 = @loathe ..2 @group   a rule: words in a row
//	violence! = i ..2 kill you      a rule that a negation does not undo
//
// A word that ends in * stands for all words that begin so. A word after =
// counts only with exactly its accents ("=röv"). In rules, @name is a class, a
// word may have alternatives ("man|men"), ? after an element makes it optional,
// ..3 is a gap of at most three words, ^ and $ are the ends of a sentence,
// and after // the rule goes on in the next sentence. What begins with ! must
// not stand there, nor within the gap before it. An item of a class may
// itself begin with classes of the file ("@group: @adjective people"): it then
// stands for every combination of their items.
// The classes @neg (words before which a rule does not count), @but (words
// that end what a negation reaches) and @counter (words of those who report or
// condemn what they quote) have a meaning of their own; where one of @counter
// stands, a rule that scores less than 0.8 does not count.
package lexicon

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"marquee/internal/guard/fold"
)

// statement is one parsed line.
type statement struct {
	class  string // "@group", "stop", "ok"; "" for lists and rules
	kind   string
	score  float64
	anyway bool // a list that counts everywhere, a rule that negation spares
	items  []string
	rule   []string
	line   int
}

const (
	maxItemWords = 8
	maxElements  = 16
	maxGap       = 8
	maxWays      = 2048 // in which one rule may fit from one word on
	maxProduct   = 1 << 14
)

// parse reads a data file.
func parse(data string) ([]statement, error) {
	var out []statement
	var lines []string
	var numbers []int
	for n, line := range strings.Split(data, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if line[0] == ' ' || line[0] == '\t' {
			if len(lines) == 0 {
				return nil, fmt.Errorf("line %d goes on with nothing", n+1)
			}
			lines[len(lines)-1] += " " + strings.TrimSpace(line)
			continue
		}
		lines, numbers = append(lines, strings.TrimSpace(line)), append(numbers, n+1)
	}
	for i, line := range lines {
		s, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", numbers[i], err)
		}
		s.line = numbers[i]
		out = append(out, s)
	}
	return out, nil
}

func parseLine(line string) (statement, error) {
	at := strings.IndexAny(line, ":=")
	if at < 0 {
		return statement{}, fmt.Errorf("neither a list (:) nor a rule (=)")
	}
	head, rest := strings.Fields(line[:at]), strings.TrimSpace(line[at+1:])
	if len(head) == 0 || len(head) > 2 || rest == "" {
		return statement{}, fmt.Errorf("a name, perhaps a score, and something after it are needed")
	}
	s := statement{score: 1}
	if len(head) == 2 {
		v, err := strconv.ParseFloat(head[1], 64)
		if err != nil || !(v > 0 && v <= 1) {
			return s, fmt.Errorf("%q is no score between 0 and 1", head[1])
		}
		s.score = v
	}
	name := head[0]
	if line[at] == '=' {
		s.kind, s.anyway = strings.CutSuffix(name, "!")
		s.rule = strings.Fields(rest)
		if len(s.rule) > maxElements {
			return s, fmt.Errorf("a rule of more than %d elements", maxElements)
		}
		return s, nil
	}
	if name == "stop" || name == "ok" || name[0] == '@' {
		s.class = name
	} else {
		s.kind, s.anyway = strings.CutPrefix(name, "!")
	}
	for _, item := range strings.Split(rest, ",") {
		if item = strings.TrimSpace(item); item != "" {
			s.items = append(s.items, item)
		}
	}
	return s, nil
}

// word is one word of an item: what is looked up, and how.
type word struct {
	text  string
	stem  bool
	exact string // with its accents, "" if any will do
}

// wordsOf folds an item and cuts it into words as texts are cut.
func wordsOf(item string) ([]word, error) {
	var out []word
	for _, w := range strings.Fields(item) {
		w, stem := strings.CutSuffix(w, "*")
		w, exact := strings.CutPrefix(w, "=")
		if strings.ContainsAny(w, "*=") {
			return nil, fmt.Errorf("%q: * stands at a word's end, = at its beginning", item)
		}
		toks := tokens(fold.Fold(w).Plain, nil)
		for i, t := range toks {
			x := word{text: t.text, stem: stem && i == len(toks)-1}
			if exact {
				x.exact = strings.ToLower(w)
			}
			out = append(out, x)
		}
	}
	if len(out) == 0 || len(out) > maxItemWords {
		return nil, fmt.Errorf("%q has %d words", item, len(out))
	}
	if out[0].stem && utf8.RuneCountInString(out[0].text) < 2 && out[0].text[0] < 0x80 {
		return nil, fmt.Errorf("%q is too short to stand for all words that begin so", item)
	}
	return out, nil
}
