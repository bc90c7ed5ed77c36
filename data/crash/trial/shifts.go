package trial

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"wardbook/data/badgerdb"
)

// Shifts writes into a store for ever, or until ctx ends or something fails: it opens the store, makes some hundred transfers, now
// and then changes the master key, closes the store and begins again, so that a cut falls into each of these.
func Shifts(ctx context.Context, o Opening, rnd *rand.Rand, acked func(n uint64), again func(error) bool) error {
	for ctx.Err() == nil {
		if err := shift(ctx, o, rnd, acked, again); err != nil {
			return err
		}
	}
	return nil
}

func shift(ctx context.Context, o Opening, rnd *rand.Rand, acked func(n uint64), again func(error) bool) error {
	b, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = b.Close() }() // the second time does nothing
	w := &Worker{Store: b.Store, Tables: b.Tables, Hands: 1 + rnd.IntN(12), Acked: acked, Again: again}
	if err := w.Begin(ctx); err != nil {
		return err
	}
	for parts := 1 + rnd.IntN(4); parts > 0; parts-- {
		if err := w.Work(ctx, 50+rnd.IntN(600)); err != nil {
			return err
		}
		if rnd.IntN(4) == 0 {
			if err := b.Rotate(ctx); err != nil {
				return err
			}
		}
	}
	return b.Close()
}

// Brisk is the tuning of a writer that is to be cut: frequent checkpoints, small segments, little room asked for.
func Brisk(o *badgerdb.Options) {
	o.CheckpointEvery, o.LookDelay = 100*time.Millisecond, 50*time.Millisecond
	o.SegmentSize, o.Chunk = 1<<20, 256<<10
	o.WarnFree, o.RefuseFree, o.Ballast = 200<<20, 100<<20, 8<<20
}

// Examine opens what a crash left, checks all of it, verifies the journal, shows that the store goes on, and closes it. It answers
// how many transfers there are and how the state was opened.
func Examine(ctx context.Context, o Opening, acked uint64) (transfers int, how string, err error) {
	b, err := Open(ctx, o)
	if err != nil {
		return 0, "not opened", err
	}
	defer func() {
		if e := b.Close(); err == nil {
			err = e
		}
	}()
	if transfers, err = Check(ctx, b.Store, b.Tables, acked); err != nil {
		return transfers, b.How, err
	}
	if err := Verify(ctx, o.Dir, b.Vault); err != nil {
		return transfers, b.How, err
	}
	switch found, err := b.Store.Check(ctx, nil); {
	case err != nil:
		return transfers, b.How, err
	case len(found) > 0:
		return transfers, b.How, fmt.Errorf("state against journal: %d problems, the first: %s", len(found), found[0])
	}
	w := &Worker{Store: b.Store, Tables: b.Tables}
	if err := w.Begin(ctx); err != nil {
		return transfers, b.How, err
	}
	return transfers, b.How, w.Work(ctx, 1)
}
