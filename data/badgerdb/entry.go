package badgerdb

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"wardbook/data"
	"wardbook/data/journal"
)

// entryBody is an entry as the journal keeps it. Numbers are never reused.
type entryBody struct {
	Time    int64         `cbor:"1,keyasint"` // UTC, nanoseconds since 1970
	Cause   data.Cause    `cbor:"2,keyasint"`
	Look    bool          `cbor:"3,keyasint,omitempty"`
	Records []data.Change `cbor:"4,keyasint,omitempty"`

	Attachments []data.Attachment `cbor:"5,keyasint,omitempty"`
}

// entryToWrite is entryBody with records that are encoded already, as they are for the state.
type entryToWrite struct {
	Time    int64           `cbor:"1,keyasint"`
	Cause   data.Cause      `cbor:"2,keyasint"`
	Look    bool            `cbor:"3,keyasint,omitempty"`
	Records []changeToWrite `cbor:"4,keyasint,omitempty"`

	Attachments []data.Attachment `cbor:"5,keyasint,omitempty"`
}

type changeToWrite struct {
	Table  uint16          `cbor:"1,keyasint"`
	ID     []byte          `cbor:"2,keyasint"`
	Record cbor.RawMessage `cbor:"3,keyasint"`
}

// encodeEntry encodes an entry; encoded holds the encodings of its records, in their order.
func encodeEntry(e *data.Entry, encoded [][]byte) ([]byte, error) {
	body := entryToWrite{Time: e.Time.UnixNano(), Cause: e.Cause, Look: e.Look, Records: make([]changeToWrite, len(e.Records)), Attachments: e.Attachments}
	for i, r := range e.Records {
		body.Records[i] = changeToWrite{Table: r.Table, ID: []byte(r.ID), Record: encoded[i]}
	}
	return data.Marshal(body)
}

func decodeEntry(seq uint64, b []byte) (data.Entry, error) {
	var body entryBody
	if err := data.Unmarshal(b, &body); err != nil {
		return data.Entry{}, data.Fail(data.Corrupt, "entry.decode", data.Say("data.entry.unreadable",
			"Entry {{.Seq}} of the journal can't be read. Please call your administrator.", "Seq", seq), err)
	}
	return data.Entry{Seq: data.Seq(seq), Time: time.Unix(0, body.Time).UTC(), Cause: body.Cause, Look: body.Look, Records: body.Records,
		Attachments: body.Attachments}, nil
}

// place and parsePlace write and read where an entry lies in the journal.
func place(p journal.Position) []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 12), p.Segment)
	return binary.BigEndian.AppendUint64(b, uint64(p.Offset))
}

func parsePlace(b []byte) (journal.Position, error) {
	if len(b) != 12 {
		return journal.Position{}, fmt.Errorf("place of %d bytes", len(b))
	}
	return journal.Position{Segment: binary.BigEndian.Uint32(b), Offset: int64(binary.BigEndian.Uint64(b[4:]))}, nil
}
