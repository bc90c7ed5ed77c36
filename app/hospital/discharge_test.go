package hospital_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/hospital/hospitaltest"
	"wardbook/app/order"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

// TestADischargeNamesWhatWasOrderedAndIsNotDone: and goes on for a stated reason.
func TestADischargeNamesWhatWasOrderedAndIsNotDone(t *testing.T) {
	w := hospitaltest.New(t)
	w.SetUp()
	w.Employ("Flora Desk", "flora", access.FrontDesk)
	w.Employ("Dr Dora Doctor", "dora", access.Doctor)
	desk, err := w.SignIn("flora", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	doctor, err := w.SignIn("dora", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ward.AddWard(t.Context(), w.H.Machine(), uuid.New(), ward.DemoPlans()[0]); err != nil {
		t.Fatal(err)
	}
	ann, err := patient.Register(t.Context(), desk, uuid.New(), patient.Draft{Name: term.HumanName{Family: "Smith", Given: []string{"Ann"}},
		Birth: term.Birth{Date: term.Date{Year: 1971, Month: 2, Day: 3}}, Sex: term.Female})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := order.Ask(t.Context(), doctor, uuid.New(), order.Order{Patient: ann.ID, What: term.Coding{Display: "Chest X-ray"}, Kind: order.Test, Priority: schedule.Urgent, Sessions: 1}); err != nil {
		t.Fatal(err)
	}
	stay, err := ward.Admit(t.Context(), desk, uuid.New(), ward.Request{Patient: ann.ID, Kind: ward.Planned, Reason: "Observation", Doctor: doctor.Who()})
	if err != nil {
		t.Fatal(err)
	}
	_, err = ward.Depart(t.Context(), desk, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Home})
	var open *ward.StillOpen
	if !data.Is(err, data.Conflict) || !errors.As(err, &open) {
		t.Fatalf("left although a test is open: %v", err)
	}
	if _, err := ward.Depart(t.Context(), desk, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Home, Despite: "Will come back for it on Monday"}); err != nil {
		t.Errorf("for a stated reason: %v", err)
	}
}

// TestALookOfADoctorWhoDoesNotTreatThePatientIsMarked: in the book, for whoever asks later who looked.
func TestALookOfADoctorWhoDoesNotTreatThePatientIsMarked(t *testing.T) {
	w := hospitaltest.New(t)
	w.SetUp()
	w.Employ("Flora Desk", "flora", access.FrontDesk)
	w.Employ("Dr Dora Doctor", "dora", access.Doctor)
	desk, err := w.SignIn("flora", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	doctor, err := w.SignIn("dora", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ward.AddWard(t.Context(), w.H.Machine(), uuid.New(), ward.DemoPlans()[0]); err != nil {
		t.Fatal(err)
	}
	ann, err := patient.Register(t.Context(), desk, uuid.New(), patient.Draft{Name: term.HumanName{Family: "Smith", Given: []string{"Ann"}},
		Birth: term.Birth{Date: term.Date{Year: 1971, Month: 2, Day: 3}}, Sex: term.Female})
	if err != nil {
		t.Fatal(err)
	}
	look := func(s *access.Session) string {
		t.Helper()
		if _, err := patient.Open(t.Context(), s, ann.ID); err != nil {
			t.Fatal(err)
		}
		return w.LastLook().Why
	}
	if why := look(doctor); why != access.NotTreating {
		t.Errorf("before she treats her: %q", why)
	}
	if why := look(desk); why != "" {
		t.Errorf("the desk: %q", why)
	}
	if _, err := ward.Admit(t.Context(), desk, uuid.New(), ward.Request{Patient: ann.ID, Kind: ward.Planned, Reason: "Observation", Doctor: doctor.Who()}); err != nil {
		t.Fatal(err)
	}
	if why := look(doctor); why != "" {
		t.Errorf("while she treats her: %q", why)
	}
}
