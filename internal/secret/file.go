package secret

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Keep writes a file of keys that is seen whole or not at all, and its folder
// if there is none. One that is there already stays, without an error: of two
// processes that start at once, the first one's counts, and both read it.
func Keep(path string, mode fs.FileMode, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(data)
	if err = errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
