package badgerdb

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"wardbook/data"
	"wardbook/data/blob"
	"wardbook/data/journal"
	"wardbook/data/layout"
)

// Verify reads the journal without changing anything, with keys (o.Keys) or without; see journal.Verify. attached, if given,
// hears with keys of every attachment that an entry refers to, as often as one does.
func Verify(ctx context.Context, o Options, progress func(done, total int64), attached ...func(data.Attachment)) (journal.Findings, error) {
	o = o.withDefaults()
	return journal.Verify(ctx, o.journal(), progress, func(b journal.Body) {
		e, err := decodeEntry(b.Seq, b.Data)
		if err != nil {
			return // it opened, and is what was written: of a newer version, perhaps
		}
		for _, a := range e.Attachments {
			for _, hear := range attached {
				hear(a)
			}
		}
	})
}

// Check compares an open store with itself: every record in the state with the newest entry of the journal that wrote it,
// every place in every index with its record, every attachment with its hash. It answers what is wrong, a sentence each; an
// empty answer is a whole store. Updates go on meanwhile; what they change is compared as of the beginning.
func (s *Store) Check(ctx context.Context, progress func(done, total int64)) (problems []data.Message, err error) {
	err = s.read(func(snap layout.Reader) error {
		c := checker{s: s, ctx: ctx, snap: snap, progress: progress, newest: map[[16]byte]mark{}}
		if err := c.readJournal(); err != nil {
			return err
		}
		if err := c.compareRecords(); err != nil {
			return err
		}
		if err := c.countIndexes(); err != nil {
			return err
		}
		err := c.readAttachments()
		problems = c.problems
		return err
	})
	return problems, err
}

// mark is what the journal says last of a record.
type mark struct {
	seq  data.Seq
	hash [16]byte
	met  bool
}

type checker struct {
	s        *Store
	ctx      context.Context
	snap     layout.Reader
	progress func(done, total int64)
	newest   map[[16]byte]mark // by hash of table and id
	places   map[uint32]int    // how many places indexes should have
	problems []data.Message
}

// maxProblems bounds what is listed: after so many the matter is clear.
const maxProblems = 1000

func (c *checker) found(m data.Message) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, m)
	}
}

func (c *checker) told(done, total int64) {
	if c.progress != nil {
		c.progress(done, total)
	}
}

func short(parts ...[]byte) (sum [16]byte) {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	copy(sum[:], h.Sum(nil))
	return sum
}

func recordMark(table uint16, id data.ID) [16]byte {
	return short([]byte{byte(table >> 8), byte(table)}, []byte(id))
}

func (c *checker) readJournal() error {
	a, err := readApplied(c.snap)
	if err != nil {
		return err
	}
	c.s.mu.RLock()
	book := c.s.book
	c.s.mu.RUnlock()
	for body, err := range book.Replay(c.ctx, 0, journal.Position{}) {
		if err != nil {
			return err
		}
		if body.Seq > uint64(a.Seq) {
			break
		}
		e, err := decodeEntry(body.Seq, body.Data)
		if err != nil {
			return err
		}
		for _, r := range e.Records {
			encoded, err := data.Marshal(r.Record)
			if err != nil {
				return err
			}
			c.newest[recordMark(r.Table, r.ID)] = mark{seq: e.Seq, hash: short(encoded)}
		}
		if body.Seq%1000 == 0 {
			c.told(int64(body.Seq), int64(a.Seq))
		}
	}
	return c.ctx.Err()
}

func (c *checker) compareRecords() error {
	c.places = map[uint32]int{}
	n := int64(0)
	err := layout.Everything(c.snap, c.s.o.Schema, func(table uint16, st data.Stored, seq data.Seq, err error) bool {
		if err != nil {
			c.found(data.Say("data.check.record", "{{.What}}", "What", err.Error()))
			return true
		}
		c.compare(table, st, seq)
		if n++; n%1000 == 0 {
			c.told(n, int64(len(c.newest)))
		}
		return c.ctx.Err() == nil
	})
	if err != nil {
		return err
	}
	for _, m := range c.newest {
		if !m.met {
			c.found(data.Say("data.check.missing", "A record that entry {{.Seq}} wrote is missing from the stored data.", "Seq", m.seq))
		}
	}
	return c.ctx.Err()
}

func (c *checker) compare(table uint16, st data.Stored, seq data.Seq) {
	key := recordMark(table, st.ID)
	m, known := c.newest[key]
	name := fmt.Sprintf("record %x of table %d", st.ID, table)
	encoded, err := data.Marshal(st.Record)
	switch {
	case !known:
		c.found(data.Say("data.check.unknown", "The {{.What}} is in the stored data, but not in the journal.", "What", name))
		return
	case err != nil || m.seq != seq || m.hash != short(encoded):
		c.found(data.Say("data.check.differs", "The {{.What}} is not as entry {{.Seq}} of the journal left it.", "What", name, "Seq", m.seq))
	}
	m.met = true
	c.newest[key] = m
	t := c.s.o.Schema.Table(table)
	if t == nil {
		return
	}
	what, err := layout.CheckRecord(c.snap, c.s.o.Schema, t, st)
	if err != nil {
		what = err.Error()
	}
	if what != "" {
		c.found(data.Say("data.check.index", "The {{.What}} is {{.Fault}}.", "What", name, "Fault", what))
	}
	c.countPlaces(t, st)
}

// countPlaces adds up how many places a record should have, to find those that no record has.
func (c *checker) countPlaces(t *data.TableDef, st data.Stored) {
	for _, ix := range t.Indexes {
		if entries, err := ix.Derive(st.ID, st.Record); err == nil {
			c.places[indexNumber(t, ix.Number)] += distinct(entries)
		}
	}
	for _, ix := range t.Texts {
		if words, _, err := ix.Derive(st.ID, st.Record); err == nil && len(words) > 0 {
			c.places[indexNumber(t, ix.Number)]++
		}
	}
}

func distinct(entries []data.IndexEntry) int {
	keys := map[string]bool{}
	for _, e := range entries {
		keys[string(e.Key)] = true
	}
	return len(keys)
}

func (c *checker) countIndexes() error {
	for _, t := range c.s.o.Schema.Tables() {
		for _, ix := range t.Indexes {
			n, err := layout.CountPlaces(c.snap, ix)
			if err != nil {
				return err
			}
			c.compareCount(t, ix.Name, n, c.places[indexNumber(t, ix.Number)])
		}
		for _, ix := range t.Texts {
			n, err := layout.CountDocs(c.snap, ix)
			if err != nil {
				return err
			}
			c.compareCount(t, ix.Name, n, c.places[indexNumber(t, ix.Number)])
		}
	}
	return nil
}

func (c *checker) compareCount(t *data.TableDef, index string, have, want int) {
	if have != want {
		c.found(data.Say("data.check.count", "The index {{.Index}} of {{.Table}} has {{.Have}} places, but its records ask for {{.Want}}.",
			"Index", index, "Table", t.Name, "Have", have, "Want", want))
	}
}

func (c *checker) readAttachments() error {
	for a, err := range layout.Referrals(c.snap, c.s.o.Schema) {
		if err != nil {
			return err
		}
		if err := c.s.blobs.Check(c.ctx, blob.Ref(a)); err != nil {
			if c.ctx.Err() != nil {
				return c.ctx.Err()
			}
			c.found(data.Say("data.check.attachment", "{{.What}}", "What", err.Error()))
		}
	}
	return nil
}

// StateAs is how the state was found.
type StateAs uint8

// The ways.
const (
	StateAbsent   StateAs = iota
	StateOpen             // in use, or not closed in order
	StateAsClosed         // to the byte
	StateChanged          // not as it was closed; the error says what differs
	StateOutdated         // under a key of an earlier master key
)

// ExamineState tells whether the state is exactly what was closed, without opening it. It needs the keys.
func ExamineState(o Options) (StateAs, error) {
	s := &Store{o: o.withDefaults()}
	if !exists(s.stateDir()) {
		return StateAbsent, nil
	}
	key, err := s.stateKey()
	if errors.Is(err, errEarlierKey) {
		return StateOutdated, nil
	}
	if err != nil {
		return StateChanged, err
	}
	known, err := s.checkSeal(key)
	switch {
	case err != nil:
		return StateChanged, err
	case known == nil:
		return StateOpen, nil
	}
	return StateAsClosed, nil
}
