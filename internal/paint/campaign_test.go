package paint

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestCampaignPromptsAreUnderstood holds every campaign that comes with the
// program to words that the painter knows, in every language.
func TestCampaignPromptsAreUnderstood(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../../brands/*/campaigns/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatal("the demonstration campaigns are not where they belong")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			for language, prompts := range campaignPrompts(t, path) {
				for _, prompt := range prompts {
					if _, understood, missed := read(prompt); len(missed) > 0 || len(understood) == 0 {
						t.Errorf("%s: %q missed %q", language, prompt, missed)
					}
				}
			}
		})
	}
}

// campaignPrompts are all prompts that a campaign file offers, by language.
func campaignPrompts(t *testing.T, path string) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var campaign struct {
		Hero    string `json:"hero_prompt"`
		Builder map[string][]struct {
			Prompt map[string]string `json:"prompt"`
		} `json:"builder"`
		Surprises map[string][]string `json:"surprises"`
	}
	if err := json.Unmarshal(data, &campaign); err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	if campaign.Hero != "" {
		all["en"] = append(all["en"], campaign.Hero)
	}
	for _, options := range campaign.Builder {
		for _, o := range options {
			for language, prompt := range o.Prompt {
				all[language] = append(all[language], prompt)
			}
		}
	}
	for language, prompts := range campaign.Surprises {
		all[language] = append(all[language], prompts...)
	}
	if len(all) == 0 {
		t.Errorf("%s offers no prompt", path)
	}
	return all
}
