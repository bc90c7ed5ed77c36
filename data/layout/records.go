package layout

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"wardbook/data"
)

var errShort = errors.New("value too short")

// Load reads a record and the number of the entry that wrote it. NotFound where there is none.
func Load(kv Reader, s *data.Schema, t *data.TableDef, id data.ID) (data.Record, data.Seq, error) {
	r, seq, ok, err := load(kv, s, t, id)
	if err == nil && !ok {
		err = data.NotStored(t, id)
	}
	return r, seq, err
}

func load(kv Reader, s *data.Schema, t *data.TableDef, id data.ID) (r data.Record, seq data.Seq, ok bool, err error) {
	key := RecordKey(t, id)
	value, ok, err := kv.Get(key)
	if err != nil || !ok {
		return data.Record{}, 0, false, err
	}
	r, seq, err = parseRecord(s, key, value)
	return r, seq, err == nil, err
}

func parseRecord(s *data.Schema, key, value []byte) (data.Record, data.Seq, error) {
	if len(value) < 8 {
		return data.Record{}, 0, Damaged(s, key, errShort)
	}
	r, err := data.DecodeRecord(value[8:])
	if err != nil {
		return data.Record{}, 0, Damaged(s, key, err)
	}
	return r, data.Seq(order.Uint64(value)), nil
}

// Keep says which indexes of a table (by number) Save brings in step; nil: all. The others are built anew afterwards.
type Keep func(t *data.TableDef, index uint16) bool

// NoIndex keeps none: for a rebuild, which builds them at the end from what the records have become.
func NoIndex(*data.TableDef, uint16) bool { return false }

// Save writes a record as entry seq leaves it, and brings its indexes, words, history and attachments in step. It answers
// the record's encoding. Conflict (data.Taken) where a unique key has another holder; then nothing was written.
func Save(kv KV, s *data.Schema, t *data.TableDef, id data.ID, r data.Record, seq data.Seq, keep Keep) ([]byte, error) {
	encoded, err := data.Marshal(r)
	if err != nil {
		return nil, err
	}
	old, _, known, err := load(kv, s, t, id)
	if err != nil {
		return nil, err
	}
	change := change{kv: kv, s: s, id: id, fresh: &r, keep: keep}
	if known {
		change.old = &old
	}
	if err := change.indexes(t); err != nil {
		return nil, err
	}
	kv.Set(RecordKey(t, id), append(order.AppendUint64(make([]byte, 0, 8+len(encoded)), uint64(seq)), encoded...))
	kv.Set(order.AppendUint64(historyPrefix(t.Number, id), uint64(seq)), nil)
	return encoded, change.files(t)
}

// change is a record on its way from one version to the next.
type change struct {
	kv         KV
	s          *data.Schema
	id         data.ID
	old, fresh *data.Record // old is nil for a new record
	keep       Keep
}

func (c *change) kept(t *data.TableDef, index uint16) bool { return c.keep == nil || c.keep(t, index) }

// indexes brings all indexes in step. Taken unique keys are found before anything is written.
func (c *change) indexes(t *data.TableDef) error {
	moves := make([]struct{ before, after []data.IndexEntry }, len(t.Indexes))
	for i, ix := range t.Indexes {
		if !c.kept(t, ix.Number) {
			continue
		}
		var err error
		if c.old != nil {
			if moves[i].before, err = ix.Derive(c.id, *c.old); err != nil {
				return err
			}
		}
		if moves[i].after, err = ix.Derive(c.id, *c.fresh); err != nil {
			return err
		}
		if err := c.free(ix, moves[i].after); err != nil {
			return err
		}
	}
	for i, ix := range t.Indexes {
		c.moveIndex(ix, moves[i].before, moves[i].after)
	}
	for _, ix := range t.Texts {
		if !c.kept(t, ix.Number) {
			continue
		}
		if err := c.words(ix); err != nil {
			return err
		}
	}
	return nil
}

// free answers Conflict where a unique key has another holder.
func (c *change) free(ix *data.IndexDef, entries []data.IndexEntry) error {
	if !ix.Unique {
		return nil
	}
	for _, e := range entries {
		holder, _, ok, err := find(c.kv, c.s, ix, e.Key)
		if err != nil {
			return err
		}
		if ok && holder != c.id {
			return data.TakenError(ix, holder)
		}
	}
	return nil
}

// moveIndex takes a record out of its former places and puts it into its new ones, touching only what differs.
func (c *change) moveIndex(ix *data.IndexDef, before, after []data.IndexEntry) {
	for _, b := range before {
		if !contains(after, b.Key) {
			c.kv.Delete(indexKey(ix, b.Key, c.id))
		}
	}
	for _, a := range after {
		if !containsEntry(before, a) {
			c.kv.Set(indexKey(ix, a.Key, c.id), appendPlace(c.id, a.Value))
		}
	}
}

func contains(entries []data.IndexEntry, key []byte) bool {
	for _, e := range entries {
		if bytes.Equal(e.Key, key) {
			return true
		}
	}
	return false
}

func containsEntry(entries []data.IndexEntry, want data.IndexEntry) bool {
	for _, e := range entries {
		if bytes.Equal(e.Key, want.Key) && bytes.Equal(e.Value, want.Value) {
			return true
		}
	}
	return false
}

// files notes which attachments the record refers to; such a note is never taken back, for history refers to them too.
func (c *change) files(t *data.TableDef) error {
	if t.Attachments == nil {
		return nil
	}
	files, err := t.Attachments(*c.fresh)
	if err != nil {
		return err
	}
	for _, f := range files {
		c.kv.Set(fileKey(f.Hash, t.Number, c.id), order.AppendUint64(nil, uint64(f.Size)))
	}
	return nil
}

// Referred tells whether any record ever referred to an attachment.
func Referred(kv Reader, hash [32]byte) (bool, error) {
	prefix := append([]byte{spaceFile}, hash[:]...)
	it := kv.Walk(prefix, false)
	defer it.Close()
	it.Seek(prefix)
	return it.Valid(), it.Err()
}

// Referrals walks all attachments that records refer to, each once.
func Referrals(kv Reader, s *data.Schema) iter.Seq2[data.Attachment, error] {
	return func(yield func(data.Attachment, error) bool) {
		prefix := []byte{spaceFile}
		it := kv.Walk(prefix, false)
		defer it.Close()
		var last data.Attachment
		for it.Seek(prefix); it.Valid(); it.Next() {
			if len(it.Key()) < 33 || bytes.Equal(last.Hash[:], it.Key()[1:33]) {
				continue
			}
			size, err := it.Value()
			if err == nil && len(size) != 8 {
				err = Damaged(s, it.Key(), errShort)
			}
			if err != nil {
				yield(last, err)
				return
			}
			copy(last.Hash[:], it.Key()[1:33])
			last.Size = int64(order.Uint64(size))
			if !yield(last, nil) {
				return
			}
		}
		if err := it.Err(); err != nil {
			yield(last, err)
		}
	}
}

// appendPlace and parsePlace write and read what an index keeps at a place: the record's id and the covering value.
func appendPlace(id data.ID, cover []byte) []byte {
	b := binary.AppendUvarint(make([]byte, 0, 2+len(id)+len(cover)), uint64(len(id)))
	return append(append(b, id...), cover...)
}

func parsePlace(value []byte) (id data.ID, cover []byte, ok bool) {
	n, used := binary.Uvarint(value)
	if used <= 0 || n == 0 || n > uint64(len(value)-used) {
		return "", nil, false
	}
	return data.ID(value[used : used+int(n)]), value[used+int(n):], true
}

func find(kv Reader, s *data.Schema, ix *data.IndexDef, key []byte) (id data.ID, cover []byte, ok bool, err error) {
	full := indexKey(ix, key, "")
	value, ok, err := kv.Get(full)
	if err != nil || !ok {
		return "", nil, false, err
	}
	if id, cover, ok = parsePlace(value); !ok {
		return "", nil, false, Damaged(s, full, errShort)
	}
	return id, cover, true, nil
}

// Find looks a key of a unique index up.
func Find(kv Reader, s *data.Schema, ix *data.IndexDef, key []byte) (data.Hit, bool, error) {
	id, cover, ok, err := find(kv, s, ix, key)
	return data.Hit{ID: id, Value: cover}, ok, err
}

// Place puts a record into an ordered index that is being built anew. Conflict where a unique key has another holder.
func Place(kv KV, s *data.Schema, ix *data.IndexDef, stored data.Stored) error {
	entries, err := ix.Derive(stored.ID, stored.Record)
	if err != nil {
		return err
	}
	c := change{kv: kv, s: s, id: stored.ID, fresh: &stored.Record}
	if err := c.free(ix, entries); err != nil {
		return err
	}
	c.moveIndex(ix, nil, entries)
	return nil
}

// Apply writes what an entry of the journal changed, as its update did.
func Apply(kv KV, s *data.Schema, e *data.Entry, place []byte, keep Keep) error {
	for i := range e.Records {
		c := &e.Records[i]
		t := s.Table(c.Table)
		if t == nil || c.Record.Schema > t.Schema() {
			return data.NewerData(fmt.Sprintf("table %d", c.Table))
		}
		if _, err := Save(kv, s, t, c.ID, c.Record, e.Seq, keep); err != nil {
			return err
		}
	}
	Note(kv, e.Seq, place, &e.Cause)
	return nil
}
