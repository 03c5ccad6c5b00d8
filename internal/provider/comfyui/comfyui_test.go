package comfyui

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
)

func at(t testing.TB, address string, patience time.Duration) *Pictures {
	t.Helper()
	w, err := ReadWorkflow([]byte(providertest.Workflow))
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(Config{
		BaseURL: address, Key: provider.FixedKey(providertest.Secret), Workflow: w,
		FirstByte: patience, Stall: patience, Timeout: providertest.Long,
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSuite(t *testing.T) {
	t.Parallel()
	providertest.Run(t, providertest.Case{
		Kind: provider.Model, Seeded: true, Steps: true,
		New: func(t testing.TB) provider.Pictures {
			_, p := providertest.AtComfyUI(t, "")
			return at(t, p.URL, providertest.Long)
		},
		Away: func(t testing.TB) provider.Pictures {
			_, p := providertest.AtComfyUI(t, "")
			return at(t, p.Address(providertest.Named(t, "connection refused")), providertest.Long)
		},
		Busy: func(t testing.TB) (provider.Pictures, <-chan struct{}) {
			_, p := providertest.AtComfyUI(t, "silent")
			begun := make(chan struct{}, 1)
			begun <- struct{}{}
			return at(t, p.URL, providertest.Long), begun
		},
	})
}

// TestFaults lets every fault befall the queueing, and then the fetching.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/prompt", "/view"} {
		t.Run(strings.Trim(path, "/"), func(t *testing.T) {
			t.Parallel()
			providertest.RunFaults(t, providertest.FaultCase{
				Upstream: providertest.NewComfyUI(), Bound: 160 << 20, Words: providertest.Request(1, 1).Prompt,
				Fetches: path == "/view", Spare: func(r *http.Request) bool { return r.URL.Path != path },
				Call: func(ctx context.Context, address string, patience time.Duration) error {
					_, err := at(t, address, patience).Picture(ctx, providertest.Request(512, 512), nil)
					return err
				},
			})
		})
	}
}

func TestJobs(t *testing.T) {
	t.Parallel()
	for odd, code := range map[string]string{
		"error": "provider_unavailable", "interrupted": "provider_unavailable", "forgotten": "provider_unavailable",
		"silent": "provider_timeout", "cut": "provider_nonsense", "nonsense": "provider_nonsense",
		"empty": "provider_nonsense", "not a picture": "provider_nonsense",
	} {
		t.Run(odd, func(t *testing.T) {
			t.Parallel()
			_, p := providertest.AtComfyUI(t, odd)
			patience := providertest.Long
			if odd == "silent" {
				patience = 1500 * time.Millisecond
			}
			pic, err := at(t, p.URL, patience).Picture(t.Context(), providertest.Request(512, 512), nil)
			if pic != nil {
				t.Error("a picture")
			}
			providertest.Wants(t, err, providertest.Fault{Name: odd, Code: code, Retry: true, Cost: true})
			providertest.Hides(t, err, providertest.Secret)
		})
	}
}

// TestCancelling wants the server told that nobody waits any more.
func TestCancelling(t *testing.T) {
	t.Parallel()
	s, p := providertest.AtComfyUI(t, "silent")
	ctx, cancel := context.WithCancel(t.Context())
	_, err := at(t, p.URL, providertest.Long).Picture(ctx, providertest.Request(512, 512), func(f float64) {
		if f > 0.5 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if got := s.Stopped(); !reflect.DeepEqual(got, []string{"/queue job-1", "/interrupt job-1"}) {
		t.Errorf("the server was told %q", got)
	}
}

func TestWhatIsAsked(t *testing.T) {
	t.Parallel()
	s, p := providertest.AtComfyUI(t, "")
	r := providertest.Request(1021, 300)
	if _, err := at(t, p.URL, providertest.Long).Picture(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	asked := s.Asked()[0]
	in := func(node, input string) any { return asked[node].(map[string]any)["inputs"].(map[string]any)[input] }
	if in("6", "text") != r.Prompt || in("5", "width") != 1024.0 || in("5", "height") != 304.0 || in("3", "seed") != 7.0 || in("3", "steps") != 20.0 {
		t.Errorf("asked for %v", asked)
	}
	if at(t, p.URL, 0).config.Workflow.Nodes["6"].Inputs["text"] != "" {
		t.Error("a request changed the workflow")
	}
}

func TestWorkflows(t *testing.T) {
	t.Parallel()
	for what, change := range map[string][2]string{
		"not JSON":              {`{"model"`, `{model`},
		"model has no name":     {`"flux-dev"`, `""`},
		"where the prompt goes": {`"prompt":"6.text",`, ``},
		"place \"7.seed\"":      {`"3.seed"`, `"7.seed"`},
		"place \"3.sead\"":      {`"3.seed"`, `"3.sead"`},
		"place \"seed\"":        {`"3.seed"`, `"seed"`},
		"no input \"colour\"":   {`"seed":"3.seed"`, `"colour":"3.seed"`},
		"no output node \"12\"": {`"output":"9"`, `"output":"12"`},
		"larger than 1 MB":      {`"KSampler"`, `"` + strings.Repeat("K", 1<<20) + `"`},
	} {
		_, err := ReadWorkflow([]byte(strings.Replace(providertest.Workflow, change[0], change[1], 1)))
		if !fault.HasCode(err, "workflow_invalid") || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := New(Config{BaseURL: "http://127.0.0.1:8188"}); !fault.HasCode(err, "workflow_invalid") {
		t.Errorf("without a workflow: %v", err)
	}
}

// FuzzMessages wants progress to be a share, and nothing to end a job but what
// is said about it.
func FuzzMessages(f *testing.F) {
	for _, text := range []string{
		`{"type":"progress","data":{"value":3,"max":20,"prompt_id":"j","node":"3"}}`, `{"type":"executing","data":{"node":null,"prompt_id":"j"}}`,
		`{"type":"executing","data":{"node":"3","prompt_id":"j"}}`, `{"type":"execution_success","data":{"prompt_id":"j"}}`,
		`{"type":"execution_error","data":{"prompt_id":"j"}}`, `{"type":"status","data":{"status":{"exec_info":{"queue_remaining":1}}}}`,
		`{"type":"progress","data":{"value":-3,"max":1e-300,"prompt_id":"j"}}`, `[]`, ``, `{"data":7}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		step, ended, err := read(data, "j")
		if !(step >= 0 && step <= 1) {
			t.Errorf("a share of %v", step)
		}
		if ended && (err != nil || !strings.Contains(string(data), "j")) {
			t.Errorf("%q ended a job", data)
		}
	})
}

func FuzzWorkflow(f *testing.F) {
	f.Add([]byte(providertest.Workflow))
	f.Add([]byte(`{"model":"m","inputs":{"prompt":"a.b"},"output":"a","workflow":{"a":{"inputs":{"b":null}}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := ReadWorkflow(data)
		if err != nil {
			return
		}
		nodes, err := w.fill(providertest.Request(512, 512))
		if err != nil {
			t.Fatal(err)
		}
		id, input, _ := strings.Cut(w.Inputs["prompt"], ".")
		if nodes[id].Inputs[input] != providertest.Request(1, 1).Prompt && len(w.Inputs) == 1 {
			t.Errorf("the prompt is not in its place: %v", nodes)
		}
	})
}
