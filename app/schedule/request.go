package schedule

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Request is what somebody asks for: a patient at a resource, or at any doctor of a speciality.
type Request struct {
	Patient    patient.ID // zero only for proposals
	Resource   ResourceID // zero: any doctor of the speciality
	Speciality string     // used where there is no Resource; "" then is any doctor
	At         time.Time  // the beginning; for proposals the earliest one (zero: now)
	Minutes    int        // 0: one slot; otherwise as many whole slots as it takes
	Priority   Priority
	Reason     string
	Order      uuid.UUID     // the test or treatment whose session it is; zero: none
	For        access.UserID // the doctor who ordered it; zero: none
	Wait       WaitID        // the place on the waiting list that this booking ends; zero: none
	// Days is how far proposals look ahead; 0: Horizon. Limit is how many they give; 0: usualProposals.
	Days, Limit int

	quiet bool // who ordered it hears of all sessions together
}

// Limits of proposals.
const (
	Horizon        = 60  // days
	mostDays       = 400 // of a proposal: nobody books further ahead
	usualProposals = 5
	mostProposals  = 100
)

// check cleans a request; Invalid, joined, each on its field: priority, length, reason, patient, resource, time.
func (r *Request) check(booking bool) error {
	var wrong []error
	say := func(field string, m data.Message) { wrong = append(wrong, invalid("request", field, m)) }
	if !r.Priority.Valid() {
		say(FieldPriority, data.Say("schedule.request.priority", "Choose how soon the patient has to be seen."))
	}
	if r.Minutes < 0 || r.Minutes > MostSlot {
		say(FieldLength, data.Say("schedule.request.length", "An appointment takes at most {{.Most}} minutes.", "Most", MostSlot))
	}
	reason, err := term.Line(FieldReason, r.Reason, maxLine)
	if err != nil {
		wrong = append(wrong, err)
	}
	if booking && r.Patient.IsZero() {
		say(FieldPatient, data.Say("schedule.request.patient", "Choose the patient first."))
	}
	if booking && r.At.IsZero() {
		say(FieldTime, data.Say("schedule.request.time", "Choose a day and a time."))
	}
	r.Reason, r.At, r.Speciality = reason, r.At.UTC(), strings.TrimSpace(r.Speciality)
	r.Days, r.Limit = within(r.Days, Horizon, mostDays), within(r.Limit, usualProposals, mostProposals)
	return errors.Join(wrong...)
}

func within(n, usual, most int) int {
	if n <= 0 {
		n = usual
	}
	return min(n, most)
}

// desk is what use cases know before their transaction: where the hospital is, and who works there.
type desk struct {
	s     *access.Session
	zone  *time.Location
	staff []access.Colleague
}

func newDesk(ctx context.Context, s *access.Session) (*desk, error) {
	zone, err := zoneOf(ctx, s)
	if err != nil {
		return nil, err
	}
	staff, err := access.Staff(ctx, s)
	return &desk{s, zone, staff}, err
}

// candidates are the resources that a request may mean, in the order in which they are tried.
func (d *desk) candidates(p *plan, r Request) ([]*Calendar, error) {
	if !r.Resource.IsZero() {
		c, err := p.known(r.Resource)
		return []*Calendar{c}, err
	}
	var all []*Calendar
	for _, doctor := range doctors(d.staff) {
		if doctor.Inactive || r.Speciality != "" && !strings.EqualFold(doctor.Speciality, r.Speciality) {
			continue
		}
		c, err := p.calendar(doctor)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, data.Fail(data.Invalid, "schedule.request", data.Say("schedule.request.nobody",
			"No doctor of this speciality takes appointments. Choose another speciality, or a doctor."), nil).On(FieldResource)
	}
	return all, nil
}
