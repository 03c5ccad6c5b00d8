package brand_test

import (
	"strings"
	"testing"

	"marquee/internal/fault"
)

func TestThemeCSS(t *testing.T) {
	t.Parallel()
	css := lumipine().ThemeCSS(func(file string) string { return "/k/" + file })
	for _, want := range []string{
		":root{\n", "--color-spruce:#0F3D33;", "--color-ink:var(--color-night);", "--radius-large:28px;", "--spacing-4:16px;",
		"--duration-calm:320ms;", "--easing-settle:cubic-bezier(0.2,0.8,0.2,1);",
		`--font-display:"Caprasimo","Zen Maru Gothic","Baloo Bhaijaan 2","Noto Sans","Noto Sans Hebrew","Noto Sans Devanagari","Noto Sans Thai","Noto Sans KR","Noto Sans SC",system-ui,sans-serif;`,
		":root:lang(zh){\n--font-display:\"Caprasimo\",\"Noto Sans SC\",\"Zen Maru Gothic\",", ":root:lang(ko){",
		`@font-face{font-family:"Caprasimo";font-weight:400;font-style:normal;font-display:swap;src:url("/k/fonts/caprasimo-400.woff") format("woff");unicode-range:U+0000-02FF`,
	} {
		if !strings.Contains(css, want) {
			t.Errorf("the style sheet lacks %s", want)
		}
	}
	// The character is in the first font of the stack, and in none of its scripts.
	face := lumipine().Stack("display")[0]
	if line, _, _ := strings.Cut(css, "\n"); !face.Has('\u0303') || !strings.Contains(line, ",U+0303") {
		t.Errorf("a browser would look for a tilde in another font than the server: %s", line)
	}
	if strings.Contains(css, ":lang(ja)") {
		t.Error("Japanese pages get another order than the kit's, which is theirs already")
	}
	if strings.Count(css, "unicode-range") != len(lumipine().Fonts) || len(css) > 12<<10 {
		t.Errorf("the style sheet takes %d bytes", len(css))
	}
	if strings.Count(css, "@font-face") != len(lumipine().Fonts) || strings.Count(css, "{") != strings.Count(css, "}") {
		t.Error("the style sheet is not whole")
	}
}

func TestThemeTakesNoCode(t *testing.T) {
	t.Parallel()
	const evil = `}</style><script>alert(1)</script>`
	for name, c := range map[string]struct{ old, new string }{
		"colour":        {`"#3350C4"`, `"#3350C4;} body{display:none"`},
		"colour name":   {`"cornflower": {`, `"a:red;}b": {`},
		"colour call":   {`"#3350C4"`, `"url(https://example.org/)"`},
		"length":        {`"2px"`, `"2px;background:url(//x)"`},
		"length calc":   {`"2px"`, `"calc(1px + 1px)"`},
		"length object": {`"2px"`, `{"value": 2, "unit": "px;}"}`},
		"time":          {`"90ms"`, `"90ms` + evil + `"`},
		"family":        {`"Bricolage Grotesque"`, `"a\";}x{y:\""`},
		"font family":   {`"family": "Bricolage Grotesque"`, `"family": "a\"}` + evil + `"`},
		"font style":    {`"style": "normal"`, `"style": "normal;src:url(//x)"`},
		"file":          {`"fonts/bricolage-grotesque-400.woff"`, `"fonts/a\");}.woff"`},
		"script":        {`"latin"`, `"latin;}"`},
		"curve": {`"$value": [
          0.3,`, `"$value": [7,`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := kitWith("kit.json", c.old, []byte(c.new))
			if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid && f.Kind != fault.Malformed {
				t.Errorf("it was taken: %v", err)
			}
		})
	}
	css := kornblum().ThemeCSS(func(string) string { return `"); } </style><script>'` })
	if strings.Contains(css, "<") || strings.Contains(css, `"")`) || strings.Contains(css, `"); }`) {
		t.Errorf("an address gets out of its quotes: %s", css)
	}
}
