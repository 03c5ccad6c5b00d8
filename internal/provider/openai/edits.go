package openai

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"io"

	"github.com/openai/openai-go/v3"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// Edits changes pictures.
type Edits struct {
	server
	images openai.ImageService
}

// NewEdits makes the adapter. Faults are those of New.
func NewEdits(c Config) (*Edits, error) {
	s, err := newServer(c, wire.MaxPictureJSON, wire.Files)
	if err != nil {
		return nil, err
	}
	return &Edits{server: s, images: openai.NewImageService(s.options...)}, nil
}

// Kinds are all that there are.
func (e *Edits) Kinds() []provider.EditKind {
	return []provider.EditKind{provider.Inpaint, provider.Outpaint, provider.Variation}
}

// another is what a model is told that makes variations by words only.
const another = "Make another picture of the same subject in the same style and colours, with a different arrangement."

// Edit asks for one changed picture.
func (e *Edits) Edit(ctx context.Context, r provider.EditRequest, progress func(float64)) (*provider.Picture, error) {
	if r.Image == nil || r.Image.Bounds().Empty() {
		return nil, provider.Misasked(provider.Free(errors.New("there is no picture to edit")))
	}
	picture, err := wire.PNG(r.Image)
	if err != nil {
		return nil, provider.Misasked(provider.Free(err))
	}
	var mask []byte
	switch r.Kind {
	case provider.Inpaint, provider.Outpaint:
		if r.Mask == nil || r.Mask.Bounds().Size() != r.Image.Bounds().Size() {
			return nil, provider.Misasked(provider.Free(errors.New("the mask is not of the picture's size")))
		}
		if mask, err = wire.PNG(transparency(r.Mask)); err != nil {
			return nil, provider.Misasked(provider.Free(err))
		}
	case provider.Variation:
	default:
		return nil, provider.Misasked(provider.Free(errors.New("no such kind of edit")))
	}
	return e.ask(ctx, progress, func(ctx context.Context) (*openai.ImagesResponse, error) {
		if r.Kind == provider.Variation && !e.answersInBase64() {
			return e.images.NewVariation(ctx, e.variation(r, picture))
		}
		return e.images.Edit(ctx, e.params(r, picture, mask))
	})
}

func (e *Edits) params(r provider.EditRequest, picture, mask []byte) openai.ImageEditParams {
	params := openai.ImageEditParams{
		Image:  openai.ImageEditParamsImageUnion{OfFile: file(picture, "image.png")},
		Prompt: r.Prompt,
		Model:  e.config.Model,
		N:      openai.Int(1),
		Size:   openai.ImageEditParamsSize(e.size(r.Width, r.Height)),
	}
	if r.Kind == provider.Variation {
		params.Prompt = another
		if r.Prompt != "" {
			params.Prompt += " " + r.Prompt
		}
	}
	if mask != nil {
		params.Mask = file(mask, "mask.png")
	}
	if !e.answersInBase64() {
		params.ResponseFormat = openai.ImageEditParamsResponseFormatB64JSON
	}
	switch {
	case r.User == "":
	case e.config.BaseURL == "":
		params.SafetyIdentifier = openai.String(r.User)
	default:
		params.User = openai.String(r.User)
	}
	return params
}

// variation is for models that take a picture and no words.
func (e *Edits) variation(r provider.EditRequest, picture []byte) openai.ImageNewVariationParams {
	params := openai.ImageNewVariationParams{
		Image:          file(picture, "image.png"),
		Model:          e.config.Model,
		N:              openai.Int(1),
		Size:           openai.ImageNewVariationParamsSize(e.size(r.Width, r.Height)),
		ResponseFormat: openai.ImageNewVariationParamsResponseFormatB64JSON,
	}
	if r.User != "" {
		params.User = openai.String(r.User)
	}
	return params
}

func file(data []byte, name string) io.Reader {
	return openai.File(bytes.NewReader(data), name, "image/png")
}

// transparency is a mask as the API reads it: clear where the picture is to be
// made anew, black elsewhere.
func transparency(mask image.Image) image.Image {
	b := mask.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			_, _, _, a := mask.At(b.Min.X+x, b.Min.Y+y).RGBA()
			out.SetNRGBA(x, y, color.NRGBA{A: byte(a >> 8)})
		}
	}
	return out
}
