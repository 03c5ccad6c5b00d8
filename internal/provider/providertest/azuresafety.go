package providertest

import (
	"bytes"
	"encoding/json"
	"image/jpeg"
	"net/http"
)

// AzureSafety is a server that speaks Azure AI Content Safety's REST interface.
// The shapes are those of the published specification: azure-rest-api-specs,
// cognitiveservices/ContentSafety, stable/2024-09-01 (AnalyzeTextResult,
// AnalyzeImageResult).
func AzureSafety() http.Handler {
	mux := http.NewServeMux()
	fail := func(w http.ResponseWriter) {
		writeJSON(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"code": "InvalidRequestBody", "message": "bad"}})
	}
	answer := func(w http.ResponseWriter, hate int) {
		var all []any
		for name, severity := range map[string]int{"Hate": hate, "SelfHarm": 0, "Sexual": 2, "Violence": 0} {
			all = append(all, map[string]any{"category": name, "severity": severity})
		}
		writeJSON(w, http.StatusOK, map[string]any{"blocklistsMatch": []any{}, "categoriesAnalysis": all})
	}
	mux.HandleFunc("POST /contentsafety/text:analyze", func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Text string }
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAsked)).Decode(&asked); err != nil || asked.Text == "" || r.URL.Query().Get("api-version") == "" {
			fail(w)
			return
		}
		if Vile(asked.Text) {
			answer(w, 6)
			return
		}
		answer(w, 0)
	})
	mux.HandleFunc("POST /contentsafety/image:analyze", func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Image struct{ Content []byte } }
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 8<<20)).Decode(&asked); err != nil {
			fail(w)
			return
		}
		if _, err := jpeg.DecodeConfig(bytes.NewReader(asked.Image.Content)); err != nil {
			fail(w)
			return
		}
		answer(w, 0)
	})
	mux.HandleFunc("GET /contentsafety/text/blocklists", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"value": []any{}})
	})
	return mux
}
