package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/web/identity"
)

// PictureIn says in which form a picture is wanted.
type PictureIn struct {
	Format string `query:"format" enum:"webp,png,jpeg" default:"webp"`
	Width  int    `query:"width" minimum:"1" maximum:"4096" doc:"Snaps up to 160, 320, 480, 640, 960, 1280, 1600 or 2048; the work's own width if it is left out"`
}

// picturesOut describes an answer that is a picture.
func picturesOut(op *huma.Operation) {
	picture := &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	op.Responses["200"] = &huma.Response{Description: "The picture. Its address is asked again at each use (ETag).", Content: map[string]*huma.MediaType{
		"image/webp": picture, "image/png": picture, "image/jpeg": picture,
	}}
	op.Responses["304"] = &huma.Response{Description: "The picture that you have is still right."}
}

// workOut describes an answer that is a work in one of all formats.
func workOut(op *huma.Operation) {
	picturesOut(op)
	file := &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	ok := op.Responses["200"]
	ok.Content["image/avif"], ok.Content["application/pdf"], ok.Content["application/zip"] = file, file, file
	ok.Content["application/c2pa"] = file
	ok.Description = "The picture. Its address is asked again at each use (ETag). Every picture carries its content credential. A PDF has no place for one: with download=1 it comes in a ZIP, with the credential beside it as .pdf.c2pa; without, its header Link names the credential."
}

// pictures registers the pictures of a campaign's pages.
func (a *API) pictures() {
	register(a, operation{
		method: http.MethodGet, path: "/campaigns/{campaign}/hero", id: "get-hero", tag: "Campaigns",
		summary: "The picture at the head of the campaign's page", shape: picturesOut,
	}, func(ctx context.Context, in *struct {
		InCampaign
		PictureIn
	}) (*fileOut, error) {
		rec, err := a.shown(ctx, in.Campaign)
		if err != nil {
			return nil, err
		}
		return a.painted(ctx, rec, rec.File.HeroPrompt, heroWidth, heroHeight, in.PictureIn)
	})
	register(a, operation{
		method: http.MethodGet, path: "/campaigns/{campaign}/tiles/{row}/{id}", id: "get-tile", tag: "Campaigns",
		summary: "The picture of one choice of the builder", shape: picturesOut,
	}, func(ctx context.Context, in *struct {
		InCampaign
		PictureIn
		Row string `path:"row" enum:"subject,scene,style,mood"`
		ID  string `path:"id" maxLength:"64"`
	}) (*fileOut, error) {
		rec, err := a.shown(ctx, in.Campaign)
		if err != nil {
			return nil, err
		}
		prompt, ok := tilePrompt(rec.File, in.Row, in.ID)
		if !ok {
			return nil, fault.Missing("picture")
		}
		return a.painted(ctx, rec, prompt, tileSide, tileSide, in.PictureIn)
	})
	register(a, operation{
		method: http.MethodGet, path: "/kits/{kit}/{version}/marks/{mark}", id: "get-mark", tag: "Campaigns",
		summary: "A brand's mark as a PNG", shape: picturesOut,
	}, a.mark)
}

// tilePrompt gives the words that a tile's picture is painted from. A style or
// a mood alone has nothing to show itself on, so it borrows the first subject.
func tilePrompt(f campaign.File, row, id string) (string, bool) {
	first := func(list []campaign.Choice) string {
		if len(list) == 0 {
			return ""
		}
		return list[0].Prompt.Get("en", f.DefaultLocale)
	}
	for _, r := range builderRows(f.Builder) {
		if r.name != row {
			continue
		}
		for i, c := range r.choices {
			if c.ID != id {
				continue
			}
			words := c.Prompt.Get("en", f.DefaultLocale)
			if row == "style" || row == "mood" {
				subject := first(f.Builder.Subject)
				if row == "mood" && len(f.Builder.Scene) > 0 {
					scene := f.Builder.Scene[i%len(f.Builder.Scene)]
					subject += " " + scene.Prompt.Get("en", f.DefaultLocale)
				}
				words = subject + " " + words
			}
			return words, true
		}
	}
	return "", false
}

// painted gives a picture that the painter made for a page.
func (a *API) painted(ctx context.Context, rec campaign.Record, prompt string, width, height int, in PictureIn) (*fileOut, error) {
	if in.Width > 0 && in.Width < width {
		// The same picture smaller: the painter's scenes don't depend on size.
		snapped := min(compose.SnapWidth(in.Width, width), width)
		width, height = snapped, height*snapped/width
	}
	file, err := within(ctx, a.Limits.Pictures, func() (create.File, error) {
		return a.Services.Create.Painted(ctx, rec.Slug, prompt, width, height, in.Format)
	})
	if err != nil {
		return nil, err
	}
	tag := `"` + file.SHA256[:32] + `"`
	if out := unchanged(request(ctx), tag, revalidate); out != nil {
		return out, nil
	}
	return &fileOut{Status: http.StatusOK, ContentType: file.MediaType, ETag: tag, CacheControl: "public, max-age=300", Body: file.Data}, nil
}

type markIn struct {
	Kit     string `path:"kit" maxLength:"64"`
	Version string `path:"version" maxLength:"32"`
	Mark    string `path:"mark" maxLength:"64"`
	Variant string `query:"variant" maxLength:"64"`
	Width   int    `query:"width" minimum:"1" maximum:"4096" default:"640"`
}

// mark draws a mark as a PNG: no SVG is ever served.
func (a *API) mark(ctx context.Context, in *markIn) (*fileOut, error) {
	kit, err := a.Services.Campaign.Kit(ctx, in.Kit, in.Version)
	if err != nil {
		return nil, err
	}
	m := kit.Mark(in.Mark)
	if m == nil {
		return nil, fault.Missing("mark")
	}
	variant := m.Variant(in.Variant)
	if variant == nil {
		return nil, fault.Missing("mark")
	}
	width := compose.SnapWidth(in.Width, 2048)
	tag := fmt.Sprintf(`"%s-%s-%s-%d"`, kit.Hash()[:16], m.ID, variant.ID, width)
	if out := unchanged(request(ctx), tag, forever); out != nil {
		return out, nil
	}
	data, err := within(ctx, a.Limits.Pictures, func() ([]byte, error) {
		drawing, ok := kit.MarkDrawing(m.ID, variant.ID)
		if !ok {
			return nil, fault.Missing("mark")
		}
		return compose.Encode(drawing.Render(width).Image(), "png", 0)
	})
	if err != nil {
		return nil, err
	}
	return &fileOut{Status: http.StatusOK, ContentType: "image/png", ETag: tag, CacheControl: forever, Body: data}, nil
}

type candidateImageIn struct {
	ByID
	PictureIn
}

func (a *API) candidateImage(ctx context.Context, in *candidateImageIn) (*fileOut, error) {
	file, err := within(ctx, a.Limits.Pictures, func() (create.File, error) {
		return a.Services.Create.CandidateImage(ctx, participant(ctx), in.ID, in.Format, in.Width)
	})
	if err != nil {
		return nil, err
	}
	tag := `"` + file.SHA256[:32] + `"`
	if out := unchanged(request(ctx), tag, private); out != nil {
		return out, nil
	}
	return &fileOut{Status: http.StatusOK, ContentType: file.MediaType, ETag: tag, CacheControl: private, Body: file.Data}, nil
}

type creationImageIn struct {
	ByID
	Format     string `query:"format" enum:"webp,png,jpeg,avif,pdf" default:"webp" doc:"pdf is a page for print, with marks and letters as outlines"`
	Width      int    `query:"width" minimum:"1" maximum:"4096" doc:"Snaps up to 160, 320, 480, 640, 960, 1280, 1600 or 2048; the work's own width if it is left out, and always for pdf"`
	Download   string `query:"download" enum:"0,1" doc:"1 names the file for saving, and burns in the labels that the work's market asks for; a pdf comes in a ZIP with its content credential beside it"`
	Credential string `query:"credential" enum:"0,1" doc:"With pdf: 1 gives the content credential that belongs beside the page, which its answer names as Link with rel=c2pa-manifest"`
	Market     string `query:"market" pattern:"^[A-Z]{2}$" doc:"With download: a market whose labels are burned in too, ISO 3166-1 alpha-2; the one that the caller arrived from if it is left out"`
}

func (a *API) creationImage(ctx context.Context, in *creationImageIn) (*fileOut, error) {
	c, err := a.Services.Create.Creation(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	who := identity.Of(ctx)
	if err := a.Services.Gallery.Visible(c, who.Participant, who.Staff != nil); err != nil {
		return nil, err
	}
	cache := private
	if c.State == create.Published {
		cache = revalidate
	}
	if in.Download != "1" {
		in.Market = ""
	}
	// A file is made once for a revision, a format, a width and a variant, which
	// changes as the work is published, and kept: these name its bytes.
	tag := fmt.Sprintf(`"%s-%d-%s-%d-%s"`, c.ID, c.Revision, in.Format, in.Width, c.Variant()+in.Credential)
	if in.Download != "1" {
		if out := unchanged(request(ctx), tag, cache); out != nil {
			return out, nil
		}
		file, err := within(ctx, a.Limits.Pictures, func() (create.File, error) { return a.Services.Create.Image(ctx, c, in.Format, in.Width) })
		if err != nil {
			return nil, err
		}
		out := &fileOut{Status: http.StatusOK, ContentType: file.MediaType, ETag: tag, CacheControl: cache, Body: file.Data}
		switch {
		case file.Credential != nil && in.Credential == "1":
			out.ContentType, out.Body = "application/c2pa", file.Credential
		case file.Credential != nil:
			out.Link = "<" + creationPath(c.ID) + `/image?format=pdf&credential=1>; rel="c2pa-manifest"`
		}
		return out, nil
	}
	return a.download(ctx, c, in, cache)
}

// download gives a work's picture as a file to save, for the market that is
// named or that whoever asks has arrived from. Its labels follow policy,
// which may change: its bytes are its tag.
func (a *API) download(ctx context.Context, c create.Creation, in *creationImageIn, cache string) (*fileOut, error) {
	if in.Market == "" {
		var err error
		if in.Market, err = a.viewersMarket(ctx, c.Campaign); err != nil {
			return nil, err
		}
	}
	file, err := within(ctx, a.Limits.Pictures, func() (create.File, error) {
		return a.Services.Create.Download(ctx, c, in.Format, in.Width, in.Market)
	})
	if err != nil {
		return nil, err
	}
	tag := `"` + file.SHA256[:32] + `"`
	if out := unchanged(request(ctx), tag, cache); out != nil {
		return out, nil
	}
	words := []string{c.Campaign}
	if e, err := a.Services.Gallery.EntryOf(ctx, c.ID); err == nil {
		words = append(words, e.Title)
	} else if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	out := &fileOut{
		Status: http.StatusOK, ContentType: file.MediaType, ETag: tag, CacheControl: cache,
		Disposition: attachment(in.Format, words...), Body: file.Data,
	}
	if file.Credential == nil {
		return out, nil
	}
	name := fileName(in.Format, words...)
	out.ContentType, out.Disposition = "application/zip", attachment("zip", words...)
	out.Body, err = inZip(c.CreatedAt, zippedFile{name, file.Data}, zippedFile{name + ".c2pa", file.Credential})
	return out, err
}

func formatOf(width, height int) string {
	for id, size := range campaign.Sizes {
		if size.Width == width && size.Height == height {
			return id
		}
	}
	return fmt.Sprintf("%d×%d", width, height)
}
