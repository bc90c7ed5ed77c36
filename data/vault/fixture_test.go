package vault

import (
	"bytes"
	"crypto/sha256"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
)

const (
	dir      = "hospital"
	anna     = "Anna Öhm"
	annasPW  = "correct horse battery staple"
	ben      = "ben"
	bensPW   = "a ward full of roses"
	otherPW  = "something else entirely"
	journalP = "journal"
)

var (
	here  = [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	there = [16]byte{0xff}
)

// dice is a random source that repeats and may be shared.
type dice struct {
	mu  sync.Mutex
	src *rand.ChaCha8
}

func (d *dice) Read(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.src.Read(p)
}

func newDice(seed byte) *dice { return &dice{src: rand.NewChaCha8([32]byte{seed})} }

// stretches counts the stretchings of passwords, and makes them quick.
type stretches struct{ n atomic.Int64 }

func (s *stretches) stretch(password, salt []byte, p Params) []byte {
	s.n.Add(1)
	cost := join("cost", number(uint64(p.Memory)), number(uint64(p.Time)), number(uint64(p.Threads)))
	sum := sha256.Sum256(join("quick", password, salt, cost))
	return sum[:]
}

func quick(d disk.FS) Options {
	return Options{FS: d, Dir: dir, Rand: newDice(7), Now: func() time.Time { return time.Unix(1_800_000_000, 0) }, stretch: new(stretches).stretch}
}

// staffed makes a hospital with Anna, Ben and one data key.
type staffed struct {
	disk     *disk.Mem
	o        Options
	v        *Vault
	recovery RecoveryKey
	key      KeyID
	secret   []byte
}

func newStaffed(t testing.TB) *staffed {
	t.Helper()
	s := &staffed{disk: disk.NewMem()}
	s.o = quick(s.disk)
	var err error
	s.v, s.recovery, err = Create(s.o, here, anna, annasPW)
	ok(t, err)
	ok(t, s.v.Add(ben, bensPW))
	s.key, s.secret, err = s.v.NewKey(journalP)
	ok(t, err)
	return s
}

// onCopy is the same hospital, unlocked on a copy of its disk.
func (s *staffed) onCopy(t testing.TB) *staffed {
	t.Helper()
	c := *s
	c.disk = clone(s.disk)
	c.o.FS = c.disk
	c.v = unlock(t, c.o, anna, annasPW)
	return &c
}

// clone copies a disk on which everything is flushed.
func clone(d *disk.Mem) *disk.Mem { return d.Crash(rand.New(rand.NewPCG(0, 0))) }

func unlock(t testing.TB, o Options, name, password string) *Vault {
	t.Helper()
	v, err := tryUnlock(o, name, password)
	ok(t, err)
	return v
}

func tryUnlock(o Options, name, password string) (*Vault, error) {
	l, err := Open(o)
	if err != nil {
		return nil, err
	}
	return l.Unlock(name, password)
}

func tryRecovery(o Options, k RecoveryKey) (*Vault, error) {
	l, err := Open(o)
	if err != nil {
		return nil, err
	}
	return l.UnlockRecovery(k.String())
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func isKind(t testing.TB, err error, kind data.Kind) {
	t.Helper()
	if !data.Is(err, kind) {
		t.Fatalf("got %v, want %s", err, kind)
	}
}

func holds(t testing.TB, v *Vault, id KeyID, secret []byte) {
	t.Helper()
	got, err := v.Key(id)
	ok(t, err)
	if !bytes.Equal(got, secret) {
		t.Fatalf("data key %x has another value", id)
	}
}

func read(t testing.TB, d disk.FS, name string) []byte {
	t.Helper()
	raw, err := disk.ReadAll(d, filepath.Join(dir, name), fileLimit)
	ok(t, err)
	return raw
}

func write(t testing.TB, d disk.FS, name string, raw []byte) {
	t.Helper()
	ok(t, disk.WriteAtomic(d, filepath.Join(dir, name), raw))
}

func remove(t testing.TB, d disk.FS, name string) {
	t.Helper()
	ok(t, d.Remove(filepath.Join(dir, name)))
	ok(t, d.SyncDir(dir))
}

// summed puts the right checksum at the end, as whoever forges a file would.
func summed(raw []byte) []byte {
	raw = bytes.Clone(raw)
	sum := sha256.Sum256(raw[:len(raw)-sha256.Size])
	copy(raw[len(raw)-sha256.Size:], sum[:])
	return raw
}
