package desk

import "time"

// Idle is how long nobody has touched keyboard or mouse of this computer, in any program; false where the system does not say. It may take some
// milliseconds: never on the windows' goroutine.
func Idle() (time.Duration, bool) { return systemIdle() }
