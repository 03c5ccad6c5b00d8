// Package blobtest is the one suite that every object store passes.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"marquee/internal/asset"
	"marquee/internal/fault"
	"marquee/internal/store/blob"
)

// Run runs the suite on an empty store.
func Run(t *testing.T, b asset.Blobs) {
	t.Helper()
	t.Run("put and open", func(t *testing.T) { putAndOpen(t, b) })
	t.Run("keys", func(t *testing.T) { keys(t, b) })
	t.Run("whole", func(t *testing.T) { whole(t, b) })
	t.Run("list", func(t *testing.T) { list(t, b) })
	t.Run("owner", func(t *testing.T) { owner(t, b) })
}

func read(t *testing.T, b asset.Blobs, key string) ([]byte, asset.Info) {
	t.Helper()
	r, info, err := b.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	return data, info
}

func putAndOpen(t *testing.T, b asset.Blobs) {
	ctx := t.Context()
	for _, c := range []struct {
		key, mediaType string
		data           []byte
	}{
		{"creation/1/abc.png", "image/png", []byte("not quite a picture")},
		{"creation/1/abc.webp", "image/webp", bytes.Repeat([]byte{0, 255, 10}, 300_000)},
		{"kit/k/data", "application/x-kit; v=1", []byte("{}")},
		{"kit/k/empty.txt", "text/plain; charset=utf-8", []byte{}},
		{"kit/k/odd.png", "application/octet-stream", []byte("x")},
	} {
		if err := b.Put(ctx, c.key, c.mediaType, c.data); err != nil {
			t.Fatal(c.key, err)
		}
		data, info := read(t, b, c.key)
		want := asset.Info{Key: c.key, MediaType: c.mediaType, Size: int64(len(c.data))}
		if !bytes.Equal(data, c.data) || info != want {
			t.Fatalf("%d bytes, %+v; want %d, %+v", len(data), info, len(c.data), want)
		}
	}
	// The same key again replaces bytes and type.
	if err := b.Put(ctx, "kit/k/odd.png", "image/png", []byte("yy")); err != nil {
		t.Fatal(err)
	}
	if data, info := read(t, b, "kit/k/odd.png"); string(data) != "yy" || info.MediaType != "image/png" {
		t.Fatal(string(data), info)
	}
	for _, missing := range []string{"kit/k/none", "none/at/all.png", "kit/k", "kit"} {
		if _, _, err := b.Open(ctx, missing); !fault.Is(err, fault.NotFound) {
			t.Fatalf("%s: %v, want NotFound", missing, err)
		}
	}
	if err := b.Delete(ctx, "creation/1/abc.png", "kit/k/none", "kit/k/data", "kit/k/empty.txt"); err != nil {
		t.Fatal(err)
	}
	if err := b.Delete(ctx, "kit/k/none"); err != nil {
		t.Fatal(err)
	}
	if err := b.Delete(ctx); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Open(ctx, "creation/1/abc.png"); !fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
	if data, _ := read(t, b, "creation/1/abc.webp"); len(data) != 900_000 {
		t.Fatal(len(data))
	}
	if err := errors.Join(b.Delete(ctx, "creation/1/abc.webp", "kit/k/odd.png"), b.Check(ctx)); err != nil {
		t.Fatal(err)
	}
}

// BadKeys are names that no store takes.
var BadKeys = []string{
	"", "/", "/etc/passwd", "../x", "a/../b", "a/..", "a/./b", "a//b", "a/", ".hidden", "a/.hidden", "a\\b", "a\x00b",
	"a b", "ä", "a\nb", "%2e%2e/x", "a:b", "a?b", "a#b", strings.Repeat("a", 201), strings.Repeat("a/", 300) + "a",
}

func keys(t *testing.T, b asset.Blobs) {
	ctx := t.Context()
	for _, key := range BadKeys {
		_, _, err := b.Open(ctx, key)
		for what, err := range map[string]error{"put": b.Put(ctx, key, "image/png", nil), "open": err, "delete": b.Delete(ctx, "fine", key)} {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s %q: %v", what, key, err)
			}
		}
	}
	if _, err := b.List(ctx, "../", "", 10); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if err := b.Put(ctx, "a", "text/plain\r\nX: y", nil); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if err := b.Put(ctx, "a", "text/plain", make([]byte, blob.MaxBlob+1)); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := b.Put(gone, "a", "text/plain", []byte("x")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// whole checks that a reader never sees a half while others write and delete.
func whole(t *testing.T, b asset.Blobs) {
	ctx := t.Context()
	page := func(n byte) []byte {
		data := bytes.Repeat([]byte{n}, 100_000)
		sum := sha256.Sum256(data)
		return append(sum[:], data...)
	}
	if err := b.Put(ctx, "creation/w/x.png", "image/png", page(0)); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	errs := make(chan error, 100)
	for w := range 4 {
		wg.Go(func() {
			for n := range 5 {
				if err := b.Put(ctx, "creation/w/x.png", "image/png", page(byte(w*5+n))); err != nil {
					errs <- err
				}
				// Its folder comes and goes under the others' writing.
				other := fmt.Sprintf("generation/%d/y.png", n)
				if err := errors.Join(b.Put(ctx, other, "image/png", page(1)), b.Delete(ctx, other)); err != nil {
					errs <- err
				}
				data, err := asset.ReadAll(ctx, b, "creation/w/x.png")
				if err != nil {
					errs <- err
					continue
				}
				if sum := sha256.Sum256(data[min(32, len(data)):]); len(data) != 100_032 || !bytes.Equal(sum[:], data[:32]) {
					errs <- fmt.Errorf("read a half: %d bytes", len(data))
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	if err := b.Delete(ctx, "creation/w/x.png"); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, b asset.Blobs) {
	ctx := t.Context()
	// Names on which the order of folders and the order of keys disagree.
	names := []string{"l/a-b/1", "l/a.b", "l/a/1", "l/a/2/x", "l/a0", "l/b/1.png", "l/b/1.png.x", "lx/1", "m/1"}
	for _, n := range names {
		if err := b.Put(ctx, n, "image/png", []byte(n)); err != nil {
			t.Fatal(n, err)
		}
	}
	slices.Sort(names)
	for _, prefix := range []string{"", "l", "l/", "l/a", "l/a/", "l/b/1.png", "none/"} {
		var want []string
		for _, n := range names {
			if strings.HasPrefix(n, prefix) {
				want = append(want, n)
			}
		}
		for _, limit := range []int{1, 2, 1000} {
			var got []string
			after := ""
			for {
				infos, err := b.List(ctx, prefix, after, limit)
				if err != nil {
					t.Fatal(err)
				}
				if len(infos) == 0 {
					break
				}
				if len(infos) > limit {
					t.Fatal("more than asked for")
				}
				for _, in := range infos {
					if in.Size != int64(len(in.Key)) {
						t.Fatalf("%+v", in)
					}
					got = append(got, in.Key)
				}
				after = infos[len(infos)-1].Key
			}
			if !slices.Equal(got, want) {
				t.Fatalf("prefix %q by %d: %q, want %q", prefix, limit, got, want)
			}
		}
	}
	if err := b.Delete(ctx, names...); err != nil {
		t.Fatal(err)
	}
	if infos, err := b.List(ctx, "", "", 10); err != nil || len(infos) != 0 {
		t.Fatal(infos, err)
	}
}

func owner(t *testing.T, b asset.Blobs) {
	ctx := t.Context()
	mine, other := asset.Owner("creation", "one"), asset.Owner("creation", "one-more")
	for i := range 7 {
		data := fmt.Append(nil, i)
		for _, o := range []string{mine, other} {
			if err := b.Put(ctx, asset.Key(o, data, "png"), "image/png", data); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := asset.DeleteOwner(ctx, b, mine); err != nil {
		t.Fatal(err)
	}
	for prefix, want := range map[string]int{mine: 0, other: 7} {
		if infos, err := b.List(ctx, prefix, "", 100); err != nil || len(infos) != want {
			t.Fatal(prefix, infos, err)
		}
	}
	if err := asset.DeleteOwner(ctx, b, other); err != nil {
		t.Fatal(err)
	}
}
