// Package anthropic writes text with Anthropic's models, through the official
// SDK.
package anthropic

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"

	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

const (
	official     = "https://api.anthropic.com"
	usualTimeout = 60 * time.Second
	checkTimeout = 5 * time.Second
	usualTokens  = 1024
)

// Config says how to reach Anthropic.
type Config struct {
	// Name is what campaigns call this provider; empty means "anthropic".
	Name string
	// BaseURL is the server's address, without /v1; empty for Anthropic's own.
	BaseURL string
	// Key is the API key.
	Key provider.Key
	// Model is the name of the model.
	Model string
	// Timeout bounds one answer as a whole; zero means 60 s.
	Timeout time.Duration
	// FirstByte bounds the wait for an answer to begin, Stall the silence within
	// it; zero means as long as Timeout, and 20 s.
	FirstByte, Stall time.Duration
}

// Texts writes text. It is safe for many goroutines.
type Texts struct {
	config   Config
	messages anthropic.MessageService
	models   anthropic.ModelService
}

// New makes the adapter. Faults: "provider_model_missing" and
// "provider_address_invalid".
func New(c Config) (*Texts, error) {
	if c.Model == "" {
		return nil, fault.New(fault.Invalid, "provider_model_missing", "Say which model of this provider to use, in its -model setting.")
	}
	if c.Name == "" {
		c.Name = "anthropic"
	}
	if c.BaseURL == "" {
		c.BaseURL = official
	}
	if c.Timeout == 0 {
		c.Timeout = usualTimeout
	}
	if c.FirstByte == 0 {
		c.FirstByte = c.Timeout
	}
	base, err := wire.Address(c.BaseURL)
	if err != nil {
		return nil, err
	}
	// The services are made one by one: the SDK's client would also read
	// ANTHROPIC_* variables and profiles, which are no settings of this program.
	options := []option.RequestOption{
		option.WithBaseURL(strings.TrimSuffix(c.BaseURL, "/") + "/"), option.WithMaxRetries(0),
		option.WithHTTPClient(wire.New(wire.Options{
			Base: base, Key: c.Key, Header: "X-Api-Key", FirstByte: c.FirstByte, Stall: c.Stall, Types: wire.Stream,
		})),
	}
	return &Texts{config: c, messages: anthropic.NewMessageService(options...), models: anthropic.NewModelService(options...)}, nil
}

// Maker names the model.
func (t *Texts) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Model, Provider: t.config.Name, Model: t.config.Model, Version: t.config.Model}
}

// Paid is true.
func (*Texts) Paid() bool { return true }

// Check asks for the model's entry, which costs nothing.
func (t *Texts) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	_, err := t.models.Get(ctx, t.config.Model, anthropic.ModelGetParams{})
	var status *wire.Status
	if t.config.BaseURL != official && errors.As(err, &status) && status.Status == http.StatusNotFound {
		return nil // a server that stands in for Anthropic's may have no list
	}
	return wire.Explain(ctx, err)
}

// Text streams an answer.
func (t *Texts) Text(ctx context.Context, r provider.TextRequest, each func(provider.Delta) error) (provider.TextAnswer, error) {
	none := provider.TextAnswer{}
	if err := ctx.Err(); err != nil {
		return none, err
	}
	params, err := t.params(r)
	if err != nil {
		return none, err
	}
	ctx, cancel := context.WithTimeout(ctx, t.config.Timeout)
	defer cancel()
	stream := t.messages.NewStreaming(ctx, params)
	defer stream.Close()
	a := answer{text: wire.NewCollector(each), at: map[int64]int{}}
	for stream.Next() {
		if err := a.take(stream.Current()); err != nil {
			return none, wire.CallersOwn(err)
		}
	}
	if ctx.Err() != nil {
		return none, wire.Explain(ctx, ctx.Err())
	}
	if err := stream.Err(); err != nil && a.stop == "" {
		var inBand *anthropic.Error
		if errors.As(err, &inBand) {
			err = wire.InBand([]byte(inBand.RawJSON()))
		}
		return none, wire.Explain(ctx, err)
	}
	return a.end(t.Maker(), r.Schema != nil)
}

func (t *Texts) params(r provider.TextRequest) (anthropic.MessageNewParams, error) {
	params := anthropic.MessageNewParams{Model: anthropic.Model(t.config.Model), MaxTokens: int64(r.MaxTokens)}
	if params.MaxTokens == 0 {
		params.MaxTokens = usualTokens
	}
	if r.Temperature != nil {
		params.Temperature = anthropic.Float(min(*r.Temperature, 1)) // this API's scale ends there
	}
	if r.User != "" {
		params.Metadata.UserID = anthropic.String(r.User)
	}
	if r.System != "" {
		params.System = []anthropic.TextBlockParam{{Text: r.System}}
	}
	for _, turn := range r.Turns {
		params.Messages = append(params.Messages, message(turn))
	}
	for _, tool := range r.Tools {
		var schema struct {
			Properties any      `json:"properties"`
			Required   []string `json:"required"`
		}
		var rest map[string]any
		if errors.Join(json.Unmarshal(tool.Schema, &schema), json.Unmarshal(tool.Schema, &rest)) != nil {
			return params, provider.Misasked(provider.Free(errors.New("the schema of a tool is no JSON object")))
		}
		for _, name := range []string{"type", "properties", "required"} {
			delete(rest, name)
		}
		one := anthropic.ToolUnionParamOfTool(anthropic.ToolInputSchemaParam{Properties: schema.Properties, Required: schema.Required, ExtraFields: rest}, tool.Name)
		one.OfTool.Description = anthropic.String(tool.Description)
		params.Tools = append(params.Tools, one)
	}
	if r.Schema != nil {
		if err := json.Unmarshal(r.Schema, &params.OutputConfig.Format.Schema); err != nil {
			return params, provider.Misasked(provider.Free(errors.New("the schema of the answer is no JSON object")))
		}
	}
	return params, nil
}

func message(turn provider.Turn) anthropic.MessageParam {
	switch turn.Role {
	case provider.ToolResult:
		return anthropic.NewUserMessage(anthropic.NewToolResultBlock(turn.CallID, turn.Text, false))
	case provider.Assistant:
		var blocks []anthropic.ContentBlockParamUnion
		if turn.Text != "" || len(turn.Calls) == 0 {
			blocks = append(blocks, anthropic.NewTextBlock(turn.Text))
		}
		for _, call := range turn.Calls {
			blocks = append(blocks, anthropic.NewToolUseBlock(call.ID, call.Input, call.Name))
		}
		return anthropic.NewAssistantMessage(blocks...)
	}
	return anthropic.NewUserMessage(anthropic.NewTextBlock(turn.Text))
}
