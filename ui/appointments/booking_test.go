package appointments

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// TestBookingTakesFewKeys: fewer than 12 key presses once the patient is found, with doctor, priority and reason chosen.
func TestBookingTakesFewKeys(t *testing.T) {
	h, dora := withDora(t)
	ann := register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, BookRoute(ann.ID.String()))
	keys := 0
	press := func(all ...fyne.KeyName) {
		keys += len(all)
		s.press(all...)
	}
	write := func(text string) {
		keys += len([]rune(text))
		s.write(text)
		s.pause()
	}
	s.wantSeen("Smith, Ann", "Tue 24 Nov, 09:00", "Dr Dora Doctor")
	write("d")         // the doctor
	press(fyne.KeyTab) // to the priority
	write("u")         // urgent
	press(fyne.KeyTab) // to the day
	press(fyne.KeyTab) // to the reason
	press(fyne.KeyTab) // to the times: the first is chosen
	press(fyne.KeyEnter)
	if keys >= 12 {
		t.Errorf("%d key presses; want fewer than 12", keys)
	}
	all, err := schedule.Of(t.Context(), h.As(access.FrontDesk), ann.ID, 10)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d appointments, %v; want 1", len(all), err)
	}
	if a := all[0]; a.Resource != dora || !a.Start.Equal(at("2026-11-24 09:00")) || a.Priority != schedule.Urgent {
		t.Errorf("booked %v with %x, %v", a.Start, a.Resource, a.Priority)
	}
	if s.route != VisitRoute(all[0].ID) {
		t.Errorf("leads to %v; want the appointment", s.route)
	}
	if want := "Booked Ann Smith: Tue 24 Nov, 09:00, Dr Dora Doctor"; !slices.Contains(s.told, want) {
		t.Errorf("said %q; want %q", s.told, want)
	}
	s.wantSeen("Smith, Ann", "Tue 24 Nov, 09:00 to 09:20, Dr Dora Doctor", "Booked")
}

// TestATimeTakenAMomentAgoLosesNothing: the other desk was quicker; the sentence says so, alternatives stand there, and all that was entered is kept.
func TestATimeTakenAMomentAgoLosesNothing(t *testing.T) {
	h, dora := withDora(t)
	desk := h.As(access.FrontDesk)
	ann, bob := register(t, desk, someone("Smith", "Ann", "1971-02-03")), register(t, desk, someone("Brown", "Bob", "1980-05-06"))
	s := onStage(t, h, access.FrontDesk, bookRoute(wish{patient: ann.ID.String(), resource: dora, at: at("2026-11-24 10:00"), reason: "Stitches"}))
	s.wantSeen("Tue 24 Nov, 10:00")
	booked(t, h, bob.ID, dora, "2026-11-24 10:00", schedule.Routine)
	s.tabTo("Book this time")
	s.press(fyne.KeyEnter)
	s.wantSeen("Tue 24 Nov 2026, 10:00 with Dr Dora Doctor is fully booked. Choose one of the other times.", "Tue 24 Nov, 10:20", "Stitches", "Smith, Ann")
	s.press(fyne.KeyEnter) // the keyboard is on the alternatives, the first of which is chosen
	all, err := schedule.Of(t.Context(), desk, ann.ID, 10)
	if err != nil || len(all) != 1 || !all[0].Start.Equal(at("2026-11-24 10:20")) || all[0].Reason != "Stitches" {
		t.Errorf("%+v, %v; want one at 10:20 for 'Stitches'", all, err)
	}
}

// TestNobodyIsBookedWithoutPatient: the form asks for the patient first, and what else was entered is there after the patient was found.
func TestNobodyIsBookedWithoutPatient(t *testing.T) {
	h, _ := withDora(t)
	ann := register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, BookRoute(""))
	s.ctrl(fyne.KeyS)
	s.wantSeen("Choose the patient first.")
	s.write("\nd\ns")
	s.pause()
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.write("Stitches")
	s.Focus(s.screen.Start())
	s.write("smith")
	s.pause()
	s.press(fyne.KeyEnter)
	s.wantSeen("Smith, Ann", "Stitches", "Soon")
	s.ctrl(fyne.KeyS)
	all, err := schedule.Of(t.Context(), h.As(access.FrontDesk), ann.ID, 10)
	if err != nil || len(all) != 1 || all[0].Reason != "Stitches" || all[0].Priority != schedule.Soon {
		t.Errorf("%+v, %v; want one for 'Stitches', soon", all, err)
	}
}

// TestAConfidentialPatientIsOpenedFirst: booking leads to the patient's page, where the reason is asked for.
func TestAConfidentialPatientIsOpenedFirst(t *testing.T) {
	h, _ := withDora(t)
	desk := h.As(access.FrontDesk)
	ann := seal(t, desk, register(t, desk, someone("Smith", "Ann", "1971-02-03")))
	s := onStage(t, h, access.FrontDesk, BookRoute(ann.ID.String()))
	s.wantSeen("This patient is marked as confidential", "Open the patient")
	s.wantUnseen("3 Feb 1971")
}

// TestWhenNothingFitsThereIsTheWaitingList: the reason is said, and one key puts the patient on the list.
func TestWhenNothingFitsThereIsTheWaitingList(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	ann := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, BookRoute(ann.ID.String()))
	s.wantSeen("Nothing is free in the next 60 days", "Dr Dora Doctor has no working hours yet")
	s.command(fyne.KeyF7, 0)
	s.settle()
	all, err := schedule.WaitingList(t.Context(), desk, 10)
	if err != nil || len(all) != 1 || all[0].Patient != ann.ID || all[0].Priority != schedule.Routine {
		t.Errorf("%+v, %v; want Ann Smith", all, err)
	}
	if s.route.Place != PlaceWaiting {
		t.Errorf("leads to %v; want the waiting list", s.route)
	}
}

// TestTheWishSurvivesItsRoute: what is known of a booking reaches the form.
func TestTheWishSurvivesItsRoute(t *testing.T) {
	_, dora := uuid.New(), schedule.DoctorID(access.UserID(uuid.New()))
	w := wish{patient: uuid.New().String(), resource: dora, speciality: "Ear, nose & throat", at: at("2026-11-24 10:00").UTC(), from: term.Date{Year: 2026, Month: 12, Day: 1},
		priority: schedule.Soon, minutes: 40, reason: "a=b&c", wait: schedule.WaitID(uuid.New())}
	if got := readWish(bookRoute(w).ID); got != w {
		t.Errorf("%+v; want %+v", got, w)
	}
	if got := readWish(BookRoute("").ID); got != (wish{}) {
		t.Errorf("%+v; want nothing", got)
	}
}

// TestMovingKeepsPatientAndReason: proposals of the same doctor, and the history says from when to when.
func TestMovingKeepsPatientAndReason(t *testing.T) {
	h, dora := withDora(t)
	ann := register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	row := booked(t, h, ann.ID, dora, "2026-11-24 10:00", schedule.Routine)
	s := onStage(t, h, access.FrontDesk, VisitRoute(row.ID))
	s.ctrl(fyne.KeyM)
	s.wantSeen("Smith, Ann")
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.over("26.11.")
	s.pause()
	s.ctrl(fyne.KeyS)
	s.wantSeen("Moved from Tue 24 Nov, 10:00, Dr Dora Doctor to Thu 26 Nov, 09:00, Dr Dora Doctor", "Reason: Follow-up")
}

// TestBookingIsReachedByTab, with the patient given and without.
func TestBookingIsReachedByTab(t *testing.T) {
	h, _ := withDora(t)
	ann := register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	for _, r := range []kit.Route{BookRoute(""), BookRoute(ann.ID.String())} {
		s := onStage(t, h, access.FrontDesk, r)
		kittest.Reachable(t, s.window)
	}
}

// TestWhyNothingIsSooner is said where the first time is not of the day that was asked for, and only there.
func TestWhyNothingIsSooner(t *testing.T) {
	h, dora := withDora(t)
	desk := h.As(access.FrontDesk)
	if _, err := schedule.SetLeave(t.Context(), h.As(access.Administrator), uuid.New(), dora, 0,
		schedule.Leave{Absences: []schedule.Absence{schedule.WholeDays(london, day("2026-11-25"), day("2026-11-25"), "Conference")}}); err != nil {
		t.Fatal(err)
	}
	ann := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, bookRoute(wish{patient: ann.ID.String(), resource: dora}))
	s.wantSeen("Tue 24 Nov, 09:00")
	s.wantUnseen("on leave")
	s = onStage(t, h, access.FrontDesk, bookRoute(wish{patient: ann.ID.String(), resource: dora, from: day("2026-11-25")}))
	s.wantSeen("Dr Dora Doctor is on leave on Wed 25 Nov 2026", "Thu 26 Nov, 09:00")
}

// TestATimeThatIsTakenWhileOneLooksIsNotReplacedSilently: the sentence says so, and Enter books nothing else.
func TestATimeThatIsTakenWhileOneLooksIsNotReplacedSilently(t *testing.T) {
	h, dora := withDora(t)
	desk := h.As(access.FrontDesk)
	ann, bob := register(t, desk, someone("Smith", "Ann", "1971-02-03")), register(t, desk, someone("Brown", "Bob", "1980-05-06"))
	s := onStage(t, h, access.FrontDesk, bookRoute(wish{patient: ann.ID.String(), resource: dora}))
	since := h.Door.Last()
	booked(t, h, bob.ID, dora, "2026-11-24 09:00", schedule.Routine)
	s.hear(since)
	s.wantSeen("Tue 24 Nov, 09:00 with Dr Dora Doctor has just been taken. Choose another time.", "Tue 24 Nov, 09:20")
	s.ctrl(fyne.KeyS)
	if all, err := schedule.Of(t.Context(), desk, ann.ID, 10); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v; want nothing booked", all, err)
	}
	s.press(fyne.KeyHome, fyne.KeyReturn)
	if all, err := schedule.Of(t.Context(), desk, ann.ID, 10); err != nil || len(all) != 1 || !all[0].Start.Equal(at("2026-11-24 09:20")) {
		t.Errorf("%+v, %v; want one at 09:20", all, err)
	}
}
