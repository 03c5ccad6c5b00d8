package providertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// ComfyUI is a server that speaks ComfyUI's API: POST /prompt, the messages of
// /ws, GET /history and /view, POST /queue and /interrupt. The shapes are those
// of server.py and execution.py of ComfyUI v0.3.
type ComfyUI struct {
	mux *http.ServeMux
	// Odd is what happens to every job; "" for nothing. It can be "error",
	// "interrupted", "silent", "cut", "forgotten", "empty", "not a picture" or
	// "nonsense".
	Odd string

	mu      sync.Mutex
	lines   map[string]chan string
	jobs    map[string][]byte
	stopped []string
	asked   []map[string]any
}

// NewComfyUI makes the server.
func NewComfyUI() *ComfyUI {
	s := &ComfyUI{mux: http.NewServeMux(), lines: map[string]chan string{}, jobs: map[string][]byte{}}
	s.mux.HandleFunc("GET /ws", s.line)
	s.mux.HandleFunc("POST /prompt", s.queue)
	s.mux.HandleFunc("GET /history/{id}", s.history)
	s.mux.HandleFunc("GET /view", s.view)
	s.mux.HandleFunc("GET /system_stats", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"system": map[string]any{"os": "posix"}, "devices": []any{}})
	})
	stop := func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Delete []string `json:"delete"`
			ID     string   `json:"prompt_id"`
		}
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAsked)).Decode(&asked); err != nil {
			http.Error(w, "bad", http.StatusBadRequest)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.stopped = append(s.stopped, fmt.Sprint(r.URL.Path, " ", strings.Join(append(asked.Delete, asked.ID), "")))
	}
	s.mux.HandleFunc("POST /queue", stop)
	s.mux.HandleFunc("POST /interrupt", stop)
	return s
}

// ServeHTTP answers.
func (s *ComfyUI) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Stopped lists what was taken out of the queue or interrupted: path and job.
func (s *ComfyUI) Stopped() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.stopped)
}

// Asked lists the workflows that were queued.
func (s *ComfyUI) Asked() []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

func (s *ComfyUI) line(w http.ResponseWriter, r *http.Request) {
	told := make(chan string, 64)
	s.mu.Lock()
	s.lines[r.URL.Query().Get("clientId")] = told
	s.mu.Unlock()
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return // the caller has its answer
	}
	defer conn.CloseNow()
	ctx := conn.CloseRead(r.Context())
	told <- `{"type":"status","data":{"status":{"exec_info":{"queue_remaining":0}},"sid":"x"}}`
	for {
		select {
		case <-ctx.Done():
			return
		case text := <-told:
			if text == "cut" {
				return
			}
			kind := websocket.MessageText
			if text == "preview" {
				kind = websocket.MessageBinary
			}
			if err := conn.Write(ctx, kind, []byte(text)); err != nil {
				return // the caller went away, and knows why
			}
		}
	}
}

func (s *ComfyUI) queue(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Prompt map[string]any `json:"prompt"`
		Client string         `json:"client_id"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAsked)).Decode(&asked); err != nil || len(asked.Prompt) == 0 {
		writeJSON(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"type": "no_prompt", "message": "No prompt provided"}, "node_errors": map[string]any{}})
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, asked.Prompt)
	id := fmt.Sprintf("job-%d", len(s.asked))
	s.jobs[id] = Drawn(64, 64, fmt.Sprint(asked.Prompt))
	told := s.lines[asked.Client]
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]any{"prompt_id": id, "number": 1, "node_errors": map[string]any{}})
	if told != nil {
		for _, text := range s.tell(id) {
			told <- text
		}
	}
}

// tell gives the messages about a job, fewer than a line holds.
func (s *ComfyUI) tell(id string) []string {
	about := func(kind string, data map[string]any) string {
		data["prompt_id"] = id
		return event("", map[string]any{"type": kind, "data": data}).Data
	}
	out := []string{
		about("execution_start", map[string]any{}), about("execution_cached", map[string]any{"nodes": []any{}}), "preview",
		`{"type":"progress","data":{"value":9,"max":9,"prompt_id":"another job","node":"3"}}`, about("executing", map[string]any{"node": "3"}),
	}
	for i := 1; i <= 4; i++ {
		out = append(out, about("progress", map[string]any{"value": i, "max": 5, "node": "3"}))
	}
	switch s.Odd {
	case "error":
		return append(out, about("execution_error", map[string]any{"exception_type": "torch.OutOfMemoryError", "exception_message": Secret}))
	case "interrupted":
		return append(out, about("execution_interrupted", map[string]any{"node_id": "3"}))
	case "silent":
		return out
	case "cut", "nonsense":
		return append(out, map[string]string{"cut": "cut", "nonsense": `{"type":`}[s.Odd])
	}
	return append(out, about("executed", map[string]any{"node": "9", "output": map[string]any{}}), about("execution_success", map[string]any{}), about("executing", map[string]any{"node": nil}))
}

func (s *ComfyUI) history(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	images := []any{map[string]any{"filename": id + ".png", "subfolder": "a b", "type": "output"}}
	switch s.Odd {
	case "forgotten":
		writeJSON(w, http.StatusOK, map[string]any{})
		return
	case "empty":
		images = nil
	}
	writeJSON(w, http.StatusOK, map[string]any{id: map[string]any{
		"outputs": map[string]any{"9": map[string]any{"images": images}}, "status": map[string]any{"status_str": "success", "completed": true, "messages": []any{}},
	}})
}

func (s *ComfyUI) view(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	data := s.jobs[strings.TrimSuffix(r.URL.Query().Get("filename"), ".png")]
	s.mu.Unlock()
	if data == nil || r.URL.Query().Get("subfolder") != "a b" || r.URL.Query().Get("type") != "output" {
		http.NotFound(w, r)
		return
	}
	if s.Odd == "not a picture" {
		data = []byte("<svg onload=alert(1)>")
	}
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(data) // a caller that went away is told by its own error
}

// Workflow is one that ComfyUI could run, with its places.
const Workflow = `{"model":"flux-dev","inputs":{"prompt":"6.text","width":"5.width","height":"5.height","seed":"3.seed"},"output":"9","workflow":{
"3":{"class_type":"KSampler","inputs":{"seed":1,"steps":20,"cfg":7,"model":["4",0],"positive":["6",0],"latent_image":["5",0]}},
"4":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"flux-dev.safetensors"}},
"5":{"class_type":"EmptyLatentImage","inputs":{"width":512,"height":512,"batch_size":1}},
"6":{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["4",1]},"_meta":{"title":"Prompt"}},
"9":{"class_type":"SaveImage","inputs":{"filename_prefix":"m","images":["8",0]}}}}`

// AtComfyUI starts the server with an oddity.
func AtComfyUI(t testing.TB, odd string) (*ComfyUI, *Proxy) {
	t.Helper()
	s := NewComfyUI()
	s.Odd = odd
	return s, NewProxy(t, s)
}
