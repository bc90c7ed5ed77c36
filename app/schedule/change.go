package schedule

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/data"
)

// change runs a use case on one appointment as of the version seen. The patient whom it is about is read first: an appointment never changes
// its patient.
func change(ctx context.Context, s *access.Session, action access.Action, operation uuid.UUID, id ID, seen uint64, why string,
	fn func(*desk, *plan, Row) error) (Row, error) {
	d, err := newDesk(ctx, s)
	if err != nil {
		return Row{}, err
	}
	var who patient.ID
	err = s.View(ctx, access.Deed{Action: access.ActAppointmentFind}, func(tx data.Tx) error {
		row, err := appointments.Get(tx, id)
		who = row.Value.Patient
		return err
	})
	if err != nil {
		return Row{}, err
	}
	entry, err := s.Update(ctx, access.Deed{Action: action, About: about(who), Why: why, Operation: operation}, func(tx data.Tx) error {
		p, err := d.begin(tx)
		if err != nil {
			return err
		}
		row, err := appointments.Get(tx, id)
		if err != nil {
			return err
		}
		if row.Version != seen { // Update finds it too, but only after what would be refused for another reason
			_, err = appointments.Update(tx, id, seen, row.Value)
			return err
		}
		return fn(d, p, row)
	})
	return newRow(entry, err)
}

// Move gives an appointment another time, resource or length, tells the doctor (of two, both), and offers what was freed to who waits. It stays the
// same appointment; History tells from when to when it was moved. Of r, Patient, Reason, Order and For don't matter; Priority 0 keeps it.
//
// Errors: as Book; Conflict on "state" where it is no longer just booked, with a *data.Stale where somebody else changed it since it was read.
func Move(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, r Request) (Row, error) {
	return change(ctx, s, access.ActAppointmentMove, operation, id, seen, "", func(d *desk, p *plan, row Row) error {
		a := row.Value
		r := r // fn may run more than once
		r.Patient, r.Order, r.For, r.Reason = a.Patient, a.Order, a.For, a.Reason
		if r.Priority == 0 {
			r.Priority = a.Priority
		}
		if r.Resource.IsZero() && r.Speciality == "" {
			r.Resource = a.Resource
		}
		if r.Minutes == 0 && r.Resource == a.Resource {
			r.Minutes = a.Minutes
		}
		if err := r.check(true); err != nil {
			return err
		}
		if a.State != Booked {
			return data.Fail(data.Conflict, "schedule.move", data.Say("schedule.move.state",
				"Only an appointment that is booked can be moved; this one is '{{.State}}'. Book a new one.", "State", a.State.Text()), nil).On(FieldState)
		}
		if err := free(p.tx, a.place()); err != nil {
			return err
		}
		at, err := d.seat(p, r, id)
		if err != nil {
			return err
		}
		moved := a
		moved.Resource, moved.Start, moved.Minutes, moved.Priority, moved.Moves = at.Resource, at.Start, at.Minutes, r.Priority, a.Moves+1
		if err := take(p.tx, moved.place()); err != nil {
			return err
		}
		if _, err := appointments.Update(p.tx, id, row.Version, moved); err != nil {
			return err
		}
		if err := d.tellMoved(p, a, moved); err != nil {
			return err
		}
		return d.offer(p, a.place())
	})
}

func (d *desk) tellMoved(p *plan, from, to Appointment) error {
	if from.Resource == to.Resource {
		return d.tell(p, notice.KindMoved, to)
	}
	gone := from
	gone.For = access.UserID{} // who ordered it hears once
	if err := d.tell(p, notice.KindCancelled, gone); err != nil {
		return err
	}
	return d.tell(p, notice.KindMoved, to)
}

// Cancel gives an appointment's time back, for a reason, tells the doctor, and offers the time to the first on the waiting list. The appointment
// stays in the patient's list. Invalid on "why"; Conflict as Move; NotFound; Forbidden.
func Cancel(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, why string) (Row, error) {
	why, err := access.CheckReason(why)
	if err != nil {
		return Row{}, err
	}
	return change(ctx, s, access.ActAppointmentCancel, operation, id, seen, why, func(d *desk, p *plan, row Row) error {
		if row.Value.Order != uuid.Nil { // or the order would count a session that there is not
			return data.Fail(data.Conflict, "schedule.cancel", data.Say("schedule.cancel.order",
				"This is a session of a test or treatment. Move it, or take it back under Tests and treatments."), nil).On(FieldState)
		}
		return d.cancel(p, row, why)
	})
}

func (d *desk) cancel(p *plan, row Row, why string) error {
	a := row.Value
	if a.State != Booked && a.State != Arrived {
		return data.Fail(data.Conflict, "schedule.cancel", data.Say("schedule.cancel.state",
			"An appointment that is '{{.State}}' can't be cancelled.", "State", a.State.Text()), nil).On(FieldState)
	}
	if err := free(p.tx, a.place()); err != nil {
		return err
	}
	a.State, a.Why = Cancelled, why
	if _, err := appointments.Update(p.tx, row.ID, row.Version, a); err != nil {
		return err
	}
	if err := d.tell(p, notice.KindCancelled, a); err != nil {
		return err
	}
	return d.offer(p, a.place())
}

// SetState marks how far an appointment has come: arrived, no-show (the desk); in consultation, done (the desk, and the doctor whose it is). What was
// pressed by mistake goes back the same way, on the same day.
//
// Errors: Conflict on "state" with the sentence why not (an appointment in the future can't be done); with a *data.Stale where somebody else changed it
// since it was read; with a *Refused where who did not come arrives after all and the time has been given to somebody else; Forbidden.
func SetState(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, to State) (Row, error) {
	action := access.ActAppointmentArrive
	if to == InConsultation || to == Done {
		action = access.ActAppointmentConsult
	}
	if s.Roles().Any(access.Doctor) && !s.Roles().Any(access.FrontDesk) {
		action = access.ActAppointmentConsult // a doctor may take 'in consultation' back too
	}
	return change(ctx, s, action, operation, id, seen, "", func(d *desk, p *plan, row Row) error {
		return d.mark(p, row, to)
	})
}

func (d *desk) mark(p *plan, row Row, to State) error {
	a := row.Value
	if err := d.theirOwn(a, to); err != nil {
		return err
	}
	now := p.tx.Time()
	if err := a.mayBecome(to, now, p.zone); err != nil {
		return err
	}
	was := a.State
	switch a.State = to; to {
	case Booked:
		a.ArrivedAt = noTime
	case Arrived:
		if a.CalledAt = noTime; was != InConsultation {
			a.ArrivedAt = now
		}
	case InConsultation:
		if a.DoneAt = noTime; was != Done {
			a.CalledAt = now
		}
	case Done:
		a.DoneAt = now
	}
	if err := d.retake(p, row.Value, a); err != nil {
		return err
	}
	_, err := appointments.Update(p.tx, row.ID, row.Version, a)
	return err
}

// retake gives the time of an appointment back that ended, or takes it again for one that goes on after all.
func (d *desk) retake(p *plan, from, to Appointment) error {
	switch {
	case from.State.Active() == to.State.Active():
		return nil
	case from.State.Active():
		return free(p.tx, from.place())
	}
	c, err := p.known(to.Resource)
	if err != nil {
		return err
	}
	slots := c.around(to.Start)
	b, err := busyIn(p.tx, to.Resource, weekOf(to.Start.Add(-mostLength*minute)), weekOf(to.End()), nil)
	if err != nil {
		return err
	}
	start, end := unixMinute(to.Start), unixMinute(to.End())
	full := !slices.ContainsFunc(slots, func(s Slot) bool { return s.from < end && s.to > start }) && b.meets(start, end)
	for _, s := range slots {
		from, until := max(start, s.from), min(end, s.to)
		if all, _ := b.during(from, until); from < until && all >= s.Capacity {
			full = true
		}
	}
	r := Request{Patient: to.Patient, Resource: to.Resource, At: p.tx.Time(), Priority: to.Priority, Days: Horizon, Limit: usualProposals}
	if full {
		return d.refused(p, r, ID{}, data.Say("schedule.retake", "The time of this appointment has been given to somebody else"))
	}
	if _, err := d.alone(p, r, to.place(), ID{}); err != nil {
		return err
	}
	return take(p.tx, to.place())
}

// theirOwn keeps doctors to their own appointments, and to what doctors mark.
func (d *desk) theirOwn(a Appointment, to State) error {
	if !d.s.Roles().Any(access.Doctor) || d.s.Roles().Any(access.FrontDesk) {
		return nil
	}
	doctor, ok := a.Resource.Doctor()
	if ok && doctor == d.s.Who() && (to == InConsultation || to == Done || to == Arrived && a.State == InConsultation) {
		return nil
	}
	return data.Fail(data.Forbidden, "schedule.state", data.Say("schedule.state.others",
		"Doctors mark their own appointments as in consultation or done; the rest is for the front desk."), nil)
}
