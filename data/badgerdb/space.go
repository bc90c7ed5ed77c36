package badgerdb

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"wardbook/data"
	"wardbook/data/disk"
)

// spaceWatch looks after the room on the disk. New work is refused before the disk is full, because Badger dies on a full
// one; the ballast is what closing in order may still use up.
type spaceWatch struct {
	fs           disk.FS
	dir          string
	warn, refuse uint64
	ballast      int64

	mu    sync.Mutex
	free  uint64
	space data.Space
}

func (w *spaceWatch) now() (uint64, data.Space) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.free, w.space
}

// measure asks the disk. Where it can't say, the last answer stands.
func (w *spaceWatch) measure() data.Space {
	free, err := w.fs.Free(w.dir)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		return w.space
	}
	w.free = free
	switch {
	case free < w.refuse:
		w.space = data.SpaceOut
	case free < w.warn:
		w.space = data.SpaceShort
	default:
		w.space = data.SpaceFine
	}
	return w.space
}

var errNoRoom = errors.New("free space below the limit")

// writable answers Unavailable where new work is refused. While closing the ballast's room may be used.
func (w *spaceWatch) writable(closing bool) error {
	if w.measure() != data.SpaceOut || closing {
		return nil
	}
	free, _ := w.now()
	return data.Fail(data.Unavailable, "store.space", data.Say("data.disk.full",
		"The disk is almost full ({{.Free}} left), so nothing more can be saved. Nothing that was saved is lost. Delete or move files that do not belong to Wardbook, then try again.",
		"Free", sayBytes(free)), errNoRoom)
}

func sayBytes(n uint64) string {
	if n >= 1<<30 {
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	}
	return fmt.Sprintf("%d MB", n>>20)
}

func (s *Store) roomFor(op string) error {
	err := s.space.writable(false)
	var e *data.Error
	if errors.As(err, &e) {
		e.Op = op
	}
	return err
}

func (w *spaceWatch) ballastFile() string { return filepath.Join(w.dir, "ballast") }

// load makes the ballast where there is plenty of room and it is missing. Failing to is no reason not to work.
func (w *spaceWatch) load() error {
	if w.ballast <= 0 || w.measure() != data.SpaceFine {
		return nil
	}
	if info, err := w.fs.Stat(w.ballastFile()); err == nil && info.Size() == w.ballast {
		return nil
	}
	f, err := w.fs.OpenFile(w.ballastFile(), os.O_RDWR|os.O_CREATE|os.O_TRUNC, disk.FilePerm)
	if err != nil {
		return err
	}
	defer f.Close()
	zeros := make([]byte, 1<<20)
	for at := int64(0); at < w.ballast; at += int64(len(zeros)) {
		if _, err := f.WriteAt(zeros[:min(int64(len(zeros)), w.ballast-at)], at); err != nil {
			return errors.Join(err, w.fs.Remove(w.ballastFile()))
		}
	}
	return f.Sync()
}

// drop gives the ballast's room back, to close in order on a full disk.
func (w *spaceWatch) drop() error {
	if w.measure() != data.SpaceOut {
		return nil
	}
	if err := w.fs.Remove(w.ballastFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	w.measure()
	return nil
}

// closeRoom is what Badger may need to close in order: its table in memory, written out.
const closeRoom = 48 << 20

// roomToWrite answers Unavailable where Badger, which dies on a full disk, may not be asked to write much.
func (s *Store) roomToWrite() error {
	if s.o.Memory || s.space.roomToClose() {
		return nil
	}
	free, _ := s.space.now()
	return data.Fail(data.Unavailable, "store.open", data.Say("data.disk.full.open",
		"The disk is full ({{.Free}} left), so the hospital's data can't be opened. Nothing is lost. Delete or move files that do not belong to Wardbook, then start Wardbook again.",
		"Free", sayBytes(free)), errNoRoom)
}

// roomToClose tells whether Badger can be closed without running out of disk.
func (w *spaceWatch) roomToClose() bool {
	w.measure()
	free, _ := w.now()
	return free >= closeRoom
}
