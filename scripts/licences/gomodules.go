package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// goPackage is what `go list` tells of a package.
type goPackage struct {
	ImportPath, Dir string
	Standard        bool
	Module          *struct {
		Path, Version, Dir string
		Main               bool
		Replace            *struct{ Path, Version string }
	}
}

// goModules lists the modules that are linked into the program, and those
// that only tests and scripts use. Both are those of Linux on amd64, so that
// the list is the same wherever it is made.
func goModules(ctx context.Context, root string) (linked, testing []item, err error) {
	inBinary, err := modules(ctx, root, false, "./cmd/marquee")
	if err != nil {
		return nil, nil, err
	}
	everywhere, err := modules(ctx, root, true, "./...")
	if err != nil {
		return nil, nil, err
	}
	library, err := standardLibrary(ctx, root)
	if err != nil {
		return nil, nil, err
	}
	linked = []item{library}
	for path, m := range inBinary {
		one, err := m.item(path)
		if err != nil {
			return nil, nil, err
		}
		linked = append(linked, one)
		if inside, ok := carried[path]; ok {
			linked = append(linked, inside)
		}
		delete(everywhere, path)
	}
	for path, m := range everywhere {
		one, err := m.item(path)
		if err != nil {
			return nil, nil, err
		}
		testing = append(testing, one)
	}
	sortItems(linked)
	sortItems(testing)
	return linked, testing, nil
}

// module is a module with the folders of those of its packages that are used.
type module struct {
	version, dir string
	folders      map[string]bool
}

func modules(ctx context.Context, root string, tests bool, pattern string) (map[string]*module, error) {
	args := []string{"list", "-deps", "-tags", "nodynamic", "-json=ImportPath,Dir,Standard,Module"}
	if tests {
		args = append(args, "-test")
	}
	cmd := exec.CommandContext(ctx, "go", append(args, pattern)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, errs.String())
	}
	all := map[string]*module{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		if p.Standard || p.Module == nil || p.Module.Main {
			continue
		}
		if p.Module.Replace != nil {
			return nil, fmt.Errorf("%s is replaced by %s: say in this program what that means for its licence", p.Module.Path, p.Module.Replace.Path)
		}
		m := all[p.Module.Path]
		if m == nil {
			m = &module{version: p.Module.Version, dir: p.Module.Dir, folders: map[string]bool{}}
			all[p.Module.Path] = m
		}
		m.folders[p.Dir] = true
	}
}

// licenceFile is how files with licences are called.
var licenceFile = regexp.MustCompile(`(?i)^(?:licen[cs]e|copying|unlicense)(?:$|[.-])`)

// licencesIn gives the texts of the licence files of a folder by name.
func licencesIn(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		texts[e.Name()] = string(data)
	}
	return texts, nil
}

// notLinked are licence files of modules that speak of something else than
// the code that is linked.
var notLinked = []string{
	"modernc.org/memory/LICENSE-LOGO", // a picture in its repository
	// Speaks of its whole module graph, of which this list has what is linked.
	"modernc.org/sqlite/LICENSE-3RD-PARTY.md",
}

// carried is code or data of others inside modules whose licence files do not
// speak of it.
var carried = map[string]item{
	"github.com/gen2brain/webp":       {name: "libwebp, translated to Go in github.com/gen2brain/webp", licences: []string{"BSD-3-Clause"}},
	"github.com/nyaruka/phonenumbers": {name: "libphonenumber's data in github.com/nyaruka/phonenumbers", licences: []string{"Apache-2.0"}},
}

// item reads the licences of a module: of its root and of every folder on the
// way to a package that is used, where copied code may have its own.
func (m *module) item(path string) (item, error) {
	one := item{name: path, version: m.version}
	folders := map[string]bool{m.dir: true}
	for f := range m.folders {
		for f != m.dir && strings.HasPrefix(f, m.dir) {
			folders[f] = true
			f = filepath.Dir(f)
		}
	}
	for f := range folders {
		texts, err := licencesIn(f)
		if err != nil {
			return item{}, err
		}
		for name, text := range texts {
			if slices.Contains(notLinked, path+"/"+name) {
				continue
			}
			ids := identify(text)
			if len(ids) == 0 {
				return item{}, fmt.Errorf("%s %s: %s is no licence that is known here", path, m.version, filepath.Join(strings.TrimPrefix(f, m.dir), name))
			}
			one.licences = append(one.licences, ids...)
		}
	}
	slices.Sort(one.licences)
	one.licences = slices.Compact(one.licences)
	return one, nil
}

func standardLibrary(ctx context.Context, root string) (item, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "GOROOT")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return item{}, fmt.Errorf("go env: %w", err)
	}
	texts, err := licencesIn(strings.TrimSpace(string(out)))
	if err != nil {
		return item{}, err
	}
	return item{name: "Go standard library and runtime", licences: identify(texts["LICENSE"])}, nil
}

func sortItems(all []item) {
	slices.SortFunc(all, func(a, b item) int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return strings.Compare(a.version, b.version)
	})
}
