package generate

import (
	"context"
	"crypto/sha256"
	"image"
	"slices"
	"strings"
	"sync"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/guard"
	"marquee/internal/guard/sight/ocr"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

// Subject is a text that is to be judged, with what is known around it.
type Subject struct {
	Campaign campaign.Record
	// Stage says what the text is.
	Stage policy.Stage
	Text  string
	// Guard says where it comes from; what the campaign has settled is added.
	Guard guard.Context
	// Own is true for a text that the campaign itself offers: nobody's free text.
	Own bool
	// Key names what it is part of, for the budget of moderators.
	Key string
	// User is the pseudonym of who wrote it, Age their band as policy has it,
	// and History what became of what they wrote in the last day.
	User    string
	Age     string
	History policy.History
}

// input is what policy is told of a text.
func (d *Door) input(ctx context.Context, s Subject) policy.Input {
	reading := s.Campaign.File.Reading(s.Guard)
	in := policy.Input{
		Stage: s.Stage, Campaign: s.Campaign.Slug, Brand: s.Campaign.File.Kit, Market: s.Guard.Market, Locale: s.Guard.Locale,
		Age: s.Age, History: s.History, Topics: reading.Topics, Findings: d.Guard.Text(ctx, s.Text, reading),
	}
	if s.Own {
		in.Findings = without(in.Findings, policy.UncoveredKind)
	}
	return in
}

// Judge gives the verdict on a text by the built-in checks alone. What matters
// goes by JudgeText.
func (d *Door) Judge(ctx context.Context, s Subject) policy.Verdict {
	return d.Policy.Decide(ctx, d.input(ctx, s))
}

// JudgeText gives the verdict on a text: by the built-in checks, and by every
// moderator that the campaign has for its texts, whose findings are added. A
// check that fails, built-in or hosted, is a finding that holds; a moderator
// that does not answer holds too, unless a pack names the built-in checks
// sufficient at the stage. What the built-in checks deny is asked of nobody
// else. Moderators cover languages that the built-in lists do not.
func (d *Door) JudgeText(ctx context.Context, s Subject) policy.Verdict {
	in := d.input(ctx, s)
	v := d.Policy.Decide(ctx, in)
	if v.Outcome == policy.Deny {
		return v
	}
	// What may not leave the house does not leave it for a moderator either.
	e := d.errand(Moderation, s.Campaign, s.Guard.Market, s.Key, s.User)
	more, covered := d.moderate(ctx, e, provider.ModerationRequest{Text: guard.Redact(s.Text, in.Findings), Locale: s.Guard.Locale})
	if covered {
		in.Findings = without(in.Findings, policy.UncoveredKind)
	} else if len(more) == 0 {
		return v
	}
	in.Findings = append(in.Findings, more...)
	return d.Policy.Decide(ctx, in)
}

// Soften proposes a text in place of one that is to be rewritten, and checks
// it as the first was; ok is false if there is none that passes.
func (d *Door) Soften(ctx context.Context, s Subject, v policy.Verdict) (softer string, ok bool) {
	softer, ok = d.Policy.Soften(ctx, s.Text, s.Guard.Locale, v)
	if !ok {
		return "", false
	}
	s.Text = softer
	return softer, d.JudgeText(ctx, s).Outcome == policy.Allow
}

// without leaves findings of a kind out.
func without(found []policy.Finding, kind string) []policy.Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f policy.Finding) bool { return f.Kind == kind })
}

// judgePicture gives the verdict on a picture, in the same way.
func (d *Door) judgePicture(ctx context.Context, e errand, img image.Image, by provider.Maker) policy.Verdict {
	in := policy.Input{
		Stage: policy.Picture, Campaign: e.campaign.Slug, Brand: e.campaign.File.Kit, Market: e.market,
		Model: policy.Model{Kind: string(by.Kind), Provider: by.Provider, Name: by.Model, Version: by.Version},
	}
	if by.Kind == provider.Painter {
		in.Findings = d.Guard.Painted(ctx, img)
		return d.Policy.Decide(ctx, in)
	}
	in.Findings = d.Guard.Picture(ocr.From(ctx, ocr.Origin{Locales: e.campaign.File.Locales}), img)
	v := d.Policy.Decide(ctx, in)
	if v.Outcome == policy.Deny {
		return v
	}
	e.capability = Moderation
	more, _ := d.moderate(ctx, e, provider.ModerationRequest{Picture: img})
	in.Findings = append(in.Findings, more...)
	return d.Policy.Decide(ctx, in)
}

// kinds are the guard's words for the moderators' categories. Those that have
// none keep their own, which no rule knows, so that they hold.
var kinds = map[string]string{
	provider.Hate: "hate", provider.Harassment: "harassment", provider.Sexual: "sexual", provider.Minors: "minors",
	provider.Violence: "violence", provider.SelfHarm: "self_harm", provider.Jailbreak: "injection",
	provider.Privacy: "personal_data", provider.Property: "third_party_mark", provider.Advice: "claim",
}

// suspicious is the score from which on a moderator's category is a finding.
const suspicious = 0.5

// findings puts a moderation into the guard's words.
func findings(name string, m provider.Moderation) []policy.Finding {
	var out []policy.Finding
	for category, score := range m.Categories {
		if score < suspicious {
			continue
		}
		kind, ok := kinds[category]
		if !ok {
			kind = "moderator_" + category
		}
		out = append(out, policy.Finding{Detector: "moderator/" + name, Kind: kind, Score: min(score, 1), Evidence: category})
	}
	if m.Flagged && len(out) == 0 {
		out = append(out, policy.Finding{Detector: "moderator/" + name, Kind: "moderator_flagged", Score: 1})
	}
	return out
}

// moderate asks all the campaign's moderators at once, through budget and
// faults but not through the guard. One that does not answer is a finding.
// covered tells that at least one looked at it and none failed.
func (d *Door) moderate(ctx context.Context, e errand, r provider.ModerationRequest) (out []policy.Finding, covered bool) {
	names := slices.DeleteFunc(slices.Clone(e.campaign.File.Route(string(Moderation), e.market).Providers), func(name string) bool {
		p := d.Providers.Moderators[name]
		if p == nil {
			return false // which is a finding
		}
		texts, pictures := p.Judges()
		return r.Picture == nil && !texts || r.Picture != nil && !pictures
	})
	if len(names) == 0 || r.Picture == nil && strings.TrimSpace(r.Text) == "" {
		return nil, false
	}
	remembered := memoryKey(e.campaign.Slug, names, r)
	if found, ok := d.judged.get(remembered); ok {
		return found, true
	}
	each := make([][]policy.Finding, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { each[i] = d.moderator(ctx, e, name, r) })
	}
	wg.Wait()
	failed := false
	for _, found := range each {
		for _, f := range found {
			failed = failed || f.Kind == policy.ModeratorDownKind || f.Kind == policy.FailedKind
		}
		out = append(out, found...)
	}
	if !failed {
		d.judged.put(remembered, out)
	}
	return out, !failed
}

// moderator asks one moderator.
func (d *Door) moderator(ctx context.Context, e errand, name string, r provider.ModerationRequest) []policy.Finding {
	p := d.Providers.Moderators[name]
	if p == nil {
		// A check that the campaign wants and nobody configured.
		return []policy.Finding{{Detector: "moderator/" + name, Kind: policy.FailedKind, Score: 1, Evidence: "not configured"}}
	}
	m, ok := prepare(ctx, d, e, name, p, asked{input: int64(len(r.Text))}, func(ctx context.Context) (provider.Moderation, provider.Usage, error) {
		m, err := p.Moderate(ctx, r)
		return m, m.Usage, err
	})
	if !ok {
		return []policy.Finding{{Detector: "moderator/" + name, Kind: policy.ModeratorDownKind, Score: 1, Evidence: "not approved"}}
	}
	got, err := send(ctx, d, &e, []maker[provider.Moderation]{m})
	if err != nil {
		d.Log.WarnContext(ctx, "a moderator did not answer", "campaign", e.campaign.Slug, "moderator", name, "error", err)
		return []policy.Finding{{Detector: "moderator/" + name, Kind: policy.ModeratorDownKind, Score: 1, Evidence: outcome(err)}}
	}
	return findings(name, got)
}

// memory remembers for a while what moderators said of a text, so that the
// prompt of one generation is not paid for with each of its pictures. It keeps
// no texts.
type memory struct {
	mu  sync.Mutex
	all map[[sha256.Size]byte]remembered
}

type remembered struct {
	found []policy.Finding
	until time.Time
}

const (
	memoryMax  = 4096
	memoryTime = 10 * time.Minute
)

// memoryKey names what was asked; the zero key is of what is not remembered.
func memoryKey(slug string, names []string, r provider.ModerationRequest) (key [sha256.Size]byte) {
	if r.Picture != nil {
		return key
	}
	return sha256.Sum256([]byte(slug + "\x00" + strings.Join(names, "\x00") + "\x00\x00" + r.Locale + "\x00" + r.Text))
}

func (m *memory) get(key [sha256.Size]byte) ([]policy.Finding, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.all[key]
	return r.found, ok && time.Now().Before(r.until)
}

func (m *memory) put(key [sha256.Size]byte, found []policy.Finding) {
	if key == ([sha256.Size]byte{}) {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil || len(m.all) >= memoryMax {
		m.all = map[[sha256.Size]byte]remembered{}
	}
	m.all[key] = remembered{found, time.Now().Add(memoryTime)}
}
