package journal

import (
	"bytes"
	"errors"
	"io"

	"wardbook/data/disk"
)

const (
	windowLen = 1 << 20
	// wasteLimit bounds, in bytes hashed in vain, the search for whole frames among damaged bytes, so that a file made of
	// nothing but the marks of frames can't keep the program busy for hours.
	wasteLimit = 256 << 20
)

// errCostly: the search for whole frames was given up.
var errCostly = errors.New("too many false marks of entries to search through")

// window reads a segment through one buffer. What it gives is good until the next call.
type window struct {
	file   io.ReaderAt
	size   int64
	buf    []byte
	off    int64 // where buf begins
	wasted int64
}

func newWindow(file disk.File) (*window, error) {
	size, err := file.Size()
	if err != nil {
		return nil, err
	}
	return &window{file: file, size: size}, nil
}

// at gives the n bytes from off on; errBad where the file ends before.
func (w *window) at(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || n > w.size-off {
		return nil, errBad
	}
	if off < w.off || off+n > w.off+int64(len(w.buf)) {
		if err := w.fill(off, n); err != nil {
			return nil, err
		}
	}
	return w.buf[off-w.off:][:n], nil
}

func (w *window) fill(off, n int64) error {
	want := min(max(n, windowLen), w.size-off)
	if int64(cap(w.buf)) < want {
		w.buf = make([]byte, want)
	}
	w.buf, w.off = w.buf[:want], off
	read, err := w.file.ReadAt(w.buf, off)
	w.buf = w.buf[:read]
	switch {
	case int64(read) >= n:
		return nil
	case err == nil || errors.Is(err, io.EOF): // cut while we read: the end of a live journal
		return errBad
	}
	return err
}

// header reads the segment's header.
func (w *window) header() (header, error) {
	b, err := w.at(0, headerLen)
	if err != nil {
		return header{}, err
	}
	return parseHeader(b)
}

// frame reads the frame at off; errBad where no self-consistent one lies there, any other error is the disk's.
func (w *window) frame(off int64) (frame, error) {
	head, err := w.at(off, frameHead)
	if err != nil {
		return frame{}, err
	}
	size, ok := frameLen(head)
	if !ok {
		return frame{}, errBad
	}
	raw, err := w.at(off, size)
	if err != nil {
		return frame{}, err
	}
	f, err := parseFrame(raw)
	if err != nil {
		w.wasted += size
	}
	return f, err
}

// next finds the first self-consistent frame at off or after it that want accepts, at any byte; it tells the file's size
// where there is none.
func (w *window) next(off int64, want func(frame) bool) (int64, error) {
	for off+minFrame <= w.size {
		b, err := w.at(off, min(windowLen, w.size-off))
		if errors.Is(err, errBad) { // cut while we read
			return w.size, nil
		}
		if err != nil {
			return 0, err
		}
		i := bytes.Index(b, []byte(frameMagic))
		if i < 0 {
			off += int64(len(b) - len(frameMagic) + 1)
			continue
		}
		off += int64(i)
		f, err := w.frame(off)
		switch {
		case err == nil && want(f):
			return off, nil
		case err == nil:
			off += int64(len(f.raw))
		case !errors.Is(err, errBad):
			return 0, err
		case w.wasted > wasteLimit:
			return 0, errCostly
		default:
			off++
		}
	}
	return w.size, nil
}

// used tells where the last byte from off on that is not zero ends; off where all are zero. What lies between a journal's
// end and its preallocated length is zero.
func (w *window) used(off int64) (int64, error) {
	end := off
	for off < w.size {
		b, err := w.at(off, min(windowLen, w.size-off))
		if errors.Is(err, errBad) {
			return end, nil
		}
		if err != nil {
			return 0, err
		}
		if n := len(bytes.TrimRight(b, "\x00")); n > 0 {
			end = off + int64(n)
		}
		off += int64(len(b))
	}
	return end, nil
}
