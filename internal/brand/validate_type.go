package brand

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"marquee/internal/compose"
	"marquee/internal/fault"
)

// reason is what a fault says of itself to a person.
func reason(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Detail
	}
	return "it can't be read"
}

func (v *validator) fonts() {
	k, p := v.kit, v.problems
	k.faces = map[string]*compose.Font{}
	if len(k.Fonts) == 0 || len(k.Fonts) > maxFonts {
		p.add("fonts", "fonts_count", "A kit has 1 to %d fonts.", maxFonts)
		return
	}
	seen := map[string]bool{}
	for i, f := range k.Fonts {
		path := fmt.Sprintf("fonts[%d]", i)
		v.id(path, f.ID, seen)
		if !family.MatchString(f.Family) {
			p.add(path+".family", "name_invalid", "A family's name has letters, digits, spaces and hyphens.")
		}
		v.within(path+".weight", float64(f.Weight), 1, 1000)
		if f.Style != "normal" && f.Style != "italic" {
			p.add(path+".style", "style_unknown", "The style should be normal or italic.")
		}
		if len(f.Scripts) == 0 {
			p.add(path+".scripts", "scripts_missing", "Say which scripts the font is for.")
		}
		for _, s := range f.Scripts {
			if scripts[s] == nil {
				p.add(path+".scripts", "script_unknown", "%.20q is not one of these scripts: %s.", s, strings.Join(slices.Sorted(maps.Keys(scripts)), ", "))
			}
		}
		if f.Licence == "" || !plain(f.Licence) || !plain(f.Copyright) || !plain(f.Source) {
			p.add(path+".licence", "licence_missing", "Name the font's licence, in plain text.")
		}
		v.file(path+".licence_file", f.LicenceFile, "txt", maxTextBytes)
		data := v.file(path+".file", f.File, "woff ttf otf", maxFontBytes)
		if data == nil {
			continue
		}
		face, err := compose.ParseFont(data)
		if err != nil {
			p.add(path+".file", "font_invalid", "%s: %s", f.File, reason(err))
			continue
		}
		if err := mayEmbed(data); err != nil {
			p.add(path+".file", "font_embedding", "%s: %s.", f.File, err)
		}
		k.faces[f.ID] = face
	}
}

func (v *validator) stacks() {
	v.kit.stacks = map[string]*compose.Stack{}
	for _, name := range slices.Sorted(maps.Keys(v.kit.Stacks)) {
		path := shorten("stacks." + name)
		ids := v.kit.Stacks[name]
		if !slices.Contains(stackNames, name) {
			v.problems.add(path, "stack_unknown", "The stacks are %s.", strings.Join(stackNames, ", "))
		}
		if len(ids) > compose.MaxStack {
			v.problems.add(path, "stack_too_long", "A stack has at most %d fonts.", compose.MaxStack)
			continue
		}
		var faces []*compose.Font
		for i, id := range ids {
			if v.kit.Font(id) == nil {
				v.problems.add(fmt.Sprintf("%s[%d]", path, i), "font_unknown", "%.40q is not the id of a font of this kit.", id)
			}
			if face := v.kit.faces[id]; face != nil {
				faces = append(faces, face)
			}
		}
		if len(faces) != len(ids) || len(ids) == 0 {
			continue // the font, or that there is none, is reported in its own place
		}
		stack, err := compose.NewStack(faces...)
		if err != nil {
			v.problems.add(path, "stack_invalid", "%s", reason(err))
			continue
		}
		v.kit.stacks[name] = stack
	}
	for _, name := range stackNames {
		if len(v.kit.Stacks[name]) == 0 {
			v.problems.add("stacks."+name, "stack_missing", "Name the fonts for %s, in the order in which a glyph is looked for.", name)
		}
	}
}

// families holds the font tokens to the kit's own fonts: a page loads nothing
// that the kit does not bring.
func (v *validator) families() {
	known := map[string]bool{}
	for _, f := range v.kit.Fonts {
		known[f.Family] = true
	}
	for _, t := range v.kit.Tokens {
		if t.Type != "fontFamily" {
			continue
		}
		for name := range strings.SplitSeq(t.Value, ",") {
			if name = strings.Trim(name, `"`); !known[name] {
				v.problems.add("tokens."+strings.Join(t.Path, "."), "font_unknown", "The kit has no font of the family %q.", name)
			}
		}
	}
	for _, name := range []string{"display", "text"} {
		if !slices.ContainsFunc(v.kit.Tokens, func(t Token) bool { return t.Type == "fontFamily" && t.Property() == "font-"+name }) {
			v.problems.add("tokens.font."+name, "token_missing", "The kit needs the font families for %s.", name)
		}
	}
}

// pairs are the roles that every kit has, each with what it is read on and
// the least contrast that WCAG 2.2 AA asks for.
var pairs = []struct {
	ink, ground string
	least       float64
}{
	{"ink", "ground", 4.5}, {"ink", "surface", 4.5},
	{"ink-soft", "ground", 4.5}, {"ink-soft", "surface", 4.5},
	{"on-accent", "accent", 4.5}, {"accent", "ground", 3},
	{"on-highlight", "highlight", 4.5},
	{"on-deep", "deep", 4.5}, {"on-deep-soft", "deep", 4.5},
	{"on-danger", "danger", 4.5},
	{"focus", "ground", 3}, {"focus", "surface", 3}, {"focus-on-deep", "deep", 3},
	{"line", "ground", 1.1},
}

func (v *validator) roles() {
	properties := map[string]bool{}
	for _, t := range v.kit.Tokens {
		if properties[t.Property()] {
			v.problems.add("tokens."+strings.Join(t.Path, "."), "name_repeated", "Another token already is --%s.", t.Property())
		}
		properties[t.Property()] = true
		if t.isRole() && t.Type != "color" {
			v.problems.add("tokens."+strings.Join(t.Path, "."), "token_invalid", "A role is a colour.")
		}
	}
	missing := map[string]bool{}
	for _, pair := range pairs {
		for _, role := range []string{pair.ink, pair.ground} {
			if v.kit.Color(role) == "" && !missing[role] {
				missing[role] = true
				v.problems.add("tokens.color.role."+role, "token_missing", "The kit needs a colour for this role.")
			}
		}
		if missing[pair.ink] || missing[pair.ground] {
			continue
		}
		if c := Contrast(v.kit.Color(pair.ink), v.kit.Color(pair.ground)); c < pair.least {
			v.problems.add("tokens.color.role."+pair.ink, "contrast_low", "On %s it has a contrast of %.2f; people need at least %.1f to read it.", pair.ground, c, pair.least)
		}
	}
}

func (v *validator) text() {
	t := v.kit.Text
	if len(v.kit.Stacks[t.Stack]) == 0 {
		v.problems.add("text.stack", "stack_missing", "Name one of the kit's stacks.")
	}
	v.within("text.max_characters", float64(t.MaxCharacters), 1, 120)
	v.within("text.min_size_share", t.MinSizeShare, 0.01, 0.5)
	v.within("text.max_size_share", t.MaxSizeShare, 0.01, 0.5)
	v.within("text.max_rotation", t.MaxRotation, 0, 180)
	v.within("text.clear_space", t.ClearSpace, 0, 2)
	if t.MaxSizeShare < t.MinSizeShare {
		v.problems.add("text.max_size_share", "number_range", "It should not be less than min_size_share.")
	}
	for _, g := range slices.Sorted(maps.Keys(t.Colors)) {
		if g != Light && g != Dark {
			v.problems.add("text.colors", "ground_unknown", "Text has a colour for light and one for dark.")
		}
	}
	for _, g := range []Ground{Light, Dark} {
		if name := t.Colors[g]; v.kit.Color(name) == "" {
			v.problems.add("text.colors."+string(g), "color_unknown", "%.40q is not a colour of this kit.", name)
		}
	}
}
