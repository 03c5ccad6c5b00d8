package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// lock is the part of package-lock.json that is read.
type lock struct {
	Packages map[string]locked `json:"packages"`
}

type locked struct {
	Version  string   `json:"version"`
	License  string   `json:"license"`
	Dev      bool     `json:"dev"`
	Optional bool     `json:"optional"`
	Link     bool     `json:"link"`
	OS       []string `json:"os"`
	CPU      []string `json:"cpu"`
}

// npmPackages lists the packages whose code goes into the pages, fonts apart,
// and those that only build and test them.
func npmPackages(ui string) (bundle, building, typefaces []item, err error) {
	data, err := os.ReadFile(filepath.Join(ui, "package-lock.json"))
	if err != nil {
		return nil, nil, nil, err
	}
	var l lock
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, nil, nil, fmt.Errorf("package-lock.json: %w", err)
	}
	var wrong []error
	for place, p := range l.Packages {
		if place == "" || p.Link {
			continue // ourselves
		}
		one, err := npmItem(ui, place, p)
		switch {
		case err != nil:
			wrong = append(wrong, err)
		case slices.Equal(one.licences, []string{"OFL-1.1"}):
			typefaces = append(typefaces, one)
		case p.Dev:
			building = append(building, one)
		default:
			bundle = append(bundle, one)
		}
	}
	for _, list := range []*[]item{&bundle, &building, &typefaces} {
		sortItems(*list)
		*list = slices.CompactFunc(*list, func(a, b item) bool { return a.name == b.name && a.version == b.version })
	}
	return bundle, building, typefaces, errors.Join(wrong...)
}

// npmItem reads a package's licence from its text and compares it with what
// the package says of itself. Where there is no text, what it says must do.
func npmItem(ui, place string, p locked) (item, error) {
	_, name, _ := cutLast(place, "node_modules/")
	said, either := names(p.License)
	one := item{name: name, version: p.Version, licences: said, either: either, by: "as it says"}
	// Builds for other systems are not installed here, and the list must be
	// the same everywhere.
	if len(p.OS) > 0 || len(p.CPU) > 0 {
		one.by = "as it says; one of the builds for different systems"
		return one, nil
	}
	texts, err := licencesIn(filepath.Join(ui, place))
	if errors.Is(err, fs.ErrNotExist) {
		if p.Optional {
			return one, nil
		}
		return item{}, fmt.Errorf("%s is not installed: run `make ui/node_modules/.installed`", name)
	}
	if err != nil {
		return item{}, err
	}
	if len(texts) == 0 {
		return one, nil
	}
	var read []string
	for file, text := range texts {
		ids := identify(text)
		if len(ids) == 0 {
			return item{}, fmt.Errorf("%s %s: %s is no licence that is known here", name, p.Version, file)
		}
		read = append(read, ids...)
	}
	slices.Sort(read)
	read = slices.Compact(read)
	if !slices.ContainsFunc(said, func(id string) bool { return slices.Contains(read, id) }) {
		return item{}, fmt.Errorf("%s %s says that it is under %q, but its text is %v", name, p.Version, p.License, read)
	}
	one.by = ""
	if !either {
		// A text may hold further licences, of code that was copied in.
		one.licences = read
	}
	return one, nil
}

// cutLast is strings.Cut at the last place instead of the first.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, s, false
}
