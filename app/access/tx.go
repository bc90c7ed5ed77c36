package access

import (
	"fmt"
	"iter"
	"slices"

	"wardbook/data"
)

// limited is a transaction that reaches only the tables that its action names.
type limited struct {
	data.Tx
	rule *Rule
}

// may answers Internal for a table that the action does not name: a fault of the program, not of the person.
func (l limited) may(t *data.TableDef, write bool) error {
	name := TableName(t.Name)
	if slices.Contains(l.rule.Writes, name) || !write && slices.Contains(l.rule.Reads, name) {
		return nil
	}
	return data.Fail(data.Internal, "access.tx", data.Say("access.fault", "Wardbook does not know what was asked for. Please report it."),
		fmt.Errorf("the action %s may not reach table %s (write: %t)", l.rule.Action, name, write))
}

func (l limited) Load(t *data.TableDef, id data.ID) (data.Record, error) {
	if err := l.may(t, false); err != nil {
		return data.Record{}, err
	}
	return l.Tx.Load(t, id)
}

func (l limited) Save(t *data.TableDef, id data.ID, r data.Record) error {
	if err := l.may(t, true); err != nil {
		return err
	}
	return l.Tx.Save(t, id, r)
}

func (l limited) Records(t *data.TableDef, span data.Span) iter.Seq2[data.Stored, error] {
	if err := l.may(t, false); err != nil {
		return failing[data.Stored](err)
	}
	return l.Tx.Records(t, span)
}

func (l limited) Scan(ix *data.IndexDef, span data.Span) iter.Seq2[data.Hit, error] {
	if err := l.may(ix.Table, false); err != nil {
		return failing[data.Hit](err)
	}
	return l.Tx.Scan(ix, span)
}

func (l limited) Find(ix *data.IndexDef, key []byte) (data.Hit, bool, error) {
	if err := l.may(ix.Table, false); err != nil {
		return data.Hit{}, false, err
	}
	return l.Tx.Find(ix, key)
}

func (l limited) Search(ix *data.TextDef, q data.TextQuery) iter.Seq2[data.TextHit, error] {
	if err := l.may(ix.Table, false); err != nil {
		return failing[data.TextHit](err)
	}
	return l.Tx.Search(ix, q)
}

func failing[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		yield(none, err)
	}
}
