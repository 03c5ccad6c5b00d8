package brand

import (
	"math"
	"strconv"
	"strings"

	"marquee/internal/compose"
)

// groundLimit is the relative luminance at which a dark and a light mark
// stand out equally: where (1.05)/(L+0.05) equals (L+0.05)/(0.05).
const groundLimit = 0.179

// GroundOf tells what kind of ground a relative luminance (0 black to 1
// white, linear, as in WCAG) is.
func GroundOf(luminance float64) Ground {
	if luminance > groundLimit {
		return Light
	}
	return Dark
}

// Luminance is the relative luminance (WCAG 2) of a colour "#rrggbb" or
// "#rrggbbaa", whose alpha is passed over; 0 if it can't be read.
func Luminance(hex string) float64 {
	if !isHex(hex) {
		return 0
	}
	channel := func(i int) float64 {
		n, err := strconv.ParseUint(hex[i:i+2], 16, 8)
		if err != nil {
			return 0
		}
		return linear[n]
	}
	return 0.2126*channel(1) + 0.7152*channel(3) + 0.0722*channel(5)
}

// Contrast is the WCAG contrast ratio of two colours, 1 to 21.
func Contrast(a, b string) float64 {
	return ratio(Luminance(a), Luminance(b))
}

// alike is the contrast under which two inks count as the same.
const alike = 1.5

func ratio(x, y float64) float64 { return (max(x, y) + 0.05) / (min(x, y) + 0.05) }

// linear is the light of each 8-bit sRGB value, 0 to 1.
var linear = func() (t [256]float64) {
	for i := range t {
		if c := float64(i) / 255; c <= 0.04045 {
			t[i] = c / 12.92
		} else {
			t[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return
}()

func isHex(s string) bool {
	if (len(s) != 7 && len(s) != 9) || s[0] != '#' {
		return false
	}
	return strings.Trim(s[1:], "0123456789abcdefABCDEF") == ""
}

// Color gives the value "#rrggbb[aa]" of a colour token by its name, as in
// "spruce" or, for a role, "ink"; "" if the kit has none.
func (k *Kit) Color(name string) string { return k.colors[name] }

// nameColors makes the colours of the tokens known by their names.
func (k *Kit) nameColors() {
	k.colors = map[string]string{}
	for _, t := range k.Tokens {
		if name, ok := strings.CutPrefix(t.Property(), "color-"); ok && t.Type == "color" && k.colors[name] == "" {
			k.colors[name] = t.Value
		}
	}
}

// Palette gives the kit's own colours, without the roles, in the kit's order:
// what a painter needs to stay in the family.
func (k *Kit) Palette() []string {
	var out []string
	for _, t := range k.Tokens {
		if t.Type == "color" && !t.isRole() {
			out = append(out, t.Value)
		}
	}
	return out
}

// TextOn gives the colour for text, "#rrggbb", that is read best on a ground of
// a relative luminance, 0 to 1.
func (k *Kit) TextOn(luminance float64) string {
	light, dark := k.TextColor(Light), k.TextColor(Dark)
	if ratio(Luminance(dark), luminance) > ratio(Luminance(light), luminance) {
		return dark
	}
	return light
}

// inkLight is the mean relative luminance of what a drawing paints.
func inkLight(d compose.Drawing) float64 {
	const width = 64 // a thumbnail tells it well enough
	c := d.Render(width)
	sum, weight := 0.0, 0.0
	for i := 0; i+3 < len(c.Pix); i += 4 {
		a := c.Pix[i+3]
		if a < 1.0/255 {
			continue
		}
		value := func(v float32) float64 { return linear[min(max(int(v/a*255+0.5), 0), 255)] }
		sum += float64(a) * (0.2126*value(c.Pix[i]) + 0.7152*value(c.Pix[i+1]) + 0.0722*value(c.Pix[i+2]))
		weight += float64(a)
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// TextColor gives the colour that the kit's text has on a ground.
func (k *Kit) TextColor(g Ground) string {
	if g != Dark {
		g = Light
	}
	return k.Color(k.Text.Colors[g])
}
