package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKitDiff(t *testing.T) {
	t.Parallel()
	kit := filepath.Join("..", "..", "brands", "kornblum")
	code, out, errs := do(t, "kit", "diff", kit, kit)
	if code != 0 || !strings.Contains(out, "Nothing differs between kornblum 1.1.0") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	other := filepath.Join(t.TempDir(), "kit")
	if err := os.CopyFS(other, os.DirFS(kit)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(other, "kit.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), "#C7792E", "#C7792F", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, errs = do(t, "kit", "diff", kit, other)
	if code != 0 || !strings.Contains(out, `~ tokens.color.crust.$value: "#C7792E" → "#C7792F"`) || !strings.Contains(out, "raise it before") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if code, _, errs = do(t, "kit", "diff", kit, filepath.Join(other, "marks")); code == 0 || !strings.Contains(errs, "no brand kit here") {
		t.Errorf("a folder without a kit: %d %s", code, errs)
	}
}

func TestKitImport(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tokens := filepath.Join(folder, "tokens.json")
	if err := os.WriteFile(tokens, []byte(`{"color":{"red":{"value":"#D8452E"},"odd":{"value":"reddish"}}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "found")
	code, said, errs := do(t, "kit", "import", "--out", out, tokens)
	if code != 0 || !strings.Contains(said, "1 design tokens") || !strings.Contains(said, "color.odd: its value is not a colour") {
		t.Errorf("%d %s%s", code, said, errs)
	}
	if data, err := os.ReadFile(filepath.Join(out, "tokens.json")); err != nil || !strings.Contains(string(data), `"$value": "#d8452e"`) {
		t.Errorf("%s %v", data, err)
	}
	if code, _, errs = do(t, "kit", "import", "--out", out, tokens); code == 0 || !strings.Contains(errs, "folder for what was found") {
		t.Errorf("over what is there: %d %s", code, errs)
	}
	mark := filepath.Join("..", "..", "brands", "lumipine", "marks", "polar-fox-on-light.svg")
	if code, said, errs = do(t, "kit", "import", mark); code != 0 || !strings.Contains(said, "Read as SVG") || !strings.Contains(said, "%") || !strings.Contains(said, "logo 1?") {
		t.Errorf("%d %s%s", code, said, errs)
	}
	if code, _, errs = do(t, "kit", "import", filepath.Join(folder, "none")); code == 0 || !strings.Contains(errs, "the file:") {
		t.Errorf("no such file: %d %s", code, errs)
	}
}
