package badgerdb

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"wardbook/data"
	"wardbook/data/layout"
)

// maxBatch bounds how many updates share a flush, so that the first does not wait for too many others to be run.
const maxBatch = 256

// request is one update on its way through the writer.
type request struct {
	ctx   context.Context
	cause data.Cause
	fn    func(data.Tx) error
	reply chan answer
	begun atomic.Bool // whoever sets it first decides: the writer to run it, or the caller to leave
	ours  bool        // the writer has set begun
}

func (r *request) claim() bool {
	r.ours = r.ours || r.begun.CompareAndSwap(false, true)
	return r.ours
}

type answer struct {
	entry data.Entry
	err   error
}

// Update runs fn and makes what it wrote one entry of the book.
func (s *Store) Update(ctx context.Context, cause data.Cause, fn func(data.Tx) error) (data.Entry, error) {
	if err := ctx.Err(); err != nil {
		return data.Entry{}, err
	}
	if err := cause.Check(); err != nil {
		return data.Entry{}, err
	}
	if err := s.outside(ctx); err != nil {
		return data.Entry{}, err
	}
	cause.About = slices.Clone(cause.About)
	r := &request{ctx: ctx, cause: cause, fn: fn, reply: make(chan answer, 1)}
	select {
	case s.requests <- r:
	case <-s.closing:
		return data.Entry{}, errClosed("store.update")
	case <-ctx.Done():
		return data.Entry{}, ctx.Err()
	}
	select {
	case a := <-r.reply:
		return a.entry, a.err
	case <-ctx.Done():
		if r.begun.CompareAndSwap(false, true) {
			return data.Entry{}, ctx.Err()
		}
		a := <-r.reply // it is being run: what happens to it is the answer
		return a.entry, a.err
	}
}

// insideKey marks the context of an update's transaction.
type insideKey struct{}

// outside refuses to wait for the writer inside one of its own updates, which would stop it for ever.
func (s *Store) outside(ctx context.Context) error {
	if ctx.Value(insideKey{}) != s {
		return nil
	}
	return data.Fail(data.Internal, "store.update", data.Say("data.update.nested", "The program made a mistake while saving; nothing was changed. Please report it."),
		errors.New("update inside an update"))
}

// write is the writer: it owns the journal and is the only one to change the state. It ends when the store closes.
func (s *Store) write() {
	defer close(s.done)
	checkpoint := time.NewTicker(s.o.CheckpointEvery)
	defer checkpoint.Stop()
	for {
		select {
		case r := <-s.requests:
			s.serve(r)
		case <-s.looked:
			s.serve(nil)
		case do := <-s.control:
			do()
		case <-checkpoint.C:
			s.checkpoint()
		case <-s.underway():
			s.settle()
		case <-s.closing:
			s.lastLooks()
			s.settle()
			return
		}
	}
}

func (s *Store) checkpoint() {
	if s.journal == nil {
		return
	}
	if err := s.journal.Checkpoint(); err != nil {
		s.o.Log.Error("checkpoint", "error", err)
	}
}

// batch is updates that will share one flush.
type batch struct {
	st       *state
	snap     *snapshot     // nil where the base is that of the batch before
	base     layout.Reader // the state as of the batch before
	kv       *overlay
	entries  []data.Entry
	bodies   [][]byte
	waiting  []*request // one for each entry; nil for a look
	repeated []repeat   // answered with an entry of this same batch
}

type repeat struct {
	r  *request
	at int
}

// serve runs first and whatever else is waiting, and commits them together.
func (s *Store) serve(first *request) {
	b, err := s.newBatch()
	if err != nil {
		if first != nil {
			first.answer(data.Entry{}, err)
		}
		return
	}
	b = s.addLooks(b)
	for r := first; r != nil; r = s.next(b) {
		if full := s.run(b, r); full {
			s.commit(b)
			if b, err = s.newBatch(); err != nil {
				r.answer(data.Entry{}, err)
				return
			}
			if s.run(b, r) {
				r.answer(data.Entry{}, errLarge(nil))
			}
		}
	}
	s.commit(b)
}

func (r *request) answer(e data.Entry, err error) { r.reply <- answer{e, err} }

// next takes one more waiting update, if there is one and room for it.
func (s *Store) next(b *batch) *request {
	if len(b.entries) >= maxBatch {
		return nil
	}
	select {
	case r := <-s.requests:
		return r
	default:
		return nil
	}
}

func (s *Store) newBatch() (*batch, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.stopped != nil || s.state == nil {
		return nil, s.unavailable("store.update", nil)
	}
	b := &batch{st: s.state}
	if s.pending != nil {
		// A snapshot taken now would have to wait until Badger has that batch.
		b.base = &layer{base: s.pending.base, m: s.pending.m}
	} else {
		b.snap = s.state.snapshot()
		b.base = b.snap
	}
	b.kv = newOverlay(b.base)
	return b, nil
}

// run runs one update inside a batch. full answers true, with nothing done, where the batch has no room for it.
func (s *Store) run(b *batch, r *request) (full bool) {
	if !r.claim() {
		return false // the caller has left
	}
	if err := r.ctx.Err(); err != nil {
		r.answer(data.Entry{}, err)
		return false
	}
	if done, err := s.repeated(b, r); done || err != nil {
		if err != nil {
			r.answer(data.Entry{}, err)
		}
		return false
	}
	if err := s.roomFor("store.update"); err != nil {
		r.answer(data.Entry{}, err)
		return false
	}
	e := data.Entry{Seq: data.Seq(s.journal.Last()) + data.Seq(len(b.entries)) + 1, Time: s.now(), Cause: r.cause}
	kv := b.kv.copy()
	shown := r.cause // fn may look at it, and what it does to it stays its own
	shown.About = slices.Clone(r.cause.About)
	t := &tx{ctx: context.WithValue(r.ctx, insideKey{}, s), store: s, now: e.Time, cause: &shown, r: kv, kv: kv, seq: e.Seq, at: map[recordName]int{}}
	err := call(r.fn, t)
	t.over = true
	if err != nil {
		r.answer(data.Entry{}, err)
		return false
	}
	e.Records, e.Attachments = t.wrote, t.files
	full, err = s.add(b, e, t.bytes, kv, r)
	if err != nil {
		r.answer(data.Entry{}, err)
	}
	return full
}

// call runs an update's function; a panic in it is its own failure, not the writer's.
func call(fn func(data.Tx) error, t *tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = data.Fail(data.Internal, "store.update", data.Say("data.update.panic",
				"This could not be saved because of a mistake in the program; nothing was changed. Please report it."),
				fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	return fn(t)
}

// now is the clock's time, with no more than a note where it stands before what was already written: what a desk's clock
// said is part of the record, and the order of entries never depends on it.
func (s *Store) now() time.Time {
	now := s.o.Now().UTC().Round(0)
	behind := time.Duration(0)
	if now.Before(s.lastTime) {
		behind = s.lastTime.Sub(now)
	} else {
		s.lastTime = now
	}
	s.mu.Lock()
	s.behind = behind
	s.mu.Unlock()
	return now
}

// repeated answers an update whose operation has been done already, in the book or in this very batch.
func (s *Store) repeated(b *batch, r *request) (bool, error) {
	seq, ok, err := layout.Done(b.kv, r.cause.Operation)
	if err != nil || !ok {
		return false, err
	}
	if at := int(seq) - int(s.journal.Last()) - 1; at >= 0 {
		if !sameWish(&b.entries[at].Cause, &r.cause) {
			return false, errOtherWish()
		}
		b.repeated = append(b.repeated, repeat{r, at})
		return true, nil
	}
	e, err := s.entry(b.base, seq)
	if err != nil {
		return false, err
	}
	if !sameWish(&e.Cause, &r.cause) {
		return false, errOtherWish()
	}
	r.answer(e, nil)
	return true, nil
}

func sameWish(a, b *data.Cause) bool { return a.Action == b.Action }

func errOtherWish() error {
	return data.Fail(data.Invalid, "store.update", data.Say("data.operation.reused",
		"This could not be saved because of a mistake in the program. Please report it."), errors.New("operation id used for two actions"))
}

func errLarge(cause error) error {
	return data.Fail(data.Invalid, "store.update", data.Say("data.update.large",
		"This is too much to be saved in one step. Save it in parts, or as an attached file."), cause)
}

// add puts an entry into the batch unless there is no room; what leads to it is noted at once, its place once it is known
// (commit).
func (s *Store) add(b *batch, e data.Entry, encoded [][]byte, kv *overlay, r *request) (full bool, err error) {
	body, err := encodeEntry(&e, encoded)
	if err != nil {
		return false, errLarge(err)
	}
	if _, err := decodeEntry(uint64(e.Seq), body); err != nil {
		// What can't be read again must not be written: it would be acknowledged and lost.
		return false, data.Fail(data.Invalid, "store.update", data.Say("data.update.unreadable",
			"This can't be saved as it is. Please report it; nothing was changed."), err)
	}
	layout.Note(kv, e.Seq, nil, &e.Cause)
	if kv.problem != nil {
		return false, errLarge(kv.problem)
	}
	if !b.st.room(kv) {
		if len(b.entries) > 0 {
			return true, nil
		}
		return false, errLarge(fmt.Errorf("%d bytes in %d keys", kv.bytes, kv.count))
	}
	b.kv = kv
	b.entries, b.bodies, b.waiting = append(b.entries, e), append(b.bodies, body), append(b.waiting, r)
	return false, nil
}

// stop ends writing until Reopen.
func (s *Store) stop(why data.Message, err error) {
	s.o.Log.Error("the store has stopped", "error", err)
	s.mu.Lock()
	s.stopped = &why
	s.mu.Unlock()
}

// publish makes entries visible to Watch.
func (s *Store) publish(last data.Seq) {
	s.visible.Store(uint64(last))
	s.mu.Lock()
	close(s.news)
	s.news = make(chan struct{})
	s.mu.Unlock()
}

// inWriter runs do between two batches.
func (s *Store) inWriter(ctx context.Context, do func() error) error {
	if err := s.outside(ctx); err != nil {
		return err
	}
	result := make(chan error, 1)
	select {
	case s.control <- func() { result <- do() }:
		return <-result
	case <-s.closing:
		return errClosed("store")
	case <-ctx.Done():
		return ctx.Err()
	}
}
