package brand

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Change is one difference between two versions of a kit.
type Change struct {
	// Path is where it is in kit.json, with the ids of what stands in lists, as
	// in "marks[emblem].rules.max_rotation"; files are "files[marks/x.svg]".
	Path string `json:"path"`
	// Before and After are JSON as it is written, and for files the first twelve
	// digits of their SHA-256; "" where there was or is nothing.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// Kind is "added", "removed" or "changed".
func (c Change) Kind() string {
	switch {
	case c.Before == "":
		return "added"
	case c.After == "":
		return "removed"
	}
	return "changed"
}

// String gives the change in one line, as for a list on a terminal.
func (c Change) String() string {
	switch c.Kind() {
	case "added":
		return "+ " + c.Path + ": " + c.After
	case "removed":
		return "- " + c.Path + ": " + c.Before
	}
	return "~ " + c.Path + ": " + c.Before + " → " + c.After
}

// Diff lists what differs between two kits, in the order of kit.json, the files
// last; nil if nothing does. The order of lists whose parts have ids does not
// count, except for the marks: there it decides which mark is placed first.
func Diff(a, b *Kit) []Change {
	before, after := a.flat(), b.flat()
	var out []Change
	for _, path := range orderOf(before, after) {
		x, y := before.values[path], after.values[path]
		if x != y {
			out = append(out, Change{path, x, y})
		}
	}
	return out
}

// flat is a kit as paths and values.
type flat struct {
	paths  []string
	values map[string]string
}

func (f *flat) put(path, value string) {
	if _, ok := f.values[path]; !ok {
		f.paths = append(f.paths, path)
	}
	f.values[path] = value
}

// orderOf gives the paths of both: those of b in their place, and what is only
// in a after what stood before it there.
func orderOf(a, b *flat) []string {
	out := slices.Clone(b.paths)
	at := make(map[string]int, len(out))
	for i, p := range out {
		at[p] = i
	}
	type gone struct {
		path  string
		after int
	}
	var removed []gone
	last := -1
	for _, p := range a.paths {
		if i, ok := at[p]; ok {
			last = i
		} else {
			removed = append(removed, gone{p, last})
		}
	}
	merged := make([]string, 0, len(out)+len(removed))
	next := 0
	slices.SortStableFunc(removed, func(x, y gone) int { return x.after - y.after })
	for i := -1; i < len(out); i++ {
		if i >= 0 {
			merged = append(merged, out[i])
		}
		for next < len(removed) && removed[next].after == i {
			merged = append(merged, removed[next].path)
			next++
		}
	}
	return merged
}

func (k *Kit) flat() *flat {
	f := &flat{values: map[string]string{}}
	f.walk("", k.manifest)
	order := make([]string, len(k.Marks))
	for i, m := range k.Marks {
		order[i] = m.ID
	}
	f.put("marks.order", strings.Join(order, ", "))
	for _, name := range slices.Sorted(maps.Keys(k.files)) {
		sum := sha256.Sum256(k.files[name])
		f.put("files["+name+"]", hex.EncodeToString(sum[:6]))
	}
	return f
}

// walk goes down to what has no parts. A kit was read once already, so that its
// manifest is whole.
func (f *flat) walk(path string, raw json.RawMessage) {
	if items, err := object(raw); err == nil && len(items) > 0 {
		for _, it := range items {
			f.walk(strings.TrimPrefix(path+"."+it.key, "."), it.value)
		}
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 && idOf(list[0]) != "" {
		for i, v := range list {
			id := idOf(v)
			if id == "" {
				id = strconv.Itoa(i)
			}
			f.walk(path+"["+id+"]", v)
		}
		return
	}
	var b bytes.Buffer
	if err := json.Compact(&b, raw); err != nil {
		f.put(path, fmt.Sprintf("%q", raw))
		return
	}
	f.put(path, b.String())
}

func idOf(raw json.RawMessage) string {
	var v struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(raw, &v) != nil {
		return ""
	}
	return v.ID
}
