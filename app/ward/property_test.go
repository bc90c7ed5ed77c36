package ward_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/storetest"
)

// shelf is a book that can be closed, lose its state, and be opened again from its journal.
type shelf struct {
	o     badgerdb.Options
	store data.Store
	clock *accesstest.Clock
}

func newShelf(t testing.TB) *shelf {
	t.Helper()
	schema := must[*data.Schema](t)(data.NewSchema(append(access.Tables(), tables()...)...))
	b := &shelf{clock: accesstest.NewClock(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))}
	b.o = badgerdb.Options{Dir: "/wards", Memory: true, FS: disk.NewMem(), Keys: storetest.NewKeys(), Dataset: [16]byte{3}, Schema: schema, Ballast: -1,
		Chunk: 64 << 10, Now: b.clock.Now}
	b.store = must[*badgerdb.Store](t)(badgerdb.Create(t.Context(), b.o))
	t.Cleanup(func() {
		if err := b.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// rebuild closes the book, throws away what can be rebuilt, and opens it: all that is read afterwards came out of the journal.
func (b *shelf) rebuild(t testing.TB) {
	t.Helper()
	if err := b.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(b.o.Dir, "state")); err != nil { // in memory there is none to begin with
		t.Fatal(err)
	}
	b.store = must[*badgerdb.Store](t)(badgerdb.Open(t.Context(), b.o))
}

// model is what a hospital of a few beds should be like: the simplest that can be right.
type model struct {
	in     map[patient.ID]ward.BedID // who lies where
	kept   map[ward.BedID]keeping    // reservations
	dirty  map[ward.BedID]bool       // to be cleaned
	closed map[ward.BedID]bool
}

type keeping struct {
	who   patient.ID
	until time.Time
}

// state is the bed's, as the board should show it.
func (m *model) state(b ward.BedID, now time.Time) ward.State {
	for _, bed := range m.in {
		if bed == b {
			return ward.Occupied
		}
	}
	k, kept := m.kept[b]
	switch {
	case m.closed[b]:
		return ward.Closed
	case m.dirty[b]:
		return ward.Cleaning
	case kept && now.Before(k.until):
		return ward.Reserved
	}
	return ward.Free
}

// random is one run of random commands.
type random struct {
	*site
	rt     *rapid.T
	m      model
	beds   []ward.BedID
	people []patient.ID
	stays  []ward.StayID // all that were ever made
	gone   ward.StayID   // who left last
}

// TestPropertyBedsAndStaysAgree: whatever is done in whatever order, each command goes where the model says that it can and is refused where not; no bed holds two,
// nobody lies in two, chains have no gaps or overlaps, occupancy is what stays say, at every step and after a rebuild from the journal.
func TestPropertyBedsAndStaysAgree(t *testing.T) {
	done := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		shelf := newShelf(t)
		h := accesstest.Over(t, shelf.store, shelf.o.Schema, shelf.clock)
		r := &random{site: at(t, h, "Europe/London"), rt: rt, m: model{map[patient.ID]ward.BedID{}, map[ward.BedID]keeping{}, map[ward.BedID]bool{}, map[ward.BedID]bool{}}}
		_, tiles := r.build(rooms(2, 1, 1))
		for _, tile := range tiles {
			r.beds = append(r.beds, tile.ID)
		}
		for range 5 {
			r.people = append(r.people, r.patient(term.Male))
		}
		commands := map[string]func(*random) bool{"admit": (*random).admission, "transfer": (*random).transfer, "swap": (*random).swap, "discharge": (*random).discharge,
			"undo": (*random).undoing, "strike": (*random).strike, "clean": (*random).cleaning, "unclean": (*random).uncleaning, "reserve": (*random).reserving,
			"release": (*random).releasing, "close": (*random).closing, "open": (*random).opening, "resize": (*random).resizing}
		names := []string{"admit", "admit", "transfer", "swap", "discharge", "discharge", "undo", "undo", "strike", "clean", "clean", "unclean", "reserve", "reserve", "release", "close", "open", "resize"}
		for range rapid.IntRange(10, 50).Draw(rt, "steps") {
			name := rapid.SampledFrom(names).Draw(rt, "command")
			if commands[name](r) {
				done[name]++
			}
			if rapid.IntRange(0, 3).Draw(rt, "time") > 0 {
				r.Clock.Pass(time.Duration(rapid.IntRange(0, 90).Draw(rt, "seconds")) * time.Second)
			}
			r.check("after " + name)
		}
		shelf.rebuild(t)
		before := r.site
		r.site = before.over(shelf)
		r.check("after a rebuild")
	})
	for _, name := range []string{"admit", "transfer", "swap", "discharge", "undo", "strike", "clean", "unclean", "reserve", "release", "close", "open", "resize"} {
		if done[name] == 0 {
			t.Errorf("no %s went well in all the runs", name)
		}
	}
}

// over is the same hospital after the book was opened anew.
func (s *site) over(b *shelf) *site {
	h := *s.Hospital
	h.Store = b.store
	h.Door = access.NewDoor(access.DoorOptions{Store: b.store, Keys: h.Keys, Schema: b.o.Schema, Now: b.clock.Now, Workstation: "desk 1"})
	fresh := &site{Hospital: &h, t: s.t, count: s.count}
	fresh.later(0)
	return fresh
}

// check compares the whole board, and the stays, with the model.
func (r *random) check(when string) {
	if problems, err := ward.Verify(r.t.Context(), r.Door.Machine()); err != nil || len(problems) > 0 {
		r.rt.Fatalf("%s: %v, %v", when, problems, err)
	}
	now := r.Clock.Now()
	board := r.board(r.desk)
	occupied, there := 0, 0
	for _, room := range board.Wards[0].Rooms {
		if len(room.Beds) == 0 {
			r.rt.Fatalf("%s room %s has no beds", when, room.Value.Name)
		}
		for _, tile := range room.Beds {
			there++
			want := r.m.state(tile.ID, now)
			if tile.State != want {
				r.rt.Fatalf("%s bed %s%s is %v, want %v", when, room.Value.Name, tile.Value.Label, tile.State.Text(), want.Text())
			}
			if (tile.In != nil) != (want == ward.Occupied) || tile.In != nil && r.m.in[tile.In.ID] != tile.ID {
				r.rt.Fatalf("%s somebody else lies in bed %s%s", when, room.Value.Name, tile.Value.Label)
			}
			if (tile.For != nil) != (want == ward.Reserved) || tile.For != nil && r.m.kept[tile.ID].who != tile.For.ID {
				r.rt.Fatalf("%s bed %s%s is kept for somebody else", when, room.Value.Name, tile.Value.Label)
			}
			if alone := r.bed(tile.ID); alone.State != want || (alone.In == nil) != (tile.In == nil) || alone.In != nil && alone.In.Stay != tile.In.Stay || (alone.For == nil) != (tile.For == nil) {
				r.rt.Fatalf("%s bed %s%s by itself is %+v, on the board %+v", when, room.Value.Name, tile.Value.Label, alone, tile)
			}
			if want == ward.Occupied {
				occupied++
			}
		}
	}
	if there != len(r.beds) || occupied != len(r.m.in) || board.Count.Of(ward.Occupied) != occupied || board.Count.Beds() != there {
		r.rt.Fatalf("%s %d beds with %d patients, counted %v; want %d with %d", when, there, occupied, board.Count, len(r.beds), len(r.m.in))
	}
}
