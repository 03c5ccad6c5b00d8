package tree

import (
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/fault"
)

// maxPath bounds the path of a tile, in bytes; the longest real one has 54.
const maxPath = 64

// Path gives the address of a tile below the ledger's own, as C2SP tlog-tiles
// has it: "tile/0/x001/067.p/8", or "tile/entries/…" for a bundle of entries,
// whose level is -1. t.H is 8.
func Path(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", height))
	if rest, ok := strings.CutPrefix(p, "data/"); ok {
		p = "entries/" + rest
	}
	return "tile/" + p
}

// ParsePath reads what Path writes, and nothing that differs from it in a
// single byte: each tile has one address. A fault of kind NotFound otherwise.
func ParsePath(path string) (tlog.Tile, error) {
	wrong := fault.New(fault.NotFound, "not_found", "There is no such %s, or it is not yours to see.", "tile").With("what", "tile")
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok || len(path) > maxPath || strings.HasPrefix(rest, "data/") {
		return tlog.Tile{}, wrong
	}
	if r, ok := strings.CutPrefix(rest, "entries/"); ok {
		rest = "data/" + r
	}
	t, err := tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s", height, rest))
	if err != nil || t.L > 63 || t.N < 0 || Path(t) != path {
		return tlog.Tile{}, wrong
	}
	return t, nil
}

// within tells whether a tree of a size has all of a tile's hashes.
func within(t tlog.Tile, size int64) bool {
	level := max(t.L, 0)
	if height*level > 62 {
		return false
	}
	have := size >> (height * level)
	return t.N <= have>>height && t.N<<height+int64(t.W) <= have
}
