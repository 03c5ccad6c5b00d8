package tree

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// height is that of a tile in levels of the tree, and width how many hashes a
// full one has: both as C2SP tlog-tiles has them.
const (
	height = 8
	width  = 1 << height
)

// Tile is the content of one tile: hashes of 32 bytes, one after the other.
type Tile struct {
	// Level counts in tiles from the leaves, from 0; N is its place from the left.
	Level int
	N     int64
	// Data has 1 to 256 hashes. A tile with fewer grows to the right only, so
	// each narrower one is the beginning of it.
	Data []byte
}

// edge is the right edge of a tree: all that is needed to let it grow and to
// tell its root. levels[l] has the hashes of the rightmost tile of level l, as
// long as that is not full; full says how many full tiles stand before it.
type edge struct {
	size   int64
	levels [][]tlog.Hash
}

// add puts a leaf at the end; full is called for each tile that it fills.
func (e *edge) add(leaf tlog.Hash, full func(Tile)) {
	h := leaf
	index := e.size
	for level := 0; ; level++ {
		if level == len(e.levels) {
			e.levels = append(e.levels, make([]tlog.Hash, 0, width))
		}
		e.levels[level] = append(e.levels[level], h)
		if len(e.levels[level]) < width {
			break
		}
		if full != nil {
			full(Tile{Level: level, N: index >> height, Data: joined(e.levels[level])})
		}
		h = perfect(e.levels[level])
		e.levels[level] = e.levels[level][:0]
		index >>= height
	}
	e.size++
}

// partial gives the tiles that are not full, one a level at most.
func (e *edge) partial() []Tile {
	var out []Tile
	for level, hashes := range e.levels {
		if len(hashes) > 0 {
			out = append(out, Tile{Level: level, N: e.size >> (height * (level + 1)), Data: joined(hashes)})
		}
	}
	return out
}

// root is the Merkle tree hash of RFC 6962 over all leaves. The hashes on the
// edge, from the highest level down, stand for perfect subtrees from left to
// right; each level's are gathered into the powers of two that they make.
func (e *edge) root() tlog.Hash {
	var peaks []tlog.Hash
	for level := len(e.levels) - 1; level >= 0; level-- {
		rest := e.levels[level]
		for n := width / 2; n > 0; n /= 2 {
			if len(rest)&n != 0 {
				peaks = append(peaks, perfect(rest[:n]))
				rest = rest[n:]
			}
		}
	}
	if len(peaks) == 0 {
		return emptyRoot()
	}
	h := peaks[len(peaks)-1]
	for i := len(peaks) - 2; i >= 0; i-- {
		h = tlog.NodeHash(peaks[i], h)
	}
	return h
}

// emptyRoot is the root of a tree without leaves: SHA-256 of nothing.
func emptyRoot() tlog.Hash {
	h, err := tlog.TreeHash(0, nil)
	if err != nil {
		panic(err) // it reads nothing
	}
	return h
}

// perfect is the root over hashes whose number is a power of two.
func perfect(hashes []tlog.Hash) tlog.Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	half := len(hashes) / 2
	return tlog.NodeHash(perfect(hashes[:half]), perfect(hashes[half:]))
}

func joined(hashes []tlog.Hash) []byte {
	out := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out
}

func parted(data []byte) []tlog.Hash {
	out := make([]tlog.Hash, len(data)/tlog.HashSize)
	for i := range out {
		copy(out[i][:], data[i*tlog.HashSize:])
	}
	return out
}

// edgeTiles lists the tiles that the edge of a tree of a size is made of, with
// the width of each.
func edgeTiles(size int64) []tlog.Tile {
	var out []tlog.Tile
	for level := 0; size>>(height*level) > 0; level++ {
		n := size >> (height * level)
		if w := int(n % width); w > 0 {
			out = append(out, tlog.Tile{H: height, L: level, N: n >> height, W: w})
		}
	}
	return out
}

// edgeOf puts an edge together again from the tiles that edgeTiles lists, in
// that order.
func edgeOf(size int64, tiles []tlog.Tile, data [][]byte) (*edge, error) {
	e := &edge{size: size}
	for level := 0; size>>(height*level) > 0; level++ {
		e.levels = append(e.levels, make([]tlog.Hash, 0, width))
	}
	for i, t := range tiles {
		if len(data[i]) < t.W*tlog.HashSize {
			return nil, fmt.Errorf("the tile %s is too short", Path(t))
		}
		e.levels[t.L] = append(e.levels[t.L], parted(data[i][:t.W*tlog.HashSize])...)
	}
	return e, nil
}
