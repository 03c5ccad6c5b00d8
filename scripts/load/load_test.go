package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func TestQuantile(t *testing.T) {
	t.Parallel()
	var r Result
	if r.Quantile(0.99) != 0 {
		t.Error("nothing has no quantile")
	}
	for i := range 1000 {
		r.sorted = append(r.sorted, time.Duration(i+1))
	}
	for q, want := range map[float64]time.Duration{0: 1, 0.5: 500, 0.99: 990, 0.999: 999, 1: 1000} {
		if got := r.Quantile(q); got != want {
			t.Errorf("%v: %d, want %d", q, got, want)
		}
	}
}

// TestAStallIsCounted is why the generator can be believed: while one request
// hangs, those that were due meanwhile suffer too and are measured from when
// they were due.
func TestAStallIsCounted(t *testing.T) {
	t.Parallel()
	const stall = 300 * time.Millisecond
	var n atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) == 20 {
			time.Sleep(stall) // the stall itself is what is tested
		}
		_, _ = w.Write([]byte("ok"))
	}))
	defer s.Close()
	r, err := Run(t.Context(), Plan{URL: s.URL, Rate: 200, Length: time.Second, Connections: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Sent != 200 || r.Failed != 0 || r.Bytes != 2 {
		t.Errorf("sent %d, failed %d, %d bytes", r.Sent, r.Failed, r.Bytes)
	}
	slow := 0
	for _, d := range r.sorted {
		if d > stall/3 {
			slow++
		}
	}
	// Of the 60 requests that were due during the stall, 40 had to wait for
	// more than a third of it; a generator that waits as well would see one.
	if slow < 30 {
		t.Errorf("only %d requests were slow", slow)
	}
	if !slices.IsSorted(r.sorted) {
		t.Error("the latencies are not in order")
	}
}

func TestFailuresAreCounted(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		switch i := n.Add(1); {
		case i%10 == 0:
			http.Error(w, "no", http.StatusServiceUnavailable)
		case i%10 == 5:
			_, _ = w.Write([]byte("shorter"))
		default:
			_, _ = w.Write([]byte("as long as the first"))
		}
	}))
	defer s.Close()
	r, err := Run(t.Context(), Plan{URL: s.URL, Rate: 500, Length: 200 * time.Millisecond, Connections: 4})
	if err != nil {
		t.Fatal(err)
	}
	if r.Sent != 100 || r.Failed != 20 || r.First == nil {
		t.Errorf("sent %d, failed %d: %v", r.Sent, r.Failed, r.First)
	}
}

func TestPlans(t *testing.T) {
	t.Parallel()
	good := Plan{URL: "http://127.0.0.1:1/", Rate: 1, Length: time.Second, Connections: 1}
	if err := good.check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Plan){
		"address": func(p *Plan) { p.URL = "127.0.0.1" }, "no rate": func(p *Plan) { p.Rate = 0 }, "rate": func(p *Plan) { p.Rate = maxRate + 1 },
		"connections": func(p *Plan) { p.Connections = 0 }, "length": func(p *Plan) { p.Length = 0 }, "long": func(p *Plan) { p.Length = time.Hour },
	} {
		p := good
		change(&p)
		if err := p.check(); err == nil {
			t.Errorf("%s: %+v is accepted", name, p)
		}
	}
}
