package order_test

import (
	"errors"
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
	"wardbook/app/order"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
)

// clinic is an open hospital in London on Tue 24 Nov 2026, 09:00, with a room for physiotherapy: Mon-Fri 9-12, 30 minutes.
type clinic struct {
	*accesstest.Hospital
	t            testing.TB
	desk, doctor *access.Session
	room         schedule.ResourceID
}

func open(t testing.TB) *clinic {
	t.Helper()
	h := accesstest.New(t, slices.Concat(house.Tables(), notice.Tables(), patient.Tables(), schedule.Tables(), order.Tables())...)
	h.Update(func(tx data.Tx) error {
		return house.Found(tx, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"})
	})
	c := &clinic{Hospital: h, t: t, desk: h.As(access.FrontDesk), doctor: h.As(access.Doctor)}
	admin := h.As(access.Administrator)
	row, err := schedule.AddEquipment(t.Context(), admin, uuid.New(), schedule.Equipment{Kind: schedule.ARoom, Name: "Physiotherapy"})
	if err != nil {
		t.Fatal(err)
	}
	c.room = row.ID
	hours, err := schedule.ParsePattern("Mon-Fri 9-12, 30 min")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := schedule.SetHours(t.Context(), admin, uuid.New(), c.room, 0, hours); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *clinic) somebody(family string) patient.ID {
	c.t.Helper()
	row, err := patient.Register(c.t.Context(), c.desk, uuid.New(), patient.Draft{Name: term.HumanName{Family: family}, Birth: term.Birth{Date: term.Date{Year: 1971, Month: 2, Day: 3}}})
	if err != nil {
		c.t.Fatal(err)
	}
	return row.ID
}

func (c *clinic) ask(family string, p schedule.Priority, sessions, every int) order.Row {
	c.t.Helper()
	row, err := order.Ask(c.t.Context(), c.doctor, uuid.New(), order.Order{Patient: c.somebody(family), What: term.Coding{Display: "Physiotherapy, knee"},
		Kind: order.Treatment, Priority: p, Sessions: sessions, Every: every})
	if err != nil {
		c.t.Fatal(err)
	}
	c.Clock.Pass(time.Second)
	return row
}

func (c *clinic) list() []order.Item {
	c.t.Helper()
	all, err := order.WorkList(c.t.Context(), c.desk, 100)
	if err != nil {
		c.t.Fatal(err)
	}
	return all
}

func (c *clinic) propose(row order.Row) []time.Time {
	c.t.Helper()
	choice, err := order.Propose(c.t.Context(), c.desk, row.ID, c.room, time.Time{})
	if err != nil {
		c.t.Fatal(err)
	}
	var times []time.Time
	for _, p := range choice.Proposals {
		times = append(times, p.Start)
	}
	return times
}

// TestTheWorkList is what has no time yet, by priority and age, and what is scheduled leaves it.
func TestTheWorkList(t *testing.T) {
	c := open(t)
	c.ask("Routine", schedule.Routine, 1, 0)
	c.ask("Older", schedule.Soon, 1, 0)
	c.ask("Younger", schedule.Soon, 1, 0)
	urgent := c.ask("Urgent", schedule.Urgent, 1, 0)
	var names []string
	for _, i := range c.list() {
		names = append(names, i.Who.Name.Family)
		if i.ByName != "Dr Dora Doctor" || i.What.Display != "Physiotherapy, knee" {
			t.Errorf("%+v", i)
		}
	}
	if !slices.Equal(names, []string{"Urgent", "Older", "Younger", "Routine"}) {
		t.Errorf("%v", names)
	}
	row, err := order.Schedule(t.Context(), c.desk, uuid.New(), urgent.ID, urgent.Version, c.room, c.propose(urgent))
	if err != nil || row.Value.Status != order.Scheduled {
		t.Fatalf("%+v, %v", row, err)
	}
	if len(c.list()) != 3 {
		t.Error("what is scheduled is still on the work list")
	}
	rows, err := notice.Waiting(t.Context(), c.doctor)
	if err != nil || len(rows) != 1 || rows[0].Value.Says().String() != "What you ordered is scheduled; it begins on 24 Nov 2026, 09:30." {
		t.Errorf("the doctor hears %+v, %v", rows, err)
	}
}

// TestASeries is proposed at the same time of the day, so many days apart, and booked whole or not at all.
func TestASeries(t *testing.T) {
	c := open(t)
	row := c.ask("Smith", schedule.Routine, 4, 7)
	times := c.propose(row)
	for i, at := range times {
		if want := time.Date(2026, 11, 24+7*i, 9, 30, 0, 0, time.UTC); !at.Equal(want) {
			t.Errorf("session %d is proposed at %s, want %s", i+1, at, want)
		}
	}
	if len(times) != 4 {
		t.Fatalf("%v", times)
	}
	other := c.ask("Jones", schedule.Routine, 1, 0)
	if _, err := order.Schedule(t.Context(), c.desk, uuid.New(), other.ID, other.Version, c.room, times[2:3]); err != nil {
		t.Fatal(err)
	}
	_, err := order.Schedule(t.Context(), c.desk, uuid.New(), row.ID, row.Version, c.room, times)
	var r *schedule.Refused
	faults := term.Faults(err)
	if !data.Is(err, data.Conflict) || !errors.As(err, &r) || len(r.Alternatives) == 0 || faults[0].Field != "time.3" || !strings.HasPrefix(faults[0].Message.String(), "Session 3:") {
		t.Errorf("%v, %+v", err, faults)
	}
	if i := c.list()[0]; i.Open != 4 || len(i.Sessions) != 0 {
		t.Errorf("a part of it was booked: %+v", i)
	}
	times = c.propose(row)
	if times[2].Equal(time.Date(2026, 12, 8, 9, 30, 0, 0, time.UTC)) {
		t.Errorf("what is taken is proposed: %v", times)
	}
	row, err = order.Schedule(t.Context(), c.desk, uuid.New(), row.ID, row.Version, c.room, times)
	if err != nil {
		t.Fatal(err)
	}
	all, err := order.Of(t.Context(), c.doctor, row.Value.Patient, 10)
	if err != nil || len(all) != 1 || len(all[0].Sessions) != 4 || all[0].Sessions[0].Name != "Physiotherapy" {
		t.Fatalf("%+v, %v", all, err)
	}
	// One session back: the order is on the work list for it, and its appointment can't be cancelled behind the order's back.
	s := all[0].Sessions[1]
	if _, err := schedule.Cancel(t.Context(), c.desk, uuid.New(), s.ID, s.Version, "patient is ill"); !data.Is(err, data.Conflict) {
		t.Errorf("cancelled behind the order's back: %v", err)
	}
	row, err = order.TakeBack(t.Context(), c.desk, uuid.New(), row.ID, row.Version, s.ID, s.Version, "patient is ill")
	if err != nil || row.Value.Open != 1 || row.Value.Status != order.Requested {
		t.Fatalf("%+v, %v", row, err)
	}
	if row, err = order.Reschedule(t.Context(), c.desk, uuid.New(), row.ID, row.Version, "room is needed"); err != nil || row.Value.Open != 4 {
		t.Fatalf("%+v, %v", row, err)
	}
	if row, err = order.Cancel(t.Context(), c.doctor, uuid.New(), row.ID, row.Version, "knee is well"); err != nil || row.Value.Status != order.Cancelled || len(c.list()) != 0 {
		t.Fatalf("%+v, %v", row, err)
	}
	if _, err = order.Schedule(t.Context(), c.desk, uuid.New(), row.ID, row.Version, c.room, times); !data.Is(err, data.Conflict) {
		t.Errorf("scheduled after it was cancelled: %v", err)
	}
}

// TestAnOrderIsDoneAfterItsLastSession, not before.
func TestAnOrderIsDoneAfterItsLastSession(t *testing.T) {
	c := open(t)
	row := c.ask("Smith", schedule.Urgent, 1, 0)
	row, err := order.Schedule(t.Context(), c.desk, uuid.New(), row.ID, row.Version, c.room, c.propose(row))
	if err != nil {
		t.Fatal(err)
	}
	entry := c.As(access.DataEntry)
	if _, err := order.Finish(t.Context(), entry, uuid.New(), row.ID, row.Version); !data.Is(err, data.Conflict) {
		t.Errorf("done before its session: %v", err)
	}
	c.Clock.Pass(time.Hour)
	if row, err = order.Finish(t.Context(), entry, uuid.New(), row.ID, row.Version); err != nil || row.Value.Status != order.Done {
		t.Errorf("%+v, %v", row, err)
	}
}

// TestTwoDesksScheduleOneOrder: one of them does, and no session is booked twice.
func TestTwoDesksScheduleOneOrder(t *testing.T) {
	c := open(t)
	row := c.ask("Smith", schedule.Routine, 2, 1)
	times := c.propose(row)
	var all sync.WaitGroup
	answers := make([]error, 20)
	for i := range answers {
		all.Go(func() {
			_, answers[i] = order.Schedule(t.Context(), c.desk, uuid.New(), row.ID, row.Version, c.room, times)
		})
	}
	all.Wait()
	won := 0
	for _, err := range answers {
		if err == nil {
			won++
		} else if !data.Is(err, data.Conflict) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d scheduled it", won)
	}
	of, err := order.Of(t.Context(), c.desk, row.Value.Patient, 10)
	if err != nil || len(of[0].Sessions) != 2 {
		t.Errorf("%+v, %v", of, err)
	}
}

// TestEachRoleDoesItsOwn: the desk schedules and does not order, data entry sees and does neither, administrators see nothing.
func TestEachRoleDoesItsOwn(t *testing.T) {
	c := open(t)
	row := c.ask("Smith", schedule.Routine, 1, 0)
	entry, admin := c.As(access.DataEntry), c.As(access.Administrator)
	if all, err := order.WorkList(t.Context(), entry, 10); err != nil || len(all) != 1 {
		t.Errorf("data entry sees %v, %v", all, err)
	}
	for name, err := range map[string]error{
		"desk orders":          second(order.Ask(t.Context(), c.desk, uuid.New(), row.Value)),
		"desk cancels":         second(order.Cancel(t.Context(), c.desk, uuid.New(), row.ID, row.Version, "not needed")),
		"doctor schedules":     second(order.Schedule(t.Context(), c.doctor, uuid.New(), row.ID, row.Version, c.room, c.propose(row))),
		"data entry schedules": second(order.Schedule(t.Context(), entry, uuid.New(), row.ID, row.Version, c.room, c.propose(row))),
		"administrator looks":  second(order.WorkList(t.Context(), admin, 10)),
	} {
		if !data.Is(err, data.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := order.Ask(t.Context(), c.doctor, uuid.New(), order.Order{Sessions: 100, Every: -1})
	var fields []string
	for _, f := range term.Faults(err) {
		fields = append(fields, f.Field)
	}
	if !slices.Equal(fields, []string{"what", "kind", "priority", "patient", "sessions", "every"}) {
		t.Errorf("what is wrong is said on %v", fields)
	}
}

// TestAConfidentialPatientsOrder shows neither what was ordered nor the date of birth before a reason was stated.
func TestAConfidentialPatientsOrder(t *testing.T) {
	c := open(t)
	row := c.ask("Smith", schedule.Routine, 1, 0)
	p, err := patient.Open(t.Context(), c.desk, row.Value.Patient)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := patient.SetConfidential(t.Context(), c.desk, uuid.New(), p.ID, p.Version, true, "works here herself"); err != nil {
		t.Fatal(err)
	}
	if i := c.list()[0]; !i.What.IsZero() || !i.Who.Birth.Date.IsZero() || i.Who.Name.Family != "Smith" {
		t.Errorf("the work list shows %+v", i)
	}
	if _, err := order.Propose(t.Context(), c.desk, row.ID, c.room, time.Time{}); !errors.Is(err, access.ErrConfidential) {
		t.Errorf("proposed: %v", err)
	}
	if err := patient.BreakGlass(t.Context(), c.desk, uuid.New(), p.ID, "she has come to the desk"); err != nil {
		t.Fatal(err)
	}
	if i := c.list()[0]; i.What.Display != "Physiotherapy, knee" {
		t.Errorf("after a reason the work list shows %+v", i)
	}
}

func second[T any](_ T, err error) error { return err }
