package data

import (
	"fmt"
	"iter"

	"github.com/google/uuid"
)

// TableDef is what an engine knows of a table. Make one with NewTable.
type TableDef struct {
	Number  uint16 // never reused
	Name    string
	Raise   []Raise // from schema 1 to 2, 2 to 3 ...
	Indexes []*IndexDef
	Texts   []*TextDef
	// Attachments gives the attachments that a record refers to.
	Attachments func(Record) ([]Attachment, error)
}

// Schema is the number of the table's present form: 1, and one more for each Raise.
func (t *TableDef) Schema() uint32 { return uint32(len(t.Raise)) + 1 }

// Identity is a type that names records of a table: a Ref, or a key of the application's own (the slot of a doctor).
type Identity[K any] interface {
	comparable
	RecordID() ID
	// FromRecordID is the way back; the receiver does not matter.
	FromRecordID(ID) (K, error)
}

// Ref is the identity of a T: a UUID that can't be mistaken for the identity of something else.
type Ref[T any] uuid.UUID

// RecordID gives the 16 bytes.
func (r Ref[T]) RecordID() ID { return ID(r[:]) }

// FromRecordID is the way back.
func (Ref[T]) FromRecordID(id ID) (Ref[T], error) {
	u, err := uuid.FromBytes([]byte(id))
	return Ref[T](u), err
}

// String is the usual form of the UUID.
func (r Ref[T]) String() string { return uuid.UUID(r).String() }

// IsZero tells whether it names nothing.
func (r Ref[T]) IsZero() bool { return r == Ref[T]{} }

// TableSpec describes a table.
type TableSpec[T any] struct {
	Number uint16 // from FirstTable on; never reused
	Name   string
	Raise  []Raise
	// Attachments names the attachments a value refers to; they are kept as long as the book is.
	Attachments func(T) []Attachment
}

// FirstTable is the first number that an application may give a table; those below are the book's own.
const FirstTable = 16

// Table is a table of T known by K. It is a description: it holds no data and may be a package variable.
type Table[K Identity[K], T any] struct{ def *TableDef }

// NewTable describes a table.
func NewTable[K Identity[K], T any](spec TableSpec[T]) *Table[K, T] {
	t := &Table[K, T]{def: &TableDef{Number: spec.Number, Name: spec.Name, Raise: spec.Raise}}
	if spec.Attachments != nil {
		t.def.Attachments = func(r Record) ([]Attachment, error) {
			v, err := t.decode(r)
			if err != nil {
				return nil, err
			}
			return spec.Attachments(v), nil
		}
	}
	return t
}

// Def is what the engine needs.
func (t *Table[K, T]) Def() *TableDef { return t.def }

// Row is a record of a table with its life.
type Row[K, T any] struct {
	ID K
	Meta
	Value T
}

// Stale is the cause of a Conflict where a record has moved on since it was read: both values, for a person to choose.
type Stale[K, T any] struct {
	Seen   uint64
	Yours  T
	Theirs Row[K, T]
}

// Error is for the log.
func (s *Stale[K, T]) Error() string {
	return fmt.Sprintf("version %d was seen, version %d is there", s.Seen, s.Theirs.Version)
}

func (t *Table[K, T]) decode(r Record) (T, error) {
	var v T
	body, err := raiseBody(t.def, r)
	if Is(err, Unavailable) {
		return v, err
	}
	if err == nil {
		err = decoding.Unmarshal(body, &v)
	}
	if err != nil {
		return v, Fail(Corrupt, "data.decode", Say("data.record.unreadable",
			"A record of '{{.Table}}' can't be read. Nothing was changed; please report it.", "Table", t.def.Name), err)
	}
	return v, nil
}

// Row gives a stored record its types, raised to the present schema.
func (t *Table[K, T]) Row(id ID, r Record) (Row[K, T], error) {
	var none K
	key, err := none.FromRecordID(id)
	if err != nil {
		return Row[K, T]{}, Fail(Corrupt, "data.row", Say("data.record.unreadable",
			"A record of '{{.Table}}' can't be read. Nothing was changed; please report it.", "Table", t.def.Name), err)
	}
	v, err := t.decode(r)
	return Row[K, T]{ID: key, Meta: r.meta(), Value: v}, err
}

// Get reads a record; NotFound where there is none or it is deleted.
func (t *Table[K, T]) Get(tx Tx, id K) (Row[K, T], error) {
	row, err := t.GetDeleted(tx, id)
	if err == nil && row.Deleted {
		return Row[K, T]{}, t.notFound(id)
	}
	return row, err
}

// GetDeleted reads a record, deleted or not.
func (t *Table[K, T]) GetDeleted(tx Tx, id K) (Row[K, T], error) {
	r, err := tx.Load(t.def, id.RecordID())
	if err != nil {
		return Row[K, T]{}, err
	}
	return t.Row(id.RecordID(), r)
}

func (t *Table[K, T]) notFound(id K) error { return NotStored(t.def, id.RecordID()) }

// NotStored is the NotFound of a record.
func NotStored(t *TableDef, id ID) error {
	return Fail(NotFound, "data.get", Say("data.record.none", "There is no such entry in '{{.Table}}' any more. Look again in the list.",
		"Table", t.Name), missing{t, id})
}

// missing says which record there is not; in words only when somebody asks, for looking in vain is part of every insert.
type missing struct {
	table *TableDef
	id    ID
}

func (m missing) Error() string { return fmt.Sprintf("%s %x", m.table.Name, string(m.id)) }

// Insert writes a new record; Conflict where the id has one, deleted or not.
func (t *Table[K, T]) Insert(tx Tx, id K, v T) (Row[K, T], error) {
	old, err := tx.Load(t.def, id.RecordID())
	switch {
	case err == nil:
		return Row[K, T]{}, t.stale(id, 0, v, old)
	case !Is(err, NotFound):
		return Row[K, T]{}, err
	}
	return t.save(tx, id, Record{}, v, false)
}

// Update writes a record that was read at version seen; Conflict with a *Stale where it has moved on, NotFound where it is
// gone or deleted.
func (t *Table[K, T]) Update(tx Tx, id K, seen uint64, v T) (Row[K, T], error) {
	return t.replace(tx, id, seen, &v, false, false)
}

// Delete marks a record as deleted: it leaves every list and index, and stays in the book.
func (t *Table[K, T]) Delete(tx Tx, id K, seen uint64) (Row[K, T], error) {
	return t.replace(tx, id, seen, nil, false, true)
}

// Restore takes a deletion back.
func (t *Table[K, T]) Restore(tx Tx, id K, seen uint64) (Row[K, T], error) {
	return t.replace(tx, id, seen, nil, true, false)
}

func (t *Table[K, T]) replace(tx Tx, id K, seen uint64, v *T, fromDeleted, toDeleted bool) (Row[K, T], error) {
	old, err := tx.Load(t.def, id.RecordID())
	if err != nil {
		return Row[K, T]{}, err
	}
	if old.Version != seen {
		yours := v
		if yours == nil {
			yours = new(T)
		}
		return Row[K, T]{}, t.stale(id, seen, *yours, old)
	}
	if old.Deleted != fromDeleted {
		return Row[K, T]{}, t.notFound(id)
	}
	if v == nil {
		kept, err := t.decode(old)
		if err != nil {
			return Row[K, T]{}, err
		}
		v = &kept
	}
	return t.save(tx, id, old, *v, toDeleted)
}

func (t *Table[K, T]) stale(id K, seen uint64, yours T, there Record) error {
	theirs, err := t.Row(id.RecordID(), there)
	if err != nil {
		return err
	}
	return Fail(Conflict, "data.update", Say("data.record.changed",
		"Somebody else changed this in the meantime. Look at both versions and choose."), &Stale[K, T]{Seen: seen, Yours: yours, Theirs: theirs})
}

func (t *Table[K, T]) save(tx Tx, id K, old Record, v T, deleted bool) (Row[K, T], error) {
	cause := tx.Cause()
	if cause == nil {
		return Row[K, T]{}, ReadOnly()
	}
	body, err := encoding.Marshal(v)
	if err != nil {
		return Row[K, T]{}, Fail(Internal, "data.save", Say("data.record.unwritable", "This could not be saved. Please report it."), err)
	}
	if err := saving.Unmarshal(body, new(T)); err != nil {
		return Row[K, T]{}, Fail(Invalid, "data.save", Say("data.record.invalid",
			"This can't be saved: it holds a text with characters that are none, or too much in one piece. Type the text again instead of pasting it."), err)
	}
	now := tx.Time().UnixNano()
	r := Record{Version: old.Version + 1, Schema: t.def.Schema(), Deleted: deleted, Body: body,
		CreatedAt: now, CreatedBy: cause.Who, ChangedAt: now, ChangedBy: cause.Who}
	if old.Version > 0 {
		r.CreatedAt, r.CreatedBy = old.CreatedAt, old.CreatedBy
	}
	if err := tx.Save(t.def, id.RecordID(), r); err != nil {
		return Row[K, T]{}, err
	}
	return Row[K, T]{ID: id, Meta: r.meta(), Value: v}, nil
}

// ReadOnly is the error of a write in a view.
func ReadOnly() error {
	return Fail(Internal, "data.save", Say("data.view.write", "This could not be saved. Please report it."), fmt.Errorf("write in a view"))
}

// All walks the table in the order of ids, without deleted records.
func (t *Table[K, T]) All(tx Tx, span Span) iter.Seq2[Row[K, T], error] {
	return func(yield func(Row[K, T], error) bool) {
		for s, err := range tx.Records(t.def, span) {
			var row Row[K, T]
			if err == nil {
				if s.Record.Deleted {
					continue
				}
				row, err = t.Row(s.ID, s.Record)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// Event is a change of one record of a table.
type Event[K, T any] struct {
	Seq   Seq
	Cause *Cause
	Row   Row[K, T]
}

// Events picks this table's changes out of an entry.
func (t *Table[K, T]) Events(e Entry) iter.Seq2[Event[K, T], error] {
	return func(yield func(Event[K, T], error) bool) {
		for _, c := range e.Records {
			if c.Table != t.def.Number {
				continue
			}
			row, err := t.Row(c.ID, c.Record)
			if !yield(Event[K, T]{Seq: e.Seq, Cause: &e.Cause, Row: row}, err) {
				return
			}
		}
	}
}
