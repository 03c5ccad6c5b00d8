// Package ocr reads text in pictures with Tesseract, where it is installed, as
// a process of its own, and has the guard check what it read.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/disintegration/imaging"
)

const (
	// readWithin bounds one reading; it is less than the guard's patience, so
	// that the reader stops its process itself.
	readWithin = 4500 * time.Millisecond
	// askWithin bounds asking the program what it can read.
	askWithin = 5 * time.Second
	// widest is the longest side that is read. Letters that are too small then
	// are too small for people on a phone.
	widest = 1280
	// narrowest is what a smaller picture is enlarged to: Tesseract wants
	// letters of some 20 pixels.
	narrowest = 640
	// mostOutput bounds what the program may answer, in bytes.
	mostOutput = 1 << 20
	// mostLanguages bounds the languages of one reading: each costs its time.
	mostLanguages = 3
)

// Reader reads text in pictures. It never changes, and many may read with it;
// as many processes run as there are processors.
type Reader struct {
	program   string
	languages []string
	running   chan struct{}
}

// ErrAbsent is the error where the program is not installed.
var ErrAbsent = errors.New("Tesseract is not installed")

// New finds the program, "" for tesseract on the path, and asks it for its
// languages. It fails with ErrAbsent where there is no such program or it has
// no language.
func New(ctx context.Context, program string) (*Reader, error) {
	if program == "" {
		program = "tesseract"
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	out, err := run(ctx, nil, path, "--list-langs")
	if err != nil {
		return nil, fmt.Errorf("asking %s for its languages: %w", path, err)
	}
	r := &Reader{program: path, running: make(chan struct{}, runtime.GOMAXPROCS(0))}
	for line := range strings.Lines(string(out)) {
		// A heading comes first; osd tells scripts apart and reads nothing.
		if code := strings.TrimSpace(line); code != "" && code != "osd" && !strings.ContainsAny(code, " :+") && code[0] != '-' {
			r.languages = append(r.languages, code)
		}
	}
	if len(r.languages) == 0 {
		return nil, fmt.Errorf("%w with any language", ErrAbsent)
	}
	return r, nil
}

// Languages are Tesseract's names of what can be read, such as "eng".
func (r *Reader) Languages() []string { return slices.Clone(r.languages) }

// Word is a word in a picture.
type Word struct {
	Text string
	// Box is where it is, in pixels of the picture.
	Box image.Rectangle
	// Sure is how sure the reader is, 0 to 1.
	Sure float64
	// Line numbers the lines of text in the order of reading.
	Line int
}

// Read reads a picture in so many of the languages as are installed, given as
// Tesseract names them. It fails when ctx ends, after 4.5 seconds, and when the
// program does.
func (r *Reader) Read(ctx context.Context, img image.Image, languages []string) ([]Word, error) {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	select {
	case r.running <- struct{}{}:
		defer func() { <-r.running }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	b := img.Bounds()
	if b.Empty() {
		return nil, errors.New("a picture without pixels can't be read")
	}
	fitted, by := fit(img)
	var in bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&in, fitted); err != nil {
		return nil, fmt.Errorf("the picture for reading: %w", err)
	}
	// Sparse text (11): as much as there is, in no order; neural networks only
	// (oem 1), which is what all packages of languages have.
	out, err := run(ctx, &in, r.program, "stdin", "stdout", "-l", strings.Join(languages, "+"), "--psm", "11", "--oem", "1", "--dpi", "96", "tsv")
	if err != nil {
		return nil, fmt.Errorf("reading text with %s: %w", r.program, err)
	}
	words, err := parse(out)
	if err != nil {
		return nil, err
	}
	for i := range words {
		box := words[i].Box
		at := func(v int) int { return int(float64(v) / by) }
		words[i].Box = image.Rect(at(box.Min.X), at(box.Min.Y), at(box.Max.X), at(box.Max.Y)).Add(b.Min).Intersect(b)
	}
	return words, nil
}

// fit gives the picture in grey at a size that can be read, and by how much it
// was enlarged.
func fit(img image.Image) (image.Image, float64) {
	b := img.Bounds()
	long, by := max(b.Dx(), b.Dy()), 1.0
	switch {
	case long > widest:
		by = widest / float64(long)
	case long < narrowest:
		by = narrowest / float64(long)
	}
	size := func(v int) int { return max(1, int(float64(v)*by+0.5)) }
	sized := imaging.Resize(img, size(b.Dx()), size(b.Dy()), imaging.Linear)
	return imaging.Overlay(imaging.New(sized.Rect.Dx(), sized.Rect.Dy(), image.White.C), sized, image.Point{}, 1), by
}

// run runs a program to its end with nothing of our environment but what it
// needs to find its data and to use one processor.
func run(ctx context.Context, in io.Reader, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin = in
	cmd.Env = []string{"OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8"}
	for _, name := range []string{"PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH"} {
		if v, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	out, errs := bounded{most: mostOutput}, bounded{most: 4 << 10}
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.WaitDelay = time.Second // for a child that holds the pipes
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %s", err, firstLine(errs.Bytes()))
	}
	if out.over {
		return nil, fmt.Errorf("the answer has more than %d bytes", mostOutput)
	}
	return out.Bytes(), nil
}

func firstLine(b []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	return strings.ToValidUTF8(line, "�")
}

// bounded keeps the beginning of what is written and swallows the rest, so that
// the program can end.
type bounded struct {
	bytes.Buffer
	most int
	over bool
}

// Write never fails.
func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - b.Len(); len(p) > room {
		b.over = true
		b.Buffer.Write(p[:room])
		return len(p), nil
	}
	return b.Buffer.Write(p)
}
