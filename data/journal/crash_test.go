package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"wardbook/data"
	"wardbook/data/disk"
)

// book is a journal in use by somebody who remembers what was acknowledged.
type book struct {
	m     *disk.Mem
	o     Options
	j     *Journal
	acked uint64 // acknowledged for certain
	tried uint64 // the highest that was ever written or tried
}

func newBook(t testing.TB) *book {
	m := disk.NewMem()
	b := &book{m: m, o: small(m, newRing())}
	b.j = create(t, b.o)
	return b
}

// step does one random thing; after a failed append the journal stays open, refusing.
func (b *book) step(rnd *rand.Rand) {
	switch n := rnd.IntN(20); {
	case n < 15:
		b.append(1 + rnd.IntN(4))
	case n < 17:
		b.j.Checkpoint()
	case n < 18:
		b.j.Roll()
	default:
		if b.j.Close() == nil || rnd.IntN(2) == 0 {
			b.open()
		}
	}
}

func (b *book) append(n int) {
	if b.j == nil {
		return
	}
	from := b.j.Last()
	err := add(b.j, n)
	switch {
	case err == nil:
		b.acked = from + uint64(n)
		b.tried = max(b.tried, b.acked)
	case errors.Is(err, ErrUnknown):
		b.tried = max(b.tried, from+uint64(n))
	}
}

// open opens again, trying until the disk lets it.
func (b *book) open() {
	for range 100 {
		j, _, err := Open(b.o)
		if err == nil {
			b.j = j
			b.acked = j.Last()
			return
		}
		if !data.Is(err, data.Unavailable) {
			panic(err)
		}
	}
}

// cut cuts the power, opens what is left and checks that nothing acknowledged is gone, nothing is half there, and work
// goes on.
func (b *book) cut(t testing.TB, rnd *rand.Rand) {
	t.Helper()
	b.m = b.m.Crash(rnd)
	b.o.FS = b.m
	acked := b.acked
	var report OpenReport
	b.j, report = reopen(t, b.o)
	b.acked = b.j.Last()
	if b.acked < acked || b.acked > max(b.tried, acked) {
		t.Fatalf("acknowledged %d, tried %d, after the cut there are %d", acked, b.tried, b.acked)
	}
	if report.Last != b.acked || (report.DroppedBytes > 0) != (report.DroppedFrom > 0) ||
		report.DroppedFrom > 0 && report.DroppedFrom != b.acked+1 {
		t.Fatalf("last %d, report %+v", b.acked, report)
	}
	b.tried = b.acked
	expect(t, b.j, b.acked)
	clean(t, b.o, b.acked)
}

func TestPowerCutsLoseNothingAcknowledged(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		seed := rapid.Uint64().Draw(r, "seed")
		rnd := rand.New(rand.NewPCG(seed, 1))
		b := newBook(t)
		for range 4 {
			for range rnd.IntN(30) {
				b.step(rnd)
			}
			b.cut(t, rnd)
			// What a second cut leaves right after the recovery must open too.
			if rnd.IntN(2) == 0 {
				b.cut(t, rnd)
			}
		}
		b.append(2)
		if b.acked < 2 {
			t.Fatal("appends do not go on after a power cut")
		}
		expect(t, b.j, b.acked)
		check(t, b.j.Close())
		clean(t, b.o, b.acked)
	})
}

// TestCutInsideAWrite cuts the power in the middle of an append, before its flush, again and again: the sectors of one
// batch reach the disk in any order.
func TestCutInsideAWrite(t *testing.T) {
	dropped := 0
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		b := newBook(t)
		for range rnd.IntN(10) {
			b.append(1 + rnd.IntN(3))
		}
		var after *disk.Mem
		fs := b.m
		b.j.o.SyncHook = func() { after = fs.Crash(rnd) }
		acked := b.acked
		check(t, add(b.j, 1+rnd.IntN(20)))
		b.m, b.tried = after, b.j.Last()
		b.o.FS = after
		b.acked = acked
		j, report := reopen(t, b.o)
		if j.Last() < acked || j.Last() > b.tried {
			t.Fatalf("seed %d: acknowledged %d, tried %d, found %d", seed, acked, b.tried, j.Last())
		}
		if report.DroppedBytes > 0 {
			dropped++
		}
		expect(t, j, j.Last())
		check(t, add(j, 2))
		check(t, j.Close())
		clean(t, b.o, j.Last())
	}
	if dropped < 50 {
		t.Fatalf("only %d of 300 cuts left a torn end; the test does not test what it means to", dropped)
	}
}

// TestEveryFailingCall lets every single call that changes or flushes something fail in turn, once or from then on, and
// cuts the power some time after.
func TestEveryFailingCall(t *testing.T) {
	for _, lasting := range []bool{false, true} {
		calls := 0
		for at := 0; at <= calls; at++ {
			for _, cause := range []error{syscall.EIO, syscall.ENOSPC} {
				n := failAt(t, at, lasting, cause)
				calls = max(calls, n)
			}
		}
		if calls < 150 {
			t.Fatalf("only %d calls were made to fail", calls)
		}
	}
}

func failAt(t *testing.T, at int, lasting bool, cause error) (calls int) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(uint64(at), 3))
	b := newBook(t)
	n, broken := 0, false
	b.m.Fault = func(op, name string) error {
		n++
		if n-1 == at || lasting && n-1 > at && n-1 < at+20 {
			broken = true
			return cause
		}
		return nil
	}
	for range 40 {
		b.stepThroughFaults(t, rnd)
	}
	b.m.Fault = nil
	if broken && rnd.IntN(3) == 0 && b.j != nil { // no power cut, only a new start
		b.j.Close()
		b.open()
		expect(t, b.j, b.j.Last())
	}
	b.cut(t, rnd)
	b.append(3)
	expect(t, b.j, b.acked)
	check(t, b.j.Close())
	clean(t, b.o, b.acked)
	return n
}

// stepThroughFaults is a step that may fail, after which the journal is opened again as the engine would.
func (b *book) stepThroughFaults(t *testing.T, rnd *rand.Rand) {
	before := b.acked
	b.step(rnd)
	if b.acked < before {
		t.Fatalf("acknowledged %d, opened with %d", before, b.acked)
	}
	if b.j.failed {
		if err := add(b.j, 1); !errors.Is(err, ErrStopped) || errors.Is(err, ErrUnknown) || !data.Is(err, data.Unavailable) {
			t.Fatalf("an append after a failed flush: %v", err)
		}
		expectReadable(t, b.j, b.acked)
		b.j.Close()
		b.open()
		if b.acked < before {
			t.Fatalf("acknowledged %d, opened with %d after a failure", before, b.acked)
		}
	}
	if b.j.closed {
		b.open()
	}
}

func expectReadable(t *testing.T, j *Journal, last uint64) {
	t.Helper()
	var seq uint64
	for b, err := range j.Replay(context.Background(), 0, Position{}) {
		check(t, err)
		seq++
		if !bytes.Equal(b.Data, entry(seq)) {
			t.Fatalf("entry %d is not what was written", seq)
		}
	}
	if seq < last {
		t.Fatalf("%d entries are readable, %d were acknowledged", seq, last)
	}
}

// failing makes every operation of one sort fail.
func failing(what string) func(op, name string) error {
	return func(op, name string) error {
		if op == what {
			return syscall.EIO
		}
		return nil
	}
}

func TestFailedFlushLeavesTheOutcomeUnknown(t *testing.T) {
	for _, op := range []string{"write", "sync"} {
		b := newBook(t)
		b.append(3)
		b.m.Fault = failing(op)
		err := add(b.j, 1)
		if !errors.Is(err, ErrUnknown) || !errors.Is(err, syscall.EIO) || !data.Is(err, data.Unavailable) {
			t.Fatalf("%s fails: %v", op, err)
		}
		b.m.Fault = nil
		if b.j.Last() != 3 {
			t.Fatalf("%s failed: last is %d, want the 3 that were acknowledged", op, b.j.Last())
		}
		check(t, b.j.Close())
		j, report := reopen(t, b.o)
		if report.Clean || j.Last() < 3 || j.Last() > 4 {
			t.Fatalf("%s failed: opened with %+v", op, report)
		}
		check(t, add(j, 1))
	}
}

func TestFullDiskRefusesAndRecovers(t *testing.T) {
	b := newBook(t)
	b.append(1)
	b.m.SetFree(100)
	refused := 0
	for range 40 {
		if err := add(b.j, 1); err != nil {
			if !data.Is(err, data.Unavailable) || errors.Is(err, ErrUnknown) || errors.Is(err, ErrStopped) || !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("disk full: %v", err)
			}
			refused++
		}
	}
	free, _ := b.m.Free("")
	if refused == 0 || free != 100 {
		t.Fatalf("%d refusals, %d bytes free, want 100: a refusal gives its space back", refused, free)
	}
	last := b.j.Last()
	expect(t, b.j, last)
	b.m.SetFree(1 << 30)
	check(t, add(b.j, 5))
	expect(t, b.j, last+5)
	check(t, b.j.Close())
	clean(t, b.o, last+5)
}

func TestRefusedPreallocationGivesItsSpaceBack(t *testing.T) {
	for _, op := range []string{"write", "sync"} {
		b := newBook(t)
		path := segmentPath(b.o, 1)
		before := sizeOf(t, b.m, path)
		b.m.Fault = failing(op)
		_, _, err := b.j.Append([][]byte{make([]byte, before)})
		if !data.Is(err, data.Unavailable) || errors.Is(err, ErrUnknown) {
			t.Fatalf("%s of the preallocation fails: %v", op, err)
		}
		if size := sizeOf(t, b.m, path); size != before {
			t.Errorf("%s of the preallocation failed: the file has %d bytes, want the %d it had", op, size, before)
		}
		b.m.Fault = nil
		_, _, err = b.j.Append([][]byte{make([]byte, before)})
		check(t, err)
	}
}

func TestFullDiskStillOpens(t *testing.T) {
	b := newBook(t)
	b.append(5)
	check(t, b.j.Close())
	check(t, b.m.Remove(headPath(b.o, "head.bak")))
	b.m.SetFree(0)
	j, report := reopen(t, b.o)
	expect(t, j, 5)
	if len(report.Mended) != 1 {
		t.Fatalf("mended: %q", report.Mended)
	}
	if err := add(j, 1); !data.Is(err, data.Unavailable) || errors.Is(err, ErrUnknown) {
		t.Fatalf("an append to a full disk: %v", err)
	}
	b.m.SetFree(1 << 20)
	check(t, add(j, 1))
	if c := readHeads(b.o); c[0].err != nil || c[1].err != nil || c[0].head.clean || c[1].head.clean {
		t.Fatal("an entry was appended under heads that are missing or say that the journal is closed")
	}
}

func TestKeyThatCantBeMade(t *testing.T) {
	b := newBook(t)
	b.append(2)
	keys := b.o.Keys.(*ring)
	keys.fail = errors.New("key file can't be written")
	if err := b.j.Roll(); !data.Is(err, data.Unavailable) {
		t.Fatalf("roll without a key: %v", err)
	}
	if err := add(b.j, 1); !data.Is(err, data.Unavailable) || errors.Is(err, ErrUnknown) {
		t.Fatalf("an append into a segment that was closed: %v", err)
	}
	keys.fail = nil
	check(t, add(b.j, 1))
	if at := expect(t, b.j, 3); at[3].Segment != 2 {
		t.Fatalf("entry 3 lies at %v, want segment 2", at[3])
	}
}

// TestRewritesTheTailItReliesOn: after a kill, what was written but never flushed is in the system's memory; Open must
// not let anybody build on it before it is on the disk.
func TestRewritesTheTailItReliesOn(t *testing.T) {
	for name, roll := range map[string]bool{"in the head's segment": false, "in a new segment": true} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.append(2)
			if roll {
				check(t, b.j.Roll())
			}
			b.j.o.SyncHook = func() { b.m.Fault = failing("sync") }
			b.append(2)
			written := map[string]bool{}
			b.m.Fault = func(op, name string) error {
				written[op+" "+name] = true
				return nil
			}
			j, _ := reopen(t, b.o)
			last := j.Last()
			if last != 4 {
				t.Fatalf("opened with %d, want 4: all was written", last)
			}
			if name := segmentPath(b.o, j.end.Segment); !written["write "+name] || !written["sync "+name] {
				t.Fatal("the tail was not written and flushed anew: after a failed flush the system may take it for clean")
			}
			for seed := range uint64(20) {
				o := b.o
				o.FS = b.m.Crash(rand.New(rand.NewPCG(seed, 4)))
				k, _ := reopen(t, o)
				expect(t, k, last)
			}
		})
	}
}

func TestUnfinishedSegments(t *testing.T) {
	cases := map[string]func(full []byte) []byte{
		"no bytes":            func([]byte) []byte { return nil },
		"half a header":       func(b []byte) []byte { return b[:50] },
		"a torn header":       func(b []byte) []byte { return append(make([]byte, 60), b[60:]...) },
		"zeros":               func([]byte) []byte { return make([]byte, 600) },
		"a header, no zeros":  func(b []byte) []byte { return b[:headerLen] },
		"a header, all zeros": func(b []byte) []byte { return b },
	}
	for name, shape := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.append(3)
			check(t, b.j.Checkpoint())
			b.j.write.Lock() // a new segment that the head has not yet heard of
			err := b.j.roll()
			b.j.write.Unlock()
			check(t, err)
			path := segmentPath(b.o, 2)
			writeFile(t, b.m, path, shape(readFile(t, b.m, path)))
			clean(t, b.o, 3)
			b.open()
			expect(t, b.j, 3)
			b.append(30)
			expect(t, b.j, 33)
			check(t, b.j.Close())
			clean(t, b.o, 33)
		})
	}
}

func TestHeadSurvivesACutAtEveryStep(t *testing.T) {
	for at := range 40 {
		for seed := range uint64(6) {
			b := newBook(t)
			b.append(2)
			n := 0
			b.m.Fault = func(op, name string) error {
				if n++; n > at {
					return fmt.Errorf("the power is gone: %w", syscall.EIO)
				}
				return nil
			}
			b.j.Checkpoint()
			b.j.Close()
			b.m.Fault = nil
			b.cut(t, rand.New(rand.NewPCG(seed, uint64(at))))
		}
	}
}

// TestHardensAHeaderThatWasNeverFlushed: a roll failed so badly that its file could not be taken away again. It is adopted
// at the next open, so its header must be flushed before an entry relies on it.
func TestHardensAHeaderThatWasNeverFlushed(t *testing.T) {
	b := newBook(t)
	b.append(2)
	path := segmentPath(b.o, 2)
	b.m.Fault = func(op, name string) error {
		if name == path && (op == "sync" || op == "remove") {
			return syscall.EIO
		}
		return nil
	}
	if err := b.j.Roll(); !data.Is(err, data.Unavailable) {
		t.Fatalf("roll: %v", err)
	}
	var calls []string
	b.m.Fault = func(op, name string) error {
		if name == path {
			calls = append(calls, op)
		}
		return nil
	}
	j, _ := reopen(t, b.o)
	if j.end.Segment != 2 || !slices.Equal(calls, []string{"write", "sync"}) {
		t.Fatalf("opened in segment %d after %q, want the header written and flushed anew", j.end.Segment, calls)
	}
	check(t, add(j, 1))
	expect(t, j, 3)
}
