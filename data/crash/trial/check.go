package trial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"wardbook/data"
)

// Check looks at all that the store holds, through every way in, and answers how many transfers there are; an error names
// the first thing that is not as it must be. acked is the number up to which all were acknowledged; behind it each may be there
// whole or not at all.
func Check(ctx context.Context, s data.Store, t *Tables, acked uint64) (transfers int, err error) {
	c := &checker{ctx: ctx, s: s, t: t, there: map[uint64]data.Row[TransferID, Transfer]{}, records: map[string]data.Record{}}
	steps := []func() error{c.readRecords, func() error { return c.acknowledged(acked) }, c.stocks, c.uniqueIndex, c.cabinetIndex, c.words,
		c.entries, c.history, c.slips}
	for _, step := range steps {
		if err := step(); err != nil {
			return len(c.there), err
		}
	}
	return len(c.there), nil
}

type checker struct {
	ctx     context.Context
	s       data.Store
	t       *Tables
	there   map[uint64]data.Row[TransferID, Transfer]
	stock   [Cabinets]data.Row[CabinetID, Cabinet]
	records map[string]data.Record // all, by table and id
}

func recordName(table uint16, id data.ID) string { return fmt.Sprintf("%d/%x", table, string(id)) }

// readRecords reads both tables and compares each transfer with what its number says.
func (c *checker) readRecords() error {
	return c.s.View(c.ctx, func(tx data.Tx) error {
		for s, err := range tx.Records(c.t.Transfers.Def(), data.Span{}) {
			if err != nil {
				return err
			}
			row, err := c.t.Transfers.Row(s.ID, s.Record)
			if err != nil {
				return err
			}
			c.there[uint64(row.ID)] = row
			c.records[recordName(17, s.ID)] = s.Record
		}
		for s, err := range tx.Records(c.t.Cabinets.Def(), data.Span{}) {
			if err != nil {
				return err
			}
			row, err := c.t.Cabinets.Row(s.ID, s.Record)
			if err != nil || row.ID < 0 || row.ID >= Cabinets {
				return errors.Join(err, fmt.Errorf("cabinet %d", row.ID))
			}
			c.stock[row.ID] = row
			c.records[recordName(16, s.ID)] = s.Record
		}
		return nil
	})
}

// acknowledged: every transfer that was acknowledged is there, and each that is there is whole and unchanged.
func (c *checker) acknowledged(last uint64) error {
	for n := uint64(1); n <= last; n++ {
		if _, ok := c.there[n]; !ok {
			return fmt.Errorf("transfer %d was acknowledged and is LOST", n)
		}
	}
	for n, row := range c.there {
		if err := same(n, row.Value); err != nil {
			return err
		}
		if row.Deleted != c.struck(n) {
			return fmt.Errorf("transfer %d: struck %v, must be %v: half an update", n, row.Deleted, c.struck(n))
		}
	}
	return nil
}

// struck tells whether a transfer must be struck: whether the one that strikes it is there.
func (c *checker) struck(n uint64) bool {
	by := n + strikeBack
	_, there := c.there[by]
	return there && by%strikeEvery == 0
}

func same(n uint64, have Transfer) error {
	want := Expected(n)
	if (len(have.Slip) == 1) != hasSlip(n) {
		return fmt.Errorf("transfer %d has %d slips", n, len(have.Slip))
	}
	have.Slip = nil
	if fmt.Sprintf("%+v", have) != fmt.Sprintf("%+v", want) {
		return fmt.Errorf("transfer %d is CHANGED: %+v, want %+v", n, have, want)
	}
	return nil
}

// stocks: each cabinet holds what the transfers that are there leave in it.
func (c *checker) stocks() error {
	if c.stock[0].Version == 0 && len(c.there) == 0 {
		return nil // cut off before the cabinets were filled
	}
	var want [Cabinets]int64
	for i := range want {
		want[i] = Stock
	}
	for n := range c.there {
		e := Expected(n)
		want[e.From] -= e.Amount
		want[e.To] += e.Amount
	}
	for i, row := range c.stock {
		if row.Value.Ampoules != want[i] {
			return fmt.Errorf("cabinet %d holds %d ampoules, its transfers leave %d: half an update", i, row.Value.Ampoules, want[i])
		}
	}
	return nil
}

// live are the transfers that indexes must lead to.
func (c *checker) live(fits func(Transfer) bool) map[uint64]bool {
	live := map[uint64]bool{}
	for n, row := range c.there {
		if !row.Deleted && fits(row.Value) {
			live[n] = true
		}
	}
	return live
}

func anyTransfer(Transfer) bool { return true }

func agree(what string, got, want map[uint64]bool) error {
	if maps.Equal(got, want) {
		return nil
	}
	for n := range want {
		if !got[n] {
			return fmt.Errorf("%s does not lead to transfer %d", what, n)
		}
	}
	for n := range got {
		if !want[n] {
			return fmt.Errorf("%s leads to transfer %d, which it should not", what, n)
		}
	}
	return nil
}

func (c *checker) uniqueIndex() error {
	return c.s.View(c.ctx, func(tx data.Tx) error {
		got := map[uint64]bool{}
		for hit, err := range tx.Scan(c.t.ByMRN.Def(), data.Span{}) {
			if err != nil {
				return err
			}
			n, err := number(hit.ID)
			if err != nil || got[uint64(n)] {
				return errors.Join(err, fmt.Errorf("the MRN index leads to transfer %d twice", n))
			}
			got[uint64(n)] = true
		}
		if err := agree("the MRN index", got, c.live(anyTransfer)); err != nil {
			return err
		}
		for n := range got {
			row, err := c.t.ByMRN.Get(tx, Expected(n).MRN)
			if err != nil || uint64(row.ID) != n {
				return errors.Join(err, fmt.Errorf("MRN of transfer %d leads to %d", n, row.ID))
			}
		}
		return nil
	})
}

func (c *checker) cabinetIndex() error {
	return c.s.View(c.ctx, func(tx data.Tx) error {
		for cabinet := range CabinetID(Cabinets) {
			got := map[uint64]bool{}
			for hit, err := range c.t.ByCabinet.Scan(tx, data.Within(int(cabinet))) {
				if err != nil {
					return err
				}
				if hit.Cover != (Brief{uint64(hit.ID), Expected(uint64(hit.ID)).Patient}) {
					return fmt.Errorf("the list of cabinet %d shows %+v for transfer %d", cabinet, hit.Cover, hit.ID)
				}
				got[uint64(hit.ID)] = true
			}
			want := c.live(func(t Transfer) bool { return t.From == cabinet })
			if err := agree(fmt.Sprintf("the list of cabinet %d", cabinet), got, want); err != nil {
				return err
			}
		}
		return nil
	})
}

// words: every name finds its transfers, and a sample of MRNs.
func (c *checker) words() error {
	return c.s.View(c.ctx, func(tx data.Tx) error {
		for _, name := range append(slices.Clone(families), givens...) {
			if err := c.search(tx, name, func(t Transfer) bool { return bytes.Contains([]byte(t.Patient), []byte(name)) }); err != nil {
				return err
			}
		}
		for n := range c.there {
			if n%50 == 1 {
				if err := c.search(tx, Expected(n).MRN, func(t Transfer) bool { return t.Number == n }); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (c *checker) search(tx data.Tx, query string, fits func(Transfer) bool) error {
	got := map[uint64]bool{}
	for m, err := range c.t.ByName.Search(tx, query, 0) {
		if err != nil {
			return err
		}
		if m.Cover.Number != uint64(m.ID) {
			return fmt.Errorf("the search for transfer %d shows %d", m.ID, m.Cover.Number)
		}
		got[uint64(m.ID)] = true
	}
	return agree("the search for a name", got, c.live(fits))
}

// entries: the book has each transfer's entry exactly once, with exactly its records; the last version of each record in the
// book is the one in the tables, and no table has a record that is not in the book.
func (c *checker) entries() error {
	made, folded := map[uint64]data.Seq{}, map[string]data.Record{}
	operations := map[[16]byte]bool{}
	var last data.Seq
	for e, err := range c.s.Entries(c.ctx, data.EntryFilter{}) {
		if err != nil {
			return err
		}
		if e.Seq <= last || operations[e.Cause.Operation] {
			return fmt.Errorf("entry %d after %d, its operation seen before: %v", e.Seq, last, operations[e.Cause.Operation])
		}
		last, operations[e.Cause.Operation] = e.Seq, true
		for _, change := range e.Records {
			folded[recordName(change.Table, change.ID)] = change.Record
		}
		if e.Cause.Action == "stock.transfer" {
			n, err := c.entry(e)
			if err != nil {
				return err
			}
			made[n] = e.Seq
		}
	}
	if last != c.s.Last() {
		return fmt.Errorf("the last entry is %d, the store says %d", last, c.s.Last())
	}
	for n := range c.there {
		if made[n] == 0 {
			return fmt.Errorf("transfer %d has no entry", n)
		}
	}
	if len(made) != len(c.there) || len(folded) != len(c.records) {
		return fmt.Errorf("%d entries of transfers for %d, %d records in the book, %d in the tables", len(made), len(c.there), len(folded), len(c.records))
	}
	for name, r := range folded {
		if fmt.Sprintf("%+v", r) != fmt.Sprintf("%+v", c.records[name]) {
			return fmt.Errorf("record %s is not what the book says", name)
		}
	}
	return nil
}

// entry checks one transfer's entry, and that its operation leads to it.
func (c *checker) entry(e data.Entry) (uint64, error) {
	for _, change := range e.Records {
		if change.Table != c.t.Transfers.Def().Number || change.Record.Version != 1 {
			continue
		}
		id, err := number(change.ID)
		n := uint64(id)
		if err != nil || e.Cause.Operation != Operation(n) {
			return n, errors.Join(err, fmt.Errorf("entry %d holds transfer %d but is another operation's", e.Seq, n))
		}
		records := 3
		if _, ok := strikes(n); ok {
			records = 4
		}
		if len(e.Records) != records {
			return n, fmt.Errorf("entry %d of transfer %d has %d records, must have %d", e.Seq, n, len(e.Records), records)
		}
		done, ok, err := c.s.Done(c.ctx, e.Cause.Operation)
		if err != nil || !ok || done.Seq != e.Seq {
			return n, errors.Join(err, fmt.Errorf("operation of transfer %d leads to entry %d, not %d", n, done.Seq, e.Seq))
		}
		return n, nil
	}
	return 0, fmt.Errorf("entry %d is a transfer's and holds none", e.Seq)
}

// history: each cabinet, and every eleventh transfer, has all its versions.
func (c *checker) history() error {
	for _, row := range c.stock {
		if err := c.versions(c.t.Cabinets.Def(), row.ID.RecordID(), row.Version); err != nil {
			return err
		}
	}
	for n, row := range c.there {
		if n%11 != 0 {
			continue
		}
		if err := c.versions(c.t.Transfers.Def(), row.ID.RecordID(), row.Version); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) versions(t *data.TableDef, id data.ID, want uint64) error {
	have := uint64(0)
	for v, err := range c.s.History(c.ctx, t, id) {
		if err != nil {
			return err
		}
		if have++; v.Record.Version != have {
			return fmt.Errorf("history of a record of %s: version %d in the place of %d", t.Name, v.Record.Version, have)
		}
	}
	if have != want {
		return fmt.Errorf("history of a record of %s has %d versions of %d", t.Name, have, want)
	}
	return nil
}

// slips: every attachment that a record refers to is there and unchanged.
func (c *checker) slips() error {
	for n, row := range c.there {
		for _, a := range row.Value.Slip {
			if err := readSlip(c.ctx, c.s, a, n); err != nil {
				return fmt.Errorf("slip of transfer %d: %w", n, err)
			}
		}
	}
	return nil
}

func readSlip(ctx context.Context, s data.Store, a data.Attachment, n uint64) (err error) {
	r, err := s.Attached(ctx, a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	content, err := io.ReadAll(r)
	if err == nil && !bytes.Equal(content, slip(n)) {
		err = errors.New("CHANGED")
	}
	return err
}
