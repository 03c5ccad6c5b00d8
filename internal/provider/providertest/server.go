package providertest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Server speaks OpenAI's image API on 127.0.0.1. The shapes of its questions
// and answers are those of the types ImageGenerateParams, ImagesResponse,
// Image and Error of the official SDK, openai-go v3.96.0. The picture that it
// gives follows from prompt, size and seed.
type Server struct {
	*httptest.Server

	mu    sync.Mutex
	asked []Asked
	reply []http.HandlerFunc
}

// Asked is a request for a picture as the server read it.
type Asked struct {
	// Body holds the fields of the request's JSON.
	Body map[string]any
	// Header is the request's.
	Header http.Header
}

// maxAsked bounds a request that the server reads, in bytes.
const maxAsked = 1 << 20

// NewServer starts a server that ends with the test. Each reply given answers
// one request for a picture instead of the server itself, in order.
func NewServer(t testing.TB, replies ...http.HandlerFunc) *Server {
	t.Helper()
	s := &Server{reply: replies}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/images/generations", s.generations)
	mux.HandleFunc("GET /v1/models/{model}", aModel)
	mux.HandleFunc("GET /files/{name}", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			http.Error(w, "the key is not for files", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(Drawn(64, 64, r.PathValue("name"))) // a caller that went away is told by its own error
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Server.Close)
	return s
}

// Base is the address to configure.
func (s *Server) Base() string { return s.URL + "/v1" }

// Asked lists the requests for pictures so far.
func (s *Server) Asked() []Asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Asked(nil), s.asked...)
}

func (s *Server) generations(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxAsked))
	var body map[string]any
	if err == nil {
		err = json.Unmarshal(data, &body)
	}
	if err != nil {
		Fail(http.StatusBadRequest, "invalid_request_error", "bad_json")(w, r)
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, Asked{Body: body, Header: r.Header.Clone()})
	var reply http.HandlerFunc
	if len(s.reply) > 0 {
		reply, s.reply = s.reply[0], s.reply[1:]
	}
	s.mu.Unlock()
	if reply != nil {
		reply(w, r)
		return
	}
	var width, height int
	if _, err := fmt.Sscanf(fmt.Sprint(body["size"]), "%dx%d", &width, &height); err != nil || width < 1 || height < 1 || width > 4096 || height > 4096 {
		Fail(http.StatusBadRequest, "invalid_request_error", "invalid_size")(w, r)
		return
	}
	Answer(Image{B64JSON: base64.StdEncoding.EncodeToString(Drawn(width, height, fmt.Sprint(body["prompt"], body["seed"])))})(w, r)
}

// Image is one picture of an answer.
type Image struct {
	B64JSON string `json:"b64_json,omitempty"`
	URL     string `json:"url,omitempty"`
}

// Answer replies with pictures.
func Answer(images ...Image) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"created": 1790000000, "data": images})
	}
}

// Fail replies with an error.
func Fail(status int, kind, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		// Servers like to repeat what they were sent, key included.
		writeJSON(w, status, map[string]any{"error": map[string]any{
			"message": "refused with " + r.Header.Get("Authorization"), "type": kind, "param": nil, "code": code,
		}})
	}
}

// FailFor replies with an error that says how many seconds to wait.
func FailFor(status, seconds int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", fmt.Sprint(seconds))
		Fail(status, "server_error", "busy")(w, r)
	}
}

// Hang replies with nothing until the caller is gone, and tells that it was
// called; begun may be nil.
func Hang(begun chan<- struct{}) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) {
		if begun != nil {
			begun <- struct{}{}
		}
		select {
		case <-r.Context().Done():
		case <-time.After(time.Minute): // no test shall wait for a caller that never goes
		}
	}
}

// Drawn is a small PNG that differs by its words.
func Drawn(width, height int, words string) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	sum := uint32(2166136261)
	for _, b := range []byte(words) {
		sum = (sum ^ uint32(b)) * 16777619
	}
	for y := range height {
		for x := range width {
			img.SetNRGBA(x, y, color.NRGBA{byte(sum) + byte(x/8), byte(sum>>8) + byte(y/8), byte(sum >> 16), 255})
		}
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, img); err != nil {
		panic(err) // a buffer takes everything, and the picture is whole
	}
	return b.Bytes()
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a caller that went away is told by its own error
}
