package paint

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// token is a piece of the prompt: as it was written, and folded.
type token struct {
	raw, key string
	// clause marks that a comma or the like came before it.
	clause bool
}

// limits of a cast: more than these would crowd the picture.
const (
	maxActors = 4
	maxCount  = 9
)

// longestPhrase is how many words a form may have.
const longestPhrase = 5

// read understands a prompt. Words it has no picture for come back as missed.
func read(prompt string) (sc scene, understood, missed []string) {
	runes := []rune(prompt)
	rest := ""
	if len(runes) > MaxPrompt {
		rest = strings.TrimSpace(string(runes[MaxPrompt:]))
		runes = runes[:MaxPrompt]
	}
	tokens := split(string(runes))
	order := languagesFor(tokens)
	r := reader{scene: &sc}
	for i := 0; i < len(tokens); {
		n, raw, m, ok := match(tokens[i:], order)
		if ok {
			r.swap, r.after = m.glued, m.after
			r.take(m.meaning, raw)
			if m.kind != isIgnored {
				understood = append(understood, raw)
			}
			i += n
			continue
		}
		if fragments, parts := cut(tokens[i], order); parts > 0 {
			for _, f := range fragments {
				switch {
				case f.known:
					r.swap, r.after = f.glued, f.after
					r.take(f.meaning, f.raw)
					if f.kind != isIgnored {
						understood = append(understood, f.raw)
					}
				case !f.particle:
					missed = append(missed, f.raw)
				}
			}
			i++
			continue
		}
		missed = append(missed, tokens[i].raw)
		r.count = 0
		i++
	}
	r.dropColour()
	for _, word := range r.missed {
		missed = append(missed, word)
		if i := slices.Index(understood, word); i >= 0 {
			understood = slices.Delete(understood, i, i+1)
		}
	}
	if rest != "" {
		missed = append(missed, clip(rest, 80))
	}
	return sc, understood, missed
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// split cuts text into words; scripts without spaces stay in runs.
func split(s string) []token {
	var out []token
	var cur []rune
	clause := false
	flush := func() {
		if len(cur) == 0 {
			return
		}
		raw := string(cur)
		cur = cur[:0]
		if key := fold(raw); key != "" {
			out = append(out, token{raw: raw, key: key, clause: clause})
			clause = false
		}
	}
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == 'ー':
			cur = append(cur, r)
		case r == '\'' || r == '’' || r == '-' || r == 0x200d || r == 0x200c:
			// Elisions and compounds part here: l'ours, hot-air.
			flush()
		default:
			flush()
			if unicode.IsPunct(r) || r == '،' || r == '、' {
				clause = true
			}
			// A symbol such as an emoji is a word of its own that can only
			// be missed, never dropped.
			if unicode.Is(unicode.So, r) {
				out = append(out, token{raw: string(r), key: string(r)})
			}
		}
	}
	flush()
	return out
}

// languagesFor orders the lexicons by how many of the words each knows.
func languagesFor(tokens []token) []*lexicon {
	order := append([]*lexicon(nil), lexicons...)
	score := map[*lexicon]int{}
	for _, l := range order {
		for _, t := range tokens {
			if _, ok := l.forms[t.key]; ok {
				score[l] += 2
			}
			if l.glued && japanese(t.key) {
				score[l] += 4
			}
		}
		if l.language == "en" {
			score[l]++
		}
	}
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && score[order[j]] > score[order[j-1]]; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	return order
}

func japanese(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return true
		}
	}
	return false
}

// found is a meaning with what matters of the language it was found in.
type found struct {
	meaning
	glued bool // words run together; relations follow their thing
	after bool // colours follow their thing
}

func (l *lexicon) found(m meaning) found {
	return found{m, l.glued, l.language == "fr" || l.language == "es" || l.language == "ar"}
}

// match finds the longest phrase at the start of tokens, in the likeliest
// language first; a near miss of one word comes after all exact ones.
func match(tokens []token, order []*lexicon) (n int, raw string, m found, ok bool) {
	for k := min(longestPhrase, len(tokens)); k > 0; k-- {
		key := tokens[0].key
		for _, t := range tokens[1:k] {
			key += " " + t.key
		}
		for _, l := range order {
			if got, ok := l.forms[key]; ok {
				return k, join(tokens[:k]), l.found(got), true
			}
		}
	}
	if v, err := strconv.Atoi(tokens[0].key); err == nil && v > 0 {
		return 1, tokens[0].raw, found{meaning: meaning{isNumber, strconv.Itoa(min(v, maxCount)), false}}, true
	}
	for i, l := range order {
		// Near misses only in the languages the prompt seems to be in.
		if i == 2 || l.glued {
			continue
		}
		if got, ok := l.near(tokens[0].key); ok {
			return 1, tokens[0].raw, l.found(got), true
		}
		// Arabic writes "the", "and", "in" onto the word.
		if l.language == "ar" {
			for _, prefix := range []string{"وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل"} {
				if bare, cut := strings.CutPrefix(tokens[0].key, prefix); cut {
					if got, ok := l.forms[bare]; ok {
						return 1, tokens[0].raw, l.found(got), true
					}
				}
			}
		}
	}
	return 0, "", found{}, false
}

func join(tokens []token) string {
	raw := make([]string, len(tokens))
	for i, t := range tokens {
		raw[i] = t.raw
	}
	return strings.Join(raw, " ")
}

type fragment struct {
	raw string
	found
	known, particle bool
}

// cut finds words inside a run of a script without spaces, longest first, and
// parts of long German-like compounds.
func cut(t token, order []*lexicon) (out []fragment, known int) {
	if !japanese(t.key) {
		return nil, 0
	}
	runes := []rune(t.key)
	var loose []rune
	flush := func() {
		if len(loose) > 0 {
			out = append(out, fragment{raw: string(loose), particle: particles(loose)})
			loose = nil
		}
	}
	for i := 0; i < len(runes); {
		hit := ""
		var m found
		for _, l := range order {
			if !l.glued {
				continue
			}
			rest := string(runes[i:])
			for _, key := range l.byRune[runes[i]] {
				if strings.HasPrefix(rest, key) {
					hit, m = key, l.found(l.forms[key])
					break
				}
			}
		}
		if hit == "" {
			loose = append(loose, runes[i])
			i++
			continue
		}
		flush()
		out = append(out, fragment{raw: hit, found: m, known: true})
		known++
		i += len([]rune(hit))
	}
	flush()
	return out, max(known, 1)
}

// particles tells whether a rest of Japanese is only grammar.
func particles(r []rune) bool {
	if len(r) > 4 {
		return false
	}
	for _, c := range r {
		if !strings.ContainsRune("のにでとをはがもへやいなたるてしくきれらまそばかじん", c) {
			return false
		}
	}
	return true
}

// reader puts meanings together into a scene.
type reader struct {
	scene  *scene
	count  int
	colour string
	// said is the colour's word and missed those that came to nothing.
	said   string
	missed []string
	rel    string
	swap   bool // the language puts "under" after the tree
	after  bool // the language puts colours after things
}

func (r *reader) take(m meaning, raw string) {
	s := r.scene
	// A picture has one of each of these; a second one comes to nothing.
	first := func(field *string) {
		switch *field {
		case "":
			*field = m.id
		case m.id:
		default:
			r.missed = append(r.missed, raw)
		}
	}
	switch m.kind {
	case isNumber:
		if v, err := strconv.Atoi(m.id); err == nil {
			r.count = clampInt(v, 1, maxCount)
		}
	case isColour:
		// French, Spanish and Arabic put the colour after the thing.
		if n := len(s.cast); n > 0 && r.after && s.cast[n-1].colour == "" && subjects[s.cast[n-1].id].dyes {
			s.cast[n-1].colour = m.id
			return
		}
		r.dropColour()
		r.colour, r.said = m.id, raw
	case isRelation:
		r.rel = m.id
	case isSubject:
		r.subject(m, raw)
	case isSetting:
		first(&s.setting)
		r.dropColour()
		r.rel, r.count = "", 0
	case isHour:
		first(&s.hour)
		r.rel = ""
	case isWeather:
		first(&s.weather)
	case isSeason:
		first(&s.season)
	case isStyle:
		first(&s.style)
	case isMood:
		first(&s.mood)
	}
}

// dropColour gives up a colour that nothing in the picture takes.
func (r *reader) dropColour() {
	if r.colour != "" {
		r.missed = append(r.missed, r.said)
	}
	r.colour, r.said = "", ""
}

func (r *reader) subject(m meaning, raw string) {
	s := r.scene
	n := r.count
	if n == 0 {
		n = 1
		if m.many {
			n = 3
		}
	}
	if !subjects[m.id].dyes {
		r.dropColour()
	}
	a := actor{id: m.id, count: n, colour: r.colour}
	rel := r.rel
	r.count, r.colour, r.said, r.rel = 0, "", "", ""
	for i := range s.cast {
		if s.cast[i].id == a.id {
			s.cast[i].count = min(s.cast[i].count+n, maxCount)
			return
		}
	}
	if len(s.cast) == maxActors {
		r.missed = append(r.missed, raw)
		return
	}
	if r.swap && rel != "" && len(s.cast) > 0 {
		last := len(s.cast) - 1
		was := s.cast[last]
		a.rel, was.rel = was.rel, rel
		s.cast = append(s.cast[:last], a, was)
		return
	}
	if len(s.cast) > 0 {
		a.rel = rel
		if a.rel == "" {
			a.rel = "with"
		}
	}
	s.cast = append(s.cast, a)
}

func clampInt(v, lo, hi int) int { return max(lo, min(hi, v)) }
