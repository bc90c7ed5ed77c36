package badgerdb

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
	"wardbook/data/storetest"
)

// TestDiskFills: a disk that fills up is warned of, then new work is refused with a word about the disk; looks wait, reading and
// closing go on, and nothing that was acknowledged is lost.
func TestDiskFills(t *testing.T) {
	const warn, refuse = 100 << 20, 50 << 20
	for name, left := range map[string]uint64{"below the limit": refuse - 1<<20, "to the last byte": 0} {
		t.Run(name, func(t *testing.T) {
			tb, mem := storetest.Declare(storetest.Shape{}), disk.NewMem()
			o := Options{Dir: "/store", FS: mem, Memory: true, Keys: storetest.NewKeys(), Dataset: [16]byte{3}, Schema: tb.Schema,
				WarnFree: warn, RefuseFree: refuse, Ballast: 1 << 20, Chunk: 64 << 10, LookDelay: time.Hour}
			s, err := Create(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			space := func(want data.Space) {
				t.Helper()
				if got := s.Status().Space; got != want {
					t.Fatalf("space %v, want %v", got, want)
				}
			}
			kept := []storetest.PersonID{tb.Add(t, s, storetest.Person{Number: 1, Family: "Plenty"})}
			space(data.SpaceFine)
			mem.SetFree(warn - 1<<20)
			kept = append(kept, tb.Add(t, s, storetest.Person{Number: 2, Family: "Short"}))
			space(data.SpaceShort)

			mem.SetFree(left)
			wish := storetest.Doing("register")
			id := storetest.NewID()
			add := func(tx data.Tx) error {
				_, err := tb.People.Insert(tx, id, storetest.Person{Number: 3, Family: "Later"})
				return err
			}
			look := storetest.Doing("look", kept[0].RecordID())
			if err := s.Look(t.Context(), look); err != nil {
				t.Fatalf("look: %v", err)
			}
			_, err = s.Update(t.Context(), wish, add)
			wantFull(t, err)
			_, err = s.Attach(t.Context(), bytes.NewReader([]byte("scan")))
			wantFull(t, err)
			space(data.SpaceOut)
			if st := s.Status(); st.LooksWaiting != 1 || st.Stopped != nil {
				t.Fatalf("looks waiting %d, stopped %v", st.LooksWaiting, st.Stopped)
			}
			seeKept(t, s, tb, kept)
			first, found, err := s.Done(t.Context(), wish.Operation)
			if found || err != nil {
				t.Fatalf("refused, but done: %+v %v", first, err)
			}
			if left > 0 { // the same store goes on once there is room
				mem.SetFree(1 << 40)
				if _, err := s.Update(t.Context(), wish, add); err != nil {
					t.Fatal(err)
				}
				kept = append(kept, id)
				space(data.SpaceFine)
				mem.SetFree(left)
			}
			closed := s.Close()
			if closed != nil {
				t.Fatalf("close: %v", closed)
			}
			mem.SetFree(1 << 40)
			if s, err = Open(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			seeKept(t, s, tb, kept)
			if _, found, err := s.Done(t.Context(), look.Operation); !found || err != nil {
				t.Fatalf("the look was not written at the closing: %v %v", found, err)
			}
			if _, err := s.Update(t.Context(), wish, add); err != nil {
				t.Fatal(err)
			}
			seeKept(t, s, tb, append(kept[:2:2], id))
		})
	}
}

func wantFull(t *testing.T, err error) {
	t.Helper()
	var e *data.Error
	if !errors.As(err, &e) || e.Kind != data.Unavailable || e.Message.Key != "data.disk.full" && e.Message.Key != "blob.full" || errors.Is(err, data.ErrUnknown) {
		t.Fatalf("want a word about the full disk, got %v", err)
	}
}

func seeKept(t *testing.T, s data.Store, tb *storetest.Tables, kept []storetest.PersonID) {
	t.Helper()
	storetest.See(t, s, func(tx data.Tx) error {
		for i, id := range kept {
			row, err := tb.ByNumber.Get(tx, uint64(i+1))
			if err != nil || row.ID != id {
				t.Fatalf("number %d: %v", i+1, err)
			}
		}
		return nil
	})
}
