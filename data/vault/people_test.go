package vault

import (
	"testing"

	"wardbook/data"
)

func TestPasswordChangeEndsTheOldOne(t *testing.T) {
	s := newStaffed(t)
	isKind(t, s.v.SetPassword(anna, otherPW, "x"), data.Forbidden)
	isKind(t, s.v.SetPassword("nobody", annasPW, "x"), data.Forbidden)
	isKind(t, s.v.SetPassword(anna, annasPW, ""), data.Invalid)
	l, err := Open(s.o) // before the change: Unlock must not go by what it saw then
	ok(t, err)
	ok(t, s.v.SetPassword(anna, annasPW, otherPW))
	for _, o := range onlyCopies(t, s) {
		_, err := tryUnlock(o, anna, annasPW)
		isKind(t, err, data.Forbidden)
		holds(t, unlock(t, o, anna, otherPW), s.key, s.secret)
	}
	_, err = l.Unlock(anna, annasPW)
	isKind(t, err, data.Forbidden)
	ok(t, s.v.Verify(anna, otherPW))
	isKind(t, s.v.Verify(anna, annasPW), data.Forbidden)
}

// A reset that comes in between, while the old password is being checked, stands.
func TestResetDuringAPasswordChangeStands(t *testing.T) {
	s := newStaffed(t)
	in := false
	s.v.o.stretch = func(password, salt []byte, p Params) []byte {
		if !in {
			in = true
			ok(t, s.v.Reset(ben, otherPW))
		}
		return s.o.stretch(password, salt, p)
	}
	isKind(t, s.v.SetPassword(ben, bensPW, annasPW), data.Conflict)
	ok(t, s.v.Verify(ben, otherPW))
}

// onlyCopies gives two disks, each with one of the copies alone.
func onlyCopies(t *testing.T, s *staffed) []Options {
	a, b := s.o, s.o
	for o, gone := range map[*Options]string{&a: backupName, &b: mainName} {
		d := clone(s.disk)
		remove(t, d, gone)
		o.FS = d
	}
	return []Options{a, b}
}

func TestResetGivesAOneTimePassword(t *testing.T) {
	s := newStaffed(t)
	isKind(t, s.v.Reset("nobody", otherPW), data.NotFound)
	isKind(t, s.v.Reset(ben, ""), data.Invalid)
	ok(t, s.v.Reset(ben, otherPW))
	_, err := tryUnlock(s.o, ben, bensPW)
	isKind(t, err, data.Forbidden)
	holds(t, unlock(t, s.o, ben, otherPW), s.key, s.secret)
	if s.v.Users() != 2 {
		t.Errorf("%d users after a reset", s.v.Users())
	}
}

func TestAddRefusesWhatCannotBe(t *testing.T) {
	s := newStaffed(t)
	isKind(t, s.v.Add("BEN", otherPW), data.Conflict)
	isKind(t, s.v.Add(" \t", otherPW), data.Invalid)
	isKind(t, s.v.Add("cleo", ""), data.Invalid)
	unlock(t, s.o, ben, bensPW)
}

func TestRemovedPersonIsOut(t *testing.T) {
	s := newStaffed(t)
	kept := s.onCopy(t) // Ben copied the files, and knows the master key
	benV := unlock(t, kept.o, ben, bensPW)
	benW, err := benV.file.signIn(s.o, "test", ben, bensPW)
	ok(t, err)
	isKind(t, s.v.Remove("nobody"), data.NotFound)
	ok(t, s.v.Remove(ben))
	id, secret, err := s.v.NewKey(journalP)
	ok(t, err)

	_, err = tryUnlock(s.o, ben, bensPW)
	isKind(t, err, data.Forbidden)
	fresh := s.v.file
	for _, sl := range fresh.Slots {
		if _, err := unwrap(benW.private, benW.voucher, sl.Wrapped, fresh.aboutWrap(sl)); err == nil {
			t.Error("the removed person's private key opens the new master key")
		}
	}
	for _, k := range fresh.Keys {
		if _, err := fresh.openKey(k, benV.master); err == nil {
			t.Errorf("the removed person's master key opens data key %x in the new file", k.ID)
		}
	}
	for _, o := range onlyCopies(t, s) {
		v := unlock(t, o, anna, annasPW)
		holds(t, v, s.key, s.secret)
		holds(t, v, id, secret)
	}
	v, err := tryRecovery(s.o, s.recovery)
	ok(t, err)
	holds(t, v, id, secret)
}

func TestTheLastPersonStays(t *testing.T) {
	s := newStaffed(t)
	ok(t, s.v.Remove(ben))
	isKind(t, s.v.Remove(anna), data.Conflict)
	unlock(t, s.o, anna, annasPW)
}

func TestNewRecoveryEndsTheOldOne(t *testing.T) {
	s := newStaffed(t)
	fresh, err := s.v.NewRecovery()
	ok(t, err)
	if s.v.Epoch() != 2 {
		t.Error("a replaced recovery key may be exposed, yet the master key is the same")
	}
	_, err = tryRecovery(s.o, s.recovery)
	isKind(t, err, data.Forbidden)
	v, err := tryRecovery(s.o, fresh)
	ok(t, err)
	holds(t, v, s.key, s.secret)
	unlock(t, s.o, ben, bensPW)
}

func TestRecoveredHospitalCanLetPeopleIn(t *testing.T) {
	s := newStaffed(t)
	v, err := tryRecovery(s.o, s.recovery)
	ok(t, err)
	ok(t, v.Reset(anna, otherPW))
	holds(t, unlock(t, s.o, anna, otherPW), s.key, s.secret)
}
