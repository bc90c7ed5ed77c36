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

// WaitID names a place on the waiting list.
type WaitID = data.Ref[Wait]

// WaitState is how far a place on the waiting list has come. It is stored: never change one.
type WaitState uint8

// The states of a place on the waiting list.
const (
	Waits     WaitState = 1
	Offered   WaitState = 2 // a time is held until the patient has answered
	WaitOver  WaitState = 3 // booked
	Withdrawn WaitState = 4
)

// Wait is a patient who waits for a time: at a doctor, at any doctor of a speciality, or at any.
type Wait struct {
	Patient    patient.ID `cbor:"1,keyasint"`
	Resource   ResourceID `cbor:"2,keyasint"` // zero: any doctor of the speciality
	Speciality string     `cbor:"3,keyasint,omitempty"`
	Priority   Priority   `cbor:"4,keyasint"`
	Minutes    int        `cbor:"5,keyasint,omitempty"`
	Reason     string     `cbor:"6,keyasint,omitempty"`
	// From and Until are the days between which the patient can come; zero: any.
	From  term.Date `cbor:"7,keyasint"`
	Until term.Date `cbor:"8,keyasint"`
	Since time.Time `cbor:"9,keyasint"`
	State WaitState `cbor:"10,keyasint"`
	// Appointment is what it led to.
	Appointment ID `cbor:"11,keyasint"`
}

// WaitRow is a place on the waiting list with the version to change it by.
type WaitRow = data.Row[WaitID, Wait]

type waitBrief struct {
	W       Wait   `cbor:"1,keyasint"`
	Version uint64 `cbor:"2,keyasint"`
}

var waiting = data.NewTable[WaitID, Wait](data.TableSpec[Wait]{Number: 37, Name: string(access.TableWaiting)})

// line is the waiting list in its order: by priority, then by who has waited longest. Who has an offer stands in a line apart until it is answered.
var line = data.NewIndex(waiting, data.IndexSpec[WaitID, Wait, waitBrief]{Number: 1, Name: "line", Version: 1,
	Cover: func(r WaitRow) waitBrief { return waitBrief{r.Value, r.Version} },
	Keys: func(r WaitRow) []data.Key {
		w := r.Value
		if w.State != Waits && w.State != Offered {
			return nil
		}
		return []data.Key{data.Encode(w.State == Offered, w.Priority, w.Since)}
	}})

// suits tells whether a time of a resource on a day is what the patient waits for.
func (w Wait) suits(r Resource, day term.Date) bool {
	switch {
	case !w.Resource.IsZero() && w.Resource != r.ID,
		w.Resource.IsZero() && r.ID.Kind() != ADoctor,
		w.Resource.IsZero() && w.Speciality != "" && !strings.EqualFold(w.Speciality, r.Speciality),
		day.Before(w.From), !w.Until.IsZero() && day.After(w.Until):
		return false
	}
	return true
}

// AddWait puts a patient on the waiting list. Invalid, joined, each on its field: patient, priority, length, reason, last; NotFound; Forbidden, with
// access.ErrConfidential for a confidential patient.
func AddWait(ctx context.Context, s *access.Session, operation uuid.UUID, w Wait) (WaitRow, error) {
	r := Request{Patient: w.Patient, Resource: w.Resource, Speciality: w.Speciality, Priority: w.Priority, Minutes: w.Minutes, Reason: w.Reason, At: noTime.AddDate(1, 0, 0)}
	err := r.check(true)
	if !w.Until.IsZero() && w.Until.Before(w.From) {
		err = errors.Join(err, invalid("waiting", FieldLast, data.Say("schedule.waiting.last", "The last day is before the first. Check both.")))
	}
	if err != nil {
		return WaitRow{}, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return WaitRow{}, err
	}
	deed := access.Deed{Action: access.ActWaitingAdd, About: about(w.Patient), Operation: operation}
	entry, err := s.Update(ctx, deed, func(tx data.Tx) error {
		if _, err := patient.In(tx, w.Patient); err != nil {
			return err
		}
		if !w.Resource.IsZero() {
			if _, err := resourceIn(tx, w.Resource); err != nil {
				return err
			}
		}
		fresh, w := WaitID(fresh), w
		w.Reason, w.Speciality, w.Since, w.State, w.Appointment = r.Reason, r.Speciality, tx.Time(), Waits, ID{}
		_, err := waiting.Insert(tx, fresh, w)
		return err
	})
	return rowIn(waiting, entry, err)
}

// Withdraw takes a patient off the waiting list, for a reason; a time that is held for the patient passes to the next. Invalid on "why"; Conflict with a
// *data.Stale; NotFound; Forbidden.
func Withdraw(ctx context.Context, s *access.Session, operation uuid.UUID, id WaitID, seen uint64, why string) error {
	why, err := access.CheckReason(why)
	if err != nil {
		return err
	}
	d, err := newDesk(ctx, s)
	if err != nil {
		return err
	}
	_, err = d.update(ctx, access.ActWaitingWithdraw, operation, why, waitPatient(id), func(p *plan) error {
		row, err := waiting.Get(p.tx, id)
		if err != nil {
			return err
		}
		w := row.Value
		if w.State != Waits && w.State != Offered {
			return notWaiting()
		}
		w.State = Withdrawn
		if _, err := waiting.Update(p.tx, id, seen, w); err != nil || row.Value.State == Waits {
			return err
		}
		open, err := openOffers(p.tx)
		if err != nil {
			return err
		}
		for _, o := range open {
			if o.offer.Wait == id {
				return d.close(p, o.ID, OfferWithdrawn)
			}
		}
		return nil
	})
	return err
}

func notWaiting() error {
	return data.Fail(data.Conflict, "schedule.waiting", data.Say("schedule.waiting.over", "The patient is not on the waiting list any more. Look again in the list."), nil)
}

// waited ends the place on the waiting list that a booking is for.
func (d *desk) waited(p *plan, r Request, made ID) error {
	if r.Wait.IsZero() {
		return nil
	}
	row, err := waiting.Get(p.tx, r.Wait)
	if err != nil {
		return err
	}
	w := row.Value
	if w.State != Waits || w.Patient != r.Patient {
		return notWaiting()
	}
	w.State, w.Appointment = WaitOver, made
	_, err = waiting.Update(p.tx, row.ID, row.Version, w)
	return err
}

// update runs a use case that changes what is booked; whose reads whom it is about.
func (d *desk) update(ctx context.Context, action access.Action, operation uuid.UUID, why string, whose func(data.Tx) (patient.ID, error), fn func(*plan) error) (data.Entry, error) {
	var who patient.ID
	err := d.s.View(ctx, access.Deed{Action: access.ActAppointmentFind}, func(tx data.Tx) (err error) {
		who, err = whose(tx)
		return err
	})
	if err != nil {
		return data.Entry{}, err
	}
	return d.s.Update(ctx, access.Deed{Action: action, About: about(who), Why: why, Operation: operation}, func(tx data.Tx) error {
		p, err := d.begin(tx)
		if err != nil {
			return err
		}
		return fn(p)
	})
}

func waitPatient(id WaitID) func(data.Tx) (patient.ID, error) {
	return func(tx data.Tx) (patient.ID, error) {
		row, err := waiting.Get(tx, id)
		return row.Value.Patient, err
	}
}
