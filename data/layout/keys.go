// Package layout says where records, indexes, words and histories lie in an ordered space of keys and values.
//
// Every engine keeps the same keys, so that an index walks the same way on each, and the code that keeps indexes in step with
// records stands once. It promises: Save and Apply leave indexes and records in step; what a record once put into an index,
// its next version takes out. Only engines under data may import it.
package layout

import (
	"encoding/binary"
	"fmt"

	"wardbook/data"
)

// The spaces: the first byte of every key. Never change one; a new meaning gets a new number.
const (
	spaceMeta    = 0x01 // name                                     -> what the engine notes of itself
	spaceRecord  = 0x10 // table u16 | id                           -> seq u64 | record
	spaceIndex   = 0x20 // table u16 | index u16 | tuple | id       -> id | covering value       (unique: without the id behind)
	spaceWord    = 0x30 // table u16 | text u16 | level u8 | word | 00 | ^block u32 -> ordinals of the block
	spaceDoc     = 0x31 // table u16 | text u16 | ordinal u32       -> id | covering value
	spaceOrdinal = 0x32 // table u16 | text u16 | id                -> ordinal u32
	spaceNext    = 0x33 // table u16 | text u16                     -> next ordinal u32
	spaceHistory = 0x40 // table u16 | length of id u16 | id | seq u64   -> nothing
	spaceEntry   = 0x50 // seq u64                                  -> where the entry lies
	spaceDone    = 0x60 // operation 16 bytes                       -> seq u64
	spaceAbout   = 0x70 // length u16 | id | seq u64                -> nothing
	spaceWho     = 0x71 // length u16 | person | seq u64            -> nothing
	spaceFile    = 0x80 // hash 32 | table u16 | id                 -> size u64
)

// Version numbers all that this package decides: keys, blocks, word levels. A state of another version is rebuilt.
const Version = 2

var order = binary.BigEndian

// Meta is the key of a note of the engine's own.
func Meta(name string) []byte { return append([]byte{spaceMeta}, name...) }

func tableKey(space byte, t *data.TableDef, more int) []byte {
	return order.AppendUint16(append(make([]byte, 0, 3+more), space), t.Number)
}

// RecordKey is where a record lies.
func RecordKey(t *data.TableDef, id data.ID) []byte {
	return append(tableKey(spaceRecord, t, len(id)), id...)
}

// RecordSpace begins the keys of all records.
func RecordSpace() []byte { return []byte{spaceRecord} }

// ParseRecordKey takes a record's key apart.
func ParseRecordKey(key []byte) (table uint16, id data.ID, ok bool) {
	if len(key) < 4 || key[0] != spaceRecord {
		return 0, "", false
	}
	return order.Uint16(key[1:]), data.ID(key[3:]), true
}

func indexPrefix(ix *data.IndexDef, more int) []byte {
	return order.AppendUint16(tableKey(spaceIndex, ix.Table, 2+more), ix.Number)
}

func indexKey(ix *data.IndexDef, key []byte, id data.ID) []byte {
	k := append(indexPrefix(ix, len(key)+len(id)), key...)
	if !ix.Unique {
		k = append(k, id...)
	}
	return k
}

func textKey(space byte, ix *data.TextDef, more int) []byte {
	return order.AppendUint16(tableKey(space, ix.Table, 2+more), ix.Number)
}

func historyPrefix(table uint16, id data.ID) []byte {
	k := order.AppendUint16(append(make([]byte, 0, 13+len(id)), spaceHistory), table)
	return append(order.AppendUint16(k, uint16(len(id))), id...)
}

func namedPrefix(space byte, name string) []byte {
	k := order.AppendUint16(append(make([]byte, 0, 11+len(name)), space), uint16(len(name)))
	return append(k, name...)
}

// EntryKey leads from an entry's number to its place in the journal.
func EntryKey(seq data.Seq) []byte { return order.AppendUint64([]byte{spaceEntry}, uint64(seq)) }

// DoneKey leads from an operation to the entry it made.
func DoneKey(operation [16]byte) []byte { return append([]byte{spaceDone}, operation[:]...) }

func fileKey(hash [32]byte, table uint16, id data.ID) []byte {
	k := append(make([]byte, 0, 35+len(id)), spaceFile)
	return append(order.AppendUint16(append(k, hash[:]...), table), id...)
}

// Name tells in words what lies under a key, for an error about it: table and id, never content.
func Name(s *data.Schema, key []byte) string {
	if len(key) < 3 {
		return fmt.Sprintf("key %x", key)
	}
	table := fmt.Sprintf("table %d", order.Uint16(key[1:]))
	if t := s.Table(order.Uint16(key[1:])); t != nil {
		table = t.Name
	}
	switch key[0] {
	case spaceRecord:
		return fmt.Sprintf("record %x of %s", key[3:], table)
	case spaceIndex, spaceWord, spaceDoc, spaceOrdinal, spaceNext:
		return fmt.Sprintf("index of %s", table)
	}
	return fmt.Sprintf("key %x", key)
}

// IndexSpaces gives the beginnings of all keys of an ordered index.
func IndexSpaces(ix *data.IndexDef) [][]byte { return [][]byte{indexPrefix(ix, 0)} }

// TextSpaces gives the beginnings of all keys of a text index.
func TextSpaces(ix *data.TextDef) [][]byte {
	return [][]byte{textKey(spaceWord, ix, 0), textKey(spaceDoc, ix, 0), textKey(spaceOrdinal, ix, 0), textKey(spaceNext, ix, 0)}
}
