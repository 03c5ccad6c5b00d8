package api

import (
	"context"
	"strings"

	"marquee/internal/brand"
)

// kitChange is one difference between two versions.
type kitChange struct {
	Kind   string `json:"kind" enum:"added,removed,changed"`
	Path   string `json:"path" doc:"Where in kit.json, with the ids of what stands in lists; files are files[marks/x.svg]"`
	Part   string `json:"part" doc:"The first word of the path: marks, rules, tokens, files and so on"`
	Before string `json:"before" doc:"JSON, or for files the beginning of their SHA-256; empty where there was nothing"`
	After  string `json:"after"`
}

// markChange is a mark that is drawn otherwise, or is not in both versions.
type markChange struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Kind    string        `json:"kind" enum:"added,removed,redrawn"`
	Aspect  float64       `json:"aspect"`
	Before  []variantPage `json:"before"`
	After   []variantPage `json:"after"`
	Sticker bool          `json:"sticker"`
}

// colorChange is a colour that has another value, or is not in both versions.
type colorChange struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
	// Difference is ΔE2000 where both are there.
	Difference float64 `json:"difference,omitempty" doc:"CIEDE2000 of the two; up to about 1 nobody sees it"`
}

type changesPage struct {
	Kit     string        `json:"kit"`
	Since   string        `json:"since"`
	Version string        `json:"version"`
	Changes []kitChange   `json:"changes" doc:"All of them, in the order of kit.json"`
	Marks   []markChange  `json:"marks"`
	Colors  []colorChange `json:"colors"`
}

func (a *API) kitChanges(ctx context.Context, in *struct {
	InKit
	Since string `query:"since" required:"true" maxLength:"23" doc:"The version that it is compared with"`
}) (*struct{ Body changesPage }, error) {
	before, err := a.kitOf(ctx, in.Kit, in.Since)
	if err != nil {
		return nil, err
	}
	after, err := a.kitOf(ctx, in.Kit, in.Version)
	if err != nil {
		return nil, err
	}
	return &struct{ Body changesPage }{viewChanges(before, after)}, nil
}

// viewChanges compares two kits, whose pictures have to be stored.
func viewChanges(before, after *brand.Kit) changesPage {
	page := changesPage{Kit: after.ID, Since: before.Version, Version: after.Version, Changes: listChanges(before, after), Colors: colorChanges(before, after)}
	page.Marks = append(markChanges(before, after), stickerChanges(before, after)...)
	return page
}

func listChanges(before, after *brand.Kit) []kitChange {
	out := []kitChange{}
	for _, c := range brand.Diff(before, after) {
		if c.Path == "version" {
			continue // it is why they are compared
		}
		part := c.Path
		if i := strings.IndexAny(part, ".["); i > 0 {
			part = part[:i]
		}
		out = append(out, kitChange{c.Kind(), c.Path, part, c.Before, c.After})
	}
	return out
}

func markChanges(before, after *brand.Kit) []markChange {
	out := []markChange{}
	for i := range after.Marks {
		now := markOf(after, &after.Marks[i])
		c := markChange{ID: now.ID, Name: now.Name, Kind: "added", Aspect: now.Aspect, Before: []variantPage{}, After: now.Variants}
		if old := before.Mark(now.ID); old != nil {
			if sameDrawings(before, old, after, &after.Marks[i]) {
				continue
			}
			c.Kind, c.Before = "redrawn", markOf(before, old).Variants
		}
		out = append(out, c)
	}
	for i := range before.Marks {
		if old := &before.Marks[i]; after.Mark(old.ID) == nil {
			was := markOf(before, old)
			out = append(out, markChange{ID: was.ID, Name: was.Name, Kind: "removed", Aspect: was.Aspect, Before: was.Variants, After: []variantPage{}})
		}
	}
	return out
}

// sameDrawings tells whether a mark has the same variants, byte for byte.
func sameDrawings(before *brand.Kit, a *brand.Mark, after *brand.Kit, b *brand.Mark) bool {
	if len(a.Variants) != len(b.Variants) {
		return false
	}
	for _, v := range a.Variants {
		w := b.Variant(v.ID)
		if w == nil || w.ID != v.ID || w.Ground != v.Ground || !sameFile(before, v.File, after, w.File) {
			return false
		}
	}
	return true
}

func sameFile(before *brand.Kit, old string, after *brand.Kit, now string) bool {
	x, ok := before.File(old)
	y, there := after.File(now)
	return ok && there && string(x.Data) == string(y.Data)
}

func stickerChanges(before, after *brand.Kit) []markChange {
	var out []markChange
	view := func(k *brand.Kit, s *brand.Sticker) []variantPage {
		return []variantPage{{Ground: string(brand.AnyGround), File: s.File, ImageURL: stickerPath(k, s.ID)}}
	}
	for i := range after.Stickers {
		s := &after.Stickers[i]
		c := markChange{ID: s.ID, Name: english(s.Name), Kind: "added", Aspect: s.Aspect(), Before: []variantPage{}, After: view(after, s), Sticker: true}
		if old := before.Sticker(s.ID); old != nil {
			if sameFile(before, old.File, after, s.File) {
				continue
			}
			c.Kind, c.Before = "redrawn", view(before, old)
		}
		out = append(out, c)
	}
	for i := range before.Stickers {
		if old := &before.Stickers[i]; after.Sticker(old.ID) == nil {
			out = append(out, markChange{ID: old.ID, Name: english(old.Name), Kind: "removed", Aspect: old.Aspect(), Before: view(before, old), After: []variantPage{}, Sticker: true})
		}
	}
	return out
}

func colorChanges(before, after *brand.Kit) []colorChange {
	out := []colorChange{}
	was := map[string]string{}
	old := colorsOf(before)
	for _, c := range old {
		was[c.Name] = c.Value
	}
	seen := map[string]bool{}
	for _, c := range colorsOf(after) {
		seen[c.Name] = true
		switch value, ok := was[c.Name]; {
		case !ok:
			out = append(out, colorChange{Name: c.Name, After: c.Value})
		case value != c.Value:
			out = append(out, colorChange{c.Name, value, c.Value, brand.ColorDifference(value, c.Value)})
		}
	}
	for _, c := range old {
		if !seen[c.Name] {
			out = append(out, colorChange{Name: c.Name, Before: c.Value})
		}
	}
	return out
}
