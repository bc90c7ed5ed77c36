package vault

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
)

var copyNames = []string{mainName, backupName}

func flip(raw []byte, rnd *rand.Rand) []byte {
	raw = bytes.Clone(raw)
	bit := rnd.IntN(len(raw) * 8)
	raw[bit/8] ^= 1 << (bit % 8)
	return raw
}

// A flipped bit in one copy is mended from the other and reported; in both it is an error.
func TestFlippedBits(t *testing.T) {
	s := newStaffed(t)
	good := read(t, s.disk, mainName)
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		bad, name := flip(good, rnd), copyNames[i%2]
		write(t, s.disk, name, bad)
		if i%8 < 2 { // one in four is unlocked, which is the slower part
			v, err := tryRecovery(s.o, s.recovery)
			ok(t, err)
			holds(t, v, s.key, s.secret)
			if r := v.Report(); !r.Mended || r.Whole() || !bytes.Equal(read(t, s.disk, name), good) {
				t.Fatalf("%s was not mended: %+v", name, r)
			}
			continue
		}
		l, err := Open(s.o)
		ok(t, err)
		if r := l.Report(); r.Whole() || !bytes.Equal(l.seen.raw, good) {
			t.Fatalf("%s: a flipped bit went unseen: %+v", name, r)
		}
		write(t, s.disk, copyNames[1-i%2], flip(good, rnd))
		if _, err := Open(s.o); !data.Is(err, data.Corrupt) {
			t.Fatalf("both flipped: %v", err)
		}
		write(t, s.disk, mainName, good)
		write(t, s.disk, backupName, good)
	}
}

// The same by somebody who puts the checksum right: nothing but the old state, or an error.
func TestForgedBits(t *testing.T) {
	s := newStaffed(t)
	good := read(t, s.disk, mainName)
	rnd := rand.New(rand.NewPCG(3, 4))
	for i := range 500 {
		bad := summed(append(flip(good[:len(good)-32], rnd), good[len(good)-32:]...))
		both := i%2 == 0
		write(t, s.disk, mainName, bad)
		write(t, s.disk, backupName, good)
		if both {
			write(t, s.disk, backupName, bad)
		}
		v, err := tryRecovery(s.o, s.recovery)
		switch {
		case err == nil && both:
			t.Fatalf("forgery %d in both copies was believed", i)
		case err == nil:
			if r := v.Report(); r.Main == Good || !r.Mended || !bytes.Equal(read(t, s.disk, mainName), good) {
				t.Fatalf("forgery %d: %+v", i, r)
			}
		case !data.Is(err, data.Corrupt) && !data.Is(err, data.Unavailable) && !data.Is(err, data.Forbidden):
			t.Fatalf("forgery %d: %v", i, err)
		}
	}
}

// forge writes a state of the attacker's own to both copies, authenticated under a master key that he has.
func (s *staffed) forge(t *testing.T, master []byte, edit func(f *file)) Options {
	t.Helper()
	f, err := parse(read(t, s.disk, mainName))
	ok(t, err)
	f = f.next()
	f.Generation++
	edit(f)
	raw, err := f.encode(master)
	ok(t, err)
	d := clone(s.disk)
	write(t, d, mainName, raw)
	write(t, d, backupName, raw)
	o := s.o
	o.FS = d
	return o
}

var foreign = bytes.Repeat([]byte{0x5a}, keySize) // a master key that the attacker made up

// Nobody without the master key changes anything: no slot of his own, no other parameters, no dropped person.
func TestForgedFilesAreRefused(t *testing.T) {
	s := newStaffed(t)
	for name, edit := range map[string]func(f *file){
		"planted slot": func(f *file) {
			w, err := f.welcome(s.o, "test", "mallory", otherPW)
			ok(t, err)
			d := &draft{file: f, o: s.o, master: foreign}
			ok(t, d.put("test", -1, w))
		},
		"planted public key": func(f *file) {
			private, err := kem().GenerateKey()
			ok(t, err)
			f.Slots[f.user(ben)].Public = private.PublicKey().Bytes()
		},
		"dropped person": func(f *file) { f.Slots = slices.Delete(f.Slots, f.user(ben), f.user(ben)+1) },
		"other purpose":  func(f *file) { f.Keys[0].Purpose = "backup" },
		"dropped key":    func(f *file) { f.Keys = f.Keys[:0] },
		"another time":   func(f *file) { f.Written++ },
		"a later epoch":  func(f *file) { f.Epoch++; f.Generation++ },
		"exchanged tags": func(f *file) {
			a, b := f.user(anna), f.user(ben)
			f.Slots[a].Tag, f.Slots[b].Tag = f.Slots[b].Tag, f.Slots[a].Tag
		},
		"another hospital":  func(f *file) { f.Dataset = there },
		"nothing but a MAC": func(*file) {},
	} {
		o := s.forge(t, foreign, edit)
		for _, try := range []func() (*Vault, error){
			func() (*Vault, error) { return tryUnlock(o, anna, annasPW) },
			func() (*Vault, error) { return tryRecovery(o, s.recovery) },
		} {
			if v, err := try(); err == nil {
				t.Errorf("%s: believed, %d users", name, v.Users())
			} else if !data.Is(err, data.Corrupt) && !data.Is(err, data.Forbidden) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	_, err := tryUnlock(s.forge(t, foreign, func(*file) {}), anna, annasPW)
	isKind(t, err, data.Corrupt)
}

// Who replaces the files by ones of his own making can sign in to those. He finds no key of the hospital's there.
func TestForgersOwnFileOpensNoKey(t *testing.T) {
	s := newStaffed(t)
	o := s.forge(t, foreign, func(f *file) {
		w, err := f.welcome(s.o, "test", "mallory", otherPW)
		ok(t, err)
		d := &draft{file: f, o: s.o, master: foreign}
		ok(t, d.put("test", -1, w))
	})
	v, err := tryUnlock(o, "mallory", otherPW)
	ok(t, err)
	_, err = v.Key(s.key)
	isKind(t, err, data.Corrupt)
	isKind(t, v.Remove(anna), data.Corrupt)
}

// Anybody can wrap to a public key. A master key that a stranger wrapped to everybody, in a file that is authentic under it, would
// have the hospital write its new records under a key of his.
func TestStrangersMasterKeyIsRefused(t *testing.T) {
	s := newStaffed(t)
	for name, voucher := range map[string][]byte{"guessed": make([]byte, keySize), "none": nil} {
		o := s.forge(t, foreign, func(f *file) {
			f.Keys = f.Keys[:0]
			for i, sl := range f.Slots {
				var err error
				f.Slots[i], err = f.bind(s.o.Rand, sl, voucher, foreign)
				ok(t, err)
				f.Slots[i].Voucher = sl.Voucher
			}
		})
		_, byPassword := tryUnlock(o, anna, annasPW)
		_, byPaper := tryRecovery(o, s.recovery)
		if !data.Is(byPassword, data.Corrupt) || !data.Is(byPaper, data.Corrupt) {
			t.Errorf("voucher %s: %v, %v", name, byPassword, byPaper)
		}
	}
}

// Even a holder of the master key can't make guessing a password cheaper: its seal is bound to what a guess costs.
func TestCheaperGuessesAreRefused(t *testing.T) {
	s := newStaffed(t)
	s.o.KDF = Params{Memory: 256 << 10, Time: 8, Threads: 4}
	s.v.o = s.o
	ok(t, s.v.Reset(anna, annasPW))
	ok(t, s.v.Reset(ben, bensPW))
	for name, p := range map[string]Params{
		"less memory": {128 << 10, 8, 4}, "fewer passes": {256 << 10, 7, 4}, "fewer threads": {256 << 10, 8, 3}, "more memory": {512 << 10, 8, 4},
	} {
		o := s.forge(t, s.v.master, func(f *file) {
			sl := &f.Slots[f.user(anna)]
			sl.Memory, sl.Time, sl.Threads = p.Memory, p.Time, p.Threads
		})
		o.stretch = func(password, salt []byte, _ Params) []byte { return s.o.stretch(password, salt, s.o.KDF) } // the very same key
		if _, err := tryUnlock(o, anna, annasPW); !data.Is(err, data.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, p := range map[string]Params{
		"memory under the floor": {32 << 10, 3, 1}, "passes under the floor": {64 << 10, 2, 1}, "no threads": {64 << 10, 3, 0},
		"memory over the cap": {2 << 20, 3, 1}, "passes over the cap": {64 << 10, 17, 1}, "threads over the cap": {64 << 10, 3, 9},
	} {
		o := s.forge(t, s.v.master, func(f *file) {
			sl := &f.Slots[f.user(anna)]
			sl.Memory, sl.Time, sl.Threads = p.Memory, p.Time, p.Threads
		})
		o.stretch = func(_, _ []byte, p Params) []byte { t.Errorf("%s: stretched with %+v", name, p); return nil }
		if _, err := Open(o); !data.Is(err, data.Corrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A slot is of its hospital: whole, moved to another file by somebody who holds that one's master key, it opens nothing.
func TestSlotOfAnotherHospitalOpensNothing(t *testing.T) {
	s := newStaffed(t)
	o := quick(disk.NewMem())
	_, _, err := Create(o, there, anna, otherPW)
	ok(t, err)
	moved, err := parse(read(t, o.FS, mainName))
	ok(t, err)
	forged := s.forge(t, s.v.master, func(f *file) {
		at := f.user(anna)
		tag := f.Slots[at].Tag
		f.Slots[at] = moved.Slots[moved.user(anna)]
		f.Slots[at].Tag = tag
	})
	_, err = tryUnlock(forged, anna, otherPW)
	isKind(t, err, data.Forbidden)
}

func TestCopiesOfTwoHospitals(t *testing.T) {
	s := newStaffed(t)
	o := quick(disk.NewMem())
	_, _, err := Create(o, there, anna, annasPW)
	ok(t, err)
	theirs := read(t, o.FS, mainName)
	for _, name := range copyNames {
		d := clone(s.disk)
		write(t, d, name, theirs)
		mixed := s.o
		mixed.FS = d
		_, err = Open(mixed)
		isKind(t, err, data.Corrupt)
	}
	l, err := Open(s.o)
	ok(t, err)
	write(t, s.disk, mainName, theirs)
	write(t, s.disk, backupName, theirs)
	_, err = l.Unlock(anna, annasPW) // exchanged after Open had told which hospital it is
	isKind(t, err, data.Corrupt)
	_, _, err = s.v.NewKey(journalP)
	isKind(t, err, data.Conflict)
}

// An older program takes neither copy, nor writes over them, where one is of a newer version; a damaged one is not taken for newer.
func TestNewerVersionIsLeftAlone(t *testing.T) {
	s := newStaffed(t)
	good := read(t, s.disk, mainName)
	newer := bytes.Clone(good)
	newer[len(magic)+1] = version + 1
	for _, name := range copyNames {
		o := s.o
		d := clone(s.disk)
		o.FS = d
		write(t, d, name, summed(newer))
		_, err := Open(o)
		isKind(t, err, data.Unavailable)
		if !errors.Is(err, errNewer) {
			t.Errorf("%s: %v", name, err)
		}
		write(t, d, name, newer) // its checksum says that it is only damaged
		v := unlock(t, o, anna, annasPW)
		write(t, d, name, summed(newer))
		_, _, err = v.NewKey(journalP)
		isKind(t, err, data.Conflict)
	}
}

// What this relies on: the library's hybrid refuses keys and encapsulations that are none, without a panic.
func TestHostilePublicKeysAndWraps(t *testing.T) {
	for _, size := range []int{0, 1, publicSize - 1, publicSize, publicSize + 1} {
		if _, err := wrap(bytes.Repeat([]byte{0xff}, size), nil, foreign, nil); err == nil {
			t.Errorf("wrapped to %d bytes of 0xff", size)
		}
	}
	private, err := kem().GenerateKey()
	ok(t, err)
	for _, size := range []int{0, 1, 1120, wrapSize} {
		if _, err := unwrap(private, nil, make([]byte, size), nil); err == nil {
			t.Errorf("unwrapped %d zeroes", size)
		}
	}
}
