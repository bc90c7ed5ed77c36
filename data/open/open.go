// Package open opens a hospital's folder: key files and store together, in the order that both ask for.
//
// It promises that a folder is set up whole or not at all as far as anybody is told, and that what it answers as open is both unlocked and
// able to write. main.go hands it up to app as values; nobody else may import it.
package open

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/vault"
)

// Folder is where a hospital lies, or is to lie.
type Folder struct {
	Dir    string
	Schema *data.Schema
	Probe  func(ctx context.Context, dir string, key []byte) error
	Log    *slog.Logger
	Now    func() time.Time
	// KDF is what passwords cost; zero: measured when a hospital is set up (Argon2id at about a third of a second), then as the files say.
	KDF vault.Params
	// Memory keeps the store in memory and the keys too: for tests and what is thrown away.
	Memory disk.FS
}

// unlocking is how long a password may take: long enough to make guessing dear, short enough for somebody with a queue before the desk.
const unlocking = 350 * time.Millisecond

// Progress hears what a long opening is at; total is 0 where it is not known.
type Progress = func(stage data.Message, done, total int64)

func (f Folder) disk() disk.FS {
	if f.Memory != nil {
		return f.Memory
	}
	return disk.OS{}
}

func (f Folder) vaultOptions() vault.Options {
	return vault.Options{FS: f.disk(), Dir: f.Dir, Now: f.Now, KDF: f.KDF}
}

func (f Folder) storeOptions(keys *vault.Vault, progress Progress) badgerdb.Options {
	return badgerdb.Options{Dir: f.Dir, Dataset: keys.Dataset(), Keys: keys, Schema: f.Schema, FS: f.disk(), Memory: f.Memory != nil,
		Probe: f.Probe, Progress: progress, Now: f.Now, Log: f.Log}
}

// Create sets a hospital up with its first person, and gives it open, with the recovery key to be shown once. Conflict: one lies there
// already.
func (f Folder) Create(ctx context.Context, name, password string, progress Progress) (data.Store, *Keys, string, error) {
	o := f.vaultOptions()
	if o.KDF == (vault.Params{}) {
		o.KDF = vault.Calibrate(unlocking, time.Now)
	}
	var dataset [16]byte
	if _, err := rand.Read(dataset[:]); err != nil {
		return nil, nil, "", err
	}
	release, err := f.hold()
	if err != nil {
		return nil, nil, "", err
	}
	begun := f.absent()
	keys, recovery, err := vault.Create(o, dataset, name, password)
	if err != nil {
		err = errors.Join(err, f.takeBack(begun))
		release()
		return nil, nil, "", err
	}
	store, err := badgerdb.Create(ctx, f.storeOptions(keys, progress))
	if err != nil {
		err = errors.Join(err, keys.Close(), f.takeBack(begun))
		release()
		return nil, nil, "", err
	}
	k := &Keys{Vault: keys, store: store, log: f.Log}
	k.discard = func(ctx context.Context) error {
		if err := untouched(ctx, store); err != nil {
			return err
		}
		err := errors.Join(store.Close(), keys.Close(), f.takeBack(begun))
		release()
		return err
	}
	return &kept{store, release}, k, recovery.String(), nil
}

// Unlock opens the hospital for a person. Forbidden as the vault says it.
func (f Folder) Unlock(ctx context.Context, name, password string, progress Progress) (data.Store, *Keys, error) {
	return f.enter(ctx, progress, func(l *vault.Locked) (*vault.Vault, error) { return l.Unlock(name, password) })
}

// UnlockRecovery opens it with the recovery key. Invalid names the group that holds a mistake; Forbidden: not this hospital's.
func (f Folder) UnlockRecovery(ctx context.Context, key string, progress Progress) (data.Store, *Keys, error) {
	return f.enter(ctx, progress, func(l *vault.Locked) (*vault.Vault, error) { return l.UnlockRecovery(key) })
}

func (f Folder) enter(ctx context.Context, progress Progress, unlock func(*vault.Locked) (*vault.Vault, error)) (data.Store, *Keys, error) {
	locked, err := vault.Open(f.vaultOptions())
	if err != nil {
		return nil, nil, err
	}
	keys, err := unlock(locked)
	if err != nil {
		return nil, nil, err
	}
	release, err := f.hold()
	if err != nil {
		return nil, nil, errors.Join(err, keys.Close())
	}
	if report := keys.Report(); report.Mended {
		f.Log.Warn("a copy of the key files was mended", "report", fmt.Sprintf("%+v", report))
	}
	store, err := badgerdb.Open(ctx, f.storeOptions(keys, progress))
	if err != nil {
		release()
		return nil, nil, errors.Join(err, keys.Close())
	}
	return &kept{store, release}, &Keys{Vault: keys, store: store, log: f.Log}, nil
}

// CheckRecovery tells whether a recovery key is this hospital's, without opening the book: for a hospital that is open already. Errors as
// UnlockRecovery's.
func (f Folder) CheckRecovery(_ context.Context, key string) error {
	locked, err := vault.Open(f.vaultOptions())
	if err != nil {
		return err
	}
	keys, err := locked.UnlockRecovery(key)
	if err != nil {
		return err
	}
	return keys.Close()
}

// held are the folders whose book is open in this program: two stores on one journal would destroy it.
var held sync.Map

// hold takes a folder for this program; Unavailable where it is open already.
func (f Folder) hold() (release func(), err error) {
	key := struct {
		disk disk.FS
		dir  string
	}{f.Memory, f.Dir}
	if _, taken := held.LoadOrStore(key, true); taken {
		return nil, data.Fail(data.Unavailable, "open.hold", data.Say("data.open.twice",
			"This hospital's book is open already. Start Wardbook again and try once more."), nil)
	}
	return sync.OnceFunc(func() { held.Delete(key) }), nil
}

// kept is a store that lets its folder go when it is closed.
type kept struct {
	*badgerdb.Store
	release func()
}

// Close is the store's.
func (k *kept) Close() error {
	err := k.Store.Close()
	k.release()
	return err
}
