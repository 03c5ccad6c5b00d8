package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"marquee/cmd/marquee/house"
	"marquee/internal/fault"
	"marquee/internal/ledger/tree"
	"marquee/internal/settings"
	"marquee/internal/store"
)

// How `ledger verify` ends, where it does not end with 0 (whole) or with 1 (it
// could not be checked).
const (
	exitNotBegun exit = 3
	exitTampered exit = 4
)

// maxNote bounds a checkpoint that is read from a file, in bytes.
const maxNote = 32 << 10

func ledgerVerify(set *flag.FlagSet) runner {
	export := set.String("export", "", "check this folder or ZIP file, written by ledger export, instead of the database")
	key := set.String("verifier", "", "the ledger's verifier key, where it is not to be taken from --ledger-key")
	since := set.String("since", "", "a checkpoint of before, which the ledger must continue")
	asJSON := set.Bool("json", false, "as JSON")
	return func(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
		c := tree.Check{Progress: progress(t, "checked")}
		var err error
		if *key != "" {
			if c.Verifier, err = note.NewVerifier(strings.TrimSpace(*key)); err != nil {
				return fmt.Errorf("%w: --verifier is not a key (name+hash+base64)", errUsage)
			}
		}
		var report *tree.Report
		if *export != "" {
			report, err = verifyExport(ctx, t, *export, *since, c)
		} else {
			err = within(ctx, t, s, func(h *house.House) error {
				report, err = verifyDatabase(ctx, t, h, *since, c)
				return err
			})
		}
		if tree.IsNotBegun(err) {
			t.say("The ledger has no checkpoint yet: there is nothing to check. The server makes the first one.")
			return exitNotBegun
		}
		if err != nil {
			return err
		}
		return tell(t, report, *asJSON)
	}
}

// checkLedger is the doctor's look at the ledger's key: a tree that has begun
// needs the one that it began with. It makes none.
func checkLedger(ctx context.Context, s *settings.Settings) finding {
	f := finding{what: "ledger", good: "its key is made at the first start", advice: "Put the file back that every node has, or name it: --ledger-key. Decisions are written meanwhile, and not proven."}
	db, err := store.Open(ctx, store.Config{Database: s.Database})
	if f.err = err; err != nil {
		f.advice = "Start the database first."
		return f
	}
	defer db.Close()
	state, err := db.LedgerTree(ctx)
	if f.err = err; err != nil {
		return f
	}
	key, err := tree.ReadKey(s.LedgerKey)
	switch {
	case err == nil && state.Verifier != "" && state.Verifier != key.Verifier:
		f.err = tree.ErrOtherKey
	case err == nil:
		f.good = fmt.Sprintf("%s has %d rows in its tree", key.Name(), state.Size)
	case !errors.Is(err, fs.ErrNotExist) || state.Verifier != "":
		f.err = err
	}
	return f
}

// verifyDatabase checks the ledger of the database with the key of this house.
func verifyDatabase(ctx context.Context, t terminal, h *house.House, since string, c tree.Check) (*tree.Report, error) {
	if c.Verifier == nil {
		key, err := tree.ReadKey(h.Settings.LedgerKey)
		if errors.Is(err, fs.ErrNotExist) {
			if state, err := h.DB.LedgerTree(ctx); err == nil && state.Checkpoint != "" {
				return nil, fmt.Errorf("the ledger's key is not at %s. Put it back, or give the verifier key: --verifier", h.Settings.LedgerKey)
			}
		} else if err != nil {
			return nil, err
		} else if c.Verifier, err = note.NewVerifier(key.Verifier); err != nil {
			return nil, err
		}
	}
	src, err := tree.Checked(ctx, h.DB)
	if err != nil {
		return nil, err
	}
	if _, err := src.Checkpoint(ctx); err != nil {
		return nil, err
	}
	c.Earlier = src.Witnessed(c.Verifier)
	if c.Earlier, err = andSince(c, since); err != nil {
		return nil, err
	}
	report, err := tree.Verify(ctx, src, c)
	if err != nil {
		return nil, err
	}
	return report, src.Stray(ctx, report)
}

// verifyExport checks a folder or a ZIP file.
func verifyExport(ctx context.Context, t terminal, path, since string, c tree.Check) (*tree.Report, error) {
	files := os.DirFS(path)
	if info, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("the export: %w", err)
	} else if !info.IsDir() {
		z, err := zip.OpenReader(path)
		if err != nil {
			return nil, fmt.Errorf("the export %s is neither a folder nor a ZIP file: %w", path, err)
		}
		defer z.Close()
		files = z
	}
	src, err := tree.NewExported(files)
	if err != nil {
		return nil, err
	}
	if c.Verifier == nil {
		if c.Verifier, err = src.Key(); err != nil {
			return nil, fmt.Errorf("the export's own key: %w", err)
		}
		fmt.Fprintln(t.err, "The key is the one that came with the export. Give the one that you know: --verifier")
	}
	if c.Earlier, err = andSince(c, since); err != nil {
		return nil, err
	}
	return tree.Verify(ctx, src, c)
}

// andSince adds the checkpoint of a file to those that must be continued.
func andSince(c tree.Check, path string) ([]tree.Earlier, error) {
	if path == "" {
		return c.Earlier, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("the checkpoint of before: %w", err)
	}
	if info.Size() > maxNote {
		return nil, fmt.Errorf("the file %s is too long for a checkpoint", path)
	}
	signed, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the checkpoint of before: %w", err)
	}
	before, err := tree.OpenCheckpoint(signed, c.Verifier)
	if err != nil {
		return nil, fmt.Errorf("the file %s is no checkpoint of this ledger: %w", path, err)
	}
	return append(c.Earlier, tree.Earlier{Checkpoint: before, By: "the checkpoint in " + path}), nil
}

// tell says what was found.
func tell(t terminal, r *tree.Report, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(t.out)
		enc.SetIndent("", "  ")
		err := enc.Encode(struct {
			Whole    bool           `json:"whole"`
			Origin   string         `json:"origin"`
			Size     int64          `json:"size"`
			Root     string         `json:"root"`
			Findings []tree.Finding `json:"findings"`
			More     int            `json:"more"`
		}{r.Whole(), r.Head.Origin, r.Head.Size, r.Head.Root.String(), append([]tree.Finding{}, r.Findings...), r.More})
		if err != nil {
			return err
		}
	} else {
		for _, f := range r.Findings {
			t.say("%-17s %s", f.Kind, f.Detail)
		}
		if r.More > 0 {
			t.say("… and %d more.", r.More)
		}
		if r.Whole() {
			t.say("The ledger %s is whole: %d rows lead to the signed root %s.", r.Head.Origin, r.Head.Size, r.Head.Root)
		} else {
			t.say("The ledger %s is NOT as it was signed. Rows: %d. Findings: %d.", r.Head.Origin, r.Head.Size, len(r.Findings)+r.More)
		}
	}
	if !r.Whole() {
		return exitTampered
	}
	return nil
}

// progress tells now and then how far something is, on the second output.
func progress(t terminal, verb string) func(done, of int64) {
	begun := time.Now()
	last := begun
	return func(done, of int64) {
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			fmt.Fprintf(t.err, "%s %d of %d rows\n", verb, done, of)
		}
	}
}

func ledgerExport(set *flag.FlagSet) runner {
	out := set.String("out", "./ledger", "folder, or ZIP file if it ends in .zip; it must not be there yet")
	return func(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
		if _, err := os.Lstat(*out); err == nil {
			return fmt.Errorf("there is something at %s already; choose another place: --out", *out)
		}
		return within(ctx, t, s, func(h *house.House) error {
			if _, err := h.Tree.Head(ctx); fault.HasCode(err, "ledger_unproven") {
				t.say("The ledger has no checkpoint yet: there is nothing to export. The server makes the first one.")
				return exitNotBegun
			}
			write, done, err := exportTo(*out)
			if err != nil {
				return err
			}
			n, err := tree.Export(ctx, h.DB, write, progress(t, "exported"))
			if err := errors.Join(err, done()); err != nil {
				return err
			}
			t.say("%d rows are in %s; README.txt in it tells how anybody can check them.", n, *out)
			return nil
		})
	}
}

// exportTo opens a folder or a ZIP file to write to.
func exportTo(out string) (write func(name string, data []byte) error, done func() error, err error) {
	if !strings.HasSuffix(strings.ToLower(out), ".zip") {
		return func(name string, data []byte) error {
			path := filepath.Join(out, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			return os.WriteFile(path, data, 0o644)
		}, func() error { return nil }, nil
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, nil, fmt.Errorf("the ZIP file: %w", err)
	}
	z := zip.NewWriter(f)
	return func(name string, data []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Now().UTC()})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}, func() error { return errors.Join(z.Close(), f.Close()) }, nil
}
