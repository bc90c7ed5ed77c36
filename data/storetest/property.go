package storetest

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wardbook/data"
)

// dump gives all that can be read of the people, in a form to compare.
func dump(t testing.TB, s data.Store, tb *Tables) string {
	t.Helper()
	var out strings.Builder
	See(t, s, func(tx data.Tx) error {
		for st, err := range tx.Records(tb.People.Def(), data.Span{}) {
			ok(t, err)
			fmt.Fprintf(&out, "record %x %+v\n", st.ID, st.Record)
			for v, err := range s.History(t.Context(), tb.People.Def(), st.ID) {
				ok(t, err)
				fmt.Fprintf(&out, "  version %d %s %+v\n", v.Seq, v.Cause.Action, v.Record)
			}
		}
		for f, err := range tb.ByName.Scan(tx, data.Span{}) {
			ok(t, err)
			fmt.Fprintf(&out, "name %v %v\n", f.ID, f.Cover)
			row, err := tb.ByNumber.Get(tx, f.Cover.Number)
			ok(t, err)
			fmt.Fprintf(&out, "number %v\n", row.ID)
		}
		for _, letter := range "abcdefgh" {
			var found []string
			for m, err := range tb.ByWords.Search(tx, string(letter), 0) {
				ok(t, err)
				found = append(found, fmt.Sprint(m.ID, m.Cover))
			}
			sort.Strings(found) // a rebuilt index may give another order of arrival
			fmt.Fprintf(&out, "words %c %v\n", letter, found)
		}
		return nil
	})
	return out.String()
}

// Commands runs random commands against a store and against a plain model, closing, losing and reopening in between: what
// the model says is there, in records, indexes, words and history, is there, and nothing else.
func Commands(t *testing.T, bench func(t testing.TB) Bench) {
	rapid.Check(t, func(r *rapid.T) {
		tb := Declare(Shape{})
		w := &world{t: t, bench: bench(t), tb: tb, people: map[PersonID]*modelPerson{}}
		w.s = w.bench.Open(t, tb)
		r.Repeat(map[string]func(*rapid.T){
			"insert": w.insert,
			"edit":   w.edit,
			"delete": w.delete,
			"fail":   w.fail,
			"reopen": func(r *rapid.T) { w.reopen(rapid.Bool().Draw(r, "lose")) },
			"":       w.check,
		})
		w.reopen(true)
		w.check(r)
		if err := w.s.Close(); err != nil {
			r.Fatal(err)
		}
	})
}

type modelPerson struct {
	value    Person
	version  uint64
	deleted  bool
	versions []string
}

type world struct {
	t      *testing.T
	bench  Bench
	tb     *Tables
	s      data.Store
	people map[PersonID]*modelPerson
	order  []PersonID
}

var someName = rapid.StringMatching(`[A-Ha-h]{1,5}`)

func drawPerson(r *rapid.T) Person {
	return Person{Number: rapid.Uint64Range(1, 12).Draw(r, "number"), Family: someName.Draw(r, "family"), Given: someName.Draw(r, "given")}
}

// holder finds who has a number, deleted people do not.
func (w *world) holder(number uint64) (PersonID, bool) {
	for id, p := range w.people {
		if !p.deleted && p.value.Number == number {
			return id, true
		}
	}
	return PersonID{}, false
}

func (w *world) insert(r *rapid.T) {
	p, id := drawPerson(r), NewID()
	_, taken := w.holder(p.Number)
	_, err := w.s.Update(w.t.Context(), Doing("insert"), func(tx data.Tx) error {
		_, err := w.tb.People.Insert(tx, id, p)
		return err
	})
	if taken != data.Is(err, data.Conflict) || !taken && err != nil {
		r.Fatalf("number taken: %v, answer: %v", taken, err)
	}
	if !taken {
		w.people[id] = &modelPerson{value: p, version: 1, versions: []string{fmt.Sprint(p, false)}}
		w.order = append(w.order, id)
	}
}

func (w *world) pick(r *rapid.T) (PersonID, *modelPerson) {
	if len(w.order) == 0 {
		r.Skip("nobody there")
	}
	id := rapid.SampledFrom(w.order).Draw(r, "who")
	return id, w.people[id]
}

func (w *world) edit(r *rapid.T) {
	id, m := w.pick(r)
	p := drawPerson(r)
	seen := m.version - rapid.Uint64Range(0, 1).Draw(r, "behind")
	holder, held := w.holder(p.Number)
	_, err := w.s.Update(w.t.Context(), Doing("edit"), func(tx data.Tx) error {
		_, err := w.tb.People.Update(tx, id, seen, p)
		return err
	})
	want := "done"
	switch {
	case seen != m.version:
		want = "conflict"
	case m.deleted:
		want = "not found"
	case held && holder != id:
		want = "conflict"
	}
	got := "done"
	if err != nil {
		got = data.KindOf(err).String()
	}
	if got != want {
		r.Fatalf("edit: %v, want %s", err, want)
	}
	if want == "done" {
		m.value, m.version = p, m.version+1
		m.versions = append(m.versions, fmt.Sprint(p, false))
	}
}

func (w *world) delete(r *rapid.T) {
	id, m := w.pick(r)
	_, err := w.s.Update(w.t.Context(), Doing("delete"), func(tx data.Tx) error {
		_, err := w.tb.People.Delete(tx, id, m.version)
		return err
	})
	if m.deleted != data.Is(err, data.NotFound) {
		r.Fatalf("delete of deleted %v: %v", m.deleted, err)
	}
	if !m.deleted {
		m.deleted, m.version = true, m.version+1
		m.versions = append(m.versions, fmt.Sprint(m.value, true))
	}
}

func (w *world) fail(r *rapid.T) {
	p := drawPerson(r)
	_, err := w.s.Update(w.t.Context(), Doing("fail"), func(tx data.Tx) error {
		if _, err := w.tb.People.Insert(tx, NewID(), p); err != nil {
			return err
		}
		return fmt.Errorf("thought better of it")
	})
	if err == nil {
		r.Fatal("no error")
	}
}

func (w *world) reopen(lose bool) {
	ok(w.t, w.s.Close())
	if lose {
		w.bench.Lose(w.t)
	}
	w.s = w.bench.Open(w.t, w.tb)
}

func (w *world) check(r *rapid.T) {
	See(w.t, w.s, func(tx data.Tx) error {
		alive := 0
		for id, m := range w.people {
			row, err := w.tb.People.GetDeleted(tx, id)
			if err != nil || fmt.Sprint(row.Value) != fmt.Sprint(m.value) || row.Version != m.version || row.Deleted != m.deleted {
				r.Fatalf("record %v: %+v %v, want %+v", id, row, err, m)
			}
			if !m.deleted {
				alive++
				w.checkFound(r, tx, id, m)
			}
		}
		named := 0
		last := ""
		for row, err := range w.tb.ByName.Rows(tx, data.Span{}) {
			ok(w.t, err)
			if key := string(data.Encode(row.Value.Family, row.Value.Given)); key < last {
				r.Fatalf("names out of order at %v", row)
			} else {
				last = key
			}
			named++
		}
		if named != alive {
			r.Fatalf("%d in the index, %d alive", named, alive)
		}
		return nil
	})
	w.checkHistory(r)
}

func (w *world) checkFound(r *rapid.T, tx data.Tx, id PersonID, m *modelPerson) {
	row, err := w.tb.ByNumber.Get(tx, m.value.Number)
	if err != nil || row.ID != id {
		r.Fatalf("number %d: %v %v", m.value.Number, row.ID, err)
	}
	found := 0
	for match, err := range w.tb.ByWords.Search(tx, m.value.Family+" "+m.value.Given, 0) {
		ok(w.t, err)
		if match.ID == id {
			found++
		}
	}
	if found != 1 {
		r.Fatalf("%+v found %d times by its words", m.value, found)
	}
}

func (w *world) checkHistory(r *rapid.T) {
	for id, m := range w.people {
		var got []string
		for v, err := range w.s.History(w.t.Context(), w.tb.People.Def(), id.RecordID()) {
			ok(w.t, err)
			row, err := w.tb.People.Row(id.RecordID(), v.Record)
			ok(w.t, err)
			got = append(got, fmt.Sprint(row.Value, row.Deleted))
		}
		if fmt.Sprint(got) != fmt.Sprint(m.versions) {
			r.Fatalf("history %v, want %v", got, m.versions)
		}
	}
}
