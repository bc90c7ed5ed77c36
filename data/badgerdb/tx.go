package badgerdb

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"wardbook/data"
	"wardbook/data/blob"
	"wardbook/data/layout"
)

// tx is the one implementation of data.Tx here; in a view kv and cause are nil.
type tx struct {
	ctx   context.Context
	store *Store
	now   time.Time
	cause *data.Cause
	r     layout.Reader
	kv    *overlay
	seq   data.Seq
	over  bool // the function that got it has returned
	wrote []data.Change
	at    map[recordName]int // where in wrote a record stands
	bytes [][]byte           // the encodings of wrote
	files []data.Attachment  // what wrote refers to
	size  int
}

type recordName struct {
	table uint16
	id    data.ID
}

var _ data.Tx = (*tx)(nil)

var errOver = errors.New("transaction used after its function returned")

// noticed passes an error on, and damage of the state to whoever has it rebuilt.
func (t *tx) noticed(err error) error {
	if data.Is(err, data.Corrupt) {
		t.store.mu.RLock()
		defer t.store.mu.RUnlock()
		if t.store.state != nil {
			t.store.state.noticed(err)
		}
	}
	return err
}

func (t *tx) alive() error {
	if t.over {
		return data.Fail(data.Internal, "store.tx", data.Say("data.tx.over", "The program made a mistake while reading or saving. Please report it."), errOver)
	}
	return t.ctx.Err()
}

func (t *tx) Context() context.Context { return t.ctx }
func (t *tx) Time() time.Time          { return t.now }
func (t *tx) Cause() *data.Cause       { return t.cause }

func (t *tx) Load(table *data.TableDef, id data.ID) (data.Record, error) {
	if err := t.alive(); err != nil {
		return data.Record{}, err
	}
	r, _, err := layout.Load(t.r, t.store.o.Schema, table, id)
	return r, t.noticed(err)
}

func (t *tx) Save(table *data.TableDef, id data.ID, r data.Record) error {
	if err := t.alive(); err != nil {
		return err
	}
	if t.cause == nil {
		return data.ReadOnly()
	}
	if err := id.Check(); err != nil {
		return err
	}
	if t.store.o.Schema.Table(table.Number) != table || r.Version == 0 || r.Schema == 0 || len(r.Body) == 0 {
		return data.Fail(data.Internal, "store.save", data.Say("data.table.unknown", "This could not be saved. Please report it."),
			fmt.Errorf("table %s is not in the schema, or the record is empty", table.Name))
	}
	if err := t.attached(table, r); err != nil {
		return err
	}
	encoded, err := layout.Save(t.kv, t.store.o.Schema, table, id, r, t.seq, nil)
	if err != nil {
		return err
	}
	return t.note(table, id, r, encoded)
}

// attached refuses a reference to an attachment that is not there: what an entry refers to must be durable before it.
func (t *tx) attached(table *data.TableDef, r data.Record) error {
	if table.Attachments == nil {
		return nil
	}
	files, err := table.Attachments(r)
	if err != nil {
		return err
	}
	for _, f := range files {
		there, err := t.store.blobs.Has(blob.Ref(f))
		if err != nil {
			return err
		}
		if !there {
			return data.Fail(data.Invalid, "store.save", data.Say("data.attachment.gone",
				"The attached file is no longer there. Attach it again and save."), fmt.Errorf("attachment %x", f.Hash))
		}
		if !slices.Contains(t.files, f) {
			t.files = append(t.files, f)
		}
	}
	return nil
}

// note remembers a record for the entry: the last version written of each, in the order of the first writing.
func (t *tx) note(table *data.TableDef, id data.ID, r data.Record, encoded []byte) error {
	name := recordName{table.Number, id}
	i, again := t.at[name]
	if !again {
		i = len(t.wrote)
		t.at[name] = i
		t.wrote, t.bytes = append(t.wrote, data.Change{}), append(t.bytes, nil)
		t.size += len(id) + 8
	}
	t.size += len(encoded) - len(t.bytes[i])
	t.wrote[i], t.bytes[i] = data.Change{Table: table.Number, ID: id, Record: r}, encoded
	if t.size > data.MaxUpdate || len(encoded) > data.MaxRecord || t.kv.problem != nil {
		return data.Fail(data.Invalid, "store.save", data.Say("data.update.large",
			"This is too much to be saved in one step. Save it in parts, or as an attached file."),
			errors.Join(fmt.Errorf("%d bytes", t.size), t.kv.problem))
	}
	return nil
}

func (t *tx) Find(ix *data.IndexDef, key []byte) (data.Hit, bool, error) {
	if err := t.alive(); err != nil {
		return data.Hit{}, false, err
	}
	hit, ok, err := layout.Find(t.r, t.store.o.Schema, ix, key)
	return hit, ok, t.noticed(err)
}

func (t *tx) Records(table *data.TableDef, span data.Span) iter.Seq2[data.Stored, error] {
	return guard(t, layout.Records(t.r, t.store.o.Schema, table, span))
}

func (t *tx) Scan(ix *data.IndexDef, span data.Span) iter.Seq2[data.Hit, error] {
	return guard(t, layout.Scan(t.r, t.store.o.Schema, ix, span))
}

func (t *tx) Search(ix *data.TextDef, q data.TextQuery) iter.Seq2[data.TextHit, error] {
	return guard(t, layout.Search(t.r, t.store.o.Schema, ix, q))
}

// guard ends a walk when the transaction is over or its context is.
func guard[T any](t *tx, walk iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if err := t.alive(); err != nil {
			var none T
			yield(none, err)
			return
		}
		for v, err := range walk {
			if err == nil {
				err = t.alive()
			}
			err = t.noticed(err)
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}
