package shell

import "wardbook/ui/kit"

// mostStops bounds how far back one can go.
const mostStops = 50

// stop is a screen that was left: where it was, and what it needs to look the same again.
type stop struct {
	route kit.Route
	saved any
}

// history is the way back and forward. The zero value is empty.
type history struct{ back, forward []stop }

// leave notes a screen that is left for a new one. What lay forward is gone.
func (h *history) leave(from stop) {
	h.forward = nil
	h.back = append(h.back, from)
	if len(h.back) > mostStops {
		h.back = h.back[1:]
	}
}

// forget takes away the stop before, where it leads to this route.
func (h *history) forget(r kit.Route) {
	if last := len(h.back) - 1; last >= 0 && h.back[last].route == r {
		h.back = h.back[:last]
	}
}

// backward gives the stop before, and keeps the present one for the way forward.
func (h *history) backward(from stop) (stop, bool) { return turn(&h.back, &h.forward, from) }

// onward is the way back's way back.
func (h *history) onward(from stop) (stop, bool) { return turn(&h.forward, &h.back, from) }

func turn(from, to *[]stop, present stop) (stop, bool) {
	last := len(*from) - 1
	if last < 0 {
		return stop{}, false
	}
	next := (*from)[last]
	*from = (*from)[:last]
	*to = append(*to, present)
	return next, true
}
