package badgerdb

import (
	"errors"
	"time"

	"github.com/tidwall/btree"
)

// settling is a batch that is durable and visible, and on its way into Badger.
type settling struct {
	st   *state
	base *snapshot // the state before it, with all earlier batches; for the writer
	m    *btree.Map[string, written]
	done chan struct{} // closed when Badger has answered
	err  error         // Badger's answer, once done is closed
}

// errStuck: Badger does not answer. It retries some failures of the disk for ever; nothing but a new start helps then.
var errStuck = errors.New("badger does not answer")

// begin makes a batch visible and has it written into Badger meanwhile. The writer awaits it (settle) before it begins the next.
func (s *Store) begin(p *settling, parts ...sealed) {
	s.mu.Lock()
	s.pending = p
	s.mu.Unlock()
	go func() {
		p.err = s.commitState(p.st, parts...)
		close(p.done)
	}()
}

// underway is ready when the batch that is on its way into Badger has arrived; never where there is none.
func (s *Store) underway() <-chan struct{} {
	if s.pending == nil { // only the writer changes it
		return nil
	}
	return s.pending.done
}

// settled waits for the batch that is on its way into Badger, and answers what became of it.
func (s *Store) settled() error {
	p := s.pending
	if p == nil {
		return nil
	}
	select {
	case <-p.done:
	case <-time.After(s.o.stateWait):
		s.stuck = true
		return errStuck
	}
	p.base.close()
	if p.err == nil {
		s.mu.Lock()
		s.pending = nil
		s.mu.Unlock()
	}
	return p.err
}

// settle waits for the batch that is on its way into Badger. Whatever Badger says, the batch stands: a state that did not take
// it is opened again and brought up from the journal, to its end. False says that this was done.
func (s *Store) settle() bool {
	err := s.settled()
	if err == nil {
		return true
	}
	if errors.Is(err, errStuck) {
		s.stop(sayStateLost, err)
		return false
	}
	s.o.Log.Error("the state did not take an entry; opening it again", "error", err)
	if err := s.reopenState(); err != nil {
		s.stop(sayStateLost, err)
	}
	return false
}

func (s *Store) commitState(st *state, parts ...sealed) error {
	if s.o.faults.commit != nil {
		if err := s.o.faults.commit(); err != nil {
			return err
		}
	}
	return st.commit(parts...)
}
