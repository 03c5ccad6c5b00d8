package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marquee/internal/provider/providertest"
)

// answering runs a command for somebody who types an answer.
func answering(ctx context.Context, typed string, args ...string) (int, string) {
	var out bytes.Buffer
	code := run(ctx, args, terminal{in: strings.NewReader(typed), out: &out, err: &out, env: func(string) (string, bool) { return "", false }})
	return code, out.String()
}

func TestDoctorLive(t *testing.T) {
	t.Parallel()
	p := providertest.NewProxy(t, providertest.OpenAI())
	args := []string{
		"doctor", "--provider", "openai", "--live", "--openai-base-url", p.URL + "/v1", "--openai-api-key", "sk-hush",
		"--openai-image-model", "flux", "--openai-edit-model", "kontext", "--openai-moderation-model", "omni",
	}
	for _, no := range []string{"", "n\n", "what?\n"} {
		code, out := answering(t.Context(), no, args...)
		if code != 0 || p.Calls() != 0 || !strings.Contains(out, "1 picture of 1024×1024") || !strings.Contains(out, "Nothing was asked.") {
			t.Errorf("%q: %d after %d calls\n%s", no, code, p.Calls(), out)
		}
	}
	code, out := answering(t.Context(), "y\n", args...)
	for _, want := range []string{"ok    picture", "ok    inpaint", "ok    outpaint", "ok    variation", "ok    judge text", "ok    judge image", "All is well."} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != 0 || p.Calls() != 6 || strings.Contains(out, "hush") {
		t.Errorf("%d after %d calls\n%s", code, p.Calls(), out)
	}
	p.Do(providertest.Named(t, "401"), -1)
	code, out = answering(t.Context(), "", append(args, "--yes")...)
	if code != 1 || !strings.Contains(out, "BAD   picture") || !strings.Contains(out, "6 of 6 capabilities failed.") || strings.Contains(out, "hush") || strings.Contains(out, providertest.Secret) {
		t.Errorf("%d\n%s", code, out)
	}
}

func TestDoctorLiveOfEachProvider(t *testing.T) {
	t.Parallel()
	workflow := filepath.Join(t.TempDir(), "workflow.json")
	if err := os.WriteFile(workflow, []byte(providertest.Workflow), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		proxy *providertest.Proxy
		args  func(address string) []string
		want  []string
	}{
		"anthropic": {providertest.NewProxy(t, providertest.Anthropic()), func(a string) []string {
			return []string{"--anthropic-base-url", a, "--anthropic-text-model", "claude"}
		}, []string{"ok    text", "31 + 17 tokens", "BAD   structured", "BAD   tools", "the model used no tool"}},
		"gemini": {providertest.NewProxy(t, providertest.Gemini()), func(a string) []string {
			return []string{"--gemini-base-url", a, "--gemini-text-model", "gemini", "--gemini-image-model", "gemini-image"}
		}, []string{"ok    picture", "ok    text", "31 + 17 tokens"}},
		"comfyui": {providertest.NewProxy(t, providertest.NewComfyUI()), func(a string) []string {
			return []string{"--comfyui-base-url", a, "--comfyui-workflow", workflow}
		}, []string{"(free of charge)", "ok    picture", "All is well."}},
		"azure-safety": {providertest.NewProxy(t, providertest.AzureSafety()), func(a string) []string {
			return []string{"--azure-safety-endpoint", a}
		}, []string{"ok    judge text", "ok    judge image", "All is well."}},
		"guard-model": {providertest.NewProxy(t, providertest.Stream(providertest.SpeakOpenAI, providertest.Script{Pieces: []string{"safe"}, Stop: "end"})), func(a string) []string {
			return []string{"--guard-base-url", a + "/v1", "--guard-model", "llama-guard3"}
		}, []string{"ok    judge text", "All is well."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, out := answering(t.Context(), "", append([]string{"doctor", "--provider", name, "--live", "--yes"}, c.args(c.proxy.URL)...)...)
			for _, want := range c.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
		})
	}
}

func TestDoctorLiveWants(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"--provider and --live go together": {"doctor", "--live"},
		"no provider is configured":         {"doctor", "--live", "--provider", "openai"},
		"there is openai":                   {"doctor", "--live", "--provider", "painter", "--openai-api-key", "sk-hush"},
		"a workflow":                        {"doctor", "--live", "--provider", "comfyui", "--comfyui-base-url", "http://127.0.0.1:1"},
	} {
		code, out := answering(t.Context(), "", args...)
		if code == 0 || !strings.Contains(strings.ToLower(out), strings.TrimPrefix(want, "a ")) || strings.Contains(out, "hush") {
			t.Errorf("%v: %d\n%s, want %s", args, code, out, want)
		}
	}
}
