// Package cli is Wardbook's command line: it finds out what was asked, runs it, and turns what came of it into the
// sentence and the exit code that people and scripts rely on.
//
// Exit codes: 0 done, 1 refused or failed (one sentence on standard error), 2 asked in a wrong way. Only main may call it.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"wardbook/data"
)

// Exit codes of the program.
const (
	Done    = 0
	Refused = 1
	Misused = 2
)

// Options are the flags that every command shares.
type Options struct {
	Data string // the data folder as an absolute path; empty where --data was not given
	Demo bool   // work in a throw-away folder
}

// Call is one command being run.
type Call struct {
	Options
	Args []string // what stood after the command and its flags
	Out  io.Writer
	Err  io.Writer
}

// Command is one line of the program's table.
type Command struct {
	Name    string // one word or two: "user add"; empty for what runs when no command is named: the windows
	Summary string // one line for help
	Hidden  bool   // left out of help: the program calls it itself
	Args    string // how help shows what may follow; empty where nothing may
	Usage   string // its own flags as help shows them below the summary, in lines; empty where it has none
	// Flags adds flags of the command's own; nil where it has none. One name has to mean a switch in all commands, or a value in all.
	Flags func(*flag.FlagSet)
	// Run does the work. An error is told on standard error and ends the program with 1, or 2 for Misuse.
	Run func(ctx context.Context, call Call) error
}

// Program is what can be asked of this binary.
type Program struct {
	Name     string // "wardbook"
	About    string // one line for help
	Commands []Command
}

// misuse is a call that can't be understood.
type misuse struct{ sentence string }

func (m misuse) Error() string { return m.sentence }

// Misuse is the error of a command that was asked in a wrong way; the sentence says what would be right.
func Misuse(format string, args ...any) error { return misuse{fmt.Sprintf(format, args...)} }

// Main runs what args ask for (without the program's own name) and answers the exit code.
func (p Program) Main(ctx context.Context, args []string, out, errs io.Writer) int {
	err := p.run(ctx, args, out, errs)
	var wrong misuse
	var known told
	switch {
	case err == nil:
		return Done
	case errors.As(err, &wrong):
		fmt.Fprintf(errs, "%s\nType '%s help' to see what can be asked.\n", wrong.sentence, p.Name)
		return Misused
	case errors.As(err, &known):
		return Refused
	default:
		Tell(errs, err)
		return Refused
	}
}

// told is an error that has reached its person.
type told struct{ error }

func (t told) Unwrap() error { return t.error }

// Told marks an error of which a command has told the person already: it ends the program with 1 and says no more.
func Told(err error) error { return told{err} }

// Tell prints an error's sentence for the person, and below it the cause for whoever helps.
func Tell(errs io.Writer, err error) {
	var e *data.Error
	if !errors.As(err, &e) {
		fmt.Fprintf(errs, "Wardbook could not do this.\nDetails for support: %v\n", err)
		return
	}
	fmt.Fprintln(errs, e.Message)
	if e.Err != nil {
		fmt.Fprintf(errs, "Details for support: %v\n", e.Err)
	}
}

func (p Program) run(ctx context.Context, args []string, out, errs io.Writer) error {
	call := Call{Out: out, Err: errs}
	asked, err := p.split(args)
	if err != nil {
		return err
	}
	if asked.help {
		p.help(out)
		return nil
	}
	command, rest, err := p.pick(asked.words)
	if err != nil {
		return err
	}
	flags := p.flags(&call.Options)
	if command.Flags != nil {
		command.Flags(flags)
	}
	if err := flags.Parse(asked.flags); err != nil {
		return Misuse("%s.", sentence(err))
	}
	if call.Args = rest; len(call.Args) > 0 && command.Args == "" {
		return Misuse("'%s' is not understood here.", call.Args[0])
	}
	if err := settle(&call.Options, flags); err != nil {
		return err
	}
	return command.Run(ctx, call)
}

func (p Program) flags(options *Options) *flag.FlagSet {
	flags := flag.NewFlagSet(p.Name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&options.Data, "data", "", "")
	flags.BoolVar(&options.Demo, "demo", false, "")
	return flags
}

// settle makes the folder absolute, so that it means the same whatever happens to the working folder later.
func settle(options *Options, flags *flag.FlagSet) error {
	given := false
	flags.Visit(func(f *flag.Flag) { given = given || f.Name == "data" })
	switch {
	case given && options.Data == "":
		return Misuse("--data needs the path of a folder.")
	case given && options.Demo:
		return Misuse("--data and --demo exclude each other: a demo always runs in a folder of its own that is thrown away.")
	case !given:
		return nil
	}
	path, err := filepath.Abs(options.Data)
	if err != nil {
		return data.Fail(data.Unavailable, "cli.data",
			data.Say("cli.folder.path", "The folder for --data could not be found. Give its full path."), err)
	}
	options.Data = path
	return nil
}

// sentence begins the flag package's words with a capital.
func sentence(err error) string {
	text := err.Error()
	if text == "" {
		return text
	}
	return string(text[0]&^0x20) + text[1:]
}
