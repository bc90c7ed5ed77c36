package layout

import (
	"bytes"
	"iter"

	"wardbook/data"
)

// walk goes through the keys with a beginning that lie in a span of what follows it.
func walk(kv Reader, prefix []byte, span data.Span, visit func(it Iterator, rest []byte) (more bool, err error)) error {
	it := kv.Walk(prefix, span.Reverse)
	defer it.Close()
	from, to := span.From, span.To
	it.Seek(begin(prefix, span))
	for ; it.Valid(); it.Next() {
		rest := it.Key()[len(prefix):]
		if len(span.After) > 0 && bytes.Equal(rest, span.After) {
			continue
		}
		if span.Reverse && to != nil && bytes.Compare(rest, to) >= 0 {
			continue // the end itself does not belong to the span
		}
		if span.Reverse && bytes.Compare(rest, from) < 0 || !span.Reverse && to != nil && bytes.Compare(rest, to) >= 0 {
			break
		}
		if more, err := visit(it, rest); err != nil || !more {
			return err
		}
	}
	return it.Err()
}

// begin is where a walk starts.
func begin(prefix []byte, span data.Span) []byte {
	at := append([]byte(nil), prefix...)
	switch {
	case !span.Reverse && bytes.Compare(span.After, span.From) > 0:
		return append(at, span.After...)
	case !span.Reverse:
		return append(at, span.From...)
	case len(span.After) > 0 && (span.To == nil || bytes.Compare(span.After, span.To) < 0):
		return append(at, span.After...)
	case span.To != nil:
		return append(at, span.To...)
	}
	if end := data.PrefixEnd(prefix); end != nil {
		return end
	}
	return bytes.Repeat([]byte{0xFF}, len(prefix)+1)
}

// Records walks a table.
func Records(kv Reader, s *data.Schema, t *data.TableDef, span data.Span) iter.Seq2[data.Stored, error] {
	return func(yield func(data.Stored, error) bool) {
		err := walk(kv, tableKey(spaceRecord, t, 0), span, func(it Iterator, rest []byte) (bool, error) {
			value, err := it.Value()
			if err != nil {
				return false, err
			}
			r, _, err := parseRecord(s, it.Key(), value)
			if err != nil {
				return false, err
			}
			return yield(data.Stored{ID: data.ID(rest), Record: r}, nil), nil
		})
		if err != nil {
			yield(data.Stored{}, err)
		}
	}
}

// Scan walks an ordered index.
func Scan(kv Reader, s *data.Schema, ix *data.IndexDef, span data.Span) iter.Seq2[data.Hit, error] {
	return func(yield func(data.Hit, error) bool) {
		err := walk(kv, indexPrefix(ix, 0), span, func(it Iterator, rest []byte) (bool, error) {
			value, err := it.Value()
			if err != nil {
				return false, err
			}
			id, cover, ok := parsePlace(value)
			if !ok {
				return false, Damaged(s, it.Key(), errShort)
			}
			return yield(data.Hit{ID: id, Value: cover, Cursor: bytes.Clone(rest)}, nil), nil
		})
		if err != nil {
			yield(data.Hit{}, err)
		}
	}
}

const maxSeq = ^data.Seq(0)

// seqs walks the entry numbers behind a prefix.
func seqs(kv Reader, prefix []byte, after, upTo data.Seq, reverse bool) iter.Seq2[data.Seq, error] {
	return func(yield func(data.Seq, error) bool) {
		if after == maxSeq {
			return
		}
		span := data.Span{From: order.AppendUint64(nil, uint64(after)+1), Reverse: reverse}
		if upTo != 0 && upTo != maxSeq {
			span.To = order.AppendUint64(nil, uint64(upTo)+1)
		}
		err := walk(kv, prefix, span, func(_ Iterator, rest []byte) (bool, error) {
			if len(rest) != 8 {
				return true, nil
			}
			return yield(data.Seq(order.Uint64(rest)), nil), nil
		})
		if err != nil {
			yield(0, err)
		}
	}
}

// History walks the entries that wrote a record.
func History(kv Reader, table uint16, id data.ID) iter.Seq2[data.Seq, error] {
	return seqs(kv, historyPrefix(table, id), 0, 0, false)
}

// Entries walks the entries that a filter asks for; looks are not told apart here.
func Entries(kv Reader, f data.EntryFilter) iter.Seq2[data.Seq, error] {
	prefix := []byte{spaceEntry}
	switch {
	case f.About != "":
		prefix = namedPrefix(spaceAbout, string(f.About))
	case f.Who != "":
		prefix = namedPrefix(spaceWho, f.Who)
	}
	return seqs(kv, prefix, f.After, f.UpTo, f.Reverse)
}

// CountEntries counts the entries known.
func CountEntries(kv Reader) (n uint64, err error) {
	for _, err := range seqs(kv, []byte{spaceEntry}, 0, 0, false) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Note keeps what leads to an entry: its place (nil: that is kept later), its operation, whom it is about and who did it.
func Note(kv KV, seq data.Seq, place []byte, cause *data.Cause) {
	if place != nil {
		kv.Set(EntryKey(seq), place)
	}
	kv.Set(DoneKey(cause.Operation), order.AppendUint64(nil, uint64(seq)))
	for _, id := range cause.About {
		kv.Set(order.AppendUint64(namedPrefix(spaceAbout, string(id)), uint64(seq)), nil)
	}
	kv.Set(order.AppendUint64(namedPrefix(spaceWho, cause.Who), uint64(seq)), nil)
}

// Done gives the entry that an operation made.
func Done(kv Reader, operation [16]byte) (data.Seq, bool, error) {
	value, ok, err := kv.Get(DoneKey(operation))
	if err != nil || !ok || len(value) != 8 {
		return 0, false, err
	}
	return data.Seq(order.Uint64(value)), true, nil
}
