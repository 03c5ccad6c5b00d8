package compose

import (
	"math"
	"strings"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

func svg(body string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">` + body + `</svg>`
}

func TestSVGRefusals(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, code string }{
		{"empty", ``, "drawing_unreadable"},
		{"no XML", `GIF89a`, "drawing_unreadable"},
		{"another root", `<html xmlns="http://www.w3.org/1999/xhtml"/>`, "drawing_unreadable"},
		{"no namespace", `<svg viewBox="0 0 1 1"/>`, "drawing_unreadable"},
		{"cut off", svg(`<rect width="1" height="1"/>`)[:130], "drawing_unreadable"},
		{"two roots", svg(``) + svg(``), "drawing_unsupported"},
		{"no size", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "drawing_unsupported"},
		{"size of another shape", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="20"/>`, "drawing_unsupported"},
		{"viewBox of nothing", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>`, "drawing_unreadable"},
		{"viewBox of NaN", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 NaN 10"/>`, "drawing_unreadable"},
		{"viewBox of 1e400", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e400 10"/>`, "drawing_unreadable"},
		{"doctype", `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` + svg(``), "drawing_unsafe"},
		{"entities", `<!DOCTYPE s [<!ENTITY a "aaaa">]>` + svg(`<path d="&a;"/>`), "drawing_unsafe"},
		{"entity undeclared", svg(`<path d="&a;"/>`), "drawing_unreadable"},
		{"style sheet by instruction", `<?xml-stylesheet href="a.css"?>` + svg(``), "drawing_unsafe"},
		{"script", svg(`<script>alert(1)</script>`), "drawing_unsafe"},
		{"handler", svg(`<rect width="1" height="1" onclick="alert(1)"/>`), "drawing_unsafe"},
		{"handler on the root", strings.Replace(svg(``), "<svg", `<svg ONLOAD="x()"`, 1), "drawing_unsafe"},
		{"style sheet", svg(`<style>*{fill:red}</style>`), "drawing_unsafe"},
		{"link", svg(`<a xlink:href="https://example.org"><rect/></a>`), "drawing_unsafe"},
		{"image", svg(`<image href="data:image/png;base64,AAAA"/>`), "drawing_unsafe"},
		{"foreign content", svg(`<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>`), "drawing_unsafe"},
		{"use", svg(`<use href="#a"/>`), "drawing_unsafe"},
		{"use of another file", svg(`<use xlink:href="https://example.org/a.svg#a"/>`), "drawing_unsafe"},
		{"animation", svg(`<rect width="1" height="1"><animate attributeName="x"/></rect>`), "drawing_unsafe"},
		{"fill from outside", svg(`<rect width="1" height="1" fill="url(https://example.org/a.svg#g)"/>`), "drawing_unsafe"},
		{"fill from outside by style", svg(`<rect width="1" height="1" style="fill: URL( 'http://example.org/#g' )"/>`), "drawing_unsafe"},
		{"gradient from outside", svg(`<linearGradient id="g" xlink:href="http://example.org/#g"/>`), "drawing_unsafe"},
		{"text", svg(`<text>Hi</text>`), "drawing_unsupported"},
		{"filter", svg(`<filter id="f"/>`), "drawing_unsupported"},
		{"filter in use", svg(`<g filter="url(#f)"/>`), "drawing_unsupported"},
		{"mask", svg(`<g style="mask:url(#m)"/>`), "drawing_unsupported"},
		{"pattern", svg(`<pattern id="p"/>`), "drawing_unsupported"},
		{"blend mode", svg(`<g style="mix-blend-mode:multiply"/>`), "drawing_unsupported"},
		{"marker", svg(`<path d="M0 0L1 1" marker-end="url(#m)"/>`), "drawing_unsupported"},
		{"svg in svg", svg(`<svg/>`), "drawing_unsupported"},
		{"unknown element", svg(`<blink/>`), "drawing_unsupported"},
		{"unknown colour", svg(`<rect width="1" height="1" fill="hotgreen"/>`), "drawing_unsupported"},
		{"fill that is not there", svg(`<rect width="1" height="1" fill="url(#g)"/>`), "drawing_unsupported"},
		{"fill that is no gradient", svg(`<rect id="g" width="1" height="1" fill="url(#g)"/>`), "drawing_unsupported"},
		{"gradients in a ring", svg(`<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect width="1" height="1" fill="url(#a)"/>`), "drawing_unsupported"},
		{"clip path of two shapes", svg(`<clipPath id="c"><rect width="1" height="1"/><circle r="1"/></clipPath><rect width="9" height="9" clip-path="url(#c)"/>`), "drawing_unsupported"},
		{"path that stops", svg(`<path d="M0 0 L10"/>`), "drawing_unreadable"},
		{"path without a beginning", svg(`<path d="L10 10"/>`), "drawing_unreadable"},
		{"path with a strange command", svg(`<path d="M0 0 B10 10"/>`), "drawing_unreadable"},
		{"path with a huge number", svg(`<path d="M0 0 L1e7 10"/>`), "drawing_unreadable"},
		{"transform that is none", svg(`<g transform="spin(3)"><rect width="1" height="1"/></g>`), "drawing_unreadable"},
		{"length in inches", svg(`<rect width="1in" height="1"/>`), "drawing_unreadable"},
		{"too deep", svg(strings.Repeat("<g>", 32) + strings.Repeat("</g>", 32)), "drawing_too_large"},
		{"too deep in notes", svg(strings.Repeat(`<x:n xmlns:x="u">`, 32) + strings.Repeat("</x:n>", 32)), "drawing_too_large"},
		{"too many elements", svg(strings.Repeat("<g/>", 5000)), "drawing_too_large"},
		{"too many segments in one", svg(`<path d="M0 0` + strings.Repeat("h1", 20_000) + `"/>`), "drawing_too_large"},
		{"too many segments in all", svg(strings.Repeat(`<path d="M0 0`+strings.Repeat("h1", 999)+`"/>`, 21)), "drawing_too_large"},
		{"too many bytes", svg(strings.Repeat(" ", MaxDrawingBytes)), "drawing_too_large"},
		{"too many dashes", svg(`<path d="M0 0H99999" stroke="red" stroke-dasharray="1"/>`), "drawing_too_large"},
		{"too many faded groups", svg(strings.Repeat(`<g opacity=".5"><rect width="9" height="9"/><rect width="9" height="9"/></g>`, 65)), "drawing_too_large"},
	} {
		_, err := SVG([]byte(tc.in))
		if f, ok := fault.As(err); !ok || f.Code != tc.code || f.Detail == "" {
			t.Errorf("%s: got %v, want %s", tc.name, err, tc.code)
		}
	}
}

func TestSVGAcceptsWhatDrawingProgramsAdd(t *testing.T) {
	t.Parallel()
	in := "\ufeff" + `<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- made by hand -->` +
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" version="1.1" ` +
		`inkscape:version="1.0" width="50mm" height="25mm" viewBox="10 20 40 20" role="img" aria-label="x" style="fill:#ff0000;">` +
		`<title>A mark</title><metadata><r:RDF xmlns:r="urn:r"/></metadata><inkscape:grid><inkscape:x/></inkscape:grid>` +
		`<g class="a" data-b="c"><rect x="10" y="20" width="40" height="20"/></g></svg>`
	d, err := SVG([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	if d.Width != 40 || d.Height != 20 || d.Aspect() != 0.5 || d.Shapes() != 1 {
		t.Errorf("got %g×%g, %d shapes", d.Width, d.Height, d.Shapes())
	}
	if got := d.Render(40).At(39, 19); got != raster.RGB(255, 0, 0) {
		t.Errorf("the corner is %v", got)
	}
}

// Each pair draws the same by two ways of writing.
func TestSVGMeansTheSame(t *testing.T) {
	t.Parallel()
	grad := `<linearGradient id="g" x1="0" x2="1"><stop stop-color="red"/><stop offset="1" stop-color="blue" stop-opacity=".5"/></linearGradient>`
	for _, tc := range []struct{ name, a, b string }{
		{"rect", `<rect x="10" y="20" width="30" height="40"/>`, `<path d="M10 20h30v40h-30z"/>`},
		{"absolute and relative", `<path d="M10 10L60 20C70 30 80 60 50 70S20 90 30 60Q20 50 30 40T10 10Z"/>`,
			`<path d="m10 10l50 10c10 10 20 40-10 50s-30 20-20-10q-10-10 0-20t-20-30z"/>`},
		{"circle by arcs", `<circle cx="50" cy="50" r="30"/>`, `<path d="M20 50a30 30 0 1 0 60 0a30,30 0 10-60 0z"/>`},
		{"ellipse, turned arc", `<g transform="rotate(30 50 50)"><ellipse cx="50" cy="50" rx="40" ry="20"/></g>`,
			`<path d="M84.641 70A40 20 30 0 1 15.359 30A40 20 30 0 1 84.641 70Z"/>`},
		{"round corners", `<rect x="10" y="10" width="60" height="40" rx="10"/>`,
			`<path d="M20 10H60A10 10 0 0 1 70 20V40A10 10 0 0 1 60 50H20A10 10 0 0 1 10 40V20A10 10 0 0 1 20 10"/>`},
		{"numbers run together", `<path d="M10 10L20.5 .5L30 -10L90 90"/>`, `<path d="M10,10,20.5.5,30-10 9e1+90"/>`},
		{"move after close", `<path d="M10 10h30v30zm50 50h20v20z"/>`, `<path d="M10 10H40V40ZM60 60H80V80Z"/>`},
		{"transforms", `<g transform="translate(10,20) scale(2)"><rect width="10" height="10" transform="skewX(20)"/></g>`,
			`<rect width="10" height="10" transform="matrix(2 0 0 2 10 20) matrix(1 0 .36397 1 0 0)"/>`},
		{"style and attribute", `<rect width="50" height="50" style="fill:#336699; fill-opacity: 50% "/>`,
			`<rect width="50" height="50" fill="rgb(51,102,153)" fill-opacity="0.5"/>`},
		{"opacity and fill-opacity", `<rect width="50" height="50" opacity=".4"/>`, `<g fill-opacity=".4"><rect width="50" height="50"/></g>`},
		{"current colour", `<g color="green"><rect width="50" height="50" fill="currentColor"/></g>`, `<rect width="50" height="50" fill="#008000"/>`},
		{"stroke and its outline", `<line x1="10" y1="50" x2="90" y2="50" stroke="black" stroke-width="10"/>`, `<rect x="10" y="45" width="80" height="10"/>`},
		{"stroke stretched", `<g transform="scale(2 .5)"><line x1="10" y1="50" x2="40" y2="50" stroke="black" stroke-width="10"/></g>`,
			`<rect x="20" y="22.5" width="60" height="5"/>`},
		{"square ends", `<path d="M20 50H80" stroke="black" stroke-width="10" stroke-linecap="square"/>`, `<rect x="15" y="45" width="70" height="10"/>`},
		{"dashes", `<path d="M10 50H80" stroke="black" stroke-width="10" stroke-dasharray="20 10"/>`,
			`<path d="M10 45h20v10h-20zm30 0h20v10h-20zm30 0h10v10h-10z"/>`},
		{"gradient of the box", grad + `<rect x="20" y="20" width="60" height="40" fill="url(#g)"/>`,
			`<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="20" y1="0" x2="80" y2="0"><stop offset="0%" stop-color="#f00"/><stop offset="100%" style="stop-color:#00f;stop-opacity:.5"/></linearGradient><rect x="20" y="20" width="60" height="40" fill="url('#g')"/>`},
		{"gradient that inherits", grad + `<linearGradient id="h" xlink:href="#g" gradientTransform="rotate(90)"/><rect width="60" height="60" fill="url(#h)"/>`,
			`<linearGradient id="h" x2="0" y2="1"><stop stop-color="red"/><stop offset="1" stop-color="blue" stop-opacity=".5"/></linearGradient><rect width="60" height="60" fill="url(#h)"/>`},
		{"even-odd", `<path fill-rule="evenodd" d="M0 0h90v90h-90zM30 30h30v30h-30z"/>`, `<path d="M0 0h90v90h-90zM30 30v30h30v-30z"/>`},
		{"clip path", `<clipPath id="c"><circle cx="50" cy="50" r="20"/></clipPath><rect width="100" height="100" clip-path="url(#c)"/>`, `<circle cx="50" cy="50" r="20"/>`},
		{"outside of the view", `<rect x="-50" y="50" width="100" height="100"/>`, `<rect y="50" width="50" height="50"/>`},
		{"hidden", `<rect width="9" height="9" display="none"/><rect width="9" height="9" visibility="hidden"/><g visibility="hidden"><rect width="9" height="9" visibility="visible"/></g>`, `<rect width="9" height="9"/>`},
	} {
		a, err := SVG([]byte(svg(tc.a)))
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		b, err := SVG([]byte(svg(tc.b)))
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		x, y := a.Render(200), b.Render(200)
		worst, sum := 0.0, 0.0
		for i := range x.Pix {
			worst = max(worst, math.Abs(float64(x.Pix[i]-y.Pix[i])))
			sum += float64(y.Pix[i])
		}
		if worst > 0.06 || sum == 0 {
			t.Errorf("%s: they differ by %.3f", tc.name, worst)
		}
	}
}

// A faded group is faded as one: where its shapes overlap nothing shines through.
func TestSVGGroupOpacity(t *testing.T) {
	t.Parallel()
	d, err := SVG([]byte(svg(`<g opacity=".5"><rect width="60" height="60" fill="red"/><rect x="30" y="30" width="60" height="60" fill="blue"/></g>`)))
	if err != nil {
		t.Fatal(err)
	}
	c := d.Render(100)
	for _, at := range []struct {
		x, y int
		want raster.Color
	}{{10, 10, raster.Color{R: 1, A: 0.5}}, {45, 45, raster.Color{B: 1, A: 0.5}}, {80, 80, raster.Color{B: 1, A: 0.5}}} {
		if got := c.At(at.x, at.y); got != at.want {
			t.Errorf("at %d,%d: %v, want %v", at.x, at.y, got, at.want)
		}
	}
}

// A mark is the same mark at every size: small renders look like the large one
// made small.
func TestDrawingScales(t *testing.T) {
	t.Parallel()
	d, err := SVG([]byte(svg(`<circle cx="50" cy="50" r="40" fill="none" stroke="#123456" stroke-width="3"/>` +
		`<path d="M50 15L60 40H88L65 57L74 84L50 67L26 84L35 57L12 40H40Z" fill="#F2B14B"/>`)))
	if err != nil {
		t.Fatal(err)
	}
	big := d.Render(800)
	for _, k := range []int{2, 4, 8} {
		small := d.Render(800 / k)
		made := raster.NewCanvas(800/k, 800/k)
		made.Draw(big, raster.Scale(1/float64(k), 1/float64(k)))
		worst := 0.0
		for i := range small.Pix {
			worst = max(worst, math.Abs(float64(small.Pix[i]-made.Pix[i])))
		}
		if worst > 0.05 {
			t.Errorf("at 1/%d it is off by %.3f", k, worst)
		}
	}
}

func FuzzSVG(f *testing.F) {
	for _, s := range []string{
		`<path d="M10 10L60 20C70 30 80 60 50 70S20 90 30 60Q20 50 30 40T10 10A5 5 0 01 3 3Z" stroke="red" stroke-dasharray="1 2"/>`,
		`<g opacity=".3" transform="rotate(20) skewX(5)"><rect rx="4" width="30" height="30"/><circle r="9"/></g>`,
		`<radialGradient id="g" fx=".2" spreadMethod="reflect" gradientTransform="scale(.5)"><stop offset="50%"/></radialGradient><ellipse rx="9" ry="5" fill="url(#g)"/>`,
		`<clipPath id="c" clip-rule="evenodd"><polygon points="1 2 3 4 5 6"/></clipPath><polyline clip-path="url(#c)" style="stroke:#fff;stroke-width:3px" points="0,0 9 9"/>`,
	} {
		f.Add(svg(s))
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) > 4000 {
			return
		}
		for _, doc := range []string{in, svg(in)} {
			d, err := SVG([]byte(doc))
			if err != nil {
				if _, ok := fault.As(err); !ok {
					t.Fatalf("%v is no fault", err)
				}
				continue
			}
			if d.Aspect() > 20 {
				continue
			}
			for i, v := range d.Render(48).Pix {
				if !(v >= -1e-3 && v <= 1+1e-3) {
					t.Fatalf("value %d is %g", i, v)
				}
			}
		}
	})
}
