package schedule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
)

// TestLeaveOverAppointments: they stay, and the desk is told to move them.
func TestLeaveOverAppointments(t *testing.T) {
	c := open(t)
	row := c.book(c.ask(c.somebody("Smith"), "2026-11-25 09:20", schedule.Routine))
	c.book(c.ask(c.somebody("Jones"), "2026-11-27 09:20", schedule.Routine))
	if n := c.leave(c.dora, schedule.WholeDays(zone(t, "Europe/London"), date(t, "2026-11-25"), date(t, "2026-11-26"), "Flu")); n != 1 {
		t.Errorf("%d fall into the leave", n)
	}
	if got := c.told(access.FrontDesk); !slices.Equal(got, []string{"Appointments with Dr Dora Doctor that no longer fit the working hours: 1. Move them."}) {
		t.Errorf("the desk hears %q", got)
	}
	left, err := schedule.Stranded(t.Context(), c.desk, 10)
	if err != nil || len(left) != 1 || left[0].ID != row.ID || left[0].Version != row.Version {
		t.Errorf("%+v, %v", left, err)
	}
	if _, err := schedule.SetLeave(t.Context(), c.admin, uuid.New(), c.dora, 0, schedule.Leave{}); !data.Is(err, data.Conflict) {
		t.Errorf("set over what somebody else had set: %v", err)
	}
}

// TestAHolidayOverAppointments: they stay, and the desk is told.
func TestAHolidayOverAppointments(t *testing.T) {
	c := open(t)
	row := c.book(c.ask(c.somebody("Smith"), "2026-11-25 09:20", schedule.Routine))
	n, err := schedule.SetHolidays(t.Context(), c.admin, uuid.New(), 0, schedule.Holidays{Days: []schedule.Holiday{{Day: date(t, "2026-11-25"), Name: "Founder's Day"}}})
	if err != nil || n != 1 || len(c.told(access.FrontDesk)) != 1 {
		t.Errorf("%d, %v", n, err)
	}
	left, err := schedule.Stranded(t.Context(), c.desk, 10)
	if err != nil || len(left) != 1 || left[0].ID != row.ID {
		t.Errorf("%+v, %v", left, err)
	}
	for field, h := range map[string][]schedule.Holiday{
		"name.1": {{Day: date(t, "2026-12-25")}}, "day.1": {{Name: "Christmas"}},
		"day.2": {{Day: date(t, "2026-12-25"), Name: "Christmas"}, {Day: date(t, "2026-12-25"), Name: "Again"}},
	} {
		if _, err := schedule.SetHolidays(t.Context(), c.admin, uuid.New(), 1, schedule.Holidays{Days: h}); !says(err, data.Invalid, field, "") {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestTheHospitalSetsHowMuchIsKept, and two administrators see each other.
func TestTheHospitalSetsHowMuchIsKept(t *testing.T) {
	c := open(t)
	if err := schedule.SetRules(t.Context(), c.admin, uuid.New(), 0, schedule.Rules{UrgentShare: 51}); !says(err, data.Invalid, schedule.FieldShare, "0 to 50") {
		t.Errorf("%v", err)
	}
	if err := schedule.SetRules(t.Context(), c.admin, uuid.New(), 0, schedule.Rules{}); err != nil {
		t.Fatal(err)
	}
	if err := schedule.SetRules(t.Context(), c.admin, uuid.New(), 0, schedule.UsualRules); !data.Is(err, data.Conflict) {
		t.Errorf("%v", err)
	}
	c.book(c.ask(c.somebody("Smith"), "2026-11-25 11:40", schedule.Routine)) // kept by the usual rules
}

// TestAnyDoctorOfASpeciality who is free at that time has the patient.
func TestAnyDoctorOfASpeciality(t *testing.T) {
	c := open(t)
	for _, roles := range []access.Roles{access.Doctor, access.Everybody} {
		user, err := access.ReadUser(t.Context(), c.admin, c.People[roles])
		if err != nil {
			t.Fatal(err)
		}
		user.Value.Speciality = "Surgery"
		if err := access.ChangeUser(t.Context(), c.admin, uuid.New(), user.ID, user.Version, user.Value); err != nil {
			t.Fatal(err)
		}
	}
	other := schedule.DoctorID(c.People[access.Everybody])
	c.hours(other, "Wed 9-12, 20 min")
	r := schedule.Request{Speciality: "surgery", At: at(t, "2026-11-25 09:20"), Priority: schedule.Soon}
	doctors := map[schedule.ResourceID]bool{}
	for _, name := range []string{"Smith", "Jones"} {
		r.Patient = c.somebody(name)
		doctors[c.book(r).Value.Resource] = true
	}
	if !doctors[c.dora] || !doctors[other] {
		t.Errorf("%v", doctors)
	}
	r.Patient = c.somebody("Brown")
	_, err := schedule.Book(t.Context(), c.desk, uuid.New(), r)
	if got, _ := refused(t, err); !got.Alternatives[0].Start.Equal(at(t, "2026-11-25 09:40")) {
		t.Errorf("%+v", got.Alternatives)
	}
	r.Speciality = "Astrology"
	if _, err = schedule.Book(t.Context(), c.desk, uuid.New(), r); !says(err, data.Invalid, schedule.FieldResource, "speciality") {
		t.Errorf("%v", err)
	}
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), schedule.Request{Minutes: 1000})
	var fields []string
	for _, f := range term.Faults(err) {
		fields = append(fields, f.Field)
	}
	if !slices.Equal(fields, []string{"priority", "length", "patient", "time"}) {
		t.Errorf("what is wrong is said on %v", fields)
	}
}

// TestEquipment is added, changed and closed by administrators; two have not the same name.
func TestEquipment(t *testing.T) {
	c := open(t)
	ct, err := schedule.AddEquipment(t.Context(), c.admin, uuid.New(), schedule.Equipment{Kind: schedule.AMachine, Name: " CT 1 ", Place: "Ground floor"})
	if err != nil || ct.Value.Name != "CT 1" {
		t.Fatalf("%+v, %v", ct, err)
	}
	if _, err := schedule.AddEquipment(t.Context(), c.admin, uuid.New(), schedule.Equipment{Kind: schedule.ARoom, Name: "ct 1"}); !says(err, data.Conflict, schedule.FieldName, "") {
		t.Errorf("the same name: %v", err)
	}
	if _, err := schedule.AddEquipment(t.Context(), c.admin, uuid.New(), schedule.Equipment{}); !data.Is(err, data.Invalid) {
		t.Errorf("nothing: %v", err)
	}
	c.hours(ct.ID, "Mon-Fri 8-18, 30 min")
	ask := schedule.Request{Patient: c.somebody("Smith"), Resource: ct.ID, At: at(t, "2026-11-25 09:30"), Priority: schedule.Routine}
	c.book(ask)
	ct.Value.Closed = true
	if _, err := schedule.ChangeEquipment(t.Context(), c.admin, uuid.New(), ct.ID, ct.Version, ct.Value); err != nil {
		t.Fatal(err)
	}
	if got := c.told(access.FrontDesk); len(got) != 1 || !strings.Contains(got[0], "CT 1") {
		t.Errorf("the desk hears %q", got)
	}
	ask.At = at(t, "2026-11-25 10:30")
	if _, err := schedule.Book(t.Context(), c.desk, uuid.New(), ask); !data.Is(err, data.Conflict) {
		t.Errorf("booked on a closed machine: %v", err)
	}
	all, err := schedule.Resources(t.Context(), c.desk)
	if err != nil || len(all) != 3 || all[2].Name != "CT 1" || !all[2].Inactive || all[2].Place != "Ground floor" {
		t.Errorf("%+v, %v", all, err)
	}
}
