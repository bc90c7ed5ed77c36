package badgerdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"wardbook/data"
	"wardbook/data/blob"
	"wardbook/data/disk"
	"wardbook/data/journal"
	"wardbook/data/layout"
)

// Create makes an empty store in a folder that has slots but no journal yet, and opens it.
func Create(ctx context.Context, o Options) (*Store, error) {
	o = o.withDefaults()
	if err := o.FS.MkdirAll(o.Dir, disk.DirPerm); err != nil {
		return nil, errFolder("store.create", err)
	}
	j, err := journal.Create(o.journal())
	if err != nil {
		return nil, err
	}
	if err := j.Close(); err != nil {
		return nil, err
	}
	return Open(ctx, o)
}

func errFolder(op string, cause error) error {
	return data.Fail(data.Unavailable, op, data.Say("data.folder.unusable",
		"Wardbook can't write to its data folder. Check that the folder is there and that your account may write to it, then start Wardbook again."), cause)
}

func (o *Options) journal() journal.Options {
	return journal.Options{FS: o.FS, Dir: filepath.Join(o.Dir, "journal"), Dataset: o.Dataset, Keys: o.Keys, Rand: o.Rand, Now: o.Now,
		SegmentSize: o.SegmentSize, Chunk: o.Chunk, SyncHook: o.faults.sync}
}

// Open opens a store: the journal's end is checked, the state is opened, brought up or rebuilt, indexes whose definition
// changed are built anew. Progress hears of what takes long. Corrupt names what is damaged beyond repair from the journal; Unavailable
// says what stands in the way.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{o: o.withDefaults(), requests: make(chan *request), control: make(chan func()), looked: make(chan struct{}, 1),
		closing: make(chan struct{}), done: make(chan struct{}), news: make(chan struct{})}
	s.space = spaceWatch{fs: s.o.FS, dir: s.o.Dir, warn: s.o.WarnFree, refuse: s.o.RefuseFree, ballast: s.o.Ballast}
	if err := s.openBook(); err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.journal.Close())
	}
	go s.write()
	return s, nil
}

// openBook opens journal and attachments.
func (s *Store) openBook() (err error) {
	s.blobs, err = blob.New(blob.Options{FS: s.o.FS, Dir: filepath.Join(s.o.Dir, "blobs"), Dataset: s.o.Dataset, Keys: s.o.Keys,
		Reserve: s.o.RefuseFree, Now: s.o.Now})
	if err != nil {
		return err
	}
	return s.openJournal()
}

func (s *Store) openJournal() error {
	j, report, err := journal.Open(s.o.journal())
	if err != nil {
		return err
	}
	if s.rotated() {
		if epoch, _ := s.o.Keys.KeyEpoch(report.HeadKey); epoch < s.o.Keys.Epoch() {
			return errors.Join(errOldHead(), j.Close())
		}
	}
	s.journal, s.wasClean = j, report.Clean
	s.mu.Lock()
	s.book = j
	s.mu.Unlock()
	s.noteOpening(report)
	return nil
}

func (s *Store) noteOpening(r journal.OpenReport) {
	for _, text := range r.Mended {
		s.o.Log.Warn("journal opened", "mended", text)
	}
	if r.DroppedBytes > 0 {
		s.o.Log.Warn("an unfinished end of the journal was dropped", "bytes", r.DroppedBytes, "from", r.DroppedFrom)
	}
	for _, p := range r.Problems {
		s.o.Log.Error("journal problem", "segment", p.Segment, "text", p.Text)
		s.note(data.Say("data.journal.problem", "Part of the journal is damaged: {{.Text}}. Daily work can go on; call your administrator, a backup can bring it back.", "Text", p.Text))
	}
}

func (s *Store) note(m data.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = append(s.notes, m)
}

// start gets everything ready that the writer needs.
func (s *Store) start(ctx context.Context) error {
	if err := s.afterRotation(); err != nil {
		return err
	}
	if err := s.space.drop(); err != nil {
		s.o.Log.Warn("the ballast could not be dropped", "error", err)
	}
	if err := s.roomToWrite(); err != nil {
		return err
	}
	st, err := s.loadState(ctx)
	if err != nil {
		return err
	}
	s.state = st
	s.visible.Store(s.journal.Last())
	if err := s.readLastTime(st); err != nil {
		return errors.Join(err, st.close())
	}
	if err := s.space.load(); err != nil {
		s.o.Log.Warn("no ballast", "error", err)
	}
	s.space.measure()
	snap := st.snapshot()
	defer snap.close()
	if err := s.sweep(ctx, snap); err != nil {
		s.o.Log.Warn("attachments were not cleared", "error", err)
	}
	return nil
}

// afterRotation finishes what follows a change of the master key, in case the program ended in between: the next entries
// and attachments go under keys that the removed user never had. (The state's key is changed by rebuilding it.)
func (s *Store) afterRotation() error {
	if _, ok := s.o.Keys.Newest(blob.KeyPurpose); !ok {
		_, _, err := s.o.Keys.NewKey(blob.KeyPurpose)
		return err
	}
	if s.rotated() {
		return nil
	}
	return s.newKeys()
}

// rotated tells whether all that follows the last change of the master key was done.
func (s *Store) rotated() bool {
	id, ok := s.o.Keys.Newest(blob.KeyPurpose)
	epoch, known := s.o.Keys.KeyEpoch(id)
	return ok && known && epoch >= s.o.Keys.Epoch()
}

func errOldHead() error {
	return data.Fail(data.Corrupt, "store.open", data.Say("data.head.old",
		"The journal's checkpoint was made with a key from before somebody was removed: an older one was put in its place, or it was forged. Wardbook does not open it, so that nothing is lost. Call your administrator; a backup can bring it back."), nil)
}

func (s *Store) newKeys() error {
	if err := s.journal.Roll(); err != nil {
		return err
	}
	_, _, err := s.o.Keys.NewKey(blob.KeyPurpose)
	return err
}

// Rekey is to be called after the master key was changed (a user was removed): a new journal segment and a new key for
// attachments begin at once; the state is rebuilt under a new key at the next opening.
func (s *Store) Rekey(ctx context.Context) error {
	if err := s.inWriter(ctx, s.newKeys); err != nil {
		return err
	}
	s.note(data.Say("data.state.rekey", "Somebody was removed. Close Wardbook and start it again soon: until then what is looked up stays under a key that he had."))
	return nil
}

// readLastTime learns the newest entry's time, to notice a clock that was set back.
func (s *Store) readLastTime(st *state) error {
	last := s.journal.Last()
	if last == 0 {
		return nil
	}
	snap := st.snapshot()
	defer snap.close()
	e, err := s.entry(snap, data.Seq(last))
	s.lastTime = e.Time
	if data.Is(err, data.Corrupt) {
		s.o.Log.Error("the newest entry can't be read", "error", err)
		return nil
	}
	return err
}

// sweepAfter is how long an attachment may wait for the record that refers to it.
const sweepAfter = 24 * time.Hour

// sweep clears attachments away that no record ever referred to.
func (s *Store) sweep(ctx context.Context, snap layout.Reader) error {
	removed, freed, err := s.blobs.Sweep(ctx, func(hash [32]byte) (bool, error) {
		return layout.Referred(snap, hash)
	}, s.o.Now().Add(-sweepAfter))
	if removed > 0 {
		s.o.Log.Info("attachments without a record cleared", "count", removed, "bytes", freed)
	}
	return err
}

// Sweep clears attachments away that no record refers to and that are older than a day. Updates wait meanwhile.
func (s *Store) Sweep(ctx context.Context) error {
	return s.inWriter(ctx, func() error {
		return s.read(func(now layout.Reader) error { return s.sweep(ctx, now) })
	})
}

// Reopen tries to get a stopped store to work again.
func (s *Store) Reopen(ctx context.Context) error {
	return s.inWriter(ctx, func() error {
		s.settle() // what is under way may be what is wrong
		s.mu.RLock()
		well := s.stopped == nil && s.state != nil
		s.mu.RUnlock()
		if well {
			return nil
		}
		return s.reopen(ctx)
	})
}

func (s *Store) reopen(ctx context.Context) error {
	if s.stuck {
		return data.Fail(data.Unavailable, "store.reopen", sayStateLost, errStuck)
	}
	if err := s.settled(); err != nil {
		s.o.Log.Warn("the last batch did not reach the state", "error", err)
	}
	if err := s.journal.Close(); err != nil {
		s.o.Log.Warn("closing the stopped journal", "error", err)
	}
	if err := s.openJournal(); err != nil {
		return err
	}
	if err := s.reopenState(); err != nil {
		return err
	}
	s.mu.Lock()
	s.stopped = nil
	s.mu.Unlock()
	s.publish(data.Seq(s.journal.Last()))
	s.wakeLooks()
	return nil
}

// reopenState closes the state, as soon as nobody reads it any more, and opens it again from the journal.
func (s *Store) reopenState() error {
	s.mu.Lock()
	if s.state != nil {
		s.leaving = s.state
	}
	s.state, s.pending = nil, nil
	s.mu.Unlock()
	if err := s.leave(); err != nil {
		return err
	}
	fresh, err := s.loadState(context.Background())
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.state = fresh
	s.mu.Unlock()
	return nil
}

// leave closes a state that is not used any more, when the last reader has left it. Nothing may be opened beside it.
func (s *Store) leave() error {
	if s.leaving == nil {
		return nil
	}
	left := make(chan struct{})
	go func(st *state) { st.users.Wait(); close(left) }(s.leaving)
	select {
	case <-left:
	case <-time.After(s.o.usersWait):
		return fmt.Errorf("somebody still reads the state after %v", s.o.usersWait)
	}
	if err := s.leaving.close(); err != nil {
		s.o.Log.Warn("closing the state", "error", err)
	}
	s.leaving = nil
	return nil
}

// Close waits for updates that are under way, writes what waits, and closes.
func (s *Store) Close() error {
	s.closed.Do(func() {
		close(s.closing)
		<-s.done
		s.closeErr = s.shut()
	})
	return s.closeErr
}

func (s *Store) shut() error {
	if err := s.space.drop(); err != nil {
		s.o.Log.Warn("the ballast could not be dropped", "error", err)
	}
	s.mu.Lock()
	st := s.state
	s.state = nil
	s.mu.Unlock()
	if st != nil {
		st.users.Wait() // who reads may still ask the journal
	}
	err := s.journal.Close()
	if e := s.leave(); e != nil {
		s.o.Log.Error("a state that was given up is left open", "error", e)
	}
	if st == nil {
		return err
	}
	if s.stuck {
		return err // closing Badger would wait for ever; the journal has everything
	}
	if !s.space.roomToClose() && !s.o.Memory {
		// Badger would die on the full disk. The journal has everything: the state is brought up at the next opening.
		s.o.Log.Error("no room to close the state in order")
		return err
	}
	if e := st.close(); e != nil {
		s.o.Log.Error("closing the state", "error", e)
		return err
	}
	if s.o.Memory {
		return err
	}
	if e := s.sealState(st, s.known); e != nil {
		s.o.Log.Error("the state was not sealed and will be checked at the next opening", "error", e)
	}
	return err
}

func (s *Store) stateDir() string { return filepath.Join(s.o.Dir, "state") }

// exists tells whether there is a state at all.
func exists(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}
