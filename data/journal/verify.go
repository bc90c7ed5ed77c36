package journal

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"wardbook/data/disk"
)

// progressStep is how often progress is told, in bytes read.
const progressStep = 4 << 20

// Verify reads the whole book and names everything in it that is not as it was written; it changes nothing. It works on a
// closed journal and beside a running one, where what comes after the last checkpoint may show as a torn tail. It goes on
// after a problem at the next whole entry.
//
// With o.Keys it opens each entry and authenticates the head. Without, it checks what needs no key: headers, hashes,
// chain, order, completeness, and the head against the chain; what is edited with all hashes made anew shows then only at
// the head, and a head made anew not at all. Findings.Opened and HeadAuthentic tell which it was.
//
// progress, if not nil, hears of the bytes read and to read. each, if given, gets every whole entry that stands in its
// place, in order; without keys none.
//
// The error is ctx's, or the disk's where the folder can't be read; whatever is wrong with the book is in Findings.
func Verify(ctx context.Context, o Options, progress func(done, total int64), each ...func(Body)) (Findings, error) {
	v := &verifier{ctx: ctx, o: o.withDefaults(), progress: progress, each: each, hash: genesis(o.Dataset), opened: true}
	v.f.Opened = o.Keys != nil
	v.readHeads()
	if err := v.list(); err != nil {
		return v.f, errUnreadable("journal.verify", 0, err)
	}
	v.checkMissing()
	for _, number := range v.numbers {
		if err := v.segment(number); err != nil {
			return v.f, err
		}
	}
	v.conclude()
	return v.f, nil
}

// verifier is a walk over all files, in the order of their names.
type verifier struct {
	ctx      context.Context
	o        Options
	progress func(done, total int64)
	each     []func(Body)
	f        Findings

	head    *head // the newest good copy, or nil
	numbers []uint32
	total   int64
	told    int64
	short   bool // the files end before the place that the head remembers
	misfit  bool // the head's place is not where its entry ends

	runs  []run
	scars []scar
	again bool   // the last run repeats entries
	known uint64 // the highest entry that something vouches for
	top   uint64 // the highest entry met

	// The entry met last.
	seq    uint64
	hash   [hashLen]byte
	opened bool   // and it could be unsealed
	edited uint64 // the last entry that was named as edited

	w    *window
	seal *sealer
	now  uint32 // the segment
}

func (v *verifier) readHeads() {
	copies := readHeads(v.o)
	for _, c := range copies {
		switch {
		case c.missing():
			v.f.add(damagedHead(c.name, "missing", "is missing"))
		case errors.Is(c.err, errVersion):
			v.f.add(damagedHead(c.name, "newer", "was written by a newer version of Wardbook"))
		case c.err != nil:
			v.f.add(damagedHead(c.name, "damaged", "is damaged, or was written by somebody else"))
		}
	}
	best := newest(copies)
	if best == nil {
		return
	}
	v.head = &best.head
	v.known = best.head.seq
	v.f.HeadAuthentic = v.o.Keys != nil
	if v.o.Keys != nil && best.head.generation > v.o.Keys.Generation() {
		v.f.add(damagedHead(best.name, "keys", "is newer than the key file: an old key file was put in place"))
	}
}

// list finds the segments, and the files that pretend to be some.
func (v *verifier) list() error {
	entries, err := v.o.FS.ReadDir(v.o.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		number, ok := segmentNumber(e.Name())
		switch {
		case ok && !e.IsDir():
			v.numbers = append(v.numbers, number)
		case strings.HasSuffix(e.Name(), segmentExt):
			v.f.add(foreignSegment(0, e.Name()))
		}
	}
	v.f.Segments = len(v.numbers)
	for _, number := range v.numbers {
		if info, err := v.o.FS.Stat(segmentPath(v.o, number)); err == nil {
			v.total += info.Size()
			v.short = v.short || v.head != nil && number == v.head.at.Segment && info.Size() < v.head.at.Offset
		}
	}
	return nil
}

// checkMissing names the files that must be there and are not.
func (v *verifier) checkMissing() {
	var before uint32
	for _, number := range v.numbers {
		if number > before+1 {
			v.f.add(missingSegments(before+1, number-1))
		}
		before = number
	}
	if v.head != nil && v.head.at.Segment > before {
		v.f.add(missingSegments(before+1, v.head.at.Segment))
		v.short = true
	}
}

// last tells whether the segment at hand is the last.
func (v *verifier) last() bool { return v.now == v.numbers[len(v.numbers)-1] }

// segment goes through one file. Its error is the context's only.
func (v *verifier) segment(number uint32) error {
	v.now, v.seal, v.w = number, nil, nil
	file, err := v.o.FS.OpenFile(segmentPath(v.o, number), oRead, 0)
	if err == nil {
		defer file.Close()
		v.w, err = newWindow(file)
	}
	if err != nil {
		v.f.add(unreadableSegment(number))
		return nil
	}
	err = v.read(file)
	v.f.Bytes += v.w.size
	v.report(0)
	if ctxErr := v.ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	if err != nil {
		v.f.add(unreadableSegment(number))
		v.addScar(headerLen, 0) // what is not found now is damaged, not taken away
		v.scars[len(v.scars)-1].used = true
	}
	return nil
}

// read checks header and entries; its error is the disk's.
func (v *verifier) read(file disk.File) error {
	h, err := v.w.header()
	switch {
	case errors.Is(err, errVersion): // or a flipped bit: so go on with the entries
		v.f.add(segmentProblem(DamagedSegment, v.now, segmentName(v.now), "newer",
			"says that it was written by a newer version of Wardbook"))
		v.f.Opened = false
	case errors.Is(err, errBad):
		unfinished, err := v.unfinished()
		if err != nil || unfinished {
			return err
		}
		v.f.add(damagedSegment(v.now))
		v.f.Opened = false
	case err != nil:
		return err
	default:
		v.enter(h)
	}
	return v.frames(headerLen)
}

// unfinished tells whether a bad header is that of a segment whose making was cut short.
func (v *verifier) unfinished() (bool, error) {
	if !v.last() || v.head != nil && v.now <= v.head.at.Segment || v.head == nil && v.now == 1 {
		return false, nil
	}
	at, err := v.w.next(0, func(frame) bool { return true })
	if errors.Is(err, errCostly) || err == nil && at < v.w.size {
		return false, nil
	}
	used, usedErr := v.w.used(0)
	v.f.TornTail += used
	return true, errors.Join(err, usedErr)
}

// enter takes a header in: whether it is ours, fits the chain, and what opens its entries.
func (v *verifier) enter(h header) {
	if h.dataset != v.o.Dataset || h.segment != v.now {
		v.f.add(foreignSegment(v.now, segmentName(v.now)))
	}
	if h.first > 0 {
		v.known = max(v.known, h.first-1)
	}
	v.checkHeader(h)
	if v.o.Keys == nil {
		return
	}
	key, err := v.o.Keys.Key(h.key)
	if err == nil {
		v.seal, err = newSealer(h, key)
	}
	if err != nil {
		v.f.Opened = false
		v.f.add(lockedSegment(v.now))
	}
}

// checkHeader blames the header only where its first entry, or there being none, shows that the entries are right.
func (v *verifier) checkHeader(h header) {
	f, err := v.w.frame(headerLen)
	switch {
	case errors.Is(err, errBad):
		if h.first == v.seq+1 && h.prev != v.hash {
			v.f.add(damagedSegment(v.now))
		}
	case err == nil && f.seq == v.seq+1 && f.prev == v.hash && (h.first != f.seq || h.prev != f.prev):
		v.f.add(damagedSegment(v.now))
	}
}

// frames goes through the entries from off on.
func (v *verifier) frames(off int64) error {
	for off < v.w.size && v.ctx.Err() == nil {
		f, err := v.w.frame(off)
		if err == nil {
			v.frame(f, Position{v.now, off})
			off += int64(len(f.raw))
			v.report(off)
			continue
		}
		if !errors.Is(err, errBad) {
			return err
		}
		torn, err := v.tornAt(off)
		if err != nil || torn {
			return err
		}
		if off, err = v.skip(off); err != nil {
			return err
		}
	}
	return nil
}

// tornAt tells whether the rest of the last segment is what a power cut may leave, by the same rule as Open.
func (v *verifier) tornAt(off int64) (bool, error) {
	if !v.last() || v.head != nil && v.top < v.head.seq {
		return false, nil
	}
	used, err := v.w.used(off)
	if err != nil || used == off {
		return used == off, err
	}
	if v.head != nil && v.head.clean && !v.headMoved() {
		return false, nil
	}
	expected := v.top + 1
	at, err := v.w.next(off, func(f frame) bool { return f.batch > expected })
	if errors.Is(err, errCostly) || err == nil && at < v.w.size {
		return false, nil
	}
	v.f.TornTail += used - off
	return true, err
}

// skip notes a stretch that is no entry and tells where the next whole entry begins.
func (v *verifier) skip(off int64) (int64, error) {
	next, err := v.w.next(off, func(frame) bool { return true })
	if errors.Is(err, errCostly) {
		next, err = v.w.size, nil
	}
	if err != nil {
		return 0, err
	}
	end := next
	if next == v.w.size {
		if end, err = v.w.used(off); err != nil {
			return 0, err
		}
	}
	if len(v.scars) >= maxRuns { // in too many pieces to name each
		v.f.Untold++
		return v.w.size, nil
	}
	if end > off {
		v.addScar(off, end-off)
	}
	return next, nil
}

func (v *verifier) addScar(off, length int64) {
	v.scars = append(v.scars, scar{at: Position{v.now, off}, length: length, before: len(v.runs), after: v.seq})
}

// frame takes one self-consistent entry in.
func (v *verifier) frame(f frame, at Position) {
	body, opened := v.unseal(f)
	follows := f.seq == v.seq+1
	if v.seal != nil && !opened && !follows && f.seq > v.known {
		v.addScar(at.Offset, int64(len(f.raw)))
		return // not ours, and vouched for by nothing
	}
	switch broken := follows && f.prev != v.hash; {
	case v.seal != nil && !opened:
		v.addEdited(f.seq, at)
	case broken && (v.opened || v.seal == nil):
		v.addEdited(max(v.seq, 1), at)
	}
	v.compareHead(f, at)
	v.addRun(f.seq, at)
	v.f.Entries++
	v.seq, v.hash, v.opened = f.seq, f.hash, opened
	if opened && f.seq > v.top {
		for _, each := range v.each {
			each(Body{Seq: f.seq, Batch: f.batch, Pos: at, Data: body})
		}
	}
	v.top = max(v.top, f.seq)
}

func (v *verifier) unseal(f frame) ([]byte, bool) {
	if v.seal == nil {
		return nil, false
	}
	body, err := v.seal.open(nil, f.raw)
	return body, err == nil
}

func (v *verifier) addEdited(seq uint64, at Position) {
	if v.edited != seq {
		v.f.add(editedEntries(seq, seq, at))
	}
	v.edited = seq
}

func (v *verifier) compareHead(f frame, at Position) {
	if v.head == nil || f.seq != v.head.seq {
		return
	}
	if f.hash != v.head.hash {
		v.addEdited(f.seq, at)
	}
	at.Offset += int64(len(f.raw))
	v.misfit = at != v.head.at && v.head.at.Offset != headerLen
}

// addRun notes where an entry stands. One that stands there already begins a stretch of its own, which then holds
// nothing but such.
func (v *verifier) addRun(seq uint64, at Position) {
	again := seq <= v.top && slices.ContainsFunc(v.runs, func(r run) bool { return r.from <= seq && seq <= r.to })
	n := len(v.runs)
	if n > 0 && v.runs[n-1].to+1 == seq && v.again == again && (len(v.scars) == 0 || v.scars[len(v.scars)-1].before < n) {
		v.runs[n-1].to = seq
		return
	}
	if n >= maxRuns {
		v.f.Untold++
		return
	}
	v.again = again
	v.runs = append(v.runs, run{from: seq, to: seq, at: at})
}

// conclude judges what only the whole shows.
func (v *verifier) conclude() {
	v.f.Last = v.top
	for _, p := range judgeOrder(v.runs, v.scars, v.known, v.short) {
		v.f.add(p)
	}
	switch {
	case v.head == nil:
	case v.head.clean && v.top > v.head.seq && !v.headMoved():
		v.f.add(damagedHead("head", "early", "says that the book was closed earlier than it was: an old copy was put in its place"))
	case v.misfit && len(v.f.Problems) == 0:
		v.f.add(damagedHead("head", "misfit", "does not fit the book"))
	}
}

// headMoved tells whether a running journal has written the head since we read it.
func (v *verifier) headMoved() bool {
	best := newest(readHeads(v.o))
	return best != nil && best.head.count > v.head.count
}

// report tells the progress: at the end of a segment (off 0), and now and then within.
func (v *verifier) report(off int64) {
	done := v.f.Bytes + off
	if v.progress != nil && (off == 0 || done-v.told >= progressStep) {
		v.told = done
		v.progress(done, max(done, v.total))
	}
}
