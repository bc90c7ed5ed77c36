package badgerdb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"wardbook/data"
	"wardbook/data/blob"
	"wardbook/data/disk"
	"wardbook/data/journal"
	"wardbook/data/storetest"
)

// faulty is a store on a disk in memory that fails when it is told to. Its state lives in memory only, so whatever it knows
// after an opening has come from that disk.
type faulty struct {
	o      Options
	tables *storetest.Tables
	disk   *disk.Mem
	ops    atomic.Int64 // changing operations that the disk was asked for
	fail   atomic.Int64 // the one that fails; 0: none
	onward atomic.Bool  // and all after it
	failed atomic.Value // what was the first to fail: "sync /store/head.new"
}

func newFaulty() *faulty {
	f := &faulty{tables: storetest.Declare(storetest.Shape{}), disk: disk.NewMem()}
	f.disk.Fault = f.fault
	f.o = Options{Dir: "/store", FS: f.disk, Memory: true, Keys: storetest.NewKeys(), Dataset: [16]byte{7}, Schema: f.tables.Schema,
		Ballast: 1 << 10, Chunk: 4 << 10, SegmentSize: 16 << 10, CheckpointEvery: time.Hour, LookDelay: time.Hour}
	return f
}

func (f *faulty) fault(op, name string) error {
	n, at := f.ops.Add(1), f.fail.Load()
	if at > 0 && (n == at || n > at && f.onward.Load()) {
		f.failed.CompareAndSwap(nil, op+" "+name)
		return syscall.EIO
	}
	return nil
}

// mend makes the disk work again.
func (f *faulty) mend() { f.fail.Store(0) }

// wish is one thing that somebody at a desk wants done, under one operation however often it is tried.
type wish struct {
	cause  data.Cause
	id     storetest.PersonID
	number uint64
}

// want makes n wishes whose records are large enough to fill segments.
func want(n int) []wish {
	wishes := make([]wish, n)
	for i := range wishes {
		id := storetest.NewID()
		wishes[i] = wish{storetest.Doing("register", id.RecordID()), id, uint64(i + 1)}
	}
	return wishes
}

func (f *faulty) try(ctx context.Context, s *Store, w wish) (data.Entry, error) {
	p := storetest.Person{Number: w.number, Family: fmt.Sprintf("Family%d", w.number), Given: "Ann", Note: string(make([]byte, 900))}
	if w.number%4 == 0 {
		a, err := s.Attach(ctx, bytes.NewReader(make([]byte, 5000)))
		if err != nil {
			return data.Entry{}, err
		}
		p.Attachment = []data.Attachment{a}
	}
	return s.Update(ctx, w.cause, func(tx data.Tx) error {
		_, err := f.tables.People.Insert(tx, w.id, p)
		return err
	})
}

// housekeeping is what the engine does beside updates; an error of it harms nobody.
func housekeeping(ctx context.Context, s *Store, number uint64) {
	if number%3 == 0 {
		_ = s.inWriter(ctx, func() error { s.checkpoint(); return nil })
	}
	if number%5 == 0 {
		_ = s.Rekey(ctx)
	}
	if number%4 == 1 {
		_ = s.Look(ctx, storetest.Doing("look"))
	}
}

// whole checks that exactly these wishes have each one entry and one record, which every index leads to, and that others have
// at most one.
func (f *faulty) whole(t testing.TB, s *Store, done, all []wish) {
	t.Helper()
	ctx := t.Context()
	entries := map[[16]byte]int{}
	for e, err := range s.Entries(ctx, data.EntryFilter{NoLooks: true}) {
		if err != nil {
			t.Fatalf("entries: %v", err)
		}
		entries[e.Cause.Operation]++
	}
	for _, w := range all {
		n := entries[w.cause.Operation]
		acked := slices.ContainsFunc(done, func(d wish) bool { return d.id == w.id })
		if n > 1 || acked && n != 1 {
			t.Fatalf("wish %d (acknowledged %v) has %d entries", w.number, acked, n)
		}
		f.consistent(t, s, w, n == 1)
	}
}

// consistent: a wish is in every place, or in none.
func (f *faulty) consistent(t testing.TB, s *Store, w wish, there bool) {
	t.Helper()
	storetest.See(t, s, func(tx data.Tx) error {
		row, err := f.tables.People.Get(tx, w.id)
		if there != (err == nil) || err != nil && !data.Is(err, data.NotFound) || there && row.Value.Number != w.number {
			t.Fatalf("wish %d: entry %v, record %+v %v", w.number, there, row.Value.Number, err)
		}
		byNumber, err := f.tables.ByNumber.Get(tx, w.number)
		if there != (err == nil) || there && byNumber.ID != w.id {
			t.Fatalf("wish %d: entry %v, by its number %v", w.number, there, err)
		}
		found := 0
		for m, err := range f.tables.ByWords.Search(tx, fmt.Sprintf("Family%d", w.number), 0) {
			if err != nil {
				return err
			}
			if m.ID == w.id {
				found++
			}
		}
		if there != (found == 1) {
			t.Fatalf("wish %d: entry %v, found %d times by its words", w.number, there, found)
		}
		for _, a := range row.Value.Attachment {
			if err := s.blobs.Check(t.Context(), blob.Ref(a)); err != nil {
				t.Fatalf("wish %d: attachment: %v", w.number, err)
			}
		}
		return nil
	})
}

func (f *faulty) verify(t testing.TB, on disk.FS) {
	t.Helper()
	o := f.o
	o.FS = on
	found, err := journal.Verify(t.Context(), o.journal(), nil)
	if err != nil || len(found.Problems) > 0 || !found.HeadAuthentic {
		t.Fatalf("verify: %+v %v", found, err)
	}
}

// run makes all wishes come true on a disk that fails at one place, as a program at a desk would: what is refused is tried
// again, a store that stopped is reopened once the disk works again. cut, if not nil, looks at what a power cut would leave
// at the worst moment.
func (f *faulty) run(t testing.TB, wishes []wish, cut func(done []wish)) {
	t.Helper()
	ctx := t.Context()
	s, err := f.open(ctx)
	if err != nil {
		t.Fatalf("after %v: open: %v", f.failed.Load(), err)
	}
	var done []wish
	for _, w := range wishes {
		housekeeping(ctx, s, w.number)
		first, err := f.try(ctx, s, w)
		if err != nil {
			f.refused(t, s, err, done, w)
			if cut != nil {
				cut(done)
			}
			f.mend()
			if err := s.Reopen(ctx); err != nil {
				t.Fatalf("after %v: reopen: %v", f.failed.Load(), err)
			}
			if st := s.Status(); st.Stopped != nil {
				t.Fatalf("after %v: reopened, and still: %v", f.failed.Load(), st.Stopped)
			}
			if first, err = f.try(ctx, s, w); err != nil {
				t.Fatalf("after %v: tried again: %v", f.failed.Load(), err)
			}
		}
		done = append(done, w)
		if again, err := f.try(ctx, s, w); err != nil || again.Seq != first.Seq {
			f.mend()
			if errors.Is(err, syscall.EIO) && w.number%4 == 0 {
				continue // it was the second attachment that met the fault
			}
			t.Fatalf("after %v: entry %d, and again %d %v", f.failed.Load(), first.Seq, again.Seq, err)
		}
	}
	f.whole(t, s, done, wishes)
	closed := s.Close()
	f.mend()
	if closed != nil && !data.Is(closed, data.Unavailable) {
		t.Fatalf("after %v: close: %v", f.failed.Load(), closed)
	}
	f.again(t, f.disk, wishes, wishes)
}

// open makes the store, and opens it where it is.
func (f *faulty) open(ctx context.Context) (*Store, error) {
	s, err := Create(ctx, f.o)
	if err == nil {
		return s, nil
	}
	if !data.Is(err, data.Unavailable) {
		return nil, fmt.Errorf("create: %w", err)
	}
	f.mend()
	if s, err = Open(ctx, f.o); err == nil {
		return s, nil
	}
	return Create(ctx, f.o)
}

// again opens what lies on a disk and looks at it.
func (f *faulty) again(t testing.TB, on *disk.Mem, done, all []wish) {
	t.Helper()
	o := f.o
	o.FS = on
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatalf("after %v: opened again: %v", f.failed.Load(), err)
	}
	f.whole(t, s, done, all)
	f.verify(t, on)
	if err := s.Close(); err != nil {
		t.Fatalf("after %v: closed again: %v", f.failed.Load(), err)
	}
	f.verify(t, on)
}

// refused looks at a store that did not take an update: it says so, reading goes on, and where it is not certain what
// happened it takes nothing more.
func (f *faulty) refused(t testing.TB, s *Store, err error, done []wish, w wish) {
	t.Helper()
	if !data.Is(err, data.Unavailable) {
		t.Fatalf("after %v: %v", f.failed.Load(), err)
	}
	f.whole(t, s, done, append(slices.Clone(done), w))
	stopped := s.Status().Stopped
	if errors.Is(err, data.ErrUnknown) != (stopped != nil) {
		t.Fatalf("after %v: %v, but stopped: %v", f.failed.Load(), err, stopped)
	}
	if stopped == nil {
		if _, found, err := s.Done(t.Context(), w.cause.Operation); found || err != nil {
			t.Fatalf("after %v: refused, but done %v %v", f.failed.Load(), found, err)
		}
		return
	}
	f.mend()
	if _, err := f.try(t.Context(), s, w); !data.Is(err, data.Unavailable) {
		t.Fatalf("after %v: a stopped store answers %v", f.failed.Load(), err)
	}
}

// TestEveryFault lets each single operation of the disk fail once, then from it on all, in a run of updates, attachments, looks,
// checkpoints and changes of keys, from making the store to closing it.
func TestEveryFault(t *testing.T) {
	count := newFaulty()
	count.run(t, want(12), nil)
	total := count.ops.Load()
	if total < 100 {
		t.Fatalf("only %d operations: the run does not do what it should", total)
	}
	stops, met := 0, map[string]bool{}
	for _, onward := range []bool{false, true} {
		for at := int64(1); at <= total; at++ {
			f := newFaulty()
			f.fail.Store(at)
			f.onward.Store(onward)
			f.run(t, want(12), func([]wish) { stops++ })
			if first, ok := f.failed.Load().(string); ok {
				op, _, _ := strings.Cut(first, " ")
				met[op] = true
			}
		}
	}
	for _, op := range []string{"create", "write", "truncate", "sync", "rename", "syncdir"} {
		if !met[op] {
			t.Errorf("no %s ever failed", op)
		}
	}
	t.Logf("%d places, each failing once and each failing from then on: %d updates refused or stopped", total, stops)
}

// TestPowerCutAfterFault cuts the power right after the disk failed, before anybody could reopen the store.
func TestPowerCutAfterFault(t *testing.T) {
	count := newFaulty()
	count.run(t, want(12), nil)
	total := count.ops.Load()
	cuts := 0
	for round := range 80 {
		rnd := rand.New(rand.NewPCG(uint64(round), 9))
		f := newFaulty()
		f.fail.Store(1 + rnd.Int64N(total))
		f.onward.Store(round%2 == 0)
		wishes := want(12)
		f.run(t, wishes, func(done []wish) {
			for range 3 {
				cuts++
				f.again(t, f.disk.Crash(rnd), done, wishes)
			}
		})
	}
	if cuts < 30 {
		t.Fatalf("only %d cuts", cuts)
	}
	t.Logf("%d power cuts", cuts)
}

// TestPowerCutAnywhere cuts the power between any two operations of the disk, with nothing wrong before.
func TestPowerCutAnywhere(t *testing.T) {
	count := newFaulty()
	count.run(t, want(12), nil)
	total := count.ops.Load()
	for round := range 60 {
		rnd := rand.New(rand.NewPCG(uint64(round), 10))
		f := newFaulty()
		f.fail.Store(1 + rnd.Int64N(total))
		f.onward.Store(true) // nothing behind this reaches the disk: as if the power were gone
		wishes := want(12)
		s, err := Create(t.Context(), f.o)
		if err != nil {
			continue // cut off while it was set up: TestEveryFault has that
		}
		var done []wish
		for _, w := range wishes {
			housekeeping(t.Context(), s, w.number)
			if _, err := f.try(t.Context(), s, w); err != nil {
				break
			}
			done = append(done, w)
		}
		left := f.disk.Crash(rnd)
		_ = s.Close() // its disk is gone
		f.again(t, left, done, wishes)
	}
}

// TestStateRefusesCommit: once the journal has an entry it stands, whatever Badger says.
func TestStateRefusesCommit(t *testing.T) {
	for name, open := range map[string]func(testing.TB) storetest.Bench{"in memory": inMemory, "on disk": onDisk} {
		t.Run(name, func(t *testing.T) {
			var fails atomic.Int64
			b := open(t).(*bench)
			b.o.faults.commit = func() error {
				if fails.Add(-1) == 0 {
					return errors.New("badger says no")
				}
				return nil
			}
			tb := storetest.Declare(storetest.Shape{})
			s := b.Open(t, tb)
			before := tb.Add(t, s, storetest.Person{Number: 1, Family: "Before"})
			fails.Store(1)
			struck := tb.Add(t, s, storetest.Person{Number: 2, Family: "Struck"})
			after := tb.Add(t, s, storetest.Person{Number: 3, Family: "After"})
			if fails.Load() > 0 {
				t.Fatal("the fault was not met")
			}
			see := func(s data.Store) {
				t.Helper()
				for n, id := range []storetest.PersonID{before, struck, after} {
					storetest.See(t, s, func(tx data.Tx) error {
						row, err := tb.ByNumber.Get(tx, uint64(n+1))
						if err == nil && row.ID != id {
							t.Errorf("number %d is another person", n+1)
						}
						return err
					})
				}
				if st := s.Status(); st.Stopped != nil || s.Last() != 3 {
					t.Fatalf("stopped %v, last entry %d", st.Stopped, s.Last())
				}
			}
			see(s)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			see(b.Open(t, tb))
		})
	}
}
