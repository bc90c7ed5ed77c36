package patient

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/data"
)

// RowError is what is wrong with one row of an import.
type RowError struct {
	Row int // from 0
	Err error
}

// Error is for the log.
func (e *RowError) Error() string { return fmt.Sprintf("row %d: %v", e.Row, e.Err) }

// Unwrap gives what is wrong.
func (e *RowError) Unwrap() error { return e.Err }

// Bounds of one step of an import.
const (
	stepRows  = 200
	stepBytes = data.MaxUpdate / 4 // of the drafts; their records are somewhat larger
)

// Import writes many patients, in the order given, for the program's own session: each gets a number. All are looked at first: a *RowError for the first that
// can't be, and nothing is written. A paper that somebody has already ends it too, with what was written before still there; called again
// with the same operation and drafts it goes on where it broke off. The same operation and drafts make the same ids.
func Import(ctx context.Context, machine *access.Session, operation uuid.UUID, drafts []Draft, progress func(done, total int)) error {
	at, err := where(ctx, machine)
	if err != nil {
		return err
	}
	clean := make([]Draft, len(drafts))
	err = machine.View(ctx, access.Deed{Action: access.ActPatientSearch}, func(tx data.Tx) error {
		for i, d := range drafts {
			if clean[i], err = d.clean(at.home, at.today(tx)); err != nil {
				return &RowError{i, err}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	steps, err := stepsOf(clean)
	if err != nil {
		return err
	}
	step := func(tx data.Tx, n int) error {
		for row := steps[n]; row < steps[n+1]; row++ {
			if err := importRow(tx, machine, operation, row, clean[row]); err != nil {
				return &RowError{row, err}
			}
		}
		return nil
	}
	deed := access.Deed{Action: access.ActPatientRegister, Operation: operation}
	return machine.Bulk(ctx, deed, len(steps)-1, step, func(done int) {
		if progress != nil {
			progress(steps[done], len(drafts))
		}
	})
}

func importRow(tx data.Tx, machine *access.Session, operation uuid.UUID, row int, d Draft) error {
	if err := freePapers(tx, machine, ID{}, d); err != nil {
		return err
	}
	d.stamp(Consent{}, tx, machine.Who())
	_, err := insert(tx, importID(operation, row), d)
	return err
}

// stepsOf gives where each step begins, and the end; always the same for the same drafts.
func stepsOf(drafts []Draft) ([]int, error) {
	steps, size := []int{0}, 0
	for i, d := range drafts {
		b, err := data.Marshal(d)
		if err != nil {
			return nil, err
		}
		if i > 0 && (size+len(b) > stepBytes || i-steps[len(steps)-1] == stepRows) {
			steps, size = append(steps, i), 0
		}
		size += len(b)
	}
	if len(drafts) > 0 {
		steps = append(steps, len(drafts))
	}
	return steps, nil
}

// importID has the form of a UUIDv7, so that ids of one import sort as its rows do; the time in it is none.
func importID(operation uuid.UUID, row int) ID {
	id := ID(uuid.NewSHA1(operation, binary.BigEndian.AppendUint64([]byte("patient"), uint64(row))))
	const began = 1_577_836_800_000 // 2020, in milliseconds
	var at [8]byte
	binary.BigEndian.PutUint64(at[:], uint64(began+row))
	copy(id[:6], at[2:])
	id[6] = id[6]&0x0F | 0x70
	return id
}
