package c2pa

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
)

// errAlgorithm says that a hash is not among those that C2PA allows.
var errAlgorithm = errors.New("c2pa: the algorithm is not supported")

// newHash makes a hash by its C2PA name.
func newHash(name string) (hash.Hash, error) {
	switch name {
	case "sha256":
		return sha256.New(), nil
	case "sha384":
		return sha512.New384(), nil
	case "sha512":
		return sha512.New(), nil
	}
	return nil, fmt.Errorf("%w: %q", errAlgorithm, name)
}

// sum hashes bytes by a C2PA name.
func sum(name string, b []byte) ([]byte, error) {
	h, err := newHash(name)
	if err != nil {
		return nil, err
	}
	h.Write(b)
	return h.Sum(nil), nil
}

// stretch is a part of a file that is hashed, behind a prefix of its own.
type stretch struct {
	span
	prefix []byte
}

// without gives what is left of a range when sorted ranges are taken out.
func without(whole span, out []span) []stretch {
	var rest []stretch
	at := whole.start
	for _, o := range out {
		if o.end() <= at || o.start >= whole.end() {
			continue
		}
		if o.start > at {
			rest = append(rest, stretch{span: span{at, o.start - at}})
		}
		at = max(at, o.end())
	}
	if at < whole.end() {
		rest = append(rest, stretch{span: span{at, whole.end() - at}})
	}
	return rest
}

func sortSpans(s []span) {
	slices.SortFunc(s, func(a, b span) int { return cmp.Compare(a.start, b.start) })
}

// hashStretches hashes parts of a file in order, in small pieces.
func hashStretches(ctx context.Context, h hash.Hash, a Asset, parts []stretch) error {
	buf := make([]byte, 256<<10)
	for _, p := range parts {
		h.Write(p.prefix)
		for at := p.start; at < p.end(); {
			if err := ctx.Err(); err != nil {
				return err
			}
			b := buf[:min(int64(len(buf)), p.end()-at)]
			if err := readAt(a, b, at); err != nil {
				return err
			}
			h.Write(b)
			at += int64(len(b))
		}
	}
	return nil
}

// planned is the file that a plan describes, with the hole filled. It reads
// as an asset, so that it is hashed and parsed as any other file.
type planned struct {
	a      Asset
	pieces []piece
	starts []int64
	size   int64
}

// filled lays out the new file with what goes into the hole.
func (p *plan) filled(a Asset, hole []byte) *planned {
	out := &planned{a: a}
	for _, q := range slices.Concat(p.before, []piece{{data: hole}}, p.after) {
		if q.size() == 0 {
			continue
		}
		out.pieces, out.starts = append(out.pieces, q), append(out.starts, out.size)
		out.size += q.size()
	}
	return out
}

// Size is the length of the new file.
func (p *planned) Size() int64 { return p.size }

// ReadAt reads from the pieces, as [io.ReaderAt] says.
func (p *planned) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 {
		return 0, errors.New("c2pa: a negative offset")
	}
	i, found := slices.BinarySearch(p.starts, at)
	if !found {
		i--
	}
	n := 0
	for ; n < len(b) && i >= 0 && i < len(p.pieces); i++ {
		q := p.pieces[i]
		skip := at + int64(n) - p.starts[i]
		want := int(min(int64(len(b)-n), q.size()-skip))
		if want <= 0 {
			break
		}
		if q.data != nil {
			n += copy(b[n:n+want], q.data[skip:])
			continue
		}
		m, err := p.a.ReadAt(b[n:n+want], q.from.start+skip)
		if n += m; m < want {
			return n, err
		}
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// copyTo writes all of a file, in small pieces.
func copyTo(ctx context.Context, w io.Writer, a Asset) error {
	buf := make([]byte, 256<<10)
	for at := int64(0); at < a.Size(); {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := buf[:min(int64(len(buf)), a.Size()-at)]
		if err := readAt(a, b, at); err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("c2pa: writing: %w", err)
		}
		at += int64(len(b))
	}
	return nil
}
