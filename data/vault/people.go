package vault

import "errors"

// Add lets another person sign in. Conflict: somebody already does under this name. Invalid: an empty name or password.
func (v *Vault) Add(name, password string) error {
	const op = "vault.add"
	f, err := v.current(op)
	if err != nil {
		return err
	}
	if f.user(name) >= 0 {
		return failKnown(op)
	}
	return v.admit(op, f, name, password, func(d *draft) (int, error) {
		if d.user(name) >= 0 {
			return 0, failKnown(op)
		}
		return -1, nil
	})
}

// SetPassword changes a person's own password. Forbidden as by Unlock where the old one is not right. The person gets a new key pair,
// so an old copy of the files with the old password opens what it could open before, and nothing made after the next Rotate.
func (v *Vault) SetPassword(name, old, fresh string) error {
	const op = "vault.setpassword"
	f, err := v.current(op)
	if err != nil {
		return err
	}
	w, err := f.signIn(v.o, op, name, old)
	if err != nil {
		return err
	}
	clear(w.voucher)
	return v.admit(op, f, name, fresh, func(d *draft) (int, error) {
		at := d.user(name)
		if at < 0 || d.Slots[at].ID != w.slot.ID {
			return 0, failElsewhere(op, nil) // reset or removed while the old password was being checked
		}
		return at, nil
	})
}

// Reset gives a person who forgot the password a one-time password. That it must be changed at the next sign-in is the door's to ask.
// NotFound: nobody signs in under this name.
func (v *Vault) Reset(name, oneTime string) error {
	const op = "vault.reset"
	f, err := v.current(op)
	if err != nil {
		return err
	}
	if f.user(name) < 0 {
		return failUnknown(op)
	}
	return v.admit(op, f, name, oneTime, func(d *draft) (int, error) {
		at := d.user(name)
		if at < 0 {
			return 0, failUnknown(op)
		}
		return at, nil
	})
}

// admit makes a slot, which takes the time of one stretching, and then puts it where place says in the state of that moment.
func (v *Vault) admit(op string, f *file, name, password string, place func(d *draft) (int, error)) error {
	w, err := f.welcome(v.o, op, name, password)
	if err != nil {
		return err
	}
	defer clear(w.voucher)
	return v.change(op, func(d *draft) error {
		at, err := place(d)
		if err != nil {
			return err
		}
		return d.put(op, at, w)
	})
}

// welcome makes a person's slot, but for the master key.
func (f *file) welcome(o Options, op, name, password string) (owner, error) {
	switch {
	case fold(name) == "":
		return owner{}, failEmpty(op, "name")
	case password == "":
		return owner{}, failEmpty(op, "password")
	}
	p := o.KDF
	if p == (Params{}) {
		p = f.strongest()
	}
	s, err := blank(o.Rand, kindPassword, f.tag(name), p)
	if err != nil {
		return owner{}, failInternal(op, err)
	}
	key := o.passwordKey(password, s)
	defer clear(key)
	w, err := f.fill(o.Rand, s, key)
	if err != nil {
		return owner{}, failInternal(op, err)
	}
	return w, nil
}

// Remove takes away a person's slot and makes a new master key: whatever the person kept opens no data key made from now on.
// NotFound: nobody signs in under this name. Conflict: it is the last person.
func (v *Vault) Remove(name string) error {
	const op = "vault.remove"
	return v.change(op, func(d *draft) error {
		at := d.user(name)
		switch {
		case at < 0:
			return failUnknown(op)
		case d.users() == 1:
			return failLast(op)
		}
		d.drop(at)
		return d.rotate(op)
	})
}

// NewRecovery replaces the recovery key. Whoever saw the old paper counts as removed: there is a new master key too. Where the error
// is Unavailable and the key is not zero, the disk failed so that either key may be the one in force: keep both papers, start again
// and try them.
func (v *Vault) NewRecovery() (RecoveryKey, error) {
	const op = "vault.newrecovery"
	f, err := v.current(op)
	if err != nil {
		return RecoveryKey{}, err
	}
	k, w, err := f.welcomeRecovery(v.o, op)
	if err != nil {
		return RecoveryKey{}, err
	}
	defer clear(w.voucher)
	err = v.change(op, func(d *draft) error {
		if err := d.rotate(op); err != nil {
			return err
		}
		return d.put(op, d.recovery(), w)
	})
	if err != nil && !errors.Is(err, errUnsure) {
		return RecoveryKey{}, err
	}
	return k, err
}

func (f *file) welcomeRecovery(o Options, op string) (RecoveryKey, owner, error) {
	k, err := drawRecovery(o.Rand)
	if err != nil {
		return RecoveryKey{}, owner{}, failInternal(op, err)
	}
	s, err := blank(o.Rand, kindRecovery, [16]byte{}, Params{})
	if err != nil {
		return RecoveryKey{}, owner{}, failInternal(op, err)
	}
	key, err := recoveryKey(k, s)
	if err != nil {
		return RecoveryKey{}, owner{}, failInternal(op, err)
	}
	defer clear(key)
	w, err := f.fill(o.Rand, s, key)
	if err != nil {
		return RecoveryKey{}, owner{}, failInternal(op, err)
	}
	return k, w, nil
}
