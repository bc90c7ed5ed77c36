package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

// Sweep removes finished files that keep disowns, and unfinished ones that a crash left, where they are older than
// olderThan. The age is what protects an attachment whose entry is not written yet, so leave hours: for files that this
// process made, it goes by our own clock as well as by the file's date, lest a corrected clock make new files look old.
//
// keep is asked once for each old enough file; its error ends the sweep. A file that can't be removed is passed over and
// reported at the end. What Wardbook did not name is left alone. removed and freed (bytes) count also where err is not nil.
func (b *Blobs) Sweep(ctx context.Context, keep func(hash [32]byte) (bool, error), olderThan time.Time) (removed int, freed int64, err error) {
	s := &sweep{b: b, ctx: ctx, keep: keep, olderThan: olderThan}
	err = s.unfinished()
	if err == nil {
		err = s.finished()
	}
	if err == nil && len(s.stuck) > 0 {
		err = errWrite("blob.sweep", errors.Join(s.stuck...))
	}
	return s.removed, s.freed, err
}

type sweep struct {
	b         *Blobs
	ctx       context.Context
	keep      func([32]byte) (bool, error)
	olderThan time.Time
	removed   int
	freed     int64
	stuck     []error
}

func (s *sweep) unfinished() error {
	return s.each(s.b.tmp(), func(name string, size int64) error {
		if strings.HasSuffix(name, suffixUnfinished) && !s.b.inUse(name) {
			s.remove(name, size)
		}
		return nil
	})
}

func (s *sweep) finished() error {
	folders, err := s.b.o.FS.ReadDir(s.b.o.Dir)
	if err != nil {
		return errRead(err)
	}
	for _, f := range folders {
		if _, ok := parseHex(f.Name(), 1); !ok || !f.IsDir() {
			continue
		}
		if err := s.each(filepath.Join(s.b.o.Dir, f.Name()), s.disowned); err != nil {
			return err
		}
	}
	return nil
}

// disowned removes a finished file that nothing refers to.
func (s *sweep) disowned(name string, size int64) error {
	digits, ok := strings.CutSuffix(filepath.Base(name), Suffix)
	hash, isHash := parseHex(digits, 32)
	if !ok || !isHash || s.b.name([32]byte(hash)) != name || s.b.isYoung(name, s.olderThan) {
		return nil
	}
	kept, err := s.keep([32]byte(hash))
	if err == nil && !kept {
		s.remove(name, size)
	}
	return err
}

// each calls do for the plain files of a folder that are old enough, and flushes the folder where something was removed.
func (s *sweep) each(folder string, do func(name string, size int64) error) error {
	entries, err := s.b.o.FS.ReadDir(folder)
	if err != nil {
		return errRead(err)
	}
	before := s.removed
	for _, e := range entries {
		if s.ctx.Err() != nil {
			return errStopped(s.ctx, "blob.sweep")
		}
		name := filepath.Join(folder, e.Name())
		info, err := s.b.o.FS.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // finished or discarded meanwhile
		}
		if err != nil {
			return errRead(err)
		}
		if e.Type().IsRegular() && info.ModTime().Before(s.olderThan) {
			if err := do(name, info.Size()); err != nil {
				return err
			}
		}
	}
	if s.removed > before {
		if err := s.b.o.FS.SyncDir(folder); err != nil {
			s.stuck = append(s.stuck, err)
		}
	}
	return nil
}

func (s *sweep) remove(name string, size int64) {
	if err := s.b.o.FS.Remove(name); err != nil {
		s.stuck = append(s.stuck, err)
		return
	}
	s.removed++
	s.freed += size
}

// inUse tells whether a Put of this process is writing the file.
func (b *Blobs) inUse(name string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.unfinished[name]
}

// isYoung tells whether this process finished the file after olderThan; what is older need not be known any longer.
func (b *Blobs) isYoung(name string, olderThan time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	made, ok := b.made[name]
	if ok && made.Before(olderThan) {
		delete(b.made, name)
		return false
	}
	return ok
}

// parseHex reads exactly size bytes of lower-case hex.
func parseHex(digits string, size int) ([]byte, bool) {
	b, err := hex.DecodeString(digits)
	return b, err == nil && len(b) == size && hex.EncodeToString(b) == digits
}
