package ward

import (
	"context"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/data"
)

// MarkClean says that a bed that was left is ready for the next patient. Conflict where it is not to be cleaned (any more).
func MarkClean(ctx context.Context, s *access.Session, operation uuid.UUID, bed BedID) (BedRow, error) {
	return tend(ctx, s, access.ActBedClean, operation, bed, "", func(tx data.Tx, row BedRow) (Bed, error) {
		if row.Value.State != Cleaning {
			return Bed{}, otherwise(row.Value, tx)
		}
		return row.Value.become(Free, tx.Time()), nil
	})
}

// MarkUnclean says that a free bed has to be cleaned first. Conflict where it is not free.
func MarkUnclean(ctx context.Context, s *access.Session, operation uuid.UUID, bed BedID) (BedRow, error) {
	return tend(ctx, s, access.ActBedClean, operation, bed, "", func(tx data.Tx, row BedRow) (Bed, error) {
		if row.Value.StateAt(tx.Time()) != Free {
			return Bed{}, otherwise(row.Value, tx)
		}
		return row.Value.become(Cleaning, tx.Time()), nil
	})
}

// CloseBed takes an empty bed out of use for a reason. Invalid on "why"; Conflict where somebody lies in it or it is reserved.
func CloseBed(ctx context.Context, s *access.Session, operation uuid.UUID, bed BedID, why string) (BedRow, error) {
	why, err := stated(why)
	if err != nil {
		return BedRow{}, err
	}
	return tend(ctx, s, access.ActBedClose, operation, bed, why, func(tx data.Tx, row BedRow) (Bed, error) {
		state := row.Value.StateAt(tx.Time())
		if state != Free && state != Cleaning {
			return Bed{}, otherwise(row.Value, tx)
		}
		b := row.Value.become(Closed, tx.Time())
		b.Why, b.Unclean = why, state == Cleaning
		return b, nil
	})
}

// OpenBed brings a closed bed back, to be cleaned where it was closed before that was done. Conflict where it is not closed.
func OpenBed(ctx context.Context, s *access.Session, operation uuid.UUID, bed BedID) (BedRow, error) {
	return tend(ctx, s, access.ActBedClose, operation, bed, "", func(tx data.Tx, row BedRow) (Bed, error) {
		switch {
		case row.Value.State != Closed:
			return Bed{}, otherwise(row.Value, tx)
		case row.Value.Unclean:
			return row.Value.become(Cleaning, tx.Time()), nil
		}
		return row.Value.become(Free, tx.Time()), nil
	})
}

// otherwise is the Conflict of a bed that is in another state than the one seen.
func otherwise(b Bed, tx data.Tx) error {
	return conflict(FieldBed, data.Say("ward.bed.otherwise", "The state of this bed is now: {{.State}}. Look at it again.", "State", b.StateAt(tx.Time()).Text()), nil)
}

// tend changes one bed's state.
func tend(ctx context.Context, s *access.Session, action access.Action, operation uuid.UUID, bed BedID, why string, to func(data.Tx, BedRow) (Bed, error)) (BedRow, error) {
	entry, err := s.Update(ctx, access.Deed{Action: action, Why: why, Operation: operation}, func(tx data.Tx) error {
		row, err := beds.Get(tx, bed)
		if err != nil {
			return err
		}
		b, err := to(tx, row)
		if err != nil {
			return err
		}
		return set(tx, row, b)
	})
	return written(beds, entry, err)
}
