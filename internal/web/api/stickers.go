package api

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

type stickerView struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Alt      string  `json:"alt"`
	ImageURL string  `json:"image_url" doc:"PNG; ?width= snaps to the published list"`
	Aspect   float64 `json:"aspect" doc:"Width divided by height"`
}

type stickerIn struct {
	Kit     string `path:"kit" maxLength:"64"`
	Version string `path:"version" maxLength:"32"`
	Sticker string `path:"sticker" maxLength:"64"`
	Width   int    `query:"width" minimum:"1" maximum:"4096" default:"320"`
}

// stickers registers the pictures of a kit's stickers.
func (a *API) stickers() {
	register(a, operation{
		method: http.MethodGet, path: "/kits/{kit}/{version}/stickers/{sticker}", id: "get-sticker", tag: "Campaigns",
		summary: "A brand's sticker as a PNG", shape: picturesOut,
	}, a.sticker)
}

// sticker draws a sticker as a PNG: no SVG is ever served.
func (a *API) sticker(ctx context.Context, in *stickerIn) (*fileOut, error) {
	kit, err := a.Services.Campaign.Kit(ctx, in.Kit, in.Version)
	if err != nil {
		return nil, err
	}
	drawing, ok := kit.StickerDrawing(in.Sticker)
	if !ok {
		return nil, fault.Missing("sticker")
	}
	width := compose.SnapWidth(in.Width, 2048)
	tag := fmt.Sprintf(`"%s-sticker-%s-%d"`, kit.Hash()[:16], in.Sticker, width)
	if out := unchanged(request(ctx), tag, forever); out != nil {
		return out, nil
	}
	data, err := within(ctx, a.Limits.Pictures, func() ([]byte, error) {
		return compose.Encode(drawing.Render(width).Image(), compose.PNG, 0)
	})
	if err != nil {
		return nil, err
	}
	return &fileOut{Status: http.StatusOK, ContentType: "image/png", ETag: tag, CacheControl: forever, Body: data}, nil
}

func viewStickers(kit *brand.Kit, say func(map[string]string) string) []stickerView {
	out := []stickerView{}
	for _, s := range kit.Stickers {
		path := "/api/v1/kits/" + url.PathEscape(kit.ID) + "/" + url.PathEscape(kit.Version) + "/stickers/" + url.PathEscape(s.ID)
		out = append(out, stickerView{s.ID, say(s.Name), say(s.Alt), path, 1 / s.Aspect()})
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
