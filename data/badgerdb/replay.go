package badgerdb

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"wardbook/data"
	"wardbook/data/journal"
	"wardbook/data/layout"
)

// bulkWriter writes much into a state, in as many Badger transactions as it takes.
type bulkWriter struct {
	st   *state
	snap *snapshot
	kv   *overlay
}

func newBulkWriter(st *state) *bulkWriter {
	w := &bulkWriter{st: st}
	w.renew()
	return w
}

func (w *bulkWriter) renew() {
	w.snap = w.st.snapshot()
	w.kv = newOverlay(w.snap)
}

// flush writes what has gathered, if it is much or now must.
func (w *bulkWriter) flush(must bool) error {
	if !must && !w.full() {
		return nil
	}
	err := w.st.commit(w.st.sealAll(w.kv.m))
	w.snap.close()
	w.renew()
	return err
}

func (w *bulkWriter) full() bool {
	return w.kv.bytes >= w.st.db.MaxBatchSize()/3 || w.kv.count >= w.st.db.MaxBatchCount()/3
}

func (w *bulkWriter) close() { w.snap.close() }

// replay adds the journal's entries after one to a state.
func (s *Store) replay(ctx context.Context, st *state, after data.Seq, at journal.Position, keep layout.Keep) error {
	last := s.journal.Last()
	if uint64(after) >= last {
		return nil
	}
	w := newBulkWriter(st)
	defer func() { w.close() }()
	total := int64(last - uint64(after))
	for body, err := range s.journal.Replay(ctx, uint64(after), at) {
		if err != nil {
			return err
		}
		e, err := decodeEntry(body.Seq, body.Data)
		if err != nil {
			return err
		}
		if err := s.replayEntry(w, &e, place(body.Pos), keep); err != nil {
			return fmt.Errorf("entry %d: %w", body.Seq, err)
		}
		if body.Seq == last {
			putApplied(w.kv, applied{Seq: e.Seq, Hash: s.journal.Hash()})
			if err := w.flush(true); err != nil {
				return spoilt("%w", err)
			}
		}
		if n := int64(body.Seq - uint64(after)); n%1000 == 0 {
			s.o.Progress(data.Say("data.open.replay", "Rebuilding from the journal"), n, total)
		}
	}
	return ctx.Err()
}

// replayEntry adds one entry. Every Badger transaction notes up to where it goes, so that a replay that is broken off goes on
// there; an entry that no longer fits into one begins the next.
func (s *Store) replayEntry(w *bulkWriter, e *data.Entry, at []byte, keep layout.Keep) error {
	for {
		kv := w.kv.copy()
		if err := layout.Apply(kv, s.o.Schema, e, at, keep); err != nil {
			if data.Is(err, data.Unavailable) {
				return err // of a newer program
			}
			return spoilt("%w", err) // what was an update once can't fail on a state that is right
		}
		putApplied(kv, applied{Seq: e.Seq})
		if w.st.room(kv) || w.kv.count == 0 {
			w.kv = kv
			break
		}
		if err := w.flush(true); err != nil {
			return spoilt("%w", err)
		}
	}
	if w.full() {
		if err := s.roomToWrite(); err != nil {
			return err
		}
	}
	if err := w.flush(false); err != nil {
		return spoilt("%w", err)
	}
	return nil
}

// damagedState marks an error that came of the state being damaged: a state that is rebuilt does not have it.
func damagedState(err error) error {
	if data.Is(err, data.Corrupt) {
		return spoilt("%w", err)
	}
	return err
}

// schemaNote is what a state says of the tables and indexes it was made with.
type schemaNote struct {
	Tables  map[uint16]uint32 `cbor:"1,keyasint"` // schema numbers
	Indexes map[uint32]string `cbor:"2,keyasint"` // fingerprints, by table and index number
	Layout  uint32            `cbor:"3,keyasint"` // layout.Version
}

var schemaKey = layout.Meta("schema")

func indexNumber(t *data.TableDef, index uint16) uint32 { return uint32(t.Number)<<16 | uint32(index) }

func schemaOf(s *data.Schema) schemaNote {
	n := schemaNote{Tables: map[uint16]uint32{}, Indexes: map[uint32]string{}, Layout: layout.Version}
	for _, t := range s.Tables() {
		n.Tables[t.Number] = t.Schema()
		for _, ix := range t.Indexes {
			n.Indexes[indexNumber(t, ix.Number)] = ix.Fingerprint()
		}
		for _, ix := range t.Texts {
			n.Indexes[indexNumber(t, ix.Number)] = ix.Fingerprint()
		}
	}
	return n
}

// stale is the indexes that have to be built anew.
type stale map[uint32]bool

func (st stale) keep(t *data.TableDef, index uint16) bool { return !st[indexNumber(t, index)] }

func (s *Store) allIndexes() stale {
	all := stale{}
	for number := range schemaOf(s.o.Schema).Indexes {
		all[number] = true
	}
	return all
}

// staleIndexes finds the indexes whose definition changed since the state was made. Data of a newer program is refused.
func (s *Store) staleIndexes(r layout.Reader) (stale, error) {
	b, ok, err := r.Get(schemaKey)
	if err != nil {
		return nil, spoilt("%w", err)
	}
	if !ok {
		return nil, spoilt("it does not name its tables")
	}
	var there schemaNote
	if err := data.Unmarshal(b, &there); err != nil {
		return nil, spoilt("%w", err)
	}
	here := schemaOf(s.o.Schema)
	for number, schema := range there.Tables {
		if schema > here.Tables[number] {
			return nil, data.NewerData(fmt.Sprintf("table %d", number))
		}
	}
	if there.Layout != here.Layout {
		return nil, &unfit{why: fmt.Errorf("it is laid out as version %d, not %d", there.Layout, here.Layout), planned: true}
	}
	changed := stale{}
	for number, print := range here.Indexes {
		if there.Indexes[number] != print {
			changed[number] = true
		}
	}
	for number := range there.Indexes {
		if here.Indexes[number] == "" {
			changed[number] = true // of no use any more: cleared away
		}
	}
	return changed, nil
}

// buildIndexes builds indexes anew and then notes that the state has them. Until then it has them under no definition, so
// that a program that knows the old one does not trust the half of a new one.
func (s *Store) buildIndexes(ctx context.Context, st *state, changed stale) error {
	note := schemaOf(s.o.Schema)
	if len(changed) == 0 && sameSchema(st, note) {
		return nil
	}
	if len(changed) > 0 {
		during := schemaOf(s.o.Schema)
		for number := range changed {
			delete(during.Indexes, number)
		}
		if err := putSchema(st, during); err != nil {
			return err
		}
		for number := range changed {
			if err := clearIndex(ctx, st, number); err != nil {
				return damagedState(err)
			}
		}
	}
	for _, t := range s.o.Schema.Tables() {
		if err := s.buildTable(ctx, st, t, changed); err != nil {
			return damagedState(err)
		}
	}
	return putSchema(st, note)
}

// sameSchema tells whether the state has this note already: then there is nothing to write, and an opening that changes
// nothing leaves Badger nothing to tidy up.
func sameSchema(st *state, n schemaNote) bool {
	snap := st.snapshot()
	defer snap.close()
	there, ok, err := snap.Get(schemaKey)
	here, e := data.Marshal(n)
	return ok && err == nil && e == nil && bytes.Equal(there, here)
}

func putSchema(st *state, n schemaNote) error {
	b, err := data.Marshal(n)
	if err != nil {
		return err
	}
	w := newBulkWriter(st)
	defer w.close()
	w.kv.Set(schemaKey, b)
	return w.flush(true)
}

func clearIndex(ctx context.Context, st *state, number uint32) error {
	t := &data.TableDef{Number: uint16(number >> 16)}
	spaces := append(layout.IndexSpaces(&data.IndexDef{Table: t, Number: uint16(number)}), layout.TextSpaces(&data.TextDef{Table: t, Number: uint16(number)})...)
	for _, prefix := range spaces {
		if err := clearPrefix(ctx, st, prefix); err != nil {
			return err
		}
	}
	return nil
}

func clearPrefix(ctx context.Context, st *state, prefix []byte) error {
	snap := st.snapshot()
	defer snap.close()
	w := newBulkWriter(st)
	defer func() { w.close() }()
	it := snap.Walk(prefix, false)
	defer it.Close()
	for it.Seek(prefix); it.Valid() && ctx.Err() == nil; it.Next() {
		w.kv.Delete(append([]byte(nil), it.Key()...))
		if err := w.flush(false); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	if w.kv.count == 0 {
		return ctx.Err()
	}
	return w.flush(true)
}

// buildTable puts every record of a table into those of its indexes that are built anew.
func (s *Store) buildTable(ctx context.Context, st *state, t *data.TableDef, changed stale) error {
	var indexes []*data.IndexDef
	var texts []*data.TextDef
	for _, ix := range t.Indexes {
		if changed[indexNumber(t, ix.Number)] {
			indexes = append(indexes, ix)
		}
	}
	for _, ix := range t.Texts {
		if changed[indexNumber(t, ix.Number)] {
			texts = append(texts, ix)
		}
	}
	if len(indexes)+len(texts) == 0 {
		return nil
	}
	snap := st.snapshot()
	defer snap.close()
	w := newBulkWriter(st)
	defer func() { w.close() }()
	n := int64(0)
	for stored, err := range layout.Records(snap, s.o.Schema, t, data.Span{}) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = s.buildRecord(w, stored, indexes, texts)
		}
		if err != nil {
			return err
		}
		if n++; n%5000 == 0 {
			s.o.Progress(data.Say("data.open.index", "Building the index of '{{.Table}}'", "Table", t.Name), n, 0)
		}
	}
	return w.flush(true)
}

func (s *Store) buildRecord(w *bulkWriter, stored data.Stored, indexes []*data.IndexDef, texts []*data.TextDef) error {
	kv := w.kv.copy()
	if err := s.placeRecord(kv, stored, indexes, texts); err != nil {
		return err
	}
	if !w.st.room(kv) && w.kv.count > 0 {
		if err := w.flush(true); err != nil {
			return err
		}
		return s.buildRecord(w, stored, indexes, texts)
	}
	w.kv = kv
	if w.full() {
		if err := s.roomToWrite(); err != nil {
			return err
		}
	}
	return w.flush(false)
}

func (s *Store) placeRecord(kv *overlay, stored data.Stored, indexes []*data.IndexDef, texts []*data.TextDef) error {
	for _, ix := range indexes {
		err := layout.Place(kv, s.o.Schema, ix, stored)
		var taken *data.Taken
		if errors.As(err, &taken) {
			// A unique index that came with a new version, over records from before it: the first keeps the key.
			s.o.Log.Error("a record is left out of a unique index", "table", ix.Table.Name, "index", ix.Name)
			s.note(data.Say("data.unique.twice", "Two entries in '{{.Table}}' have the same {{.What}}. Only one of them is found by it; please correct the other.",
				"Table", ix.Table.Name, "What", ix.Name))
			continue
		}
		if err != nil {
			return err
		}
	}
	for _, ix := range texts {
		if err := layout.Enter(kv, s.o.Schema, ix, stored); err != nil {
			return err
		}
	}
	return nil
}
