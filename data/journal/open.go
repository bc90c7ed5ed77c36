package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"wardbook/data"
	"wardbook/data/disk"
)

// OpenReport tells what Open found and did.
type OpenReport struct {
	Last         uint64 // the last entry
	DroppedBytes int64  // the length of the torn end that was dropped, in bytes
	DroppedFrom  uint64 // the number that the first dropped entry would have had; 0 where nothing was dropped
	Clean        bool   // the journal was closed in order
	HeadKey      KeyID  // the data key that authenticates the head; Roll makes a new one
	// Mended names what was put right: a copy of the head, a segment that was never finished. For the log.
	Mended []string
	// Problems are segments before the last checkpoint that are missing or whose headers are damaged. The book can be
	// appended to; Read and Replay of their entries answer data.Corrupt.
	Problems []Problem
}

func (r *OpenReport) mended(format string, args ...any) {
	r.Mended = append(r.Mended, fmt.Sprintf(format, args...))
}

// Open opens the journal, drops a torn end and makes what it kept durable before anybody can rely on it. It reads the
// segments' headers and what lies after the last checkpoint, not the whole book: Verify does that.
//
// Errors: data.Corrupt where the head can't be trusted, where the key file is older than the head, and where anything at
// or after the last checkpoint is not what was once durable, naming the entries; data.Unavailable where the disk fails.
func Open(o Options) (*Journal, OpenReport, error) {
	j := newJournal(o.withDefaults())
	var report OpenReport
	if err := j.recover(&report); err != nil {
		j.closeFiles()
		return nil, report, err
	}
	return j, report, nil
}

func (j *Journal) recover(report *OpenReport) error {
	copies := readHeads(j.o)
	best := newest(copies)
	if err := newerHead(copies); err != nil {
		return err
	}
	if best == nil {
		return errHeads(copies)
	}
	if have := j.o.Keys.Generation(); best.head.generation > have {
		return errOldKeys(best.head.generation, have)
	}
	if err := j.takeHead(best.head); err != nil {
		return err
	}
	report.HeadKey = best.head.key
	if err := j.load(best.head, report); err != nil {
		return err
	}
	if err := j.anchor(best.head); err != nil {
		return err
	}
	if err := j.readTail(best.head, report); err != nil {
		return err
	}
	j.mendHeads(copies, best, report)
	report.Last, report.Clean = j.last, best.head.clean
	return nil
}

func (j *Journal) takeHead(h head) error {
	key, err := j.o.Keys.Key(h.key)
	if err != nil {
		return err
	}
	if j.headKey, err = headKey(key); err != nil {
		return data.Fail(data.Internal, "journal.open", sayInternal(), err)
	}
	j.head = h
	j.last, j.hash, j.end = h.seq, h.hash, h.at
	return nil
}

// load reads the segments' headers. Up to the head's segment a bad one is a problem to report, not a reason to keep a
// hospital from its book.
func (j *Journal) load(h head, report *OpenReport) error {
	numbers, err := listSegments(j.o)
	if err != nil {
		return errUnreadable("journal.open", 0, err)
	}
	for _, number := range numbers {
		if j.segments[number], err = loadSegment(j.o, number); err != nil {
			return errUnreadable("journal.open", number, err)
		}
	}
	if len(numbers) > 0 {
		j.segments[numbers[len(numbers)-1]].mode = oReadWrite
	}
	for number := uint32(1); number < h.at.Segment; number++ {
		switch s := j.segments[number]; {
		case s == nil:
			report.Problems = append(report.Problems, missingSegments(number, number))
		case s.err != nil:
			report.Problems = append(report.Problems, damagedSegment(number))
		}
		if len(report.Problems) >= maxProblems {
			break
		}
	}
	return nil
}

// loadSegment reads a segment's header; what is wrong with it goes into the segment, the disk's failures are errors.
func loadSegment(o Options, number uint32) (*segment, error) {
	s := &segment{header: header{segment: number}, mode: oRead}
	file, err := o.FS.OpenFile(segmentPath(o, number), oRead, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	buf := make([]byte, headerLen)
	n, err := file.ReadAt(buf, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	h, err := parseHeader(buf[:n])
	if err == nil && (h.dataset != o.Dataset || h.segment != number || h.first == 0) {
		err = errBad
	}
	if err != nil {
		s.err = err
		return s, nil
	}
	s.header = h
	return s, nil
}

// anchor checks that the journal still reaches the head: that the bytes before the head's position are the hash the head
// remembers.
func (j *Journal) anchor(h head) error {
	s := j.segments[h.at.Segment]
	if s == nil {
		return j.errCut(h, h.at.Segment-1)
	}
	if s.err != nil {
		return errSegment("journal.open", h.at.Segment, s.err)
	}
	if h.at.Offset == headerLen {
		if s.header.first != h.seq+1 || s.header.prev != h.hash {
			return errSegment("journal.open", h.at.Segment, errBad)
		}
		return nil
	}
	file, _, err := j.open(h.at.Segment)
	if err != nil {
		return err
	}
	var hash [hashLen]byte
	n, err := file.ReadAt(hash[:], h.at.Offset-hashLen)
	if err != nil && !errors.Is(err, io.EOF) {
		return errUnreadable("journal.open", h.at.Segment, err)
	}
	if n == hashLen && hash == h.hash {
		return nil
	}
	return j.errCut(h, h.at.Segment)
}

// errCut says what is wrong with a journal that does not reach its head: it follows the entries of the last readable
// segment up to this one as far as they go.
func (j *Journal) errCut(h head, number uint32) error {
	for ; number > 0; number-- {
		s := j.segments[number]
		if s == nil || s.err != nil {
			continue
		}
		t := tail{segment: number, offset: headerLen, seq: s.header.first - 1, hash: s.header.prev}
		if err := j.walk(&t); err != nil {
			return err
		}
		used, err := t.w.used(t.offset)
		switch {
		case err != nil:
			return errUnreadable("journal.open", number, err)
		case used > t.offset: // something lies there, but not what was written
			return errEntry("journal.open", t.seq+1, number, errBad)
		case t.seq < h.seq:
			return errMissing("journal.open", t.seq+1, h.seq, errBad)
		case number == h.at.Segment:
			return errEntry("journal.open", h.seq, number, errBad)
		}
		return errSegment("journal.open", number+1, errBad)
	}
	if h.seq == 0 {
		return errSegment("journal.open", h.at.Segment, fs.ErrNotExist)
	}
	return errMissing("journal.open", 1, h.seq, errBad)
}

// mendHeads writes the newest copy over the other where that is damaged, missing or older. It need not succeed: then the
// next checkpoint, or the first append, writes both.
func (j *Journal) mendHeads(copies []headCopy, best *headCopy, report *OpenReport) {
	for _, c := range copies {
		if c.err == nil && bytes.Equal(c.raw, best.raw) {
			continue
		}
		why := fmt.Sprintf("%s was older than %s", c.name, best.name)
		if c.err != nil {
			why = fmt.Sprintf("%s could not be used (%v)", c.name, c.err)
		}
		if err := disk.WriteAtomic(j.o.FS, headPath(j.o, c.name), best.raw); err != nil {
			j.stale = true
			report.mended("%s and could not be written anew yet: %v", why, err)
			continue
		}
		report.mended("%s and was written anew", why)
	}
}
