package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"wardbook/data"
)

func snapshot(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	x := tb.Add(t, s, Person{Number: 1, Note: "old"})
	See(t, s, func(tx data.Tx) error {
		if _, err := tb.People.Get(tx, x); err != nil {
			return err
		}
		done := make(chan PersonID)
		go func() { // another desk, while this view is open
			Must(t, s, Doing("edit"), func(tx data.Tx) error {
				_, err := tb.People.Update(tx, x, 1, Person{Number: 1, Note: "new"})
				return err
			})
			done <- tb.Add(t, s, Person{Number: 2})
		}()
		y := <-done
		row, err := tb.People.Get(tx, x)
		if err != nil || row.Value.Note != "old" {
			t.Errorf("the view saw a later update: %+v %v", row, err)
		}
		_, err = tb.People.Get(tx, y)
		wantKind(t, err, data.NotFound)
		return nil
	})
	See(t, s, func(tx data.Tx) error {
		row, err := tb.People.Get(tx, x)
		if row.Value.Note != "new" {
			t.Errorf("an answered update is not seen: %+v", row)
		}
		return err
	})
}

func viewsReadOnly(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	err := s.View(t.Context(), func(tx data.Tx) error {
		if tx.Cause() != nil {
			t.Error("a view has a cause")
		}
		_, err := tb.People.Insert(tx, NewID(), Person{})
		return err
	})
	wantKind(t, err, data.Internal)
	var kept data.Tx
	See(t, s, func(tx data.Tx) error { kept = tx; return nil })
	if _, err := tb.People.Get(kept, NewID()); !data.Is(err, data.Internal) {
		t.Fatalf("a transaction that is over still works: %v", err)
	}
}

func ownWrites(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	old := tb.Add(t, s, Person{Number: 1, Family: "Adams", Given: "Zoe"})
	gone := tb.Add(t, s, Person{Number: 2, Family: "Brown", Given: "Yan"})
	Must(t, s, Doing("mix"), func(tx data.Tx) error {
		fresh := NewID()
		if _, err := tb.People.Insert(tx, fresh, Person{Number: 3, Family: "Clark", Given: "Xi"}); err != nil {
			return err
		}
		if _, err := tb.People.Delete(tx, gone, 1); err != nil {
			return err
		}
		if _, err := tb.People.Update(tx, old, 1, Person{Number: 1, Family: "Dean", Given: "Zoe"}); err != nil {
			return err
		}
		if got := names(t, tb, tx, data.Span{}); !slices.Equal(got, []string{"Clark, Xi", "Dean, Zoe"}) {
			t.Errorf("walking own writes: %v", got)
		}
		if got := names(t, tb, tx, data.Span{Reverse: true}); !slices.Equal(got, []string{"Dean, Zoe", "Clark, Xi"}) {
			t.Errorf("walking own writes backwards: %v", got)
		}
		if got := search(t, tb, tx, "cl"); !slices.Equal(got, []string{"Clark, Xi"}) {
			t.Errorf("searching own writes: %v", got)
		}
		if got := search(t, tb, tx, "brown"); len(got) != 0 {
			t.Errorf("searching own deletions: %v", got)
		}
		_, err := tb.ByNumber.Get(tx, uint64(3))
		return err
	})
}

func names(t testing.TB, tb *Tables, tx data.Tx, span data.Span) []string {
	t.Helper()
	var got []string
	for f, err := range tb.ByName.Scan(tx, span) {
		ok(t, err)
		got = append(got, f.Cover.Name)
	}
	return got
}

func search(t testing.TB, tb *Tables, tx data.Tx, query string) []string {
	t.Helper()
	var got []string
	for m, err := range tb.ByWords.Search(tx, query, 0) {
		ok(t, err)
		got = append(got, m.Cover.Name)
	}
	return got
}

func unique(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	first := tb.Add(t, s, Person{Number: 7, Family: "One"})
	_, err := s.Update(t.Context(), Doing("register"), func(tx data.Tx) error {
		_, err := tb.People.Insert(tx, NewID(), Person{Number: 7, Family: "Two"})
		return err
	})
	wantKind(t, err, data.Conflict)
	var taken *data.Taken
	var e *data.Error
	if !errors.As(err, &taken) || taken.Holder != first.RecordID() || !errors.As(err, &e) || !slices.Equal(e.Fields, []string{"number"}) {
		t.Fatalf("conflict names neither holder nor field: %v", err)
	}
	Must(t, s, Doing("renumber"), func(tx data.Tx) error {
		_, err := tb.People.Update(tx, first, 1, Person{Number: 8, Family: "One"})
		return err
	})
	second := tb.Add(t, s, Person{Number: 7, Family: "Two"})
	Must(t, s, Doing("remove"), func(tx data.Tx) error { _, err := tb.People.Delete(tx, second, 1); return err })
	tb.Add(t, s, Person{Number: 7, Family: "Three"})
	_, err = s.Update(t.Context(), Doing("back"), func(tx data.Tx) error { _, err := tb.People.Restore(tx, second, 2); return err })
	wantKind(t, err, data.Conflict)
	See(t, s, func(tx data.Tx) error {
		row, err := tb.ByNumber.Get(tx, uint64(7))
		if row.Value.Family != "Three" {
			t.Errorf("number 7 is %+v", row)
		}
		return err
	})
}

func ordered(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	for i, name := range [][2]string{{"Berg", "Ada"}, {"Berg", "Bo"}, {"Bergman", "Cy"}, {"Ål", "Dag"}, {"Abel", "Eva"}, {"Berg", "Ada"}} {
		tb.Add(t, s, Person{Number: uint64(i), Family: name[0], Given: name[1]})
	}
	for _, c := range []struct {
		what string
		span data.Span
		want []string
	}{
		{"all", data.Span{}, []string{"Abel, Eva", "Berg, Ada", "Berg, Ada", "Berg, Bo", "Bergman, Cy", "Ål, Dag"}},
		{"one family", data.Within("Berg"), []string{"Berg, Ada", "Berg, Ada", "Berg, Bo"}},
		{"family and given", data.Within("Berg", "Bo"), []string{"Berg, Bo"}},
		{"from", data.Span{From: data.Encode("Bergman")}, []string{"Bergman, Cy", "Ål, Dag"}},
		{"to", data.Span{To: data.Encode("Berg", "Bo")}, []string{"Abel, Eva", "Berg, Ada", "Berg, Ada"}},
		{"backwards within", data.Span{From: data.Within("Berg").From, To: data.Within("Berg").To, Reverse: true}, []string{"Berg, Bo", "Berg, Ada", "Berg, Ada"}},
		{"nothing", data.Within("Zzz"), nil},
	} {
		See(t, s, func(tx data.Tx) error {
			if got := names(t, tb, tx, c.span); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v", c.what, got)
			}
			return nil
		})
	}
	See(t, s, func(tx data.Tx) error {
		var notes int
		for row, err := range tb.ByName.Rows(tx, data.Within("Berg")) {
			ok(t, err)
			if row.Value.Family != "Berg" {
				t.Errorf("row %+v", row)
			}
			notes++
		}
		all := 0
		for _, err := range tb.People.All(tx, data.Span{}) {
			ok(t, err)
			all++
		}
		if notes != 3 || all != 6 {
			t.Errorf("rows %d, all %d", notes, all)
		}
		return nil
	})
}

func paging(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	Must(t, s, Doing("many"), func(tx data.Tx) error {
		for i := range 25 {
			if _, err := tb.People.Insert(tx, NewID(), Person{Number: uint64(i), Family: fmt.Sprintf("F%02d", i/2), Given: "G"}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, reverse := range []bool{false, true} {
		var whole, paged []uint64
		See(t, s, func(tx data.Tx) error {
			for f, err := range tb.ByName.Scan(tx, data.Span{Reverse: reverse}) {
				ok(t, err)
				whole = append(whole, f.Cover.Number)
			}
			return nil
		})
		span := data.Span{Reverse: reverse}
		for range 10 {
			See(t, s, func(tx data.Tx) error {
				n := 0
				for f, err := range tb.ByName.Scan(tx, span) {
					ok(t, err)
					if n == 7 {
						break
					}
					paged, span.After = append(paged, f.Cover.Number), f.Cursor
					n++
				}
				return nil
			})
		}
		if len(whole) != 25 || !slices.Equal(whole, paged) {
			t.Errorf("reverse %v: whole %v, paged %v", reverse, whole, paged)
		}
	}
}

func words(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	for i, name := range [][2]string{{"Müller", "Søren"}, {"O'Brien", "Ann-Marie"}, {"Łukasz", "Đorđe"}, {"Strauß", "Anna"}, {"王", "小明"}, {"Straus", "Anna Maria"}} {
		tb.Add(t, s, Person{Number: uint64(100 + i), Family: name[0], Given: name[1]})
	}
	for query, want := range map[string][]string{
		"muller":        {"Müller, Søren"},
		"MÜLL sor":      {"Müller, Søren"},
		"obri":          {"O'Brien, Ann-Marie"},
		"o'brien":       {"O'Brien, Ann-Marie"},
		"brien marie":   {"O'Brien, Ann-Marie"},
		"lukasz":        {"Łukasz, Đorđe"},
		"dor":           {"Łukasz, Đorđe"},
		"strauss":       {"Strauß, Anna"},
		"strauß":        {"Strauß, Anna"},
		"stra ann":      {"Straus, Anna Maria", "Strauß, Anna"}, // the newest first
		"straus an mar": {"Straus, Anna Maria"},
		"105":           {"Straus, Anna Maria"},
		"王":             {"王, 小明"},
		"明":             {"王, 小明"},
		"annamaria":     nil,
		"":              nil,
		"  ,. ":         nil,
		"zzz":           nil,
		"muller zzz":    nil,
	} {
		See(t, s, func(tx data.Tx) error {
			if got := search(t, tb, tx, query); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", query, got, want)
			}
			return nil
		})
	}
}

func wordsChange(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	id := tb.Add(t, s, Person{Number: 1, Family: "Before", Given: "Kim"})
	found := func(query string, n int) {
		t.Helper()
		See(t, s, func(tx data.Tx) error {
			if got := search(t, tb, tx, query); len(got) != n {
				t.Errorf("%q: %v", query, got)
			}
			return nil
		})
	}
	Must(t, s, Doing("rename"), func(tx data.Tx) error {
		_, err := tb.People.Update(tx, id, 1, Person{Number: 1, Family: "Afterwards", Given: "Kim"})
		return err
	})
	found("before", 0)
	found("aft", 1)
	found("afterwards ki", 1)
	found("kim", 1)
	Must(t, s, Doing("remove"), func(tx data.Tx) error { _, err := tb.People.Delete(tx, id, 2); return err })
	found("kim", 0)
	found("afterwards", 0)
	Must(t, s, Doing("back"), func(tx data.Tx) error { _, err := tb.People.Restore(tx, id, 3); return err })
	found("kim aft", 1)
}

func wordPages(t *testing.T, b Bench) {
	tb := Declare(Shape{})
	s := b.Open(t, tb)
	const people = 36000 // more than two blocks of ordinals
	ok(t, data.Bulk(t.Context(), s, Doing("import"), people/1000, func(tx data.Tx, n int) error {
		for i := n * 1000; i < (n+1)*1000; i++ {
			family := "Even"
			if i%2 == 1 {
				family = "Odd"
			}
			id := PersonID{0: 1, 13: byte(i >> 16), 14: byte(i >> 8), 15: byte(i)}
			if _, err := tb.People.Insert(tx, id, Person{Number: uint64(i), Family: family, Given: fmt.Sprintf("Third%d", i%3)}); err != nil {
				return err
			}
		}
		return nil
	}, nil))
	var got []uint64
	before := uint32(0)
	for range people {
		n := 0
		See(t, s, func(tx data.Tx) error {
			for m, err := range tb.ByWords.Search(tx, "third0 od", before) {
				ok(t, err)
				got, before = append(got, m.Cover.Number), m.Ordinal
				if n++; n == 20 {
					break
				}
			}
			return nil
		})
		if n < 20 {
			break
		}
	}
	var want []uint64
	for i := people - 1; i >= 0; i-- {
		if i%2 == 1 && i%3 == 0 {
			want = append(want, uint64(i))
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got %d people, want %d", len(got), len(want))
	}
}
