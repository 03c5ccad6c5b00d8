package main

import (
	"flag"
	"fmt"
	"strings"

	"marquee/internal/settings"
)

func overview() string {
	var b strings.Builder
	b.WriteString("Marquee runs a brand's campaigns: people make artwork with the brand's own marks.\n\nUse: marquee COMMAND\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  %-16s %s\n", c.name, c.short)
	}
	b.WriteString("\n`marquee help COMMAND` tells more. Begin with: marquee serve\n")
	return b.String()
}

type ownFlag struct{ name, usage, fallback string }

// ownFlags lists a command's own flags, before the settings are added.
func ownFlags(set *flag.FlagSet) []ownFlag {
	var out []ownFlag
	set.VisitAll(func(f *flag.Flag) { out = append(out, ownFlag{f.Name, f.Usage, f.DefValue}) })
	return out
}

func (c command) help(own []ownFlag, defined *settings.Flags) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n\nUse: marquee %s\n\n%s\n", c.short, strings.TrimSpace(c.name+" "+c.args), c.long)
	if len(own) > 0 {
		b.WriteString("\nFlags:\n")
		for _, f := range own {
			fmt.Fprintf(&b, "  --%-20s %s", f.name, f.usage)
			if f.fallback != "" && f.fallback != "false" && f.fallback != "0" {
				fmt.Fprintf(&b, " (default: %s)", f.fallback)
			}
			b.WriteByte('\n')
		}
	}
	b.WriteString("\nSettings (as a flag, a variable such as MARQUEE_LISTEN, or a line of the file):\n")
	b.WriteString(defined.Usage())
	return b.String()
}
