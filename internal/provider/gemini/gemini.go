// Package gemini writes text and makes pictures with Google's models, through
// the official SDK: the Gemini API with a key, or Vertex AI with a project's
// credentials.
package gemini

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"cloud.google.com/go/auth/credentials"
	"google.golang.org/genai"

	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

const (
	official     = "https://generativelanguage.googleapis.com/"
	usualTimeout = 60 * time.Second
	checkTimeout = 5 * time.Second
	usualTokens  = 1024
)

// Config says how to reach Google.
type Config struct {
	// Name is what campaigns call this provider; empty means "gemini".
	Name string
	// BaseURL is the server's address; empty for Google's own.
	BaseURL string
	// Project and Location choose Vertex AI; both empty mean the Gemini API.
	Project, Location string
	// Key is the API key of the Gemini API, or gives the access token for
	// Vertex AI: see ServiceAccount.
	Key provider.Key
	// Model is the name of the model, such as "gemini-3-flash".
	Model string
	// Timeout bounds one call as a whole; zero means 60 s.
	Timeout time.Duration
	// FirstByte bounds the wait for an answer to begin, Stall the silence within
	// it; zero means as long as Timeout, and 20 s.
	FirstByte, Stall time.Duration
}

// ServiceAccount gives access tokens for Vertex AI from the JSON of a service
// account's key, and renews them. Fault: "provider_key".
func ServiceAccount(json []byte) (provider.Key, error) {
	c, err := credentials.NewCredentialsFromJSON(credentials.ServiceAccount, json, &credentials.DetectOptions{
		Scopes: []string{"https://www.googleapis.com/auth/cloud-platform"},
		Client: &http.Client{Timeout: checkTimeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	})
	if err != nil {
		return nil, provider.KeyRejected(provider.Free(errors.New("the file holds no service account's key")))
	}
	return func(ctx context.Context) (string, error) {
		token, err := c.Token(ctx)
		if err != nil {
			return "", errors.New("the service account gets no access token")
		}
		return token.Value, nil
	}, nil
}

// server is one model at Google's. It is safe for many goroutines.
type server struct {
	config Config
	client *genai.Client
}

func newServer(c Config, limit int64, types []string) (server, error) {
	if c.Model == "" {
		return server{}, fault.New(fault.Invalid, "provider_model_missing", "Say which model of this provider to use, in its -model setting.")
	}
	if c.Name == "" {
		c.Name = "gemini"
	}
	if c.Timeout == 0 {
		c.Timeout = usualTimeout
	}
	if c.FirstByte == 0 {
		c.FirstByte = c.Timeout
	}
	// Everything is said outright, because the SDK reads GOOGLE_* variables for
	// what is left out, and those are no settings of this program. The key is
	// put in by the line; the SDK only wants some word.
	set := &genai.ClientConfig{Backend: genai.BackendGeminiAPI, APIKey: "in-the-line"}
	line := wire.Options{Key: c.Key, Header: "X-Goog-Api-Key", FirstByte: c.FirstByte, Stall: c.Stall, MaxBody: limit, Types: types}
	address := c.BaseURL
	if c.Project != "" || c.Location != "" {
		if c.Project == "" || c.Location == "" {
			return server{}, fault.New(fault.Invalid, "provider_address_invalid", "Vertex AI needs both a project and a location.")
		}
		set = &genai.ClientConfig{Backend: genai.BackendVertexAI, Project: c.Project, Location: c.Location}
		line.Header, line.Prefix = "Authorization", "Bearer "
		if address == "" {
			address = vertex(c.Location)
		}
	}
	if address == "" {
		address = official
	}
	base, err := wire.Address(address)
	if err != nil {
		return server{}, err
	}
	line.Base = base
	set.HTTPClient = wire.New(line)
	set.HTTPOptions = genai.HTTPOptions{BaseURL: strings.TrimSuffix(address, "/") + "/", RetryOptions: &genai.HTTPRetryOptions{Attempts: genai.Ptr[int32](1)}}
	client, err := genai.NewClient(context.Background(), set)
	if err != nil {
		return server{}, fault.New(fault.Invalid, "provider_address_invalid", "The provider's address must look like https://host/v1.").Because(err)
	}
	return server{config: c, client: client}, nil
}

// vertex is the server of a location.
func vertex(location string) string {
	if location == "global" {
		return "https://aiplatform.googleapis.com/"
	}
	return fmt.Sprintf("https://%s-aiplatform.googleapis.com/", location)
}

// Maker names the model.
func (s *server) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Model, Provider: s.config.Name, Model: s.config.Model, Version: s.config.Model}
}

// Paid is true.
func (*server) Paid() bool { return true }

// Check asks for the model's entry, which costs nothing.
func (s *server) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	_, err := s.client.Models.Get(ctx, s.config.Model, nil)
	return wire.Explain(ctx, err)
}

// refusals are the reasons to end an answer that mean: not this.
var refusals = map[genai.FinishReason]bool{
	genai.FinishReasonSafety: true, genai.FinishReasonRecitation: true, genai.FinishReasonBlocklist: true,
	genai.FinishReasonProhibitedContent: true, genai.FinishReasonSPII: true, genai.FinishReasonImageSafety: true,
	genai.FinishReasonImageProhibitedContent: true, genai.FinishReasonImageRecitation: true,
}

// refused gives the refusal that an answer holds, nil if there is none.
func refused(r *genai.GenerateContentResponse) error {
	if r.PromptFeedback != nil && r.PromptFeedback.BlockReason != "" {
		return provider.Refused(provider.Costly(errors.New("the prompt was blocked")))
	}
	for _, c := range r.Candidates {
		if refusals[c.FinishReason] {
			return provider.Refused(provider.Costly(errors.New("the answer was blocked")))
		}
	}
	return nil
}

func usage(u *genai.GenerateContentResponseUsageMetadata) provider.Usage {
	return provider.Usage{
		InputTokens: int64(u.PromptTokenCount) + int64(u.ToolUsePromptTokenCount), OutputTokens: int64(u.CandidatesTokenCount) + int64(u.ThoughtsTokenCount),
		Known: true,
	}
}

// explain is wire.Explain for an error of the SDK, which gives errors within a
// stream as its own type.
func explain(ctx context.Context, err error) error {
	var api genai.APIError
	if errors.As(err, &api) {
		s := wire.InBand([]byte(fmt.Sprintf(`{"status":%q}`, api.Status)))
		if api.Code >= http.StatusBadRequest && api.Code < 600 {
			s.Status = api.Code
		}
		return wire.Explain(ctx, s)
	}
	return wire.Explain(ctx, err)
}
