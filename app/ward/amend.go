package ward

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/term"
	"wardbook/data"
)

// Facts are what may change about a stay while the patient is in.
type Facts struct {
	Reason   string
	Doctor   access.UserID
	Needs    Needs
	Expected term.Date
}

// FactsOf gives those of a stay, to change them.
func FactsOf(s Stay) Facts { return Facts{s.Reason, s.Doctor, s.Needs, s.Expected} }

// Amend changes a stay's facts, as of the version that was seen; another treating doctor is told. Invalid on "reason", "doctor", "expected"; Conflict with a
// *data.Stale where the stay has moved on, or the patient has left; Forbidden with access.ErrConfidential.
func Amend(ctx context.Context, s *access.Session, operation uuid.UUID, id StayID, seen uint64, f Facts) (StayRow, error) {
	zone, err := where(ctx, s)
	if err != nil {
		return StayRow{}, err
	}
	return onStay(ctx, s, access.ActStayChange, operation, id, "", func(tx data.Tx, row StayRow) error {
		if _, err := movedAt(tx, row, seen, tx.Time()); err != nil {
			return err
		}
		stay, before := row.Value, row.Value
		reason, err := term.Line(FieldReason, f.Reason, maxReason)
		errs := []error{err}
		if f.Doctor != before.Doctor { // whoever has left since stays, with the name, until somebody else takes over
			errs = append(errs, mayTreat(tx, f.Doctor))
		}
		if f.Expected != before.Expected {
			errs = append(errs, mayExpect(f.Expected, term.DateOf(stay.Admitted(), zone)))
		}
		if !f.Needs.Kind.known() {
			errs = append(errs, invalid(FieldKind, data.Say("ward.room.none", "Choose the kind of room from the list.")))
		}
		if err := errors.Join(errs...); err != nil {
			return err
		}
		stay.Reason, stay.Doctor, stay.Needs, stay.Expected = reason, f.Doctor, f.Needs, f.Expected
		if _, err := stays.Update(tx, id, seen, stay); err != nil || f.Doctor == before.Doctor {
			return err
		}
		return tell(tx, notice.KindHandover, stay)
	})
}
