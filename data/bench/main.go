// Command bench measures the store against its peers, in one run on one disk: bare appends, SQLite, and the store itself
// at a smaller size. `make bench` runs it; build it with -tags sqlite_fts5.
//
// It prints a table of ratios and whether each bar of the design is met. A bar that is not met is a line in the table, not a
// failure: it ends 1 only where something is broken, such as a search that finds other people than the peer's. Its records are
// generated, the same in every run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime/pprof"
)

// bench is one run of the program.
type bench struct {
	dir     string
	people  *people
	small   int  // the size that growth is measured from
	samples int  // how often an operation is measured
	kept    bool // the folder stays, and large stores in it are used again
	only    *regexp.Regexp
	profile string // profiles go to profile.<section>.pprof; empty: none
	report  report
}

// section is one part of the table.
type section struct {
	name string
	run  func(*bench, context.Context) error
}

// Those that need one million people come last and in this order: opening wants a store that nobody has read from, and
// rebuilding destroys its state.
var sections = []section{
	{"update", (*bench).updates},
	{"writers", (*bench).writers},
	{"bulk", (*bench).bulk},
	{"open", (*bench).opening},
	{"read", (*bench).reading},
	{"search", (*bench).searching},
	{"rebuild", (*bench).rebuilding},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	size := flag.Int("people", 1_000_000, "how many people the large store holds")
	only := flag.String("only", "", "run only the sections whose name matches this pattern (update, writers, bulk, open, read, search, rebuild)")
	dir := flag.String("dir", "", "folder to work in; it is kept, and its large stores are used again (default: a temporary folder)")
	quick := flag.Bool("quick", false, "a trial: fewer people and samples; the figures mean little")
	profile := flag.String("cpuprofile", "", "write profiles to files that begin with this name: where time goes in each section, and what an opened store holds in memory")
	child := flag.String("child", "", "for the program itself: open this store, read a little, and tell what it took")
	flag.Parse()
	b := &bench{small: 10_000, samples: 2000, dir: *dir, kept: *dir != "", profile: *profile}
	if *quick {
		*size, b.small, b.samples = min(*size, 20_000), 2000, 200
	}
	b.people = newPeople(*size)
	if *child != "" {
		return b.child(ctx, *child)
	}
	var err error
	if b.only, err = regexp.Compile(*only); err != nil {
		return err
	}
	return b.inFolder(func() error { return b.all(ctx) })
}

// inFolder runs do with a folder to work in.
func (b *bench) inFolder(do func() error) error {
	if b.kept {
		if err := os.MkdirAll(b.dir, 0o700); err != nil {
			return err
		}
		return do()
	}
	dir, err := os.MkdirTemp("", "wardbook-bench-")
	if err != nil {
		return err
	}
	b.dir = dir
	return errors.Join(do(), os.RemoveAll(dir))
}

// all runs the sections and prints what they found, also when one of them breaks.
func (b *bench) all(ctx context.Context) error {
	fmt.Println(machine(b.dir))
	var err error
	for _, s := range sections {
		if !b.only.MatchString(s.name) {
			continue
		}
		progress("%s ...", s.name)
		if err = s.run(b, ctx); err != nil {
			err = fmt.Errorf("%s: %w", s.name, err)
			break
		}
	}
	b.report.print(os.Stdout)
	return err
}

// fresh makes an empty folder for a section, and a function to clear it away.
func (b *bench) fresh(name string) (dir string, clear func(), err error) {
	dir = filepath.Join(b.dir, name)
	if err := os.RemoveAll(dir); err != nil {
		return "", nil, err
	}
	clear = func() {
		if err := os.RemoveAll(dir); err != nil {
			progress("%v", err)
		}
	}
	return dir, clear, os.MkdirAll(dir, 0o700)
}

// profiled runs what a section measures, without what it prepares, under the profiler if that was asked for.
func (b *bench) profiled(name string, do func() error) error {
	if b.profile == "" {
		return do()
	}
	f, err := os.Create(b.profile + "." + name + ".pprof")
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return errors.Join(err, f.Close())
	}
	err = do()
	pprof.StopCPUProfile()
	return errors.Join(err, f.Close())
}

// heapProfile writes what the heap holds, if profiles were asked for.
func (b *bench) heapProfile(name string) error {
	if b.profile == "" {
		return nil
	}
	f, err := os.Create(b.profile + "." + name + ".heap.pprof")
	if err != nil {
		return err
	}
	return errors.Join(pprof.WriteHeapProfile(f), f.Close())
}

// progress tells whoever waits; the table alone goes to standard output.
func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
