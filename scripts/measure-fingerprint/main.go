// Command measure-fingerprint measures how well works are found again by their
// fingerprint after what may become of them, and how often another work is
// taken for them.
package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"os"
	"os/signal"
	"time"

	"marquee/internal/fingerprint"
)

func main() {
	photos := flag.String("photos", "", "a folder of photographs, if any")
	works := flag.Int("works", 150, "works by the painter that are attacked")
	others := flag.Int("others", 1500, "further works by the painter that are in the register")
	each := flag.Int("each", len(attacks), "how many of the attacks each picture meets; fewer take turns")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *photos, *works, *others, min(max(*each, 1), len(attacks))); err != nil {
		fmt.Fprintln(os.Stderr, "measure-fingerprint:", err)
		os.Exit(1)
	}
}

// subject is a picture that is attacked. Its origin is its place in the list
// plus one.
type subject struct {
	group string
	open  func() (image.Image, error)
}

func run(ctx context.Context, photos string, works, others, each int) error {
	var all []subject
	for n := range works {
		all = append(all, subject{"painter", func() (image.Image, error) { return painted(ctx, scene(n)) }})
	}
	if photos != "" {
		paths, err := photographs(photos)
		if err != nil {
			return err
		}
		for _, path := range paths {
			all = append(all, subject{"photograph", func() (image.Image, error) { return photograph(path) }})
		}
	}
	r := &register{words: map[int32][]fingerprint.Row{}}
	begin := time.Now()
	pictures := make([]image.Image, len(all))
	for i, s := range all {
		img, err := s.open()
		if err != nil {
			return err
		}
		pictures[i] = img
		p, err := fingerprint.Of(img)
		if err != nil {
			return err
		}
		r.put(p)
		progress("prints", i+1, len(all), begin)
	}
	begin = time.Now()
	for n := range others {
		req := scene(works + n)
		req.Width, req.Height = side/2, side/2 // the same picture in less time
		img, err := painted(ctx, req)
		if err != nil {
			return err
		}
		p, err := fingerprint.Of(img)
		if err != nil {
			return err
		}
		r.put(p)
		progress("other works", n+1, others, begin)
	}
	m := measured{register: r, classes: map[string]*class{}}
	begin = time.Now()
	for i, s := range all {
		for k := range each {
			if err := ctx.Err(); err != nil {
				m.print() // what there is
				return err
			}
			if err := m.try(s.group, attacks[(i*each+k)%len(attacks)], uint64(i+1), pictures[i]); err != nil {
				return err
			}
		}
		progress("attacks", i+1, len(all), begin)
	}
	m.print()
	return m.rivals(ctx, min(works, 40))
}

// progress writes a line that replaces itself.
func progress(what string, done, of int, begin time.Time) {
	end := ""
	if done == of {
		end = "\n"
	}
	fmt.Fprintf(os.Stderr, "\r%s: %d of %d, %v%s", what, done, of, time.Since(begin).Round(time.Second), end)
}
