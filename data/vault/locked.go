package vault

// Locked is a hospital's key files, read and found whole, before anybody has signed in.
type Locked struct {
	o    Options
	seen copies
}

// Open reads and checks both copies; it needs no secret and changes nothing. NotFound: no hospital lies there. Corrupt: neither
// copy is whole. Unavailable: a newer Wardbook wrote them, or the disk does not answer.
func Open(o Options) (*Locked, error) {
	const op = "vault.open"
	o, err := o.ready(op)
	if err != nil {
		return nil, err
	}
	seen, err := loadInTurn(o, op)
	if err != nil {
		return nil, err
	}
	return &Locked{o, seen}, nil
}

// Dataset is the hospital's own number. It is not authentic before Unlock: compare it, and open nothing by it.
func (l *Locked) Dataset() [16]byte { return l.seen.file.Dataset }

// Generation counts the writes of the files. It is not authentic before Unlock.
func (l *Locked) Generation() uint64 { return l.seen.file.Generation }

// Users is the number of people who can sign in. It is not authentic before Unlock.
func (l *Locked) Users() int { return l.seen.file.users() }

// Report says how the copies were found by Open.
func (l *Locked) Report() Report { return l.seen.report() }

// Unlock signs a person in. It reads the files again, so that a password changed since Open counts. Forbidden, with one and the same
// message after the same time, for an unknown name and a wrong password; Corrupt where the right password shows that the files are
// not what Wardbook wrote. It mends a bad copy (see Report). It takes as long as Params made it.
func (l *Locked) Unlock(name, password string) (*Vault, error) {
	const op = "vault.unlock"
	c, err := l.again(op)
	if err != nil {
		return nil, err
	}
	w, err := c.file.signIn(l.o, op, name, password)
	if err != nil {
		return nil, err
	}
	return l.enter(op, c, w)
}

// UnlockRecovery opens with the printed recovery key, as often as it is needed until a new one is made. Invalid names the group with
// a typing mistake; Forbidden: a well-formed key that is not this hospital's newest.
func (l *Locked) UnlockRecovery(typed string) (*Vault, error) {
	const op = "vault.unlock.recovery"
	k, err := ParseRecoveryKey(typed)
	if err != nil {
		return nil, err
	}
	c, err := l.again(op)
	if err != nil {
		return nil, err
	}
	s := c.file.Slots[c.file.recovery()]
	key, err := recoveryKey(k, s)
	if err != nil {
		return nil, failInternal(op, err)
	}
	defer clear(key)
	w, err := c.file.open(s, key)
	if err != nil {
		return nil, failRecoveryRefused(op)
	}
	return l.enter(op, c, w)
}

// signIn checks a name and password. The error is the same whatever was wrong.
func (f *file) signIn(o Options, op, name, password string) (owner, error) {
	s, known := f.claimed(name)
	key := o.passwordKey(password, s)
	defer clear(key)
	w, err := f.open(s, key)
	if err != nil || !known {
		return owner{}, failRefused(op)
	}
	return w, nil
}

func (l *Locked) again(op string) (copies, error) {
	c, err := loadInTurn(l.o, op)
	if err == nil && c.file.Dataset != l.seen.file.Dataset {
		err = failForeign(op)
	}
	return c, err
}

// enter takes the owner's way from private key to master key, and believes the file only then.
func (l *Locked) enter(op string, c copies, w owner) (*Vault, error) {
	defer clear(w.voucher)
	master, err := c.file.master(w)
	if err == nil {
		err = c.file.authentic(c.raw, master)
	}
	if err != nil {
		clear(master)
		return nil, failForged(op, err)
	}
	return &Vault{o: l.o, file: c.file, master: master, last: c.file.Generation, report: c.mend(l.o, op)}, nil
}
