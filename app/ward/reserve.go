package ward

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// ReservationID names a reservation.
type ReservationID = data.Ref[Reservation]

// Reservation keeps a bed for a patient, for a planned admission or a transfer, until an instant. It names the patient, which the
// bed does not.
type Reservation struct {
	Bed     BedID      `cbor:"1,keyasint"`
	Patient patient.ID `cbor:"2,keyasint"`
	Until   time.Time  `cbor:"3,keyasint"`
	Note    string     `cbor:"4,keyasint,omitempty"`
	// Ended says how it ended; "" while it holds, or has lapsed with nobody noticing.
	Ended Ending `cbor:"5,keyasint,omitempty"`
}

// Ending is how a reservation ended. The codes lie in records.
type Ending string

// The endings.
const (
	Used     Ending = "used"
	Released Ending = "released"
	Lapsed   Ending = "lapsed"
)

// ReservationRow is a reservation as stored.
type ReservationRow = data.Row[ReservationID, Reservation]

var reservations = data.NewTable[ReservationID, Reservation](data.TableSpec[Reservation]{Number: 64, Name: string(access.TableReservations)})

// whileHeld makes the key of an index of reservations that have not ended.
func whileHeld(key func(Reservation) data.Key) func(ReservationRow) []data.Key {
	return func(r ReservationRow) []data.Key {
		if r.Value.Ended != "" {
			return nil
		}
		return []data.Key{key(r.Value)}
	}
}

// reservedBed is the bed's own key, reservedFor the patient's: neither has two reservations.
var (
	reservedBed = data.NewUnique(reservations, data.UniqueSpec[ReservationID, Reservation]{Number: 1, Name: "reserved bed", Version: 1, Fields: []string{FieldBed},
		Keys: whileHeld(func(r Reservation) data.Key { return data.Encode(r.Bed) })})
	reservedFor = data.NewUnique(reservations, data.UniqueSpec[ReservationID, Reservation]{Number: 2, Name: "reservation", Version: 1, Fields: []string{FieldPatient},
		Keys: whileHeld(func(r Reservation) data.Key { return data.Encode(r.Patient) })})
)

// kept finds what is reserved, for the board.
var kept = data.NewIndex(reservations, data.IndexSpec[ReservationID, Reservation, Reservation]{Number: 3, Name: "kept", Version: 1,
	Keys:  whileHeld(func(r Reservation) data.Key { return data.Encode(r.Until) }),
	Cover: func(r ReservationRow) Reservation { return r.Value }})

// longest is how far ahead a bed may be kept.
const longest = 14 * 24 * time.Hour

// Reserve keeps a free bed for a patient until an instant. Invalid on "until" or "note"; Conflict on "bed" where it is not free, on "patient" where
// another bed is kept for the patient or the patient lies in this one; Forbidden with access.ErrConfidential.
func Reserve(ctx context.Context, s *access.Session, operation uuid.UUID, bed BedID, who patient.ID, until time.Time, note string) (ReservationRow, error) {
	id, err := fresh[Reservation]()
	if err != nil {
		return ReservationRow{}, err
	}
	if note, err = term.Line(FieldNote, note, maxReason); err != nil {
		return ReservationRow{}, err
	}
	deed := access.Deed{Action: access.ActBedReserve, About: []data.ID{who.RecordID()}, Operation: operation}
	entry, err := s.Update(ctx, deed, func(tx data.Tx) error {
		if err := mayKeep(tx, until); err != nil {
			return err
		}
		if _, err := patient.In(tx, who); err != nil {
			return err
		}
		sp, err := spotOf(tx, bed)
		if err != nil {
			return err
		}
		if err := free(sp, tx.Time()); err != nil {
			return err
		}
		if err := noneYet(tx, bed, who); err != nil {
			return err
		}
		b := sp.bed.Value.become(Reserved, tx.Time())
		b.Until = until.UTC()
		if err := set(tx, sp.bed, b); err != nil {
			return err
		}
		_, err = reservations.Insert(tx, id, Reservation{Bed: bed, Patient: who, Until: until.UTC(), Note: note})
		return err
	})
	for event, err := range reservations.Events(entry) {
		if err != nil || event.Row.Value.Ended == "" { // the entry may have ended lapsed ones before
			return event.Row, err
		}
	}
	return ReservationRow{}, err
}

func mayKeep(tx data.Tx, until time.Time) error {
	switch now := tx.Time(); {
	case !until.After(now):
		return invalid(FieldUntil, data.Say("ward.until.past", "Give a time in the future until which the bed is kept."))
	case until.Sub(now) > longest:
		return invalid(FieldUntil, data.Say("ward.until.far", "A bed can be kept for at most {{.Days}} days. Choose an earlier time.", "Days", 14))
	}
	return nil
}

// free is Conflict where a bed is not.
func free(s spot, now time.Time) error {
	state, why := s.state(now)
	if state == Free {
		return nil
	}
	if state == Closed {
		return conflict(FieldBed, data.Say("ward.bed.isclosed", "This bed is closed: {{.Why}}. Choose another one.", "Why", why), nil)
	}
	return conflict(FieldBed, data.Say("ward.bed.notfree", "This bed is not free any more. Its state is now: {{.State}}. Choose another one.", "State", state.Text()), nil)
}

// noneYet ends lapsed reservations of bed and patient, and is Conflict where the patient's still holds.
func noneYet(tx data.Tx, bed BedID, who patient.ID) error {
	r, err := reservedFor.Get(tx, who)
	switch {
	case err == nil && tx.Time().Before(r.Value.Until):
		return conflict(FieldPatient, data.Say("ward.reserved.already", "Another bed is kept for this patient already. Take that reservation away first."), nil)
	case err == nil:
		if err := end(tx, r, Lapsed); err != nil {
			return err
		}
	case !data.Is(err, data.NotFound):
		return err
	}
	return endReservation(tx, bed, Lapsed)
}

// endReservation ends the reservation of a bed, if it has one.
func endReservation(tx data.Tx, bed BedID, how Ending) error {
	r, err := reservedBed.Get(tx, bed)
	if err != nil {
		return notThere(err)
	}
	return end(tx, r, how)
}

func end(tx data.Tx, r ReservationRow, how Ending) error {
	v := r.Value
	v.Ended = how
	_, err := reservations.Update(tx, r.ID, r.Version, v)
	return err
}

// Release takes a reservation away. Conflict where the bed is not reserved any more.
func Release(ctx context.Context, s *access.Session, operation uuid.UUID, bed BedID) error {
	_, err := s.Update(ctx, access.Deed{Action: access.ActBedRelease, Operation: operation}, func(tx data.Tx) error {
		row, err := beds.Get(tx, bed)
		if err != nil {
			return err
		}
		if row.Value.StateAt(tx.Time()) != Reserved {
			return conflict(FieldBed, data.Say("ward.reserved.not", "This bed is not reserved any more. Look at it again."), nil)
		}
		if err := endReservation(tx, bed, Released); err != nil {
			return err
		}
		return set(tx, row, row.Value.become(Free, tx.Time()))
	})
	return err
}
