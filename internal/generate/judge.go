package generate

import (
	"context"
	"crypto/sha256"
	"image"
	"strings"
	"sync"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/guard"
	"marquee/internal/policy"
	"marquee/internal/provider"
)

// Subject is a text that is to be judged, with what is known around it.
type Subject struct {
	Campaign campaign.Record
	// Stage says what the text is.
	Stage policy.Stage
	Text  string
	// Guard says where it comes from and what the campaign has settled.
	Guard guard.Context
	// Key names what it is part of, for the budget of moderators.
	Key string
	// User is the pseudonym of who wrote it.
	User string
}

// JudgeText gives the verdict on a text: by the built-in checks, and by every
// moderator that the campaign has for its texts, whose findings are added. A
// check that fails, built-in or hosted, is a finding that holds; a moderator
// that does not answer holds too, unless a pack names the built-in checks
// sufficient at the stage. What the built-in checks deny is asked of nobody
// else.
func (d *Door) JudgeText(ctx context.Context, s Subject) policy.Verdict {
	in := policy.Input{
		Stage: s.Stage, Campaign: s.Campaign.Slug, Brand: s.Campaign.File.Kit, Market: s.Guard.Market, Locale: s.Guard.Locale,
		Topics: s.Guard.Topics, Findings: d.Guard.Text(ctx, s.Text, s.Guard),
	}
	v := d.Policy.Decide(ctx, in)
	if v.Outcome == policy.Deny {
		return v
	}
	// What may not leave the house does not leave it for a moderator either.
	e := d.errand(Moderation, s.Campaign, s.Guard.Market, s.Key, s.User)
	more := d.moderate(ctx, e, provider.ModerationRequest{Text: guard.Redact(s.Text, in.Findings), Locale: s.Guard.Locale})
	if len(more) == 0 {
		return v
	}
	in.Findings = append(in.Findings, more...)
	return d.Policy.Decide(ctx, in)
}

// judgePicture gives the verdict on a picture, in the same way.
func (d *Door) judgePicture(ctx context.Context, e errand, img image.Image, by provider.Maker) policy.Verdict {
	in := policy.Input{
		Stage: policy.Picture, Campaign: e.campaign.Slug, Brand: e.campaign.File.Kit, Market: e.market,
		Model:    policy.Model{Kind: string(by.Kind), Provider: by.Provider, Name: by.Model, Version: by.Version},
		Findings: d.Guard.Picture(ctx, img),
	}
	v := d.Policy.Decide(ctx, in)
	// The painter draws what it knows; nobody needs to look for anything else.
	if v.Outcome == policy.Deny || by.Kind == provider.Painter {
		return v
	}
	e.capability = Moderation
	in.Findings = append(in.Findings, d.moderate(ctx, e, provider.ModerationRequest{Picture: img})...)
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
func (d *Door) moderate(ctx context.Context, e errand, r provider.ModerationRequest) []policy.Finding {
	names := e.campaign.File.Route(string(Moderation), e.market).Providers
	if len(names) == 0 || r.Picture == nil && strings.TrimSpace(r.Text) == "" {
		return nil
	}
	remembered := memoryKey(e.campaign.Slug, names, r)
	if found, ok := d.judged.get(remembered); ok {
		return found
	}
	each := make([][]policy.Finding, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { each[i] = d.moderator(ctx, e, name, r) })
	}
	wg.Wait()
	var out []policy.Finding
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
	return out
}

// moderator asks one moderator.
func (d *Door) moderator(ctx context.Context, e errand, name string, r provider.ModerationRequest) []policy.Finding {
	p := d.Providers.Moderators[name]
	if p == nil {
		// A check that the campaign wants and nobody configured.
		return []policy.Finding{{Detector: "moderator/" + name, Kind: policy.FailedKind, Score: 1, Evidence: "not configured"}}
	}
	if texts, pictures := p.Judges(); r.Picture == nil && !texts || r.Picture != nil && !pictures {
		return nil
	}
	m, ok := prepare(ctx, d, e, name, p, asked{input: int64(len(r.Text))}, func(ctx context.Context) (provider.Moderation, provider.Usage, error) {
		m, err := p.Moderate(ctx, r)
		return m, m.Usage, err
	})
	if !ok {
		return []policy.Finding{{Detector: "moderator/" + name, Kind: policy.ModeratorDownKind, Score: 1, Evidence: "not approved"}}
	}
	got, err := send(ctx, d, e, []maker[provider.Moderation]{m})
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
