// Package openai makes pictures with any server that speaks OpenAI's image
// API, through the official SDK.
package openai

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// The server of OpenAI itself.
const official = "https://api.openai.com/v1"

// How a call is bounded in time.
const (
	usualTimeout = 60 * time.Second
	checkTimeout = 5 * time.Second
	// A call is tried again when the server was busy or broken, unless it asks
	// for a longer wait than a person at the page would have.
	retries  = 2
	maxPause = 4 * time.Second
)

// Config says where the server is.
type Config struct {
	// BaseURL is the server's address up to and with /v1; empty for OpenAI's own.
	BaseURL string
	// Key is sent as bearer token; a self-hosted server may need none.
	Key string
	// Model is the name of the image model, such as "gpt-image-2".
	Model string
	// Timeout bounds one picture, tries included; zero means 60 s.
	Timeout time.Duration
}

// Pictures is such a server. It is safe for many goroutines.
type Pictures struct {
	config Config
	base   *url.URL
	http   *http.Client
	images openai.ImageService
	models openai.ModelService
}

// New makes the adapter. Faults: "provider_model_missing" and
// "provider_address_invalid".
func New(c Config) (*Pictures, error) {
	if c.Model == "" {
		return nil, fault.New(fault.Invalid, "provider_model_missing", "Say which image model to use: --openai-image-model.")
	}
	if c.Timeout == 0 {
		c.Timeout = usualTimeout
	}
	address := c.BaseURL
	if address == "" {
		address = official
	}
	u, err := url.Parse(address)
	// An address with a password or a query would carry a secret into logs.
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fault.New(fault.Invalid, "provider_address_invalid", "The provider's address must look like https://host/v1.")
	}
	p := &Pictures{config: c, base: u, http: &http.Client{
		Transport: limited{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // an API does not redirect; a redirect may lead into a private network
		},
	}}
	// The services are made one by one, because the SDK's client would also
	// read OPENAI_* variables, which are no settings of this program.
	options := []option.RequestOption{
		option.WithBaseURL(strings.TrimSuffix(address, "/") + "/"), option.WithAPIKey(c.Key), option.WithHTTPClient(p.http),
		option.WithMaxRetries(retries), option.WithMaxRetryDelay(maxPause),
	}
	p.images, p.models = openai.NewImageService(options...), openai.NewModelService(options...)
	return p, nil
}

// Maker names the model.
func (p *Pictures) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Model, Provider: "openai", Model: p.config.Model, Version: p.config.Model}
}

// Paid is true: each picture counts against the campaign's budget.
func (p *Pictures) Paid() bool { return true }

// Picture asks for one picture. Faults beside those of provider.Pictures:
// "provider_key" if the key was not accepted, "provider_unusable" if the
// answer is no picture, "provider_away" for everything else.
func (p *Pictures) Picture(ctx context.Context, r provider.PictureRequest, progress func(float64)) (*provider.Picture, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	if progress != nil {
		progress(0)
	}
	var answer *http.Response
	params, options := p.params(r)
	resp, err := p.images.Generate(ctx, params, append(options, option.WithResponseInto(&answer))...)
	if err = moved(err, answer); err != nil {
		return nil, explain(err, answer)
	}
	if len(resp.Data) == 0 {
		return nil, unusable(errors.New("no picture in the answer"))
	}
	img, err := p.picture(ctx, resp.Data[0])
	if err != nil {
		return nil, err
	}
	if progress != nil {
		progress(1)
	}
	return &provider.Picture{Image: img, Maker: p.Maker()}, nil
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
	if !gptImage(p.config.Model) {
		// The GPT image models always answer in base64 and reject the field.
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
	// Self-hosted servers take a seed, which OpenAI's own API does not know.
	return params, []option.RequestOption{option.WithJSONSet("seed", r.Seed)}
}

func gptImage(model string) bool {
	return strings.HasPrefix(model, "gpt-image") || strings.HasPrefix(model, "chatgpt-image")
}

// size is what to ask for: the very size where a model takes any, else the
// offered one that is nearest in shape.
func (p *Pictures) size(w, h int) string {
	model := p.config.Model
	free := strings.HasPrefix(model, "gpt-image-2") ||
		p.config.BaseURL != "" && !gptImage(model) && !strings.HasPrefix(model, "dall-e")
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

// Check asks for the model's entry, which costs nothing. A self-hosted server
// that has no list of models but answers is taken as well.
func (p *Pictures) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	var answer *http.Response
	_, err := p.models.Get(ctx, p.config.Model, option.WithMaxRetries(0), option.WithResponseInto(&answer))
	err = moved(err, answer)
	if err != nil && answer != nil && answer.StatusCode == http.StatusNotFound && p.config.BaseURL != "" {
		return nil
	}
	if err != nil {
		return explain(err, answer)
	}
	return nil
}
