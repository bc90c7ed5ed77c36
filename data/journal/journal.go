package journal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
)

// KeyID names a data key.
type KeyID [16]byte

// Keys gives data keys. Package vault implements it. Several goroutines may call it at the same time.
type Keys interface {
	// Key gives the 32 bytes of a data key; data.Corrupt where it is not known.
	Key(id KeyID) ([]byte, error)
	// NewKey makes a data key for a purpose. It is durable before NewKey returns.
	NewKey(purpose string) (KeyID, []byte, error)
	// Newest names the key that was made last for a purpose.
	Newest(purpose string) (KeyID, bool)
	// Generation counts the changes of the key file; it only grows.
	Generation() uint64
}

// Options say where a journal lies and what it works with. FS, Dir, Dataset and Keys are required; the rest has defaults.
type Options struct {
	FS      disk.FS
	Dir     string // the folder of the segments; head and head.bak lie in the folder above it
	Dataset [16]byte
	Keys    Keys
	// SegmentSize is where a segment ends, in bytes (64 MiB); a batch that is larger still gets a segment to itself.
	SegmentSize int64
	// Chunk is the step in which a segment is preallocated, in bytes (8 MiB).
	Chunk int64
	Rand  io.Reader        // crypto/rand
	Now   func() time.Time // time.Now
	// SyncHook, for tests, is called just before each flush of entries.
	SyncHook func()
}

func (o Options) withDefaults() Options {
	if o.SegmentSize <= 0 {
		o.SegmentSize = 64 << 20
	}
	if o.Chunk <= 0 {
		o.Chunk = 8 << 20
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Position is where an entry begins: the number of its segment and the byte in it. The zero Position is none.
type Position struct {
	Segment uint32
	Offset  int64
}

// Body is an entry that was read and verified.
type Body struct {
	Seq   uint64
	Batch uint64 // the sequence number of the first entry that was flushed together with it
	Pos   Position
	Data  []byte // the caller's to keep
}

// Journal is an open book. Any number of goroutines may read while one appends.
type Journal struct {
	o Options

	// The three locks are taken in this order. write is held through an append and its flush, heads through the writing of
	// the head, look never during a disk access, so that no reader waits for a flush.
	write sync.Mutex
	heads sync.Mutex
	look  sync.RWMutex

	// Under write.
	buf       []byte
	nonces    []byte
	aad       [aadLen]byte
	allocated int64 // the active segment's length on the disk
	failed    bool
	marked    bool // the head on the disk says that the journal is in use
	rolling   bool // the active segment was closed, but a new one could not be made: nothing may go into the old one
	debris    bool // a new segment that failed may still lie on the disk

	// Under heads.
	head    head // as it was last written
	stale   bool // the last writing of the head failed: one copy may be newer than head says
	headKey []byte

	// Under look.
	segments map[uint32]*segment
	end      Position // where the next entry begins
	last     uint64
	hash     [hashLen]byte
	syncs    uint64
	closed   bool
}

// Create makes a new, empty journal, durable when it returns. Where a book with entries or a head already lies there it
// answers data.Conflict; an empty first segment, left by a set-up that was cut short, is replaced.
func Create(o Options) (*Journal, error) {
	o = o.withDefaults()
	if err := clearForCreate(o); err != nil {
		return nil, err
	}
	id, key, err := o.Keys.NewKey(headPurpose)
	if err != nil {
		return nil, err
	}
	j := newJournal(o)
	if j.headKey, err = headKey(key); err != nil {
		return nil, data.Fail(data.Internal, "journal.create", sayInternal(), err)
	}
	j.hash = genesis(o.Dataset)
	if err := j.begin(1); err != nil {
		j.closeFiles()
		return nil, errRefused("journal.create", err)
	}
	j.head = head{dataset: o.Dataset, key: id, generation: o.Keys.Generation()}
	j.stale = true
	if err := j.writeHead(false); err != nil {
		j.closeFiles()
		return nil, errRefused("journal.create", err)
	}
	return j, nil
}

func newJournal(o Options) *Journal {
	return &Journal{o: o, segments: map[uint32]*segment{}}
}

// clearForCreate makes the folders and sees to it that no book is overwritten.
func clearForCreate(o Options) error {
	for _, dir := range []string{filepath.Dir(o.Dir), o.Dir} {
		if err := o.FS.MkdirAll(dir, disk.DirPerm); err != nil {
			return errRefused("journal.create", err)
		}
	}
	if err := o.FS.SyncDir(filepath.Dir(o.Dir)); err != nil {
		return errRefused("journal.create", err)
	}
	for _, c := range readHeads(Options{FS: o.FS, Dir: o.Dir, Dataset: o.Dataset}) {
		if !c.missing() {
			return errExists(fmt.Errorf("%s exists", c.name))
		}
	}
	numbers, err := listSegments(o)
	if err != nil {
		return errRefused("journal.create", err)
	}
	for _, number := range numbers {
		if err := removeEmpty(o, number); err != nil {
			return err
		}
	}
	return nil
}

// removeEmpty takes away a segment that holds no entry.
func removeEmpty(o Options, number uint32) error {
	file, err := o.FS.OpenFile(segmentPath(o, number), oRead, 0)
	if err != nil {
		return errRefused("journal.create", err)
	}
	used, err := usedAfterHeader(file)
	file.Close()
	if err != nil || used || number != 1 {
		return errExists(errors.Join(err, fmt.Errorf("%s exists", segmentName(number))))
	}
	if err := removeSegment(o, number); err != nil {
		return errRefused("journal.create", err)
	}
	return nil
}

func usedAfterHeader(file disk.File) (bool, error) {
	w, err := newWindow(file)
	if err != nil {
		return false, err
	}
	end, err := w.used(headerLen)
	return end > headerLen, err
}

func errExists(cause error) error {
	return data.Fail(data.Conflict, "journal.create", data.Say("journal.exists",
		"There is already a hospital's book in this folder. Please open it, or choose another folder."), cause)
}

func sayInternal() data.Message {
	return data.Say("journal.internal",
		"Something went wrong inside Wardbook and this change was not saved. Please try again; if it happens again, start Wardbook anew.")
}

// Last is the sequence number of the last entry that is durable; 0 where there is none.
func (j *Journal) Last() uint64 {
	j.look.RLock()
	defer j.look.RUnlock()
	return j.last
}

// Hash is the chain's hash after the last durable entry: whoever knows it knows the whole book up to there.
func (j *Journal) Hash() [32]byte {
	j.look.RLock()
	defer j.look.RUnlock()
	return j.hash
}

// Syncs is the number of flushes of entries since the journal was opened.
func (j *Journal) Syncs() uint64 {
	j.look.RLock()
	defer j.look.RUnlock()
	return j.syncs
}

// Checkpoint writes the head, if something is new since the last time. It waits for no append and delays none. An error
// leaves the journal usable: the entries are durable without it.
func (j *Journal) Checkpoint() error {
	j.heads.Lock()
	defer j.heads.Unlock()
	j.look.RLock()
	closed, fresh := j.closed, j.last != j.head.seq || j.end != j.head.at
	j.look.RUnlock()
	if closed {
		return errClosed("journal.checkpoint")
	}
	if !fresh && !j.stale && j.o.Keys.Generation() == j.head.generation {
		return nil
	}
	// A journal that was closed in order stays so until something is appended.
	if err := j.writeHead(j.head.clean && !fresh); err != nil {
		return errRefused("journal.checkpoint", err)
	}
	return nil
}

// writeHead writes both copies of the head, as of now. The caller holds heads.
func (j *Journal) writeHead(clean bool) error {
	h := j.head
	j.look.RLock()
	h.seq, h.hash, h.at = j.last, j.hash, j.end
	j.look.RUnlock()
	h.generation, h.clean, h.time = j.o.Keys.Generation(), clean, j.o.Now()
	h.count++
	j.head.count = h.count // also where it fails: a copy may have been written
	j.stale = true
	if err := writeHead(j.o, h, j.headKey); err != nil {
		return err
	}
	j.head, j.stale = h, false
	return nil
}

// Close checkpoints, marks the head as clean, cuts the preallocation off and closes the files. After a failed Append it
// only closes the files; what the disk holds is then found out by the next Open. Where it returns an error the next Open
// takes the journal for one that was not closed.
func (j *Journal) Close() error {
	j.write.Lock()
	defer j.write.Unlock()
	j.heads.Lock()
	defer j.heads.Unlock()
	j.look.Lock()
	closed := j.closed
	j.closed = true
	j.look.Unlock()
	if closed {
		return nil
	}
	var err error
	if !j.failed {
		err = j.closeInOrder()
	}
	return errors.Join(err, j.closeFiles())
}

func (j *Journal) closeInOrder() error {
	if j.head.clean && !j.stale && j.o.Keys.Generation() == j.head.generation {
		return nil
	}
	clean := !j.debris
	if clean {
		if err := j.cut(j.segments[j.end.Segment]); err != nil {
			return errRefused("journal.close", err)
		}
	}
	if err := j.writeHead(clean); err != nil {
		return errRefused("journal.close", err)
	}
	return nil
}

// closeFiles closes what is open.
func (j *Journal) closeFiles() error {
	var errs []error
	for _, s := range j.segments {
		errs = append(errs, s.close())
	}
	return errors.Join(errs...)
}
