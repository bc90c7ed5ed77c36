package data

import (
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// maxID bounds an id's length in bytes.
const maxID = 256

// Record is a record as it lies in the book: its life so far, and its fields in deterministic CBOR.
type Record struct {
	Version   uint64          `cbor:"1,keyasint"` // 1, 2, 3 ... each save is one more
	Schema    uint32          `cbor:"2,keyasint"` // the schema of Body
	CreatedAt int64           `cbor:"3,keyasint"` // UTC, nanoseconds since 1970
	CreatedBy string          `cbor:"4,keyasint"`
	ChangedAt int64           `cbor:"5,keyasint"`
	ChangedBy string          `cbor:"6,keyasint"`
	Deleted   bool            `cbor:"7,keyasint,omitempty"`
	Body      cbor.RawMessage `cbor:"8,keyasint"`
}

// Meta is a record's life so far.
type Meta struct {
	Version   uint64
	CreatedAt time.Time
	CreatedBy string
	ChangedAt time.Time
	ChangedBy string
	Deleted   bool
}

func (r *Record) meta() Meta {
	return Meta{
		Version: r.Version, Deleted: r.Deleted,
		CreatedAt: time.Unix(0, r.CreatedAt).UTC(), CreatedBy: r.CreatedBy,
		ChangedAt: time.Unix(0, r.ChangedAt).UTC(), ChangedBy: r.ChangedBy,
	}
}

// Fields are a record's fields by number, still encoded: what a Raise works on.
type Fields map[uint64]cbor.RawMessage

// Raise turns the fields of one schema into those of the next. It is pure and never fails on what that schema allowed.
type Raise func(Fields) error

var encoding = func() cbor.EncMode {
	options := cbor.CoreDetEncOptions()
	options.Time = cbor.TimeRFC3339NanoUTC
	mode, err := options.EncMode()
	if err != nil {
		panic(err) // constant options: fails in the first test or never
	}
	return mode
}()

// Three sets of rules for decoding, each forgiving what the one before accepted, so that whatever was once saved can be read:
// a value is held to the strictest before it is saved; records are read with the second, entries, in which records lie
// deeper, with the third.
var (
	saving   = decoder(32, cbor.UTF8RejectInvalid)
	decoding = decoder(40, cbor.UTF8DecodeInvalid)
	opening  = decoder(56, cbor.UTF8DecodeInvalid)
)

func decoder(levels int, texts cbor.UTF8Mode) cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		MaxNestedLevels:  levels,
		MaxArrayElements: MaxUpdate, // an element is a byte at least: no record has more
		MaxMapPairs:      MaxUpdate,
		IndefLength:      cbor.IndefLengthForbidden,
		UTF8:             texts,
	}.DecMode()
	if err != nil {
		panic(err) // constant options
	}
	return mode
}

// Marshal encodes a value as records are: deterministic CBOR. Struct fields carry numbers (`cbor:"1,keyasint"`) that are
// never used again for something else.
func Marshal(v any) ([]byte, error) { return encoding.Marshal(v) }

// Unmarshal decodes what Marshal made. Bytes behind the value are an error.
func Unmarshal(b []byte, v any) error { return opening.Unmarshal(b, v) }

// DecodeRecord decodes a record from the book. Whatever bytes it gets, it answers a record or an error.
func DecodeRecord(b []byte) (Record, error) {
	var r Record
	if err := decoding.Unmarshal(b, &r); err != nil {
		return Record{}, err
	}
	if r.Version == 0 || r.Schema == 0 || len(r.Body) == 0 {
		return Record{}, fmt.Errorf("record without version, schema or body")
	}
	return r, nil
}

// raiseBody brings a body to the schema this program knows.
func raiseBody(t *TableDef, r Record) ([]byte, error) {
	if r.Schema == t.Schema() {
		return r.Body, nil
	}
	if r.Schema > t.Schema() {
		return nil, NewerData(t.Name)
	}
	var fields Fields
	if err := decoding.Unmarshal(r.Body, &fields); err != nil {
		return nil, err
	}
	for _, raise := range t.Raise[r.Schema-1:] {
		if err := raise(fields); err != nil {
			return nil, err
		}
	}
	return encoding.Marshal(fields)
}

// NewerData is the answer to data that a later version of the program wrote.
func NewerData(what string) error {
	return Fail(Unavailable, "data.schema", Say("data.newer",
		"This hospital's data was written by a newer version of Wardbook ({{.What}}). Update Wardbook on this computer and start it again; nothing was changed.",
		"What", what), nil)
}

// Check answers Invalid for an id that is empty or too long.
func (id ID) Check() error {
	if len(id) == 0 || len(id) > maxID {
		return Fail(Invalid, "data.id", Say("data.id.invalid", "This record has no usable number. Please report it."), fmt.Errorf("id of %d bytes", len(id)))
	}
	return nil
}

// MarshalCBOR writes an id as a byte string: it need not be text.
func (id ID) MarshalCBOR() ([]byte, error) { return encoding.Marshal([]byte(id)) }

// UnmarshalCBOR reads what MarshalCBOR wrote.
func (id *ID) UnmarshalCBOR(b []byte) error {
	var raw []byte
	if err := decoding.Unmarshal(b, &raw); err != nil {
		return err
	}
	*id = ID(raw)
	return nil
}
