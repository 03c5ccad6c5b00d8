package imports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"marquee/internal/fault"
)

const (
	maxDepth     = 12 // of groups in a file
	maxRead      = 2000
	maxTokenFile = 4 << 20
	kitDepth     = 6 // of groups in a kit
)

// keyed keeps an object's order: the first colours of a file are its first.
type keyed struct {
	key   string
	value json.RawMessage
}

// object reads a JSON object in its order; false if it is none.
func object(raw json.RawMessage) ([]keyed, bool) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	var out []keyed
	for dec.More() {
		name, err := dec.Token()
		key, ok := name.(string)
		if err != nil || !ok {
			return nil, false
		}
		var v json.RawMessage
		if dec.Decode(&v) != nil {
			return nil, false
		}
		out = append(out, keyed{key, v})
	}
	return out, true
}

func field(items []keyed, keys ...string) json.RawMessage {
	for _, k := range keys {
		for _, it := range items {
			if it.key == k {
				return it.value
			}
		}
	}
	return nil
}

func word(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// found is a token as a file has it.
type found struct {
	path        []string // as written
	kind        string
	value       json.RawMessage
	description string
}

// Tokens reads design tokens in the formats of the W3C, Style Dictionary,
// Tokens Studio and Figma's variables, and gives them as a kit's. Errors are a
// *fault.Error if the file is not JSON or has no tokens.
func Tokens(data []byte) (Found, error) {
	if len(data) > maxTokenFile {
		return Found{}, fault.New(fault.TooLarge, "file_too_large", "A file of tokens is at most %d MB.", maxTokenFile>>20).With("max", maxTokenFile>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	dec := json.NewDecoder(bytes.NewReader(data))
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return Found{}, unreadable("it is not whole JSON")
	}
	if _, err := dec.Token(); err != io.EOF {
		return Found{}, unreadable("it goes on after its end")
	}
	root, ok := object(raw)
	if !ok {
		return Found{}, unreadable("tokens are a JSON object")
	}
	r := &reader{}
	out := Found{Source: StyleDictionary}
	switch {
	case variables(root) != nil:
		out.Source = FigmaVariables
		r.figma(root)
	case r.studio(root):
		out.Source = TokensStudio
	default:
		r.group(root, nil, "")
		if r.dollars > r.plains {
			out.Source = DesignTokens
		}
	}
	out.Tokens, out.Count = r.write()
	out.Unread = r.notes.all()
	if out.Count == 0 {
		if len(out.Unread) > 0 {
			first := out.Unread[0]
			return Found{}, unreadable("there are no design tokens in it that a kit can have. The first that is none, %s: %s", first.Path, first.Reason)
		}
		return Found{}, unreadable("there are no design tokens in it")
	}
	return out, nil
}

type reader struct {
	notes           notes
	tokens          []found
	dollars, plains int
}

// group walks a group of the W3C's format or Style Dictionary's.
func (r *reader) group(items []keyed, path []string, kind string) {
	if len(path) > maxDepth {
		r.notes.add(strings.Join(path, "."), "groups that go deeper than %d are left out", maxDepth)
		return
	}
	if k := word(field(items, "$type", "type")); k != "" {
		kind = k
	}
	if v := field(items, "$value"); v != nil {
		r.dollars++
		r.token(items, path, kind, v)
		return
	}
	if v := field(items, "value"); v != nil && !isGroup(v) {
		r.plains++
		if kind == "" {
			kind = category(items, path)
		}
		r.token(items, path, kind, v)
		return
	}
	for _, it := range items {
		if strings.HasPrefix(it.key, "$") || it.key == "type" || it.key == "description" || it.key == "comment" {
			continue
		}
		at := append(path[:len(path):len(path)], it.key)
		if inner, ok := object(it.value); ok {
			r.group(inner, at, kind)
		} else {
			r.notes.add(strings.Join(at, "."), "it is neither a group nor a token")
		}
	}
}

// isGroup tells a group that is called "value" from a token's value.
func isGroup(raw json.RawMessage) bool {
	items, ok := object(raw)
	return ok && (field(items, "value") != nil || field(items, "$value") != nil)
}

func (r *reader) token(items []keyed, path []string, kind string, value json.RawMessage) {
	if len(r.tokens) == maxRead {
		r.notes.add(strings.Join(path, "."), "of a file at most %d tokens are looked at", maxRead)
		return
	}
	r.tokens = append(r.tokens, found{path, kind, value, word(field(items, "$description", "description", "comment"))})
}

// category is what Style Dictionary takes a token for where it has no type: its
// attribute, or else the first part of its path.
func category(items []keyed, path []string) string {
	if attributes, ok := object(field(items, "attributes")); ok {
		if c := word(field(attributes, "category")); c != "" {
			return c
		}
	}
	if len(path) > 0 {
		return path[0]
	}
	return ""
}

// studio reads the sets of Tokens Studio, which lie side by side with a list of
// them; false if the file is not one of its.
func (r *reader) studio(root []keyed) bool {
	meta, themes := field(root, "$metadata"), field(root, "$themes")
	if meta == nil && themes == nil {
		return false
	}
	for _, it := range root {
		if strings.HasPrefix(it.key, "$") {
			continue
		}
		if inner, ok := object(it.value); ok {
			before := len(r.tokens)
			r.group(inner, nil, "")
			if before > 0 && len(r.tokens) > before {
				r.notes.add(it.key, "where this set has a token that an earlier set has too, the earlier one is taken")
			}
		}
	}
	return true
}

func variables(root []keyed) []keyed {
	meta, ok := object(field(root, "meta"))
	if !ok {
		meta = root
	}
	v, ok := object(field(meta, "variables"))
	if !ok {
		return nil
	}
	return v
}

// figma reads variables as Figma's interface gives them: the first mode counts.
func (r *reader) figma(root []keyed) {
	all := variables(root)
	names := map[string]string{}
	for _, v := range all {
		if one, ok := object(v.value); ok {
			names[v.key] = word(field(one, "name"))
		}
	}
	for _, v := range all {
		one, ok := object(v.value)
		name := names[v.key]
		if !ok || name == "" {
			r.notes.add(v.key, "a variable without a name")
			continue
		}
		modes, ok := object(field(one, "valuesByMode"))
		if !ok || len(modes) == 0 {
			r.notes.add(name, "it has no value in any mode")
			continue
		}
		if len(modes) > 1 {
			r.notes.add(name, "of its %d modes the first is taken", len(modes))
		}
		value := modes[0].value
		if alias, ok := object(value); ok && word(field(alias, "type")) == "VARIABLE_ALIAS" {
			target := names[word(field(alias, "id"))]
			if target == "" {
				r.notes.add(name, "it points to a variable of another file")
				continue
			}
			quoted, err := json.Marshal("{" + strings.ReplaceAll(target, "/", ".") + "}")
			if err != nil {
				r.notes.add(name, "its name can't be written")
				continue
			}
			value = quoted
		}
		kind := map[string]string{"COLOR": "color", "FLOAT": "dimension", "STRING": "fontFamily"}[word(field(one, "resolvedType"))]
		if kind == "" {
			r.notes.add(name, "a %s has no place in a kit", strings.ToLower(fmt.Sprintf("%.20s", word(field(one, "resolvedType")))))
			continue
		}
		r.token(one, strings.Split(name, "/"), kind, value)
	}
}
