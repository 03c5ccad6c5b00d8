package openai

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// Pictures makes pictures from words.
type Pictures struct {
	server
	images openai.ImageService
}

// New makes the adapter. Faults: "provider_model_missing" and
// "provider_address_invalid".
func New(c Config) (*Pictures, error) {
	s, err := newServer(c, wire.MaxPictureJSON, wire.Files)
	if err != nil {
		return nil, err
	}
	return &Pictures{server: s, images: openai.NewImageService(s.options...)}, nil
}

// Picture asks for one picture.
func (p *Pictures) Picture(ctx context.Context, r provider.PictureRequest, progress func(float64)) (*provider.Picture, error) {
	return p.ask(ctx, progress, func(ctx context.Context) (*openai.ImagesResponse, error) {
		params, options := p.params(r)
		return p.images.Generate(ctx, params, options...)
	})
}

// ask makes a call that ends in a picture.
func (s *server) ask(ctx context.Context, progress func(float64), call func(context.Context) (*openai.ImagesResponse, error)) (*provider.Picture, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	if progress != nil {
		progress(0)
	}
	resp, err := call(ctx)
	if err != nil {
		return nil, wire.Explain(ctx, err)
	}
	if len(resp.Data) == 0 {
		return nil, provider.Nonsense(errors.New("no picture in the answer"))
	}
	img, err := s.image(ctx, resp.Data[0])
	if err != nil {
		return nil, err
	}
	if progress != nil {
		progress(1)
	}
	size := img.Bounds().Size()
	return &provider.Picture{Image: img, Maker: s.Maker(), Usage: provider.Usage{
		InputTokens: resp.Usage.InputTokens, OutputTokens: resp.Usage.OutputTokens,
		Pictures: 1, Width: size.X, Height: size.Y, Known: resp.Usage.TotalTokens > 0,
	}}, nil
}

// image reads the picture out of an answer, wherever it is.
func (s *server) image(ctx context.Context, d openai.Image) (image.Image, error) {
	if d.B64JSON != "" || d.URL == "" {
		return wire.Base64(d.B64JSON)
	}
	data, err := s.fetch(ctx, d.URL)
	if err != nil {
		return nil, err
	}
	return wire.Picture(data)
}

// fetch gets a picture by address, from the configured server only: an answer
// must not make us call into a private network. The key is not sent.
func (s *server) fetch(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host != s.base.Host || u.Scheme != s.base.Scheme {
		return nil, provider.Nonsense(errors.New("the picture lies on another server"))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, provider.Nonsense(errors.New("the picture's address can't be used"))
	}
	resp, err := s.files.Do(req)
	if err != nil {
		return nil, provider.Nonsense(provider.Costly(wire.Explain(ctx, err)))
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, wire.MaxPicture+1))
	if err != nil {
		return nil, wire.Explain(ctx, err)
	}
	if len(data) > wire.MaxPicture {
		return nil, provider.Nonsense(errors.New("the picture is too large"))
	}
	return data, nil
}

// params says a request in the words of the API. Servers differ in what they
// know: what one of them rejects is left out for it.
func (p *Pictures) params(r provider.PictureRequest) (openai.ImageGenerateParams, []option.RequestOption) {
	params := openai.ImageGenerateParams{
		Prompt: r.Prompt,
		Model:  p.config.Model,
		N:      openai.Int(1),
		Size:   openai.ImageGenerateParamsSize(p.size(r.Width, r.Height)),
	}
	if !p.answersInBase64() {
		params.ResponseFormat = openai.ImageGenerateParamsResponseFormatB64JSON
	}
	if p.config.BaseURL == "" {
		if r.User != "" {
			params.SafetyIdentifier = openai.String(r.User)
		}
		return params, nil
	}
	if r.User != "" {
		params.User = openai.String(r.User) // the older name is what other servers know
	}
	if p.hosted() {
		return params, nil
	}
	// Self-hosted servers take a seed, which OpenAI's own API does not know.
	return params, []option.RequestOption{option.WithJSONSet("seed", r.Seed)}
}

// answersInBase64 tells the models that always do, and reject to be asked for
// it. Of a deployment on Azure the model is not known, only its name.
func (s *server) answersInBase64() bool {
	return gptImage(s.config.Model) || s.config.AzureVersion != "" && !strings.HasPrefix(s.config.Model, "dall-e")
}

func gptImage(model string) bool {
	return strings.HasPrefix(model, "gpt-image") || strings.HasPrefix(model, "chatgpt-image")
}

// size is what to ask for: the very size where a model takes any, else the
// offered one that is nearest in shape.
func (s *server) size(w, h int) string {
	model := s.config.Model
	free := strings.HasPrefix(model, "gpt-image-2") ||
		!s.hosted() && !gptImage(model) && !strings.HasPrefix(model, "dall-e")
	long, short := max(w, h), min(w, h)
	if free && w%16 == 0 && h%16 == 0 && short > 0 && long <= 3*short && long <= 2560 {
		return fmt.Sprintf("%dx%d", w, h)
	}
	wide, tall := "1536x1024", "1024x1536"
	if strings.HasPrefix(model, "dall-e") {
		wide, tall = "1792x1024", "1024x1792"
	}
	switch {
	case w*10 > h*12:
		return wide
	case h*10 > w*12:
		return tall
	default:
		return "1024x1024"
	}
}
