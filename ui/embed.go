// Package ui carries the built web front end inside the binary.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the built front end: Vite's output with its manifest at
// ".vite/manifest.json". It is empty but for a marker file until the front end
// has been built. The error is non-nil only if the folder was not embedded.
func Dist() (fs.FS, error) {
	return fs.Sub(dist, "dist")
}
