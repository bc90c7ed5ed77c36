package vault

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
)

func TestEveryWayIn(t *testing.T) {
	s := newStaffed(t)
	for _, who := range []struct{ name, password string }{
		{anna, annasPW},
		{"  anna ÖHM ", annasPW},
		{"anna o\u0308hm", annasPW},
		{ben, bensPW},
		{"ＢＥＮ", bensPW}, // wide letters
	} {
		v := unlock(t, s.o, who.name, who.password)
		holds(t, v, s.key, s.secret)
		if !v.Has(who.name) || v.Dataset() != here || v.Users() != 2 || v.Generation() != 3 || v.Epoch() != 1 {
			t.Errorf("%q: has %v, dataset %x, %d users, generation %d, epoch %d", who.name, v.Has(who.name), v.Dataset(), v.Users(), v.Generation(), v.Epoch())
		}
	}
	for range 2 { // as often as needed
		v, err := tryRecovery(s.o, s.recovery)
		ok(t, err)
		holds(t, v, s.key, s.secret)
	}
}

func TestComposedAndDecomposedPasswordsAreTheSame(t *testing.T) {
	s := newStaffed(t)
	ok(t, s.v.Add("zoe", "schöne grüße ﬁx"))
	unlock(t, s.o, "zoe", "scho\u0308ne gru\u0308ße fix")
	_, err := tryUnlock(s.o, "zoe", "SCHÖNE GRÜSSE FIX")
	isKind(t, err, data.Forbidden)
}

func TestWrongPasswordAndUnknownNameLookAlike(t *testing.T) {
	s := newStaffed(t)
	count := new(stretches)
	var costs []Params
	s.o.stretch = func(pw, salt []byte, p Params) []byte {
		costs = append(costs, p)
		if string(pw) == annasPW && bytes.Equal(salt, s.v.file.Slots[s.v.file.user(anna)].Salt[:]) {
			t.Error("an unknown name's password was tried on Anna's slot") // and would be seen by the time it takes when right
		}
		return count.stretch(pw, salt, p)
	}
	var texts []string
	for _, who := range []struct{ name, password string }{{anna, otherPW}, {"nobody", annasPW}, {"no one", annasPW}, {"nil", annasPW}, {"", ""}, {anna, ""}, {anna, bensPW}, {ben, annasPW}} {
		before := count.n.Load()
		_, err := tryUnlock(s.o, who.name, who.password)
		isKind(t, err, data.Forbidden)
		isKind(t, s.v.Verify(who.name, who.password), data.Forbidden)
		texts = append(texts, err.Error())
		if n := count.n.Load() - before; n != 1 {
			t.Errorf("%q: %d stretchings, want 1", who.name, n)
		}
	}
	if len(slices.Compact(texts)) != 1 {
		t.Errorf("the errors differ: %q", texts)
	}
	for _, p := range costs {
		if p != floor {
			t.Errorf("a guess cost %+v, want %+v", p, floor)
		}
	}
}

func TestKeysTellTheirEpoch(t *testing.T) {
	s := newStaffed(t)
	ok(t, s.v.Rotate())
	newest, found := s.v.Newest(journalP)
	if epoch, _ := s.v.KeyEpoch(newest); !found || newest != s.key || epoch != 1 || s.v.Epoch() != 2 {
		t.Fatalf("after a rotation newest %x (%v) of epoch %d, vault at %d", newest, found, epoch, s.v.Epoch())
	}
	id, _, err := s.v.NewKey(journalP)
	ok(t, err)
	_, _, err = s.v.NewKey("state")
	ok(t, err)
	v := unlock(t, s.o, anna, annasPW)
	newest, _ = v.Newest(journalP)
	if epoch, known := v.KeyEpoch(newest); newest != id || epoch != 2 || !known {
		t.Errorf("newest %x of epoch %d, want %x of 2", newest, epoch, id)
	}
	if _, found := v.Newest("blobs"); found {
		t.Error("found a key for a purpose that has none")
	}
	if _, known := v.KeyEpoch(KeyID{9}); known {
		t.Error("an unknown key has an epoch")
	}
	_, err = v.Key(KeyID{9})
	isKind(t, err, data.Corrupt)
}

func TestCreateNeverWritesOverAHospital(t *testing.T) {
	for _, name := range []string{mainName, backupName} {
		d := disk.NewMem()
		write(t, d, name, []byte("anything"))
		_, _, err := Create(quick(d), here, anna, annasPW)
		isKind(t, err, data.Conflict)
		if string(read(t, d, name)) != "anything" {
			t.Errorf("%s was written over", name)
		}
	}
	for _, who := range [][2]string{{"", "x"}, {"x", ""}} {
		_, _, err := Create(quick(disk.NewMem()), here, who[0], who[1])
		isKind(t, err, data.Invalid)
	}
	_, err := Open(quick(disk.NewMem()))
	isKind(t, err, data.NotFound)
}

func TestClosedVaultAnswersUnavailable(t *testing.T) {
	s := newStaffed(t)
	master := s.v.master
	ok(t, s.v.Close())
	ok(t, s.v.Close())
	if !bytes.Equal(master, make([]byte, keySize)) {
		t.Error("the master key is still in memory")
	}
	_, err := s.v.Key(s.key)
	isKind(t, err, data.Unavailable)
	_, _, err = s.v.NewKey(journalP)
	isKind(t, err, data.Unavailable)
	_, err = s.v.NewRecovery()
	isKind(t, err, data.Unavailable)
	for name, err := range map[string]error{
		"add": s.v.Add("x", "y"), "set": s.v.SetPassword(anna, annasPW, "y"), "reset": s.v.Reset(ben, "y"),
		"remove": s.v.Remove(ben), "rotate": s.v.Rotate(), "verify": s.v.Verify(anna, annasPW),
	} {
		if !data.Is(err, data.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, found := s.v.Newest(journalP); found || s.v.Users() != 0 || s.v.Has(anna) || s.v.Generation() != 0 || s.v.Epoch() != 0 {
		t.Error("a closed vault still tells things")
	}
}

func TestNoNameNorSecretInClearOnTheDisk(t *testing.T) {
	s := newStaffed(t)
	for _, name := range []string{mainName, backupName} {
		raw := read(t, s.disk, name)
		for _, secret := range [][]byte{[]byte("ben"), []byte("Anna"), []byte("anna"), s.secret, s.v.master, s.recovery.secret[:], []byte(bensPW)} {
			if bytes.Contains(raw, secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}

func TestMessagesHoldNoNamesNorSecrets(t *testing.T) {
	s := newStaffed(t)
	_, wrong := tryUnlock(s.o, anna, otherPW)
	_, typo := ParseRecoveryKey(strings.Repeat("7", 40))
	for _, err := range []error{wrong, typo, s.v.Add(anna, otherPW), s.v.Reset("nobody", otherPW), s.v.Remove("nobody")} {
		for _, word := range []string{anna, "nobody", otherPW, "slot", "77777"} {
			if strings.Contains(err.Error(), word) {
				t.Errorf("%q holds %q", err, word)
			}
		}
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("made", "key", s.recovery)
	if strings.Contains(log.String(), s.recovery.String()[:5]) {
		t.Error("the recovery key is in the log")
	}
}

func TestSecondVaultDoesNotWriteOverTheFirst(t *testing.T) {
	s := newStaffed(t)
	stale := unlock(t, s.o, ben, bensPW)
	id, secret, err := s.v.NewKey(journalP)
	ok(t, err)
	_, _, err = stale.NewKey(journalP)
	isKind(t, err, data.Conflict)
	holds(t, stale, s.key, s.secret)
	holds(t, unlock(t, s.o, anna, annasPW), id, secret)
}

func TestManyAtOnce(t *testing.T) {
	s := newStaffed(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	made := map[KeyID][]byte{s.key: s.secret}
	for i := range 8 {
		all.Go(func() {
			id, secret, err := s.v.NewKey(journalP)
			if err == nil {
				err = s.v.Add(fmt.Sprint("nurse ", i), bensPW)
			}
			if err == nil && i%4 == 0 {
				err = s.v.Rotate()
			}
			if err == nil {
				err = s.v.Verify(anna, annasPW)
			}
			if got, kerr := s.v.Key(id); err != nil || kerr != nil || !bytes.Equal(got, secret) {
				t.Errorf("%v, %v", err, kerr)
			}
			_, _, _, _ = s.v.Has(ben), s.v.Users(), s.v.Generation(), s.v.Report()
			mu.Lock()
			defer mu.Unlock()
			made[id] = secret
		})
	}
	all.Wait()
	v := unlock(t, s.o, "nurse 3", bensPW)
	for id, secret := range made {
		holds(t, v, id, secret)
	}
	if v.Users() != 10 || v.Epoch() != 3 {
		t.Errorf("%d users, epoch %d", v.Users(), v.Epoch())
	}
}

func TestUnlockWhileAChangeIsWritten(t *testing.T) {
	s := newStaffed(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				if v, err := tryUnlock(s.o, ben, bensPW); err != nil {
					t.Error(err)
				} else if r := v.Report(); r.Mending != nil {
					t.Error(r.Mending)
				}
			}
		})
	}
	for range 10 {
		_, _, err := s.v.NewKey(journalP)
		ok(t, err)
	}
	all.Wait()
	if !bytes.Equal(read(t, s.disk, mainName), read(t, s.disk, backupName)) {
		t.Error("a repair put an older copy in place")
	}
}
