// Command measure-watermark measures how the watermark looks and what it
// outlives, on 200 pictures, and how often it is found where there is none. It
// writes the measured sections of docs/watermark.md and its pictures. Ended
// early, it writes what it has.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"marquee/internal/guard/corpus"
	"marquee/internal/watermark"
)

// key is the one of the measurement; the unmarked tries use others.
var key = watermark.Key{'m', 'e', 'a', 's', 'u', 'r', 'e'}

func main() {
	photos := flag.String("photographs", "/usr/share/backgrounds", "the folder with the photographs of Debian's packages")
	page := flag.String("page", "docs/watermark.md", "the page whose sections are written anew")
	pictures := flag.String("pictures", "docs/pictures/watermark", "the folder for the page's pictures")
	count := flag.Int("count", 200, "how many pictures")
	every := flag.Int("every", 1, "try several attacks at once on each so manieth picture")
	workers := flag.Int("workers", 1, "how many pictures at once")
	unmarked := flag.Duration("unmarked", 6*time.Minute, "how long to look for marks where there are none")
	only := flag.String("only", "", "one part: pictures, speed, recovery or chance; empty does all")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *photos, *page, *pictures, *count, max(*every, 1), max(*workers, 1), *unmarked, *only); err != nil {
		fmt.Fprintln(os.Stderr, "measure-watermark:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, photos, page, pictures string, count, every, workers int, unmarked time.Duration, only string) error {
	// By default one core and one thread, whose time is then the program's.
	runtime.GOMAXPROCS(workers)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	all, err := set(photos, count)
	if err != nil {
		return err
	}
	written, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	text := string(written)
	parts := []struct {
		name string
		do   func() (string, error)
	}{
		{"pictures", func() (string, error) { return sheets(ctx, pictures, all) }},
		{"speed", func() (string, error) { return speed(ctx) }},
		{"recovery", func() (string, error) {
			r, err := recoverAll(ctx, all, every, workers)
			return r.table(), err
		}},
		{"chance", func() (string, error) {
			c, err := chance(ctx, all, unmarked)
			return c.say(), err
		}},
	}
	for _, p := range parts {
		if only != "" && only != p.name {
			continue
		}
		part, err := p.do()
		if err != nil && !(errors.Is(err, context.Canceled) && part != "") {
			return err
		}
		fmt.Printf("\n== %s\n%s\n", p.name, part)
		if text, err = corpus.Section(text, p.name, part); err != nil {
			return fmt.Errorf("%s: %w", page, err)
		}
		if err := os.WriteFile(page, []byte(strings.TrimRight(text, "\n")+"\n"), 0o644); err != nil {
			return err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil
}

// progress prints a line over the last one.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "\r\x1b[K"+format, args...)
}
