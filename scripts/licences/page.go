package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// page writes the document.
func (p parts) page() string {
	var b strings.Builder
	b.WriteString(`# Licences

Marquee is under the Apache License 2.0, see ` + "`LICENSE`" + `. This page lists everything of others that it is made of or built with, and under which licence.
It is written by ` + "`make licences`" + ` from what is really used: the Go modules that the compiler links, the lock file of the front end, the fonts of the brand kits, and the data of others in the binary. A licence is known by its text; where a package comes without one, by what it says of itself. A test fails when this page is out of date, and when a licence is not on the list below.

## What is allowed

| licence | where | what it asks of those who pass Marquee on |
|---|---|---|
`)
	where := map[scope]string{shipped: "shipped", tools: "tools", fonts: "fonts", data: "data"}
	for _, id := range slices.Sorted(maps.Keys(allowed)) {
		var places []string
		for _, s := range allowed[id].scopes {
			places = append(places, where[s])
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", id, strings.Join(places, ", "), allowed[id].asks)
	}
	b.WriteString(`
*Shipped* is what is in the binary and in the pages that it serves; *tools* only build and test, and are not passed on.

## In the binary

`)
	table(&b, p.linked, "module", "version", "")
	b.WriteString("\nModules under MPL-2.0 are linked as their authors published them; their source is at `https://proxy.golang.org/<module>/@v/<version>.zip`.\n")
	b.WriteString("\n## In the pages\n\nPackages of the front end's production tree. Not all of their code ends up in the pages.\n\n")
	table(&b, p.bundle, "package", "version", "known by")
	b.WriteString("\n## Fonts\n\n")
	table(&b, p.fonts, "family", "in", "notice")
	b.WriteString("\n## Data\n\nIn the binary. What it is made from and what was changed is told in the folder.\n\n")
	table(&b, p.data, "data", "in", "notice")
	b.WriteString("\n## Tools\n\nGo modules that only tests and scripts use:\n\n")
	table(&b, p.testing, "module", "version", "")
	b.WriteString("\nPackages that build and test the front end:\n\n")
	table(&b, p.building, "package", "version", "known by")
	b.WriteString("\nTests also start Chromium, PostgreSQL and versitygw as programs of their own; they are not part of Marquee.\n")
	return b.String()
}

// table writes items; the last column is left out if it has no head.
func table(b *strings.Builder, all []item, name, version, by string) {
	if len(all) == 0 {
		b.WriteString("None.\n")
		return
	}
	head, line := "| "+name+" | "+version+" | licence |", "|---|---|---|"
	if by != "" {
		head, line = head+" "+by+" |", line+"---|"
	}
	fmt.Fprintf(b, "%s\n%s\n", head, line)
	for _, i := range all {
		join := ", "
		if i.either {
			join = " or "
		}
		fmt.Fprintf(b, "| %s | %s | %s |", i.name, i.version, strings.Join(i.licences, join))
		if by != "" {
			text := i.by
			if text == "" {
				text = "text"
			}
			fmt.Fprintf(b, " %s |", text)
		}
		b.WriteByte('\n')
	}
}
