package providertest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"

	"marquee/internal/provider"
)

// Script is what a server of text shall answer, whatever API it speaks.
type Script struct {
	// Pieces are the text as it comes.
	Pieces []string
	// Calls are tools that the model calls after the text.
	Calls []provider.ToolCall
	// Stop is why the answer ends; "" breaks it off without an end.
	Stop provider.Stop
	// Refused ends it with the provider's refusal.
	Refused bool
	// Broken ends it with an error among the events: the server is overloaded.
	Broken bool
	// Input and Output are the tokens told.
	Input, Output int64
	Quirks
}

// Quirks are oddities of streams that servers have.
type Quirks struct {
	// CRLF ends lines with both.
	CRLF bool
	// Comments stand between events, and empty lines.
	Comments bool
	// Crumbs sends three bytes at a time, in the middle of characters too.
	Crumbs bool
	// NullFirst begins with an event whose content is null or empty.
	NullFirst bool
	// UsageLast tells the usage after the end of the answer, in an event of its
	// own without any choice.
	UsageLast bool
	// Unknown puts fields and events in that no API has yet.
	Unknown bool
}

// Event is one event of a stream.
type Event struct {
	// Name may be empty.
	Name string
	// Data is JSON, or a word such as [DONE].
	Data string
}

// Speaker puts a script into the events of an API.
type Speaker func(Script) []Event

// Stream is a server that answers every request with a script.
func Stream(speak Speaker, s Script) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, io.LimitReader(r.Body, maxAsked)); err != nil {
			return
		}
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		text := wireForm(speak(s), s.Quirks)
		step := len(text)
		if s.Crumbs {
			step = 3
		}
		for len(text) > 0 {
			n := min(step, len(text))
			if _, err := w.Write(text[:n]); err != nil {
				return // the caller went away, and knows why
			}
			text = text[n:]
			w.(http.Flusher).Flush()
		}
	})
}

func wireForm(events []Event, q Quirks) []byte {
	var b bytes.Buffer
	if q.Comments {
		b.WriteString(": welcome\n\n")
	}
	for _, e := range events {
		if e.Name != "" {
			fmt.Fprintf(&b, "event: %s\n", e.Name)
		}
		fmt.Fprintf(&b, "data: %s\n\n", e.Data)
		if q.Comments {
			b.WriteString(":\n\n: keep-alive\n\n")
		}
	}
	if q.CRLF {
		return []byte(strings.ReplaceAll(b.String(), "\n", "\r\n"))
	}
	return b.Bytes()
}
