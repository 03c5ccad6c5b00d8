package provider

import (
	"context"
	"encoding/json"
	"errors"
)

// Role says who speaks in a turn.
type Role string

// The roles.
const (
	// User is the participant.
	User Role = "user"
	// Assistant is the model.
	Assistant Role = "assistant"
	// ToolResult is what a tool gave, for a call of the model.
	ToolResult Role = "tool"
)

// Turn is one part of a dialogue.
type Turn struct {
	Role Role
	// Text is what was said; what the tool gave, for ToolResult.
	Text string
	// Calls are the tools that the model called in this turn; only for
	// Assistant.
	Calls []ToolCall
	// CallID names the call that a ToolResult answers.
	CallID string
}

// Tool is something that a model may ask to have done.
type Tool struct {
	// Name has letters, digits, _ and - only, at most 64.
	Name        string
	Description string
	// Schema is the JSON Schema of its input, an object.
	Schema json.RawMessage
}

// ToolCall is a model's wish to use a tool.
type ToolCall struct {
	// ID names the call, for its ToolResult.
	ID   string
	Name string
	// Input is JSON, an object. It is the model's word: check it.
	Input json.RawMessage
	// State is what some providers want back, unchanged, when the call is sent
	// as part of a Turn; nil for the others.
	State []byte
}

// TextRequest asks for text.
type TextRequest struct {
	// System says who the model is and what it must heed; may be empty.
	System string
	// Turns are the dialogue so far; the last one is what to answer.
	Turns []Turn
	// Tools are what the model may use; may be empty.
	Tools []Tool
	// Schema, if any, is the JSON Schema that the answer must follow. The
	// answer is then one JSON value; the schema itself is for the caller to
	// check. Providers want all objects closed (additionalProperties false) and
	// all properties required.
	Schema json.RawMessage
	// MaxTokens bounds the answer; 0 means 1024.
	MaxTokens int
	// Temperature, 0 to 2; nil leaves it to the model, which some models insist
	// on.
	Temperature *float64
	// User is a pseudonym for the provider's own abuse checks.
	User string
}

// Delta is a piece of an answer as it arrives.
type Delta struct {
	// Text goes on from the last piece; it is whole UTF-8.
	Text string
}

// Stop says why an answer ended.
type Stop string

// The reasons.
const (
	// StopEnd is the answer's own end.
	StopEnd Stop = "end"
	// StopLength is MaxTokens: the answer is cut.
	StopLength Stop = "length"
	// StopTools waits for the results of Calls.
	StopTools Stop = "tools"
)

// TextAnswer is a whole answer.
type TextAnswer struct {
	// Text is all pieces put together.
	Text string
	// Calls are the tools that the model wants to use.
	Calls []ToolCall
	Stop  Stop
	Maker Maker
	// Usage is what the call consumed.
	Usage Usage
}

// Texts writes text.
type Texts interface {
	Caller
	// Text streams an answer: each is called with every piece, from the calling
	// goroutine, and may be nil; its error ends the call and is returned as it
	// is. The error is of one of the classes of this package otherwise; pieces
	// may have been given before it.
	Text(ctx context.Context, r TextRequest, each func(Delta) error) (TextAnswer, error)
}

// Usable tells an answer that keeps to the request's form: tool inputs are JSON
// objects, and so is, if structured, the text one JSON value. The error is a
// "provider_nonsense". Adapters end with it.
func (a TextAnswer) Usable(structured bool) error {
	for _, c := range a.Calls {
		var object map[string]json.RawMessage
		if c.Name == "" || json.Unmarshal(c.Input, &object) != nil {
			return Nonsense(errors.New("the input of a tool is no JSON object"))
		}
	}
	if structured && a.Stop == StopEnd && !json.Valid([]byte(a.Text)) {
		return Nonsense(errors.New("the answer is no JSON"))
	}
	return nil
}
