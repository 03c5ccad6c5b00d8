package compose

import (
	"embed"
	"encoding/json"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"sync"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// The icons of a label. They are our own drawings: a badge with the letters AI,
// whole for what a model made alone, half of it outlined for what it made in
// part. docs/labels.md says how they stand to the official artwork of the EU's
// code of practice on marking and labelling.
const (
	IconAI     = "ai"
	IconAIPart = "ai-part"
)

// Label is a visible mark of origin that stands on top of a finished picture.
// It is no layer: it is burned in after all else, and only where a duty asks.
type Label struct {
	// Icon is IconAI, IconAIPart or "" for words alone.
	Icon string `json:"icon,omitempty"`
	// Text is what it says, such as "AI生成"; "" is the icon alone.
	Text string `json:"text,omitempty"`
	// Locale is the language of Text, a BCP 47 tag; it chooses between forms of
	// letters.
	Locale string `json:"locale,omitempty"`
	// MinShare is the least height of the letters as a share of the picture's
	// shorter side, up to 0.2; 0 means LabelShare.
	MinShare float64 `json:"min_share,omitempty"`
}

const (
	// LabelShare is the height of a label's letters, as a share of the shorter
	// side, where no rule asks for more.
	LabelShare = 0.03
	// maxLabelShare bounds what a rule may ask for.
	maxLabelShare = 0.2
	// labelLeast is the least height of letters in pixels, below which nobody
	// reads them, and labelMost the share of the shorter side that it may take of
	// a very small picture.
	labelLeast, labelMost = 8, 0.08
	// maxLabelLines is how many lines a label may take.
	maxLabelLines = 3
	// labelMargin is the distance from the picture's edges, as a share of the
	// shorter side: what frames and round corners of apps cut off.
	labelMargin = 0.035
)

//go:embed labels/words.json labels/*.ttf
var labelFiles embed.FS

// labelWords are the words of labels: by what they say, by language.
var labelWords = sync.OnceValues(func() (map[string]map[string]string, error) {
	raw, err := labelFiles.ReadFile("labels/words.json")
	if err != nil {
		return nil, err
	}
	var words map[string]map[string]string
	err = json.Unmarshal(raw, &words)
	return words, err
})

// LabelWords gives the words of a label and the language that they are in: what
// is a name in labels/words.json ("ai-generated", "partly-ai",
// "synthetic-people"). A locale without words of its own gets its language's,
// or English. The error is a *fault.Error, label_unknown, for other names.
func LabelWords(what, locale string) (text, lang string, err error) {
	words, err := labelWords()
	if err != nil {
		return "", "", err
	}
	said, ok := words[what]
	if !ok {
		return "", "", fault.New(fault.Internal, "label_unknown", "A policy asks for a label that there is none of: %q. Labels say ai-generated, partly-ai or synthetic-people.", what).With("label", what)
	}
	base, _, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	base = strings.ToLower(base)
	if base == "no" || base == "nn" {
		base = "nb"
	}
	if said[base] == "" {
		return said["en"], "en", nil
	}
	if base == "zh" {
		return said[base], "zh-Hans", nil
	}
	return said[base], base, nil
}

// labelFonts are in the order in which a character is looked for.
var labelFonts = []string{"latin", "latin-ext", "greek-cyrillic", "chinese", "korean", "devanagari", "thai", "hebrew", "arabic"}

var labelStack = sync.OnceValues(func() (*Stack, error) {
	var fonts []*Font
	for _, name := range labelFonts {
		data, err := labelFiles.ReadFile("labels/" + name + ".ttf")
		if err != nil {
			return nil, err
		}
		f, err := ParseFont(data)
		if err != nil {
			return nil, fmt.Errorf("the label font %s: %w", name, err)
		}
		fonts = append(fonts, f)
	}
	return NewStack(fonts...)
})

// LabelStyle is the type that labels are set in: one that has every character of
// labels/words.json, whatever a brand's own type lacks. A label is no brand's.
func LabelStyle() (TextStyle, error) {
	stack, err := labelStack()
	if err != nil {
		return TextStyle{}, err
	}
	return TextStyle{Fonts: stack, MinSize: 1, MaxSize: MaxSide, Color: raster.White}, nil
}

// labelBox is a label laid out for a picture: lengths are pixels of it, from
// the plate's top left corner.
type labelBox struct {
	width, height int
	radius        float64
	words         raster.Path
	icon          string
	// iconX, iconY and side are the icon's square.
	iconX, iconY, side float64
}

// letters is the height, in pixels, that a label's letters have on a picture of
// a size.
func (l Label) letters(size image.Point) (int, error) {
	share := l.MinShare
	if share == 0 {
		share = LabelShare
	}
	if !(share > 0 && share <= maxLabelShare) {
		return 0, fault.New(fault.Internal, "label_unknown", "A label's letters are 0 to %g of the shorter side, not %g.", maxLabelShare, share)
	}
	short := float64(min(size.X, size.Y))
	return int(math.Ceil(max(share*short, min(labelLeast, labelMost*short)) - 1e-9)), nil
}

// labelEdge is the distance that a label keeps from the edges of a picture.
func labelEdge(size image.Point) int {
	return max(2, int(math.Round(labelMargin*float64(min(size.X, size.Y)))))
}

// lay lays a label out for a picture of a size. Faults: label_unknown,
// label_no_place if it is wider than the picture, and those of TextStyle.Fit.
func (l Label) lay(style TextStyle, size image.Point) (labelBox, error) {
	need, err := l.letters(size)
	if err != nil {
		return labelBox{}, err
	}
	if l.Text == "" && l.Icon == "" || l.Icon != "" && l.Icon != IconAI && l.Icon != IconAIPart {
		return labelBox{}, fault.New(fault.Internal, "label_unknown", "A label says something, or has the icon %s or %s.", IconAI, IconAIPart)
	}
	h := float64(need)
	pad, side := math.Round(max(2, 0.55*h)), math.Round(max(3, 0.68*h))
	b := labelBox{icon: l.Icon}
	room := float64(size.X-2*labelEdge(size)) - 2*side
	used := 0.0
	if l.Icon != "" {
		// Even by even, so that the icon's middle is that of the letters.
		b.side = 2 * math.Round(0.85*h)
		used = b.side
	}
	if l.Text == "" {
		b.iconX, b.iconY = pad, pad
		b.width, b.height = int(2*pad+b.side), int(2*pad+b.side)
		return b.rounded(), b.fits(size)
	}
	if used > 0 {
		used += math.Round(0.5 * h)
	}
	words, rtl, err := l.words(style, h, room-used)
	if err != nil {
		return labelBox{}, err
	}
	x0, y0, x1, y1 := words.ink()
	// The middle of what stands between the first line's head and the last one's
	// foot is the plate's; descenders don't push it up.
	middle := (words.top + words.foot) / 2
	half := math.Ceil(max(middle-y0, y1-middle, b.side/2))
	width := math.Ceil(x1 - x0)
	b.width, b.height = int(2*side+used+width), int(2*pad+2*half)
	left := side + used
	b.iconX = side
	if rtl {
		left, b.iconX = side, float64(b.width)-side-b.side
	}
	// A baseline on whole pixels keeps the letters as high as they were promised.
	down := math.Round(pad + half - middle)
	b.iconY = math.Round(pad + half - b.side/2)
	b.words = words.path.Transform(raster.Translate(math.Round(left-x0), down))
	return b.rounded(), b.fits(size)
}

func (b labelBox) rounded() labelBox {
	b.radius = min(float64(b.height)*0.28, float64(b.width)/2)
	return b
}

func (b labelBox) fits(size image.Point) error {
	edge := 2 * labelEdge(size)
	if b.width+edge > size.X || b.height+edge > size.Y {
		return noPlace()
	}
	return nil
}

func noPlace() error {
	return fault.New(fault.Invalid, "label_no_place", "The label that has to stand on this picture finds no place beside its marks. Move or shrink a mark, or choose a larger format.")
}

// setWords are the words of a label in pixels; the first baseline is at 0.
type setWords struct {
	path raster.Path
	// top is the head of the first line's letters, foot where the last one's
	// stand.
	top, foot float64
}

func (w setWords) ink() (x0, y0, x1, y1 float64) { return w.path.TightBounds() }

// words sets the text in letters h pixels high, in as few lines as fit into a
// width. It tells whether the text runs from right to left.
func (l Label) words(style TextStyle, h, width float64) (setWords, bool, error) {
	style.Language = l.Locale
	line, err := style.Fonts.Set(l.Text, l.Locale)
	if err != nil {
		return setWords{}, false, err
	}
	if len(line.Missing) > 0 {
		return setWords{}, false, unsupportedText(line.Missing)
	}
	top, foot, err := letterBounds(style, line, l)
	if err != nil {
		return setWords{}, false, err
	}
	// The letters' height decides the size: h pixels from head to foot.
	size := h / (foot - top)
	head, base := math.Round(top*size), math.Round(foot*size)
	if line.Advance*size <= width {
		return setWords{line.Path(size).Transform(raster.Translate(0, base-foot*size)), head, base}, line.RTL, nil
	}
	style.MinSize, style.MaxSize = size, size
	for lines := 2; lines <= maxLabelLines && width > 0; lines++ {
		block, err := style.FitLines(l.Text, width, lines, "start")
		if f, ok := fault.As(err); ok && f.Code == "text_too_long" {
			continue
		}
		if err != nil {
			return setWords{}, false, err
		}
		w := setWords{top: head}
		for i, set := range block.Lines {
			down := math.Round(float64(i)*set.Height) + base - foot*size
			w.path.Append(set.Path(size).Transform(raster.Translate(set.Left, down)))
			w.foot = math.Round(float64(i)*set.Height) + base
		}
		return w, line.RTL, nil
	}
	return setWords{}, false, noPlace()
}

// letterBounds says from where to where the letters of a line reach, at size 1
// and from the baseline: its ink, or a capital of the same size where that is
// less high. So a line of any script is at least as large as one of capitals,
// and no letter that stands as high as one is lower than promised.
func letterBounds(style TextStyle, line Line, l Label) (top, foot float64, err error) {
	_, top, _, foot = line.Path(1).TightBounds()
	capital, err := style.Fonts.Set("I", l.Locale)
	if err != nil {
		return 0, 0, err
	}
	if _, t, _, f := capital.Path(1).TightBounds(); len(capital.Missing) == 0 && f > t && f-t < foot-top {
		top, foot = t, f
	}
	if foot-top <= 0 {
		return 0, 0, fault.New(fault.Internal, "label_unknown", "The label's text has no ink: %q.", l.Text)
	}
	return top, foot, nil
}

// LabelNames are what labels can say, in order.
func LabelNames() ([]string, error) {
	words, err := labelWords()
	if err != nil {
		return nil, err
	}
	var names []string
	for n := range words {
		names = append(names, n)
	}
	slices.Sort(names)
	return names, nil
}
