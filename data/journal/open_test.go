package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
)

func TestOpenNamesWhatMatters(t *testing.T) {
	t.Run("entries cut off before the head", func(t *testing.T) {
		c := closedBook(t)
		path := segmentPath(c.o, c.at[40].Segment)
		writeFile(t, c.m, path, readFile(t, c.m, path)[:c.at[39].Offset])
		refuses(t, c.o, "Entries 39 to 40 of the hospital's book are missing")
	})
	t.Run("the last entry edited", func(t *testing.T) {
		c := closedBook(t)
		c.splice(t, 40, forge(c.bytesOf(t, 40)))
		refuses(t, c.o, "Entry 40 of the hospital's book (file "+segmentName(c.at[40].Segment)+") is damaged")
	})
	t.Run("the last segment taken away", func(t *testing.T) {
		c := closedBook(t)
		check(t, c.m.Remove(segmentPath(c.o, c.at[40].Segment)))
		refuses(t, c.o, "to 40 of the hospital's book are missing")
	})
	t.Run("an old segment taken away is reported, and the book opens", func(t *testing.T) {
		c := closedBook(t)
		check(t, c.m.Remove(segmentPath(c.o, 2)))
		j, report := reopen(t, c.o)
		if len(report.Problems) != 1 || report.Problems[0].Kind != MissingSegment || report.Problems[0].Segment != 2 {
			t.Fatalf("%+v", report.Problems)
		}
		check(t, add(j, 1))
		if _, err := j.Read(c.at[40], 40); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("both heads damaged", func(t *testing.T) {
		c := closedBook(t)
		for _, name := range []string{"head", "head.bak"} {
			writeFile(t, c.m, headPath(c.o, name), []byte("rubbish"))
		}
		refuses(t, c.o, "both missing or damaged")
	})
	t.Run("one head damaged is mended", func(t *testing.T) {
		for _, name := range []string{"head", "head.bak"} {
			c := closedBook(t)
			good := readFile(t, c.m, headPath(c.o, name))
			writeFile(t, c.m, headPath(c.o, name), []byte("rubbish"))
			_, report := reopen(t, c.o)
			if len(report.Mended) != 1 || !bytes.Equal(readFile(t, c.m, headPath(c.o, name)), good) {
				t.Fatalf("%s: mended %q", name, report.Mended)
			}
		}
	})
	t.Run("something after a clean end", func(t *testing.T) {
		c := closedBook(t)
		path := segmentPath(c.o, c.at[40].Segment)
		writeFile(t, c.m, path, append(readFile(t, c.m, path), 1))
		refuses(t, c.o, "Entry 41")
	})
	t.Run("a newer version's files are left alone", func(t *testing.T) {
		c := closedBook(t)
		b := readFile(t, c.m, headPath(c.o, "head.bak"))
		b[7] = 2
		writeFile(t, c.m, headPath(c.o, "head.bak"), b)
		if _, _, err := Open(c.o); !data.Is(err, data.Unavailable) || !errors.Is(err, errVersion) {
			t.Fatal(err)
		}
		if !bytes.Equal(readFile(t, c.m, headPath(c.o, "head.bak")), b) {
			t.Fatal("the newer version's head was written over")
		}
	})
}

func refuses(t *testing.T, o Options, words string) {
	t.Helper()
	j, _, err := Open(o)
	var e *data.Error
	if j != nil || !errors.As(err, &e) || e.Kind != data.Corrupt || !strings.Contains(e.Message.String(), words) {
		t.Fatalf("open: %v, want corrupt with %q", err, words)
	}
}

// TestTornTailOrDamage is the rule that tells the two apart.
func TestTornTailOrDamage(t *testing.T) {
	// Three batches after the checkpoint: 11-12, 13-14-15, 16.
	tail := func(t *testing.T) (*book, []Position) {
		b := newBook(t)
		b.o.SegmentSize = 1 << 20
		b.m = disk.NewMem()
		b.o.FS = b.m
		b.j = create(t, b.o)
		b.append(10)
		check(t, b.j.Checkpoint())
		for _, n := range []int{2, 3, 1} {
			b.append(n)
		}
		return b, append(expect(t, b.j, 16), b.j.end)
	}
	cases := []struct {
		name     string
		damaged  []uint64
		cut      uint64 // the book ends before this entry; 0: it does not
		last     uint64 // what is left; 0: Open must refuse
		namesSeq uint64
	}{
		{name: "nothing", last: 16},
		{name: "the last batch", damaged: []uint64{16}, last: 15},
		{name: "a batch before a whole one", damaged: []uint64{14}, namesSeq: 14},
		{name: "the first of a batch before a whole one", damaged: []uint64{13}, namesSeq: 13},
		{name: "two batches, the end of the book", damaged: []uint64{14, 16}, last: 13},
		{name: "the middle of the last batch", damaged: []uint64{14}, cut: 16, last: 13},
		{name: "the first of the last batch", damaged: []uint64{13}, cut: 16, last: 12},
		{name: "the first after the head, and all after", damaged: []uint64{11, 12, 13, 14, 15, 16}, last: 10},
		{name: "the first after the head", damaged: []uint64{11}, namesSeq: 11},
		{name: "before the head", damaged: []uint64{10}, namesSeq: 10},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b, at := tail(t)
			path := segmentPath(b.o, 1)
			raw := readFile(t, b.m, path)
			for _, seq := range c.damaged {
				raw[at[seq+1].Offset-1] ^= 1
			}
			if c.cut > 0 {
				clear(raw[at[c.cut].Offset:])
			}
			writeFile(t, b.m, path, raw)
			f, err := Verify(context.Background(), b.o, nil)
			check(t, err)
			if c.last == 0 {
				refuses(t, b.o, fmt.Sprintf("Entry %d of", c.namesSeq))
				if want := fmt.Sprintf("edited %d-%d in 1", c.namesSeq, c.namesSeq); told(f) != want {
					t.Fatalf("verify found %q, want %q", told(f), want)
				}
				return
			}
			j, report := reopen(t, b.o)
			if j.Last() != c.last || (report.DroppedBytes > 0) != (len(c.damaged) > 0) {
				t.Fatalf("%d are left, want %d; %+v", j.Last(), c.last, report)
			}
			if len(f.Problems) > 0 || f.TornTail != report.DroppedBytes {
				t.Fatalf("verify before: %s, torn %d, dropped %d", told(f), f.TornTail, report.DroppedBytes)
			}
			expect(t, j, c.last)
			clean(t, b.o, c.last)
		})
	}
}

// TestForgedTail: somebody without the keys adds entries after the last checkpoint whose hashes all fit.
func TestForgedTail(t *testing.T) {
	b := newBook(t)
	b.append(3)
	check(t, b.j.Checkpoint())
	s := b.j.segments[1]
	seal, err := newSealer(s.header, make([]byte, 32))
	check(t, err)
	fake, _ := seal.appendFrame(nil, new([aadLen]byte), frame{seq: 4, batch: 4, prev: b.j.hash}, make([]byte, 24), []byte("give morphine"))
	_, err = s.file.WriteAt(fake, b.j.end.Offset)
	check(t, err)
	refuses(t, b.o, "Entry 4")
	f, err := Verify(context.Background(), b.o, nil)
	check(t, err)
	if told(f) != "edited 4-4 in 1" {
		t.Fatalf("verify: %q", told(f))
	}
}

func TestEntryOfAnotherBookIsRefused(t *testing.T) {
	m, keys := disk.NewMem(), newRing()
	ours := small(m, keys)
	j := create(t, ours)
	check(t, add(j, 3))
	check(t, j.Close())
	theirs := small(disk.NewMem(), keys)
	theirs.Dataset[0]++
	k := create(t, theirs)
	check(t, add(k, 3))
	check(t, k.Close())

	writeFile(t, m, segmentPath(ours, 1), readFile(t, theirs.FS, segmentPath(theirs, 1)))
	if _, _, err := Open(ours); !data.Is(err, data.Corrupt) {
		t.Fatalf("another book's segment: %v", err)
	}
	f, err := Verify(context.Background(), ours, nil)
	check(t, err)
	if !strings.HasPrefix(told(f), "foreign segment 0-0 in 1") {
		t.Fatalf("another book's segment: %q", told(f))
	}

	h, err := parseHeader(readFile(t, theirs.FS, segmentPath(theirs, 1)))
	check(t, err)
	frame := readFile(t, theirs.FS, segmentPath(theirs, 1))[headerLen:]
	f1, err := parseFrame(frame)
	check(t, err)
	key, err := keys.Key(h.key)
	check(t, err)
	h.dataset = ours.Dataset // the same key, the same place, our book
	seal, err := newSealer(h, key)
	check(t, err)
	if body, err := seal.open(nil, f1.raw); err == nil {
		t.Fatalf("an entry of another book opened as ours: %q", body)
	}
}

// TestOldCopiesPutInPlace says what is found out and what can't be.
func TestOldCopiesPutInPlace(t *testing.T) {
	type copyOf struct{ head, segment []byte }
	setup := func(t *testing.T, closeFirst bool) (*book, copyOf) {
		b := newBook(t)
		b.append(2)
		if closeFirst {
			check(t, b.j.Close())
		} else {
			check(t, b.j.Checkpoint())
		}
		old := copyOf{readFile(t, b.m, headPath(b.o, "head")), readFile(t, b.m, segmentPath(b.o, 1))}
		b.open()
		b.append(2)
		check(t, b.j.Close())
		return b, old
	}
	putHeads := func(t *testing.T, b *book, head []byte) {
		writeFile(t, b.m, headPath(b.o, "head"), head)
		writeFile(t, b.m, headPath(b.o, "head.bak"), head)
	}
	t.Run("one head: the newer copy wins", func(t *testing.T) {
		b, old := setup(t, false)
		writeFile(t, b.m, headPath(b.o, "head"), old.head)
		j, report := reopen(t, b.o)
		if !report.Clean || len(report.Mended) != 1 {
			t.Fatalf("%+v", report)
		}
		expect(t, j, 4)
	})
	t.Run("both heads of a running journal: nothing is lost", func(t *testing.T) {
		b, old := setup(t, false)
		putHeads(t, b, old.head)
		j, _ := reopen(t, b.o)
		expect(t, j, 4)
	})
	t.Run("both heads of a closed journal: found out", func(t *testing.T) {
		b, old := setup(t, true)
		putHeads(t, b, old.head)
		refuses(t, b.o, "Entry 3")
		f, err := Verify(context.Background(), b.o, nil)
		check(t, err)
		if told(f) != "damaged head 0-0 in 0" {
			t.Fatalf("verify: %q", told(f))
		}
	})
	t.Run("the segment: found out", func(t *testing.T) {
		b, old := setup(t, true)
		writeFile(t, b.m, segmentPath(b.o, 1), old.segment)
		refuses(t, b.o, "Entries 3 to 4")
	})
	t.Run("the key file: found out", func(t *testing.T) {
		b, _ := setup(t, true)
		b.o.Keys.(*ring).changes--
		refuses(t, b.o, "key file on this computer is older")
		f, err := Verify(context.Background(), b.o, nil)
		check(t, err)
		if told(f) != "damaged head 0-0 in 0" {
			t.Fatalf("verify: %q", told(f))
		}
	})
	t.Run("all of it: can't be told from the book of that day", func(t *testing.T) {
		b, old := setup(t, true)
		putHeads(t, b, old.head)
		writeFile(t, b.m, segmentPath(b.o, 1), old.segment)
		j, _ := reopen(t, b.o)
		expect(t, j, 2)
	})
}
