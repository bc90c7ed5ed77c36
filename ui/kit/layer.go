package kit

import (
	"reflect"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// layer is what lies over a window's content and has the keyboard to itself: a dialog, a list that has dropped down. What
// lies on top is closed first.
type layer struct {
	canvas fyne.Canvas
	root   fyne.CanvasObject
	before fyne.Focusable
	typed  func(*fyne.KeyEvent)
	// lifted tells that it is put aside: it lies on no window, and comes back as it was.
	lifted bool
	rest   fyne.Focusable // what had the keyboard in it
}

// open lays root over the canvas. typed gets the keys that no widget in root has a use for.
func (l *layer) open(c fyne.Canvas, root fyne.CanvasObject, typed func(*fyne.KeyEvent)) {
	l.canvas, l.root, l.before, l.typed = c, root, c.Focused(), c.OnTypedKey()
	c.Unfocus() // Fyne leaves the cursor blinking in what lies underneath
	c.SetOnTypedKey(typed)
	c.Overlays().Add(root)
}

// close takes it away and gives the keyboard back to what had it before.
func (l *layer) close() {
	l.putAway()
	l.canvas, l.lifted, l.rest = nil, false, nil
}

// putAway takes it off the window and gives the keyboard back. Where it does not lie there any more, or not yet, keyboard and keys are
// somebody else's.
func (l *layer) putAway() {
	c := l.canvas
	if !l.opened() {
		return
	}
	c.Unfocus()
	c.Overlays().Remove(l.root)
	c.SetOnTypedKey(l.typed)
	if before, ok := l.before.(fyne.CanvasObject); ok && fyne.CurrentApp().Driver().CanvasForObject(before) == c {
		hasKeyboard(c, before) // so that coming back isn't taken for coming in: that would mark the whole text
		c.Focus(l.before)
	}
}

// lift puts it aside, with what lies on top of it. It comes back by back only.
func (l *layer) lift() {
	if l.lifted || !l.opened() {
		return
	}
	overlays := l.canvas.Overlays()
	for top := overlays.Top(); top != l.root; top = overlays.Top() {
		overlays.Remove(top)
	}
	l.rest = l.canvas.Focused()
	l.putAway()
	l.lifted = true
}

// back lays it on the window again, and tells whether something in it has got the keyboard back. typed is as for open.
func (l *layer) back(typed func(*fyne.KeyEvent)) bool {
	rest := l.rest
	l.lifted, l.rest = false, nil
	l.open(l.canvas, l.root, typed)
	if widget, ok := rest.(fyne.CanvasObject); ok {
		hasKeyboard(l.canvas, widget) // it had it before: the whole text is not to be marked
		l.canvas.Focus(rest)
	}
	return rest != nil
}

// opened tells whether it lies there. A window that takes away a layer takes those above it as well.
func (l *layer) opened() bool {
	if l.canvas == nil {
		return false
	}
	for _, overlay := range l.canvas.Overlays().List() {
		if overlay == l.root {
			return true
		}
	}
	return false
}

// handOn gives a key that a widget has no use for to whatever the widget stands in: its dialog, or its window.
func handOn(w fyne.CanvasObject, event *fyne.KeyEvent) {
	if len(event.Name) == 1 {
		return // letters are for typing; no window has a use for them alone
	}
	switch event.Name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight, desktop.KeyAltLeft,
		desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight, desktop.KeyCapsLock:
		return // nobody means these alone
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(w); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(event)
	}
}

// handOnShortcut does the same for Ctrl and Alt with a key. Fyne gives those to the focused widget only, where that
// takes any at all.
func handOnShortcut(w fyne.CanvasObject, shortcut fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(w).(fyne.Shortcutable); ok {
		c.TypedShortcut(shortcut)
	}
}

// keyboards holds, for each canvas, the widget that had the keyboard last. Fyne tells a widget in the same words that the
// keyboard has come to it and that its window has. Addresses, so that nothing is kept alive.
var keyboards = struct {
	sync.Mutex // tests have several windows' goroutines
	last       map[uintptr]uintptr
}{last: map[uintptr]uintptr{}}

// hasKeyboard notes that w has the keyboard, and tells whether it had it before.
func hasKeyboard(c fyne.Canvas, w fyne.CanvasObject) bool {
	if c == nil {
		return false
	}
	canvas, widget := reflect.ValueOf(c).Pointer(), reflect.ValueOf(w).Pointer()
	keyboards.Lock()
	defer keyboards.Unlock()
	had := keyboards.last[canvas] == widget
	keyboards.last[canvas] = widget
	return had
}
