package badgerdb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
	"wardbook/data/storetest"
)

type plainRec struct {
	Key  string     `cbor:"1,keyasint"`
	Note string     `cbor:"2,keyasint"`
	Many int        `cbor:"3,keyasint"`
	Wave []int16    `cbor:"4,keyasint"`
	Kids []plainKid `cbor:"5,keyasint"`
}
type plainKid struct {
	Kids []plainKid `cbor:"1,keyasint"`
}
type plainID = data.Ref[plainRec]

type plainSet struct {
	t  *data.Table[plainID, plainRec]
	u  *data.UniqueIndex[plainID, plainRec]
	tx *data.TextIndex[plainID, plainRec, struct{}]
}

func plainTables(number uint16) *plainSet {
	t := data.NewTable[plainID](data.TableSpec[plainRec]{Number: number, Name: fmt.Sprint("plain", number)})
	r := &plainSet{t: t}
	r.u = data.NewUnique(t, data.UniqueSpec[plainID, plainRec]{Number: 1, Name: "key", Keys: func(r data.Row[plainID, plainRec]) []data.Key {
		if r.Value.Key == "" {
			return nil
		}
		return []data.Key{data.Encode(r.Value.Key)}
	}})
	data.NewIndex(t, data.IndexSpec[plainID, plainRec, struct{}]{Number: 2, Name: "many", Keys: func(r data.Row[plainID, plainRec]) (ks []data.Key) {
		for i := range r.Value.Many {
			ks = append(ks, data.Encode(uint64(i)))
		}
		return ks
	}})
	r.tx = data.NewText(t, data.TextSpec[plainID, plainRec, struct{}]{Number: 3, Name: "words", Texts: func(r data.Row[plainID, plainRec]) []string { return []string{r.Value.Key} }})
	return r
}

func plainOptions(t testing.TB, tables ...*data.TableDef) Options {
	schema, err := data.NewSchema(tables...)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Dir: t.TempDir(), Keys: storetest.NewKeys(), Dataset: [16]byte{1}, Probe: probe, Ballast: -1, Chunk: 64 << 10, SegmentSize: 64 << 20, Schema: schema}
}

// newPlain makes an id.
func newPlain() plainID { return plainID(uuid.Must(uuid.NewV7())) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// An opening that is given up during replay, where a unique key moved meanwhile.
func TestReplayGivenUp(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	s, err := Create(t.Context(), o)
	must(t, err)
	_, err = s.Update(t.Context(), storetest.Doing("x"), func(tx data.Tx) error { _, err := r.t.Insert(tx, newPlain(), plainRec{}); return err })
	must(t, err)
	must(t, s.Close())
	must(t, os.CopyFS(filepath.Join(o.Dir, "kept"), os.DirFS(filepath.Join(o.Dir, "state"))))
	s, err = Open(t.Context(), o)
	must(t, err)
	a, b := newPlain(), newPlain()
	up := func(fn func(tx data.Tx) error) {
		t.Helper()
		_, err := s.Update(t.Context(), storetest.Doing("x"), fn)
		must(t, err)
	}
	up(func(tx data.Tx) error { _, err := r.t.Insert(tx, a, plainRec{Key: "bed 3"}); return err })
	up(func(tx data.Tx) error { _, err := r.t.Update(tx, a, 1, plainRec{}); return err })
	up(func(tx data.Tx) error { _, err := r.t.Insert(tx, b, plainRec{Key: "bed 3"}); return err })
	note := string(bytes.Repeat([]byte("n"), 3000))
	for range 1200 {
		up(func(tx data.Tx) error { _, err := r.t.Insert(tx, newPlain(), plainRec{Note: note}); return err })
	}
	must(t, s.Close())
	// A power cut: Badger has lost what was not flushed, and there is no seal.
	must(t, os.Remove(filepath.Join(o.Dir, sealName)))
	must(t, os.RemoveAll(filepath.Join(o.Dir, "state")))
	must(t, os.Rename(filepath.Join(o.Dir, "kept"), filepath.Join(o.Dir, "state")))
	ctx, cancel := context.WithCancel(t.Context())
	impatient := o
	impatient.Progress = func(stage data.Message, done, total int64) {
		if stage.Key == "data.open.replay" {
			cancel()
		}
	}
	_, err = Open(ctx, impatient)
	t.Log("given up:", err)
	s, err = Open(t.Context(), o)
	if err != nil {
		t.Fatal("the next opening: ", err)
	}
	s.Close()
}

func TestReplayOfLargeUpdates(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	s, err := Create(t.Context(), o)
	must(t, err)
	t.Log("batch count", s.state.db.MaxBatchCount(), "size", s.state.db.MaxBatchSize())
	n := int(s.state.db.MaxBatchCount())
	must(t, s.Close())
	must(t, os.CopyFS(filepath.Join(o.Dir, "kept"), os.DirFS(filepath.Join(o.Dir, "state"))))
	s, err = Open(t.Context(), o)
	must(t, err)
	for _, many := range []int{n * 30 / 100, n * 80 / 100} {
		_, err := s.Update(t.Context(), storetest.Doing("x"), func(tx data.Tx) error { _, err := r.t.Insert(tx, newPlain(), plainRec{Many: many}); return err })
		must(t, err)
	}
	must(t, s.Close())
	must(t, os.Remove(filepath.Join(o.Dir, sealName)))
	must(t, os.RemoveAll(filepath.Join(o.Dir, "state")))
	must(t, os.Rename(filepath.Join(o.Dir, "kept"), filepath.Join(o.Dir, "state")))
	s, err = Open(t.Context(), o)
	if err != nil {
		t.Fatal("after the crash: ", err)
	}
	s.Close()
}

func TestCloseWritesAllLooks(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	o.LookDelay = time.Hour
	s, err := Create(t.Context(), o)
	must(t, err)
	for range 600 {
		must(t, s.Look(t.Context(), storetest.Doing("look")))
	}
	must(t, s.Close())
	s, err = Open(t.Context(), o)
	must(t, err)
	defer s.Close()
	n := 0
	for _, err := range s.Entries(t.Context(), data.EntryFilter{OnlyLook: true}) {
		must(t, err)
		n++
	}
	if n != 600 {
		t.Fatalf("%d of 600 looks are in the book; status %+v", n, s.Status())
	}
}

func TestNoLookVanishes(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	o.LookDelay = time.Hour
	s, err := Create(t.Context(), o)
	must(t, err)
	var about []data.ID
	for range 300 {
		about = append(about, newPlain().RecordID())
	}
	for range 250 {
		must(t, s.Look(t.Context(), storetest.Doing("list", about...)))
	}
	_, err = s.Update(t.Context(), storetest.Doing("x"), func(data.Tx) error { return nil })
	must(t, err)
	n := 0
	for _, err := range s.Entries(t.Context(), data.EntryFilter{OnlyLook: true}) {
		must(t, err)
		n++
	}
	st := s.Status()
	must(t, s.Close())
	if n+st.LooksWaiting+st.LooksLost != 250 {
		t.Fatalf("%d written, %d waiting, %d lost, of 250", n, st.LooksWaiting, st.LooksLost)
	}
}

func TestLooksAreWrittenAfterReopen(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	o.LookDelay = time.Millisecond
	s, err := Create(t.Context(), o)
	must(t, err)
	defer s.Close()
	s.stop(sayStopped, errors.New("test"))
	must(t, s.Look(t.Context(), storetest.Doing("look")))
	must(t, s.Reopen(t.Context()))
	must(t, s.Look(t.Context(), storetest.Doing("look")))
	until(t, func() bool { return s.Status().LooksWaiting == 0 })
}

// until waits for what another goroutine does in its own time.
func until(t testing.TB, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it never came")
		}
	}
}

func TestLookKeepsItsOwnList(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	s, err := Create(t.Context(), o)
	must(t, err)
	about := []data.ID{"ann"}
	must(t, s.Look(t.Context(), storetest.Doing("look", about...)))
	about[0] = "bob"
	must(t, s.Close())
	s, err = Open(t.Context(), o)
	must(t, err)
	defer s.Close()
	for e, err := range s.Entries(t.Context(), data.EntryFilter{OnlyLook: true}) {
		must(t, err)
		if e.Cause.About[0] != "ann" {
			t.Fatal("recorded about", e.Cause.About)
		}
	}
}

func TestCheckWhileReopening(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	s, err := Create(t.Context(), o)
	must(t, err)
	defer s.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 20 {
			if _, err := s.Check(t.Context(), nil); err != nil && !data.Is(err, data.Unavailable) {
				t.Error(err)
			}
		}
	}()
	for range 5 {
		s.stop(sayStopped, errors.New("test"))
		must(t, s.Reopen(t.Context()))
	}
	<-done
}

// A reader that does not come to an end while the state has to be opened again: nothing is opened beside it; when it has
// ended, Reopen mends the rest.
func TestLongReaderWhileTheStateIsReopened(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	o.usersWait = 50 * time.Millisecond
	var fail atomic.Bool
	o.faults.commit = func() error {
		if fail.CompareAndSwap(true, false) {
			return errors.New("badger says no")
		}
		return nil
	}
	s, err := Create(t.Context(), o)
	must(t, err)
	defer s.Close()
	leave, held := make(chan struct{}), make(chan struct{})
	ended := make(chan error)
	go func() { ended <- s.View(t.Context(), func(data.Tx) error { close(held); <-leave; return nil }) }()
	<-held
	fail.Store(true)
	id := newPlain()
	_, err = s.Update(t.Context(), storetest.Doing("x"), func(tx data.Tx) error { _, err := r.t.Insert(tx, id, plainRec{Key: "a"}); return err })
	must(t, err) // it stands
	if err := s.Reopen(t.Context()); err == nil {
		t.Error("reopened beside a reader")
	}
	close(leave)
	must(t, <-ended)
	must(t, s.Reopen(t.Context()))
	must(t, s.View(t.Context(), func(tx data.Tx) error { _, err := r.t.Get(tx, id); return err }))
}

// Badger that does not answer (its table in memory can't be written: it retries for ever): the store says so, and what was
// acknowledged is there after the next start.
func TestBadgerThatDoesNotAnswer(t *testing.T) {
	r := plainTables(20)
	o := plainOptions(t, r.t.Def())
	o.stateWait = 50 * time.Millisecond
	answer := make(chan struct{})
	var silent atomic.Bool
	o.faults.commit = func() error {
		if silent.Load() {
			<-answer
		}
		return nil
	}
	s, err := Create(t.Context(), o)
	must(t, err)
	silent.Store(true)
	ids := []plainID{newPlain(), newPlain()}
	for _, id := range ids {
		_, err := s.Update(t.Context(), storetest.Doing("x"), func(tx data.Tx) error { _, err := r.t.Insert(tx, id, plainRec{}); return err })
		must(t, err)
	}
	_, err = s.Update(t.Context(), storetest.Doing("x"), func(data.Tx) error { return nil })
	if !data.Is(err, data.Unavailable) || s.Status().Stopped == nil {
		t.Errorf("answered %v, status %+v", err, s.Status())
	}
	must(t, s.Close())
	close(answer)
	entries := 0
	found, err := Verify(t.Context(), o, nil)
	if entries = int(found.Entries); err != nil || entries != 2 || len(found.Problems) > 0 {
		t.Errorf("the journal holds %+v %v", found, err)
	}
}
