package vault

import (
	"errors"
	"fmt"
	"io/fs"

	"wardbook/data"
)

// Causes, for the log.
var (
	errNowhere = errors.New("vault needs a disk and a folder")
	errParams  = errors.New("password parameters below the floor or above the cap")
	errFull    = errors.New("more slots or keys than the file may hold")
	errSpace   = errors.New("too little space for two copies")
	errUnsure  = errors.New("a failed change may have reached the disk")
	errForeign = errors.New("a newer state lies on the disk than this program wrote")
)

func failInternal(op string, cause error) error {
	return data.Fail(data.Internal, op, data.Say("data.vault.internal",
		"Something went wrong inside Wardbook. Nothing was changed. Start Wardbook again, and tell support if it happens again."), cause)
}

// failRefused is the same to the letter for an unknown name and a wrong password.
func failRefused(op string) error {
	return data.Fail(data.Forbidden, op, data.Say("data.vault.refused",
		"The name or the password is not right. Check both and try again."), nil)
}

func failRecoveryRefused(op string) error {
	return data.Fail(data.Forbidden, op, data.Say("data.vault.recovery.refused",
		"This recovery key does not open this hospital. Look for the newest printed one: making a new key ends the one before."), nil)
}

func failClosed(op string) error {
	return data.Fail(data.Unavailable, op, data.Say("data.vault.closed", "The hospital is locked. Sign in and try again."), nil)
}

func failForged(op string, cause error) error {
	return data.Fail(data.Corrupt, op, data.Say("data.vault.forged",
		"The key files were changed by something other than Wardbook. Don't go on: put the files slots and slots.bak back from a backup, and tell support."), cause)
}

func failUnknown(op string) error {
	return data.Fail(data.NotFound, op, data.Say("data.vault.user.unknown", "Nobody signs in under this name. Check the name."), nil).On("name")
}

func failKnown(op string) error {
	return data.Fail(data.Conflict, op, data.Say("data.vault.user.known", "Somebody already signs in under this name. Choose another."), nil).On("name")
}

func failLast(op string) error {
	return data.Fail(data.Conflict, op, data.Say("data.vault.user.last",
		"This is the last person who can sign in. Add another person first."), nil).On("name")
}

func failEmpty(op, field string) error {
	if field == "name" {
		return data.Fail(data.Invalid, op, data.Say("data.vault.name.empty", "Enter a sign-in name."), nil).On(field)
	}
	return data.Fail(data.Invalid, op, data.Say("data.vault.password.empty", "Enter a password."), nil).On(field)
}

func failKey(op string, id KeyID) error {
	return data.Fail(data.Corrupt, op, data.Say("data.vault.key.unknown",
		"The key for this part of the hospital's records is missing. Put the files slots and slots.bak back from the newest backup, and tell support."),
		fmt.Errorf("data key %x", id[:]))
}

func failWrite(op string, cause error) error {
	if errors.Is(cause, errFull) {
		return data.Fail(data.Unavailable, op, data.Say("data.vault.full",
			"The key file holds as many people and keys as it can, so nothing was changed. Tell support."), cause)
	}
	return data.Fail(data.Unavailable, op, data.Say("data.vault.write",
		"This could not be saved, so nothing was changed. Check that the disk is connected and has space, then try again."), cause)
}

func failUnsure(op string, cause error) error {
	return data.Fail(data.Unavailable, op, data.Say("data.vault.unsure",
		"The disk failed while this was being saved, so it may or may not be in force. Check the disk, start Wardbook again and look."), cause)
}

func failElsewhere(op string, cause error) error {
	return data.Fail(data.Conflict, op, data.Say("data.vault.elsewhere",
		"The key files were changed in the meantime, so nothing was saved. Start Wardbook again and try once more."), cause)
}

func failExists(op string) error {
	return data.Fail(data.Conflict, op, data.Say("data.vault.exists",
		"This folder already holds a hospital. Open it, or choose another folder for the new one."), nil)
}

// failCopies says why neither copy is of use.
func failCopies(op string, first, second error) error {
	cause := fmt.Errorf("slots: %w; slots.bak: %w", first, second)
	switch {
	case errors.Is(first, errNewer) || errors.Is(second, errNewer):
		return data.Fail(data.Unavailable, op, data.Say("data.vault.newer",
			"This hospital was last opened by a newer Wardbook. Update Wardbook on this computer, then try again."), cause)
	case errors.Is(first, fs.ErrNotExist) && errors.Is(second, fs.ErrNotExist):
		return data.Fail(data.NotFound, op, data.Say("data.vault.none",
			"There is no hospital in this folder. Choose another folder, or set up a new hospital."), cause)
	case useless(first) && useless(second):
		return data.Fail(data.Corrupt, op, data.Say("data.vault.corrupt",
			"Both copies of the key file are damaged or missing. Put the files slots and slots.bak back from a backup, and tell support."), cause)
	}
	return data.Fail(data.Unavailable, op, data.Say("data.vault.unreadable",
		"The key files can't be read just now. Check that the disk is connected and that no other program holds them, then try again."), cause)
}

func useless(err error) bool { return errors.Is(err, errDamaged) || errors.Is(err, fs.ErrNotExist) }

func failForeign(op string) error {
	return data.Fail(data.Corrupt, op, data.Say("data.vault.foreign",
		"The two copies of the key file belong to different hospitals. Put both back from this hospital's backup, and tell support."), nil)
}
