package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"

	"github.com/disintegration/imaging"

	"marquee/internal/brand"
	"marquee/internal/brand/imports"
	"marquee/internal/compose"
)

// importPage is what a file gave for a new kit.
type importPage struct {
	Source string `json:"source" doc:"What kind of file it was read as"`
	// Colors are a draft palette.
	Colors []importColor   `json:"colors"`
	Tokens json.RawMessage `json:"tokens" doc:"Design tokens as kit.json has them; null if there are none"`
	Count  int             `json:"count" doc:"How many tokens"`
	Logos  []importLogo    `json:"logos" doc:"Parts of a picture that may be marks, the likeliest first"`
	Unread []imports.Note  `json:"unread" doc:"What could not be read, and why"`
	Draft  json.RawMessage `json:"draft" doc:"The beginning of a kit.json with what was found; it is not yet a kit"`
}

type importColor struct {
	Name  string     `json:"name"`
	Value string     `json:"value"`
	OKLCH [3]float64 `json:"oklch" doc:"Lightness 0 to 1, chroma, hue in degrees"`
	Share float64    `json:"share" doc:"How much of the picture has it, 0 to 1; 0 for tokens"`
}

type importLogo struct {
	Width  int     `json:"width"`
	Height int     `json:"height"`
	Page   int     `json:"page" doc:"Which picture of the file it is from"`
	Score  float64 `json:"score" doc:"How likely it is a mark, 0 to 1"`
	Image  string  `json:"image" doc:"A PNG of at most 640 pixels a side, in base64"`
}

// maxImportColors bounds the draft palette: a tokens file may have thousands.
const maxImportColors = 200

// importKit reads a file that a brand has, and keeps nothing of it.
func (a *API) importKit(ctx context.Context, _ *none) (*struct{ Body importPage }, error) {
	return within(ctx, a.Limits.Heavy, func() (*struct{ Body importPage }, error) {
		data, err := fileOf(request(ctx), imports.MaxBytes)
		if err != nil {
			return nil, err
		}
		found, err := imports.Read(data)
		if err != nil {
			return nil, err
		}
		page, err := viewFound(found)
		return &struct{ Body importPage }{page}, err
	})
}

func viewFound(found imports.Found) (importPage, error) {
	page := importPage{
		Source: string(found.Source), Colors: []importColor{}, Tokens: found.Tokens, Count: found.Count,
		Logos: []importLogo{}, Unread: orEmpty(found.Unread),
	}
	for _, s := range found.Palette {
		page.Colors = append(page.Colors, importColor{s.Name, s.Hex, s.OKLCH, s.Share})
	}
	if found.Tokens != nil {
		tokens, err := brand.ReadTokens(found.Tokens)
		if err != nil {
			return page, err
		}
		for _, c := range tokenColors(tokens) {
			if len(page.Colors) < maxImportColors {
				page.Colors = append(page.Colors, importColor{c.Name, c.Value, c.OKLCH, 0})
			}
		}
	} else {
		page.Tokens = json.RawMessage("null")
	}
	for _, l := range found.Logos {
		logo, err := viewLogo(l)
		if err != nil {
			return page, err
		}
		page.Logos = append(page.Logos, logo)
	}
	var err error
	page.Draft, err = draftOf(found)
	return page, err
}

// logoSide bounds the picture of a logo candidate that is sent back, in pixels.
const logoSide = 640

func viewLogo(l imports.Logo) (importLogo, error) {
	size := l.Image.Bounds().Size()
	var small image.Image = l.Image
	if max(size.X, size.Y) > logoSide {
		small = imaging.Fit(l.Image, logoSide, logoSide, imaging.Lanczos)
	}
	data, err := compose.Encode(small, compose.PNG, 0)
	if err != nil {
		return importLogo{}, err
	}
	return importLogo{size.X, size.Y, l.Page, l.Score, base64.StdEncoding.EncodeToString(data)}, nil
}

// draft is the beginning of a kit.json. What a kit needs and a file can't tell
// is there and empty, so that the check of the upload names each such place.
type draft struct {
	Format  int                 `json:"format"`
	ID      string              `json:"id"`
	Version string              `json:"version"`
	Name    map[string]string   `json:"name"`
	Tokens  json.RawMessage     `json:"tokens"`
	Marks   []any               `json:"marks"`
	Fonts   []any               `json:"fonts"`
	Stacks  map[string][]string `json:"stacks"`
	Text    map[string]any      `json:"text"`
	Rules   []any               `json:"rules"`
	Voice   map[string]any      `json:"voice"`
	Credits []string            `json:"credits"`
}

func draftOf(found imports.Found) (json.RawMessage, error) {
	d := draft{
		Format: brand.Format, Version: "0.1.0", Name: map[string]string{"en": ""}, Tokens: found.Tokens,
		Marks: []any{}, Fonts: []any{}, Stacks: map[string][]string{"display": {}, "text": {}, "strong": {}},
		Text: map[string]any{}, Rules: []any{}, Voice: map[string]any{}, Credits: []string{},
	}
	if d.Tokens == nil {
		var err error
		if d.Tokens, err = paletteTokens(found.Palette); err != nil {
			return nil, err
		}
	}
	return json.MarshalIndent(d, "", "  ")
}

// paletteTokens writes a palette as design tokens, in its order: the first
// colour is the most frequent.
func paletteTokens(palette []imports.Swatch) (json.RawMessage, error) {
	var b bytes.Buffer
	b.WriteString(`{"color":{"$type":"color"`)
	for _, s := range palette {
		name, err := json.Marshal(s.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(map[string]string{"$value": s.Hex})
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, ",%s:%s", name, value)
	}
	b.WriteString("}}")
	return b.Bytes(), nil
}
