// Bench-sharp measures the compositor against sharp, which is libvips for
// Node.js, doing the same job in the same run: a background of 2048×2048 with
// four marks and a headline, 1024 pixels wide, as a WebP of the same quality.
// Both begin with the files' bytes. The two take turns, so that what else the
// machine does hits both; the medians and their ratio are printed.
//
//	npm ci --ignore-scripts && go run -tags nodynamic . [-runs 15] [-cpuprofile file]
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"log"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"time"

	"marquee/internal/compose"
	"marquee/internal/raster"
)

const (
	side    = 2048
	width   = 1024
	quality = 82
	effort  = 4 // sharp's own
)

func main() {
	log.SetFlags(0)
	runs := flag.Int("runs", 15, "how often each does the job")
	profile := flag.String("cpuprofile", "", "file for a profile of the compositor's runs")
	brand := flag.String("brand", "../../brands/lumipine", "folder of the marks and fonts")
	flag.Parse()
	if err := bench(*runs, *brand, *profile); err != nil {
		log.Fatal(err)
	}
}

// layer is a mark or the headline as sharp gets it: an SVG of its size.
type layer struct {
	File string `json:"file"`
	Left int    `json:"left"`
	Top  int    `json:"top"`
}

func bench(runs int, brand, profile string) error {
	folder, err := os.MkdirTemp("", "bench-sharp")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	j, err := prepare(folder, brand)
	if err != nil {
		return err
	}
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	var ours, theirs, small []float64
	var size, theirSize int
	stages := map[string][]float64{}
	if _, err := j.once(nil); err != nil {
		return err
	}
	const turn = 3 // jobs before the other one's turn
	for range max(1, runs/turn) {
		for range turn {
			start := time.Now()
			data, err := j.once(stages)
			if err != nil {
				return err
			}
			ours = append(ours, ms(start))
			size = len(data)
		}
		var said struct {
			Composed []float64 `json:"composed"`
			Small    []float64 `json:"small"`
			Bytes    int       `json:"bytes"`
		}
		cmd := exec.Command("node", "bench.mjs", folder, strconv.Itoa(turn), strconv.Itoa(quality), strconv.Itoa(effort))
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("sharp: %w (is it installed? npm ci --ignore-scripts)", err)
		}
		if err := json.Unmarshal(out, &said); err != nil {
			return err
		}
		theirs, small, theirSize = append(theirs, said.Composed...), append(small, said.Small...), said.Bytes
	}
	fmt.Printf("compositor  %6.1f ms, %d bytes\n", median(ours), size)
	for _, name := range []string{"decode", "compose", "encode"} {
		fmt.Printf("  %-9s %6.1f ms\n", name, median(stages[name]))
	}
	fmt.Printf("sharp       %6.1f ms, %d bytes; composed at %d, then resized\n", median(theirs), theirSize, side)
	fmt.Printf("ratio       %6.2f\n", median(ours)/median(theirs))
	fmt.Printf("sharp       %6.1f ms; resized first, then composed at %d\n", median(small), width)
	fmt.Printf("ratio       %6.2f\n", median(ours)/median(small))
	return j.memory()
}

func ms(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

func median(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}

// ownSize finds the size that a mark's file gives itself.
var ownSize = regexp.MustCompile(`^(<svg [^>]*?) width="[^"]*" height="[^"]*">`)

// job is what is composed.
type job struct {
	background []byte
	doc        compose.Document
	src        compose.Source
}

func prepare(folder, brand string) (*job, error) {
	picture := photograph()
	data, err := compose.Encode(picture, compose.PNG, 0)
	if err != nil {
		return nil, err
	}
	j := &job{background: data, doc: compose.Document{Version: compose.Version, Width: side, Height: side,
		Layers: []compose.Layer{{ID: "bg", Kind: compose.Picture, Width: side}}}}
	if err := os.WriteFile(filepath.Join(folder, "background.png"), data, 0o600); err != nil {
		return nil, err
	}
	marks := map[string]compose.Drawing{}
	var layers []layer
	for i, m := range []struct {
		name    string
		x, y, w float64
	}{{"wordmark-on-dark", 120, 1660, 800}, {"bottle-on-dark", 1500, 800, 340}, {"emblem-on-dark", 150, 140, 240}, {"emblem-on-light", 1640, 160, 220}} {
		svg, err := os.ReadFile(filepath.Join(brand, "marks", m.name+".svg"))
		if err != nil {
			return nil, err
		}
		d, err := compose.SVG(svg)
		if err != nil {
			return nil, err
		}
		marks[m.name] = d
		l := layer{File: m.name + ".svg", Left: int(m.x), Top: int(m.y)}
		for prefix, w := range map[string]float64{"": m.w, "small-": m.w * width / side} {
			sized := ownSize.ReplaceAll(svg, fmt.Appendf(nil, `$1 width="%g" height="%g">`, w, w*d.Aspect()))
			if err := os.WriteFile(filepath.Join(folder, prefix+l.File), sized, 0o600); err != nil {
				return nil, err
			}
		}
		layers = append(layers, l)
		j.doc.Layers = append(j.doc.Layers, compose.Layer{ID: strconv.Itoa(i), Kind: compose.Mark, Mark: m.name, X: m.x, Y: m.y, Width: m.w})
	}
	font, err := os.ReadFile(filepath.Join(brand, "fonts", "caprasimo-400.woff"))
	if err != nil {
		return nil, err
	}
	face, err := compose.ParseFont(font)
	if err != nil {
		return nil, err
	}
	stack, err := compose.NewStack(face)
	if err != nil {
		return nil, err
	}
	const headline = "A light in every window"
	j.doc.Layers = append(j.doc.Layers, compose.Layer{ID: "t", Kind: compose.Text, Text: headline, X: 430, Y: 180, Width: 1180})
	j.src = compose.Source{
		Text: compose.TextStyle{Fonts: stack, MinSize: 20, MaxSize: 300, Color: raster.Hex("#F6EFE0")},
		Mark: func(mark, _ string) (compose.Drawing, error) { return marks[mark], nil },
	}
	// The headline's outlines are given to sharp as well: shaping is left out
	// for it.
	fit, err := j.src.Text.Fit(headline, 1180)
	if err != nil {
		return nil, err
	}
	for prefix, k := range map[string]float64{"": 1, "small-": width / float64(side)} {
		svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g"><path fill="#F6EFE0" d="%s"/></svg>`,
			1180*k, fit.Height*k, pathData(fit.Outline().Transform(raster.Scale(k, k))))
		if err := os.WriteFile(filepath.Join(folder, prefix+"headline.svg"), []byte(svg), 0o600); err != nil {
			return nil, err
		}
	}
	layers = append(layers, layer{File: "headline.svg", Left: 430, Top: 180})
	what, err := json.Marshal(map[string]any{"width": width, "side": side, "layers": layers})
	if err != nil {
		return nil, err
	}
	return j, os.WriteFile(filepath.Join(folder, "job.json"), what, 0o600)
}

// once does the whole job and notes how long each stage took.
func (j *job) once(stages map[string][]float64) ([]byte, error) {
	note := func(name string, since time.Time) time.Time {
		if stages != nil {
			stages[name] = append(stages[name], ms(since))
		}
		return time.Now()
	}
	at := time.Now()
	img, err := compose.Decode(bytes.NewReader(j.background), len(j.background), side*side)
	if err != nil {
		return nil, err
	}
	at = note("decode", at)
	src := j.src
	src.Picture = img
	m, err := compose.RenderAt(context.Background(), j.doc, src, width)
	if err != nil {
		return nil, err
	}
	at = note("compose", at)
	data, err := compose.Encode(m, compose.WebP, quality)
	note("encode", at)
	return data, err
}

// memory prints how much the compositor's own work holds beside the background.
func (j *job) memory() error {
	img, err := compose.Decode(bytes.NewReader(j.background), len(j.background), side*side)
	if err != nil {
		return err
	}
	src := j.src
	src.Picture = img
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := compose.RenderAt(context.Background(), j.doc, src, width); err != nil {
		return err
	}
	runtime.ReadMemStats(&after)
	used := float64(after.TotalAlloc - before.TotalAlloc)
	fmt.Printf("memory      %6.1f MB allocated by one render at %d, %.2f times the canvas in RGBA\n", used/1e6, width, used/(side*side*4))
	return nil
}

// photograph is a background with the texture of a photograph, always the same.
func photograph() *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, side, side))
	noise := func(x, y float64, seed uint32) float64 {
		at := func(i, j int) float64 {
			h := uint32(i)*0x9e3779b1 ^ uint32(j)*0x85ebca77 ^ seed
			h ^= h >> 15
			h *= 0x2c1b3c6d
			h ^= h >> 12
			return float64(h&0xffff) / 65535
		}
		i, j := math.Floor(x), math.Floor(y)
		u, v := x-i, y-j
		u, v = u*u*(3-2*u), v*v*(3-2*v)
		a, b := int(i), int(j)
		p := at(a, b)*(1-u) + at(a+1, b)*u
		q := at(a, b+1)*(1-u) + at(a+1, b+1)*u
		return p*(1-v) + q*v
	}
	for y := range side {
		for x := range side {
			fx, fy := float64(x), float64(y)
			n := 0.5*noise(fx/400, fy/300, 1) + 0.25*noise(fx/130, fy/90, 2) + 0.15*noise(fx/40, fy/30, 3) + 0.1*noise(fx/9, fy/9, 4)
			sky := fy / side
			grain := 6 * (noise(fx/1.5, fy/1.5, 5) - 0.5)
			ridge := 1 / (1 + math.Exp((0.55+0.3*noise(fx/260, 3, 7)-sky)*60))
			r := (30+90*sky+70*n)*(1-ridge) + (20+60*n)*ridge
			g := (50+110*sky+60*n)*(1-ridge) + (60+70*n)*ridge
			b := (80+110*sky+50*n)*(1-ridge) + (55+50*n)*ridge
			at := m.PixOffset(x, y)
			for k, v := range [3]float64{r, g, b} {
				m.Pix[at+k] = uint8(max(0, min(255, v+grain)))
			}
			m.Pix[at+3] = 255
		}
	}
	return m
}

// pathData writes outlines in SVG's syntax.
func pathData(p raster.Path) string {
	var b []byte
	p.Walk(func(s raster.Step, a []raster.Point) {
		b = append(b, "MLCZ"[s])
		for _, q := range a {
			b = fmt.Appendf(b, "%.2f %.2f ", q.X, q.Y)
		}
	})
	return string(b)
}
