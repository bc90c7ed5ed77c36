package badgerdb

import (
	"os"
	"path/filepath"
	"testing"

	"wardbook/data"
	"wardbook/data/storetest"
)

// What can't be read again is refused, and what is accepted survives the loss of the state.
func TestAcceptedIsReadable(t *testing.T) {
	deep := plainKid{}
	for range 28 {
		deep = plainKid{Kids: []plainKid{deep}}
	}
	middling := plainKid{Kids: []plainKid{{Kids: []plainKid{{Kids: []plainKid{{Kids: []plainKid{{}}}}}}}}}
	for name, c := range map[string]struct {
		v       plainRec
		refused bool
	}{
		"text that is no text": {plainRec{Note: "M\xfcller"}, true},
		"very deep":            {plainRec{Kids: []plainKid{deep}}, true},
		"deep":                 {plainRec{Kids: []plainKid{middling}}, false},
		"a long wave":          {plainRec{Wave: make([]int16, 200000)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := plainTables(20)
			plain := data.NewTable[plainID](data.TableSpec[plainRec]{Number: 22, Name: "plain"})
			o := plainOptions(t, r.t.Def(), plain.Def())
			s, err := Create(t.Context(), o)
			must(t, err)
			id := newPlain()
			for _, table := range []*data.Table[plainID, plainRec]{r.t, plain} {
				_, err = s.Update(t.Context(), storetest.Doing("x"), func(tx data.Tx) error { _, err := table.Insert(tx, id, c.v); return err })
				if c.refused != data.Is(err, data.Invalid) || !c.refused && err != nil {
					t.Fatalf("answered %v", err)
				}
			}
			must(t, s.Close())
			must(t, os.RemoveAll(filepath.Join(o.Dir, "state")))
			s, err = Open(t.Context(), o)
			must(t, err)
			defer s.Close()
			if !c.refused {
				must(t, s.View(t.Context(), func(tx data.Tx) error { _, err := plain.Get(tx, id); return err }))
			}
		})
	}
}

func TestWhatIsNoUpdateIsRefused(t *testing.T) {
	known, forgotten := plainTables(20), plainTables(21)
	o := plainOptions(t, known.t.Def())
	s, err := Create(t.Context(), o)
	must(t, err)
	defer s.Close()
	bad := storetest.Doing("x")
	bad.Why = "M\xfcller rang"
	for name, c := range map[string]struct {
		cause data.Cause
		fn    func(tx data.Tx) error
	}{
		"a cause that is no text":   {bad, func(data.Tx) error { return nil }},
		"a table not in the schema": {storetest.Doing("x"), func(tx data.Tx) error { _, err := forgotten.t.Insert(tx, newPlain(), plainRec{}); return err }},
		"an empty record":           {storetest.Doing("x"), func(tx data.Tx) error { return tx.Save(known.t.Def(), "x", data.Record{}) }},
		"an update in an update": {storetest.Doing("x"), func(tx data.Tx) error {
			_, err := s.Update(tx.Context(), storetest.Doing("y"), func(data.Tx) error { return nil })
			return err
		}},
	} {
		if _, err := s.Update(t.Context(), c.cause, c.fn); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if s.Last() != 0 {
		t.Error("something was written")
	}
	e, err := s.Update(t.Context(), storetest.Doing("x"), func(tx data.Tx) error { tx.Cause().Who = ""; return nil })
	if err != nil || e.Cause.Who == "" {
		t.Errorf("a cause was emptied from inside: %+v %v", e.Cause, err)
	}
}

// A unique index that comes with a new version of the program, over records that break it, opens all the same.
func TestNewUniqueIndexOverDoubles(t *testing.T) {
	plain := data.NewTable[plainID](data.TableSpec[plainRec]{Number: 20, Name: "plain20"})
	o := plainOptions(t, plain.Def())
	s, err := Create(t.Context(), o)
	must(t, err)
	for range 2 {
		_, err = s.Update(t.Context(), storetest.Doing("x"), func(tx data.Tx) error {
			_, err := plain.Insert(tx, newPlain(), plainRec{Key: "same"})
			return err
		})
		must(t, err)
	}
	must(t, s.Close())
	r := plainTables(20)
	o.Schema, err = data.NewSchema(r.t.Def())
	must(t, err)
	s, err = Open(t.Context(), o)
	must(t, err)
	defer s.Close()
	must(t, s.View(t.Context(), func(tx data.Tx) error { _, err := r.u.Get(tx, "same"); return err }))
	if len(s.Status().Notes) == 0 {
		t.Error("nobody is told")
	}
}

func TestEntriesToTheEndOfTime(t *testing.T) {
	r := plainTables(20)
	s, err := Create(t.Context(), plainOptions(t, r.t.Def()))
	must(t, err)
	defer s.Close()
	_, err = s.Update(t.Context(), storetest.Doing("x"), func(data.Tx) error { return nil })
	must(t, err)
	for f, want := range map[data.EntryFilter]int{{UpTo: ^data.Seq(0)}: 1, {After: ^data.Seq(0)}: 0} {
		n := 0
		for _, err := range s.Entries(t.Context(), f) {
			must(t, err)
			n++
		}
		if n != want {
			t.Errorf("%+v: %d entries", f, n)
		}
	}
}
