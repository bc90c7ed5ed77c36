package badgerdb

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
	"wardbook/data/storetest"
	"wardbook/data/vault"
)

// The fixture is a store that version 1 wrote: slots, head, journal and an attachment, without its state. Every later
// version must open it. Its secrets are here because it holds nobody's data.
const (
	fixture         = "testdata/v1"
	fixtureName     = "Fixture Keeper"
	fixturePassword = "a password for the fixture only"
)

// TestVersion1Opens opens the fixture as a hospital would after an update of the program.
func TestVersion1Opens(t *testing.T) {
	if os.Getenv("WARDBOOK_WRITE_FIXTURE") != "" {
		writeFixture(t)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(fixture)); err != nil {
		t.Fatal(err)
	}
	locked, err := vault.Open(vault.Options{FS: disk.OS{}, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	byPassword, err := locked.Unlock(fixtureName, fixturePassword)
	if err != nil {
		t.Fatal(err)
	}
	if err := byPassword.Close(); err != nil {
		t.Fatal(err)
	}
	recovery, err := os.ReadFile(filepath.Join(fixture, "recovery.txt"))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := locked.UnlockRecovery(strings.TrimSpace(string(recovery)))
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	b := &bench{o: Options{Dir: dir, Keys: keys, Dataset: locked.Dataset(), Probe: probe, Ballast: -1}, made: true}
	tb := storetest.Declare(storetest.Shape{})
	s := b.Open(t, tb)
	checkFixture(t, s, tb)
	if found := problems(t, s.(*Store)); len(found) != 0 {
		t.Fatalf("found %v", found)
	}
	storetest.Must(t, s, storetest.Doing("go on"), func(tx data.Tx) error {
		n, err := tb.Numbers.Next(tx)
		if n != 2 {
			t.Errorf("the counter goes on at %d", n)
		}
		return err
	})
}

func checkFixture(t *testing.T, s data.Store, tb *storetest.Tables) {
	t.Helper()
	var got []string
	var scan data.Attachment
	storetest.See(t, s, func(tx data.Tx) error {
		for row, err := range tb.ByName.Rows(tx, data.Span{}) {
			if err != nil {
				return err
			}
			got = append(got, row.Value.Family+" "+row.Value.Given+" "+row.Value.Note)
			if len(row.Value.Attachment) > 0 {
				scan = row.Value.Attachment[0]
			}
		}
		return nil
	})
	if !slices.Equal(got, []string{"Müller Zoë changed", "Smith Ann "}) {
		t.Errorf("people: %q", got)
	}
	r, err := s.Attached(t.Context(), scan)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if text, err := io.ReadAll(r); err != nil || string(text) != "an attachment of version 1" {
		t.Errorf("attachment %q %v", text, err)
	}
	var done []string
	for e, err := range s.Entries(t.Context(), data.EntryFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		done = append(done, e.Cause.Action)
	}
	if !slices.Equal(done, []string{"register", "register", "edit", "open chart"}) {
		t.Errorf("entries: %q", done)
	}
}

// writeFixture makes the fixture; to be run once for each version of the formats, by hand.
func writeFixture(t *testing.T) {
	dir := t.TempDir()
	dataset := [16]byte{0: 1, 15: 1}
	keys, recovery, err := vault.Create(vault.Options{FS: disk.OS{}, Dir: dir}, dataset, fixtureName, fixturePassword)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{o: Options{Dir: dir, Keys: keys, Dataset: dataset, Probe: probe, Ballast: -1, Chunk: 4 << 10, SegmentSize: 2 << 10}}
	tb := storetest.Declare(storetest.Shape{})
	s := b.Open(t, tb)
	a, err := s.Attach(t.Context(), strings.NewReader("an attachment of version 1"))
	if err != nil {
		t.Fatal(err)
	}
	tb.Add(t, s, storetest.Person{Number: 1, Family: "Smith", Given: "Ann", Attachment: []data.Attachment{a}})
	zoe := tb.Add(t, s, storetest.Person{Number: 2, Family: "Müller", Given: "Zoë"})
	storetest.Must(t, s, storetest.Doing("edit"), func(tx data.Tx) error {
		if _, err := tb.Numbers.Next(tx); err != nil {
			return err
		}
		_, err := tb.People.Update(tx, zoe, 1, storetest.Person{Number: 2, Family: "Müller", Given: "Zoë", Note: "changed"})
		return err
	})
	if err := s.Look(t.Context(), storetest.Doing("open chart", zoe.RecordID())); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "state")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, sealName)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "recovery.txt"), []byte(recovery.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(fixture); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(fixture, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
}
