package vault

import (
	"errors"
	"fmt"
	"slices"
)

// draft is a state in the making.
type draft struct {
	*file
	o       Options
	master  []byte
	rotated bool // master is the draft's own
}

// change makes the next state and puts it on the disk; only then the vault is in it. Nothing slow (a password's stretching) may be
// done in it: whoever needs a data key waits.
func (v *Vault) change(op string, edit func(d *draft) error) error {
	v.writing.Lock()
	defer v.writing.Unlock()
	f, err := v.current(op)
	if err != nil {
		return err
	}
	d := &draft{file: f.next(), o: v.o, master: v.master}
	if err = edit(d); err == nil {
		err = v.commit(op, d)
	}
	if err != nil {
		if d.rotated {
			clear(d.master)
		}
		return err
	}
	v.enter(d)
	return nil
}

func (v *Vault) enter(d *draft) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if d.rotated {
		clear(v.master)
	}
	v.file, v.master = d.file, d.master
}

func (v *Vault) commit(op string, d *draft) error {
	turn.Lock()
	defer turn.Unlock()
	if err := v.undisturbed(op); err != nil {
		return err
	}
	if err := v.write(d); err != nil {
		return v.takeBack(op, err)
	}
	return nil
}

// undisturbed tells whether the disk still holds nothing newer than this vault wrote. Where nothing whole is left, the write mends.
func (v *Vault) undisturbed(op string) error {
	for _, name := range []string{mainName, backupName} {
		c := look(v.o, name)
		if errors.Is(c.err, errNewer) || c.err == nil && (c.file.Dataset != v.file.Dataset || c.file.Generation > v.last) {
			return failElsewhere(op, errForeign)
		}
	}
	return nil
}

// write takes the next generation, used up even where the write fails: two different states never bear the same number.
func (v *Vault) write(d *draft) error {
	v.last++
	d.Generation, d.Written = v.last, v.o.Now().Unix()
	raw, err := d.encode(d.master)
	if err != nil {
		return err
	}
	return writeBoth(v.o, raw)
}

// takeBack writes the state before a failed change once more, where the change has reached a copy. Without that the change would
// come into force at the next start, though its maker was told that it failed.
func (v *Vault) takeBack(op string, cause error) error {
	c, err := load(v.o, op)
	if err == nil && c.file.Generation <= v.file.Generation {
		return failWrite(op, cause)
	}
	back := &draft{file: v.file.next(), o: v.o, master: v.master}
	if err := v.write(back); err != nil {
		return failUnsure(op, fmt.Errorf("%w: %w; taking it back: %w", errUnsure, cause, err))
	}
	v.enter(back)
	return failWrite(op, cause)
}

// NewKey makes a data key of the present epoch: its id, and 32 bytes, the caller's own to clear. It lies in both copies before NewKey
// returns. Unavailable: it could not be saved. A purpose that is empty or over 64 bytes is the program's own fault: Internal.
func (v *Vault) NewKey(purpose string) (KeyID, []byte, error) {
	const op = "vault.newkey"
	if !goodPurpose(purpose) {
		return KeyID{}, nil, failInternal(op, fmt.Errorf("purpose %q", purpose))
	}
	b, err := draw(v.o.Rand, idSize+keySize)
	if err != nil {
		return KeyID{}, nil, failInternal(op, err)
	}
	id, secret := KeyID(b), b[idSize:]
	err = v.change(op, func(d *draft) error {
		k, err := d.sealKey(d.o.Rand, dataKey{ID: id, Purpose: purpose, Epoch: d.Epoch, Made: d.o.Now().Unix()}, secret, d.master)
		if err != nil {
			return failInternal(op, err)
		}
		d.Keys = append(d.Keys, k)
		return nil
	})
	if err != nil {
		clear(secret)
		return KeyID{}, nil, err
	}
	return id, secret, nil
}

// Rotate makes a new master key and re-wraps every data key under it: for when the old one may be known to somebody. Old data keys
// stay what they are; Newest's advice tells when to take new ones.
func (v *Vault) Rotate() error {
	const op = "vault.rotate"
	return v.change(op, func(d *draft) error { return d.rotate(op) })
}

func (d *draft) rotate(op string) error {
	fresh, err := draw(d.o.Rand, keySize)
	if err != nil {
		return failInternal(op, err)
	}
	old := d.master
	d.master, d.rotated = fresh, true
	d.Epoch++
	for i, s := range d.Slots {
		voucher, err := d.voucher(s, old)
		if err != nil {
			return failForged(op, fmt.Errorf("voucher of slot %d: %w", i, err))
		}
		d.Slots[i], err = d.bind(d.o.Rand, s, voucher, fresh)
		clear(voucher)
		if err != nil {
			return failInternal(op, err)
		}
	}
	return d.rewrapKeys(op, old)
}

func (d *draft) rewrapKeys(op string, old []byte) error {
	for i, k := range d.Keys {
		secret, err := d.openKey(k, old)
		if err != nil {
			return failForged(op, fmt.Errorf("data key %x: %w", k.ID[:], err))
		}
		d.Keys[i], err = d.sealKey(d.o.Rand, k, secret, d.master)
		clear(secret)
		if err != nil {
			return failInternal(op, err)
		}
	}
	return nil
}

// put binds an owner's slot and puts it at a place, or at the end for -1.
func (d *draft) put(op string, at int, w owner) error {
	s, err := d.bind(d.o.Rand, w.slot, w.voucher, d.master)
	if err != nil {
		return failInternal(op, err)
	}
	if at < 0 {
		d.Slots = append(d.Slots, s)
		return nil
	}
	d.Slots[at] = s
	return nil
}

// drop takes a slot away.
func (d *draft) drop(at int) { d.Slots = slices.Delete(d.Slots, at, at+1) }
