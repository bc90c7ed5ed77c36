package badgerdb

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"wardbook/data"
	"wardbook/data/layout"
	"wardbook/data/storetest"
)

// After a user was removed, what is written next, and the state from the next start on, lies under keys he never had.
func TestRotationMovesEverythingToNewKeys(t *testing.T) {
	b := onDisk(t).(*bench)
	keys := b.o.Keys.(*storetest.Keys)
	s, tb, ids := filled(t, b)
	segment, _ := keys.Newest("journal/000001")
	attachments, _ := keys.Newest("blobs")
	state, _ := keys.Newest(statePurpose)
	if err := s.inWriter(t.Context(), func() error { return s.journal.Checkpoint() }); err != nil {
		t.Fatal(err)
	}
	before := t.TempDir()
	for _, name := range []string{"head", "head.bak"} {
		copyPart(t, filepath.Join(b.o.Dir, name), filepath.Join(before, name))
	}
	keys.Rotate()
	if err := s.Rekey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now, _ := keys.Newest("journal/000002"); now == segment || now == [16]byte{} {
		t.Error("the journal goes on under the old key")
	}
	if now, _ := keys.Newest("blobs"); now == attachments {
		t.Error("attachments go on under the old key")
	}
	late := tb.Add(t, s, storetest.Person{Number: 99, Family: "Late"})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// The heads from before, whose key he had, are not taken any more.
	kept := t.TempDir()
	for _, name := range []string{"head", "head.bak"} {
		copyPart(t, filepath.Join(b.o.Dir, name), filepath.Join(kept, name))
		copyPart(t, filepath.Join(before, name), filepath.Join(b.o.Dir, name))
	}
	if _, err := b.TryOpen(t, tb); !data.Is(err, data.Corrupt) {
		t.Errorf("a head under the old key: %v", err)
	}
	for _, name := range []string{"head", "head.bak"} {
		copyPart(t, filepath.Join(kept, name), filepath.Join(b.o.Dir, name))
	}
	s = b.Open(t, tb).(*Store)
	if now, _ := keys.Newest(statePurpose); now == state {
		t.Error("the state was not rebuilt under a new key")
	}
	storetest.See(t, s, func(tx data.Tx) error {
		if _, err := tb.People.Get(tx, late); err != nil {
			return err
		}
		_, err := tb.People.Get(tx, ids[0])
		return err
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// A program that ended between the two steps finishes them at the next start.
	keys.Rotate()
	s = b.Open(t, tb).(*Store)
	if id, _ := keys.Newest("blobs"); func() uint64 { e, _ := keys.KeyEpoch(id); return e }() != keys.Epoch() {
		t.Error("an unfinished rotation was not finished")
	}
	if found := problems(t, s); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

// A program that was killed leaves a state without a seal: a child tries it, and it is brought up.
func TestStateNotClosedInOrder(t *testing.T) {
	for _, c := range []struct {
		name    string
		probe   bool
		spoil   func(t *testing.T, dir string)
		rebuilt bool
	}{
		{"whole", true, func(*testing.T, string) {}, false},
		{"no probe", false, func(*testing.T, string) {}, true},
		{"manifest gone", true, func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "MANIFEST")) }, true},
		{"table cut", true, func(t *testing.T, dir string) {
			names, err := filepath.Glob(filepath.Join(dir, "*.sst"))
			if err != nil || len(names) == 0 {
				t.Fatal("no tables")
			}
			if err := os.Truncate(names[0], 100); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"label gone", true, func(t *testing.T, dir string) { remove(t, filepath.Join(dir, labelName)) }, true},
		{"folder gone", true, func(t *testing.T, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}, false}, // rebuilt, and not worth a word
	} {
		t.Run(c.name, func(t *testing.T) {
			b := onDisk(t).(*bench)
			s, tb, ids := filled(t, b)
			if c.name == "table cut" { // so that there is a table
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				s = b.Open(t, tb).(*Store)
				tb.Add(t, s, storetest.Person{Number: 77})
			}
			arrived(t, s)
			killed := t.TempDir() // what a process that was killed now would leave
			if err := os.CopyFS(killed, os.DirFS(b.o.Dir)); err != nil {
				t.Fatal(err)
			}
			b.o.Dir = killed
			c.spoil(t, filepath.Join(killed, "state"))
			if !c.probe {
				b.o.Probe = nil
			}
			s = b.Open(t, tb).(*Store)
			storetest.See(t, s, func(tx data.Tx) error { _, err := tb.People.Get(tx, ids[19]); return err })
			if found := problems(t, s); len(found) != 0 {
				t.Errorf("found %v", found)
			}
			rebuilt := false
			for _, note := range s.Status().Notes {
				rebuilt = rebuilt || note.Key == "data.state.rebuilt"
			}
			if rebuilt != c.rebuilt {
				t.Errorf("rebuilt: %v", rebuilt)
			}
		})
	}
}

func remove(t testing.TB, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

// A state without its seal, though all was closed in order: only the journal is believed.
func TestSealTakenAway(t *testing.T) {
	b := onDisk(t).(*bench)
	s, tb, ids := filled(t, b)
	key := layout.RecordKey(tb.People.Def(), ids[3].RecordID())
	old := rawValue(t, s, key)
	storetest.Must(t, s, storetest.Doing("edit"), func(tx data.Tx) error {
		_, err := tb.People.Update(tx, ids[3], 1, storetest.Person{Number: 3, Note: "allergic to penicillin"})
		return err
	})
	badly(t, s, func(txn *badger.Txn) error { return txn.Set(key, old) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	remove(t, filepath.Join(b.o.Dir, sealName))
	storetest.See(t, b.Open(t, tb), func(tx data.Tx) error {
		row, err := tb.People.Get(tx, ids[3])
		if row.Value.Note != "allergic to penicillin" {
			t.Errorf("an older version is shown: %+v", row)
		}
		return err
	})
}

// Badger may lose a table of what was not flushed and keep a later one: a hole that only counting entries shows.
func TestHoleInTheStateIsNoticed(t *testing.T) {
	b := onDisk(t).(*bench)
	s, tb, ids := filled(t, b)
	badly(t, s, func(txn *badger.Txn) error {
		if err := txn.Delete(layout.EntryKey(4)); err != nil {
			return err
		}
		return txn.Delete(layout.RecordKey(tb.People.Def(), ids[3].RecordID()))
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	remove(t, filepath.Join(b.o.Dir, sealName))
	s = b.Open(t, tb).(*Store)
	storetest.See(t, s, func(tx data.Tx) error { _, err := tb.People.Get(tx, ids[3]); return err })
}

// What is found damaged while working is an error then, and rebuilt at the next start, even after an orderly close.
func TestDamageSeenWhileWorkingIsRebuiltAtTheNextStart(t *testing.T) {
	b := onDisk(t).(*bench)
	s, tb, ids := filled(t, b)
	key := layout.RecordKey(tb.People.Def(), ids[3].RecordID())
	value := rawValue(t, s, key)
	value[len(value)/2] ^= 4
	badly(t, s, func(txn *badger.Txn) error { return txn.Set(key, value) })
	read := func(s data.Store) error {
		return s.View(t.Context(), func(tx data.Tx) error { _, err := tb.People.Get(tx, ids[3]); return err })
	}
	if err := read(s); !data.Is(err, data.Corrupt) {
		t.Fatalf("got %v", err)
	}
	if len(s.Status().Notes) != 1 {
		t.Errorf("notes %v", s.Status().Notes)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := read(b.Open(t, tb)); err != nil {
		t.Fatal(err)
	}
}

// A journal that is shorter than what the state knows was cut off or replaced by an older one: it is not opened.
func TestStateAheadOfTheJournalIsRefused(t *testing.T) {
	b := onDisk(t).(*bench)
	s, tb, _ := filled(t, b)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	older := t.TempDir()
	for _, part := range []string{"journal", "head", "head.bak"} {
		copyPart(t, filepath.Join(b.o.Dir, part), filepath.Join(older, part))
	}
	s = b.Open(t, tb).(*Store)
	tb.Add(t, s, storetest.Person{Number: 50})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"journal", "head", "head.bak"} {
		if err := os.RemoveAll(filepath.Join(b.o.Dir, part)); err != nil {
			t.Fatal(err)
		}
		copyPart(t, filepath.Join(older, part), filepath.Join(b.o.Dir, part))
	}
	if _, err := b.TryOpen(t, tb); !data.Is(err, data.Corrupt) {
		t.Fatalf("got %v", err)
	}
}

func copyPart(t testing.TB, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
