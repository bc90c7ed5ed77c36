package schedule

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Refused is the cause of a Conflict where a time can't be had: why, and what can be had instead.
type Refused struct {
	Why          term.Text
	Alternatives []Proposal
	// Passed says why nothing is sooner.
	Passed []Passed
}

// Error is for the log.
func (r *Refused) Error() string {
	return fmt.Sprintf("%s; %d alternatives", r.Why.Key, len(r.Alternatives))
}

// Book makes an appointment and tells the doctor. Where no doctor is named, the first of the speciality who is free at that time has it.
//
// An emergency may take what is kept for urgent patients, and no more: a full session stays full, and the alternatives say what is next. Nobody
// is displaced: whom to move is for a person to decide (Move).
//
// Errors: Invalid, joined, each on its field (a time in the past on "time"); Conflict with a *Refused; NotFound; Forbidden, with
// access.ErrConfidential for a confidential patient. A second call with the same operation answers what the first one made.
func Book(ctx context.Context, s *access.Session, operation uuid.UUID, r Request) (Row, error) {
	if err := r.check(true); err != nil {
		return Row{}, err
	}
	d, err := newDesk(ctx, s)
	if err != nil {
		return Row{}, err
	}
	entry, err := s.Update(ctx, access.Deed{Action: access.ActAppointmentBook, About: about(r.Patient), Operation: operation}, func(tx data.Tx) error {
		p, err := d.begin(tx)
		if err != nil {
			return err
		}
		_, err = d.book(p, r)
		return err
	})
	return newRow(entry, err)
}

// newRow gives the appointment that an entry made: where offers moved on in the same entry it is still the only appointment.
func newRow(entry data.Entry, err error) (Row, error) { return rowIn(appointments, entry, err) }

// begin opens the plan of a transaction that books: what was offered and not answered in time is given back first.
func (d *desk) begin(tx data.Tx) (*plan, error) {
	p, err := newPlan(tx, d.zone)
	if err != nil {
		return nil, err
	}
	return p, d.expire(p)
}

// book writes one appointment.
func (d *desk) book(p *plan, r Request) (Row, error) {
	who, err := patient.In(p.tx, r.Patient)
	if err != nil {
		return Row{}, err
	}
	at, err := d.seat(p, r, ID{})
	if err != nil {
		return Row{}, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return Row{}, err
	}
	if err := d.waited(p, r, ID(fresh)); err != nil {
		return Row{}, err
	}
	a := Appointment{Patient: who.ID, Resource: at.Resource, Start: at.Start, Minutes: at.Minutes, Reason: r.Reason, Priority: r.Priority, State: Booked,
		Order: r.Order, For: r.For}
	if err := take(p.tx, a.place()); err != nil {
		return Row{}, err
	}
	told := a
	if r.quiet {
		told.For = access.UserID{}
	}
	if err := d.tell(p, notice.KindBooked, told); err != nil {
		return Row{}, err
	}
	return appointments.Insert(p.tx, ID(fresh), a)
}

// seat finds the place that a request asks for, or says why it can't be had. self is an appointment that is to be moved.
func (d *desk) seat(p *plan, r Request, self ID) (place, error) {
	now := p.tx.Time()
	if r.At.Before(now) {
		return place{}, invalid("book", FieldTime, data.Say("schedule.book.past", "{{.When}} has passed. Choose a later time.", "When", WhenText(r.At, p.zone)))
	}
	if r.At.After(now.AddDate(0, 0, mostDays)) {
		return place{}, invalid("book", FieldTime, data.Say("schedule.book.far", "Appointments are booked at most {{.Most}} days ahead. Choose an earlier day.", "Most", mostDays))
	}
	cals, err := d.candidates(p, r)
	if err != nil {
		return place{}, err
	}
	var why data.Message
	best := roomPast + 1
	for _, c := range cals {
		at, is, said, err := c.seat(p.tx, r)
		if err != nil {
			return place{}, err
		}
		if is <= roomReserve {
			return d.alone(p, r, at, self)
		}
		if is < best { // 'kept' says more than 'full', and 'full' more than 'does not work'
			best, why = is, said
		}
	}
	return place{}, d.refused(p, r, self, why)
}

// seat looks for the request's place in one calendar: room, or why not.
func (c *Calendar) seat(tx data.Tx, r Request) (at place, is room, why data.Message, err error) {
	day := term.DateOf(r.At, c.Zone)
	slots := c.around(r.At)
	i := slotAt(slots, r.At)
	if i < 0 || c.Resource.Inactive {
		why, off := c.Off(day)
		if !off {
			why = data.Say("schedule.book.slot", "{{.Name}} has no appointments at {{.Time}} on {{.Day}}", "Name", c.Resource.Name,
				"Time", r.At.In(c.Zone).Format("15:04"), "Day", DayText(day))
		}
		return place{}, roomPast, why, nil
	}
	b, err := busyIn(tx, c.Resource.ID, weekOf(r.At.Add(-mostLength*time.Minute)), weekOf(r.At.Add(mostLength*time.Minute)), nil)
	if err != nil {
		return place{}, is, why, err
	}
	is, length := fit(slots, i, r.Minutes, b, r.Priority, momentOf(tx.Time()))
	return place{c.Resource.ID, r.At, length, spanOf(r.Priority, false)}, is, is.timeText(c.Resource.Name, r.At, c.Zone), nil
}

// timeText says why a time can't be had.
func (r room) timeText(name string, at time.Time, zone *time.Location) data.Message {
	if r == roomKept {
		return data.Say("schedule.book.kept", "{{.When}} with {{.Name}} is kept for urgent patients until two hours before", "Name", name, "When", WhenText(at, zone))
	}
	return data.Say("schedule.book.full", "{{.When}} with {{.Name}} is fully booked", "Name", name, "When", WhenText(at, zone))
}

// alone refuses a place where the patient is somewhere else at that time.
func (d *desk) alone(p *plan, r Request, at place, self ID) (place, error) {
	theirs, err := theirTimes(p.tx, r.Patient, at.Start, at.end(), self)
	if err != nil {
		return place{}, err
	}
	if theirs.meets(unixMinute(at.Start), unixMinute(at.end())) {
		return place{}, d.refused(p, r, self, data.Say("schedule.book.double", "The patient has another appointment at that time, on {{.When}}",
			"When", WhenText(at.Start, p.zone)))
	}
	return at, nil
}

// refused is the Conflict with what can be had instead, after the time that was asked for.
func (d *desk) refused(p *plan, r Request, self ID, why data.Message) error {
	c, err := d.propose(p, r, self)
	if err != nil {
		return err
	}
	m := data.Say("schedule.refused", "{{.Why}}. Choose one of the other times.", "Why", why)
	if len(c.Proposals) == 0 {
		m = data.Say("schedule.refused.none", "{{.Why}}, and nothing else is free in the next {{.Days}} days. Choose another doctor, or the waiting list.", "Why", why, "Days", r.Days)
	}
	return data.Fail(data.Conflict, "schedule.book", m, &Refused{Why: why, Alternatives: c.Proposals, Passed: c.Passed}).On(FieldTime)
}

// tell writes the notices of those who are to hear of an appointment: the doctor who is visited, the doctor who ordered it.
func (d *desk) tell(p *plan, kind notice.Kind, a Appointment) error {
	told := map[access.UserID]bool{}
	if doctor, ok := a.Resource.Doctor(); ok {
		told[doctor] = true
	}
	if !a.For.IsZero() {
		told[a.For] = true
	}
	for who := range told {
		n := notice.Notice{Kind: kind, To: who, Patient: a.Patient.RecordID(), Args: notice.When(a.Start, p.zone)}
		if a.Priority.Pressing() {
			n.Weight = notice.Important
		}
		if err := notice.Post(p.tx, n); err != nil {
			return err
		}
	}
	return nil
}
