package openai

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/openai/openai-go/v3"

	"marquee/internal/provider"
	"marquee/internal/provider/wire"
)

// Moderator judges texts and pictures with the moderation API.
type Moderator struct {
	server
	moderations openai.ModerationService
}

// NewModerator makes the adapter; the model is omni-moderation-latest if the
// configuration names none. Faults are those of New.
func NewModerator(c Config) (*Moderator, error) {
	if c.Model == "" {
		c.Model = string(openai.ModerationModelOmniModerationLatest)
	}
	s, err := newServer(c, wire.MaxJSON, wire.JSON)
	if err != nil {
		return nil, err
	}
	// OpenAI does not charge for it: https://platform.openai.com/docs/guides/moderation
	s.paid = c.BaseURL != ""
	return &Moderator{server: s, moderations: openai.NewModerationService(s.options...)}, nil
}

// Judges tells that texts and pictures can be judged.
func (*Moderator) Judges() (texts, pictures bool) { return true, true }

// Moderate asks for a judgement.
func (m *Moderator) Moderate(ctx context.Context, r provider.ModerationRequest) (provider.Moderation, error) {
	none := provider.Moderation{}
	var input []openai.ModerationMultiModalInputUnionParam
	if r.Text != "" {
		input = append(input, openai.ModerationMultiModalInputParamOfText(r.Text))
	}
	if r.Picture != nil {
		data, err := wire.JPEG(r.Picture)
		if err != nil {
			return none, provider.Misasked(provider.Free(err))
		}
		input = append(input, openai.ModerationMultiModalInputParamOfImageURL(openai.ModerationImageURLInputImageURLParam{
			URL: "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data),
		}))
	}
	if len(input) == 0 {
		return none, provider.Misasked(provider.Free(errors.New("there is nothing to judge")))
	}
	ctx, cancel := m.bounded(ctx)
	defer cancel()
	resp, err := m.moderations.New(ctx, openai.ModerationNewParams{
		Input: openai.ModerationNewParamsInputUnion{OfModerationMultiModalArray: input},
		Model: openai.ModerationModel(m.config.Model),
	})
	if err != nil {
		return none, wire.Explain(ctx, err)
	}
	return m.judgement(resp)
}

// judgement puts the scores under Marquee's own categories. A judgement without
// scores is none.
func (m *Moderator) judgement(resp *openai.ModerationNewResponse) (provider.Moderation, error) {
	out := provider.Moderation{Categories: map[string]float64{}, Maker: m.Maker()}
	for _, result := range resp.Results {
		var scores map[string]float64
		if err := json.Unmarshal([]byte(result.CategoryScores.RawJSON()), &scores); err != nil || len(scores) == 0 || !result.JSON.Flagged.Valid() {
			return provider.Moderation{}, provider.Nonsense(errors.New("a judgement without scores"))
		}
		out.Flagged = out.Flagged || result.Flagged
		for name, score := range scores {
			if !(score >= 0 && score <= 1) {
				return provider.Moderation{}, provider.Nonsense(errors.New("a score that is none"))
			}
			if ours, ok := categories[name]; ok {
				name = ours
			}
			out.Categories[name] = max(out.Categories[name], score)
		}
	}
	if len(out.Categories) == 0 {
		return provider.Moderation{}, provider.Nonsense(errors.New("no judgement in the answer"))
	}
	return out, nil
}

// categories of the API under ours; the others keep their names.
var categories = map[string]string{
	"harassment": provider.Harassment, "harassment/threatening": provider.Harassment,
	"hate": provider.Hate, "hate/threatening": provider.Hate,
	"illicit": provider.Illicit, "illicit/violent": provider.Illicit,
	"self-harm": provider.SelfHarm, "self-harm/intent": provider.SelfHarm, "self-harm/instructions": provider.SelfHarm,
	"sexual": provider.Sexual, "sexual/minors": provider.Minors,
	"violence": provider.Violence, "violence/graphic": provider.Violence,
}
