// Package openai speaks with any server that has OpenAI's API, through the
// official SDK: pictures, edits, text and moderation; OpenAI's own, Azure's
// (by deployment), and those that people run themselves, such as vLLM, Ollama,
// LocalAI and llama.cpp.
package openai

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// The server of OpenAI itself.
const official = "https://api.openai.com/v1"

// How a call is bounded in time.
const (
	usualTimeout = 60 * time.Second
	usualStall   = 20 * time.Second
	checkTimeout = 5 * time.Second
)

// Config says where the server is.
type Config struct {
	// Name is what campaigns call this provider; empty means "openai".
	Name string
	// BaseURL is the server's address up to and with /v1; empty for OpenAI's
	// own. With AzureVersion it is the resource's address, such as
	// https://example.openai.azure.com.
	BaseURL string
	// AzureVersion is the api-version of Azure OpenAI; empty for everybody
	// else. Model is the name of the deployment then.
	AzureVersion string
	// Key is sent as bearer token (as api-key to Azure); a self-hosted server
	// may need none, then it may be nil.
	Key provider.Key
	// Model is the name of the model, such as "gpt-image-2".
	Model string
	// Timeout bounds one call as a whole; zero means 60 s.
	Timeout time.Duration
	// FirstByte bounds the wait for an answer to begin, Stall the silence within
	// it; zero means as long as Timeout, and 20 s.
	FirstByte, Stall time.Duration
}

// server is one model of such a server. It is safe for many goroutines.
type server struct {
	config  Config
	base    *url.URL
	files   *http.Client // without the key
	options []option.RequestOption
	// models and model ask whether the server is there.
	models openai.ModelService
	paid   bool
}

// newServer reads a configuration; answers are at most max bytes, of the types
// given. Faults: "provider_model_missing" and "provider_address_invalid".
func newServer(c Config, limit int64, types []string) (server, error) {
	if c.Model == "" {
		return server{}, fault.New(fault.Invalid, "provider_model_missing", "Say which model of this provider to use, in its -model setting.")
	}
	if c.Name == "" {
		c.Name = "openai"
	}
	if c.Timeout == 0 {
		c.Timeout = usualTimeout
	}
	if c.FirstByte == 0 {
		c.FirstByte = c.Timeout
	}
	if c.Stall == 0 {
		c.Stall = usualStall
	}
	address := c.BaseURL
	if address == "" && c.AzureVersion == "" {
		address = official
	}
	base, err := wire.Address(address)
	if err != nil {
		return server{}, err
	}
	s := server{config: c, base: base, paid: true}
	line := wire.Options{
		Base: base, Key: c.Key, Header: "Authorization", Prefix: "Bearer ",
		FirstByte: c.FirstByte, Stall: c.Stall, MaxBody: limit, Types: types,
	}
	root := strings.TrimSuffix(address, "/") + "/"
	from := root
	common := []option.RequestOption{option.WithMaxRetries(0)} // generate tries again, as the campaign says
	if c.AzureVersion != "" {
		// The SDK's own Azure options would bring a second HTTP stack along; with
		// one deployment for each adapter the address is all that there is to it.
		line.Header, line.Prefix = "api-key", ""
		from = root + "openai/deployments/" + url.PathEscape(c.Model) + "/"
		root += "openai/"
		common = append(common, option.WithQuery("api-version", c.AzureVersion))
	}
	common = append(common, option.WithHTTPClient(wire.New(line)))
	line.Key, line.Types, line.MaxBody = nil, []string{"image/"}, wire.MaxPicture
	s.files = wire.New(line)
	// The services are made one by one, because the SDK's client would also
	// read OPENAI_* variables, which are no settings of this program.
	s.options = append(append([]option.RequestOption{}, common...), option.WithBaseURL(from))
	s.models = openai.NewModelService(append(append([]option.RequestOption{}, common...), option.WithBaseURL(root))...)
	return s, nil
}

// Maker names the model.
func (s *server) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Model, Provider: s.config.Name, Model: s.config.Model, Version: s.config.Model}
}

// Paid tells whether a call counts against the campaign's budget.
func (s *server) Paid() bool { return s.paid }

// hosted tells OpenAI's own models, wherever they run, from those of others.
func (s *server) hosted() bool { return s.config.BaseURL == "" || s.config.AzureVersion != "" }

// Check asks for the model's entry (for the list, of Azure), which costs
// nothing. A self-hosted server that has no list of models but answers is taken
// as well.
func (s *server) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	var err error
	if s.config.AzureVersion != "" {
		_, err = s.models.List(ctx)
	} else {
		_, err = s.models.Get(ctx, s.config.Model)
	}
	var status *wire.Status
	if !s.hosted() && errors.As(err, &status) && (status.Status == http.StatusNotFound || status.Status == http.StatusMethodNotAllowed) {
		return nil
	}
	return wire.Explain(ctx, err)
}

// bounded begins a call: it gives the context that bounds it.
func (s *server) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, s.config.Timeout)
}
