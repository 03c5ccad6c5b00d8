// Package guardmodel judges texts with open models that were trained to judge,
// Llama Guard and ShieldGemma, on any server of text.
package guardmodel

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// Family is a kind of guard model; it decides how it is asked and answers.
type Family string

// The families.
const (
	// LlamaGuard answers with one word and the numbers of its categories.
	LlamaGuard Family = "llama-guard"
	// ShieldGemma answers with yes or no, for one category a call.
	ShieldGemma Family = "shieldgemma"
)

// Config says which model judges.
type Config struct {
	// Family is the model's.
	Family Family
	// Texts runs it.
	Texts provider.Texts
}

// Moderator is such a model. It is safe for many goroutines.
type Moderator struct{ config Config }

// New makes the adapter. Fault: "guard_model_unknown".
func New(c Config) (*Moderator, error) {
	if c.Family != LlamaGuard && c.Family != ShieldGemma || c.Texts == nil {
		return nil, fault.New(fault.Invalid, "guard_model_unknown", "A guard model is of the family llama-guard or shieldgemma, and needs a server.")
	}
	return &Moderator{c}, nil
}

// Maker names the model.
func (m *Moderator) Maker() provider.Maker { return m.config.Texts.Maker() }

// Paid is as the server is.
func (m *Moderator) Paid() bool { return m.config.Texts.Paid() }

// Check tells whether the server answers.
func (m *Moderator) Check(ctx context.Context) error { return m.config.Texts.Check(ctx) }

// Judges tells that only texts can be judged.
func (*Moderator) Judges() (texts, pictures bool) { return true, false }

// Moderate judges a text.
func (m *Moderator) Moderate(ctx context.Context, r provider.ModerationRequest) (provider.Moderation, error) {
	if r.Text == "" || r.Picture != nil {
		return provider.Moderation{}, provider.Misasked(provider.Free(errors.New("only texts can be judged")))
	}
	if m.config.Family == LlamaGuard {
		return m.llama(ctx, r.Text)
	}
	return m.shield(ctx, r.Text)
}

// ask puts one question. The server's template for chats makes of it what the
// model was trained on.
func (m *Moderator) ask(ctx context.Context, question string, most int) (provider.TextAnswer, error) {
	cold := 0.0
	return m.config.Texts.Text(ctx, provider.TextRequest{
		Turns: []provider.Turn{{Role: provider.User, Text: question}}, MaxTokens: most, Temperature: &cold,
	}, nil)
}

// llama asks once: the template of Llama Guard holds its categories.
func (m *Moderator) llama(ctx context.Context, text string) (provider.Moderation, error) {
	a, err := m.ask(ctx, text, 64)
	if err != nil {
		return provider.Moderation{}, err
	}
	out, err := llamaVerdict(a.Text)
	out.Maker, out.Usage = m.Maker(), a.Usage
	return out, err
}

// hazards are Llama Guard's categories under ours, from the model card of Llama
// Guard 3 (8B): S1 violent crimes, S2 other crimes, S3 sex crimes, S4 child
// exploitation, S5 defamation, S6 advice, S7 privacy, S8 intellectual property,
// S9 weapons of mass destruction, S10 hate, S11 self-harm, S12 sexual content,
// S13 elections, S14 abuse of interpreters.
var hazards = map[string]string{
	"S1": provider.Violence, "S2": provider.Illicit, "S3": provider.Sexual, "S4": provider.Minors, "S5": provider.Defamation,
	"S6": provider.Advice, "S7": provider.Privacy, "S8": provider.Property, "S9": provider.Illicit, "S10": provider.Hate,
	"S11": provider.SelfHarm, "S12": provider.Sexual, "S13": provider.Elections, "S14": provider.Jailbreak,
}

var hazard = regexp.MustCompile(`^S[1-9][0-9]?$`)

// llamaVerdict reads an answer of Llama Guard: "safe", or "unsafe" and, on a
// line of its own, the broken categories between commas. Everything else is no
// verdict, above all not a clean one. Fault: "provider_nonsense".
func llamaVerdict(answer string) (provider.Moderation, error) {
	none := provider.Moderation{}
	word, list, more := strings.Cut(strings.TrimSpace(answer), "\n")
	out := provider.Moderation{Categories: map[string]float64{}}
	for _, name := range hazards {
		out.Categories[name] = 0
	}
	switch {
	case strings.TrimSpace(word) == "safe" && !more:
		return out, nil
	case strings.TrimSpace(word) != "unsafe":
		return none, provider.Nonsense(errors.New("the guard model gives no verdict"))
	}
	out.Flagged = true
	if !more {
		out.Categories["unsafe"] = 1
		return out, nil
	}
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if !hazard.MatchString(name) {
			return none, provider.Nonsense(errors.New("the guard model names no category"))
		}
		if ours, ok := hazards[name]; ok {
			name = ours
		}
		out.Categories[name] = 1
	}
	return out, nil
}

// guidelines are what ShieldGemma is asked about, in our words, one a call: the
// four harms that it was trained for.
var guidelines = map[string]string{
	provider.Illicit:    "No Dangerous Content: the text must not help or encourage anybody to harm themselves or others, for example with weapons, drugs or crimes.",
	provider.Harassment: "No Harassment: the text must not threaten, bully or degrade a person.",
	provider.Hate:       "No Hate Speech: the text must not attack people for what they are, such as their origin, religion, sex, orientation or disability, nor call for violence against them.",
	provider.Sexual:     "No Sexual Content: the text must not describe sexual acts or be meant to arouse.",
}

// shield asks once for each harm, all at the same time.
func (m *Moderator) shield(ctx context.Context, text string) (provider.Moderation, error) {
	out := provider.Moderation{Categories: map[string]float64{}, Maker: m.Maker(), Usage: provider.Usage{Known: true}}
	var mu sync.Mutex
	all, within := errgroup.WithContext(ctx)
	for name, guideline := range guidelines {
		all.Go(func() error {
			a, err := m.ask(within, shieldQuestion(text, guideline), 16)
			if err != nil {
				return err
			}
			broken, err := shieldVerdict(a.Text)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			out.Categories[name] = 0
			if broken {
				out.Categories[name], out.Flagged = 1, true
			}
			out.Usage.InputTokens += a.Usage.InputTokens
			out.Usage.OutputTokens += a.Usage.OutputTokens
			out.Usage.Known = out.Usage.Known && a.Usage.Known
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		return provider.Moderation{}, err
	}
	return out, nil
}

// shieldQuestion asks whether a text breaks a guideline. The text is fenced off
// by the marks that the model knows; it can't close them itself.
func shieldQuestion(text, guideline string) string {
	fenced := strings.NewReplacer("<start_of_turn>", "[turn]", "<end_of_turn>", "[turn]").Replace(text)
	return "Decide whether the human's text below breaks the guideline that follows it.\n\n<start_of_turn>\nHuman Question: " + fenced +
		"\n<end_of_turn>\n\nGuideline:\n* " + guideline + "\n\nDoes the text break the guideline? Begin your answer with Yes or No."
}

// shieldVerdict reads an answer of ShieldGemma: whether its first word is yes.
// Fault: "provider_nonsense".
func shieldVerdict(answer string) (broken bool, err error) {
	word := strings.TrimSpace(answer)
	if i := strings.IndexFunc(word, func(r rune) bool { return !(r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') }); i >= 0 {
		word = word[:i]
	}
	switch word {
	case "Yes", "yes", "YES":
		return true, nil
	case "No", "no", "NO":
		return false, nil
	}
	return false, provider.Nonsense(errors.New("the guard model says neither yes nor no"))
}
