package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"text/tabwriter"

	"marquee/internal/settings"
)

func showConfig(set *flag.FlagSet) runner {
	asJSON := set.Bool("json", false, "as JSON")
	return func(_ context.Context, t terminal, s *settings.Settings, _ []string) error {
		if *asJSON {
			enc := json.NewEncoder(t.out)
			enc.SetIndent("", "  ")
			return enc.Encode(s.Show())
		}
		w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(w, "SETTING\tVALUE\tSOURCE\tVARIABLE")
		for _, one := range s.Show() {
			value := one.Value
			if value == "" {
				value = "-"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", one.Name, value, one.Origin, settings.Variable(one.Name))
		}
		return w.Flush()
	}
}
