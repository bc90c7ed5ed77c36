package badgerdb

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
	"wardbook/data/blob"
	"wardbook/data/disk"
	"wardbook/data/journal"
	"wardbook/data/layout"
)

// Keys gives the store its data keys; data/vault implements it.
type Keys interface {
	journal.Keys
	// Epoch counts the master keys this hospital has had; KeyEpoch tells under which one a data key was made.
	Epoch() uint64
	KeyEpoch(id journal.KeyID) (uint64, bool)
}

// Options say what to open and how. Dir, Dataset, Keys and Schema are needed; zero means the usual for the rest.
type Options struct {
	Dir     string
	Dataset [16]byte
	Keys    Keys
	Schema  *data.Schema

	// FS is the disk of journal and attachments. With Memory the state lives in memory and FS too, where FS is nil.
	FS     disk.FS
	Memory bool

	// Probe tries in another process whether Badger can open the state (ChildProbe). Nil: a state that was not closed in order is
	// not tried but rebuilt.
	Probe func(ctx context.Context, dir string, key []byte) error
	// Progress hears what a long opening is at; total is 0 where it is not known.
	Progress func(stage data.Message, done, total int64)

	Now  func() time.Time
	Log  *slog.Logger
	Rand io.Reader

	WarnFree, RefuseFree uint64        // bytes; 2 GB and 500 MB
	Ballast              int64         // bytes kept to close with on a full disk; 64 MiB; negative: none
	LookDelay            time.Duration // how long a look may wait; 1 s
	CheckpointEvery      time.Duration // 5 s

	// SegmentSize and Chunk are the journal's.
	SegmentSize, Chunk int64

	usersWait time.Duration // how long a state that is given up waits for its readers; 10 s
	stateWait time.Duration // how long Badger may take over a batch before it is given up; 30 s

	faults faults
}

// faults are test hooks.
type faults struct {
	sync   func()       // before each flush of the journal
	commit func() error // in place of a Badger commit, when it answers an error
}

func (o Options) withDefaults() Options {
	if o.FS == nil {
		o.FS = disk.OS{}
		if o.Memory {
			o.FS = disk.NewMem()
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(data.Message, int64, int64) {}
	}
	o.Log = orValue(o.Log, slog.New(slog.DiscardHandler))
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	o.WarnFree, o.RefuseFree = orValue(o.WarnFree, 2<<30), orValue(o.RefuseFree, 500<<20)
	o.Ballast = orValue(o.Ballast, 64<<20)
	o.usersWait, o.stateWait = orValue(o.usersWait, 10*time.Second), orValue(o.stateWait, 30*time.Second)
	o.LookDelay, o.CheckpointEvery = orValue(o.LookDelay, time.Second), orValue(o.CheckpointEvery, 5*time.Second)
	return o
}

func orValue[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// Store is the embedded engine.
type Store struct {
	o     Options
	blobs *blob.Blobs
	space spaceWatch

	requests chan *request
	control  chan func()   // run by the writer between batches
	looked   chan struct{} // a look waits
	closing  chan struct{}
	done     chan struct{} // the writer has ended
	closed   sync.Once
	closeErr error

	// Owned by the writer.
	journal  *journal.Journal
	lastTime time.Time
	known    hashes // of the state's files when it was opened; nil after an unclean end
	wasClean bool   // the journal was closed in order the last time
	leaving  *state // given up, but not yet left by its readers
	stuck    bool   // Badger does not answer any more

	looks lookQueue

	mu      sync.RWMutex // guards what follows
	state   *state       // nil while it can't be read
	pending *settling    // the batch that is on its way into Badger; nil: none
	stopped *data.Message
	notes   []data.Message
	news    chan struct{} // closed and replaced at each commit
	book    *journal.Journal
	behind  time.Duration

	visible atomic.Uint64 // the newest entry that a View sees
}

var _ data.Store = (*Store)(nil)

// View runs fn over a snapshot.
func (s *Store) View(ctx context.Context, fn func(data.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.read(func(snap layout.Reader) error {
		t := &tx{ctx: ctx, store: s, now: s.o.Now().UTC(), r: snap}
		defer func() { t.over = true }()
		return fn(t)
	})
}

// read gives fn the state as of now, and keeps it open until fn returns.
func (s *Store) read(fn func(layout.Reader) error) error {
	now, release, err := s.hold()
	if err != nil {
		return err
	}
	defer release()
	return fn(now)
}

// hold gives the state as of now: what Badger has, and over it the batch that is still on its way there. Badger lets a new
// reader wait for what is being written, so no lock is held meanwhile; where a later batch has begun to be written in between, it
// could be in the snapshot, but not in the layer over it, and both are taken anew.
func (s *Store) hold() (layout.Reader, func(), error) {
	for {
		st, p, err := s.present()
		if err != nil {
			return nil, nil, err
		}
		snap := st.snapshot()
		release := func() {
			snap.close()
			st.users.Done()
		}
		if p == nil {
			return snap, release, nil
		}
		s.mu.RLock()
		same := s.state == st && (s.pending == p || s.pending == nil)
		s.mu.RUnlock()
		if same {
			return &layer{base: snap, m: p.m}, release, nil
		}
		release()
	}
}

// present gives the state, with a user added, and the batch on its way into it.
func (s *Store) present() (*state, *settling, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.state == nil {
		return nil, nil, s.unavailable("store.read", nil)
	}
	s.state.users.Add(1)
	return s.state, s.pending, nil
}

// unavailable is the refusal of a store that is stopped or closed. s.mu is held.
func (s *Store) unavailable(op string, cause error) error {
	if s.stopped != nil {
		return data.Fail(data.Unavailable, op, *s.stopped, cause)
	}
	if !s.closingDown() {
		return data.Fail(data.Unavailable, op, data.Say("data.store.repair",
			"Wardbook is repairing its stored data at this moment. Nothing is lost; wait a little and try again."), cause)
	}
	return errClosed(op)
}

func errClosed(op string) error {
	return data.Fail(data.Unavailable, op, data.Say("data.store.closed", "Wardbook is closing. Start it again to go on."), errors.New("store closed"))
}

// Done answers the entry that an operation made.
func (s *Store) Done(ctx context.Context, operation uuid.UUID) (data.Entry, bool, error) {
	var e data.Entry
	found := false
	err := s.read(func(snap layout.Reader) error {
		seq, ok, err := layout.Done(snap, operation)
		if err != nil || !ok {
			return err
		}
		found = true
		e, err = s.entry(snap, seq)
		return err
	})
	return e, found && err == nil, err
}

// entry reads an entry from the journal, found through the state.
func (s *Store) entry(snap layout.Reader, seq data.Seq) (data.Entry, error) {
	key := layout.EntryKey(seq)
	value, ok, err := snap.Get(key)
	if err != nil {
		return data.Entry{}, err
	}
	at, err := parsePlace(value)
	if !ok || err != nil {
		return data.Entry{}, layout.Damaged(s.o.Schema, key, err)
	}
	s.mu.RLock()
	book := s.book
	s.mu.RUnlock()
	b, err := book.Read(at, uint64(seq))
	if err != nil {
		return data.Entry{}, err
	}
	return decodeEntry(uint64(seq), b)
}

// Entries gives the entries that filter asks for.
func (s *Store) Entries(ctx context.Context, f data.EntryFilter) iter.Seq2[data.Entry, error] {
	return func(yield func(data.Entry, error) bool) {
		err := s.read(func(snap layout.Reader) error {
			for seq, err := range layout.Entries(snap, f) {
				if err != nil {
					return err
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				e, err := s.entry(snap, seq)
				if err != nil {
					return err
				}
				if e.Look && f.NoLooks || !e.Look && f.OnlyLook {
					continue
				}
				if !yield(e, nil) {
					return nil
				}
			}
			return nil
		})
		if err != nil {
			yield(data.Entry{}, err)
		}
	}
}

// History gives every version of a record.
func (s *Store) History(ctx context.Context, table *data.TableDef, id data.ID) iter.Seq2[data.Version, error] {
	return func(yield func(data.Version, error) bool) {
		err := s.read(func(snap layout.Reader) error {
			for seq, err := range layout.History(snap, table.Number, id) {
				if err != nil {
					return err
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				e, err := s.entry(snap, seq)
				if err != nil {
					return err
				}
				for _, c := range e.Records {
					if c.Table == table.Number && c.ID == id &&
						!yield(data.Version{Seq: e.Seq, Time: e.Time, Cause: e.Cause, Record: c.Record}, nil) {
						return nil
					}
				}
			}
			return nil
		})
		if err != nil {
			yield(data.Version{}, err)
		}
	}
}

// Attach stores an attachment.
func (s *Store) Attach(ctx context.Context, content io.Reader) (data.Attachment, error) {
	if err := s.roomFor("store.attach"); err != nil {
		return data.Attachment{}, err
	}
	ref, err := s.blobs.Put(ctx, content)
	return data.Attachment(ref), err
}

// Attached opens an attachment.
func (s *Store) Attached(ctx context.Context, a data.Attachment) (io.ReadCloser, error) {
	return s.blobs.Open(ctx, blob.Ref(a))
}

// Last is the newest entry's number.
func (s *Store) Last() data.Seq { return data.Seq(s.visible.Load()) }

// Status tells how the store does.
func (s *Store) Status() data.Status {
	st := data.Status{Last: s.Last()}
	st.Free, st.Space = s.space.now()
	st.LooksWaiting, st.LooksLost = s.looks.counts()
	s.mu.RLock()
	defer s.mu.RUnlock()
	st.Stopped, st.ClockBehind = s.stopped, s.behind
	st.Notes = append(st.Notes, s.notes...)
	return st
}
