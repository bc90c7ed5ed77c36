//go:build !linux && !windows && !darwin

package desk

import "time"

func systemIdle() (time.Duration, bool) { return 0, false }
