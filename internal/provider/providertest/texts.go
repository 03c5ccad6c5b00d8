package providertest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// TextCase is a maker of text with what is to be expected of it.
type TextCase struct {
	// New makes one that talks to the address (scheme and host).
	New func(t testing.TB, address string) provider.Texts
	// Speak is the API that it understands.
	Speak Speaker
	// Without are quirks that this API's servers never have, and that the
	// official SDK does not understand.
	Without Quirks
}

// TextRequest is what the suite asks for.
func TextRequest() provider.TextRequest {
	return provider.TextRequest{
		System: "You are a lamplighter.", User: "p-7f3a", MaxTokens: 200,
		Turns: []provider.Turn{{Role: provider.User, Text: "Who lights the lanterns in the harbour?"}},
	}
}

// harbour has characters of one to four bytes in it.
var harbour = []string{"Die Lampe", "nanzünder, ", "ランタン", "を灯す人 ", "🏮", "", " und ich."}

// Lookup is a tool of the suite.
var Lookup = provider.Tool{
	Name: "look_up", Description: "Looks a place up.",
	Schema: json.RawMessage(`{"type":"object","properties":{"place":{"type":"string"}},"required":["place"],"additionalProperties":false}`),
}

// Place is a form of answers of the suite.
var Place = json.RawMessage(`{"type":"object","properties":{"place":{"type":"string"}},"required":["place"],"additionalProperties":false}`)

// RunTexts runs the suite.
func RunTexts(t *testing.T, c TextCase) {
	for name, q := range quirks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.plain(t, q)
		})
	}
	for name, part := range map[string]func(*testing.T){
		"tools": c.tools, "tool results": c.results, "structured": c.structured, "cut by length": c.length, "refused within": c.refused, "broken within": c.broken,
		"without an end": c.endless, "halted by the caller": c.halted, "too long": c.tooLong, "cancelled": c.cancelled, "maker": c.maker,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t)
		})
	}
}

func quirks() map[string]Quirks {
	return map[string]Quirks{
		"plain": {}, "CRLF": {CRLF: true}, "comments": {Comments: true}, "crumbs": {Crumbs: true}, "null first": {NullFirst: true},
		"usage last": {UsageLast: true}, "unknown fields": {Unknown: true},
		"all quirks": {CRLF: true, Comments: true, Crumbs: true, NullFirst: true, UsageLast: true, Unknown: true},
	}
}

func (c TextCase) against(t *testing.T, s Script) provider.Texts {
	s.Comments = s.Comments && !c.Without.Comments
	return c.New(t, NewProxy(t, Stream(c.Speak, s)).URL)
}

func (c TextCase) plain(t *testing.T, q Quirks) {
	x := c.against(t, Script{Pieces: harbour, Stop: provider.StopEnd, Input: 31, Output: 17, Quirks: q})
	var got strings.Builder
	n := 0
	a, err := x.Text(t.Context(), TextRequest(), func(d provider.Delta) error {
		n++
		if d.Text == "" || strings.Contains(d.Text, "�") {
			t.Errorf("a piece is %q", d.Text)
		}
		got.WriteString(d.Text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(harbour, "")
	if a.Text != want || got.String() != want || n < 2 || a.Stop != provider.StopEnd || len(a.Calls) != 0 {
		t.Errorf("%+v; in %d pieces %q", a, n, got.String())
	}
	if a.Usage != (provider.Usage{InputTokens: 31, OutputTokens: 17, Known: true}) {
		t.Errorf("the usage is %+v", a.Usage)
	}
	if a.Maker != x.Maker() {
		t.Errorf("the maker is %+v", a.Maker)
	}
}

func (c TextCase) tools(t *testing.T) {
	calls := []provider.ToolCall{
		{ID: "call_1", Name: Lookup.Name, Input: json.RawMessage(`{"place":"港 \"A\""}`)},
		{ID: "call_2", Name: Lookup.Name, Input: json.RawMessage(`{"place":"quay"}`)},
	}
	x := c.against(t, Script{Pieces: []string{"A moment."}, Calls: calls, Stop: provider.StopTools, Quirks: Quirks{Crumbs: true}})
	r := TextRequest()
	r.Tools = []provider.Tool{Lookup}
	a, err := x.Text(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a.Stop != provider.StopTools || len(a.Calls) != len(calls) || a.Text != "A moment." {
		t.Fatalf("%+v", a)
	}
	for i, call := range a.Calls {
		var got, want map[string]any
		if err := errors.Join(json.Unmarshal(call.Input, &got), json.Unmarshal(calls[i].Input, &want)); err != nil || got["place"] != want["place"] {
			t.Errorf("call %d: %s, %v", i, call.Input, err)
		}
		if call.ID == "" || call.Name != Lookup.Name || i > 0 && call.ID == a.Calls[i-1].ID {
			t.Errorf("call %d: %+v", i, call)
		}
	}
}

// results wants an answer to a dialogue that has calls and their results in it.
func (c TextCase) results(t *testing.T) {
	r := TextRequest()
	r.Tools = []provider.Tool{Lookup}
	r.Turns = append(r.Turns,
		provider.Turn{Role: provider.Assistant, Text: "A moment.", Calls: []provider.ToolCall{{ID: "call_1", Name: Lookup.Name, Input: json.RawMessage(`{"place":"quay"}`)}}},
		provider.Turn{Role: provider.ToolResult, CallID: "call_1", Text: `{"lamps":12}`})
	a, err := c.against(t, Script{Pieces: []string{"Twelve."}, Stop: provider.StopEnd}).Text(t.Context(), r, nil)
	if err != nil || a.Text != "Twelve." {
		t.Errorf("%+v, %v", a, err)
	}
}

func (c TextCase) structured(t *testing.T) {
	r := TextRequest()
	r.Schema = Place
	a, err := c.against(t, Script{Pieces: []string{`{"pla`, `ce":"quay"}`}, Stop: provider.StopEnd}).Text(t.Context(), r, nil)
	if err != nil || a.Text != `{"place":"quay"}` {
		t.Errorf("%+v, %v", a, err)
	}
	_, err = c.against(t, Script{Pieces: []string{"The quay, I believe."}, Stop: provider.StopEnd}).Text(t.Context(), r, nil)
	Wants(t, err, Fault{Name: "an answer that is no JSON", Code: "provider_nonsense", Retry: true, Cost: true})
}

func (c TextCase) length(t *testing.T) {
	a, err := c.against(t, Script{Pieces: harbour[:2], Stop: provider.StopLength, Output: 200}).Text(t.Context(), TextRequest(), nil)
	if err != nil || a.Stop != provider.StopLength {
		t.Errorf("%+v, %v", a, err)
	}
}

func (c TextCase) refused(t *testing.T) {
	_, err := c.against(t, Script{Pieces: harbour[:2], Refused: true}).Text(t.Context(), TextRequest(), nil)
	Wants(t, err, Fault{Name: "a refusal within the answer", Code: "provider_refused", Cost: true})
}

func (c TextCase) broken(t *testing.T) {
	_, err := c.against(t, Script{Pieces: harbour[:2], Broken: true}).Text(t.Context(), TextRequest(), nil)
	if !fault.Is(err, fault.Unavailable) || !provider.MayHaveCost(err) {
		t.Errorf("an error within the answer ends with %v", err)
	}
	if again, _ := provider.Retryable(err); !again {
		t.Errorf("an overloaded server can't be asked again: %v", err)
	}
	Hides(t, err, Secret)
}

func (c TextCase) endless(t *testing.T) {
	_, err := c.against(t, Script{Pieces: harbour}).Text(t.Context(), TextRequest(), nil)
	Wants(t, err, Fault{Name: "an answer without an end", Code: "provider_nonsense", Retry: true, Cost: true})
}

func (c TextCase) halted(t *testing.T) {
	enough := errors.New("enough")
	n := 0
	_, err := c.against(t, Script{Pieces: harbour, Stop: provider.StopEnd}).Text(t.Context(), TextRequest(), func(provider.Delta) error {
		n++
		return enough
	})
	if err != enough || n != 1 { //nolint:errorlint // the very error is promised
		t.Errorf("%v after %d pieces", err, n)
	}
}

func (c TextCase) tooLong(t *testing.T) {
	pieces := make([]string, 33)
	for i := range pieces {
		pieces[i] = strings.Repeat("ab ", 32<<10/3)
	}
	_, err := c.against(t, Script{Pieces: pieces, Stop: provider.StopEnd}).Text(t.Context(), TextRequest(), nil)
	Wants(t, err, Fault{Name: "a text that is too long", Code: "provider_nonsense", Retry: true, Cost: true})
}

func (c TextCase) cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	x := c.against(t, Script{Pieces: harbour, Stop: provider.StopEnd, Quirks: Quirks{Crumbs: true}})
	_, err := x.Text(ctx, TextRequest(), func(provider.Delta) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	_, err = x.Text(ctx, TextRequest(), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("before a call: %v", err)
	}
}

func (c TextCase) maker(t *testing.T) {
	m := c.against(t, Script{}).Maker()
	if m.Kind != provider.Model || m.Provider == "" || m.Model == "" || m.Version == "" {
		t.Errorf("the maker is %+v", m)
	}
}
