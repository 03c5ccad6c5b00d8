package settings

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Flags are the settings of some groups as flags of a command.
type Flags struct {
	set    *flag.FlagSet
	groups []Group
	given  map[string]*string
	config *string
}

// Define adds the settings of the groups to a flag set, and --config.
func Define(set *flag.FlagSet, groups ...Group) *Flags {
	f := &Flags{set: set, groups: groups, given: map[string]*string{}}
	f.config = set.String("config", "", "file with settings: JSON, or lines of name=value")
	for _, one := range table {
		if slices.Contains(groups, one.group) {
			f.given[one.name] = set.String(one.name, "", one.usage)
		}
	}
	return f
}

// Usage lists the flags of the groups for help, one block of lines.
func (f *Flags) Usage() string {
	var b strings.Builder
	line := func(name, usage, fallback string) {
		fmt.Fprintf(&b, "  --%-20s %s", name, usage)
		if fallback != "" {
			fmt.Fprintf(&b, " (default: %s)", fallback)
		}
		b.WriteByte('\n')
	}
	for _, one := range table {
		if !slices.Contains(f.groups, one.group) {
			continue
		}
		fallback := one.fallback
		if one.shown != "" {
			fallback = one.shown
		}
		line(one.name, one.usage, fallback)
	}
	line("config", "file with settings: JSON, or lines of name=value", "")
	return b.String()
}

// Load reads all settings after the flag set was parsed. env is os.LookupEnv
// or a stand-in for it. The error names everything that is wrong at once.
func (f *Flags) Load(env func(string) (string, bool)) (*Settings, error) {
	asFlag := map[string]bool{}
	f.set.Visit(func(fl *flag.Flag) { asFlag[fl.Name] = true })

	path := *f.config
	if !asFlag["config"] {
		if v, ok := env("MARQUEE_CONFIG"); ok {
			path = v
		}
	}
	var fromFile map[string]string
	if path != "" {
		var err error
		if fromFile, err = readFile(path); err != nil {
			return nil, fmt.Errorf("the settings file %s: %w", path, err)
		}
	}

	s := &Settings{origins: map[string]Origin{}, words: map[string]string{}}
	var wrong []error
	for _, one := range table {
		value, origin, where := one.fallback, FromDefault, "default"
		if v, ok := fromFile[one.name]; ok {
			value, origin, where = v, FromFile, path
		}
		if v, ok := env(Variable(one.name)); ok {
			value, origin, where = v, FromVariable, Variable(one.name)
		} else if one.also != "" {
			if v, ok := env(one.also); ok {
				value, origin, where = v, FromVariable, one.also
			}
		}
		if asFlag[one.name] && f.given[one.name] != nil {
			value, origin, where = *f.given[one.name], FromFlag, "--"+one.name
		}
		if value == "" && origin != FromDefault && one.fallback != "" {
			value, origin = one.fallback, FromDefault // an empty variable means "as if it were not there"
		}
		s.words[one.name], s.origins[one.name] = value, origin
		if value == "" && origin == FromDefault {
			continue
		}
		if err := one.set(s, value); err != nil {
			wrong = append(wrong, fmt.Errorf("%s (from %s) %w", one.name, where, err))
		}
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	s.finish()
	return s, nil
}

// maxFile bounds a settings file, in bytes.
const maxFile = 64 << 10

// readFile reads a settings file in either form.
func readFile(path string) (map[string]string, error) {
	data, err := readBounded(path, maxFile)
	if err != nil {
		return nil, err
	}
	values, err := parseFile(data)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if _, ok := byName(name); !ok {
			return nil, fmt.Errorf("there is no setting %q; `marquee config` lists them all", name)
		}
	}
	return values, nil
}

// parseFile reads JSON ({"listen":"…"}) or lines of name=value, where a name
// may also be written as its variable.
func parseFile(data []byte) (map[string]string, error) {
	trimmed := strings.TrimSpace(string(data))
	if strings.HasPrefix(trimmed, "{") {
		return parseJSON([]byte(trimmed))
	}
	values := map[string]string{}
	n := 0
	for line := range strings.Lines(trimmed) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		if !ok {
			return nil, fmt.Errorf("line %d has no = in it", n)
		}
		name = plainName(name)
		value = strings.TrimSpace(value)
		if len(value) >= 2 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
			value = value[1 : len(value)-1]
		}
		if _, twice := values[name]; twice {
			return nil, fmt.Errorf("line %d sets %s a second time", n, name)
		}
		values[name] = value
	}
	return values, nil
}

func parseJSON(data []byte) (map[string]string, error) {
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("is not JSON: %w", err)
	}
	values := map[string]string{}
	for name, v := range raw {
		switch v := v.(type) {
		case string:
			values[plainName(name)] = v
		case float64:
			values[plainName(name)] = fmt.Sprintf("%v", v)
		case bool:
			values[plainName(name)] = map[bool]string{true: "on", false: "off"}[v]
		case []any:
			words := make([]string, len(v))
			for i, w := range v {
				words[i] = fmt.Sprint(w)
			}
			values[plainName(name)] = strings.Join(words, ",")
		default:
			return nil, fmt.Errorf("%s is neither text, number, truth value nor list", name)
		}
	}
	return values, nil
}

func plainName(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	name = strings.TrimPrefix(name, "marquee_")
	return strings.ReplaceAll(name, "_", "-")
}
