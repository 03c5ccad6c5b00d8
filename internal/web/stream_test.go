package web_test

import (
	"encoding/json"
	"slices"
	"testing"

	"marquee/internal/settings"
	"marquee/internal/web/webtest"
)

// TestStreamResumes reads a part of a stream, comes back, and has it all once.
func TestStreamResumes(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil)
	mika := site.Participant("de")
	g := mika.Ask("a red fox in the snow, poster", "emblem")
	first := mika.Events(g.ID, "", func(e webtest.Event) bool { return e.Kind == "candidate" })
	rest := mika.Events(g.ID, first[len(first)-1].ID, nil)
	all := mika.Events(g.ID, "", nil)
	var joined, whole []string
	for _, e := range append(first, rest...) {
		joined = append(joined, e.ID)
	}
	candidates := 0
	for _, e := range all {
		whole = append(whole, e.ID)
		if e.Kind == "candidate" {
			candidates++
			var c struct {
				ImageURL string `json:"image_url"`
				Alt      string
			}
			if err := json.Unmarshal(e.Data, &c); err != nil || c.ImageURL == "" || c.Alt == "" {
				t.Errorf("a candidate's event: %s", e.Data)
			}
		}
	}
	if !slices.Equal(joined, whole) || candidates != 4 {
		t.Errorf("in parts %v, whole %v, %d candidates", joined, whole, candidates)
	}
	last := all[len(all)-1]
	var state struct{ State string }
	if err := json.Unmarshal(last.Data, &state); err != nil || last.Kind != "state" || state.State != "succeeded" {
		t.Errorf("the stream ends with %s %s", last.Kind, last.Data)
	}
	if late := mika.Events(g.ID, last.ID, func(webtest.Event) bool { return true }); len(late) != 0 {
		t.Errorf("after the end: %v", late)
	}
	site.Participant("en").Get("/api/v1/generations/" + g.ID + "/events").Want(404)
}

// TestStreams are bounded for each participant, end when the server closes,
// and refuse places that they did not give.
func TestStreams(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless(), webtest.With(func(s *settings.Settings) { s.Streams = 1 }))
	mika := site.Participant("en")
	g := mika.Ask("a fox", "emblem")
	open := mika.Open(mika.Request("GET", "/api/v1/generations/"+g.ID+"/events", nil))
	defer open.Body.Close()
	if open.StatusCode != 200 || open.Header.Get("X-Accel-Buffering") != "no" || open.Header.Get("Cache-Control") != "no-store, no-transform" {
		t.Errorf("%d %v", open.StatusCode, open.Header)
	}
	if p := mika.Get("/api/v1/generations/" + g.ID + "/events").Want(429).Problem(); p.Code != "too_many_streams" {
		t.Errorf("a second stream: %s", p.Code)
	}
	other := site.Participant("en")
	mine := other.Ask("a fox", "emblem")
	r := other.Request("GET", "/api/v1/generations/"+mine.ID+"/events", nil)
	r.Header.Set("Last-Event-ID", "yesterday")
	if p := other.Send(r).Want(400).Problem(); p.Code != "event_id_unreadable" {
		t.Errorf("a place of another: %s", p.Code)
	}
	site.Server.Close()
	if rest := other.Events(mine.ID, "", nil); len(rest) == 0 {
		t.Error("a stream told nothing before the server closed")
	}
	mika.Delete("/api/v1/generations/" + g.ID).Want(204)
	var now webtest.Generation
	mika.Get("/api/v1/generations/" + g.ID).Want(200).Into(&now)
	if now.State != "cancelled" {
		t.Errorf("after cancelling it is %s", now.State)
	}
}
