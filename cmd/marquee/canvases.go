package main

import (
	"fmt"
	"image"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/create"
)

// The widths that can be exported, in pixels: in one file, and in tiles.
const (
	leastExport = 64
	mostExport  = compose.MaxSide
	mostTiled   = compose.MaxCanvas
	usualExport = 2048
	leastTile   = 64
)

// canvas is what a work is laid out for; without a size it is the work's own.
type canvas struct {
	name string
	size image.Point
}

// canvases are those with a name, in pixels. A page is printed at 300 of them
// an inch.
var canvases = map[string]image.Point{
	"1:1": {X: 1080, Y: 1080}, "4:5": {X: 1080, Y: 1350}, "9:16": {X: 1080, Y: 1920},
	"16:9": {X: 1920, Y: 1080}, "2:1": {X: 1600, Y: 800}, "a3": {X: 3508, Y: 4961},
}

var sizePattern = regexp.MustCompile(`^(\d{2,5})[x×](\d{2,5})$`)

func readCanvas(word string) (canvas, bool) {
	if size, ok := canvases[strings.ToLower(word)]; ok {
		return canvas{strings.ToLower(word), size}, true
	}
	m := sizePattern.FindStringSubmatch(word)
	if m == nil {
		return canvas{}, false
	}
	w, errW := strconv.Atoi(m[1])
	h, errH := strconv.Atoi(m[2])
	ok := errW == nil && errH == nil && min(w, h) >= compose.MinSide && max(w, h) <= compose.MaxCanvas
	return canvas{fmt.Sprintf("%dx%d", w, h), image.Pt(w, h)}, ok
}

// named is how a file of a width is called after the work's id.
func (c canvas) named(width int) string {
	if c.size == (image.Point{}) {
		return strconv.Itoa(width)
	}
	return fmt.Sprintf("%dx%d", c.size.X, c.size.Y)
}

// wanted is what an export was asked for.
type wanted struct {
	formats  []compose.Format
	widths   []int
	canvases []canvas
	channel  string
	// judged tells whether the brand's rules are asked again: for a new canvas,
	// or another channel than the one it was made for.
	judged bool
	// tile is the side of the tiles, or 0 for one file.
	tile int
}

// widthsOn are the widths in which a canvas is written.
func (w wanted) widthsOn(c canvas) []int {
	if c.size == (image.Point{}) {
		return w.widths
	}
	return []int{c.size.X}
}

// read reads the flags of an export.
func read(formats, widths, names, channel string, tile int) (wanted, error) {
	w := wanted{channel: create.Channel, tile: tile, judged: names != "" || channel != ""}
	wrong := func(format string, args ...any) (wanted, error) {
		return wanted{}, fmt.Errorf("%w: "+format, append([]any{errUsage}, args...)...)
	}
	for word := range strings.SplitSeq(formats, ",") {
		f, err := compose.ParseFormat(strings.TrimSpace(word))
		if err != nil {
			return wrong("--format takes png, jpeg, webp, avif and pdf")
		}
		w.formats = append(w.formats, f)
	}
	most := mostExport
	if tile != 0 {
		if most = mostTiled; tile < leastTile || tile > compose.MaxTile {
			return wrong("--tiles takes a number from %d to %d", leastTile, compose.MaxTile)
		}
		if !slices.Equal(w.formats, []compose.Format{compose.PNG}) {
			return wrong("--tiles are PNG: leave --format out")
		}
	}
	if channel != "" {
		if w.channel = channel; !slices.Contains(brand.Channels, channel) {
			return wrong("--channel takes %s", strings.Join(brand.Channels, ", "))
		}
	}
	if names != "" {
		if widths != "" {
			return wrong("a canvas has its own width: leave --width or --canvas out")
		}
		for word := range strings.SplitSeq(names, ",") {
			c, ok := readCanvas(strings.TrimSpace(word))
			if !ok {
				return wrong("--canvas takes 1:1, 4:5, 9:16, 16:9, 2:1, a3, or a size such as 728x90, from %d to %d pixels a side", compose.MinSide, compose.MaxCanvas)
			}
			page := slices.Equal(w.formats, []compose.Format{compose.PDF})
			if max(c.size.X, c.size.Y) > most && !page {
				return wrong("canvas %s is larger than one file: add --tiles 1024", c.name)
			}
			w.canvases = append(w.canvases, c)
		}
		return w, nil
	}
	if widths == "" {
		widths = strconv.Itoa(usualExport)
	}
	w.canvases = []canvas{{name: "its own"}}
	for word := range strings.SplitSeq(widths, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < leastExport || n > mostTiled {
			return wrong("--width takes numbers from %d to %d", leastExport, most)
		}
		if n > most {
			return wrong("--width takes numbers from %d to %d, or to %d with --tiles 1024", leastExport, most, mostTiled)
		}
		w.widths = append(w.widths, n)
	}
	return w, nil
}
