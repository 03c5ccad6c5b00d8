package brand

import (
	"fmt"
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
	return b.String()
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
