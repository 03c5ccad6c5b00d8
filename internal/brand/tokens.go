package brand

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

const (
	maxTokens     = 400
	maxTokenDepth = 6
)

// Token is one design token with its alias resolved.
type Token struct {
	// Path is where it stands, as in ["color","role","ink"].
	Path []string
	// Type is color, fontFamily, dimension, duration, cubicBezier, fontWeight
	// or number.
	Type string
	// Value is CSS that has been checked: "#0F3D33", "16px", "140ms",
	// "cubic-bezier(0.2,0.8,0.2,1)", or the families, quoted.
	Value string
	// Alias is the path of the token it points to, with dots; "" if none.
	Alias string
}

func (t Token) isRole() bool {
	return len(t.Path) == 3 && t.Path[0] == "color" && t.Path[1] == "role"
}

// Property is the token's CSS custom property without its two hyphens. A role
// stands beside the colours: "color-ink".
func (t Token) Property() string {
	if t.isRole() {
		return "color-" + t.Path[2]
	}
	return strings.Join(t.Path, "-")
}

var (
	tokenName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
	dimension = regexp.MustCompile(`^(0|[0-9]{1,5}(\.[0-9]{1,4})?)(px|rem|em)$`)
	duration  = regexp.MustCompile(`^[0-9]{1,5}(\.[0-9]{1,3})?(ms|s)$`)
	family    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 -]{0,63}$`)
)

// keyed keeps an object's order, which a map would lose: the first colours of
// a kit are its first.
type keyed struct {
	key   string
	value json.RawMessage
}

func object(raw json.RawMessage) ([]keyed, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	open, err := dec.Token()
	if err != nil {
		return nil, err
	}
	if open != json.Delim('{') {
		return nil, fmt.Errorf("this is not an object")
	}
	var out []keyed
	seen := map[string]bool{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key, ok := name.(string)
		if !ok {
			return nil, fmt.Errorf("this is not an object")
		}
		if seen[key] {
			return nil, fmt.Errorf("%q is there twice", key)
		}
		seen[key] = true
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		out = append(out, keyed{key, v})
	}
	return out, nil
}

type tokenReader struct {
	problems *problems
	tokens   []Token
	raw      map[string]json.RawMessage
	types    map[string]string
}

// readTokens reads W3C design tokens: groups that hand down their $type, and
// tokens with a $value that may point to another as "{color.spruce}".
func readTokens(raw json.RawMessage, p *problems) []Token {
	r := &tokenReader{problems: p, raw: map[string]json.RawMessage{}, types: map[string]string{}}
	r.group(raw, nil, "")
	out := r.tokens[:0]
	for _, t := range r.tokens {
		path := strings.Join(t.Path, ".")
		target, ok := r.follow(path)
		if !ok {
			continue
		}
		if target != path {
			t.Alias = target
			t.Type = r.types[target]
		}
		value, err := tokenValue(t.Type, r.raw[target])
		if err != nil {
			p.add("tokens."+path, "token_invalid", "%s", err)
			continue
		}
		t.Value = value
		out = append(out, t)
	}
	return out
}

func (r *tokenReader) group(raw json.RawMessage, path []string, kind string) {
	where := strings.Join(append([]string{"tokens"}, path...), ".")
	if len(path) > maxTokenDepth {
		r.problems.add(where, "token_too_deep", "Groups of tokens go at most %d deep.", maxTokenDepth)
		return
	}
	items, err := object(raw)
	if err != nil {
		r.problems.add(where, "token_invalid", "This group can't be read: %s.", err)
		return
	}
	var value json.RawMessage
	for _, it := range items {
		switch it.key {
		case "$type":
			if err := json.Unmarshal(it.value, &kind); err != nil {
				r.problems.add(where+".$type", "token_invalid", "$type is a word, like \"color\".")
			}
		case "$value":
			value = it.value
		}
	}
	if value != nil {
		if len(r.tokens) >= maxTokens {
			r.problems.add(where, "token_too_many", "A kit has at most %d tokens.", maxTokens)
			return
		}
		name := strings.Join(path, ".")
		r.tokens = append(r.tokens, Token{Path: path, Type: kind})
		r.raw[name], r.types[name] = value, kind
	}
	for _, it := range items {
		if strings.HasPrefix(it.key, "$") {
			switch it.key {
			case "$type", "$value", "$description", "$extensions":
			default:
				r.problems.add(where+"."+it.key, "field_unknown", "%q is not a property of tokens.", it.key)
			}
			continue
		}
		if value != nil {
			r.problems.add(where, "token_invalid", "A token with a $value has no tokens inside.")
			return
		}
		if !tokenName.MatchString(it.key) {
			r.problems.add(where, "name_invalid", "%.40q can't be the name of a token: use a to z, 0 to 9 and hyphens.", it.key)
			continue
		}
		r.group(it.value, append(path[:len(path):len(path)], it.key), kind)
	}
}

// follow goes along aliases to the token that holds the value.
func (r *tokenReader) follow(path string) (string, bool) {
	start := path
	for range maxTokenDepth {
		var ref string
		if json.Unmarshal(r.raw[path], &ref) != nil || !strings.HasPrefix(ref, "{") {
			return path, true
		}
		next := strings.TrimSuffix(strings.TrimPrefix(ref, "{"), "}")
		if _, ok := r.raw[next]; !ok {
			r.problems.add("tokens."+start, "token_alias", "It points to %.60q, which is not there.", ref)
			return "", false
		}
		path = next
	}
	r.problems.add("tokens."+start, "token_alias", "It points round in a circle, or through more than %d others.", maxTokenDepth)
	return "", false
}

func tokenValue(kind string, raw json.RawMessage) (string, error) {
	switch kind {
	case "color":
		return textValue(raw, isHex, "a colour like #0F3D33")
	case "dimension":
		return unitValue(raw, dimension, "a length like 16px or 1.5rem")
	case "duration":
		return unitValue(raw, duration, "a time like 140ms")
	case "cubicBezier":
		return bezierValue(raw)
	case "fontFamily":
		return familyValue(raw)
	case "number":
		return numberValue(raw, -1e6, 1e6)
	case "fontWeight":
		return numberValue(raw, 1, 1000)
	case "":
		return "", fmt.Errorf("it has no $type, and no group around it has one")
	default:
		return "", fmt.Errorf("$type %.40q is not known here", kind)
	}
}

func textValue(raw json.RawMessage, ok func(string) bool, want string) (string, error) {
	var s string
	if json.Unmarshal(raw, &s) != nil || !ok(s) {
		return "", fmt.Errorf("$value should be %s", want)
	}
	return s, nil
}

func unitValue(raw json.RawMessage, shape *regexp.Regexp, want string) (string, error) {
	var v struct {
		Value json.Number `json:"value"`
		Unit  string      `json:"unit"`
	}
	if json.Unmarshal(raw, &v) == nil && v.Unit != "" {
		if s := v.Value.String() + v.Unit; shape.MatchString(s) {
			return s, nil
		}
	}
	return textValue(raw, shape.MatchString, want)
}

func bezierValue(raw json.RawMessage) (string, error) {
	var v []float64
	if json.Unmarshal(raw, &v) != nil || len(v) != 4 || v[0] < 0 || v[0] > 1 || v[2] < 0 || v[2] > 1 || math.Abs(v[1]) > 10 || math.Abs(v[3]) > 10 {
		return "", fmt.Errorf("$value should be four numbers, the first and third from 0 to 1")
	}
	parts := make([]string, 4)
	for i, n := range v {
		parts[i] = strconv.FormatFloat(n, 'f', -1, 64)
	}
	return "cubic-bezier(" + strings.Join(parts, ",") + ")", nil
}

func familyValue(raw json.RawMessage) (string, error) {
	var names []string
	if json.Unmarshal(raw, &names) != nil {
		var one string
		if json.Unmarshal(raw, &one) != nil {
			return "", fmt.Errorf("$value should be a list of font families")
		}
		names = []string{one}
	}
	if len(names) == 0 || len(names) > 16 {
		return "", fmt.Errorf("$value should name 1 to 16 font families")
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		if !family.MatchString(n) {
			return "", fmt.Errorf("%.40q can't be the name of a font family: use letters, digits, spaces and hyphens", n)
		}
		quoted[i] = `"` + n + `"`
	}
	return strings.Join(quoted, ","), nil
}

func numberValue(raw json.RawMessage, low, high float64) (string, error) {
	var n float64
	if json.Unmarshal(raw, &n) != nil || n < low || n > high {
		return "", fmt.Errorf("$value should be a number from %g to %g", low, high)
	}
	return strconv.FormatFloat(n, 'f', -1, 64), nil
}

// ReadTokens reads W3C design tokens as kit.json has them under "tokens". All
// that is wrong is told at once, as Read does.
func ReadTokens(raw json.RawMessage) ([]Token, error) {
	p := &problems{}
	tokens := readTokens(raw, p)
	if err := p.err(); err != nil {
		return nil, err
	}
	return tokens, nil
}
