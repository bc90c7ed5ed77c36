package patient

import (
	"context"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/term"
	"wardbook/data"
)

func about(id ID) []data.ID { return []data.ID{id.RecordID()} }

// Open gives one patient. That somebody looked is recorded, once for each call: call it when a patient is opened, and keep what is shown
// up to date by Updated. Forbidden with access.ErrConfidential where a reason has to be stated first (BreakGlass); NotFound.
func Open(ctx context.Context, s *access.Session, id ID) (row Row, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActPatientOpen, About: about(id)}, func(tx data.Tx) error {
		row, err = patients.Get(tx, id)
		return err
	})
	return row, err
}

// WithMRN gives what lists show of the patient who has a number: for scanners. NotFound where nobody has it.
func WithMRN(ctx context.Context, s *access.Session, number term.MRN) (hit Hit, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActPatientSearch}, func(tx data.Tx) error {
		row, err := byMRN.Get(tx, uint64(number))
		hit = hitOf(s, row.ID, briefOf(row))
		return err
	})
	return hit, err
}

// Named gives what lists show of one patient, who may be confidential: whom a reason would be stated for. NotFound.
func Named(ctx context.Context, s *access.Session, id ID) (hit Hit, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActPatientSearch}, func(tx data.Tx) error {
		row, err := patients.Get(tx, id)
		hit = hitOf(s, row.ID, briefOf(row))
		return err
	})
	return hit, err
}

// BreakGlass states why this person needs to open a confidential patient, and tells the administrators that a reason was stated, without the
// patient's name. It holds until the session ends. Invalid on "why"; Conflict where the patient is not confidential (any more); NotFound.
func BreakGlass(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, why string) error {
	return s.BreakGlass(ctx, operation, id.RecordID(), why, func(tx data.Tx) (string, error) {
		row, err := patients.Get(tx, id)
		if err != nil {
			return "", err
		}
		if !row.Value.Confidential {
			return "", data.Fail(data.Conflict, "patient.reason", data.Say("patient.reason.needless",
				"This patient is not marked as confidential any more. Open the record without a reason."), nil)
		}
		return row.Value.MRN.String(), notice.Post(tx, notice.Notice{Kind: notice.KindReason, Weight: notice.Important, Role: access.Administrator, Patient: id.RecordID(),
			Args: map[string]string{"name": s.Name()}})
	})
}

// SetConfidential puts or takes away the mark, for a stated reason. Invalid on "why"; Conflict with a *data.Stale where somebody
// else changed the patient since it was read; Forbidden as Open.
func SetConfidential(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, marked bool, why string) (Row, error) {
	why, err := access.CheckReason(why)
	if err != nil {
		return Row{}, err
	}
	deed := access.Deed{Action: access.ActPatientConfidential, About: about(id), Why: why, Operation: operation}
	return written(s.Update(ctx, deed, func(tx data.Tx) error {
		row, err := patients.Get(tx, id)
		if err != nil {
			return err
		}
		p := row.Value
		p.Confidential = marked
		if _, err := patients.Update(tx, id, seen, p); err != nil {
			return err
		}
		return access.SetConfidential(tx, id.RecordID(), marked, why)
	}))
}
