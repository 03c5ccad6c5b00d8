package gemini

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"google.golang.org/genai"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// Texts writes text.
type Texts struct{ server }

// NewTexts makes the adapter. Faults: "provider_model_missing" and
// "provider_address_invalid".
func NewTexts(c Config) (*Texts, error) {
	s, err := newServer(c, wire.MaxJSON, wire.Stream)
	if err != nil {
		return nil, err
	}
	return &Texts{s}, nil
}

// Text streams an answer.
func (t *Texts) Text(ctx context.Context, r provider.TextRequest, each func(provider.Delta) error) (provider.TextAnswer, error) {
	none := provider.TextAnswer{}
	if err := ctx.Err(); err != nil {
		return none, err
	}
	contents, config, err := question(r)
	if err != nil {
		return none, err
	}
	ctx, cancel := context.WithTimeout(wire.Noting(ctx), t.config.Timeout)
	defer cancel()
	a := answer{text: wire.NewCollector(each)}
	for piece, err := range t.client.Models.GenerateContentStream(ctx, t.config.Model, contents, config) {
		if ctx.Err() != nil {
			return none, wire.Explain(ctx, ctx.Err())
		}
		if err != nil {
			return none, explain(ctx, err)
		}
		if err := a.take(piece); err != nil {
			return none, wire.CallersOwn(err)
		}
	}
	if ctx.Err() != nil {
		return none, wire.Explain(ctx, ctx.Err())
	}
	return a.end(t.Maker(), r.Schema != nil)
}

// answer is what has come of an answer so far.
type answer struct {
	text  *wire.Collector
	calls []provider.ToolCall
	stop  genai.FinishReason
	usage provider.Usage
}

func (a *answer) take(r *genai.GenerateContentResponse) error {
	if err := refused(r); err != nil {
		return err
	}
	if r.UsageMetadata != nil {
		a.usage = usage(r.UsageMetadata)
	}
	if len(r.Candidates) == 0 {
		return nil
	}
	c := r.Candidates[0]
	if c.FinishReason != "" && c.FinishReason != genai.FinishReasonUnspecified {
		a.stop = c.FinishReason
	}
	if c.Content == nil {
		return nil
	}
	for _, part := range c.Content.Parts {
		switch {
		case part.FunctionCall != nil:
			if err := a.call(part); err != nil {
				return err
			}
		case part.Thought: // not for the reader
		default:
			if err := a.text.Add(part.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *answer) call(part *genai.Part) error {
	if len(a.calls) == wire.MaxCalls {
		return provider.Nonsense(errors.New("the model calls too many tools"))
	}
	c := part.FunctionCall
	input := []byte("{}")
	if c.Args != nil {
		var err error
		if input, err = json.Marshal(c.Args); err != nil || len(input) > wire.MaxToolInput {
			return provider.Nonsense(errors.New("the input of a tool is of no use"))
		}
	}
	id := c.ID
	if id == "" {
		id = fmt.Sprintf("call-%d", len(a.calls)+1) // the Gemini API need not give one
	}
	a.calls = append(a.calls, provider.ToolCall{ID: id, Name: c.Name, Input: input, State: part.ThoughtSignature})
	return nil
}

func (a *answer) end(maker provider.Maker, structured bool) (provider.TextAnswer, error) {
	none := provider.TextAnswer{}
	out, err := a.text.Answer(a.calls, maker, a.usage)
	if err != nil {
		return none, err
	}
	switch {
	case a.stop == genai.FinishReasonStop && len(a.calls) > 0:
		out.Stop = provider.StopTools
	case a.stop == genai.FinishReasonStop:
		out.Stop = provider.StopEnd
	case a.stop == genai.FinishReasonMaxTokens:
		out.Stop = provider.StopLength
	default:
		return none, provider.Nonsense(errors.New("the answer ended without a good end"))
	}
	if err := out.Usable(structured); err != nil {
		return none, err
	}
	return out, nil
}

// question says a request in the words of the API.
func question(r provider.TextRequest) ([]*genai.Content, *genai.GenerateContentConfig, error) {
	config := &genai.GenerateContentConfig{MaxOutputTokens: int32(min(r.MaxTokens, 1<<20))}
	if r.MaxTokens == 0 {
		config.MaxOutputTokens = usualTokens
	}
	if r.Temperature != nil {
		t := float32(*r.Temperature)
		config.Temperature = &t
	}
	if r.System != "" {
		config.SystemInstruction = genai.NewContentFromText(r.System, genai.RoleUser)
	}
	if len(r.Tools) > 0 {
		tool := &genai.Tool{}
		for _, one := range r.Tools {
			var schema map[string]any
			if json.Unmarshal(one.Schema, &schema) != nil {
				return nil, nil, provider.Misasked(provider.Free(errors.New("the schema of a tool is no JSON object")))
			}
			tool.FunctionDeclarations = append(tool.FunctionDeclarations, &genai.FunctionDeclaration{Name: one.Name, Description: one.Description, ParametersJsonSchema: schema})
		}
		config.Tools = []*genai.Tool{tool}
	}
	if r.Schema != nil {
		var schema map[string]any
		if json.Unmarshal(r.Schema, &schema) != nil {
			return nil, nil, provider.Misasked(provider.Free(errors.New("the schema of the answer is no JSON object")))
		}
		config.ResponseMIMEType, config.ResponseJsonSchema = "application/json", schema
	}
	contents, err := dialogue(r.Turns)
	return contents, config, err
}

func dialogue(turns []provider.Turn) ([]*genai.Content, error) {
	names := map[string]string{} // of calls, by id: the API wants them again with the results
	var out []*genai.Content
	for _, turn := range turns {
		switch turn.Role {
		case provider.ToolResult:
			result := map[string]any{}
			if json.Unmarshal([]byte(turn.Text), &result) != nil {
				result = map[string]any{"output": turn.Text}
			}
			out = append(out, &genai.Content{Role: genai.RoleUser, Parts: []*genai.Part{{FunctionResponse: &genai.FunctionResponse{ID: turn.CallID, Name: names[turn.CallID], Response: result}}}})
		case provider.Assistant:
			c := &genai.Content{Role: genai.RoleModel}
			if turn.Text != "" || len(turn.Calls) == 0 {
				c.Parts = append(c.Parts, &genai.Part{Text: turn.Text})
			}
			for _, call := range turn.Calls {
				var args map[string]any
				if json.Unmarshal(call.Input, &args) != nil {
					return nil, provider.Misasked(provider.Free(errors.New("the input of a call is no JSON object")))
				}
				names[call.ID] = call.Name
				c.Parts = append(c.Parts, &genai.Part{FunctionCall: &genai.FunctionCall{ID: call.ID, Name: call.Name, Args: args}, ThoughtSignature: call.State})
			}
			out = append(out, c)
		default:
			out = append(out, genai.NewContentFromText(turn.Text, genai.RoleUser))
		}
	}
	return out, nil
}
