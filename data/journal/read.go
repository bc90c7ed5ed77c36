package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"sync"

	"wardbook/data"
	"wardbook/data/disk"
)

// guess is how much Read reads at first, in bytes: most entries are smaller, and cost one call then.
const guess = 8192

var scratch = sync.Pool{New: func() any { return new([guess]byte) }}

// Read gives the body of the entry seq that begins at p, as Append or Replay told. It may run at any time, beside an
// Append too, and waits for no flush.
//
// Errors: data.NotFound where the journal does not reach so far; data.Corrupt, naming entry and file, where what lies
// there is not what was sealed as that entry.
func (j *Journal) Read(p Position, seq uint64) ([]byte, error) {
	end, last := j.reach()
	if p.Segment > end.Segment || p.Segment == end.Segment && p.Offset >= end.Offset || seq > last {
		return nil, data.Fail(data.NotFound, "journal.read", data.Say("journal.none",
			"Entry {{.Entry}} is not in the hospital's book.", "Entry", seq), nil)
	}
	file, seal, err := j.open(p.Segment)
	if err != nil {
		return nil, err
	}
	body, err := readFrame(file, seal, p.Offset, seq)
	switch {
	case errors.Is(err, errBad):
		return nil, errEntry("journal.read", seq, p.Segment, err)
	case err != nil:
		return nil, errUnreadable("journal.read", p.Segment, err)
	}
	return body, nil
}

func (j *Journal) reach() (Position, uint64) {
	j.look.RLock()
	defer j.look.RUnlock()
	return j.end, j.last
}

// readFrame reads and unseals one entry into memory of its own. The seal covers everything but the frame's hash, which is
// the chain's business.
func readFrame(file disk.File, seal *sealer, off int64, seq uint64) ([]byte, error) {
	if off < headerLen {
		return nil, errBad
	}
	begun := scratch.Get().(*[guess]byte)
	defer scratch.Put(begun)
	raw := begun[:]
	n, err := file.ReadAt(raw, off)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	size, ok := frameLen(raw[:n])
	if !ok || binary.BigEndian.Uint64(raw[8:]) != seq {
		return nil, errBad
	}
	if size > int64(n) {
		if raw, err = readRest(file, raw[:n], off, size); err != nil {
			return nil, err
		}
	}
	return seal.open(make([]byte, 0, size-overhead), raw[:size])
}

func readRest(file disk.File, begun []byte, off, size int64) ([]byte, error) {
	if length, err := file.Size(); err != nil || size > length-off {
		return nil, errors.Join(errBad, err)
	}
	raw := make([]byte, size)
	n, err := file.ReadAt(raw[copy(raw, begun):], off+int64(len(begun)))
	if n < len(raw)-len(begun) {
		if errors.Is(err, io.EOF) {
			return nil, errBad
		}
		return nil, err
	}
	return raw, nil
}

// Replay gives the entries after the one numbered after, in order, up to the journal's end as of the call of Replay. from
// is where to begin: the position of any entry up to after+1, or the zero Position; a wrong one costs time, not
// correctness. Each entry's seal, number and place in the chain are verified. At the first that is not what was written
// it gives an error (data.Corrupt, naming it) and ends.
func (j *Journal) Replay(ctx context.Context, after uint64, from Position) iter.Seq2[Body, error] {
	j.look.RLock()
	r := replay{j: j, after: after, until: j.last, end: j.end}
	j.look.RUnlock()
	return func(yield func(Body, error) bool) {
		if r.after >= r.until {
			return
		}
		c := r // each ranging begins anew
		if err := c.start(from); err != nil {
			yield(Body{}, err)
			return
		}
		for c.seq < c.until {
			b, err := c.next(ctx)
			if err != nil {
				yield(Body{}, err)
				return
			}
			if b.Seq > c.after && !yield(b, nil) {
				return
			}
		}
	}
}

// replay is a walk along the chain.
type replay struct {
	j            *Journal
	after, until uint64
	end          Position

	w       *window
	seal    *sealer
	at      Position
	seq     uint64        // the entry before at
	hash    [hashLen]byte // its hash
	chained bool          // hash is known
}

// start finds where to begin: at the hint, where it is good, else at the beginning of a segment.
func (r *replay) start(from Position) error {
	if from.Segment != 0 && from.Offset >= headerLen && r.enter(from.Segment) == nil {
		f, err := r.w.frame(from.Offset)
		if err == nil && f.seq > 0 && f.seq <= r.after+1 {
			r.at, r.seq, r.chained = from, f.seq-1, false
			return nil
		}
	}
	number := r.j.segmentOf(r.after + 1)
	if err := r.enter(number); err != nil {
		return err
	}
	h := r.j.headerOf(number)
	r.at, r.seq, r.hash, r.chained = Position{number, headerLen}, h.first-1, h.prev, true
	return nil
}

// segmentOf names the last segment that begins at or before an entry, of those whose header is good.
func (j *Journal) segmentOf(seq uint64) uint32 {
	j.look.RLock()
	defer j.look.RUnlock()
	var best uint32 = 1
	for number, s := range j.segments {
		if s.err == nil && s.header.first <= seq && number > best {
			best = number
		}
	}
	return best
}

func (j *Journal) headerOf(number uint32) header {
	j.look.RLock()
	defer j.look.RUnlock()
	return j.segments[number].header
}

// enter opens a segment.
func (r *replay) enter(number uint32) error {
	file, seal, err := r.j.open(number)
	if err != nil {
		return err
	}
	if r.w, err = newWindow(file); err != nil {
		return errUnreadable("journal.replay", number, err)
	}
	if number == r.end.Segment { // as of the call; the segments before are closed
		r.w.size = min(r.w.size, r.end.Offset)
	}
	r.seal = seal
	return nil
}

// next reads the entry at r.at and goes on to the one after it.
func (r *replay) next(ctx context.Context) (Body, error) {
	if err := ctx.Err(); err != nil {
		return Body{}, err
	}
	f, err := r.w.frame(r.at.Offset)
	for errors.Is(err, errBad) && r.atEnd() {
		if err := r.cross(); err != nil {
			return Body{}, err
		}
		f, err = r.w.frame(r.at.Offset)
	}
	if err != nil && !errors.Is(err, errBad) {
		return Body{}, errUnreadable("journal.replay", r.at.Segment, err)
	}
	if err != nil || f.seq != r.seq+1 || r.chained && f.prev != r.hash {
		return Body{}, errEntry("journal.replay", r.seq+1, r.at.Segment, errBad)
	}
	body, err := r.seal.open(make([]byte, 0, len(f.raw)-overhead), f.raw)
	if err != nil {
		return Body{}, errEntry("journal.replay", f.seq, r.at.Segment, err)
	}
	b := Body{Seq: f.seq, Batch: f.batch, Pos: r.at, Data: body}
	r.seq, r.hash, r.chained = f.seq, f.hash, true
	r.at.Offset += int64(len(f.raw))
	return b, nil
}

// atEnd tells whether nothing but zeros is left of a segment that is closed.
func (r *replay) atEnd() bool {
	used, err := r.w.used(r.at.Offset)
	return r.at.Segment < r.end.Segment && err == nil && used == r.at.Offset
}

// cross goes on to the next segment.
func (r *replay) cross() error {
	number := r.at.Segment + 1
	if err := r.enter(number); err != nil {
		return err
	}
	h := r.j.headerOf(number)
	if h.first != r.seq+1 || r.chained && h.prev != r.hash {
		return errSegment("journal.replay", number, errBad)
	}
	r.at, r.hash, r.chained = Position{number, headerLen}, h.prev, true
	return nil
}
