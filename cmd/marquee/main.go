// Command marquee runs a brand's campaigns: the server and all that is needed
// around it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"marquee/internal/fault"
	"marquee/internal/settings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.LookupEnv}))
}

// terminal is what a command talks to.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) (string, bool)
}

func (t terminal) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// command is one thing that marquee does.
type command struct {
	// name is one word or two: "serve", "key create".
	name string
	// args shows what follows the name.
	args string
	// short is one line for the list, long the paragraph for its own help.
	short, long string
	groups      []settings.Group
	// least and most bound the words that follow the flags.
	least, most int
	// flags adds the command's own flags and gives what runs with them.
	flags func(set *flag.FlagSet) runner
}

// runner runs a command with its settings and its words.
type runner func(ctx context.Context, t terminal, s *settings.Settings, words []string) error

// errUsage is an error of the one who typed, told with the help.
var errUsage = errors.New("usage")

// exit ends with a code that scripts may ask for, once the rest was told.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// errQuiet ends with a failure that was told already.
var errQuiet = errors.New("told")

func run(ctx context.Context, args []string, t terminal) int {
	if len(args) == 0 || args[0] == "help" && len(args) == 1 || args[0] == "--help" || args[0] == "-h" {
		fmt.Fprint(t.out, overview())
		return 0
	}
	if args[0] == "help" {
		args = append(args[1:], "--help")
	}
	c, rest, ok := find(args)
	if !ok {
		fmt.Fprintf(t.err, "marquee: there is no command %q. `marquee help` lists them.\n", strings.Join(args[:min(len(args), 2)], " "))
		return 2
	}
	err := c.run(ctx, rest, t)
	var code exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, errQuiet):
		return 1
	case errors.Is(err, errUsage):
		fmt.Fprintf(t.err, "marquee %s: %v\nSee: marquee help %s\n", c.name, strings.TrimPrefix(err.Error(), errUsage.Error()+": "), c.name)
		return 2
	}
	fmt.Fprintf(t.err, "marquee %s: %s\n", c.name, plainly(err))
	return 1
}

// find gives the command that arguments begin with, and the rest of them.
func find(args []string) (command, []string, bool) {
	if len(args) > 1 {
		for _, c := range commands {
			if c.name == args[0]+" "+args[1] {
				return c, args[2:], true
			}
		}
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c, args[1:], true
		}
	}
	return command{}, nil, false
}

func (c command) run(ctx context.Context, args []string, t terminal) error {
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	do := c.flags(set)
	own := ownFlags(set)
	defined := settings.Define(set, c.groups...)
	var words []string
	for rest := args; ; {
		if err := set.Parse(rest); errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(t.out, c.help(own, defined))
			return nil
		} else if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		if set.NArg() == 0 {
			break
		}
		words, rest = append(words, set.Arg(0)), set.Args()[1:]
	}
	if len(words) < c.least || len(words) > c.most {
		return fmt.Errorf("%w: it is used as: marquee %s", errUsage, strings.TrimSpace(c.name+" "+c.args))
	}
	s, err := defined.Load(t.env)
	if err != nil {
		return err
	}
	return do(ctx, t, s, words)
}

// plainly tells an error to a person: a fault in its own words with the fields
// that are wrong, anything else as it is.
func plainly(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(f.Detail)
	for _, field := range f.Fields {
		fmt.Fprintf(&b, "\n  %s: %s", field.Path, field.Message)
	}
	if f.Cause != nil {
		fmt.Fprintf(&b, "\n  (%v)", f.Cause)
	}
	return b.String()
}
