package ward_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

// labels are the rooms and beds of a ward as the board orders them.
func labels(w ward.WardTile) (all []string) {
	for _, r := range w.Rooms {
		for _, b := range r.Beds {
			all = append(all, r.Value.Name+b.Value.Label)
		}
	}
	return all
}

func TestCapacityFollowsThePlanButNeverBelowThePatients(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(3))
	s.admit(s.patient(term.Male), beds[2].ID)
	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), s.desk, uuid.New(), beds[1].ID, s.patient(term.Male), s.Clock.Now().Add(time.Hour), ""))
	resize := func(count int) error {
		room := s.board(s.admin).Wards[0].Rooms[0]
		_, err := ward.ChangeRoom(t.Context(), s.admin, uuid.New(), room.ID, room.Version, ward.RoomPlan{Room: room.Value, Beds: count})
		return err
	}
	for _, c := range []struct {
		to     int
		kind   data.Kind
		there  []string
		passes time.Duration
	}{
		{1, data.Conflict, []string{"1A", "1B", "1C"}, 0},
		{2, 0, []string{"1B", "1C"}, 0}, // the empty one goes, whichever it is
		{1, data.Conflict, []string{"1B", "1C"}, 0},
		{4, 0, []string{"1A", "1B", "1C", "1D"}, 0},
		{0, data.Invalid, []string{"1A", "1B", "1C", "1D"}, 0},
		{21, data.Invalid, []string{"1A", "1B", "1C", "1D"}, time.Hour},
		{1, 0, []string{"1C"}, 0}, // the reservation has lapsed
	} {
		err := resize(c.to)
		if c.kind != 0 {
			fault(t, fmt.Sprint("to ", c.to), err, c.kind, ward.FieldCapacity)
		} else if err != nil {
			t.Error(err)
		}
		if got := labels(s.board(s.admin).Wards[0]); !slices.Equal(got, c.there) {
			t.Errorf("to %d: %v, want %v", c.to, got, c.there)
		}
		s.Clock.Pass(c.passes)
		s.right()
	}
}

func TestNothingWithAPatientIsClosedOrRemoved(t *testing.T) {
	s := open(t, "Europe/London")
	w, beds := s.build(rooms(1, 1))
	stay := s.admit(s.patient(term.Male), beds[0].ID)
	room := func(i int) ward.RoomTile { return s.board(s.admin).Wards[0].Rooms[i] }
	_, err := ward.CloseBed(t.Context(), s.admin, uuid.New(), beds[0].ID, "Broken bed")
	fault(t, "close the bed", err, data.Conflict, ward.FieldBed)
	_, err = ward.CloseRoom(t.Context(), s.admin, uuid.New(), room(0).ID, room(0).Version, "Renovation")
	fault(t, "close the room", err, data.Conflict, "")
	_, err = ward.CloseWard(t.Context(), s.admin, uuid.New(), w.ID, w.Version, "Renovation")
	fault(t, "close the ward", err, data.Conflict, "")
	fault(t, "remove the room", ward.RemoveRoom(t.Context(), s.admin, uuid.New(), room(0).ID, room(0).Version), data.Conflict, "")
	fault(t, "remove the ward", ward.RemoveWard(t.Context(), s.admin, uuid.New(), w.ID, w.Version), data.Conflict, "")

	// The other room can be closed; then it is full, and says why.
	closed := must[ward.RoomRow](t)(ward.CloseRoom(t.Context(), s.admin, uuid.New(), room(1).ID, room(1).Version, "Renovation"))
	if tile := room(1).Beds[0]; tile.State != ward.Closed || tile.Why != "Renovation" {
		t.Errorf("a bed of the closed room is %+v", tile)
	}
	r := s.request(s.patient(term.Female))
	_, err = ward.Admit(t.Context(), s.desk, uuid.New(), r)
	fault(t, "into a closed room", err, data.Conflict, ward.FieldBed)
	must[ward.RoomRow](t)(ward.OpenRoom(t.Context(), s.admin, uuid.New(), closed.ID, closed.Version))
	second := must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, uuid.New(), r))

	// When all have left, the ward may go; the stays keep where they were.
	s.depart(stay)
	s.depart(second)
	if err := ward.RemoveWard(t.Context(), s.admin, uuid.New(), w.ID, w.Version); err != nil {
		t.Fatal(err)
	}
	if board := s.board(s.desk); len(board.Wards) != 0 || board.Count.Beds() != 0 {
		t.Errorf("left is %+v", board)
	}
	all := must[[]ward.StayRow](t)(ward.History(t.Context(), s.desk, stay.Value.Patient))
	if len(all) != 1 || all[0].Value.Last().Place.Text().String() != "Ward 1, room 1, bed A" {
		t.Errorf("the stay says %+v", all)
	}
	_, err = s.undo(all[0])
	fault(t, "back into a bed that is gone", err, data.Conflict, ward.FieldBed)
	s.right()
}

func TestChangesOfTwoAdministratorsAreNotLost(t *testing.T) {
	s := open(t, "Europe/London")
	w, beds := s.build(rooms(2, 2))
	changed := must[ward.WardRow](t)(ward.ChangeWard(t.Context(), s.admin, uuid.New(), w.ID, w.Version, ward.Ward{Name: " Medicine  1 ", Note: "phone 4711"}))
	if changed.Value.Name != "Medicine 1" {
		t.Errorf("the name is %q", changed.Value.Name)
	}
	_, err := ward.ChangeWard(t.Context(), s.admin, uuid.New(), w.ID, w.Version, ward.Ward{Name: "Medicine one"})
	var stale *data.Stale[ward.WardID, ward.Ward]
	if !errors.As(err, &stale) || stale.Theirs.Value.Note != "phone 4711" {
		t.Errorf("the second change: %v", err)
	}
	room := s.board(s.admin).Wards[0].Rooms[1]
	_, err = ward.ChangeRoom(t.Context(), s.admin, uuid.New(), room.ID, room.Version, ward.RoomPlan{Room: ward.Room{Name: "1"}, Beds: 2})
	fault(t, "the name of another room", err, data.Conflict, ward.FieldName)
	second := rooms(1)
	second.Name = "medicine 1"
	_, err = ward.AddWard(t.Context(), s.admin, uuid.New(), second)
	fault(t, "the name of another ward", err, data.Conflict, ward.FieldName)
	_, err = ward.LabelBed(t.Context(), s.admin, uuid.New(), beds[1].ID, beds[1].Version, "a")
	fault(t, "the label of another bed", err, data.Conflict, ward.FieldLabel)
	must[ward.BedRow](t)(ward.LabelBed(t.Context(), s.admin, uuid.New(), beds[1].ID, beds[1].Version, "Window"))
	if got := labels(s.board(s.admin).Wards[0]); !slices.Equal(got, []string{"1A", "1Window", "2A", "2B"}) {
		t.Errorf("the beds are %v", got)
	}
}

func TestFaultsOfAPlanAreNamedAtOnce(t *testing.T) {
	s := open(t, "Europe/London")
	_, err := ward.AddWard(t.Context(), s.admin, uuid.New(), ward.Plan{Rooms: []ward.RoomPlan{{Room: ward.Room{Name: "1"}, Beds: 1}, {Room: ward.Room{Sex: 9, Kind: "moon"}, Beds: 0}}})
	for _, field := range []string{"name", "room.2.name", "room.2.sex", "room.2.kind", "room.2.capacity"} {
		fault(t, "all at once", err, data.Invalid, field)
	}
	twice := rooms(1, 1)
	twice.Rooms[1].Name = "1"
	_, err = ward.AddWard(t.Context(), s.admin, uuid.New(), twice)
	fault(t, "two rooms of one name", err, data.Conflict, "room.2.name")
}

func TestRoomsAreOrderedAsPeopleCount(t *testing.T) {
	s := open(t, "Europe/London")
	p := ward.Plan{Ward: ward.Ward{Name: "W"}}
	for _, name := range []string{"10", "2", "B1", "1", "a2", "02b"} {
		p.Rooms = append(p.Rooms, ward.RoomPlan{Room: ward.Room{Name: name}, Beds: 1})
	}
	s.build(p)
	if got := labels(s.board(s.desk).Wards[0]); !slices.Equal(got, []string{"1A", "2A", "02bA", "10A", "a2A", "B1A"}) {
		t.Errorf("ordered %v", got)
	}
}

func TestReservationsHoldForTheirPatientUntilTheyLapse(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ann, bob := s.patient(term.Female), s.patient(term.Male)
	keep := func(bed int, until time.Duration) error {
		_, err := ward.Reserve(t.Context(), s.desk, uuid.New(), beds[bed].ID, ann, s.Clock.Now().Add(until), "Comes at ten")
		return err
	}
	fault(t, "until before now", keep(0, -time.Minute), data.Invalid, ward.FieldUntil)
	fault(t, "for a month", keep(0, 30*24*time.Hour), data.Invalid, ward.FieldUntil)
	if err := keep(0, time.Hour); err != nil {
		t.Fatal(err)
	}
	fault(t, "another one", keep(1, time.Hour), data.Conflict, ward.FieldPatient)
	if lapses := s.board(s.admin).Lapses; !lapses.Equal(s.Clock.Now().Add(time.Hour)) {
		t.Errorf("the board says that it lapses at %v", lapses)
	}
	if tile := s.bed(beds[0].ID); tile.State != ward.Reserved || tile.For == nil || tile.For.ID != ann {
		t.Errorf("the bed is %+v", tile)
	}
	r := s.request(bob)
	r.Bed, r.Despite = beds[0].ID, "He is in a hurry."
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), r)
	fault(t, "somebody else, whatever the reason", err, data.Conflict, ward.FieldBed)
	stay := s.admit(ann, ward.BedID{})
	if stay.Value.Last().Bed != beds[0].ID {
		t.Error("she was not put into her bed")
	}
	s.right()
	s.depart(stay)
	s.clean(beds[0].ID)
	if err := keep(0, time.Hour); err != nil {
		t.Fatal(err)
	}
	s.Clock.Pass(time.Hour)
	if tile := s.bed(beds[0].ID); tile.State != ward.Free || tile.For != nil {
		t.Errorf("after it lapsed the bed is %+v", tile)
	}
	must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, uuid.New(), s.request(bob)))
	if err := keep(1, time.Hour); err != nil {
		t.Errorf("a new one after the old one lapsed: %v", err)
	}
	s.right()
	if err := ward.Release(t.Context(), s.desk, uuid.New(), beds[1].ID); err != nil {
		t.Fatal(err)
	}
	fault(t, "twice", ward.Release(t.Context(), s.desk, uuid.New(), beds[1].ID), data.Conflict, ward.FieldBed)
	s.right()
}

func TestTemplatesAndTheDemonstrationCanBeBuilt(t *testing.T) {
	s := open(t, "Europe/London")
	for i, template := range ward.Templates() {
		if _, beds := s.build(template.Plan(fmt.Sprint("Template ", i), 1)); len(beds) == 0 || template.Says.String() == "" {
			t.Errorf("template %d has no beds", i)
		}
	}
	demo := open(t, "Europe/London")
	roomCount := 0
	for _, p := range ward.DemoPlans() {
		demo.build(p)
		roomCount += len(p.Rooms)
	}
	if board := demo.board(demo.desk); len(board.Wards) != 4 || roomCount != 24 || board.Count.Of(ward.Free) != 60 {
		t.Errorf("%d wards, %d rooms, %v beds", len(board.Wards), roomCount, board.Count)
	}
}
