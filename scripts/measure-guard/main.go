// Command measure-guard measures the guard on HateCheck, on what the
// classifier's training held back and on the harmless prompts, and writes the
// measured sections of the guard report.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"marquee/internal/guard"
	"marquee/internal/guard/corpus"
	"marquee/internal/guard/standard"
)

func main() {
	data := flag.String("data", "../shared/data", "the folder with hatecheck and davidson")
	page := flag.String("page", "docs/guard-report.md", "the page whose sections are written anew")
	final := flag.Bool("final", false, "also score the half of the harmless prompts that is kept for the end")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *data, *page, *final); err != nil {
		fmt.Fprintln(os.Stderr, "measure-guard:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, data, page string, final bool) error {
	whole, err := standard.New()
	if err != nil {
		return err
	}
	rules, err := guard.New()
	if err != nil {
		return err
	}
	m := &measuring{ctx: ctx, whole: standard.NewJudge(whole), rules: standard.NewJudge(rules)}
	written, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	text := string(written)
	sections := map[string]func() (string, error){
		"hatecheck": func() (string, error) { return m.hateCheck(filepath.Join(data, "hatecheck")) },
		"held-back": func() (string, error) { return m.heldBack(filepath.Join(data, "davidson", "labeled_data.csv")) },
		"harmless":  func() (string, error) { return m.harmless(corpus.A) },
	}
	if final {
		sections["final"] = func() (string, error) { return m.harmless(corpus.B) }
	}
	for name, write := range sections {
		part, err := write()
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(os.Stderr, "measure-guard: %s is left as it is: %v\n", name, err)
			continue
		}
		if err != nil {
			return err
		}
		fmt.Printf("== %s\n%s\n", name, part)
		if text, err = corpus.Section(text, name, part); err != nil {
			return fmt.Errorf("%s: %w", page, err)
		}
	}
	return os.WriteFile(page, []byte(strings.TrimRight(text, "\n")+"\n"), 0o644)
}
