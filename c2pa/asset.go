package c2pa

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Asset is a file that is read in any order. *[bytes.Reader],
// *[strings.Reader] and *[io.SectionReader] are assets.
type Asset interface {
	io.ReaderAt
	// Size is the length in bytes.
	Size() int64
}

// File makes an asset of an open file, as long as it is now.
func File(f *os.File) (Asset, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("c2pa: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("c2pa: %s is not a regular file", f.Name())
	}
	return io.NewSectionReader(f, 0, info.Size()), nil
}

var (
	// ErrNone says that a file carries no credential.
	ErrNone = errors.New("c2pa: the file has no content credential")
	// ErrFormat says that a file is of a kind that has no place for a
	// credential; one beside it is still possible.
	ErrFormat = errors.New("c2pa: this kind of file can't carry a credential inside")
	// ErrBroken says that a file is cut off or contradicts its own format.
	ErrBroken = errors.New("c2pa: the file is broken")
	// ErrTooLarge says that something in a file exceeds the limits.
	ErrTooLarge = errors.New("c2pa: more than the limits allow")
)

func broken(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrBroken, fmt.Sprintf(format, args...))
}

// Limits bound what is read of a file. The zero value takes the standard.
type Limits struct {
	// Store is the most bytes that a manifest store may have; 32 MB when zero.
	// Its compressed manifests may unpack to a quarter of that in all.
	Store int64
	// Ingredients is the most manifests that one store may have; 256 when zero.
	Ingredients int
}

func (l Limits) store() int64 {
	if l.Store > 0 {
		return l.Store
	}
	return 32 << 20
}

func (l Limits) manifests() int {
	if l.Ingredients > 0 {
		return l.Ingredients
	}
	return 256
}

// span is a range of bytes of a file.
type span struct{ start, length int64 }

func (s span) end() int64 { return s.start + s.length }

// place is where a container keeps its credential.
type place struct {
	// parts hold the bytes of the store, in order.
	parts []span
	// more is a second store, whose manifests follow those of the first.
	more span
	// whole are the ranges that belong to the credential alone, with the
	// container's own framing.
	whole []span
	// stores counts the stores; more than one is an attack.
	stores int
	// damaged tells that a checksum of the credential's framing is wrong.
	damaged bool
	// xmp is where the XMP packet lies, if there is one.
	xmp []span
	// xmpDeflated tells that the packet is compressed.
	xmpDeflated bool
	// boxes are the pieces of the file for hash.boxes, where it has names.
	boxes []namedBox
}

// namedBox is a piece of a file as the assertion hash.boxes names it.
type namedBox struct {
	name string
	span
}

// piece is a part of a new file: bytes, or a range of the old one.
type piece struct {
	data []byte
	from span
}

func (p piece) size() int64 {
	if p.data != nil {
		return int64(len(p.data))
	}
	return p.from.length
}

// plan is a new file with a hole for the credential.
type plan struct {
	before, after []piece
	// hole is where the framed credential goes in the new file.
	hole span
	// frame wraps a store for its container; it gives hole.length bytes for
	// each store of the planned length.
	frame func(store []byte) []byte
	// only tells which manifests go into the hole; nil means all.
	only func(m *superbox) bool
}

// part gives of a store what goes into the hole.
func (p *plan) part(store []byte) ([]byte, error) {
	if p.only == nil {
		return store, nil
	}
	return partOf(store, p.only)
}

// container is a file format with a place for credentials.
type container interface {
	// name is the format's media type.
	name() string
	// find tells where the credential is.
	find(a Asset) (*place, error)
	// plan lays out a copy without its old credential and with a hole for a
	// new one of so many bytes.
	plan(a Asset, store int64) (*plan, error)
	// withXMP lays out a copy with this XMP packet in place of its own, and
	// without its credential.
	withXMP(a Asset, packet []byte) (*planned, error)
}

// sniff tells the container by a file's first bytes, never by its name.
func sniff(a Asset) (container, error) {
	head := make([]byte, min(64, max(0, a.Size())))
	if err := readAt(a, head, 0); err != nil {
		return nil, err
	}
	for _, m := range []struct {
		at    int
		magic string
		c     container
	}{
		{0, pngMagic, pngFile{}},
		{0, "\xFF\xD8\xFF", jpegFile{}},
		{8, "WEBP", webpFile{}},
		{4, "ftyp", bmffFile{string(head[min(len(head), 8):min(len(head), 12)])}},
	} {
		if len(head) >= m.at+len(m.magic) && string(head[m.at:m.at+len(m.magic)]) == m.magic {
			return m.c, nil
		}
	}
	return nil, ErrFormat
}

// MediaType tells a file's media type by its first bytes, or gives ErrFormat.
func MediaType(a Asset) (string, error) {
	c, err := sniff(a)
	if err != nil {
		return "", err
	}
	return c.name(), nil
}

// readAt fills b from an offset, or says that the file is broken.
func readAt(a Asset, b []byte, at int64) error {
	if at < 0 || at > a.Size()-int64(len(b)) {
		return broken("it ends at %d", a.Size())
	}
	if n, err := a.ReadAt(b, at); n < len(b) {
		if errors.Is(err, io.EOF) {
			return broken("it ends at %d", a.Size())
		}
		return fmt.Errorf("c2pa: reading: %w", err)
	}
	return nil
}

// gather reads spans into one slice of at most so many bytes.
func gather(a Asset, parts []span, most int64) ([]byte, error) {
	var n int64
	for _, p := range parts {
		if p.length < 0 || p.start < 0 || p.length > a.Size() || p.start > a.Size()-p.length {
			return nil, broken("a range ends behind it")
		}
		if n += p.length; n > most {
			return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, most)
		}
	}
	out := make([]byte, n)
	at := out
	for _, p := range parts {
		if err := readAt(a, at[:p.length], p.start); err != nil {
			return nil, err
		}
		at = at[p.length:]
	}
	return out, nil
}

// extract gives the embedded store of a file, or ErrNone.
func extract(a Asset, l Limits) ([]byte, *place, error) {
	c, err := sniff(a)
	if err != nil {
		return nil, nil, err
	}
	p, err := c.find(a)
	if err != nil {
		return nil, nil, err
	}
	if p.stores == 0 {
		return nil, p, ErrNone
	}
	if p.stores > 1 {
		return nil, p, broken("it has %d manifest stores", p.stores)
	}
	data, err := gather(a, p.parts, l.store())
	if err != nil || p.more.length == 0 {
		return data, p, err
	}
	more, err := gather(a, []span{p.more}, l.store()-int64(len(data)))
	if err != nil {
		return nil, p, err
	}
	data, err = joined(data, more)
	return data, p, err
}
