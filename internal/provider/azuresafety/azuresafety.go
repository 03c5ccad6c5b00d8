// Package azuresafety judges texts and pictures with Azure AI Content Safety,
// over its REST interface; there is no official Go SDK for it.
package azuresafety

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

const (
	// version is the api-version whose published specification is followed:
	// azure-rest-api-specs, cognitiveservices/ContentSafety, stable/2024-09-01.
	version      = "2024-09-01"
	usualTimeout = 20 * time.Second
	checkTimeout = 5 * time.Second
	// maxText is how many characters the service takes at once.
	maxText = 10_000
	// worst is the highest severity; flagged the one at which a thing is flagged,
	// which the service calls medium.
	worst   = 7
	flagged = 4
)

// Config says where the service is.
type Config struct {
	// Name is what the guard calls this provider; empty means "azure-safety".
	Name string
	// Endpoint is the resource's address, such as
	// https://example.cognitiveservices.azure.com.
	Endpoint string
	// Key is the resource's key.
	Key provider.Key
	// Timeout bounds one judgement; zero means 20 s.
	Timeout time.Duration
	// FirstByte bounds the wait for an answer to begin, Stall the silence within
	// it; zero means as long as Timeout, and 20 s.
	FirstByte, Stall time.Duration
}

// Moderator is the service. It is safe for many goroutines.
type Moderator struct {
	config Config
	base   string
	http   *http.Client
}

// New makes the adapter. Fault: "provider_address_invalid".
func New(c Config) (*Moderator, error) {
	if c.Name == "" {
		c.Name = "azure-safety"
	}
	if c.Timeout == 0 {
		c.Timeout = usualTimeout
	}
	if c.FirstByte == 0 {
		c.FirstByte = c.Timeout
	}
	base, err := wire.Address(c.Endpoint)
	if err != nil {
		return nil, err
	}
	return &Moderator{config: c, base: strings.TrimSuffix(c.Endpoint, "/") + "/contentsafety/", http: wire.New(wire.Options{
		Base: base, Key: c.Key, Header: "Ocp-Apim-Subscription-Key", FirstByte: c.FirstByte, Stall: c.Stall,
	})}, nil
}

// Maker names the service and the version of its interface.
func (m *Moderator) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Model, Provider: m.config.Name, Model: "content-safety", Version: version}
}

// Paid is true.
func (*Moderator) Paid() bool { return true }

// Judges tells that texts and pictures can be judged.
func (*Moderator) Judges() (texts, pictures bool) { return true, true }

// Check lists the resource's blocklists, which costs nothing.
func (m *Moderator) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	var lists struct{}
	return m.ask(ctx, http.MethodGet, "text/blocklists", nil, &lists)
}

// analysis is the service's answer for a text or a picture.
type analysis struct {
	Categories []struct {
		Name     string `json:"category"`
		Severity *int   `json:"severity"`
	} `json:"categoriesAnalysis"`
}

// Moderate judges. Text and picture are judged by a call each.
func (m *Moderator) Moderate(ctx context.Context, r provider.ModerationRequest) (provider.Moderation, error) {
	none := provider.Moderation{}
	if r.Text == "" && r.Picture == nil {
		return none, provider.Misasked(provider.Free(errors.New("there is nothing to judge")))
	}
	if utf8.RuneCountInString(r.Text) > maxText {
		return none, provider.Misasked(provider.Free(errors.New("the text is longer than 10,000 characters")))
	}
	ctx, cancel := context.WithTimeout(ctx, m.config.Timeout)
	defer cancel()
	out := provider.Moderation{Categories: map[string]float64{}, Maker: m.Maker()}
	if r.Text != "" {
		var a analysis
		if err := m.ask(ctx, http.MethodPost, "text:analyze", map[string]any{"text": r.Text, "outputType": "EightSeverityLevels"}, &a); err != nil {
			return none, err
		}
		if err := a.into(&out); err != nil {
			return none, err
		}
	}
	if r.Picture != nil {
		data, err := wire.JPEG(r.Picture)
		if err != nil {
			return none, provider.Misasked(provider.Free(err))
		}
		var a analysis
		if err := m.ask(ctx, http.MethodPost, "image:analyze", map[string]any{"image": map[string]any{"content": data}, "outputType": "FourSeverityLevels"}, &a); err != nil {
			return none, err
		}
		if err := a.into(&out); err != nil {
			return none, err
		}
	}
	return out, nil
}

// categories of the service under ours; others keep their names.
var categories = map[string]string{
	"Hate": provider.Hate, "SelfHarm": provider.SelfHarm, "Sexual": provider.Sexual, "Violence": provider.Violence,
}

// into adds an analysis to a judgement. One that says nothing is none.
func (a analysis) into(out *provider.Moderation) error {
	if len(a.Categories) == 0 {
		return provider.Nonsense(errors.New("no judgement in the answer"))
	}
	for _, c := range a.Categories {
		if c.Name == "" || c.Severity == nil || *c.Severity < 0 || *c.Severity > worst {
			return provider.Nonsense(errors.New("a severity that is none"))
		}
		name, ok := categories[c.Name]
		if !ok {
			name = c.Name
		}
		out.Categories[name] = max(out.Categories[name], float64(*c.Severity)/worst)
		out.Flagged = out.Flagged || *c.Severity >= flagged
	}
	return nil
}

func (m *Moderator) ask(ctx context.Context, method, path string, question, answer any) error {
	var body io.Reader
	if question != nil {
		data, err := json.Marshal(question)
		if err != nil {
			return provider.Misasked(provider.Free(errors.New("the question can't be written")))
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, m.base+path+"?api-version="+version, body)
	if err != nil {
		return provider.Misasked(provider.Free(errors.New("the service's address can't be used")))
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := m.http.Do(req)
	if err != nil {
		return wire.Explain(ctx, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return wire.Explain(ctx, err)
	}
	if json.Unmarshal(data, answer) != nil {
		return provider.Nonsense(errors.New("the answer is not what the API promises"))
	}
	return nil
}
