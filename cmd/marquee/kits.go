package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"

	"marquee/internal/brand"
	"marquee/internal/brand/imports"
	"marquee/internal/settings"
)

func readKit(folder string) (*brand.Kit, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("the kit's folder: %w", err)
	}
	defer root.Close()
	return brand.Read(root.FS())
}

func diffKits(_ context.Context, t terminal, _ *settings.Settings, words []string) error {
	before, err := readKit(words[0])
	if err != nil {
		return err
	}
	after, err := readKit(words[1])
	if err != nil {
		return err
	}
	changes := brand.Diff(before, after)
	if len(changes) == 0 {
		t.say("Nothing differs between %s %s and %s %s.", before.ID, before.Version, after.ID, after.Version)
		return nil
	}
	for _, c := range changes {
		fmt.Fprintln(t.out, c)
	}
	if before.ID == after.ID && before.Version == after.Version {
		t.say("Both are %s %s. A version of a kit never changes: raise it before you add the second.", after.ID, after.Version)
	}
	return nil
}

func importKit(set *flag.FlagSet) runner {
	out := set.String("out", "", "a new folder for tokens.json, palette.json and the logos as PNG")
	return func(_ context.Context, t terminal, _ *settings.Settings, words []string) error {
		data, err := readBounded(words[0])
		if err != nil {
			return err
		}
		found, err := imports.Read(data)
		if err != nil {
			return err
		}
		tellFound(t, found)
		if *out == "" {
			return nil
		}
		names, err := writeFound(*out, found)
		if err != nil {
			return fmt.Errorf("the folder for what was found: %w", err)
		}
		t.say("Written to %s: %d files.", *out, len(names))
		return nil
	}
}

// readBounded reads no more of a file than can be taken in.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, imports.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("the file: %w", err)
	}
	return data, nil
}

func tellFound(t terminal, found imports.Found) {
	t.say("Read as %s.", found.Source)
	if found.Count > 0 {
		t.say("%d design tokens.", found.Count)
	}
	for _, s := range found.Palette {
		t.say("  %s  %5.1f %%  %s", s.Hex, s.Share*100, s.Name)
	}
	for i, l := range found.Logos {
		b := l.Bounds
		t.say("  logo %d?  %d×%d pixels at %d, %d, likeness %.2f", i+1, b.Dx(), b.Dy(), b.Min.X, b.Min.Y, l.Score)
	}
	if len(found.Unread) > 0 {
		t.say("Not read:")
	}
	for _, n := range found.Unread {
		if n.Path == "" {
			t.say("  %s", n.Reason)
		} else {
			t.say("  %s: %s", n.Path, n.Reason)
		}
	}
}

// writeFound writes into a folder that is not there yet: nothing of a kit's is
// ever written over.
func writeFound(folder string, found imports.Found) ([]string, error) {
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	var names []string
	write := func(name string, data []byte) error {
		names = append(names, name)
		return os.WriteFile(filepath.Join(folder, name), append(data, '\n'), 0o644)
	}
	if found.Tokens != nil {
		if err := write("tokens.json", found.Tokens); err != nil {
			return names, err
		}
	}
	if len(found.Palette) > 0 {
		data, err := json.MarshalIndent(found.Palette, "", "  ")
		if err != nil {
			return names, err
		}
		if err := write("palette.json", data); err != nil {
			return names, err
		}
	}
	for i, l := range found.Logos {
		name := fmt.Sprintf("logo-%d.png", i+1)
		names = append(names, name)
		if err := writePNG(filepath.Join(folder, name), l); err != nil {
			return names, err
		}
	}
	return names, nil
}

func writePNG(path string, l imports.Logo) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if err := png.Encode(f, l.Image); err != nil {
		return fmt.Errorf("%w (and closing: %v)", err, f.Close())
	}
	return f.Close()
}
