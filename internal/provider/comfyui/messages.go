package comfyui

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/coder/websocket"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// Bounds on what the server tells while it works.
const (
	maxMessage  = 16 << 20 // previews of pictures among them
	maxMessages = 100_000
)

// messages are what a server tells one client.
type messages struct{ conn *websocket.Conn }

// listen opens the websocket before anything is queued, so that nothing is
// missed.
func (p *Pictures) listen(ctx context.Context, client string) (*messages, error) {
	conn, _, err := websocket.Dial(ctx, p.base+"/ws?clientId="+url.QueryEscape(client), &websocket.DialOptions{HTTPClient: p.http})
	if err != nil {
		return nil, wire.Explain(ctx, err)
	}
	conn.SetReadLimit(maxMessage)
	return &messages{conn}, nil
}

func (m *messages) close() {
	_ = m.conn.CloseNow() // the call is over, whatever the line says
}

// follow reads until the job has ended, and tells its progress as steps done.
// A silence longer than stall ends it; so does the end of the line.
func (m *messages) follow(ctx context.Context, id string, stall time.Duration, progress func(float64)) error {
	last := 0.0
	for range maxMessages {
		within, cancel := context.WithTimeout(ctx, stall)
		kind, data, err := m.conn.Read(within)
		silent := within.Err() != nil
		cancel()
		switch {
		case ctx.Err() != nil:
			return wire.Explain(ctx, ctx.Err())
		case err != nil && silent:
			return provider.TimedOut(errors.New("the server fell silent"))
		case err != nil:
			return provider.Nonsense(errors.New("the line was cut off while the picture was being made"))
		case kind == websocket.MessageBinary:
			continue // a preview
		}
		step, ended, err := read(data, id)
		if err != nil {
			return err
		}
		if ended {
			return nil
		}
		// What is made twice, such as a picture and its enlargement, begins
		// again; progress does not go back.
		if share := step * 0.95; share > last {
			last = share
			progress(share)
		}
	}
	return provider.Nonsense(errors.New("the server tells without end"))
}

// read reads one message about a job: the share of it that is done, whether it
// has ended, and how it failed. Messages about other jobs say nothing, nor do
// those of kinds that are not known.
func read(data []byte, id string) (step float64, ended bool, err error) {
	var m struct {
		Type string `json:"type"`
		Data struct {
			ID        string  `json:"prompt_id"`
			Node      *string `json:"node"`
			Value     float64 `json:"value"`
			Max       float64 `json:"max"`
			Exception string  `json:"exception_type"`
		} `json:"data"`
	}
	if json.Unmarshal(data, &m) != nil {
		return 0, false, provider.Nonsense(errors.New("a message of the server can't be read"))
	}
	if m.Data.ID != id {
		return 0, false, nil
	}
	switch m.Type {
	case "progress":
		if m.Data.Max > 0 && m.Data.Value >= 0 {
			return min(m.Data.Value/m.Data.Max, 1), false, nil
		}
	case "executing":
		return 0, m.Data.Node == nil, nil
	case "execution_success":
		return 0, true, nil
	case "execution_error":
		return 0, false, provider.Unavailable(0, errors.New("the workflow failed on the server"))
	case "execution_interrupted":
		return 0, false, provider.Unavailable(0, errors.New("somebody stopped the job on the server"))
	}
	return 0, false, nil
}
