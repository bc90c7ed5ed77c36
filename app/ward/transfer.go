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

// Move asks for a transfer to another bed.
type Move struct {
	// Bed is the one asked for; zero: the best that fits, of the Ward or of all.
	Bed  BedID
	Ward WardID
	// At is when the patient was moved; zero: now.
	At  time.Time
	Why string // "" where nobody asked
	// Despite is the reason for a bed that does not suit.
	Despite string
}

// Transfer moves a patient to another bed, as of the version of the stay that was seen: the old bed is to be cleaned, the new one is taken, in one
// entry. Errors as for Admit; Conflict with a *data.Stale where the stay has moved on, or the patient has left.
func Transfer(ctx context.Context, s *access.Session, operation uuid.UUID, id StayID, seen uint64, m Move) (StayRow, error) {
	return onStay(ctx, s, access.ActStayTransfer, operation, id, "", func(tx data.Tx, row StayRow) error {
		at, err := movedAt(tx, row, seen, m.At)
		if err != nil {
			return err
		}
		stay := row.Value
		if m.Bed == stay.Last().Bed {
			return invalid(FieldBed, data.Say("ward.move.same", "The patient lies in this bed already. Choose another one."))
		}
		why, err := term.Line(FieldReason, m.Why, maxReason)
		if err != nil {
			return err
		}
		despite, err := reasonFor(m.Despite)
		if err != nil {
			return err
		}
		needs := stay.Needs
		needs.Ward = m.Ward
		w, err := newWish(tx, stay.Patient, needs, m.Bed, despite, id)
		if err != nil {
			return err
		}
		w.at = at
		to, err := w.choose(tx)
		if err != nil {
			return err
		}
		if err := occupy(tx, to, at); err != nil {
			return err
		}
		if to.bed.ID == w.mine {
			if err := endReservation(tx, w.mine, Used); err != nil {
				return err
			}
		}
		if err := vacate(tx, stay.Last().Bed, at); err != nil {
			return err
		}
		_, err = stays.Update(tx, id, seen, stay.moved(spanAt(to, at, why, despite)))
		return err
	})
}

// moved ends the last span where the next begins.
func (s Stay) moved(next Span) Stay {
	s = s.ended(next.From)
	s.Spans = append(s.Spans, next)
	return s
}

// ended ends the last span; the spans are copied, because a row that was read may be somebody else's too.
func (s Stay) ended(at time.Time) Stay {
	s.Spans = append([]Span(nil), s.Spans...)
	s.Spans[len(s.Spans)-1].To = at
	return s
}

// movedAt gives the instant at which something happened to somebody who is in. Conflict where the stay has moved on or ended.
func movedAt(tx data.Tx, row StayRow, seen uint64, at time.Time) (time.Time, error) {
	if row.Version != seen {
		_, err := stays.Update(tx, row.ID, seen, row.Value) // as the table says it
		return at, err
	}
	if !row.Value.Present() {
		return at, conflict("", data.Say("ward.left", "This patient is not in any more. Look at the stay again."), nil)
	}
	at, err := happened(tx, at)
	if err == nil && at.Before(row.Value.Last().From) {
		err = invalid(FieldAt, data.Say("ward.at.before", "At this time the patient did not lie in this bed yet. Check date and time."))
	}
	return at, err
}

// Swap exchanges the beds of two patients, as of the versions of their stays that were seen. Errors as for Transfer; Invalid on "why" where a bed does
// not suit the one who is to lie in it and no reason was stated.
func Swap(ctx context.Context, s *access.Session, operation uuid.UUID, a StayID, seenA uint64, b StayID, seenB uint64, at time.Time, despite string) error {
	if a == b {
		return invalid(FieldBed, data.Say("ward.swap.same", "Choose two different patients to swap their beds."))
	}
	first, err := patientOf(ctx, s, a)
	if err != nil {
		return err
	}
	second, err := patientOf(ctx, s, b)
	if err != nil {
		return err
	}
	deed := access.Deed{Action: access.ActStayTransfer, About: []data.ID{first.RecordID(), second.RecordID()}, Operation: operation}
	_, err = s.Update(ctx, deed, func(tx data.Tx) error {
		return swap(tx, a, seenA, b, seenB, at, despite)
	})
	return err
}

func swap(tx data.Tx, a StayID, seenA uint64, b StayID, seenB uint64, at time.Time, despite string) error {
	despite, err := reasonFor(despite)
	if err != nil {
		return err
	}
	rowA, err := stays.Get(tx, a)
	if err != nil {
		return err
	}
	rowB, err := stays.Get(tx, b)
	if err != nil {
		return err
	}
	then, err := movedAt(tx, rowA, seenA, at)
	if err != nil {
		return err
	}
	if _, err = movedAt(tx, rowB, seenB, at); err != nil {
		return err
	}
	if err := exchange(tx, rowA, rowB, then, despite); err != nil {
		return err
	}
	return exchange(tx, rowB, rowA, then, despite)
}

// exchange moves one patient into the other's bed, which stays occupied.
func exchange(tx data.Tx, who, other StayRow, at time.Time, despite string) error {
	to, err := spotOf(tx, other.Value.Last().Bed)
	if err != nil {
		return err
	}
	w, err := newWish(tx, who.Value.Patient, who.Value.Needs, to.bed.ID, despite, who.ID, other.ID)
	if err != nil {
		return err
	}
	empty := Free
	judged, err := w.judgedAs(tx, to, &empty)
	if err != nil {
		return err
	}
	if !judged.Fits && despite == "" {
		return data.Fail(data.Invalid, "ward.swap", data.Say("ward.swap.unsuited",
			"{{.Place}} does not suit: {{.Why}}. State the reason for swapping all the same.", "Place", to.place().Text(), "Why", judged.Against[0]), nil).On(FieldWhy)
	}
	if judged.Fits {
		despite = ""
	}
	if err := set(tx, to.bed, to.bed.Value.become(Occupied, at)); err != nil {
		return err
	}
	_, err = stays.Update(tx, who.ID, who.Version, who.Value.moved(spanAt(to, at, "", despite)))
	return err
}

// patientOf tells whose stay it is, so that the door can ask about the patient before anything is written.
func patientOf(ctx context.Context, s *access.Session, id StayID) (who patient.ID, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActStayList}, func(tx data.Tx) error {
		row, err := stays.Get(tx, id)
		who = row.Value.Patient
		return err
	})
	return who, err
}

// onStay does something to one stay and gives its row.
func onStay(ctx context.Context, s *access.Session, action access.Action, operation uuid.UUID, id StayID, why string, do func(data.Tx, StayRow) error) (StayRow, error) {
	who, err := patientOf(ctx, s, id)
	if err != nil {
		return StayRow{}, err
	}
	deed := access.Deed{Action: action, About: []data.ID{who.RecordID()}, Why: why, Operation: operation}
	entry, err := s.Update(ctx, deed, func(tx data.Tx) error {
		row, err := stays.Get(tx, id)
		if err != nil {
			return err
		}
		return do(tx, row)
	})
	return written(stays, entry, err)
}
