// Package comfyui makes pictures with a ComfyUI server that people run
// themselves: it queues a workflow, follows its progress over a websocket and
// fetches the picture.
package comfyui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

const (
	usualTimeout = 3 * time.Minute
	usualStall   = 60 * time.Second
	checkTimeout = 5 * time.Second
	// farewell bounds how long we try to tell the server that nobody waits.
	farewell = 3 * time.Second
)

// Config says where the server is and what it runs.
type Config struct {
	// Name is what campaigns call this provider; empty means "comfyui".
	Name string
	// BaseURL is the server's address, such as http://127.0.0.1:8188.
	BaseURL string
	// Key is sent as bearer token, for a server behind a gate; may be nil.
	Key provider.Key
	// Workflow is what to run.
	Workflow *Workflow
	// Timeout bounds one picture, waiting in the server's queue included; zero
	// means 3 minutes.
	Timeout time.Duration
	// FirstByte bounds the wait for an answer to begin, Stall the silence within
	// it and between the server's messages; zero means 60 s.
	FirstByte, Stall time.Duration
}

// Pictures is such a server. It is safe for many goroutines.
type Pictures struct {
	config Config
	base   string
	http   *http.Client
}

// New makes the adapter. Faults: "provider_address_invalid" and
// "workflow_invalid".
func New(c Config) (*Pictures, error) {
	if c.Workflow == nil {
		_, err := ReadWorkflow([]byte("{}"))
		return nil, err
	}
	if c.Name == "" {
		c.Name = "comfyui"
	}
	if c.Timeout == 0 {
		c.Timeout = usualTimeout
	}
	if c.Stall == 0 {
		c.Stall = usualStall
	}
	if c.FirstByte == 0 {
		c.FirstByte = usualStall
	}
	base, err := wire.Address(c.BaseURL)
	if err != nil {
		return nil, err
	}
	return &Pictures{config: c, base: strings.TrimSuffix(c.BaseURL, "/"), http: wire.New(wire.Options{
		Base: base, Key: c.Key, Header: "Authorization", Prefix: "Bearer ",
		FirstByte: c.FirstByte, Stall: c.Stall, MaxBody: wire.MaxPicture, Types: wire.Files,
	})}, nil
}

// Maker names the workflow's model; the version is that of the workflow.
func (p *Pictures) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Model, Provider: p.config.Name, Model: p.config.Workflow.Model, Version: p.config.Workflow.version}
}

// Paid is false: the server is the operator's own.
func (*Pictures) Paid() bool { return false }

// Check asks how the server is.
func (p *Pictures) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	var stats map[string]json.RawMessage
	return p.ask(ctx, http.MethodGet, "/system_stats", nil, &stats)
}

// Picture runs the workflow once.
func (p *Pictures) Picture(ctx context.Context, r provider.PictureRequest, progress func(float64)) (*provider.Picture, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	nodes, err := p.config.Workflow.fill(r)
	if err != nil {
		return nil, provider.Misasked(provider.Free(err))
	}
	caller := ctx
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	if progress == nil {
		progress = func(float64) {}
	}
	progress(0)
	client := uuid.NewString()
	messages, err := p.listen(ctx, client)
	if err != nil {
		return nil, err
	}
	defer messages.close()
	var queued struct {
		ID     string                     `json:"prompt_id"`
		Errors map[string]json.RawMessage `json:"node_errors"`
	}
	if err := p.ask(ctx, http.MethodPost, "/prompt", map[string]any{"prompt": nodes, "client_id": client}, &queued); err != nil {
		return nil, err
	}
	if queued.ID == "" || len(queued.Errors) > 0 {
		return nil, provider.Misasked(errors.New("the server does not take the workflow"))
	}
	if err := messages.follow(ctx, queued.ID, p.config.Stall, progress); err != nil {
		p.stop(caller, queued.ID)
		return nil, err
	}
	pic, err := p.collect(ctx, queued.ID)
	if err != nil {
		return nil, err
	}
	progress(1)
	return pic, nil
}

// collect gets what a finished job made.
func (p *Pictures) collect(ctx context.Context, id string) (*provider.Picture, error) {
	type file struct {
		Name   string `json:"filename"`
		Folder string `json:"subfolder"`
		Type   string `json:"type"`
	}
	var history map[string]struct {
		Outputs map[string]struct {
			Images []file `json:"images"`
		} `json:"outputs"`
	}
	if err := p.ask(ctx, http.MethodGet, "/history/"+url.PathEscape(id), nil, &history); err != nil {
		return nil, err
	}
	job, ok := history[id]
	if !ok {
		return nil, provider.Unavailable(0, errors.New("the server no longer knows the job"))
	}
	images := job.Outputs[p.config.Workflow.Output].Images
	if len(images) == 0 {
		return nil, provider.Nonsense(errors.New("the job left no picture"))
	}
	query := url.Values{"filename": {images[0].Name}, "subfolder": {images[0].Folder}, "type": {images[0].Type}}
	data, err := p.do(ctx, http.MethodGet, "/view?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	img, err := wire.Picture(data)
	if err != nil {
		return nil, err
	}
	size := img.Bounds().Size()
	return &provider.Picture{Image: img, Maker: p.Maker(), Usage: provider.Usage{Pictures: 1, Width: size.X, Height: size.Y, Known: true}}, nil
}

// stop tells the server that nobody waits for a job any more, whether it waits
// in the queue or runs. That it can't be told changes nothing for the caller.
func (p *Pictures) stop(ctx context.Context, id string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	_, _ = p.do(ctx, http.MethodPost, "/queue", map[string]any{"delete": []string{id}})
	_, _ = p.do(ctx, http.MethodPost, "/interrupt", map[string]any{"prompt_id": id})
}

func (p *Pictures) ask(ctx context.Context, method, path string, question, answer any) error {
	data, err := p.do(ctx, method, path, question)
	if err != nil {
		return err
	}
	if len(data) > wire.MaxJSON || json.Unmarshal(data, answer) != nil {
		return provider.Nonsense(errors.New("the answer is not what the API promises"))
	}
	return nil
}

func (p *Pictures) do(ctx context.Context, method, path string, question any) ([]byte, error) {
	var body io.Reader
	if question != nil {
		data, err := json.Marshal(question)
		if err != nil {
			return nil, provider.Misasked(provider.Free(errors.New("the question can't be written")))
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, p.base+path, body)
	if err != nil {
		return nil, provider.Misasked(provider.Free(errors.New("the server's address can't be used")))
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return nil, wire.Explain(ctx, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, wire.Explain(ctx, err)
	}
	return data, nil
}
