package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"text/tabwriter"

	"marquee/cmd/marquee/house"
	"marquee/internal/policy"
	"marquee/internal/settings"
)

// errPack ends a command whose pack is wrong, once that has been told.
var errPack = errors.New("the policy pack can't be used as it is")

// readPack reads a pack's file and tells each problem on a line of its own.
func readPack(t terminal, path string) (*policy.Pack, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the policy pack: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("the policy pack: %w", err)
	}
	p, err := policy.ReadPack(bytes.NewReader(data))
	if err == nil {
		_, err = policy.Compile(p)
	}
	if err != nil {
		t.say("%v", err)
		return nil, errPack
	}
	return p, nil
}

func checkPolicy(_ context.Context, t terminal, _ *settings.Settings, words []string) error {
	p, err := readPack(t, words[0])
	if err != nil {
		return err
	}
	tried, err := p.Try()
	if err != nil {
		return err
	}
	wrong := 0
	for _, c := range tried {
		if c.Wrong != "" {
			wrong++
			t.say("wrong  %s: %s", c.Case, c.Wrong)
		}
	}
	if wrong > 0 {
		t.say("%d of %d examples came out otherwise.", wrong, len(tried))
		return errPack
	}
	t.say("%s %s: %d rules compile, %d examples come out as they should.", p.ID, p.Version, len(p.Rules), len(tried))
	return nil
}

func dryRunPolicy(set *flag.FlagSet) runner {
	campaign := set.String("campaign", "", "only the decisions of this campaign")
	return func(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
		p, err := readPack(t, words[0])
		if err != nil {
			return err
		}
		return within(ctx, t, s, func(h *house.House) error {
			shift, err := h.Council.DryRunPack(ctx, p, *campaign)
			if err != nil {
				return err
			}
			tellShift(t, shift)
			return nil
		})
	}
}

func tellShift(t terminal, s *policy.Shift) {
	if s.Seen == 0 {
		t.say("Nothing has been judged in the last 30 days, so there is nothing to try it on.")
		return
	}
	t.say("Of %d decisions of the last 30 days it would have made %d stricter and %d milder.", s.Seen, s.Stricter, s.Milder)
	w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "OUTCOME\tNOW\tWITH IT")
	for _, o := range []policy.Outcome{policy.Allow, policy.Rewrite, policy.Hold, policy.Deny} {
		fmt.Fprintf(w, "%s\t%d\t%d\n", o, s.Then[o], s.Now[o])
	}
	for _, rule := range slices.Sorted(maps.Keys(s.Rules)) {
		fmt.Fprintf(w, "stricter by %s\t\t%d\n", rule, s.Rules[rule])
	}
	w.Flush()
}

func listPolicies(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		packs, err := h.Council.InForce(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(w, "PACK\tVERSION\tLAYER\tRULES\tFROM\tTITLE")
		for _, p := range packs {
			from := "Marquee"
			if !p.Builtin {
				from = "staff"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", p.ID, p.Pack.Version, p.Layer, len(p.Rules), from, p.Title)
		}
		return w.Flush()
	})
}
