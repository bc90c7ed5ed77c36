//go:build !windows

package desk

import "syscall"

// The system's words for the two troubles that need a sentence of their own.
const (
	errReadOnly = syscall.EROFS
	errDiskFull = syscall.ENOSPC
)
