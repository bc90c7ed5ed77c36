package ward_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

func (s *site) move(stay ward.StayRow, m ward.Move) (ward.StayRow, error) {
	return ward.Transfer(s.t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, m)
}

// chain is the beds of a stay in turn.
func chain(row ward.StayRow) (beds []ward.BedID) {
	for _, span := range row.Value.Spans {
		beds = append(beds, span.Bed)
	}
	return beds
}

func TestTransferKeepsTheChainAndLeavesABedToClean(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2, 2))
	stay := s.admit(s.patient(term.Female), beds[0].ID)
	other := s.admit(s.patient(term.Female), beds[1].ID)
	s.Clock.Pass(2 * time.Hour)
	moved := must[ward.StayRow](t)(s.move(stay, ward.Move{Bed: beds[2].ID, Why: "Nearer to the window"}))
	if !slices.Equal(chain(moved), []ward.BedID{beds[0].ID, beds[2].ID}) || !moved.Value.Spans[0].To.Equal(moved.Value.Spans[1].From) || moved.Value.Last().Why == "" {
		t.Errorf("the chain is %+v", moved.Value.Spans)
	}
	if s.bed(beds[0].ID).State != ward.Cleaning || s.bed(beds[2].ID).In.Stay != stay.ID {
		t.Error("the beds do not say so")
	}
	s.right()

	_, err := s.move(moved, ward.Move{Bed: beds[2].ID})
	fault(t, "the same bed", err, data.Invalid, ward.FieldBed)
	_, err = s.move(moved, ward.Move{Bed: beds[1].ID})
	fault(t, "somebody else's bed", err, data.Conflict, ward.FieldBed)
	_, err = s.move(moved, ward.Move{Bed: beds[0].ID})
	fault(t, "a bed to be cleaned", err, data.Conflict, ward.FieldBed)
	_, err = s.move(stay, ward.Move{Bed: beds[3].ID})
	var stale *data.Stale[ward.StayID, ward.Stay]
	if !errors.As(err, &stale) || stale.Theirs.Version != moved.Version {
		t.Errorf("a stay that moved on: %v", err)
	}
	_, err = s.move(moved, ward.Move{Bed: beds[3].ID, At: s.Clock.Now().Add(-time.Hour)})
	fault(t, "before the last move", err, data.Invalid, ward.FieldAt)
	gone := s.depart(other)
	_, err = s.move(gone, ward.Move{Bed: beds[3].ID})
	fault(t, "who has left", err, data.Conflict, "")
	s.right()
}

func TestSwapExchangesTwoBedsAtOnce(t *testing.T) {
	s := open(t, "Europe/London")
	p := rooms(1, 1, 1)
	p.Rooms[0].Sex = ward.Women
	_, beds := s.build(p)
	ann, bob, cid := s.patient(term.Female), s.patient(term.Male), s.patient(term.Female)
	a, b, c := s.admit(ann, beds[0].ID), s.admit(bob, beds[1].ID), s.admit(cid, beds[2].ID)
	s.Clock.Pass(time.Hour)
	swap := func(a, b ward.StayRow, why string) error {
		return ward.Swap(t.Context(), s.desk, uuid.New(), a.ID, a.Version, b.ID, b.Version, time.Time{}, why)
	}
	fault(t, "with oneself", swap(a, a, ""), data.Invalid, ward.FieldBed)
	fault(t, "a man into the women's room", swap(a, b, ""), data.Invalid, ward.FieldWhy)
	s.right()
	if err := swap(a, c, ""); err != nil {
		t.Fatal(err)
	}
	if s.bed(beds[0].ID).In.ID != cid || s.bed(beds[2].ID).In.ID != ann || s.bed(beds[0].ID).State != ward.Occupied {
		t.Error("they did not swap")
	}
	fault(t, "as they were before", swap(a, c, ""), data.Conflict, "")
	s.right()
}

func TestTimesThatCantBe(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	now := s.Clock.Now()
	ann, bob := s.patient(term.Female), s.patient(term.Male)
	first := s.request(ann)
	first.Bed, first.At = beds[0].ID, now.Add(-72*time.Hour)
	stay := must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, uuid.New(), first))
	leave := func(stay ward.StayRow, at time.Time) (ward.StayRow, error) {
		return ward.Depart(t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Home, At: at})
	}
	_, err := leave(stay, now.Add(-73*time.Hour))
	fault(t, "left before admitted", err, data.Invalid, ward.FieldAt)
	_, err = leave(stay, now.Add(time.Minute))
	fault(t, "left in the future", err, data.Invalid, ward.FieldAt)
	stay = must[ward.StayRow](t)(leave(stay, now.Add(-24*time.Hour)))
	s.clean(beds[0].ID)
	for name, c := range map[string]struct {
		who patient.ID
		bed int
		at  time.Duration
	}{
		"in the future":                      {bob, 0, time.Minute},
		"further back than anybody enters":   {bob, 1, -32 * 24 * time.Hour},
		"while she lay in this bed":          {bob, 0, -25 * time.Hour},
		"while she was in, in another bed":   {ann, 1, -25 * time.Hour},
		"before she was in, and still in it": {ann, 1, -100 * time.Hour},
	} {
		r := s.request(c.who)
		r.Bed, r.At = beds[c.bed].ID, now.Add(c.at)
		_, err := ward.Admit(t.Context(), s.desk, uuid.New(), r)
		fault(t, name, err, data.Invalid, ward.FieldAt)
	}
	again := s.request(ann)
	again.Bed, again.At = beds[0].ID, now.Add(-24*time.Hour)
	must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, uuid.New(), again)) // at the very instant
	if all := must[[]ward.StayRow](t)(ward.History(t.Context(), s.desk, ann)); len(all) != 2 || all[1].ID != stay.ID || all[1].Value.Left.How != ward.Home {
		t.Errorf("her stays are %+v", all)
	}
	s.right()
}

// TestNightsAreMidnights of the hospital's zone, whatever the clocks do.
func TestNightsAreMidnights(t *testing.T) {
	london := must[*time.Location](t)(time.LoadLocation("Europe/London"))
	auckland := must[*time.Location](t)(time.LoadLocation("Pacific/Auckland"))
	for name, c := range map[string]struct {
		from, to string
		zone     *time.Location
		want     int
	}{
		"a night in which clocks go back (25 hours)":     {"2026-10-24T18:00:00+01:00", "2026-10-25T09:00:00Z", london, 1},
		"a night in which clocks go forward (23 hours)":  {"2026-03-28T23:30:00Z", "2026-03-29T02:30:00+01:00", london, 1},
		"from before midnight until after it":            {"2026-11-24T23:59:00Z", "2026-11-25T00:01:00Z", london, 1},
		"23 hours of one day":                            {"2026-11-24T00:30:00Z", "2026-11-24T23:30:00Z", london, 0},
		"summer: midnight is not UTC's":                  {"2026-07-01T22:30:00Z", "2026-07-01T23:30:00Z", london, 1},
		"one day in UTC, two in Auckland":                {"2026-11-24T10:00:00Z", "2026-11-24T12:00:00Z", auckland, 1},
		"leap day":                                       {"2028-02-28T12:00:00Z", "2028-03-01T12:00:00Z", london, 2},
		"over the new year, which begins in ISO week 53": {"2026-12-31T12:00:00Z", "2027-01-01T12:00:00Z", london, 1},
	} {
		from, err := time.Parse(time.RFC3339, c.from)
		to, err2 := time.Parse(time.RFC3339, c.to)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		gone := ward.Stay{Spans: []ward.Span{{From: from.UTC(), To: to.UTC()}}}
		still := ward.Stay{Spans: []ward.Span{{From: from.UTC()}}}
		if got, present := gone.Nights(time.Time{}, c.zone), still.Nights(to, c.zone); got != c.want || present != c.want {
			t.Errorf("%s: %d nights, %d of who is still in; want %d", name, got, present, c.want)
		}
	}
}

func TestFaultsOfAnAdmissionAreNamedAtOnce(t *testing.T) {
	s := open(t, "Europe/London")
	s.build(rooms(1))
	r := ward.Request{Patient: s.patient(term.Male), Kind: "moon", Reason: string(make([]byte, 400)) + "x", Doctor: s.People[access.FrontDesk],
		Needs: ward.Needs{Kind: "moon"}, Expected: term.Date{Year: 2026, Month: 11, Day: 23}, At: s.Clock.Now().Add(time.Hour)}
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), r)
	for _, field := range []string{ward.FieldKind, ward.FieldDoctor, ward.FieldExpected, ward.FieldAt} {
		fault(t, "all at once", err, data.Invalid, field)
	}
	_, err = ward.Admit(t.Context(), s.desk, uuid.New(), ward.Request{Patient: patient.ID(uuid.New()), Kind: ward.Planned, Doctor: s.People[access.Doctor]})
	fault(t, "nobody", err, data.NotFound, "")
}

func TestListsOfWhoIsInLeavesAndHasLeft(t *testing.T) {
	s := open(t, "Europe/London")
	w1, one := s.build(rooms(2))
	second := rooms(2)
	second.Name = "Ward 2"
	_, two := s.build(second)
	day := term.DateOf(s.Clock.Now(), time.UTC)
	var in []ward.StayRow
	for i, bed := range []ward.BedID{one[0].ID, one[1].ID, two[0].ID} {
		r := s.request(s.patient(term.Female))
		r.Bed, r.Expected = bed, day.AddDays(2-i)
		if i == 2 {
			r.Doctor = s.People[access.Everybody]
		}
		in = append(in, must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, uuid.New(), r)))
	}
	ids := func(all []ward.Inpatient, err error) (got []ward.StayID) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range all {
			got = append(got, i.Stay)
		}
		return got
	}
	same := func(what string, got []ward.StayID, want ...int) {
		t.Helper()
		var wanted []ward.StayID
		for _, i := range want {
			wanted = append(wanted, in[i].ID)
		}
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: %v, want %v", what, got, wanted)
		}
	}
	list := func(f ward.Filter) []ward.StayID { return ids(ward.Inpatients(t.Context(), s.doctor, f)) }
	same("all", list(ward.Filter{}), 0, 1, 2)
	same("of a ward", list(ward.Filter{Ward: w1.ID}), 0, 1)
	same("of a doctor", list(ward.Filter{Doctor: s.People[access.Everybody]}), 2)
	same("of a doctor in a ward", list(ward.Filter{Doctor: s.People[access.Everybody], Ward: w1.ID}))
	same("by name", list(ward.Filter{Query: "kim millerc"}), 1)
	same("expected today", ids(ward.Expected(t.Context(), s.entry, day, "")), 2)
	same("expected until tomorrow", ids(ward.Expected(t.Context(), s.entry, day.AddDays(1), "")), 2, 1)
	s.later(30 * time.Hour)
	if all := must[[]ward.Inpatient](t)(ward.Expected(t.Context(), s.desk, day.AddDays(1), "")); len(all) != 2 {
		t.Errorf("who should have left yesterday is not listed: %+v", all)
	}
	if s := in[2].Value; !s.Overdue(day.AddDays(1)) || s.Overdue(day) {
		t.Error("overdue is reckoned wrongly")
	}
	began := s.Clock.Now()
	s.depart(in[0])
	s.Clock.Pass(time.Hour)
	s.depart(in[1])
	same("left", ids(ward.Discharged(t.Context(), s.desk, began, "")), 1, 0)
	same("left since the second", ids(ward.Discharged(t.Context(), s.desk, s.Clock.Now(), "")), 1)
	same("left, by name", ids(ward.Discharged(t.Context(), s.desk, began, "millerb")), 0)
	if all := must[[]ward.Inpatient](t)(ward.Discharged(t.Context(), s.desk, began, "")); all[0].How != ward.Home || !all[0].Left.Equal(s.Clock.Now()) {
		t.Errorf("how she left: %+v", all[0])
	}
	same("still in", list(ward.Filter{}), 2)
}

// TestDaysAreTheHospitals: a night over a change of the clocks is one night, and 'today' is the day on the hospital's wall.
func TestDaysAreTheHospitals(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(1))
	evening := time.Date(2027, 3, 27, 22, 0, 0, 0, time.UTC)
	s.later(evening.Sub(s.Clock.Now()))
	stay := s.admit(s.patient(term.Female), beds[0].ID)
	s.later(11 * time.Hour) // clocks went forward at one
	london := must[*time.Location](t)(time.LoadLocation("Europe/London"))
	if gone := s.depart(stay); gone.Value.Nights(s.Clock.Now(), london) != 1 || gone.Value.Left.At.In(london).Hour() != 10 {
		t.Errorf("she left at %v after %d nights", gone.Value.Left.At.In(london), gone.Value.Nights(s.Clock.Now(), london))
	}

	far := open(t, "Pacific/Auckland") // 22:00 of the 24th; it is 09:00 in Greenwich
	far.build(rooms(2))
	far.Clock.Pass(3 * time.Hour) // 01:00 of the 25th
	if today := far.board(far.desk).Today; today != (term.Date{Year: 2026, Month: 11, Day: 25}) {
		t.Errorf("today is %v", today)
	}
	r := far.request(far.patient(term.Male))
	r.Expected = term.Date{Year: 2026, Month: 11, Day: 24} // still today in Greenwich
	_, err := ward.Admit(t.Context(), far.desk, uuid.New(), r)
	fault(t, "yesterday", err, data.Invalid, ward.FieldExpected)
	r.Expected = r.Expected.AddDays(1)
	must[ward.StayRow](t)(ward.Admit(t.Context(), far.desk, uuid.New(), r))
}

// TestNamesThatAreEasilyConfusedAreMarked where both are in.
func TestNamesThatAreEasilyConfusedAreMarked(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(3))
	for i, name := range []string{"Smith", "Smyth", "Okafor"} {
		d := patient.Draft{Name: term.HumanName{Family: name, Given: []string{"Ann"}}, Sex: term.Female, Birth: term.UnknownBirth()}
		s.admit(must[patient.Row](t)(patient.Register(t.Context(), s.desk, uuid.New(), d)).ID, beds[i].ID)
	}
	var board, list []bool
	for _, tile := range s.beds(ward.WardID{}) {
		board = append(board, tile.In.Alike)
	}
	for _, i := range must[[]ward.Inpatient](t)(ward.Inpatients(t.Context(), s.doctor, ward.Filter{})) {
		list = append(list, i.Alike)
	}
	if want := []bool{true, true, false}; !slices.Equal(board, want) || !slices.Equal(list, want) {
		t.Errorf("marked on the board %v, in the list %v", board, list)
	}
}
