package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
)

// ring is a key file that survives whatever happens to the disk, as the real one is durable before it answers.
type ring struct {
	mu      sync.Mutex
	keys    map[KeyID][]byte
	newest  map[string]KeyID
	changes uint64
	fail    error
}

func newRing() *ring { return &ring{keys: map[KeyID][]byte{}, newest: map[string]KeyID{}} }

func (r *ring) Key(id KeyID) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if k := r.keys[id]; k != nil {
		return k, nil
	}
	return nil, data.Fail(data.Corrupt, "ring.key", data.Say("test", "no such key"), nil)
}

func (r *ring) NewKey(purpose string) (KeyID, []byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		return KeyID{}, nil, r.fail
	}
	r.changes++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", purpose, r.changes))
	var id KeyID
	copy(id[:], sum[:])
	key := sha256.Sum256(sum[:])
	r.keys[id], r.newest[purpose] = key[:], id
	return id, key[:], nil
}

func (r *ring) Newest(purpose string) (KeyID, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id, ok := r.newest[purpose]
	return id, ok
}

func (r *ring) Generation() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changes
}

var dir = filepath.Join("hospital", "journal")

// small makes a journal whose segments and preallocation are small enough that tests cross them all the time.
func small(fs disk.FS, keys Keys) Options {
	return Options{FS: fs, Dir: dir, Dataset: [16]byte{1, 2, 3}, Keys: keys, SegmentSize: 2048, Chunk: 600,
		Rand: rand.NewChaCha8([32]byte{7}), Now: func() time.Time { return time.Unix(1e9, 0) }}
}

// entry is a body that depends on its number, so that no two are alike.
func entry(seq uint64) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, seq))
	return bytes.Repeat(sum[:], 7)[:int(sum[1])%200]
}

func create(t testing.TB, o Options) *Journal {
	t.Helper()
	j, err := Create(o)
	check(t, err)
	return j
}

func reopen(t testing.TB, o Options) (*Journal, OpenReport) {
	t.Helper()
	j, report, err := Open(o)
	check(t, err)
	return j, report
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// add appends n entries in one batch.
func add(j *Journal, n int) error {
	var bodies [][]byte
	for i := range n {
		bodies = append(bodies, entry(j.Last()+1+uint64(i)))
	}
	_, _, err := j.Append(bodies)
	return err
}

// expect replays the journal and compares every entry.
func expect(t testing.TB, j *Journal, last uint64) []Position {
	t.Helper()
	at := []Position{{}}
	for b, err := range j.Replay(context.Background(), 0, Position{}) {
		check(t, err)
		if b.Seq != uint64(len(at)) || !bytes.Equal(b.Data, entry(b.Seq)) {
			t.Fatalf("entry %d came where %d should, or is not what was written", b.Seq, len(at))
		}
		at = append(at, b.Pos)
	}
	if got := uint64(len(at) - 1); got != last || j.Last() != last {
		t.Fatalf("replayed to %d, Last says %d, want %d", got, j.Last(), last)
	}
	return at
}

// clean verifies and expects no problem.
func clean(t testing.TB, o Options, last uint64) {
	t.Helper()
	f, err := Verify(context.Background(), o, nil)
	check(t, err)
	if len(f.Problems) > 0 || f.Last != last || f.Entries != last || !f.HeadAuthentic || !f.Opened {
		t.Fatalf("verify, want %d entries and nothing wrong: %+v", last, f)
	}
}

func TestRoundTripOverManySegments(t *testing.T) {
	o := small(disk.NewMem(), newRing())
	j := create(t, o)
	for n := range 40 {
		check(t, add(j, n%5))
	}
	hash := j.Hash()
	at := expect(t, j, 80)
	if at[80].Segment < 5 {
		t.Fatalf("80 entries lie in %d segments; the test means to cross more", at[80].Segment)
	}
	check(t, j.Close())
	clean(t, o, 80)

	j, report := reopen(t, o)
	if !report.Clean || report.Last != 80 || report.DroppedBytes != 0 || len(report.Mended)+len(report.Problems) > 0 {
		t.Fatalf("opened after a clean close: %+v", report)
	}
	if j.Hash() != hash {
		t.Fatal("the chain's hash changed over closing and opening")
	}
	expect(t, j, 80)
	check(t, add(j, 3))
	expect(t, j, 83)
	check(t, j.Close())
	clean(t, o, 83)
}

func TestBatchIsOneFlush(t *testing.T) {
	o := small(disk.NewMem(), newRing())
	hooks := 0
	o.SyncHook = func() { hooks++ }
	j := create(t, o)
	first, at, err := j.Append([][]byte{entry(1), entry(2), nil})
	check(t, err)
	if first != 1 || len(at) != 3 || j.Syncs() != 1 || hooks != 1 {
		t.Fatalf("first %d, %d positions, %d flushes, %d hooks", first, len(at), j.Syncs(), hooks)
	}
	for b, err := range j.Replay(context.Background(), 0, Position{}) {
		check(t, err)
		if b.Batch != 1 || b.Pos != at[b.Seq-1] {
			t.Errorf("entry %d: batch %d at %v, want 1 at %v", b.Seq, b.Batch, b.Pos, at[b.Seq-1])
		}
	}
	if first, _, err = j.Append(nil); first != 4 || err != nil || j.Syncs() != 1 {
		t.Fatalf("an empty batch: first %d, %v, %d flushes", first, err, j.Syncs())
	}
}

func TestLargeEntries(t *testing.T) {
	o := small(disk.NewMem(), newRing())
	j := create(t, o)
	check(t, add(j, 1))
	big := bytes.Repeat([]byte("large "), 1<<16)
	_, at, err := j.Append([][]byte{big})
	check(t, err)
	if at[0] != (Position{2, headerLen}) {
		t.Fatalf("a body larger than a segment lies at %v, want a segment of its own", at[0])
	}
	if _, _, err = j.Append([][]byte{make([]byte, MaxBody+1)}); !data.Is(err, data.Invalid) {
		t.Fatalf("too large: %v", err)
	}
	_, most, err := j.Append([][]byte{make([]byte, MaxBody)})
	check(t, err)
	check(t, j.Close())
	j, _ = reopen(t, o)
	for seq, want := range map[uint64][]byte{2: big, 3: make([]byte, MaxBody)} {
		p := at[0]
		if seq == 3 {
			p = most[0]
		}
		if body, err := j.Read(p, seq); err != nil || !bytes.Equal(body, want) {
			t.Fatalf("entry %d: %v", seq, err)
		}
	}
}

func TestRollTakesANewKey(t *testing.T) {
	keys := newRing()
	o := small(disk.NewMem(), keys)
	j := create(t, o)
	check(t, add(j, 2))
	before := keys.newest["journal/000001"]
	check(t, j.Roll())
	check(t, j.Roll()) // an empty segment rolls too
	check(t, add(j, 2))
	at := expect(t, j, 4)
	if at[4].Segment != 3 || keys.newest["journal/000003"] == before {
		t.Fatalf("entry 4 lies at %v", at[4])
	}
	check(t, j.Close())
	clean(t, o, 4)
	j, _ = reopen(t, o)
	expect(t, j, 4)
}

func TestReadersAndWriterTogether(t *testing.T) {
	o := small(disk.NewMem(), newRing())
	j := create(t, o)
	check(t, add(j, 1))
	done := make(chan error, 4)
	for range 3 {
		go func() {
			for range 30 {
				for b, err := range j.Replay(context.Background(), 0, Position{}) {
					if err != nil || !bytes.Equal(b.Data, entry(b.Seq)) {
						done <- fmt.Errorf("entry %d: %w", b.Seq, err)
						return
					}
					if _, err := j.Read(b.Pos, b.Seq); err != nil {
						done <- err
						return
					}
				}
			}
			done <- nil
		}()
	}
	go func() {
		for range 20 {
			if err := j.Checkpoint(); err != nil {
				done <- err
				return
			}
			if f, err := Verify(context.Background(), o, nil); err != nil || len(f.Problems) > 0 {
				done <- fmt.Errorf("verify beside the writer: %+v %w", f, err)
				return
			}
		}
		done <- nil
	}()
	for range 100 {
		check(t, add(j, 2))
	}
	for range 4 {
		check(t, <-done)
	}
	check(t, j.Close())
	if _, err := j.Read(Position{1, headerLen}, 1); !errors.Is(err, ErrClosed) {
		t.Fatalf("read after close: %v", err)
	}
	if err := add(j, 1); !errors.Is(err, ErrClosed) {
		t.Fatalf("append after close: %v", err)
	}
}

func TestCreateOverwritesNoBook(t *testing.T) {
	m := disk.NewMem()
	o := small(m, newRing())
	j := create(t, o)
	check(t, add(j, 1))
	check(t, j.Close())
	if _, err := Create(o); !data.Is(err, data.Conflict) {
		t.Fatalf("create over a book: %v", err)
	}
	check(t, m.Remove(headPath(o, "head")))
	check(t, m.Remove(headPath(o, "head.bak")))
	if _, err := Create(o); !data.Is(err, data.Conflict) {
		t.Fatalf("create over a book without heads: %v", err)
	}
	if _, _, err := Open(o); !data.Is(err, data.Corrupt) {
		t.Fatalf("open without heads: %v", err)
	}
	check(t, m.Remove(segmentPath(o, 1)))
	create(t, o)
}

func TestPreallocation(t *testing.T) {
	m := disk.NewMem()
	o := small(m, newRing())
	j := create(t, o)
	grown := 0
	m.Fault = func(op, name string) error {
		if op == "sync" {
			grown++
		}
		return nil
	}
	size := func() int64 { return sizeOf(t, m, segmentPath(o, 1)) }
	if size() != o.Chunk {
		t.Fatalf("a new segment is %d bytes, want a chunk of %d", size(), o.Chunk)
	}
	check(t, add(j, 1))
	if size() != o.Chunk || grown != 1 {
		t.Fatalf("an entry that fits: %d bytes, %d flushes", size(), grown)
	}
	_, _, err := j.Append([][]byte{make([]byte, 700)})
	check(t, err)
	if size() != 2*o.Chunk || grown != 3 {
		t.Fatalf("an entry that does not fit: %d bytes, %d flushes", size(), grown)
	}
	check(t, j.Close())
	if j.end.Offset != size() {
		t.Fatalf("closed at %d, the file has %d bytes", j.end.Offset, size())
	}
}

func sizeOf(t testing.TB, m *disk.Mem, name string) int64 {
	t.Helper()
	info, err := m.Stat(name)
	check(t, err)
	return info.Size()
}

func TestCheckpointWritesOnlyWhatIsNew(t *testing.T) {
	m, keys := disk.NewMem(), newRing()
	o := small(m, keys)
	j := create(t, o)
	writes := 0
	m.Fault = func(op, name string) error {
		if op == "rename" {
			writes++
		}
		return nil
	}
	steps := []struct {
		what string
		do   func()
		want int
	}{
		{"nothing new", func() {}, 0},
		{"an entry", func() { check(t, add(j, 1)) }, 2},
		{"nothing since", func() {}, 0},
		{"a change of the key file", func() { keys.changes++ }, 2},
		{"a roll, which writes it itself", func() { check(t, j.Roll()) }, 0},
	}
	for _, s := range steps {
		s.do()
		writes = 0
		check(t, j.Checkpoint())
		if writes != s.want {
			t.Errorf("%s: the head was written %d times, want %d", s.what, writes, s.want)
		}
	}
}

// readFile and writeFile are an attacker's hands, or the rot of a disk.
func readFile(t testing.TB, m disk.FS, name string) []byte {
	t.Helper()
	b, err := disk.ReadAll(m, name, 1<<30)
	check(t, err)
	return b
}

func writeFile(t testing.TB, m disk.FS, name string, b []byte) {
	t.Helper()
	check(t, disk.WriteAtomic(m, name, b))
}
