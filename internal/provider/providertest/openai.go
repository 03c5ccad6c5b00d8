package providertest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image/png"
	"io"
	"net/http"

	"marquee/internal/provider"
)

// OpenAI is a server that speaks the image, edit, chat and moderation APIs of
// OpenAI, without the oddities that Server can be told. The shapes are those of
// the types of the official SDK, openai-go v3.96.0: ImagesResponse,
// ChatCompletionChunk, ModerationNewResponse.
func OpenAI() http.Handler {
	mux := http.NewServeMux()
	s := &Server{}
	for _, root := range []string{"/v1", "/openai/deployments/{deployment}"} {
		mux.HandleFunc("POST "+root+"/images/generations", s.generations)
		mux.HandleFunc("POST "+root+"/images/edits", edited)
		mux.HandleFunc("POST "+root+"/images/variations", edited)
		mux.HandleFunc("POST "+root+"/moderations", moderated)
		mux.Handle("POST "+root+"/chat/completions", Stream(SpeakOpenAI, Script{Pieces: harbour, Stop: provider.StopEnd, Input: 31, Output: 17}))
	}
	mux.HandleFunc("GET /v1/models/{model}", aModel)
	mux.HandleFunc("GET /openai/models", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"object": "list", "data": []any{}})
	})
	return mux
}

func aModel(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"id": r.PathValue("model"), "object": "model", "created": 1, "owned_by": "test"})
}

// edited answers with a picture that follows from the words, the size and the
// files sent; it wants pictures that are ones.
func edited(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(32 << 20); err != nil {
		Fail(http.StatusBadRequest, "invalid_request_error", "bad_form")(w, r)
		return
	}
	words := r.FormValue("prompt") + r.FormValue("size")
	for _, name := range []string{"image", "mask"} {
		f, head, err := r.FormFile(name)
		if err != nil {
			if name == "mask" {
				continue
			}
			Fail(http.StatusBadRequest, "invalid_request_error", "missing_image")(w, r)
			return
		}
		img, err := png.Decode(f)
		if err != nil || head.Header.Get("Content-Type") != "image/png" {
			Fail(http.StatusBadRequest, "invalid_request_error", "invalid_image_file")(w, r)
			return
		}
		words += fmt.Sprint(name, img.Bounds(), img.At(3, 3))
		_ = f.Close()
	}
	var width, height int
	if _, err := fmt.Sscanf(r.FormValue("size"), "%dx%d", &width, &height); err != nil || width < 1 || height < 1 || width > 4096 || height > 4096 {
		Fail(http.StatusBadRequest, "invalid_request_error", "invalid_size")(w, r)
		return
	}
	Answer(Image{B64JSON: base64.StdEncoding.EncodeToString(Drawn(width, height, words))})(w, r)
}

// moderated flags what has the word "vile" in it.
func moderated(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 32<<20))
	var asked struct {
		Model string `json:"model"`
		Input []struct {
			Type  string `json:"type"`
			Text  string `json:"text"`
			Image struct {
				URL string `json:"url"`
			} `json:"image_url"`
		} `json:"input"`
	}
	if err == nil {
		err = json.Unmarshal(data, &asked)
	}
	if err != nil || len(asked.Input) == 0 {
		Fail(http.StatusBadRequest, "invalid_request_error", "bad_json")(w, r)
		return
	}
	score := 0.01
	for _, part := range asked.Input {
		if Vile(part.Text) {
			score = 0.97
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"id": "modr-1", "model": asked.Model, "results": []any{map[string]any{
		"flagged":    score > 0.5,
		"categories": map[string]bool{"hate": score > 0.5, "sexual/minors": false},
		"category_scores": map[string]float64{
			"hate": score / 2, "hate/threatening": score, "sexual/minors": 0.002, "self-harm/intent": 0.003, "violence/graphic": 0.004, "something/new": 0.005,
		},
		"category_applied_input_types": map[string][]string{"hate": {"text"}},
	}}})
}

// SpeakOpenAI puts a script into the chunks of the chat API.
func SpeakOpenAI(s Script) []Event {
	var out []Event
	chunk := func(delta map[string]any, finish any) {
		c := map[string]any{
			"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1790000000, "model": "m",
			"choices": []any{map[string]any{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": nil}},
		}
		if s.Unknown {
			c["x_new"] = map[string]any{"a": 1}
			delta["reasoning_content"] = "hm"
		}
		out = append(out, event("", c))
	}
	if s.NullFirst {
		chunk(map[string]any{"role": "assistant", "content": nil, "refusal": nil}, nil)
	}
	for _, piece := range s.Pieces {
		chunk(map[string]any{"content": piece}, nil)
	}
	for i, c := range s.Calls {
		half := len(c.Input) / 2
		call := func(f map[string]any, id string) {
			one := map[string]any{"index": i, "function": f}
			if id != "" {
				one["id"], one["type"] = id, "function"
			}
			chunk(map[string]any{"tool_calls": []any{one}}, nil)
		}
		call(map[string]any{"name": c.Name, "arguments": ""}, c.ID)
		call(map[string]any{"arguments": string(c.Input[:half])}, "")
		call(map[string]any{"arguments": string(c.Input[half:])}, "")
	}
	usage := map[string]any{"prompt_tokens": s.Input, "completion_tokens": s.Output, "total_tokens": s.Input + s.Output}
	switch {
	case s.Refused:
		chunk(map[string]any{"refusal": "I can't."}, nil)
		chunk(map[string]any{}, "stop")
	case s.Broken:
		return append(out, event("", map[string]any{"error": map[string]any{"message": "too much " + Secret, "type": "server_error", "code": "overloaded"}}))
	case s.Stop == "":
		return out
	default:
		chunk(map[string]any{}, map[provider.Stop]string{provider.StopEnd: "stop", provider.StopLength: "length", provider.StopTools: "tool_calls"}[s.Stop])
	}
	if s.UsageLast {
		out = append(out, event("", map[string]any{"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": []any{}, "usage": usage}))
	} else {
		// Some servers tell it with the last choice.
		last := &out[len(out)-1]
		last.Data = last.Data[:len(last.Data)-1] + `,"usage":` + event("", usage).Data + "}"
	}
	return append(out, Event{Data: "[DONE]"})
}

// event is one event of JSON.
func event(name string, data any) Event {
	text, err := json.Marshal(data)
	if err != nil {
		panic(err) // only maps, slices and words are put in
	}
	return Event{Name: name, Data: string(text)}
}
