package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/data"
)

func (c *clinic) wait(who patient.ID, p schedule.Priority, change func(*schedule.Wait)) schedule.WaitRow {
	c.t.Helper()
	w := schedule.Wait{Patient: who, Priority: p, Resource: c.dora, Reason: "Sooner if possible"}
	if change != nil {
		change(&w)
	}
	row, err := schedule.AddWait(c.t.Context(), c.desk, uuid.New(), w)
	if err != nil {
		c.t.Fatal(err)
	}
	c.Clock.Pass(time.Second)
	return row
}

func (c *clinic) list() []schedule.Waiter {
	c.t.Helper()
	all, err := schedule.WaitingList(c.t.Context(), c.desk, 100)
	if err != nil {
		c.t.Fatal(err)
	}
	return all
}

// names of who waits, '*' with who has an offer.
func names(all []schedule.Waiter) string {
	var text []string
	for _, w := range all {
		name := w.Who.Name.Family
		if w.Offer != nil {
			name += "*"
		}
		text = append(text, name)
	}
	return strings.Join(text, " ")
}

// cancelled books a time and cancels it.
func (c *clinic) cancelled(when string) {
	c.t.Helper()
	row := c.book(c.ask(c.somebody("Gone"), when, schedule.Routine))
	if _, err := schedule.Cancel(c.t.Context(), c.desk, uuid.New(), row.ID, row.Version, "patient is ill"); err != nil {
		c.t.Fatal(err)
	}
}

// TestAFreedTimeIsOfferedToTheFirst on the waiting list whom it suits, held for the patient, and passes on when it is declined or nobody answers.
func TestAFreedTimeIsOfferedToTheFirst(t *testing.T) {
	c := open(t)
	c.wait(c.somebody("Routine"), schedule.Routine, nil)
	c.wait(c.somebody("Elsewhere"), schedule.Urgent, func(w *schedule.Wait) { w.Resource, w.Speciality = schedule.ResourceID{}, "Surgery" })
	c.wait(c.somebody("Later"), schedule.Urgent, func(w *schedule.Wait) { w.From = date(t, "2026-12-24") })
	c.wait(c.somebody("Soon"), schedule.Soon, nil)
	c.wait(c.somebody("Sooner"), schedule.Soon, func(w *schedule.Wait) { w.Resource = schedule.ResourceID{} })
	busy := c.somebody("Busy")
	other := schedule.DoctorID(c.People[access.Everybody])
	c.hours(other, "Mon-Fri 9-17, 20 min")
	c.book(schedule.Request{Patient: busy, Resource: other, At: at(t, "2026-11-26 09:20"), Priority: schedule.Routine})
	c.wait(busy, schedule.Urgent, nil)
	if got := names(c.list()); got != "Elsewhere Later Busy Soon Sooner Routine" {
		t.Errorf("in line: %s", got)
	}
	c.cancelled("2026-11-26 09:20")
	if got := names(c.list()); got != "Soon* Elsewhere Later Busy Sooner Routine" {
		t.Fatalf("offered: %s", got)
	}
	if got := c.told(access.FrontDesk); len(got) != 1 || !strings.Contains(got[0], "26 Nov 2026, 09:20 has become free") {
		t.Errorf("the desk hears %q", got)
	}
	c.sound(1)
	_, err := schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("Jumper"), "2026-11-26 09:20", schedule.Emergency))
	refused(t, err)
	first := c.list()[0].Offer
	if err := schedule.Decline(t.Context(), c.desk, uuid.New(), first.ID); err != nil {
		t.Fatal(err)
	}
	if got := names(c.list()); got != "Sooner* Elsewhere Later Busy Soon Routine" {
		t.Fatalf("after it was declined: %s", got)
	}
	if _, err := schedule.Accept(t.Context(), c.desk, uuid.New(), first.ID); !data.Is(err, data.Conflict) {
		t.Errorf("accepted after it was declined: %v", err)
	}
	c.pass(schedule.OfferLasts)
	if err := schedule.ExpireOffers(t.Context(), c.Door.Machine()); err != nil {
		t.Fatal(err)
	}
	all := c.list()
	if got := names(all); got != "Routine* Elsewhere Later Busy Soon Sooner" {
		t.Fatalf("after nobody answered: %s", got)
	}
	c.sound(1)
	row, err := schedule.Accept(t.Context(), c.desk, uuid.New(), all[0].Offer.ID)
	if err != nil || row.Value.Patient != all[0].Patient || !row.Value.Start.Equal(at(t, "2026-11-26 09:20")) || row.Value.Reason != "Sooner if possible" {
		t.Fatalf("%+v, %v", row, err)
	}
	if got := names(c.list()); got != "Elsewhere Later Busy Soon Sooner" {
		t.Errorf("after it was accepted: %s", got)
	}
	c.sound(1)
}

// TestAnOfferThatNobodyTakes leaves the time free in the end.
func TestAnOfferThatNobodyTakes(t *testing.T) {
	c := open(t)
	w := c.wait(c.somebody("Only"), schedule.Routine, nil)
	c.cancelled("2026-11-26 09:20")
	w.Version++
	if err := schedule.Withdraw(t.Context(), c.desk, uuid.New(), w.ID, w.Version, "went elsewhere"); err != nil {
		t.Fatal(err)
	}
	if got := names(c.list()); got != "" {
		t.Errorf("still in line: %s", got)
	}
	c.book(c.ask(c.somebody("Next"), "2026-11-26 09:20", schedule.Routine))
	c.sound(1)
	// What is too soon is not offered: nobody could be reached.
	c.wait(c.somebody("Second"), schedule.Routine, nil)
	c.cancelled("2026-11-24 10:40")
	if got := names(c.list()); got != "Second" {
		t.Errorf("offered too late: %s", got)
	}
	// An offer to which nobody answered stands in the way of no booking, without any background work.
	c.cancelled("2026-11-25 09:20")
	c.pass(23*time.Hour + 30*time.Minute)
	c.book(c.ask(c.somebody("Third"), "2026-11-25 09:20", schedule.Routine))
	c.sound(1)
}

// TestBookingFromTheWaitingList ends the wait; a patient who waits is not booked from somebody else's place.
func TestBookingFromTheWaitingList(t *testing.T) {
	c := open(t)
	w := c.wait(c.somebody("Smith"), schedule.Routine, nil)
	r := c.ask(c.somebody("Jones"), "2026-11-25 09:20", schedule.Routine)
	r.Wait = w.ID
	if _, err := schedule.Book(t.Context(), c.desk, uuid.New(), r); !data.Is(err, data.Conflict) {
		t.Errorf("booked from another's place: %v", err)
	}
	r.Patient = w.Value.Patient
	c.book(r)
	if got := names(c.list()); got != "" {
		t.Errorf("still in line: %s", got)
	}
	if _, err := schedule.AddWait(t.Context(), c.desk, uuid.New(), schedule.Wait{Patient: w.Value.Patient}); !data.Is(err, data.Invalid) {
		t.Errorf("without a priority: %v", err)
	}
}
