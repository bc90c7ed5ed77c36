// Package verify examines a hospital's folder and says in sentences what it found: key slots, journal, attachments and whether the
// state is as it was closed. It changes nothing, needs no lock, and may run beside the program.
//
// It promises that whatever of the journal was edited, removed, reordered, or cut off before the last checkpoint is named. Without
// keys it can't open entries or authenticate the head, and says so. Only main may import it: 'wardbook verify' and the window's
// 'Check the book' are drawn from it.
package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/blob"
	"wardbook/data/disk"
	"wardbook/data/journal"
	"wardbook/data/vault"
)

// Report is what an examination found.
type Report struct {
	Entries  uint64 // in the journal
	Segments int
	Bytes    int64
	Files    int  // attachments read
	Opened   bool // with keys: every entry was opened and the journal's head authenticated
	// Problems are what is not as it was written. Empty: all that was examined is whole.
	Problems []data.Message
	// Notes are worth knowing and no harm.
	Notes []data.Message
}

// Options say what to examine.
type Options struct {
	FS  disk.FS // nil: the real disk
	Dir string
	// Keys opens entries; nil examines what needs no key.
	Keys *vault.Vault
	// Unlock gives the keys where Keys is nil; it may give none. It is asked on a copy of the key files in memory, after they were
	// examined, so that what opening them mends is not mended on the disk.
	Unlock func(*vault.Locked) (*vault.Vault, error)
	// Progress hears how far it has come, in bytes; may be nil.
	Progress func(doing data.Message, done, total int64)
}

// Folder examines a folder. The error is ctx's, or says why nothing could be examined.
func Folder(ctx context.Context, o Options) (Report, error) {
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if o.Progress == nil {
		o.Progress = func(data.Message, int64, int64) {}
	}
	e := examination{o: o, ctx: ctx}
	defer func() {
		if e.opened != nil {
			if err := e.opened.Close(); err != nil {
				e.note(data.Say("verify.keys.close", "The keys could not be taken out of memory."))
			}
		}
	}()
	for _, part := range []func() error{e.slots, e.journal, e.state, e.attachments} {
		if err := part(); err != nil {
			return e.report, err
		}
	}
	return e.report, nil
}

type examination struct {
	o       Options
	ctx     context.Context
	dataset [16]byte
	locked  bool // the slots could be read
	opened  *vault.Vault
	wanted  map[string]bool // hashes of the attachments that entries refer to; only with keys
	report  Report
}

func (e *examination) problem(m data.Message) { e.report.Problems = append(e.report.Problems, m) }
func (e *examination) note(m data.Message)    { e.report.Notes = append(e.report.Notes, m) }

// failed takes an error in as a problem, if it says something about the folder.
func (e *examination) failed(err error) error {
	if e.ctx.Err() != nil {
		return e.ctx.Err()
	}
	var known *data.Error
	if errors.As(err, &known) && known.Kind == data.Corrupt {
		e.problem(known.Message)
		return nil
	}
	return err
}

func (e *examination) slots() error {
	e.o.Progress(data.Say("verify.slots", "Reading the key slots"), 0, 0)
	locked, err := vault.Open(vault.Options{FS: e.o.FS, Dir: e.o.Dir})
	if err != nil {
		return e.failed(err)
	}
	e.dataset, e.locked = locked.Dataset(), true
	report := locked.Report()
	for _, copyOf := range []struct {
		name  string
		state vault.CopyState
	}{{"slots", report.Main}, {"slots.bak", report.Backup}} {
		switch copyOf.state {
		case vault.Good:
		case vault.Older:
			e.note(data.Say("verify.slots.older", "The file {{.File}} is older than its other copy. It is brought up to date at the next sign-in.", "File", copyOf.name))
		default:
			e.problem(data.Say("verify.slots.copy", "The file {{.File}} is {{.State}}; its other copy is good. It is mended at the next sign-in.",
				"File", copyOf.name, "State", copyOf.state))
		}
	}
	return e.unlock()
}

// unlock opens the keys on copies of their files.
func (e *examination) unlock() error {
	if e.o.Keys != nil || e.o.Unlock == nil {
		return nil
	}
	copies := disk.NewMem()
	for _, name := range []string{"slots", "slots.bak"} {
		content, err := disk.ReadAll(e.o.FS, filepath.Join(e.o.Dir, name), maxSlots)
		if err != nil {
			continue // reported already
		}
		if err := disk.WriteAtomic(copies, filepath.Join(e.o.Dir, name), content); err != nil {
			return err
		}
	}
	locked, err := vault.Open(vault.Options{FS: copies, Dir: e.o.Dir})
	if err != nil {
		return e.failed(err)
	}
	e.o.Keys, err = e.o.Unlock(locked)
	e.opened = e.o.Keys
	return err
}

// maxSlots is more than a key file can be.
const maxSlots = 64 << 20

func (e *examination) journal() error {
	if !e.locked {
		dataset, err := journal.Dataset(e.o.FS, filepath.Join(e.o.Dir, "journal"))
		if err != nil {
			e.note(data.Say("verify.journal.unread", "Without the key slots nothing tells which hospital the journal belongs to; it was not read."))
			return nil
		}
		e.dataset = dataset
	}
	if err := e.readable(); err != nil {
		return err
	}
	doing := data.Say("verify.journal", "Reading the journal")
	o := badgerdb.Options{FS: e.o.FS, Dir: e.o.Dir, Dataset: e.dataset}
	if e.o.Keys != nil {
		o.Keys = e.o.Keys
	}
	e.wanted = map[string]bool{}
	found, err := badgerdb.Verify(e.ctx, o, func(done, total int64) { e.o.Progress(doing, done, total) },
		func(a data.Attachment) { e.wanted[hex.EncodeToString(a.Hash[:])] = true })
	if err != nil {
		return e.failed(err)
	}
	e.report.Entries, e.report.Segments, e.report.Bytes = found.Entries, found.Segments, found.Bytes
	e.report.Opened = found.Opened && found.HeadAuthentic
	for _, p := range found.Problems {
		e.problem(p.Text)
	}
	if found.Untold > 0 {
		e.problem(data.Say("verify.more", "There are {{.Count}} more problems in the journal.", "Count", found.Untold))
	}
	if found.TornTail > 0 {
		e.note(data.Say("verify.torn", "The journal ends with {{.Bytes}} bytes of an entry that was never acknowledged. They are dropped at the next start.", "Bytes", found.TornTail))
	}
	if e.o.Keys == nil {
		e.note(data.Say("verify.keyless", "No password was given: the entries were not opened, and the checkpoint (the files head and head.bak) was not authenticated. Damage of the checkpoint can look like damage of the last entry, and attachments that are missing altogether are not found."))
	}
	return nil
}

// readable answers where this account may not read the journal: otherwise its entries would be reported as gone.
func (e *examination) readable() error {
	folder := filepath.Join(e.o.Dir, "journal")
	files, err := e.o.FS.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the examination names what is missing
	}
	for _, file := range files {
		if err != nil {
			break
		}
		var f disk.File
		if f, err = e.o.FS.OpenFile(filepath.Join(folder, file.Name()), 0, 0); err == nil {
			err = f.Close()
		}
	}
	if err != nil {
		return e.unreadable(err)
	}
	return nil
}

func (e *examination) state() error {
	if e.o.Keys == nil {
		return nil
	}
	e.o.Progress(data.Say("verify.state", "Reading the stored data"), 0, 0)
	as, err := badgerdb.ExamineState(badgerdb.Options{FS: e.o.FS, Dir: e.o.Dir, Dataset: e.dataset, Keys: e.o.Keys})
	switch as {
	case badgerdb.StateAsClosed:
	case badgerdb.StateOpen:
		e.note(data.Say("verify.state.open", "The stored data is in use, or was not closed in order. It is checked at the next start and rebuilt from the journal where it must be."))
	case badgerdb.StateAbsent:
		e.note(data.Say("verify.state.absent", "There is no stored data beside the journal. It is rebuilt from the journal at the next start."))
	case badgerdb.StateOutdated:
		e.note(data.Say("verify.state.outdated", "The stored data lies under a key from before somebody was removed. It is made anew from the journal at the next start."))
	case badgerdb.StateChanged:
		e.problem(data.Say("verify.state.changed", "The stored data is not as it was closed ({{.What}}). Nothing is lost: it is rebuilt from the journal at the next start.", "What", err))
	}
	return nil
}

// attachments compares every sealed file with the hash that is its name.
func (e *examination) attachments() error {
	files, total, err := e.sealedFiles()
	if err != nil {
		return err
	}
	read := progress{e: e, total: total}
	for _, f := range files {
		hash, err := read.hash(f.path)
		if e.ctx.Err() != nil {
			return e.ctx.Err()
		}
		if err != nil {
			return e.unreadable(err)
		}
		e.report.Files++
		delete(e.wanted, f.hash)
		if hash != f.hash {
			e.problem(data.Say("verify.attachment", "The attachment {{.File}} is damaged or was changed. A backup can bring it back.", "File", filepath.Base(f.path)))
		}
	}
	for _, hash := range slices.Sorted(maps.Keys(e.wanted)) {
		e.problem(data.Say("verify.attachment.missing", "The attachment {{.File}}, which an entry refers to, is missing. A backup can bring it back.", "File", hash+blob.Suffix))
	}
	return nil
}

type sealedFile struct{ path, hash string }

// sealedFiles lists the attachments and their bytes in all.
func (e *examination) sealedFiles() (files []sealedFile, total int64, err error) {
	folder := filepath.Join(e.o.Dir, "blobs")
	shelves, err := e.o.FS.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	for _, shelf := range shelves {
		if err != nil {
			break
		}
		if !shelf.IsDir() || len(shelf.Name()) != 2 {
			continue
		}
		var entries []fs.DirEntry
		entries, err = e.o.FS.ReadDir(filepath.Join(folder, shelf.Name()))
		for _, entry := range entries {
			hash, ours := strings.CutSuffix(entry.Name(), blob.Suffix)
			if !ours {
				continue
			}
			files = append(files, sealedFile{filepath.Join(folder, shelf.Name(), entry.Name()), hash})
			if info, e := entry.Info(); e == nil {
				total += info.Size()
			}
		}
	}
	if err != nil {
		return nil, 0, e.unreadable(err)
	}
	return files, total, nil
}

// progress reads files, tells how far it is in all of them, and stops when the examination does.
type progress struct {
	e           *examination
	done, total int64
}

func (p *progress) hash(name string) (string, error) {
	f, err := p.e.o.FS.OpenFile(name, 0, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	part := make([]byte, 1<<20)
	for at := int64(0); at < size; {
		if err := p.e.ctx.Err(); err != nil {
			return "", err
		}
		n, err := f.ReadAt(part[:min(int64(len(part)), size-at)], at)
		if n == 0 && err != nil {
			return "", err
		}
		h.Write(part[:n])
		at, p.done = at+int64(n), p.done+int64(n)
		p.e.o.Progress(data.Say("verify.attachments", "Reading the attachments"), p.done, p.total)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (e *examination) unreadable(err error) error {
	return data.Fail(data.Unavailable, "verify.read", data.Say("verify.unreadable",
		"The data folder can't be read. Check that the disk is connected and that your account may read it, then try again."), err)
}

// Print writes the report for a person, or as JSON for a script: {"entries", "segments", "bytes", "attachments", "opened",
// "problems", "notes"}.
func (r Report) Print(out io.Writer, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintln(out, strings.Join(r.Lines(), "\n"))
		return err
	}
	texts := func(messages []data.Message) []string {
		list := []string{}
		for _, m := range messages {
			list = append(list, m.String())
		}
		return list
	}
	return json.NewEncoder(out).Encode(map[string]any{"entries": r.Entries, "segments": r.Segments, "bytes": r.Bytes,
		"attachments": r.Files, "opened": r.Opened, "problems": texts(r.Problems), "notes": texts(r.Notes)})
}

// Lines gives the report as sentences, the worst first.
func (r Report) Lines() []string {
	var lines []string
	for _, p := range r.Problems {
		lines = append(lines, "PROBLEM  "+p.String())
	}
	for _, n := range r.Notes {
		lines = append(lines, "note     "+n.String())
	}
	what := "checked without keys"
	if r.Opened {
		what = "opened and authenticated"
	}
	lines = append(lines, fmt.Sprintf("Entries: %d, in journal files: %d (%d bytes), %s. Attachments: %d. Problems: %d.",
		r.Entries, r.Segments, r.Bytes, what, r.Files, len(r.Problems)))
	if len(r.Problems) > 0 {
		lines = append(lines, "Change nothing in this folder. Make a copy of it and call whoever looks after Wardbook: a backup can bring back what is missing.")
	}
	return lines
}
