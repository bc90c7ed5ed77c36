package trial

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"

	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/journal"
	"wardbook/data/vault"
)

// SignIn and Password open a trial's vault where the recovery key is not at hand.
const (
	SignIn   = "agnes.lindqvist"
	Password = "correct horse battery staple"
)

var dataset = [16]byte{'c', 'r', 'a', 's', 'h', ' ', 't', 'r', 'i', 'a', 'l'}

// Opening says which store to open, and how.
type Opening struct {
	Dir string
	// KeyFile is where the printed recovery key lies: outside Dir, as a drawer is outside the computer. It spares the cost of a
	// password at each opening. Empty, or of another vault: the password is used.
	KeyFile string
	// Probe is the engine's; see badgerdb.ChildProbe.
	Probe func(ctx context.Context, dir string, key []byte) error
	// Tune, if not nil, changes the engine's options before the store is opened.
	Tune func(*badgerdb.Options)
}

// Book is an open store with its vault.
type Book struct {
	Store  *badgerdb.Store
	Vault  *vault.Vault
	Tables *Tables
	// How tells how the state was opened.
	How string
	// Warnings counts what vault, journal and engine said that they had found and mended.
	Warnings int

	o       badgerdb.Options
	probed  atomic.Bool
	warned  atomic.Int64
	noState bool
}

// Keys makes of a vault what the engine and the journal ask for.
type Keys struct{ *vault.Vault }

var _ badgerdb.Keys = Keys{}

// Key gives a data key.
func (k Keys) Key(id journal.KeyID) ([]byte, error) { return k.Vault.Key(id) }

// NewKey makes a data key.
func (k Keys) NewKey(purpose string) (journal.KeyID, []byte, error) {
	id, key, err := k.Vault.NewKey(purpose)
	return id, key, err
}

// Newest names the newest key of a purpose.
func (k Keys) Newest(purpose string) (journal.KeyID, bool) {
	id, ok := k.Vault.Newest(purpose)
	return id, ok
}

// KeyEpoch tells under which master key a key was made.
func (k Keys) KeyEpoch(id journal.KeyID) (uint64, bool) { return k.Vault.KeyEpoch(id) }

// Open opens the store in a folder, and makes what is missing of one that was cut off while it was being set up.
func Open(ctx context.Context, o Opening) (*Book, error) {
	v, err := Unlock(o)
	if err != nil {
		return nil, err
	}
	b := &Book{Vault: v}
	if b.Tables, err = Declare(); err == nil {
		err = b.open(ctx, o)
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	b.Warnings = int(b.warned.Load()) + len(b.Store.Status().Notes)
	if !v.Report().Whole() {
		b.Warnings++
	}
	b.How = b.how()
	return b, nil
}

func (b *Book) open(ctx context.Context, o Opening) (err error) {
	b.o = badgerdb.Options{Dir: o.Dir, Dataset: dataset, Keys: Keys{b.Vault}, Schema: b.Tables.Schema, Probe: b.watch(o.Probe),
		Log: slog.New(&counting{n: &b.warned})}
	if o.Tune != nil {
		o.Tune(&b.o)
	}
	_, err = os.Stat(filepath.Join(o.Dir, "state"))
	b.noState = errors.Is(err, fs.ErrNotExist)
	open := badgerdb.Open
	if unfinished(o.Dir) {
		open = badgerdb.Create
	}
	b.Store, err = open(ctx, b.o)
	return err
}

// unfinished tells whether the folder has no journal yet: both copies of its head are written last.
func unfinished(dir string) bool {
	for _, name := range []string{"head", "head.bak", "journal/000002.wbj"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return false
		}
	}
	return true
}

func (b *Book) watch(probe func(context.Context, string, []byte) error) func(context.Context, string, []byte) error {
	if probe == nil {
		return nil
	}
	return func(ctx context.Context, dir string, key []byte) error {
		b.probed.Store(true)
		return probe(ctx, dir, key)
	}
}

// how tells how the state was opened.
func (b *Book) how() string {
	for _, n := range b.Store.Status().Notes {
		if n.Key == "data.state.rebuilt" {
			return "rebuilt"
		}
	}
	switch {
	case b.noState:
		return "built, there was none"
	case b.probed.Load():
		return "brought up"
	}
	return "as it was"
}

// Rotate does what removing a user does: a new master key, and new data keys for what is written from now on.
func (b *Book) Rotate(ctx context.Context) error {
	if err := b.Vault.Rotate(); err != nil {
		return err
	}
	return b.Store.Rekey(ctx)
}

// Verify reads the whole journal in a folder and names the first thing in it that is not as it was written.
func Verify(ctx context.Context, dir string, v *vault.Vault) error {
	f, err := journal.Verify(ctx, journal.Options{FS: disk.OS{}, Dir: filepath.Join(dir, "journal"), Dataset: dataset, Keys: Keys{v}}, nil)
	switch {
	case err != nil:
		return err
	case len(f.Problems) > 0:
		return fmt.Errorf("verify: %d problems, the first: %s", len(f.Problems)+f.Untold, f.Problems[0].Text)
	case !f.Opened || !f.HeadAuthentic:
		return fmt.Errorf("verify: opened %v, head authentic %v", f.Opened, f.HeadAuthentic)
	}
	return nil
}

// Close closes store and vault.
func (b *Book) Close() error { return errors.Join(b.Store.Close(), b.Vault.Close()) }

// Unlock opens the vault, or makes one where there is none.
func Unlock(o Opening) (*vault.Vault, error) {
	opts := vault.Options{FS: disk.OS{}, Dir: o.Dir}
	locked, err := vault.Open(opts)
	if data.Is(err, data.NotFound) {
		v, paper, err := vault.Create(opts, dataset, SignIn, Password)
		if err == nil && o.KeyFile != "" {
			err = os.WriteFile(o.KeyFile, []byte(paper.String()), 0o600)
		}
		return v, err
	}
	if err != nil {
		return nil, err
	}
	if paper, err := os.ReadFile(o.KeyFile); err == nil {
		v, err := locked.UnlockRecovery(string(paper))
		if !data.Is(err, data.Forbidden) && !data.Is(err, data.Invalid) {
			return v, err
		}
	}
	return locked.Unlock(SignIn, Password)
}

// counting is a log that only counts warnings and errors.
type counting struct{ n *atomic.Int64 }

func (c *counting) Enabled(_ context.Context, l slog.Level) bool  { return l >= slog.LevelWarn }
func (c *counting) Handle(_ context.Context, r slog.Record) error { c.n.Add(1); return nil }
func (c *counting) WithAttrs([]slog.Attr) slog.Handler            { return c }
func (c *counting) WithGroup(string) slog.Handler                 { return c }
