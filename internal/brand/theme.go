package brand

import (
	"fmt"
	"slices"
	"strings"
)

// ThemeCSS is the style sheet that themes the public pages: a @font-face for
// each font, its address given by url, and every token as a custom property
// on :root. A token at color.spruce is --color-spruce and the role ink is
// --color-ink. Nothing of the kit gets into the sheet that was not checked when it was read.
func (k *Kit) ThemeCSS(url func(file string) string) string {
	var b strings.Builder
	covers := k.covers()
	for _, f := range k.Fonts {
		fmt.Fprintf(&b, "@font-face{font-family:%q;font-weight:%d;font-style:%s;font-display:swap;src:url(\"%s\")%s", f.Family, f.Weight, f.Style, cssURL(url(f.File)), fontFormat(f.File))
		if chars := covers[f.ID]; chars != "" {
			b.WriteString(";unicode-range:" + chars)
		}
		b.WriteString("}\n")
	}
	b.WriteString(":root{\n")
	for _, t := range k.Tokens {
		value := t.Value
		switch {
		case t.Type == "fontFamily":
			value += ",system-ui,sans-serif"
		case t.Alias != "":
			value = "var(--" + aliasProperty(t.Alias) + ")"
		}
		fmt.Fprintf(&b, "--%s:%s;\n", t.Property(), value)
	}
	b.WriteString("}\n")
	k.languageFamilies(&b)
	return b.String()
}

// shared are the languages whose characters other languages write in other
// forms: a page in one of them looks in the fonts made for it first.
var shared = []struct{ language, script string }{{"ja", "japanese"}, {"ko", "korean"}, {"zh", "chinese"}}

// languageFamilies puts the family made for a language before those made for
// another one that shares its characters.
func (k *Kit) languageFamilies(b *strings.Builder) {
	for _, s := range shared {
		var lines []string
		for _, t := range k.Tokens {
			if t.Type != "fontFamily" || t.Alias != "" {
				continue
			}
			families := strings.Split(t.Value, ",")
			own, foreign := -1, -1
			for i, f := range families {
				switch k.madeFor(strings.Trim(f, `"`), s.script) {
				case 1:
					own = i
				case -1:
					if foreign < 0 {
						foreign = i
					}
				}
			}
			if own < 0 || foreign < 0 || own < foreign {
				continue
			}
			moved := slices.Insert(slices.Delete(slices.Clone(families), own, own+1), foreign, families[own])
			lines = append(lines, fmt.Sprintf("--%s:%s,system-ui,sans-serif;\n", t.Property(), strings.Join(moved, ",")))
		}
		if len(lines) > 0 {
			fmt.Fprintf(b, ":root:lang(%s){\n%s}\n", s.language, strings.Join(lines, ""))
		}
	}
}

// madeFor is 1 for a family made for a script, -1 for one made for another
// that shares its characters, and 0 for all others.
func (k *Kit) madeFor(family, script string) int {
	out := 0
	for _, f := range k.Fonts {
		if f.Family != family {
			continue
		}
		if slices.Contains(f.Scripts, script) {
			return 1
		}
		if slices.ContainsFunc(shared, func(s struct{ language, script string }) bool { return slices.Contains(f.Scripts, s.script) }) {
			out = -1
		}
	}
	return out
}

func aliasProperty(path string) string {
	return Token{Path: strings.Split(path, ".")}.Property()
}

func fontFormat(file string) string {
	switch {
	case strings.HasSuffix(file, ".woff"):
		return ` format("woff")`
	case strings.HasSuffix(file, ".otf"):
		return ` format("opentype")`
	default:
		return ` format("truetype")`
	}
}

// cssURL escapes what could end a quoted address in CSS or in HTML.
func cssURL(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ', c >= 0x7f, strings.IndexByte("\"'()\\<>", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
