package patient

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/data"
)

// Holder is the cause of a Conflict where another patient has the number of the paper already: the window can name and open that one.
type Holder struct {
	Field string // the field of the paper
	Hit   Hit
}

// Error is for the log and names nobody.
func (h *Holder) Error() string { return "another patient has the number of the paper on " + h.Field }

// Register writes a new patient with the next medical record number, and gives the row.
//
// Errors: Invalid, joined, each on its field (term.Faults takes them apart); Conflict on "id.number" with a *Holder where another
// patient has one of the papers; Forbidden. A second call with the same operation answers what the first one made.
func Register(ctx context.Context, s *access.Session, operation uuid.UUID, d Draft) (Row, error) {
	d.Unknown = false
	return enter(ctx, s, operation, func(tx data.Tx, at place) (Draft, error) {
		c, err := d.clean(at.home, at.today(tx))
		if err != nil {
			return c, err
		}
		return c, freePapers(tx, s, ID{}, c)
	})
}

// enter writes the patient whom make gives, inside the transaction.
func enter(ctx context.Context, s *access.Session, operation uuid.UUID, make func(data.Tx, place) (Draft, error)) (Row, error) {
	at, err := where(ctx, s)
	if err != nil {
		return Row{}, err
	}
	id, err := newID()
	if err != nil {
		return Row{}, err
	}
	deed := access.Deed{Action: access.ActPatientRegister, About: []data.ID{id.RecordID()}, Operation: operation}
	return written(s.Update(ctx, deed, func(tx data.Tx) error {
		d, err := make(tx, at)
		if err != nil {
			return err
		}
		d.stamp(Consent{}, tx, s.Who())
		_, err = insert(tx, id, d)
		return err
	}))
}

// insert writes a clean draft under the next number.
func insert(tx data.Tx, id ID, d Draft) (Row, error) {
	n, err := mrns.Next(tx)
	if err != nil {
		return Row{}, err
	}
	return patients.Insert(tx, id, Patient{MRN: term.MRN(n), Draft: d})
}

// freePapers looks whether another patient than this one has one of the papers.
func freePapers(tx data.Tx, s *access.Session, id ID, d Draft) error {
	for i, p := range d.NationalIDs {
		holder, err := byPaper.Get(tx, paperKey(p)...)
		if data.Is(err, data.NotFound) || err == nil && holder.ID == id {
			continue
		}
		if err != nil {
			return err
		}
		field := Nth(term.FieldIDNumber, i)
		return data.Fail(data.Conflict, "patient.paper", data.Say("patient.id.taken",
			"Another patient already has this number. Open that patient, or compare the number with the paper."),
			&Holder{Field: field, Hit: hitOf(s, holder.ID, briefOf(holder))}).On(field)
	}
	return nil
}

// place is where the hospital stands.
type place struct {
	home term.Country
	zone *time.Location
}

func (p place) today(tx data.Tx) term.Date { return term.DateOf(tx.Time(), p.zone) }

// where reads it. A hospital that has not said where it is counts days in UTC.
func where(ctx context.Context, s *access.Session) (place, error) {
	row, err := house.Read(ctx, s)
	if data.Is(err, data.NotFound) {
		return place{zone: time.UTC}, nil
	}
	return place{home: term.Country(row.Value.Region), zone: row.Value.Location()}, err
}
