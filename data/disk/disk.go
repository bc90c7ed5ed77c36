// Package disk is the few file operations that durability rests on.
//
// Journal, vault and attachments go to the disk only through FS, so that a test can put a disk underneath that fails at
// a chosen call, fills up, or loses power (Mem), and so that the differences between the three systems in what "flushed"
// means are written down once (OS).
//
// What it promises: after File.Sync returned nil the bytes written to that file before the call survive a power cut; after
// FS.SyncDir returned nil so do the names created, renamed and removed in that folder. Nothing else is promised: a write
// that was not synced may survive in part, in any order of sectors.
//
// Only packages under data may import it.
package disk

import (
	"io"
	"io/fs"
	"path/filepath"
)

// FS is a place to keep files. Paths are in the system's own form, as filepath makes them.
type FS interface {
	// OpenFile opens as os.OpenFile does (flag: os.O_RDONLY, os.O_RDWR, os.O_CREATE, os.O_EXCL, os.O_TRUNC).
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	// Rename replaces newName by oldName in one step: whoever looks sees the old or the new, never neither.
	Rename(oldName, newName string) error
	Remove(name string) error
	// ReadDir names what lies in a folder, sorted.
	ReadDir(name string) ([]fs.DirEntry, error)
	Stat(name string) (fs.FileInfo, error)
	MkdirAll(name string, perm fs.FileMode) error
	// SyncDir makes the names in a folder durable. On Windows it does nothing: NTFS journals names itself, and a folder
	// can't be flushed there.
	SyncDir(name string) error
	// Free tells how many bytes this user may still write to the disk that holds the path.
	Free(name string) (uint64, error)
}

// File is an open file. ReadAt and WriteAt may run at the same time as each other.
type File interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	// Size is the file's length in bytes now.
	Size() (int64, error)
	Truncate(size int64) error
	// Sync makes content and length durable: fsync on Linux, F_FULLFSYNC on macOS, FlushFileBuffers on Windows.
	Sync() error
	// SyncData makes content durable where the length has not changed since the last Sync: fdatasync on Linux, which
	// spares the journal of the file system a commit for the time stamp alone; elsewhere the same as Sync.
	SyncData() error
}

// Private permissions: only the person whose account runs the program may look.
const (
	FilePerm fs.FileMode = 0o600
	DirPerm  fs.FileMode = 0o700
)

// WriteAtomic puts content in place of whatever name holds, so that after a power cut name holds the old or the new
// content, whole. It writes name+".new", flushes it, renames it and flushes the folder.
func WriteAtomic(d FS, name string, content []byte) error {
	fresh := name + ".new"
	if err := writeSynced(d, fresh, content); err != nil {
		return err
	}
	if err := d.Rename(fresh, name); err != nil {
		return err
	}
	return d.SyncDir(filepath.Dir(name))
}

func writeSynced(d FS, name string, content []byte) error {
	f, err := d.OpenFile(name, oWrite, FilePerm)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(content, 0)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// ReadAll gives the whole of a file of at most limit bytes; a larger one is an error, so that a hostile file can't fill
// the memory.
func ReadAll(d FS, name string, limit int64) ([]byte, error) {
	f, err := d.OpenFile(name, oRead, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: ErrTooLarge}
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, size), content); err != nil {
		return nil, err
	}
	return content, nil
}
