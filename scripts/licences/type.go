package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// licenceEnding is how the file with a family's licence ends; its files begin
// like it: figtree-OFL.txt speaks for figtree-400.woff.
const licenceEnding = "-OFL.txt"

// brandFonts lists the font families of all brand kits. Every font file has to
// have its family's licence beside it.
func brandFonts(root string) ([]item, error) {
	files, err := filepath.Glob(filepath.Join(root, "brands", "*", "fonts", "*"))
	if err != nil {
		return nil, err
	}
	var all []item
	var wrong []error
	seen := map[string]bool{}
	for _, file := range files {
		switch strings.ToLower(filepath.Ext(file)) {
		case ".woff", ".woff2", ".ttf", ".otf":
		default:
			continue
		}
		dir, base := filepath.Split(file)
		kit := filepath.Base(filepath.Dir(filepath.Clean(dir)))
		family, err := familyOf(dir, base)
		if err != nil {
			return nil, err
		}
		if family == "" {
			wrong = append(wrong, fmt.Errorf("the font %s of the kit %s has no licence beside it", base, kit))
			continue
		}
		if seen[kit+"/"+family] {
			continue
		}
		seen[kit+"/"+family] = true
		text, err := os.ReadFile(filepath.Join(dir, family+licenceEnding))
		if err != nil {
			return nil, err
		}
		all = append(all, item{name: family, version: "kit " + kit, licences: identify(string(text)), by: holder(string(text))})
	}
	letters, err := labelFonts(root)
	if err != nil {
		return nil, err
	}
	all = append(all, letters)
	sortItems(all)
	return all, errors.Join(wrong...)
}

// labelFonts are the letters that visible labels are set in: parts of several
// families under one licence, which names them all.
func labelFonts(root string) (item, error) {
	folder := filepath.Join("internal", "compose", "labels")
	text, err := os.ReadFile(filepath.Join(root, folder, "OFL.txt"))
	if err != nil {
		return item{}, err
	}
	return item{
		name: "letters of visible labels", version: filepath.ToSlash(folder), licences: identify(string(text)),
		by: "the authors of Figtree, Noto Sans and Baloo, named in OFL.txt",
	}, nil
}

// familyOf gives the family whose licence lies beside a font file, the longest
// name if there are several; "" if there is none.
func familyOf(dir, font string) (string, error) {
	texts, err := filepath.Glob(filepath.Join(dir, "*"+licenceEnding))
	if err != nil {
		return "", err
	}
	best := ""
	for _, text := range texts {
		family := strings.TrimSuffix(filepath.Base(text), licenceEnding)
		if strings.HasPrefix(font, family+"-") && len(family) > len(best) {
			best = family
		}
	}
	return best, nil
}

// holder gives the first copyright line of a text, shortened to whom it names.
func holder(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "Copyright") {
			line, _, _ = strings.Cut(line, "(")
			return strings.TrimSpace(line)
		}
	}
	return ""
}
