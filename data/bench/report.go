package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one line of the table. A row without a bar is for orientation.
type row struct {
	name, ours, peer, ratio, bar string
	met                          bool
	aim                          bool // the bar is a hope, not a promise
}

type report struct{ rows []row }

func (r *report) add(line row) {
	r.rows = append(r.rows, line)
	progress("  %s: %s  %s  %s", line.name, line.ours, line.peer, line.verdict())
}

// atMost judges a duration by an absolute bar.
func (r *report) atMost(name string, ours, bar time.Duration) {
	r.add(row{name: name, ours: show(ours), bar: "< " + show(bar), met: ours < bar})
}

// against judges a duration by its ratio to a peer's; bar 1 means faster than the peer.
func (r *report) against(name string, ours time.Duration, peer string, other time.Duration, bar float64) {
	ratio := float64(ours) / float64(other)
	r.add(row{name: name, ours: show(ours), peer: peer + " " + show(other), ratio: fmt.Sprintf("%.2f", ratio),
		bar: fmt.Sprintf("<= %.3g x", bar), met: ratio <= bar})
}

// aim marks the newest line's bar as an aim.
func (r *report) aim() {
	l := &r.rows[len(r.rows)-1]
	l.aim, l.bar = true, "aim "+l.bar
}

// note adds a line for orientation.
func (r *report) note(name, ours, peer string) { r.add(row{name: name, ours: ours, peer: peer}) }

func (l row) verdict() string {
	switch {
	case l.bar == "":
		return ""
	case l.met:
		return "met"
	case l.aim:
		return "aim missed"
	}
	return "NOT MET"
}

func (r *report) print(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "name\tours\tpeer or smaller size\tratio\tbar\tmet?")
	missed := 0
	for _, l := range r.rows {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", l.name, l.ours, l.peer, l.ratio, l.bar, l.verdict())
		if l.verdict() == "NOT MET" {
			missed++
		}
	}
	t.Flush()
	fmt.Fprintf(w, "%d bars not met. Lines without a bar are for orientation.\n", missed)
}

// show gives a duration three digits.
func show(d time.Duration) string {
	switch {
	case d < time.Microsecond:
		return d.String()
	case d < time.Millisecond:
		return fmt.Sprintf("%.3g us", float64(d)/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.3g s", d.Seconds())
}

func megabytes(n int64) string { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }

// times are how long each of many runs took.
type times []time.Duration

// at gives the time that a share of the runs did not exceed: 0.5 is the median, 1 the longest.
func (t times) at(share float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
}

// contestant is one way to do the same work; do is given the number of the run.
type contestant struct {
	name string
	do   func(i int) error
	took times
}

// compete lets all do their work runs times, in blocks by turns, so that what the disk and the machine do besides hits all
// alike. Who begins changes from block to block.
func compete(runs, block int, all ...*contestant) error {
	for from, turn := 0, 0; from < runs; from, turn = from+block, turn+1 {
		for k := range all {
			c := all[(turn+k)%len(all)]
			for i := from; i < min(from+block, runs); i++ {
				began := time.Now()
				if err := c.do(i); err != nil {
					return fmt.Errorf("%s: %w", c.name, err)
				}
				c.took = append(c.took, time.Since(began))
			}
		}
	}
	return nil
}

// measure times one piece of work over and over.
func measure(runs int, do func(i int) error) (times, error) {
	c := &contestant{do: do}
	err := compete(runs, runs, c)
	return c.took, err
}

// machine says what the figures depend on.
func machine(dir string) string {
	kernel, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		kernel = nil
	}
	facts := fmt.Sprintf("%s/%s %s, %s, %d cores, file system %s", runtime.GOOS, runtime.GOARCH, strings.TrimSpace(string(kernel)),
		runtime.Version(), runtime.NumCPU(), fileSystem(dir))
	if strings.Contains(facts, "tmpfs") {
		facts += "\nThis folder lies in memory: flushing costs nothing here. Give -dir a folder on a disk."
	}
	return facts
}

// fileSystem names the file system of a folder, where the system tells (Linux).
func fileSystem(dir string) string {
	mounts, err := os.ReadFile("/proc/self/mounts")
	path, e := filepath.Abs(dir)
	if err != nil || e != nil {
		return "unknown"
	}
	best, kind := "", "unknown"
	for line := range strings.Lines(string(mounts)) {
		f := strings.Fields(line)
		if len(f) < 4 || len(f[1]) < len(best) {
			continue
		}
		if path == f[1] || strings.HasPrefix(path, strings.TrimSuffix(f[1], "/")+"/") {
			best, kind = f[1], f[2]+" on "+f[0]
		}
	}
	return kind
}

// folderSize is the size of all files in a folder, in bytes.
func folderSize(dir string) (size int64, err error) {
	err = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return err
	})
	return size, err
}
