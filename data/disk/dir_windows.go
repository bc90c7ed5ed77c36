package disk

import (
	"os"

	"golang.org/x/sys/windows"
)

// SyncDir does nothing: a folder can't be flushed on Windows, and NTFS journals its names.
func (OS) SyncDir(string) error { return nil }

// Free tells how many bytes this user may still write there, his quota included.
func (OS) Free(name string) (uint64, error) {
	path, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(path, &free, nil, nil); err != nil {
		return 0, &os.PathError{Op: "GetDiskFreeSpaceEx", Path: name, Err: err}
	}
	return free, nil
}
