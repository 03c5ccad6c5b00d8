package openai

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/ssestream"
	"github.com/openai/openai-go/v3/shared"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// usualTokens bounds an answer where the request does not.
const usualTokens = 1024

// Texts writes text with the chat API.
type Texts struct {
	server
	chat openai.ChatCompletionService
}

// NewTexts makes the adapter. Faults are those of New.
func NewTexts(c Config) (*Texts, error) {
	s, err := newServer(c, wire.MaxJSON, wire.Stream)
	if err != nil {
		return nil, err
	}
	return &Texts{server: s, chat: openai.NewChatCompletionService(s.options...)}, nil
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
	ctx, cancel := t.bounded(ctx)
	defer cancel()
	stream := t.chat.NewStreaming(ctx, params)
	defer stream.Close()
	a := answer{text: wire.NewCollector(each)}
	for stream.Next() {
		if err := a.take(stream.Current()); err != nil {
			return none, wire.CallersOwn(err)
		}
	}
	if ctx.Err() != nil {
		return none, wire.Explain(ctx, ctx.Err())
	}
	// A server that had said why it ended has said all; what happens to the line
	// afterwards costs no more than the usage.
	if err := stream.Err(); err != nil && a.stop == "" {
		var inBand *ssestream.StreamError
		if errors.As(err, &inBand) {
			err = wire.InBand(inBand.Event.Data)
		}
		return none, wire.Explain(ctx, err)
	}
	return a.end(t.Maker(), r.Schema != nil)
}

// answer is what has come of an answer so far.
type answer struct {
	text  *wire.Collector
	calls []provider.ToolCall
	// at is the place in calls of each index of the stream.
	at    map[int64]int
	stop  string
	usage provider.Usage
}

func (a *answer) take(c openai.ChatCompletionChunk) error {
	if c.JSON.Usage.Valid() && c.Usage.TotalTokens > 0 {
		a.usage = provider.Usage{InputTokens: c.Usage.PromptTokens, OutputTokens: c.Usage.CompletionTokens, Known: true}
	}
	for _, choice := range c.Choices {
		if choice.Index != 0 {
			continue // one answer was asked for
		}
		if choice.Delta.Refusal != "" || choice.FinishReason == "content_filter" {
			return provider.Refused(provider.Costly(errors.New("the model refused within its answer")))
		}
		if err := a.text.Add(choice.Delta.Content); err != nil {
			return err
		}
		for _, call := range choice.Delta.ToolCalls {
			if err := a.call(call); err != nil {
				return err
			}
		}
		if choice.FinishReason != "" {
			a.stop = choice.FinishReason
		}
	}
	return nil
}

// call takes a piece of a call. Most servers count the calls; some give each a
// new id under the same number.
func (a *answer) call(c openai.ChatCompletionChunkChoiceDeltaToolCall) error {
	if a.at == nil {
		a.at = map[int64]int{}
	}
	i, known := a.at[c.Index]
	if !known || c.ID != "" && a.calls[i].ID != "" && a.calls[i].ID != c.ID {
		if len(a.calls) == wire.MaxCalls {
			return provider.Nonsense(errors.New("the model calls too many tools"))
		}
		i = len(a.calls)
		a.at[c.Index] = i
		a.calls = append(a.calls, provider.ToolCall{})
	}
	one := &a.calls[i]
	if c.ID != "" {
		one.ID = c.ID
	}
	one.Name += c.Function.Name
	one.Input = append(one.Input, c.Function.Arguments...)
	if len(one.Input) > wire.MaxToolInput || len(one.Name) > 256 {
		return provider.Nonsense(errors.New("the input of a tool is too long"))
	}
	return nil
}

func (a *answer) end(maker provider.Maker, structured bool) (provider.TextAnswer, error) {
	none := provider.TextAnswer{}
	out, err := a.text.Answer(a.calls, maker, a.usage)
	if err != nil {
		return none, err
	}
	switch a.stop {
	case "stop":
		out.Stop = provider.StopEnd
	case "length":
		out.Stop = provider.StopLength
	case "tool_calls", "function_call":
		out.Stop = provider.StopTools
	default:
		return none, provider.Nonsense(errors.New("the answer ended without an end"))
	}
	if len(out.Calls) > 0 {
		out.Stop = provider.StopTools // some servers say "stop" all the same
	}
	if err := out.Usable(structured); err != nil {
		return none, err
	}
	return out, nil
}

func (t *Texts) params(r provider.TextRequest) (openai.ChatCompletionNewParams, error) {
	params := openai.ChatCompletionNewParams{
		Model:         t.config.Model,
		StreamOptions: openai.ChatCompletionStreamOptionsParam{IncludeUsage: openai.Bool(true)},
	}
	most := int64(r.MaxTokens)
	if most == 0 {
		most = usualTokens
	}
	if t.hosted() {
		params.MaxCompletionTokens = openai.Int(most)
	} else {
		params.MaxTokens = openai.Int(most) // the older name is what other servers know
	}
	if r.Temperature != nil {
		params.Temperature = openai.Float(*r.Temperature)
	}
	switch {
	case r.User == "":
	case t.config.BaseURL == "":
		params.SafetyIdentifier = openai.String(r.User)
	default:
		params.User = openai.String(r.User)
	}
	if r.System != "" {
		params.Messages = append(params.Messages, openai.SystemMessage(r.System))
	}
	for _, turn := range r.Turns {
		params.Messages = append(params.Messages, message(turn))
	}
	for _, tool := range r.Tools {
		var schema map[string]any
		if err := json.Unmarshal(tool.Schema, &schema); err != nil {
			return params, provider.Misasked(provider.Free(errors.New("the schema of a tool is no JSON object")))
		}
		params.Tools = append(params.Tools, openai.ChatCompletionFunctionTool(shared.FunctionDefinitionParam{
			Name: tool.Name, Description: openai.String(tool.Description), Parameters: schema,
		}))
	}
	if r.Schema != nil {
		var schema map[string]any
		if err := json.Unmarshal(r.Schema, &schema); err != nil {
			return params, provider.Misasked(provider.Free(errors.New("the schema of the answer is no JSON object")))
		}
		params.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{
			JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: "answer", Schema: schema, Strict: openai.Bool(true)},
		}
	}
	return params, nil
}

func message(turn provider.Turn) openai.ChatCompletionMessageParamUnion {
	switch turn.Role {
	case provider.ToolResult:
		return openai.ToolMessage(turn.Text, turn.CallID)
	case provider.Assistant:
		m := openai.AssistantMessage(turn.Text)
		for _, call := range turn.Calls {
			m.OfAssistant.ToolCalls = append(m.OfAssistant.ToolCalls, openai.ChatCompletionMessageToolCallUnionParam{
				OfFunction: &openai.ChatCompletionMessageFunctionToolCallParam{
					ID:       call.ID,
					Function: openai.ChatCompletionMessageFunctionToolCallFunctionParam{Name: call.Name, Arguments: string(call.Input)},
				},
			})
		}
		return m
	}
	return openai.UserMessage(turn.Text)
}
