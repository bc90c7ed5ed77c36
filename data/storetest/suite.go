package storetest

import (
	"errors"
	"testing"

	"wardbook/data"
)

// Run shows that an engine keeps the promises of data.Store.
func Run(t *testing.T, bench func(t testing.TB) Bench) {
	type test struct {
		name string
		run  func(t *testing.T, b Bench)
	}
	for _, c := range []test{
		{"a record's life", recordLife}, {"stale update", staleUpdate}, {"failed update leaves nothing", failedUpdate},
		{"cause is required", causeRequired}, {"retry", retry}, {"too large", tooLarge}, {"bad ids", badIDs},
		{"view is one moment", snapshot}, {"views can't write", viewsReadOnly}, {"own writes", ownWrites},
		{"unique", unique}, {"ordered index", ordered}, {"paging", paging}, {"words", words}, {"words change", wordsChange}, {"words in pages", wordPages},
		{"counter without gaps", counterGapless}, {"capacity of seven", capacity}, {"first insert race", firstInsert}, {"empty range race", emptyRange},
		{"history", history}, {"entries by patient and person", entries}, {"looks", looks}, {"watch", watch}, {"slow watcher", slowWatcher},
		{"bulk", bulk}, {"attachments", attachments}, {"closed", closed}, {"cancelled", cancelled},
		{"survives closing", survives}, {"rebuilt is the same", rebuilt}, {"raised on read", raised}, {"newer data refused", newer}, {"index redefined", redefined},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, bench(t)) })
	}
}

func wantKind(t testing.TB, err error, kind data.Kind) {
	t.Helper()
	if !data.Is(err, kind) {
		t.Fatalf("want %v, got %v", kind, err)
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func recordLife(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	id := tb.Add(t, s, Person{Number: 1, Family: "Smith", Given: "Ann"})
	var row data.Row[PersonID, Person]
	read := func() error {
		return s.View(t.Context(), func(tx data.Tx) (err error) { row, err = tb.People.Get(tx, id); return err })
	}
	ok(t, read())
	if row.Version != 1 || row.Value.Family != "Smith" || row.CreatedBy != "nurse-1" || row.CreatedAt.IsZero() || row.ID != id {
		t.Fatalf("new record: %+v", row)
	}
	created := row.CreatedAt
	change := Doing("rename")
	change.Who = "nurse-2"
	Must(t, s, change, func(tx data.Tx) error {
		_, err := tb.People.Update(tx, id, 1, Person{Number: 1, Family: "Miller", Given: "Ann"})
		return err
	})
	ok(t, read())
	if row.Version != 2 || row.Value.Family != "Miller" || row.CreatedBy != "nurse-1" || row.ChangedBy != "nurse-2" || !row.CreatedAt.Equal(created) {
		t.Fatalf("changed record: %+v", row)
	}
	Must(t, s, Doing("remove"), func(tx data.Tx) error { _, err := tb.People.Delete(tx, id, 2); return err })
	wantKind(t, read(), data.NotFound)
	_, err := s.Update(t.Context(), Doing("again"), func(tx data.Tx) error {
		_, err := tb.People.Insert(tx, id, Person{Number: 9})
		return err
	})
	wantKind(t, err, data.Conflict)
	Must(t, s, Doing("back"), func(tx data.Tx) error { _, err := tb.People.Restore(tx, id, 3); return err })
	ok(t, read())
	if row.Version != 4 || row.Value.Family != "Miller" || row.Deleted {
		t.Fatalf("restored record: %+v", row)
	}
}

func staleUpdate(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	id := tb.Add(t, s, Person{Number: 1, Family: "Smith", Note: "first"})
	Must(t, s, Doing("edit"), func(tx data.Tx) error {
		_, err := tb.People.Update(tx, id, 1, Person{Number: 1, Family: "Smith", Note: "theirs"})
		return err
	})
	_, err := s.Update(t.Context(), Doing("edit"), func(tx data.Tx) error {
		_, err := tb.People.Update(tx, id, 1, Person{Number: 1, Family: "Smith", Note: "mine"})
		return err
	})
	wantKind(t, err, data.Conflict)
	var stale *data.Stale[PersonID, Person]
	if !errors.As(err, &stale) || stale.Yours.Note != "mine" || stale.Theirs.Value.Note != "theirs" || stale.Theirs.Version != 2 || stale.Theirs.ID != id {
		t.Fatalf("conflict without both values: %+v", stale)
	}
}

func failedUpdate(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	last := s.Last()
	for name, fail := range map[string]func() error{
		"error": func() error { return errors.New("no") },
		"panic": func() error { panic("mistake") },
	} {
		id := NewID()
		_, err := s.Update(t.Context(), Doing(name), func(tx data.Tx) error {
			if _, err := tb.People.Insert(tx, id, Person{Number: 5, Family: "Ghost"}); err != nil {
				return err
			}
			return fail()
		})
		if err == nil {
			t.Fatalf("%s: no error", name)
		}
		See(t, s, func(tx data.Tx) error {
			_, err := tb.People.Get(tx, id)
			wantKind(t, err, data.NotFound)
			for m, err := range tb.ByWords.Search(tx, "ghost", 0) {
				t.Fatalf("%s: found %v %v", name, m, err)
			}
			_, err = tb.ByNumber.Get(tx, uint64(5))
			wantKind(t, err, data.NotFound)
			return nil
		})
	}
	if s.Last() != last {
		t.Fatal("a failed update made an entry")
	}
	tb.Add(t, s, Person{Number: 5, Family: "Real"})
}

func causeRequired(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	for name, spoil := range map[string]func(*data.Cause){
		"operation":   func(c *data.Cause) { c.Operation = [16]byte{} },
		"who":         func(c *data.Cause) { c.Who = "" },
		"workstation": func(c *data.Cause) { c.Workstation = "" },
		"action":      func(c *data.Cause) { c.Action = "" },
		"about":       func(c *data.Cause) { c.About = []data.ID{""} },
	} {
		cause := Doing("x")
		spoil(&cause)
		_, err := s.Update(t.Context(), cause, func(data.Tx) error { t.Errorf("%s: it ran", name); return nil })
		wantKind(t, err, data.Invalid)
		wantKind(t, s.Look(t.Context(), cause), data.Invalid)
	}
}

func retry(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	cause, id := Doing("register"), NewID()
	insert := func(tx data.Tx) error { _, err := tb.People.Insert(tx, id, Person{Number: 3}); return err }
	first := Must(t, s, cause, insert)
	again := Must(t, s, cause, func(data.Tx) error { t.Error("it ran a second time"); return nil })
	if again.Seq != first.Seq || len(again.Records) != 1 || again.Records[0].ID != id.RecordID() || again.Records[0].Table != tb.People.Def().Number {
		t.Fatalf("first %+v, again %+v", first, again)
	}
	other := cause
	other.Action = "discharge"
	_, err := s.Update(t.Context(), other, insert)
	wantKind(t, err, data.Invalid)
	e, found, err := s.Done(t.Context(), cause.Operation)
	if err != nil || !found || e.Seq != first.Seq || e.Cause.Action != "register" {
		t.Fatalf("done: %+v %v %v", e, found, err)
	}
	_, found, err = s.Done(t.Context(), Doing("x").Operation)
	if found || err != nil {
		t.Fatalf("never done: %v %v", found, err)
	}
}

func tooLarge(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	note := string(make([]byte, 300<<10))
	last := s.Last()
	_, err := s.Update(t.Context(), Doing("much"), func(tx data.Tx) error {
		for n := range 4 {
			if _, err := tb.People.Insert(tx, NewID(), Person{Number: uint64(n), Note: note}); err != nil {
				return err
			}
		}
		return nil
	})
	wantKind(t, err, data.Invalid)
	_, err = s.Update(t.Context(), Doing("one"), func(tx data.Tx) error {
		_, err := tb.People.Insert(tx, NewID(), Person{Note: string(make([]byte, data.MaxRecord))})
		return err
	})
	wantKind(t, err, data.Invalid)
	if s.Last() != last {
		t.Fatal("it made an entry")
	}
	id := NewID()
	Must(t, s, Doing("fits"), func(tx data.Tx) error {
		_, err := tb.People.Insert(tx, id, Person{Note: string(make([]byte, data.MaxRecord-1000))})
		return err
	})
	See(t, s, func(tx data.Tx) error { _, err := tb.People.Get(tx, id); return err })
}

func badIDs(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	for _, session := range []string{string(make([]byte, 300))} {
		_, err := s.Update(t.Context(), Doing("x"), func(tx data.Tx) error {
			_, err := tb.Places.Insert(tx, PlaceID{session, 1}, Place{})
			return err
		})
		wantKind(t, err, data.Invalid)
	}
}
