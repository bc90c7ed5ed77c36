package cli_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wardbook/app/cli"
	"wardbook/data"
)

// program has one command of each kind; what they were called with ends on standard output.
func program() cli.Program {
	echo := func(name string) func(context.Context, cli.Call) error {
		return func(_ context.Context, call cli.Call) error {
			_, err := fmt.Fprintf(call.Out, "%s data=%s demo=%t args=%q", name, call.Data, call.Demo, call.Args)
			return err
		}
	}
	var fast bool
	var name string
	named := func(f *flag.FlagSet) { f.StringVar(&name, "name", "", "") }
	return cli.Program{Name: "wardbook", About: "a ward book", Commands: []cli.Command{
		{Summary: "Open the windows", Run: echo("windows")},
		{Name: "verify", Summary: "Check the book", Args: "[PART]",
			Flags: func(f *flag.FlagSet) { f.BoolVar(&fast, "fast", false, "") },
			Run: func(ctx context.Context, call cli.Call) error {
				return echo(fmt.Sprintf("verify fast=%t", fast))(ctx, call)
			}},
		{Name: "user", Summary: "Alone", Hidden: true, Args: "WHO", Run: echo("user")},
		{Name: "book add", Summary: "Add a book", Usage: "--name NAME\n[--more]", Flags: named,
			Run: func(ctx context.Context, call cli.Call) error {
				return echo(fmt.Sprintf("book add name=%q", name))(ctx, call)
			}},
		{Name: "book list", Summary: "List books", Run: echo("book list")},
		{Name: "book burn", Summary: "For the program itself", Hidden: true, Run: echo("book burn")},
		{Name: "user add", Summary: "Longer names go first", Run: echo("user add")},
		{Name: "probe", Summary: "For the program itself", Hidden: true, Run: echo("probe")},
		{Name: "refuse", Summary: "Refuse", Run: func(context.Context, cli.Call) error {
			return data.Fail(data.Unavailable, "test", data.Say("test.full", "The disk {{.Disk}} is full.", "Disk", "D:"), errors.New("ENOSPC"))
		}},
		{Name: "told", Summary: "Refuse quietly", Run: func(context.Context, cli.Call) error { return cli.Told(errors.New("x")) }},
		{Name: "fault", Summary: "Fail", Run: func(context.Context, cli.Call) error { return errors.New("nil map") }},
		{Name: "pick", Summary: "Misuse", Run: func(context.Context, cli.Call) error { return cli.Misuse("Give one of %s.", "a, b") }},
	}}
}

func run(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = program().Main(context.Background(), args, &o, &e)
	return code, o.String(), e.String()
}

func TestWhatIsAskedIsRun(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(here, "x")
	for _, c := range []struct{ args, out string }{
		{"", "windows data= demo=false args=[]"},
		{"--demo", "windows data= demo=true args=[]"},
		{"--data x", "windows data=" + folder + " demo=false args=[]"},
		{"--data x verify", "verify fast=false data=" + folder + " demo=false args=[]"},
		{"verify --data x", "verify fast=false data=" + folder + " demo=false args=[]"},
		{"verify -fast journal", `verify fast=true data= demo=false args=["journal"]`},
		{"verify journal -fast", `verify fast=true data= demo=false args=["journal"]`},
		{"--fast verify journal", `verify fast=true data= demo=false args=["journal"]`},
		{"verify -- -fast", `verify fast=false data= demo=false args=["-fast"]`},
		{"book add --name Ann", `book add name="Ann" data= demo=false args=[]`},
		{"--name add book add", `book add name="add" data= demo=false args=[]`},
		{"book --name=list --demo add", `book add name="list" data= demo=true args=[]`},
		{"book add --name -h", `book add name="-h" data= demo=false args=[]`},
		{"book --data x list", "book list data=" + folder + " demo=false args=[]"},
		{"user add", "user add data= demo=false args=[]"},
		{"user ann", `user data= demo=false args=["ann"]`},
		{"probe", "probe data= demo=false args=[]"},
	} {
		code, out, errs := run(strings.Fields(c.args)...)
		if code != cli.Done || out != c.out || errs != "" {
			t.Errorf("%q: %d, %q, %q; want 0, %q", c.args, code, out, errs, c.out)
		}
	}
}

func TestWrongUseEndsWithTwoAndASentence(t *testing.T) {
	for args, want := range map[string]string{
		"nix":                "There is no command 'nix'.",
		"--nix":              "Flag provided but not defined: -nix.",
		"--data":             "Flag needs an argument: -data.",
		"--data=":            "--data needs the path of a folder.",
		"--data x --demo":    "--data and --demo exclude each other",
		"probe more":         "'more' is not understood here.",
		"probe -fast":        "Flag provided but not defined: -fast.",
		"pick":               "Give one of a, b.",
		"--demo=maybe":       "Invalid boolean value",
		"verify --data= x":   "--data needs the path of a folder.",
		"book":               "'book' is followed by one of these: add, list.\n",
		"book nix":           "'book' is followed by one of these: add, list.\n",
		"add book":           "There is no command 'add'.",
		"book add more":      "'more' is not understood here.",
		"book add --name":    "Flag needs an argument: -name.",
		"book list --name x": "Flag provided but not defined: -name.",
		"probe --data x yy":  "'yy' is not understood here.",
	} {
		code, out, errs := run(strings.Fields(args)...)
		if code != cli.Misused || out != "" || !strings.HasPrefix(errs, want) || !strings.Contains(errs, "wardbook help") {
			t.Errorf("%q: %d, %q, %q; want 2 and %q", args, code, out, errs, want)
		}
	}
}

func TestARefusalEndsWithOneAndItsSentence(t *testing.T) {
	for args, want := range map[string]string{
		"refuse": "The disk D: is full.\nDetails for support: ENOSPC\n",
		"fault":  "Wardbook could not do this.\nDetails for support: nil map\n",
		"told":   "",
	} {
		code, out, errs := run(args)
		if code != cli.Refused || out != "" || errs != want {
			t.Errorf("%q: %d, %q, %q; want 1 and %q", args, code, out, errs, want)
		}
	}
}

func TestHelpListsWhatPeopleMayAsk(t *testing.T) {
	for _, args := range []string{"help", "--help", "-h", "help verify", "verify --help", "book --help", "book -h nix"} {
		code, out, errs := run(strings.Fields(args)...)
		if args == "help verify" { // there is one page only
			if code != cli.Misused {
				t.Errorf("%q: %d", args, code)
			}
			continue
		}
		if code != cli.Done || errs != "" || !strings.Contains(out, "verify [PART]") || !strings.Contains(out, "Check the book") {
			t.Errorf("%q: %d, %q, %q", args, code, out, errs)
		}
		if !strings.Contains(out, "  book add         Add a book\n                   --name NAME\n                   [--more]\n") {
			t.Errorf("%q does not say how to add a book:\n%s", args, out)
		}
		if strings.Contains(out, "probe") {
			t.Errorf("%q shows what is hidden:\n%s", args, out)
		}
	}
}

func TestVersionIsReadFromFyneApp(t *testing.T) {
	for text, want := range map[string]string{
		"[Details]\nVersion = \"1.2.3\"\n": "1.2.3",
		"[Details]\nName = \"x\"\n":        "unknown",
		"no toml":                          "unknown",
		"":                                 "unknown",
	} {
		if got := cli.Version(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if line := cli.VersionLine("1.2.3"); !strings.HasPrefix(line, "Wardbook 1.2.3 (") || strings.Contains(line, "\n") {
		t.Errorf("got %q", line)
	}
}

// TestAFlagMeansTheSameInEveryCommand: otherwise nobody could tell a flag's value from the command.
func TestAFlagMeansTheSameInEveryCommand(t *testing.T) {
	p := program()
	p.Commands = append(p.Commands, cli.Command{Name: "odd", Flags: func(f *flag.FlagSet) { f.Bool("name", false, "") }})
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "--name") {
			t.Errorf("two meanings of --name: %s", said)
		}
	}()
	p.Main(context.Background(), []string{"odd"}, &bytes.Buffer{}, &bytes.Buffer{})
}
