package brand

// sentences are what each rule of the rulebook's first version says in English;
// %g and %d take the value allowed.
var sentences = map[string]string{
	"picture_missing":      "The picture in the background is missing. Start again from the picture you chose.",
	"picture_not_first":    "The picture has to stay behind everything else.",
	"picture_changed":      "The picture has to fill the canvas as it was painted.",
	"picture_repeated":     "There can be only one picture in the background.",
	"mark_unknown":         "This brand has no such mark. Take it away.",
	"mark_not_allowed":     "This mark is not part of this campaign. Take it away.",
	"mark_repeated":        "Each mark can be used once. Take this one away.",
	"mark_variant_unknown": "This mark does not come in that version.",
	"mark_too_small":       "This mark is too small to be seen well. Make it larger.",
	"mark_too_large":       "This mark is too large. Make it smaller.",
	"mark_rotated":         "This mark is tilted too far. It can turn by %g degrees at most.",
	"mark_outside":         "This mark reaches over the edge. Move it inside the picture.",
	"mark_overlap":         "This mark lies on another one. Move them apart.",
	"mark_crowded":         "This mark is too close to another one. Give them a little room.",
	"text_repeated":        "There can be one line of text. Take this one away.",
	"text_empty":           "This text is empty. Write something, or take it away.",
	"text_too_long":        "This text is too long. It can have %d characters at most.",
	"text_too_small":       "This text is too small to read. Make it wider.",
	"text_too_wide":        "This text is wider than the picture. Make it smaller.",
	"text_rotated":         "This text is tilted too far. It can turn by %g degrees at most.",
	"text_outside":         "This text reaches over the edge. Move it inside the picture.",
	"text_over_mark":       "Text and mark lie on each other. Move them apart.",
	"text_crowded":         "The text is too close to a mark. Give them a little room.",
	"text_color":           "This colour is not one of the brand's colours for text.",
	"text_glyphs":          "The brand's typefaces don't have all of these characters. Leave out the ones that show as boxes.",
}
