package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"wardbook/data"
)

var errReserve = errors.New("the space that is left is kept for the journal")

// errWrite is a failure to keep something: the disk is full, or reports an error.
func errWrite(op string, cause error) error {
	if errors.Is(cause, errReserve) || isFull(cause) {
		return data.Fail(data.Unavailable, op, data.Say("data.blob.full",
			"There is not enough room on this computer for the attachment, so it was not kept. Ask your administrator to free some space, then attach it again."), cause)
	}
	return data.Fail(data.Unavailable, op, data.Say("data.blob.write",
		"The disk reported an error, so the attachment was not kept. Try again. If it happens once more, tell your administrator."), cause)
}

// errRead is a failure of the disk to give back what may well be there.
func errRead(cause error) error {
	return data.Fail(data.Unavailable, "blob.read", data.Say("data.blob.read",
		"The disk reported an error while an attachment was read. Try again. If it happens once more, tell your administrator."), cause)
}

// errSource is a failure of what is being attached; an Error of ours passes as it is.
func errSource(cause error) error {
	var e *data.Error
	if errors.As(cause, &e) {
		return cause
	}
	return data.Fail(data.Unavailable, "blob.put", data.Say("data.blob.source",
		"The file could not be read to its end, so it was not attached. Check that it is still there and can be opened, then attach it again."), cause)
}

func errStopped(ctx context.Context, op string) error {
	return data.Fail(data.Unavailable, op, data.Say("data.blob.stopped",
		"This was stopped before it was finished. Nothing was changed; start again when you want."), ctx.Err())
}

func errMissing(ref Ref, cause error) error {
	return data.Fail(data.NotFound, "blob.open", data.Say("data.blob.missing",
		"This attachment is not on this computer any more. Tell your administrator its number, {{.Number}}: it can be fetched from a backup.", "Number", number(ref)), cause)
}

func errCorrupt(ref Ref, cause error) error {
	return data.Fail(data.Corrupt, "blob.open", data.Say("data.blob.corrupt",
		"This attachment is damaged and is not shown, so that nobody relies on it. Tell your administrator its number, {{.Number}}: it can be fetched from a backup.", "Number", number(ref)),
		fmt.Errorf("attachment %s: %w", ref, cause))
}

func errForeign(ref Ref) error {
	return data.Fail(data.Corrupt, "blob.open", data.Say("data.blob.foreign",
		"This attachment belongs to another hospital's records and is not shown. Tell your administrator its number, {{.Number}}.", "Number", number(ref)),
		fmt.Errorf("attachment %s: of another dataset", ref))
}

func errNewer(cause error) error {
	return data.Fail(data.Unavailable, "blob.open", data.Say("data.blob.newer",
		"This attachment was kept by a newer Wardbook. Ask your administrator to update Wardbook on this computer, then open it again."), cause)
}

func errKey(cause error) error {
	return data.Fail(data.Internal, "blob.key", data.Say("data.blob.key",
		"Attachments can't be opened or kept just now. Close Wardbook and open it again. If this comes back, tell your administrator."), cause)
}

// number is enough of the hash for a person to read out; the log has all of it.
func number(ref Ref) string { return hex.EncodeToString(ref.Hash[:4]) }
