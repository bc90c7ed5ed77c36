package kittest

import (
	"slices"
	"time"
)

// Clock is time that passes when a test says so. Its Later is a kit.Later.
type Clock struct {
	now     time.Duration
	waiting []*appointment
}

type appointment struct {
	at time.Duration
	f  func()
}

// Later has f run when Advance has gone so far.
func (c *Clock) Later(after time.Duration, f func()) (stop func()) {
	a := &appointment{at: c.now + after, f: f}
	c.waiting = append(c.waiting, a)
	return func() {
		c.waiting = slices.DeleteFunc(c.waiting, func(b *appointment) bool { return a == b })
	}
}

// Advance lets time pass, and what was to happen meanwhile, in order.
func (c *Clock) Advance(by time.Duration) {
	end := c.now + by
	for {
		var next *appointment
		for _, a := range c.waiting {
			if a.at <= end && (next == nil || a.at < next.at) {
				next = a
			}
		}
		if next == nil {
			c.now = end
			return
		}
		c.now = max(c.now, next.at)
		c.waiting = slices.DeleteFunc(c.waiting, func(a *appointment) bool { return a == next })
		next.f()
	}
}

// Waiting is how many have not had their turn.
func (c *Clock) Waiting() int { return len(c.waiting) }
