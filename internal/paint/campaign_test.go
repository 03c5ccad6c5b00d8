package paint

import (
	"encoding/json"
	"os"
	"testing"
)

// TestCampaignPromptsAreUnderstood holds the demonstration campaign's builder
// and surprises to words that the painter knows, in every language.
func TestCampaignPromptsAreUnderstood(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../brands/lumipine/campaigns/winter-lights.json")
	if os.IsNotExist(err) {
		t.Skip("the demonstration campaign is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	var campaign struct {
		Builder map[string][]struct {
			Prompt map[string]string `json:"prompt"`
		} `json:"builder"`
		Surprises map[string][]string `json:"surprises"`
	}
	if err := json.Unmarshal(data, &campaign); err != nil {
		t.Fatal(err)
	}
	check := func(language, prompt string) {
		if _, understood, missed := read(prompt); len(missed) > 0 || len(understood) == 0 {
			t.Errorf("%s: %q missed %q", language, prompt, missed)
		}
	}
	for _, options := range campaign.Builder {
		for _, o := range options {
			for language, prompt := range o.Prompt {
				check(language, prompt)
			}
		}
	}
	for language, prompts := range campaign.Surprises {
		for _, prompt := range prompts {
			check(language, prompt)
		}
	}
}
