// Package openai makes pictures with any server that speaks OpenAI's image
// API, through the official SDK.
package openai

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/provider"
)

// Bounds on what a server may send.
const (
	maxBody    = 48 << 20 // base64 of a picture, with room
	maxPicture = 32 << 20
	maxPixels  = 24 << 20
)

// Config says where the server is.
type Config struct {
	// BaseURL is the server's address up to and with /v1; empty for OpenAI's own.
	BaseURL string
	// Key is sent as bearer token; a self-hosted server may need none.
	Key string
	// Model is the name of the image model, such as "gpt-image-1".
	Model string
	// Timeout bounds one picture; zero means 60 s.
	Timeout time.Duration
}

// Pictures is such a server.
type Pictures struct {
	config Config
	client openai.Client
	http   *http.Client
	host   string
}

// New makes the adapter.
func New(c Config) (*Pictures, error) {
	if c.Model == "" {
		return nil, fault.New(fault.Invalid, "provider_model_missing", "Say which image model to use: --openai-image-model.")
	}
	if c.Timeout == 0 {
		c.Timeout = 60 * time.Second
	}
	base := c.BaseURL
	if base == "" {
		base = "https://api.openai.com/v1"
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fault.New(fault.Invalid, "provider_address_invalid", "The provider's address must look like https://host/v1.")
	}
	h := &http.Client{Transport: limited{http.DefaultTransport}, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // an API does not redirect; a redirect may lead into a private network
	}}
	client := openai.NewClient(
		option.WithBaseURL(strings.TrimSuffix(base, "/")+"/"), option.WithAPIKey(c.Key), option.WithHTTPClient(h),
		option.WithMaxRetries(2), option.WithMaxRetryDelay(4*time.Second),
	)
	return &Pictures{config: c, client: client, http: h, host: u.Host}, nil
}

// Maker names the model.
func (p *Pictures) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Model, Provider: "openai", Model: p.config.Model, Version: p.config.Model}
}

// Paid is true: each picture counts against the campaign's budget.
func (p *Pictures) Paid() bool { return true }

// Picture asks for one picture.
func (p *Pictures) Picture(ctx context.Context, r provider.PictureRequest, progress func(float64)) (*provider.Picture, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	if progress != nil {
		progress(0)
	}
	params := openai.ImageGenerateParams{
		Prompt: r.Prompt,
		Model:  openai.ImageModel(p.config.Model),
		N:      openai.Int(1),
		Size:   openai.ImageGenerateParamsSize(size(r.Width, r.Height)),
	}
	var opts []option.RequestOption
	if r.User != "" {
		params.User = openai.String(r.User)
	}
	if !strings.HasPrefix(p.config.Model, "gpt-image") {
		// The GPT image models always answer in base64 and reject the field.
		params.ResponseFormat = openai.ImageGenerateParamsResponseFormatB64JSON
	}
	if p.config.BaseURL != "" {
		// Self-hosted servers take a seed, which OpenAI's own API does not know.
		opts = append(opts, option.WithJSONSet("seed", r.Seed))
	}
	resp, err := p.client.Images.Generate(ctx, params, opts...)
	if err != nil {
		return nil, explain(err)
	}
	if len(resp.Data) == 0 {
		return nil, unusable(errors.New("no picture in the answer"))
	}
	img, err := p.decode(ctx, resp.Data[0])
	if err != nil {
		return nil, err
	}
	if progress != nil {
		progress(1)
	}
	return &provider.Picture{Image: img, Maker: p.Maker()}, nil
}

func (p *Pictures) decode(ctx context.Context, d openai.Image) (image.Image, error) {
	data, err := base64.StdEncoding.DecodeString(d.B64JSON)
	if err != nil {
		return nil, unusable(err)
	}
	if len(data) == 0 && d.URL != "" {
		if data, err = p.fetch(ctx, d.URL); err != nil {
			return nil, err
		}
	}
	img, err := compose.Decode(bytes.NewReader(data), maxPicture, maxPixels)
	if err != nil {
		return nil, unusable(err)
	}
	return img, nil
}

// fetch gets a picture by address, from the configured server only: an answer
// must not make us call into a private network.
func (p *Pictures) fetch(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host != p.host {
		return nil, unusable(fmt.Errorf("picture on another host"))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, unusable(err)
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return nil, explain(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, unusable(fmt.Errorf("picture's address answers %d", resp.StatusCode))
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxPicture+1))
	if err != nil {
		return nil, explain(err)
	}
	if len(data) > maxPicture {
		return nil, unusable(errors.New("picture too large"))
	}
	return data, nil
}

// Check asks for the model's entry, which costs nothing. A server that has no
// list of models but answers is taken as well.
func (p *Pictures) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_, err := p.client.Models.Get(ctx, p.config.Model, option.WithMaxRetries(0))
	var api *openai.Error
	if errors.As(err, &api) && api.StatusCode == http.StatusNotFound && p.config.BaseURL != "" {
		return nil
	}
	if err != nil {
		return explain(err)
	}
	return nil
}

// size is the offered size nearest in shape.
func size(w, h int) string {
	switch r := float64(w) / float64(h); {
	case r > 1.2:
		return "1536x1024"
	case r < 0.84:
		return "1024x1536"
	default:
		return "1024x1024"
	}
}

// explain turns an SDK's error into a fault; its text may hold the prompt or
// the key's end, so it goes to the log only.
func explain(err error) error {
	var api *openai.Error
	if errors.As(err, &api) {
		switch {
		case api.StatusCode == http.StatusBadRequest && (strings.Contains(api.Code, "content_policy") || strings.Contains(api.Code, "moderation")):
			return fault.New(fault.Invalid, "provider_refused", "The picture service will not make this. Please say it differently.").Because(err)
		case api.StatusCode == http.StatusUnauthorized || api.StatusCode == http.StatusForbidden:
			return fault.New(fault.Unavailable, "provider_key", "The picture service does not accept our key.").Because(err)
		}
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fault.New(fault.Unavailable, "provider_away", "The picture service does not answer at the moment.").Because(err)
}

func unusable(err error) error {
	return fault.New(fault.Unavailable, "provider_unusable", "The picture service sent something that is no usable picture.").Because(err)
}

// limited bounds the body of every answer.
type limited struct{ next http.RoundTripper }

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.next.RoundTrip(r)
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, maxBody), resp.Body}
	}
	return resp, err
}
