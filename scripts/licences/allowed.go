package main

import (
	"fmt"
	"slices"
)

// scope says where a thing is used, because some licences ask for more where
// it is shipped.
type scope int

const (
	// shipped is what is in the binary or in the pages that it serves.
	shipped scope = iota
	// tools is what only builds or tests.
	tools
	// fonts is type that is shipped with a brand kit or the Studio.
	fonts
	// data is lists of words and the like that are in the binary.
	data
)

// allowed are the licences that go together with Apache-2.0, and what each of
// them asks of those who pass Marquee on.
var allowed = map[string]struct {
	asks   string
	scopes []scope
}{
	"MIT":              {"keep notice and text", []scope{shipped, tools, data}},
	"BSD-2-Clause":     {"keep notice and text", []scope{shipped, tools}},
	"BSD-3-Clause":     {"keep notice and text; no endorsement by name", []scope{shipped, tools}},
	"ISC":              {"keep notice and text", []scope{shipped, tools}},
	"Apache-2.0":       {"keep text and NOTICE; tell of changes", []scope{shipped, tools}},
	"MPL-2.0":          {"used unmodified, in files of its own; say where its source is", []scope{shipped, tools}},
	"0BSD":             {"nothing", []scope{shipped, tools}},
	"Unlicense":        {"nothing", []scope{shipped, tools}},
	"CC0-1.0":          {"nothing", []scope{shipped, tools}},
	"blessing":         {"nothing (SQLite, in the public domain)", []scope{shipped, tools}},
	"Zlib":             {"do not claim authorship; mark changes", []scope{shipped, tools}},
	"BlueOak-1.0.0":    {"pass the text on", []scope{shipped, tools}},
	"Python-2.0":       {"keep notice and text", []scope{shipped, tools}},
	"CC-BY-4.0":        {"name the author; tell of changes", []scope{tools, data}},
	"ICU":              {"keep notice and text; no advertising by name", []scope{data}},
	"Unicode-DFS-2016": {"keep notice and text with the data or its documentation; no endorsement by name", []scope{data}},
	"OFL-1.1":          {"keep notice and text; a changed font takes another name where one is reserved; not sold by itself", []scope{fonts}},
}

// item is one thing that is used.
type item struct {
	name, version string
	// licences are SPDX identifiers; all of them hold, unless either is set.
	licences []string
	either   bool
	// by says how the licence is known where it is not by its text.
	by string
}

// check gives what is wrong with an item's licence where it is used; nil if
// nothing is.
func (i item) check(s scope) error {
	if len(i.licences) == 0 {
		return fmt.Errorf("%s %s: its licence is not known", i.name, i.version)
	}
	good := 0
	for _, id := range i.licences {
		if slices.Contains(allowed[id].scopes, s) {
			good++
		} else if !i.either {
			return fmt.Errorf("%s %s: its licence %s is not on the list of those allowed here", i.name, i.version, id)
		}
	}
	if good == 0 {
		return fmt.Errorf("%s %s: none of its licences %v is on the list of those allowed here", i.name, i.version, i.licences)
	}
	return nil
}
