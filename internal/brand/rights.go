package brand

import (
	"iter"
	"slices"
	"time"
)

// Channels are where a composition can be shown.
var Channels = []string{"web", "social", "print", "outdoor", "film"}

// Rights say who owns an asset of the kit, and where, when and how it may be
// shown. An asset without rights may be shown everywhere and always.
type Rights struct {
	// Owner is who holds the rights, and Licence by what they are given.
	Owner   string `json:"owner"`
	Licence string `json:"licence"`
	// Territories are markets like "DE" and Channels some of Channels; none
	// stands for all.
	Territories []string `json:"territories,omitempty"`
	Channels    []string `json:"channels,omitempty"`
	// From and Until are the first and the last day, like "2027-01-06" (UTC);
	// "" is open.
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
	// WithGenerated says whether it may be shown with generated imagery. A kit
	// has to say so.
	WithGenerated *bool `json:"with_generated"`
	// AfterUntil says what is done with what is public when the rights end:
	// "list" tells staff, "hide" also takes it out of sight. "" is "list".
	AfterUntil string `json:"after_until,omitempty"`
}

// The ways in which rights can stand against a use.
const (
	rightsTerritory = "rights_territory"
	rightsChannel   = "rights_channel"
	rightsNotYet    = "rights_not_yet"
	rightsExpired   = "rights_expired"
	rightsGenerated = "rights_generated"
)

// use is what rights are asked for; empty parts are unknown and not judged.
type use struct {
	market, channel string
	date            time.Time
	generated       bool
}

// against gives the rule that a use is against, with what it is about; "" if
// the rights cover it.
func (r *Rights) against(u use) (rule, detail string) {
	if r == nil {
		return "", ""
	}
	span := dayspan(r.From, r.Until)
	switch {
	case !u.date.IsZero() && span.after(u.date):
		return rightsExpired, r.Until
	case !u.date.IsZero() && span.before(u.date):
		return rightsNotYet, r.From
	case u.market != "" && len(r.Territories) > 0 && !slices.Contains(r.Territories, u.market):
		return rightsTerritory, u.market
	case u.channel != "" && len(r.Channels) > 0 && !slices.Contains(r.Channels, u.channel):
		return rightsChannel, u.channel
	case u.generated && r.WithGenerated != nil && !*r.WithGenerated:
		return rightsGenerated, ""
	}
	return "", ""
}

// ExpiryNotice is how long before the end of an asset's rights Expiring tells
// of it.
const ExpiryNotice = 30 * 24 * time.Hour

// Expiry is an asset whose rights end soon or have ended.
type Expiry struct {
	// Kind is "mark", "sticker" or "font" and ID the asset's.
	Kind string `json:"kind"`
	ID   string `json:"id"`
	// Ends is the first moment without rights, in UTC.
	Ends time.Time `json:"ends"`
	// Over tells that they have ended.
	Over bool `json:"over"`
	// Hide tells that what is public with it is to be taken out of sight then.
	Hide bool `json:"hide"`
}

// Expiring lists the assets whose rights have ended, or end within ExpiryNotice
// of now, the first to end first.
func (k *Kit) Expiring(now time.Time) []Expiry {
	var out []Expiry
	add := func(kind, id string, r *Rights) {
		if r == nil {
			return
		}
		if ends := dayspan("", r.Until).until; !ends.IsZero() && ends.Before(now.Add(ExpiryNotice)) {
			out = append(out, Expiry{kind, id, ends, !now.Before(ends), r.AfterUntil == "hide"})
		}
	}
	for i := range k.Marks {
		add("mark", k.Marks[i].ID, k.Marks[i].Rights)
	}
	for i := range k.Stickers {
		add("sticker", k.Stickers[i].ID, k.Stickers[i].Rights)
	}
	for i := range k.Fonts {
		add("font", k.Fonts[i].ID, k.Fonts[i].Rights)
	}
	slices.SortStableFunc(out, func(a, b Expiry) int { return a.Ends.Compare(b.Ends) })
	return out
}

// Shown is something public, with the ids of the marks on it.
type Shown struct {
	ID    string
	Marks []string
	// Market and Channel are where it is shown; "" is not judged.
	Market, Channel string
}

// Lapse is something public that a mark's rights do not cover, or no longer.
type Lapse struct {
	ID   string `json:"id"`
	Mark string `json:"mark"`
	// Rule is one of the rules on rights and Detail the day, market or channel
	// that it is about.
	Rule   string `json:"rule"`
	Detail string `json:"detail"`
	// Hide tells that the kit wants it out of sight; otherwise staff decide.
	Hide bool `json:"hide"`
}

// Lapses lists what is public at a time without the rights to one of its marks,
// in the order given, one entry for each such mark. Marks that the kit does not
// have are passed over: another kit's rights are not this one's to judge.
func (k *Kit) Lapses(now time.Time, shown iter.Seq[Shown]) []Lapse {
	var out []Lapse
	for s := range shown {
		for _, id := range s.Marks {
			m := k.Mark(id)
			if m == nil {
				continue
			}
			rule, detail := m.Rights.against(use{market: s.Market, channel: s.Channel, date: now})
			if rule != "" {
				out = append(out, Lapse{s.ID, id, rule, detail, rule == rightsExpired && m.Rights.AfterUntil == "hide"})
			}
		}
	}
	return out
}
