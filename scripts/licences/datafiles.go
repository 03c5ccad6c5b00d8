package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// dataFiles are data of others in the binary: what they are, the folder, and
// the licence's text in it. Who made them and what was changed is told beside
// them.
var dataFiles = []struct{ name, folder, text string }{
	{"words of Thai, of ICU's dictionary", "internal/compose/thai", "LICENSE.txt"},
	{"words of the guard, of LDNOOBW's list", "internal/guard/data", "CC-BY-4.0.txt"},
	{"weights of the look for nudity, of nsfwjs", "internal/guard/sight/nsfw/data", "LICENSE-nsfwjs.txt"},
	{"cascade of the look for faces, of pigo", "internal/guard/sight/faces/data", "LICENSE-pigo.txt"},
}

// shippedData lists the data of others. A folder that has a licence of its own
// and is not listed is an error.
func shippedData(root string) ([]item, error) {
	var all []item
	var wrong []error
	listed := map[string]bool{}
	for _, d := range dataFiles {
		listed[d.folder] = true
		text, err := os.ReadFile(filepath.Join(root, d.folder, d.text))
		if err != nil {
			return nil, err
		}
		all = append(all, item{name: d.name, version: d.folder, licences: identify(string(text)), by: d.text})
	}
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name := strings.ToUpper(e.Name())
		if !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "NOTICE") {
			return nil
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if folder = filepath.ToSlash(folder); err == nil && !listed[folder] {
			wrong = append(wrong, fmt.Errorf("%s has a licence of its own and is not listed with the data", folder))
		}
		return err
	})
	sortItems(all)
	return all, errors.Join(append(wrong, err)...)
}
