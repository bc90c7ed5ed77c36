package journal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
)

// closed is a closed book of 40 entries in several segments, and where each entry lies.
type closed struct {
	m  *disk.Mem
	o  Options
	at []Position // by number; at[41] is the end of the last
}

func closedBook(t testing.TB) closed {
	t.Helper()
	m := disk.NewMem()
	o := small(m, newRing())
	j := create(t, o)
	for range 20 {
		check(t, add(j, 2))
	}
	at := expect(t, j, 40)
	at = append(at, j.end)
	check(t, j.Close())
	return closed{m, o, at}
}

// bytesOf gives an entry's frame.
func (c closed) bytesOf(t testing.TB, seq uint64) []byte {
	t.Helper()
	b := readFile(t, c.m, segmentPath(c.o, c.at[seq].Segment))
	size, ok := frameLen(b[c.at[seq].Offset:])
	if !ok {
		t.Fatalf("no entry %d", seq)
	}
	return bytes.Clone(b[c.at[seq].Offset:][:size])
}

// splice replaces the bytes of an entry.
func (c closed) splice(t testing.TB, seq uint64, with []byte) {
	t.Helper()
	path := segmentPath(c.o, c.at[seq].Segment)
	b := readFile(t, c.m, path)
	was := c.bytesOf(t, seq)
	i := bytes.Index(b, was)
	writeFile(t, c.m, path, slices.Concat(b[:i], with, b[i+len(was):]))
}

// forge changes an entry and makes its own hash fit again.
func forge(frame []byte) []byte {
	f := bytes.Clone(frame)
	f[frameHead+1] ^= 1
	sum := sha256.Sum256(f[:len(f)-hashLen])
	copy(f[len(f)-hashLen:], sum[:])
	return f
}

func told(f Findings) string {
	var lines []string
	for _, p := range f.Problems {
		lines = append(lines, fmt.Sprintf("%s %d-%d in %d", p.Kind, p.Seq, p.To, p.Segment))
	}
	return strings.Join(lines, "; ")
}

// middle gives two neighbours that lie in the middle of one segment, and the segment.
func (c closed) middle() (uint64, uint32) {
	for seq := uint64(10); ; seq++ {
		if s := c.at[seq].Segment; c.at[seq-2].Segment == s && c.at[seq+5].Segment == s {
			return seq, s
		}
	}
}

func TestVerifyNamesEachTampering(t *testing.T) {
	c := closedBook(t)
	k, seg := c.middle()
	lastSeg := c.at[40].Segment
	lastOf := func(s uint32) uint64 { // the last entry of a segment
		seq := uint64(0)
		for i := uint64(1); i <= 40; i++ {
			if c.at[i].Segment == s {
				seq = i
			}
		}
		return seq
	}
	type tampering struct {
		do      func(t *testing.T, c closed)
		want    string // with the keys
		keyless string // without; "" where it is the same
	}
	path := func(n uint32) string { return segmentPath(c.o, n) }
	cases := map[string]tampering{
		"a bit of an entry": {do: func(t *testing.T, c closed) {
			f := c.bytesOf(t, k)
			f[frameHead] ^= 4
			c.splice(t, k, f)
		}, want: fmt.Sprintf("edited %d-%d in %d", k, k, seg)},
		"an entry edited, its hash made anew": {do: func(t *testing.T, c closed) { c.splice(t, k, forge(c.bytesOf(t, k))) },
			want: fmt.Sprintf("edited %d-%d in %d", k, k, seg)},
		"the last entry edited, its hash made anew": {do: func(t *testing.T, c closed) { c.splice(t, 40, forge(c.bytesOf(t, 40))) },
			want: fmt.Sprintf("edited 40-40 in %d", lastSeg)},
		"the first entry edited, its hash made anew": {do: func(t *testing.T, c closed) { c.splice(t, 1, forge(c.bytesOf(t, 1))) },
			want: "edited 1-1 in 1"},
		"an entry taken out": {do: func(t *testing.T, c closed) { c.splice(t, k, nil) },
			want: fmt.Sprintf("removed %d-%d in %d", k, k, seg)},
		"three entries taken out": {do: func(t *testing.T, c closed) {
			for _, seq := range []uint64{k + 2, k + 1, k} { // from the back: what is before keeps its place
				c.splice(t, seq, nil)
			}
		}, want: fmt.Sprintf("removed %d-%d in %d", k, k+2, seg)},
		"the last entry of a segment taken out": {do: func(t *testing.T, c closed) { c.splice(t, lastOf(seg), nil) },
			want: fmt.Sprintf("removed %d-%d in %d", lastOf(seg), lastOf(seg), seg+1)},
		"the first entry of a segment taken out": {do: func(t *testing.T, c closed) { c.splice(t, lastOf(seg)+1, nil) },
			want: fmt.Sprintf("removed %d-%d in %d", lastOf(seg)+1, lastOf(seg)+1, seg+1)},
		"two entries swapped": {do: func(t *testing.T, c closed) {
			a, b := c.bytesOf(t, k), c.bytesOf(t, k+4)
			c.splice(t, k+4, a)
			c.splice(t, k, b)
		}, want: fmt.Sprintf("reordered %d-%d in %d; reordered %d-%d in %d", k+4, k+4, seg, k, k, seg)},
		"an entry moved back": {do: func(t *testing.T, c closed) {
			a, b := c.bytesOf(t, k), c.bytesOf(t, k+4)
			c.splice(t, k+4, append(b, a...))
			c.splice(t, k, nil)
		}, want: fmt.Sprintf("reordered %d-%d in %d", k, k, seg)},
		"an entry moved to another segment": {do: func(t *testing.T, c closed) {
			a, b := c.bytesOf(t, k), c.bytesOf(t, 40)
			c.splice(t, k, nil)
			c.splice(t, 40, append(a, b...))
		}, want: fmt.Sprintf("edited %d-%d in %d; reordered %d-%d in %d", k, k, lastSeg, k, k, lastSeg),
			keyless: fmt.Sprintf("reordered %d-%d in %d", k, k, lastSeg)},
		"an entry repeated": {do: func(t *testing.T, c closed) {
			a := c.bytesOf(t, k)
			c.splice(t, k, append(bytes.Clone(a), a...))
		}, want: fmt.Sprintf("repeated %d-%d in %d", k, k, seg)},
		"junk between entries": {do: func(t *testing.T, c closed) { c.splice(t, k, append(c.bytesOf(t, k), "junk"...)) },
			want: fmt.Sprintf("stray bytes %d-%d in %d", k, k, seg)},
		"junk after a clean end": {do: func(t *testing.T, c closed) {
			writeFile(t, c.m, path(lastSeg), append(readFile(t, c.m, path(lastSeg)), "junk"...))
		}, want: fmt.Sprintf("stray bytes 40-40 in %d", lastSeg)},
		"the last entries cut off": {do: func(t *testing.T, c closed) {
			writeFile(t, c.m, path(lastSeg), readFile(t, c.m, path(lastSeg))[:c.at[39].Offset])
		}, want: "cut off 39-40 in 0"},
		"the end cut off within an entry": {do: func(t *testing.T, c closed) {
			writeFile(t, c.m, path(lastSeg), readFile(t, c.m, path(lastSeg))[:c.at[39].Offset+20])
		}, want: "cut off 39-40 in 0"},
		"the last entries overwritten with zeros": {do: func(t *testing.T, c closed) {
			b := readFile(t, c.m, path(lastSeg))
			clear(b[c.at[39].Offset:])
			writeFile(t, c.m, path(lastSeg), b)
		}, want: "cut off 39-40 in 0"},
		"a segment taken away": {do: func(t *testing.T, c closed) { check(t, c.m.Remove(path(seg))) },
			want: fmt.Sprintf("missing segment 0-0 in %d; removed %d-%d in %d", seg, lastOf(seg-1)+1, lastOf(seg), seg+1)},
		"the last segment taken away": {do: func(t *testing.T, c closed) { check(t, c.m.Remove(path(lastSeg))) },
			want: fmt.Sprintf("missing segment 0-0 in %d; cut off %d-40 in 0", lastSeg, lastOf(lastSeg-1)+1)},
		"all segments taken away": {do: func(t *testing.T, c closed) {
			for n := range lastSeg {
				check(t, c.m.Remove(path(n+1)))
			}
		}, want: "missing segment 0-0 in 1; cut off 1-40 in 0"},
		"a segment's header damaged": {do: func(t *testing.T, c closed) {
			b := readFile(t, c.m, path(seg))
			b[30] ^= 1
			writeFile(t, c.m, path(seg), b)
		}, want: fmt.Sprintf("damaged segment 0-0 in %d", seg)},
		"a segment's header forged": {do: func(t *testing.T, c closed) {
			b := readFile(t, c.m, path(seg))
			h, err := parseHeader(b)
			check(t, err)
			h.first--
			writeFile(t, c.m, path(seg), append(h.encode(), b[headerLen:]...))
		}, want: fmt.Sprintf("damaged segment 0-0 in %d", seg)},
		"a stray file": {do: func(t *testing.T, c closed) {
			writeFile(t, c.m, strings.Replace(path(seg), ".wbj", " (copy).wbj", 1), readFile(t, c.m, path(seg)))
		}, want: "foreign segment 0-0 in 0"},
		"a head taken away": {do: func(t *testing.T, c closed) { check(t, c.m.Remove(headPath(c.o, "head"))) },
			want: "damaged head 0-0 in 0"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := closedBook(t)
			tc.do(t, c)
			f, err := Verify(context.Background(), c.o, nil)
			check(t, err)
			if got := told(f); got != tc.want {
				t.Errorf("with the keys:\n got %s\nwant %s", got, tc.want)
			}
			if tc.keyless == "" {
				tc.keyless = tc.want
			}
			c.o.Keys = nil
			if f, err = Verify(context.Background(), c.o, nil); err != nil || told(f) != tc.keyless {
				t.Errorf("without keys: %v\n got %s\nwant %s", err, told(f), tc.keyless)
			}
			for _, p := range f.Problems {
				if text := p.Text.String(); strings.Contains(text, "{{") || text == "" {
					t.Errorf("what is said is not whole: %q", text)
				}
			}
		})
	}
}

// TestNoFlippedBitIsSilent flips one random bit after another in a closed journal's files.
func TestNoFlippedBitIsSilent(t *testing.T) {
	c := closedBook(t)
	rnd := rand.New(rand.NewPCG(1, 5))
	files := []string{headPath(c.o, "head"), headPath(c.o, "head.bak")}
	for n := uint32(1); n <= c.at[40].Segment; n++ {
		files = append(files, segmentPath(c.o, n))
	}
	var total int
	whole := map[string][]byte{}
	for _, name := range files {
		whole[name] = readFile(t, c.m, name)
		total += len(whole[name])
	}
	opened := 0
	for range 2000 {
		bit := rnd.IntN(total * 8)
		i, name := bit/8, ""
		for _, name = range files {
			if i < len(whole[name]) {
				break
			}
			i -= len(whole[name])
		}
		b := bytes.Clone(whole[name])
		b[i] ^= 1 << (bit % 8)
		writeFile(t, c.m, name, b)
		f, err := Verify(context.Background(), c.o, nil)
		check(t, err)
		if want := c.nameOf(name, i); !strings.HasPrefix(told(f), want) || len(f.Problems) != 1 {
			t.Fatalf("bit %d of byte %d of %s: found %q, want %q", bit%8, i, name, told(f), want)
		}
		opened += c.openDamaged(t, whole)
		writeFile(t, c.m, name, whole[name])
	}
	if opened == 0 || opened == 2000 {
		t.Fatalf("%d of 2000 damaged journals opened; the test means to see both", opened)
	}
	t.Logf("2000 flips, 0 silent; %d of the journals still opened, and gave only whole entries", opened)
}

// nameOf says what Verify must call a damaged byte.
func (c closed) nameOf(file string, i int) string {
	for n := uint32(1); n <= c.at[40].Segment; n++ {
		if file != segmentPath(c.o, n) {
			continue
		}
		if i < headerLen {
			return fmt.Sprintf("damaged segment 0-0 in %d", n)
		}
		for seq := uint64(40); ; seq-- {
			if c.at[seq].Segment == n && c.at[seq].Offset <= int64(i) {
				return fmt.Sprintf("edited %d-%d in %d", seq, seq, n)
			}
		}
	}
	return "damaged head 0-0 in 0"
}

// openDamaged opens a copy of a damaged journal, if it opens, and sees to it that what it gives is what was written and
// that it never passes damage in silence.
func (c closed) openDamaged(t *testing.T, whole map[string][]byte) int {
	t.Helper()
	o := c.o
	o.FS = c.m.Crash(rand.New(rand.NewPCG(1, 1)))
	j, report, err := Open(o)
	if err != nil {
		if !data.Is(err, data.Corrupt) {
			t.Fatalf("open: %v, want corrupt", err)
		}
		return 0
	}
	var seq uint64
	for b, err := range j.Replay(context.Background(), 0, Position{}) {
		if err != nil {
			if !data.Is(err, data.Corrupt) {
				t.Fatalf("replay: %v, want corrupt", err)
			}
			return 1
		}
		if seq++; b.Seq != seq || !bytes.Equal(b.Data, entry(seq)) {
			t.Fatalf("entry %d is not what was written", b.Seq)
		}
	}
	if seq != 40 || len(report.Mended) == 0 {
		t.Fatalf("%d entries, mended %q: damage was passed in silence", seq, report.Mended)
	}
	return 1
}

func TestVerifyGivesEachEntryAndProgress(t *testing.T) {
	c := closedBook(t)
	var seqs []uint64
	var done, total int64
	f, err := Verify(context.Background(), c.o, func(d, t int64) { done, total = d, t }, func(b Body) {
		seqs = append(seqs, b.Seq)
		if !bytes.Equal(b.Data, entry(b.Seq)) || b.Pos != c.at[b.Seq] {
			t.Errorf("entry %d is not what was written", b.Seq)
		}
	})
	check(t, err)
	if len(seqs) != 40 || !slices.IsSorted(seqs) || done != total || total != f.Bytes {
		t.Fatalf("%d entries, %d of %d bytes", len(seqs), done, total)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Verify(ctx, c.o, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled: %v", err)
	}
}
