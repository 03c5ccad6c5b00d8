package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/account"
	"marquee/internal/settings"
	"marquee/internal/store/storetest"
)

// ledgerHouse opens a house in a folder for as long as f takes.
func ledgerHouse(t *testing.T, data string, f func(h *house.House)) {
	t.Helper()
	h, err := house.Open(t.Context(), house.Parts{Settings: &settings.Settings{
		Data: data, Database: filepath.Join(data, "marquee.db"), Objects: filepath.Join(data, "objects"),
		SecretFile: filepath.Join(data, "secret.key"), LedgerKey: filepath.Join(data, "ledger.key"),
	}, Log: storetest.Quiet(), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	f(h)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestLedgerCommands goes the way of somebody who checks a house's ledger.
func TestLedgerCommands(t *testing.T) {
	t.Parallel()
	data, out := t.TempDir(), filepath.Join(t.TempDir(), "ledger")
	wants := func(code int, words string, args ...string) string {
		t.Helper()
		got, said, errs := do(t, append(args, "--data", data)...)
		if got != code || !strings.Contains(said+errs, words) {
			t.Fatalf("%v: %d %s%s, want %d with %q", args, got, said, errs, code, words)
		}
		return said
	}
	wants(3, "no checkpoint yet", "ledger", "verify")
	wants(3, "no checkpoint yet", "ledger", "export", "--out", out)
	ledgerHouse(t, data, func(h *house.House) {
		for range 3 {
			if _, _, err := h.Account.Invite(t.Context(), account.Reviewer, account.System); err != nil {
				t.Fatal(err)
			}
		}
		// As the server does it, until its context ends.
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); h.Prove(ctx) }()
		for deadline := time.Now().Add(20 * time.Second); ; {
			if head, err := h.Tree.Head(t.Context()); err == nil && head.Size == 3 {
				break
			} else if time.Now().After(deadline) {
				t.Fatal("the rows are not in the tree", err)
			}
		}
		stop()
		<-ended
	})
	wants(0, "is whole: 3 rows", "ledger", "verify")
	wants(0, "3 rows are in", "ledger", "export", "--out", out)
	wants(1, "already", "ledger", "export", "--out", out)
	wants(0, "3 rows are in", "ledger", "export", "--out", out+".zip")
	key, err := os.ReadFile(filepath.Join(out, "key"))
	if err != nil {
		t.Fatal(err)
	}
	wants(0, "The key is the one that came with the export", "ledger", "verify", "--export", out)
	wants(0, "is whole", "ledger", "verify", "--export", out+".zip", "--verifier", string(key))
	wants(0, "is whole", "ledger", "verify", "--since", filepath.Join(out, "checkpoint"))
	wants(1, "no checkpoint of this ledger", "ledger", "verify", "--since", filepath.Join(out, "key"))
	wants(1, "the checkpoint of before", "ledger", "verify", "--since", filepath.Join(out, "none"))
	wants(2, "is not a key", "ledger", "verify", "--verifier", "x")
	wants(1, "the export", "ledger", "verify", "--export", filepath.Join(out, "none"))
	wants(1, "neither a folder nor a ZIP", "ledger", "verify", "--export", filepath.Join(out, "key"))
	wants(1, "no file checkpoint", "ledger", "verify", "--export", filepath.Join(out, "tile"))

	db, err := sql.Open("sqlite", filepath.Join(data, "marquee.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "UPDATE ledger SET role = 'nobody' WHERE seq = 2"); err != nil {
		t.Fatal(err)
	}
	wants(4, "row_changed", "ledger", "verify")
	var report struct {
		Whole    bool
		Size     int64
		Findings []struct{ Kind string }
	}
	if err := json.Unmarshal([]byte(wants(4, "row_changed", "ledger", "verify", "--json")), &report); err != nil || report.Whole || report.Size != 3 || len(report.Findings) != 1 {
		t.Errorf("%+v %v", report, err)
	}

	if _, said, _ := do(t, "doctor", "--data", data, "--ledger-key", filepath.Join(data, "ledger.key")); !strings.Contains(said, "has 3 rows in its tree") {
		t.Errorf("the doctor says %s", said)
	}

	// Without its key a ledger goes on being written, and is not signed anew.
	if err := os.Rename(filepath.Join(data, "ledger.key"), filepath.Join(data, "away")); err != nil {
		t.Fatal(err)
	}
	wants(1, "Put it back", "ledger", "verify")
	if _, said, _ := do(t, "doctor", "--data", data); !strings.Contains(said, "BAD   ledger") {
		t.Errorf("the doctor says %s", said)
	}
	wants(4, "row_changed", "ledger", "verify", "--verifier", string(key))
	ledgerHouse(t, data, func(h *house.House) {
		if _, _, err := h.Account.Invite(t.Context(), account.Reviewer, account.System); err != nil {
			t.Error(err)
		}
		if _, err := h.Sequencer(t.Context()); err == nil || !strings.Contains(err.Error(), "Put the file back") {
			t.Errorf("a sequencer without a key: %v", err)
		}
		if _, err := os.Stat(h.Settings.LedgerKey); err == nil {
			t.Error("another key was made")
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		h.Prove(ctx) // it ends
	})
}
