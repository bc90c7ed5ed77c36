package badgerdb

import (
	"os"
	"path/filepath"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
	"wardbook/data/storetest"
)

// Child is what the test program does when it is started with a name: as its own probe, and whatever other tests add.
var Child = map[string]func(args []string) error{
	"probe-state": func(args []string) error { return ServeProbe(args[0], os.Stdin, os.Stdout) },
}

// TestMain lets the test program be its own child.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && Child[os.Args[1]] != nil {
		if err := Child[os.Args[1]](os.Args[2:]); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var probe = ChildProbe(os.Args[0], "probe-state")

// bench opens stores of this engine: on disk, or wholly in memory.
type bench struct {
	o    Options
	made bool
}

func onDisk(t testing.TB) storetest.Bench {
	return &bench{o: Options{Dir: t.TempDir(), Keys: storetest.NewKeys(), Dataset: [16]byte{1}, Probe: probe, Ballast: -1, Chunk: 64 << 10, SegmentSize: 256 << 10}}
}

func inMemory(t testing.TB) storetest.Bench {
	return &bench{o: Options{Dir: "/store", FS: disk.NewMem(), Memory: true, Keys: storetest.NewKeys(), Dataset: [16]byte{1}, Ballast: -1, Chunk: 64 << 10}}
}

func (b *bench) TryOpen(t testing.TB, tb *storetest.Tables) (data.Store, error) {
	b.o.Schema = tb.Schema
	open := Open
	if !b.made {
		open = Create
	}
	s, err := open(t.Context(), b.o)
	if err != nil {
		return nil, err
	}
	b.made = true
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s, nil
}

func (b *bench) Open(t testing.TB, tb *storetest.Tables) data.Store {
	s, err := b.TryOpen(t, tb)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return s
}

// Lose verifies the chain of the closed store before it throws away what can be rebuilt.
func (b *bench) Lose(t testing.TB) {
	found, err := Verify(t.Context(), b.o, nil)
	if err != nil || len(found.Problems) > 0 || !found.Opened || !found.HeadAuthentic {
		t.Fatalf("verify: %+v, %v", found, err)
	}
	if err := os.RemoveAll(filepath.Join(b.o.Dir, "state")); err != nil && !b.o.Memory {
		t.Fatal(err)
	}
}

func TestSuiteOnDisk(t *testing.T)   { storetest.Run(t, onDisk) }
func TestSuiteInMemory(t *testing.T) { storetest.Run(t, inMemory) }

func TestCommandsInMemory(t *testing.T) { storetest.Commands(t, inMemory) }
