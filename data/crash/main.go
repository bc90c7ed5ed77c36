// Command crash proves that a store loses nothing that it acknowledged, whatever ends the program that writes.
//
//	crash write DIR         stores into DIR for ever; prints the number up to which all is acknowledged
//	crash check DIR LAST    opens what is in DIR; ends 0 if all up to LAST is there, whole and unchanged
//	crash kill ROUNDS       kills a writer that many times in one folder, and checks
//	crash fill DIR          like write, but waits where the disk is full; ends in order at SIGTERM
//
// Flags come first: -key FILE keeps the recovery key outside DIR (one that is to be cut), -seed N makes the choices the same,
// -refuse BYTES is where new work is refused. write and check are what shared/tools/crash/powercut asks for. It is its own
// probe child (crash probe-state DIR). .ci/crash runs it; it holds no patient and is no part of Wardbook.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/crash/trial"
)

var (
	keyFile = flag.String("key", "", "where the recovery key lies; outside DIR")
	seed    = flag.Uint64("seed", 0, "makes random choices the same; 0: by the clock")
	refuse  = flag.Uint64("refuse", 0, "bytes of free disk below which new work is refused")
)

func main() {
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: crash [-key FILE] [-seed N] [-refuse BYTES] write DIR | check DIR LAST | kill ROUNDS | fill DIR")
	}
	flag.Parse()
	if err := run(context.Background(), flag.Args()); err != nil {
		fmt.Println(err)
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	rnd := rand.New(rand.NewPCG(*seed, 1))
	switch {
	case len(args) == 2 && args[0] == "probe-state":
		return badgerdb.ServeProbe(args[1], os.Stdin, os.Stdout)
	case len(args) == 2 && args[0] == "write":
		return trial.Shifts(ctx, opening(args[1]), rnd, acknowledge, nil)
	case len(args) == 2 && args[0] == "fill":
		return fill(ctx, opening(args[1]))
	case len(args) == 3 && args[0] == "check":
		return check(ctx, args[1], args[2])
	case len(args) == 2 && args[0] == "kill":
		return kill(ctx, rnd, args[1])
	}
	flag.Usage()
	os.Exit(2)
	return nil
}

func opening(dir string) trial.Opening {
	return trial.Opening{Dir: dir, KeyFile: *keyFile, Probe: badgerdb.ChildProbe(os.Args[0], "probe-state"), Tune: func(o *badgerdb.Options) {
		trial.Brisk(o)
		if *refuse > 0 {
			o.WarnFree, o.RefuseFree = *refuse+*refuse/2, *refuse
		}
	}}
}

// acknowledge prints a number in one write, straight to the system: what was printed was acknowledged before.
func acknowledge(n uint64) {
	if _, err := os.Stdout.WriteString(strconv.FormatUint(n, 10) + "\n"); err != nil {
		os.Exit(1) // whoever reads is gone
	}
}

func check(ctx context.Context, dir, last string) error {
	acked, err := strconv.ParseUint(last, 10, 64)
	if err != nil {
		return err
	}
	n, how, err := trial.Examine(ctx, opening(dir), acked)
	if err != nil {
		return fmt.Errorf("%d transfers, state %s: %w", n, how, err)
	}
	fmt.Printf("%d transfers of %d acknowledged, state %s\n", n, acked, how)
	return nil
}

func kill(ctx context.Context, rnd *rand.Rand, rounds string) error {
	n, err := strconv.Atoi(rounds)
	if err != nil {
		return err
	}
	home, err := os.MkdirTemp("", "crash-kill-")
	if err != nil {
		return err
	}
	dir := filepath.Join(home, "d")
	*keyFile = filepath.Join(home, "key")
	fmt.Printf("killing %d times in %s, seed %d\n", n, dir, *seed)
	k := trial.Killing{Opening: opening(dir), Rounds: n, Rand: rnd, Say: func(line string) { fmt.Println(line) },
		Writer: func() *exec.Cmd {
			return exec.Command(os.Args[0], "-key", *keyFile, "-seed", strconv.FormatUint(rnd.Uint64()|1, 10), "write", dir)
		}}
	if err := k.Run(ctx); err != nil {
		return fmt.Errorf("%w (the folder %s is kept)", err, home)
	}
	fmt.Printf("%d kills: nothing lost, nothing torn\n", n)
	return os.RemoveAll(home)
}

// pause is how long a refused update waits before it tries again.
const pause = 20 * time.Millisecond

// fill writes on a disk that somebody else fills up: an update that is refused for want of room is tried again, anything
// else ends it. SIGTERM closes the store in order, with looks still waiting.
func fill(ctx context.Context, o trial.Opening) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	b, err := trial.Open(context.Background(), o)
	if err != nil {
		return err
	}
	var refused atomic.Int64
	w := &trial.Worker{Store: b.Store, Tables: b.Tables, Hands: 4, Acked: acknowledge, Again: func(err error) bool {
		if !data.Is(err, data.Unavailable) || ctx.Err() != nil {
			return false
		}
		if refused.Add(1) == 1 {
			fmt.Fprintln(os.Stderr, "refused:", err)
		}
		time.Sleep(pause)
		return true
	}}
	if err := w.Begin(ctx); err != nil {
		return err
	}
	err = w.Work(ctx, 1<<40)
	status := b.Store.Status()
	fmt.Fprintf(os.Stderr, "refused %d times, looks waiting %d, free %d, stopped %v\n", refused.Load(), status.LooksWaiting, status.Free, status.Stopped)
	if ctx.Err() == nil {
		return fmt.Errorf("ended by itself: %w", err)
	}
	if err := b.Close(); err != nil {
		fmt.Fprintln(os.Stderr, "closing:", err)
	}
	fmt.Fprintln(os.Stderr, "closed")
	return nil
}
