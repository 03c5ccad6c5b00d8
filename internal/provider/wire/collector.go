package wire

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"marquee/internal/provider"
)

// Bounds on an answer in text.
const (
	// MaxText bounds the text, in bytes.
	MaxText = 1 << 20
	// MaxCalls bounds the tools that a model calls in one answer.
	MaxCalls = 32
	// MaxToolInput bounds the input of one of them, in bytes.
	MaxToolInput = 256 << 10
)

// Collector puts the pieces of a streamed answer together and hands them on,
// each as whole UTF-8: a character whose bytes are spread over two pieces goes
// with the second.
type Collector struct {
	each func(provider.Delta) error
	text strings.Builder
	half []byte
}

// NewCollector hands pieces on to each, which may be nil.
func NewCollector(each func(provider.Delta) error) *Collector { return &Collector{each: each} }

// Add takes the next piece. Its error is that of each, as it is, or a
// "provider_nonsense" if the answer has no end.
func (c *Collector) Add(piece string) error {
	whole := append(c.half, piece...)
	c.half = nil
	if n := unfinished(whole); n > 0 {
		c.half = append([]byte(nil), whole[len(whole)-n:]...)
		whole = whole[:len(whole)-n]
	}
	return c.give(strings.ToValidUTF8(string(whole), string(utf8.RuneError)))
}

func (c *Collector) give(text string) error {
	if text == "" {
		return nil
	}
	if c.text.Len()+len(text) > MaxText {
		return provider.Nonsense(errors.New("the text is too long"))
	}
	c.text.WriteString(text)
	if c.each == nil {
		return nil
	}
	if err := c.each(provider.Delta{Text: text}); err != nil {
		return &halted{err}
	}
	return nil
}

// End gives the whole text, after a last piece if half a character was left.
func (c *Collector) End() (string, error) {
	if len(c.half) > 0 {
		c.half = nil
		if err := c.give(string(utf8.RuneError)); err != nil {
			return "", err
		}
	}
	return c.text.String(), nil
}

// Answer ends the text and gives it with what else was collected; why it
// stopped is for the adapter to say. A tool that takes nothing is given an empty
// object. The error is the caller's own.
func (c *Collector) Answer(calls []provider.ToolCall, maker provider.Maker, usage provider.Usage) (provider.TextAnswer, error) {
	text, err := c.End()
	if err != nil {
		return provider.TextAnswer{}, CallersOwn(err)
	}
	for i := range calls {
		if len(calls[i].Input) == 0 {
			calls[i].Input = json.RawMessage("{}")
		}
	}
	return provider.TextAnswer{Text: text, Calls: calls, Maker: maker, Usage: usage}, nil
}

// halted carries the error of a caller that wants no more pieces.
type halted struct{ error }

func (h *halted) Unwrap() error { return h.error }

// CallersOwn gives the error of each as it was, if it is that which ended the
// stream, and any other error as it is.
func CallersOwn(err error) error {
	var h *halted
	if errors.As(err, &h) {
		return h.error
	}
	return err
}

// unfinished counts the bytes at the end that begin a character and do not end
// it.
func unfinished(b []byte) int {
	for n := 1; n <= min(len(b), utf8.UTFMax-1); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}
