package comfyui

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// maxWorkflow bounds a workflow's file, in bytes.
const maxWorkflow = 1 << 20

// Workflow is what a ComfyUI server runs for a picture, in its API format, with
// the places where a request's values go.
type Workflow struct {
	// Model names what the workflow paints with, for people and the ledger.
	Model string `json:"model"`
	// Inputs say where values go: "prompt", "width", "height" and "seed", each
	// as NODE.INPUT, such as "6.text". The prompt must be there.
	Inputs map[string]string `json:"inputs"`
	// Output is the node that saves the picture.
	Output string `json:"output"`
	// Nodes are the workflow itself, as ComfyUI exports it for its API.
	Nodes map[string]node `json:"workflow"`

	version string
}

// node is one step of a workflow.
type node struct {
	Class  string         `json:"class_type"`
	Inputs map[string]any `json:"inputs"`
	Meta   map[string]any `json:"_meta,omitempty"`
}

// ReadWorkflow reads the file of a workflow. Fault: "workflow_invalid", which
// says what is wrong.
func ReadWorkflow(data []byte) (*Workflow, error) {
	wrong := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "workflow_invalid", "The workflow can't be used: %s.", fmt.Sprintf(format, args...))
	}
	if len(data) > maxWorkflow {
		return nil, wrong("it is larger than 1 MB")
	}
	var w Workflow
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, wrong("it is not JSON with model, inputs, output and workflow")
	}
	if w.Model == "" || len(w.Model) > 200 {
		return nil, wrong("its model has no name")
	}
	if w.Inputs["prompt"] == "" {
		return nil, wrong("its inputs don't say where the prompt goes")
	}
	for name, place := range w.Inputs {
		switch name {
		case "prompt", "width", "height", "seed":
		default:
			return nil, wrong("there is no input %q; there are prompt, width, height and seed", name)
		}
		if _, _, ok := w.place(place); !ok {
			return nil, wrong("the place %q of the input %s is not in it", place, name)
		}
	}
	if _, ok := w.Nodes[w.Output]; !ok {
		return nil, wrong("there is no output node %q", w.Output)
	}
	sum := sha256.Sum256(data)
	w.version = hex.EncodeToString(sum[:6])
	return &w, nil
}

// place finds an input that has a value already: a misspelt one would be
// ignored by the server in silence.
func (w *Workflow) place(at string) (node, string, bool) {
	id, input, _ := strings.Cut(at, ".")
	n, ok := w.Nodes[id]
	if !ok {
		return node{}, "", false
	}
	_, ok = n.Inputs[input]
	return n, input, ok
}

// fill gives the nodes with a request's values in their places; the workflow
// itself stays as it is.
func (w *Workflow) fill(r provider.PictureRequest) (map[string]node, error) {
	// JSON is the copy: what was read from it can be written again.
	data, err := json.Marshal(w.Nodes)
	if err != nil {
		return nil, errors.New("the workflow can't be written")
	}
	filled := Workflow{}
	if err := json.Unmarshal(data, &filled.Nodes); err != nil {
		return nil, errors.New("the workflow can't be read again")
	}
	values := map[string]any{"prompt": r.Prompt, "width": eighths(r.Width), "height": eighths(r.Height), "seed": uint64(r.Seed) & (1<<53 - 1)}
	for name, at := range w.Inputs {
		n, input, ok := filled.place(at)
		if !ok {
			return nil, errors.New("an input's place is gone")
		}
		n.Inputs[input] = values[name]
	}
	return filled.Nodes, nil
}

// eighths rounds to a multiple of eight, which latent pictures are made of.
func eighths(n int) int { return max(64, (n+4)/8*8) }
