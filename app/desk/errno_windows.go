package desk

import "golang.org/x/sys/windows"

// The system's words for the two troubles that need a sentence of their own.
const (
	errReadOnly = windows.ERROR_WRITE_PROTECT
	errDiskFull = windows.ERROR_DISK_FULL
)
