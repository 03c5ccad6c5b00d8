package gallery

import (
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"marquee/internal/brand"
	"marquee/internal/create"
	"marquee/internal/fault"
)

// The bounds of a report on a move: how many public works are looked at, the
// newest first, and how many of those that would break are told.
const (
	moveChecked = 180
	moveTold    = 50
)

// Break is a public work that a version of the kit has something against.
type Break struct {
	Entry    Entry
	Creation create.Creation
	// Findings are the errors that the kit which it was made with does not have.
	Findings []brand.Finding
}

// MoveReport says what a move of a campaign to another version of its kit would
// newly break. Public works stay as they are: it is staff who decide on them.
type MoveReport struct {
	Kit, From, To string
	// Checked is how many public works were looked at, and Whole tells that
	// there are no more.
	Checked int
	Whole   bool
	// Broken counts those with something against them; Works are the first.
	Broken int
	Works  []Break
}

// WouldBreak says what a move would newly break, and changes nothing.
func (s *Service) WouldBreak(ctx context.Context, slug, version string) (MoveReport, error) {
	rec, err := s.Campaigns.Movable(ctx, slug, version)
	if err != nil {
		return MoveReport{}, err
	}
	report := MoveReport{Kit: rec.File.Kit, From: rec.File.KitVersion, To: version, Whole: true}
	var entries []Entry
	for after := (Cursor{}); ; {
		page, err := s.Store.Public(ctx, slug, Newest, after, PageMax)
		if err != nil {
			return MoveReport{}, err
		}
		entries = append(entries, page...)
		if len(page) < PageMax {
			break
		}
		if len(entries) >= moveChecked {
			report.Whole = false
			break
		}
		last := page[len(page)-1]
		after = Cursor{last.PublishedAt, last.Votes, last.ID}
	}
	found := make([]Break, len(entries))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(runtime.NumCPU(), 2))
	for i, e := range entries {
		group.Go(func() (err error) {
			found[i], err = s.broken(ctx, e, version)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return MoveReport{}, err
	}
	report.Checked = len(entries)
	for _, b := range found {
		if len(b.Findings) == 0 {
			continue
		}
		if report.Broken++; len(report.Works) < moveTold {
			report.Works = append(report.Works, b)
		}
	}
	return report, nil
}

func (s *Service) broken(ctx context.Context, e Entry, version string) (Break, error) {
	c, err := s.Create.Creation(ctx, e.CreationID)
	if fault.Is(err, fault.NotFound) {
		return Break{}, nil // deleted by its maker while this ran
	}
	if err != nil {
		return Break{}, err
	}
	now, err := s.Create.Findings(ctx, c)
	if err != nil {
		return Break{}, err
	}
	then, err := s.Create.FindingsUnder(ctx, c, version)
	if err != nil {
		return Break{}, err
	}
	b := Break{Entry: e, Creation: c}
	for _, f := range then {
		known := slices.ContainsFunc(now, func(o brand.Finding) bool {
			return o.Severity == brand.Refused && o.Rule == f.Rule && o.Layer == f.Layer && o.By == f.By
		})
		if f.Severity == brand.Refused && !known {
			b.Findings = append(b.Findings, f)
		}
	}
	return b, nil
}
