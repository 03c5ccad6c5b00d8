package providertest

import (
	"net/http"

	"marquee/internal/provider"
)

// Anthropic is a server that speaks the messages API. The shapes are those of
// the types of the official SDK, anthropic-sdk-go v1.84.0
// (MessageStreamEventUnion, ModelInfo), and the order of events that of its
// Message.Accumulate.
func Anthropic() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /v1/messages", Stream(SpeakAnthropic, Script{Pieces: harbour, Stop: provider.StopEnd, Input: 31, Output: 17}))
	mux.HandleFunc("GET /v1/models/{model}", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"id": r.PathValue("model"), "type": "model", "display_name": "A model", "created_at": "2026-01-01T00:00:00Z"})
	})
	return mux
}

// SpeakAnthropic puts a script into the events of the messages API.
func SpeakAnthropic(s Script) []Event {
	var out []Event
	add := func(name string, fields map[string]any) {
		fields["type"] = name
		if s.Unknown {
			fields["x_new"] = map[string]any{"a": 1}
		}
		out = append(out, event(name, fields))
	}
	add("message_start", map[string]any{"message": map[string]any{
		"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": []any{}, "stop_reason": nil, "stop_sequence": nil,
		"usage": map[string]any{"input_tokens": s.Input - 2, "cache_creation_input_tokens": 2, "cache_read_input_tokens": 0, "output_tokens": 1},
	}})
	add("ping", map[string]any{})
	if s.Unknown {
		add("brand_new_event", map[string]any{"index": 0})
	}
	add("content_block_start", map[string]any{"index": 0, "content_block": map[string]any{"type": "text", "text": ""}})
	if s.NullFirst {
		add("content_block_delta", map[string]any{"index": 0, "delta": map[string]any{"type": "text_delta", "text": ""}})
	}
	for _, piece := range s.Pieces {
		add("content_block_delta", map[string]any{"index": 0, "delta": map[string]any{"type": "text_delta", "text": piece}})
	}
	add("content_block_stop", map[string]any{"index": 0})
	for i, c := range s.Calls {
		half := len(c.Input) / 2
		add("content_block_start", map[string]any{"index": i + 1, "content_block": map[string]any{"type": "tool_use", "id": c.ID, "name": c.Name, "input": map[string]any{}}})
		for _, part := range []string{"", string(c.Input[:half]), string(c.Input[half:])} {
			add("content_block_delta", map[string]any{"index": i + 1, "delta": map[string]any{"type": "input_json_delta", "partial_json": part}})
		}
		add("content_block_stop", map[string]any{"index": i + 1})
	}
	stop := map[provider.Stop]string{provider.StopEnd: "end_turn", provider.StopLength: "max_tokens", provider.StopTools: "tool_use"}[s.Stop]
	switch {
	case s.Refused:
		stop = "refusal"
	case s.Broken:
		return append(out, event("error", map[string]any{"type": "error", "error": map[string]any{"type": "overloaded_error", "message": "too much " + Secret}}))
	case s.Stop == "":
		return out
	}
	add("message_delta", map[string]any{
		"delta": map[string]any{"stop_reason": stop, "stop_sequence": nil}, "usage": map[string]any{"output_tokens": s.Output},
	})
	add("message_stop", map[string]any{})
	return out
}
