package house_test

import (
	"slices"
	"testing"
	"time"

	"marquee/internal/audience"
	"marquee/internal/fault"
	"marquee/internal/secret"
)

func TestArrival(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		germany, austria := h.terms(slug, "DE"), h.terms(slug, "AT")
		is(t, "the age limit in Germany", germany.MinAge, 16)
		is(t, "the age limit in Austria", austria.MinAge, 14)
		year := t0.Year()
		for _, c := range []struct {
			name  string
			terms audience.Terms
			year  int
			band  audience.AgeBand
			says  []string
			code  string
			want  audience.AgeBand
		}{
			{"surely sixteen", germany, year - 17, "", []string{"terms"}, "", audience.Teen16},
			{"perhaps still fifteen", germany, year - 16, "", []string{"terms"}, "under_age", ""},
			{"surely fourteen where that is enough", austria, year - 15, "", []string{"terms"}, "", audience.Teen13},
			{"perhaps still thirteen", austria, year - 14, "", []string{"terms"}, "under_age", ""},
			{"a child", austria, year - 8, "", []string{"terms"}, "under_age", ""},
			{"born next year", germany, year + 1, "", []string{"terms"}, "birth_year_invalid", ""},
			{"born too long ago", germany, year - 121, "", []string{"terms"}, "birth_year_invalid", ""},
			{"born before Christ", germany, -4, "", []string{"terms"}, "birth_year_invalid", ""},
			{"a band above the limit", germany, 0, audience.Teen16, []string{"terms"}, "", audience.Teen16},
			{"a grown-up's band", germany, 0, audience.Adult, []string{"terms"}, "", audience.Adult},
			{"a band below the limit", germany, 0, audience.Teen13, []string{"terms"}, "under_age", ""},
			{"a band that reaches below the limit", austria, 0, audience.Teen13, []string{"terms"}, "under_age", ""},
			{"a child's band", austria, 0, audience.Under13, []string{"terms"}, "under_age", ""},
			{"no such band", germany, 0, "99+", []string{"terms"}, "age_missing", ""},
			{"no age", germany, 0, "", []string{"terms"}, "age_missing", ""},
			{"no consent", germany, 1990, "", nil, "consent_missing", ""},
			{"only the optional consent", germany, 1990, "", []string{"winner_notice"}, "consent_missing", ""},
			{"a consent nobody asked for", germany, 1990, "", []string{"terms", "sell_my_data"}, "consent_unknown", ""},
			{"both consents", germany, 1990, "", []string{"terms", "winner_notice"}, "", audience.Adult},
		} {
			people := h.count("participants")
			rows := h.count("ledger")
			p, token, err := h.Audience.Arrive(ctx, "", audience.Arriving{Terms: c.terms, BirthYear: c.year, AgeBand: c.band, Locale: "de", Consents: c.says})
			if c.code != "" {
				if !fault.HasCode(err, c.code) {
					t.Errorf("%s: got %v, want %s", c.name, err, c.code)
				}
				if h.count("participants") != people || h.count("ledger") != rows || token != "" {
					t.Errorf("%s: something was kept", c.name)
				}
				continue
			}
			if err != nil || p.AgeBand != c.want {
				t.Errorf("%s: got %q, %v, want %q", c.name, p.AgeBand, err, c.want)
				continue
			}
			known, err := h.Audience.ByToken(ctx, token)
			must(t, err)
			is(t, c.name+": who the token names", known, p)
			_, standing, err := h.Audience.Arrival(ctx, p.ID, slug)
			must(t, err)
			is(t, c.name+": consents", len(standing), len(c.says))
		}
		rec, err := h.Campaign.Get(ctx, slug)
		must(t, err)
		wants(t, second(rec.Arrival("BR")), fault.Invalid, "market_unknown")
	})
}

func TestASecondCampaignKnowsTheSameParticipant(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.campaign("spring-lights", nil)
		p := h.participant()
		arriving := audience.Arriving{Terms: h.terms("spring-lights", "AT"), BirthYear: 1990, Locale: "en", Consents: []string{"terms", "winner_notice"}}
		same, _, err := h.Audience.Arrive(ctx, p.ID, arriving)
		must(t, err)
		is(t, "who arrived", same, p)
		first, consents, err := h.Audience.Arrival(ctx, p.ID, slug)
		must(t, err)
		is(t, "market of the first campaign", first.Market, "DE")
		is(t, "consents of the first campaign", len(consents), 1)
		other, consents, err := h.Audience.Arrival(ctx, p.ID, "spring-lights")
		must(t, err)
		is(t, "market of the second", other.Market, "AT")
		is(t, "consents of the second", len(consents), 2)

		stranger, _, err := h.Audience.Arrive(ctx, "nobody-we-know", arriving)
		must(t, err)
		if stranger.ID == "nobody-we-know" || stranger.ID == p.ID {
			t.Errorf("an unknown id was taken for %s", stranger.ID)
		}
		wants(t, second(h.Create.Request(ctx, stranger, slug, ask("a fox"))), fault.Forbidden, "not_arrived")
	})
}

func TestTokensAndLinks(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p, token, err := h.Audience.Arrive(ctx, "", audience.Arriving{Terms: h.terms(slug, ""), BirthYear: 1990, Locale: "en", Consents: []string{"terms"}})
		must(t, err)
		wants(t, second(h.Audience.ByToken(ctx, "")), fault.Unauthenticated, "no_participant")
		theirs := secret.Sign(make([]byte, 32), "participant", p.ID, t0.Add(time.Hour))
		for _, forged := range []string{token + "x", token[:len(token)-2], "v1." + p.ID + ".99999999999.AAAA", theirs, "nonsense", string(make([]byte, 5000))} {
			wants(t, second(h.Audience.ByToken(ctx, forged)), fault.Unauthenticated, "session_forged")
		}

		word, until, err := h.Audience.Link(ctx, p.ID)
		must(t, err)
		back, fresh, err := h.Audience.Return(ctx, word)
		must(t, err)
		is(t, "who returned", back, p)
		known, err := h.Audience.ByToken(ctx, fresh)
		must(t, err)
		is(t, "who the new token names", known, p)
		wants(t, third(h.Audience.Return(ctx, word+"x")), fault.Unauthenticated, "link_unknown")
		wants(t, third(h.Audience.Return(ctx, "")), fault.Unauthenticated, "link_unknown")

		h.clock.Advance(audience.TokenLife - time.Second)
		must(t, second(h.Audience.ByToken(ctx, token)))
		h.clock.Advance(time.Second)
		wants(t, second(h.Audience.ByToken(ctx, token)), fault.Unauthenticated, "session_expired")
		is(t, "when the link ends", until, h.clock.Now())
		wants(t, third(h.Audience.Return(ctx, word)), fault.Unauthenticated, "link_unknown")

		word, _, err = h.Audience.Link(ctx, p.ID)
		must(t, err)
		_, token, err = h.Audience.Return(ctx, word)
		must(t, err)
		must(t, h.Audience.Leave(ctx, p.ID))
		wants(t, second(h.Audience.ByToken(ctx, token)), fault.Unauthenticated, "session_ended")
		wants(t, third(h.Audience.Return(ctx, word)), fault.Unauthenticated, "link_unknown")
		// An old cookie does not bring the erased id back to life.
		again, _, err := h.Audience.Arrive(ctx, p.ID, audience.Arriving{Terms: h.terms(slug, ""), BirthYear: 1990, Locale: "en", Consents: []string{"terms"}})
		must(t, err)
		if again.ID == p.ID {
			t.Error("a participant who left came back under the same id")
		}
	})
}

func TestConsentsAreWithdrawnAndGiven(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		terms := h.terms(slug, "DE")
		p, _, err := h.Audience.Arrive(ctx, "", audience.Arriving{Terms: terms, BirthYear: 1990, Locale: "en", Consents: []string{"terms", "winner_notice"}})
		must(t, err)
		standing := func() []string {
			t.Helper()
			_, consents, err := h.Audience.Arrival(ctx, p.ID, slug)
			must(t, err)
			var out []string
			for _, c := range consents {
				out = append(out, c.Purpose)
			}
			slices.Sort(out)
			return out
		}
		wants(t, h.Audience.SetConsents(ctx, p.ID, terms, []string{"winner_notice"}), fault.Conflict, "consent_needed")
		wants(t, h.Audience.SetConsents(ctx, p.ID, terms, []string{"terms", "other"}), fault.Invalid, "consent_unknown")
		if got := standing(); !slices.Equal(got, []string{"terms", "winner_notice"}) {
			t.Fatalf("a refused change left %v", got)
		}
		from := h.lastRow()
		for range 2 { // withdrawing twice is one decision
			must(t, h.Audience.SetConsents(ctx, p.ID, terms, []string{"terms"}))
		}
		if got := standing(); !slices.Equal(got, []string{"terms"}) {
			t.Fatalf("after withdrawal %v", got)
		}
		must(t, h.Audience.SetConsents(ctx, p.ID, terms, []string{"terms", "winner_notice"}))
		if got := standing(); !slices.Equal(got, []string{"terms", "winner_notice"}) {
			t.Fatalf("after giving it again %v", got)
		}
		h.wrote(from, "consent.withdrawn participant", "consent.given participant")
	})
}
