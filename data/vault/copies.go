package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"wardbook/data/disk"
)

// The names of the two copies, in the data folder.
const (
	mainName   = "slots"
	backupName = "slots.bak"
)

// turn lets one at a time look at the disk or write there: a repair and a change, of whatever vaults this process has open, must not
// cross, and on Windows a file that somebody reads can't be replaced. Both are rare and short, so one turn for all folders is enough.
var turn sync.Mutex

// CopyState says how one of the two copies was found.
type CopyState uint8

// The states.
const (
	// Good: whole, and the newest.
	Good CopyState = iota
	// Older: whole, but the other one is newer; a write was cut off between the two.
	Older
	// Missing: not there.
	Missing
	// Damaged: not what was written, or it can't be read.
	Damaged
)

var stateNames = [...]string{"good", "older", "missing", "damaged"}

// String names the state, for the log.
func (s CopyState) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return fmt.Sprintf("copy state %d", uint8(s))
}

// Report says how the two copies were found and whether the worse one was mended at the unlock.
type Report struct {
	Generation uint64    // of the copy that was used
	Written    time.Time // when it was written, UTC
	Main       CopyState
	Backup     CopyState
	Mended     bool  // the copy that was not Good is again
	Mending    error // why it could not be mended; the hospital opens all the same
}

// Whole tells whether both copies were found good.
func (r Report) Whole() bool { return r.Main == Good && r.Backup == Good }

// copies is what load found: the newest whole copy, and how both are.
type copies struct {
	file   *file
	raw    []byte
	states [2]CopyState
}

func (c copies) report() Report {
	return Report{Generation: c.file.Generation, Written: time.Unix(c.file.Written, 0).UTC(), Main: c.states[0], Backup: c.states[1]}
}

type found struct {
	raw  []byte
	file *file
	err  error
}

func look(o Options, name string) found {
	raw, err := disk.ReadAll(o.FS, filepath.Join(o.Dir, name), fileLimit)
	if errors.Is(err, disk.ErrTooLarge) {
		err = fmt.Errorf("%w: %w", errDamaged, err)
	}
	if err != nil {
		return found{err: err}
	}
	f, err := parse(raw)
	return found{raw, f, err}
}

// load reads both copies and takes the newer whole one. Where one is of a newer version it takes neither: an older program must not
// write over what a newer one began. The caller has the turn.
func load(o Options, op string) (copies, error) {
	a, b := look(o, mainName), look(o, backupName)
	if errors.Is(a.err, errNewer) || errors.Is(b.err, errNewer) || a.err != nil && b.err != nil {
		return copies{}, failCopies(op, a.err, b.err)
	}
	if a.err == nil && b.err == nil && a.file.Dataset != b.file.Dataset {
		return copies{}, failForeign(op)
	}
	best := a
	if a.err != nil || b.err == nil && b.file.Generation > a.file.Generation {
		best = b
	}
	return copies{best.file, best.raw, [2]CopyState{a.state(best), b.state(best)}}, nil
}

func loadInTurn(o Options, op string) (copies, error) {
	turn.Lock()
	defer turn.Unlock()
	return load(o, op)
}

func (c found) state(best found) CopyState {
	switch {
	case errors.Is(c.err, fs.ErrNotExist):
		return Missing
	case c.err != nil:
		return Damaged
	case c.file.Generation < best.file.Generation:
		return Older
	case !bytes.Equal(c.raw, best.raw): // two whole files can't be the same write
		return Damaged
	}
	return Good
}

// mend puts the used copy, which has proved authentic, in place of the worse one, if it is still the newest on the disk.
func (c copies) mend(o Options, op string) Report {
	r := c.report()
	if r.Whole() {
		return r
	}
	turn.Lock()
	defer turn.Unlock()
	now, err := load(o, op)
	if err != nil || !bytes.Equal(now.raw, c.raw) {
		return r // somebody else writes, and mends by writing
	}
	for i, name := range []string{mainName, backupName} {
		if now.states[i] != Good && r.Mending == nil {
			r.Mending = disk.WriteAtomic(o.FS, filepath.Join(o.Dir, name), c.raw)
			r.Mended = r.Mending == nil
		}
	}
	return r
}

// writeBoth writes one copy after the other, each in one step, so that one is whole at every instant. Cut off in between, the first
// is the newer and is taken; the second, should the first be lost as well, is the state before.
func writeBoth(o Options, raw []byte) error {
	if free, err := o.FS.Free(o.Dir); err == nil && free < 2*uint64(len(raw)) {
		return errSpace // to run out of space between the two would leave a change half made
	}
	for _, name := range []string{mainName, backupName} {
		if err := disk.WriteAtomic(o.FS, filepath.Join(o.Dir, name), raw); err != nil {
			return err
		}
	}
	return nil
}
