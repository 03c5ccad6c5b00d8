package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"text/tabwriter"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/account"
	"marquee/internal/settings"
	"marquee/internal/web/api"
)

// within opens the house for one command and closes it afterwards. The server
// may run meanwhile: databases take several processes.
func within(ctx context.Context, t terminal, s *settings.Settings, f func(h *house.House) error) (err error) {
	h, err := house.Open(ctx, house.Parts{Settings: s, Log: logger(t, s), Version: version})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return f(h)
}

func inviteStaff(set *flag.FlagSet) runner {
	role := set.String("role", string(account.Reviewer), "reviewer, producer or admin")
	return func(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
		return within(ctx, t, s, func(h *house.House) error {
			secret, expires, err := h.Account.Invite(ctx, account.Role(*role), account.System)
			if err != nil {
				return err
			}
			t.say("%s%s#%s", house.Base(s, s.Listen), api.SignInPath, secret)
			t.say("It works once, until %s, and signs in a %s.", expires.Local().Format("2 January 15:04"), *role)
			return nil
		})
	}
}

func listStaff(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		people, err := h.Account.People(ctx)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			t.say("Nobody has signed in yet. Make a link with: marquee staff invite --role admin")
			return nil
		}
		w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(w, "ID\tNAME\tROLE\tSINCE\tENDED")
		for _, p := range people {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", p.ID, p.Name, p.Role, day(p.CreatedAt), day(p.EndedAt))
		}
		return w.Flush()
	})
}

func endStaff(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		if err := h.Account.End(ctx, words[0], account.System); err != nil {
			return err
		}
		t.say("Their access has ended.")
		return nil
	})
}

func createKey(set *flag.FlagSet) runner {
	role := set.String("role", string(account.Reviewer), "reviewer, producer or admin")
	name := set.String("name", "", "what it is for, as colleagues see it")
	return func(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
		return within(ctx, t, s, func(h *house.House) error {
			secret, _, err := h.Account.CreateKey(ctx, *name, account.Role(*role), account.System)
			if err != nil {
				return err
			}
			// Alone on its line, so that a script can take it as it is.
			t.say("%s", secret)
			return nil
		})
	}
}

func listKeys(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		keys, err := h.Account.Keys(ctx)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			t.say("There are no keys yet. Make one with: marquee key create --role reviewer")
			return nil
		}
		w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(w, "ID\tNAME\tROLE\tSINCE\tREVOKED")
		for _, k := range keys {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", k.ID, k.Name, k.Role, day(k.CreatedAt), day(k.RevokedAt))
		}
		return w.Flush()
	})
}

func revokeKey(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		if err := h.Account.RevokeKey(ctx, words[0], account.System); err != nil {
			return err
		}
		t.say("Nothing opens with that key any more.")
		return nil
	})
}

func day(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return at.UTC().Format(time.DateOnly)
}
