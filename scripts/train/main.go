// Command train makes the classifier's weights and the training section of the
// guard report from ../shared/data/davidson.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"marquee/internal/guard/classify"
	"marquee/internal/guard/classify/train"
	"marquee/internal/guard/corpus"
)

func main() {
	data := flag.String("data", "../shared/data/davidson/labeled_data.csv", "the labelled messages")
	weights := flag.String("weights", "internal/guard/classify/weights.bin", "where the weights go")
	page := flag.String("page", "docs/guard-report.md", "the page whose training section is written anew")
	flag.Parse()
	if err := run(*data, *weights, *page); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(data, weights, page string) error {
	examples, err := train.Open(data)
	if err != nil {
		return err
	}
	cases, err := corpus.Harmless(corpus.A)
	if err != nil {
		return err
	}
	harmless := train.Folded(cases)
	fmt.Printf("%d messages, %d harmless prompts\n", len(examples), len(harmless))
	m := train.Learn(examples, train.Chosen, harmless)
	if err := os.WriteFile(weights, m.Encode(), 0o644); err != nil {
		return err
	}
	r := train.Measure(m, examples, harmless)
	text := fmt.Sprintf("Weights `%s`, made by `make train` with %d classes in %d cells.\n\n%s\n%s", classify.Of(m).Name(), classify.Classes, 1<<m.Bits, r.Page(), train.Unfairness(m, examples, train.Chosen).Page())
	fmt.Println(text)
	old, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	written, err := corpus.Section(string(old), "training", text)
	if err != nil {
		return fmt.Errorf("%s: %w", page, err)
	}
	return os.WriteFile(page, []byte(strings.TrimRight(written, "\n")+"\n"), 0o644)
}
