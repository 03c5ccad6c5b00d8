package secret_test

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"marquee/internal/secret"
)

// TestKeepKeepsTheFirst: of many that write at once one counts, whole, and
// nothing else is left in the folder.
func TestKeepKeepsTheFirst(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keys")
	path := filepath.Join(dir, "one.key")
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			if err := secret.Keep(path, 0o600, []byte("key "+strconv.Itoa(i%10)+"\n")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	first, err := os.ReadFile(path)
	if err != nil || len(first) != 6 {
		t.Fatalf("%q, %v", first, err)
	}
	if err := secret.Keep(path, 0o600, []byte("another")); err != nil {
		t.Error(err)
	}
	if again, err := os.ReadFile(path); err != nil || string(again) != string(first) {
		t.Errorf("%q became %q, %v", first, again, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}
