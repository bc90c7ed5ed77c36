package appointments

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
)

// works gives a resource hours, in place of those it had.
func works(t testing.TB, h *accesstest.Hospital, id schedule.ResourceID, text string) {
	t.Helper()
	admin := h.As(access.Administrator)
	p, err := schedule.ReadPlan(t.Context(), admin, id)
	if err != nil {
		t.Fatal(err)
	}
	hours, err := parseHours(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := schedule.SetHours(t.Context(), admin, uuid.New(), id, p.Hours.Version, hours); err != nil {
		t.Fatal(err)
	}
}

// withDora is a clinic in which Dr Dora Doctor works Mon-Fri 9-12 and 14-17, 20 minutes each. It is Tue 24 Nov 2026, 09:00.
func withDora(t testing.TB) (*accesstest.Hospital, schedule.ResourceID) {
	t.Helper()
	h := clinic(t)
	dora := schedule.DoctorID(h.People[access.Doctor])
	works(t, h, dora, "Mon-Fri 9-12, 14-17, 20 min")
	return h, dora
}

// at reads '2026-11-24 09:20' on the clock of London.
func at(text string) time.Time {
	instant, err := time.ParseInLocation("2006-01-02 15:04", text, london)
	if err != nil {
		panic(err)
	}
	return instant
}

func day(text string) term.Date {
	d, err := term.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// booked makes an appointment.
func booked(t testing.TB, h *accesstest.Hospital, who patient.ID, with schedule.ResourceID, when string, p schedule.Priority) schedule.Row {
	t.Helper()
	row, err := schedule.Book(t.Context(), h.As(access.FrontDesk), uuid.New(), schedule.Request{Patient: who, Resource: with, At: at(when), Priority: p, Reason: "Follow-up"})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// machine adds a machine with hours.
func machine(t testing.TB, h *accesstest.Hospital, name, text string) schedule.ResourceID {
	t.Helper()
	row, err := schedule.AddEquipment(t.Context(), h.As(access.Administrator), uuid.New(), schedule.Equipment{Kind: schedule.AMachine, Name: name, Place: "Ground floor"})
	if err != nil {
		t.Fatal(err)
	}
	works(t, h, row.ID, text)
	return row.ID
}
