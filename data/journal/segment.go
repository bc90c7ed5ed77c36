package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"wardbook/data/disk"
)

const (
	segmentExt  = ".wbj"
	maxSegments = 999999

	oRead      = os.O_RDONLY
	oReadWrite = os.O_RDWR
)

// zeros is what preallocation writes: blocks that were really written, so that a later flush has no lengths or extents
// to record.
var zeros [1 << 20]byte

// segment is one file of the book.
type segment struct {
	header header
	err    error // why the header can't be used; nil where it is good

	mode int // how the file is opened: the last one for writing too

	mu   sync.Mutex
	file disk.File // nil until it is needed
	seal *sealer
}

func segmentName(number uint32) string { return fmt.Sprintf("%06d%s", number, segmentExt) }

func segmentPath(o Options, number uint32) string {
	return filepath.Join(o.Dir, segmentName(number))
}

// segmentNumber reads a file's name; false where it is not a segment's.
func segmentNumber(name string) (uint32, bool) {
	digits, ok := strings.CutSuffix(name, segmentExt)
	n, err := strconv.ParseUint(digits, 10, 32)
	if !ok || err != nil || n == 0 || segmentName(uint32(n)) != name || n > maxSegments {
		return 0, false
	}
	return uint32(n), true
}

// listSegments gives the numbers of the segments that are there, growing.
func listSegments(o Options) ([]uint32, error) {
	entries, err := o.FS.ReadDir(o.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var numbers []uint32
	for _, e := range entries {
		if n, ok := segmentNumber(e.Name()); ok && !e.IsDir() {
			numbers = append(numbers, n)
		}
	}
	return numbers, err
}

func removeSegment(o Options, number uint32) error {
	if err := o.FS.Remove(segmentPath(o, number)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return o.FS.SyncDir(o.Dir)
}

// open gives the segment's file and sealer, opening and unlocking it at the first call.
func (j *Journal) open(number uint32) (disk.File, *sealer, error) {
	j.look.RLock()
	s, closed := j.segments[number], j.closed
	j.look.RUnlock()
	switch {
	case closed:
		return nil, nil, errClosed("journal.read")
	case s == nil:
		return nil, nil, errSegment("journal.read", number, fs.ErrNotExist)
	case s.err != nil:
		return nil, nil, errSegment("journal.read", number, s.err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.unlock(j.o); err != nil {
		return nil, nil, err
	}
	return s.file, s.seal, nil
}

// unlock opens file and seal. The caller holds s.mu.
func (s *segment) unlock(o Options) error {
	if s.seal == nil {
		key, err := o.Keys.Key(s.header.key)
		if err != nil {
			return err
		}
		if s.seal, err = newSealer(s.header, key); err != nil {
			return errSegment("journal.read", s.header.segment, err)
		}
	}
	if s.file == nil {
		file, err := o.FS.OpenFile(segmentPath(o, s.header.segment), s.mode, 0)
		if errors.Is(err, fs.ErrNotExist) {
			return errSegment("journal.read", s.header.segment, err)
		}
		if err != nil {
			return errUnreadable("journal.read", s.header.segment, err)
		}
		s.file = file
	}
	return nil
}

func (s *segment) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	return err
}

// begin makes the segment of this number the active one: the key first, then the file with its header and first
// preallocation, flushed, then its name. Only after that may an entry go into it. The caller holds write, or is alone.
func (j *Journal) begin(number uint32) error {
	if number > maxSegments {
		return fmt.Errorf("there are %d segments already", maxSegments)
	}
	id, key, err := j.o.Keys.NewKey(fmt.Sprintf("journal/%06d", number))
	if err != nil {
		return err
	}
	s := &segment{header: header{dataset: j.o.Dataset, segment: number, first: j.last + 1, key: id, prev: j.hash}}
	if s.seal, err = newSealer(s.header, key); err != nil {
		return err
	}
	flag := os.O_RDWR | os.O_CREATE | os.O_EXCL
	if j.debris { // our own, from a try that failed: it was never appended to
		flag = os.O_RDWR | os.O_CREATE | os.O_TRUNC
	}
	if s.file, err = j.o.FS.OpenFile(segmentPath(j.o, number), flag, disk.FilePerm); err != nil {
		return err
	}
	j.debris = true
	size, err := j.fillNew(s)
	if err != nil {
		return errors.Join(err, s.close(), removeSegment(j.o, number))
	}
	j.debris, j.rolling = false, false
	j.allocated = size
	j.look.Lock()
	j.segments[number] = s
	j.end = Position{number, headerLen}
	j.look.Unlock()
	return nil
}

// fillNew writes the header and the first zeros, and makes file and name durable.
func (j *Journal) fillNew(s *segment) (int64, error) {
	if _, err := s.file.WriteAt(s.header.encode(), 0); err != nil {
		return 0, err
	}
	size := max(min(j.o.Chunk, j.o.SegmentSize), headerLen)
	if err := writeZeros(s.file, headerLen, size); err != nil {
		return 0, err
	}
	if err := s.file.Sync(); err != nil {
		return 0, err
	}
	return size, j.o.FS.SyncDir(j.o.Dir)
}

func writeZeros(f disk.File, from, to int64) error {
	for from < to {
		n, err := f.WriteAt(zeros[:min(to-from, int64(len(zeros)))], from)
		if err != nil {
			return err
		}
		from += int64(n)
	}
	return nil
}

// makeRoom sees to it that a batch of size bytes can be written in place. What fails here is a definite refusal: not a
// byte of the batch was written.
func (j *Journal) makeRoom(size int64) error {
	if err := j.mark(); err != nil {
		return err
	}
	full := j.end.Offset > headerLen && j.end.Offset+size > j.o.SegmentSize
	if j.rolling || full {
		if err := j.roll(); err != nil {
			return err
		}
	}
	return j.extend(j.end.Offset + size)
}

// extend preallocates the active segment up to at least need bytes.
func (j *Journal) extend(need int64) error {
	if need <= j.allocated {
		return nil
	}
	size := (need + j.o.Chunk - 1) / j.o.Chunk * j.o.Chunk
	size = max(need, min(size, j.o.SegmentSize))
	file := j.segments[j.end.Segment].file
	err := writeZeros(file, j.allocated, size)
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		// Give the space back. Where that fails too the zeros stay, and are written again before they are relied on.
		return errors.Join(err, file.Truncate(j.allocated))
	}
	j.allocated = size
	return nil
}

// mark makes the head say, once after an open, that the journal is in use.
func (j *Journal) mark() error {
	if j.marked {
		return nil
	}
	j.heads.Lock()
	defer j.heads.Unlock()
	if j.head.clean || j.stale {
		if err := j.writeHead(false); err != nil {
			return err
		}
	}
	j.marked = true
	return nil
}

// roll closes the active segment for good and begins the next.
func (j *Journal) roll() error {
	if !j.rolling {
		if err := j.cut(j.segments[j.end.Segment]); err != nil {
			return err
		}
		j.rolling = true
	}
	return j.begin(j.end.Segment + 1)
}

// cut takes the preallocation off the active segment, so that nothing but entries lies in a segment that is closed.
func (j *Journal) cut(s *segment) error {
	if j.allocated == j.end.Offset {
		return nil
	}
	if err := s.file.Truncate(j.end.Offset); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	j.allocated = j.end.Offset
	return nil
}

// Roll closes the active segment and begins a new one under a new data key: what a rotation of the master key ends with.
// Where it fails nothing is lost, and the next Append or Roll tries again.
func (j *Journal) Roll() error {
	j.write.Lock()
	defer j.write.Unlock()
	if err := j.usable("journal.roll"); err != nil {
		return err
	}
	err := j.mark()
	if err == nil {
		err = j.roll()
	}
	if err == nil {
		err = j.renewHead()
	}
	if err != nil {
		return errRefused("journal.roll", err)
	}
	return nil
}

// renewHead writes the head under a new data key: who knew the old one can't make heads any more that Open's caller takes.
func (j *Journal) renewHead() error {
	j.heads.Lock()
	defer j.heads.Unlock()
	id, key, err := j.o.Keys.NewKey(headPurpose)
	if err != nil {
		return err
	}
	mac, err := headKey(key)
	if err != nil {
		return err
	}
	j.headKey, j.head.key = mac, id
	return j.writeHead(false)
}

// usable tells why nothing can be written, if so. The caller holds write.
func (j *Journal) usable(op string) error {
	if j.closed { // changed only under write
		return errClosed(op)
	}
	if j.failed {
		return errStopped(op)
	}
	return nil
}
