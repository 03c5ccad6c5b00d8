package api

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

func stickerPath(kit *brand.Kit, id string) string {
	return kitPath(kit) + "/stickers/" + url.PathEscape(id)
}

// sticker draws a sticker of a kit.
func (a *API) sticker(ctx context.Context, in *struct {
	InKit
	Sticker string `path:"sticker" maxLength:"64"`
	Width   int    `query:"width" minimum:"1" maximum:"2048" default:"640" doc:"Snaps up to a width that is kept"`
}) (*fileOut, error) {
	kit, err := a.kitOf(ctx, in.Kit, in.Version)
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

// kitZIP packs a kit's files as they came in: the beginning of its next
// version.
func (a *API) kitZIP(ctx context.Context, in *InKit) (*fileOut, error) {
	kit, err := a.kitOf(ctx, in.Kit, in.Version)
	if err != nil {
		return nil, err
	}
	data, err := within(ctx, a.Limits.Heavy, func() ([]byte, error) {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, f := range kit.Files() {
			w, err := z.Create(f.Name)
			if err != nil {
				return nil, err
			}
			if _, err := w.Write(f.Data); err != nil {
				return nil, err
			}
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		return out.Bytes(), nil
	})
	if err != nil {
		return nil, err
	}
	return &fileOut{
		Status: http.StatusOK, ContentType: "application/zip", CacheControl: private,
		Disposition: attachment("zip", kit.ID, kit.Version), Body: data,
	}, nil
}

func zipOut(op *huma.Operation) {
	op.Responses["200"] = &huma.Response{Description: "The ZIP", Content: map[string]*huma.MediaType{
		"application/zip": {Schema: &huma.Schema{Type: "string", Format: "binary"}},
	}}
}
