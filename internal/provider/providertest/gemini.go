package providertest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"marquee/internal/provider"
)

// Gemini is a server that speaks the Gemini API and, under a project, Vertex
// AI's. The shapes are those of the types of the official SDK, genai v1.77.0
// (GenerateContentResponse, FinishReason, APIError).
func Gemini() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, method, _ := strings.Cut(r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:], ":")
		switch {
		case r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/models/"):
			writeJSON(w, http.StatusOK, map[string]any{"name": "models/m", "displayName": "A model"})
		case method == "streamGenerateContent":
			Stream(SpeakGemini, Script{Pieces: harbour, Stop: provider.StopEnd, Input: 31, Output: 17}).ServeHTTP(w, r)
		case method == "generateContent":
			paintGemini(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}

func paintGemini(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxAsked))
	var asked struct {
		Contents         any `json:"contents"`
		GenerationConfig struct {
			Seed  int64          `json:"seed"`
			Image map[string]any `json:"imageConfig"`
		} `json:"generationConfig"`
	}
	if err == nil {
		err = json.Unmarshal(data, &asked)
	}
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"code": 400, "message": "bad", "status": "INVALID_ARGUMENT"}})
		return
	}
	ratio := asked.GenerationConfig.Image["aspectRatio"]
	var width, height int
	if _, err := fmt.Sscanf(fmt.Sprint(ratio), "%d:%d", &width, &height); err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"code": 400, "message": "no shape", "status": "INVALID_ARGUMENT"}})
		return
	}
	drawn := base64.StdEncoding.EncodeToString(Drawn(width*32, height*32, fmt.Sprint(asked.Contents, asked.GenerationConfig.Seed)))
	writeJSON(w, http.StatusOK, map[string]any{
		"candidates": []any{map[string]any{"index": 0, "finishReason": "STOP", "content": map[string]any{"role": "model", "parts": []any{
			map[string]any{"text": "Here it is."},
			map[string]any{"inlineData": map[string]any{"mimeType": "image/png", "data": drawn}},
		}}}},
		"usageMetadata": map[string]any{"promptTokenCount": 9, "candidatesTokenCount": 1290, "totalTokenCount": 1299},
	})
}

// SpeakGemini puts a script into the chunks of streamGenerateContent.
func SpeakGemini(s Script) []Event {
	var out []Event
	chunk := func(parts []any, finish string, usage bool) {
		c := map[string]any{"modelVersion": "m-001", "responseId": "r1"}
		candidate := map[string]any{"index": 0}
		if parts != nil {
			candidate["content"] = map[string]any{"role": "model", "parts": parts}
		}
		if finish != "" {
			candidate["finishReason"] = finish
		}
		if parts != nil || finish != "" {
			c["candidates"] = []any{candidate}
		}
		if usage {
			c["usageMetadata"] = map[string]any{"promptTokenCount": s.Input, "candidatesTokenCount": s.Output - 5, "thoughtsTokenCount": 5, "totalTokenCount": s.Input + s.Output}
		}
		if s.Unknown {
			c["xNew"] = map[string]any{"a": 1}
			candidate["tokenNews"] = []any{1}
		}
		out = append(out, event("", c))
	}
	if s.NullFirst {
		chunk([]any{map[string]any{"text": "Let me see.", "thought": true}}, "", false)
		chunk([]any{}, "", false)
	}
	for _, piece := range s.Pieces {
		chunk([]any{map[string]any{"text": piece}}, "", false)
	}
	for _, c := range s.Calls {
		chunk([]any{map[string]any{"functionCall": map[string]any{"name": c.Name, "args": c.Input}, "thoughtSignature": "c2lnbg=="}}, "", false)
	}
	switch {
	case s.Refused:
		chunk(nil, "SAFETY", true)
	case s.Broken:
		out = append(out, event("", map[string]any{"error": map[string]any{"code": 503, "message": "too much " + Secret, "status": "UNAVAILABLE"}}))
	case s.Stop == "":
	default:
		chunk(nil, map[provider.Stop]string{provider.StopEnd: "STOP", provider.StopLength: "MAX_TOKENS", provider.StopTools: "STOP"}[s.Stop], !s.UsageLast)
		if s.UsageLast {
			chunk(nil, "", true)
		}
	}
	return out
}
