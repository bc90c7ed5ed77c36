package disk

import (
	"errors"
	"io/fs"
	"os"
)

// ErrTooLarge is what ReadAll answers for a file beyond its limit.
var ErrTooLarge = errors.New("file is larger than it may be")

const (
	oRead  = os.O_RDONLY
	oWrite = os.O_RDWR | os.O_CREATE | os.O_TRUNC
)

// OS is the real disk.
type OS struct{}

var _ FS = OS{}

type osFile struct{ *os.File }

// OpenFile opens a real file.
func (OS) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// Rename is os.Rename, which replaces on all three systems.
func (OS) Rename(oldName, newName string) error { return os.Rename(oldName, newName) }

// Remove removes one file or empty folder.
func (OS) Remove(name string) error { return os.Remove(name) }

// ReadDir names what lies in a folder, sorted.
func (OS) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Stat tells of one file.
func (OS) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// MkdirAll makes a folder and those above it.
func (OS) MkdirAll(name string, perm fs.FileMode) error { return os.MkdirAll(name, perm) }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
