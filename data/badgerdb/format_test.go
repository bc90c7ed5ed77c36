package badgerdb

import (
	"bytes"
	"encoding/hex"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
)

// vectorOf reads one block of FORMAT.md: names and bytes.
func vectorOf(t testing.TB, block string) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile("../FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "```vector "+block+"\n")
	body, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatalf("FORMAT.md has no vector %s", block)
	}
	values := map[string][]byte{}
	name := ""
	for line := range strings.Lines(body) {
		digits := strings.TrimSpace(line)
		if before, after, named := strings.Cut(line, ":"); named {
			name, digits = before, strings.TrimSpace(after)
		}
		b, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatalf("vector %s: %v", block, err)
		}
		values[name] = append(values[name], b...)
	}
	return values
}

// exampleEntry is the entry of FORMAT.md's vector.
func exampleEntry() data.Entry {
	at := time.Unix(1800000000, 5).UTC()
	return data.Entry{Seq: 7, Time: at,
		Cause: data.Cause{Operation: uuid.UUID{0: 1, 15: 2}, Who: "n", Workstation: "d", Action: "a", About: []data.ID{"\xff\x00"}},
		Records: []data.Change{{Table: 16, ID: "\x80\x01", Record: data.Record{Version: 1, Schema: 1, CreatedAt: at.UnixNano(), CreatedBy: "n",
			ChangedAt: at.UnixNano(), ChangedBy: "n", Body: []byte{0xA1, 0x01, 0x05}}}},
	}
}

func TestEntryVector(t *testing.T) {
	want := vectorOf(t, "entry-body")["body"]
	e := exampleEntry()
	record, err := data.Marshal(e.Records[0].Record)
	if err != nil {
		t.Fatal(err)
	}
	got, err := encodeEntry(&e, [][]byte{record})
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("encoded %x (%v), FORMAT.md says %x", got, err, want)
	}
	back, err := decodeEntry(7, want)
	if err != nil || back.Cause.Operation != e.Cause.Operation || back.Records[0].ID != e.Records[0].ID || !back.Time.Equal(e.Time) {
		t.Fatalf("decoded %+v (%v)", back, err)
	}
}
