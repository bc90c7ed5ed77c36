package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
)

var errPulled = errors.New("the plug was pulled")

// changes are all ways to change a vault. done does it; which tells, from a disk, whether it is in force there ("old" or "new").
type step struct {
	name  string
	done  func(s *staffed) error
	which func(s *staffed, o Options) string
}

func oldNew(oldErr, newErr error) string {
	switch {
	case oldErr == nil && newErr != nil:
		return "old"
	case oldErr != nil && newErr == nil:
		return "new"
	}
	return fmt.Sprintf("neither or both: %v, %v", oldErr, newErr)
}

func steps() []step {
	var id KeyID
	var secret []byte
	var paper RecoveryKey
	asks := func(ask func(v *Vault) bool) func(*staffed, Options) string {
		return func(s *staffed, o Options) string {
			v, err := tryRecovery(o, s.recovery)
			if err != nil {
				return err.Error()
			}
			return map[bool]string{true: "new", false: "old"}[ask(v)]
		}
	}
	passwords := func(name, old, fresh string) func(*staffed, Options) string {
		return func(_ *staffed, o Options) string {
			_, oldErr := tryUnlock(o, name, old)
			_, newErr := tryUnlock(o, name, fresh)
			return oldNew(oldErr, newErr)
		}
	}
	return []step{
		{"new key", func(s *staffed) (err error) { id, secret, err = s.v.NewKey("state"); return },
			asks(func(v *Vault) bool { _, found := v.Newest("state"); return found })},
		{"add", func(s *staffed) error { return s.v.Add("cleo", otherPW) }, asks(func(v *Vault) bool { return v.Has("cleo") })},
		{"set password", func(s *staffed) error { return s.v.SetPassword(ben, bensPW, otherPW) }, passwords(ben, bensPW, otherPW)},
		{"reset", func(s *staffed) error { return s.v.Reset(ben, otherPW) }, passwords(ben, bensPW, otherPW)},
		{"remove", func(s *staffed) error { return s.v.Remove(ben) },
			asks(func(v *Vault) bool { return !v.Has(ben) && v.Epoch() == 2 })},
		{"rotate", func(s *staffed) error { return s.v.Rotate() }, asks(func(v *Vault) bool { return v.Epoch() == 2 })},
		{"new recovery", func(s *staffed) (err error) {
			paper, err = s.v.NewRecovery()
			if paper.IsZero() != (err != nil && !errors.Is(err, errUnsure)) {
				return fmt.Errorf("gave key %v with %w", paper.IsZero(), err)
			}
			return
		},
			func(s *staffed, o Options) string {
				_, oldErr := tryRecovery(o, s.recovery)
				_, newErr := tryRecovery(o, paper)
				return oldNew(oldErr, newErr)
			}},
		{"key again", func(s *staffed) (err error) {
			if id, secret, err = s.v.NewKey("state"); err == nil {
				s.key, s.secret = id, secret // from now on it must never be lost
			}
			return
		}, asks(func(v *Vault) bool { _, found := v.Newest("state"); return found })},
	}
}

// After a fault at any of the disk's operations (once, or from then on), and a power cut after it, the vault opens in the old or the
// new state; it is the new one where the change was reported done and the old one where it was reported not done.
func TestPowerCutAtEveryOperation(t *testing.T) {
	base := newStaffed(t)
	for _, st := range steps() {
		for _, forever := range []bool{false, true} {
			faults := 0
			for n := 0; ; n++ {
				s := base.onCopy(t)
				count, hit := 0, false
				s.disk.Fault = func(string, string) error {
					count++
					if count-1 == n || forever && count-1 > n {
						hit = true
						return errPulled
					}
					return nil
				}
				err := st.done(s)
				s.disk.Fault = nil
				checkCut(t, fmt.Sprintf("%s, fault %d, forever %v", st.name, n, forever), st, s, err)
				if !hit {
					break
				}
				faults++
			}
			if faults < 10 {
				t.Errorf("%s: only %d operations were tried", st.name, faults)
			}
		}
	}
}

func checkCut(t *testing.T, what string, st step, s *staffed, err error) {
	t.Helper()
	if err != nil && !data.Is(err, data.Unavailable) {
		t.Fatalf("%s: %v", what, err)
	}
	holds(t, s.v, s.key, s.secret)
	for seed := range uint64(3) {
		o := s.o
		o.FS = s.disk.Crash(rand.New(rand.NewPCG(seed, 1)))
		switch which := st.which(s, o); {
		case which != "old" && which != "new",
			err == nil && which != "new",
			err != nil && !errors.Is(err, errUnsure) && which != "old":
			t.Fatalf("%s, cut %d: %s after error %v", what, seed, which, err)
		}
		v, err := tryUnlock(o, anna, annasPW)
		if err != nil {
			t.Fatalf("%s, cut %d: %v", what, seed, err)
		}
		holds(t, v, s.key, s.secret)
		if r := v.Report(); !r.Whole() && r.Main != Good && r.Backup != Good {
			t.Fatalf("%s, cut %d: no good copy: %+v", what, seed, r)
		}
	}
}

// A change that failed leaves the vault as it was, and the next one goes through.
func TestFailedChangeIsNotInForce(t *testing.T) {
	base := newStaffed(t)
	for _, st := range steps() {
		for n := range 12 {
			s := base.onCopy(t)
			count := 0
			s.disk.Fault = func(string, string) error {
				if count++; count-1 == n {
					return errPulled
				}
				return nil
			}
			err := st.done(s)
			s.disk.Fault = nil
			if err == nil {
				break
			}
			if s.v.Epoch() != 1 || s.v.Users() != 2 || s.v.Verify(ben, bensPW) != nil {
				t.Fatalf("%s, fault %d: epoch %d, %d users", st.name, n, s.v.Epoch(), s.v.Users())
			}
			ok(t, st.done(s))
			if which := st.which(s, s.o); which != "new" {
				t.Fatalf("%s, fault %d, again: %s", st.name, n, which)
			}
			holds(t, unlock(t, s.o, anna, annasPW), s.key, s.secret)
		}
	}
}

// Two states never bear the same generation, or the copies could not be told apart.
func TestFailedGenerationIsNotUsedAgain(t *testing.T) {
	s := newStaffed(t)
	before, failed := s.v.Generation(), false
	s.disk.Fault = func(op, _ string) error {
		if op == "syncdir" && !failed { // the first copy is in place, only not known to be durable
			failed = true
			return errPulled
		}
		return nil
	}
	isKind(t, s.v.Rotate(), data.Unavailable)
	for _, name := range copyNames {
		f, err := parse(read(t, s.disk, name))
		ok(t, err)
		if f.Generation != before+2 || f.Epoch != 1 || s.v.Generation() != before+2 {
			t.Errorf("%s: generation %d (vault %d) of epoch %d, want %d of 1", name, f.Generation, s.v.Generation(), f.Epoch, before+2)
		}
	}
}

// An unlock finds one copy older. While it stretches the password, the disk moves on: it must not mend with what it had read.
func TestLateMendPutsNothingOldInPlace(t *testing.T) {
	s := newStaffed(t)
	older := read(t, s.disk, backupName)
	ok(t, s.v.Rotate())
	write(t, s.disk, backupName, older)
	o := s.o
	o.stretch = func(password, salt []byte, p Params) []byte {
		_, _, err := s.v.NewKey("state")
		ok(t, err)
		write(t, s.disk, backupName, older)
		return s.o.stretch(password, salt, p)
	}
	if r := unlock(t, o, anna, annasPW).Report(); r.Mended || string(read(t, s.disk, backupName)) != string(older) {
		t.Errorf("mended with what was no longer the newest: %+v", r)
	}
	if r := unlock(t, s.o, anna, annasPW).Report(); !r.Mended || r.Generation != s.v.Generation() {
		t.Errorf("the next unlock: %+v", r)
	}
}

// watched is a disk that tells when a file is opened or put in place.
type watched struct {
	*disk.Mem
	touched func(op string)
}

func (w watched) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	w.touched("open")
	return w.Mem.OpenFile(name, flag, perm)
}

func (w watched) Rename(from, to string) error {
	w.touched("rename")
	return w.Mem.Rename(from, to)
}

// A repair and a change of two vaults of one process never cross, and nobody reads what another replaces: whoever goes to the disk
// has the turn.
func TestDiskIsUsedInTurns(t *testing.T) {
	d := disk.NewMem()
	renames := 0
	o := quick(d)
	o.FS = watched{d, func(op string) {
		if op == "rename" {
			renames++
		}
		if turn.TryLock() {
			turn.Unlock()
			t.Errorf("%s without the turn", op)
		}
	}}
	v, _, err := Create(o, here, anna, annasPW)
	ok(t, err)
	ok(t, v.Rotate())
	remove(t, d, backupName)
	unlock(t, o, anna, annasPW)
	if renames != 5 {
		t.Errorf("%d files put in place, want 5", renames)
	}
}

// A cut between the two copies: the newer one is taken and the older one mended.
func TestCutBetweenTheCopies(t *testing.T) {
	s := newStaffed(t)
	older := read(t, s.disk, backupName)
	ok(t, s.v.Remove(ben))
	for _, stale := range []string{mainName, backupName} {
		c := s.onCopy(t)
		write(t, c.disk, stale, older)
		_, err := tryUnlock(c.o, ben, bensPW) // the older copy would let him in
		isKind(t, err, data.Forbidden)
		v := unlock(t, c.o, anna, annasPW)
		r := v.Report()
		if r.Whole() || !r.Mended || r.Mending != nil || r.Main == r.Backup || v.Epoch() != 2 {
			t.Errorf("%s older: %+v, epoch %d", stale, r, v.Epoch())
		}
		if string(read(t, c.disk, mainName)) != string(read(t, c.disk, backupName)) {
			t.Errorf("%s was not mended", stale)
		}
		again := unlock(t, c.o, anna, annasPW)
		if !again.Report().Whole() {
			t.Errorf("%s: found again: %+v", stale, again.Report())
		}
	}
}

func TestOneBadCopyIsMendedAndReported(t *testing.T) {
	s := newStaffed(t)
	for _, name := range []string{mainName, backupName} {
		good := read(t, s.disk, name)
		for what, spoil := range map[string]func(d *disk.Mem){
			"missing":   func(d *disk.Mem) { remove(t, d, name) },
			"empty":     func(d *disk.Mem) { write(t, d, name, nil) },
			"truncated": func(d *disk.Mem) { write(t, d, name, good[:len(good)-1]) },
			"longer":    func(d *disk.Mem) { write(t, d, name, append(good[:len(good):len(good)], 0)) },
			"zeroes":    func(d *disk.Mem) { write(t, d, name, make([]byte, len(good))) },
			"too large": func(d *disk.Mem) { write(t, d, name, make([]byte, fileLimit+1)) },
		} {
			o := s.o
			d := clone(s.disk)
			o.FS = d
			spoil(d)
			want := Damaged
			if what == "missing" {
				want = Missing
			}
			l, err := Open(o)
			ok(t, err)
			if r := l.Report(); r.Main != want && r.Backup != want || r.Mended {
				t.Errorf("%s %s: %+v", name, what, r)
			}
			v, err := l.Unlock(anna, annasPW)
			ok(t, err)
			holds(t, v, s.key, s.secret)
			if r := v.Report(); !r.Mended || string(read(t, d, name)) != string(good) {
				t.Errorf("%s %s: %+v", name, what, r)
			}
		}
	}
}

func TestMendingThatFailsKeepsNobodyOut(t *testing.T) {
	s := newStaffed(t)
	remove(t, s.disk, mainName)
	s.disk.Fault = func(string, string) error { return errPulled }
	v := unlock(t, s.o, anna, annasPW)
	if r := v.Report(); r.Mended || !errors.Is(r.Mending, errPulled) {
		t.Errorf("%+v", r)
	}
	holds(t, v, s.key, s.secret)
}

func TestBothCopiesBadIsCorrupt(t *testing.T) {
	s := newStaffed(t)
	write(t, s.disk, mainName, []byte("x"))
	remove(t, s.disk, backupName)
	_, err := Open(s.o)
	isKind(t, err, data.Corrupt)
	_, _, err = Create(s.o, here, anna, annasPW)
	isKind(t, err, data.Conflict)
}

func TestFullDiskChangesNothing(t *testing.T) {
	s := newStaffed(t)
	before := read(t, s.disk, mainName)
	s.disk.SetFree(uint64(len(before)) * 3 / 2) // room for one copy
	isKind(t, s.v.Reset(ben, otherPW), data.Unavailable)
	for _, name := range []string{mainName, backupName} {
		if string(read(t, s.disk, name)) != string(before) {
			t.Errorf("%s changed", name)
		}
	}
	s.disk.SetFree(1 << 30)
	ok(t, s.v.Reset(ben, otherPW))
}

// Setting up, cut at every operation: there is no hospital, or one that its first person can open. A set-up that failed on a disk
// that works again can be tried again.
func TestPowerCutWhileSettingUp(t *testing.T) {
	for n := 0; ; n++ {
		d := disk.NewMem()
		count, hit := 0, false
		d.Fault = func(string, string) error {
			if count++; count-1 == n {
				hit = true
				return errPulled
			}
			return nil
		}
		_, _, err := Create(quick(d), here, anna, annasPW)
		d.Fault = nil
		for seed := range uint64(4) {
			_, opened := tryUnlock(quick(d.Crash(rand.New(rand.NewPCG(seed, 2)))), anna, annasPW)
			if opened != nil && (err == nil || !data.Is(opened, data.NotFound)) {
				t.Fatalf("fault %d, cut %d: %v after %v", n, seed, opened, err)
			}
		}
		if !hit {
			ok(t, err)
			break
		}
		isKind(t, err, data.Unavailable)
		_, _, err = Create(quick(d), here, anna, annasPW)
		ok(t, err)
	}
}
