package data

import "fmt"

// The book's own tables.
const countersTable = 1

type counterName string

func (n counterName) RecordID() ID                          { return ID(n) }
func (counterName) FromRecordID(id ID) (counterName, error) { return counterName(id), nil }

type counterValue struct {
	Last uint64 `cbor:"1,keyasint"`
}

var counters = NewTable[counterName, counterValue](TableSpec[counterValue]{Number: countersTable, Name: "counters"})

// Counter counts 1, 2, 3 ... without a gap and without a number given twice: its value is a record, written in the
// transaction that uses the number.
type Counter struct{ name counterName }

// NewCounter names a counter; the same name is the same counter for ever.
func NewCounter(name string) Counter { return Counter{counterName(name)} }

// Next gives the next number. It is taken when the transaction is.
func (c Counter) Next(tx Tx) (uint64, error) {
	row, err := counters.Get(tx, c.name)
	if Is(err, NotFound) {
		_, err = counters.Insert(tx, c.name, counterValue{Last: 1})
		return 1, err
	}
	if err != nil {
		return 0, err
	}
	next := row.Value.Last + 1
	if next == 0 {
		return 0, Fail(Unavailable, "data.counter", Say("data.counter.full", "There are no numbers left. Please report it."), fmt.Errorf("counter %s", c.name))
	}
	_, err = counters.Update(tx, c.name, row.Version, counterValue{Last: next})
	return next, err
}

// Last gives the last number given; 0 before the first.
func (c Counter) Last(tx Tx) (uint64, error) {
	row, err := counters.Get(tx, c.name)
	if Is(err, NotFound) {
		return 0, nil
	}
	return row.Value.Last, err
}
