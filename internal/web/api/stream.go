package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"marquee/internal/audience"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/web/problem"
	"marquee/internal/web/tongue"
)

// How an event stream lives.
const (
	// pingEvery keeps proxies from closing a quiet stream.
	pingEvery = 15 * time.Second
	// lookEvery finds events that another node wrote.
	lookEvery = 500 * time.Millisecond
	// streamLife bounds a stream; browsers come back by themselves.
	streamLife = 30 * time.Minute
	// writePatience is how long one write to a slow reader may take.
	writePatience = 20 * time.Second
)

type eventsIn struct {
	ID          string `path:"id" maxLength:"64"`
	LastEventID string `header:"Last-Event-ID" maxLength:"32" doc:"Resumes after this event"`
	Locale      string `query:"locale" maxLength:"35" doc:"Instead of Accept-Language, for callers that can't set it"`
	After       int64  `query:"after" minimum:"0" doc:"Resumes after this event, for callers that can't set the header"`
}

func (a *API) events(ctx context.Context, in *eventsIn) (*huma.StreamResponse, error) {
	p := participant(ctx)
	g, _, err := a.Services.Create.View(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	after := in.After
	if in.LastEventID != "" {
		n, err := strconv.ParseInt(in.LastEventID, 10, 64)
		if err != nil || n < 0 {
			return nil, fault.New(fault.Malformed, "event_id_unreadable", "Last-Event-ID is not one that this stream gave.")
		}
		after = n
	}
	done, ok := a.Limits.Streams.Open(p.ID)
	if !ok {
		return nil, fault.New(fault.Limited, "too_many_streams", "This is open in too many windows. Please close one.").After(5 * time.Second)
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer done()
		_, w := humago.Unwrap(hc)
		s := stream{api: a, w: w, control: http.NewResponseController(w), id: in.ID, after: after, locale: tongue.Choose(problem.Locales(), in.Locale, request(ctx).Header.Get("Accept-Language")), reader: p, over: g.State.Ended()}
		s.run(hc.Context())
	}}, nil
}

// stream tells one generation's events to one reader.
type stream struct {
	api     *API
	w       http.ResponseWriter
	control *http.ResponseController
	id      string
	after   int64
	locale  string
	reader  audience.Participant
	// over is true if nothing more will happen: a reader that has it all
	// already would wait for ever.
	over bool
}

// run tells events until the generation has ended, the reader is gone or the
// server closes.
func (s *stream) run(ctx context.Context) {
	h := s.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	s.w.WriteHeader(http.StatusOK)
	if !s.send("retry: 1000\n\n") {
		return
	}
	wake, stop := s.api.Services.Create.Watch(s.id)
	defer stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	end := time.NewTimer(streamLife)
	defer end.Stop()
	for {
		told := s.after
		if ended := s.tell(ctx); ended || s.over && s.after == told {
			return
		}
		select {
		case <-wake:
		case <-look.C:
		case <-ping.C:
			if !s.send(": still here\n\n") {
				return
			}
		case <-end.C:
			return
		case <-s.api.Closing:
			return
		case <-ctx.Done():
			return
		}
	}
}

// tell sends what is new; true when there will be nothing more to send.
func (s *stream) tell(ctx context.Context) (ended bool) {
	events, err := s.api.Services.Create.Events(ctx, s.id, s.after)
	if err != nil {
		// A database that is away for a moment ends the stream: the reader
		// comes back with the last id, and nothing is told twice or missed.
		if ctx.Err() == nil {
			s.api.Log.WarnContext(ctx, "event stream broke off", "generation", s.id, "cause", err)
		}
		return true
	}
	for _, e := range events {
		data, last := s.words(ctx, e)
		if !s.send(fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", e.Seq, e.Kind, data)) {
			return true
		}
		s.after = e.Seq
		if last {
			return true
		}
	}
	return false
}

// words gives an event's data as a reader sees it: a state gets its sentence,
// a candidate its address. last is true for the state that ends a generation.
func (s *stream) words(ctx context.Context, e create.Event) (data []byte, last bool) {
	switch e.Kind {
	case "state":
		var state struct {
			State   create.GenerationState `json:"state"`
			Code    string                 `json:"code,omitempty"`
			Message string                 `json:"message,omitempty"`
		}
		if err := json.Unmarshal(e.Data, &state); err != nil {
			return e.Data, false
		}
		state.Message = generationMessage(s.locale, state.State, state.Code)
		data, err := json.Marshal(state)
		if err != nil {
			return e.Data, state.State.Ended()
		}
		return data, state.State.Ended()
	case "candidate":
		var told create.CandidateEvent
		if err := json.Unmarshal(e.Data, &told); err != nil {
			return e.Data, false
		}
		_, all, err := s.api.Services.Create.View(ctx, s.reader, s.id)
		if err != nil {
			return e.Data, false // the reader asks for the generation to see it whole
		}
		for _, c := range all {
			if c.ID == told.ID {
				if data, err := json.Marshal(viewCandidate(c)); err == nil {
					return data, false
				}
			}
		}
	}
	return e.Data, false
}

// send writes and flushes; false if the reader is gone.
func (s *stream) send(text string) bool {
	_ = s.control.SetWriteDeadline(time.Now().Add(writePatience)) // a writer without deadlines has none to miss
	if _, err := s.w.Write([]byte(text)); err != nil {
		return false
	}
	return s.control.Flush() == nil
}
