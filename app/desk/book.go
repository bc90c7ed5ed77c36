package desk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"wardbook/data"
)

// HasBook tells from the names alone whether a hospital's book lies in the folder. Keys without a journal, or a journal
// without keys, is an error of kind Corrupt: one of the two was lost, and starting afresh over it would bury the other.
func HasBook(folder string) (bool, error) {
	keys, err := anyOf(folder, "slots", "slots.bak")
	if err != nil {
		return false, err
	}
	journal, err := anyOf(folder, "journal")
	if err != nil {
		return false, err
	}
	switch {
	case keys && !journal:
		return false, data.Fail(data.Corrupt, "desk.book", data.Say("desk.book.nojournal",
			"The keys of a hospital lie in this folder, but its journal is missing. Change nothing here. Bring the journal back from a backup, or ask for help."), nil)
	case journal && !keys:
		return false, data.Fail(data.Corrupt, "desk.book", data.Say("desk.book.nokeys",
			"The journal of a hospital lies in this folder, but its keys are missing. Change nothing here. Bring the file 'slots' back from a backup, or ask for help."), nil)
	}
	return keys, nil
}

func anyOf(folder string, names ...string) (bool, error) {
	for _, name := range names {
		_, err := os.Lstat(filepath.Join(folder, name))
		if err == nil {
			return true, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return false, refuse(folder, err)
		}
	}
	return false, nil
}
