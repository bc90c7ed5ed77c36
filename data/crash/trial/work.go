package trial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"wardbook/data"
)

// window is how far the numbers under way may lie apart; below strikeBack, so that what a transfer strikes is there.
const window = 24

// Worker moves ampoules about.
type Worker struct {
	Store  data.Store
	Tables *Tables
	Hands  int // how many transfers are under way at once
	// Acked hears of each growing number up to which all transfers were acknowledged. Called by one goroutine at a time.
	Acked func(n uint64)
	// Again is asked about an error of an update; true: try the same operation again. Nil: no.
	Again func(err error) bool

	mu   sync.Mutex
	wake *sync.Cond
	gaps []uint64        // numbers below next that are not in the book
	next uint64          // the first number never given out
	done map[uint64]bool // acknowledged, above low
	low  uint64          // all up to it are acknowledged
	fail error
}

// Begin looks at what the book holds: the next number to give out, and those that a crash left out before it. It fills the
// cabinets of a new book.
func (w *Worker) Begin(ctx context.Context) error {
	w.wake, w.done, w.next, w.gaps = sync.NewCond(&w.mu), map[uint64]bool{}, 1, nil
	fill := data.Cause{Operation: uuid.NewSHA1(uuid.NameSpaceOID, []byte("fill")), Who: data.System, Workstation: "medication-room-2", Action: "stock.fill"}
	if _, err := w.update(ctx, fill, w.fill); err != nil {
		return fmt.Errorf("filling the cabinets: %w", err)
	}
	err := w.Store.View(ctx, func(tx data.Tx) error {
		for s, err := range tx.Records(w.Tables.Transfers.Def(), data.Span{}) {
			if err != nil {
				return err
			}
			n, err := number(s.ID)
			if err != nil {
				return err
			}
			for ; w.next < uint64(n); w.next++ {
				w.gaps = append(w.gaps, w.next)
			}
			w.next = uint64(n) + 1
		}
		return nil
	})
	w.low = w.next - 1
	if len(w.gaps) > 0 {
		w.low = w.gaps[0] - 1
	}
	missing := map[uint64]bool{}
	for _, n := range w.gaps {
		missing[n] = true
	}
	for n := w.low + 1; n < w.next; n++ {
		w.done[n] = !missing[n]
	}
	return err
}

func (w *Worker) fill(tx data.Tx) error {
	for c := range CabinetID(Cabinets) {
		if _, err := w.Tables.Cabinets.Insert(tx, c, Cabinet{Ampoules: Stock}); err != nil {
			return err
		}
	}
	return nil
}

// Work makes that many more transfers.
func (w *Worker) Work(ctx context.Context, transfers int) error {
	var hands sync.WaitGroup
	left := transfers
	for range max(w.Hands, 1) {
		hands.Go(func() {
			for {
				n, ok := w.take(&left)
				if !ok {
					return
				}
				w.settle(n, w.transfer(ctx, n))
			}
		})
	}
	hands.Wait()
	return w.fail
}

// take gives out a number: what is missing first, and none so far ahead that it could strike one that is still under way.
func (w *Worker) take(left *int) (uint64, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fail != nil || *left == 0 {
		return 0, false
	}
	*left--
	if len(w.gaps) > 0 {
		n := w.gaps[0]
		w.gaps = w.gaps[1:]
		return n, true
	}
	n := w.next
	w.next++
	for n > w.low+window && w.fail == nil {
		w.wake.Wait()
	}
	return n, w.fail == nil
}

// settle notes how a transfer ended, and tells how far all are acknowledged.
func (w *Worker) settle(n uint64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.wake.Broadcast()
	if err != nil {
		w.fail = errors.Join(w.fail, fmt.Errorf("transfer %d: %w", n, err))
		return
	}
	w.done[n] = true
	before := w.low
	for w.done[w.low+1] {
		w.low++
		delete(w.done, w.low)
	}
	if w.low > before && w.Acked != nil {
		w.Acked(w.low)
	}
}

// transfer makes one transfer, and now and then looks at the patient's chart first.
func (w *Worker) transfer(ctx context.Context, n uint64) error {
	want := Expected(n)
	if hasSlip(n) {
		a, err := w.attach(ctx, n)
		if err != nil {
			return err
		}
		want.Slip = []data.Attachment{a}
	}
	cause := Cause(n)
	if n%11 == 0 {
		look := cause
		look.Operation, look.Action = uuid.NewSHA1(cause.Operation, []byte("look")), "chart.look"
		if err := w.Store.Look(ctx, look); err != nil {
			return err
		}
	}
	_, err := w.update(ctx, cause, func(tx data.Tx) error { return w.move(tx, want) })
	return err
}

func (w *Worker) attach(ctx context.Context, n uint64) (data.Attachment, error) {
	for {
		a, err := w.Store.Attach(ctx, bytes.NewReader(slip(n)))
		if err == nil || w.Again == nil || !w.Again(err) {
			return a, err
		}
	}
}

func (w *Worker) update(ctx context.Context, cause data.Cause, fn func(data.Tx) error) (data.Entry, error) {
	for {
		e, err := w.Store.Update(ctx, cause, fn)
		if err == nil || w.Again == nil || !w.Again(err) {
			return e, err
		}
	}
}

func (w *Worker) move(tx data.Tx, want Transfer) error {
	for _, m := range []struct {
		at CabinetID
		by int64
	}{{want.From, -want.Amount}, {want.To, want.Amount}} {
		c, err := w.Tables.Cabinets.Get(tx, m.at)
		if err != nil {
			return err
		}
		if _, err := w.Tables.Cabinets.Update(tx, m.at, c.Version, Cabinet{Ampoules: c.Value.Ampoules + m.by}); err != nil {
			return err
		}
	}
	if _, err := w.Tables.Transfers.Insert(tx, TransferID(want.Number), want); err != nil {
		return err
	}
	old, ok := strikes(want.Number)
	if !ok {
		return nil
	}
	_, err := w.Tables.Transfers.Delete(tx, TransferID(old), 1)
	return err
}
