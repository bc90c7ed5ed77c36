package badgerdb

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"wardbook/data"
	"wardbook/data/disk"
	"wardbook/data/journal"
	"wardbook/data/layout"
)

const statePurpose = "state"

// loadState opens the state as of the journal's end: as it was closed, brought up, or rebuilt.
func (s *Store) loadState(ctx context.Context) (*state, error) {
	if s.o.Memory {
		return s.rebuildInMemory(ctx)
	}
	st, err := s.tryState(ctx)
	if err == nil {
		err = s.bringUp(ctx, st)
		if err == nil {
			st.damage = s.distrust
			return st, nil
		}
		if e := st.close(); e != nil {
			s.o.Log.Warn("closing the state", "error", e)
		}
	}
	var why *unfit
	if !errors.As(err, &why) {
		return nil, err
	}
	s.o.Log.Warn("the state is rebuilt from the journal", "why", why)
	switch {
	case why.absent:
	case why.planned:
		s.note(data.Say("data.state.renewed", "Wardbook made its stored data anew from the journal, as it does after an update or after somebody was removed."))
	default:
		s.note(data.Say("data.state.rebuilt", "Wardbook was not closed in order, or part of its stored data was damaged. It was rebuilt from the journal; nothing was lost."))
	}
	return s.rebuild(ctx)
}

// unfit says why a state has to be rebuilt. Errors that are not unfit end the opening.
type unfit struct {
	why     error
	absent  bool
	planned bool // nothing is wrong: a new version, or a new key
}

func (u *unfit) Error() string { return "state unfit: " + u.why.Error() }
func (u *unfit) Unwrap() error { return u.why }

func errKeysOlder() error {
	return data.Fail(data.Corrupt, "store.open", data.Say("data.keys.older",
		"The key file is older than the stored data beside it: an older copy was put in its place, and perhaps an older journal with it. Wardbook does not open it, so that nothing is lost. Call your administrator; a backup can bring back what is missing."), nil)
}

var errEarlierKey = &unfit{why: errors.New("its key is of an earlier master key"), planned: true}

func spoilt(format string, args ...any) error { return &unfit{why: fmt.Errorf(format, args...)} }

// stateLabel lies in the state's folder: which data key it is under.
type stateLabel struct {
	Format uint32        `cbor:"1,keyasint"`
	Key    journal.KeyID `cbor:"2,keyasint"`
	Sum    [8]byte       `cbor:"3,keyasint"` // tells a damaged label from one of a later key file
}

func (l stateLabel) sum() (sum [8]byte) {
	whole := sha256.Sum256(append(binary.BigEndian.AppendUint32(nil, l.Format), l.Key[:]...))
	copy(sum[:], whole[:])
	return sum
}

const (
	stateFormat = 1
	labelName   = "WARDBOOK"
)

// tryState opens the state that is there, without risk to this process. It breaks the seal.
func (s *Store) tryState(ctx context.Context) (*state, error) {
	if err := os.RemoveAll(filepath.Join(s.o.Dir, "state.old")); err != nil {
		return nil, errFolder("store.open", err)
	}
	if !exists(s.stateDir()) {
		return nil, &unfit{why: errors.New("there is none"), absent: true}
	}
	key, err := s.stateKey()
	if err != nil {
		return nil, err
	}
	known, err := s.checkSeal(key)
	if err != nil {
		return nil, spoilt("%w", err)
	}
	s.known = known
	if known == nil {
		if s.o.Probe == nil {
			return nil, spoilt("not closed in order, and there is no probe")
		}
		s.o.Progress(data.Say("data.open.probe", "Checking stored data after an unexpected end"), 0, 0)
		if err := s.o.Probe(ctx, s.stateDir(), key); err != nil {
			return nil, errors.Join(ctx.Err(), spoilt("%w", err))
		}
	}
	if err := s.breakSeal(); err != nil {
		return nil, errFolder("store.open", err)
	}
	st, err := openBadger(s.stateDir(), key, s.o.Schema, s.o.Log)
	if err != nil {
		return nil, spoilt("%w", err)
	}
	return st, nil
}

// stateKey reads which key the state is under. A key from before the last change of the master key is unfit: whoever was
// removed then knows it.
func (s *Store) stateKey() ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(s.stateDir(), labelName))
	if err != nil {
		return nil, spoilt("%w", err)
	}
	var label stateLabel
	if err := data.Unmarshal(b, &label); err != nil {
		return nil, spoilt("label: %w", err)
	}
	if label.Sum != label.sum() {
		return nil, spoilt("its label is damaged")
	}
	if label.Format > stateFormat {
		return nil, data.NewerData("state")
	}
	epoch, ok := s.o.Keys.KeyEpoch(label.Key)
	if !ok {
		return nil, errKeysOlder()
	}
	if epoch < s.o.Keys.Epoch() {
		return nil, errEarlierKey
	}
	key, err := s.o.Keys.Key(label.Key)
	if err != nil {
		return nil, spoilt("%w", err)
	}
	return key, nil
}

// applied notes up to which entry the state has come.
type applied struct {
	Seq  data.Seq `cbor:"1,keyasint"`
	Hash [32]byte `cbor:"2,keyasint"` // the journal's chain there; zero in the middle of a replay
}

var appliedKey = layout.Meta("applied")

func putApplied(kv layout.KV, a applied) {
	b, err := data.Marshal(a)
	if err != nil {
		panic(err) // two plain fields: can't fail
	}
	kv.Set(appliedKey, b)
}

func readApplied(r layout.Reader) (a applied, err error) {
	b, ok, err := r.Get(appliedKey)
	if err != nil || !ok {
		return a, err
	}
	return a, data.Unmarshal(b, &a)
}

// bringUp checks that an opened state is a beginning of the journal, and adds what it lacks.
func (s *Store) bringUp(ctx context.Context, st *state) error {
	snap := st.snapshot()
	defer snap.close()
	a, err := readApplied(snap)
	if err != nil {
		return spoilt("%w", err)
	}
	last := data.Seq(s.journal.Last())
	if a.Seq > last {
		return errJournalShort(last, a.Seq)
	}
	if a.Seq == last && a.Seq > 0 && a.Hash != (applied{}).Hash && a.Hash != s.journal.Hash() {
		return errJournalOther(last)
	}
	if s.known == nil && s.wasClean {
		// Only the journal was closed in order (the disk was full), or somebody took the seal away to have an older value
		// believed: the journal knows better, now that it is clear that it is not the older one.
		return spoilt("the journal was closed in order, but the state has no seal")
	}
	if s.known == nil {
		// Badger loses what was not flushed table by table: a later one may be whole where an earlier one is not.
		n, err := layout.CountEntries(snap)
		if err != nil || n != uint64(a.Seq) {
			return spoilt("it knows %d entries and says %d (%w)", n, a.Seq, err)
		}
	}
	var at journal.Position
	if value, ok, err := snap.Get(layout.EntryKey(a.Seq)); err == nil && ok {
		if at, err = parsePlace(value); err != nil {
			return spoilt("%w", err)
		}
	}
	stale, err := s.staleIndexes(snap)
	if err != nil {
		return err
	}
	if err := s.replay(ctx, st, a.Seq, at, stale.keep); err != nil {
		return err
	}
	return s.buildIndexes(ctx, st, stale)
}

func errJournalShort(last, known data.Seq) error {
	return data.Fail(data.Corrupt, "store.open", data.Say("data.journal.short",
		"The journal ends at entry {{.Last}}, but entries up to {{.Known}} had been saved: its end was cut off, or an older copy was put in its place. Wardbook does not open it, so that nothing more is lost. Call your administrator; a backup can bring it back.",
		"Last", last, "Known", known), nil)
}

func errJournalOther(last data.Seq) error {
	return data.Fail(data.Corrupt, "store.open", data.Say("data.journal.other",
		"The journal is not the one that this data was made from (entry {{.Last}} differs). Wardbook does not open it, so that nothing is lost. Call your administrator.", "Last", last), nil)
}

// rebuild makes the state anew from the journal, beside the old one, and puts it in its place when it is whole.
func (s *Store) rebuild(ctx context.Context) (*state, error) {
	fresh := filepath.Join(s.o.Dir, "state.new")
	if err := os.RemoveAll(fresh); err != nil {
		return nil, errFolder("store.rebuild", err)
	}
	id, key, err := s.freshStateKey()
	if err != nil {
		return nil, err
	}
	if err := writeLabel(fresh, id); err != nil {
		return nil, errFolder("store.rebuild", err)
	}
	st, err := openBadger(fresh, key, s.o.Schema, s.o.Log)
	if err != nil {
		return nil, errFolder("store.rebuild", err)
	}
	err = s.fill(ctx, st)
	if e := st.close(); err == nil {
		err = e
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(fresh))
	}
	if err := s.swapState(fresh); err != nil {
		return nil, errFolder("store.rebuild", err)
	}
	s.known = nil
	if st, err = openBadger(s.stateDir(), key, s.o.Schema, s.o.Log); err != nil {
		return nil, errFolder("store.rebuild", err)
	}
	st.damage = s.distrust
	return st, nil
}

// distrust has the next opening rebuild the state, whatever happens until then: without its label it is of no use.
func (s *Store) distrust(err error) {
	s.o.Log.Error("stored data is damaged and will be rebuilt at the next start", "error", err)
	s.note(data.Say("data.state.distrusted", "Part of the stored data is damaged. Nothing of the journal is lost: close Wardbook and start it again, it will rebuild what is damaged."))
	if err := os.Remove(filepath.Join(s.stateDir(), labelName)); err != nil {
		s.o.Log.Error("the damaged state could not be marked", "error", err)
	}
}

func (s *Store) freshStateKey() (journal.KeyID, []byte, error) {
	if id, ok := s.o.Keys.Newest(statePurpose); ok {
		if epoch, known := s.o.Keys.KeyEpoch(id); known && epoch >= s.o.Keys.Epoch() {
			key, err := s.o.Keys.Key(id)
			return id, key, err
		}
	}
	return s.o.Keys.NewKey(statePurpose)
}

func writeLabel(dir string, id journal.KeyID) error {
	if err := os.MkdirAll(dir, disk.DirPerm); err != nil {
		return err
	}
	label := stateLabel{Format: stateFormat, Key: id}
	label.Sum = label.sum()
	b, err := data.Marshal(label)
	if err != nil {
		return err
	}
	return disk.WriteAtomic(disk.OS{}, filepath.Join(dir, labelName), b) // flushed: without it a power cut costs a rebuild
}

// swapState puts a whole state in place of the old one. A crash in between leaves none, which is rebuilt.
func (s *Store) swapState(fresh string) error {
	if err := s.breakSeal(); err != nil {
		return err
	}
	old := filepath.Join(s.o.Dir, "state.old")
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if exists(s.stateDir()) {
		if err := os.Rename(s.stateDir(), old); err != nil {
			return err
		}
	}
	if err := os.Rename(fresh, s.stateDir()); err != nil {
		return err
	}
	if err := s.o.FS.SyncDir(s.o.Dir); err != nil {
		return err
	}
	return os.RemoveAll(old)
}

func (s *Store) rebuildInMemory(ctx context.Context) (*state, error) {
	key := make([]byte, 32)
	if _, err := s.o.Rand.Read(key); err != nil {
		return nil, err
	}
	st, err := openBadger("", key, s.o.Schema, s.o.Log)
	if err != nil {
		return nil, err
	}
	if err := s.fill(ctx, st); err != nil {
		return nil, errors.Join(err, st.close())
	}
	return st, nil
}

// fill brings an empty state up to the journal's end.
func (s *Store) fill(ctx context.Context, st *state) error {
	if err := s.replay(ctx, st, 0, journal.Position{}, layout.NoIndex); err != nil {
		return err
	}
	return s.buildIndexes(ctx, st, s.allIndexes())
}
