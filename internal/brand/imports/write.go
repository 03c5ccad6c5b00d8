package imports

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"marquee/internal/raster"
)

// named is a token with a name that a kit can have.
type named struct {
	found
	name  []string
	kind  string
	alias string // the name that it points to, with dots
	out   any
}

// write gives the tokens as a kit's, and how many there are.
func (r *reader) write() (json.RawMessage, int) {
	tokens, byPath := r.name()
	byName := map[string]*named{}
	for _, t := range tokens {
		byName[strings.Join(t.name, ".")] = t
	}
	for _, t := range tokens {
		t.alias = r.pointsTo(t, byPath)
	}
	root := &node{}
	n := 0
	for _, t := range tokens {
		if !r.settle(t, byName) {
			continue
		}
		if n == maxTokens {
			r.notes.add(strings.Join(t.path, "."), "a kit has at most %d tokens", maxTokens)
			continue
		}
		root.put(t.name, t)
		n++
	}
	// An alias to a token that was left out would point nowhere.
	for again := true; again; {
		again = false
		for _, t := range tokens {
			if t.out != nil && t.alias != "" && root.find(strings.Split(t.alias, ".")) == nil {
				r.notes.add(strings.Join(t.path, "."), "it points to a token that can't be read")
				t.out, again = nil, true
				root.drop(t.name)
				n--
			}
		}
	}
	var b bytes.Buffer
	root.json(&b, 0)
	return b.Bytes(), n
}

// name gives each token a name that a kit can have, each only one.
func (r *reader) name() ([]*named, map[string]*named) {
	var out []*named
	byPath, taken := map[string]*named{}, map[string]bool{}
	for _, f := range r.tokens {
		path := strings.Join(f.path, ".")
		if byPath[path] != nil {
			continue // an earlier set has it
		}
		t := &named{found: f}
		for _, part := range f.path {
			if s := slug(part); s != "" {
				t.name = append(t.name, s)
			}
		}
		if len(t.name) == 0 {
			r.notes.add(path, "its name has no letters from a to z")
			continue
		}
		if len(t.name) > kitDepth {
			rest := strings.Join(t.name[kitDepth-1:], "-")
			t.name = append(t.name[:kitDepth-1:kitDepth-1], strings.Trim(rest[:min(len(rest), 32)], "-"))
		}
		if name := strings.Join(t.name, "."); taken[name] {
			r.notes.add(path, "another token has become %s already", name)
			continue
		} else {
			taken[name] = true
		}
		byPath[path] = t
		out = append(out, t)
	}
	// A token can't be a group too: it steps aside.
	for _, t := range out {
		for _, o := range out {
			if len(o.name) > len(t.name) && strings.Join(o.name[:len(t.name)], ".") == strings.Join(t.name, ".") {
				base := append(t.name[:len(t.name):len(t.name)], "base")
				if !taken[strings.Join(base, ".")] {
					taken[strings.Join(base, ".")] = true
					t.name = base
				}
				break
			}
		}
	}
	return out, byPath
}

// slug is a word as the name of a token: a to z, 0 to 9 and hyphens.
func slug(s string) string {
	var b strings.Builder
	gap, lower := false, false
	for _, c := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= 'A' && c <= 'Z':
			upper := c >= 'A' && c <= 'Z'
			if (gap || upper && lower) && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(unicode.ToLower(c))
			gap, lower = false, !upper
		default:
			gap = true
		}
		if b.Len() >= 32 {
			break
		}
	}
	out := b.String()
	return strings.Trim(out[:min(len(out), 32)], "-")
}

// pointsTo gives the name of the token that an alias is for; "" if it is none.
func (r *reader) pointsTo(t *named, byPath map[string]*named) string {
	s := strings.TrimSpace(word(t.value))
	ref, braced := strings.CutPrefix(s, "{")
	switch {
	case braced && strings.HasSuffix(ref, "}"):
		ref = strings.TrimSuffix(ref, "}")
	case strings.HasPrefix(s, "$") && len(s) > 1:
		ref = s[1:]
	default:
		return ""
	}
	for _, path := range []string{ref, strings.TrimSuffix(ref, ".value"), strings.TrimSuffix(ref, ".$value")} {
		if to := byPath[path]; to != nil && to != t {
			return strings.Join(to.name, ".")
		}
	}
	return ref // to nowhere: told when it is settled
}

// settle works out a token's type and value; false, with a note, if it can't be
// in a kit.
func (r *reader) settle(t *named, byName map[string]*named) bool {
	path := strings.Join(t.path, ".")
	end := t
	for range maxDepth {
		if end.alias == "" {
			break
		}
		next := byName[end.alias]
		if next == nil {
			r.notes.add(path, "it points to %.60q, which is not there", end.alias)
			return false
		}
		end = next
	}
	if end.alias != "" {
		r.notes.add(path, "it points round in a circle, or through more than %d others", maxDepth)
		return false
	}
	t.kind = kinds[strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(end.found.kind))]
	if t.kind == "" {
		r.notes.add(path, "a kit has no tokens of the type %.30q", end.found.kind)
		return false
	}
	v, why := value(t.kind, end.value)
	if why != "" {
		r.notes.add(path, "%s", why)
		return false
	}
	t.out = v
	if t.alias != "" {
		t.out = "{" + t.alias + "}"
	}
	return true
}

// node is a group of tokens in the order in which they came, or one token.
type node struct {
	key   string
	token *named
	in    []*node
}

func (n *node) child(key string) *node {
	for _, c := range n.in {
		if c.key == key {
			return c
		}
	}
	return nil
}

func (n *node) put(name []string, t *named) {
	for _, key := range name {
		c := n.child(key)
		if c == nil {
			c = &node{key: key}
			n.in = append(n.in, c)
		}
		n = c
	}
	n.token = t
}

func (n *node) find(name []string) *node {
	for _, key := range name {
		if n = n.child(key); n == nil {
			return nil
		}
	}
	if n.token == nil {
		return nil
	}
	return n
}

func (n *node) drop(name []string) {
	if found := n.find(name); found != nil {
		found.token = nil
	}
}

// empty tells whether nothing is in a group any more.
func (n *node) empty() bool {
	if n.token != nil {
		return false
	}
	for _, c := range n.in {
		if !c.empty() {
			return false
		}
	}
	return true
}

func (n *node) json(b *bytes.Buffer, depth int) {
	pad := func(d int) { b.WriteString("\n" + strings.Repeat("  ", d)) }
	b.WriteByte('{')
	first := true
	sep := func() {
		if !first {
			b.WriteByte(',')
		}
		first = false
		pad(depth + 1)
	}
	put := func(key string, v any) {
		data, err := json.Marshal(v)
		if err != nil {
			return // values are strings and finite numbers, which always can be written
		}
		sep()
		b.WriteString(`"` + key + `": `)
		b.Write(data)
	}
	if t := n.token; t != nil {
		put("$type", t.kind)
		put("$value", t.out)
		if t.description != "" {
			put("$description", t.description)
		}
		if hex, ok := t.out.(string); ok && t.kind == "color" && t.alias == "" {
			if c, err := raster.ParseHex(hex); err == nil {
				put("$extensions", map[string]any{"marquee.oklch": oklch(c)})
			}
		}
	} else {
		for _, c := range n.in {
			if c.empty() {
				continue
			}
			sep()
			b.WriteString(`"` + c.key + `": `)
			c.json(b, depth+1)
		}
	}
	pad(depth)
	b.WriteByte('}')
}

func oklch(c raster.Color) [3]float64 {
	l, ch, h := c.OKLCH()
	round := func(n, places float64) float64 { return math.Round(n*places) / places }
	return [3]float64{round(l, 1e4), round(ch, 1e4), round(h, 100)}
}
