package trial

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Killing kills a writer again and again in the same folder.
type Killing struct {
	Opening Opening
	Rounds  int
	Rand    *rand.Rand
	// Writer makes the command that writes into the folder for ever and prints what was acknowledged.
	Writer func() *exec.Cmd
	// Say hears a line for each round.
	Say func(line string)
}

// Run kills the writer in each round, at a random moment, checks what is left in every second round or so, and goes on in the same folder,
// so that damage would pile up. The error is the first round's in which something was lost.
func (k *Killing) Run(ctx context.Context) error {
	var acked uint64
	for round := 1; round <= k.Rounds; round++ {
		last, err := k.Once(ctx)
		acked = max(acked, last)
		if err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		if round < k.Rounds && k.Rand.IntN(3) == 0 {
			k.Say(fmt.Sprintf("round %d: acknowledged %d: killed once more before it is looked at", round, acked))
			continue
		}
		n, how, err := Examine(ctx, k.Opening, acked)
		if err != nil {
			return fmt.Errorf("round %d: acknowledged %d: %w", round, acked, err)
		}
		k.Say(fmt.Sprintf("round %d: acknowledged %d: ok: %d transfers, state %s", round, acked, n, how))
	}
	return nil
}

// Once runs a writer and kills it: mostly after a number of acknowledgements, sometimes at any moment after its start.
func (k *Killing) Once(ctx context.Context) (acked uint64, err error) {
	writer := k.Writer()
	out, err := writer.StdoutPipe()
	if err != nil {
		return 0, err
	}
	var said strings.Builder
	writer.Stderr = &said
	if err := writer.Start(); err != nil {
		return 0, err
	}
	limit := k.Rand.IntN(200)
	var early <-chan time.Time
	if k.Rand.IntN(3) == 0 {
		limit = 1 << 30
		early = time.After(time.Duration(k.Rand.Int64N(int64(700 * time.Millisecond))))
	}
	ended := make(chan struct{})
	enough := make(chan struct{})
	go func() {
		defer close(ended)
		acked = follow(out, limit, enough)
	}()
	var died error
	select {
	case <-enough:
	case <-early:
	case <-ended:
		died = errors.New("the writer ended by itself")
	case <-ctx.Done():
	}
	died = errors.Join(died, ignoreDone(writer.Process.Kill()))
	<-ended
	_ = writer.Wait() // it was killed: that is its error
	if died != nil {
		return acked, fmt.Errorf("%w: %s", died, said.String())
	}
	return acked, ctx.Err()
}

func ignoreDone(err error) error {
	if err != nil && strings.Contains(err.Error(), "process already finished") {
		return nil
	}
	return err
}

// follow reads what the writer acknowledges, to its end, and rings after so many lines.
func follow(out io.Reader, limit int, enough chan<- struct{}) (last uint64) {
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if id, err := strconv.ParseUint(lines.Text(), 10, 64); err == nil {
			last = id
		}
		if n == limit {
			close(enough)
		}
	}
	return last
}
