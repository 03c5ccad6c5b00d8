package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"marquee/internal/guard/corpus"
	"marquee/internal/guard/standard"
	"marquee/internal/settings"
)

// guardMeasure runs corpora through the guard and counts.
func guardMeasure(set *flag.FlagSet) runner {
	asJSON := set.Bool("json", false, "print the result as JSON, to keep and compare with")
	locale := set.String("locale", "", "the language of texts whose file does not say it")
	table := set.String("csv", "", "also write all counts to this CSV file")
	against := set.String("against", "", "tell what moved since this earlier result (JSON)")
	final := set.Bool("final", false, "also score the half of the harmless prompts that is kept for the end")
	alarms := set.Int("alarms", 0, "list so many false alarms")
	return func(ctx context.Context, t terminal, _ *settings.Settings, files []string) error {
		cases, err := measured(files, *locale, *final)
		if err != nil {
			return err
		}
		var before corpus.Result
		if *against != "" {
			if before, err = earlier(*against); err != nil {
				return err
			}
		}
		g, err := standard.New()
		if err != nil {
			return err
		}
		judge := standard.NewJudge(g)
		result, err := corpus.Measure(ctx, cases, judge.Text, progressTo(t.err, len(cases), time.Now))
		if err != nil {
			return err
		}
		if *table != "" {
			if err := writeTable(*table, result); err != nil {
				return err
			}
		}
		if *asJSON {
			encoder := json.NewEncoder(t.out)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", " ")
			return encoder.Encode(result)
		}
		if err := result.WriteTable(t.out); err != nil {
			return err
		}
		for _, a := range result.Alarms[:min(max(0, *alarms), len(result.Alarms))] {
			t.say("%s  %s  %v  %s", a.Outcome, a.Locale, a.Kinds, a.Text)
		}
		if *against == "" {
			return nil
		}
		t.say("")
		return corpus.WriteChanges(t.out, corpus.Compare(before, result))
	}
}

// measured gives the cases of the files, or the harmless prompts if there are
// none.
func measured(files []string, locale string, final bool) ([]corpus.Case, error) {
	var cases []corpus.Case
	for _, path := range files {
		more, err := corpus.Open(path)
		if err != nil {
			return nil, err
		}
		for i := range more {
			if more[i].Locale == "" {
				more[i].Locale = locale
			}
		}
		cases = append(cases, more...)
	}
	var halves []corpus.Half
	if len(files) == 0 {
		halves = append(halves, corpus.A)
	}
	if final {
		halves = append(halves, corpus.B)
	}
	for _, h := range halves {
		more, err := corpus.Harmless(h)
		if err != nil {
			return nil, err
		}
		cases = append(cases, more...)
	}
	if len(cases) == 0 {
		return nil, errors.New("the corpus has no texts")
	}
	return cases, nil
}

func earlier(path string) (corpus.Result, error) {
	f, err := os.Open(path)
	if err != nil {
		return corpus.Result{}, fmt.Errorf("the earlier result: %w", err)
	}
	defer f.Close()
	return corpus.ReadResult(f)
}

func writeTable(path string, r corpus.Result) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("the table: %w", err)
	}
	return errors.Join(r.WriteCSV(f), f.Close())
}

// progressTo tells on w about twice a second how far it is.
func progressTo(w io.Writer, all int, now func() time.Time) func(int) {
	last := now()
	told := false
	return func(done int) {
		if done == all && told {
			fmt.Fprintf(w, "\r%d of %d\n", done, all)
		} else if at := now(); at.Sub(last) >= 500*time.Millisecond {
			last, told = at, true
			fmt.Fprintf(w, "\r%d of %d", done, all)
		}
	}
}
