package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestIdentify(t *testing.T) {
	t.Parallel()
	const bsd = "Redistribution and use in source and binary forms, with or without modification, are permitted provided that\n * Redistributions of source code must retain the above copyright notice"
	const grant = "Permission is hereby granted, free of charge, to any person\nobtaining a copy of this software, to deal in the Software without restriction"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing":         {"All rights reserved.", nil},
		"MIT in comments": {"// " + strings.ReplaceAll(grant, "\n", "\n// "), []string{"MIT"}},
		"two clauses":     {bsd, []string{"BSD-2-Clause"}},
		"three clauses":   {bsd + " may be used to endorse or promote products derived from", []string{"BSD-3-Clause"}},
		"four clauses":    {bsd + " All advertising materials mentioning features. endorse or promote products derived", []string{"BSD-4-Clause"}},
		"two in one file": {grant + "\n---\n" + bsd, []string{"BSD-2-Clause", "MIT"}},
		"Apache":          {"Apache License\nVersion 2.0, January 2004\nTERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION", []string{"Apache-2.0"}},
		"ISC":             {"Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice", []string{"ISC"}},
		"0BSD":            {"Permission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted.", []string{"0BSD"}},
		"GPL":             {"GNU GENERAL PUBLIC LICENSE\nVersion 3", []string{"GPL"}},
		"AGPL":            {"GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3", []string{"AGPL"}},
		"GPL in passing":  {"Mozilla Public License Version 2.0" + strings.Repeat(" word", 200) + " GNU General Public License", []string{"MPL-2.0"}},
		"with a clause":   {grant + " Commons Clause License Condition", []string{"Commons-Clause", "MIT"}},
		"SQLite":          {"May you do good and not evil. May you find forgiveness for yourself and forgive others. May you share freely, never taking more than you give.", []string{"blessing"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := identify(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		expression string
		scope      scope
		good       bool
	}{
		"MIT":                      {"MIT", shipped, true},
		"unknown":                  {"", shipped, false},
		"unlicensed":               {"UNLICENSED", shipped, false},
		"GPL":                      {"GPL-3.0-only", shipped, false},
		"GPL or MIT":               {"(GPL-3.0-only OR MIT)", shipped, true},
		"GPL and MIT":              {"GPL-3.0-only AND MIT", shipped, false},
		"with an exception":        {"Apache-2.0 WITH Something", shipped, false},
		"MPL in a tool":            {"MPL-2.0", tools, true},
		"a picture's on code":      {"CC-BY-4.0", shipped, false},
		"a font licence on code":   {"OFL-1.1", shipped, false},
		"a font licence on a font": {"OFL-1.1", fonts, true},
		"by name on data":          {"CC-BY-4.0", data, true},
		"data's notice on code":    {"Unicode-DFS-2016", shipped, false},
		"share alike on data":      {"CC-BY-SA-4.0", data, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ids, either := names(c.expression)
			err := item{name: "x", licences: ids, either: either}.check(c.scope)
			if (err == nil) != c.good {
				t.Errorf("%q: %v", c.expression, err)
			}
		})
	}
}

// TestThePageIsUpToDate is why the page can be believed.
func TestThePageIsUpToDate(t *testing.T) {
	t.Parallel()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "ui", "node_modules")); err != nil && os.Getenv("MARQUEE_TESTS_MUST_RUN") == "" {
		t.Skip("the front end's packages are not installed; make test installs them")
	}
	p, err := collect(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.check(); err != nil {
		t.Error(err)
	}
	for name, list := range map[string][]item{"linked": p.linked, "bundle": p.bundle, "building": p.building, "fonts": p.fonts, "data": p.data} {
		if len(list) == 0 {
			t.Errorf("%s: nothing was found, which can't be", name)
		}
	}
	have, err := os.ReadFile(filepath.Join(root, document))
	if err != nil {
		t.Fatal(err)
	}
	if want := p.page(); string(have) != want {
		t.Errorf("%s is out of date: run `make licences`\n%s", document, firstDifference(string(have), want))
	}
}

func firstDifference(have, want string) string {
	a, b := strings.Split(have, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "it says   " + a[i] + "\nit should " + b[i]
		}
	}
	return "one of them is longer"
}
