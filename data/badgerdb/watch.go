package badgerdb

import (
	"context"
	"iter"

	"wardbook/data"
	"wardbook/data/journal"
	"wardbook/data/layout"
)

// Watch gives every update's entry after the one named and waits for more. It reads from the journal at its reader's pace;
// the writer only rings a bell.
func (s *Store) Watch(ctx context.Context, after data.Seq) iter.Seq2[data.Entry, error] {
	return func(yield func(data.Entry, error) bool) {
		at, err := s.placeOf(after)
		for err == nil {
			news := s.bell()
			var more bool
			if after, at, more, err = s.catchUp(ctx, after, at, yield); err != nil || !more {
				break
			}
			select {
			case <-news:
			case <-ctx.Done():
				return
			case <-s.done:
				return
			}
		}
		if err != nil && ctx.Err() == nil {
			yield(data.Entry{}, err)
		}
	}
}

func (s *Store) bell() <-chan struct{} {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.news
}

// placeOf finds an entry's place; none for the one before the first.
func (s *Store) placeOf(seq data.Seq) (at journal.Position, err error) {
	err = s.read(func(snap layout.Reader) error {
		value, ok, err := snap.Get(layout.EntryKey(seq))
		if err != nil || !ok {
			return err
		}
		at, err = parsePlace(value)
		return err
	})
	return at, err
}

// catchUp hands on what is visible by now.
func (s *Store) catchUp(ctx context.Context, after data.Seq, at journal.Position, yield func(data.Entry, error) bool) (data.Seq, journal.Position, bool, error) {
	last := s.Last()
	if after >= last {
		return after, at, true, nil
	}
	s.mu.RLock()
	book := s.book
	s.mu.RUnlock()
	for body, err := range book.Replay(ctx, uint64(after), at) {
		if err != nil {
			return after, at, false, err
		}
		if body.Seq > uint64(last) {
			break
		}
		e, err := decodeEntry(body.Seq, body.Data)
		if err != nil {
			return after, at, false, err
		}
		after, at = e.Seq, body.Pos
		if !e.Look && !yield(e, nil) {
			return after, at, false, nil
		}
	}
	return after, at, ctx.Err() == nil, nil
}
