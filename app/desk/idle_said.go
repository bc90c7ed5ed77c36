package desk

import (
	"regexp"
	"strconv"
	"time"
)

var hidIdleTime = regexp.MustCompile(`"HIDIdleTime" = (\d+)`)

// hidIdle reads nanoseconds out of what ioreg says.
func hidIdle(said []byte) (time.Duration, bool) {
	found := hidIdleTime.FindSubmatch(said)
	if found == nil {
		return 0, false
	}
	nanoseconds, err := strconv.ParseInt(string(found[1]), 10, 64)
	return time.Duration(nanoseconds), err == nil
}
