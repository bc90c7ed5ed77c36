package journal

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
)

func TestReadNamesWhatItCantGive(t *testing.T) {
	o := small(disk.NewMem(), newRing())
	j := create(t, o)
	check(t, add(j, 10))
	at := expect(t, j, 10)
	for seq := uint64(1); seq <= 10; seq++ {
		body, err := j.Read(at[seq], seq)
		if err != nil || !bytes.Equal(body, entry(seq)) {
			t.Fatalf("entry %d: %v", seq, err)
		}
	}
	cases := map[string]struct {
		at   Position
		seq  uint64
		kind data.Kind
	}{
		"another number":         {at[3], 4, data.Corrupt},
		"between two entries":    {Position{at[3].Segment, at[3].Offset + 1}, 3, data.Corrupt},
		"in the header":          {Position{1, 0}, 1, data.Corrupt},
		"before the file":        {Position{1, -5}, 1, data.Corrupt},
		"no segment":             {Position{0, 200}, 1, data.Corrupt},
		"beyond the end":         {Position{1, 1 << 40}, 1, data.NotFound},
		"a segment not yet made": {Position{9, headerLen}, 1, data.NotFound},
		"an entry not yet made":  {at[3], 11, data.NotFound},
	}
	for name, c := range cases {
		if body, err := j.Read(c.at, c.seq); !data.Is(err, c.kind) || body != nil {
			t.Errorf("%s: %v, want %v", name, err, c.kind)
		}
	}
}

func TestReplayBeginsWhereItIsTold(t *testing.T) {
	j := create(t, small(disk.NewMem(), newRing()))
	for range 30 {
		check(t, add(j, 2))
	}
	at := expect(t, j, 60)
	for after := range uint64(61) {
		for name, from := range map[string]Position{"nowhere": {}, "the last one known": at[after],
			"far before": at[after/2], "a wrong place": {2, 333}, "no segment": {77, 200}, "too late": at[60]} {
			want := after
			for b, err := range j.Replay(context.Background(), after, from) {
				check(t, err)
				if want++; b.Seq != want {
					t.Fatalf("after %d from %s: %d came, want %d", after, name, b.Seq, want)
				}
			}
			if want != 60 {
				t.Fatalf("after %d from %s: ended at %d", after, name, want)
			}
		}
	}
}

func TestReplayEndsAsOfTheCall(t *testing.T) {
	j := create(t, small(disk.NewMem(), newRing()))
	check(t, add(j, 3))
	seen := 0
	for _, err := range j.Replay(context.Background(), 0, Position{}) {
		check(t, err)
		check(t, add(j, 3))
		seen++
	}
	if seen != 3 {
		t.Fatalf("%d entries, want the 3 that were there", seen)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range j.Replay(ctx, 0, Position{}) {
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled: %v", err)
		}
	}
}

// TestEntrySealedAnew: somebody who holds the keys puts another entry in an old one's place. Its seal is right; the entry
// after it remembers the old one.
func TestEntrySealedAnew(t *testing.T) {
	c := closedBook(t)
	k, seg := c.middle()
	was, err := parseFrame(c.bytesOf(t, k))
	check(t, err)
	h, err := parseHeader(readFile(t, c.m, segmentPath(c.o, seg)))
	check(t, err)
	key, err := c.o.Keys.Key(h.key)
	check(t, err)
	seal, err := newSealer(h, key)
	check(t, err)
	body := make([]byte, len(was.raw)-overhead)
	now, _ := seal.appendFrame(nil, new([aadLen]byte), was, make([]byte, 24), body)
	c.splice(t, k, now)

	j, _ := reopen(t, c.o)
	var seq uint64
	for b, err := range j.Replay(context.Background(), 0, Position{}) {
		if seq++; seq == k+1 {
			if !data.Is(err, data.Corrupt) {
				t.Fatalf("entry %d after a false one: %v", seq, err)
			}
			break
		}
		check(t, err)
		if b.Seq != seq {
			t.Fatalf("entry %d came where %d should", b.Seq, seq)
		}
	}
	if seq != k+1 {
		t.Fatalf("replay ended at %d, want a stop at %d", seq, k+1)
	}
	f, err := Verify(context.Background(), c.o, nil)
	check(t, err)
	if len(f.Problems) != 1 || f.Problems[0].Kind != Edited || f.Problems[0].Seq != k {
		t.Fatalf("verify: %s, want entry %d", told(f), k)
	}
}
