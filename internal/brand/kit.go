// Package brand holds brand kits: a brand's marks, colours, type and rules as
// data, in versions. It reads a kit from a folder, gives the compositor what
// it needs to draw a mark, makes the style sheet that themes the public pages,
// and checks a composition against the kit's rules.
//
// A kit never changes once it is read: another word, mark or colour makes
// another version.
package brand

import "marquee/internal/compose"

// Format is the version of kit.json that this package reads.
const Format = 1

// Ground is what lies under a mark or a text.
type Ground string

// The grounds.
const (
	Light Ground = "light"
	Dark  Ground = "dark"
	// AnyGround is for a variant that stands on both.
	AnyGround Ground = "any"
)

// Kit is one version of a brand kit.
type Kit struct {
	// ID is in lower case with hyphens; Version is three numbers, "1.0.0".
	ID, Version string
	// Name is the brand's name by locale. Its locales are the kit's: every
	// other text of the kit has them all.
	Name map[string]string
	// Tokens are the design tokens, with aliases resolved, in path order.
	Tokens []Token
	Marks  []Mark
	// Stickers are drawings that participants may play with; unlike marks they
	// may be covered, and effects touch them.
	Stickers []Sticker
	Fonts    []Font
	// Stacks are ids of fonts by use ("display", "text", "strong"), each in
	// the order in which a glyph is looked for.
	Stacks map[string][]string
	Text   TextRules
	// Rules are those that the kit sets beside its marks' own.
	Rules []Rule
	Voice Voice
	Photo Photo
	// LegalLines are sentences that rules of the kind legal_line ask for.
	LegalLines []LegalLine
	// Avoid is Voice.Avoid: words by locale that the brand does not use of
	// itself.
	Avoid map[string][]string
	// Credits are sentences on where the marks come from.
	Credits []string

	files    map[string][]byte
	manifest []byte
	hash     string
	colors   map[string]string // by the name that Color takes
	faces    map[string]*compose.Font
	covers   func() map[string]string // by font, worked out when first asked for
	stacks   map[string]*compose.Stack
	drawings map[string]compose.Drawing
}

// Mark is a logo, package or figure that may only be placed, never altered.
type Mark struct {
	ID string `json:"id"`
	// Kind is "wordmark", "product", "emblem" or "figure"; it decides where a
	// first layout puts the mark.
	Kind string            `json:"kind"`
	Name map[string]string `json:"name"`
	// Alt describes the mark to people who can't see it.
	Alt      map[string]string `json:"alt"`
	Variants []Variant         `json:"variants"`
	Rules    MarkRules         `json:"rules"`
	// Rights are nil for a mark that may be shown everywhere and always.
	Rights *Rights `json:"rights,omitempty"`

	aspect float64
	// light is the mean luminance of each variant's ink, by its id.
	light map[string]float64
	// edges is each variant's ink where it meets the ground, by its id.
	edges map[string][]edgeCell
}

// Aspect is the mark's height divided by its width, the same in all variants.
func (m *Mark) Aspect() float64 { return m.aspect }

// Variant is a mark as drawn for one kind of ground.
type Variant struct {
	ID     string `json:"id"`
	File   string `json:"file"`
	Ground Ground `json:"ground"`
}

// MarkRules bound how a mark may be placed. Shares are of the canvas's
// shorter side, so that one rule holds for every format.
type MarkRules struct {
	// MinWidthPx is the least width in pixels of the canvas, 1 to 4096.
	MinWidthPx float64 `json:"min_width_px"`
	// MinWidthShare and MaxWidthShare bound the width, above 0 and up to 1.
	MinWidthShare float64 `json:"min_width_share"`
	MaxWidthShare float64 `json:"max_width_share"`
	// MaxRotation is in degrees to either side, 0 to 180.
	MaxRotation float64 `json:"max_rotation"`
	// ClearSpace is the distance kept from other marks and from text, as a
	// share of the mark's width, 0 to 1.
	ClearSpace float64 `json:"clear_space"`
}

// Sticker is a drawing of the kit that is not a mark.
type Sticker struct {
	ID   string            `json:"id"`
	Name map[string]string `json:"name"`
	// Alt describes the sticker to people who can't see it.
	Alt  map[string]string `json:"alt"`
	File string            `json:"file"`
	// Rights are nil for a sticker that may be shown everywhere and always.
	Rights *Rights `json:"rights,omitempty"`

	aspect float64
}

// Aspect is the sticker's height divided by its width.
func (s *Sticker) Aspect() float64 { return s.aspect }

// Sticker finds a sticker by its id; nil if the kit has none.
func (k *Kit) Sticker(id string) *Sticker {
	for i := range k.Stickers {
		if k.Stickers[i].ID == id {
			return &k.Stickers[i]
		}
	}
	return nil
}

// Font is one font file of the kit.
type Font struct {
	ID     string `json:"id"`
	Family string `json:"family"`
	// Weight is 100 to 900.
	Weight int `json:"weight"`
	// Style is "normal" or "italic".
	Style string `json:"style"`
	File  string `json:"file"`
	// Scripts are what the font is used for: latin, greek, cyrillic, arabic,
	// japanese, hebrew, devanagari, thai, korean, chinese.
	Scripts []string `json:"scripts"`
	// Licence is its SPDX name and LicenceFile the text that goes with it.
	Licence     string `json:"licence"`
	LicenceFile string `json:"licence_file"`
	Copyright   string `json:"copyright"`
	Source      string `json:"source"`
	// Rights are nil for a font that may be used everywhere and always.
	Rights *Rights `json:"rights,omitempty"`
}

// TextRules bound the one line of text on a composition.
type TextRules struct {
	// Stack names the font stack that the line is set in.
	Stack string `json:"stack"`
	// MaxCharacters is 1 to 120.
	MaxCharacters int `json:"max_characters"`
	// MinSizeShare and MaxSizeShare bound the type size, as shares of the
	// canvas's shorter side.
	MinSizeShare float64 `json:"min_size_share"`
	MaxSizeShare float64 `json:"max_size_share"`
	// MaxRotation is in degrees to either side.
	MaxRotation float64 `json:"max_rotation"`
	// ClearSpace is the distance kept from marks, as a share of the type size.
	ClearSpace float64 `json:"clear_space"`
	// Colors are names of colour tokens, by the ground that they are read on.
	Colors map[Ground]string `json:"colors"`
}

// Mark finds a mark by its id; nil if the kit has none.
func (k *Kit) Mark(id string) *Mark {
	for i := range k.Marks {
		if k.Marks[i].ID == id {
			return &k.Marks[i]
		}
	}
	return nil
}

// Font finds a font by its id; nil if the kit has none.
func (k *Kit) Font(id string) *Font {
	for i := range k.Fonts {
		if k.Fonts[i].ID == id {
			return &k.Fonts[i]
		}
	}
	return nil
}

// Variant finds a variant by its id; the empty id is the first variant. It is
// nil if the mark has none of that id.
func (m *Mark) Variant(id string) *Variant {
	for i := range m.Variants {
		if id == "" || m.Variants[i].ID == id {
			return &m.Variants[i]
		}
	}
	return nil
}

// On gives the variant that stands out best from a ground of a relative
// luminance, 0 to 1. Where the variants' inks hardly differ, as on a package,
// it is the one that is drawn for such a ground.
func (m *Mark) On(luminance float64) *Variant {
	light, dark := m.For(Light), m.For(Dark)
	if ratio(m.light[light.ID], m.light[dark.ID]) < alike {
		return m.For(GroundOf(luminance))
	}
	if ratio(m.light[dark.ID], luminance) > ratio(m.light[light.ID], luminance) {
		return dark
	}
	return light
}

// For gives the variant that is drawn for a ground.
func (m *Mark) For(g Ground) *Variant {
	for i := range m.Variants {
		if v := &m.Variants[i]; v.Ground == g || v.Ground == AnyGround {
			return v
		}
	}
	return &m.Variants[0]
}
