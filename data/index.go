package data

import (
	"fmt"
	"iter"
)

// IndexDef is what an engine knows of an ordered index. Make one with NewIndex or NewUnique.
type IndexDef struct {
	Table  *TableDef
	Number uint16 // inside the table; never reused
	Name   string
	// Version is raised whenever Derive gives other keys or values than before: the engine then builds the index anew.
	Version uint32
	Unique  bool
	Fields  []string // the form fields that a taken unique key is about
	// Derive gives a record's places in the index: pure, and the same for the same record.
	Derive func(id ID, r Record) ([]IndexEntry, error)
}

// IndexEntry is one place of a record in an index.
type IndexEntry struct {
	Key   []byte // an encoded tuple (Encode)
	Value []byte // the covering value, encoded; may be empty
}

// Taken is the cause of a Conflict on a unique index.
type Taken struct {
	Index  string
	Holder ID // the record that has the key
}

// Error is for the log; the holder's id is not in it.
func (t *Taken) Error() string { return fmt.Sprintf("unique key of %s is taken", t.Index) }

// TakenError is what an engine answers for a unique key that another record has.
func TakenError(ix *IndexDef, holder ID) error {
	return Fail(Conflict, "data.unique", Say("data.unique.taken",
		"Another entry already has this {{.What}}. Check it, or open that entry.", "What", ix.Name), &Taken{Index: ix.Name, Holder: holder}).On(ix.Fields...)
}

// IndexSpec describes an ordered index over T with covering values C.
type IndexSpec[K, T, C any] struct {
	Number  uint16
	Name    string
	Version uint32 // raise it when Keys or Cover change
	// Keys gives the tuples (Encode) under which a row is found; none leaves it out.
	Keys func(Row[K, T]) []Key
	// Cover gives what lists show without reading the record; nil: nothing.
	Cover func(Row[K, T]) C
	// Deleted keeps deleted rows in the index.
	Deleted bool
}

// Index is an ordered index: rows by tuples, with covering values C.
type Index[K Identity[K], T, C any] struct {
	def   *IndexDef
	table *Table[K, T]
}

// NewIndex adds an ordered index to a table.
func NewIndex[K Identity[K], T, C any](t *Table[K, T], spec IndexSpec[K, T, C]) *Index[K, T, C] {
	def := &IndexDef{Table: t.def, Number: spec.Number, Name: spec.Name, Version: spec.Version}
	def.Derive = func(id ID, r Record) ([]IndexEntry, error) {
		row, err := t.Row(id, r)
		if err != nil || row.Deleted && !spec.Deleted {
			return nil, err
		}
		return derive(row, spec.Keys, spec.Cover)
	}
	t.def.Indexes = append(t.def.Indexes, def)
	return &Index[K, T, C]{def: def, table: t}
}

func derive[K, T, C any](row Row[K, T], keys func(Row[K, T]) []Key, cover func(Row[K, T]) C) ([]IndexEntry, error) {
	var value []byte
	if cover != nil {
		var err error
		if value, err = encoding.Marshal(cover(row)); err != nil {
			return nil, err
		}
	}
	var entries []IndexEntry
	for _, key := range keys(row) {
		entries = append(entries, IndexEntry{Key: key, Value: value})
	}
	return entries, nil
}

// Def is what the engine needs.
func (ix *Index[K, T, C]) Def() *IndexDef { return ix.def }

// Found is a place in an index with its types.
type Found[K, C any] struct {
	ID     K
	Cover  C
	Cursor Cursor
}

// Scan walks the index; break off when there is enough. Continue a page with Span.After = the last Cursor.
func (ix *Index[K, T, C]) Scan(tx Tx, span Span) iter.Seq2[Found[K, C], error] {
	return func(yield func(Found[K, C], error) bool) {
		for hit, err := range tx.Scan(ix.def, span) {
			var f Found[K, C]
			if err == nil {
				f, err = found[K, C](hit.ID, hit.Value, hit.Cursor)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

func found[K Identity[K], C any](id ID, value []byte, cursor Cursor) (f Found[K, C], err error) {
	var none K
	if f.ID, err = none.FromRecordID(id); err != nil {
		return f, err
	}
	f.Cursor = cursor
	if len(value) > 0 {
		err = decoding.Unmarshal(value, &f.Cover)
	}
	return f, err
}

// Rows walks the index and reads each row.
func (ix *Index[K, T, C]) Rows(tx Tx, span Span) iter.Seq2[Row[K, T], error] {
	return func(yield func(Row[K, T], error) bool) {
		for hit, err := range tx.Scan(ix.def, span) {
			var row Row[K, T]
			if err == nil {
				var r Record
				if r, err = tx.Load(ix.table.def, hit.ID); err == nil {
					row, err = ix.table.Row(hit.ID, r)
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// Within is the span of all keys that begin with these elements.
func Within(parts ...any) Span {
	from := Encode(parts...)
	return Span{From: from, To: PrefixEnd(from)}
}

// PrefixEnd is the first key behind all that begin with prefix; nil where there is none.
func PrefixEnd(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xFF {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

// UniqueSpec describes a unique index: no two rows have the same key.
type UniqueSpec[K, T any] struct {
	Number  uint16
	Name    string // as in the sentence 'Another entry already has this ...'
	Version uint32
	Fields  []string // the form fields to mark when it is taken
	// Keys gives the row's keys; none leaves it out.
	Keys func(Row[K, T]) []Key
	// Deleted keeps a deleted row's key taken, so that it is never given again.
	Deleted bool
}

// UniqueIndex finds at most one row for a key.
type UniqueIndex[K Identity[K], T any] struct {
	def   *IndexDef
	table *Table[K, T]
}

// NewUnique adds a unique index to a table.
func NewUnique[K Identity[K], T any](t *Table[K, T], spec UniqueSpec[K, T]) *UniqueIndex[K, T] {
	plain := NewIndex(t, IndexSpec[K, T, struct{}]{Number: spec.Number, Name: spec.Name, Version: spec.Version, Keys: spec.Keys, Deleted: spec.Deleted})
	plain.def.Unique, plain.def.Fields = true, spec.Fields
	return &UniqueIndex[K, T]{def: plain.def, table: t}
}

// Def is what the engine needs.
func (ix *UniqueIndex[K, T]) Def() *IndexDef { return ix.def }

// Get reads the row that has the key; NotFound where none has.
func (ix *UniqueIndex[K, T]) Get(tx Tx, parts ...any) (Row[K, T], error) {
	hit, ok, err := tx.Find(ix.def, Encode(parts...))
	if err != nil {
		return Row[K, T]{}, err
	}
	if !ok {
		return Row[K, T]{}, Fail(NotFound, "data.unique", Say("data.unique.none", "There is no entry with this {{.What}}.", "What", ix.def.Name), nil)
	}
	r, err := tx.Load(ix.table.def, hit.ID)
	if err != nil {
		return Row[K, T]{}, err
	}
	return ix.table.Row(hit.ID, r)
}
