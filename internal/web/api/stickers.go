package api

import (
	"maps"
	"slices"

	"marquee/internal/brand"
)

type stickerView struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Alt      string  `json:"alt"`
	ImageURL string  `json:"image_url" doc:"PNG; ?width= snaps to the published list"`
	Aspect   float64 `json:"aspect" doc:"Width divided by height"`
}

func viewStickers(kit *brand.Kit, say func(map[string]string) string) []stickerView {
	out := []stickerView{}
	for _, s := range kit.Stickers {
		out = append(out, stickerView{s.ID, say(s.Name), say(s.Alt), stickerPath(kit, s.ID), 1 / s.Aspect()})
	}
	return out
}

// legalLines are all that a kit's lines of small print may say, in order.
func legalLines(kit *brand.Kit) []string {
	out := []string{}
	for _, line := range kit.LegalLines {
		for _, locale := range slices.Sorted(maps.Keys(line.Text)) {
			out = append(out, line.Text[locale])
		}
	}
	return out
}
