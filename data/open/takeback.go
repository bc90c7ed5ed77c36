package open

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
)

// parts are what a hospital's folder holds of keys and book, those last without which a book is known to be there.
var parts = []string{"blobs", "state", "state.new", "state.old", "state.seal", "state.seal.new", "ballast", "journal", "head", "head.bak", "head.new", "head.bak.new",
	"slots.new", "slots.bak.new", "slots.bak", "slots"}

// absent gives the parts that are not there yet: what setting up may take back if it fails. What can't be looked at counts as there.
func (f Folder) absent() []string {
	var names []string
	for _, name := range parts {
		if _, err := f.disk().Stat(filepath.Join(f.Dir, name)); errors.Is(err, fs.ErrNotExist) {
			names = append(names, name)
		}
	}
	return names
}

// takeBack removes what was begun of a hospital that could not be set up, so that it can be tried again. Nothing that anybody wrote was ever in it.
func (f Folder) takeBack(begun []string) error {
	var failed error
	for _, name := range begun {
		failed = errors.Join(failed, removeAll(f.disk(), filepath.Join(f.Dir, name)))
	}
	return failed
}

// removeAll removes a file, or a folder with what is in it; nothing where there is neither.
func removeAll(d disk.FS, path string) error {
	info, err := d.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		inside, err := d.ReadDir(path)
		if err != nil {
			return err
		}
		for _, e := range inside {
			if err := removeAll(d, filepath.Join(path, e.Name())); err != nil {
				return err
			}
		}
	}
	return d.Remove(path)
}

// Discard takes a hospital back that was just created and could not be filled, and closes it: afterwards the folder is as it was before Create. Conflict, and
// nothing is removed, where it was not created by this opening or where there is more in it than the one entry with which the program sets
// a hospital up.
func (k *Keys) Discard(ctx context.Context) error {
	if k.discard == nil {
		return errInUse()
	}
	return k.discard(ctx)
}

func untouched(ctx context.Context, store *badgerdb.Store) error {
	entries := 0
	for e, err := range store.Entries(ctx, data.EntryFilter{}) {
		if err != nil {
			return err
		}
		if entries++; entries > 1 || e.Cause.Who != data.System || e.Look {
			return errInUse()
		}
	}
	return nil
}

func errInUse() error {
	return data.Fail(data.Conflict, "open.discard", data.Say("data.open.inuse",
		"This hospital is in use, and nothing of it was removed."), nil)
}
