package layout

import (
	"bytes"
	"fmt"

	"wardbook/data"
)

// CheckRecord answers what about a record's places in indexes is not as it should be; empty where all is well. An error
// is a value that can't be read at all.
func CheckRecord(kv Reader, s *data.Schema, t *data.TableDef, stored data.Stored) (string, error) {
	for _, ix := range t.Indexes {
		entries, err := ix.Derive(stored.ID, stored.Record)
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			value, ok, err := kv.Get(indexKey(ix, e.Key, stored.ID))
			if err != nil {
				return "", err
			}
			if !ok || !bytes.Equal(value, appendPlace(stored.ID, e.Value)) {
				return "not in its place in the index " + ix.Name, nil
			}
		}
	}
	for _, ix := range t.Texts {
		if what, err := checkWords(kv, s, ix, stored); err != nil || what != "" {
			return what, err
		}
	}
	return "", nil
}

func checkWords(kv Reader, s *data.Schema, ix *data.TextDef, stored data.Stored) (string, error) {
	words, cover, err := ix.Derive(stored.ID, stored.Record)
	if err != nil || len(words) == 0 {
		return "", err
	}
	c := change{kv: readOnly{kv}, s: s, id: stored.ID}
	ordinal, err := c.ordinal(ix)
	if err != nil {
		return "", err
	}
	value, ok, err := kv.Get(docKey(ix, ordinal))
	if err != nil {
		return "", err
	}
	if !ok || !bytes.Equal(value, appendPlace(stored.ID, cover)) {
		return "not in its place in the search " + ix.Name, nil
	}
	for _, p := range postings(words) {
		value, _, err := kv.Get(wordKey(ix, p.level, p.word, ordinal/blockSize))
		if err != nil {
			return "", err
		}
		var b block
		at := ordinal % blockSize
		if !b.load(value) || b[at/64]&(1<<(at%64)) == 0 {
			return "missing from a word of the search " + ix.Name, nil
		}
	}
	return "", nil
}

// readOnly lets a Reader stand where a KV is asked for, for parts that only read.
type readOnly struct{ Reader }

func (readOnly) Set([]byte, []byte) { panic("layout: a check wrote") }
func (readOnly) Delete([]byte)      { panic("layout: a check wrote") }

// CountPlaces counts the places of an ordered index, and how many its records should have is the caller's to compare.
func CountPlaces(kv Reader, ix *data.IndexDef) (int, error) { return count(kv, indexPrefix(ix, 0)) }

// CountDocs counts the records in a text index.
func CountDocs(kv Reader, ix *data.TextDef) (int, error) { return count(kv, textKey(spaceDoc, ix, 0)) }

func count(kv Reader, prefix []byte) (n int, err error) {
	it := kv.Walk(prefix, false)
	defer it.Close()
	for it.Seek(prefix); it.Valid(); it.Next() {
		n++
	}
	return n, it.Err()
}

// Everything walks all records of all tables, known or not, with the number of the entry that wrote each.
func Everything(kv Reader, s *data.Schema, visit func(table uint16, stored data.Stored, seq data.Seq, err error) bool) error {
	it := kv.Walk(RecordSpace(), false)
	defer it.Close()
	for it.Seek(RecordSpace()); it.Valid(); it.Next() {
		key := bytes.Clone(it.Key())
		table, id, ok := ParseRecordKey(key)
		if !ok {
			return Damaged(s, key, fmt.Errorf("no record key"))
		}
		value, err := it.Value()
		var r data.Record
		var seq data.Seq
		if err == nil {
			r, seq, err = parseRecord(s, key, value)
		}
		if !visit(table, data.Stored{ID: id, Record: r}, seq, err) {
			return nil
		}
	}
	return it.Err()
}
