package e2e

import (
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"marquee/internal/budget"
	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/comfyui"
	"marquee/internal/provider/openai"
	"marquee/internal/provider/providertest"
)

// bounded is how long participants of these tests wait, in seconds.
const bounded = 3

// ending is how the asking for a picture ended: what docs/faults.md says of it.
type ending struct {
	calls, spent int64
	answer       string
}

// told reads the table of docs/faults.md: fault, calls, spent, answer, why.
func told(t *testing.T) map[string]ending {
	t.Helper()
	data, err := os.ReadFile("../../docs/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]ending{}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 5 {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		calls, err := strconv.ParseInt(cells[1], 10, 64)
		if err != nil {
			continue // the head of the table
		}
		spent, err := strconv.ParseInt(cells[2], 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", cells[0], err)
		}
		out[cells[0]] = ending{calls, spent, cells[3]}
	}
	return out
}

// TestEveryFaultEndsWell lets each fault befall the provider of a campaign: the
// participant has an answer within the campaign's limit, the budget shows what
// may be on the bill and nothing twice, and docs/faults.md says so.
func TestEveryFaultEndsWell(t *testing.T) {
	t.Parallel()
	docs := told(t)
	faults := append(providertest.Faults(),
		providertest.NewFault("an image that is not one", "provider_nonsense", true, true, providertest.Answer(providertest.Image{B64JSON: "AAAA"})),
		providertest.NewFault("a moderation refusal", "provider_refused", false, false, providertest.Fail(400, "image_generation_user_error", "moderation_blocked")))
	for _, f := range faults {
		t.Run(strings.ReplaceAll(f.Name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			proxy := providertest.NewProxy(t, providertest.OpenAI())
			proxy.Do(f, -1)
			p, err := openai.New(openai.Config{BaseURL: proxy.Address(f) + "/v1", Model: "flux-dev"})
			if err != nil {
				t.Fatal(err)
			}
			d := newDoorway(t, nil)
			want, ok := docs[f.Name]
			if !ok {
				t.Error("docs/faults.md has no row on this")
			}
			if got := d.ends(t, p); got != want {
				t.Errorf("%+v; docs/faults.md says %+v", got, want)
			}
		})
	}
	t.Run("an expired asynchronous job", func(t *testing.T) {
		t.Parallel()
		server := providertest.NewComfyUI()
		server.Odd = "forgotten"
		at := httptest.NewServer(server)
		t.Cleanup(at.Close)
		flow, err := comfyui.ReadWorkflow([]byte(providertest.Workflow))
		if err != nil {
			t.Fatal(err)
		}
		p, err := comfyui.New(comfyui.Config{BaseURL: at.URL, Workflow: flow})
		if err != nil {
			t.Fatal(err)
		}
		got := newDoorway(t, nil).ends(t, p)
		got.calls = int64(len(server.Asked())) // one's own server costs no budget
		if want := docs["an expired asynchronous job"]; got != want {
			t.Errorf("%+v; docs/faults.md says %+v", got, want)
		}
	})
}

// ends asks for a picture of a provider, and tells how that ended.
func (d *doorway) ends(t *testing.T, p provider.Pictures) ending {
	t.Helper()
	d.Providers.Pictures["openai"] = p
	d.rec.File.Limits.WaitSeconds = bounded
	begun := time.Now()
	res, err := d.ask(t, "a")
	if took := time.Since(begun); took > 2*bounded*time.Second {
		t.Errorf("it took %s", took) // the bound itself is tested with a clock that stands still
	}
	end := ending{answer: "the painter"}
	if err != nil {
		f, ok := fault.As(err)
		if !ok || f.Detail == "" {
			t.Fatalf("nothing to tell people: %v", err)
		}
		end.answer = "`" + f.Code + "`"
	} else if !res.Fallback {
		end.answer = "the provider"
	}
	costs, err := d.db.Costs(t.Context(), budget.Filter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range costs {
		end.calls += c.Calls
	}
	b, err := d.db.Budget(t.Context(), d.rec.Slug)
	if err != nil {
		t.Fatal(err)
	}
	end.spent = b.Spent
	if b.Reserved != 0 {
		t.Errorf("%d are still reserved", b.Reserved)
	}
	return end
}
