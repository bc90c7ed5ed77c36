package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"wardbook/data"
)

func history(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	id := tb.Add(t, s, Person{Number: 1, Note: "v1"})
	tb.Add(t, s, Person{Number: 2, Note: "other"})
	for v := uint64(1); v < 4; v++ {
		c := Doing("edit")
		c.Why = fmt.Sprintf("reason %d", v)
		Must(t, s, c, func(tx data.Tx) error {
			_, err := tb.People.Update(tx, id, v, Person{Number: 1, Note: fmt.Sprintf("v%d", v+1)})
			return err
		})
	}
	Must(t, s, Doing("remove"), func(tx data.Tx) error { _, err := tb.People.Delete(tx, id, 4); return err })
	var got []string
	for v, err := range s.History(t.Context(), tb.People.Def(), id.RecordID()) {
		ok(t, err)
		row, err := tb.People.Row(id.RecordID(), v.Record)
		ok(t, err)
		got = append(got, fmt.Sprintf("%d %s %s %s %v", row.Version, row.Value.Note, v.Cause.Action, v.Cause.Why, row.Deleted))
	}
	want := []string{"1 v1 register  false", "2 v2 edit reason 1 false", "3 v3 edit reason 2 false", "4 v4 edit reason 3 false", "5 v4 remove  true"}
	if !slices.Equal(got, want) {
		t.Fatalf("history %q", got)
	}
	for range s.History(t.Context(), tb.People.Def(), NewID().RecordID()) {
		t.Fatal("history of nobody")
	}
}

func actions(t testing.TB, s data.Store, f data.EntryFilter) []string {
	t.Helper()
	var got []string
	for e, err := range s.Entries(t.Context(), f) {
		ok(t, err)
		got = append(got, e.Cause.Action)
	}
	return got
}

func entries(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	ann, bob := NewID().RecordID(), NewID().RecordID()
	do := func(action, who string, about ...data.ID) data.Seq {
		c := Doing(action, about...)
		c.Who = who
		return Must(t, s, c, func(data.Tx) error { return nil }).Seq
	}
	do("a", "nurse", ann)
	second := do("b", "doctor", bob)
	do("c", "doctor", ann, bob)
	do("d", "nurse")
	for _, c := range []struct {
		f    data.EntryFilter
		want []string
	}{
		{data.EntryFilter{}, []string{"a", "b", "c", "d"}},
		{data.EntryFilter{Reverse: true}, []string{"d", "c", "b", "a"}},
		{data.EntryFilter{About: ann}, []string{"a", "c"}},
		{data.EntryFilter{About: bob, Reverse: true}, []string{"c", "b"}},
		{data.EntryFilter{Who: "doctor"}, []string{"b", "c"}},
		{data.EntryFilter{After: second}, []string{"c", "d"}},
		{data.EntryFilter{UpTo: second, Reverse: true}, []string{"b", "a"}},
		{data.EntryFilter{Who: "nobody"}, nil},
	} {
		if got := actions(t, s, c.f); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c.f, got)
		}
	}
}

func looks(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	id := tb.Add(t, s, Person{Number: 1})
	opened := Doing("open chart", id.RecordID())
	for range 5 { // each refresh of the same opening
		ok(t, s.Look(t.Context(), opened))
	}
	tb.Add(t, s, Person{Number: 2}) // the next update takes looks along
	ok(t, s.Look(t.Context(), opened))
	ok(t, s.Close())
	s = b.Open(t, tb)
	if got := actions(t, s, data.EntryFilter{About: id.RecordID()}); !slices.Equal(got, []string{"register", "open chart"}) {
		t.Fatalf("entries about her: %v", got)
	}
	if got := actions(t, s, data.EntryFilter{OnlyLook: true}); !slices.Equal(got, []string{"open chart"}) {
		t.Fatalf("looks: %v", got)
	}
	if got := actions(t, s, data.EntryFilter{NoLooks: true}); slices.Contains(got, "open chart") {
		t.Fatalf("without looks: %v", got)
	}
	ctx, cancel := context.WithCancel(shortly(t))
	defer cancel()
	n := 0
	for e, err := range s.Watch(ctx, 0) {
		ok(t, err)
		if e.Look {
			t.Error("a look reached Watch")
		}
		if n++; n == 2 {
			cancel()
		}
	}
}

func watch(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	var want []uint64
	for n := range uint64(5) {
		tb.Add(t, s, Person{Number: n})
		want = append(want, n)
	}
	ctx, cancel := context.WithCancel(shortly(t))
	defer cancel()
	var got []uint64
	var last data.Seq
	for e, err := range s.Watch(ctx, 0) {
		ok(t, err)
		if e.Seq <= last {
			t.Errorf("entry %d after %d", e.Seq, last)
		}
		last = e.Seq
		for ev, err := range tb.People.Events(e) {
			ok(t, err)
			got = append(got, ev.Row.Value.Number)
			See(t, s, func(tx data.Tx) error { _, err := tb.People.Get(tx, ev.Row.ID); return err }) // what is told can be seen
		}
		switch len(got) {
		case 5: // all that was there: more comes while it waits
			go func() {
				for n := uint64(5); n < 8; n++ {
					tb.Add(t, s, Person{Number: n})
				}
			}()
			want = append(want, 5, 6, 7)
		case 8:
			cancel()
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("watched %v", got)
	}
	ctx, cancel = context.WithCancel(shortly(t))
	defer cancel()
	for e, err := range s.Watch(ctx, last-1) {
		ok(t, err)
		if e.Seq != last {
			t.Errorf("resumed at %d, want %d", e.Seq, last)
		}
		cancel()
	}
}

// slowWatcher: a reader that does not read delays nobody, and misses nothing.
func slowWatcher(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	ctx, cancel := context.WithCancel(shortly(t))
	defer cancel()
	first, goOn := make(chan bool, 1), make(chan bool)
	count := make(chan int)
	go func() {
		n := 0
		for _, err := range s.Watch(ctx, 0) {
			if err != nil {
				t.Error(err)
			}
			if n++; n == 1 {
				first <- true
				<-goOn
			}
			if n == 301 {
				break
			}
		}
		count <- n
	}()
	tb.Add(t, s, Person{Number: 0})
	<-first
	desks(10, func(desk int) {
		for n := range 30 {
			tb.Add(t, s, Person{Number: uint64(1000*desk + n + 1)})
		}
	})
	close(goOn)
	if n := <-count; n != 301 {
		t.Fatalf("%d entries came", n)
	}
}

func closed(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	ok(t, s.Close())
	ok(t, s.Close())
	wantKind(t, s.View(t.Context(), func(data.Tx) error { return nil }), data.Unavailable)
	_, err := s.Update(t.Context(), Doing("x"), func(data.Tx) error { return nil })
	wantKind(t, err, data.Unavailable)
	wantKind(t, s.Look(t.Context(), Doing("x")), data.Unavailable)
	for _, err := range s.Watch(shortly(t), 0) {
		wantKind(t, err, data.Unavailable)
	}
}

func cancelled(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.View(ctx, func(data.Tx) error { t.Error("it ran"); return nil }); err == nil {
		t.Error("no error")
	}
	last := s.Last()
	if _, err := s.Update(ctx, Doing("x"), func(data.Tx) error { t.Error("it ran"); return nil }); err == nil {
		t.Error("no error")
	}
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	_, err := s.Update(ctx, Doing("x"), func(tx data.Tx) error {
		cancel()
		_, err := tb.People.Insert(tx, NewID(), Person{})
		return err
	})
	if err == nil || s.Last() != last {
		t.Errorf("cancelled inside: %v, last %d of %d", err, s.Last(), last)
	}
}

func survives(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	id := tb.Add(t, s, Person{Number: 1, Family: "Smith", Given: "Ann"})
	cause := Doing("once")
	first := Must(t, s, cause, func(tx data.Tx) error { _, err := tb.Numbers.Next(tx); return err })
	ok(t, s.Close())
	s = b.Open(t, tb)
	See(t, s, func(tx data.Tx) error {
		if got := search(t, tb, tx, "ann smi"); len(got) != 1 {
			t.Errorf("found %v", got)
		}
		_, err := tb.People.Get(tx, id)
		return err
	})
	again := Must(t, s, cause, func(data.Tx) error { t.Error("it ran again"); return nil })
	if again.Seq != first.Seq {
		t.Errorf("entry %d, then %d", first.Seq, again.Seq)
	}
}

func rebuilt(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	id := tb.Add(t, s, Person{Number: 1, Family: "Smith", Given: "Ann"})
	Must(t, s, Doing("edit"), func(tx data.Tx) error {
		_, err := tb.People.Update(tx, id, 1, Person{Number: 2, Family: "Miller", Given: "Ann"})
		return err
	})
	before := dump(t, s, tb)
	ok(t, s.Close())
	b.Lose(t)
	s = b.Open(t, tb)
	if after := dump(t, s, tb); after != before {
		t.Fatalf("before\n%s\nafter\n%s", before, after)
	}
	if got := actions(t, s, data.EntryFilter{About: id.RecordID()}); !slices.Equal(got, []string{"register"}) {
		t.Errorf("entries: %v", got)
	}
}

func raised(t *testing.T, b Bench) {
	old := Declare(Shape{})
	s := b.Open(t, old)
	id := old.Add(t, s, Person{Number: 1, Family: "smith", Given: "Ann"})
	ok(t, s.Close())
	shout := func(f data.Fields) error {
		f[6] = cbor.RawMessage{0x64, 'k', 'e', 'p', 't'} // the text "kept" as the note
		return nil
	}
	tb := Declare(Shape{Raise: []data.Raise{shout}})
	s = b.Open(t, tb)
	See(t, s, func(tx data.Tx) error {
		row, err := tb.People.Get(tx, id)
		if row.Value.Note != "kept" || row.Value.Family != "smith" || row.Version != 1 {
			t.Errorf("raised: %+v", row)
		}
		return err
	})
	for v, err := range s.History(t.Context(), tb.People.Def(), id.RecordID()) {
		ok(t, err)
		if v.Record.Schema != 1 {
			t.Errorf("history was rewritten: schema %d", v.Record.Schema)
		}
	}
}

// newerOpener is a Bench whose engine can say why it does not open.
type newerOpener interface {
	TryOpen(t testing.TB, tables *Tables) (data.Store, error)
}

func newer(t *testing.T, b Bench) {
	opener, can := b.(newerOpener)
	if !can {
		t.Fatal("the bench has no TryOpen")
	}
	later := Declare(Shape{Raise: []data.Raise{func(data.Fields) error { return nil }}})
	s := b.Open(t, later)
	later.Add(t, s, Person{Number: 1})
	ok(t, s.Close())
	earlier := Declare(Shape{})
	_, err := opener.TryOpen(t, earlier)
	wantKind(t, err, data.Unavailable)
	b.Lose(t)
	_, err = opener.TryOpen(t, earlier)
	wantKind(t, err, data.Unavailable)
	s = b.Open(t, later)
	if len(actions(t, s, data.EntryFilter{})) != 1 {
		t.Error("the refusal changed something")
	}
}

func redefined(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	tb.Add(t, s, Person{Number: 1, Family: "A", Given: "Zoe"})
	tb.Add(t, s, Person{Number: 2, Family: "B", Given: "Yan"})
	ok(t, s.Close())
	tb = Declare(Shape{NameVersion: 2, ByGiven: true, WordVersion: 5})
	s = b.Open(t, tb)
	See(t, s, func(tx data.Tx) error {
		if got := names(t, tb, tx, data.Span{}); !slices.Equal(got, []string{"B, Yan", "A, Zoe"}) {
			t.Errorf("index as redefined: %v", got)
		}
		if got := search(t, tb, tx, "zo"); !slices.Equal(got, []string{"A, Zoe"}) {
			t.Errorf("words as redefined: %v", got)
		}
		return nil
	})
}
