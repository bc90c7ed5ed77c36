package shell

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardbook/ui/kit"
)

func TestADeskLocksWhenNobodyIsAtIt(t *testing.T) {
	start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	const after = 5 * time.Minute
	for name, c := range map[string]struct {
		do   func(*Idleness)
		at   time.Duration
		left time.Duration
	}{
		"nobody":                   {func(*Idleness) {}, 5 * time.Minute, 0},
		"a key a minute ago":       {func(i *Idleness) { i.Touch(start.Add(4 * time.Minute)) }, 5 * time.Minute, 4 * time.Minute},
		"a mouse, Wardbook before": {func(i *Idleness) { i.Observe(start.Add(4*time.Minute), 10*time.Second, true, true) }, 4 * time.Minute, after - 10*time.Second},
		"a mouse, another program": {func(i *Idleness) { i.Observe(start.Add(4*time.Minute), 0, true, false) }, 4 * time.Minute, time.Minute},
		"a system that says not":   {func(i *Idleness) { i.Observe(start.Add(4*time.Minute), 0, false, true) }, 4 * time.Minute, time.Minute},
		"idle for longer than ago": {func(i *Idleness) { i.Observe(start.Add(4*time.Minute), time.Hour, true, true) }, 4 * time.Minute, time.Minute},
		"the clock put back":       {func(*Idleness) {}, -time.Hour, after},
		"the clock put forward":    {func(*Idleness) {}, 24 * time.Hour, after - 24*time.Hour},
	} {
		var i Idleness
		i.Touch(start)
		c.do(&i)
		if got := i.Left(start.Add(c.at), after); got != c.left {
			t.Errorf("%s: %v left, want %v", name, got, c.left)
		}
	}
}

// TestTheWayBackIsTheWayThatWasGone: whatever is pressed, back and forward lead along one line of stops.
func TestTheWayBackIsTheWayThatWasGone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var h history
		line, at := []int{0}, 0 // the stops as a person remembers them, and where she is
		here := func() stop { return stop{route: kit.Route{ID: string(rune('a' + line[at]))}, saved: line[at]} }
		next := 1
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			switch rapid.IntRange(0, 2).Draw(rt, "step") {
			case 0:
				h.leave(here())
				line = append(line[:at+1], next)
				at++
				next++
			case 1:
				s, ok := h.backward(here())
				if ok != (at > 0) {
					rt.Fatalf("back: %t at %d of %v", ok, at, line)
				}
				if ok {
					at--
					if s.saved != line[at] {
						rt.Fatalf("back to %v, want %d", s.saved, line[at])
					}
				}
			case 2:
				s, ok := h.onward(here())
				if ok != (at < len(line)-1) {
					rt.Fatalf("forward: %t at %d of %v", ok, at, line)
				}
				if ok {
					at++
					if s.saved != line[at] {
						rt.Fatalf("forward to %v, want %d", s.saved, line[at])
					}
				}
			}
		}
	})
}
