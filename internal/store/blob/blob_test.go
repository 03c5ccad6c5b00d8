package blob_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/store/blob"
	"marquee/internal/store/blob/blobtest"
	"marquee/internal/store/s3test"
)

func TestFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "not", "there yet")
	b, err := blob.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	blobtest.Run(t, b)
	// Nothing of ours stays behind.
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if path != dir && path != filepath.Join(dir, ".unfinished") {
			t.Error("left behind:", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestS3(t *testing.T) {
	t.Parallel()
	b, err := blob.Open(t.Context(), s3test.Shared(t).Bucket())
	if err != nil {
		t.Fatal(err)
	}
	blobtest.Run(t, b)
}

// What a crash left half-written goes when the folder is opened much later,
// while another process's unfinished file stays.
func TestFolderSweeps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old, fresh := filepath.Join(dir, ".unfinished", "old"), filepath.Join(dir, ".unfinished", "fresh")
	if err := os.Mkdir(filepath.Dir(old), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Open(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("the stale file is still there", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error(err)
	}
}

// A link inside the folder must not lead out of it.
func TestFolderLinks(t *testing.T) {
	t.Parallel()
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("s"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	b, err := blob.Open(t.Context(), "file://"+dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Open(t.Context(), "out/secret"); err == nil {
		t.Fatal("read through a link")
	}
	if err := b.Put(t.Context(), "out/new", "text/plain", nil); err == nil {
		t.Fatal("wrote through a link")
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Setenv(blob.AccessKeyVariable, "")
	t.Setenv(blob.SecretKeyVariable, "")
	for _, address := range []string{"", "ftp://x/y", "file://relative", "s3://k:hushhush@host", "s3://k:hushhush@host/a/b",
		"s3://k:hushhush@host/a?tls=perhaps", "s3://k:hush%zz@host/a", "s3://host/a", "s3://k@host/a"} {
		_, err := blob.Open(t.Context(), address)
		if err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestS3SecretsFromEnvironment(t *testing.T) {
	server := s3test.Shared(t)
	t.Setenv(blob.AccessKeyVariable, s3test.AccessKey)
	t.Setenv(blob.SecretKeyVariable, s3test.SecretKey)
	_, rest, _ := strings.Cut(server.Bucket(), "@")
	b, err := blob.Open(t.Context(), "s3://"+rest)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestS3Away(t *testing.T) {
	t.Parallel()
	server := s3test.Own(t)
	b, err := blob.Open(t.Context(), server.Bucket())
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := b.Check(ctx); !fault.HasCode(err, "objects_away") {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	if err := b.Check(ctx); err != nil {
		t.Fatal(err)
	}
}

// FuzzKey checks that no key leads out of the folder or is taken and then not
// found again.
func FuzzKey(f *testing.F) {
	for _, k := range append([]string{"creation/1/a.png", "a", "a.b/c-d_e@f+g"}, blobtest.BadKeys...) {
		f.Add(k)
	}
	base := f.TempDir()
	b, err := blob.Open(f.Context(), filepath.Join(base, "in"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, key string) {
		err := b.Put(t.Context(), key, "image/png", []byte("x"))
		if fault.Is(err, fault.Invalid) {
			return
		}
		if err == nil {
			infos, err := b.List(t.Context(), key, "", 1)
			if err != nil || len(infos) != 1 || infos[0].Key != key {
				t.Fatal(infos, err)
			}
			if err := b.Delete(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		}
		entries, err := os.ReadDir(base)
		if err != nil || len(entries) != 1 {
			t.Fatal("something lies outside the folder", entries, err)
		}
	})
}
