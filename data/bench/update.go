package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"wardbook/data/disk"
)

const updateSize = 10 // records of one update

// updates compares one durable update with the least that a durable write can cost, and with SQLite.
func (b *bench) updates(ctx context.Context) error {
	dir, clear, err := b.fresh("update")
	if err != nil {
		return err
	}
	defer clear()
	c, err := b.updaters(ctx, dir)
	if err != nil {
		return errors.Join(err, c.close())
	}
	err = b.profiled("update", func() error { return compete(b.samples, 50, c.all...) })
	if err = errors.Join(err, c.close()); err != nil {
		return err
	}
	b.updateRows(c)
	return nil
}

func (b *bench) updateRows(c *updaters) {
	ours, withIndexes := c.all[0], c.all[2]
	b.report.against(fmt.Sprintf("update of %d records, p50", updateSize), ours.took.at(0.5), "SQLite", c.all[1].took.at(0.5), 1)
	b.report.against("  with two indexes", withIndexes.took.at(0.5), "SQLite", c.all[3].took.at(0.5), 1)
	for _, bare := range c.all[4:] {
		b.report.against(fmt.Sprintf("update, to %d bytes appended", c.bytes), ours.took.at(0.5), bare.name, bare.took.at(0.5), 2)
	}
	b.report.note("  of it in the journal's write and flush, p50", show(c.meter.flushed(b.samples).at(0.5)), "")
	for _, each := range c.all {
		b.report.note("  "+each.name+": p90, p99, max", fmt.Sprintf("%s, %s, %s", show(each.took.at(0.9)), show(each.took.at(0.99)), show(each.took.at(1))), "")
	}
}

// updaters are those who compete in writing: ours and SQLite, both plain and with indexes, then the bare appends.
type updaters struct {
	all   []*contestant
	bytes int    // what one update of ours writes
	meter *meter // of ours without indexes
	ends  []func() error
}

func (u *updaters) close() error {
	var all error
	for _, end := range u.ends {
		all = errors.Join(all, end())
	}
	return all
}

func (b *bench) updaters(ctx context.Context, dir string) (*updaters, error) {
	u := &updaters{}
	for _, e := range []extent{plain, indexed} {
		if err := u.addStores(ctx, b, filepath.Join(dir, fmt.Sprint("extent-", e)), e); err != nil {
			return u, err
		}
	}
	const megabyte = 1 << 20
	room := int64(b.samples*u.bytes + megabyte)
	for _, bare := range []appender{
		{name: "growing file + fsync", flush: disk.File.Sync},
		{name: "preallocated + fsync", prepare: preallocate, flush: disk.File.Sync},
		{name: "written zeros + fdatasync", prepare: writeZeros, flush: disk.File.SyncData},
	} {
		bare.bytes = make([]byte, u.bytes)
		rand.Read(bare.bytes)
		if err := bare.open(filepath.Join(dir, fmt.Sprint("append-", len(u.all))), room); err != nil {
			return u, err
		}
		u.ends = append(u.ends, bare.file.Close)
		u.all = append(u.all, &contestant{name: bare.name, do: bare.append})
	}
	return u, nil
}

// addStores adds ours and SQLite, warmed up, and learns what an update of ours writes.
func (u *updaters) addStores(ctx context.Context, b *bench, dir string, e extent) error {
	if err := os.MkdirAll(dir, disk.DirPerm); err != nil {
		return err
	}
	ours, err := openBook(ctx, filepath.Join(dir, "book"), e)
	if err != nil {
		return err
	}
	u.ends = append(u.ends, ours.store.Close)
	theirs, err := openPeer(ctx, dir, e)
	if err != nil {
		return err
	}
	u.ends = append(u.ends, theirs.db.Close)
	const warm = 100
	list := b.people.some(0, (warm+b.samples)*updateSize)
	write := func(i int) error { return ours.insert(ctx, list[i*updateSize:(i+1)*updateSize]) }
	writePeer := func(i int) error { return theirs.write(ctx, list[i*updateSize:(i+1)*updateSize]) }
	for i := range warm {
		if err := errors.Join(write(i), writePeer(i)); err != nil {
			return err
		}
	}
	if e == plain {
		u.meter = ours.meter
		u.bytes = int(ours.meter.bytes.Load() / ours.meter.flushes.Load())
	}
	name := map[extent]string{plain: "", indexed: " with indexes"}[e]
	u.all = append(u.all, &contestant{name: "ours" + name, do: func(i int) error { return write(i + warm) }},
		&contestant{name: "SQLite" + name, do: func(i int) error { return writePeer(i + warm) }})
	return nil
}

// appender writes to the end of a file and flushes.
type appender struct {
	name    string
	prepare func(f disk.File, name string, size int64) error // nil: the file grows
	flush   func(disk.File) error
	file    disk.File
	bytes   []byte
	end     int64
}

func (a *appender) open(name string, size int64) (err error) {
	if a.file, err = (disk.OS{}).OpenFile(name, os.O_RDWR|os.O_CREATE, disk.FilePerm); err != nil {
		return err
	}
	if a.prepare != nil {
		err = a.prepare(a.file, name, size)
	}
	if err == nil {
		err = a.file.Sync()
	}
	if err != nil {
		err = errors.Join(err, a.file.Close())
	}
	return err
}

func (a *appender) append(int) error {
	if _, err := a.file.WriteAt(a.bytes, a.end); err != nil {
		return err
	}
	a.end += int64(len(a.bytes))
	return a.flush(a.file)
}

func writeZeros(f disk.File, _ string, size int64) error {
	zeros := make([]byte, 1<<20)
	for off := int64(0); off < size; off += int64(len(zeros)) {
		if _, err := f.WriteAt(zeros, off); err != nil {
			return err
		}
	}
	return nil
}
