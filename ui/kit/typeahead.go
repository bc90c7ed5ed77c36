package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	hitLetters = 34 // a list that drops down is at least so many heights of its text wide
	hitMargin  = 4  // between it and the window's edge
)

// typeAhead lays a list below an entry that goes on being typed into. Fyne gives the keyboard to what lies on top, so it
// hands everything on to the entry, which doesn't notice. A click beside the list closes it.
type typeAhead struct {
	widget.BaseWidget
	entry  *Entry
	list   *hitList
	canvas fyne.Canvas // while it is open
	closed func()
}

func newTypeAhead(entry *Entry, closed func()) *typeAhead {
	d := &typeAhead{entry: entry, list: newHitList(), closed: closed}
	d.ExtendBaseWidget(d)
	return d
}

func (d *typeAhead) opened() bool { return d.canvas != nil }

// open shows the list, or what it holds now where it is open.
func (d *typeAhead) open() {
	if d.opened() {
		d.place()
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(d.entry)
	if c == nil || c.Focused() != fyne.Focusable(d.entry) {
		return // the person has gone elsewhere meanwhile
	}
	d.canvas = c
	c.Overlays().Add(d)
	c.Focus(d)
	d.place()
}

func (d *typeAhead) close() {
	c := d.canvas
	if c == nil {
		return
	}
	d.canvas = nil
	c.Overlays().Remove(d)
	d.closed()
}

// place puts the list below the entry, or above it where there is more room; never beyond the window.
func (d *typeAhead) place() {
	if !d.opened() {
		return
	}
	entry := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.entry).Subtract(d.offset())
	window := d.Size()
	width := min(max(d.entry.Size().Width, hitLetters*d.Theme().Size(base.SizeNameText)), window.Width-2*hitMargin)
	x := max(min(entry.X, window.Width-hitMargin-width), hitMargin)
	y := entry.Y + d.entry.Size().Height + 2
	below, above := window.Height-y-hitMargin, entry.Y-2-hitMargin
	height := d.list.height(width, max(below, above))
	if height > below {
		y = entry.Y - 2 - height
	}
	d.list.Move(fyne.NewPos(x, max(y, 0)))
	d.list.Resize(fyne.NewSize(width, height))
	d.list.Refresh()
}

// offset is where the overlay begins: below a menu.
func (d *typeAhead) offset() fyne.Position { return d.Position() }

// Tapped closes the list on a click beside it.
func (d *typeAhead) Tapped(*fyne.PointEvent) { d.close() }

// FocusGained is called by Fyne.
func (d *typeAhead) FocusGained() {}

// FocusLost is called when the window loses the keyboard, or a dialog takes it.
func (d *typeAhead) FocusLost() { d.close() }

// AcceptsTab is asked by Fyne: Tab closes the list and leads on from the entry.
func (d *typeAhead) AcceptsTab() bool { return true }

// TypedKey hands a key on to the entry.
func (d *typeAhead) TypedKey(event *fyne.KeyEvent) {
	if event.Name != fyne.KeyTab {
		d.entry.TypedKey(event)
		return
	}
	c := d.canvas
	d.close()
	if driver, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && driver.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		c.FocusPrevious()
		return
	}
	c.FocusNext()
}

// TypedRune hands a letter on to the entry.
func (d *typeAhead) TypedRune(r rune) { d.entry.TypedRune(r) }

// TypedShortcut hands Ctrl or Alt with a key on to the entry, which knows its window's.
func (d *typeAhead) TypedShortcut(shortcut fyne.Shortcut) { d.entry.TypedShortcut(shortcut) }

// KeyDown hands Shift on to the entry, for marking text.
func (d *typeAhead) KeyDown(event *fyne.KeyEvent) { d.entry.KeyDown(event) }

// KeyUp does so too.
func (d *typeAhead) KeyUp(event *fyne.KeyEvent) { d.entry.KeyUp(event) }

// CreateRenderer is called by Fyne.
func (d *typeAhead) CreateRenderer() fyne.WidgetRenderer { return typeAheadRenderer{d} }

type typeAheadRenderer struct{ d *typeAhead }

func (r typeAheadRenderer) Destroy()                     {}
func (r typeAheadRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.d.list} }
func (r typeAheadRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r typeAheadRenderer) Layout(fyne.Size)             { r.d.place() }
func (r typeAheadRenderer) Refresh()                     { r.d.place() }
