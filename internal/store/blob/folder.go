package blob

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"marquee/internal/asset"
	"marquee/internal/fault"
)

// typeFile ends the name of the small file that holds a blob's media type
// where its extension does not say it. Keys can't begin with a dot.
const typeFile = ".type"

// unfinished is the folder of files that are being written; a crash may leave
// some there. Those older than staleAfter are nobody's any more.
const (
	unfinished = ".unfinished"
	staleAfter = time.Hour
)

// extensions are the media types that go without a small file; they do not
// depend on what the host knows.
var extensions = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
	".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
	".ttf": "font/ttf", ".otf": "font/otf", ".woff2": "font/woff2",
}

// folder keeps each blob in a file. Root is the os.Root of the folder, so
// that not even a link inside it leads out.
type folder struct {
	root *os.Root
	// tidy keeps Delete from removing a folder between Put's making it and
	// writing into it.
	tidy sync.RWMutex
}

func openFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, storeAway(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, storeAway(err)
	}
	f := &folder{root: root}
	if err := f.sweep(); err != nil {
		return nil, storeAway(errors.Join(err, root.Close()))
	}
	return f, nil
}

// sweep makes the folder for unfinished files and removes stale ones.
func (f *folder) sweep() error {
	if err := f.root.Mkdir(unfinished, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	entries, err := fs.ReadDir(f.root.FS(), unfinished)
	if err != nil {
		return err
	}
	for _, e := range entries {
		st, err := e.Info()
		if err == nil && time.Since(st.ModTime()) > staleAfter {
			err = f.root.Remove(path.Join(unfinished, e.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Put implements asset.Blobs. The bytes are on the disk, and the name too,
// when it returns.
func (f *folder) Put(ctx context.Context, key, mediaType string, data []byte) error {
	if err := cmp.Or(checkPut(key, mediaType, data), ctx.Err()); err != nil {
		return err
	}
	f.tidy.RLock()
	defer f.tidy.RUnlock()
	if err := f.mkdir(path.Dir(key)); err != nil {
		return storeAway(err)
	}
	side := sideOf(key)
	if mediaType == typeOf(path.Ext(key)) {
		if err := f.root.Remove(side); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return storeAway(err)
		}
	} else if err := f.write(side, []byte(mediaType)); err != nil {
		return storeAway(err)
	}
	if err := f.write(key, data); err != nil {
		return storeAway(err)
	}
	if err := f.sync(path.Dir(key)); err != nil {
		return storeAway(err)
	}
	return nil
}

// sideOf is where a blob's media type lies.
func sideOf(key string) string {
	return path.Join(path.Dir(key), "."+path.Base(key)+typeFile)
}

func typeOf(ext string) string { return extensions[strings.ToLower(ext)] }

// mkdir makes a folder and those above it, and keeps their names durably.
func (f *folder) mkdir(dir string) error {
	if dir == "." {
		return nil
	}
	if _, err := f.root.Stat(dir); err == nil {
		return nil
	}
	if err := f.mkdir(path.Dir(dir)); err != nil {
		return err
	}
	if err := f.root.Mkdir(dir, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.sync(path.Dir(dir))
}

func (f *folder) sync(dir string) error {
	d, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// write puts a whole file in place at once: a reader sees the old or the new.
func (f *folder) write(name string, data []byte) error {
	temp := path.Join(unfinished, randomName())
	w, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	err = errors.Join(err, w.Sync(), w.Close())
	if err == nil {
		err = f.root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, f.root.Remove(temp))
	}
	return nil
}

// Open implements asset.Blobs.
func (f *folder) Open(ctx context.Context, key string) (io.ReadCloser, asset.Info, error) {
	if err := cmp.Or(checkKey(key), ctx.Err()); err != nil {
		return nil, asset.Info{}, err
	}
	r, err := f.root.Open(key)
	if err != nil {
		return nil, asset.Info{}, f.fault(err)
	}
	st, err := r.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	var info asset.Info
	if err == nil {
		info, err = f.info(key, st.Size())
	}
	if err != nil {
		return nil, asset.Info{}, f.fault(errors.Join(err, r.Close()))
	}
	return r, info, nil
}

func (f *folder) fault(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Missing("object").Because(err)
	}
	return storeAway(err)
}

func (f *folder) info(key string, size int64) (asset.Info, error) {
	info := asset.Info{Key: key, MediaType: typeOf(path.Ext(key)), Size: size}
	data, err := f.root.ReadFile(sideOf(key))
	switch {
	case err == nil:
		info.MediaType = string(data)
	case !errors.Is(err, fs.ErrNotExist):
		return info, err
	}
	return info, nil
}

// Delete implements asset.Blobs. Folders that are empty then go too.
func (f *folder) Delete(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		if err := cmp.Or(checkKey(key), ctx.Err()); err != nil {
			return err
		}
		for _, name := range []string{key, sideOf(key)} {
			if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return storeAway(err)
			}
		}
	}
	f.tidy.Lock()
	defer f.tidy.Unlock()
	for _, key := range keys {
		for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
			if f.root.Remove(dir) != nil {
				break // not empty: it is still in use
			}
		}
	}
	return nil
}

// List implements asset.Blobs; limit is 1 to 1000.
func (f *folder) List(ctx context.Context, prefix, after string, limit int) ([]asset.Info, error) {
	if err := cmp.Or(checkPrefix(prefix), ctx.Err()); err != nil {
		return nil, err
	}
	limit = min(max(limit, 1), mostListed)
	found := []asset.Info{}
	dir := path.Dir(prefix + "x")
	err := f.walk(ctx, dir, prefix, after, func(key string, size int64) (bool, error) {
		info, err := f.info(key, size)
		if err != nil {
			return false, err
		}
		found = append(found, info)
		return len(found) < limit, nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, storeAway(err)
	}
	return found, nil
}

var errEnough = errors.New("enough")

// walk visits files in the order of their keys: a folder counts as its name
// with a slash, which is where its files come among the others.
func (f *folder) walk(ctx context.Context, dir, prefix, after string, visit func(key string, size int64) (bool, error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	sorted := func(e fs.DirEntry) string {
		if e.IsDir() {
			return e.Name() + "/"
		}
		return e.Name()
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(sorted(a), sorted(b)) })
	for _, e := range entries {
		name := path.Join(dir, sorted(e))
		if e.Name()[0] == '.' {
			continue
		}
		if e.IsDir() {
			name += "/"
			related := strings.HasPrefix(name, prefix) || strings.HasPrefix(prefix, name)
			if !related || name < after && !strings.HasPrefix(after, name) {
				continue
			}
			if err := f.walk(ctx, path.Join(dir, e.Name()), prefix, after, visit); err != nil {
				return err
			}
			continue
		}
		if !e.Type().IsRegular() || name <= after || !strings.HasPrefix(name, prefix) {
			continue
		}
		st, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted while we looked
		}
		if err != nil {
			return err
		}
		more, err := visit(name, st.Size())
		if err != nil {
			return err
		}
		if !more {
			return errEnough
		}
	}
	return nil
}

// checkName is the blob that Check writes.
const checkName = "check/marquee"

// Check implements asset.Blobs.
func (f *folder) Check(ctx context.Context) error { return check(ctx, f) }
