// Package likeness knows pictures again that are on a list of hashes, also after
// they were shrunk, compressed, mirrored or turned. It holds no picture: lists of
// hashes come from those who are entitled to keep them.
package likeness

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"marquee/internal/fingerprint"
)

const (
	// longestLine bounds a line of a list, in bytes.
	longestLine = 512
	// mostHashes bounds a list: a million take some 100 MB with their index.
	mostHashes = 1 << 20
	// bands are the pieces of 16 bits that a hash is looked up by.
	bands = 16
)

// List is a list of hashes that finds near ones fast. It never changes.
type List struct {
	hashes []fingerprint.Hash
	notes  []string
	// first[b][v] is where the hashes whose piece b is v begin in of[b].
	first [bands][]uint32
	of    [bands][]uint32
}

// Read reads a list: on each line a hash of 64 hexadecimal digits and, after a
// space or comma, a note for staff that may be missing, such as where the hash
// comes from. Empty lines and what follows a # at a line's beginning are
// skipped. It fails on anything else, naming the line, since a list that is
// half read would let through what it should stop.
func Read(r io.Reader) (*List, error) {
	l := &List{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, longestLine), longestLine)
	number := 0
	for lines.Scan() {
		number++
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		digits, note := line, ""
		if i := strings.IndexAny(line, " \t,"); i >= 0 {
			digits, note = line[:i], strings.TrimSpace(line[i+1:])
		}
		h, err := fingerprint.ParseHash(digits)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if len(l.hashes) == mostHashes {
			return nil, fmt.Errorf("line %d: a list has at most %d hashes", number, mostHashes)
		}
		l.hashes = append(l.hashes, h)
		l.notes = append(l.notes, strings.ToValidUTF8(note, "�"))
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d has more than %d bytes", number+1, longestLine)
	} else if err != nil {
		return nil, err
	}
	l.index()
	return l, nil
}

// Len is how many hashes the list has.
func (l *List) Len() int { return len(l.hashes) }

// piece gives 16 bits of a hash.
func piece(h fingerprint.Hash, band int) uint16 { return uint16(h[band/4] >> (16 * (band % 4))) }

// index sorts the hashes by each of their pieces. Of two hashes with at most 31
// differing bits, one of the 16 pieces has at most one: looking near each piece
// misses nothing (Norouzi, Punjani and Fleet, "Fast Search in Hamming Space
// with Multi-Index Hashing", 2012).
func (l *List) index() {
	for b := range bands {
		first := make([]uint32, 1<<16+1)
		for _, h := range l.hashes {
			first[int(piece(h, b))+1]++
		}
		for v := range 1 << 16 {
			first[v+1] += first[v]
		}
		next := append([]uint32(nil), first...)
		of := make([]uint32, len(l.hashes))
		for i, h := range l.hashes {
			v := piece(h, b)
			of[next[v]] = uint32(i)
			next[v]++
		}
		l.first[b], l.of[b] = first, of
	}
}

// Match is what a list says of a hash.
type Match struct {
	// Distance is how many bits differ, 0 to fingerprint.Near.
	Distance int
	// Note is what the list says of the hash.
	Note string
}

// Find gives the nearest hash of the list, if any is within fingerprint.Near.
func (l *List) Find(h fingerprint.Hash) (Match, bool) {
	best := Match{Distance: fingerprint.Near + 1}
	if len(l.hashes) == 0 {
		return Match{}, false
	}
	for b := range bands {
		p := piece(h, b)
		for flip := range 17 {
			v := p ^ uint16(1<<flip) // the 17th flips nothing
			for _, i := range l.of[b][l.first[b][v]:l.first[b][int(v)+1]] {
				if d := h.Distance(l.hashes[i]); d < best.Distance {
					best = Match{Distance: d, Note: l.notes[i]}
				}
			}
		}
	}
	return best, best.Distance <= fingerprint.Near
}
