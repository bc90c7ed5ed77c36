package kit

import "time"

// Later has f run on the window's goroutine after a while, unless what it answers is called before. Tests bring their own.
type Later func(after time.Duration, f func()) (stop func())

// NewLater makes one that follows the real time. It and what it answers belong to the window's goroutine.
func NewLater(dispatch Dispatcher) Later {
	return func(after time.Duration, f func()) func() {
		stopped := false // read and written on the window's goroutine only
		timer := time.AfterFunc(after, func() {
			dispatch(func() {
				if !stopped {
					f()
				}
			})
		})
		return func() {
			stopped = true
			timer.Stop()
		}
	}
}
