package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/journal"
)

// ring is a key ring without anything to keep: a key follows from its id, so that another process opens the same store.
// It protects nothing.
type ring struct{}

func (ring) Key(id journal.KeyID) ([]byte, error) {
	key := sha256.Sum256(append([]byte("wardbook bench"), id[:]...))
	return key[:], nil
}

func (r ring) NewKey(string) (id journal.KeyID, key []byte, err error) {
	rand.Read(id[:]) // never fails
	key, err = r.Key(id)
	return id, key, err
}

func (ring) Newest(string) (journal.KeyID, bool)      { return journal.KeyID{}, false }
func (ring) Generation() uint64                       { return 1 }
func (ring) Epoch() uint64                            { return 1 }
func (ring) KeyEpoch(id journal.KeyID) (uint64, bool) { return 1, true }

// meter is the real disk, with the journal's flushes counted and, if wanted, made slower.
type meter struct {
	disk.OS
	delay   atomic.Int64 // added to each flush, in nanoseconds
	flushes atomic.Int64
	bytes   atomic.Int64 // written by what was flushed

	mu   sync.Mutex
	took times // each flush, with the write before it
}

// flushed gives how long the newest flushes took, at most count of them.
func (m *meter) flushed(count int) times {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.took[max(0, len(m.took)-count):])
}

func (m *meter) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	f, err := m.OS.OpenFile(name, flag, perm)
	if err != nil || filepath.Base(filepath.Dir(name)) != "journal" {
		return f, err
	}
	return &meteredFile{File: f, meter: m}, nil
}

type meteredFile struct {
	disk.File
	meter *meter
	last  atomic.Int64 // length of the newest write
	wrote atomic.Int64 // and what it took
}

func (f *meteredFile) WriteAt(b []byte, off int64) (int, error) {
	began := time.Now()
	n, err := f.File.WriteAt(b, off)
	f.last.Store(int64(n))
	f.wrote.Store(int64(time.Since(began)))
	return n, err
}

func (f *meteredFile) Sync() error {
	time.Sleep(time.Duration(f.meter.delay.Load()))
	return f.File.Sync()
}

// SyncData is what flushes entries; preparing a file goes through Sync.
func (f *meteredFile) SyncData() error {
	f.meter.flushes.Add(1)
	f.meter.bytes.Add(f.last.Load())
	began := time.Now()
	time.Sleep(time.Duration(f.meter.delay.Load()))
	err := f.File.SyncData()
	f.meter.mu.Lock()
	defer f.meter.mu.Unlock()
	f.meter.took = append(f.meter.took, time.Since(began)+time.Duration(f.wrote.Load()))
	return err
}

// book is an open store of ours with its tables.
type book struct {
	*tables
	store *badgerdb.Store
	meter *meter
}

// openBook opens a store, or makes one where the folder is empty.
func openBook(ctx context.Context, dir string, e extent) (*book, error) {
	t, err := declare(e)
	if err != nil {
		return nil, err
	}
	open := badgerdb.Open
	if _, err := os.Stat(filepath.Join(dir, "journal")); errors.Is(err, fs.ErrNotExist) {
		open = badgerdb.Create
	}
	m := new(meter)
	s, err := open(ctx, badgerdb.Options{Dir: dir, Dataset: [16]byte{1}, Keys: ring{}, Schema: t.schema, FS: m})
	if err != nil {
		return nil, err
	}
	return &book{t, s, m}, nil
}

func cause(about ...data.ID) data.Cause {
	return data.Cause{Operation: uuid.New(), Who: "nurse-17", Workstation: "desk-3", Action: "patient.register", About: about}
}

// insert registers people in one update.
func (b *book) insert(ctx context.Context, list []entry) error {
	_, err := b.store.Update(ctx, cause(list[0].id.RecordID()), func(tx data.Tx) error { return b.write(tx, list) })
	return err
}

func (b *book) write(tx data.Tx, list []entry) error {
	for i := range list {
		if _, err := b.people.Insert(tx, list[i].id, list[i].value); err != nil {
			return err
		}
	}
	return nil
}

// load registers the first count people in bulk.
func (b *book) load(ctx context.Context, p *people, count int) error {
	const step = 1000
	began := time.Now()
	steps := (count + step - 1) / step
	return data.Bulk(ctx, b.store, cause(), steps, func(tx data.Tx, n int) error {
		return b.write(tx, p.some(n*step, min((n+1)*step, count)))
	}, func(done int) {
		if done%100 == 0 {
			progress("  %d of %d people after %s", done*step, count, show(time.Since(began)))
		}
	})
}

// settled gives the folder of a closed store with the first count people, in which the engine has put its files in order, as
// it is on most days: after a load it goes on with that for some time.
func (b *bench) settled(ctx context.Context, count int) (dir string, err error) {
	if dir, err = b.populated(ctx, count); err != nil {
		return "", err
	}
	mark := filepath.Join(dir, "settled")
	if _, err := os.Stat(mark); err == nil {
		return dir, nil
	}
	ours, err := openBook(ctx, dir, searched)
	if err != nil {
		return "", err
	}
	began := time.Now()
	err = quiet(ctx, filepath.Join(dir, "state"))
	b.report.note(fmt.Sprintf("settling after the load of %d", count), show(time.Since(began)), "")
	if err := errors.Join(err, ours.store.Close()); err != nil {
		return "", err
	}
	return dir, os.WriteFile(mark, nil, disk.FilePerm)
}

// quiet waits until the files of a folder have stayed the same for 12 seconds (Badger looks for some work only every 10), or
// for three minutes.
func quiet(ctx context.Context, dir string) error {
	const look, enough, most = 250 * time.Millisecond, 48, 720
	before, same := "", 0
	for range most {
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		if now := strings.Join(names, " "); now != before {
			before, same = now, 0
		}
		if same++; same == enough {
			return nil
		}
		time.Sleep(look)
	}
	return nil
}

// populated gives the folder of a closed store with the first count people and all indexes, made if it is not there.
func (b *bench) populated(ctx context.Context, count int) (dir string, err error) {
	dir = filepath.Join(b.dir, fmt.Sprintf("people-%d", count))
	whole := filepath.Join(dir, "whole")
	if _, err := os.Stat(whole); err == nil {
		return dir, nil
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, disk.DirPerm)); err != nil {
		return "", err
	}
	ours, err := openBook(ctx, dir, searched)
	if err != nil {
		return "", err
	}
	began := time.Now()
	err = ours.load(ctx, b.people, count)
	loaded := time.Since(began)
	err = errors.Join(err, b.heapProfile(fmt.Sprint("load-", count)))
	held := anonymous()
	began = time.Now()
	if err := errors.Join(err, ours.store.Close()); err != nil {
		return "", err
	}
	b.report.note(fmt.Sprintf("load %d people with all indexes", count), show(loaded), "")
	if held >= 0 {
		b.report.note("  anonymous memory at its end", megabytes(held), "")
	}
	b.report.note(fmt.Sprintf("close after loading %d", count), show(time.Since(began)), "")
	return dir, os.WriteFile(whole, nil, disk.FilePerm)
}
