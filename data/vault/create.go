package vault

import (
	"errors"
	"io/fs"
	"path/filepath"

	"wardbook/data/disk"
)

// Create makes the key files of a new hospital, with its first person and its recovery key, and gives it unlocked. Conflict: one of
// the files is there already, whatever is in it. Invalid: an empty name or password.
func Create(o Options, dataset [16]byte, name, password string) (*Vault, RecoveryKey, error) {
	const op = "vault.create"
	o, err := o.ready(op)
	if err != nil {
		return nil, RecoveryKey{}, err
	}
	if err := vacant(o, op); err != nil {
		return nil, RecoveryKey{}, err
	}
	d, k, err := begin(o, op, dataset, name, password)
	if err != nil {
		return nil, RecoveryKey{}, err
	}
	v := &Vault{o: o, file: d.file, master: d.master}
	if err := v.found(op, d); err != nil {
		clear(d.master)
		return nil, RecoveryKey{}, err
	}
	v.report = copies{file: v.file}.report()
	return v, k, nil
}

func vacant(o Options, op string) error {
	for _, n := range []string{mainName, backupName} {
		if _, err := o.FS.Stat(filepath.Join(o.Dir, n)); err == nil {
			return failExists(op)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return failWrite(op, err)
		}
	}
	return nil
}

func begin(o Options, op string, dataset [16]byte, name, password string) (*draft, RecoveryKey, error) {
	secrets, err := draw(o.Rand, keySize+saltSize)
	if err != nil {
		return nil, RecoveryKey{}, failInternal(op, err)
	}
	f := &file{Dataset: dataset, Epoch: 1, Salt: [saltSize]byte(secrets[keySize:]), Slots: []slot{}, Keys: []dataKey{}}
	d := &draft{file: f, o: o, master: secrets[:keySize:keySize]}
	first, err := f.welcome(o, op, name, password)
	if err != nil {
		return nil, RecoveryKey{}, err
	}
	k, paper, err := f.welcomeRecovery(o, op)
	if err != nil {
		return nil, RecoveryKey{}, err
	}
	for _, w := range []owner{first, paper} {
		if err := d.put(op, -1, w); err != nil {
			return nil, RecoveryKey{}, err
		}
		clear(w.voucher)
	}
	return d, k, nil
}

// found writes the first state. Where that fails it takes away what it wrote, so that setting up may be tried again.
func (v *Vault) found(op string, d *draft) error {
	turn.Lock()
	defer turn.Unlock()
	if err := vacant(v.o, op); err != nil {
		return err
	}
	err := v.o.FS.MkdirAll(v.o.Dir, disk.DirPerm)
	if err == nil {
		err = v.o.FS.SyncDir(filepath.Dir(v.o.Dir))
	}
	if err == nil {
		err = v.write(d)
	}
	if err == nil {
		return nil
	}
	for _, n := range []string{mainName, backupName} {
		_ = v.o.FS.Remove(filepath.Join(v.o.Dir, n)) // what stays is found at the next try, and said
	}
	_ = v.o.FS.SyncDir(v.o.Dir)
	return failWrite(op, err)
}
