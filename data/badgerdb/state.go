package badgerdb

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
	"github.com/tidwall/btree"
	"golang.org/x/crypto/chacha20poly1305"

	"wardbook/data"
	"wardbook/data/layout"
)

const (
	nonceSize = chacha20poly1305.NonceSizeX
	tagSize   = chacha20poly1305.Overhead
)

// state is an open Badger with the key that seals its values. Those who read hold it, so that it is not closed under them.
type state struct {
	db     *badger.DB
	aead   cipher.AEAD
	schema *data.Schema
	users  sync.WaitGroup
	// damage is called once when something that was stored can't be read.
	damage func(error)
	once   sync.Once
}

// noticed passes an error on, and damage to whoever must know of it.
func (st *state) noticed(err error) error {
	if st.damage != nil && data.Is(err, data.Corrupt) {
		st.once.Do(func() { st.damage(err) })
	}
	return err
}

// stateKeys derives from the state's data key the one for Badger's files and the one for values.
func stateKeys(key []byte) (files []byte, values cipher.AEAD, err error) {
	if files, err = hkdf.Key(sha256.New, key, nil, "wardbook state files v1", 32); err != nil {
		return nil, nil, err
	}
	sealing, err := hkdf.Key(sha256.New, key, nil, "wardbook state values v1", 32)
	if err != nil {
		return nil, nil, err
	}
	values, err = chacha20poly1305.NewX(sealing)
	return files, values, err
}

// badgerOptions are Badger's for a desktop: small files and memory, for records of some hundred bytes. dir is empty for a state in
// memory.
func badgerOptions(dir string, filesKey []byte, log *slog.Logger) badger.Options {
	o := badger.DefaultOptions(dir).
		WithMemTableSize(32 << 20).WithNumMemtables(2).
		WithValueThreshold(1 << 20).WithValueLogFileSize(16 << 20). // no value is that large: the value log stays empty
		WithBlockCacheSize(64 << 20).WithIndexCacheSize(64 << 20).
		WithNumCompactors(2).
		WithCompression(options.None). // sealed values don't get smaller
		WithChecksumVerificationMode(options.OnBlockRead).
		WithSyncWrites(false). // the journal is what is flushed
		WithDetectConflicts(false).
		WithMetricsEnabled(false).
		WithNumGoroutines(1).
		WithExternalMagic(0x5742). // "WB": no other program's database
		WithLogger(badgerLog{log})
	if dir == "" {
		return o.WithInMemory(true).WithMemTableSize(16 << 20).WithBlockCacheSize(0).WithIndexCacheSize(0)
	}
	return o.WithEncryptionKey(filesKey)
}

// badgerLog passes warnings and errors on. Badger names files and sizes in them, never keys or values.
type badgerLog struct{ log *slog.Logger }

func (l badgerLog) Errorf(f string, a ...any)   { l.log.Error("badger", "text", fmt.Sprintf(f, a...)) }
func (l badgerLog) Warningf(f string, a ...any) { l.log.Warn("badger", "text", fmt.Sprintf(f, a...)) }
func (l badgerLog) Infof(string, ...any)        {}
func (l badgerLog) Debugf(string, ...any)       {}

func openBadger(dir string, key []byte, schema *data.Schema, log *slog.Logger) (st *state, err error) {
	defer recovered("open", &err)
	files, values, err := stateKeys(key)
	if err != nil {
		return nil, err
	}
	db, err := badger.Open(badgerOptions(dir, files, log))
	if err != nil {
		return nil, err
	}
	return &state{db: db, aead: values, schema: schema}, nil
}

// errPanic is in the error where Badger panicked in our own goroutine.
var errPanic = errors.New("badger panicked")

func recovered(op string, err *error) {
	if p := recover(); p != nil {
		*err = data.Fail(data.Corrupt, "state."+op, data.Say("data.state.unreadable",
			"Stored data can't be read. Nothing of the journal is lost: close Wardbook and start it again, it will rebuild what is damaged."),
			fmt.Errorf("%w: %v", errPanic, p))
	}
}

func (st *state) close() (err error) {
	defer recovered("close", &err)
	return st.db.Close()
}

// seal makes what is stored of a value; an empty one stays empty, its key is all there is to it.
func (st *state) seal(key, value []byte) []byte {
	if len(value) == 0 {
		return nil
	}
	sealed := make([]byte, nonceSize, nonceSize+len(value)+tagSize)
	rand.Read(sealed) // never fails: it ends the program instead
	return st.aead.Seal(sealed, sealed, value, key)
}

func (st *state) open(key, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	if len(sealed) < nonceSize+tagSize {
		return nil, layout.Damaged(st.schema, key, errors.New("too short to be sealed"))
	}
	value, err := st.aead.Open(make([]byte, 0, len(sealed)-nonceSize-tagSize), sealed[:nonceSize], sealed[nonceSize:], key)
	if err != nil {
		return nil, layout.Damaged(st.schema, key, err)
	}
	return value, nil
}

// sealed is what an overlay wrote, ready for Badger.
type sealed []*badger.Entry

// sealAll seals all that an overlay wrote; a nil Value with sealedDelete set is a deletion.
func (st *state) sealAll(m *btree.Map[string, written]) sealed {
	entries := make(sealed, 0, m.Len())
	m.Scan(func(key string, w written) bool {
		e := badger.NewEntry([]byte(key), nil)
		if w.deleted {
			e.UserMeta = sealedDelete
		} else {
			e.Value = st.seal(e.Key, w.value)
		}
		entries = append(entries, e)
		return true
	})
	return entries
}

// sealedDelete marks, between sealAll and commit, a key to delete.
const sealedDelete = 1

// commit writes what was sealed in one Badger transaction.
func (st *state) commit(parts ...sealed) (err error) {
	defer recovered("commit", &err)
	txn := st.db.NewTransaction(true)
	defer txn.Discard()
	for _, entries := range parts {
		for _, e := range entries {
			if e.UserMeta == sealedDelete {
				err = txn.Delete(e.Key)
			} else {
				err = txn.SetEntry(e)
			}
			if err != nil {
				return err
			}
		}
	}
	return txn.Commit()
}

// room tells whether an overlay fits into one Badger transaction.
func (st *state) room(o *overlay) bool {
	return o.bytes < st.db.MaxBatchSize()*9/10 && o.count < st.db.MaxBatchCount()*9/10
}

// snapshot is the state as of one moment.
type snapshot struct {
	st  *state
	txn *badger.Txn
}

var _ layout.Reader = (*snapshot)(nil)

func (st *state) snapshot() *snapshot { return &snapshot{st: st, txn: st.db.NewTransaction(false)} }

func (s *snapshot) close() { s.txn.Discard() }

func (s *snapshot) Get(key []byte) (value []byte, ok bool, err error) {
	value, ok, err = s.get(key)
	if err != nil {
		s.st.noticed(err)
	}
	return value, ok, err
}

func (s *snapshot) get(key []byte) (value []byte, ok bool, err error) {
	defer recovered("get", &err)
	item, err := s.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, layout.Damaged(s.st.schema, key, err)
	}
	err = item.Value(func(sealed []byte) error {
		value, err = s.st.open(key, sealed)
		return err
	})
	return value, err == nil, err
}

func (s *snapshot) Walk(prefix []byte, reverse bool) layout.Iterator {
	it := &walker{snap: s, prefix: prefix, reverse: reverse}
	o := badger.IteratorOptions{Reverse: reverse}
	if !reverse {
		o.Prefix = prefix
	}
	it.err = it.guard(func() { it.it = s.txn.NewIterator(o) })
	return it
}

// walker is a Badger iterator that turns panics into errors and keeps to its prefix in both directions.
type walker struct {
	snap    *snapshot
	it      *badger.Iterator
	prefix  []byte
	reverse bool
	valid   bool
	err     error
}

func (w *walker) guard(f func()) error { return w.snap.st.noticed(attempt(f)) }

func attempt(f func()) (err error) {
	defer recovered("walk", &err)
	f()
	return nil
}

func (w *walker) Seek(key []byte) {
	if w.it == nil || w.err != nil {
		return
	}
	w.err = w.guard(func() {
		w.it.Seek(key)
		for w.reverse && w.it.Valid() && !w.it.ValidForPrefix(w.prefix) && string(w.it.Item().Key()) > string(w.prefix) {
			w.it.Next() // what lies behind the prefix
		}
		w.valid = w.it.ValidForPrefix(w.prefix)
	})
}

func (w *walker) Next() {
	if w.it == nil || w.err != nil {
		return
	}
	w.err = w.guard(func() {
		w.it.Next()
		w.valid = w.it.ValidForPrefix(w.prefix)
	})
}

func (w *walker) Valid() bool { return w.err == nil && w.valid }

func (w *walker) Key() []byte { return w.it.Item().Key() }

func (w *walker) Value() ([]byte, error) {
	value, err := w.value()
	if err != nil {
		w.snap.st.noticed(err)
	}
	return value, err
}

func (w *walker) value() (value []byte, err error) {
	defer recovered("walk", &err)
	item := w.it.Item()
	err = item.Value(func(sealed []byte) error {
		value, err = w.snap.st.open(item.Key(), sealed)
		return err
	})
	return value, err
}

func (w *walker) Err() error { return w.err }

func (w *walker) Close() {
	if w.it != nil {
		w.it.Close()
	}
}
