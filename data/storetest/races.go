package storetest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"wardbook/data"
)

// desks runs fn for n desks at once.
func desks(n int, fn func(desk int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for desk := range n {
		all.Go(func() { <-start; fn(desk) })
	}
	close(start)
	all.Wait()
}

func counterGapless(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	got := make([]uint64, 100)
	desks(len(got), func(desk int) {
		_, err := s.Update(t.Context(), Doing("register"), func(tx data.Tx) (err error) {
			if got[desk], err = tb.Numbers.Next(tx); err != nil {
				return err
			}
			_, err = tb.People.Insert(tx, NewID(), Person{Number: got[desk]})
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
	// A failed update gives its number back.
	_, err := s.Update(t.Context(), Doing("fails"), func(tx data.Tx) error {
		if _, err := tb.Numbers.Next(tx); err != nil {
			return err
		}
		return fmt.Errorf("no")
	})
	if err == nil {
		t.Error("no error")
	}
	slices.Sort(got)
	for i, n := range got {
		if n != uint64(i)+1 {
			t.Fatalf("numbers given: %v", got)
		}
	}
	See(t, s, func(tx data.Tx) error {
		last, err := tb.Numbers.Last(tx)
		if last != 100 {
			t.Errorf("last number %d", last)
		}
		return err
	})
}

// capacity: two hundred desks take places in a session of seven.
func capacity(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	var taken, refused atomic.Int32
	desks(200, func(desk int) {
		_, err := s.Update(t.Context(), Doing("book"), func(tx data.Tx) error {
			n, err := tb.Numbers.Last(tx)
			if err != nil {
				return err
			}
			if n >= 7 {
				return data.Fail(data.Conflict, "book", data.Say("x", "full"), nil)
			}
			n, err = tb.Numbers.Next(tx)
			if err != nil {
				return err
			}
			_, err = tb.Places.Insert(tx, PlaceID{"monday", int(n)}, Place{fmt.Sprint(desk)})
			return err
		})
		switch {
		case err == nil:
			taken.Add(1)
		case data.Is(err, data.Conflict):
			refused.Add(1)
		default:
			t.Error(err)
		}
	})
	if taken.Load() != 7 || refused.Load() != 193 || countPlaces(t, s, tb) != 7 {
		t.Fatalf("taken %d, refused %d, places %d", taken.Load(), refused.Load(), countPlaces(t, s, tb))
	}
}

func countPlaces(t testing.TB, s data.Store, tb *Tables) int {
	n := 0
	See(t, s, func(tx data.Tx) error {
		for _, err := range tb.Places.All(tx, data.Span{}) {
			ok(t, err)
			n++
		}
		return nil
	})
	return n
}

// firstInsert: two hundred desks see that a key is not there yet and write it.
func firstInsert(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	var won atomic.Int32
	desks(200, func(desk int) {
		_, err := s.Update(t.Context(), Doing("take"), func(tx data.Tx) error {
			_, err := tb.Places.Get(tx, PlaceID{"bed", 1})
			if !data.Is(err, data.NotFound) {
				return fmt.Errorf("taken: %w", err)
			}
			_, err = tb.Places.Insert(tx, PlaceID{"bed", 1}, Place{fmt.Sprint(desk)})
			return err
		})
		if err == nil {
			won.Add(1)
		}
	})
	if won.Load() != 1 {
		t.Fatalf("%d desks have the bed", won.Load())
	}
}

// emptyRange: two hundred desks see that a range is empty and write, each under a key of its own (a phantom elsewhere).
func emptyRange(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	var won atomic.Int32
	desks(200, func(desk int) {
		_, err := s.Update(t.Context(), Doing("take"), func(tx data.Tx) error {
			for range tb.Places.All(tx, data.Within("ward")) {
				return fmt.Errorf("somebody is there")
			}
			_, err := tb.Places.Insert(tx, PlaceID{"ward", desk}, Place{fmt.Sprint(desk)})
			return err
		})
		if err == nil {
			won.Add(1)
		}
	})
	if won.Load() != 1 || countPlaces(t, s, tb) != 1 {
		t.Fatalf("%d desks won, %d places", won.Load(), countPlaces(t, s, tb))
	}
}

func bulk(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	cause := Doing("import")
	ran := map[int]int{}
	failAt := 3
	step := func(tx data.Tx, n int) error {
		ran[n]++
		if n == failAt {
			return fmt.Errorf("broke off")
		}
		for i := range 100 {
			if _, err := tb.Places.Insert(tx, PlaceID{"import", n*100 + i}, Place{}); err != nil {
				return err
			}
		}
		return nil
	}
	if err := data.Bulk(t.Context(), s, cause, 10, step, nil); err == nil {
		t.Fatal("no error")
	}
	failAt = -1
	var done []int
	interactive := 0
	ok(t, data.Bulk(t.Context(), s, cause, 10, step, func(n int) {
		done = append(done, n)
		tb.Add(t, s, Person{Number: uint64(n)}) // somebody at a desk, in between
		interactive++
	}))
	for n := range 10 {
		want := 1
		if n == 3 {
			want = 2
		}
		if ran[n] != want {
			t.Errorf("step %d ran %d times", n, ran[n])
		}
	}
	if countPlaces(t, s, tb) != 1000 || interactive != 10 || len(done) != 10 {
		t.Errorf("places %d, interactive %d, done %v", countPlaces(t, s, tb), interactive, done)
	}
}

func attachments(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	content := strings.Repeat("a result of many pages ", 20000)
	a, err := s.Attach(t.Context(), strings.NewReader(content))
	ok(t, err)
	id := tb.Add(t, s, Person{Number: 1, Attachment: []data.Attachment{a}})
	var row data.Row[PersonID, Person]
	See(t, s, func(tx data.Tx) (err error) { row, err = tb.People.Get(tx, id); return err })
	if got := readAll(t, s, row.Value.Attachment[0]); got != content {
		t.Fatalf("%d bytes came back of %d", len(got), len(content))
	}
	missing := data.Attachment{Hash: [32]byte{1, 2, 3}, Size: 5}
	_, err = s.Update(t.Context(), Doing("refer"), func(tx data.Tx) error {
		_, err := tb.People.Insert(tx, NewID(), Person{Number: 2, Attachment: []data.Attachment{missing}})
		return err
	})
	wantKind(t, err, data.Invalid)
	_, err = s.Attached(t.Context(), missing)
	wantKind(t, err, data.NotFound)
}

func readAll(t testing.TB, s data.Store, a data.Attachment) string {
	t.Helper()
	r, err := s.Attached(t.Context(), a)
	ok(t, err)
	var all strings.Builder
	buf := make([]byte, 8192)
	for {
		n, err := r.Read(buf)
		all.Write(buf[:n])
		if err != nil {
			if err.Error() != "EOF" {
				t.Fatal(err)
			}
			break
		}
	}
	ok(t, r.Close())
	return all.String()
}
