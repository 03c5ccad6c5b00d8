package compose

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// keep writes a test's picture into the folder that COMPOSE_PICTURES names, to
// be looked at; without it nothing is written.
func keep(t testing.TB, name string, m image.Image) {
	t.Helper()
	dir := os.Getenv("COMPOSE_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, m); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
