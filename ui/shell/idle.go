package shell

import "time"

// Idleness decides when a desk locks. It is pure: the caller tells it what happened and when.
type Idleness struct {
	last time.Time
}

// Touch says that the person did something in the program.
func (i *Idleness) Touch(now time.Time) {
	if now.After(i.last) {
		i.last = now
	}
}

// Observe takes what the system knows: how long nobody has touched keyboard or mouse, in any program. Where Wardbook is in front, that counts as
// being at work with it.
func (i *Idleness) Observe(now time.Time, idle time.Duration, known, inFront bool) {
	if known && inFront {
		i.Touch(now.Add(-idle))
	}
}

// Left is how long until the desk locks; 0 or less: now. A clock that was put back locks no sooner, and one that was put forward locks at once,
// which is the safe side.
func (i *Idleness) Left(now time.Time, after time.Duration) time.Duration {
	if now.Before(i.last) {
		i.last = now
	}
	return after - now.Sub(i.last)
}
