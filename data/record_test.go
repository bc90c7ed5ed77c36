package data

import (
	"bytes"
	"testing"
)

// FuzzDecodeRecord: whatever bytes lie where a record should, they decode to a record or an error, and what decodes
// encodes to a record that decodes to the same.
func FuzzDecodeRecord(f *testing.F) {
	good, err := Marshal(Record{Version: 1, Schema: 2, CreatedAt: 3, CreatedBy: "a", ChangedAt: 4, ChangedBy: "b", Deleted: true, Body: []byte{0xA1, 1, 2}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add(bytes.Repeat([]byte{0x81}, 100))
	f.Add([]byte{0xBF, 0x01, 0x01, 0xFF})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := DecodeRecord(b)
		if err != nil {
			return
		}
		again, err := Marshal(r)
		if err != nil {
			t.Fatalf("what decoded does not encode: %v", err)
		}
		second, err := DecodeRecord(again)
		if err != nil {
			t.Fatalf("what was encoded does not decode: %v", err)
		}
		if third, err := Marshal(second); err != nil || !bytes.Equal(again, third) {
			t.Fatalf("%x, then %x (%v)", again, third, err)
		}
	})
}

type thing struct {
	Name string `cbor:"1,keyasint"`
}

func FuzzDecodeBody(f *testing.F) {
	f.Add([]byte{0xA1, 1, 0x61, 'x'})
	f.Add([]byte{0xA2, 1, 0x61, 'x', 1, 0x61, 'y'})
	things := NewTable[Ref[thing], thing](TableSpec[thing]{Number: 20, Name: "things", Raise: []Raise{func(Fields) error { return nil }}})
	f.Fuzz(func(t *testing.T, b []byte) {
		for schema := range uint32(4) {
			// Any body, of any schema, is a row or an error.
			row, err := things.Row("0123456789abcdef", Record{Version: 1, Schema: schema + 1, Body: b})
			if err != nil && KindOf(err) != Corrupt && KindOf(err) != Unavailable {
				t.Fatalf("%+v: %v", row, err)
			}
		}
	})
}

func TestRecordsEncodeOneWay(t *testing.T) {
	one, err := Marshal(map[uint64]string{3: "c", 1: "a", 2: "b"})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := Marshal(map[uint64]string{2: "b", 3: "c", 1: "a"})
		if err != nil || !bytes.Equal(one, again) {
			t.Fatalf("%x, then %x (%v)", one, again, err)
		}
	}
	var v map[uint64]string
	if Unmarshal([]byte{0xA2, 1, 0x61, 'a', 1, 0x61, 'b'}, &v) == nil {
		t.Error("a key that stands twice was taken")
	}
	if Unmarshal(append(one, 0), &v) == nil {
		t.Error("bytes behind the value were taken")
	}
}

func TestSchemaRefusesWhatClashes(t *testing.T) {
	table := func(number uint16, name string) *TableDef {
		return NewTable[Ref[thing], thing](TableSpec[thing]{Number: number, Name: name}).Def()
	}
	for name, tables := range map[string][]*TableDef{
		"number twice":      {table(16, "a"), table(16, "b")},
		"name twice":        {table(16, "a"), table(17, "a")},
		"no name":           {table(16, "")},
		"the book's number": {table(2, "a")},
	} {
		if _, err := NewSchema(tables...); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := NewSchema(table(16, "a"), table(17, "b")); err != nil {
		t.Error(err)
	}
}
