//go:build !linux

package main

import (
	"errors"

	"wardbook/data/disk"
)

// preallocate gives a file its length; there is no portable way to give it its blocks.
func preallocate(f disk.File, _ string, size int64) error { return f.Truncate(size) }

// forget asks the system to drop what it holds in memory of a folder's files.
func forget(string) error { return errors.ErrUnsupported }
