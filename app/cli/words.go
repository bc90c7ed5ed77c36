package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
)

// switches tells of every flag of every command whether it stands alone or takes a value. Without it nobody could say whether what follows a
// flag is its value or the command, and flags could not stand before the command's words.
func (p Program) switches() map[string]bool {
	known := map[string]bool{}
	learn := func(set *flag.FlagSet) {
		set.VisitAll(func(f *flag.Flag) {
			b, ok := f.Value.(interface{ IsBoolFlag() bool })
			alone := ok && b.IsBoolFlag()
			if was, there := known[f.Name]; there && was != alone {
				panic("the flag --" + f.Name + " takes a value in one command and none in another") // found by the first test
			}
			known[f.Name] = alone
		})
	}
	learn(p.flags(&Options{}))
	for _, command := range p.Commands {
		if command.Flags != nil {
			set := flag.NewFlagSet(command.Name, flag.ContinueOnError)
			command.Flags(set)
			learn(set)
		}
	}
	return known
}

// asked is a command line taken apart.
type asked struct {
	words []string
	flags []string // with their values
	help  bool
}

// split parts flags with their values from words. What follows "--" is words, whatever it begins with.
func (p Program) split(args []string) (a asked, err error) {
	known := p.switches()
	for i := 0; i < len(args); i++ {
		name, valued := flagName(args[i])
		switch alone, there := known[name]; {
		case args[i] == "--":
			a.words = append(a.words, args[i+1:]...)
			return a, nil
		case name == "":
			a.words = append(a.words, args[i])
		case name == "h" || name == "help":
			a.help = true
		case !there:
			return a, Misuse("Flag provided but not defined: -%s.", name)
		case alone || valued || i+1 == len(args):
			a.flags = append(a.flags, args[i])
		default:
			a.flags = append(a.flags, args[i], args[i+1])
			i++
		}
	}
	return a, nil
}

// flagName is the name of a flag and whether its value is written to it with "="; "" for a word.
func flagName(arg string) (name string, valued bool) {
	if len(arg) < 2 || arg[0] != '-' {
		return "", false
	}
	name = strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-")
	name, _, valued = strings.Cut(name, "=")
	return name, valued
}

// pick finds the command that the words begin with, and gives the words after it.
func (p Program) pick(words []string) (Command, []string, error) {
	if len(words) > 0 && words[0] == "help" {
		return Command{Name: "help", Run: func(_ context.Context, call Call) error {
			p.help(call.Out)
			return nil
		}}, words[1:], nil
	}
	for n := min(len(words), 2); n >= 0; n-- {
		for _, command := range p.Commands {
			if command.Name == strings.Join(words[:n], " ") && (n > 0 || len(words) == 0) {
				return command, words[n:], nil
			}
		}
	}
	if seconds := p.after(words[0]); len(seconds) > 0 {
		return Command{}, nil, Misuse("'%s' is followed by one of these: %s.", words[0], strings.Join(seconds, ", "))
	}
	return Command{}, nil, Misuse("There is no command '%s'.", words[0])
}

// after gives the second words of the commands that begin with a word.
func (p Program) after(first string) (seconds []string) {
	for _, command := range p.Commands {
		if second, ok := strings.CutPrefix(command.Name, first+" "); ok && !command.Hidden {
			seconds = append(seconds, second)
		}
	}
	return seconds
}

func (p Program) help(out io.Writer) {
	fmt.Fprintf(out, "%s: %s\n\nUsage: %s [--data DIR | --demo] [COMMAND]\n\n", p.Name, p.About, p.Name)
	line := func(name, summary string) { fmt.Fprintf(out, "  %-16s %s\n", name, summary) }
	for _, command := range p.Commands {
		switch {
		case command.Hidden:
			continue
		case command.Name == "":
			line("(none)", command.Summary)
		case command.Args != "":
			line(command.Name+" "+command.Args, command.Summary)
		default:
			line(command.Name, command.Summary)
		}
		for usage := range strings.Lines(command.Usage) {
			line("", strings.TrimSuffix(usage, "\n"))
		}
	}
	line("help", "Show this text")
	fmt.Fprintln(out)
	line("--data DIR", "Keep the hospital's book in this folder instead of the usual one")
	line("--demo", "Use a folder that is thrown away at the end")
}
