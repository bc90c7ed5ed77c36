package badgerdb

import (
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"wardbook/data"
	"wardbook/data/layout"
	"wardbook/data/storetest"
)

// filled is a store with some life in it.
func filled(t testing.TB, b *bench) (*Store, *storetest.Tables, []storetest.PersonID) {
	t.Helper()
	tb := storetest.Declare(storetest.Shape{})
	s := b.Open(t, tb).(*Store)
	a, err := s.Attach(t.Context(), strings.NewReader("a scan"))
	if err != nil {
		t.Fatal(err)
	}
	var ids []storetest.PersonID
	for n := range 20 {
		p := storetest.Person{Number: uint64(n), Family: "Family" + string(rune('a'+n)), Given: "Given"}
		if n == 7 {
			p.Attachment = []data.Attachment{a}
		}
		ids = append(ids, tb.Add(t, s, p))
	}
	return s, tb, ids
}

func problems(t testing.TB, s *Store) []data.Message {
	t.Helper()
	found, err := s.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestCheckOfAWholeStoreFindsNothing(t *testing.T) {
	s, tb, ids := filled(t, onDisk(t).(*bench))
	storetest.Must(t, s, storetest.Doing("remove"), func(tx data.Tx) error { _, err := tb.People.Delete(tx, ids[3], 1); return err })
	if found := problems(t, s); len(found) != 0 {
		t.Fatalf("found %v", found)
	}
}

// badly writes into Badger behind the store's back, as somebody with the keys could.
func badly(t testing.TB, s *Store, do func(txn *badger.Txn) error) {
	t.Helper()
	arrived(t, s)
	if err := s.state.db.Update(do); err != nil {
		t.Fatal(err)
	}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, want string
		spoil      func(s *Store, tb *storetest.Tables, ids []storetest.PersonID) func(*badger.Txn) error
	}{
		{"record removed", "missing", func(s *Store, tb *storetest.Tables, ids []storetest.PersonID) func(*badger.Txn) error {
			return func(txn *badger.Txn) error { return txn.Delete(layout.RecordKey(tb.People.Def(), ids[5].RecordID())) }
		}},
		{"older version put back", "not as entry", func(s *Store, tb *storetest.Tables, ids []storetest.PersonID) func(*badger.Txn) error {
			key := layout.RecordKey(tb.People.Def(), ids[5].RecordID())
			old := rawValue(t, s, key)
			storetest.Must(t, s, storetest.Doing("edit"), func(tx data.Tx) error {
				_, err := tb.People.Update(tx, ids[5], 1, storetest.Person{Number: 5, Family: "Familyf", Given: "Given", Note: "allergic"})
				return err
			})
			return func(txn *badger.Txn) error { return txn.Set(key, old) }
		}},
		{"record invented", "not in the journal", func(s *Store, tb *storetest.Tables, ids []storetest.PersonID) func(*badger.Txn) error {
			from := layout.RecordKey(tb.People.Def(), ids[5].RecordID())
			plain, err := s.state.open(from, rawValue(t, s, from))
			if err != nil {
				t.Fatal(err)
			}
			key := layout.RecordKey(tb.People.Def(), storetest.NewID().RecordID())
			return func(txn *badger.Txn) error { return txn.Set(key, s.state.seal(key, plain)) }
		}},
		{"index place removed", "index name", func(s *Store, tb *storetest.Tables, ids []storetest.PersonID) func(*badger.Txn) error {
			return func(txn *badger.Txn) error { return deleteFirst(txn, layout.IndexSpaces(tb.ByName.Def())[0]) }
		}},
		{"word removed", "search words", func(s *Store, tb *storetest.Tables, ids []storetest.PersonID) func(*badger.Txn) error {
			return func(txn *badger.Txn) error { return deleteFirst(txn, layout.TextSpaces(tb.ByWords.Def())[0]) }
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, tb, ids := filled(t, onDisk(t).(*bench))
			badly(t, s, c.spoil(s, tb, ids))
			found := problems(t, s)
			var text strings.Builder
			for _, m := range found {
				text.WriteString(m.String() + "\n")
			}
			if !strings.Contains(text.String(), c.want) {
				t.Fatalf("found %q, want something with %q", text.String(), c.want)
			}
		})
	}
}

// arrived waits until all batches are in Badger.
func arrived(t testing.TB, s *Store) {
	t.Helper()
	if err := s.inWriter(t.Context(), func() error { return s.settled() }); err != nil {
		t.Fatal(err)
	}
}

func rawValue(t testing.TB, s *Store, key []byte) (raw []byte) {
	t.Helper()
	arrived(t, s)
	err := s.state.db.View(func(txn *badger.Txn) error {
		item, err := txn.Get(key)
		if err != nil {
			return err
		}
		raw, err = item.ValueCopy(nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func deleteFirst(txn *badger.Txn, prefix []byte) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
	it.Seek(prefix)
	key := it.Item().KeyCopy(nil)
	it.Close()
	return txn.Delete(key)
}

// A sealed value copied to another patient's key does not open there, and the error says which record it is.
func TestCopiedValueIsAnErrorThatNamesTheRecord(t *testing.T) {
	s, tb, ids := filled(t, onDisk(t).(*bench))
	from, to := layout.RecordKey(tb.People.Def(), ids[1].RecordID()), layout.RecordKey(tb.People.Def(), ids[2].RecordID())
	value := rawValue(t, s, from)
	badly(t, s, func(txn *badger.Txn) error { return txn.Set(to, value) })
	err := s.View(t.Context(), func(tx data.Tx) error { _, err := tb.People.Get(tx, ids[2]); return err })
	if !data.Is(err, data.Corrupt) || !strings.Contains(err.Error(), "people") {
		t.Fatalf("got %v", err)
	}
}
