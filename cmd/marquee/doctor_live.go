package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"io"
	"slices"
	"strings"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/provider"
	"marquee/internal/settings"
)

// Bounds of a live trial.
const (
	trialWithin = 3 * time.Minute
	trialTokens = 64
	trialSide   = 1024
)

// doctorFlags adds the live trial of one provider to the doctor.
func doctorFlags(set *flag.FlagSet) runner {
	name := set.String("provider", "", "try this provider only; with --live")
	live := set.Bool("live", false, "make real calls, which the provider charges for; asks first")
	yes := set.Bool("yes", false, "do not ask")
	return func(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
		switch {
		case *live && *name != "":
			return tryProvider(ctx, t, s, *name, *yes)
		case *live || *name != "" || *yes:
			return fmt.Errorf("%w: --provider and --live go together", errUsage)
		}
		return doctor(ctx, t, s, words)
	}
}

// prices are the pages where providers say what they charge.
var prices = map[string]string{
	"openai": "https://openai.com/api/pricing/", "anthropic": "https://www.anthropic.com/pricing", "gemini": "https://ai.google.dev/gemini-api/docs/pricing",
	"azure-safety": "https://azure.microsoft.com/pricing/details/content-safety/",
}

// trial is one capability of a provider, ready to be tried.
type trial struct {
	what, model, cost string
	paid              bool
	run               func(context.Context) (string, error)
}

// tryProvider says what a trial costs, asks, and tries each capability once.
func tryProvider(ctx context.Context, t terminal, s *settings.Settings, name string, yes bool) error {
	set, err := house.ProviderSet(s, nil)
	if err != nil {
		return err
	}
	all := trials(set, name)
	if len(all) == 0 {
		known := names(set)
		if len(known) == 0 {
			return fmt.Errorf("%w: no provider is configured; see marquee help config", errUsage)
		}
		return fmt.Errorf("%w: %q is not configured; there is %s", errUsage, name, strings.Join(known, ", "))
	}
	t.say("With your key, %s will be asked for:", name)
	paid := false
	for _, one := range all {
		note := ""
		if !one.paid {
			note = " (free of charge)"
		}
		paid = paid || one.paid
		t.say("  %-11s %s: %s%s", one.what, one.model, one.cost, note)
	}
	if page := prices[name]; paid && page != "" {
		t.say("What that costs: %s", page)
	} else if paid {
		t.say("What that costs is up to whoever runs that server.")
	}
	if !yes {
		fmt.Fprint(t.out, "Go on? [y/N] ")
		answer, err := bufio.NewReader(io.LimitReader(t.in, 64)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading the answer: %w", err)
		}
		if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
			t.say("Nothing was asked.")
			return nil
		}
	}
	bad := 0
	for _, one := range all {
		within, cancel := context.WithTimeout(ctx, trialWithin)
		begun := time.Now()
		told, err := one.run(within)
		cancel()
		if err != nil {
			bad++
			t.say("BAD   %-11s %s", one.what, plainly(err))
			continue
		}
		t.say("ok    %-11s %s, in %s", one.what, told, time.Since(begun).Round(time.Millisecond))
	}
	if bad > 0 {
		t.say("\n%d of %d capabilities failed.", bad, len(all))
		return errQuiet
	}
	t.say("\nAll is well.")
	return nil
}

// names lists the configured providers.
func names(set provider.Set) []string {
	var out []string
	for _, c := range callers(set) {
		out = append(out, c.name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func trials(set provider.Set, name string) []trial {
	var out []trial
	if p, ok := set.Pictures[name]; ok {
		out = append(out, trial{"picture", p.Maker().Model, fmt.Sprintf("1 picture of %d×%d", trialSide, trialSide), p.Paid(), func(ctx context.Context) (string, error) {
			pic, err := p.Picture(ctx, provider.PictureRequest{Prompt: "a lighthouse at dusk, as a screen print", Width: trialSide, Height: trialSide, Seed: 1, User: "doctor"}, nil)
			return seen(pic, err)
		}})
	}
	if e, ok := set.Edits[name]; ok {
		for _, kind := range e.Kinds() {
			out = append(out, trial{string(kind), e.Maker().Model, fmt.Sprintf("1 edited picture of %d×%d", trialSide, trialSide), e.Paid(), func(ctx context.Context) (string, error) {
				pic, err := e.Edit(ctx, trialEdit(kind), nil)
				return seen(pic, err)
			}})
		}
	}
	if x, ok := set.Texts[name]; ok {
		out = append(out, textTrials(x)...)
	}
	if m, ok := set.Moderators[name]; ok {
		texts, pictures := m.Judges()
		if texts {
			out = append(out, trial{"judge text", m.Maker().Model, "1 judgement", m.Paid(), func(ctx context.Context) (string, error) {
				return judged(m.Moderate(ctx, provider.ModerationRequest{Text: "A lighthouse at dusk.", Locale: "en"}))
			}})
		}
		if pictures {
			out = append(out, trial{"judge image", m.Maker().Model, "1 judgement", m.Paid(), func(ctx context.Context) (string, error) {
				return judged(m.Moderate(ctx, provider.ModerationRequest{Picture: dusk()}))
			}})
		}
	}
	return out
}

func textTrials(x provider.Texts) []trial {
	cost := fmt.Sprintf("about 100 tokens in, at most %d out", trialTokens)
	schema := json.RawMessage(`{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}`)
	ask := func(text string) provider.TextRequest {
		return provider.TextRequest{System: "Answer briefly.", MaxTokens: trialTokens, User: "doctor", Turns: []provider.Turn{{Role: provider.User, Text: text}}}
	}
	return []trial{
		{"text", x.Maker().Model, cost, x.Paid(), func(ctx context.Context) (string, error) {
			pieces := 0
			a, err := x.Text(ctx, ask("Greet the lighthouse keeper in one sentence."), func(provider.Delta) error { pieces++; return nil })
			return fmt.Sprintf("%d characters in %d pieces, %d + %d tokens", len([]rune(a.Text)), pieces, a.Usage.InputTokens, a.Usage.OutputTokens), err
		}},
		{"structured", x.Maker().Model, cost, x.Paid(), func(ctx context.Context) (string, error) {
			r := ask("In which city stood the Pharos?")
			r.Schema = schema
			a, err := x.Text(ctx, r, nil)
			return fmt.Sprintf("%d bytes of JSON", len(a.Text)), err
		}},
		{"tools", x.Maker().Model, cost, x.Paid(), func(ctx context.Context) (string, error) {
			r := ask("Use the tool to look up the weather in Alexandria.")
			r.Tools = []provider.Tool{{Name: "weather", Description: "Tells the weather in a city.", Schema: schema}}
			a, err := x.Text(ctx, r, nil)
			if err == nil && len(a.Calls) == 0 {
				err = errors.New("the model used no tool")
			}
			return fmt.Sprintf("%d calls", len(a.Calls)), err
		}},
	}
}

func seen(pic *provider.Picture, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d×%d", pic.Image.Bounds().Dx(), pic.Image.Bounds().Dy()), nil
}

func judged(m provider.Moderation, err error) (string, error) {
	return fmt.Sprintf("%d categories, flagged: %t", len(m.Categories), m.Flagged), err
}

// dusk is a picture of no more than an evening sky.
func dusk() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, trialSide, trialSide))
	for y := range trialSide {
		for x := range trialSide {
			img.SetNRGBA(x, y, color.NRGBA{byte(40 + y/8), byte(30 + y/16), 90, 255})
		}
	}
	return img
}

// trialEdit asks for the lower half of it to be made anew.
func trialEdit(kind provider.EditKind) provider.EditRequest {
	mask := image.NewNRGBA(image.Rect(0, 0, trialSide, trialSide))
	for y := range trialSide / 2 {
		for x := range trialSide {
			mask.SetNRGBA(x, y, color.NRGBA{A: 255})
		}
	}
	r := provider.EditRequest{Kind: kind, Image: dusk(), Mask: mask, Prompt: "a calm sea under the evening sky", Width: trialSide, Height: trialSide, Seed: 1, User: "doctor"}
	if kind == provider.Variation {
		r.Mask = nil
	}
	return r
}
