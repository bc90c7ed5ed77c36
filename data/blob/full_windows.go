package blob

import (
	"errors"
	"syscall"

	"golang.org/x/sys/windows"
)

// isFull tells whether the disk or this user's share of it is used up. ENOSPC is what disk.Mem answers; Windows itself
// never does.
func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED) || errors.Is(err, syscall.ENOSPC)
}
