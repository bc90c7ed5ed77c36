package data

import (
	"context"
	"encoding/binary"

	"github.com/google/uuid"
)

// Bulk does a large work (an import, a generated hospital) in many updates, so that other people's updates get their turn
// in between, and so that it can be taken up where it broke off: called again with the same cause.Operation it passes over
// the steps that are done.
//
// It calls step for n = 0 .. steps-1, each inside an update of its own under an operation derived from the cause's; step
// writes at most MaxUpdate bytes and, for the same n, always the same. progress (may be nil) hears how many steps are
// done. The first error ends it; what is done stays.
func Bulk(ctx context.Context, s Store, cause Cause, steps int, step func(tx Tx, n int) error, progress func(done int)) error {
	for n := range steps {
		part := cause
		part.Operation = bulkOperation(cause.Operation, n)
		if _, err := s.Update(ctx, part, func(tx Tx) error { return step(tx, n) }); err != nil {
			return err
		}
		if progress != nil {
			progress(n + 1)
		}
	}
	return nil
}

func bulkOperation(whole uuid.UUID, n int) uuid.UUID {
	return uuid.NewSHA1(whole, binary.BigEndian.AppendUint64([]byte("step"), uint64(n)))
}
