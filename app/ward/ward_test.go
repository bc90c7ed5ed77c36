package ward_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

// tables are those that stays need.
func tables() []*data.TableDef {
	return slices.Concat(house.Tables(), notice.Tables(), patient.Tables(), ward.Tables())
}

// site is an open hospital with people of each role at their desks.
type site struct {
	*accesstest.Hospital
	t      testing.TB
	desk   *access.Session
	admin  *access.Session
	doctor *access.Session
	entry  *access.Session
	count  int
}

// open opens one in a zone, without wards.
func open(t testing.TB, zone string) *site {
	t.Helper()
	return at(t, accesstest.New(t, tables()...), zone)
}

func at(t testing.TB, h *accesstest.Hospital, zone string) *site {
	t.Helper()
	h.Update(func(tx data.Tx) error {
		return house.Found(tx, house.House{Name: "Saint Elsewhere", Zone: zone, Region: "GB"})
	})
	s := &site{Hospital: h, t: t}
	s.later(0)
	return s
}

// later lets time pass and signs everybody in anew: a session does not last over the night.
func (s *site) later(d time.Duration) {
	s.t.Helper()
	s.Clock.Pass(d)
	s.desk, s.admin, s.doctor, s.entry = s.As(access.FrontDesk), s.As(access.Administrator), s.As(access.Doctor), s.As(access.DataEntry)
}

// must ends the test on an error.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func rooms(sizes ...int) ward.Plan {
	p := ward.Plan{Ward: ward.Ward{Name: "Ward 1"}}
	for i, n := range sizes {
		p.Rooms = append(p.Rooms, ward.RoomPlan{Room: ward.Room{Name: fmt.Sprint(i + 1)}, Beds: n})
	}
	return p
}

// build adds a ward and gives its beds in the order of the board.
func (s *site) build(p ward.Plan) (ward.WardRow, []ward.BedTile) {
	s.t.Helper()
	row := must[ward.WardRow](s.t)(ward.AddWard(s.t.Context(), s.admin, uuid.New(), p))
	return row, s.beds(row.ID)
}

func (s *site) board(as *access.Session) ward.Board {
	s.t.Helper()
	return must[ward.Board](s.t)(ward.Read(s.t.Context(), as))
}

// beds gives the beds of a ward as the desk sees them; of all where no ward is named.
func (s *site) beds(id ward.WardID) (all []ward.BedTile) {
	s.t.Helper()
	for _, w := range s.board(s.desk).Wards {
		if w.ID == id || id.IsZero() {
			for _, r := range w.Rooms {
				all = append(all, r.Beds...)
			}
		}
	}
	return all
}

func (s *site) bed(id ward.BedID) ward.BedTile {
	s.t.Helper()
	return must[ward.BedTile](s.t)(ward.Tile(s.t.Context(), s.desk, id))
}

// patient registers somebody.
func (s *site) patient(sex term.Sex) patient.ID {
	s.t.Helper()
	s.count++
	d := patient.Draft{Name: term.HumanName{Family: fmt.Sprintf("Miller%c", 'a'+s.count%26), Given: []string{"Kim"}}, Sex: sex,
		Birth: term.Birth{Date: term.Date{Year: 1950, Month: 5, Day: 1}.AddDays(s.count)}}
	return must[patient.Row](s.t)(patient.Register(s.t.Context(), s.desk, uuid.New(), d)).ID
}

func (s *site) request(who patient.ID) ward.Request {
	return ward.Request{Patient: who, Kind: ward.Planned, Reason: "Hip replacement", Doctor: s.People[access.Doctor]}
}

// admit admits to a bed, or to any.
func (s *site) admit(who patient.ID, bed ward.BedID) ward.StayRow {
	s.t.Helper()
	r := s.request(who)
	r.Bed = bed
	return must[ward.StayRow](s.t)(ward.Admit(s.t.Context(), s.desk, uuid.New(), r))
}

func (s *site) depart(stay ward.StayRow) ward.StayRow {
	s.t.Helper()
	return must[ward.StayRow](s.t)(ward.Depart(s.t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Home}))
}

func (s *site) clean(bed ward.BedID) {
	s.t.Helper()
	must[ward.BedRow](s.t)(ward.MarkClean(s.t.Context(), s.desk, uuid.New(), bed))
}

// right says that beds, stays and reservations agree.
func (s *site) right() {
	s.t.Helper()
	problems, err := ward.Verify(s.t.Context(), s.Door.Machine())
	if err != nil || len(problems) > 0 {
		s.t.Fatalf("%v, %v", problems, err)
	}
}

// fault checks the kind and the field of an error.
func fault(t testing.TB, what string, err error, kind data.Kind, field string) {
	t.Helper()
	var fields []string
	for _, f := range term.Faults(err) {
		fields = append(fields, f.Field)
	}
	if !data.Is(err, kind) || field != "" && !slices.Contains(fields, field) {
		t.Errorf("%s: %v on %v; want %v on %q", what, err, fields, kind, field)
	}
}

// TestS2TwoPatientsNeverShareABed: two admitted into one bed, one admitted twice, and a discharge that frees the other's bed were all possible.
func TestS2TwoPatientsNeverShareABed(t *testing.T) {
	s := open(t, "Europe/London")
	w, beds := s.build(rooms(2))
	ann, bob := s.patient(term.Female), s.patient(term.Male)
	first := s.admit(ann, beds[0].ID)

	r := s.request(bob)
	r.Bed = beds[0].ID
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), r)
	fault(t, "the same bed", err, data.Conflict, ward.FieldBed)
	var instead *ward.Instead
	if !errors.As(err, &instead) || instead.Wished.Bed != beds[0].ID || len(instead.Next) != 1 || instead.Next[0].Bed != beds[1].ID || len(instead.Next[0].Reasons) == 0 {
		t.Fatalf("instead of the bed that was taken: %+v", instead)
	}
	again := s.request(ann)
	again.Bed = beds[1].ID
	_, err = ward.Admit(t.Context(), s.desk, uuid.New(), again)
	fault(t, "the same patient", err, data.Conflict, ward.FieldPatient)
	var already *ward.Already
	if !errors.As(err, &already) || already.Stay != first.ID || already.Place != (ward.Place{Ward: "Ward 1", Room: "1", Bed: "A"}) {
		t.Errorf("where the patient is already: %+v", already)
	}

	second := s.admit(bob, instead.Next[0].Bed)
	s.depart(first)
	if tile := s.bed(beds[1].ID); tile.State != ward.Occupied || tile.In.Stay != second.ID {
		t.Errorf("after the neighbour left, the other's bed is %+v", tile)
	}
	if tile := s.bed(beds[0].ID); tile.State != ward.Cleaning || tile.In != nil {
		t.Errorf("the bed that was left is %+v", tile)
	}
	if count := s.board(s.desk).Wards[0].Count; s.board(s.desk).Wards[0].ID != w.ID || count.Of(ward.Occupied) != 1 || count.Of(ward.Cleaning) != 1 || count.Beds() != 2 {
		t.Errorf("counted %v", count)
	}
	s.right()
}

// TestS3FreedLowerRoomsAreUsedAgain: the next room was the highest occupied one and one more, until there was none, though 39 were free.
func TestS3FreedLowerRoomsAreUsedAgain(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(1, 1, 1))
	var in []ward.StayRow
	for range 3 {
		in = append(in, s.admit(s.patient(term.Male), ward.BedID{}))
	}
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), s.request(s.patient(term.Female)))
	fault(t, "a full hospital", err, data.Conflict, ward.FieldBed)
	s.depart(in[0])
	_, err = ward.Admit(t.Context(), s.desk, uuid.New(), s.request(s.patient(term.Female)))
	fault(t, "a bed that has to be cleaned", err, data.Conflict, ward.FieldBed)
	s.clean(beds[0].ID)
	if stay := s.admit(s.patient(term.Female), ward.BedID{}); stay.Value.Last().Bed != beds[0].ID {
		t.Errorf("the next one lies in %v, not in the room that was freed", stay.Value.Last().Place)
	}
	s.right()
}

// TestS9StaysOutliveTheirDoctor: deleting a doctor deleted all that was his.
func TestS9StaysOutliveTheirDoctor(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ann, bob := s.patient(term.Female), s.patient(term.Male)
	in, out := s.admit(ann, beds[0].ID), s.admit(bob, beds[1].ID)
	s.depart(out)
	dora := s.People[access.Doctor]
	row := must[access.UserRow](t)(access.ReadUser(t.Context(), s.admin, dora))
	if err := access.Deactivate(t.Context(), s.admin, uuid.New(), dora, row.Version, "She moved away."); err != nil {
		t.Fatal(err)
	}
	staff := must[[]access.Colleague](t)(access.Staff(t.Context(), s.desk))
	for _, who := range []patient.ID{ann, bob} {
		all := must[[]ward.StayRow](t)(ward.History(t.Context(), s.desk, who))
		i := slices.IndexFunc(staff, func(c access.Colleague) bool { return len(all) == 1 && c.ID == all[0].Value.Doctor })
		if i < 0 || staff[i].Name != "Dr Dora Doctor" || !staff[i].Inactive {
			t.Errorf("%d stays are left, treated by %d of %v", len(all), i, staff)
		}
	}
	// What else is to change does not wait for another doctor; nobody new comes under the one who left.
	facts := ward.FactsOf(in.Value)
	facts.Reason = "Hip replacement, right"
	must[ward.StayRow](t)(ward.Amend(t.Context(), s.desk, uuid.New(), in.ID, in.Version, facts))
	s.clean(beds[1].ID)
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), s.request(bob))
	fault(t, "a doctor who left", err, data.Invalid, ward.FieldDoctor)
}

func TestTheTreatingDoctorIsTold(t *testing.T) {
	s := open(t, "Europe/London")
	s.build(rooms(1))
	stay := s.admit(s.patient(term.Female), ward.BedID{})
	rows := must[[]notice.Row](t)(notice.Waiting(t.Context(), s.doctor))
	if len(rows) != 1 || rows[0].Value.Kind != notice.KindAdmission || rows[0].Value.Says().String() != "A patient was admitted under your care: Ward 1, room 1, bed A." {
		t.Fatalf("the doctor was told %+v", rows)
	}
	s.Clock.Pass(time.Hour)
	facts := ward.FactsOf(stay.Value)
	facts.Doctor = s.People[access.Everybody]
	must[ward.StayRow](t)(ward.Amend(t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, facts))
	rows = must[[]notice.Row](t)(notice.Waiting(t.Context(), s.As(access.Everybody)))
	if len(rows) != 1 || rows[0].Value.Kind != notice.KindHandover {
		t.Errorf("the doctor who took over was told %+v", rows)
	}
	// Whatever was refused told nobody.
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), s.request(s.patient(term.Female)))
	fault(t, "full", err, data.Conflict, ward.FieldBed)
	if rows := must[[]notice.Row](t)(notice.Waiting(t.Context(), s.doctor)); len(rows) != 1 {
		t.Errorf("%d notices after a refusal", len(rows))
	}
}
