package anthropic

import (
	"errors"

	"github.com/anthropics/anthropic-sdk-go"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// answer is what has come of an answer so far.
type answer struct {
	text  *wire.Collector
	calls []provider.ToolCall
	// at is the place in calls of each block of the stream.
	at    map[int64]int
	stop  anthropic.StopReason
	usage provider.Usage
}

func (a *answer) take(e anthropic.MessageStreamEventUnion) error {
	switch e.Type {
	case "message_start":
		u := e.Message.Usage
		a.usage.InputTokens = u.InputTokens + u.CacheCreationInputTokens + u.CacheReadInputTokens
	case "content_block_start":
		if e.ContentBlock.Type == "tool_use" {
			if len(a.calls) == wire.MaxCalls {
				return provider.Nonsense(errors.New("the model calls too many tools"))
			}
			a.at[e.Index] = len(a.calls)
			a.calls = append(a.calls, provider.ToolCall{ID: e.ContentBlock.ID, Name: e.ContentBlock.Name})
		}
		return a.text.Add(e.ContentBlock.Text)
	case "content_block_delta":
		if e.Delta.PartialJSON != "" {
			i, ok := a.at[e.Index]
			if !ok {
				return nil // the input of a tool that runs on the server, of which none was asked for
			}
			a.calls[i].Input = append(a.calls[i].Input, e.Delta.PartialJSON...)
			if len(a.calls[i].Input) > wire.MaxToolInput {
				return provider.Nonsense(errors.New("the input of a tool is too long"))
			}
		}
		if e.Delta.Type == "text_delta" {
			return a.text.Add(e.Delta.Text)
		}
	case "message_delta":
		if e.Delta.StopReason != "" {
			a.stop = e.Delta.StopReason
		}
		if e.JSON.Usage.Valid() {
			a.usage.OutputTokens, a.usage.Known = e.Usage.OutputTokens, true
		}
		if a.stop == anthropic.StopReasonRefusal {
			return provider.Refused(provider.Costly(errors.New("the model refused within its answer")))
		}
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
	case anthropic.StopReasonEndTurn, anthropic.StopReasonStopSequence:
		out.Stop = provider.StopEnd
	case anthropic.StopReasonMaxTokens, anthropic.StopReasonModelContextWindowExceeded:
		out.Stop = provider.StopLength
	case anthropic.StopReasonToolUse:
		out.Stop = provider.StopTools
	default:
		return none, provider.Nonsense(errors.New("the answer ended without an end"))
	}
	if err := out.Usable(structured); err != nil {
		return none, err
	}
	return out, nil
}
