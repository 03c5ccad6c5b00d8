package main

import (
	"slices"
	"strings"
)

// sign is a phrase, or several that must all be there, by which a licence's
// text is known.
type sign struct {
	id  string
	all []string
	// none of these may be there: they belong to a longer relative.
	none []string
	// head asks for the phrases near the text's beginning, for licences that
	// others mention further down.
	head bool
}

// headLength is how far the beginning of a text goes, in bytes.
const headLength = 600

var signs = []sign{
	{id: "MIT", all: []string{"permission is hereby granted, free of charge, to any person obtaining a copy", "to deal in the software without restriction"}, none: []string{"copyright notice(s) and this permission notice"}},
	{id: "ICU", all: []string{"permission is hereby granted, free of charge, to any person obtaining a copy", "copyright notice(s) and this permission notice appear in all copies of the software"}},
	{id: "Unicode-DFS-2016", all: []string{"unicode data files", "copyright and permission notice appear with all copies of the data files or software"}},
	{id: "BSD-4-Clause", all: []string{"redistribution and use in source and binary forms", "all advertising materials mentioning"}},
	{id: "BSD-3-Clause", all: []string{"redistribution and use in source and binary forms", "endorse or promote products derived"}, none: []string{"all advertising materials mentioning"}},
	{id: "BSD-2-Clause", all: []string{"redistribution and use in source and binary forms"}, none: []string{"endorse or promote products derived", "all advertising materials mentioning"}},
	{id: "ISC", all: []string{"permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice"}},
	{id: "ISC", all: []string{"permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice"}},
	{id: "0BSD", all: []string{"permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted."}},
	{id: "Apache-2.0", all: []string{"apache license", "version 2.0", "terms and conditions for use, reproduction, and distribution"}},
	{id: "Apache-2.0", all: []string{"licensed under the apache license, version 2.0"}},
	{id: "MPL-2.0", all: []string{"mozilla public license", "version 2.0"}},
	{id: "Unlicense", all: []string{"this is free and unencumbered software released into the public domain"}},
	{id: "CC0-1.0", all: []string{"cc0 1.0 universal"}},
	{id: "CC0-1.0", all: []string{"creative commons zero"}},
	{id: "OFL-1.1", all: []string{"sil open font license", "version 1.1", "permission is hereby granted, free of charge, to any person obtaining a copy of the font software"}},
	{id: "Zlib", all: []string{"the origin of this software must not be misrepresented", "altered source versions must be plainly marked"}},
	{id: "BlueOak-1.0.0", all: []string{"blue oak model license", "1.0.0"}},
	{id: "Python-2.0", all: []string{"python software foundation license version 2"}},
	{id: "blessing", all: []string{"may you do good and not evil", "may you share freely"}},
	{id: "blessing", all: []string{"sqlite is public domain"}},
	{id: "CC-BY-4.0", all: []string{"attribution 4.0 international"}},
	{id: "BUSL-1.1", all: []string{"business source license"}},
	{id: "SSPL-1.0", all: []string{"server side public license"}},
	{id: "Elastic-2.0", all: []string{"elastic license 2.0"}},
	{id: "Commons-Clause", all: []string{"commons clause"}},
	{id: "AGPL", all: []string{"gnu affero general public license"}, head: true},
	{id: "LGPL", all: []string{"gnu lesser general public license"}, head: true},
	{id: "GPL", all: []string{"gnu general public license"}, head: true},
}

// plain folds a text to one line of lower-case words, without what comments
// and Markdown put between them.
func plain(text string) string {
	text = strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "*", " ", "#", " ", "//", " ", ">", " ", "_", " ", "`", "").Replace(strings.ToLower(text))
	return strings.Join(strings.Fields(text), " ")
}

// identify gives the SPDX identifiers of the licences that a text holds, each
// once and sorted; none if it knows none.
func identify(text string) []string {
	text = plain(text)
	var found []string
	for _, s := range signs {
		where := text
		if s.head {
			where = text[:min(len(text), headLength)]
		}
		holds := func(phrase string) bool { return strings.Contains(where, phrase) }
		if !slices.ContainsFunc(s.all, func(p string) bool { return !holds(p) }) && !slices.ContainsFunc(s.none, holds) {
			found = append(found, s.id)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// names splits an SPDX expression into its identifiers, and tells whether one
// of them is enough.
func names(expression string) (ids []string, either bool) {
	fields := strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(expression))
	for i := 0; i < len(fields); i++ {
		switch f := fields[i]; f {
		case "OR":
			either = true
		case "AND":
		case "WITH":
			// What is allowed with an exception is for a person to say.
			if i+1 < len(fields) && len(ids) > 0 {
				ids[len(ids)-1] += " WITH " + fields[i+1]
				i++
			}
		default:
			ids = append(ids, f)
		}
	}
	return ids, either
}
