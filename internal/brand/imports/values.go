package imports

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"marquee/internal/raster"
)

// kinds are the types of other formats, lower case, as a kit's.
var kinds = map[string]string{
	"color": "color", "colors": "color", "colour": "color", "colours": "color", "palette": "color",
	"dimension": "dimension", "size": "dimension", "sizing": "dimension", "spacing": "dimension", "space": "dimension",
	"borderradius": "dimension", "radius": "dimension", "radii": "dimension", "borderwidth": "dimension", "fontsizes": "dimension", "fontsize": "dimension",
	"duration": "duration", "time": "duration", "cubicbezier": "cubicBezier", "easing": "cubicBezier",
	"fontfamily": "fontFamily", "fontfamilies": "fontFamily", "font": "fontFamily",
	"fontweight": "fontWeight", "fontweights": "fontWeight",
	"number": "number", "opacity": "number", "lineheights": "number", "lineheight": "number",
}

// value gives a token's value as a kit has it, or why it can't.
func value(kind string, raw json.RawMessage) (any, string) {
	switch kind {
	case "color":
		return color(raw)
	case "dimension":
		return length(raw, "px", `^(0|[0-9]{1,5}(\.[0-9]{1,4})?)(px|rem|em)$`, "a length like 16px")
	case "duration":
		return length(raw, "ms", `^[0-9]{1,5}(\.[0-9]{1,3})?(ms|s)$`, "a time like 140ms")
	case "cubicBezier":
		return curve(raw)
	case "fontFamily":
		return families(raw)
	case "fontWeight":
		return weight(raw)
	default:
		n, ok := number(raw)
		if !ok || math.Abs(n) > 1e6 {
			return nil, "its value is not a number"
		}
		return n, ""
	}
}

func number(raw json.RawMessage) (float64, bool) {
	var n float64
	if json.Unmarshal(raw, &n) == nil {
		return n, true
	}
	s := strings.TrimSpace(word(raw))
	if p, ok := strings.CutSuffix(s, "%"); ok {
		n, err := strconv.ParseFloat(p, 64)
		return n / 100, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
}

// length reads a number with its unit, or without, which then is the usual one.
func length(raw json.RawMessage, usual, shape, want string) (any, string) {
	s := strings.ToLower(strings.TrimSpace(word(raw)))
	var pair struct {
		Value json.Number `json:"value"`
		Unit  string      `json:"unit"`
	}
	if json.Unmarshal(raw, &pair) == nil && pair.Unit != "" {
		s = pair.Value.String() + pair.Unit
	}
	if n, ok := number(raw); ok && !strings.HasSuffix(s, "%") {
		s = strconv.FormatFloat(math.Round(n*1e3)/1e3, 'f', -1, 64) + usual
	}
	if ok, err := regexp.MatchString(shape, s); err != nil || !ok {
		return nil, "its value is not " + want
	}
	return s, ""
}

func curve(raw json.RawMessage) (any, string) {
	var v []float64
	if json.Unmarshal(raw, &v) != nil {
		s, ok := strings.CutPrefix(strings.TrimSpace(word(raw)), "cubic-bezier(")
		if !ok {
			return nil, "its value is not four numbers"
		}
		for part := range strings.SplitSeq(strings.TrimSuffix(s, ")"), ",") {
			n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
			if err != nil {
				return nil, "its value is not four numbers"
			}
			v = append(v, n)
		}
	}
	if len(v) != 4 || !(v[0] >= 0 && v[0] <= 1 && v[2] >= 0 && v[2] <= 1 && math.Abs(v[1]) <= 10 && math.Abs(v[3]) <= 10) {
		return nil, "its value is not four numbers, the first and third from 0 to 1"
	}
	return v, ""
}

var familyShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 -]{0,63}$`)

func families(raw json.RawMessage) (any, string) {
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		for part := range strings.SplitSeq(word(raw), ",") {
			list = append(list, part)
		}
	}
	out := []string{}
	for _, name := range list {
		name = strings.Trim(strings.TrimSpace(name), `"'`)
		switch {
		case name == "":
		case !familyShape.MatchString(name) || len(out) == 16:
			return nil, "it does not name font families"
		default:
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return nil, "it does not name font families"
	}
	return out, ""
}

var weights = map[string]float64{
	"thin": 100, "extralight": 200, "light": 300, "regular": 400, "normal": 400, "book": 400, "medium": 500,
	"semibold": 600, "demibold": 600, "bold": 700, "extrabold": 800, "black": 900, "heavy": 900,
}

func weight(raw json.RawMessage) (any, string) {
	n, ok := number(raw)
	if !ok {
		n = weights[strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(word(raw)))]
	}
	if n < 1 || n > 1000 {
		return nil, "its value is not a weight from 1 to 1000"
	}
	return n, ""
}

var (
	rgbShape = regexp.MustCompile(`^rgba?\(\s*([0-9.]+%?)[\s,]+([0-9.]+%?)[\s,]+([0-9.]+%?)(?:[\s,/]+([0-9.]+%?))?\s*\)$`)
	hslShape = regexp.MustCompile(`^hsla?\(\s*([0-9.]+)(?:deg)?[\s,]+([0-9.]+)%[\s,]+([0-9.]+)%(?:[\s,/]+([0-9.]+%?))?\s*\)$`)
	lchShape = regexp.MustCompile(`^oklch\(\s*([0-9.]+%?)\s+([0-9.]+)\s+([0-9.]+)(?:deg)?(?:\s*/\s*([0-9.]+%?))?\s*\)$`)
)

const notColor = "its value is not a colour that a kit can have: write it like #0f3d33"

// color reads the ways in which the formats write a colour, as "#rrggbb[aa]".
func color(raw json.RawMessage) (any, string) {
	if items, ok := object(raw); ok {
		return colorObject(items)
	}
	s := strings.ToLower(strings.TrimSpace(word(raw)))
	if c, err := raster.ParseHex(s); err == nil {
		return c.Hex(), ""
	}
	part := func(s string, whole float64) float32 {
		scale := 1 / whole
		if p, ok := strings.CutSuffix(s, "%"); ok {
			s, scale = p, 0.01
		}
		n, err := strconv.ParseFloat(s, 64)
		if s == "" || err != nil {
			n, scale = 1, 1
		}
		return float32(min(max(n*scale, 0), 1))
	}
	if m := rgbShape.FindStringSubmatch(s); m != nil {
		return raster.Color{R: part(m[1], 255), G: part(m[2], 255), B: part(m[3], 255), A: part(m[4], 1)}.Hex(), ""
	}
	if m := hslShape.FindStringSubmatch(s); m != nil {
		h, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			return nil, notColor
		}
		return hsl(h, float64(part(m[2]+"%", 1)), float64(part(m[3]+"%", 1)), part(m[4], 1)).Hex(), ""
	}
	if m := lchShape.FindStringSubmatch(s); m != nil {
		c, errC := strconv.ParseFloat(m[2], 64)
		h, errH := strconv.ParseFloat(m[3], 64)
		if errC != nil || errH != nil {
			return nil, notColor
		}
		return raster.OKLCH(float64(part(m[1], 1)), min(c, 0.5), h).WithAlpha(float64(part(m[4], 1))).Hex(), ""
	}
	return nil, notColor
}

// colorObject reads the W3C's newer form and Figma's, which has parts from 0 to 1.
func colorObject(items []keyed) (any, string) {
	alpha := 1.0
	if a, ok := number(field(items, "alpha", "a")); ok {
		alpha = a
	}
	var parts []float64
	space := word(field(items, "colorSpace"))
	if list := field(items, "components", "channels"); list != nil {
		if json.Unmarshal(list, &parts) != nil {
			return nil, notColor
		}
	} else {
		for _, key := range []string{"r", "g", "b"} {
			n, ok := number(field(items, key))
			if !ok {
				return nil, notColor
			}
			parts = append(parts, n)
		}
	}
	if len(parts) != 3 {
		return nil, notColor
	}
	unit := func(n float64) float32 { return float32(min(max(n, 0), 1)) }
	switch space {
	case "", "srgb":
		return raster.Color{R: unit(parts[0]), G: unit(parts[1]), B: unit(parts[2]), A: unit(alpha)}.Hex(), ""
	case "oklch":
		return raster.OKLCH(parts[0], min(parts[1], 0.5), math.Mod(parts[2], 360)).WithAlpha(float64(unit(alpha))).Hex(), ""
	default:
		if hex := word(field(items, "hex")); hex != "" {
			if c, err := raster.ParseHex(hex); err == nil {
				return c.Hex(), ""
			}
		}
		return nil, fmt.Sprintf("colours in %.20q can't be read; write it in srgb or oklch", space)
	}
}

func hsl(h, s, l float64, alpha float32) raster.Color {
	c := (1 - math.Abs(2*l-1)) * s
	h = math.Mod(h, 360) / 60
	x := c * (1 - math.Abs(math.Mod(h, 2)-1))
	m := l - c/2
	var r, g, b float64
	switch int(h) {
	case 0:
		r, g = c, x
	case 1:
		r, g = x, c
	case 2:
		g, b = c, x
	case 3:
		g, b = x, c
	case 4:
		r, b = x, c
	default:
		r, b = c, x
	}
	return raster.Color{R: float32(r + m), G: float32(g + m), B: float32(b + m), A: alpha}
}
