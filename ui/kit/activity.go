package kit

import "sync/atomic"

var activity atomic.Pointer[func()]

// OnActivity has told called whenever somebody types or presses something in any window, for the clock that locks an idle desk. Fyne gives letters
// to the focused widget alone, so no window hears of them.
func OnActivity(told func()) { activity.Store(&told) }

// active is called by the widgets of this package for every key and click.
func active() {
	if told := activity.Load(); told != nil {
		(*told)()
	}
}
