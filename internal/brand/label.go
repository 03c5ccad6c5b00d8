package brand

import (
	"image"
	"slices"
	"strconv"

	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/policy"
)

// What a duty's text and icon can be besides the names of compose.LabelWords:
// chosen by where the picture comes from.
const (
	bySource   = "by-source"
	euFully    = "eu-fully-ai"
	euPartly   = "eu-partly-ai"
	euBySource = "eu-by-source"
)

// The words of a label on how much of a picture a model made.
const (
	wordsFully  = "ai-generated"
	wordsPartly = "partly-ai"
)

// sources of AI are the IPTC digital source types of what a model made, and
// whether it made all of it (https://cv.iptc.org/newscodes/digitalsourcetype/).
var sourcesOfAI = map[string]bool{
	"trainedAlgorithmicMedia":              true,
	"compositeWithTrainedAlgorithmicMedia": false,
	"compositeSynthetic":                   false,
}

// LabelsOf turns the duties "label" of a verdict into the labels that stand on a
// picture or beside it, in the order of the duties; duties that say the same are
// one label with the greatest of their sizes. Source is the picture's IPTC
// digital source type and locale the viewer's, for words that a law does not ask
// for in a language of its own. What a duty has "for" somebody else, such as
// platforms, is no label. A label that can't be made out is a fault,
// label_unknown: then nothing may go out.
func LabelsOf(duties []policy.Duty, source, locale string) ([]compose.Label, error) {
	var made []dutyLabel
	for _, d := range duties {
		if d.Do != "label" || d.With["for"] != "" {
			continue
		}
		l, err := labelOf(d, source, locale)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(made, func(m dutyLabel) bool { return m.says(l) })
		if i < 0 {
			made = append(made, l)
			continue
		}
		made[i].join(l, source)
	}
	out := make([]compose.Label, 0, len(made))
	for _, m := range made {
		var err error
		if m.Text, m.Locale, err = wordsIn(m.what, m.Locale); err != nil {
			return nil, err
		}
		out = append(out, m.Label)
	}
	return out, nil
}

// BurnedIn are those of the duties whose labels have to be in the pixels of what
// is downloaded; the others are met by what stands beside the picture.
func BurnedIn(duties []policy.Duty) []policy.Duty {
	var out []policy.Duty
	for _, d := range duties {
		if d.Do == "label" && d.With["burned_in"] == "true" {
			out = append(out, d)
		}
	}
	return out
}

// SourceLabel is the label that stands beside every picture of a digital source
// type, whatever the laws of a market ask; false for what no model had a hand in.
func SourceLabel(source, locale string) (compose.Label, bool, error) {
	if _, ai := sourcesOfAI[source]; !ai {
		return compose.Label{}, false, nil
	}
	text, lang, err := wordsIn(wordsBySource(source), locale)
	return compose.Label{Icon: iconBySource(source), Text: text, Locale: lang}, err == nil, err
}

// dutyLabel is a label with what it says; its words are looked up at the end.
type dutyLabel struct {
	compose.Label
	what string
}

func labelOf(d policy.Duty, source, locale string) (dutyLabel, error) {
	l := dutyLabel{what: d.With["text"]}
	if own := d.With["locale"]; own != "" {
		locale = own
	}
	if l.what == bySource {
		l.what = wordsBySource(source)
	}
	switch d.With["icon"] {
	case "":
	case euFully:
		l.Icon = compose.IconAI
	case euPartly:
		l.Icon = compose.IconAIPart
	case euBySource:
		l.Icon = iconBySource(source)
	default:
		return l, unknownLabel(d, "icon")
	}
	if l.what == "" && l.Icon == "" {
		return l, unknownLabel(d, "text")
	}
	if share := d.With["min_share"]; share != "" {
		n, err := strconv.ParseFloat(share, 64)
		if err != nil || !(n > 0 && n <= policy.MaxLabelShare) {
			return l, unknownLabel(d, "min_share")
		}
		l.MinShare = n
	}
	var err error
	_, l.Locale, err = wordsIn(l.what, locale)
	return l, err
}

func unknownLabel(d policy.Duty, field string) error {
	return fault.New(fault.Internal, "label_unknown", "The policy rule %s asks for a label that can't be made: its %s is %q.", d.Rule, field, d.With[field]).
		With("label", d.Rule)
}

// wordsIn are a label's words; none for an icon alone.
func wordsIn(what, locale string) (text, lang string, err error) {
	if what == "" {
		return "", "", nil
	}
	return compose.LabelWords(what, locale)
}

// says tells whether two labels say the same thing in the same language: one of
// them is enough then. An icon by itself says what the same icon with words does.
func (l dutyLabel) says(o dutyLabel) bool {
	if l.what == "" || o.what == "" {
		return l.Icon == o.Icon
	}
	return l.Locale == o.Locale && (l.what == o.what || ofAmount(l.what) && ofAmount(o.what))
}

func ofAmount(what string) bool { return what == wordsFully || what == wordsPartly }

// join lets a label stand for another one that says the same. Where they differ
// on how much a model made, the source decides.
func (l *dutyLabel) join(o dutyLabel, source string) {
	if l.Icon == "" {
		l.Icon = o.Icon
	}
	if l.what == "" {
		l.what, l.Locale = o.what, o.Locale
	}
	if o.what != "" && l.what != o.what {
		l.what = wordsBySource(source)
	}
	if o.share() > l.share() {
		l.MinShare = o.MinShare
	}
}

func (l dutyLabel) share() float64 {
	if l.MinShare == 0 {
		return compose.LabelShare
	}
	return l.MinShare
}

func wordsBySource(source string) string {
	if sourcesOfAI[source] {
		return wordsFully
	}
	return wordsPartly
}

func iconBySource(source string) string {
	if sourcesOfAI[source] {
		return compose.IconAI
	}
	return compose.IconAIPart
}

// PlaceLabels finds the places of labels on a composition that is rendered at a
// size: off its marks, off the space that the kit's rules keep clear round them,
// and off each other; off texts too where there is room. Of the context Doc and
// Kit are needed; Market, Channel and Date choose rules. Faults are those of
// compose.PlaceLabel: label_no_place means that nothing may go out like this.
func PlaceLabels(ctx Context, labels []compose.Label, size image.Point) ([]compose.PlacedLabel, error) {
	if len(labels) == 0 {
		return nil, nil
	}
	style, err := compose.LabelStyle()
	if err != nil {
		return nil, err
	}
	source, err := ctx.Kit.Source(nil, ctx.Doc.Width, ctx.Doc.Height)
	if err != nil {
		return nil, err
	}
	avoid := ctx.clearSpaces()
	k := float64(ctx.Doc.Width) / float64(size.X)
	var out []compose.PlacedLabel
	for _, l := range labels {
		at, err := compose.PlaceLabel(ctx.Doc, source, l, style, size, avoid...)
		if err != nil {
			return nil, err
		}
		out = append(out, compose.PlacedLabel{Label: l, At: at})
		air := float64(at.Dy()) / 6
		avoid = append(avoid, compose.Box{
			X: (float64(at.Min.X) - air) * k, Y: (float64(at.Min.Y) - air) * k,
			Width: (float64(at.Dx()) + 2*air) * k, Height: (float64(at.Dy()) + 2*air) * k,
		})
	}
	return out, nil
}

// clearSpaces are the boxes that the rules keep clear round the marks of a
// composition, the marks among them, in canvas pixels.
func (c Context) clearSpaces() (out []compose.Box) {
	g := c.Kit.ruling(use{c.Market, c.Channel, c.Date, c.Generated}, float64(min(c.Doc.Width, c.Doc.Height)))
	for _, l := range c.Doc.Layers {
		m := c.Kit.Mark(l.Mark)
		if l.Kind != compose.Mark || m == nil {
			continue
		}
		clear := l.Width * g.mark(m).clear.value()
		out = append(out, compose.Box{
			X: l.X - clear, Y: l.Y - clear, Width: l.Width + 2*clear, Height: l.Width*m.aspect + 2*clear, Rotation: l.Rotation,
		})
	}
	return out
}

// DrawLabels burns labels into a picture of a size, or into the part of it that
// img is, such as a tile: its rectangle says which.
func DrawLabels(img *image.NRGBA, size image.Point, labels []compose.PlacedLabel) error {
	if len(labels) == 0 {
		return nil
	}
	style, err := compose.LabelStyle()
	if err != nil {
		return err
	}
	for _, l := range labels {
		if err := compose.DrawLabel(img, size, l.At, l.Label, style); err != nil {
			return err
		}
	}
	return nil
}

// BurnLabels places labels on a finished picture of a composition and burns them
// in: PlaceLabels and DrawLabels in one. On a fault the picture is as it was.
func BurnLabels(img *image.NRGBA, ctx Context, labels []compose.Label) ([]compose.PlacedLabel, error) {
	size := img.Rect.Size()
	placed, err := PlaceLabels(ctx, labels, size)
	if err != nil {
		return nil, err
	}
	return placed, DrawLabels(img, size, placed)
}
