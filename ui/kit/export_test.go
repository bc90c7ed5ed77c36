package kit

import "time"

// SetTypingClock makes the letters of choices come at the times that a test says, and gives back what undoes it.
func SetTypingClock(now func() time.Time) (undo func()) {
	before := typingClock
	typingClock = now
	return func() { typingClock = before }
}
