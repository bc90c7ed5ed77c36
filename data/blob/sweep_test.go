package blob

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
)

// dated is a disk in memory whose files have dates.
type dated struct {
	*disk.Mem
	dates map[string]time.Time
}

type datedInfo struct {
	fs.FileInfo
	date time.Time
}

func (i datedInfo) ModTime() time.Time { return i.date }

func (d *dated) Stat(name string) (fs.FileInfo, error) {
	info, err := d.Mem.Stat(name)
	return datedInfo{info, d.dates[name]}, err
}

var (
	today     = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	yesterday = today.Add(-24 * time.Hour)
	lastWeek  = today.Add(-7 * 24 * time.Hour)
)

// ward is a folder whose clock can be set.
type ward struct {
	*Blobs
	disk *dated
	now  time.Time
}

func newWard(t *testing.T) *ward {
	w := &ward{disk: &dated{disk.NewMem(), map[string]time.Time{}}, now: lastWeek}
	o := testOptions(w.disk)
	o.Now = func() time.Time { return w.now }
	w.Blobs = open(t, o)
	return w
}

func TestSweepRemovesWhatIsOldAndDisowned(t *testing.T) {
	w := newWard(t)
	referred, orphan, young := put(t, w.Blobs, []byte("referred")), put(t, w.Blobs, content(5000)), put(t, w.Blobs, []byte("young"))
	w.disk.dates[w.name(young.Hash)] = today
	stale, fresh := filepath.Join(w.tmp(), "0a.part"), filepath.Join(w.tmp(), "0b.part")
	placeZeros(t, w.disk, stale, 100)
	placeZeros(t, w.disk, fresh, 100)
	w.disk.dates[fresh] = today
	orphanSize := int64(len(sealed(t, w.Blobs, orphan)))

	var asked [][32]byte
	removed, freed, err := w.Sweep(context.Background(), func(hash [32]byte) (bool, error) {
		asked = append(asked, hash)
		return hash == referred.Hash, nil
	}, yesterday)
	if removed != 2 || freed != orphanSize+100 || err != nil {
		t.Errorf("%d removed, %d freed, %v", removed, freed, err)
	}
	left := []string{w.name(referred.Hash), w.name(young.Hash), fresh}
	slices.Sort(left)
	if got := files(t, w.disk); !slices.Equal(got, left) {
		t.Errorf("left %v, want %v", got, left)
	}
	if len(asked) != 2 || slices.Contains(asked, young.Hash) {
		t.Errorf("asked for %x", asked)
	}
	for seed := range uint64(20) {
		if back := files(t, w.disk.Crash(rand.New(rand.NewPCG(seed, 1)))); len(back) != 3 {
			t.Errorf("after a power cut %v", back)
		}
	}
}

// The file's date says last week because the computer's clock was wrong; we know that it was made just now.
func TestSweepGoesByOurClockToo(t *testing.T) {
	w := newWard(t)
	w.now = today
	put(t, w.Blobs, []byte("entry not yet written"))
	if removed, _, err := w.Sweep(context.Background(), disowned, yesterday); removed != 0 || err != nil {
		t.Errorf("%d removed, %v", removed, err)
	}
	if removed, _, err := w.Sweep(context.Background(), disowned, today.Add(time.Second)); removed != 1 || err != nil {
		t.Errorf("later: %d removed, %v", removed, err)
	}
	if len(w.made) != 0 {
		t.Errorf("still remembers %v", w.made)
	}
}

func TestSweepDuringPut(t *testing.T) {
	w := newWard(t)
	ref, err := w.Put(context.Background(), &during{left: 3 << 20, do: func() error {
		removed, _, err := w.Sweep(context.Background(), disowned, future)
		if removed != 0 {
			t.Errorf("%d removed", removed)
		}
		return err
	}})
	if err == nil {
		err = w.Check(context.Background(), ref)
	}
	if err != nil {
		t.Error(err)
	}
	if len(w.Blobs.unfinished) != 0 {
		t.Errorf("still remembers %v", w.Blobs.unfinished)
	}
}

func TestSweepLeavesWhatIsNotOurs(t *testing.T) {
	w := newWard(t)
	ref := put(t, w.Blobs, []byte("ours"))
	name := filepath.Base(w.name(ref.Hash))
	others := []string{
		filepath.Join(w.tmp(), "notes.txt"),
		filepath.Join(w.folder(ref.Hash), "notes.txt"),
		filepath.Join(w.folder(ref.Hash), "00.wbb"),
		filepath.Join(w.folder(ref.Hash), name+".old"),
		filepath.Join(w.folder([32]byte{ref.Hash[0] + 1}), name), // in the wrong folder
		filepath.Join(testDir, "old", name),
		w.folder([32]byte{ref.Hash[0] + 2}), // a file, not a folder
		filepath.Join(w.folder(ref.Hash), name[:2]+strings.Repeat("f", 62)+".wbb", "inside"),
	}
	for _, other := range others {
		placeZeros(t, w.disk, other, 10)
	}
	if removed, _, err := w.Sweep(context.Background(), disowned, today); removed != 1 || err != nil {
		t.Errorf("%d removed, %v", removed, err)
	}
	for _, other := range others {
		if _, err := w.disk.Stat(other); err != nil {
			t.Errorf("%s: %v", other, err)
		}
	}
}

func TestSweepGoesOnPastWhatIsStuck(t *testing.T) {
	w := newWard(t)
	stuck, loose := put(t, w.Blobs, []byte("open in another program")), put(t, w.Blobs, []byte("loose"))
	w.disk.Fault = func(op, name string) error {
		if op == "remove" && name == w.name(stuck.Hash) {
			return errIO
		}
		return nil
	}
	removed, _, err := w.Sweep(context.Background(), disowned, today)
	if removed != 1 || !data.Is(err, data.Unavailable) || !errors.Is(err, errIO) {
		t.Errorf("%d removed, %v", removed, err)
	}
	if there, _ := w.Has(loose); there {
		t.Error("the other one was left")
	}
}

func TestSweepStops(t *testing.T) {
	w := newWard(t)
	put(t, w.Blobs, []byte("a"))
	unsure := errors.New("index is being built")
	removed, _, err := w.Sweep(context.Background(), func([32]byte) (bool, error) { return false, unsure }, today)
	if removed != 0 || !errors.Is(err, unsure) {
		t.Errorf("%d removed, %v", removed, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if removed, _, err := w.Sweep(ctx, disowned, today); removed != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d removed, %v", removed, err)
	}
}

// On a real disk ages are real: a file is younger than an hour ago, and older than in an hour.
func TestSweepOnARealDisk(t *testing.T) {
	o := testOptions(nil)
	o.Dir = filepath.Join(t.TempDir(), "blobs")
	put(t, open(t, o), content(5000))
	b, now := open(t, o), time.Now() // another process than the one that made it
	if removed, _, err := b.Sweep(context.Background(), disowned, now.Add(-time.Hour)); removed != 0 || err != nil {
		t.Errorf("%d removed, %v", removed, err)
	}
	if removed, freed, err := b.Sweep(context.Background(), disowned, now.Add(time.Hour)); removed != 1 || freed != 5000+startSize+tagSize || err != nil {
		t.Errorf("%d removed, %d freed, %v", removed, freed, err)
	}
}

// placeZeros makes a file of that many bytes, durable.
func placeZeros(t *testing.T, d disk.FS, name string, size int) {
	t.Helper()
	if err := d.MkdirAll(filepath.Dir(name), disk.DirPerm); err != nil {
		t.Fatal(err)
	}
	f, err := d.OpenFile(name, os.O_RDWR|os.O_CREATE, disk.FilePerm)
	if err == nil {
		_, err = f.WriteAt(make([]byte, size), 0)
	}
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = d.SyncDir(filepath.Dir(name))
	}
	if err != nil {
		t.Fatal(err)
	}
}
