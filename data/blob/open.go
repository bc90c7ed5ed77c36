package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"wardbook/data/disk"
)

// Open gives the plain bytes of an attachment. It has read the sealed file whole and compared it with ref before it
// returns (50 ms for 100 MB where the disk is not what takes the time), so a reader never shows the beginning of something that turns out wrong.
// Close the reader; it ends with an error when ctx is done.
//
// NotFound where there is no such file; Corrupt, naming the hash, where the file is not what was put; Unavailable where
// the disk fails, ctx is done, or a newer Wardbook wrote it; what Keys answers where the key is not to be had.
func (b *Blobs) Open(ctx context.Context, ref Ref) (io.ReadCloser, error) {
	file, err := b.o.FS.OpenFile(b.name(ref.Hash), os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errMissing(ref, err)
	}
	if err != nil {
		return nil, errRead(err)
	}
	r, err := b.open(ctx, file, ref)
	if err != nil {
		_ = file.Close() // only read from
		return nil, err
	}
	return r, nil
}

// open compares the file with its name, then looks into it.
func (b *Blobs) open(ctx context.Context, file disk.File, ref Ref) (*reader, error) {
	start, size, err := compare(ctx, file, ref)
	if err != nil {
		return nil, err
	}
	h, err := parseHeader(start)
	switch {
	case errors.Is(err, errVersion):
		return nil, errNewer(err)
	case err != nil:
		return nil, errCorrupt(ref, err)
	case h.dataset != b.o.Dataset:
		return nil, errForeign(ref)
	case plainSize(size) != ref.Size:
		return nil, errCorrupt(ref, fmt.Errorf("holds %d bytes", plainSize(size)))
	}
	key, err := b.o.Keys.Key(h.key)
	if err != nil {
		return nil, err
	}
	stream, err := newStream(key)
	if err != nil {
		return nil, errKey(err)
	}
	// The start is taken from memory, as it was compared: the key of the stream derives from it, so whatever else is put into
	// the file from now on fails to open.
	source := &source{r: io.MultiReader(bytes.NewReader(start[headerSize:]), io.NewSectionReader(file, startSize, size-startSize))}
	plain, err := stream.NewDecryptingReader(source, start[:headerSize])
	if err != nil {
		return nil, errCorrupt(ref, err)
	}
	return &reader{ctx: ctx, ref: ref, file: file, source: source, plain: plain}, nil
}

// compare reads the whole file, and gives its first startSize bytes (fewer if it is shorter) and its length.
func compare(ctx context.Context, file disk.File, ref Ref) (start []byte, size int64, err error) {
	size, err = file.Size()
	if err != nil {
		return nil, 0, errRead(err)
	}
	start = make([]byte, min(startSize, size))
	content := io.NewSectionReader(file, 0, size)
	if _, err := io.ReadFull(content, start); err != nil {
		return nil, 0, errRead(err)
	}
	sum := sha256.New()
	sum.Write(start)
	_, err = io.CopyBuffer(sum, &whileWanted{ctx, content}, make([]byte, segment))
	switch {
	case ctx.Err() != nil:
		return nil, 0, errStopped(ctx, "blob.open")
	case err != nil:
		return nil, 0, errRead(err)
	case [32]byte(sum.Sum(nil)) != ref.Hash:
		return nil, 0, errCorrupt(ref, errors.New("content does not have the hash in its name"))
	}
	return start, size, nil
}

// source remembers an error of the disk, which tink reports like a forgery.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// reader hands out what was authenticated, and after an error nothing but that error.
type reader struct {
	ctx    context.Context
	ref    Ref
	file   disk.File
	source *source
	plain  io.Reader
	err    error
}

// Read gives plain bytes.
func (r *reader) Read(p []byte) (n int, err error) {
	if r.err == nil && r.ctx.Err() != nil {
		r.err = errStopped(r.ctx, "blob.read")
	}
	for r.err == nil && n == 0 && len(p) > 0 { // an empty segment gives nothing, and no error
		n, err = r.plain.Read(p)
		r.err = r.judge(err)
	}
	return n, r.err
}

func (r *reader) judge(err error) error {
	switch {
	case err == nil || err == io.EOF:
		return err
	case r.source.err != nil:
		return errRead(r.source.err)
	}
	return errCorrupt(r.ref, err)
}

// Close lets the file go.
func (r *reader) Close() error {
	if r.err == nil {
		r.err = fs.ErrClosed
	}
	return r.file.Close()
}

// Has tells whether a file of this name is there, unread.
func (b *Blobs) Has(ref Ref) (bool, error) {
	_, err := b.o.FS.Stat(b.name(ref.Hash))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, errRead(err)
	}
	return true, nil
}

// Check reads an attachment whole, as Open and a reader to its end would, and gives their errors.
func (b *Blobs) Check(ctx context.Context, ref Ref) error {
	r, err := b.Open(ctx, ref)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	if e := r.Close(); err == nil && e != nil {
		err = errRead(e)
	}
	return err
}
