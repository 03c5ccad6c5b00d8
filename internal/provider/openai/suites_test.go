package openai

import (
	"testing"

	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
)

func TestTextSuite(t *testing.T) {
	t.Parallel()
	providertest.RunTexts(t, providertest.TextCase{
		Speak: providertest.SpeakOpenAI,
		New: func(t testing.TB, address string) provider.Texts {
			x, err := NewTexts(at(address, "llama", providertest.Long))
			if err != nil {
				t.Fatal(err)
			}
			return x
		},
	})
}

func TestEditSuite(t *testing.T) {
	t.Parallel()
	for _, model := range []string{"gpt-image-1", "dall-e-2", "flux-kontext"} {
		t.Run(model, func(t *testing.T) {
			t.Parallel()
			providertest.RunEdits(t, providertest.EditCase{
				Kinds: []provider.EditKind{provider.Inpaint, provider.Outpaint, provider.Variation},
				New: func(t testing.TB) provider.Edits {
					e, err := NewEdits(at(providertest.NewProxy(t, providertest.OpenAI()).URL, model, providertest.Long))
					if err != nil {
						t.Fatal(err)
					}
					return e
				},
			})
		})
	}
}

func TestModerationSuite(t *testing.T) {
	t.Parallel()
	providertest.RunModeration(t, providertest.ModerationCase{
		Texts: true, Pictures: true, Hate: true,
		New: func(t testing.TB) provider.Moderators {
			m, err := NewModerator(at(providertest.NewProxy(t, providertest.OpenAI()).URL, "", providertest.Long))
			if err != nil {
				t.Fatal(err)
			}
			return m
		},
	})
}
