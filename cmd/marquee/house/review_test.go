package house_test

import (
	"context"
	"fmt"
	"testing"

	"marquee/internal/review"
)

func TestTheQueueInPages(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		var ids []string
		must(t, h.DB.Do(ctx, func(ctx context.Context) error {
			for i := range 26 {
				kind, where := review.KindEntry, "a"
				if i%2 == 1 {
					kind = review.KindReport
				}
				if i >= 20 {
					where = "b"
				}
				item, err := h.Review.Submit(ctx, review.Item{Kind: kind, SubjectID: fmt.Sprint("s", i), Campaign: where, Words: map[string]string{"title": "Fox"}})
				if err != nil {
					return err
				}
				ids = append(ids, item.ID)
			}
			for i := range 6 {
				if err := h.Review.Close(ctx, review.KindEntry, fmt.Sprint("s", 2*i), review.Withdrawn); err != nil {
					return err
				}
			}
			return nil
		}))
		all := func(f review.Filter) []string {
			t.Helper()
			var got []string
			for pages := 0; ; pages++ {
				items, next, err := h.Review.List(ctx, f)
				must(t, err)
				for _, i := range items {
					got = append(got, i.SubjectID)
				}
				if f.After = next; next == "" {
					return got
				}
				if pages > 30 {
					t.Fatal("the pages do not end")
				}
			}
		}
		for _, c := range []struct {
			name        string
			f           review.Filter
			n           int
			first, last string
		}{
			{"all, newest first", review.Filter{}, 26, "s25", "s0"},
			{"waiting, oldest first", review.Filter{State: review.Waiting}, 20, "s1", "s25"},
			{"withdrawn, newest first", review.Filter{State: review.Withdrawn}, 6, "s10", "s0"},
			{"reports", review.Filter{Kind: review.KindReport}, 13, "s25", "s1"},
			{"waiting entries of one campaign", review.Filter{State: review.Waiting, Kind: review.KindEntry, Campaign: "a"}, 4, "s12", "s18"},
			{"of the other campaign", review.Filter{Campaign: "b"}, 6, "s25", "s20"},
			{"of none", review.Filter{Campaign: "c"}, 0, "", ""},
			{"of an unknown state", review.Filter{State: "odd"}, 0, "", ""},
		} {
			for _, limit := range []int{0, 1, 4, 5, 1000} {
				c.f.Limit = limit
				got := all(c.f)
				seen := map[string]bool{}
				for _, id := range got {
					if seen[id] {
						t.Errorf("%s, %d a page: %s came twice", c.name, limit, id)
					}
					seen[id] = true
				}
				if len(got) != c.n || c.n > 0 && (got[0] != c.first || got[len(got)-1] != c.last) {
					t.Errorf("%s, %d a page: got %v", c.name, limit, got)
				}
			}
		}
		for campaign, want := range map[string]map[review.State]int{
			"":  {review.Waiting: 20, review.Withdrawn: 6},
			"a": {review.Waiting: 14, review.Withdrawn: 6},
			"b": {review.Waiting: 6},
			"c": {},
		} {
			got, err := h.Review.Counts(ctx, campaign)
			must(t, err)
			is(t, "counts of "+campaign, fmt.Sprint(got), fmt.Sprint(want))
		}
	})
}
