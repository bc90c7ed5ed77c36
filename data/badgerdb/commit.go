package badgerdb

import (
	"errors"
	"fmt"

	"wardbook/data"
	"wardbook/data/journal"
	"wardbook/data/layout"
)

// commit makes a batch durable, then visible, then answers; Badger gets it while the next is being run and flushed.
func (s *Store) commit(b *batch) {
	defer b.close()
	if len(b.entries) == 0 {
		return
	}
	st := b.st
	ready := make(chan sealed, 1)
	go func() { ready <- st.sealAll(b.kv.m) }() // while the disk is busy; awaited below, whatever happens
	_, at, err := s.journal.Append(b.bodies)
	parts := []sealed{<-ready}
	if err != nil {
		s.refuse(b, err)
		return
	}
	last := b.entries[len(b.entries)-1].Seq
	known := newOverlay(nil)
	for i := range b.entries {
		known.Set(layout.EntryKey(b.entries[i].Seq), place(at[i]))
	}
	putApplied(known, applied{Seq: last, Hash: s.journal.Hash()})
	known.m.Scan(func(key string, w written) bool { b.kv.m.Set(key, w); return true })
	b.close()
	if s.settle() {
		s.begin(&settling{st: st, base: st.snapshot(), m: b.kv.m, done: make(chan struct{})}, append(parts, st.sealAll(known.m))...)
	}
	if !s.stuck { // else it stands in the journal, and is shown after the next start
		s.publish(last)
	}
	b.answer()
}

func (b *batch) close() {
	if b.snap != nil {
		b.snap.close()
	}
}

func (b *batch) answer() {
	for i, r := range b.waiting {
		if r != nil {
			r.answer(b.entries[i], nil)
		}
	}
	for _, again := range b.repeated {
		again.r.answer(b.entries[again.at], nil)
	}
}

// refuse answers a batch that the journal did not take.
func (s *Store) refuse(b *batch, err error) {
	if errors.Is(err, journal.ErrUnknown) || errors.Is(err, journal.ErrStopped) {
		err = data.Fail(data.Unavailable, "store.update", sayStopped, fmt.Errorf("%w: %w", data.ErrUnknown, err))
		s.stop(sayStopped, err)
	}
	for i, r := range b.waiting {
		if r == nil {
			s.looks.giveBack(b.entries[i])
			continue
		}
		r.answer(data.Entry{}, err)
	}
	for _, again := range b.repeated {
		again.r.answer(data.Entry{}, err)
	}
}

var (
	sayStopped = data.Say("data.store.stopped",
		"The disk reported an error while saving, and it is not certain whether the last change was kept. Wardbook has stopped saving; nothing that was saved before is lost. Choose 'Try again', or close Wardbook and start it again, and then look whether the last change is there.")
	sayStateLost = data.Say("data.store.state",
		"What was saved is safe in the journal, but it can't be shown at present. Close Wardbook and start it again; it will rebuild what is damaged.")
)
