package badgerdb

import (
	"encoding/binary"
	"fmt"
	"time"

	"wardbook/data"
	"wardbook/data/journal"
)

// entryBody is an entry as the journal keeps it. Numbers are never reused.
type entryBody struct {
	Time    int64         `cbor:"1,keyasint"` // UTC, nanoseconds since 1970
	Cause   data.Cause    `cbor:"2,keyasint"`
	Look    bool          `cbor:"3,keyasint,omitempty"`
	Records []data.Change `cbor:"4,keyasint,omitempty"`
}

func encodeEntry(e *data.Entry) ([]byte, error) {
	return data.Marshal(entryBody{Time: e.Time.UnixNano(), Cause: e.Cause, Look: e.Look, Records: e.Records})
}

func decodeEntry(seq uint64, b []byte) (data.Entry, error) {
	var body entryBody
	if err := data.Unmarshal(b, &body); err != nil {
		return data.Entry{}, data.Fail(data.Corrupt, "entry.decode", data.Say("data.entry.unreadable",
			"Entry {{.Seq}} of the journal can't be read. Please call your administrator.", "Seq", seq), err)
	}
	return data.Entry{Seq: data.Seq(seq), Time: time.Unix(0, body.Time).UTC(), Cause: body.Cause, Look: body.Look, Records: body.Records}, nil
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
