package order

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
)

// read gives an order for a change.
func read(ctx context.Context, s *access.Session, id ID) (row Row, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActOrderFind}, func(tx data.Tx) error {
		row, err = orders.Get(tx, id)
		return err
	})
	return row, err
}

func (o Order) request(id ID, resource schedule.ResourceID, at time.Time) schedule.Request {
	return schedule.Request{Patient: o.Patient, Resource: resource, At: at, Minutes: o.Minutes, Priority: o.Priority, Reason: o.What.Display, Order: uuid.UUID(id), For: o.By}
}

// Propose gives times on a machine or in a room for all sessions that have none yet, from an instant on (zero: now). Fewer than Open come only with the
// reasons why. Errors as schedule.Proposals.
func Propose(ctx context.Context, s *access.Session, id ID, resource schedule.ResourceID, from time.Time) (schedule.Choice, error) {
	row, err := read(ctx, s, id)
	if err != nil {
		return schedule.Choice{}, err
	}
	r := row.Value.request(id, resource, from)
	r.Days = 2 * schedule.Horizon
	return schedule.ProposeSeries(ctx, s, r, row.Value.Open, row.Value.Every)
}

// Schedule books sessions of an order at these times, all or none, as of the version seen, and tells the doctor who ordered it.
//
// Errors: as schedule.Book, on "time.n" of the n-th; Conflict where there are not so many sessions left, or with a *data.Stale; NotFound; Forbidden, with
// access.ErrConfidential for a confidential patient.
func Schedule(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, resource schedule.ResourceID, times []time.Time) (Row, error) {
	return change(ctx, s, access.ActOrderSchedule, operation, id, seen, "", func(tx data.Tx, k *schedule.Booking, zone *time.Location, o *Order) error {
		if len(times) == 0 || len(times) > o.Open || o.Status != Requested {
			return data.Fail(data.Conflict, "order.schedule", data.Say("order.schedule.count",
				"{{.Open}} sessions of this order have no time yet. Choose a time for each of them, or for some.", "Open", o.Open), nil).On(schedule.FieldTime)
		}
		for i, at := range times {
			r := o.request(id, resource, at)
			if _, err := k.Book(r); err != nil {
				if len(times) == 1 {
					return err
				}
				return onSession(i, err)
			}
		}
		if o.Open -= len(times); o.Open == 0 {
			o.Status = Scheduled
		}
		first := slices.MinFunc(times, time.Time.Compare)
		return notice.Post(tx, notice.Notice{Kind: notice.KindScheduled, To: o.By, Patient: o.Patient.RecordID(), Args: notice.When(first, zone)})
	})
}

// onSession puts a refusal on the field of the session that was refused.
func onSession(i int, err error) error {
	for _, f := range term.Faults(err) {
		if f.Field != "" {
			m := data.Say("order.schedule.nth", "Session {{.Nth}}: {{.Why}} Nothing was booked.", "Nth", i+1, "Why", f.Message)
			return data.Fail(data.KindOf(err), "order.schedule", m, err).On(schedule.Nth(f.Field, i))
		}
	}
	return err
}

// TakeBack takes one session's time back, for a reason: the order is on the work list again. Invalid on "why"; Conflict as schedule.Cancel; NotFound;
// Forbidden.
func TakeBack(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, session schedule.ID, version uint64, why string) (Row, error) {
	why, err := access.CheckReason(why)
	if err != nil {
		return Row{}, err
	}
	return change(ctx, s, access.ActOrderReschedule, operation, id, seen, why, func(_ data.Tx, k *schedule.Booking, _ *time.Location, o *Order) error {
		if err := o.underWay(); err != nil {
			return err
		}
		of, err := k.CancelSession(session, version, why)
		if err == nil && of != uuid.UUID(id) {
			return data.Fail(data.Internal, "order.back", data.Say("order.fault", "This could not be saved. Please report it."), nil)
		}
		o.Open, o.Status = o.Open+1, Requested
		return err
	})
}

// Reschedule takes the times of all sessions back that have not begun, for a reason, to schedule them anew. Errors as TakeBack.
func Reschedule(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, why string) (Row, error) {
	why, err := access.CheckReason(why)
	if err != nil {
		return Row{}, err
	}
	return change(ctx, s, access.ActOrderReschedule, operation, id, seen, why, func(_ data.Tx, k *schedule.Booking, _ *time.Location, o *Order) error {
		if err := o.underWay(); err != nil {
			return err
		}
		n, err := k.CancelAll(uuid.UUID(id), why)
		if o.Open += n; o.Open > 0 {
			o.Status = Requested
		}
		return err
	})
}

// Cancel ends an order, for a reason, and takes the times of its sessions back that have not begun. It stays in the patient's list. For doctors. Errors
// as TakeBack.
func Cancel(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, why string) (Row, error) {
	why, err := access.CheckReason(why)
	if err != nil {
		return Row{}, err
	}
	return change(ctx, s, access.ActOrderCancel, operation, id, seen, why, func(_ data.Tx, k *schedule.Booking, _ *time.Location, o *Order) error {
		if err := o.underWay(); err != nil {
			return err
		}
		o.Status, o.Open, o.Why = Cancelled, 0, why
		_, err := k.CancelAll(uuid.UUID(id), why)
		return err
	})
}

// Finish marks an order as done. Conflict while a session is still to come or has no time; NotFound; Forbidden.
func Finish(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64) (Row, error) {
	return change(ctx, s, access.ActOrderDone, operation, id, seen, "", func(tx data.Tx, _ *schedule.Booking, _ *time.Location, o *Order) error {
		if err := o.underWay(); err != nil {
			return err
		}
		rows, err := schedule.SessionsIn(tx, uuid.UUID(id))
		if err != nil {
			return err
		}
		waits := slices.ContainsFunc(rows, func(r schedule.Row) bool { return r.Value.State.Active() && r.Value.Start.After(tx.Time()) })
		if waits || o.Open > 0 {
			return data.Fail(data.Conflict, "order.done", data.Say("order.done.early",
				"Sessions of this order are still to come. Mark it as done after the last, or ask the doctor to cancel the rest."), nil).On(schedule.FieldState)
		}
		o.Status = Done
		return nil
	})
}

func (o *Order) underWay() error {
	if o.Status == Requested || o.Status == Scheduled {
		return nil
	}
	return data.Fail(data.Conflict, "order.state", data.Say("order.state.over", "This order is '{{.Status}}' and can't be changed any more.", "Status", o.Status.Text()), nil).On(schedule.FieldState)
}

// change runs a use case on one order as of the version seen; fn changes the value, which is then written.
func change(ctx context.Context, s *access.Session, action access.Action, operation uuid.UUID, id ID, seen uint64, why string,
	fn func(data.Tx, *schedule.Booking, *time.Location, *Order) error) (Row, error) {
	b, err := schedule.NewBooker(ctx, s)
	if err != nil {
		return Row{}, err
	}
	row, err := read(ctx, s, id)
	if err != nil {
		return Row{}, err
	}
	return rowIn(s.Update(ctx, access.Deed{Action: action, About: about(row.Value.Patient), Why: why, Operation: operation}, func(tx data.Tx) error {
		row, err := orders.Get(tx, id)
		if err != nil {
			return err
		}
		if row.Version != seen {
			_, err = orders.Update(tx, id, seen, row.Value)
			return err
		}
		k, err := b.Begin(tx)
		if err != nil {
			return err
		}
		o := row.Value
		if err := fn(tx, k, b.Zone(), &o); err != nil {
			return err
		}
		_, err = orders.Update(tx, id, seen, o)
		return err
	}))
}
