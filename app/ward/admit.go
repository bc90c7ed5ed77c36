package ward

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Request asks for an admission.
type Request struct {
	Patient  patient.ID
	Kind     Kind
	Reason   string
	Doctor   access.UserID
	Needs    Needs
	Expected term.Date
	// Bed is the one asked for; zero: the best that fits, of the ward in Needs or of all.
	Bed BedID
	// At is when the patient came; zero: now.
	At time.Time
	// Despite is the reason for a bed that does not suit.
	Despite string
}

// backDated is how long ago something may have happened that is entered now: what is older is a slip of the keyboard.
const backDated = 31 * 24 * time.Hour

// Already is the cause of a Conflict where the patient is in: where.
type Already struct {
	Stay  StayID
	Place Place
}

// Error is for the log and names nobody.
func (a *Already) Error() string { return "the patient is admitted already" }

// Admit takes a patient in and tells the treating doctor, in one entry.
//
// Errors: Invalid, joined, each on its field; Invalid on "why" with an *Instead where the bed does not suit and no reason was stated; Conflict
// with an *Instead where the bed has been taken, or none fits; Conflict on "patient" with an *Already; Forbidden with
// access.ErrConfidential. A second call with the same operation answers what the first one made.
func Admit(ctx context.Context, s *access.Session, operation uuid.UUID, r Request) (StayRow, error) {
	zone, err := where(ctx, s)
	if err != nil {
		return StayRow{}, err
	}
	id, err := fresh[Stay]()
	if err != nil {
		return StayRow{}, err
	}
	deed := access.Deed{Action: access.ActStayAdmit, About: []data.ID{r.Patient.RecordID()}, Operation: operation}
	entry, err := s.Update(ctx, deed, func(tx data.Tx) error {
		stay, err := r.clean(tx, zone)
		if err != nil {
			return err
		}
		if err := notIn(tx, r.Patient); err != nil {
			return err
		}
		if err := sinceLast(tx, r, stay.Admitted()); err != nil {
			return err
		}
		return admit(tx, id, stay, r)
	})
	return written(stays, entry, err)
}

// admit takes the bed and writes the stay and the notice.
func admit(tx data.Tx, id StayID, stay Stay, r Request) error {
	despite, err := reasonFor(r.Despite)
	if err != nil {
		return err
	}
	w, err := newWish(tx, r.Patient, stay.Needs, r.Bed, despite)
	if err != nil {
		return err
	}
	at := stay.Admitted()
	w.at = at
	chosen, err := w.choose(tx)
	if err != nil {
		return err
	}
	if err := occupy(tx, chosen, at); err != nil {
		return err
	}
	if chosen.bed.ID == w.mine {
		if err := endReservation(tx, w.mine, Used); err != nil {
			return err
		}
	}
	stay.Spans = []Span{spanAt(chosen, at, "", despite)}
	if _, err := stays.Insert(tx, id, stay); err != nil {
		return err
	}
	return tell(tx, notice.KindAdmission, stay)
}

// tell lets the treating doctor know where the patient lies. The sentence names no patient: whoever reads it opens the record.
func tell(tx data.Tx, kind notice.Kind, stay Stay) error {
	n := notice.Notice{Kind: kind, To: stay.Doctor, Patient: stay.Patient.RecordID()}
	if stay.Kind == Emergency {
		n.Weight = notice.Important
	}
	at := stay.Last().Place
	n.Args = map[string]string{"ward": at.Ward, "room": at.Room, "bed": at.Bed}
	return notice.Post(tx, n)
}

// clean says all that is wrong with a request: kind, reason, doctor, expected, at.
func (r Request) clean(tx data.Tx, zone *time.Location) (Stay, error) {
	var errs []error
	if !r.Kind.known() {
		errs = append(errs, invalid(FieldKind, data.Say("ward.kind.none", "Choose how the patient came in from the list.")))
	}
	reason, err := term.Line(FieldReason, r.Reason, maxReason)
	errs = append(errs, err, mayTreat(tx, r.Doctor))
	if !r.Needs.Kind.known() {
		errs = append(errs, invalid(FieldKind, data.Say("ward.room.none", "Choose the kind of room from the list.")))
	}
	at, err := happened(tx, r.At)
	errs = append(errs, err, mayExpect(r.Expected, term.DateOf(at, zone)))
	stay := Stay{Patient: r.Patient, Kind: r.Kind, Reason: reason, Doctor: r.Doctor, Needs: r.Needs, Expected: r.Expected, Spans: []Span{{From: at}}}
	return stay, errors.Join(errs...)
}

// mayTreat is Invalid where somebody is no doctor who works here.
func mayTreat(tx data.Tx, who access.UserID) error {
	c, err := access.ColleagueIn(tx, who)
	if data.Is(err, data.NotFound) || err == nil && (c.Inactive || !c.Roles.Has(access.Doctor)) {
		return invalid(FieldDoctor, data.Say("ward.doctor.none", "Choose the treating doctor from the list of doctors who work here."))
	}
	return err
}

func mayExpect(expected, from term.Date) error {
	switch {
	case expected.IsZero():
		return nil
	case !expected.Valid() || expected.Before(from):
		return invalid(FieldExpected, data.Say("ward.expected.past", "The expected discharge lies before the admission. Check the date."))
	case expected.After(from.AddYears(2)):
		return invalid(FieldExpected, data.Say("ward.expected.far", "The expected discharge lies more than two years ahead. Check the year."))
	}
	return nil
}

// happened gives the instant at which something happened that is entered now: the transaction's, where none was named.
func happened(tx data.Tx, at time.Time) (time.Time, error) {
	now := tx.Time()
	switch {
	case at.IsZero():
		return now, nil
	case at.After(now):
		return now, invalid(FieldAt, data.Say("ward.at.future", "This time lies in the future. Check date and time."))
	case now.Sub(at) > backDated:
		return now, invalid(FieldAt, data.Say("ward.at.old", "This time lies more than {{.Days}} days back. Check date and time.", "Days", 31))
	}
	return at.UTC(), nil
}

// notIn is Conflict where the patient is in already.
func notIn(tx data.Tx, who patient.ID) error {
	row, err := presentOf.Get(tx, who)
	if err != nil {
		return notThere(err)
	}
	place := row.Value.Last().Place
	return conflict(FieldPatient, data.Say("ward.already", "This patient is admitted already: {{.Place}}.", "Place", place.Text()), &Already{row.ID, place})
}

// sinceLast is Invalid where the patient was still in at the instant; and on "why" where the patient died in the last stay and no reason was stated: it
// is the wrong patient then, or the wrong discharge.
func sinceLast(tx data.Tx, r Request, at time.Time) error {
	last := true
	for row, err := range ofPatient.Rows(tx, data.Within(r.Patient)) {
		switch {
		case err != nil:
			return err
		case row.Value.Mistaken != "" || row.Value.Left == nil:
			continue
		case row.Value.Left.At.After(at):
			return invalid(FieldAt, data.Say("ward.at.in", "At this time the patient was still in from an earlier admission. Check date and time."))
		case last && row.Value.Left.How == Died && r.Despite == "":
			return invalid(FieldWhy, data.Say("ward.died",
				"The last stay of this patient ended with death. Make sure that it is the right patient, or state the reason for admitting all the same."))
		}
		last = false
	}
	return nil
}

// occupy takes a bed from an instant on.
func occupy(tx data.Tx, s spot, at time.Time) error {
	if err := emptySince(tx, s.bed.ID, at); err != nil {
		return err
	}
	return set(tx, s.bed, s.bed.Value.become(Occupied, at))
}

// emptySince is Invalid where somebody lay in the bed after the instant.
func emptySince(tx data.Tx, bed BedID, at time.Time) error {
	for row, err := range inBed.Rows(tx, data.Within(bed)) {
		if err != nil {
			return err
		}
		for _, span := range row.Value.Spans {
			if span.Bed == bed && span.To.After(at) {
				return invalid(FieldAt, data.Say("ward.at.occupied", "At this time somebody else lay in this bed. Check date and time, or choose another bed."))
			}
		}
		return nil // the last one before has ended, so have all others
	}
	return nil
}

// vacate leaves a bed to be cleaned.
func vacate(tx data.Tx, bed BedID, at time.Time) error {
	row, err := beds.Get(tx, bed)
	if err != nil {
		return err
	}
	return set(tx, row, row.Value.become(Cleaning, at))
}

func spanAt(s spot, from time.Time, why, despite string) Span {
	return Span{Ward: s.ward.ID, Room: s.room.ID, Bed: s.bed.ID, Place: s.place(), From: from, Why: why, Despite: despite}
}

// reasonFor cleans a reason that may be missing; Invalid on "why".
func reasonFor(why string) (string, error) {
	if why == "" {
		return "", nil
	}
	return stated(why)
}
