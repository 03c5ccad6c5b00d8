package webtest

import (
	"bufio"
	"encoding/json"
	"strings"
)

// Generation is a generation as a client reads it.
type Generation struct {
	ID, State, Code, Message string
	Candidates               []struct {
		ID       string
		ImageURL string `json:"image_url"`
		Alt      string
	}
}

// Creation is a creation as a client reads it.
type Creation struct {
	ID, State   string
	Revision    int
	Composition json.RawMessage
	ImageURL    string `json:"image_url"`
	Entry       *struct{ ID, State, Reason string }
}

// Event is one event of a stream.
type Event struct {
	ID, Kind string
	Data     json.RawMessage
}

// Ask asks for a generation and gives its id.
func (c *Client) Ask(prompt string, marks ...string) Generation {
	c.site.t.Helper()
	var g Generation
	c.Post("/api/v1/campaigns/"+Campaign+"/generations", map[string]any{"prompt": prompt, "marks": marks, "aspect": "square", "seed": 7}).Want(202).Into(&g)
	return g
}

// Events reads a generation's events after an id until the stream ends, or
// until enough says so.
func (c *Client) Events(generation, after string, enough func(Event) bool) []Event {
	c.site.t.Helper()
	r := c.Request("GET", "/api/v1/generations/"+generation+"/events", nil)
	if after != "" {
		r.Header.Set("Last-Event-ID", after)
	}
	res := c.Open(r)
	defer res.Body.Close()
	if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		c.site.t.Fatalf("the stream answered %d %s", res.StatusCode, res.Header.Get("Content-Type"))
	}
	var out []Event
	var e Event
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			e.ID = value
		case "event":
			e.Kind = value
		case "data":
			e.Data = json.RawMessage(value)
		case "":
			if e.Kind != "" {
				out = append(out, e)
				if enough != nil && enough(e) {
					return out
				}
			}
			e = Event{}
		}
	}
	return out
}

// Make has a creation made from words: asked for, waited for, chosen.
func (c *Client) Make(prompt string, marks ...string) Creation {
	c.site.t.Helper()
	g := c.Ask(prompt, marks...)
	c.Events(g.ID, "", nil)
	c.Get("/api/v1/generations/" + g.ID).Want(200).Into(&g)
	if g.State != "succeeded" || len(g.Candidates) == 0 {
		c.site.t.Fatalf("the generation is %s %s", g.State, g.Code)
	}
	var creation Creation
	c.Post("/api/v1/creations", map[string]any{"generation_id": g.ID, "candidate_id": g.Candidates[0].ID}).Want(201).Into(&creation)
	return creation
}

// Enter hands a creation in and gives the entry's id.
func (c *Client) Enter(creation, title, name string) string {
	c.site.t.Helper()
	var e struct{ ID string }
	c.Post("/api/v1/creations/"+creation+"/entry", map[string]any{"title": title, "display_name": name}).Want(201).Into(&e)
	return e.ID
}

// Decide decides the newest waiting item about a subject, as staff.
func (c *Client) Decide(subject, decision, reason string) Answer {
	c.site.t.Helper()
	state := "waiting"
	if decision == "takedown" {
		state = "published"
	}
	var page struct {
		Items []struct {
			ID        string
			SubjectID string `json:"subject_id"`
		}
	}
	c.Get("/api/v1/review/items?limit=100&state=" + state).Want(200).Into(&page)
	for _, i := range page.Items {
		if i.SubjectID == subject {
			return c.Post("/api/v1/review/items/"+i.ID+"/decision", map[string]any{"decision": decision, "reason": reason})
		}
	}
	c.site.t.Fatalf("there is no %s item about %s", state, subject)
	return Answer{}
}
