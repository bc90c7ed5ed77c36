package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
)

var future = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)

func disowned([32]byte) (bool, error) { return false, nil }

// Put has answered: then a power cut at once takes nothing of it.
func TestPowerCutAfterPut(t *testing.T) {
	m := disk.NewMem()
	o := testOptions(m)
	b := open(t, o)
	refs := []Ref{put(t, b, nil), put(t, b, content(1000)), put(t, b, content(600_000))}
	for seed := range uint64(100) {
		o.FS = m.Crash(rand.New(rand.NewPCG(seed, 0)))
		after := open(t, o)
		for _, ref := range refs {
			if err := after.Check(context.Background(), ref); err != nil {
				t.Fatalf("power cut %d: %v", seed, err)
			}
		}
	}
}

// The system wrote tmp's names out while the attachment was under way; once Put has answered, a power cut doesn't bring the
// unfinished name back beside the finished one.
func TestUnfinishedNameDoesNotComeBack(t *testing.T) {
	m := disk.NewMem()
	b := open(t, testOptions(m))
	if _, err := b.Put(context.Background(), &during{left: 2 << 20, do: func() error { return m.SyncDir(b.tmp()) }}); err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(20) {
		if left := files(t, m.Crash(rand.New(rand.NewPCG(seed, 0)))); len(left) != 1 {
			t.Fatalf("power cut %d: %v", seed, left)
		}
	}
}

// countdown fails the operation of that number, and all later ones where dead.
func countdown(n int, dead bool) func(op, name string) error {
	return func(op, name string) error {
		n--
		if n == -1 || n < -1 && dead {
			return errIO
		}
		return nil
	}
}

func operations(t *testing.T, content []byte) int {
	m := disk.NewMem()
	b := open(t, testOptions(m))
	n := 0
	m.Fault = func(string, string) error { n++; return nil }
	put(t, b, content)
	return n
}

// One operation fails: Put works, or says so and leaves nothing.
func TestEachOperationFailsOnce(t *testing.T) {
	letter := content(600_000)
	for i := range operations(t, letter) {
		m := disk.NewMem()
		b := open(t, testOptions(m))
		before := put(t, b, letter[:1000])
		m.Fault = countdown(i, false)
		ref, err := b.Put(context.Background(), bytes.NewReader(letter))
		m.Fault = nil
		if !data.Is(err, data.Unavailable) || !errors.Is(err, errIO) || ref != (Ref{}) {
			t.Errorf("operation %d failed and Put says %v, %v", i, ref, err)
		}
		if left := files(t, m); len(left) != 1 {
			t.Errorf("operation %d: left %v", i, left)
		}
		if err := b.Check(context.Background(), before); err != nil {
			t.Errorf("operation %d: %v", i, err)
		}
		put(t, b, letter)
	}
}

// The disk dies at an operation and then the power goes: what bears a name is whole, what was there before is there, and a
// sweep clears the rest.
func TestDiskDiesThenPowerCut(t *testing.T) {
	letter := content(600_000)
	n := operations(t, letter)
	for seed := range uint64(20) {
		for i := range n + 1 {
			m := disk.NewMem()
			o := testOptions(m)
			b := open(t, o)
			before := put(t, b, letter[:1000])
			m.Fault = countdown(i, true)
			ref, err := b.Put(context.Background(), bytes.NewReader(letter))
			if (err == nil) != (i == n) {
				t.Fatalf("operation %d: %v", i, err)
			}
			after := m.Crash(rand.New(rand.NewPCG(seed, uint64(i))))
			o.FS = after
			b = open(t, o)
			namesAreTrue(t, after, fmt.Sprintf("operation %d, power cut %d", i, seed))
			keep := func(hash [32]byte) (bool, error) { return hash == before.Hash || err == nil && hash == ref.Hash, nil }
			if _, _, err := b.Sweep(context.Background(), keep, future); err != nil {
				t.Fatal(err)
			}
			want := map[bool]int{true: 2, false: 1}[err == nil]
			if left := files(t, after); len(left) != want {
				t.Fatalf("operation %d, power cut %d: left %v", i, seed, left)
			}
			if err := b.Check(context.Background(), before); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// namesAreTrue checks every finished file against its name.
func namesAreTrue(t *testing.T, d disk.FS, when string) {
	t.Helper()
	for _, name := range files(t, d) {
		content, err := disk.ReadAll(d, name, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, Suffix) && !strings.Contains(name, fmt.Sprintf("%x", sha256.Sum256(content))) {
			t.Fatalf("%s: %s is not what its name says", when, name)
		}
	}
}

func TestNewSaysWhenTheDiskFails(t *testing.T) {
	m := disk.NewMem()
	m.Fault = func(op, _ string) error { return errIO }
	if _, err := New(testOptions(m)); !data.Is(err, data.Unavailable) {
		t.Errorf("%v", err)
	}
}
