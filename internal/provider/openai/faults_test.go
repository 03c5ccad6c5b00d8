package openai

import (
	"context"
	"image"
	"net/http"
	"testing"
	"time"

	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
)

// at configures an adapter for tests of faults.
func at(address, model string, patience time.Duration) Config {
	return Config{
		BaseURL: address + "/v1", Key: provider.FixedKey(providertest.Secret), Model: model,
		FirstByte: patience, Stall: patience, Timeout: providertest.Long,
	}
}

// refusals are what OpenAI's servers and Azure's say instead of an answer.
func refusals() []providertest.Fault {
	refusal := func(name string, status int, kind, code string) providertest.Fault {
		return providertest.NewFault(name, "provider_refused", false, false, providertest.Fail(status, kind, code))
	}
	return []providertest.Fault{
		refusal("refused by moderation", 400, "image_generation_user_error", "moderation_blocked"),
		refusal("refused by policy", 400, "invalid_request_error", "content_policy_violation"),
		refusal("refused by Azure's filter", 400, "", "content_filter"),
	}
}

func notAPicture() providertest.Fault {
	return providertest.NewFault("an image that is not one", "provider_nonsense", true, true, providertest.Answer(b64([]byte("<svg onload=alert(1)>"))))
}

func TestFaultsOfPictures(t *testing.T) {
	t.Parallel()
	r := providertest.Request(512, 512)
	providertest.RunFaults(t, providertest.FaultCase{
		Upstream: providertest.OpenAI(), Own: append(refusals(), notAPicture()), Words: r.Prompt, Bound: 160 << 20,
		Call: func(ctx context.Context, address string, patience time.Duration) error {
			p, err := New(at(address, "flux-dev", patience))
			if err != nil {
				return err
			}
			_, err = p.Picture(ctx, r, nil)
			return err
		},
	})
}

func TestFaultsOfEdits(t *testing.T) {
	t.Parallel()
	r := providertest.EditRequest(provider.Inpaint)
	providertest.RunFaults(t, providertest.FaultCase{
		Upstream: providertest.OpenAI(), Own: append(refusals(), notAPicture()), Words: r.Prompt, Bound: 160 << 20,
		Call: func(ctx context.Context, address string, patience time.Duration) error {
			e, err := NewEdits(at(address, "gpt-image-1", patience))
			if err != nil {
				return err
			}
			_, err = e.Edit(ctx, r, nil)
			return err
		},
	})
}

func TestFaultsOfTexts(t *testing.T) {
	t.Parallel()
	r := providertest.TextRequest()
	providertest.RunFaults(t, providertest.FaultCase{
		Upstream: providertest.OpenAI(), Own: refusals(), Words: r.Turns[0].Text,
		Call: func(ctx context.Context, address string, patience time.Duration) error {
			x, err := NewTexts(at(address, "llama", patience))
			if err != nil {
				return err
			}
			_, err = x.Text(ctx, r, nil)
			return err
		},
	})
}

func TestFaultsOfModeration(t *testing.T) {
	t.Parallel()
	providertest.RunFaults(t, providertest.FaultCase{
		Upstream: providertest.OpenAI(), Words: "a kind sentence",
		Own: []providertest.Fault{providertest.NewFault("a judgement without scores", "provider_nonsense", true, true, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"id":"m","model":"m","results":[{"flagged":false,"categories":{},"category_scores":{}}]}`))
		})},
		Call: func(ctx context.Context, address string, patience time.Duration) error {
			m, err := NewModerator(at(address, "", patience))
			if err != nil {
				return err
			}
			_, err = m.Moderate(ctx, provider.ModerationRequest{Text: "a kind sentence", Picture: image.NewGray(image.Rect(0, 0, 8, 8))})
			return err
		},
	})
}
