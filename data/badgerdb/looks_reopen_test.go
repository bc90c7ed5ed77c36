package badgerdb

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"wardbook/data"
	"wardbook/data/storetest"
)

// TestLooksGoOnAfterReopen: a look that was made while the store was stopped is written soon after it works again, also where
// nobody updates anything then.
func TestLooksGoOnAfterReopen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFaulty()
		f.o.LookDelay = time.Second
		s, err := Create(t.Context(), f.o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		wishes := want(2)
		if _, err := f.try(t.Context(), s, wishes[0]); err != nil {
			t.Fatal(err)
		}
		f.fail.Store(f.ops.Load() + 1) // there is room in the segment, so the next operation writes the entry
		if _, err := f.try(t.Context(), s, wishes[1]); !errors.Is(err, data.ErrUnknown) {
			t.Fatalf("want an unknown outcome, got %v", err)
		}
		if err := s.Look(t.Context(), storetest.Doing("look")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute) // the bubble's time: the writer comes for the look, in vain
		f.mend()
		if err := s.Reopen(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if n := s.Status().LooksWaiting; n != 0 {
			t.Fatalf("a minute after the store works again %d looks still wait", n)
		}
	})
}
