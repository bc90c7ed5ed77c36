package ward

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Item is something that is open when somebody is to leave.
type Item struct {
	// Kind is where it comes from, for the window to lead there: "reservation", "order".
	Kind string
	Says data.Message
}

// OpenItems tells what is open for a patient, inside the transaction of a discharge: of tables that the action 'stay.discharge' names.
type OpenItems func(tx data.Tx, who patient.ID) ([]Item, error)

// checks are what other packages know to be open, by name.
var checks struct {
	sync.RWMutex
	names []string
	asks  map[string]OpenItems
}

// AskBeforeDischarge has a package asked for what is open before anybody leaves; the hospital calls it when it is put together. The same name
// again takes the place of the one before; nil takes it away.
func AskBeforeDischarge(name string, ask OpenItems) {
	checks.Lock()
	defer checks.Unlock()
	checks.names = slices.DeleteFunc(checks.names, func(n string) bool { return n == name })
	delete(checks.asks, name)
	if ask == nil {
		return
	}
	if checks.asks == nil {
		checks.asks = map[string]OpenItems{}
	}
	checks.asks[name] = ask
	checks.names = append(checks.names, name)
}

// open asks everybody.
func open(tx data.Tx, who patient.ID) ([]Item, error) {
	all, err := ownItems(tx, who)
	if err != nil {
		return nil, err
	}
	checks.RLock()
	defer checks.RUnlock()
	for _, name := range checks.names {
		items, err := checks.asks[name](tx, who)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
	}
	return all, nil
}

// ownItems: a bed that is still kept for somebody who leaves is kept from others.
func ownItems(tx data.Tx, who patient.ID) ([]Item, error) {
	r, err := reservedFor.Get(tx, who)
	if err != nil {
		return nil, notThere(err)
	}
	if !tx.Time().Before(r.Value.Until) {
		return nil, nil
	}
	s, err := spotOf(tx, r.Value.Bed)
	return []Item{{Kind: "reservation", Says: data.Say("ward.open.reservation", "A bed is kept for this patient: {{.Place}}", "Place", s.place().Text())}}, err
}

// Checklist tells what is open for the patient of a stay, before the discharge is asked for.
func Checklist(ctx context.Context, s *access.Session, id StayID) (items []Item, err error) {
	who, err := patientOf(ctx, s, id)
	if err != nil {
		return nil, err
	}
	err = s.View(ctx, access.Deed{Action: access.ActStayDischarge, About: []data.ID{who.RecordID()}}, func(tx data.Tx) error {
		items, err = open(tx, who)
		return err
	})
	return items, err
}

// Leave asks for a discharge.
type Leave struct {
	How  Disposition
	Note string
	At   time.Time // zero: now
	// Despite is the reason for leaving although something is open.
	Despite string
}

// StillOpen is the cause of a Conflict where something is open and no reason was stated.
type StillOpen struct{ Items []Item }

// Error is for the log and names nobody.
func (o *StillOpen) Error() string { return "something is open" }

// Depart discharges a patient, as of the version of the stay that was seen; the bed is to be cleaned. Invalid on "disposition", "note", "at", "why"; Conflict
// with a *StillOpen where something is open and no reason was stated, so that nobody is ever kept without a way out; Conflict with a *data.Stale
// where the stay has moved on; Forbidden with access.ErrConfidential.
func Depart(ctx context.Context, s *access.Session, operation uuid.UUID, id StayID, seen uint64, l Leave) (StayRow, error) {
	return onStay(ctx, s, access.ActStayDischarge, operation, id, "", func(tx data.Tx, row StayRow) error {
		at, err := movedAt(tx, row, seen, l.At)
		if err != nil {
			return err
		}
		d, err := l.clean(s.Who(), at, tx.Time())
		if err != nil {
			return err
		}
		items, err := open(tx, row.Value.Patient)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			d.Despite = "" // there was nothing to override
		} else if d.Despite == "" {
			return conflict(FieldWhy, data.Say("ward.open", "Something is still open for this patient. Settle it, or state the reason for the discharge all the same."), &StillOpen{items})
		}
		for _, i := range items {
			d.Open = append(d.Open, i.Says.String())
		}
		if err := vacate(tx, row.Value.Last().Bed, at); err != nil {
			return err
		}
		stay := row.Value.ended(at)
		stay.Left = &d
		_, err = stays.Update(tx, id, seen, stay)
		return err
	})
}

func (l Leave) clean(who access.UserID, at, now time.Time) (Discharge, error) {
	var errs []error
	if !l.How.known() {
		errs = append(errs, invalid(FieldHow, data.Say("ward.how.none", "Choose where the patient goes from the list.")))
	}
	note, err := term.Line(FieldNote, l.Note, maxReason)
	despite, err2 := reasonFor(l.Despite)
	errs = append(errs, err, err2)
	return Discharge{At: at, How: l.How, Note: note, Despite: despite, By: who, Entered: now}, errors.Join(errs...)
}

// undoWithin is how long a discharge can be undone: later it would turn days outside into days inside.
const undoWithin = 24 * time.Hour

// UndoDischarge takes a mistaken discharge back, for a stated reason: the patient was in all the time. Invalid on "why"; Conflict where the bed has been
// taken, closed or removed, the patient has been admitted again, or it is too late; Conflict with a *data.Stale; Forbidden as Depart.
func UndoDischarge(ctx context.Context, s *access.Session, operation uuid.UUID, id StayID, seen uint64, why string) (StayRow, error) {
	why, err := stated(why)
	if err != nil {
		return StayRow{}, err
	}
	return onStay(ctx, s, access.ActStayUndo, operation, id, why, func(tx data.Tx, row StayRow) error {
		stay := row.Value
		switch {
		case row.Version != seen:
			_, err := stays.Update(tx, id, seen, stay)
			return err
		case stay.Left == nil || stay.Mistaken != "":
			return conflict("", data.Say("ward.undo.not", "This stay has no discharge that could be undone. Look at it again."), nil)
		case tx.Time().Sub(stay.Left.Entered) > undoWithin:
			return conflict("", data.Say("ward.undo.late", "A discharge can be undone for {{.Hours}} hours. Admit the patient again instead.", "Hours", 24), nil)
		}
		if err := notIn(tx, stay.Patient); err != nil {
			return err
		}
		if err := notSince(tx, row); err != nil {
			return err
		}
		return reenter(tx, row)
	})
}

// notSince is Conflict where the patient was in once more after the stay.
func notSince(tx data.Tx, row StayRow) error {
	for later, err := range ofPatient.Rows(tx, data.Within(row.Value.Patient)) {
		if err != nil {
			return err
		}
		if later.ID != row.ID && later.Value.Mistaken == "" && !later.Value.Admitted().Before(row.Value.Left.At) {
			return conflict(FieldPatient, data.Say("ward.undo.since", "This patient has been admitted again since. This discharge can't be undone any more."), nil)
		}
	}
	return nil
}

// reenter puts somebody back into the bed that was left.
func reenter(tx data.Tx, row StayRow) error {
	stay := row.Value
	last := stay.Last()
	s, err := spotOf(tx, last.Bed)
	if err != nil && !data.Is(err, data.NotFound) {
		return err
	}
	state, _ := s.state(tx.Time())
	if err != nil || s.bed.Deleted || state != Free && state != Cleaning {
		return conflict(FieldBed, data.Say("ward.undo.bed", "The bed is not free any more. Admit the patient again, to another bed."), nil)
	}
	if since, err := takenSince(tx, row); err != nil {
		return err
	} else if since {
		return conflict(FieldBed, data.Say("ward.undo.since.bed", "Somebody else has lain in this bed since. Admit the patient again."), nil)
	}
	if err := set(tx, s.bed, s.bed.Value.become(Occupied, last.From)); err != nil {
		return err
	}
	stay = stay.ended(time.Time{})
	stay.Left = nil
	_, err = stays.Update(tx, row.ID, row.Version, stay)
	return err
}

// takenSince tells whether somebody else came into the bed after the stay, be it for a moment.
func takenSince(tx data.Tx, row StayRow) (bool, error) {
	last := row.Value.Last()
	for other, err := range inBed.Rows(tx, data.Within(last.Bed)) {
		if err != nil {
			return false, err
		}
		before := true
		for _, span := range other.Value.Spans {
			if span.Bed != last.Bed || other.ID == row.ID {
				continue
			}
			if !span.From.Before(last.To) {
				return true, nil
			}
			before = before && span.From.Before(last.From)
		}
		if before && other.ID != row.ID {
			return false, nil // they come the last first
		}
	}
	return false, nil
}

// UndoAdmission strikes an admission out that was a mistake (the wrong patient), for a stated reason: it stays in the book as such, and the bed is to be
// cleaned. Invalid on "why"; Conflict where the patient was moved since, has left, or a *data.Stale; Forbidden as Depart.
func UndoAdmission(ctx context.Context, s *access.Session, operation uuid.UUID, id StayID, seen uint64, why string) (StayRow, error) {
	why, err := stated(why)
	if err != nil {
		return StayRow{}, err
	}
	return onStay(ctx, s, access.ActStayUndo, operation, id, why, func(tx data.Tx, row StayRow) error {
		at, err := movedAt(tx, row, seen, time.Time{})
		if err != nil {
			return err
		}
		if len(row.Value.Spans) > 1 {
			return conflict("", data.Say("ward.undo.moved", "This patient was moved since the admission. Discharge the patient instead."), nil)
		}
		if err := vacate(tx, row.Value.Last().Bed, at); err != nil {
			return err
		}
		stay := row.Value.ended(at)
		stay.Mistaken = why
		_, err = stays.Update(tx, id, seen, stay)
		return err
	})
}
