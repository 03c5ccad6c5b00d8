package brand_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"marquee/internal/brand"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	a := kornblum()
	if got := brand.Diff(a, a); got != nil {
		t.Errorf("a kit differs from itself: %v", got)
	}
	b := ruled(t, map[string]string{
		"version":                    `"1.2.0"`,
		"marks.2.rules.max_rotation": `9`,
		"marks.1.rights":             `{"owner":"Ida","licence":"own","with_generated":true}`,
		"tokens.color.crust":         `{"$value":"#C7792F"}`,
		"credits":                    `["Drawn anew."]`,
	}, `"id":"quiet","kind":"rotation","max":4`)
	var got []string
	for _, c := range brand.Diff(a, b) {
		got = append(got, c.String())
	}
	for _, want := range []string{
		`~ version: "1.1.0" → "1.2.0"`, `~ tokens.color.crust.$value: "#C7792E" → "#C7792F"`, `- tokens.color.crust.$description: "Crust."`,
		`+ marks[blossom].rights.owner: "Ida"`, `~ marks[loaf].rules.max_rotation: 12 → 9`, `+ rules[quiet].max: 4`,
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, strings.Join(got, "\n"))
		}
	}
	// Whoever reads it backwards finds the same, turned round.
	back := brand.Diff(b, a)
	if len(back) != len(got) {
		t.Errorf("%d one way and %d the other", len(got), len(back))
	}
	for _, c := range back {
		if c.Path == "rules[quiet].max" && c.Kind() != "removed" || c.Path == "marks[loaf].rules.max_rotation" && c.Kind() != "changed" {
			t.Errorf("%s", c)
		}
	}
}

func TestDiffSeesFilesAndTheOrderOfMarks(t *testing.T) {
	t.Parallel()
	files := slices.Clone(kornblum().Files())
	for i := range files {
		if files[i].Name == "marks/loaf-on-light.svg" {
			files[i].Data = append(bytes.Clone(files[i].Data), '\n')
		}
	}
	b, err := brand.ReadFiles(files)
	if err != nil {
		t.Fatal(err)
	}
	got := brand.Diff(kornblum(), b)
	if len(got) != 1 || got[0].Path != "files[marks/loaf-on-light.svg]" || got[0].Kind() != "changed" {
		t.Errorf("%v", got)
	}
	if got := brand.Diff(kornblum(), lumipine()); len(got) < 100 {
		t.Errorf("two brands differ in %d things", len(got))
	}
}
