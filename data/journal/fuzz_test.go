package journal

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
)

// tryEverything does with a journal's files whatever Wardbook does, and sees to it that nothing comes out but what was
// written, in order and in its place.
func tryEverything(t *testing.T, o Options) {
	t.Helper()
	f, err := Verify(context.Background(), o, nil, func(b Body) {
		if !bytes.Equal(b.Data, entry(b.Seq)) {
			t.Fatalf("verify gave out entry %d, which nobody wrote", b.Seq)
		}
	})
	check(t, err)
	blind := o
	blind.Keys = nil
	if _, err := Verify(context.Background(), blind, nil); err != nil {
		t.Fatal(err)
	}
	j, report, err := Open(o)
	if err != nil {
		if !data.Is(err, data.Corrupt) && !data.Is(err, data.Unavailable) {
			t.Fatalf("open: %v", err)
		}
		if len(f.Problems) == 0 {
			t.Fatalf("open finds fault, verify does not: %v", err)
		}
		return
	}
	var seq uint64
	for b, err := range j.Replay(context.Background(), 0, Position{}) {
		if err != nil {
			if !data.Is(err, data.Corrupt) || len(f.Problems) == 0 {
				t.Fatalf("replay: %v; verify found %s", err, told(f))
			}
			break
		}
		if seq++; b.Seq != seq || !bytes.Equal(b.Data, entry(seq)) {
			t.Fatalf("replay gave out entry %d, which nobody wrote", b.Seq)
		}
	}
	if f.TornTail != report.DroppedBytes && len(f.Problems) == 0 && len(report.Mended) == 0 {
		t.Fatalf("verify saw a torn tail of %d bytes, open dropped %d", f.TornTail, report.DroppedBytes)
	}
	check(t, add(j, 2))
	check(t, j.Close())
}

// fuzzBook is a small book with a tail after its last checkpoint, made once.
func fuzzBook(f *testing.F) (*disk.Mem, Options) {
	m := disk.NewMem()
	o := small(m, newRing())
	j := create(f, o)
	for n := range 12 {
		check(f, add(j, 1+n%3))
		if n == 5 {
			check(f, j.Checkpoint())
		}
	}
	return m, o
}

// FuzzSegments patches a running journal's files at a place: segments 1 to 3, head and head.bak; cutTo, if not 0, is
// where the file is cut off.
func FuzzSegments(f *testing.F) {
	m, o := fuzzBook(f)
	files := []string{segmentPath(o, 1), segmentPath(o, 2), segmentPath(o, 3), headPath(o, "head"), headPath(o, "head.bak")}
	whole := readFile(f, m, files[0])
	f.Add(uint8(0), uint16(headerLen), []byte("WBe1\x00\x00\x00\x20"), uint16(0))
	f.Add(uint8(0), uint16(0), []byte("WBsg\x00\x00\x00\x02"), uint16(0))
	f.Add(uint8(1), uint16(headerLen), whole[headerLen:400], uint16(0))
	f.Add(uint8(2), uint16(200), []byte{}, uint16(300))
	f.Add(uint8(2), uint16(0), bytes.Repeat([]byte("WBe1\x00\x00\x00\x10"), 200), uint16(0))
	f.Add(uint8(3), uint16(108), []byte{1}, uint16(0))
	f.Fuzz(func(t *testing.T, file uint8, at uint16, patch []byte, cutTo uint16) {
		o := o
		cut := m.Crash(rand.New(rand.NewPCG(1, 1)))
		o.FS, o.Rand = cut, rand.NewChaCha8([32]byte{9})
		name := files[int(file)%len(files)]
		b, err := disk.ReadAll(cut, name, 1<<20)
		if err != nil {
			t.Skip() // a cut at another moment
		}
		if grow := int(at) + len(patch) - len(b); grow > 0 {
			b = append(b, make([]byte, grow)...)
		}
		copy(b[at:], patch)
		if cutTo > 0 {
			b = b[:min(len(b), int(cutTo))]
		}
		writeFile(t, cut, name, b)
		tryEverything(t, o)
	})
}

// FuzzWholeFiles puts arbitrary bytes in place of a segment and of the head.
func FuzzWholeFiles(f *testing.F) {
	m, o := fuzzBook(f)
	h, s := readFile(f, m, headPath(o, "head")), readFile(f, m, segmentPath(o, 1))
	f.Add(h, s, true)
	f.Add([]byte{}, []byte{}, false)
	f.Add(h[:50], s[:headerLen], true)
	f.Add(h, bytes.Repeat(s[headerLen:600], 3), false)
	f.Fuzz(func(t *testing.T, head, segment []byte, both bool) {
		o := o
		d := m.Crash(rand.New(rand.NewPCG(1, 1)))
		o.FS, o.Rand = d, rand.NewChaCha8([32]byte{9})
		writeFile(t, d, headPath(o, "head"), head)
		if both {
			writeFile(t, d, headPath(o, "head.bak"), head)
		}
		writeFile(t, d, segmentPath(o, 1), segment)
		tryEverything(t, o)
	})
}

// FuzzParsers: no bytes make a parser panic, and what one reads it writes back the same.
func FuzzParsers(f *testing.F) {
	m, o := fuzzBook(f)
	s := readFile(f, m, segmentPath(o, 1))
	f.Add(s[:headerLen])
	f.Add(s[headerLen:400])
	f.Add(readFile(f, m, headPath(o, "head")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if h, err := parseHeader(b); err == nil && !bytes.Equal(h.encode(), b[:headerLen]) {
			t.Fatalf("header %+v", h)
		}
		if h, err := parseHead(b); err == nil && !bytes.Equal(h.encode(nil)[:headMacAt], b[:headMacAt]) {
			t.Fatalf("head %+v", h)
		}
		if fr, err := parseFrame(b); err == nil && (len(fr.raw) < minFrame || fr.batch > fr.seq) {
			t.Fatalf("frame %+v", fr)
		}
	})
}
