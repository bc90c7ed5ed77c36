package appointments

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/order"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

func stateOf(t *testing.T, h *accesstest.Hospital, row schedule.Row) schedule.Item {
	t.Helper()
	all, err := schedule.Of(t.Context(), h.As(access.FrontDesk), row.Value.Patient, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		if i.ID == row.ID {
			return i
		}
	}
	t.Fatal("the appointment is gone")
	return schedule.Item{}
}

// TestTheQueueMovesByOneKey: arrived, in consultation, done; and back where it was pressed by mistake.
func TestTheQueueMovesByOneKey(t *testing.T) {
	h, dora := withDora(t)
	ann := register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	row := booked(t, h, ann.ID, dora, "2026-11-24 09:20", schedule.Routine)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceQueue})
	s.press(fyne.KeyDown, fyne.KeyF7)
	s.wantSeen("Arrived")
	h.Clock.Pass(3 * time.Hour)
	s.wantSeen("Arrived")
	s.session = h.As(access.FrontDesk) // the session of the stage is as old as the day
	s.screen.Refresh()
	s.settle()
	s.wantSeen("2 h 40 min, over 2 h", "One patient waits for longer than the priority allows")
	s.press(fyne.KeyF8)
	if got := stateOf(t, h, row).State; got != schedule.InConsultation {
		t.Errorf("state %v; want in consultation", got)
	}
	s.command(fyne.KeyF9, 0)
	s.settle()
	s.wantSeen("Nobody is expected any more today")
	if got := stateOf(t, h, row).State; got != schedule.Done {
		t.Errorf("state %v; want done", got)
	}
	if want := []string{"Ann Smith: Arrived", "Ann Smith: In consultation", "Ann Smith: Done"}; !slices.Equal(s.told, want) {
		t.Errorf("said %q; want %q", s.told, want)
	}
}

// TestStepsThatARoleMayTake, by the state of an appointment.
func TestStepsThatARoleMayTake(t *testing.T) {
	h, dora := withDora(t)
	now := at("2026-11-24 10:00")
	others := schedule.DoctorID(access.UserID(uuid.New()))
	for _, c := range []struct {
		role  access.Roles
		with  schedule.ResourceID
		state schedule.State
		start string
		want  []schedule.State
	}{
		{access.FrontDesk, dora, schedule.Booked, "2026-11-24 09:40", []schedule.State{schedule.Arrived, schedule.NoShow}},
		{access.FrontDesk, dora, schedule.Booked, "2026-11-24 10:20", []schedule.State{schedule.Arrived}},
		{access.FrontDesk, dora, schedule.Booked, "2026-11-25 10:20", nil},
		{access.FrontDesk, dora, schedule.Arrived, "2026-11-24 09:40", []schedule.State{schedule.InConsultation, schedule.Done, schedule.Booked}},
		{access.FrontDesk, dora, schedule.NoShow, "2026-11-24 09:40", []schedule.State{schedule.Arrived}},
		{access.FrontDesk, dora, schedule.Cancelled, "2026-11-24 09:40", nil},
		{access.Doctor, dora, schedule.Booked, "2026-11-24 09:40", nil},
		{access.Doctor, dora, schedule.Arrived, "2026-11-24 09:40", []schedule.State{schedule.InConsultation, schedule.Done}},
		{access.Doctor, others, schedule.Arrived, "2026-11-24 09:40", nil},
		{access.Doctor, dora, schedule.Done, "2026-11-24 09:40", []schedule.State{schedule.InConsultation}},
	} {
		var got []schedule.State
		for _, d := range steps(h.As(c.role), schedule.Item{Appointment: schedule.Appointment{Resource: c.with, State: c.state, Start: at(c.start)}}, now) {
			got = append(got, d.to)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v, %v at %s: %v; want %v", c.role, c.state, c.start, got, c.want)
		}
	}
}

// TestCancellingAsksWhyAndOffersTheTime: the first on the waiting list has the offer, and accepts it by one key.
func TestCancellingAsksWhyAndOffersTheTime(t *testing.T) {
	h, dora := withDora(t)
	desk := h.As(access.FrontDesk)
	ann, bob := register(t, desk, someone("Smith", "Ann", "1971-02-03")), register(t, desk, someone("Brown", "Bob", "1980-05-06"))
	row := booked(t, h, ann.ID, dora, "2026-11-25 10:00", schedule.Routine)
	if _, err := schedule.AddWait(t.Context(), desk, uuid.New(), schedule.Wait{Patient: bob.ID, Resource: dora, Priority: schedule.Soon}); err != nil {
		t.Fatal(err)
	}
	s := onStage(t, h, access.FrontDesk, VisitRoute(row.ID))
	s.ctrl(fyne.KeyD)
	s.wantSeen("Cancel Wed 25 Nov, 10:00 of Ann Smith?", "Cancel the appointment of Ann Smith", "Keep the appointment")
	s.write("is away")
	s.tabTo("Cancel the appointment of Ann Smith")
	s.press(fyne.KeyReturn)
	s.wantSeen("Cancelled because: is away", "Flora Desk")
	s.Go(kit.Route{Place: PlaceWaiting})
	s.settle()
	s.wantSeen("offered", "Brown, Bob", "Wed 25 Nov, 10:00, Dr Dora", "Wed 25 Nov, 09:00", "A time is held for one patient.")
	kittest.Reachable(t, s.window)
	s.Focus(s.screen.(*waitScreen).table)
	s.press(fyne.KeyDown, fyne.KeyReturn)
	s.wantSeen("Wed 25 Nov, 10:00 with Dr Dora Doctor is held for Bob Brown")
	s.press(fyne.KeyReturn) // 'Book it for Bob Brown' is the primary button
	s.wantSeen("Nobody waits for an appointment")
	all, err := schedule.Of(t.Context(), desk, bob.ID, 10)
	if err != nil || len(all) != 1 || !all[0].Start.Equal(at("2026-11-25 10:00")) {
		t.Errorf("%+v, %v; want one at 10:00", all, err)
	}
}

// TestTheFirstInLineIsBookedFromTheList, and is off it afterwards.
func TestTheFirstInLineIsBookedFromTheList(t *testing.T) {
	h, dora := withDora(t)
	desk := h.As(access.FrontDesk)
	ann, bob := register(t, desk, someone("Smith", "Ann", "1971-02-03")), register(t, desk, someone("Brown", "Bob", "1980-05-06"))
	for _, w := range []schedule.Wait{{Patient: ann.ID, Priority: schedule.Routine}, {Patient: bob.ID, Resource: dora, Priority: schedule.Urgent, Reason: "Stitches"}} {
		if _, err := schedule.AddWait(t.Context(), desk, uuid.New(), w); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := readWaiting(t.Context(), desk)
	if err != nil || len(rows) != 2 || rows[0].Who.ID != bob.ID || rows[0].place != 1 || rows[1].place != 2 {
		t.Fatalf("%+v, %v; want Bob before Ann", rows, err)
	}
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceWaiting})
	s.Focus(s.screen.(*waitScreen).table)
	s.press(fyne.KeyHome, fyne.KeyReturn)
	s.wantSeen("Brown, Bob", "Stitches", "Urgent")
	s.ctrl(fyne.KeyS)
	s.wantSeen("Tue 24 Nov, 09:00 to 09:20, Dr Dora Doctor")
	if rows, err = readWaiting(t.Context(), desk); err != nil || len(rows) != 1 || rows[0].Who.ID != ann.ID {
		t.Errorf("%+v, %v; want Ann alone", rows, err)
	}
}

func ordered(t *testing.T, h *accesstest.Hospital, o order.Order) order.Row {
	t.Helper()
	row, err := order.Ask(t.Context(), h.As(access.Doctor), uuid.New(), o)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// TestASeriesIsScheduledWhole: all sessions, at the same time of the day, and the order leaves the work list.
func TestASeriesIsScheduledWhole(t *testing.T) {
	h, _ := withDora(t)
	desk := h.As(access.FrontDesk)
	ann := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
	ct := machine(t, h, "CT 1", "Mon-Fri 8-18, 30 min")
	row := ordered(t, h, order.Order{Patient: ann.ID, What: term.Coding{Display: "Physiotherapy"}, Kind: order.Treatment, Priority: schedule.Routine, Sessions: 3, Every: 7})
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceToSchedule})
	s.wantSeen("Physiotherapy", "3 of 3", "Dr Dora Doctor")
	s.Focus(s.screen.(*listScreen[order.Item]).table)
	s.press(fyne.KeyHome, fyne.KeyReturn)
	s.wantSeen("Smith, Ann", "Physiotherapy, Routine: 3 sessions, a week apart", "Tue 24 Nov, 09:00", "Tue 1 Dec, 09:00", "Tue 8 Dec, 09:00")
	kittest.Reachable(t, s.window)
	s.ctrl(fyne.KeyS)
	s.wantSeen("Every test and treatment has its time")
	all, err := order.Of(t.Context(), desk, ann.ID, 10)
	if err != nil || len(all) != 1 || all[0].Status != order.Scheduled || len(all[0].Sessions) != 3 || all[0].Sessions[0].Value.Resource != ct {
		t.Errorf("%+v, %v; want 3 sessions on CT 1", all, err)
	}
	s.Go(kit.Route{Place: PlaceToSchedule, Page: pageSchedule, ID: uuid.UUID(row.ID).String()})
	s.settle()
	s.wantSeen("This order is not on the work list any more")
	s.Go(VisitRoute(all[0].Sessions[1].ID))
	s.settle()
	s.wantSeen("A session of a test or treatment")
	s.ctrl(fyne.KeyD)
	s.write("CT is broken")
	s.tabTo("Take back the session of Ann Smith")
	s.press(fyne.KeyReturn)
	s.wantSeen("Cancelled because: CT is broken")
	if work, err := readWork(t.Context(), desk); err != nil || len(work) != 1 || work[0].Open != 1 {
		t.Errorf("%+v, %v; want one session to be scheduled again", work, err)
	}
}

// TestASeriesThatDoesNotFitIsNotBooked: the reason stands there and nothing is saved.
func TestASeriesThatDoesNotFitIsNotBooked(t *testing.T) {
	h, _ := withDora(t)
	desk := h.As(access.FrontDesk)
	ann := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
	machine(t, h, "CT 1", "Mon-Fri 8-9, 30 min, until 2026-12-01")
	row := ordered(t, h, order.Order{Patient: ann.ID, What: term.Coding{Display: "Physiotherapy"}, Kind: order.Treatment, Priority: schedule.Routine, Sessions: 3, Every: 7})
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceToSchedule, Page: pageSchedule, ID: uuid.UUID(row.ID).String()})
	s.ctrl(fyne.KeyS)
	s.wantSeen("Only 1 of 3 sessions find a time.")
	all, err := order.Of(t.Context(), desk, ann.ID, 10)
	if err != nil || all[0].Open != 3 {
		t.Errorf("%+v, %v; want 3 open", all, err)
	}
}

// TestEveryPlaceIsReachedByTab, by whoever may open it.
func TestEveryPlaceIsReachedByTab(t *testing.T) {
	h, dora := withDora(t)
	ann := register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	row := booked(t, h, ann.ID, dora, "2026-11-24 10:00", schedule.Routine)
	for _, p := range []struct {
		role  access.Roles
		route kit.Route
	}{
		{access.FrontDesk, kit.Route{Place: PlaceAppointments}}, {access.FrontDesk, BookRoute(ann.ID.String())}, {access.FrontDesk, BookRoute("")},
		{access.FrontDesk, kit.Route{Place: PlaceQueue}}, {access.Doctor, kit.Route{Place: PlaceQueue}}, {access.FrontDesk, VisitRoute(row.ID)}, {access.Doctor, VisitRoute(row.ID)},
		{access.FrontDesk, moveRoute(row.ID)}, {access.FrontDesk, kit.Route{Place: PlaceWaiting}}, {access.FrontDesk, kit.Route{Place: PlaceToSchedule}},
		{access.FrontDesk, kit.Route{Place: PlaceAppointments, Page: pageStranded}}, {access.Administrator, kit.Route{Place: PlaceHours}},
		{access.Administrator, planRoute(pageOne, dora)}, {access.Administrator, planRoute(pageLeave, dora)}, {access.Administrator, kit.Route{Place: PlaceHours, Page: pageHolidays}},
	} {
		t.Run(strings.Join([]string{p.route.Place, p.route.Page}, " "), func(t *testing.T) {
			s := onStage(t, h, p.role, p.route)
			kittest.Reachable(t, s.window)
			s.wantUnseen("Something went wrong", "Try again")
			for _, text := range kittest.CutOff(s.window) {
				t.Errorf("cut off: %q", text)
			}
		})
	}
}

// TestASeriesThatMovesUnderTheHandIsSaid: somebody takes one of the times while they are looked at.
func TestASeriesThatMovesUnderTheHandIsSaid(t *testing.T) {
	h, _ := withDora(t)
	desk := h.As(access.FrontDesk)
	ann, bob := register(t, desk, someone("Smith", "Ann", "1971-02-03")), register(t, desk, someone("Brown", "Bob", "1980-05-06"))
	ct := machine(t, h, "CT 1", "Mon-Fri 8-18, 30 min")
	what := order.Order{Patient: ann.ID, What: term.Coding{Display: "CT"}, Kind: order.Test, Priority: schedule.Routine}
	row := ordered(t, h, what)
	what.Patient = bob.ID
	other := ordered(t, h, what)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceToSchedule, Page: pageSchedule, ID: uuid.UUID(row.ID).String()})
	s.wantSeen("Tue 24 Nov, 09:00")
	since := h.Door.Last()
	if _, err := order.Schedule(t.Context(), desk, uuid.New(), other.ID, other.Version, ct, []time.Time{at("2026-11-24 09:00")}); err != nil {
		t.Fatal(err)
	}
	s.hear(since)
	s.wantSeen("Somebody else has just taken one of these times.", "Tue 24 Nov, 09:30")
}
