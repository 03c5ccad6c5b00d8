package house

import (
	"marquee/internal/provider"
	"marquee/internal/provider/anthropic"
	"marquee/internal/provider/azuresafety"
	"marquee/internal/provider/comfyui"
	"marquee/internal/provider/gemini"
	"marquee/internal/provider/guardmodel"
	"marquee/internal/provider/openai"
	"marquee/internal/settings"
)

// KeyFor gives the key that a provider is called with, by its name; configured
// is that of the settings, "" if there is none.
type KeyFor func(name, configured string) provider.Key

// ProviderSet builds all configured providers. Keys come from the settings if
// key is nil. Each name stands for one company or server, with as many of the
// capabilities as it has models for.
func ProviderSet(s *settings.Settings, key KeyFor) (provider.Set, error) {
	if key == nil {
		key = func(_, configured string) provider.Key { return provider.FixedKey(configured) }
	}
	b := builder{
		Settings: s, key: key,
		set: provider.Set{
			Pictures: map[string]provider.Pictures{}, Edits: map[string]provider.Edits{},
			Texts: map[string]provider.Texts{}, Moderators: map[string]provider.Moderators{},
		},
	}
	for _, add := range []func() error{b.openai, b.anthropic, b.gemini, b.comfyui, b.guardModel, b.azureSafety} {
		if err := add(); err != nil {
			return provider.Set{}, err
		}
	}
	return b.set, nil
}

type builder struct {
	*settings.Settings
	key KeyFor
	set provider.Set
}

// put adds what was made, unless that failed.
func put[T provider.Caller](to map[string]T, name string, made T, err error) error {
	if err == nil {
		to[name] = made
	}
	return err
}

func (b *builder) openai() error {
	const name = "openai"
	if b.OpenAIBaseURL == "" && b.OpenAIAPIKey == "" {
		return nil
	}
	with := func(model string) openai.Config {
		return openai.Config{BaseURL: b.OpenAIBaseURL, AzureVersion: b.OpenAIAzureVersion, Key: b.key(name, b.OpenAIAPIKey), Model: model}
	}
	p, err := openai.New(with(b.OpenAIImageModel))
	if err := put[provider.Pictures](b.set.Pictures, name, p, err); err != nil {
		return err
	}
	if b.OpenAIEditModel != "" {
		e, err := openai.NewEdits(with(b.OpenAIEditModel))
		if err := put[provider.Edits](b.set.Edits, name, e, err); err != nil {
			return err
		}
	}
	if b.OpenAITextModel != "" {
		x, err := openai.NewTexts(with(b.OpenAITextModel))
		if err := put[provider.Texts](b.set.Texts, name, x, err); err != nil {
			return err
		}
	}
	if b.OpenAIModerationModel == "" {
		return nil
	}
	m, err := openai.NewModerator(with(b.OpenAIModerationModel))
	return put[provider.Moderators](b.set.Moderators, name, m, err)
}

func (b *builder) anthropic() error {
	const name = "anthropic"
	if b.AnthropicTextModel == "" {
		return nil
	}
	x, err := anthropic.New(anthropic.Config{BaseURL: b.AnthropicBaseURL, Key: b.key(name, b.AnthropicAPIKey), Model: b.AnthropicTextModel})
	return put[provider.Texts](b.set.Texts, name, x, err)
}

func (b *builder) gemini() error {
	const name = "gemini"
	if b.GeminiTextModel == "" && b.GeminiImageModel == "" {
		return nil
	}
	c := gemini.Config{BaseURL: b.GeminiBaseURL, Project: b.VertexProject, Location: b.VertexLocation, Key: b.key(name, b.GeminiAPIKey)}
	if b.VertexKey != "" {
		token, err := gemini.ServiceAccount([]byte(b.VertexKey))
		if err != nil {
			return err
		}
		c.Key = token
	}
	if c.Model = b.GeminiTextModel; c.Model != "" {
		x, err := gemini.NewTexts(c)
		if err := put[provider.Texts](b.set.Texts, name, x, err); err != nil {
			return err
		}
	}
	if c.Model = b.GeminiImageModel; c.Model == "" {
		return nil
	}
	p, err := gemini.NewPictures(c)
	return put[provider.Pictures](b.set.Pictures, name, p, err)
}

func (b *builder) comfyui() error {
	const name = "comfyui"
	if b.ComfyUIBaseURL == "" {
		return nil
	}
	w, err := comfyui.ReadWorkflow([]byte(b.ComfyUIWorkflow))
	if err != nil {
		return err
	}
	p, err := comfyui.New(comfyui.Config{BaseURL: b.ComfyUIBaseURL, Key: b.key(name, ""), Workflow: w})
	return put[provider.Pictures](b.set.Pictures, name, p, err)
}

func (b *builder) guardModel() error {
	const name = "guard-model"
	if b.GuardBaseURL == "" {
		return nil
	}
	x, err := openai.NewTexts(openai.Config{Name: name, BaseURL: b.GuardBaseURL, Key: b.key(name, b.GuardAPIKey), Model: b.GuardModel})
	if err != nil {
		return err
	}
	m, err := guardmodel.New(guardmodel.Config{Family: guardmodel.Family(b.GuardFamily), Texts: x})
	return put[provider.Moderators](b.set.Moderators, name, m, err)
}

func (b *builder) azureSafety() error {
	const name = "azure-safety"
	if b.AzureSafetyEndpoint == "" {
		return nil
	}
	m, err := azuresafety.New(azuresafety.Config{Endpoint: b.AzureSafetyEndpoint, Key: b.key(name, b.AzureSafetyKey)})
	return put[provider.Moderators](b.set.Moderators, name, m, err)
}
