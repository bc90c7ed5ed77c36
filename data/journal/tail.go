package journal

import (
	"errors"
	"io"
	"io/fs"
)

// tail is the walk along what lies after the last checkpoint.
type tail struct {
	segment uint32
	offset  int64
	seq     uint64 // the last good entry
	hash    [hashLen]byte
	w       *window
	seal    *sealer
}

// walk goes forward over the good entries of one segment and stops before the first bytes that are none. An entry with
// its own hash right and anything else wrong was put there: no power cut makes one.
func (j *Journal) walk(t *tail) error {
	file, seal, err := j.open(t.segment)
	if err != nil {
		return err
	}
	if t.w, err = newWindow(file); err != nil {
		return errUnreadable("journal.open", t.segment, err)
	}
	t.seal = seal
	for {
		f, err := t.w.frame(t.offset)
		if errors.Is(err, errBad) {
			return nil
		}
		if err != nil {
			return errUnreadable("journal.open", t.segment, err)
		}
		_, err = seal.open(nil, f.raw)
		if err != nil || f.seq != t.seq+1 || f.prev != t.hash {
			return errEntry("journal.open", t.seq+1, t.segment, errBad)
		}
		t.seq, t.hash = f.seq, f.hash
		t.offset += int64(len(f.raw))
	}
}

// readTail finds the journal's end, from the head's position on, and settles it.
func (j *Journal) readTail(h head, report *OpenReport) error {
	t := tail{segment: h.at.Segment, offset: h.at.Offset, seq: h.seq, hash: h.hash}
	for {
		if err := j.walk(&t); err != nil {
			return err
		}
		used, err := t.w.used(t.offset)
		if err != nil {
			return errUnreadable("journal.open", t.segment, err)
		}
		if h.clean && (t.seq != h.seq || used > t.offset || j.beyond(t.segment)) {
			return errEntry("journal.open", h.seq+1, t.segment,
				errors.New("something lies after the end of a journal that was closed in order"))
		}
		if !j.beyond(t.segment) {
			return j.settle(h, &t, used, report)
		}
		if used > t.offset { // the next segment was begun, so everything in this one was durable
			return errEntry("journal.open", t.seq+1, t.segment, errBad)
		}
		if done, err := j.crossTail(h, &t, report); err != nil || done {
			return err
		}
	}
}

// beyond tells whether there are segments after this one.
func (j *Journal) beyond(number uint32) bool {
	for n := range j.segments {
		if n > number {
			return true
		}
	}
	return false
}

// crossTail goes on to the next segment; done where that one was never finished, and the journal ends before it.
func (j *Journal) crossTail(h head, t *tail, report *OpenReport) (done bool, err error) {
	number := t.segment + 1
	s := j.segments[number]
	if s == nil {
		return false, errSegment("journal.open", number, fs.ErrNotExist)
	}
	if s.err == nil {
		if s.header.first > t.seq+1 {
			return false, errMissing("journal.open", t.seq+1, s.header.first-1, errBad)
		}
		if s.header.first != t.seq+1 || s.header.prev != t.hash {
			return false, errSegment("journal.open", number, errBad)
		}
		t.segment, t.offset = number, headerLen
		return false, nil
	}
	if errors.Is(s.err, errVersion) {
		return false, errNewer(s.err)
	}
	// A header that is not whole was never flushed, if nothing was appended after it and nothing came later.
	empty, err := j.neverFinished(number)
	if err != nil {
		return false, errUnreadable("journal.open", number, err)
	}
	if j.beyond(number) || !empty {
		return false, errSegment("journal.open", number, s.err)
	}
	if err := removeSegment(j.o, number); err != nil {
		return false, errRefused("journal.open", err)
	}
	delete(j.segments, number)
	report.mended("%s, which was never finished, was removed", segmentName(number))
	j.reopenForWriting(t.segment)
	return true, j.settle(h, t, t.offset, report)
}

// neverFinished tells whether a segment with a bad header holds no entry.
func (j *Journal) neverFinished(number uint32) (bool, error) {
	file, err := j.o.FS.OpenFile(segmentPath(j.o, number), oRead, 0)
	if err != nil {
		return false, err
	}
	defer file.Close()
	w, err := newWindow(file)
	if err != nil {
		return false, err
	}
	at, err := w.next(0, func(frame) bool { return true })
	if errors.Is(err, errCostly) {
		return false, nil
	}
	return at == w.size, err
}

func (j *Journal) reopenForWriting(number uint32) {
	s := j.segments[number]
	s.close()
	s.mode = oReadWrite
}

// settle makes t the journal's end: judges what lies after it in the last segment, drops it if it is a torn end, and
// writes the kept tail once more and flushes it, because after a failed flush or a kill it may be in the system's memory
// only.
func (j *Journal) settle(h head, t *tail, used int64, report *OpenReport) error {
	if used > t.offset {
		if err := j.judge(t); err != nil {
			return err
		}
		report.DroppedBytes, report.DroppedFrom = used-t.offset, t.seq+1
	}
	if err := j.harden(h, t, used > t.offset); err != nil {
		return errRefused("journal.open", err)
	}
	j.last, j.hash, j.end = t.seq, t.hash, Position{t.segment, t.offset}
	return nil
}

// judge tells a torn end from damage: a frame of a later flush proves that the flush of this one had returned.
func (j *Journal) judge(t *tail) error {
	at, err := t.w.next(t.offset, func(f frame) bool { return f.batch > t.seq+1 })
	switch {
	case errors.Is(err, errCostly) || err == nil && at < t.w.size:
		return errEntry("journal.open", t.seq+1, t.segment, errors.Join(errBad, err))
	case err != nil:
		return errUnreadable("journal.open", t.segment, err)
	}
	return nil
}

// harden writes what lies in the last segment after the head, and the segment's header if the head does not cover it.
func (j *Journal) harden(h head, t *tail, torn bool) error {
	file, _, err := j.open(t.segment)
	if err != nil {
		return err
	}
	size, err := file.Size()
	if err != nil {
		return err
	}
	j.allocated = size
	if torn {
		if err := file.Truncate(t.offset); err != nil {
			return err
		}
		j.allocated = t.offset
	}
	from := h.at.Offset
	if t.segment != h.at.Segment {
		from = 0
		if err := j.o.FS.SyncDir(j.o.Dir); err != nil {
			return err
		}
	}
	if from == t.offset && !torn {
		return nil
	}
	if err := rewrite(file, from, t.offset); err != nil {
		return err
	}
	return file.Sync()
}

func rewrite(file interface {
	io.ReaderAt
	io.WriterAt
}, from, to int64) error {
	buf := make([]byte, min(windowLen, to-from))
	for from < to {
		b := buf[:min(int64(len(buf)), to-from)]
		if _, err := io.ReadFull(io.NewSectionReader(file, from, int64(len(b))), b); err != nil {
			return err
		}
		if _, err := file.WriteAt(b, from); err != nil {
			return err
		}
		from += int64(len(b))
	}
	return nil
}
