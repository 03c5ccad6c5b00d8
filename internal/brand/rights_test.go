package brand_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"marquee/internal/brand"
	"marquee/internal/fault"
)

func lent(t testing.TB) *brand.Kit {
	return ruled(t, map[string]string{
		"marks.0.rights": `{"owner":"Kornblum","licence":"own work","with_generated":true}`,
		"marks.1.rights": `{"owner":"Ida Feld","licence":"contract 7","with_generated":false,"territories":["DE","AT"],"until":"2027-01-06","after_until":"hide"}`,
		"marks.2.rights": `{"owner":"Studio Nord","licence":"contract 9","with_generated":true,"from":"2026-11-01","until":"2026-12-31"}`,
		"fonts.2.rights": `{"owner":"Foundry","licence":"desktop and web","with_generated":true,"until":"2026-12-15"}`,
	})
}

func TestExpiring(t *testing.T) {
	t.Parallel()
	k := lent(t)
	for now, want := range map[string]string{
		"2026-10-01T00:00:00Z": "",
		"2026-11-20T00:00:00Z": "font bricolage-grotesque-800 soon",
		"2026-12-16T00:00:00Z": "font bricolage-grotesque-800 over, mark loaf soon, mark blossom soon",
		"2027-01-06T23:59:59Z": "font bricolage-grotesque-800 over, mark loaf over, mark blossom soon",
		"2027-01-07T00:00:00Z": "font bricolage-grotesque-800 over, mark loaf over, mark blossom over",
	} {
		var got []string
		for _, e := range k.Expiring(day(now)) {
			state := "soon"
			if e.Over {
				state = "over"
			}
			got = append(got, e.Kind+" "+e.ID+" "+state)
			if e.Hide != (e.ID == "blossom") || e.Ends.Location() != time.UTC {
				t.Errorf("%+v", e)
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("on %s: %s", now, s)
		}
	}
}

// TestLapses is the end of rights in the middle of a campaign: what is public is
// listed, and hidden where the kit says so.
func TestLapses(t *testing.T) {
	t.Parallel()
	k := lent(t)
	shown := slices.Values([]brand.Shown{
		{ID: "one", Marks: []string{"wordmark", "blossom"}, Market: "DE"},
		{ID: "two", Marks: []string{"wordmark", "loaf", "blossom"}},
		{ID: "three", Marks: []string{"wordmark"}, Market: "FR"},
		{ID: "four", Marks: []string{"blossom"}, Market: "FR"},
		{ID: "five", Marks: []string{"bottle"}},
	})
	for now, want := range map[string]string{
		"2026-12-01T00:00:00Z": "four/blossom/rights_territory/FR/false",
		"2027-01-02T00:00:00Z": "two/loaf/rights_expired/2026-12-31/false four/blossom/rights_territory/FR/false",
		"2027-02-01T00:00:00Z": "one/blossom/rights_expired/2027-01-06/true two/loaf/rights_expired/2026-12-31/false two/blossom/rights_expired/2027-01-06/true four/blossom/rights_expired/2027-01-06/true",
	} {
		var got []string
		for _, l := range k.Lapses(day(now), shown) {
			got = append(got, fmt.Sprintf("%s/%s/%s/%s/%v", l.ID, l.Mark, l.Rule, l.Detail, l.Hide))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("on %s: %s", now, s)
		}
	}
}

// TestFontRightsReachText holds a text to the rights to its type.
func TestFontRightsReachText(t *testing.T) {
	t.Parallel()
	k := lent(t)
	doc := document(picture(), text("Warm bread", 100, 400, 500, 0))
	for now, want := range map[string]int{"2026-12-15T12:00:00Z": 0, "2026-12-16T00:00:00Z": 1} {
		got := brand.CheckWith(brand.Context{Kit: k, Doc: doc, Date: day(now)})
		if len(got) != want || want == 1 && (got[0].Rule != "rights_expired" || got[0].Layer != "text") {
			t.Errorf("on %s: %+v", now, got)
		}
	}
}

func TestBadRightsAreTold(t *testing.T) {
	t.Parallel()
	for rights, code := range map[string]string{
		`{"licence":"x","with_generated":true}`:                                                      "text_missing",
		`{"owner":"x","with_generated":true}`:                                                        "licence_missing",
		`{"owner":"x","licence":"x"}`:                                                                "field_missing",
		`{"owner":"x","licence":"x","with_generated":true,"territories":["Mars"]}`:                   "market_invalid",
		`{"owner":"x","licence":"x","with_generated":true,"channels":["radio"]}`:                     "channel_unknown",
		`{"owner":"x","licence":"x","with_generated":true,"until":"soon"}`:                           "date_invalid",
		`{"owner":"x","licence":"x","with_generated":true,"from":"2027-01-01","until":"2026-01-01"}`: "date_order",
		`{"owner":"x","licence":"x","with_generated":true,"after_until":"burn"}`:                     "after_unknown",
		`{"owner":"x","licence":"x","with_generated":true,"price":3}`:                                "field_unknown",
	} {
		_, err := bakery(t, map[string]string{"marks.0.rights": rights})
		if f, ok := fault.As(err); !ok || len(f.Fields) == 0 || f.Fields[0].Code != code {
			t.Errorf("%s: %+v", rights, err)
		}
	}
}
