package api

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/campaign"
	"marquee/internal/fault"
)

type kitView struct {
	ID      string      `json:"id"`
	Version string      `json:"version"`
	Name    string      `json:"name"`
	Marks   []kitMark   `json:"marks"`
	Colors  []colorView `json:"colors"`
	Hash    string      `json:"hash" doc:"SHA-256 of the kit's whole content"`
	// AddedAt is when it came in.
	AddedAt time.Time `json:"added_at"`
}

type kitMark struct {
	NamedView
	ImageURL string `json:"image_url"`
}

type colorView struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// The bounds of a kit's ZIP: bytes, packed and unpacked, and files.
const (
	maxKit      = 24 << 20
	maxKitFiles = 400
)

// brandKits registers how brand kits come in and are looked at.
func (a *API) brandKits() {
	register(a, operation{
		method: http.MethodGet, path: "/studio/kits", id: "list-kits", tag: "Studio", access: Reviewer, summary: "All versions of all brand kits",
	}, a.kits)
	register(a, operation{
		method: http.MethodGet, path: "/studio/kits/{kit}/{version}", id: "get-kit", tag: "Studio", access: Reviewer,
		summary: "All that a version of a kit says, with its other versions and who uses them",
	}, a.kitPage)
	register(a, operation{
		method: http.MethodGet, path: "/studio/kits/{kit}/{version}/changes", id: "compare-kits", tag: "Studio", access: Reviewer,
		summary: "What differs between two versions of a kit",
	}, a.kitChanges)
	register(a, operation{
		method: http.MethodGet, path: "/studio/kits/{kit}/{version}/zip", id: "download-kit", tag: "Studio", access: Producer,
		summary: "A version of a kit as a ZIP, to begin its next one with", shape: zipOut,
	}, a.kitZIP)
	register(a, operation{
		method: http.MethodGet, path: "/kits/{kit}/{version}/stickers/{sticker}", id: "get-sticker", tag: "Campaigns",
		summary: "A brand's sticker as a PNG", shape: picturesOut,
	}, a.sticker)
	register(a, operation{
		method: http.MethodPost, path: "/studio/kits", id: "add-kit", tag: "Studio", access: Producer, status: http.StatusCreated,
		summary: "Store a brand kit from a ZIP of its folder", shape: fileIn("A ZIP with kit.json in it"),
	}, a.addKit)
	register(a, operation{
		method: http.MethodPost, path: "/studio/kits/check", id: "check-kit", tag: "Studio", access: Producer,
		summary: "What is wrong with a brand kit, and what differs from its newest version, without storing it", shape: fileIn("A ZIP with kit.json in it"),
	}, a.checkKit)
	register(a, operation{
		method: http.MethodPost, path: "/studio/kits/import", id: "import-kit", tag: "Studio", access: Producer,
		summary: "A draft palette, tokens and logo candidates out of a file that a brand has. The file is not kept",
		shape:   fileIn("Design tokens as JSON, a PDF, an SVG, or a picture as PNG, JPEG or WebP"),
	}, a.importKit)
}

// fileIn describes a request with one file in it.
func fileIn(what string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
			Type: "object", Required: []string{"file"},
			Properties: map[string]*huma.Schema{"file": {Type: "string", Format: "binary", Description: what}},
		}}}}
	}
}

func (a *API) kits(ctx context.Context, _ *none) (*struct {
	Body struct {
		Kits []kitView `json:"kits"`
	}
}, error) {
	rows, err := a.Services.Campaign.Kits(ctx)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Body struct {
			Kits []kitView `json:"kits"`
		}
	}{}
	out.Body.Kits = []kitView{}
	for _, row := range rows {
		v, err := a.viewKit(ctx, row)
		if err != nil {
			return nil, err
		}
		out.Body.Kits = append(out.Body.Kits, v)
	}
	return out, nil
}

func (a *API) viewKit(ctx context.Context, row campaign.KitRow) (kitView, error) {
	kit, err := a.Services.Campaign.Kit(ctx, row.ID, row.Version)
	if err != nil {
		return kitView{}, err
	}
	v := kitView{ID: kit.ID, Version: kit.Version, Name: campaign.Text(kit.Name).Get("en"), Hash: row.Hash, AddedAt: row.CreatedAt, Marks: []kitMark{}, Colors: []colorView{}}
	for _, m := range kit.Marks {
		v.Marks = append(v.Marks, kitMark{NamedView{m.ID, campaign.Text(m.Name).Get("en")}, markPath(kit, m.ID, "")})
	}
	for _, t := range kit.Tokens {
		if t.Type == "color" {
			v.Colors = append(v.Colors, colorView{strings.TrimPrefix(t.Property(), "color-"), t.Value})
		}
	}
	return v, nil
}

func (a *API) addKit(ctx context.Context, _ *none) (*struct{ Body kitView }, error) {
	return within(ctx, a.Limits.Heavy, func() (*struct{ Body kitView }, error) {
		data, err := fileOf(request(ctx), maxKit)
		if err != nil {
			return nil, err
		}
		folder, err := kitFolder(data)
		if err != nil {
			return nil, err
		}
		row, err := a.Services.Campaign.AddKit(ctx, folder, string(actor(ctx).Role))
		if err != nil {
			return nil, err
		}
		v, err := a.viewKit(ctx, row)
		return &struct{ Body kitView }{v}, err
	})
}

// kitFolder opens a ZIP and gives the folder in it that holds kit.json: the
// top one or the only one under it. Sizes are bounded before anything is
// unpacked.
func kitFolder(data []byte) (fs.FS, error) {
	unreadable := fault.New(fault.Invalid, "kit_zip_unreadable", "This is not a ZIP file of a kit's folder. Please pack the folder that holds kit.json.")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, unreadable.Because(err)
	}
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
	}
	if len(z.File) > maxKitFiles || total > maxKit {
		return nil, fault.New(fault.TooLarge, "kit_too_large", "A kit has at most %d files and %d MB.", maxKitFiles, maxKit>>20).With("max", maxKit>>20)
	}
	if _, err := fs.Stat(z, "kit.json"); err == nil {
		return z, nil
	}
	entries, err := fs.ReadDir(z, ".")
	if err != nil {
		return nil, unreadable.Because(err)
	}
	for _, e := range entries {
		if _, err := fs.Stat(z, e.Name()+"/kit.json"); e.IsDir() && err == nil {
			return fs.Sub(z, e.Name())
		}
	}
	return nil, unreadable
}
