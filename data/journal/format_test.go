package journal

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"strings"
	"testing"
	"time"
)

// vectors reads the blocks of FORMAT.md marked "vector <kind>".
func vectors(t *testing.T, kind string) []map[string][]byte {
	t.Helper()
	text, err := os.ReadFile("../FORMAT.md")
	check(t, err)
	var all []map[string][]byte
	for _, block := range strings.Split(string(text), "```vector "+kind+"\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		v, name := map[string][]byte{}, ""
		for line := range strings.Lines(block) {
			value := line
			if before, after, ok := strings.Cut(line, ":"); ok {
				name, value = before, after
			}
			b, err := hex.DecodeString(strings.TrimSpace(value))
			check(t, err)
			v[name] = append(v[name], b...)
		}
		all = append(all, v)
	}
	if len(all) == 0 {
		t.Fatalf("FORMAT.md has no vector %s", kind)
	}
	return all
}

func u32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }
func u64(b []byte) uint64 { return binary.BigEndian.Uint64(b) }

func headerOf(m map[string][]byte) header {
	return header{[16]byte(m["dataset"]), u32(m["segment"]), u64(m["first"]), KeyID(m["key id"]), [32]byte(m["prev"])}
}

func TestFormatIsAsSpecified(t *testing.T) {
	for _, v := range vectors(t, "journal-genesis") {
		if got := genesis([16]byte(v["dataset"])); !bytes.Equal(got[:], v["genesis"]) {
			t.Errorf("genesis is %x", got)
		}
	}
	for _, v := range vectors(t, "journal-header") {
		want := headerOf(v)
		if got, err := parseHeader(v["header"]); err != nil || got != want {
			t.Errorf("header reads as %+v, %v", got, err)
		}
		if got := want.encode(); !bytes.Equal(got, v["header"]) {
			t.Errorf("header is written as %x", got)
		}
	}
	for _, v := range vectors(t, "journal-frame") {
		checkFrame(t, v)
	}
	for _, v := range vectors(t, "journal-head") {
		checkHead(t, v)
	}
}

func checkFrame(t *testing.T, v map[string][]byte) {
	t.Helper()
	seal, err := newSealer(header{dataset: [16]byte(v["dataset"]), segment: u32(v["segment"]), key: KeyID(v["key id"])}, v["key"])
	check(t, err)
	want := frame{seq: u64(v["seq"]), batch: u64(v["batch"]), prev: [32]byte(v["prev"])}
	raw, _ := seal.appendFrame(nil, new([aadLen]byte), want, v["nonce"], v["body"])
	if !bytes.Equal(raw, v["frame"]) {
		t.Errorf("frame is written as %x", raw)
	}
	f, err := parseFrame(v["frame"])
	check(t, err)
	body, err := seal.open(nil, f.raw)
	if err != nil || !bytes.Equal(body, v["body"]) || f.seq != want.seq || f.batch != want.batch || f.prev != want.prev {
		t.Errorf("frame reads as %q, %+v, %v", body, f, err)
	}
}

func checkHead(t *testing.T, v map[string][]byte) {
	t.Helper()
	want := head{dataset: [16]byte(v["dataset"]), key: KeyID(v["key id"]), count: u64(v["count"]), seq: u64(v["seq"]),
		hash: [32]byte(v["hash"]), at: Position{u32(v["segment"]), int64(u64(v["offset"]))}, generation: u64(v["generation"]),
		clean: v["clean"][0] == 1, time: time.Unix(0, int64(u64(v["time"]))).UTC()}
	key, err := headKey(v["key"])
	check(t, err)
	if got := want.encode(key); !bytes.Equal(got, v["head"]) {
		t.Errorf("head is written as %x", got)
	}
	if got, err := parseHead(v["head"]); err != nil || got != want {
		t.Errorf("head reads as %+v, %v", got, err)
	}
	keys := newRing()
	keys.keys[want.key] = v["key"]
	c := headCopy{head: want, raw: v["head"]}
	if err := c.authenticate(keys); err != nil {
		t.Errorf("head is not authentic: %v", err)
	}
}

func TestOrderIsJudged(t *testing.T) {
	at := func(n int64) Position { return Position{1, n} }
	cases := []struct {
		name  string
		runs  []run
		scars []scar
		known uint64
		want  string
	}{
		{name: "in order", runs: []run{{from: 1, to: 9}}, known: 9},
		{name: "nothing", known: 2, want: "cut off 1-2 in 0"},
		{name: "a whole stretch moved", runs: []run{{1, 3, at(1)}, {7, 8, at(2)}, {4, 6, at(3)}, {9, 20, at(4)}}, known: 20,
			want: "reordered 7-8 in 1"},
		{name: "damaged, then removed", runs: []run{{1, 3, at(1)}, {5, 6, at(3)}, {8, 9, at(4)}}, known: 9,
			scars: []scar{{at: at(2), length: 5, before: 1, after: 3}}, want: "edited 4-4 in 1; removed 7-7 in 1"},
		{name: "removed and cut off", runs: []run{{2, 3, at(1)}}, known: 5, want: "removed 1-1 in 1; cut off 4-5 in 0"},
		{name: "numbers up to the largest", runs: []run{{1, 3, at(1)}, {1<<64 - 1, 1<<64 - 1, at(2)}}, known: 3,
			want: "removed 4-18446744073709551614 in 1"},
	}
	for _, c := range cases {
		if got := told(Findings{Problems: judgeOrder(c.runs, c.scars, c.known, false)}); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
