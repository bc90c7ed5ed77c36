package schedule_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
)

// clinic is an open hospital in London, on Tue 24 Nov 2026, 09:00; Dr Dora Doctor works Mon-Fri 9-12 and 14-17, 20 minutes each.
type clinic struct {
	*accesstest.Hospital
	t     testing.TB
	desk  *access.Session
	admin *access.Session
	dora  schedule.ResourceID
}

func open(t testing.TB) *clinic {
	t.Helper()
	h := accesstest.New(t, slices.Concat(house.Tables(), notice.Tables(), patient.Tables(), schedule.Tables())...)
	h.Update(func(tx data.Tx) error {
		return house.Found(tx, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"})
	})
	c := &clinic{Hospital: h, t: t, desk: h.As(access.FrontDesk), admin: h.As(access.Administrator), dora: schedule.DoctorID(h.People[access.Doctor])}
	c.hours(c.dora, "Mon-Fri 9-12, 14-17, 20 min")
	return c
}

// pass lets time pass; who was signed in signs in again.
func (c *clinic) pass(d time.Duration) {
	c.t.Helper()
	c.Clock.Pass(d)
	c.desk, c.admin = c.As(access.FrontDesk), c.As(access.Administrator)
}

func (c *clinic) hours(id schedule.ResourceID, text string) int {
	c.t.Helper()
	p, err := schedule.ReadPlan(c.t.Context(), c.admin, id)
	if err != nil {
		c.t.Fatal(err)
	}
	n, err := schedule.SetHours(c.t.Context(), c.admin, uuid.New(), id, p.Hours.Version, pattern(c.t, text))
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

func (c *clinic) leave(id schedule.ResourceID, all ...schedule.Absence) int {
	c.t.Helper()
	p, err := schedule.ReadPlan(c.t.Context(), c.admin, id)
	if err != nil {
		c.t.Fatal(err)
	}
	n, err := schedule.SetLeave(c.t.Context(), c.admin, uuid.New(), id, p.Leave.Version, schedule.Leave{Absences: all})
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

// somebody registers a patient.
func (c *clinic) somebody(family string) patient.ID {
	c.t.Helper()
	row, err := patient.Register(c.t.Context(), c.desk, uuid.New(), patient.Draft{Name: term.HumanName{Family: family, Given: []string{"Ann"}},
		Birth: term.Birth{Date: term.Date{Year: 1971, Month: 2, Day: 3}}, Sex: term.Female})
	if err != nil {
		c.t.Fatal(err)
	}
	return row.ID
}

// at reads '2026-11-24 09:20' on the clock of London.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation("2006-01-02 15:04", text, zone(t, "Europe/London"))
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func (c *clinic) ask(who patient.ID, when string, p schedule.Priority) schedule.Request {
	return schedule.Request{Patient: who, Resource: c.dora, At: at(c.t, when), Priority: p, Reason: "Follow-up"}
}

func (c *clinic) book(r schedule.Request) schedule.Row {
	c.t.Helper()
	row, err := schedule.Book(c.t.Context(), c.desk, uuid.New(), r)
	if err != nil {
		c.t.Fatal(err)
	}
	return row
}

// refused gives the alternatives of a Conflict, and its sentence.
func refused(t testing.TB, err error) (*schedule.Refused, string) {
	t.Helper()
	var r *schedule.Refused
	var e *data.Error
	if !data.Is(err, data.Conflict) || !errors.As(err, &r) || !errors.As(err, &e) {
		t.Fatalf("%v; want a Conflict with alternatives", err)
	}
	return r, e.Message.String()
}

// says tells whether an error is of a kind, on a field, in words that hold a text.
func says(err error, kind data.Kind, field, text string) bool {
	var e *data.Error
	return errors.As(err, &e) && e.Kind == kind && slices.Contains(e.Fields, field) && strings.Contains(e.Message.String(), text)
}

// sound checks capacity, patients and what is written down as taken.
func (c *clinic) sound(capacity int) {
	c.t.Helper()
	c.Update(func(tx data.Tx) error { return schedule.Sum(tx, func(schedule.ResourceID) int { return capacity }) })
}

// TestS5 is defect S5 of the system that Wardbook replaces: an appointment in 1999, on a day the doctor is off, twice for the same patient, doctor
// and day were all accepted.
func TestS5(t *testing.T) {
	c := open(t)
	ann := c.somebody("Smith")
	c.leave(c.dora, schedule.WholeDays(zone(t, "Europe/London"), date(t, "2026-12-03"), date(t, "2026-12-04"), "Conference"))
	_, err := schedule.SetHolidays(t.Context(), c.admin, uuid.New(), 0, schedule.Holidays{Days: []schedule.Holiday{{Day: date(t, "2026-12-25"), Name: "Christmas Day"}}})
	if err != nil {
		t.Fatal(err)
	}
	try := func(when string) error {
		_, err := schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(ann, when, schedule.Routine))
		return err
	}
	for _, past := range []string{"1999-11-24 09:20", "2026-11-24 08:40"} {
		if err := try(past); !says(err, data.Invalid, schedule.FieldTime, "has passed") {
			t.Errorf("%s: %v", past, err)
		}
	}
	if err := try("2036-11-24 09:20"); !says(err, data.Invalid, schedule.FieldTime, "days ahead") {
		t.Errorf("in ten years: %v", err)
	}
	for when, why := range map[string]string{
		"2026-11-28 09:20": "does not work on Sat 28 Nov 2026",
		"2026-12-03 09:20": "is on leave on Thu 3 Dec 2026",
		"2026-12-25 09:20": "is a holiday: Christmas Day",
		"2026-11-25 12:20": "has no appointments at 12:20",
		"2026-11-25 09:25": "has no appointments at 09:25",
	} {
		r, said := refused(t, try(when))
		if !strings.Contains(said, why) || len(r.Alternatives) == 0 || r.Alternatives[0].Start.Before(at(t, when)) {
			t.Errorf("%s: %q, %+v", when, said, r.Alternatives)
		}
	}
	c.book(c.ask(ann, "2026-11-25 09:20", schedule.Routine))
	for what, err := range map[string]error{
		"twice for the same patient, doctor and time": try("2026-11-25 09:20"),
		"with somebody else at that time": func() error {
			other := schedule.DoctorID(c.People[access.Everybody])
			c.hours(other, "Wed 9-12, 30 min")
			_, err := schedule.Book(t.Context(), c.desk, uuid.New(), schedule.Request{Patient: ann, Resource: other, At: at(t, "2026-11-25 09:30"), Priority: schedule.Emergency})
			return err
		}(),
	} {
		r, _ := refused(t, err)
		for _, p := range r.Alternatives {
			if p.Start.Before(at(t, "2026-11-25 09:40")) {
				t.Errorf("%s: the alternative %s is when she is elsewhere", what, p.Start)
			}
		}
	}
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("Jones"), "2026-11-25 09:20", schedule.Routine))
	if _, said := refused(t, err); !strings.Contains(said, "fully booked") {
		t.Errorf("the doctor twice: %q", said)
	}
	c.sound(1)
}

// TestS9 is defect S9: deleting a doctor erased all appointments. Here the doctor is deactivated, and appointments and their history stay
// readable, with the name.
func TestS9(t *testing.T) {
	c := open(t)
	ann := c.somebody("Smith")
	row := c.book(c.ask(ann, "2026-11-25 09:20", schedule.Routine))
	user, err := access.ReadUser(t.Context(), c.admin, c.People[access.Doctor])
	if err != nil {
		t.Fatal(err)
	}
	if err := access.Deactivate(t.Context(), c.admin, uuid.New(), user.ID, user.Version, "has left"); err != nil {
		t.Fatal(err)
	}
	all, err := schedule.Of(t.Context(), c.desk, ann, 10)
	if err != nil || len(all) != 1 || all[0].Name != "Dr Dora Doctor" || all[0].ID != row.ID || all[0].State != schedule.Booked {
		t.Errorf("her appointments: %+v, %v", all, err)
	}
	h, err := schedule.History(t.Context(), c.desk, row.ID)
	if err != nil || len(h) != 1 || h[0].Name != "Flora Desk" {
		t.Errorf("the history: %+v, %v", h, err)
	}
	cols, err := schedule.Day(t.Context(), c.desk, date(t, "2026-11-25"), c.dora)
	if err != nil || len(cols[0].Items) != 1 || cols[0].Resource.Name != "Dr Dora Doctor" || !cols[0].Resource.Inactive || !strings.Contains(cols[0].Off.String(), "no more") {
		t.Errorf("the day: %+v, %v", cols, err)
	}
	left, err := schedule.Stranded(t.Context(), c.desk, 10)
	if err != nil || len(left) != 1 || left[0].ID != row.ID {
		t.Errorf("to be moved: %+v, %v", left, err)
	}
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("Jones"), "2026-11-25 09:40", schedule.Routine))
	if _, said := refused(t, err); !strings.Contains(said, "takes no more appointments") {
		t.Errorf("%q", said)
	}
}

// TestS11 is defect S11: 'mark done' on a future appointment answered 200 and did nothing; nobody could cancel, reschedule or mark who did not come.
func TestS11(t *testing.T) {
	c := open(t)
	row := c.book(c.ask(c.somebody("Smith"), "2026-11-25 09:20", schedule.Routine))
	set := func(to schedule.State) (err error) {
		next, err := schedule.SetState(t.Context(), c.desk, uuid.New(), row.ID, row.Version, to)
		if err == nil {
			row = next
		}
		return err
	}
	for _, to := range []schedule.State{schedule.Done, schedule.InConsultation, schedule.Arrived, schedule.NoShow} {
		if err := set(to); !says(err, data.Conflict, schedule.FieldState, "on Wed 25 Nov 2026, 09:20") {
			t.Errorf("%s before the day: %v", to.Text(), err)
		}
	}
	moved, err := schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{At: at(t, "2026-11-24 10:00")})
	if err != nil || moved.ID != row.ID || moved.Value.Moves != 1 {
		t.Fatalf("rescheduled: %+v, %v", moved, err)
	}
	row = moved
	if err := set(schedule.NoShow); !says(err, data.Conflict, schedule.FieldState, "10:00") {
		t.Errorf("no-show before the time: %v", err)
	}
	if err := set(schedule.Done); !says(err, data.Conflict, schedule.FieldState, "'Booked' can't become 'Done'") {
		t.Errorf("done without having come: %v", err)
	}
	c.Clock.Pass(65 * time.Minute)
	for _, to := range []schedule.State{schedule.NoShow, schedule.Arrived, schedule.InConsultation, schedule.Done} {
		if err := set(to); err != nil || row.Value.State != to {
			t.Fatalf("%s: %v", to.Text(), err)
		}
		c.sound(1)
	}
	if _, err := schedule.Cancel(t.Context(), c.desk, uuid.New(), row.ID, row.Version, "patient is ill"); !says(err, data.Conflict, schedule.FieldState, "can't be cancelled") {
		t.Errorf("cancelled what was done: %v", err)
	}
	other := c.book(c.ask(c.somebody("Jones"), "2026-11-26 09:20", schedule.Routine))
	gone, err := schedule.Cancel(t.Context(), c.desk, uuid.New(), other.ID, other.Version, "patient is ill")
	if err != nil || gone.Value.State != schedule.Cancelled {
		t.Fatal(err)
	}
	c.sound(1)
	h, err := schedule.History(t.Context(), c.desk, row.ID)
	if err != nil || len(h) != 6 || !h[0].Row.Value.Start.Equal(at(t, "2026-11-25 09:20")) || !h[1].Row.Value.Start.Equal(at(t, "2026-11-24 10:00")) {
		t.Errorf("the history does not tell from when to when it was moved: %+v, %v", h, err)
	}
}

// Test200BookingsOfOneSlot: as many as there are places have one; everybody else gets alternatives.
func Test200BookingsOfOneSlot(t *testing.T) {
	c := open(t)
	c.hours(c.dora, "Mon-Fri 9-12, 14-17, 20 min, 3 places")
	const desks, capacity = 200, 3
	people := make([]patient.ID, desks)
	for i := range people {
		people[i] = c.somebody(fmt.Sprintf("Smith%d", i))
	}
	answers := make([]error, desks)
	var all sync.WaitGroup
	for i := range desks {
		all.Go(func() {
			_, answers[i] = schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(people[i], "2026-11-25 10:00", schedule.Urgent))
		})
	}
	all.Wait()
	booked := 0
	for _, err := range answers {
		if err == nil {
			booked++
			continue
		}
		r, _ := refused(t, err)
		if len(r.Alternatives) != 5 {
			t.Errorf("alternatives: %+v", r.Alternatives)
		}
	}
	if booked != capacity {
		t.Errorf("%d were booked into %d places", booked, capacity)
	}
	c.sound(capacity)
	cols, err := schedule.Day(t.Context(), c.desk, date(t, "2026-11-25"), c.dora)
	if err != nil || len(cols[0].Items) != capacity {
		t.Errorf("%d stand in the day, %v", len(cols[0].Items), err)
	}
}

// TestTheSameWishTwiceBooksOnce: a retry after an unknown outcome.
func TestTheSameWishTwiceBooksOnce(t *testing.T) {
	c := open(t)
	op, r := uuid.New(), c.ask(c.somebody("Smith"), "2026-11-25 09:20", schedule.Routine)
	first, err := schedule.Book(t.Context(), c.desk, op, r)
	if err != nil {
		t.Fatal(err)
	}
	again, err := schedule.Book(t.Context(), c.desk, op, r)
	if err != nil || again.ID != first.ID {
		t.Errorf("%+v, %v", again, err)
	}
	c.sound(1)
}

// TestALongAppointmentTakesAllItsSlots: 30 minutes in slots of 20 keep the next slot closed too.
func TestALongAppointmentTakesAllItsSlots(t *testing.T) {
	c := open(t)
	r := c.ask(c.somebody("Smith"), "2026-11-25 09:00", schedule.Routine)
	r.Minutes = 30
	if row := c.book(r); row.Value.Minutes != 40 {
		t.Errorf("it takes %d minutes", row.Value.Minutes)
	}
	_, err := schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("Jones"), "2026-11-25 09:20", schedule.Emergency))
	refused(t, err)
	r = c.ask(c.somebody("Brown"), "2026-11-25 11:40", schedule.Routine)
	r.Minutes = 40 // would run into the break
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), r)
	refused(t, err)
	// With other hours the times of before still count.
	if n := c.hours(c.dora, "Wed 9-12, 15 min"); n != 0 {
		t.Errorf("%d no longer fit", n)
	}
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("White"), "2026-11-25 09:30", schedule.Routine))
	refused(t, err)
	c.book(c.ask(c.somebody("Green"), "2026-11-25 09:45", schedule.Routine))
	c.sound(1)
}
