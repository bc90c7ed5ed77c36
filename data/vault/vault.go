package vault

import (
	"fmt"
	"sync"

	"wardbook/data/journal"
)

// KeyID names a data key. It is random and says nothing.
type KeyID = journal.KeyID

var _ journal.Keys = (*Vault)(nil)

// Vault is an unlocked hospital: it holds the master key until Close.
type Vault struct {
	o Options

	writing sync.Mutex // one change at a time; taken before mu
	last    uint64     // the highest generation this vault ever tried to write; under writing

	mu     sync.RWMutex
	file   *file  // as the last successful write left it; nil once closed
	master []byte // under mu; changed only with writing held too
	report Report
}

// current gives the state as it is now; the file may be read without any lock, since nobody changes one once made.
func (v *Vault) current(op string) (*file, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.file == nil {
		return nil, failClosed(op)
	}
	return v.file, nil
}

// Key gives a data key: 32 bytes, the caller's own to clear. Corrupt: there is no such key, so something that was sealed with
// it can't be read. Unavailable: closed.
func (v *Vault) Key(id KeyID) ([]byte, error) {
	const op = "vault.key"
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.file == nil {
		return nil, failClosed(op)
	}
	k, ok := v.file.key(id)
	if !ok {
		return nil, failKey(op, id)
	}
	secret, err := v.file.openKey(k, v.master)
	if err != nil {
		return nil, failForged(op, fmt.Errorf("data key %x: %w", id[:], err))
	}
	return secret, nil
}

// Newest names the youngest key for a purpose. It may be of an older epoch than the vault's: whoever seals something new compares
// KeyEpoch with Epoch, and takes NewKey where they differ, for a removed person may know the older key.
func (v *Vault) Newest(purpose string) (KeyID, bool) {
	f, err := v.current("vault.newest")
	if err != nil {
		return KeyID{}, false
	}
	for i := len(f.Keys) - 1; i >= 0; i-- {
		if f.Keys[i].Purpose == purpose {
			return f.Keys[i].ID, true
		}
	}
	return KeyID{}, false
}

// KeyEpoch tells under which master key a data key was made: the epoch grows with every Remove, Rotate and NewRecovery.
func (v *Vault) KeyEpoch(id KeyID) (uint64, bool) {
	f, err := v.current("vault.keyepoch")
	if err != nil {
		return 0, false
	}
	k, ok := f.key(id)
	return k.Epoch, ok
}

// Epoch is the master key's number, from 1. Zero once closed.
func (v *Vault) Epoch() uint64 { return v.look().Epoch }

// Generation counts the writes of the files; it only grows. Keep it where the files are not, and a smaller one tells of an older state
// put back. Zero once closed.
func (v *Vault) Generation() uint64 { return v.look().Generation }

// Dataset is the hospital's own number. Zero once closed.
func (v *Vault) Dataset() [16]byte { return v.look().Dataset }

// Users is the number of people who can sign in.
func (v *Vault) Users() int { return max(0, v.look().users()) }

// Has tells whether somebody signs in under this name, in whatever letter case.
func (v *Vault) Has(name string) bool { return v.look().user(name) >= 0 }

// look is current for those who may see an empty file where the vault is closed.
func (v *Vault) look() *file {
	f, err := v.current("vault.look")
	if err != nil {
		return &file{}
	}
	return f
}

// Report says how the two copies were found at the unlock, and whether one was mended.
func (v *Vault) Report() Report {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.report
}

// Verify checks a person's password while the hospital is open, as a lock screen does. Forbidden as by Unlock.
func (v *Vault) Verify(name, password string) error {
	const op = "vault.verify"
	f, err := v.current(op)
	if err != nil {
		return err
	}
	w, err := f.signIn(v.o, op, name, password)
	clear(w.voucher)
	return err
}

// Close forgets the master key, after a change that is under way. Later calls answer Unavailable, and no key. Go may have left
// copies of secrets in memory that no program can find: closing shortens their time, it does not promise that none is left.
func (v *Vault) Close() error {
	v.writing.Lock()
	defer v.writing.Unlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.master)
	v.file, v.master = nil, nil
	return nil
}
