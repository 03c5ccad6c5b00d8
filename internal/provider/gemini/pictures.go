package gemini

import (
	"context"
	"errors"
	"image"

	"google.golang.org/genai"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// Pictures makes pictures with a Gemini model that can. Imagen models are left
// out: the SDK takes their method away after 2026.
type Pictures struct{ server }

// NewPictures makes the adapter. Faults are those of NewTexts.
func NewPictures(c Config) (*Pictures, error) {
	s, err := newServer(c, wire.MaxPictureJSON, wire.JSON)
	if err != nil {
		return nil, err
	}
	return &Pictures{s}, nil
}

// Picture asks for one picture.
func (p *Pictures) Picture(ctx context.Context, r provider.PictureRequest, progress func(float64)) (*provider.Picture, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	if progress != nil {
		progress(0)
	}
	img, used, err := p.ask(ctx, r)
	if err != nil {
		return nil, err
	}
	if progress != nil {
		progress(1)
	}
	used.Pictures, used.Width, used.Height = 1, img.Bounds().Dx(), img.Bounds().Dy()
	return &provider.Picture{Image: img, Maker: p.Maker(), Usage: used}, nil
}

// ask asks the model, which may say something beside the picture.
func (p *Pictures) ask(ctx context.Context, r provider.PictureRequest) (image.Image, provider.Usage, error) {
	seed := int32(r.Seed & (1<<31 - 1))
	resp, err := p.client.Models.GenerateContent(ctx, p.config.Model, genai.Text(r.Prompt), &genai.GenerateContentConfig{
		ResponseModalities: []string{"IMAGE"}, Seed: &seed, ImageConfig: &genai.ImageConfig{AspectRatio: shape(r.Width, r.Height)},
	})
	if err != nil {
		return nil, provider.Usage{}, explain(ctx, err)
	}
	if err := refused(resp); err != nil {
		return nil, provider.Usage{}, err
	}
	var used provider.Usage
	if resp.UsageMetadata != nil {
		used = usage(resp.UsageMetadata)
	}
	for _, c := range resp.Candidates {
		if c.Content == nil {
			continue
		}
		for _, part := range c.Content.Parts {
			if part.InlineData != nil && !part.Thought {
				img, err := wire.Picture(part.InlineData.Data)
				return img, used, err
			}
		}
	}
	return nil, provider.Usage{}, provider.Nonsense(errors.New("no picture in the answer"))
}

// aspect is a shape of pictures that a model offers.
type aspect struct {
	name          string
	width, height float64
}

// shapes are those that are offered, as the comment of ImageConfig.AspectRatio
// in genai v1.77.0 has them.
var shapes = []aspect{
	{"1:1", 1, 1}, {"2:3", 2, 3}, {"3:2", 3, 2}, {"3:4", 3, 4}, {"4:3", 4, 3}, {"4:5", 4, 5}, {"5:4", 5, 4}, {"9:16", 9, 16}, {"16:9", 16, 9}, {"21:9", 21, 9},
}

// shape gives the one that is nearest: whose ratio differs by the least factor.
func shape(w, h int) string {
	best, least := "1:1", 1e9
	for _, a := range shapes {
		f := float64(w) * a.height / (float64(max(h, 1)) * a.width)
		if f < 1 {
			f = 1 / max(f, 1e-9)
		}
		if f < least-1e-9 {
			best, least = a.name, f
		}
	}
	return best
}
