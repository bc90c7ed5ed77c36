package ward_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
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
			if want == ward.Occupied {
				occupied++
			}
		}
	}
	if there != len(r.beds) || occupied != len(r.m.in) || board.Count.Of(ward.Occupied) != occupied || board.Count.Beds() != there {
		r.rt.Fatalf("%s %d beds with %d patients, counted %v; want %d with %d", when, there, occupied, board.Count, len(r.beds), len(r.m.in))
	}
}

func (r *random) someBed() ward.BedID { return rapid.SampledFrom(r.beds).Draw(r.rt, "bed") }

// likely gives more often than not a bed in a state, where there is one: some states are rare.
func (r *random) likely(s ward.State) ward.BedID {
	for _, b := range r.beds {
		if r.m.state(b, r.Clock.Now()) == s && rapid.IntRange(0, 3).Draw(r.rt, "likely") > 0 {
			return b
		}
	}
	return r.someBed()
}

func (r *random) somebody() patient.ID { return rapid.SampledFrom(r.people).Draw(r.rt, "patient") }
func (r *random) expect(err error, goes bool) bool {
	if (err == nil) != goes {
		r.rt.Fatalf("%v; should it go: %t", err, goes)
	}
	return err == nil
}

// past is some moments ago, or nothing: commands may be entered later than they happened.
func (r *random) past() time.Time {
	if rapid.Bool().Draw(r.rt, "now") {
		return time.Time{}
	}
	return r.Clock.Now().Add(-time.Duration(rapid.IntRange(0, 200).Draw(r.rt, "ago")) * time.Second)
}

// mayTake tells whether a patient may be put into a bed.
func (r *random) mayTake(who patient.ID, b ward.BedID) bool {
	s := r.m.state(b, r.Clock.Now())
	return s == ward.Free || s == ward.Reserved && r.m.kept[b].who == who
}

// taken keeps the model up to date when somebody comes into a bed.
func (r *random) taken(who patient.ID, b ward.BedID) {
	if k, kept := r.m.kept[b]; kept && k.who == who && r.Clock.Now().Before(k.until) {
		delete(r.m.kept, b)
	}
	r.m.in[who] = b
}

func (r *random) admission() bool {
	who, request := r.somebody(), r.request(patient.ID{})
	request.Patient, request.At = who, r.past()
	if rapid.Bool().Draw(r.rt, "any bed") {
		row, err := ward.Admit(r.t.Context(), r.desk, uuid.New(), request)
		if err != nil {
			return r.refused(err, request.At)
		}
		b := row.Value.Last().Bed
		if _, in := r.m.in[who]; in || !r.mayTake(who, b) {
			r.rt.Fatalf("was put into a bed that could not be had")
		}
		r.taken(who, b)
		r.stays = append(r.stays, row.ID)
		return true
	}
	request.Bed = r.goal(who)
	_, in := r.m.in[who]
	row, err := ward.Admit(r.t.Context(), r.desk, uuid.New(), request)
	if err != nil && !request.At.IsZero() {
		return r.refused(err, request.At)
	}
	if !r.expect(err, !in && r.mayTake(who, request.Bed)) {
		return false
	}
	if in {
		r.rt.Fatalf("was admitted twice")
	}
	r.taken(who, request.Bed)
	r.stays = append(r.stays, row.ID)
	return true
}

// refused lets pass that something is refused for the time at which it should have happened, or for want of a bed: the check behind each step finds
// what should not have been done.
func (r *random) refused(err error, at time.Time) bool {
	if data.Is(err, data.Conflict) || data.Is(err, data.Invalid) && !at.IsZero() {
		return false
	}
	r.rt.Fatalf("refused: %v", err)
	return false
}

// someStay gives one of those that were ever made, as it is now; false where there is none.
func (r *random) someStay() (ward.StayRow, bool) {
	if len(r.stays) == 0 {
		return ward.StayRow{}, false
	}
	return r.stay(rapid.SampledFrom(r.stays).Draw(r.rt, "stay")), true
}

// inpatient gives the stay of somebody who is in, more often than not.
func (r *random) inpatient() (ward.StayRow, bool) {
	if len(r.m.in) == 0 || rapid.IntRange(0, 4).Draw(r.rt, "any stay") == 0 {
		return r.someStay()
	}
	var in []ward.StayRow
	for _, who := range r.people {
		if _, is := r.m.in[who]; is {
			row, _, err := ward.PresentStay(r.t.Context(), r.desk, who)
			in = append(in, must[ward.StayRow](r.t)(row, err))
		}
	}
	return rapid.SampledFrom(in).Draw(r.rt, "inpatient"), true
}

// stay finds a stay among those of all patients.
func (r *random) stay(id ward.StayID) ward.StayRow {
	for _, who := range r.people {
		for _, row := range must[[]ward.StayRow](r.t)(ward.History(r.t.Context(), r.desk, who)) {
			if row.ID == id {
				return row
			}
		}
	}
	r.rt.Fatalf("a stay is lost")
	return ward.StayRow{}
}

// goal gives a bed for somebody: the one that is kept, or a free one, more often than not.
func (r *random) goal(who patient.ID) ward.BedID {
	for _, b := range r.beds {
		if k, kept := r.m.kept[b]; kept && k.who == who && rapid.Bool().Draw(r.rt, "kept") {
			return b
		}
	}
	return r.likely(ward.Free)
}

func (r *random) transfer() bool {
	stay, ok := r.inpatient()
	if !ok {
		return false
	}
	who := stay.Value.Patient
	m := ward.Move{Bed: r.goal(who), At: r.past()}
	can := stay.Value.Present() && r.mayTake(who, m.Bed)
	_, err := r.move(stay, m)
	if err != nil && !m.At.IsZero() {
		return r.refused(err, m.At)
	}
	if !r.expect(err, can) {
		return false
	}
	r.m.dirty[r.m.in[who]] = true
	r.taken(who, m.Bed)
	return true
}

func (r *random) swap() bool {
	a, ok := r.inpatient()
	b, _ := r.inpatient()
	if !ok {
		return false
	}
	at := r.past()
	err := ward.Swap(r.t.Context(), r.desk, uuid.New(), a.ID, a.Version, b.ID, b.Version, at, "")
	if err != nil && !at.IsZero() {
		return r.refused(err, at)
	}
	if !r.expect(err, a.ID != b.ID && a.Value.Present() && b.Value.Present()) {
		return false
	}
	x, y := a.Value.Patient, b.Value.Patient
	r.m.in[x], r.m.in[y] = r.m.in[y], r.m.in[x]
	return true
}

func (r *random) discharge() bool {
	stay, ok := r.inpatient()
	if !ok {
		return false
	}
	l := ward.Leave{How: rapid.SampledFrom(ward.Dispositions).Draw(r.rt, "how"), At: r.past(), Despite: "It was asked for."}
	_, err := ward.Depart(r.t.Context(), r.desk, uuid.New(), stay.ID, stay.Version, l)
	if err != nil && !l.At.IsZero() {
		return r.refused(err, l.At)
	}
	if !r.expect(err, stay.Value.Present()) {
		return false
	}
	r.away(stay.Value.Patient)
	r.gone = stay.ID
	return true
}

func (r *random) away(who patient.ID) {
	r.m.dirty[r.m.in[who]] = true
	delete(r.m.in, who)
}

func (r *random) undoing() bool {
	stay, ok := r.someStay()
	if !ok {
		return false
	}
	if !r.gone.IsZero() && rapid.IntRange(0, 2).Draw(r.rt, "the last") > 0 {
		stay = r.stay(r.gone)
	}
	b, who := stay.Value.Last().Bed, stay.Value.Patient
	s := r.m.state(b, r.Clock.Now())
	_, in := r.m.in[who]
	_, err := r.undo(stay)
	if err != nil {
		return r.refused(err, time.Time{})
	}
	if in || s != ward.Free && s != ward.Cleaning {
		r.rt.Fatalf("undone although the bed was %v, or the patient in: %t", s.Text(), in)
	}
	delete(r.m.dirty, b)
	r.m.in[who] = b
	return true
}

func (r *random) strike() bool {
	stay, ok := r.inpatient()
	if !ok {
		return false
	}
	_, err := ward.UndoAdmission(r.t.Context(), r.desk, uuid.New(), stay.ID, stay.Version, "It was somebody else.")
	if !r.expect(err, stay.Value.Present() && len(stay.Value.Spans) == 1) {
		return false
	}
	r.away(stay.Value.Patient)
	return true
}

func (r *random) cleaning() bool {
	b := r.likely(ward.Cleaning)
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.MarkClean(r.t.Context(), r.entry, uuid.New(), b)
	if !r.expect(err, s == ward.Cleaning) {
		return false
	}
	delete(r.m.dirty, b)
	return true
}

func (r *random) uncleaning() bool {
	b := r.someBed()
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.MarkUnclean(r.t.Context(), r.entry, uuid.New(), b)
	if !r.expect(err, s == ward.Free) {
		return false
	}
	delete(r.m.kept, b)
	r.m.dirty[b] = true
	return true
}

func (r *random) reserving() bool {
	b, who, now := r.someBed(), r.somebody(), r.Clock.Now()
	until := now.Add(time.Duration(rapid.IntRange(1, 600).Draw(r.rt, "keep")) * time.Second)
	can := r.m.state(b, now) == ward.Free
	for _, k := range r.m.kept {
		can = can && (k.who != who || !now.Before(k.until))
	}
	_, err := ward.Reserve(r.t.Context(), r.desk, uuid.New(), b, who, until, "")
	if !r.expect(err, can) {
		return false
	}
	r.m.kept[b] = keeping{who, until}
	return true
}

func (r *random) releasing() bool {
	b := r.likely(ward.Reserved)
	s := r.m.state(b, r.Clock.Now())
	if !r.expect(ward.Release(r.t.Context(), r.desk, uuid.New(), b), s == ward.Reserved) {
		return false
	}
	delete(r.m.kept, b)
	return true
}

func (r *random) closing() bool {
	b := r.someBed()
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.CloseBed(r.t.Context(), r.admin, uuid.New(), b, "The motor is broken.")
	if !r.expect(err, s == ward.Free || s == ward.Cleaning) {
		return false
	}
	delete(r.m.kept, b)
	r.m.closed[b] = true
	return true
}

func (r *random) opening() bool {
	b := r.likely(ward.Closed)
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.OpenBed(r.t.Context(), r.admin, uuid.New(), b)
	if !r.expect(err, s == ward.Closed) {
		return false
	}
	delete(r.m.closed, b)
	return true
}

// resizing gives a room another number of beds; below what is in use it is refused, by an administrator who sees no patient.
func (r *random) resizing() bool {
	board := r.board(r.admin)
	room := rapid.SampledFrom(board.Wards[0].Rooms).Draw(r.rt, "room")
	count := rapid.IntRange(1, 3).Draw(r.rt, "beds")
	used := 0
	for _, tile := range room.Beds {
		if s := r.m.state(tile.ID, r.Clock.Now()); s == ward.Occupied || s == ward.Reserved {
			used++
		}
	}
	_, err := ward.ChangeRoom(r.t.Context(), r.admin, uuid.New(), room.ID, room.Version, ward.RoomPlan{Room: room.Value, Beds: count})
	if !r.expect(err, used <= count) {
		return false
	}
	r.beds = nil
	there := map[ward.BedID]bool{}
	for _, tile := range r.site.beds(ward.WardID{}) {
		r.beds = append(r.beds, tile.ID)
		there[tile.ID] = true
	}
	for b := range r.m.kept { // of beds that are gone
		if !there[b] {
			delete(r.m.kept, b)
		}
	}
	if n := len(must[ward.Board](r.t)(ward.Read(r.t.Context(), r.admin)).Wards[0].Rooms); n != 3 {
		r.rt.Fatal(fmt.Sprint(n, " rooms"))
	}
	return true
}
