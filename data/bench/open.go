package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// opened is what a child tells of opening a store.
type opened struct {
	Open, Close  time.Duration
	Fresh, After int64 // anonymous memory after opening and after reading a little, in bytes; -1 where the system does not tell
}

// opening measures, in a process of its own, how long a store takes to open that was closed in order, and what memory it
// then holds: with its files still in memory, and as after a start of the machine.
func (b *bench) opening(ctx context.Context) error {
	dir, err := b.populated(ctx, b.people.count)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "settled")); err != nil {
		fresh, err := b.openInChild(ctx, dir, "open-loaded")
		if err != nil {
			return err
		}
		b.report.note(fmt.Sprintf("open at %d records just loaded", b.people.count), show(fresh.Open), "")
		b.report.note("  anonymous memory then", megabytes(fresh.After), "before reading "+megabytes(fresh.Fresh))
	}
	if dir, err = b.settled(ctx, b.people.count); err != nil {
		return err
	}
	warm, err := b.openInChild(ctx, dir, "open")
	if err != nil {
		return err
	}
	b.report.atMost(fmt.Sprintf("open at %d records", b.people.count), warm.Open, 2*time.Second)
	if warm.After >= 0 {
		b.report.add(row{name: "  anonymous memory then", ours: megabytes(warm.After), peer: "before reading " + megabytes(warm.Fresh), bar: "< 300 MB", met: warm.After < 300e6})
	}
	b.report.note("  close", show(warm.Close), "")
	if err := forget(dir); err != nil {
		b.report.note("  open, nothing in memory", "not measured: "+err.Error(), "")
		return nil
	}
	cold, err := b.openInChild(ctx, dir, "open-cold")
	b.report.note("  open, nothing in memory", show(cold.Open), "")
	return err
}

func (b *bench) openInChild(ctx context.Context, dir, name string) (o opened, err error) {
	self, err := os.Executable()
	if err != nil {
		return o, err
	}
	cmd := exec.CommandContext(ctx, self, "-child", dir, "-people", strconv.Itoa(b.people.count))
	if b.profile != "" {
		cmd.Args = append(cmd.Args, "-cpuprofile", b.profile+"."+name)
	}
	cmd.Stderr = os.Stderr
	var told bytes.Buffer
	cmd.Stdout = &told
	if err := cmd.Run(); err != nil {
		return o, err
	}
	return o, json.Unmarshal(told.Bytes(), &o)
}

// child opens a store, reads a little, and tells what it took.
func (b *bench) child(ctx context.Context, dir string) error {
	var o opened
	began := time.Now()
	var ours *book
	err := b.profiled("child", func() (err error) {
		ours, err = openBook(ctx, dir, searched)
		return err
	})
	if err != nil {
		return err
	}
	o.Open = time.Since(began)
	o.Fresh = anonymous()
	r := rand.New(rand.NewPCG(seed, 1))
	_, err = b.readAll(ctx, ours, r, b.people.count, 100)
	for range 100 {
		if err == nil {
			_, err = ours.find(ctx, b.people.query(r), hits)
		}
	}
	o.After = anonymous()
	err = errors.Join(err, b.heapProfile("child"))
	began = time.Now()
	err = errors.Join(err, ours.store.Close())
	o.Close = time.Since(began)
	return errors.Join(err, json.NewEncoder(os.Stdout).Encode(o))
}

// anonymous is this process's memory that no file stands behind, after a collection; -1 where the system does not tell.
func anonymous() int64 {
	runtime.GC()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return -1
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "RssAnon:" {
			if n, err := strconv.ParseInt(f[1], 10, 64); err == nil {
				return n * 1024
			}
		}
	}
	return -1
}

// rebuilding measures how long the state takes to be made anew from the journal.
func (b *bench) rebuilding(ctx context.Context) error {
	dir, err := b.populated(ctx, b.people.count)
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, "state")), os.RemoveAll(filepath.Join(dir, "settled"))); err != nil {
		return err
	}
	var ours *book
	began := time.Now()
	err = b.profiled("rebuild", func() error {
		ours, err = openBook(ctx, dir, searched)
		return err
	})
	if err != nil {
		return err
	}
	b.report.note(fmt.Sprintf("rebuild of %d records from the journal", b.people.count), show(time.Since(began)), "")
	return ours.store.Close()
}
