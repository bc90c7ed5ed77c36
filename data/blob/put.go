package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"

	"wardbook/data/disk"
)

// Put seals what r gives to its end, and returns when that survives a power cut. It reads in steps of 32 KiB and looks at
// ctx before each; a read that hangs is r's own affair.
//
// Unavailable where the disk is full or fails, where r fails, or where ctx is done (errors.Is finds its error): then
// nothing is left behind, or where even removing fails, a file that Sweep removes.
func (b *Blobs) Put(ctx context.Context, r io.Reader) (Ref, error) {
	id, key, err := b.newest()
	if err != nil {
		return Ref{}, err
	}
	w, err := b.begin()
	if err != nil {
		return Ref{}, err
	}
	defer b.forget(w.name)
	err = w.seal(ctx, r, header{dataset: b.o.Dataset, key: id}, key)
	if err == nil {
		err = w.publish()
	}
	if err != nil {
		w.discard()
		return Ref{}, err
	}
	return w.ref, nil
}

// writer is a file on its way: it hashes what it writes.
type writer struct {
	b       *Blobs
	name    string // in tmp
	at      string // where the file lies now: name, later its final name
	file    disk.File
	hash    hash.Hash
	size    int64
	checked int64 // up to where free space was looked at
	err     error // the first error of the disk, to tell it from those of the source
	ref     Ref
}

// begin makes an unfinished file that Sweep leaves alone.
func (b *Blobs) begin() (*writer, error) {
	var random [16]byte
	if _, err := io.ReadFull(b.o.Rand, random[:]); err != nil {
		return nil, errWrite("blob.put", err)
	}
	name := filepath.Join(b.tmp(), hex.EncodeToString(random[:])+suffixUnfinished)
	b.mu.Lock()
	b.unfinished[name] = true
	b.mu.Unlock()
	file, err := b.o.FS.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, disk.FilePerm)
	if err != nil {
		b.forget(name)
		return nil, errWrite("blob.put", err)
	}
	return &writer{b: b, name: name, at: name, file: file, hash: sha256.New()}, nil
}

func (b *Blobs) forget(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.unfinished, name)
}

// seal streams r through the cipher into the file.
func (w *writer) seal(ctx context.Context, r io.Reader, h header, key []byte) error {
	stream, err := newStream(key)
	if err != nil {
		return errKey(err)
	}
	n, err := w.copy(ctx, r, h, stream)
	switch {
	case err == nil:
		w.ref = Ref{Size: n}
		w.hash.Sum(w.ref.Hash[:0])
		return nil
	case w.err != nil:
		return errWrite("blob.put", w.err)
	case ctx.Err() != nil:
		return errStopped(ctx, "blob.put")
	}
	return errSource(err)
}

type encrypter interface {
	NewEncryptingWriter(w io.Writer, aad []byte) (io.WriteCloser, error)
}

func (w *writer) copy(ctx context.Context, r io.Reader, h header, stream encrypter) (int64, error) {
	head := h.bytes()
	if _, err := w.Write(head); err != nil {
		return 0, err
	}
	sealed, err := stream.NewEncryptingWriter(w, head)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(sealed, &whileWanted{ctx, r})
	if err != nil {
		return n, err
	}
	return n, sealed.Close()
}

// reserveStep is how often the space left is looked at.
const reserveStep = 4 << 20

// Write takes sealed bytes.
func (w *writer) Write(p []byte) (int, error) {
	if w.size >= w.checked && w.b.o.Reserve > 0 {
		w.checked = w.size + reserveStep
		free, err := w.b.o.FS.Free(w.b.o.Dir)
		if err == nil && free < w.b.o.Reserve+reserveStep {
			err = errReserve
		}
		if err != nil {
			w.err = err
			return 0, err
		}
	}
	n, err := w.file.WriteAt(p, w.size)
	w.size += int64(n)
	w.hash.Write(p[:n])
	if err != nil {
		w.err = err
	}
	return n, err
}

// publish makes the content durable, then gives the file its name, then makes the name durable: in this order a name never
// stands for half a file.
func (w *writer) publish() error {
	fs, folder, name := w.b.o.FS, w.b.folder(w.ref.Hash), w.b.name(w.ref.Hash)
	err := w.file.Sync()
	if e := w.file.Close(); err == nil {
		err = e
	}
	w.file = nil
	if err == nil {
		err = fs.MkdirAll(folder, disk.DirPerm)
	}
	if err == nil {
		w.b.remember(name)
		if err = fs.Rename(w.at, name); err == nil {
			w.at = name
		}
	}
	// The blobs folder too, as folder may be new; and tmp: on a stick without a journal (exFAT) the old name could come back
	// beside the new one, for the same bytes, and removing it would free them.
	for _, dir := range []string{folder, w.b.o.Dir, w.b.tmp()} {
		if err == nil {
			err = fs.SyncDir(dir)
		}
	}
	if err != nil {
		return errWrite("blob.put", err)
	}
	return nil
}

// remember notes when a file was finished, for Sweep. It comes before the rename, so that a Sweep at the same time knows.
func (b *Blobs) remember(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.made[name] = b.o.Now()
}

// discard removes the file, whatever its name is by now; what can't be removed is left to Sweep.
func (w *writer) discard() {
	if w.file != nil {
		_ = w.file.Close() // nothing of it is wanted
	}
	_ = w.b.o.FS.Remove(w.at)
}

// whileWanted reads as long as ctx is not done.
type whileWanted struct {
	ctx context.Context
	r   io.Reader
}

func (r *whileWanted) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
