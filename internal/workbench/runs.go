package workbench

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"marquee/internal/fault"
	"marquee/internal/guard/corpus"
)

// The bounds of a run.
const (
	// LargestCorpus bounds the file, in bytes.
	LargestCorpus = 4 << 20
	// MostTexts bounds its texts: they are judged while somebody waits.
	MostTexts = 10_000
	// mostRuns is how many runs are listed; the older ones are forgotten.
	mostRuns = 200
	// longestKept bounds a text that a result keeps as an example, in bytes.
	longestKept = 2000
)

// Run is what a guard did with a corpus.
type Run struct {
	ID string
	// Name is the corpus's file's, Locale the language of texts whose row does
	// not say it.
	Name, Locale string
	// By is the id of who ran it.
	By string
	At time.Time
	// Took is the time of all its texts; 0 for a result from elsewhere.
	Took time.Duration
	// Version is the guard's.
	Version Version
	// Result has its total alone in a list.
	Result corpus.Result
}

// Run runs a corpus through the guard as it is now and keeps the result. The
// file's name says how it is read: a table (.csv), one harmless text a line
// (.txt), or a result that `marquee guard measure --json` gave, which is kept
// as it is to compare with. Faults: "corpus_unreadable", "corpus_too_large".
func (s *Service) Run(ctx context.Context, by By, name, locale string, data []byte) (Run, error) {
	r := Run{ID: uuid.Must(uuid.NewV7()).String(), Name: name, Locale: locale, By: by.ID, At: s.Now()}
	var err error
	if strings.EqualFold(filepath.Ext(name), ".json") {
		if r.Result, err = corpus.ReadResult(bytes.NewReader(data)); err == nil && r.Result.Total == (corpus.Row{}) {
			err = fault.New(fault.Invalid, "corpus_unreadable", "There is no total in it.")
		}
		if err != nil {
			return Run{}, unreadable(err)
		}
		r.Version = Version{Detectors: []string{}, Packs: []string{}}
	} else {
		cases, err := read(name, locale, data)
		if err != nil {
			return Run{}, err
		}
		r.Version = s.Version(ctx)
		begin := time.Now()
		if r.Result, err = corpus.Measure(ctx, cases, s.judge, nil); err != nil {
			return Run{}, err
		}
		r.Took = time.Since(begin)
	}
	shorten(r.Result.Alarms)
	shorten(r.Result.Misses)
	return r, s.keep(ctx, by, r)
}

// keep stores a run and forgets the oldest of too many.
func (s *Service) keep(ctx context.Context, by By, r Run) error {
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		have, err := s.Store.GuardRuns(ctx, mostRuns+1)
		if err != nil {
			return err
		}
		for _, old := range have[min(len(have), mostRuns-1):] {
			if _, err := s.Store.DeleteGuardRun(ctx, old.ID); err != nil {
				return err
			}
		}
		if err := s.Store.InsertGuardRun(ctx, r); err != nil {
			return err
		}
		return s.record(ctx, "guard.run", by, "guard_run", r.ID, map[string]string{"guard": r.Version.Name})
	})
}

func read(name, locale string, data []byte) ([]corpus.Case, error) {
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, unreadable(fault.New(fault.Invalid, "corpus_unreadable", "It is no text in UTF-8."))
	}
	take := corpus.ReadLines
	if strings.EqualFold(filepath.Ext(name), ".csv") {
		take = corpus.ReadTable
	}
	cases, err := take(bytes.NewReader(data), locale)
	switch {
	case err != nil:
		return nil, unreadable(err)
	case len(cases) == 0:
		return nil, unreadable(fault.New(fault.Invalid, "corpus_unreadable", "There are no texts in it."))
	case len(cases) > MostTexts:
		return nil, fault.New(fault.TooLarge, "corpus_too_large", "Please send at most %d texts at once; the command line takes more.", MostTexts).With("max", MostTexts)
	}
	return cases, nil
}

func unreadable(err error) error {
	f := fault.New(fault.Invalid, "corpus_unreadable", "This file can't be read as a corpus. A table needs the columns text and label; any other file has one text a line.").Because(err)
	f.Fields = []fault.Field{{Path: "file", Code: "corpus_unreadable", Message: err.Error()}}
	return f
}

// shorten cuts the texts of examples at a character's end.
func shorten(list []corpus.Alarm) {
	for i := range list {
		if len(list[i].Text) > longestKept {
			list[i].Text = strings.ToValidUTF8(list[i].Text[:longestKept], "") + "…"
		}
	}
}

// Runs lists the runs, newest first, with their totals alone.
func (s *Service) Runs(ctx context.Context) ([]Run, error) { return s.Store.GuardRuns(ctx, mostRuns) }

// Get gives a run with its whole result.
func (s *Service) Get(ctx context.Context, id string) (Run, error) { return s.Store.GuardRun(ctx, id) }

// Compare tells what moved from one run to another; nothing if nothing did.
func (s *Service) Compare(ctx context.Context, from, to string) (before, after Run, moved []corpus.Change, err error) {
	if before, err = s.Store.GuardRun(ctx, from); err != nil {
		return before, after, nil, err
	}
	if after, err = s.Store.GuardRun(ctx, to); err != nil {
		return before, after, nil, err
	}
	return before, after, corpus.Compare(before.Result, after.Result), nil
}

// Remove forgets a run.
func (s *Service) Remove(ctx context.Context, by By, id string) error {
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		gone, err := s.Store.DeleteGuardRun(ctx, id)
		if err == nil && !gone {
			err = fault.New(fault.NotFound, "not_found", "This run isn't here any more.")
		}
		if err != nil {
			return err
		}
		return s.record(ctx, "guard.run_removed", by, "guard_run", id, nil)
	})
}
