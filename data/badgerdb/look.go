package badgerdb

import (
	"context"
	"slices"
	"sync"
	"time"

	"wardbook/data"
	"wardbook/data/layout"
)

// maxLooks bounds how many looks wait in memory when they can't be written.
const maxLooks = 20000

// lookQueue holds looks until the writer takes them.
type lookQueue struct {
	mu      sync.Mutex
	waiting []data.Entry // Time and Cause
	lost    int
	timer   *time.Timer
}

func (q *lookQueue) counts() (waiting, lost int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting), q.lost
}

func (q *lookQueue) lose() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.lost++
}

func (q *lookQueue) put(e data.Entry) {
	if len(q.waiting) >= maxLooks {
		q.lost++
		return
	}
	q.waiting = append(q.waiting, e)
}

// giveBack keeps a look for later that could not be written.
func (q *lookQueue) giveBack(e data.Entry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.put(data.Entry{Time: e.Time, Cause: e.Cause, Look: true})
}

func (q *lookQueue) take() []data.Entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	taken := q.waiting
	q.waiting = nil
	if q.timer != nil {
		q.timer.Stop()
		q.timer = nil
	}
	return taken
}

// Look records that something was read.
func (s *Store) Look(ctx context.Context, cause data.Cause) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := cause.Check(); err != nil {
		return err
	}
	select {
	case <-s.closing:
		return errClosed("store.look")
	default:
	}
	s.looks.mu.Lock()
	defer s.looks.mu.Unlock()
	cause.About = slices.Clone(cause.About) // the caller may go on using its list
	s.looks.put(data.Entry{Time: s.o.Now().UTC().Round(0), Cause: cause, Look: true})
	s.wakeLater()
	return nil
}

// wakeLater has the writer come for the looks. looks.mu is held.
func (s *Store) wakeLater() {
	if s.looks.timer == nil {
		s.looks.timer = time.AfterFunc(s.o.LookDelay, func() {
			s.looks.mu.Lock()
			s.looks.timer = nil
			s.looks.mu.Unlock()
			select {
			case s.looked <- struct{}{}:
			default:
			}
		})
	}
}

// wakeLooks has the writer come for looks that had to wait.
func (s *Store) wakeLooks() {
	s.looks.mu.Lock()
	defer s.looks.mu.Unlock()
	if len(s.looks.waiting) > 0 {
		s.wakeLater()
	}
}

// lastLooks writes all looks that wait, as far as they can be written, before the store closes.
func (s *Store) lastLooks() {
	for {
		before, _ := s.looks.counts()
		s.serve(nil)
		if left, _ := s.looks.counts(); left == 0 || left >= before {
			return
		}
	}
}

// addLooks takes the waiting looks into a batch, as many as there is room for; the rest waits for the next.
func (s *Store) addLooks(b *batch) *batch {
	looks := s.looks.take()
	if len(looks) > 0 && s.space.writable(s.closingDown()) != nil {
		s.keepLooks(looks)
		return b
	}
	for i, e := range looks {
		if len(b.entries) >= maxBatch {
			s.keepLooks(looks[i:])
			break
		}
		_, done, err := layout.Done(b.kv, e.Cause.Operation)
		if done {
			continue // recorded once is enough
		}
		var full bool
		if err == nil {
			e.Seq = data.Seq(s.journal.Last()) + data.Seq(len(b.entries)) + 1
			full, err = s.add(b, e, nil, b.kv.copy(), nil)
		}
		if full {
			s.keepLooks(looks[i:])
			break
		}
		if err != nil {
			s.o.Log.Error("a look could not be recorded", "error", err)
			s.looks.lose()
		}
	}
	return b
}

func (s *Store) keepLooks(looks []data.Entry) {
	s.looks.mu.Lock()
	defer s.looks.mu.Unlock()
	for _, e := range looks {
		s.looks.put(e)
	}
	s.wakeLater()
}

func (s *Store) closingDown() bool {
	select {
	case <-s.closing:
		return true
	default:
		return false
	}
}
