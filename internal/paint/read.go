package paint

import (
	"slices"
	"strings"
)

// limits of a cast: more than these would crowd the picture.
const (
	maxActors = 4
	maxCount  = 9
)

// longestPhrase is how many words a form may have.
const longestPhrase = 5

// read understands a prompt. Words it has no picture for come back as missed.
func read(prompt string) (sc scene, understood, missed []string) {
	text, rest := prompt, ""
	if n := 0; len(prompt) > MaxPrompt {
		for at := range prompt {
			if n == MaxPrompt {
				text, rest = prompt[:at], strings.TrimSpace(prompt[at:])
				break
			}
			n++
		}
	}
	tokens := split(text)
	t := tonguesOf(tokens)
	found := t.read(tokens)
	var unknown []token
	for _, f := range found {
		if f.lexicon == nil {
			unknown = append(unknown, f.tokens...)
		}
	}
	if len(unknown) > 0 && t.addSecond(unknown) {
		found = t.read(tokens)
	}
	a := assembler{scene: &sc}
	for _, f := range found {
		a.take(f)
	}
	a.end()
	if rest != "" {
		a.missed = append(a.missed, clip(rest, 80))
	}
	return sc, a.understood, a.missed
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// found is a meaning with the words that it was found in. What nobody knows
// has no lexicon.
type found struct {
	*lexicon
	meaning
	raw    string
	tokens []token
	// clause marks that a comma or the like came before it.
	clause bool
}

// read finds the meanings of tokens, in order.
func (t tongues) read(tokens []token) []found {
	var out []found
	for i := 0; i < len(tokens); {
		tok := tokens[i]
		main := t.of(tok)
		if tok.script.spaceless() && main != nil {
			for j, p := range main.cut(tok.key) {
				f := found{meaning: p.meaning, raw: p.raw(), clause: tok.clause && j == 0, tokens: tokens[i : i+1]}
				if p.known {
					f.lexicon = main
				}
				out = append(out, f)
			}
			i++
			continue
		}
		n, l, meanings := t.match(tokens[i:])
		if n > 0 && main != nil && main.Heads && meanings[0].kind == isSubject && l == main {
			n, l, meanings = t.headed(out, tokens[i:], n, l, meanings)
		}
		raw := join(tokens[i : i+max(n, 1)])
		if len(meanings) == 0 {
			out = append(out, found{raw: raw, clause: tok.clause, tokens: tokens[i : i+max(n, 1)]})
		}
		for j, m := range meanings {
			out = append(out, found{lexicon: l, meaning: m, raw: raw, clause: tok.clause && j == 0, tokens: tokens[i : i+n]})
		}
		i += max(n, 1)
	}
	return out
}

// match finds the longest phrase at the start of tokens: as it stands, then
// bent, then in the second language, then misspelt. n is 0 for a word that
// nobody knows.
func (t tongues) match(tokens []token) (n int, l *lexicon, m []meaning) {
	tok := tokens[0]
	main, second := t.of(tok), t.second[tok.script]
	if main == nil {
		main = &lexicon{}
	}
	longest := library().longest(tokens)
	exact, as := 0, meaning{}
	for k := longest; k > 0 && exact == 0; k-- {
		if m, ok := main.knows(tokens[:k]); ok {
			exact, as = k, m
		}
	}
	// A longer phrase says more than a shorter one.
	if k, m := main.bentPhrase(tokens, max(2, exact+1)); k > 0 {
		return k, main, []meaning{m}
	}
	if exact > 0 {
		return exact, main, []meaning{as}
	}
	if digits(tok.key) == len(tok.key) {
		return 1, main, []meaning{numeral(tok.key)}
	}
	if m, ok := main.bent(tok.key); ok {
		return 1, main, []meaning{m}
	}
	if m := main.joined(tok.key); m != nil {
		return 1, main, m
	}
	if second != nil {
		for k := longest; k > 0; k-- {
			if m, ok := second.knows(tokens[:k]); ok && m.kind.pictured() && len([]rune(phrase(tokens[:k]))) >= shortestForeign {
				return k, second, []meaning{m}
			}
		}
	}
	if m, ok := main.near(tok.key); ok {
		return 1, main, []meaning{m}
	}
	// A word in foreign letters that another of the prompt's languages has
	// taken in: "SL" is a steam train in Japanese.
	for _, s := range scripts {
		if l := t.main[s.script]; l != nil {
			if m, ok := l.forms[tok.key]; ok {
				return 1, l, []meaning{m}
			}
		}
	}
	return 0, nil, nil
}

// of is the main language of a word's script; what has none, such as digits,
// belongs to the prompt's own.
func (t tongues) of(tok token) *lexicon {
	if tok.script != noScript {
		return t.main[tok.script]
	}
	var best *lexicon
	for _, l := range library().lexicons {
		if t.main[l.script] == l && (best == nil || best.language == "en") {
			best = l
		}
	}
	return best
}

// headed looks whether a thing is only said to tell what kind of another thing
// is meant, which nobody knows: a fire engine, a star chart. Then all of it is
// unknown. Who is alive acts rather than stands for a kind, so what follows an
// animal is taken for what it does, and so is what follows several things.
func (t tongues) headed(before []found, tokens []token, n int, l *lexicon, m []meaning) (int, *lexicon, []meaning) {
	if m[0].many || strings.HasSuffix(tokens[n-1].key, "s") || subjects[m[0].id].alive {
		return n, l, m
	}
	end := n
	for end < len(tokens) && !tokens[end].clause && tokens[end].script == tokens[0].script {
		key := tokens[end].key
		if k, _, _ := t.match(tokens[end:]); k > 0 || l.breaks[key] {
			break
		}
		if slices.ContainsFunc(l.Verbs, func(e string) bool { return strings.HasSuffix(key, e) }) {
			break
		}
		// "A lamp shines" says what it does, "lamp shades" what they are.
		article := len(before) > 0 && before[len(before)-1].lexicon == l && before[len(before)-1].kind == isIgnored
		if article && strings.HasSuffix(key, "s") && !strings.HasSuffix(key, "ss") {
			break
		}
		end++
	}
	if end == n {
		return n, l, m
	}
	return end, nil, nil
}

func join(tokens []token) string {
	raw := make([]string, len(tokens))
	for i, t := range tokens {
		raw[i] = t.raw
	}
	return strings.Join(raw, " ")
}

func clampInt(v, lo, hi int) int { return max(lo, min(hi, v)) }
